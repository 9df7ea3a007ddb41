//! The owner's command about a guest's booking: which one, and the new dates of a move.

use super::booking_command::{BookingCommand, NewDates};
use super::reading::{Missing, Setting, code, read};
use super::words::{self, Word};
use super::{Command, Search};
use crate::domain::stay::Stay;
use crate::understanding::{DateReading, Dates, Expecting};
use jiff::civil::Date;

/// The command of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    Cancel,
    Move,
}

/// The action that a sentence names. "¿Qué pasa hoy?" moves nothing, and "cancelada" only describes.
pub(super) fn action(said: &[Word]) -> Option<Action> {
    verb(said).map(|(action, _)| action)
}

fn verb(said: &[Word]) -> Option<(Action, usize)> {
    /// Verb forms that order a move.
    const MOVES: [&str; 30] = [
        "pasa",
        "pasame",
        "pasala",
        "pasalo",
        "pasale",
        "pasar",
        "pasarla",
        "pasarlo",
        "move",
        "movela",
        "movelo",
        "movele",
        "moveme",
        "mover",
        "moverla",
        "mueve",
        "corre",
        "correla",
        "correlo",
        "correle",
        "correr",
        "cambia",
        "cambiala",
        "cambiale",
        "cambiame",
        "cambiar",
        "reprograma",
        "reprogramar",
        "traslada",
        "trasladar",
    ];
    let bare = |word: &str, stem: &str| word.starts_with(stem) && !word[stem.len()..].starts_with(['d', 'c']);
    let asked = |at: usize| at > 0 && matches!(said[at - 1].folded.as_str(), "que" | "no" | "me" | "se");
    for (at, word) in said.iter().enumerate() {
        let folded = word.folded.as_str();
        let off = bare(folded, "cancela") || bare(folded, "anula") || folded == "cancel";
        if off || (folded == "baja" && at > 0 && said[at - 1].folded == "de") {
            return Some((Action::Cancel, at));
        }
        if MOVES.contains(&folded) && !asked(at) {
            return Some((Action::Move, at));
        }
    }
    None
}

/// A cancellation or move of a booking, or its missing part.
pub(super) fn command(
    text: &str,
    said: &[Word],
    action: Action,
    setting: &Setting<'_>,
) -> Result<Command, Missing> {
    let (which, rest) = which(text, said, setting);
    let wish = match action {
        Action::Cancel => BookingCommand::Cancel { arriving: first_day(&rest, setting) },
        Action::Move => match which {
            // The guest is asked for first, whatever else is missing.
            None => return Err(Missing::Booking),
            Some(_) => BookingCommand::Move { to: new_dates(&rest, setting)? },
        },
    };
    which.map(|which| Command::Booking { which, wish }).ok_or(Missing::Booking)
}

/// The booking named, and the sentence without its name.
fn which(text: &str, said: &[Word], setting: &Setting<'_>) -> (Option<Search>, String) {
    if let Some((code, word)) =
        said.iter().find_map(|word| Some((code(text, std::slice::from_ref(word))?, word.clone())))
    {
        return (Some(Search::Code(code)), words::without(text, &[word]));
    }
    let name = name(text, said, setting);
    let search =
        name.first().zip(name.last()).map(|(first, last)| Search::Name(text[first.from..last.to].to_owned()));
    (search, words::without(text, name))
}

/// The words of a name: from the first word that is not part of the command to the dates or a reason.
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
    let begin = verb(said).map_or(0, |(_, at)| at + 1);
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
        && window.iter().any(|word| tells_a_day(&word.folded))
        && read(&text[word.from..last], setting, Some(Expecting::Dates)).dates != Dates::None
}

/// Whether this word, correctly spelt, belongs to a date.
fn tells_a_day(word: &str) -> bool {
    const DAYS: [&str; 26] = [
        "lunes",
        "martes",
        "miercoles",
        "jueves",
        "viernes",
        "sabado",
        "domingo",
        "finde",
        "fin",
        "feriado",
        "semana",
        "hoy",
        "manana",
        "pasado",
        "mes",
        "dia",
        "navidad",
        "ano",
        "once",
        "doce",
        "trece",
        "catorce",
        "quince",
        "primero",
        "carnaval",
        "pascuas",
    ];
    const TENS: [&str; 3] = ["dieci", "veint", "treinta"];
    word.starts_with(|c: char| c.is_ascii_digit())
        || DAYS.contains(&word)
        || TENS.iter().any(|ten| word.starts_with(ten))
        || words::month(word).is_some()
        || words::small_number(word).is_some()
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
        Dates::None => Err(Missing::NewDates),
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

/// "From the 5th to the 10th" as the guests' reader returns it: a whole stay, or an old day and a new one.
fn moved_away(readings: &[DateReading]) -> Option<(Date, Date)> {
    let [whole, moved] = readings else { return None };
    let (from, to) = whole.check_in.zip(whole.check_out)?;
    (moved.check_in == Some(to) && moved.check_out.is_none()).then_some((from, to))
}
