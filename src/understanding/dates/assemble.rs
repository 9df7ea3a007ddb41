//! Assembles points, spans and durations into one answer.

use jiff::civil::Date;

use super::ambiguity::{ambiguous, as_reading, reading};
use super::durations::Durations;
use super::named_spans;
use super::point::{Point, Role, WeekSaid};
use super::ranges::{self, Range, share_month};
use super::resolve::{self, NoDate, date_of};
use super::setting::Setting;
use super::spans::Span;
use crate::understanding::holidays::days_after;
use crate::understanding::reading::{Dates, Stay};

/// Beyond this many nights, the end was meant before the beginning, not in the next year.
const MAX_NIGHTS: u16 = 200;

/// A weekday named with a feast may lie this many days before its first.
const DAYS_AROUND_SPAN: i32 = 2;

/// A month named without a day, and its year if said.
type Hint = Option<(u8, Option<i16>)>;

pub(crate) fn assemble(
    points: Vec<Point>,
    spans: &[Span],
    durations: &Durations,
    hint: Hint,
    setting: Setting<'_>,
) -> Dates {
    // "this weekend? no, the weekend of 14 August".
    let of_a_day = |span: &Span| matches!(span, Span::WeekendOf(_) | Span::LongWeekendOf(_));
    let span = match spans.first() {
        Some(Span::ThisWeekend) => spans.iter().copied().find(of_a_day).or(Some(Span::ThisWeekend)),
        _ => spans.iter().copied().find(|span| *span != Span::NextWeek),
    };
    let next_week = spans.contains(&Span::NextWeek);
    if let Some(dates) = span.and_then(|span| around_a_point(span, &points, setting)) {
        return dates;
    }
    let span_dates = span.map(|span| named_spans::dates(span, hint, durations, setting));
    if points.is_empty() {
        let week = || if next_week { named_spans::next_week(durations, setting) } else { Dates::None };
        return span_dates.unwrap_or_else(week);
    }
    let anchor = match span_dates {
        Some(Dates::Stay(stay)) => Some(stay),
        _ => None,
    };
    let (points, feast) = without_feast(points);
    if points.is_empty() {
        return feast.map_or(Dates::None, |feast| named_spans::feast(&feast, durations, setting));
    }
    let hint = hint.or(feast.as_ref().and_then(|feast| feast.month.map(|month| (month, None))));
    let scene = Scene { setting, hint, next_week, feast: feast.is_some(), anchor, durations };
    let found = ranges::choose(ranges::group(points), setting.changing);
    let mut readings: Vec<Dates> = found.into_iter().map(|range| scene.range(range)).collect();
    if readings.len() > 1 {
        return ambiguous(readings.into_iter().filter_map(|dates| as_reading(&dates, false)).collect());
    }
    match (readings.pop().unwrap_or(Dates::None), anchor) {
        (Dates::Arrival(day), Some(stay)) if span == Some(Span::ThisWeekend) && day > stay.check_out => {
            let sunday = named_spans::weekend_around(day).check_out;
            Dates::stay(day.min(days_after(sunday, -1)), sunday)
        }
        (Dates::Arrival(day), Some(stay)) => within(stay, day, None),
        (Dates::Departure(day), Some(stay)) => within(stay, stay.check_in, Some(day)),
        (dates, _) => dates,
    }
}

/// A single day named with a span: its beginning or end, if it lies in it at all.
fn within(stay: Stay, from: Date, until: Option<Date>) -> Dates {
    let narrowed = Stay::new(from, until.unwrap_or(stay.check_out));
    let inside =
        |candidate: &Stay| candidate.check_in >= stay.check_in && candidate.check_out <= stay.check_out;
    Dates::Stay(narrowed.filter(inside).unwrap_or(stay))
}

