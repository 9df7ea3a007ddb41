//! The instance: the product's own code on a database in memory, with everything outside simulated. It can
//! crash at any commit and be opened again.

use super::feeds::SimulatedFeeds;
use super::flaw::Flaw;
use super::machine::Machine;
use super::payments::SimulatedPayments;
use super::people::OWNER_PHONE;
use super::rng::Codes;
use super::site::{Habits, Site};
use super::speech::SimulatedSpeech;
use super::whatsapp::SimulatedWhatsApp;
use super::words::CABINS;
use super::world::Shared;
use crate::app::guest_link::{KEY_BYTES, LinkKey};
use crate::app::{App, AppContext, Error, feeds, manage};
use crate::domain::audit::Actor;
use crate::domain::cabin::Cabin;
use crate::domain::ids::CabinId;
use crate::domain::money::{Currency, Money};
use crate::ports::Ports;
use crate::ports::clock::Clock;
use crate::ports::mail::NoMail;
use crate::ports::push::NoPush;
use crate::ports::whatsapp_account::NoAccount;
use crate::store::{OpenOptions, Read, Store, StoreError};
use crate::understanding::HolidayCalendar;
use jiff::SignedDuration;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Interval between readings of a calendar: long, so that readings do not fill a year's steps.
const POLL_EVERY: SignedDuration = SignedDuration::from_hours(24);

/// A channel of the simulated cabins. None is named like a site known to read every few hours: these read a few times
/// in two days, which would be a silence.
struct SimulatedChannel {
    name: &'static str,
    habits: Habits,
    /// It reads the cabin's first channel and not us.
    copies_the_first: bool,
}

const fn channel(
    name: &'static str,
    repeats: bool,
    tells_nothing: bool,
    copies_the_first: bool,
) -> SimulatedChannel {
    SimulatedChannel { name, habits: Habits { repeats, tells_nothing, copies: None }, copies_the_first }
}

/// Sells and repeats what it reads of us.
const PORTAL: SimulatedChannel = channel("portal", true, false, false);
/// Only sells.
const AGENCY: SimulatedChannel = channel("agencia", false, false, false);
/// Sells and repeats, and says of nothing what it is.
const MIRROR: SimulatedChannel = channel("espejo", true, true, false);
/// The end of a chain of two: it repeats what the first channel shows.
const CHAIN: SimulatedChannel = channel("cadena", true, true, true);
/// Channels of the cabins, in turn.
const CHANNELS: [&[SimulatedChannel]; 4] =
    [&[PORTAL], &[PORTAL, AGENCY], &[PORTAL, MIRROR], &[PORTAL, CHAIN]];

/// What an instance is opened with, again and again.
pub struct Ground {
    pub folder: PathBuf,
    /// Keeps the database alive while the instance is closed.
    pub _database: Connection,
    pub world: Shared,
    pub machine: Arc<Machine>,
    pub codes: Arc<Codes>,
}

impl Ground {
    /// Opens the instance on its database.
    pub fn open(&self) -> Result<App, StoreError> {
        Ok(self.open_on(self.open_store()?))
    }

    fn open_store(&self) -> Result<Store, StoreError> {
        let (clock, gate) = (Arc::clone(&self.machine), Arc::clone(&self.machine));
        let options = OpenOptions {
            durable: false,
            in_memory: true,
            on_callers_thread: true,
            gate: Some(Arc::new(move || gate.may_commit())),
        };
        Store::open_in(&self.folder, Arc::new(move || clock.now()), &options)
    }

    /// A fresh instance with this database as its only state.
    pub(super) fn open_on(&self, store: Store) -> App {
        let (world, machine) = (&self.world, &self.machine);
        let ports = Ports {
            whatsapp: Arc::new(SimulatedWhatsApp { world: world.clone(), machine: Arc::clone(machine) }),
            whatsapp_account: Arc::new(NoAccount),
            mail: Arc::new(NoMail),
            push: Arc::new(NoPush),
            payments: Arc::new(SimulatedPayments { world: world.clone(), machine: Arc::clone(machine) }),
            feeds: Arc::new(SimulatedFeeds { world: world.clone(), machine: Arc::clone(machine) }),
            speech: Arc::new(SimulatedSpeech { world: world.clone() }),
            clock: Arc::clone(machine) as Arc<dyn Clock>,
            random: Arc::clone(&self.codes) as _,
        };
        let context = AppContext {
            zone: world.lock().zone.clone(),
            currency: Currency::Ars,
            random: Arc::clone(&self.codes) as _,
            public_url: Some("https://cabins.example".to_owned()),
            payments_on: true,
            mail_on: false,
            push_on: false,
            media_dir: self.folder.clone(),
            calendar: HolidayCalendar::argentina(),
            poll_every: POLL_EVERY,
            // Fixed, not stored: opening must not be a commit at which the process can die.
            link_key: LinkKey::new(&[7; KEY_BYTES]),
            voice_confidence_min: 0.6,
        };
        App::new(store, ports, context).on_callers_thread()
    }

