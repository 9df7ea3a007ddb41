//! Named days: "12/1", "viernes 29 de enero", "mañana", "el 15".

use jiff::civil::Date;

use super::point::{Point, WeekSaid};
use super::resolve::{self, weekday_number};
use super::setting::Setting;
use crate::understanding::cue::Cue;
use crate::understanding::holidays::days_after;
use crate::understanding::labels::labelled_number;
use crate::understanding::lexicon::Lexicon;
use crate::understanding::terms::{Term, TermSet};
use crate::understanding::token::Token;

/// Units: a number before one of these is a count.
const COUNTED: TermSet = TermSet::of(&[
    Term::Person,
    Term::Adult,
    Term::Child,
    Term::Pair,
    Term::Relative,
    Term::Relatives,
    Term::TwoRelatives,
    Term::Night,
    Term::Week,
    Term::DayWord,
    Term::Hour,
    Term::Age,
    Term::MonthWord,
    Term::Uncounted,
    Term::Pet,
    Term::Vehicle,
    Term::Money,
    Term::TimeWord,
    Term::Us,
    Term::Weekend,
    Term::More,
    Term::Fortnight,
]);

/// What is past behind one of these: "el verano pasado".
const PAST_OF: TermSet = TermSet::of(&[
    Term::MonthWord,
    Term::Season,
    Term::Holiday,
    Term::Weekend,
    Term::Week,
    Term::Year,
    Term::Carnival,
    Term::HolyWeek,
]);

/// Finds the days of a message in order and marks their tokens.
pub(crate) fn find(tokens: &[Token], used: &mut [bool], setting: Setting<'_>) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let reader = Reader { tokens, used, today: setting.today, lexicon: setting.lexicon };
        let previous_end = points.last().map(|point| point.to);
        let found = if used[at] { None } else { reader.point(at, previous_end, setting.expected) };
        let Some(mut point) = found else {
            at += 1;
            continue;
        };
        reader.week_said(&mut point);
        reader.one_night(&mut point);
        used[point.from..point.to].iter_mut().for_each(|taken| *taken = true);
        at = point.to;
        points.push(point);
    }
    points
}

/// Reads the tokens not used yet.
pub(super) struct Reader<'a> {
    pub(super) tokens: &'a [Token],
    pub(super) used: &'a [bool],
    pub(super) today: Date,
    pub(super) lexicon: &'a Lexicon,
}