/// "el finde del 12/12", unless the points are a range themselves.
fn around_a_point(span: Span, points: &[Point], setting: Setting<'_>) -> Option<Dates> {
    let (Span::WeekendOf(index) | Span::LongWeekendOf(index)) = span else { return None };
    let ends = |point: &Point| matches!(point.role, Role::To | Role::Until | Role::Out);
    if points.iter().skip(index + 1).any(ends) {
        return None;
    }
    let mut point = points.get(index)?.clone();
    let mut listed = points.iter().skip(index + 1).take_while(|next| next.role == Role::And);
    if let (None, Some(next)) = (point.month, listed.find(|next| next.month.is_some())) {
        point.month = next.month;
        point.year = next.year;
    }
    let date = match date_of(&point, setting.today, setting.today) {
        Ok(date) => date,
        Err(NoDate::Impossible) => return Some(Dates::Invalid),
    };
    let stay = match span {
        Span::LongWeekendOf(_) => setting.calendar.long_weekend_near(date),
        _ => None,
    };
    Some(Dates::Stay(stay.unwrap_or_else(|| named_spans::weekend_around(date))))
}

/// Christmas beside other days only tells which days are meant.
fn without_feast(points: Vec<Point>) -> (Vec<Point>, Option<Point>) {
    let binding = |point: &Point| !point.feast || matches!(point.role, Role::To | Role::Until | Role::Out);
    // "entre navidad y año nuevo, del 26 al 30": the days are a range of their own.
    let mut days = points.iter().filter(|point| !point.feast);
    let labels = days.next().is_some()
        && days.next().is_some_and(|end| {
            matches!(end.role, Role::To | Role::Until | Role::Out | Role::And) || end.month.is_some()
        });
    if labels {
        let feast = points.iter().find(|point| point.feast).cloned();
        return (points.into_iter().filter(|point| !point.feast).collect(), feast);
    }
    let starts_range = points.len() > 1
        && points[0].feast
        && matches!(points[1].role, Role::To | Role::Until | Role::Out | Role::And);
    if starts_range {
        return (points, None);
    }
    let feast = points.iter().find(|point| !binding(point)).cloned();
    (points.into_iter().filter(binding).collect(), feast)
}

struct Scene<'a> {
    setting: Setting<'a>,
    hint: Hint,
    next_week: bool,
    feast: bool,
    anchor: Option<Stay>,
    durations: &'a Durations,
}

