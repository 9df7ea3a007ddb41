//! Nights, days, weeks and months in a message of the owner. Days are read by the guests' reader.

use super::Days;
use super::reading::{Missing, Setting, read};
use super::words::{self, Word};
use crate::domain::stay::Stay;
use crate::understanding::{self, Dates, Expecting, easter, spanish_month};
use jiff::ToSpan;
use jiff::civil::Date;

/// The nights of a sentence. One day alone means its night, "hasta el lunes" begins today; no day is `None`.
pub(super) fn nights(text: &str, setting: &Setting<'_>) -> Result<Option<Stay>, Missing> {
    if let Some(stay) = two_days(text, setting) {
        return Ok(Some(stay));
    }
    let text = &month_end(&feast_day(text, setting), setting);
    let reading = read(text, setting, Some(Expecting::Dates));
    let stay = |from: Date, to: Date| Stay::new(from, to).map_err(|_| Missing::BadDates);
    let days = |nights: u16| i64::from(nights).days();
    match reading.dates {
        Dates::None => {
            let span = week(text, setting).or_else(|| month(text, setting));
            span.map(|days| stay(days.from, next(days.to))).transpose()
        }
        Dates::Invalid => Err(Missing::BadDates),
        // "Del 5 al 7 inclusive": the night of the 7th too.
        Dates::Stay(found) if includes_its_end(text) => stay(found.check_in, next(found.check_out)).map(Some),
        Dates::Stay(found) => stay(found.check_in, found.check_out).map(Some),
        Dates::Arrival(day) => {
            stay(day, day.saturating_add(days(reading.nights.unwrap_or(1).max(1)))).map(Some)
        }
        Dates::Departure(day) => stay(setting.today, day).map(Some),
        Dates::Ambiguous(readings) => {
            let whole =
                |reading: understanding::DateReading| Stay::new(reading.check_in?, reading.check_out?).ok();
            let stays: Vec<Stay> = readings.into_iter().filter_map(whole).collect();
            match stays[..] {
                [] | [_] => Err(Missing::Dates),
                // Of a feast that may last a night more, the shorter one; it is said back with its days.
                [first, .., last] if first.check_in() == last.check_in() => Ok(Some(first)),
                _ => Err(Missing::WhichDates(stays)),
            }
        }
    }
}

fn includes_its_end(text: &str) -> bool {
    words::split(text)
        .iter()
        .any(|word| matches!(word.folded.as_str(), "inclusive" | "incluido" | "incluida"))
}

/// "Hoy y mañana", "mañana y pasado", "el sábado y el domingo": the nights of both.
fn two_days(text: &str, setting: &Setting<'_>) -> Option<Stay> {
    const WEEK: [&str; 7] = ["lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"];
    let mut said = words::split(text);
    said.retain(|word| word.folded != "el");
    let weekday = |word: &Word| WEEK.iter().position(|day| *day == word.folded);
    let pair = said.windows(3).find_map(|three| {
        let (first, second) = (weekday(&three[0])?, weekday(&three[2])?);
        (three[1].folded == "y" && second == (first + 1) % WEEK.len()).then_some(first)
    });
    if let Some(first) = pair {
        let today = usize::from(setting.today.weekday().to_monday_zero_offset().unsigned_abs());
        let ahead = i64::try_from((first + WEEK.len() - today - 1) % WEEK.len() + 1).ok()?;
        let begins = setting.today.saturating_add(ahead.days());
        return Stay::new(begins, begins.saturating_add(2.days())).ok();
    }
    let begins =
        said.windows(3).find_map(|three| match (three[0].folded.as_str(), three[1].folded.as_str()) {
            ("hoy", "y") if three[2].folded == "manana" => Some(setting.today),
            ("manana", "y") if three[2].folded == "pasado" => setting.today.tomorrow().ok(),
            _ => None,
        })?;
    Stay::new(begins, begins.saturating_add(2.days())).ok()
}

