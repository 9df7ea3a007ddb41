//! Holidays, long weekends and movable feasts of Argentina.
//!
//! The rules are the lines of `assets/calendar/argentina.txt`; Easter and the days that depend on it are computed.
//! Owners add their own lines in the same format.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};

use super::reading::Stay;

/// Days searched for a long weekend: more than a year always has several.
const HORIZON_DAYS: i32 = 500;
/// Fewest days of a long weekend: more than Saturday and Sunday.
const LONG_WEEKEND_DAYS: i32 = 3;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolidayCalendar {
    rules: Vec<Rule>,
    days: BTreeMap<Date, String>,
    recesses: Vec<Recess>,
}

/// A winter recess of schools in some region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recess {
    pub from: Date,
    /// Last day, included.
    pub to: Date,
    pub name: String,
}

/// A line of a calendar that can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "line {line}: {text:?} is no day off; expected `fijo DD/MM NAME`, `movible DD/MM NAME`, `pascua OFFSET NAME`, `día DD/MM/YYYY NAME` or `escuela FROM TO NAME`"
)]
pub struct BadCalendarLine {
    /// Counted from 1.
    pub line: usize,
    /// The line's text.
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    when: When,
    name: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    Fixed { month: i8, day: i8 },
    Movable { month: i8, day: i8 },
    FromEaster(i32),
}

impl HolidayCalendar {
    /// The default list of the program.
    pub const SHIPPED: &str = include_str!("../../assets/calendar/argentina.txt");

    /// The default calendar of the program.
    pub fn argentina() -> HolidayCalendar {
        HolidayCalendar::parse(HolidayCalendar::SHIPPED).expect("the embedded calendar is read by a test")
    }

    /// The last year for which a bridge, a moved day or a recess is listed.
    pub fn listed_until(&self) -> Option<i16> {
        let days = self.days.keys().copied();
        days.chain(self.recesses.iter().map(|recess| recess.to)).map(Date::year).max()
    }

    /// Parses the text format explained at the top of the default file.
    pub fn parse(text: &str) -> Result<HolidayCalendar, BadCalendarLine> {
        let mut calendar = HolidayCalendar { rules: Vec::new(), days: BTreeMap::new(), recesses: Vec::new() };
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            calendar
                .add_line(line)
                .ok_or_else(|| BadCalendarLine { line: index + 1, text: line.to_owned() })?;
        }
        Ok(calendar)
    }

    /// Adds one holiday: a local feast, a bridge decreed later.
    pub fn add_day(&mut self, date: Date, name: &str) {
        self.days.insert(date, name.to_owned());
    }

    /// The name of the holiday on a date; plain weekends have none.
    pub fn holiday(&self, date: Date) -> Option<&str> {
        if let Some(name) = self.days.get(&date) {
            return Some(name);
        }
        let rule = self.rules.iter().find(|rule| rule.when.in_year(date.year()) == Some(date))?;
        Some(&rule.name)
    }

    /// Whether most people don't work: a holiday, a Saturday or a Sunday.
    pub fn is_day_off(&self, date: Date) -> bool {
        matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) || self.holiday(date).is_some()
    }

    /// School recesses that are known.
    pub fn recesses(&self) -> &[Recess] {
        &self.recesses
    }

    /// The next long weekend whose eve is not past; in a month, if one is given.
    pub fn next_long_weekend(&self, today: Date, month: Option<i8>) -> Option<Stay> {
        self.long_weekends(today, HORIZON_DAYS)
            .find(|stay| month.is_none_or(|month| self.is_of_month(*stay, month)))
    }

    /// The long weekend around a date, or next to it.
    pub fn long_weekend_near(&self, date: Date) -> Option<Stay> {
        let start = days_after(date, -LOOK_AROUND_DAYS);
        self.long_weekends(start, 2 * LOOK_AROUND_DAYS).min_by_key(|stay| distance(*stay, date))
    }

    fn is_of_month(&self, stay: Stay, month: i8) -> bool {
        let nights = i32::from(stay.nights());
        (1..=nights)
            .map(|offset| days_after(stay.check_in, offset))
            .any(|day| day.month() == month && self.holiday(day).is_some())
    }

    /// Long weekends as stays, from the eve of the first day off to the last one.
    fn long_weekends(&self, from: Date, days: i32) -> impl Iterator<Item = Stay> {
        let is_eve = move |offset: &i32| {
            let day = days_after(from, *offset);
            !self.is_day_off(day) && self.is_day_off(days_after(day, 1))
        };
        (0..days).filter(is_eve).filter_map(move |offset| {
            let eve = days_after(from, offset);
            let off = (1..).take_while(|&n| self.is_day_off(days_after(eve, n))).count();
            let off = i32::try_from(off).ok()?;
            (off >= LONG_WEEKEND_DAYS).then(|| Stay::new(eve, days_after(eve, off))).flatten()
        })
    }

    fn add_line(&mut self, line: &str) -> Option<()> {
        let (kind, rest) = line.split_once(' ')?;
        // A date alone is a day off.
        if let Some(day) = day_of(kind) {
            self.days.insert(day, rest.trim().to_owned());
            return Some(());
        }
        let (first, name) = rest.trim().split_once(' ')?;
        let name = name.trim().to_owned();
        match kind.to_lowercase().as_str() {
            "fijo" | "fixed" => self.rules.push(Rule { when: fixed(first)?, name }),
            "movible" | "movable" => {
                let When::Fixed { month, day } = fixed(first)? else { return None };
                self.rules.push(Rule { when: When::Movable { month, day }, name });
            }
            "pascua" | "easter" => {
                self.rules.push(Rule { when: When::FromEaster(first.parse().ok()?), name })
            }
            "día" | "dia" | "day" => {
                self.days.insert(day_of(first)?, name);
            }
            "escuela" | "school" => {
                let (to, name) = name.split_once(' ')?;
                self.recesses.push(Recess { from: day_of(first)?, to: day_of(to)?, name: name.to_owned() });
            }
            _ => return None,
        }
        Some(())
    }
}

