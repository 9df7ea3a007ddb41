//! The stay as it comes out of a message: deltas, corrections and days without a month are resolved against the stay
//! in hand first, and against today second.

use super::deltas::{self, Delta};
use super::in_hand::InHand;
use crate::domain::stay::Stay;
use crate::understanding::analysis::{Analysis, analyse};
use crate::understanding::context::Context;
use crate::understanding::lexicon::lexicon;
use crate::understanding::reading::{DateReading, Dates, Guests};
use crate::understanding::remarks::names_bare_days;
use crate::understanding::situation::Stage;
use crate::understanding::terms::{Term, TermSet};
use crate::understanding::token::Token;
use jiff::ToSpan;
use jiff::civil::Date;

/// Days before the arrival in which a day without a month may lie.
const DAYS_BEFORE: i64 = 10;
/// A weekday is the one nearest to the arrival: three days before it, or later.
const WEEKDAYS_BEFORE: i64 = 4;
const WEEK: i64 = 7;

/// What a message leaves of arrival, departure and number of people; `None` where nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outcome {
    pub check_in: Option<Date>,
    pub check_out: Option<Date>,
    pub guests: Option<u16>,
}

impl Outcome {
    /// The dates and people of the message alone; nights and a departure follow an arrival that is known.
    pub(super) fn said(analysis: &Analysis, in_hand: &InHand) -> Outcome {
        let (check_in, check_out) = days(&analysis.reading.dates, None);
        let guests = exactly(analysis.people);
        let Some(arrival) =
            in_hand.arrival.filter(|_| in_hand.situation.stay.is_none() && check_in.is_none())
        else {
            return Outcome { check_in, check_out, guests };
        };
        let check_out = check_out.or_else(|| after(arrival, analysis.reading.nights?.into()));
        Outcome { check_in: check_out.map(|_| arrival), check_out, guests }
    }

    /// The stay in hand as the message changes it. `None` when it says nothing of dates or people.
    pub(super) fn changed(
        text: &str,
        analysis: &Analysis,
        in_hand: &InHand,
        context: &Context,
    ) -> Option<Outcome> {
        let stay = in_hand.situation.stay?;
        let list = &analysis.tokens.list;
        let people = deltas::people(list, &analysis.used, in_hand.guests)
            .or_else(|| exactly(analysis.people).filter(|_| counts_people(list)));
        let is_here = in_hand.situation.stage == Stage::InHouse;
        let dates = new_dates(text, analysis, stay, context).and_then(|dates| {
            if is_here { Stay::new(stay.check_in(), dates.check_out()).ok() } else { Some(dates) }
        });
        if dates.is_none() && people.is_none() {
            return None;
        }
        let dates = dates.unwrap_or(stay);
        Some(Outcome {
            check_in: Some(dates.check_in()),
            check_out: Some(dates.check_out()),
            guests: people.or(in_hand.guests),
        })
    }
}

fn new_dates(text: &str, analysis: &Analysis, stay: Stay, context: &Context) -> Option<Stay> {
    let list = &analysis.tokens.list;
    let reread = anchor(text, analysis, stay, context)
        .map(|today| analyse(lexicon(), text, &Context { today, ..*context }).reading);
    let reading = reread.as_ref().unwrap_or(&analysis.reading);
    if let Some(delta) = deltas::dates(list) {
        return later_by_less(stay, delta, &reading.dates, list).or_else(|| moved(stay, delta));
    }
    if is_weekend_after(list) || is_week_after(list) {
        return shifted(stay, WEEK, WEEK);
    }
    if let Some(nights) = deltas::new_length(list) {
        return shifted(stay, 0, i64::from(nights) - i64::from(stay.nights()));
    }
    if let Some(corrected) = deltas::contrast(list).and_then(|(old, new)| corrected(stay, old, new)) {
        let nights = reading.nights.unwrap_or(0);
        let by_nights = after(corrected.check_in(), nights.into());
        let by_nights = by_nights.and_then(|to| Stay::new(corrected.check_in(), to).ok());
        return Some(by_nights.unwrap_or(corrected));
    }
    match (days(&reading.dates, Some(stay)), reading.nights) {
        ((Some(from), Some(to)), _) => Stay::new(from, to).ok(),
        ((Some(from), None), nights) => Some(arriving(from, nights, stay, list)?),
        ((None, Some(to)), _) => Stay::new(stay.check_in(), to).ok(),
        ((None, None), Some(nights)) => {
            after(stay.check_in(), nights.into()).and_then(|to| Stay::new(stay.check_in(), to).ok())
        }
        ((None, None), None) => None,
    }
}