/// "Hasta fin de mes", "hasta fin de julio" end on the first of the next one, or of the one after the month named.
fn month_end(text: &str, setting: &Setting<'_>) -> String {
    let said = words::split(text);
    let end = said.windows(3).find(|three| {
        matches!(three[0].folded.as_str(), "fin" | "fines" | "final" | "finales")
            && three[1].folded == "de"
            && (three[2].folded == "mes" || spanish_month(&three[2].folded).is_some())
    });
    let Some([begin, _, month]) = end else { return text.to_owned() };
    let named =
        spanish_month(&month.folded).or_else(|| said.iter().find_map(|word| spanish_month(&word.folded)));
    let first = setting.today.first_of_month();
    let after = named.map_or(first, |month| nearest(first, month, None)).saturating_add(1.month());
    format!("{}{}{}", &text[..begin.from], numeric(after), &text[month.to..])
}

/// One day of a feast, where the feast's name alone is the whole of it: "viernes santo", "domingo de Pascua".
fn feast_day(text: &str, setting: &Setting<'_>) -> String {
    /// How a day of it is called, and how many days it lies before Easter Sunday.
    const DAYS: [(&[&str], i64); 5] = [
        (&["jueves", "santo"], 3),
        (&["viernes", "santo"], 2),
        (&["sabado", "de", "gloria"], 1),
        (&["domingo", "de", "pascua"], 0),
        (&["domingo", "de", "pascuas"], 0),
    ];
    let said = words::split(text);
    let found = DAYS.iter().find_map(|(name, before)| {
        let at = said
            .windows(name.len())
            .position(|words| words.iter().zip(name.iter()).all(|(word, part)| word.folded == *part))?;
        Some((said[at].from, said[at + name.len() - 1].to, *before))
    });
    let Some((from, to, before)) = found else { return text.to_owned() };
    let year = setting.today.year();
    let day = |year| easter(year).saturating_sub(before.days());
    let day = if day(year) < setting.today { day(year + 1) } else { day(year) };
    format!("{}{}{}", &text[..from], numeric(day), &text[to..])
}

fn numeric(day: Date) -> String {
    format!("el {}/{}/{}", day.day(), day.month(), day.year())
}

/// Whether a message is days and nothing else.
pub(super) fn only(text: &str, said: &[Word], setting: &Setting<'_>) -> bool {
    const BESIDE: [&str; 12] =
        ["el", "este", "esta", "la", "y", "de", "del", "al", "que", "viene", "para", "proximo"];
    let known = |word: &Word| words::tells_a_day(&word.folded) || BESIDE.contains(&word.folded.as_str());
    let named =
        said.iter().any(|word| words::tells_a_day(&word.folded) && word.folded.parse::<u8>().is_err());
    named && said.iter().all(known) && read(text, setting, Some(Expecting::Dates)).dates != Dates::None
}

/// The days of a question; today when it names none.
pub(super) fn days(text: &str, setting: &Setting<'_>) -> Result<Days, Missing> {
    let one = |day| Days { from: day, to: day };
    if let Some(stay) = two_days(text, setting) {
        return Ok(Days { from: stay.check_in(), to: stay.check_in().saturating_add(1.day()) });
    }
    let text = &feast_day(text, setting);
    if let Some(days) = yesterday(text, setting).or_else(|| week(text, setting)) {
        return Ok(days);
    }
    match read(text, setting, Some(Expecting::Dates)).dates {
        Dates::None => Ok(month(text, setting).unwrap_or(one(setting.today))),
        Dates::Arrival(day) => Ok(one(day)),
        Dates::Departure(day) => Ok(one(day)),
        Dates::Stay(stay) => Ok(Days { from: stay.check_in, to: stay.check_out }),
        Dates::Ambiguous(_) => Err(Missing::Dates),
        Dates::Invalid => Err(Missing::BadDates),
    }
}

