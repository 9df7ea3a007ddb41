//! Tells open pages that something changed, by server-sent events without data, since each page knows best
//! what it shows; the page then refreshes itself.

use crate::domain::user::Permission;
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use rocket::response::stream::{Event, EventStream};
use rocket::tokio::select;
use rocket::tokio::time::{MissedTickBehavior, interval};
use rocket::{Shutdown, State, get, routes};
use std::sync::Arc;
use std::time::Duration;

/// Shortest time between two events of a stream: a chat message shows up about when it is read.
const PACE: Duration = Duration::from_millis(700);
/// Lifetime of a stream in periods of `PACE`; the browser reconnects, and an ended session ends here.
const LASTS: u32 = 850;

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::Schedule, routes![changes])
}

#[get("/changes")]
fn changes(web: &State<Arc<Web>>, mut end: Shutdown) -> EventStream![] {
    let web = Arc::clone(web);
    EventStream! {
        let mut seen = web.app.store.commits();
        let mut tick = interval(PACE);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        for _ in 0..LASTS {
            select! {
                _ = tick.tick() => {}
                () = &mut end => break,
            }
            let now = web.app.store.commits();
            if now != seen {
                seen = now;
                yield Event::data(now.to_string()).event("change");
            }
        }
    }
}
