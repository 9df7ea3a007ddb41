//! Differences: "una noche más", "llegamos un día antes", "se suma mi cuñada". What is said is added to the stay in
//! hand, or taken from it.

use crate::understanding::cue::Cue;
use crate::understanding::terms::{Term, TermSet};
use crate::understanding::token::Token;

/// More than this is no difference.
const DAYS_MAX: u32 = 60;
const PEOPLE_MAX: u32 = 20;
const WEEK: i64 = 7;
/// Words around a unit in which its direction is said.
const REACH: usize = 3;

/// Words behind "se suma" in which those who join are named.
const JOINING_REACH: usize = 9;

/// Days by which the ends of a stay move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Delta {
    Arrival(i64),
    Departure(i64),
    Both(i64),
}

const UNITS: TermSet = TermSet::of(&[Term::Night, Term::DayWord, Term::Week]);
const MORE: TermSet = TermSet::of(&[Term::More, Term::Other]);
const ARRIVING: TermSet = TermSet::of(&[Term::Arrive, Term::CheckIn, Term::Go, Term::Coming]);
const LEAVING: TermSet = TermSet::of(&[Term::Leave, Term::CheckOut]);
const PERSON: TermSet = TermSet::of(&[Term::Person, Term::Adult, Term::Child]);
const RELATIVES: TermSet = TermSet::of(&[Term::Relative, Term::Pair]);

/// The difference of dates, if one is said.
pub(super) fn dates(list: &[Token]) -> Option<Delta> {
    (0..list.len()).filter(|&at| list[at].any(UNITS)).find_map(|at| of_unit(list, at))
}

fn of_unit(list: &[Token], at: usize) -> Option<Delta> {
    let (from, count) = count_before(list, at)?;
    let factor = if list[at].is(Term::Week) { WEEK } else { 1 };
    let days = i64::from(count) * factor;
    let behind = &list[at + 1..(at + 1 + REACH).min(list.len())];
    let behind: Vec<&Token> = behind.iter().take_while(|token| !token.breaks).collect();
    let said = |terms: TermSet| behind.iter().any(|token| token.any(terms));
    let earlier = said(TermSet::of(&[Term::Before, Term::Early]));
    let later = said(TermSet::of(&[Term::After, Term::Late, Term::Later]));
    let less = said(TermSet::of(&[Term::Less])) || is_before(list, from, Term::Less);
    let more = behind.first().is_some_and(|token| token.any(MORE))
        || list[from..=at].iter().any(|token| token.any(MORE))
        || from.checked_sub(1).is_some_and(|before| list[before].any(MORE))
        || list[from.saturating_sub(REACH)..from].iter().any(|token| token.is(Term::Add));
    if earlier || later {
        let days = if earlier { -days } else { days };
        let verb = list[..at].iter().rev().find(|token| token.any(ARRIVING) || token.any(LEAVING));
        return Some(match verb {
            Some(verb) if verb.any(ARRIVING) => Delta::Arrival(days),
            Some(_) => Delta::Departure(days),
            None => Delta::Both(days),
        });
    }
    if less {
        return Some(Delta::Departure(-days));
    }
    let moves = |cue| list.iter().any(|token| token.cue(cue));
    if !more && moves(Cue::Postpones) {
        return Some(Delta::Both(days));
    }
    if !more && moves(Cue::Advances) {
        return Some(Delta::Both(-days));
    }
    more.then_some(Delta::Departure(days))
}

/// The number before a unit, and where it begins; "otra noche" is one.
fn count_before(list: &[Token], at: usize) -> Option<(usize, u32)> {
    let nearest = (at.saturating_sub(2)..at).rev().find(|&before| list[before].number.is_some());
    if let Some(from) = nearest {
        let count =
            list[from].number.filter(|&n| (1..=DAYS_MAX).contains(&n) && list[from].ordinal.is_none())?;
        return Some((from, count));
    }
    let before = at.checked_sub(1)?;
    list[before].any(MORE).then_some((before, 1))
}

fn is_before(list: &[Token], at: usize, term: Term) -> bool {
    at.checked_sub(1).is_some_and(|before| list[before].is(term))
}

/// "en vez de 3 noches que sean 2", "scrap the 2 nights, make it 4": the number of nights that comes instead.
pub(super) fn new_length(list: &[Token]) -> Option<u16> {
    let instead = list.iter().position(|token| token.is(Term::Instead) || token.cue(Cue::Removes))?;
    let old = (instead + 1..list.len()).take(3).find(|&at| is_count(&list[at]))?;
    let of_nights =
        list.get(old + 1).is_some_and(|unit| unit.any(TermSet::of(&[Term::Night, Term::DayWord])));
    let new = (0..list.len()).find(|&at| at != old && is_count(&list[at]) && !list[at].is(Term::A))?;
    let also_nights = list.get(new + 1).is_some_and(|unit| unit.is(Term::Night));
    let number = list[new].number.filter(|&n| (1..=DAYS_MAX).contains(&n))?;
    (of_nights || also_nights).then(|| u16::try_from(number).ok()).flatten()
}

fn is_count(token: &Token) -> bool {
    token.number.is_some() && token.ordinal.is_none()
}

