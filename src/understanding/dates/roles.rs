//! Arrival and departure among points, by the words before them.

use super::point::{Point, Role};
use crate::understanding::cue::Cue;
use crate::understanding::terms::{Term, TermSet};
use crate::understanding::token::Token;

/// Gives each point its role.
pub(crate) fn assign(tokens: &[Token], mut points: Vec<Point>) -> Vec<Point> {
    let mut previous_end = 0;
    for i in 0..points.len() {
        let role = role_of(tokens, previous_end, points[i].from, i > 0);
        points[i].role = role;
        previous_end = points[i].to;
    }
    verbs_after(tokens, &mut points);
    let mut dropping = false;
    for point in &mut points {
        dropping = match point.role {
            Role::Dropped => true,
            Role::To | Role::Until | Role::And => dropping,
            Role::Plain | Role::For | Role::From | Role::Between | Role::Or | Role::In | Role::Out => false,
        };
        if dropping {
            point.role = Role::Dropped;
        }
    }
    points.retain(|point| point.role != Role::Dropped);
    points
}

fn role_of(tokens: &[Token], gap_from: usize, point_from: usize, follows: bool) -> Role {
    const SKIPPED: TermSet = TermSet::of(&[
        Term::Article,
        Term::DayWord,
        Term::At,
        Term::This,
        Term::Early,
        Term::Late,
        Term::Night,
        Term::DayPart,
    ]);
    let gap = &tokens[gap_from..point_from];
    if gap.is_empty() {
        return if follows { Role::And } else { Role::Plain };
    }
    let verb = gap.iter().rev().find_map(verb_role);
    for (index, token) in gap.iter().enumerate().rev() {
        // "a la mañana del 8": this "del" belongs to the part of the day.
        let of_day_part = token.is(Term::Of)
            && index > 0
            && [Term::DayPart, Term::Night].into_iter().any(|term| gap[index - 1].is(term));
        if of_day_part && follows {
            continue;
        }
        if let Some(role) = verb_role(token) {
            return role;
        }
        let direct = if token.is(Term::Instead) {
            Role::Dropped
        } else if token.is(Term::Until) {
            return if verb == Some(Role::Out) || !follows {
                verb.filter(|&v| v == Role::Out).unwrap_or(Role::Until)
            } else {
                Role::Until
            };
        } else if token.is(Term::Between) {
            Role::Between
        } else if token.is(Term::From) {
            Role::From
        } else if token.is(Term::To) || token.marks('-') {
            Role::To
        } else if token.is(Term::And) {
            return verb_before_and(gap).unwrap_or(Role::And);
        } else if token.is(Term::Or) {
            Role::Or
        } else if token.is(Term::For) {
            Role::For
        } else if token.is(Term::Of) {
            Role::From
        } else if token.any(SKIPPED) || token.is(Term::Tomorrow) || token.weekday > 0 {
            continue;
        } else {
            break;
        };
        let undecided = matches!(direct, Role::For | Role::From) || (direct == Role::To && !follows);
        return if undecided { verb.filter(|&v| v == Role::Out).unwrap_or(direct) } else { direct };
    }
    verb.unwrap_or(Role::Plain)
}

/// "y el 7": a list, unless a verb of leaving comes with it ("y salimos el 7" ended the walk before).
fn verb_before_and(gap: &[Token]) -> Option<Role> {
    let from_and = gap.iter().rposition(|token| token.is(Term::And))?;
    gap[from_and..].iter().find_map(verb_role)
}

fn verb_role(token: &Token) -> Option<Role> {
    const COMING: TermSet = TermSet::of(&[Term::Arrive, Term::CheckIn]);
    const LEAVING: TermSet = TermSet::of(&[Term::Leave, Term::CheckOut]);
    if token.any(LEAVING) {
        Some(Role::Out)
    } else if token.any(COMING) && !token.cue(Cue::NoArrival) {
        Some(Role::In)
    } else {
        None
    }
}

/// "el 10 llegamos, el 13 nos vamos": the verb comes after its date.
fn verbs_after(tokens: &[Token], points: &mut [Point]) {
    let [.., before_last, last] = points else { return };
    let after_last = tokens[last.to..].iter().take(VERB_REACH).find_map(verb_role);
    let after_first = tokens[before_last.to..last.from].iter().find_map(verb_role);
    if after_last == Some(Role::Out)
        && (after_first == Some(Role::In) || matches!(last.role, Role::And | Role::Plain))
    {
        last.role = Role::Out;
        if !matches!(before_last.role, Role::From | Role::Between | Role::In) {
            before_last.role = Role::In;
        }
    }
}

/// Tokens after a date in which its verb is looked for.
const VERB_REACH: usize = 5;