    /// Creates an owner's data: settings, one to six cabins, their channels.
    pub(super) async fn furnish(&self, app: &App, flaw: Flaw) -> Result<(), Error> {
        let sizes: Vec<u16> = {
            let world = &mut *self.world.lock();
            (0..world.cabins).map(|_| 2 + 2 * world.rng.below(3) as u16).collect()
        };
        let context = Arc::clone(&app.context);
        let made = app.store.write(move |tx| furnish(tx, &context, &sizes).map_err(refused)).await?;
        for (index, cabin) in made.into_iter().enumerate() {
            let first = self.world.lock().sites.len();
            let turn = index + self.world.lock().rng.below(CHANNELS.len());
            for SimulatedChannel { name, habits, copies_the_first } in CHANNELS[turn % CHANNELS.len()] {
                let url = format!("https://{name}.example/{}", self.world.lock().sites.len());
                let feed = feeds::add(app, Actor::System, cabin, name, &url).await?;
                let habits = Habits { copies: copies_the_first.then_some(first), ..*habits };
                let site = Site::of(feed.id.0, feed.export_token, habits);
                self.world.lock().sites.push(site);
            }
        }
        if let Some(sql) = flaw.sql() {
            app.store.write(move |tx| Ok::<_, Error>(batch(tx, sql)?)).await?;
        }
        watch(app).await
    }
}

/// Counts changes to rows about nights and about money, by triggers: their invariants are checked again only
/// when a count has changed. The counters are gone when the instance is closed.
pub(super) async fn watch(app: &App) -> Result<(), Error> {
    app.store.write(|tx| Ok::<_, Error>(batch(tx, &watching())?)).await
}

fn watching() -> String {
    let start = "CREATE TEMP TABLE IF NOT EXISTS touched (nights INTEGER NOT NULL, money INTEGER NOT NULL);
                 DELETE FROM touched; INSERT INTO touched VALUES (0, 0);";
    let watched = WATCHED.iter().enumerate().map(|(number, (what, change, table))| {
        format!(
            "DROP TRIGGER IF EXISTS touch_{number};
             CREATE TEMP TRIGGER touch_{number} AFTER {change} ON main.{table}
             BEGIN UPDATE touched SET {what} = {what} + 1; END;"
        )
    });
    watched.fold(start.to_owned(), |all, one| all + &one)
}

/// Changes that can affect who holds a night, or the balance between payments, ledger and refunds.
const WATCHED: [(&str, &str, &str); 15] = [
    ("nights", "INSERT", "night"),
    ("nights", "UPDATE", "night"),
    ("nights", "DELETE", "night"),
    ("nights", "INSERT", "feed_night"),
    ("nights", "UPDATE", "feed_night"),
    ("nights", "DELETE", "feed_night"),
    ("nights", "UPDATE OF status", "reservation"),
    ("nights", "UPDATE OF deleted_at", "feed"),
    ("money", "INSERT", "payment"),
    ("money", "UPDATE", "payment"),
    ("money", "INSERT", "ledger"),
    ("money", "UPDATE", "ledger"),
    ("money", "DELETE", "ledger"),
    ("money", "INSERT", "refund"),
    ("money", "UPDATE", "refund"),
];

/// Limits the database's size, or lifts the limit.
pub(super) async fn set_disk(app: &App, full: bool) -> Result<(), Error> {
    let sql = if full { "PRAGMA max_page_count = 1" } else { "PRAGMA max_page_count = 1073741823" };
    // The pragma returns a row; a limit below the file's size becomes that size.
    app.store.write(move |tx| Ok::<_, Error>(batch(tx, sql)?)).await
}

fn batch(tx: &impl Read, sql: &str) -> Result<(), StoreError> {
    Ok(tx.connection().execute_batch(sql)?)
}

fn furnish(
    tx: &mut crate::store::WriteTx<'_>,
    context: &AppContext,
    sizes: &[u16],
) -> Result<Vec<CabinId>, manage::ManageError> {
    manage::change_settings(
        tx,
        context,
        None,
        |settings| {
            settings.property_name = "Puerta del Valle".to_owned();
            settings.owner_phone = OWNER_PHONE.to_owned();
            settings.bank_alias = "puerta.valle.demo".to_owned();
            Ok(())
        },
        &Actor::System,
    )?;
    (CABINS.iter().zip(sizes).enumerate())
        .map(|(index, (name, size))| {
            let cabin =
                Cabin::new(*name, *size, Money::new(6_500_000 + 1_000_000 * index as i64, Currency::Ars));
            manage::add_cabin(tx, &cabin, &Actor::System)
        })
        .collect()
}

/// The initial data is simple: a refusal of it is a defect of the simulation.
fn refused(error: manage::ManageError) -> Error {
    match error {
        manage::ManageError::App(error) => error,
        manage::ManageError::Store(error) => error.into(),
        manage::ManageError::NotFound(_)
        | manage::ManageError::Invalid { .. }
        | manage::ManageError::Settings(_)
        | manage::ManageError::CabinInUse
        | manage::ManageError::NightsTaken(_)
        | manage::ManageError::Stale
        | manage::ManageError::WindowClosed
        | manage::ManageError::OptedOut
        | manage::ManageError::RequestClosed(_)
        | manage::ManageError::AmountMissing
        | manage::ManageError::ReceiptClosed => Error::Stale,
    }
}

/// A folder in memory where the system has one, else among the temporary files.
pub(super) fn folder_for(seed: u64) -> PathBuf {
    let memory = Path::new("/dev/shm");
    let base = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    base.join(format!("casero-years-{}-{seed}", std::process::id()))
}
