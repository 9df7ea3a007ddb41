//! The owner's command about a guest's booking: which one, and the new dates of a move.

use super::booking_command::{BookingCommand, NewDates};
use super::reading::{Missing, Setting, code, read};
use super::words::{self, Word};
use super::{Command, Search, named, quoted};
use crate::domain::ids::CabinId;
use crate::domain::payment::PaymentMethod;
use crate::domain::request::Off;
use crate::domain::stay::Stay;
use crate::understanding::{DateReading, Dates, Expecting, OwnerVerb};
use jiff::civil::Date;

/// The change of a booking that a sentence asks for, or its missing part.
pub(super) fn command(
    text: &str,
    said: &[Word],
    verb: OwnerVerb,
    setting: &Setting<'_>,
) -> Result<Command, Missing> {
    let (which, rest) = which(text, said, setting);
    // The guest is asked for first, whatever else is missing.
    let which = which.or_else(|| of_cabin(said, verb, &rest, setting)).ok_or(Missing::Booking)?;
    let wish = match verb {
        OwnerVerb::Confirm => BookingCommand::Confirm,
        OwnerVerb::PaymentReceived => {
            let has = |stem: &str| said.iter().any(|word| word.folded.starts_with(stem));
            let method =
                if has("efectivo") || has("billete") { PaymentMethod::Cash } else { PaymentMethod::Transfer };
            BookingCommand::Receive { amount: quoted::sum(text, said, setting), method }
        }
        OwnerVerb::Discount => {
            let percent = quoted::percent(text, said);
            let sum = quoted::sum(text, said, setting);
            let off = match percent.or_else(|| quoted::bare_percent(said).filter(|_| sum.is_none())) {
                Some(percent) => Off::Percent(percent),
                None => Off::Amount(sum.ok_or(Missing::Amount)?),
            };
            BookingCommand::Discount { off }
        }
        OwnerVerb::Move => {
            let cabin = match which {
                Search::Cabin { .. } => None,
                _ => to_cabin(said, setting),
            };
            let to = match new_dates(&rest, setting) {
                Err(Missing::NewDates) if cabin.is_some() => NewDates::Same,
                to => to?,
            };
            BookingCommand::Move { to, cabin }
        }
        _ => BookingCommand::Cancel { arriving: first_day(&rest, setting) },
    };
    Ok(Command::Booking { which, wish })
}

/// "La de la Lenga del 20": a booking by its cabin, when nobody is named. A move names where it goes.
fn of_cabin(said: &[Word], verb: OwnerVerb, rest: &str, setting: &Setting<'_>) -> Option<Search> {
    let cabins = named::cabins(said, setting).ok()?;
    let [cabin] = cabins.ids[..] else { return None };
    let day = first_day(rest, setting).filter(|_| verb != OwnerVerb::Move);
    (!cabins.words.is_empty()).then_some(Search::Cabin { cabin, day })
}

/// The cabin that a booking is moved to. Of two the one behind the last "a" or "para": "de Canelo a Lenga".
fn to_cabin(said: &[Word], setting: &Setting<'_>) -> Option<CabinId> {
    let one = |said: &[Word]| match named::cabins(said, setting).ok()?.ids[..] {
        [cabin] => Some(cabin),
        _ => None,
    };
    one(said).or_else(|| {
        let leads = |word: &Word| matches!(word.folded.as_str(), "a" | "para");
        one(&said[said.iter().rposition(leads)?..])
    })
}

/// The booking named, and the sentence without its name.
fn which(text: &str, said: &[Word], setting: &Setting<'_>) -> (Option<Search>, String) {
    if let Some((code, word)) =
        said.iter().find_map(|word| Some((code(text, std::slice::from_ref(word))?, word.clone())))
    {
        return (Some(Search::Code(code)), words::without(text, &[word]));
    }
    let known = named::guest(text, said, setting);
    let cabins = named::cabins(said, setting).unwrap_or_default().words;
    let name = if known.is_empty() { name(text, said, setting) } else { known };
    let name = if name.iter().any(|word| cabins.contains(word)) { &[] } else { name };
    let search =
        name.first().zip(name.last()).map(|(first, last)| Search::Name(text[first.from..last.to].to_owned()));
    (search, words::without(text, name))
}