/// The stay with one of its days replaced by another, near to it.
fn corrected(stay: Stay, old: u32, new: u32) -> Option<Stay> {
    let is_day = |day: Date| u32::try_from(day.day()) == Ok(old);
    let near = |day: Date| {
        let days = (1..=DAYS_BEFORE * 2).flat_map(|days| [after(day, days), after(day, -days)]);
        days.flatten().find(|near| u32::try_from(near.day()) == Ok(new))
    };
    if is_day(stay.check_in()) {
        let arrival = near(stay.check_in())?;
        return Stay::new(arrival, stay.check_out())
            .or_else(|_| Stay::new(arrival, after(arrival, stay.nights().into()).unwrap_or(arrival)))
            .ok();
    }
    let departs = is_day(stay.check_out());
    near(stay.check_out())
        .filter(|_| departs)
        .and_then(|departure| Stay::new(stay.check_in(), departure).ok())
}

/// Whether people are counted, and not merely mentioned.
fn counts_people(list: &[Token]) -> bool {
    const COUNTING: TermSet = TermSet::of(&[
        Term::WeAre,
        Term::Person,
        Term::Adult,
        Term::Pair,
        Term::Speaker,
        Term::Alone,
        Term::Us,
    ]);
    list.iter().any(|token| token.any(COUNTING) || token.number.is_some())
}

/// A new arrival keeps the departure when it is said of the arrival and lies before it; else it keeps the nights.
fn arriving(from: Date, nights: Option<u16>, stay: Stay, list: &[Token]) -> Option<Stay> {
    let of_arrival = is_of_arrival(list);
    if nights.is_none() && of_arrival && from < stay.check_out() {
        return Stay::new(from, stay.check_out()).ok();
    }
    Stay::new(from, after(from, nights.unwrap_or(stay.nights()).into())?).ok()
}

/// "llego el 10", "desde el jueves": "del 10" may begin a whole stay.
fn is_of_arrival(list: &[Token]) -> bool {
    const ARRIVES: TermSet = TermSet::of(&[Term::Arrive, Term::CheckIn]);
    list.iter().any(|token| token.any(ARRIVES) || token.is(Term::From) && !token.is(Term::Of))
}

/// "Una noche menos y arranco el sábado": the night that is not wanted is the first.
fn later_by_less(stay: Stay, delta: Delta, dates: &Dates, list: &[Token]) -> Option<Stay> {
    let from = match dates {
        Dates::Arrival(from) => *from,
        Dates::Stay(said) => said.check_in,
        _ => return None,
    };
    let less = matches!(delta, Delta::Departure(..0)) && is_of_arrival(list) && from > stay.check_in();
    Stay::new(from, stay.check_out()).ok().filter(|_| less)
}

fn moved(stay: Stay, delta: Delta) -> Option<Stay> {
    match delta {
        Delta::Arrival(days) => shifted(stay, days, 0),
        Delta::Departure(days) => shifted(stay, 0, days),
        Delta::Both(days) => shifted(stay, days, days),
    }
}

fn shifted(stay: Stay, arrival: i64, departure: i64) -> Option<Stay> {
    Stay::new(after(stay.check_in(), arrival)?, after(stay.check_out(), departure)?).ok()
}

fn after(day: Date, days: i64) -> Option<Date> {
    day.checked_add(days.days()).ok()
}

/// The day from which days without a month, weekdays and halves of a month are counted; `None` when the message says
/// when by itself.
fn anchor(text: &str, analysis: &Analysis, stay: Stay, context: &Context) -> Option<Date> {
    let list = &analysis.tokens.list;
    let departs = matches!(analysis.reading.dates, Dates::Departure(_));
    let day = if analysis.reading.dates == Dates::None {
        return None;
    } else if is_by_weekday(list) || names_bare_days(text) {
        let first = stay.check_in().first_of_month();
        let before = if is_by_weekday(list) { WEEKDAYS_BEFORE } else { DAYS_BEFORE };
        let near = after(stay.check_in(), -before)?;
        match (departs, is_by_weekday(list)) {
            (true, true) => stay.check_in(),
            (true, false) => after(stay.check_in(), 1)?,
            (false, true) => near,
            (false, false) => near.min(first),
        }
    } else if list.iter().any(|token| token.is(Term::Fortnight)) && !list.iter().any(|token| token.month > 0)
    {
        stay.check_in().first_of_month()
    } else {
        return None;
    };
    (day > context.today).then_some(day)
}

