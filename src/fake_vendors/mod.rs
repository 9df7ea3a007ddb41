//! Simulated WhatsApp Cloud API, Mercado Pago and booking-site calendars on one loopback port,
//! with the demo page. `casero demo` and the integration tests use the same simulator, over real
//! HTTP with real signatures, through the production adapters.
//!
//! Nothing here uses casero's adapters, use-cases or storage: what goes over the wire is composed
//! from the vendors' documentation alone, so that one misunderstanding cannot hide on both sides.
//!
//! | path | plays |
//! |---|---|
//! | `/v26.0/…`, `/whatsapp_business/…` | the Graph API |
//! | `/checkout/…`, `/v1/…`, `/merchant_orders/…`, `/users/me`, `/pay/…` | Mercado Pago |
//! | `/feeds/{name}.ics` | a booking site's calendar |
//! | `/push/{name}` | a browser's push service; a mail server listens on a port of its own |
//! | `/fake_vendors/…` | the hand that moves guests, payers and faults |
//! | `/` | the demo page |

pub mod cabins;
mod caller;
pub mod clock;
mod config;
mod console;
mod control;
pub mod endpoints;
pub mod faults;
pub mod feed;
pub mod feeds;
pub mod guests;
mod hook;
pub mod ids;
pub mod letters;
pub mod mercadopago;
pub mod push;
mod response;
pub mod sign;
pub mod smtp;
mod snapshot;
pub mod webhooks;
pub mod whatsapp;
mod world;

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;

use rocket::config::{Ident, LogLevel, Shutdown as ShutdownConfig};
use rocket::data::{Limits, ToByteUnit};
use rocket::fairing::AdHoc;
use rocket::{Build, Config, Request, Rocket, Shutdown, catch, catchers};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

pub use self::config::FakeVendorsConfig;
use self::response::VendorResponse;
pub use self::world::{Scene, World};

/// The largest file a guest or casero may send, in MiB: WhatsApp's limit for audio with room.
const FILE_MIB: u32 = 20;
/// Requests kept for inspection.
const CALLS_KEPT: usize = 20_000;

/// A running simulator; it stops when dropped.
pub struct FakeVendors {
    world: Arc<World>,
    stop: Shutdown,
    server: Option<JoinHandle<()>>,
    lanes: Vec<JoinHandle<()>>,
    mail_port: u16,
    mail: JoinHandle<()>,
}

/// Starts a simulator; it accepts connections on return.
///
/// # Errors
/// When the port cannot be taken.
pub async fn start(config: FakeVendorsConfig) -> io::Result<FakeVendors> {
    let (senders, receivers): (Vec<_>, Vec<_>) =
        (0..webhooks::LANES).map(|_| mpsc::unbounded_channel()).unzip();
    let world = Arc::new(World::new(config, senders));
    let (ready, is_ready) = oneshot::channel();
    let rocket = server(&world, ready).ignite().await.map_err(|error| io::Error::other(error.to_string()))?;
    let stop = rocket.shutdown();
    let (failed, has_failed) = oneshot::channel();
    let server = tokio::spawn(async move {
        if let Err(error) = rocket.launch().await {
            failed.send(error.to_string()).ok();
        }
    });
    let port = tokio::select! {
        Ok(port) = is_ready => port,
        failure = has_failed => {
            let why = failure.unwrap_or_else(|_| "the simulator ended at once".to_owned());
            return Err(io::Error::new(io::ErrorKind::AddrInUse, why));
        }
    };
    world.set_base_url(format!("http://127.0.0.1:{port}"));
    if world.config.console {
        console::populate(&world);
    }
    let lanes = receivers
        .into_iter()
        .map(|lane| tokio::spawn(webhooks::run_lane(Arc::clone(&world), lane)))
        .collect();
    let (mail_port, mail) = smtp::start(Arc::clone(&world)).await?;
    Ok(FakeVendors { world, stop, server: Some(server), lanes, mail_port, mail })
}

impl FakeVendors {
    /// Its address, without a trailing slash. Mercado Pago's API is here.
    pub fn base_url(&self) -> String {
        self.world.base_url()
    }