/// The words of a name that the house does not know: from the first word that is not part of the command to the dates or a reason.
fn name<'w>(text: &str, said: &'w [Word], setting: &Setting<'_>) -> &'w [Word] {
    /// Words of the command that stand before a name.
    const AROUND: [&str; 24] = [
        "a", "al", "de", "del", "la", "las", "lo", "los", "el", "le", "me", "reserva", "reservas", "estadia",
        "fecha", "fechas", "por", "favor", "porfa", "noches", "si", "sra", "sr", "con",
    ];
    /// Words that end a name.
    const ENDS: [&str; 13] = [
        "por", "porfa", "porque", "porfavor", "gracias", "que", "y", "desde", "hasta", "para", "cabana",
        "ya", "dale",
    ];
    /// Beginnings of the verbs behind which a name stands.
    const VERBS: [&str; 14] = [
        "cancel",
        "anul",
        "mov",
        "muev",
        "pas",
        "corr",
        "cambi",
        "reprogram",
        "traslad",
        "confirm",
        "baja",
        "cobr",
        "descuento",
        "hace",
    ];
    let verb = |word: &Word| VERBS.iter().any(|verb| word.folded.starts_with(verb));
    let begin = said.iter().position(verb).map_or(0, |at| at + 1);
    let is_date = |at: usize| begins_dates(text, said, at, setting);
    let is_around = |word: &Word| AROUND.contains(&word.folded.as_str());
    let mut from = begin;
    while from < said.len() && is_around(&said[from]) && !is_date(from) {
        from += 1;
    }
    let ends = |at: usize| ENDS.contains(&said[at].folded.as_str()) || is_date(at);
    let mut to = (from..said.len()).find(|at| ends(*at)).unwrap_or(said.len());
    // "Mové la de Ana a la del medio": words of the command behind a name are cut off.
    while to > from && is_around(&said[to - 1]) {
        to -= 1;
    }
    &said[from..to]
}

/// Whether dates begin at this word: one of the next three words is a word of dates, and they can be read as
/// dates. The reader forgives misspellings, so that alone it takes "Marta" for a Tuesday.
fn begins_dates(text: &str, said: &[Word], at: usize, setting: &Setting<'_>) -> bool {
    /// Words that may open a date; other words of a name are not even read.
    const OPENS: [&str; 14] = [
        "a", "al", "de", "del", "desde", "hasta", "para", "el", "este", "entre", "hoy", "manana", "pasado",
        "dos",
    ];
    const WINDOW: usize = 3;
    let word = &said[at];
    if word.folded.starts_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    let window = &said[at..(at + WINDOW).min(said.len())];
    let last = window.last().map_or(word.to, |last| last.to);
    OPENS.contains(&word.folded.as_str())
        && window.iter().any(|word| words::tells_a_day(&word.folded))
        && read(&text[word.from..last], setting, Some(Expecting::Dates)).dates != Dates::None
}

/// The day that tells a booking from another of the same guest.
fn first_day(rest: &str, setting: &Setting<'_>) -> Option<Date> {
    match read(rest, setting, Some(Expecting::Dates)).dates {
        Dates::Arrival(day) => Some(day),
        Dates::Stay(stay) => Some(stay.check_in),
        Dates::None | Dates::Departure(_) | Dates::Ambiguous(_) | Dates::Invalid => None,
    }
}