impl Scene<'_> {
    fn range(&self, range: Range) -> Dates {
        let coming =
            [&range.start, &range.end].into_iter().flatten().any(|point| point.week == WeekSaid::Coming);
        let first = self.resolved(range.clone(), false).unwrap_or(Dates::Invalid);
        if !coming {
            return first;
        }
        let second = self.resolved(range, true).unwrap_or(Dates::Invalid);
        if first == second || matches!(first, Dates::Ambiguous(_)) {
            return first;
        }
        ambiguous([as_reading(&first, true), as_reading(&second, false)].into_iter().flatten().collect())
    }

    /// `next_week` reads "que viene" as the next calendar week.
    fn resolved(&self, range: Range, next_week: bool) -> Result<Dates, NoDate> {
        let today = self.setting.today;
        let (mut start, mut end) = (range.start, range.end);
        let one_night = [&start, &end].into_iter().flatten().any(|point| point.one_night);
        self.share(&mut start, &mut end, next_week);
        let weekday_only = |point: &Point| point.day.is_none() && point.fixed.is_none();
        let end_dated = end.as_ref().is_some_and(|point| !weekday_only(point));
        let check_in = match (&start, &end) {
            (Some(from), Some(to)) if weekday_only(from) && end_dated => {
                let end = date_of(to, today, today)?;
                Some(resolve::next_weekday(days_after(end, -7), from.weekday.unwrap_or(1)))
            }
            (Some(from), _) => Some(date_of(from, today, today)?),
            (None, _) => None,
        };
        let earliest = check_in.map_or(today, |day| days_after(day, 1));
        let check_out = end.as_ref().map(|point| date_of(point, earliest, today)).transpose()?;
        let other = range.other_end.as_ref().map(|point| date_of(point, earliest, today)).transpose()?;
        let nights = self.durations.nights;
        Ok(match (check_in, check_out) {
            (Some(from), Some(to)) if range.listed => listed(from, to, nights, one_night),
            (Some(from), Some(to)) => match other {
                Some(other) if other != to => {
                    ambiguous([to, other].into_iter().map(|to| reading(from, to, false)).collect())
                }
                _ => bounded(from, to),
            },
            (Some(from), None) => self.arriving(from, one_night),
            (None, Some(to)) => match nights {
                Some(nights) => Dates::stay(days_after(to, -i32::from(nights)), to),
                None => Dates::Departure(to),
            },
            (None, None) => Dates::None,
        })
    }

    fn arriving(&self, from: Date, one_night: bool) -> Dates {
        let after = |nights: u16| days_after(from, i32::from(nights));
        match (self.durations.nights, self.durations.open.as_slice()) {
            (Some(nights), _) => Dates::stay(from, after(nights)),
            (None, []) if one_night => Dates::stay(from, after(1)),
            (None, []) => Dates::Arrival(from),
            (None, open) => {
                ambiguous(open.iter().map(|&nights| reading(from, after(nights), false)).collect())
            }
        }
    }

    /// Month, year and week named at one end of a range also hold for the other.
    fn share(&self, start: &mut Option<Point>, end: &mut Option<Point>, next_week: bool) {
        if let (Some(from), Some(to)) = (start.as_mut(), end.as_ref()) {
            share_month(from, to);
            if to.week != WeekSaid::Unsaid && from.week == WeekSaid::Unsaid && from.weekday.is_some() {
                from.week = to.week;
            }
        }
        let Some(first) = start.as_mut().or(end.as_mut()) else { return };
        if self.next_week && first.week == WeekSaid::Unsaid {
            first.week = WeekSaid::NextWeek;
        }
        if first.week == WeekSaid::Coming && next_week {
            first.week = WeekSaid::NextWeek;
        }
        self.place(first);
        if let (true, Some(to)) = (start.is_some(), end.as_mut())
            && to.week == WeekSaid::Coming
        {
            to.week = WeekSaid::Unsaid;
        }
    }

    /// Gives a day its month from another part of the message: a month, a feast.
    fn place(&self, point: &mut Point) {
        let Some(day) = point.day else {
            if let (Some(stay), Some(weekday), WeekSaid::Unsaid) = (self.anchor, point.weekday, point.week) {
                point.fixed =
                    Some(resolve::next_weekday(days_after(stay.check_in, -DAYS_AROUND_SPAN), weekday));
            }
            return;
        };
        if point.month.is_some() {
            if let (None, Some((month, year))) = (point.year, self.hint) {
                point.year = year.filter(|_| point.month == Some(month));
            }
            return;
        }
        if let Some((month, year)) = self.hint {
            let before_feast = self.feast && month == 1 && day > 15;
            point.month = Some(if before_feast { 12 } else { month });
            point.year = year;
        } else if let Some(stay) = self.anchor {
            let near = resolve::next_day(days_after(stay.check_in, -10), day);
            if let Some(date) = near.filter(|date| *date <= stay.check_out) {
                point.fixed = Some(date);
            }
        }
    }
}

/// "el 5 y el 6": days, the last one of departure; or nights.
fn listed(from: Date, to: Date, nights: Option<u16>, by_night: bool) -> Dates {
    let as_nights = days_after(to, 1);
    let counts = |end: Date| Stay::new(from, end).map(Stay::nights);
    if by_night || nights.is_some() && counts(as_nights) == nights {
        return Dates::stay(from, as_nights);
    }
    if nights.is_some() && counts(to) == nights {
        return Dates::stay(from, to);
    }
    ambiguous(vec![reading(from, to, true), reading(from, as_nights, false)])
}

fn bounded(from: Date, to: Date) -> Dates {
    match Stay::new(from, to) {
        Some(stay) if stay.nights() <= MAX_NIGHTS => Dates::Stay(stay),
        Some(_) => Dates::Invalid,
        None if from == to => Dates::Arrival(from),
        None => Dates::Invalid,
    }
}
