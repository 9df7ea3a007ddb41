//! What casero can do: one file for each use-case, called by the web, by jobs and by the command line.
//!
//! Every decision is one write transaction, and no call to the outside happens in one. Where a decision needs
//! the outside (a payment to be read again), the use-case goes out first and then decides on what it brought.

pub mod access;
pub mod backups;
pub mod calendar_invite;
pub mod checkouts;
pub mod confirm;
pub mod converse;
pub mod counts;
pub mod deliver;
pub mod desk;
mod error;
pub mod explain;
pub mod export_readers;
pub mod feeds;
pub mod guest_link;
pub mod holding;
pub mod holidays;
mod hook_counts;
pub mod hook_signatures;
pub mod idempotency;
pub mod inbox;
pub mod lapse;
pub mod links;
pub mod manage;
mod manage_error;
pub mod media;
pub mod notify;
pub mod outage;
pub mod owner;
pub mod pay;
mod payment_attention;
pub mod photos;
pub mod privacy;
pub mod provider_outage;
pub mod prune;
pub mod quote;
pub mod receive;
pub mod refunds;
pub mod remind;
pub mod reserve;
pub mod stay_view;
#[cfg(test)]
mod test_context;
pub mod transcribe;
pub mod unknown_work;
pub mod waitlist;
pub mod withdrawal;

pub use error::Error;

use crate::domain::money::Currency;
use crate::domain::policy::Moment;
use crate::domain::reservation::Reservation;
use crate::ports::Ports;
use crate::ports::error::PortError;
use crate::ports::random::Random;
use crate::store::{Read, Store};
use crate::understanding::HolidayCalendar;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};
use tokio::sync::Notify;
use tokio::task::JoinError;

/// The running server. Built once in `boot`, shared by everything that calls.
pub struct App {
    pub store: Store,
    pub ports: Ports,
    /// What decisions need to know of this server.
    pub context: Arc<AppContext>,
    /// Wakes those who work off rows.
    pub wake: Wake,
    /// Our own account at the payment provider, once it has told us.
    pub(crate) collector: OnceLock<String>,
    /// When recent payments were last looked through with success since we are open.
    pub(crate) swept_at: Mutex<Option<Timestamp>>,
    /// Whether the signatures of notifications held lately.
    signatures: hook_counts::SignatureTally,
    /// What may be followed of hints without a signature.
    hints: Mutex<hook_counts::HintBudget>,
    on_callers_thread: bool,
}

/// What decisions need to know of this server: all of it fixed at start.
pub struct AppContext {
    /// The property's time zone: the one bridge between instants and days.
    pub zone: TimeZone,
    /// The currency in which prices are kept.
    pub currency: Currency,
    pub random: Arc<dyn Random>,
    /// Where guests and providers reach us, without a slash at the end.
    pub public_url: Option<String>,
    /// Whether deposits can be taken online.
    pub payments_on: bool,
    /// Where recordings and pictures are kept.
    pub media_dir: PathBuf,
    /// Days off, for "el finde largo".
    pub calendar: HolidayCalendar,
    /// How often each calendar is read.
    pub poll_every: SignedDuration,
    /// Makes the words of guests' own links.
    pub link_key: guest_link::LinkKey,
    /// Below this confidence a voice note is said back before it is believed.
    pub voice_confidence_min: f32,
}

impl AppContext {
    /// The domain of the ids in our calendars: by it we know our own events when a channel repeats them.
    pub fn calendar_domain(&self) -> &str {
        let url = self.public_url.as_deref().unwrap_or("");
        let host = url.split_once("://").map_or(url, |(_, rest)| rest);
        host.split(['/', ':']).next().filter(|host| !host.is_empty()).unwrap_or("casero.invalid")
    }

    /// Where the owner decides; empty when no address is set.
    pub fn admin_url(&self) -> String {
        self.public_url.as_ref().map(|url| format!("{url}/admin")).unwrap_or_default()
    }

    /// Where a guest sees their reservation: with casero's own address when it has one.
    pub fn guest_link(&self, reservation: &Reservation) -> String {
        format!("{}{}", self.public_url.as_deref().unwrap_or_default(), self.guest_path(reservation))
    }

    /// The same without casero's address.
    pub fn guest_path(&self, reservation: &Reservation) -> String {
        format!("/reserva/{}/{}", reservation.code, self.link_key.word(reservation))
    }

    /// The transaction's instant at the property.
    pub fn moment(&self, tx: &impl Read) -> Moment {
        Moment { now: tx.now(), zone: self.zone.clone() }
    }
}

/// Wake-up calls for those who work off rows; each also looks by itself now and then, so a lost call costs
/// a moment and nothing else.
#[derive(Default)]
pub struct Wake {
    pub inbox: Notify,
    /// Recordings wait to be fetched.
    pub recordings: Notify,
    /// Fetched recordings wait to be heard.
    pub fetched: Notify,
    /// The same, for the lane that hears short ones.
    pub fetched_short: Notify,
    pub outbox: Notify,
    pub jobs: Notify,
    /// Work that nobody waits for.
    pub background: Notify,
    /// A calendar may be due.
    pub feeds: Notify,
    /// A deadline may have come nearer.
    pub clock: Notify,
}

impl Wake {
    /// Somebody wrote a decision: messages or work may have come of it.
    pub fn after_decision(&self) {
        self.outbox.notify_one();
        self.jobs.notify_one();
        self.background.notify_one();
    }

    /// A recording may be heard: both lanes may take it.
    pub fn after_fetch(&self) {
        self.fetched.notify_one();
        self.fetched_short.notify_one();
    }
}

impl App {
    pub fn new(store: Store, ports: Ports, context: AppContext) -> App {
        App {
            store,
            ports,
            context: Arc::new(context),
            wake: Wake::default(),
            collector: OnceLock::new(),
            swept_at: Mutex::default(),
            signatures: hook_counts::SignatureTally::default(),
            hints: Mutex::default(),
            on_callers_thread: false,
        }
    }

    /// Calls the outside, and does all else that blocks, on the thread of whoever asks: for trials, whose outside
    /// answers at once and in an order that must be the same each time.
    pub fn on_callers_thread(self) -> App {
        App { on_callers_thread: true, ..self }
    }

    /// Calls the outside: the one bridge from async code to a blocking port.
    pub async fn outside<T, F>(&self, call: F) -> Result<T, PortError>
    where
        F: FnOnce(&Ports) -> Result<T, PortError> + Send + 'static,
        T: Send + 'static,
    {
        let ports = self.ports.clone();
        let panicked = || PortError::Permanent { code: "panicked".into(), detail: String::new() };
        self.blocking(move || call(&ports)).await.unwrap_or_else(|_| Err(panicked()))
    }

    /// Does what blocks (a call, a file, listening) where nobody waits for the conversation; `Err` when it panicked.
    pub async fn blocking<T, F>(&self, work: F) -> Result<T, JoinError>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        if self.on_callers_thread { Ok(work()) } else { tokio::task::spawn_blocking(work).await }
    }
}