/// The days of a question about what has been; a weekday is the last one.
pub(super) fn days_past(text: &str, setting: &Setting<'_>) -> Result<Days, Missing> {
    let days = days(text, setting)?;
    let back = |day: Date| day.saturating_sub(7.days());
    Ok(if days.from > setting.today { Days { from: back(days.from), to: back(days.to) } } else { days })
}

/// The one day of a sentence; today when it names none.
pub(super) fn day(text: &str, setting: &Setting<'_>) -> Result<Date, Missing> {
    days(text, setting).map(|days| days.from)
}

/// The day from which something is so again: "hasta el lunes".
pub(super) fn until(text: &str, setting: &Setting<'_>) -> Result<Option<Date>, Missing> {
    let text = &month_end(&feast_day(text, setting), setting);
    let said = words::split(text);
    let has = |sought: &str| said.iter().any(|word| word.folded == sought);
    let until = match read(text, setting, Some(Expecting::Dates)).dates {
        Dates::None => week(text, setting).map(|days| next(days.to)),
        Dates::Invalid => return Err(Missing::BadDates),
        Dates::Ambiguous(_) => return Err(Missing::Dates),
        // "Por hoy", "mañana no": the day itself is still closed.
        Dates::Arrival(day) if !has("hasta") => Some(next(day)),
        Dates::Arrival(day) | Dates::Departure(day) => Some(day),
        Dates::Stay(stay) => Some(stay.check_out),
    };
    Ok(until.map(|day| if day <= setting.today { next(setting.today) } else { day }))
}

fn yesterday(text: &str, setting: &Setting<'_>) -> Option<Days> {
    let said = words::split(text);
    let day = setting.today.yesterday().ok()?;
    said.iter()
        .any(|word| matches!(word.folded.as_str(), "ayer" | "anoche"))
        .then_some(Days { from: day, to: day })
}

/// "En abril", "todo abril": the whole month, the current one from today.
fn month(text: &str, setting: &Setting<'_>) -> Option<Days> {
    let said = words::split(text);
    let first = begin_of_month(&said, setting.today.first_of_month())?;
    // What is sold lies ahead: in November "en agosto" is the next one.
    let year_said = said.iter().any(|word| word.folded.len() == 4 && word.folded.parse::<i16>().is_ok());
    let is_past = first.last_of_month() < setting.today && !year_said;
    let first = if is_past { first.saturating_add(1.year()) } else { first };
    let last = first.last_of_month();
    (last >= setting.today).then(|| Days { from: first.max(setting.today), to: last })
}

/// "Esta semana", "la semana que viene", "la semana pasada": Monday to Sunday, the current one from today.
fn week(text: &str, setting: &Setting<'_>) -> Option<Days> {
    let said = words::split(text);
    let has = |sought: &str| said.iter().any(|word| word.folded == sought);
    if !has("semana") || has("santa") || has("fin") {
        return None;
    }
    let since_monday = i64::from(setting.today.weekday().to_monday_zero_offset());
    let monday = setting.today.saturating_sub(since_monday.days());
    let week = |monday: Date| Days { from: monday, to: monday.saturating_add(6.days()) };
    Some(if has("viene") || has("proxima") || has("entrante") {
        week(monday.saturating_add(7.days()))
    } else if has("pasada") {
        week(monday.saturating_sub(7.days()))
    } else {
        Days { from: setting.today, ..week(monday) }
    })
}

/// The nights of the month named: this one, the next, the last, or the nearest of that name. A range of days is
/// taken as it is.
pub(super) fn month_of(text: &str, said: &[Word], setting: &Setting<'_>) -> Result<Stay, Missing> {
    let first = setting.today.first_of_month();
    let whole =
        |first: Date| Stay::new(first, first.saturating_add(1.month())).map_err(|_| Missing::BadDates);
    match begin_of_month(said, first) {
        Some(first) => whole(first),
        None => match nights(text, setting)? {
            Some(stay) => Ok(stay),
            None => whole(first),
        },
    }
}