/// "no el 9, el 10": the day that is not to be, and the one instead of it.
pub(super) fn contrast(list: &[Token]) -> Option<(u32, u32)> {
    const BETWEEN: TermSet = TermSet::of(&[
        Term::Article,
        Term::From,
        Term::Of,
        Term::To,
        Term::At,
        Term::DayWord,
        Term::Until,
        Term::Is,
        Term::For,
    ]);
    let is_day = |at: &usize| {
        let token = &list[*at];
        let counts =
            list.get(at + 1).is_some_and(|next| !next.breaks && (next.any(UNITS) || next.any(PERSON)));
        token.number.is_some_and(|n| (1..=31).contains(&n)) && !token.is(Term::A) && !counts
    };
    let is_denied = |at: &usize| {
        let before = list[..*at].iter().rev().find(|token| !token.any(BETWEEN) || token.is(Term::Not));
        before.is_some_and(|token| token.is(Term::Not) || token.is(Term::Instead))
    };
    let days: Vec<usize> = (0..list.len()).filter(is_day).collect();
    let denied = *days.iter().find(|at| is_denied(at))?;
    // The nearest one behind it, or else before it.
    let behind = days.iter().find(|at| **at > denied);
    let before = days.iter().rev().find(|at| **at < denied);
    let close = |at: &&usize| at.abs_diff(denied) <= REACH + 2;
    let instead = before.filter(close).or(behind.filter(close))?;
    Some((list[denied].number?, list[*instead].number?))
}

/// How many people come when a difference is said; `None` when none is, or nobody knows of how many.
pub(super) fn people(list: &[Token], used: &[bool], in_hand: Option<u16>) -> Option<u16> {
    let before = i64::from(in_hand?);
    let total_said = (0..list.len()).any(|at| list[at].is(Term::WeAre) && !is_more_than_said(list, at + 1));
    let difference = if total_said { None } else { counted(list, used).or_else(|| joining(list, used)) };
    u16::try_from(before + difference?).ok().filter(|people| *people > 0)
}

/// "somos dos más de lo que te dije": no total.
fn is_more_than_said(list: &[Token], at: usize) -> bool {
    let more = list.get(at + 1).is_some_and(|token| token.is(Term::More) || token.is(Term::Less));
    let after =
        list.get(at + 2).is_none_or(|token| token.breaks || token.is(Term::Of) || token.is(Term::Than));
    list.get(at).is_some_and(|token| token.number.is_some()) && more && after
}

/// "uno más", "una persona menos", "mais uma pessoa", "2 more".
fn counted(list: &[Token], used: &[bool]) -> Option<i64> {
    for at in 0..list.len() {
        let Some(count) = list[at].number.filter(|&n| (1..=PEOPLE_MAX).contains(&n)) else { continue };
        let dated = list[at].month > 0 || list[at].ordinal.is_some() || used[at];
        let noun = list.get(at + 1).is_some_and(|token| token.any(PERSON));
        let behind = if noun { at + 2 } else { at + 1 };
        let of_time = list.get(behind).is_some_and(|token| token.any(UNITS))
            || list.get(behind + 1).is_some_and(|token| token.any(UNITS));
        if dated || of_time {
            continue;
        }
        let next = list.get(behind).filter(|token| !token.breaks);
        let before = at.checked_sub(1).map(|before| &list[before]);
        let said = |term: Term| {
            next.is_some_and(|token| token.is(term)) || noun && before.is_some_and(|token| token.is(term))
        };
        let near = &list[at.saturating_sub(REACH)..at];
        let removed = near.iter().any(|token| token.cue(Cue::Removes)) && (noun || next.is_none());
        if said(Term::Less) || removed {
            return Some(-i64::from(count));
        }
        let other = next.is_some_and(|token| token.is(Term::More) && !token.is(Term::Less));
        let ahead = before.is_some_and(|token| token.is(Term::More)) && (noun || next.is_none());
        let added = near.iter().any(|token| token.is(Term::Add));
        if other || ahead || added {
            return Some(i64::from(count));
        }
    }
    None
}

/// "se suma mi cuñada", "va el bebé también", "sacá a mi hermana y al marido".
fn joining(list: &[Token], used: &[bool]) -> Option<i64> {
    let also = list.iter().any(|token| token.cue(Cue::Also));
    let removes = |token: &Token| token.cue(Cue::Removes);
    let changes = |token: &Token| token.is(Term::Add) || removes(token) || also && token.cue(Cue::Comes);
    let verb = list.iter().position(changes)?;
    let behind = verb + 1..(verb + 1 + JOINING_REACH).min(list.len());
    let ends = behind.clone().find(|&at| list[at].breaks).unwrap_or(behind.end);
    let begins = (0..verb).rev().find(|&at| list[at].breaks).unwrap_or(0);
    // "My sister is joining": nobody is named behind the verb.
    let people = match joined(list, used, behind.start..ends) {
        0 => joined(list, used, begins..verb),
        people => people,
    };
    (people > 0).then_some(if removes(&list[verb]) { -people } else { people })
}

/// People without a number in this part of a message.
fn joined(list: &[Token], used: &[bool], range: std::ops::Range<usize>) -> i64 {
    let people = range.filter(|at| !used[*at]).map(|at| {
        let token = &list[at];
        if token.is(Term::TwoRelatives) {
            2
        } else if token.any(RELATIVES) || token.any(PERSON) && !token.word.ends_with('s') {
            1
        } else {
            0
        }
    });
    people.sum()
}
