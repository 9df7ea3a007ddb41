//! Cabins with enough nights for holds without conflicts, and the holds themselves.

#![allow(dead_code, reason = "each measurement uses its part of it")]

use casero::adapters::clock::SystemClock;
use casero::boot;
use casero::domain::cabin::Cabin;
use casero::domain::ids::CabinId;
use casero::domain::money::{Currency, Money};
use casero::ports::clock::Clock;
use casero::store::{Store, StoreError, WriteTx, cabins};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Cabins of a large server: with a year and a half on sale, more nights than all loops can take.
pub const MANY: usize = 250;
/// Cabins of an ordinary server.
pub const FEW: usize = 3;
/// Returning guests: some holds find theirs, others create them.
const GUESTS: usize = 10_000;

/// Free nights of one server.
pub struct Nights {
    cabins: Vec<CabinId>,
    first: Date,
    taken: AtomicUsize,
}

pub struct NightRequest {
    pub cabin: CabinId,
    pub check_in: Date,
    /// The day after.
    pub check_out: Date,
    /// An invented number.
    pub phone: String,
}

impl Nights {
    /// Fills the closed server in this folder.
    pub fn furnish(data: &Path, cabins: usize) -> Nights {
        Nights::of(&boot::open_store(data).expect("a store"), cabins)
    }

    /// Fills an open server.
    pub fn of(store: &Store, count: usize) -> Nights {
        let insert = move |tx: &mut WriteTx<'_>| {
            (0..count).map(|number| cabins::insert(tx, &cabin(number))).collect::<Result<_, _>>()
        };
        let cabins = store.write_blocking::<Vec<CabinId>, StoreError, _>(insert).expect("cabins");
        let first = TimeZone::UTC.to_datetime(SystemClock.now()).date().saturating_add(3.days());
        Nights { cabins, first, taken: AtomicUsize::new(0) }
    }

    /// A night not used yet.
    pub fn next(&self) -> NightRequest {
        let number = self.taken.fetch_add(1, Ordering::Relaxed);
        let day = i64::try_from(number / self.cabins.len()).expect("small");
        let check_in = self.first.saturating_add(day.days());
        NightRequest {
            cabin: self.cabins[number % self.cabins.len()],
            check_in,
            check_out: check_in.saturating_add(1.day()),
            phone: format!("549351555{:04}", number % GUESTS),
        }
    }
}

fn cabin(number: usize) -> Cabin {
    Cabin::new(format!("Cabaña {number}"), 4, Money::new(80_000_00, Currency::Ars))
}
