//! A stay: a half-open range of civil dates. The night of the departure belongs to the next guest.

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

/// The longest stay accepted; more is a typing error. Owners may set less.
pub const STAY_NIGHTS_MAX: u16 = 365;

/// `check_in` to `check_out`; the night of `check_out` is not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "StayDates", into = "StayDates")]
pub struct Stay {
    check_in: Date,
    check_out: Date,
}

/// The two dates as stored, not yet validated.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct StayDates {
    pub check_in: Date,
    pub check_out: Date,
}

/// Why two dates are not a stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StayRefused {
    /// Departure on or before arrival.
    #[error("check-out is not after check-in")]
    Backwards,
    /// More nights than [`STAY_NIGHTS_MAX`].
    #[error("longer than {STAY_NIGHTS_MAX} nights")]
    TooLong,
}

impl Stay {
    /// A stay of at least one night and at most [`STAY_NIGHTS_MAX`].
    pub fn new(check_in: Date, check_out: Date) -> Result<Stay, StayRefused> {
        if check_out <= check_in {
            return Err(StayRefused::Backwards);
        }
        let stay = Stay { check_in, check_out };
        if stay.nights_count() > i32::from(STAY_NIGHTS_MAX) {
            return Err(StayRefused::TooLong);
        }
        Ok(stay)
    }

    pub fn check_in(self) -> Date {
        self.check_in
    }

    /// Day of departure; its night is free.
    pub fn check_out(self) -> Date {
        self.check_out
    }

    pub fn nights(self) -> u16 {
        u16::try_from(self.nights_count()).expect("a stay has 1 to STAY_NIGHTS_MAX nights")
    }

    /// Each night, named by the civil date on which it begins.
    pub fn each_night(self) -> impl Iterator<Item = Date> {
        self.check_in.series(1.day()).take(usize::from(self.nights()))
    }

    /// Whether a day is one of its nights, or its day of departure.
    pub fn has(self, day: Date) -> bool {
        self.check_in <= day && day <= self.check_out
    }

    /// Whether the two share a night.
    pub fn overlaps(self, other: Stay) -> bool {
        self.check_in < other.check_out && other.check_in < self.check_out
    }

    fn nights_count(self) -> i32 {
        (self.check_out - self.check_in).get_days()
    }
}

impl TryFrom<StayDates> for Stay {
    type Error = StayRefused;

    fn try_from(dates: StayDates) -> Result<Stay, StayRefused> {
        Stay::new(dates.check_in, dates.check_out)
    }
}

impl From<Stay> for StayDates {
    fn from(stay: Stay) -> StayDates {
        StayDates { check_in: stay.check_in, check_out: stay.check_out }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_day_of_departure_is_not_slept() {
        let stay = Stay::new(date(2027, 1, 12), date(2027, 1, 15)).expect("valid");
        assert_eq!(stay.nights(), 3);
        assert_eq!(stay.each_night().last(), Some(date(2027, 1, 14)));
    }

    #[test]
    fn back_to_back_stays_share_no_night() {
        let first = Stay::new(date(2027, 1, 12), date(2027, 1, 15)).expect("valid");
        let second = Stay::new(date(2027, 1, 15), date(2027, 1, 16)).expect("valid");
        assert!(!first.overlaps(second) && !second.overlaps(first));
        assert!(first.overlaps(first));
    }

    #[test]
    fn a_stay_has_at_least_one_night_and_an_end() {
        let day = date(2027, 1, 12);
        assert_eq!(Stay::new(day, day), Err(StayRefused::Backwards));
        assert_eq!(Stay::new(day, date(2028, 3, 1)), Err(StayRefused::TooLong));
    }
}
