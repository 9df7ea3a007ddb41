//! Parses the owner's words into a command. The verb is found first, then the cabin; the rest of the sentence is
//! read for its dates by the guests' reader.

use super::booking;
use super::reading::{Missing, Setting, code, read};
use super::words::{self, Word};
use super::{Command, Days, Search};
use crate::domain::cabin::Cabin;
use crate::domain::ids::CabinId;
use crate::domain::stay::Stay;
use crate::understanding::{self, Dates, Expecting};
use jiff::ToSpan;
use jiff::civil::Date;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parsed {
    Command(Command),
    /// A missing or ambiguous part.
    Missing(Missing),
    Yes,
    No,
    /// No known command.
    Unclear,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Block,
    Unblock,
    Arrives,
    Leaves,
    Occupancy,
    Available,
    Bookings,
    Pending,
    TakeOver,
    HandBack,
    Help,
}

/// Word stems of each verb; the first match wins. "Desbloqueá" stands before "bloqueá", and arrivals before free
/// cabins: "quién entra" does not ask for a free cabin.
const VERBS: [(Verb, &[&str]); 11] = [
    (Verb::Unblock, &["desbloque", "reabr", "liber", "desmarc"]),
    (Verb::Block, &["bloque", "cerra", "cerrame", "cierr"]),
    (Verb::HandBack, &["devolv", "solta", "segui", "contestale", "respondele"]),
    (Verb::TakeOver, &["tomo", "atiendo", "contesto", "respondo", "encargo", "dejame"]),
    (Verb::Pending, &["pendiente", "decidir", "resolver", "atencion"]),
    (Verb::Occupancy, &["ocupacion", "ocupad", "lleno", "llena", "facturacion"]),
    (Verb::Arrives, &["llega", "entra", "ingresa", "ingreso", "checkin", "viene"]),
    (Verb::Leaves, &["sale", "salida", "salen", "van", "va", "retira", "checkout", "egres"]),
    (Verb::Available, &["libre", "disponib", "lugar", "hueco"]),
    (Verb::Bookings, &["reserva", "busca", "codigo"]),
    (Verb::Help, &["ayuda", "help", "comando", "hola", "opciones", "menu"]),
];

/// Parses one message of the owner.
pub fn understand(text: &str, setting: &Setting<'_>) -> Parsed {
    let said = words::split(text);
    let closes = said.iter().any(|word| word.folded.contains("bloque"));
    match booking::action(&said) {
        // "Cancelá el bloqueo": a block of ours, not a guest's booking.
        Some(booking::Action::Cancel) if closes => {
            return unblock(text, &said, setting).map_or_else(Parsed::Missing, Parsed::Command);
        }
        Some(booking::Action::Cancel) if is_refusal(&said) => return Parsed::No,
        Some(action) if !closes => {
            let command = booking::command(text, &said, action, setting);
            return command.map_or_else(Parsed::Missing, Parsed::Command);
        }
        Some(_) | None => {}
    }
    let Some(verb) = verb(&said) else { return without_verb(text, &said, setting) };
    let command = match verb {
        Verb::Block => block(text, &said, setting),
        Verb::Unblock => unblock(text, &said, setting),
        Verb::Arrives => days(text, setting).map(Command::WhoArrives),
        Verb::Leaves => days(text, setting).map(Command::WhoLeaves),
        Verb::Occupancy => month_of(text, &said, setting).map(Command::Occupancy),
        Verb::Available => nights(text, setting)
            .and_then(|found| found.map(|stay| Command::Availability { stay }).ok_or(Missing::Dates)),
        Verb::Bookings => Ok(Command::Bookings(search(text, &said))),
        Verb::Pending => Ok(Command::Pending),
        Verb::TakeOver => guest(text, &said).map(|guest| Command::TakeOver { guest }),
        Verb::HandBack => guest(text, &said).map(|guest| Command::HandBack { guest }),
        Verb::Help => Ok(Command::Help),
    };
    command.map_or_else(Parsed::Missing, Parsed::Command)
}

fn verb(said: &[Word]) -> Option<Verb> {
    let whole = |word: &Word, start: &&str| match start.len() {
        // Short entries are words, not stems: "va" is not "vale".
        ..=3 => word.folded == **start,
        _ => word.folded.starts_with(*start),
    };
    let check = said.windows(2).find(|pair| pair[0].folded == "check").map(|pair| pair[1].folded.as_str());
    match check {
        Some("in") => return Some(Verb::Arrives),
        Some("out") => return Some(Verb::Leaves),
        _ => {}
    }
    let found =
        VERBS.iter().find(|(_, starts)| said.iter().any(|word| starts.iter().any(|s| whole(word, s))));
    found.map(|(verb, _)| *verb)
}

/// "No, cancelá": a no to the last question, since it names nothing.
fn is_refusal(said: &[Word]) -> bool {
    let names_nothing = |word: &Word| {
        word.folded.starts_with("cancel")
            || matches!(word.folded.as_str(), "no" | "mejor" | "eso" | "ya" | "che")
    };
    said.iter().all(names_nothing)
}

