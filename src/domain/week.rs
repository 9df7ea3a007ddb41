//! A set of days of the week.

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

/// Days of the week, Monday first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(into = "Vec<String>", try_from = "Vec<String>")]
pub struct Weekdays(u8);

/// Codes of the days, Monday first, as the API and the settings write them.
const CODES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Weekdays {
    /// No day.
    pub const NONE: Weekdays = Weekdays(0);
    /// Friday and Saturday: the usual weekend nights.
    pub const FRIDAY_SATURDAY: Weekdays = Weekdays(0b011_0000);

    pub fn of(days: impl IntoIterator<Item = Weekday>) -> Weekdays {
        Weekdays(days.into_iter().fold(0, |set, day| set | 1 << day.to_monday_zero_offset()))
    }

    /// Whether this date's weekday is in the set.
    pub fn contains(self, date: Date) -> bool {
        self.0 & (1 << date.weekday().to_monday_zero_offset()) != 0
    }

    /// Whether the set has no day.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The days, Monday first.
    pub fn days(self) -> Vec<Weekday> {
        (0..7i8)
            .filter(|day| self.0 & (1 << day) != 0)
            .filter_map(|day| Weekday::from_monday_zero_offset(day).ok())
            .collect()
    }

    /// One bit a day, Monday lowest; for the database.
    pub fn bits(self) -> u8 {
        self.0
    }

    pub fn from_bits(bits: u8) -> Option<Weekdays> {
        (bits < 128).then_some(Weekdays(bits))
    }
}

impl From<Weekdays> for Vec<String> {
    fn from(days: Weekdays) -> Vec<String> {
        (0..7usize).filter(|day| days.0 & (1 << day) != 0).map(|day| CODES[day].to_owned()).collect()
    }
}

impl TryFrom<Vec<String>> for Weekdays {
    type Error = String;

    fn try_from(codes: Vec<String>) -> Result<Weekdays, String> {
        codes.iter().try_fold(Weekdays::NONE, |set, code| {
            let prefix: String = code.to_ascii_lowercase().chars().take(3).collect();
            let day = CODES.iter().position(|known| *known == prefix);
            day.map(|day| Weekdays(set.0 | 1 << day))
                .ok_or_else(|| format!("unknown weekday {code:?}; use mon to sun"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn friday_and_saturday_are_the_weekend_nights() {
        assert!(Weekdays::FRIDAY_SATURDAY.contains(date(2027, 1, 15)));
        assert!(Weekdays::FRIDAY_SATURDAY.contains(date(2027, 1, 16)));
        assert!(!Weekdays::FRIDAY_SATURDAY.contains(date(2027, 1, 17)));
        assert_eq!(Weekdays::of([Weekday::Friday, Weekday::Saturday]), Weekdays::FRIDAY_SATURDAY);
    }
}
