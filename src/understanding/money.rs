//! Sums of money in a message: "$ 120.000", "120 mil", "50k", "USD 100".

use super::cue::Cue;
use super::reading::{Amount, SaidCurrency};
use super::terms::Term;
use super::token::Token;

/// Hundredths in a unit.
const CENTS: i64 = 100;
/// "mil", "lucas", "k".
const THOUSAND: i64 = 1000;
/// "palo", "millón".
const MILLION: i64 = 1_000_000;

/// The first sum of the message; marks its tokens.
pub(crate) fn read(tokens: &[Token], used: &mut [bool]) -> Option<Amount> {
    (0..tokens.len()).find_map(|at| sum_at(tokens, used, at))
}

fn sum_at(tokens: &[Token], used: &mut [bool], at: usize) -> Option<Amount> {
    let number = tokens[at].number.filter(|_| tokens[at].ordinal.is_none() && !used[at])?;
    let before = at.checked_sub(1).map(|index| &tokens[index]);
    let sign = before.filter(|token| token.marks('$') || currency(token, &token.word).is_some());
    let mut to = at + 1;
    let factor = tokens.get(to).and_then(factor);
    to += usize::from(factor.is_some());
    let decimals = decimals(tokens, at, sign.is_some());
    if decimals.is_some() {
        to = at + 3;
    }
    let mut unit = tokens.get(to);
    if unit.is_some_and(|token| token.is(Term::Of)) && factor.is_some() {
        to += 1;
        unit = tokens.get(to);
    }
    let named = unit.and_then(|token| currency(token, &token.word));
    let grouped = tokens[at].width == u8::MAX && tokens[at].digits;
    if sign.is_none() && factor.is_none() && named.is_none() && !grouped {
        return None;
    }
    to += usize::from(named.is_some());
    let from = if sign.is_some() { at - 1 } else { at };
    used[from..to.min(tokens.len())].iter_mut().for_each(|taken| *taken = true);
    let cents = i64::from(number).checked_mul(factor.unwrap_or(1))?.checked_mul(CENTS)?;
    let said = named.or(sign.and_then(|token| currency(token, token.word.trim_start_matches('$'))));
    Some(Amount {
        cents: cents + decimals.unwrap_or(0),
        currency: said,
        ambiguous: decimals.is_some() && tokens[at + 1].marks('.'),
    })
}

/// ".50" after a sum with a sign.
fn decimals(tokens: &[Token], at: usize, signed: bool) -> Option<i64> {
    let [mark, digits] = tokens.get(at + 1..at + 3)? else { return None };
    (signed && mark.marks('.') && mark.glued && digits.digits && digits.glued && digits.width == 2)
        .then_some(i64::from(digits.number?))
}

fn factor(token: &Token) -> Option<i64> {
    if token.cue(Cue::Thousand) || token.cue(Cue::ThousandTail) && token.glued {
        return Some(THOUSAND);
    }
    token.cue(Cue::Million).then_some(MILLION)
}

/// A currency by its name or by its code of ISO 4217.
fn currency(token: &Token, code: &str) -> Option<SaidCurrency> {
    const ALL: [(Cue, &str, SaidCurrency); 3] = [
        (Cue::Ars, "ars", SaidCurrency::Ars),
        (Cue::Usd, "usd", SaidCurrency::Usd),
        (Cue::Brl, "brl", SaidCurrency::Brl),
    ];
    let (.., said) = ALL.into_iter().find(|(cue, known, _)| token.cue(*cue) || code == *known)?;
    Some(said)
}