/// `DD/MM` or `DD-MM`, every year.
fn fixed(text: &str) -> Option<When> {
    let (day, month) = text.split_once(['/', '-'])?;
    let (day, month) = (day.parse().ok()?, month.parse().ok()?);
    Date::new(LEAP_YEAR, month, day).ok()?;
    Some(When::Fixed { month, day })
}

/// `DD/MM/YYYY` or `YYYY-MM-DD`.
fn day_of(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split(['/', '-']).collect();
    let [first, month, last] = parts.as_slice() else { return None };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    let year: i16 = year.parse().ok().filter(|year| (2000..2200).contains(year))?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A year that has every date a rule may name.
const LEAP_YEAR: i16 = 2028;
/// Most days between a date and the long weekend named by it.
const LOOK_AROUND_DAYS: i32 = 10;

impl When {
    fn in_year(self, year: i16) -> Option<Date> {
        match self {
            When::Fixed { month, day } => Date::new(year, month, day).ok(),
            When::FromEaster(offset) => Some(days_after(easter(year), offset)),
            When::Movable { month, day } => {
                let date = Date::new(year, month, day).ok()?;
                Some(match date.weekday() {
                    Weekday::Tuesday => days_after(date, -1),
                    Weekday::Wednesday => days_after(date, -2),
                    Weekday::Thursday => days_after(date, 4),
                    Weekday::Friday => days_after(date, 3),
                    Weekday::Monday | Weekday::Saturday | Weekday::Sunday => date,
                })
            }
        }
    }
}

/// Easter Sunday of a year, by the Gregorian computus.
pub fn easter(year: i16) -> Date {
    let year_number = i32::from(year);
    let golden = year_number % 19;
    let century = year_number / 100;
    let skipped = century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15;
    let epact = skipped.rem_euclid(30);
    let moon = epact - (epact / 28) * (1 - (29 / (epact + 1)) * ((21 - golden) / 11));
    let weekday = (year_number + year_number / 4 + moon + 2 - century + century / 4).rem_euclid(7);
    let offset = moon - weekday;
    let first_of_march = Date::new(year, 3, 1).unwrap_or(Date::MIN);
    days_after(first_of_march, 27 + offset)
}

/// A date some days later, or the same date at the end of the calendar.
pub(crate) fn days_after(date: Date, days: i32) -> Date {
    date.checked_add(jiff::Span::new().try_days(days).unwrap_or_default()).unwrap_or(date)
}

fn distance(stay: Stay, date: Date) -> i32 {
    if date < stay.check_in {
        (stay.check_in - date).get_days()
    } else if date > stay.check_out {
        (date - stay.check_out).get_days()
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn easter_follows_the_computus() {
        for (year, month, day) in
            [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2028, 4, 16), (2038, 4, 25)]
        {
            assert_eq!(easter(year), date(year, month, day));
        }
    }

    #[test]
    fn the_shipped_calendar_knows_transfers_and_bridges() {
        let calendar = HolidayCalendar::argentina();
        for day in
            [date(2026, 11, 23), date(2026, 12, 7), date(2027, 6, 21), date(2027, 8, 16), date(2027, 2, 9)]
        {
            assert!(calendar.holiday(day).is_some(), "{day}");
        }
        assert_eq!(calendar.holiday(date(2026, 11, 20)), None);
        assert_eq!(calendar.recesses().len(), 3);
    }

    #[test]
    fn a_long_weekend_runs_from_the_eve_of_its_first_day_off_to_its_last() {
        let calendar = HolidayCalendar::argentina();
        let next = |today, month| {
            calendar.next_long_weekend(today, month).map(|stay| (stay.check_in, stay.check_out))
        };
        assert_eq!(next(date(2026, 11, 24), None), Some((date(2026, 12, 4), date(2026, 12, 8))));
        assert_eq!(next(date(2027, 6, 15), None), Some((date(2027, 6, 18), date(2027, 6, 21))));
        assert_eq!(next(date(2027, 3, 1), Some(8)), Some((date(2027, 8, 13), date(2027, 8, 16))));
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = HolidayCalendar::parse("fijo 01/01 Año Nuevo\nfijo 32/01 Nada").unwrap_err();
        assert_eq!(error.line, 2);
        for bad in
            ["día 31/02/2027 Nada", "día mañana Nada", "escuela 01/07/2027 Nada", "puente", "29/03 Puente"]
        {
            assert!(HolidayCalendar::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_list_is_read_in_spanish_and_in_english() {
        let spanish = "fijo 01/05 Trabajador\nmovible 17/08 Güemes\npascua -2 Viernes Santo\ndía 29/03/2027 Puente\n\
                       30/03/2027 Otro\nescuela 05/07/2027 16/07/2027 Córdoba";
        let english = "fixed 01-05 Trabajador\nmovable 17-08 Güemes\neaster -2 Viernes Santo\nday 2027-03-29 Puente\n\
                       day 2027-03-30 Otro\nschool 2027-07-05 2027-07-16 Córdoba";
        let read = HolidayCalendar::parse(spanish).unwrap();
        assert_eq!(read, HolidayCalendar::parse(english).unwrap());
        assert_eq!(read.listed_until(), Some(2027));
        assert_eq!(HolidayCalendar::argentina().listed_until(), Some(2026));
    }
}
