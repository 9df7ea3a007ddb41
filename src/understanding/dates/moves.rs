//! "Move it from the 5th to the 10th": one stay, or an old day and a new one? The words alone don't always tell,
//! so both are kept; the caller who knows the booking decides.

use jiff::civil::Date;

use super::ambiguity::ambiguous;
use super::point::{Point, Role};
use super::setting::Setting;
use crate::understanding::cue::Cue;
use crate::understanding::reading::{DateReading, Dates, Stay};
use crate::understanding::terms::Term;
use crate::understanding::token::Token;

/// Longest stay read from a change: days further apart are the old and the new one.
const LONGEST_STAY_MEANT: u16 = 21;

/// Whether the two days may be an old and a new one: `cambiarla del 5 al 10`. Needs the words before them.
pub(super) fn may_be(tokens: &[Token], points: &[Point], setting: Setting<'_>) -> bool {
    let [from, to] = points else { return false };
    if !setting.changing || from.role != Role::From || to.role != Role::To {
        return false;
    }
    let Some(change) = tokens[..from.from].iter().rposition(|token| token.is(Term::Change)) else {
        return false;
    };
    let between = &tokens[change..from.from];
    let apart = between[1..].iter().any(|token| token.breaks)
        || tokens[from.from..to.from].iter().any(|token| token.breaks);
    // When a booking is lengthened, from and to are its ends.
    let words = |cue| between.iter().any(|token| token.cue(cue));
    let new_stay = between[1..].iter().any(|token| token.is(Term::For));
    !apart && !new_stay && !words(Cue::Lengthening) && !words(Cue::NewStay)
}

/// Both readings of such a change. Where "to" rarely ends a stay (`moves_with_to`), the move is preferred.
pub(super) fn both(stay: Stay, moves_with_to: bool) -> Dates {
    let moved = moves_with_to || stay.nights() > LONGEST_STAY_MEANT;
    let arriving = |day: Date, preferred| DateReading { check_in: Some(day), check_out: None, preferred };
    let whole =
        DateReading { check_in: Some(stay.check_in), check_out: Some(stay.check_out), preferred: !moved };
    ambiguous(vec![whole, arriving(stay.check_out, moved)])
}