impl Reader<'_> {
    fn point(&self, at: usize, previous_end: Option<usize>, expected: bool) -> Option<Point> {
        self.relative(at)
            .or_else(|| self.weekday(at))
            .or_else(|| self.dated(at))
            .or_else(|| self.feast(at))
            .or_else(|| self.lead_time(at))
            .or_else(|| self.bare_day(at, previous_end, expected))
    }

    pub(super) fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at).filter(|_| !self.used[at])
    }

    pub(super) fn is(&self, at: usize, term: Term) -> bool {
        self.token(at).is_some_and(|token| token.is(term))
    }

    pub(super) fn before(&self, at: usize, back: usize) -> Option<&Token> {
        at.checked_sub(back).map(|i| &self.tokens[i])
    }

    pub(super) fn day_number(&self, at: usize) -> Option<u8> {
        let token = self.token(at)?;
        let value = token.number.or(token.ordinal).filter(|n| (1..=31).contains(n))?;
        (token.width <= 2 && !token.is(Term::A)).then(|| u8::try_from(value).ok()).flatten()
    }

    /// Whether the number at this place is a count: people, nights, hours.
    pub(super) fn counts(&self, at: usize) -> bool {
        // "14/11 pareja" is one couple.
        let one_couple =
            self.tokens.get(at + 1).is_some_and(|next| {
                next.is(Term::Pair) && !next.is(Term::Couple2) && !next.word.ends_with('s')
            }) && self.tokens[at].number > Some(1);
        self.tokens.get(at + 1).is_some_and(|next| next.any(COUNTED) && !next.breaks && next.month == 0)
            && !one_couple
            && labelled_number(self.tokens, at + 1).is_none()
    }

    /// "viernes", "viernes 29 de enero", "sexta-feira dia 10", "Friday the 5th".
    fn weekday(&self, at: usize) -> Option<Point> {
        let weekday = self.token(at).map(|token| token.weekday).filter(|&weekday| weekday > 0)?;
        if self.tokens[at].cue(Cue::DayOrOther) && !self.is_beside_days(at) {
            return None;
        }
        let mut to = at + 1;
        if self.token(to).is_some_and(|token| token.cue(Cue::WeekdayTail)) {
            to += 1;
        }
        let ordinal = self.tokens[at].ordinal.is_some() && to == at + 1;
        let choice = self.before(at, 1).is_some_and(|token| token.cue(Cue::FeminineArticle));
        let other_noun = self.token(to).is_some_and(|token| {
            token.is(Term::Fortnight)
                || token.is(Term::Week) && !token.is(Term::Coming)
                || token.is(Term::Uncounted)
        });
        if ordinal && (choice || other_noun) {
            return None;
        }
        let mut day_at = to;
        while day_at < to + 2 && self.token(day_at).is_some_and(|token| token.cue(Cue::WeekdayLink)) {
            day_at += 1;
        }
        let point = Point { weekday: Some(weekday), ..Point::at(at, to) };
        if let Some(dated) = self.dated(day_at) {
            return Some(Point { from: at, weekday: Some(weekday), ..dated });
        }
        let day = self.day_number(day_at).filter(|_| !self.counts(day_at) && !self.tokens[day_at].breaks);
        match day {
            Some(day) if day_at > to || self.is_day_of(weekday, day, day_at) => {
                Some(Point { day: Some(day), to: day_at + 1, ..point })
            }
            _ => Some(point),
        }
    }

    /// Whether a number after a weekday is its day and not a count, by the calendar.
    fn is_day_of(&self, weekday: u8, day: u8, at: usize) -> bool {
        const LIKELY_PARTY: u8 = 12;
        let month_comes = self.leads_to_date(at);
        day > LIKELY_PARTY || month_comes || resolve::next_day_on_weekday(self.today, day, weekday).is_some()
    }

    fn relative(&self, at: usize) -> Option<Point> {
        let token = self.token(at)?;
        let days = if token.is(Term::Today) || token.is(Term::Tonight) {
            0
        } else if token.is(Term::AfterTomorrow) {
            2
        } else if token.is(Term::Tomorrow)
            && self.before(at, 1).is_none_or(|before| !before.cue(Cue::FeminineArticle))
        {
            1
        } else if token.cue(Cue::AfterTomorrow)
            && !token.is(Term::Year)
            && !self.before(at, 1).is_some_and(|before| before.weekday > 0 || before.any(PAST_OF))
        {
            2
        } else {
            return None;
        };
        let date = days_after(self.today, days);
        let mut point =
            Point { fixed: Some(date), one_night: token.is(Term::Tonight), ..Point::at(at, at + 1) };
        let skip = usize::from(self.token(at + 1).is_some_and(|next| next.cue(Cue::MasculineArticle)));
        let apposed = self
            .token(at + 1 + skip)
            .filter(|next| next.weekday == weekday_number(date))
            .and_then(|_| self.weekday(at + 1 + skip));
        if let Some(apposed) = apposed {
            point.to = if apposed.day.is_none_or(|day| i8::try_from(day) == Ok(date.day())) {
                apposed.to
            } else {
                at + 2 + skip
            };
        } else if self
            .day_number(at + 1)
            .is_some_and(|day| i8::try_from(day) == Ok(date.day()) && !self.counts(at + 1))
        {
            point.to = self.month_after(at + 2).map_or(at + 2, |(_, to)| to);
        }
        Some(point)
    }

    fn feast(&self, at: usize) -> Option<Point> {
        let token = self.token(at)?;
        let (day, month) = if token.is(Term::Christmas) {
            (25, 12)
        } else if token.is(Term::NewYear) {
            (1, 1)
        } else {
            return None;
        };
        Some(Point { day: Some(day), month: Some(month), feast: true, ..Point::at(at, at + 1) })
    }

    /// "en 10 días", "dentro de dos semanas".
    fn lead_time(&self, at: usize) -> Option<Point> {
        let token = self.token(at)?;
        let of = || self.is(at + 1, Term::Of) || self.is(at + 1, Term::To);
        let start = if token.cue(Cue::LeadTime) {
            at + 1
        } else if token.cue(Cue::LeadTimeOf) && of() {
            at + 2
        } else {
            return None;
        };
        let count = i32::try_from(self.token(start)?.number.filter(|&n| (1..=60).contains(&n))?).ok()?;
        let unit = self.token(start + 1)?;
        let days = if unit.is(Term::Week) {
            count * 7
        } else if unit.is(Term::DayWord) {
            count
        } else {
            return None;
        };
        Some(Point { fixed: Some(days_after(self.today, days)), ..Point::at(at, start + 2) })
    }

    /// A number alone, when the words around it make it a day.
    fn bare_day(&self, at: usize, previous_end: Option<usize>, expected: bool) -> Option<Point> {
        let day = self.day_number(at)?;
        let token = self.token(at)?;
        if self.counts(at) || (token.number.is_none() && !self.ordinal_day(at)) {
            return None;
        }
        let of_us = self.is(at + 1, Term::Of) && self.is(at + 2, Term::Us);
        let alternative = self.is(at + 1, Term::Or) && self.counts(at + 2);
        if of_us || alternative {
            return None;
        }
        const VERBS: TermSet = TermSet::of(&[Term::Leave, Term::Arrive, Term::CheckIn, Term::CheckOut]);
        let marked = self.before(at, 1).is_some_and(|token| {
            token.any(VERBS)
                || token.is(Term::At) && self.before(at, 2).is_some_and(|verb| verb.any(VERBS))
                || token.is(Term::From) && !token.cue(Cue::NoBeginning)
                || token.is(Term::Until)
                || token.cue(Cue::DayMark)
                || token.cue(Cue::DayArticle) && token.is(Term::Article)
                || token.is(Term::Between) && !self.range_of_people(at)
        });
        let after_point = previous_end.is_some_and(|end| self.links(end, at));
        // After a question for days and people, "para 2", "somos 2", "we are 2" are people.
        let of_group = self.before(at, 1).is_some_and(|token| token.is(Term::Of))
            && self.before(at, 2).is_some_and(|token| token.is(Term::Group));
        let of_people =
            of_group || self.before(at, 1).is_some_and(|token| token.is(Term::For) || token.is(Term::WeAre));
        let expected = expected && !of_people;
        // "It's for my 30th".
        let birthday = self.before(at, 1).is_some_and(|token| token.is(Term::My));
        let english_ordinal =
            token.ordinal.is_some() && token.digits && !birthday && !self.is(at + 1, Term::Fortnight);
        if marked || after_point || english_ordinal || expected || self.leads_to_date(at) {
            return Some(Point { day: Some(day), ..Point::at(at, at + 1) });
        }
        None
    }

    /// "el primero", "the fifth": an ordinal in words used as a day.
    fn ordinal_day(&self, at: usize) -> bool {
        let article = self.before(at, 1).is_some_and(|token| token.cue(Cue::OrdinalMark));
        let noun_follows = self.tokens.get(at + 1).is_some_and(|next| {
            !next.breaks && (next.any(COUNTED) || next.is(Term::Booking) || next.is(Term::Cabin))
        });
        let english = self.before(at, 1).is_some_and(|token| token.cue(Cue::AnyOrdinalMark));
        let ordinal = self.tokens[at].ordinal;
        article && !noun_follows && (ordinal == Some(1) || english && ordinal > Some(3))
    }

    fn range_of_people(&self, at: usize) -> bool {
        if self.before(at, 2).is_some_and(|token| token.is(Term::WeAre)) {
            return true;
        }
        self.is(at + 1, Term::And) && self.counts(at + 2)
    }

    /// Whether only connectors stand between the last point and this number.
    fn links(&self, end: usize, at: usize) -> bool {
        const CONNECTORS: TermSet = TermSet::of(&[Term::To, Term::Until, Term::And, Term::Or]);
        let gap = &self.tokens[end..at];
        let connected = |token: &Token| token.any(CONNECTORS) || token.marks('-');
        gap.len() <= 2
            && gap.iter().any(connected)
            && gap.iter().all(|token| connected(token) || token.is(Term::Article) || token.is(Term::DayWord))
    }

    /// "10 al 15", "5, 6 y 7 de enero": a number at the start of something that ends as a date.
    fn leads_to_date(&self, at: usize) -> bool {
        if self.counts(at) {
            return false;
        }
        let Some(next) = self.token(at + 1) else { return false };
        let listed = next.number.is_some() && (next.breaks || next.digits && self.tokens[at].digits);
        let ranged = next.is(Term::To) || next.marks('-');
        if !(ranged || listed || next.is(Term::And) && next.word != "+" || next.is(Term::Or)) {
            return false;
        }
        let mut then = if listed { at + 1 } else { at + 2 };
        while self.token(then).is_some_and(|token| {
            token.is(Term::Article) || token.is(Term::DayWord) || token.weekday > 0 && token.number.is_none()
        }) {
            then += 1;
        }
        if self.day_number(then).is_none() || self.counts(then) {
            return false;
        }
        let dated = self.dated(then).is_some();
        let of_range = ranged
            && (self.tokens[at].digits
                || self.before(at, 1).is_some_and(|b| b.is(Term::Of))
                || self.tokens[then].digits
                || !next.is(Term::Article));
        dated || of_range || self.leads_to_date(then)
    }

    /// "que viene", "de la semana que viene", "next".
    fn week_said(&self, point: &mut Point) {
        if point.weekday.is_none() || point.day.is_some() {
            return;
        }
        let mut at = point.to;
        while at < point.to + 2
            && self.token(at).is_some_and(|token| token.is(Term::Of) || token.is(Term::Article))
        {
            at += 1;
        }
        if self.token(at).is_some_and(|token| token.is(Term::Week) && token.is(Term::Coming)) {
            point.week = WeekSaid::NextWeek;
            point.to = at + 1;
        } else if self.is(point.to, Term::Coming) && !self.is(point.to + 1, Term::Week) {
            point.week = WeekSaid::Coming;
            point.to += 1;
        } else if self
            .before(point.from, 1)
            .is_some_and(|token| token.is(Term::Coming) && !token.is(Term::Week))
        {
            let this = self.before(point.from, 2).is_some_and(|token| token.is(Term::This));
            point.week = if this { WeekSaid::Unsaid } else { WeekSaid::Coming };
        } else if at > point.to && self.is(at, Term::This) && self.is(at + 1, Term::Week) {
            point.to = at + 2;
        }
    }
}
