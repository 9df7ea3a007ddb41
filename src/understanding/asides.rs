//! Numbers that are neither days nor people: hours of the clock, ages, telephones and tax numbers.

use super::cue::Cue;
use super::terms::{Term, TermSet};
use super::token::Token;

/// Hours of a day.
const MAX_HOUR: u32 = 24;
/// Digits of a number that counts nothing.
const LONG_NUMBER: u8 = 6;
/// Most years of an age; nobody older books by message.
const MAX_AGE: u32 = 110;

/// Marks the tokens of hours and ages, so that nothing else counts them.
pub(crate) fn mark(tokens: &[Token], used: &mut [bool]) {
    long_numbers(tokens, used);
    streets(tokens, used);
    for at in 0..tokens.len() {
        if tokens[at].number.is_none() || used[at] {
            continue;
        }
        if let Some((from, to)) = hour(tokens, at).or_else(|| age(tokens, at)) {
            used[from..to].iter_mut().for_each(|taken| *taken = true);
        }
    }
}

/// "25 de Mayo 340", "av. 9 de Julio": addresses and no dates.
fn streets(tokens: &[Token], used: &mut [bool]) {
    for at in 0..tokens.len().saturating_sub(2) {
        let dated = tokens[at].number.is_some_and(|day| (1..=31).contains(&day))
            && tokens[at + 1].is(Term::Of)
            && tokens[at + 2].month > 0;
        let is_year = |token: &Token| token.number.is_some_and(|year| (2000..2200).contains(&year));
        let door = tokens.get(at + 3).is_some_and(|door| door.digits && door.width >= 3 && !is_year(door));
        let named = tokens[at.saturating_sub(2)..at].iter().any(|token| token.cue(Cue::Street));
        if dated && (door || named) {
            used[at..(at + 3 + usize::from(door)).min(tokens.len())]
                .iter_mut()
                .for_each(|taken| *taken = true);
        }
    }
}

/// "30-70999888-1", "351 555-1234": groups of digits around one that counts nothing are of a tax number or a
/// telephone.
fn long_numbers(tokens: &[Token], used: &mut [bool]) {
    let is_part = |token: &Token| token.digits || token.glued && matches!(token.mark, Some('-' | '.'));
    for at in (0..tokens.len()).filter(|&at| tokens[at].digits && tokens[at].width != u8::MAX) {
        if tokens[at].width < LONG_NUMBER {
            continue;
        }
        let joined = |from: usize, to: usize| {
            is_part(&tokens[from]) && is_part(&tokens[to]) && tokens[to].glued && !tokens[to].breaks
        };
        let from = (0..at).rev().take_while(|&from| joined(from, from + 1)).last().unwrap_or(at);
        let to = (at + 1..tokens.len()).take_while(|&to| joined(to - 1, to)).last().unwrap_or(at);
        used[from..=to].iter_mut().for_each(|taken| *taken = true);
    }
}

/// "a las 3", "15 hs", "15:30", "3 pm", "às 10".
fn hour(tokens: &[Token], at: usize) -> Option<(usize, usize)> {
    tokens[at].number.filter(|&n| n <= MAX_HOUR)?;
    let mut to = at + 1;
    let minutes = tokens.get(to).is_some_and(|mark| mark.marks(':') || (mark.marks('.') && mark.glued));
    let has_minutes = minutes && tokens.get(to + 1).is_some_and(|next| next.digits && next.width == 2);
    let colon = has_minutes && tokens[to].marks(':');
    if colon {
        to += 2;
    }
    let unit_at = if has_minutes && !colon { to + 2 } else { to };
    let unit = tokens.get(unit_at).is_some_and(|next| next.is(Term::Hour) && !next.breaks);
    if unit {
        return Some((at, unit_at + 1));
    }
    let before = |back: usize, cue| at.checked_sub(back).is_some_and(|i| tokens[i].cue(cue));
    let clock = before(1, Cue::ClockArticle) && before(2, Cue::ClockArticleLead)
        || before(1, Cue::ClockPreposition) && !tokens.get(at + 1).is_some_and(counts);
    if colon || clock { Some((at, to)) } else { None }
}

fn counts(token: &Token) -> bool {
    token.any(TermSet::of(&[Term::Night, Term::Person, Term::Adult, Term::Child, Term::Week]))
}

/// "de 3 años", "hijos de 4 y 6", "8 meses", "3 years old".
fn age(tokens: &[Token], at: usize) -> Option<(usize, usize)> {
    const UNIT: TermSet = TermSet::of(&[Term::Age, Term::MonthWord]);
    tokens[at].number.filter(|&n| n <= MAX_AGE)?;
    let child_before = at >= 2
        && tokens[at - 1].is(Term::Of)
        && (tokens[at - 2].is(Term::Child) || tokens[at - 2].is(Term::Adult))
        && !tokens[at - 1].cue(Cue::OfThe);
    let turns = at.checked_sub(1).is_some_and(|before| tokens[before].cue(Cue::Turns));
    let mut to = at + 1;
    loop {
        let linked =
            tokens.get(to).is_some_and(|next| next.is(Term::And) || next.is(Term::Or) || next.marks('/'));
        let step = if linked { 1 } else { 0 };
        let follows =
            tokens.get(to + step).is_some_and(|next| next.number.is_some() && (linked || next.breaks));
        let followed_by_noun = tokens.get(to + step + 1).is_some_and(|noun| noun.any(PEOPLE));
        if !follows || followed_by_noun {
            break;
        }
        to += step + 1;
    }
    if tokens.get(to).is_some_and(|unit| unit.any(UNIT)) {
        return Some((at, to + 1));
    }
    let dated = tokens.get(to).is_some_and(|next| {
        next.month > 0 || (next.is(Term::Of) && tokens.get(to + 1).is_some_and(|n| n.month > 0))
    });
    // "1 criança de 20 a 23 de dezembro".
    let ranged =
        tokens.get(to).is_some_and(|next| next.is(Term::To) || next.is(Term::Until) || next.marks('-'))
            && tokens.get(to + 1).is_some_and(|end| end.number.is_some())
            && !tokens.get(to + 2).is_some_and(|unit| unit.any(UNIT));
    ((child_before || turns) && !dated && !ranged).then_some((at, to))
}

const PEOPLE: TermSet =
    TermSet::of(&[Term::Person, Term::Adult, Term::Child, Term::Pair, Term::Night, Term::Week]);
