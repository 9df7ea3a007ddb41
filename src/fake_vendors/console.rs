//! The demo page: a phone to write as a guest, and a panel to pay and to cause faults.

use std::sync::Arc;

use jiff::ToSpan;
use rocket::fairing::AdHoc;
use rocket::http::Method;
use rocket::response::stream::{Event, EventStream};
use rocket::{Route, Shutdown, State, get, routes, uri};

use super::feed::{Feed, Occupied, Site};
use super::response::VendorResponse;
use super::world::World;
use super::{cabins, guests};

/// Only our own files: no inline script or style, no other host.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'";

const PAGE: &str = include_str!("../../assets/fake_vendors/console.html");
const STYLE: &str = include_str!("../../assets/fake_vendors/console.css");
const SCRIPT: &str = include_str!("../../assets/fake_vendors/console.js");
const RECORDER: &str = include_str!("../../assets/fake_vendors/recorder.js");
const PAY_STYLE: &str = include_str!("../../assets/fake_vendors/pay.css");

pub(super) fn routes() -> Vec<Route> {
    routes![page, refused, asset, events]
}

/// The guests and calendars that the demo opens with.
pub(super) fn populate(world: &World) {
    guests::introduce(world);
    introduce_owner(world);
    let today = world.clock.today();
    for (name, site) in cabins::CABINS.iter().flat_map(|cabin| cabin.feeds) {
        let mut feed = Feed::new(Site::from_code(site).unwrap_or(Site::Airbnb));
        for stay in cabins::STAYS.iter().filter(|stay| stay.feed == *name) {
            let start = today.saturating_add(stay.in_days.days());
            feed.occupied.push(Occupied {
                start,
                end: start.saturating_add(stay.nights.days()),
                code: stay.code.map(str::to_owned),
                label: None,
            });
        }
        world.put_feed(name, feed);
    }
}

/// Adds the owner's phone, so that messages to the owner can be read too. Its 24-hour window is open.
fn introduce_owner(world: &World) {
    let now = world.clock.millis();
    world.change(|scene| {
        let owner = scene.phones.guest(cabins::OWNER_PHONE);
        owner.name = cabins::OWNER_NAME.to_owned();
        owner.last_wrote_at = Some(now);
    });
}

/// A page of ours, with its content security policy.
pub(super) fn page_answer(status: u16, html: impl Into<Vec<u8>>) -> VendorResponse {
    VendorResponse::bytes(status, "text/html; charset=utf-8", html)
        .with("Content-Security-Policy", POLICY)
        // Without a referrer policy a form's origin would be "null" and be refused.
        .with("Referrer-Policy", "same-origin")
}

/// Refuses other sites' requests from the same browser (CSRF): the origin must be our own, and the host a
/// name of loopback.
pub(super) fn only_own_page() -> AdHoc {
    AdHoc::on_request("only our own page", |request, _| {
        let host = request.headers().get_one("Host").unwrap_or_default();
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        let local = matches!(name, "127.0.0.1" | "localhost" | "[::1]");
        let origin = request.headers().get_one("Origin");
        let own = origin.is_none_or(|origin| origin == format!("http://{host}"));
        if !(local && own) {
            request.set_method(Method::Get);
            request.set_uri(uri!("/refused"));
        }
        Box::pin(async {})
    })
}

#[get("/refused")]
fn refused() -> VendorResponse {
    VendorResponse::refusal(403, "only the demo's own page may ask this")
}

#[get("/")]
fn page(world: &State<Arc<World>>) -> VendorResponse {
    if world.config.console {
        page_answer(200, PAGE)
    } else {
        VendorResponse::refusal(404, "the demo page is off")
    }
}

#[get("/sim/assets/<file>")]
fn asset(file: &str) -> VendorResponse {
    let (media_type, text) = match file {
        "console.css" => ("text/css; charset=utf-8", STYLE),
        "console.js" => ("text/javascript; charset=utf-8", SCRIPT),
        "recorder.js" => ("text/javascript; charset=utf-8", RECORDER),
        "pay.css" => ("text/css; charset=utf-8", PAY_STYLE),
        _ => return VendorResponse::refusal(404, "no such file"),
    };
    VendorResponse::bytes(200, media_type, text)
}

/// Signals a change; the page then fetches the state.
#[get("/sim/events")]
fn events(world: &State<Arc<World>>, mut stop: Shutdown) -> EventStream![Event + 'static] {
    let mut changes = world.changes();
    EventStream! {
        loop {
            let revision = *changes.borrow_and_update();
            yield Event::data(revision.to_string());
            tokio::select! {
                changed = changes.changed() => if changed.is_err() { break },
                _ = &mut stop => break,
            }
        }
    }
}
