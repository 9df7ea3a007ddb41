//! Joins numbers in words: "treinta y uno", "vinte e dois", "two thousand twenty-seven".

use super::cue::Cue;
use super::terms::Term;
use super::token::Token;

/// Years are the largest numbers needed; sums of money are read apart.
const THOUSAND: u32 = 1000;

/// Replaces the tokens of one number by one token, and "120.000" by its value.
pub(crate) fn join(list: Vec<Token>) -> Vec<Token> {
    let mut joined: Vec<Token> = Vec::with_capacity(list.len());
    let mut i = 0;
    while i < list.len() {
        let (length, value) = grouped_digits(&list[i..])
            .or_else(|| ordinal_digits(&list[i..]))
            .or_else(|| words(&list[i..]))
            .unwrap_or((1, None));
        let mut token = list[i].clone();
        if let Some(value) = value {
            let last = &list[i + length - 1];
            token.asked = last.asked;
            token.to = last.to;
            match value {
                Value::Number(number) => {
                    token.number = Some(number);
                    token.width = if token.digits { u8::MAX } else { 0 };
                }
                Value::Ordinal(number) => {
                    token.number = Some(number);
                    token.ordinal = Some(number);
                }
                Value::Words(number, ordinal) => {
                    token.number = Some(number);
                    token.ordinal = ordinal.then_some(number);
                    token.terms = Default::default();
                    token.word = String::from("#");
                    token.cues = Default::default();
                }
            }
        }
        joined.push(token);
        i += length;
    }
    joined
}

enum Value {
    Number(u32),
    Ordinal(u32),
    Words(u32, bool),
}

/// "120.000", "1.500.000": groups of three after a dot.
fn grouped_digits(list: &[Token]) -> Option<(usize, Option<Value>)> {
    let mut value = list[0].number.filter(|_| list[0].digits && list[0].width <= 3)?;
    let mut length = 1;
    while let [mark, group, ..] = &list[length..] {
        let grouped = mark.marks('.') && mark.glued && group.digits && group.glued && group.width == 3;
        if !grouped {
            break;
        }
        value = value.checked_mul(THOUSAND)?.checked_add(group.number?)?;
        length += 2;
    }
    (length > 1).then_some((length, Some(Value::Number(value))))
}

/// "1ro", "2da", "15th", "1º".
fn ordinal_digits(list: &[Token]) -> Option<(usize, Option<Value>)> {
    let [number, suffix, ..] = list else { return None };
    let value = number.number.filter(|_| number.digits && number.width <= 2)?;
    let suffixed = suffix.glued && suffix.cue(Cue::OrdinalTail);
    let feminine = suffix.glued
        && suffix.cue(Cue::FortnightTail)
        && list.get(2).is_some_and(|next| next.is(Term::Fortnight));
    (suffixed || feminine).then_some((2, Some(Value::Ordinal(value))))
}

/// Tens and units, hundreds, thousands said in words.
fn words(list: &[Token]) -> Option<(usize, Option<Value>)> {
    let part = |at: usize| list.get(at).filter(|token| !token.digits && (at == 0 || !token.breaks));
    let value = |at: usize| part(at).and_then(|token| token.number.or(token.ordinal));
    let mut total = value(0).filter(|_| list[0].month == 0 || list[0].number.is_some())?;
    let mut length = 1;
    let mut ordinal = list[0].number.is_none();
    while !ordinal {
        let linked = part(length).is_some_and(|token| token.is(Term::And) && token.word != "+");
        let at = if linked { length + 1 } else { length };
        let Some(next) = value(at) else { break };
        let said_one = part(at).is_some_and(|token| token.is(Term::A));
        let units_fit = matches!(next, 1..=9) && total % 10 == 0 && matches!(total % 100, 20..=90);
        let after_thousand = total % THOUSAND == 0 && total >= THOUSAND && next < THOUSAND && total < 10_000;
        let after_hundred = total % 100 == 0 && matches!(total % THOUSAND, 100..) && next < 100;
        let thousands = next == THOUSAND && !linked && total < THOUSAND;
        let english_year = total == 20 && !linked && matches!(next, 20..=99) && next % 10 == 0;
        total = if english_year {
            2000 + next
        } else if thousands {
            total * next
        } else if after_thousand || after_hundred || (units_fit && (linked || !said_one)) {
            total + next
        } else {
            break;
        };
        ordinal = part(at).is_some_and(|token| token.number.is_none());
        length = at + 1;
    }
    if length == 1 {
        return None;
    }
    Some((length, Some(Value::Words(total, ordinal))))
}
