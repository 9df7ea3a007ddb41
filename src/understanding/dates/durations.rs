//! Durations: "tres noches", "una semana", "10 días".

use super::spans::half_in_days;
use crate::understanding::cue::Cue;
use crate::understanding::terms::{Term, TermSet};
use crate::understanding::token::Token;

/// Longer stays are not booked in a message.
const MAX_NIGHTS: u32 = 120;
/// Nights of a week and of an English fortnight.
const WEEK: u32 = 7;
const FORTNIGHT: u32 = 14;

/// The durations found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Durations {
    pub nights: Option<u16>,
    /// Possible numbers of nights: "3 días" is 2 or 3, "2 o 3 noches".
    pub open: Vec<u16>,
}

/// Finds durations and marks their tokens.
pub(crate) fn find(tokens: &[Token], used: &mut [bool]) -> Durations {
    let mut found = Durations::default();
    for at in 0..tokens.len() {
        let unit = &tokens[at];
        let nights_each = if unit.is(Term::Night) {
            1
        } else if unit.is(Term::Week) && !unit.is(Term::Coming) {
            WEEK
        } else if unit.is(Term::Fortnight) && unit.cue(Cue::TwoWeeks) {
            FORTNIGHT
        } else if unit.is(Term::DayWord) {
            0
        } else {
            continue;
        };
        if let Some((from, _)) = half_in_days(tokens, at) {
            used[from..=at].iter_mut().for_each(|taken| *taken = true);
            continue;
        }
        if unit.is(Term::Night) && is_only_that(tokens, at) {
            found.nights = Some(1);
            continue;
        }
        let Some((from, low, high)) = count_before(tokens, used, at) else { continue };
        if is_lead_time(tokens, from) {
            continue;
        }
        used[from..=at].iter_mut().for_each(|taken| *taken = true);
        record(&mut found, nights_each, low, high);
    }
    found
}

/// "solo esa noche", "just for that night".
fn is_only_that(tokens: &[Token], night: usize) -> bool {
    let before = |back: usize, term: Term| night.checked_sub(back).is_some_and(|at| tokens[at].is(term));
    before(1, Term::This) && (before(2, Term::Only) || before(2, Term::For) && before(3, Term::Only))
}

fn record(found: &mut Durations, nights_each: u32, low: u32, high: u32) {
    let clamp = |n: u32| u16::try_from(n.min(MAX_NIGHTS)).unwrap_or(0);
    if nights_each == 0 {
        found.open = [low.saturating_sub(1), high].into_iter().filter(|&n| n > 0).map(clamp).collect();
    } else if low == high {
        found.nights = Some(clamp(low * nights_each));
    } else {
        found.open = vec![clamp(low * nights_each), clamp(high * nights_each)];
    }
}

/// The number before a unit: its first token, and its least and greatest value.
fn count_before(tokens: &[Token], used: &[bool], unit: usize) -> Option<(usize, u32, u32)> {
    const BETWEEN: TermSet = TermSet::of(&[Term::Only, Term::Long, Term::More, Term::Other, Term::Couple2]);
    if tokens[unit].breaks {
        return None;
    }
    let mut at = unit.checked_sub(1)?;
    if tokens[at].is(Term::Of) && at >= 1 && tokens[at - 1].is(Term::Couple2) {
        let from = if at >= 2 && tokens[at - 2].is(Term::A) { at - 2 } else { at - 1 };
        return Some((from, 2, 2));
    }
    if tokens[at].number.is_none() && tokens[at].any(BETWEEN) {
        at = at.checked_sub(1)?;
    }
    let high = tokens[at]
        .number
        .filter(|&n| (1..=MAX_NIGHTS).contains(&n) && !used[at] && tokens[at].ordinal.is_none())?;
    if tokens[at].breaks {
        return Some((at, high, high));
    }
    let alternative = at >= 2 && (tokens[at - 1].is(Term::Or) || tokens[at - 1].marks('/'));
    match tokens.get(at.wrapping_sub(2)).and_then(|low| low.number) {
        Some(low) if alternative && low < high => Some((at - 2, low, high)),
        _ => Some((at, high, high)),
    }
}

/// "en dos semanas", "dentro de 3 días" say when, not how long.
fn is_lead_time(tokens: &[Token], from: usize) -> bool {
    let before = |back: usize, cue| from.checked_sub(back).is_some_and(|at| tokens[at].cue(cue));
    before(1, Cue::LeadTime) || before(2, Cue::LeadTimeOf)
}