/// Whether the days are weekdays alone: "de jueves a domingo".
fn is_by_weekday(list: &[Token]) -> bool {
    const RELATIVE: TermSet = TermSet::of(&[
        Term::Today,
        Term::Tonight,
        Term::Tomorrow,
        Term::AfterTomorrow,
        Term::Week,
        Term::Weekend,
        Term::Carnival,
        Term::HolyWeek,
        Term::Christmas,
        Term::NewYear,
    ]);
    let named = |token: &Token| token.month > 0 || token.digits && token.width <= 2 || token.any(RELATIVE);
    list.iter().any(|token| token.weekday > 0 && token.ordinal.is_none()) && !list.iter().any(named)
}

/// "el finde siguiente", "o outro fim de semana", "the weekend after".
fn is_weekend_after(list: &[Token]) -> bool {
    const NEXT: TermSet = TermSet::of(&[Term::Coming, Term::Other, Term::After]);
    list.iter().enumerate().any(|(at, token)| {
        token.is(Term::Weekend)
            && list[at.saturating_sub(2)..(at + 4).min(list.len())].iter().any(|near| near.any(NEXT))
    })
}

/// "la semana siguiente, mismos días": no day is named.
fn is_week_after(list: &[Token]) -> bool {
    let dated =
        |token: &Token| token.weekday > 0 || token.month > 0 || token.digits || token.is(Term::Weekend);
    list.iter().any(|token| token.is(Term::Week) && token.is(Term::Coming)) && !list.iter().any(dated)
}

/// Arrival and departure of a reading, as far as they were said.
fn days(dates: &Dates, stay: Option<Stay>) -> (Option<Date>, Option<Date>) {
    match dates {
        Dates::None | Dates::Invalid => (None, None),
        Dates::Arrival(day) => (Some(*day), None),
        Dates::Departure(day) => (None, Some(*day)),
        Dates::Stay(stay) => (Some(stay.check_in), Some(stay.check_out)),
        Dates::Ambiguous(readings) => ambiguous(readings, stay),
    }
}

/// "Del 5 al 10" said of a stay that begins on the 5th moves it to the 10th; of another one it is a stay.
fn ambiguous(readings: &[DateReading], stay: Option<Stay>) -> (Option<Date>, Option<Date>) {
    if let (Some(stay), [whole, moved]) = (stay, readings)
        && whole.check_out.is_some()
        && whole.check_out == moved.check_in
        && moved.check_out.is_none()
    {
        let moves = whole.check_in == Some(stay.check_in());
        return if moves { (moved.check_in, None) } else { (whole.check_in, whole.check_out) };
    }
    // "Te puse del 8 al 10 y es del 9 al 11": the one in hand is taken back.
    if let (Some(stay), [_, _]) = (stay, readings) {
        let in_hand = |reading: &&DateReading| {
            reading.check_in == Some(stay.check_in()) && reading.check_out == Some(stay.check_out())
        };
        let mut others = readings.iter().filter(|reading| !in_hand(reading) && reading.check_out.is_some());
        if let (Some(other), None) = (others.next(), others.next()) {
            return (other.check_in, other.check_out);
        }
    }
    if let Some(preferred) = readings.iter().find(|reading| reading.preferred) {
        return (preferred.check_in, preferred.check_out);
    }
    let shared = |day: fn(&DateReading) -> Option<Date>| {
        let first = readings.first().and_then(day);
        first.filter(|_| readings.iter().all(|reading| day(reading) == first))
    };
    (shared(|reading| reading.check_in), shared(|reading| reading.check_out))
}