/// A sentence without any known verb: a yes, a no, a code alone, "¿qué tengo?".
fn without_verb(text: &str, said: &[Word], setting: &Setting<'_>) -> Parsed {
    if let Some(code) = code(text, said) {
        return Parsed::Command(Command::Bookings(Search::Code(code)));
    }
    let reading = read(text, setting, Some(Expecting::Confirmation));
    match reading.intent {
        understanding::Intent::Accept if reading.dates == Dates::None => Parsed::Yes,
        understanding::Intent::Reject | understanding::Intent::Cancel if reading.dates == Dates::None => {
            Parsed::No
        }
        _ => Parsed::Unclear,
    }
}

fn block(text: &str, said: &[Word], setting: &Setting<'_>) -> Result<Command, Missing> {
    let (cabin, named) = cabin(said, setting.cabins)?;
    let (reason, taken) = reason(text, said, setting);
    let rest = words::without(text, &in_order(named, taken));
    let stay = nights(&rest, setting)?.ok_or(Missing::Dates)?;
    Ok(Command::Block { cabin, stay, reason })
}

fn unblock(text: &str, said: &[Word], setting: &Setting<'_>) -> Result<Command, Missing> {
    let (cabin, named) = cabin(said, setting.cabins)?;
    let stay = nights(&words::without(text, &named), setting)?;
    Ok(Command::Unblock { cabin, stay })
}

/// The cabin named, and the words that name it. A number is first looked for in the names: with a "Cabaña 3", "la
/// 3" is that one, and only otherwise the third of the list.
fn cabin(said: &[Word], cabins: &[Cabin]) -> Result<(CabinId, Vec<Word>), Missing> {
    let all = || cabins.iter().map(|cabin| cabin.name.clone()).collect();
    if let Some((number, words)) = number(said) {
        let bears = |cabin: &&Cabin| {
            words::fold(&cabin.name).iter().any(|part| words::small_number(part) == Some(number))
        };
        let position = if number == usize::MAX { cabins.len() } else { number };
        let found = cabins.iter().find(bears).or_else(|| cabins.get(position.wrapping_sub(1)));
        return found.map(|cabin| (cabin.id, words)).ok_or_else(|| Missing::Cabin(all()));
    }
    let fits: Vec<(&Cabin, Vec<Word>)> =
        cabins.iter().filter_map(|cabin| Some((cabin, named(cabin, said)?))).collect();
    let most = fits.iter().map(|(_, words)| words.len()).max().unwrap_or(0);
    let best: Vec<_> = fits.into_iter().filter(|(_, words)| words.len() == most).collect();
    match best.as_slice() {
        [(cabin, words)] => Ok((cabin.id, words.clone())),
        [] if cabins.len() == 1 => Ok((cabins[0].id, Vec::new())),
        [] => Err(Missing::Cabin(all())),
        several => Err(Missing::Cabin(several.iter().map(|(cabin, _)| cabin.name.clone()).collect())),
    }
}

/// The words of the message that belong to a cabin's name; `None` when no distinctive one is there.
fn named(cabin: &Cabin, said: &[Word]) -> Option<Vec<Word>> {
    /// Words common to many cabins' names.
    const COMMON: [&str; 14] = [
        "la", "el", "los", "las", "de", "del", "y", "cabana", "cabanas", "casa", "casita", "depto", "al",
        "lo",
    ];
    let name: Vec<String> =
        words::fold(&cabin.name).into_iter().filter(|part| !COMMON.contains(&part.as_str())).collect();
    let found: Vec<Word> = said.iter().filter(|word| name.contains(&word.folded)).cloned().collect();
    (!found.is_empty()).then_some(found)
}

/// "la 3", "cabaña tres", "la tercera": the number and its words.
fn number(said: &[Word]) -> Option<(usize, Vec<Word>)> {
    let leads =
        |word: &Word| matches!(word.folded.as_str(), "la" | "cabana" | "numero" | "nro" | "n" | "casa");
    let at = said.windows(2).position(|pair| {
        leads(&pair[0]) && pair[1].folded != "una" && words::small_number(&pair[1].folded).is_some()
    })?;
    let number = words::small_number(&said[at + 1].folded)?;
    Some((number, said[at..=at + 1].to_vec()))
}

/// "por pintura": the reason in the owner's own spelling, with its words. Not "por tres noches".
fn reason(text: &str, said: &[Word], setting: &Setting<'_>) -> (String, Vec<Word>) {
    let none = (String::new(), Vec::new());
    let Some(at) = said.iter().position(|word| matches!(word.folded.as_str(), "por" | "porque")) else {
        return none;
    };
    let ends = |word: &Word| {
        matches!(word.folded.as_str(), "del" | "desde" | "hasta" | "entre" | "hoy" | "manana" | "este" | "el")
            || word.folded.starts_with(|c: char| c.is_ascii_digit())
    };
    let length = said[at + 1..].iter().position(ends).unwrap_or(said.len() - at - 1);
    let taken = said[at..=at + length].to_vec();
    let (Some(first), Some(last)) = (said.get(at + 1), taken.last()) else { return none };
    if length == 0 {
        return none;
    }
    let words = text[first.from..last.to].to_owned();
    let reading = read(&words, setting, None);
    if reading.dates != Dates::None || reading.nights.is_some() { none } else { (words, taken) }
}

