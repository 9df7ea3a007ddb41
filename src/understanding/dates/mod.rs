//! Reads the dates of a stay.
//!
//! A grammar over tokens in three steps: find the points ("el 12", "viernes 29 de enero", "mañana"), spans ("este
//! finde", "carnaval") and durations; decide which point is the arrival and which the departure from the words
//! around them; only then put months and years to them.

use super::reading::{Dates, MonthSaid};
use super::token::Token;

mod ambiguity;
mod assemble;
mod dated;
mod durations;
mod month_part;
mod moves;
mod named_spans;
mod point;
mod points;
mod ranges;
mod resolve;
mod roles;
mod setting;
mod spans;

pub(crate) use setting::Setting;

#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub dates: Dates,
    /// The month named without a day.
    pub month: Option<MonthSaid>,
    /// Nights given as a number.
    pub nights: Option<u16>,
}

/// Reads the dates of a message and marks the tokens they took in `used`.
pub(crate) fn read(tokens: &[Token], used: &mut [bool], setting: Setting<'_>) -> Found {
    let durations = durations::find(tokens, used);
    let points = points::find(tokens, used, setting);
    let points = roles::assign(tokens, points);
    let spans = spans::find(tokens, used, &points);
    let hint = spans::month_hint(tokens, used, setting.today);
    let may_move = moves::may_be(tokens, &points, setting);
    let month = month_part::said(tokens, hint, setting.today);
    let dates = match assemble::assemble(points, &spans, &durations, hint, setting) {
        Dates::Stay(stay) if may_move => moves::both(stay, setting.moves_with_to),
        dates => dates,
    };
    Found { dates, month, nights: durations.nights }
}
