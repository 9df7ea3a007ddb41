//! Use-cases, one file each, called by the web, by jobs and by the command line.
//!
//! Every decision is one write transaction, and no call to the outside happens in one. A use-case that needs
//! the outside (a payment to be read again) calls it first and then decides on the result.

pub mod access;
pub mod account_state;
pub mod agreement;
pub mod backups;
pub mod calendar_invite;
pub mod checkouts;
pub mod confirm;
pub mod converse;
pub mod counts;
pub mod deliver;
pub mod desk;
pub mod discount;
mod error;
pub mod explain;
pub mod export_readers;
pub mod exports;
mod feed_checks;
mod feed_conflicts;
mod feed_links;
mod feed_state;
pub mod feeds;
pub mod guest_link;
pub mod holding;
pub mod holidays;
mod hook_counts;
pub mod hook_signatures;
pub mod house_number;
pub mod idempotency;
pub mod inbox;
pub mod lapse;
pub mod links;
pub mod manage;
mod manage_error;
pub mod media;
pub mod notice_test;
pub mod notify;
pub mod outage;
pub mod outgoing;
pub mod owner;
pub mod owner_numbers;
pub mod pay;
mod payment_attention;
pub mod photos;
pub mod price_rules;
pub mod privacy;
pub mod provider_outage;
pub mod prune;
pub mod quote;
pub mod rate_changes;
pub mod receipts;
pub mod receive;
pub mod refunds;
pub mod remind;
pub mod requests;
pub mod reserve;
pub mod sent_file;
pub mod stay_view;
pub mod templates;
#[cfg(test)]
mod test_context;
pub mod transcribe;
pub mod unknown_work;
pub mod waitlist;
pub mod whatsapp_setup;
pub mod withdrawal;

pub use error::Error;

use crate::domain::money::Currency;
use crate::domain::phone::{Country, Phone, PhoneRefused};
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

/// The running server. Built once in `boot`, shared by all callers.
pub struct App {
    pub store: Store,
    pub ports: Ports,
    /// Fixed facts about this server, for decisions.
    pub context: Arc<AppContext>,
    /// Wakes the tasks.
    pub wake: Wake,
    /// Our own account at the payment provider, once known.
    pub(crate) collector: OnceLock<String>,
    /// Time of this process's last successful sweep of payments.
    pub(crate) swept_at: Mutex<Option<Timestamp>>,
    /// The house's own number on WhatsApp, once known, and when it was last asked for in vain.
    house_number: OnceLock<String>,
    house_number_failed_at: Mutex<Option<Timestamp>>,
    /// Recent results of checking signatures.
    signatures: hook_counts::SignatureTally,
    /// Budget for following unsigned hints.
    hints: Mutex<hook_counts::HintBudget>,
    on_callers_thread: bool,
}

/// Facts about this server that decisions need, all fixed at start.
pub struct AppContext {
    /// The property's time zone: the one conversion between instants and days.
    pub zone: TimeZone,
    /// The currency in which prices are kept.
    pub currency: Currency,
    pub random: Arc<dyn Random>,
    /// Address at which guests and providers reach us, without a trailing slash.
    pub public_url: Option<String>,
    /// Whether deposits can be taken online.
    pub payments_on: bool,
    /// Whether mail can be sent.
    pub mail_on: bool,
    /// Whether browsers can be told.
    pub push_on: bool,
    /// Folder of recordings and pictures.
    pub media_dir: PathBuf,
    /// Public holidays, for "el finde largo".
    pub calendar: HolidayCalendar,
    /// Interval at which each calendar is read.
    pub poll_every: SignedDuration,
    /// Makes the guests' own links.
    pub link_key: guest_link::LinkKey,
    /// Below this confidence a transcript is read back to the guest before it is used.
    pub voice_confidence_min: f32,
}

impl AppContext {
    /// Domain of the event ids in the calendars that channels read, which no other installation has: by it we know our
    /// own events when they come back.
    pub fn export_domain(&self) -> String {
        format!("{}.casero.invalid", self.link_key.instance())
    }

    /// Domain of the event ids in the guests' own files.
    pub fn calendar_domain(&self) -> &str {
        let url = self.public_url.as_deref().unwrap_or("");
        let host = url.split_once("://").map_or(url, |(_, rest)| rest);
        host.split(['/', ':']).next().filter(|host| !host.is_empty()).unwrap_or("casero.invalid")
    }

    /// The country whose people type numbers here.
    pub fn country(&self) -> Option<Country> {
        Country::of_zone(self.zone.iana_name().unwrap_or_default())
    }

    /// Reads a number that somebody typed.
    pub fn phone(&self, typed: &str) -> Result<Phone, PhoneRefused> {
        Phone::typed(typed, self.country())
    }

    /// Address of the admin page; empty when no public address is set.
    pub fn admin_url(&self) -> String {
        self.public_url.as_ref().map(|url| format!("{url}/admin")).unwrap_or_default()
    }

    /// Link to a guest's own page, absolute if there is a public address.
    pub fn guest_link(&self, reservation: &Reservation) -> String {
        format!("{}{}", self.public_url.as_deref().unwrap_or_default(), self.guest_path(reservation))
    }

    /// The same as a path.
    pub fn guest_path(&self, reservation: &Reservation) -> String {
        format!("/reserva/{}/{}", reservation.code, self.link_key.word(reservation))
    }

    /// The transaction's instant in the property's zone.
    pub fn moment(&self, tx: &impl Read) -> Moment {
        Moment { now: tx.now(), zone: self.zone.clone() }
    }
}

/// Wake-up calls for the tasks, which also poll: a lost call costs a moment and nothing else.
#[derive(Default)]
pub struct Wake {
    pub inbox: Notify,
    /// Recordings to be fetched.
    pub recordings: Notify,
    /// Fetched recordings to be transcribed.
    pub fetched: Notify,
    /// The same, for the lane of short ones.
    pub fetched_short: Notify,
    pub outbox: Notify,
    pub jobs: Notify,
    /// Background jobs.
    pub background: Notify,
    /// A calendar may be due.
    pub feeds: Notify,
    /// A deadline may have come nearer.
    pub clock: Notify,
}

impl Wake {
    /// A decision was written: it may have left messages or jobs.
    pub fn after_decision(&self) {
        self.outbox.notify_one();
        self.jobs.notify_one();
        self.background.notify_one();
    }

    /// A recording is ready: either lane may take it.
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
            house_number: OnceLock::new(),
            house_number_failed_at: Mutex::default(),
            signatures: hook_counts::SignatureTally::default(),
            hints: Mutex::default(),
            on_callers_thread: false,
        }
    }

    /// Runs outside calls and other blocking work on the caller's thread: for simulations, where calls must
    /// return at once and in a repeatable order.
    pub fn on_callers_thread(self) -> App {
        App { on_callers_thread: true, ..self }
    }

    /// Calls a port: the one bridge from async code to blocking calls.
    pub async fn outside<T, F>(&self, call: F) -> Result<T, PortError>
    where
        F: FnOnce(&Ports) -> Result<T, PortError> + Send + 'static,
        T: Send + 'static,
    {
        let ports = self.ports.clone();
        let panicked = || PortError::Permanent { code: "panicked".into(), detail: String::new() };
        self.blocking(move || call(&ports)).await.unwrap_or_else(|_| Err(panicked()))
    }

    /// Runs blocking work (a call, a file, transcription) off the async workers; `Err` when it panicked.
    pub async fn blocking<T, F>(&self, work: F) -> Result<T, JoinError>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        if self.on_callers_thread { Ok(work()) } else { tokio::task::spawn_blocking(work).await }
    }
}
