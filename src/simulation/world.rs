//! The world outside the instance, with its own truth: time, guests' plans, messages sent, payments, sales
//! elsewhere; and the agenda of coming events.

use super::counts::Counts;
use super::faults::{Fate, Faults, Party, lost};
use super::payment_state::PaymentState;
use super::person::Person;
use super::rng::Rng;
use super::site::Site;
use super::whatsapp_state::WhatsAppState;
use super::words::CABINS;
use crate::domain::payment::PaymentStatus;
use crate::ports::error::PortError;
use crate::ports::whatsapp::HookEvent;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, civil::Date};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Lines of the journal kept for a violated invariant.
const JOURNAL_LINES: usize = 60;

/// Seconds between two new guests per cabin: from one day to eighteen.
const GUEST_A_CABIN_EVERY: (i64, i64) = (86_400, 18 * 86_400);

/// The world, shared with the ports.
#[derive(Clone)]
pub struct Shared(Arc<Mutex<World>>);

impl Shared {
    pub fn new(world: World) -> Shared {
        Shared(Arc::new(Mutex::new(world)))
    }

    pub fn lock(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A scheduled event.
#[derive(Debug, Clone)]
pub enum Event {
    /// WhatsApp sends notifications.
    Hook(Vec<HookEvent>),
    /// The payment provider sends a notification about this payment.
    Notice(String),
    /// A guest begins to write.
    Arrives,
    /// A person looks at the phone and writes.
    Acts(usize),
    /// A guest pays this checkout.
    Pays(String),
    /// A payment changes its status.
    Becomes(String, PaymentStatus),
    /// Part of a payment is refunded in the provider's own panel.
    GivenBack(String),
    /// A site sells a stay, or cancels one.
    Sells(usize),
    CallsOff(usize),
    /// A site reads our calendar.
    Reads(usize),
    /// The owner works through the attention items.
    Decides,
    /// A booking by the API.
    Books,
    /// The owner moves, cancels or closes something by the API.
    Manages,
    Storm(Party),
    Outage(Party),
    /// The account's other business is paid.
    OtherBusiness,
    /// Strangers name payments, true and invented ones.
    Forged,
    /// The rest of a checkout is paid, after a part.
    PaysRest(String, i64),
    /// A dispute ends in our favour.
    Reimbursed(String),
    /// The process will die after some more commits and calls.
    Doom,
    Restart,
    FullDisk,
    FreeDisk,
    /// Error of the machine's clock from now on, in minutes.
    ClockWrong(i64),
}

pub struct World {
    pub now: Timestamp,
    pub zone: TimeZone,
    pub rng: Rng,
    pub faults: Faults,
    pub counts: Counts,
    pub whatsapp: WhatsAppState,
    /// The owner is the first.
    pub people: Vec<Person>,
    pub payments: PaymentState,
    pub sites: Vec<Site>,
    pub cabins: usize,
    pub disk_is_full: bool,
    agenda: BTreeMap<(Timestamp, u64), Event>,
    numbers: u64,
    journal: VecDeque<String>,
}

impl World {
    pub(super) fn new(seed: u64, now: Timestamp, zone: TimeZone) -> World {
        let mut rng = Rng::new(seed);
        World {
            // Most owners have one to three cabins; of thirty-six instances one has all six.
            cabins: 1 + rng.below(CABINS.len()).min(rng.below(CABINS.len())),
            now,
            zone,
            rng,
            faults: Faults::default(),
            counts: Counts::default(),
            whatsapp: WhatsAppState::default(),
            people: Vec::new(),
            payments: PaymentState::default(),
            sites: Vec::new(),
            disk_is_full: false,
            agenda: BTreeMap::new(),
            numbers: 0,
            journal: VecDeque::new(),
        }
    }

    /// A world without faults: every call works and everything arrives once and at once.
    pub fn calm(now: Timestamp, zone: TimeZone) -> World {
        let mut world = World::new(0, now, zone);
        world.faults.calm = true;
        world
    }

    pub(super) fn today(&self) -> Date {
        self.zone.to_datetime(self.now).date()
    }

    /// A fresh number.
    pub fn number(&mut self) -> u64 {
        self.numbers += 1;
        self.numbers
    }

    pub(super) fn at(&mut self, when: Timestamp, event: Event) {
        let number = self.number();
        self.agenda.insert((when, number), event);
    }

    /// Schedules an event at a random time within two bounds, in seconds; at once in a calm world.
    pub(super) fn within(&mut self, seconds: (i64, i64), event: Event) {
        let wait = if self.faults.calm { seconds.0 } else { self.rng.between(seconds.0, seconds.1) };
        self.at(self.now + SignedDuration::from_secs(wait), event);
    }

    /// Whether a fault with this probability in thousandths occurs: never in a calm world.
    pub(super) fn mishap(&mut self, permille: u64) -> bool {
        !self.faults.calm && self.rng.permille(permille)
    }

    /// Time of the next event.
    pub fn next_at(&self) -> Option<Timestamp> {
        self.agenda.keys().next().map(|(at, _)| *at)
    }

    /// The next event, if it is due.
    pub fn next_due(&mut self) -> Option<Event> {
        let (at, _) = self.agenda.keys().next()?;
        if *at > self.now {
            return None;
        }
        self.agenda.pop_first().map(|(_, event)| event)
    }

    /// From now on no new event chain begins; those begun go on to their end.
    pub(super) fn begin_nothing_new(&mut self) {
        self.agenda.retain(|_, event| {
            matches!(
                event,
                Event::Hook(_) | Event::Notice(_) | Event::Becomes(..) | Event::FreeDisk | Event::Reads(_)
            )
        });
        self.faults.calm = true;
    }

    /// Writes a line of the journal, for diagnosing a violated invariant.
    pub(super) fn note(&mut self, line: impl FnOnce() -> String) {
        if self.journal.len() == JOURNAL_LINES {
            self.journal.pop_front();
        }
        let line = format!("{} {}", self.now, line());
        self.journal.push_back(line);
    }

    pub(super) fn journal(&self) -> Vec<String> {
        self.journal.iter().cloned().collect()
    }

    /// Result of a call to this party; a failure is counted.
    pub(super) fn fate(&mut self, party: Party) -> Fate {
        let fate = self.faults.fate(party, self.now, &mut self.rng);
        match &fate {
            Fate::Works => {}
            Fate::Fails(_) => self.counts.calls_failed += 1,
            Fate::AnswerLost => self.counts.answers_lost += 1,
        }
        fate
    }

    /// Schedules the next guest: twice as many cabins attract twice as many.
    pub(super) fn draw_guest(&mut self) {
        let (soonest, latest) = GUEST_A_CABIN_EVERY;
        let cabins = self.cabins as i64;
        self.within((soonest / cabins, latest / cabins), Event::Arrives);
    }

    /// A call without side effects: it fails or works.
    pub(super) fn asked(&mut self, party: Party) -> Result<(), PortError> {
        match self.fate(party) {
            Fate::Works => Ok(()),
            Fate::Fails(error) => Err(error),
            Fate::AnswerLost => Err(lost()),
        }
    }
}
