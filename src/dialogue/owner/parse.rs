//! Parses the owner's words into a command. The verb is found first, then the cabins and the guest; the rest of the
//! sentence is read for its dates by the guests' reader.

mod new_booking;

use super::reading::{Missing, Setting, code, read};
use super::words::{self, Word};
use super::{Command, Search, booking, days, named, quoted, shorthand};
use crate::domain::rates::RateChange;
use crate::understanding::{self, Dates, OwnerAnswer, OwnerVerb, owner_verb};
use std::borrow::Cow;

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

/// One message with what it names.
struct Sentence<'a> {
    text: &'a str,
    said: Vec<Word>,
    setting: &'a Setting<'a>,
}

/// Parses one message of the owner.
pub fn understand(text: &str, setting: &Setting<'_>) -> Parsed {
    let text = without_shouting(text);
    let text = &shorthand::spelt_out(&text);
    let said = words::split(text);
    let sentence = Sentence { text, said, setting };
    let told = sentence.without_names();
    let verb = match owner_verb(&told).filter(|_| says_more_than_names(&told)) {
        None => return without_verb(&sentence, &told),
        // A booking that has a code is not written down anew.
        Some(OwnerVerb::NewBooking) if code(text, &sentence.said).is_some() => OwnerVerb::Find,
        // Of a booking it says how long it becomes: nobody's stay has a minimum of nights.
        Some(OwnerVerb::MinNights)
            if told.contains("{guest}")
                && !sentence.said.iter().any(|word| word.folded.starts_with("minim")) =>
        {
            OwnerVerb::Move
        }
        Some(verb) if sentence.tells_nothing(verb) => return without_verb(&sentence, &told),
        Some(verb) => verb,
    };
    match sentence.answer(verb) {
        Some(answer) => answer,
        None => sentence.command(verb).map_or_else(Parsed::Missing, Parsed::Command),
    }
}

/// Whether a message has a word that is no name and no article: names alone answer a question.
fn says_more_than_names(told: &str) -> bool {
    const BESIDE: [&str; 10] = ["la", "el", "los", "las", "lo", "de", "en", "a", "y", "con"];
    let plain = told.replace("{cabin}", " ").replace("{guest}", " ");
    words::split(&plain).iter().any(|word| !BESIDE.contains(&word.folded.as_str()))
}

/// A message in capitals alone in small letters: there they tell no name.
fn without_shouting(text: &str) -> Cow<'_, str> {
    let is_code = |word: &str| word.chars().any(|c| c.is_ascii_digit());
    let shouts = text.split_whitespace().filter(|word| !is_code(word)).count() > 2
        && !text.chars().any(char::is_lowercase);
    if !shouts {
        return Cow::Borrowed(text);
    }
    let quieter = |word: &str| if is_code(word) { word.to_owned() } else { word.to_lowercase() };
    Cow::Owned(text.split_whitespace().map(quieter).collect::<Vec<_>>().join(" "))
}

