//! Days with their month: "12/1", "14-02-2027", "12 de enero", "January 12th".

use super::point::Point;
use super::points::Reader;
use crate::understanding::cue::Cue;
use crate::understanding::terms::{Term, TermSet};
use crate::understanding::token::{Token, begins_with};

impl Reader<'_> {
    /// Whether other days, or words of time, stand around a word that is a day only there.
    pub(super) fn is_beside_days(&self, at: usize) -> bool {
        const TIME: TermSet = TermSet::of(&[
            Term::From,
            Term::To,
            Term::Until,
            Term::This,
            Term::Coming,
            Term::At,
            Term::Arrive,
            Term::Leave,
            Term::Night,
            Term::DayPart,
        ]);
        let of_time = |token: &Token| {
            token.any(TIME) || token.weekday > 0 || token.month > 0 || token.digits || token.marks('-')
        };
        let around = at.saturating_sub(2)..(at + 3).min(self.tokens.len());
        around.filter(|near| *near != at).any(|near| {
            let near_by = near.abs_diff(at) == 1 || self.tokens[near].weekday > 0;
            near_by && of_time(&self.tokens[near])
        }) || self.tokens.len() <= 2
    }

    fn month_number(&self, at: usize) -> Option<u8> {
        let token = self.token(at)?;
        let value = token.number.filter(|n| token.digits && token.width <= 2 && (1..=12).contains(n))?;
        u8::try_from(value).ok()
    }

    /// "12/1", "14-02-2027", "2027-01-14", "12 de enero de 2027", "January 12th".
    pub(super) fn dated(&self, at: usize) -> Option<Point> {
        self.iso(at)
            .or_else(|| self.numeric(at))
            .or_else(|| self.day_month(at))
            .or_else(|| self.month_day(at))
    }

    fn separator(&self, at: usize) -> Option<char> {
        self.token(at)?.mark.filter(|mark| matches!(mark, '/' | '-' | '.'))
    }

    fn iso(&self, at: usize) -> Option<Point> {
        let year = self.token(at).filter(|token| token.digits && token.width == 4)?.number?;
        let (first, second) = (self.separator(at + 1)?, self.separator(at + 3)?);
        let (month, day) = (self.month_number(at + 2)?, self.day_number(at + 4)?);
        (first == second).then(|| Point {
            day: Some(day),
            month: Some(month),
            year: i16::try_from(year).ok(),
            ..Point::at(at, at + 5)
        })
    }

    fn numeric(&self, at: usize) -> Option<Point> {
        if !self.token(at)?.digits {
            return None;
        }
        let day = self.day_number(at)?;
        let separator = self.separator(at + 1)?;
        if let Some(month) = self.token(at + 2).map(|token| token.month).filter(|&month| month > 0) {
            return Some(self.with_year(Point {
                day: Some(day),
                month: Some(month),
                ..Point::at(at, at + 3)
            }));
        }
        let (day, month) = match self.month_number(at + 2) {
            Some(month) => (day, month),
            None => self.month_first(at)?,
        };
        let spaced = !self.tokens[at + 1].glued || !self.tokens[at + 2].glued;
        let more = self.separator(at + 3).filter(|_| self.tokens[at + 3].glued);
        let range_goes_on =
            separator == '-' && more.is_some_and(|mark| mark != '-') && self.month_number(at + 4).is_some();
        let month_follows = separator == '-' && self.month_after(at + 3).is_some();
        let counted = self.counts(at + 2);
        if (spaced && separator == '-') || range_goes_on || month_follows || counted {
            return None;
        }
        let mut point = Point { day: Some(day), month: Some(month), ..Point::at(at, at + 3) };
        if more == Some(separator)
            && let Some(year) = self.year(at + 4)
        {
            point.year = Some(year);
            point.to = at + 5;
            return Some(point);
        }
        Some(self.with_year(point))
    }

    /// "4/20": the month first, where it can be nothing else.
    fn month_first(&self, at: usize) -> Option<(u8, u8)> {
        let (month, day) = (self.month_number(at)?, self.day_number(at + 2)?);
        let of_days = self.month_after(at + 3).is_some() || !self.tokens[at + 2].digits;
        (self.separator(at + 1) == Some('/') && !of_days).then_some((day, month))
    }

    /// A year in two or four digits, or in words.
    fn year(&self, at: usize) -> Option<i16> {
        let token = self.token(at)?;
        let value = i16::try_from(token.number?).ok()?;
        match value {
            2000..=2199 => Some(value),
            20..=99 if token.digits && token.width == 2 => Some(2000 + value),
            _ => None,
        }
    }

    /// The month right after a day: "de enero", "enero", "del 1", "de este mes".
    pub(super) fn month_after(&self, mut at: usize) -> Option<(u8, usize)> {
        let direct = at;
        while at < direct + 2
            && self
                .token(at)
                .is_some_and(|token| (token.is(Term::Of) || token.is(Term::Article)) && !token.breaks)
        {
            at += 1;
        }
        let token = self.token(at)?;
        if token.month > 0 && !token.breaks && !(token.number.is_some() && at == direct && self.counts(at)) {
            return Some((token.month, at + 1));
        }
        let month_of_today = u8::try_from(self.today.month()).ok()?;
        let next_month = month_of_today % 12 + 1;
        if token.is(Term::MonthWord) && at > direct && self.is(at + 1, Term::Coming) {
            return Some((next_month, at + 2));
        }
        if at > direct && self.is(at + 1, Term::MonthWord) {
            if token.is(Term::Coming) {
                return Some((next_month, at + 2));
            }
            if token.is(Term::This) {
                return Some((month_of_today, at + 2));
            }
        }
        None
    }

    fn day_month(&self, at: usize) -> Option<Point> {
        let day = self.day_number(at)?;
        if let Some((month, to)) = self.month_after(at + 1) {
            return Some(self.with_year(Point { day: Some(day), month: Some(month), ..Point::at(at, to) }));
        }
        let marked = self.before(at, 1).is_some_and(|token| token.cue(Cue::NumericMark));
        let of = self.token(at + 1).is_some_and(|token| token.cue(Cue::NumericOf) && !token.breaks);
        let said =
            if self.is_month_of_both_ends(at) { self.day_number(at + 2) } else { self.month_number(at + 2) };
        let marked = marked || self.is_month_of_both_ends(at);
        let month = said.filter(|month| *month <= 12 && marked && of && !self.counts(at + 2))?;
        let range_begins = self.token(at + 3).is_some_and(|token| token.cue(Cue::NumericUntil))
            && !self.token(at).is_some_and(|token| token.digits)
            && !self.is_month_of_both_ends(at);
        (!range_begins)
            .then(|| self.with_year(Point { day: Some(day), month: Some(month), ..Point::at(at, at + 3) }))
    }

    /// "doce del cuatro al quince del cuatro": numbers in words are months when both ends have one.
    fn is_month_of_both_ends(&self, at: usize) -> bool {
        let of = |at: usize| self.token(at).is_some_and(|token| token.cue(Cue::NumericOf) && !token.breaks);
        let month = |at: usize| self.day_number(at).is_some_and(|month| month <= 12);
        let end = |from: usize, to: usize| {
            self.tokens.get(from..to).is_some_and(|between| {
                between.iter().all(|token| {
                    token.cue(Cue::NumericUntil) || token.cue(Cue::DayMark) || token.is(Term::And)
                })
            }) && self.day_number(to).is_some()
                && of(to + 1)
                && month(to + 2)
        };
        let begins = of(at + 1) && month(at + 2) && (end(at + 3, at + 4) || end(at + 3, at + 5));
        let ends = |back: usize| {
            at.checked_sub(back).is_some_and(|from| {
                self.tokens[from].number.is_some()
                    && self.tokens[from + 1].cue(Cue::NumericOf)
                    && month_used(&self.tokens[from + 2])
            })
        };
        of(at + 1) && month(at + 2) && (begins || ends(4) || ends(5) || self.is_month_before_until(at))
    }

    /// "el doce del ocho hasta el quince": no range of the eighth and the fifteenth begins on the twelfth.
    fn is_month_before_until(&self, at: usize) -> bool {
        let marked =
            self.before(at, 1).is_some_and(|token| token.cue(Cue::DayMark) && token.is(Term::Article));
        let until = self.is(at + 3, Term::Until);
        let end = self.day_number(at + 4).or_else(|| self.day_number(at + 5));
        marked && until && end > self.day_number(at)
    }

    fn month_day(&self, at: usize) -> Option<Point> {
        let month = self.token(at).map(|token| token.month).filter(|&month| month > 0)?;
        let mut day_at = at + 1;
        while self.token(day_at).is_some_and(|token| token.cue(Cue::MonthLink)) {
            day_at += 1;
        }
        let day = self.day_number(day_at)?;
        let next = self.tokens.get(day_at);
        let own_month = self.month_after(day_at + 1).is_some()
            && !self.token(day_at + 1).is_some_and(|token| token.marks('-'));
        let slash = self.separator(day_at + 1).is_some_and(|mark| mark == '/');
        if self.counts(day_at)
            || own_month
            || slash
            || next.is_some_and(|token| token.breaks && token.ordinal.is_none())
        {
            return None;
        }
        Some(self.with_year(Point { day: Some(day), month: Some(month), ..Point::at(at, day_at + 1) }))
    }

    /// A year after a date: "de 2027", ", 2027", "del año que viene".
    fn with_year(&self, mut point: Point) -> Point {
        let mut at = point.to;
        let mut linked = false;
        while at < point.to + 2
            && self.token(at).is_some_and(|token| token.is(Term::Of) || token.is(Term::Article))
        {
            at += 1;
            linked = true;
        }
        if self.token(at).is_some_and(|token| token.is(Term::Year) && token.is(Term::Coming)) {
            point.year = Some(self.today.year() + 1);
            point.to = at + 1;
        } else if let Some(year) =
            self.year(at).filter(|_| self.token(at).is_some_and(|token| token.width == 4 || !token.digits))
        {
            point.year = Some(year);
            point.to = at + 1;
        } else if linked && self.is(at, Term::This) && self.is(at + 1, Term::Year) {
            point.year = Some(self.today.year());
            point.to = at + 2;
        }
        point
    }

    /// "a la noche", "la noche del 24": one night unless an end is named.
    pub(super) fn one_night(&self, point: &mut Point) {
        let after = &self.tokens[point.to..];
        let night_after = self.lexicon.one_night.iter().any(|words| begins_with(after, words));
        let article = self.before(point.from, 1).is_some_and(|token| token.is(Term::Article));
        let from = point.from - usize::from(article);
        let night_before = self.before(from, 1).is_some_and(|token| token.is(Term::Of))
            && self.before(from, 2).is_some_and(|token| token.cue(Cue::Night));
        if night_after || night_before {
            point.one_night = true;
        }
    }
}

fn month_used(token: &crate::understanding::token::Token) -> bool {
    token.number.is_some_and(|month| (1..=12).contains(&month))
}
