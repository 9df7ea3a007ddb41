//! The HTTP server: webhooks, API, pages, health. Handlers read the store, decide nothing, and write only
//! through `app`.
//!
//! Properties:
//! - *Nobody acts without permission*: [`gate`] mounts only routes that name the permission they need, or are
//!   declared open, and checks it before the handler runs.
//! - *Every answer is one of ours*: catchers answer what reaches no handler, with a problem document or,
//!   below `/admin`, with a page.
//! - *No caller can take the server down*: bodies, their arrival time, and request rates are bounded.

mod admin;
pub mod api;
mod assets;
pub mod auth;
pub mod body;
mod catchers;
mod client;
mod compression;
mod fairings;
mod gate;
mod guest;
pub mod health;
pub mod health_part;
pub mod hooks;
pub mod http_response;
pub mod ical;
pub mod idempotency_key;
mod installed;
mod limits;
mod media;
pub mod openapi;
pub mod options;
mod paths;
mod photos;
pub mod problem;
mod qr;
mod refused;
pub mod request_id;
mod state;

pub use options::Options;

use crate::app::App;
use crate::app::access::Access;
use rocket::config::{Ident, LogLevel, Shutdown};
use rocket::{Build, Config, Rocket};
use state::Web;
use std::sync::Arc;

/// Seconds that running requests get on stop: longer than any of ours takes.
const GRACE_SECONDS: u32 = 10;
/// Seconds after that until connections are cut.
const MERCY_SECONDS: u32 = 3;
/// Seconds an idle connection is kept open.
const KEEP_ALIVE_SECONDS: u32 = 15;
/// Threads for blocking work (database reads, hashes); more would only wait for the same disk.
const BLOCKING_THREADS: usize = 64;

/// The web server, ready to launch.
pub fn rocket(app: Arc<App>, access: Access, options: Options) -> Rocket<Build> {
    let options = Arc::new(options);
    let ids = request_id::Ids { random: Arc::clone(&app.ports.random), options: Arc::clone(&options) };
    let counters = fairings::Counters { clock: Arc::clone(&app.ports.clock) };
    let headers = fairings::CarefulHeaders { https: options.public_url.starts_with("https://") };
    let config = config(&options);
    let server = rocket::custom(config)
        .manage(Arc::new(Web::new(app, access, options)))
        .attach(rocket::shield::Shield::new())
        .attach(ids)
        .attach(counters)
        .attach(headers)
        .attach(compression::CompressResponses)
        .register("/", catchers::problems())
        .register("/admin", catchers::pages());
    let public = [
        health::routes(),
        openapi::routes(),
        guest::routes(),
        photos::routes(),
        assets::routes(),
        installed::routes(),
    ]
    .concat();
    let mounts = [
        ("/", public),
        ("/webhooks", hooks::routes()),
        ("/ical", ical::routes()),
        ("/api/v1", api::routes()),
        (paths::HOME, admin::routes()),
    ];
    mounts.into_iter().fold(server, |server, (base, routes)| gate::mount(server, base, routes))
}

/// Rocket's settings, all in code: no file and no environment variables.
fn config(options: &Options) -> Config {
    Config {
        address: options.address,
        port: options.port,
        ident: Ident::none(),
        ip_header: None,
        log_level: LogLevel::Off,
        cli_colors: false,
        keep_alive: KEEP_ALIVE_SECONDS,
        max_blocking: BLOCKING_THREADS,
        shutdown: Shutdown { grace: GRACE_SECONDS, mercy: MERCY_SECONDS, ..Shutdown::default() },
        ..Config::release_default()
    }
}

#[cfg(test)]
mod tests;