/// The days about whose money is asked: the month named, or the days; this month when none is.
pub(super) fn money_days(text: &str, said: &[Word], setting: &Setting<'_>) -> Result<Days, Missing> {
    let has = |sought: &str| said.iter().any(|word| word.folded == sought);
    let first = setting.today.first_of_month();
    if has("ano") {
        let year = setting.today.first_of_year();
        let year = if has("pasado") || has("anterior") { year.saturating_sub(1.year()) } else { year };
        return Ok(Days { from: year, to: year.last_of_year() });
    }
    if let Some(days) = yesterday(text, setting).or_else(|| week(text, setting)) {
        // Of money, the whole week: what comes later is not there yet.
        let since_monday = i64::from(days.from.weekday().to_monday_zero_offset());
        let from = if has("semana") { days.from.saturating_sub(since_monday.days()) } else { days.from };
        return Ok(Days { from, ..days });
    }
    if begin_of_month(said, first).is_none()
        && read(text, setting, Some(Expecting::Dates)).dates != Dates::None
    {
        return days(text, setting).map(|days| past(days, said, setting.today));
    }
    let month = begin_of_month(said, first).unwrap_or(first);
    // "Lo que va del mes".
    let last = if has("va") { setting.today } else { month.last_of_month() };
    Ok(Days { from: month, to: last.max(month) })
}

/// Days of money lie in the past: those that were read ahead are those of the last month, or of the last year when
/// their month was said.
fn past(days: Days, said: &[Word], today: Date) -> Days {
    if days.from <= today {
        return days;
    }
    let named = said.iter().any(|word| spanish_month(&word.folded).is_some());
    let back = |day: Date| if named { day.saturating_sub(1.year()) } else { day.saturating_sub(1.month()) };
    Days { from: back(days.from), to: back(days.to) }
}

fn begin_of_month(said: &[Word], first: Date) -> Option<Date> {
    let has = |sought: &str| said.iter().any(|word| word.folded == sought);
    let named = said.iter().find_map(|word| spanish_month(&word.folded));
    let year =
        said.iter().find_map(|word| word.folded.parse::<i16>().ok().filter(|y| (2000..2100).contains(y)));
    // "El 5 de abril", "del 5 al 8", not "a 70 lucas en abril".
    let number = |word: &Word| word.folded.parse::<u8>().is_ok_and(|n| n <= 31);
    let marks =
        |word: &Word| matches!(word.folded.as_str(), "el" | "del" | "al" | "de" | "a" | "desde" | "y");
    let sum =
        |word: &Word| matches!(word.folded.as_str(), "mil" | "lucas" | "luca" | "k" | "noches" | "noche");
    let day_said = (0..said.len())
        .any(|at| number(&said[at]) && at > 0 && marks(&said[at - 1]) && !said.get(at + 1).is_some_and(sum));
    match named {
        Some(_) if day_said => None,
        Some(month) => Some(nearest(first, month, year)),
        None if has("proximo") || (has("viene") && has("mes")) => Some(first.saturating_add(1.month())),
        None if has("pasado") && has("mes") => Some(first.saturating_sub(1.month())),
        None if has("mes") => Some(first),
        None => None,
    }
}

/// The month of this name nearest to the current one, unless the year was said: in November "enero" is the next
/// one and "octubre" the last one. The answer names the year.
fn nearest(first: Date, month: i8, year: Option<i16>) -> Date {
    /// Months ahead up to which a month ahead counts as nearer.
    const AHEAD_MAX: i32 = 8;
    let ahead = (i32::from(month) - i32::from(first.month())).rem_euclid(12);
    let months = if ahead > AHEAD_MAX { ahead - 12 } else { ahead };
    let found = first.saturating_add(months.months());
    year.and_then(|year| Date::new(year, month, 1).ok()).unwrap_or(found)
}

fn next(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}