fn exactly(people: Option<Guests>) -> Option<u16> {
    match people {
        Some(Guests::Exactly(people)) => Some(people),
        Some(Guests::Between(..)) | None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understanding::holidays::HolidayCalendar;
    use crate::understanding::situation::Situation;
    use jiff::civil::date;

    /// Of a stay of four from Saturday 9 to Tuesday 12 January, on 24 November.
    fn changed(text: &str, stage: Stage) -> Option<(i8, i8, u16)> {
        let stay = Stay::new(date(2027, 1, 9), date(2027, 1, 12)).unwrap();
        let in_hand = InHand {
            situation: Situation { stage, stay: Some(stay), paid: false },
            arrival: Some(stay.check_in()),
            guests: Some(4),
            ..InHand::default()
        };
        let calendar = HolidayCalendar::argentina();
        let context = Context::of_text(date(2026, 11, 24), &calendar);
        let analysis = analyse(lexicon(), text, &context);
        let outcome = Outcome::changed(text, &analysis, &in_hand, &context)?;
        let (from, to) = (outcome.check_in?, outcome.check_out?);
        assert_eq!((from.year(), from.month(), to.month()), (2027, 1, 1), "{text}");
        Some((from.day(), to.day(), outcome.guests?))
    }

    #[test]
    fn a_difference_is_taken_from_the_stay_in_hand() {
        for (text, expected) in [
            ("una noche más", (9, 13, 4)),
            ("quiero agregar una noche", (9, 13, 4)),
            ("otra noche se podrá?", (9, 13, 4)),
            ("da pra ficar mais duas noites?", (9, 14, 4)),
            ("could we stay another night", (9, 13, 4)),
            ("una noche menos", (9, 11, 4)),
            ("llegamos un día después", (10, 12, 4)),
            ("nos vamos un día antes", (9, 11, 4)),
            ("en vez de 3 noches que sean 2", (9, 11, 4)),
            ("scrap the 3 nights, lets make it 4", (9, 13, 4)),
            ("drop the 3rd night, we have to fly home on the 11th", (9, 11, 4)),
            ("se suma mi cuñada", (9, 12, 5)),
            ("una persona más", (9, 12, 5)),
            ("uno menos", (9, 12, 3)),
            ("al final no viene mi suegra, quedamos 3", (9, 12, 3)),
            ("podemos correrla dos días?", (11, 14, 4)),
            ("la quería adelantar un día", (8, 11, 4)),
            ("push it back a week", (16, 19, 4)),
            ("can we leave a day later?", (9, 13, 4)),
            ("y si vamos con una amiga más?", (9, 12, 5)),
            ("sumale un bebé porfa", (9, 12, 5)),
            ("somos dos más de lo que te dije", (9, 12, 6)),
            ("make it five, my sister is joining", (9, 12, 5)),
            ("reservé para 4 pero va el bebé también", (9, 12, 5)),
            ("sacá a mi hermana y al marido", (9, 12, 2)),
            ("tira uma pessoa", (9, 12, 3)),
            ("queremos llegar un día antes, el mismo grupo", (8, 12, 4)),
            ("any chance of coming a day earlier?", (8, 12, 4)),
            ("corré todo una semana más tarde", (16, 19, 4)),
            ("una noche menos y arranco el domingo", (10, 12, 4)),
        ] {
            assert_eq!(changed(text, Stage::Confirmed), Some(expected), "{text}");
        }
    }

    #[test]
    fn days_without_a_month_are_those_near_the_stay() {
        for (text, expected) in [
            ("mejor del 14 al 17", (14, 17, 4)),
            ("el 12 mejor", (12, 15, 4)),
            ("hasta el jueves", (9, 14, 4)),
            ("arranco el 10 no el 9", (10, 12, 4)),
            ("no es el 9, es el 10", (10, 12, 4)),
            ("nos vamos el 13 y no el 12", (9, 13, 4)),
            ("pasarla al finde siguiente", (16, 19, 4)),
            ("no somos 4 sino 3", (9, 12, 3)),
            ("não vamos mais em 4, vamos em 5", (9, 12, 5)),
            ("te puse del 9 al 12 y es del 10 al 13", (10, 13, 4)),
            ("desculpa, não é dia 9, é dia 10, 2 noites", (10, 12, 4)),
            ("guardanos desde el domingo en vez del sábado", (10, 12, 4)),
            ("quero mudar pra semana seguinte, mesmos dias", (16, 19, 4)),
            ("mejor la segunda quincena, mi viejo no consigue los días", (16, 31, 4)),
        ] {
            assert_eq!(changed(text, Stage::Quoted), Some(expected), "{text}");
        }
    }

    #[test]
    fn who_is_here_has_arrived() {
        assert_eq!(changed("el martes nos quedamos, volvemos el jueves", Stage::InHouse), Some((9, 14, 4)));
    }
}
