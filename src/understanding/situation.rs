//! Who writes, as far as the house knows: what a message means depends on it. "No anda el agua" is news from somebody
//! who sleeps here tonight.

use crate::domain::stay::Stay;
use jiff::ToSpan;
use jiff::civil::Date;
use strum::{EnumString, IntoStaticStr};

/// Days after the departure in which a guest still writes about the stay.
const JUST_LEFT_DAYS: i64 = 2;

/// The writer's situation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Situation {
    pub stage: Stage,
    /// The stay in hand: what was quoted, held or booked.
    pub stay: Option<Stay>,
    /// Whether a deposit is paid.
    pub paid: bool,
}

/// How far a guest has come. The codes are words of `casero understand`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Stage {
    #[default]
    None,
    Quoted,
    Held,
    Confirmed,
    InHouse,
    Left,
}

/// Where a guest with a stay is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    ArrivingToday,
    InHouse,
    /// The day of departure and the two after it.
    JustLeft,
}

impl Situation {
    /// Whether a stay is held, booked, under way or just over.
    pub fn has_stay(&self) -> bool {
        !matches!(self.stage, Stage::None | Stage::Quoted)
    }

    /// `None` for strangers, and for guests whose stay is another day.
    pub fn presence(&self, today: Date) -> Option<Presence> {
        let begins_today = self.stay.is_some_and(|stay| stay.check_in() == today);
        let under_way = self.stay.is_some_and(|stay| stay.check_in() < today && today < stay.check_out());
        match self.stage {
            Stage::InHouse => Some(Presence::InHouse),
            Stage::Confirmed if begins_today => Some(Presence::ArrivingToday),
            Stage::Confirmed if under_way => Some(Presence::InHouse),
            Stage::Confirmed | Stage::Left if self.just_left(today) => Some(Presence::JustLeft),
            Stage::None | Stage::Quoted | Stage::Held | Stage::Confirmed | Stage::Left => None,
        }
    }

    fn just_left(&self, today: Date) -> bool {
        let until = |stay: Stay| stay.check_out().checked_add(JUST_LEFT_DAYS.days()).ok();
        self.stay
            .is_some_and(|stay| stay.check_out() <= today && until(stay).is_some_and(|last| today <= last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn at(stage: Stage, today: Date) -> Option<Presence> {
        let stay = Stay::new(date(2026, 11, 24), date(2026, 11, 26)).unwrap();
        Situation { stage, stay: Some(stay), paid: true }.presence(today)
    }

    #[test]
    fn a_guest_is_with_us_from_the_day_of_arrival_to_two_days_after_the_departure() {
        let day = |day| date(2026, 11, day);
        assert_eq!(at(Stage::Confirmed, day(23)), None);
        assert_eq!(at(Stage::Confirmed, day(24)), Some(Presence::ArrivingToday));
        assert_eq!(at(Stage::InHouse, day(24)), Some(Presence::InHouse));
        // Nobody recorded the arrival.
        assert_eq!(at(Stage::Confirmed, day(25)), Some(Presence::InHouse));
        assert_eq!(at(Stage::InHouse, day(26)), Some(Presence::InHouse));
        assert_eq!(at(Stage::Left, day(26)), Some(Presence::JustLeft));
        assert_eq!(at(Stage::Confirmed, day(27)), Some(Presence::JustLeft));
        assert_eq!(at(Stage::Left, day(28)), Some(Presence::JustLeft));
        assert_eq!(at(Stage::Left, day(29)), None);
        assert_eq!(at(Stage::Held, day(24)), None);
    }
}
