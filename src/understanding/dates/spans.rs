//! Named spans: weekends, long weekends, feasts, half months.

use jiff::civil::Date;

use super::point::Point;
use crate::understanding::cue::Cue;
use crate::understanding::terms::Term;
use crate::understanding::token::Token;

/// Days of half a month in common speech.
const HALF_DAYS: u32 = 15;

/// A named span of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Span {
    /// "este finde".
    ThisWeekend,
    /// "el finde que viene": ambiguous.
    ComingWeekend,
    /// "el finde del 12/12": around the point with this index.
    WeekendOf(usize),
    /// "el segundo finde de enero".
    WeekendOfMonth(u8, Nth),
    /// "finde largo", of a month if said.
    LongWeekend(Option<u8>),
    /// "finde largo del 17 de agosto": near the point with this index.
    LongWeekendOf(usize),
    /// Friday before to Tuesday of Carnival.
    Carnival,
    /// Holy Thursday to Easter Sunday.
    HolyWeek,
    /// First or second half of a month.
    Half(bool, Option<u8>),
    /// "la semana que viene", alone.
    NextWeek,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nth {
    /// Counted from 1.
    From(u8),
    /// The last one.
    Last,
}

/// Finds spans. Feasts come first: "el finde largo de carnaval" is Carnival.
pub(crate) fn find(tokens: &[Token], used: &mut [bool], points: &[Point]) -> Vec<Span> {
    let mut spans = Vec::new();
    for at in 0..tokens.len() {
        let token = &tokens[at];
        if let Some((_, first)) = half_in_days(tokens, at) {
            spans.push(Span::Half(first, month_after(tokens, at)));
        }
        if used[at] {
            continue;
        }
        let named = [Term::Carnival, Term::HolyWeek, Term::Weekend].into_iter().any(|term| token.is(term));
        if named {
            used[at] = true;
        }
        if token.is(Term::Carnival) {
            spans.insert(0, Span::Carnival);
        } else if token.is(Term::HolyWeek) {
            spans.insert(0, Span::HolyWeek);
        } else if token.is(Term::Fortnight) {
            spans.extend(half_month(tokens, used, at));
        } else if token.is(Term::Weekend) {
            spans.extend(weekend(tokens, used, points, at));
        } else if token.is(Term::Week) && token.is(Term::Coming) {
            spans.push(Span::NextWeek);
        }
    }
    spans
}

/// The month named without a day ("en enero"), and its year if said.
pub(crate) fn month_hint(tokens: &[Token], used: &[bool], today: Date) -> Option<(u8, Option<i16>)> {
    let named = |at: &usize| {
        let token = &tokens[*at];
        let other_word = token.number.is_some() || token.weekday > 0 || token.cue(Cue::MonthOrOther);
        let introduced = *at > 0
            && (tokens[at - 1].is(Term::At) || tokens[at - 1].is(Term::Of) || tokens[at - 1].month > 0);
        token.month > 0 && !used[*at] && (!other_word || introduced)
    };
    if let Some(at) = (0..tokens.len()).find(named) {
        let year = tokens[at + 1..].iter().take(3).find_map(|token| {
            if token.is(Term::Year) && token.is(Term::Coming) {
                Some(today.year() + 1)
            } else {
                token.number.and_then(|n| i16::try_from(n).ok()).filter(|year| (2000..2200).contains(year))
            }
        });
        return Some((tokens[at].month, year));
    }
    let this_month = u8::try_from(today.month()).ok()?;
    let relative = |pair: &[Token]| match pair {
        [a, b]
            if (a.is(Term::Coming) && b.is(Term::MonthWord))
                || (a.is(Term::MonthWord) && b.is(Term::Coming)) =>
        {
            Some(this_month % 12 + 1)
        }
        [a, b] if a.is(Term::This) && b.is(Term::MonthWord) => Some(this_month),
        _ => None,
    };
    tokens.windows(2).find_map(relative).map(|month| (month, None))
}

