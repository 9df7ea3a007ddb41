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
    days_between(tokens, &mut points);
    ranges_after_verbs(tokens, &mut points);
    verbs_after(tokens, &mut points);
    deny(tokens, &mut points);
    let mut points = corrected(tokens, points);
    let mut dropping = false;
    for point in &mut points {
        dropping = match point.role {
            Role::Dropped => true,
            Role::To | Role::Until => dropping,
            Role::And => dropping && !tokens[point.from].breaks,
            Role::Plain | Role::For | Role::From | Role::Between | Role::Or | Role::In | Role::Out => false,
        };
        if dropping {
            point.role = Role::Dropped;
        }
    }
    points.retain(|point| point.role != Role::Dropped);
    points
}

/// "el 7 voy, el 8 estoy, el 9 me voy": the day in the middle is neither arrival nor departure.
fn days_between(tokens: &[Token], points: &mut Vec<Point>) {
    let [first, middle, last] = points.as_slice() else { return };
    let leaves = tokens[last.to..].iter().take(VERB_REACH).find_map(verb_role) == Some(Role::Out);
    let plain = |point: &Point| matches!(point.role, Role::Plain | Role::And);
    if leaves && plain(first) && plain(middle) && plain(last) {
        points.remove(1);
    }
}

/// "si vuelvo del 10 al 13": whatever the verb, this is a range.
fn ranges_after_verbs(tokens: &[Token], points: &mut [Point]) {
    for at in 1..points.len() {
        let from = points[at - 1].from.checked_sub(1).is_some_and(|before| tokens[before].is(Term::From));
        if from && points[at - 1].role == Role::Out && points[at].role == Role::To {
            points[at - 1].role = Role::From;
        }
    }
}

/// "el 10, no el 9": a day that is denied, when another one is named.
fn deny(tokens: &[Token], points: &mut [Point]) {
    const BETWEEN: TermSet = TermSet::of(&[
        Term::Article,
        Term::From,
        Term::Of,
        Term::To,
        Term::For,
        Term::At,
        Term::DayWord,
        Term::Until,
        Term::Is,
    ]);
    let denied = |point: &Point| {
        let mut at = point.from;
        while at > 0 && !tokens[at].breaks {
            at -= 1;
            let conditional = at > 0 && tokens[at - 1].is(Term::If);
            if tokens[at].is(Term::Not) {
                return !conditional;
            }
            if !tokens[at].any(BETWEEN) {
                return false;
            }
        }
        false
    };
    let is_denied: Vec<bool> = points.iter().map(denied).collect();
    if is_denied.iter().all(|denied| *denied) {
        return;
    }
    let each = points.iter_mut().zip(is_denied);
    each.filter(|(_, denied)| *denied).for_each(|(point, _)| point.role = Role::Dropped);
}

/// "el 14, perdón, el 15": a correction replaces what was said before it; one of the end alone replaces the end.
fn corrected(tokens: &[Token], points: Vec<Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    let mut previous_end = 0;
    for mut point in points {
        let gap = previous_end..point.from;
        previous_end = point.to;
        if !kept.is_empty() && is_correction(tokens, gap) {
            let of_the_end = matches!(point.role, Role::To | Role::Until | Role::Out);
            let dropped = kept.split_off(if of_the_end { kept.len() - 1 } else { 0 });
            if let (None, Some(_), Some(last)) = (point.month, point.day, dropped.last()) {
                (point.month, point.year) = (last.month, last.year);
            }
        }
        kept.push(point);
    }
    kept
}

fn is_correction(tokens: &[Token], gap: std::ops::Range<usize>) -> bool {
    let breaks_after = |at: usize| tokens.get(at + 1).is_some_and(|next| next.breaks);
    let before = |at: usize| at.checked_sub(1).map(|before| &tokens[before]);
    gap.into_iter().any(|at| {
        let said =
            tokens[at].cue(Cue::Correction) && !before(at).is_some_and(|token| token.cue(Cue::Pronoun));
        let no = tokens[at].is(Term::No)
            && breaks_after(at)
            && !before(at).is_some_and(|token| token.is(Term::If));
        said || no
    })
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
