//! A month named without days, and the part of it: "A principios de marzo", "mid-February".

use jiff::civil::Date;

use super::resolve::new_date;
use crate::understanding::reading::{MonthPart, MonthSaid};
use crate::understanding::terms::{Term, TermSet};
use crate::understanding::token::Token;

/// Most words between a part and its month: "a fines del mes de", "the end of".
const REACH: usize = 4;

/// The month named without a day, on or after this one, and its part.
pub(super) fn said(tokens: &[Token], hint: Option<(u8, Option<i16>)>, today: Date) -> Option<MonthSaid> {
    let (month, year) = hint?;
    let this_month = today.first_of_month();
    let first = match year {
        Some(year) => new_date(year, month, 1)?,
        None => (0..2).find_map(|years| {
            new_date(today.year() + years, month, 1).filter(|first| *first >= this_month)
        })?,
    };
    let named = tokens.iter().position(|token| token.month == month);
    let relative = || tokens.iter().position(|token| token.is(Term::MonthWord));
    let part = named.or_else(relative).and_then(|at| part_before(tokens, at));
    Some(MonthSaid { first, part })
}

fn part_before(tokens: &[Token], at: usize) -> Option<MonthPart> {
    const SKIPPED: TermSet = TermSet::of(&[
        Term::Of,
        Term::Article,
        Term::At,
        Term::MonthWord,
        Term::DayWord,
        Term::This,
        Term::Coming,
    ]);
    let before = tokens[..at].iter().rev().take(REACH);
    for token in before {
        if token.is(Term::MonthStart) {
            return Some(MonthPart::Start);
        }
        if token.is(Term::MonthMiddle) {
            return Some(MonthPart::Middle);
        }
        if token.is(Term::MonthEnd) {
            return Some(MonthPart::End);
        }
        let days = tokens[..at].iter().rev().take(REACH).any(|token| token.is(Term::DayWord));
        match (days, token.is(Term::First), token.is(Term::Last)) {
            (true, true, _) => return Some(MonthPart::Start),
            (true, _, true) => return Some(MonthPart::End),
            _ => {}
        }
        if !token.any(SKIPPED) && token.mark.is_none() {
            return None;
        }
    }
    None
}