/// A sentence without any known verb: a yes, a no, a code or a guest alone.
fn without_verb(sentence: &Sentence<'_>, told: &str) -> Parsed {
    let Sentence { text, setting, .. } = *sentence;
    let said = sentence.said.as_slice();
    if let Some(code) = code(text, said) {
        return Parsed::Command(Command::Bookings(Search::Code(code)));
    }
    /// Most words of an answer: longer ones tell something.
    const ANSWER_WORDS_MAX: usize = 5;
    /// A word of a yes, a word of a no.
    const YES: [&str; 13] = [
        "si", "see", "sip", "sisi", "dale", "ok", "okey", "okis", "obvio", "claro", "listo", "perfecto",
        "metele",
    ];
    let names_nobody = named::guest(text, said, setting).is_empty();
    let short = said.len() <= ANSWER_WORDS_MAX && names_nobody;
    let has = |of: &[&str]| said.iter().any(|word| of.contains(&word.folded.as_str()));
    match (has(&YES), has(&["no", "nop", "nada"])) {
        (true, false) if short => return Parsed::Yes,
        (false, true) if short && said[0].folded == "no" => return Parsed::No,
        // "No no dejá no hagas nada".
        (false, true)
            if names_nobody && said.len() > 1 && said[..2].iter().all(|word| word.folded == "no") =>
        {
            return Parsed::No;
        }
        (_, said_no) => match understanding::owner_answer(told) {
            Some(OwnerAnswer::Yes) if !said_no && names_nobody => return Parsed::Yes,
            Some(OwnerAnswer::No) if names_nobody => return Parsed::No,
            Some(OwnerAnswer::None) if said.len() > 1 => return unnamed(text, said, setting),
            _ => {}
        },
    }
    if days::only(text, said, setting) {
        // "Hoy", "el finde": who comes then.
        return days::days(text, setting)
            .map_or_else(Parsed::Missing, |days| Parsed::Command(Command::WhoArrives(days)));
    }
    // A cabin's name is no word of an answer.
    let named = named::named_cabins(said, setting);
    let answer = words::without(text, &named);
    let reading = read(&answer, setting, Some(understanding::Expecting::Confirmation));
    match reading.intent {
        _ if answer.trim().is_empty() => Parsed::Unclear,
        _ if said.len() > ANSWER_WORDS_MAX || !names_nobody => unnamed(text, said, setting),
        understanding::Intent::Accept if reading.dates == Dates::None => Parsed::Yes,
        understanding::Intent::Reject | understanding::Intent::Cancel if reading.dates == Dates::None => {
            Parsed::No
        }
        _ => unnamed(text, said, setting),
    }
}

/// "Ñire del 3 al 8 de enero, familia Oviedo": a cabin, days and who comes are a booking without its verb.
fn unnamed(text: &str, said: &[Word], setting: &Setting<'_>) -> Parsed {
    let sentence = Sentence { text, said: said.to_vec(), setting };
    match sentence.new_booking() {
        Ok(Command::NewBooking(new)) if !new.guest.is_empty() => Parsed::Command(Command::NewBooking(new)),
        _ => Parsed::Unclear,
    }
}