fn ordinal_before(tokens: &[Token], at: usize) -> Option<(usize, u32)> {
    let before = at.checked_sub(1)?;
    let value = tokens[before].ordinal.or_else(|| {
        let token = &tokens[before];
        token.is(Term::First).then_some(1).or(token.number.filter(|_| token.digits))
    })?;
    Some((before, value))
}

/// "los primeros quince días de enero": its first token, and whether it is the first half. Fifteen days said so
/// are a half of the month, not a duration.
pub(super) fn half_in_days(tokens: &[Token], at: usize) -> Option<(usize, bool)> {
    let [which, count, unit] = tokens.get(at.checked_sub(2)?..=at)? else { return None };
    let first = which.is(Term::First) || which.ordinal == Some(1);
    let half = count.number == Some(HALF_DAYS) && unit.is(Term::DayWord);
    (half && (first || which.is(Term::Last))).then_some((at - 2, first))
}

fn month_after(tokens: &[Token], at: usize) -> Option<u8> {
    tokens[at + 1..].iter().take(3).map(|token| token.month).find(|&month| month > 0)
}

fn half_month(tokens: &[Token], used: &mut [bool], at: usize) -> Option<Span> {
    let (from, value) = ordinal_before(tokens, at)?;
    used[from..=at].iter_mut().for_each(|taken| *taken = true);
    let month = month_after(tokens, at);
    match value {
        1 => Some(Span::Half(true, month)),
        2 => Some(Span::Half(false, month)),
        _ => None,
    }
}

fn weekend(tokens: &[Token], used: &mut [bool], points: &[Point], at: usize) -> Option<Span> {
    let token = &tokens[at];
    let long = token.is(Term::Long) || tokens.get(at + 1).is_some_and(|next| next.is(Term::Long));
    let after = if long && !token.is(Term::Long) { at + 2 } else { at + 1 };
    let linked = |index: usize| {
        tokens.get(index).is_some_and(|token| {
            token.is(Term::Of) || token.is(Term::Article) || token.is(Term::DayWord) || token.is(Term::At)
        })
    };
    let mut then = after;
    while then < after + 3 && linked(then) && !used[then] {
        then += 1;
    }
    // "el finde 12/12" is read like "el finde del 12/12".
    let beside = |point: &Point| point.day.is_some() && tokens.get(after).is_some_and(|next| !next.breaks);
    let named = points.iter().position(|point| point.from == then && (then > after || beside(point)));
    let month =
        tokens.get(then).map(|token| token.month).filter(|&month| month > 0 && then > after && !used[then]);
    let before = |back: usize| at.checked_sub(back).map(|index| &tokens[index]);
    let said = |term: Term| {
        before(1).is_some_and(|token| token.is(term)) || tokens.get(after).is_some_and(|token| token.is(term))
    };
    if long {
        return Some(named.map_or(Span::LongWeekend(month), Span::LongWeekendOf));
    }
    if let Some(index) = named {
        return Some(Span::WeekendOf(index));
    }
    if let Some(month) = month {
        let last = before(1).is_some_and(|token| token.is(Term::Last));
        let nth = ordinal_before(tokens, at);
        if let Some((from, _)) = nth {
            used[from] = true;
        }
        return match nth {
            _ if last => Some(Span::WeekendOfMonth(month, Nth::Last)),
            Some((_, n)) => Some(Span::WeekendOfMonth(month, Nth::From(u8::try_from(n).ok()?))),
            None => None,
        };
    }
    let this = before(1).is_some_and(|token| token.is(Term::This))
        || before(2).is_some_and(|token| token.is(Term::This));
    if said(Term::Coming) && !this {
        return Some(Span::ComingWeekend);
    }
    let plural = token.cue(Cue::Weekends);
    let vague = before(1).is_some_and(|token| token.is(Term::A) || token.cue(Cue::AnyWeekend));
    if plural || vague {
        return None;
    }
    Some(Span::ThisWeekend)
}