/// The nights of a sentence. One day alone means its night; no day is `None`.
fn nights(text: &str, setting: &Setting<'_>) -> Result<Option<Stay>, Missing> {
    let reading = read(text, setting, Some(Expecting::Dates));
    let stay = |from: Date, to: Date| Stay::new(from, to).map_err(|_| Missing::BadDates);
    let days = |nights: u16| i64::from(nights).days();
    match reading.dates {
        Dates::None => Ok(None),
        Dates::Invalid => Err(Missing::BadDates),
        Dates::Stay(found) => stay(found.check_in, found.check_out).map(Some),
        Dates::Arrival(day) => {
            stay(day, day.saturating_add(days(reading.nights.unwrap_or(1).max(1)))).map(Some)
        }
        Dates::Departure(_) => Err(Missing::Dates),
        Dates::Ambiguous(readings) => {
            let whole =
                |reading: understanding::DateReading| Stay::new(reading.check_in?, reading.check_out?).ok();
            let stays: Vec<Stay> = readings.into_iter().filter_map(whole).collect();
            Err(if stays.len() < 2 { Missing::Dates } else { Missing::WhichDates(stays) })
        }
    }
}

/// The days of a question about arrivals and departures; today when it names none.
fn days(text: &str, setting: &Setting<'_>) -> Result<Days, Missing> {
    let one = |day| Days { from: day, to: day };
    match read(text, setting, Some(Expecting::Dates)).dates {
        Dates::None => Ok(one(setting.today)),
        Dates::Arrival(day) | Dates::Departure(day) => Ok(one(day)),
        Dates::Stay(stay) => Ok(Days { from: stay.check_in, to: stay.check_out }),
        Dates::Ambiguous(_) => Err(Missing::Dates),
        Dates::Invalid => Err(Missing::BadDates),
    }
}

/// The nights of the month named: this one, the next, the last, or the nearest of that name. A range of days is
/// taken as it is.
fn month_of(text: &str, said: &[Word], setting: &Setting<'_>) -> Result<Stay, Missing> {
    let has = |sought: &str| said.iter().any(|word| word.folded == sought);
    let named = said.iter().find_map(|word| words::month(&word.folded));
    let year =
        said.iter().find_map(|word| word.folded.parse::<i16>().ok().filter(|y| (2000..2100).contains(y)));
    let day_said = said.iter().any(|word| word.folded.len() <= 2 && word.folded.parse::<u8>().is_ok());
    let first = setting.today.first_of_month();
    let begins = match named {
        Some(_) if day_said => None,
        Some(month) => Some(nearest(first, month, year)),
        None if has("proximo") || (has("viene") && has("mes")) => Some(first.saturating_add(1.month())),
        None if has("pasado") => Some(first.saturating_sub(1.month())),
        None if has("mes") => Some(first),
        None => None,
    };
    let whole =
        |first: Date| Stay::new(first, first.saturating_add(1.month())).map_err(|_| Missing::BadDates);
    match begins {
        Some(first) => whole(first),
        None => nights(text, setting)?.map_or_else(|| whole(first), Ok),
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

/// "reserva K7M2QX", "reservas de Quiroga", "reservas".
fn search(text: &str, said: &[Word]) -> Search {
    /// Words around a name that are not part of it.
    const AROUND: [&str; 22] = [
        "de", "del", "la", "las", "los", "el", "a", "me", "mostra", "mostrame", "busca", "buscame", "buscar",
        "reserva", "reservas", "codigo", "que", "hay", "tiene", "ver", "proximas", "decime",
    ];
    if let Some(code) = code(text, said) {
        return Search::Code(code);
    }
    let name: Vec<&Word> = said.iter().filter(|word| !AROUND.contains(&word.folded.as_str())).collect();
    match (name.first(), name.last()) {
        (Some(first), Some(last)) => Search::Name(text[first.from..last.to].to_owned()),
        _ => Search::Next,
    }
}

/// The guest named: the words after the last "a", "con", "de" or "al".
fn guest(text: &str, said: &[Word]) -> Result<String, Missing> {
    let leads = |word: &Word| matches!(word.folded.as_str(), "a" | "con" | "de" | "al" | "le" | "vos");
    let after = said.iter().rposition(leads).map_or(said.len(), |at| at + 1);
    let name = said.get(after).zip(said.last());
    name.map(|(first, last)| text[first.from..last.to].to_owned()).ok_or(Missing::Guest)
}

fn in_order(mut named: Vec<Word>, taken: Vec<Word>) -> Vec<Word> {
    named.extend(taken);
    named.sort_by_key(|word| word.from);
    named
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
