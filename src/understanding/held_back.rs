//! Whether a yes is unconditional: only such a yes takes nights from everybody else.
//!
//! Guests say "dale" and "ok" to be polite while they still have to ask, see, be paid or think. So a yes counts
//! when it commits by a word of its own ("la reservo", "book it"), or when nothing stands beside it that is not
//! part of agreeing. A yes read as a maybe costs one more message; the other mistake closes a cabin.

use super::cue::Cue;
use super::evidence::Evidence;
use super::terms::{Term, TermSet};
use super::token::Token;

/// Words that qualify a yes, wherever they stand.
const HOLDS_BACK: TermSet = TermSet::of(&[
    Term::Proviso,
    Term::Later,
    Term::TellLater,
    Term::Beforehand,
    Term::Maybe,
    Term::Think,
    Term::Other,
    Term::Not,
    Term::When,
    Term::Tomorrow,
    Term::AfterTomorrow,
    Term::After,
    Term::Instead,
    Term::Decline,
    Term::Expensive,
    Term::Cheaper,
    Term::Change,
    Term::CantGo,
]);

/// Words of agreeing or of politeness.
const AGREES: TermSet = TermSet::of(&[
    Term::Yes,
    Term::Fine,
    Term::Take,
    Term::Nod,
    Term::Want,
    Term::Need,
    Term::Thank,
    Term::Greet,
    Term::HowAreYou,
    Term::Bye,
    Term::Please,
    Term::Laugh,
    Term::Article,
    Term::Of,
    Term::From,
    Term::To,
    Term::For,
    Term::With,
    Term::At,
    Term::And,
    Term::This,
    Term::Than,
    Term::What,
    Term::Self_,
    Term::Speaker,
    Term::Us,
    Term::My,
    Term::Very,
    Term::Go,
    Term::Is,
    Term::Already,
    Term::Cabin,
    Term::DatesNoun,
    Term::Person,
    Term::Send,
    Term::Link,
    Term::Pay,
    Term::PayWay,
    Term::Deposit,
    Term::DepositVerb,
    Term::Transfer,
    Term::Bank,
]);

/// Words that commit alone.
const COMMITS: TermSet = TermSet::of(&[Term::Book, Term::Confirm]);

/// Words after "si" that make it a yes: before anything else it is an if.
const AFTER_SI: TermSet = TermSet::of(&[
    Term::Yes,
    Term::Fine,
    Term::Take,
    Term::Book,
    Term::Booking,
    Term::Confirm,
    Term::Want,
    Term::Please,
    Term::Thank,
    Term::Laugh,
    Term::Of,
    Term::For,
    Term::Greet,
    Term::And,
    Term::Very,
    Term::Already,
    Term::Than,
    Term::What,
    Term::This,
    Term::Nod,
    Term::Pay,
    Term::Transfer,
    Term::Send,
    Term::Stay,
    Term::Person,
]);

/// Whether the message agrees and something in it qualifies that or leaves it open.
pub(super) fn holds_back(evidence: &Evidence<'_>) -> bool {
    let list = &evidence.tokens.list;
    if evidence.all.any(HOLDS_BACK) || is_conditional(list) {
        return true;
    }
    if answers_another_time(evidence) || leaves_it_to_others(evidence) {
        return true;
    }
    !commits(list) && list.iter().any(is_beside_the_point)
}

/// Whether it says neither yes nor no, or not yet.
pub(super) fn is_undecided(evidence: &Evidence<'_>) -> bool {
    const REFUSES: [Term; 4] = [Term::Decline, Term::Expensive, Term::Cheaper, Term::CantGo];
    if evidence.any(&REFUSES) || evidence.opens_with(&[Term::No]) {
        return false;
    }
    evidence.any(&[Term::Yes, Term::Fine, Term::Think, Term::Book, Term::Confirm])
        || answers_another_time(evidence)
}

/// "el lunes te digo": an answer promised for another time.
pub(super) fn answers_another_time(evidence: &Evidence<'_>) -> bool {
    let tells = |pair: &[Token]| {
        is_pronoun(&pair[0]) && (pair[1].is(Term::Tell) || evidence.dated && pair[1].is(Term::Confirm))
    };
    evidence.has(Term::TellLater) || evidence.tokens.list.windows(2).any(tells)
}

/// "lo hablo con mi marido": relatives named without a number still have to agree.
fn leaves_it_to_others(evidence: &Evidence<'_>) -> bool {
    !evidence.counted
        && evidence.any(&[Term::Relative, Term::TwoRelatives, Term::Relatives, Term::Group])
        && !commits(&evidence.tokens.list)
}

/// Whether a word or phrase clearly takes the offer: "la reservo", "me quedo con esa".
fn commits(list: &[Token]) -> bool {
    list.iter().any(|token| token.any(COMMITS) || token.is(Term::Yes) && token.word.contains(' '))
}

fn is_beside_the_point(token: &Token) -> bool {
    token.mark.is_none() && token.number.is_none() && !token.any(AGREES) && !token.any(COMMITS)
}

/// "si llego a cobrar", "se der certo", "if it rains": "si" is a yes at the end of its clause or before a word of
/// agreeing, and an if before anything else.
fn is_conditional(list: &[Token]) -> bool {
    (0..list.len()).any(|at| {
        let token = &list[at];
        if !token.is(Term::If) {
            return false;
        }
        if !token.is(Term::Yes) {
            return true;
        }
        let clause = list[at + 1..].iter().take_while(|next| !next.breaks && next.mark.is_none());
        let mut said = clause.skip_while(|next| is_pronoun(next));
        said.next().is_some_and(|next| !next.any(AFTER_SI))
    })
}

/// A pronoun between "si" and its verb: "si me la reservás".
fn is_pronoun(token: &Token) -> bool {
    token.cue(Cue::Pronoun)
}

/// Whether the only words of agreeing also have another meaning, and have it here.
pub(super) fn agrees_by_chance(evidence: &Evidence<'_>) -> bool {
    let list = &evidence.tokens.list;
    let mut agreeing = list.iter().filter(|token| token.is(Term::Yes)).peekable();
    agreeing.peek().is_some()
        && agreeing.all(|token| token.cue(Cue::YesByChance))
        && !commits(list)
        && !evidence.all.any(HOLDS_BACK)
        && list.iter().any(is_beside_the_point)
}

#[cfg(test)]
#[path = "held_back_tests.rs"]
mod tests;