    /// Value for `whatsapp.api_url`.
    pub fn whatsapp_url(&self) -> String {
        format!("{}/{}", self.base_url(), whatsapp::VERSION)
    }

    /// Value for `mercadopago.api_url`.
    pub fn mercadopago_url(&self) -> String {
        self.base_url()
    }

    /// Value for `mail.port`; the server is on 127.0.0.1, without TLS.
    pub fn mail_port(&self) -> u16 {
        self.mail_port
    }

    /// The endpoint of a browser at the push service.
    pub fn push_url(&self, name: &str) -> String {
        format!("{}/push/{name}", self.base_url())
    }

    /// The address of a booking site's calendar.
    pub fn feed_url(&self, name: &str) -> String {
        format!("{}/feeds/{name}.ics", self.base_url())
    }

    /// Sets casero's address, also after a change. Until then notifications wait.
    pub fn connect(&self, app_url: &str) {
        self.world.connect(app_url);
    }

    /// The simulated world: actions of guests and payers, and casero's messages.
    pub fn world(&self) -> &Arc<World> {
        &self.world
    }

    /// Verifies casero's webhook as the panel does when its address is entered; `true` if the challenge came
    /// back.
    pub async fn verify_webhook(&self) -> bool {
        webhooks::verify(&self.world).await
    }

    pub async fn shutdown(mut self) {
        self.halt();
        if let Some(server) = self.server.take() {
            server.await.ok();
        }
    }

    fn halt(&self) {
        self.stop.clone().notify();
        for lane in &self.lanes {
            lane.abort();
        }
        self.mail.abort();
    }
}

impl Drop for FakeVendors {
    fn drop(&mut self) {
        self.halt();
    }
}

fn server(world: &Arc<World>, ready: oneshot::Sender<u16>) -> Rocket<Build> {
    let config = Config {
        address: Ipv4Addr::LOCALHOST.into(),
        port: world.config.port,
        ident: Ident::none(),
        log_level: LogLevel::Off,
        limits: Limits::default()
            .limit("bytes", FILE_MIB.mebibytes())
            .limit("file", FILE_MIB.mebibytes())
            .limit("data-form", (FILE_MIB + 1).mebibytes()),
        shutdown: ShutdownConfig {
            ctrlc: false,
            signals: Default::default(),
            grace: 1,
            mercy: 1,
            force: false,
            ..ShutdownConfig::default()
        },
        ..Config::default()
    };
    let told = std::sync::Mutex::new(Some(ready));
    rocket::custom(config)
        .manage(Arc::clone(world))
        .mount("/", whatsapp::routes())
        .mount("/", mercadopago::routes())
        .mount("/", feeds::routes())
        .mount("/", push::routes())
        .mount("/sim", control::routes())
        .mount("/", console::routes())
        .register("/", catchers![fallback])
        .attach(console::only_own_page())
        .attach(call_log(world))
        .attach(AdHoc::on_liftoff("tell the port", move |rocket| {
            let port = rocket.config().port;
            let ready = told.lock().ok().and_then(|mut ready| ready.take());
            Box::pin(async move {
                if let Some(ready) = ready {
                    ready.send(port).ok();
                }
            })
        }))
}

/// Records casero's calls to the vendors.
fn call_log(world: &Arc<World>) -> AdHoc {
    let world = Arc::clone(world);
    AdHoc::on_response("remember the call", move |request, response| {
        let path = request.uri().path().to_string();
        let by_casero = !(path == "/" || path.starts_with("/sim") || path.starts_with("/pay"));
        if by_casero {
            let call = format!("{} {path} {}", request.method(), response.status().code);
            world.change(|scene| {
                if scene.calls.len() < CALLS_KEPT {
                    scene.calls.push(call);
                }
            });
        }
        Box::pin(async {})
    })
}

#[catch(default)]
fn fallback(status: rocket::http::Status, _: &Request<'_>) -> VendorResponse {
    VendorResponse::refusal(status.code, status.reason_lossy())
}
