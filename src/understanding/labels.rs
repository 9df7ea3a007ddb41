//! Labels of a form: "Huéspedes: 4", "personas 2", "Adultos: 2 / Menores: 2". Here the number comes behind its noun.

use super::terms::{Term, TermSet};
use super::token::Token;

const PEOPLE: TermSet = TermSet::of(&[Term::Person, Term::Adult, Term::Child]);
/// Nouns that the number behind a label would count instead.
const COUNTED: TermSet = TermSet::of(&[
    Term::Person,
    Term::Adult,
    Term::Child,
    Term::Night,
    Term::DayWord,
    Term::Week,
    Term::Pet,
    Term::Pair,
    Term::Relative,
    Term::Age,
    Term::Hour,
]);

/// The place of the number that a noun of people at this place is the label of.
pub(crate) fn labelled_number(tokens: &[Token], at: usize) -> Option<usize> {
    tokens.get(at).filter(|noun| noun.any(PEOPLE) && noun.number.is_none())?;
    let colon = tokens.get(at + 1).is_some_and(|mark| mark.marks(':') || mark.marks('-'));
    let number = if colon { at + 2 } else { at + 1 };
    let said = tokens.get(number)?;
    let plain = said.digits && said.width <= 2 && said.number.is_some_and(|number| number > 0);
    let of_a_date = tokens.get(number + 1).is_some_and(|mark| mark.marks('/') && mark.glued);
    if !plain || of_a_date || said.breaks && !colon {
        return None;
    }
    // "Huéspedes: 2 adultos, 1 menor": the number counts the adults.
    let parts = tokens.get(number + 1).is_some_and(|noun| {
        !noun.breaks
            && (noun.is(Term::Adult) || noun.is(Term::Child))
            && labelled_number(tokens, number + 1).is_none()
    });
    if colon {
        return (!parts).then_some(number);
    }
    let counts_before = at.checked_sub(1).is_some_and(|before| {
        let before_date = before.checked_sub(1).is_some_and(|mark| tokens[mark].marks('/'));
        tokens[before].number.is_some() && !tokens[at].breaks && !before_date
    });
    let next = tokens.get(number + 1);
    let counts_next = next.is_some_and(|next| !next.breaks && next.any(COUNTED));
    let labels_next = labelled_number(tokens, number + 1).is_some();
    (!counts_before && (!counts_next || labels_next)).then_some(number)
}
