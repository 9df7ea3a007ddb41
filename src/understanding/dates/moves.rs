//! "Move it from the 5th to the 10th": one stay, or an old day and a new one? The words alone don't always
//! tell, so both are kept; who knows the booking decides.

use jiff::civil::Date;

use super::ambiguity::ambiguous;
use super::point::{Point, Role};
use super::setting::Setting;
use crate::domain::language::Language;
use crate::understanding::reading::{DateReading, Dates, Stay};
use crate::understanding::terms::Term;
use crate::understanding::token::Token;

/// Nobody's cabin is booked for longer in a change: so far apart, the two days are the old and the new one.
const LONGEST_STAY_MEANT: u16 = 21;
/// Words that make a booking longer: from and to are its ends, whatever language.
const LENGTHENING: [&str; 12] = [
    "extend",
    "alargar",
    "alargarla",
    "extender",
    "extenderla",
    "prolongar",
    "estirar",
    "estirarla",
    "esticar",
    "estender",
    "ampliar",
    "lengthen",
];
/// Words that say what the new stay would be: "cambiarla, sería del 5 al 8".
const BEING: [&str; 9] = ["seria", "serian", "seriam", "quedaria", "ficaria", "ahora", "be", "agora", "now"];

/// Whether the two days may be an old and a new one: `cambiarla del 5 al 10`. Wants the words before them.
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
    let words = |list: &[&str]| between.iter().any(|token| list.contains(&token.word.as_str()));
    let new_stay = between[1..].iter().any(|token| token.is(Term::For));
    !apart && !new_stay && !words(&LENGTHENING) && !words(&BEING)
}

/// Both readings of such a change. English says a whole new stay with "to", so there the move is the likelier.
pub(super) fn both(stay: Stay, language: Language) -> Dates {
    let moved = language == Language::En || stay.nights() > LONGEST_STAY_MEANT;
    let arriving = |day: Date, preferred| DateReading { check_in: Some(day), check_out: None, preferred };
    let whole =
        DateReading { check_in: Some(stay.check_in), check_out: Some(stay.check_out), preferred: !moved };
    ambiguous(vec![whole, arriving(stay.check_out, moved)])
}