fn new_dates(rest: &str, setting: &Setting<'_>) -> Result<NewDates, Missing> {
    let reading = read(rest, setting, Some(Expecting::Dates));
    let span = |from: Date, to: Date| {
        Stay::new(from, to).map(|stay| NewDates::Span { stay }).map_err(|_| Missing::BadDates)
    };
    match reading.dates {
        Dates::None => said_by_difference(&words::split(rest)).ok_or(Missing::NewDates),
        Dates::Invalid => Err(Missing::BadDates),
        Dates::Arrival(arrival) => Ok(NewDates::From { arrival, nights: reading.nights }),
        Dates::Departure(departure) => Ok(NewDates::Until { departure }),
        // "Desde el 10 por 3 noches" is a whole stay, independent of the booking's dates.
        Dates::Stay(stay) if reading.nights.is_some() => {
            Ok(NewDates::From { arrival: stay.check_in, nights: reading.nights })
        }
        Dates::Stay(stay) => span(stay.check_in, stay.check_out),
        Dates::Ambiguous(readings) => {
            moved_away(&readings).map_or(Err(Missing::NewDates), |(a, b)| span(a, b))
        }
    }
}

/// "Una noche más", "llega un día antes", "solo dos noches", "una semana para adelante": against the booking's own dates.
fn said_by_difference(said: &[Word]) -> Option<NewDates> {
    let word = |at: usize| said.get(at).map_or("", |word| word.folded.as_str());
    let begins =
        |stems: &[&str]| said.iter().any(|word| stems.iter().any(|stem| word.folded.starts_with(stem)));
    if said.windows(2).any(|pair| pair[0].folded == "semana" && pair[1].folded == "siguiente") {
        return Some(NewDates::Later { arrival: 7, departure: 7 });
    }
    let unit = |word: &str| match word {
        "noche" | "noches" | "dia" | "dias" | "nochecita" | "diita" => Some(1),
        "semana" | "semanas" => Some(7),
        _ => None,
    };
    let (at, days) = (1..said.len()).find_map(|at| {
        let number = if word(at - 1) == "un" { Some(1) } else { words::small_number(word(at - 1)) };
        let days = number.filter(|number| *number <= 60)? * unit(word(at))?;
        Some((at, i16::try_from(days).ok()?))
    })?;
    let nights = u16::try_from(days).ok()?;
    let (before, after) = (at.checked_sub(2).map_or("", word), word(at + 1));
    let later = |arrival: i16, departure: i16| Some(NewDates::Later { arrival, departure });
    let arrives = begins(&["lleg", "vien", "entr", "ven", "cae"]);
    let leaves = begins(&["va", "vuelv", "sal", "deja"]);
    let moves = begins(&["corr", "mov", "muev", "pas", "traslad", "adelant", "atras", "posterg", "cambi"]);
    match after {
        "mas" | "extra" if word(at + 2) != "tarde" => later(0, days),
        "menos" => later(0, -days),
        "antes" if leaves && !arrives => later(0, -days),
        "antes" if arrives && !moves => later(-days, 0),
        "antes" | "atras" => later(-days, -days),
        "despues" | "mas" if leaves && !arrives => later(0, days),
        "despues" | "mas" if arrives && !moves => later(days, 0),
        "despues" | "mas" | "adelante" => later(days, days),
        "para" | "hacia" if word(at + 2) == "adelante" => later(days, days),
        "para" | "hacia" if word(at + 2) == "atras" => later(-days, -days),
        "en" if matches!(word(at + 2), "vez" | "lugar" | "total") => Some(NewDates::Nights { nights }),
        _ if matches!(before, "solo" | "solamente" | "unicamente") => Some(NewDates::Nights { nights }),
        _ if matches!(before, "mas" | "otra" | "otras")
            || begins(&["alarg", "prolong", "agreg", "exten", "sum"]) =>
        {
            later(0, days)
        }
        _ => None,
    }
}

/// "From the 5th to the 10th" as the guests' reader returns it: a whole stay, or an old day and a new one.
fn moved_away(readings: &[DateReading]) -> Option<(Date, Date)> {
    let [whole, moved] = readings else { return None };
    let (from, to) = whole.check_in.zip(whole.check_out)?;
    (moved.check_in == Some(to) && moved.check_out.is_none()).then_some((from, to))
}
