//! A day with the parts that were named.

use jiff::civil::Date;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Point {
    pub from: usize,
    /// One past the last token.
    pub to: usize,
    pub day: Option<u8>,
    pub month: Option<u8>,
    pub year: Option<i16>,
    /// 1 to 7, Monday first.
    pub weekday: Option<u8>,
    /// A resolved date: "mañana", "hoy".
    pub fixed: Option<Date>,
    pub week: WeekSaid,
    /// Its role, from the words around it.
    pub role: Role,
    /// "a la noche": one night, unless the message tells more.
    pub one_night: bool,
    /// Christmas or New Year: a day inside a range, a season alone.
    pub feast: bool,
}

/// The week named with a weekday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WeekSaid {
    /// None: the next one after today.
    Unsaid,
    /// "de la semana que viene": the next calendar week.
    NextWeek,
    /// "el viernes que viene": ambiguous.
    Coming,
}

/// The role of a point, from the words around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Plain,
    /// "para el 12": the target of a move, or simply a date.
    For,
    /// "del", "desde".
    From,
    /// "entre": the "y" after it closes a range instead of listing.
    Between,
    /// "al", "-".
    To,
    /// "hasta".
    Until,
    /// "y", a list.
    And,
    /// "o", an alternative.
    Or,
    In,
    Out,
    /// "en vez del 12".
    Dropped,
}

impl Point {
    pub(super) fn at(from: usize, to: usize) -> Point {
        Point {
            from,
            to,
            day: None,
            month: None,
            year: None,
            weekday: None,
            fixed: None,
            week: WeekSaid::Unsaid,
            role: Role::Plain,
            one_night: false,
            feast: false,
        }
    }
}
