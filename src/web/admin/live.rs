//! Tells open pages that something changed, so that they look again: server-sent events with no more in them
//! than that, since each page knows best what it shows.

use crate::domain::user::Permission;
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use rocket::response::stream::{Event, EventStream};
use rocket::tokio::select;
use rocket::tokio::time::{MissedTickBehavior, interval};
use rocket::{Shutdown, State, get, routes};
use std::sync::Arc;
use std::time::Duration;

/// How often a page hears at most: what is typed in a chat shows up about when it is read.
const PACE: Duration = Duration::from_millis(700);
/// How long one stream lasts; the browser opens the next by itself, and a session that ended ends it here.
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
