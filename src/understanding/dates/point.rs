//! A day as far as it was said.

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
    /// Already a date: "mañana", "hoy".
    pub fixed: Option<Date>,
    pub week: WeekSaid,
    /// What the words around make of it.
    pub role: Role,
    /// "a la noche": one night, when nothing else is said.
    pub one_night: bool,
    /// Christmas or New Year: a day when a range names it, a season alone.
    pub feast: bool,
}

/// Which week a weekday was said to be of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WeekSaid {
    /// Nothing: the next one after today.
    Unsaid,
    /// "de la semana que viene": the next calendar week.
    NextWeek,
    /// "el viernes que viene": people disagree.
    Coming,
}

/// What the words around a point make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Plain,
    /// "para el 12": where something is moved to, or simply when.
    For,
    /// "del", "desde".
    From,
    /// "entre": the "y" that follows closes a range and lists nothing.
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