impl Sentence<'_> {
    /// "No, cancelá", "sí, bloqueala", "confirmo": an answer to the last question, since it names nothing.
    fn answer(&self, verb: OwnerVerb) -> Option<Parsed> {
        const YES: [&str; 8] = ["si", "dale", "ok", "obvio", "claro", "bueno", "listo", "perfecto"];
        const FILLERS: [&str; 20] = [
            "mejor", "eso", "ya", "che", "por", "favor", "porfa", "nomas", "la", "tal", "cual", "asi",
            "gracias", "muchas", "esta", "bien", "hacelo", "mandale", "nena", "querido",
        ];
        let word = |at: usize| self.said.get(at).map_or("", |word| word.folded.as_str());
        let short = |of: &[&str]| {
            self.said.iter().all(|word| {
                of.iter().any(|stem| word.folded.starts_with(stem)) || FILLERS.contains(&word.folded.as_str())
            })
        };
        if short(&["no", "cancel", "deja"]) && verb == OwnerVerb::Cancel {
            return Some(Parsed::No);
        }
        let names_nothing = self.said.len() <= 3
            && self.cabins().is_ok_and(|cabins| cabins.ids.is_empty())
            && named::guest(self.text, &self.said, self.setting).is_empty();
        if YES.contains(&word(0)) && self.said[1..].iter().all(|word| FILLERS.contains(&word.folded.as_str()))
        {
            return Some(Parsed::Yes);
        }
        let yes = YES.contains(&word(0)) && self.said.len() > 1
            || short(&["confirm"]) && verb == OwnerVerb::Confirm;
        (yes && names_nothing).then_some(Parsed::Yes)
    }

    /// "Me llamó Rocío, un amor": words of a booking without a cabin and without days.
    fn tells_nothing(&self, verb: OwnerVerb) -> bool {
        verb == OwnerVerb::NewBooking
            && !self.said.iter().any(|word| word.folded.starts_with("reserv"))
            && self.cabins().is_ok_and(|cabins| cabins.ids.is_empty())
            && days::nights(&self.rest(), self.setting).is_ok_and(|stay| stay.is_none())
    }

    fn command(&self, verb: OwnerVerb) -> Result<Command, Missing> {
        let Sentence { text, said, setting } = self;
        Ok(match verb {
            OwnerVerb::Undo => Command::Undo,
            OwnerVerb::Help => Command::Help,
            OwnerVerb::Pending => Command::Pending,
            OwnerVerb::Questions => Command::Questions(days::days_past(text, setting)?),
            // "Van a 60.000 del 3 al 8": nights with a price are sold.
            OwnerVerb::Block if quoted::sum(text, said, setting).is_some() => self.set_price()?,
            OwnerVerb::Block => self.block()?,
            OwnerVerb::Unblock => self.unblock()?,
            OwnerVerb::Cleaning => Command::Cleaning(days::day(&self.rest(), setting)?),
            OwnerVerb::Debts => Command::Debts,
            OwnerVerb::Income => Command::Income(days::money_days(text, said, setting)?),
            OwnerVerb::Occupancy => Command::Occupancy(days::month_of(text, said, setting)?),
            OwnerVerb::Arrivals => Command::WhoArrives(days::days(&self.rest(), setting)?),
            OwnerVerb::Departures => Command::WhoLeaves(days::days(&self.rest(), setting)?),
            OwnerVerb::InHouse => Command::InHouse,
            OwnerVerb::Free => self.free()?,
            OwnerVerb::Price => self.price()?,
            OwnerVerb::SetPrice => self.set_price()?,
            OwnerVerb::MinNights => self.min_nights()?,
            OwnerVerb::Pause => Command::Pause { until: days::until(text, setting)? },
            OwnerVerb::Resume => Command::Resume,
            OwnerVerb::Teach => {
                let (topic, words) = quoted::answer(text, said, setting)?;
                Command::Teach { topic, words }
            }
            OwnerVerb::Tell => self.tell()?,
            OwnerVerb::SendLocation => Command::SendLocation { guest: self.guest()? },
            OwnerVerb::TakeOver => Command::TakeOver { guest: self.guest()? },
            OwnerVerb::HandBack => Command::HandBack { guest: self.guest()? },
            OwnerVerb::NewBooking => self.new_booking()?,
            OwnerVerb::Find => self.find()?,
            OwnerVerb::PaymentReceived
            | OwnerVerb::Confirm
            | OwnerVerb::Move
            | OwnerVerb::Cancel
            | OwnerVerb::Discount => booking::command(text, said, verb, setting)?,
        })
    }

    /// The message as the sayings have it.
    fn without_names(&self) -> String {
        let coded = |word: &&Word| code(self.text, std::slice::from_ref(*word)).is_some();
        let codes: Vec<Word> = self.said.iter().filter(coded).cloned().collect();
        let guest = named::guest(self.text, &self.said, self.setting);
        let guest = if guest.is_empty() { &codes } else { guest };
        let text = words::marked(self.text, guest, "{guest}");
        let said = words::split(&text);
        let cabins = named::named_cabins(&said, self.setting);
        words::marked(&text, &cabins, "{cabin}")
    }

    fn every_cabin(&self) -> named::Cabins {
        let ids = self.setting.cabins.iter().map(|cabin| cabin.id).collect();
        named::Cabins { ids, words: Vec::new() }
    }

    fn cabins(&self) -> Result<named::Cabins, Missing> {
        named::cabins(&self.said, self.setting)
    }

    /// The sentence without the names in it.
    fn rest(&self) -> String {
        let cabins = self.cabins().unwrap_or_default().words;
        let guest = named::guest(self.text, &self.said, self.setting);
        words::without(self.text, &words::in_order(cabins, guest.to_vec()))
    }

    fn block(&self) -> Result<Command, Missing> {
        let cabins = match self.cabins()? {
            none if none.ids.is_empty() && named::says_nobody(&self.said) => self.every_cabin(),
            _ => named::some_cabins(&self.said, self.setting)?,
        };
        let (reason, taken) = quoted::reason(self.text, &self.said, self.setting);
        let rest = words::without(self.text, &words::in_order(cabins.words, taken));
        let stay = days::nights(&rest, self.setting)?.ok_or(Missing::Dates)?;
        Ok(Command::Block { cabins: cabins.ids, stay, reason })
    }

    fn unblock(&self) -> Result<Command, Missing> {
        let found = self.cabins()?;
        let stay = days::nights(&words::without(self.text, &found.words), self.setting)?;
        // Days alone name what is closed on them.
        let cabins = match stay {
            Some(_) if found.ids.is_empty() => self.every_cabin(),
            _ => named::some_cabins(&self.said, self.setting)?,
        };
        Ok(Command::Unblock { cabins: cabins.ids, stay })
    }

    fn free(&self) -> Result<Command, Missing> {
        let stay = days::nights(&self.rest(), self.setting)?.ok_or(Missing::Dates)?;
        Ok(Command::Availability { stay, cabins: self.cabins()?.ids })
    }

    fn price(&self) -> Result<Command, Missing> {
        let stay = days::nights(&self.rest(), self.setting)?;
        Ok(Command::Price { cabins: self.cabins()?.ids, stay })
    }

    fn set_price(&self) -> Result<Command, Missing> {
        let change = quoted::rate_change(self.text, &self.said, self.setting);
        let price = || quoted::in_thousands(self.text, &self.said, self.setting).map(RateChange::Price);
        self.rates(change.or_else(price).ok_or(Missing::Amount)?)
    }

    fn min_nights(&self) -> Result<Command, Missing> {
        let is_nights = |word: &Word| word.folded.starts_with("noche") || word.folded.starts_with("dia");
        let behind_minimum = || {
            let at = self.said.iter().position(|word| word.folded.starts_with("minim"))?;
            self.said[at + 1..].iter().find_map(|word| words::small_number(&word.folded))
        };
        let before_nights = || {
            let pair = self.said.windows(2).find(|pair| is_nights(&pair[1]))?;
            words::small_number(&pair[0].folded)
        };
        // "Cinco mínimo, todas".
        let before_minimum = || {
            let pair = self.said.windows(2).find(|pair| pair[1].folded.starts_with("minim"))?;
            words::small_number(&pair[0].folded)
        };
        let week = || {
            let whole = |word: &Word| matches!(word.folded.as_str(), "entera" | "completa");
            self.said.windows(2).find(|pair| pair[0].folded == "semana" && whole(&pair[1])).map(|_| 7)
        };
        // "Por lo menos dos", "menos de tres no".
        let behind_less = || {
            let at = self.said.iter().position(|word| word.folded == "menos")?;
            let of = usize::from(self.said.get(at + 1).is_some_and(|word| word.folded == "de"));
            words::small_number(&self.said.get(at + 1 + of)?.folded)
        };
        // "Nada de una noche sola, mínimo cuatro": the word itself tells the number.
        let number = before_minimum().or_else(behind_minimum).or_else(behind_less);
        let number = number.or_else(before_nights).or_else(week);
        let nights = number.and_then(|number| u16::try_from(number).ok()).ok_or(Missing::Nights)?;
        self.rates(RateChange::MinNights(nights))
    }

    /// A change of rates, of all cabins when none is named. A count of nights is no part of its dates.
    fn rates(&self, change: RateChange) -> Result<Command, Missing> {
        let cabins = self.cabins()?;
        let nights = self.said.windows(2).filter(|pair| {
            pair[1].folded.starts_with("noche") && words::small_number(&pair[0].folded).is_some()
        });
        let mut taken: Vec<Word> = nights.flatten().cloned().collect();
        taken.dedup();
        let rest = words::without(self.text, &words::in_order(cabins.words, taken));
        let stay = days::nights(&rest, self.setting)?.ok_or(Missing::Dates)?;
        let every = || self.setting.cabins.iter().map(|cabin| cabin.id).collect();
        let cabins = if cabins.ids.is_empty() { every() } else { cabins.ids };
        Ok(Command::ChangeRates { cabins, stay, change })
    }

    /// The guest named, else the words behind the last "a", "con", "de" or "al".
    fn guest(&self) -> Result<String, Missing> {
        let known = named::addressee(self.text, &self.said, self.setting);
        let leads = |word: &Word| matches!(word.folded.as_str(), "a" | "con" | "de" | "al" | "le" | "vos");
        let words = if known.is_empty() {
            let after = self.said.iter().rposition(leads).map_or(self.said.len(), |at| at + 1);
            &self.said[after..]
        } else {
            known
        };
        self.spelt(words).ok_or(Missing::Guest)
    }

    fn tell(&self) -> Result<Command, Missing> {
        let known = named::addressee(self.text, &self.said, self.setting);
        let at = self.said.iter().position(|word| word.folded == "a");
        // A name that the house does not know: the word behind "a".
        let unknown = || at.and_then(|at| self.said.get(at + 1..at + 2)).unwrap_or_default();
        let guest = if known.is_empty() { unknown() } else { known };
        let name = self.spelt(guest).ok_or(Missing::Guest)?;
        let words = quoted::message(self.text, &self.said, guest).ok_or(Missing::Words)?;
        Ok(Command::Tell { guest: name, words })
    }

    /// "Reserva K7M2QX", "reservas de Quiroga", "reservas"; with a cabin and days it is a new booking.
    fn find(&self) -> Result<Command, Missing> {
        /// Words around a name that are not part of it.
        const AROUND: [&str; 30] = [
            "de", "del", "la", "las", "los", "el", "a", "me", "mostra", "mostrame", "busca", "buscame",
            "buscar", "reserva", "reservas", "codigo", "que", "hay", "tiene", "ver", "proximas", "decime",
            "pasame", "dame", "datos", "telefono", "numero", "cuando", "llega", "viene",
        ];
        let known = named::guest(self.text, &self.said, self.setting);
        if known.is_empty()
            && self.said.iter().any(|word| word.folded.starts_with("reserv"))
            && self.cabins().is_ok_and(|cabins| cabins.ids.len() == 1 && !cabins.words.is_empty())
            && days::nights(&self.rest(), self.setting).is_ok_and(|stay| stay.is_some())
        {
            return self.new_booking();
        }
        if let Some(code) = code(self.text, &self.said) {
            return Ok(Command::Bookings(Search::Code(code)));
        }
        let rest: Vec<&Word> =
            self.said.iter().filter(|word| !AROUND.contains(&word.folded.as_str())).collect();
        let words = match (known.is_empty(), rest.first(), rest.last()) {
            (false, ..) => self.spelt(known),
            (true, Some(first), Some(last)) => Some(self.text[first.from..last.to].to_owned()),
            _ => None,
        };
        Ok(Command::Bookings(words.map_or(Search::Next, Search::Name)))
    }

    fn names(&self) -> Vec<String> {
        self.setting.cabins.iter().map(|cabin| cabin.name.clone()).collect()
    }

    /// Words of the message as they were written; `None` for none.
    fn spelt(&self, words: &[Word]) -> Option<String> {
        words.first().zip(words.last()).map(|(first, last)| self.text[first.from..last.to].to_owned())
    }
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "said_by_owners_tests.rs"]
mod said_by_owners_tests;
