//! A booking that the owner writes down: the cabin, the nights, for whom, how many people.

use super::Sentence;
use crate::dialogue::owner::reading::{Missing, read};
use crate::dialogue::owner::words::{self, Word};
use crate::dialogue::owner::{Command, NewBooking, days, named, quoted};
use crate::understanding;

impl Sentence<'_> {
    pub(super) fn new_booking(&self) -> Result<Command, Missing> {
        let cabins = named::some_cabins(&self.said, self.setting)?;
        let [cabin] = cabins.ids[..] else { return Err(Missing::Cabin(self.names())) };
        let (name, name_words) = self.booked_for(&cabins.words);
        let rest = words::without(self.text, &words::in_order(cabins.words, name_words));
        let stay = days::nights(&rest, self.setting)?.ok_or(Missing::Dates)?;
        // "Una reserva" and "un tal Lencina" count nobody.
        let booked =
            |word: &&Word| matches!(word.folded.as_str(), "una" | "un" | "tal" | "reserva" | "reservita");
        let booked: Vec<Word> = words::split(&rest).iter().filter(booked).cloned().collect();
        let counted = words::without(&rest, &booked);
        let read = |expecting| read(&counted, self.setting, expecting).guests;
        let people = read(None).or_else(|| read(Some(understanding::Expecting::Guests)));
        let people = match people {
            Some(understanding::Guests::Exactly(people)) => Some(people),
            Some(understanding::Guests::Between(_, most)) => Some(most),
            None => None,
        };
        Ok(Command::NewBooking(NewBooking {
            cabin,
            stay,
            guest: name,
            people,
            phone: quoted::phone(self.text),
        }))
    }

    /// The name that a new booking is for: behind "a nombre de", "para" or "de".
    fn booked_for(&self, cabins: &[Word]) -> (String, Vec<Word>) {
        const LEADS: [&str; 10] = ["nombre", "familia", "flia", "llama", "tal", "para", "pa", "p", "de", "a"];
        const PARTICLES: [&str; 20] = [
            "de", "del", "la", "los", "el", "familia", "mi", "un", "una", "tal", "sobrina", "sobrino",
            "prima", "primo", "amiga", "amigo", "hermana", "hermano", "senora", "senor",
        ];
        let no_name = |word: &Word| {
            word.folded.chars().any(|c| c.is_ascii_digit())
                || words::tells_a_day(&word.folded)
                || cabins.contains(word)
                || matches!(
                    word.folded.as_str(),
                    "personas"
                        | "persona"
                        | "adultos"
                        | "pax"
                        | "noches"
                        | "noche"
                        | "una"
                        | "un"
                        | "reserva"
                        | "que"
                        | "y"
                        | "son"
                        | "por"
                        | "en"
                        | "telefono"
                        | "cel"
                        | "ella"
                        | "cabana"
                        | "quiere"
                        | "quieren"
                        | "viene"
                        | "vienen"
                        | "llega"
                        | "pide"
                        | "pago"
                        | "nombre"
                )
        };
        for lead in LEADS {
            for at in (0..self.said.len()).rev().filter(|at| self.said[*at].folded == lead) {
                let skipped = self.said[at + 1..]
                    .iter()
                    .take_while(|word| PARTICLES.contains(&word.folded.as_str()))
                    .count();
                let from = at + 1 + skipped;
                let length = self.said[from..]
                    .iter()
                    .take_while(|word| {
                        !no_name(word)
                            && !LEADS.contains(&word.folded.as_str())
                            && !PARTICLES.contains(&word.folded.as_str())
                    })
                    .count();
                let words = &self.said[from..from + length];
                let capital =
                    words.first().is_some_and(|word| self.text[word.from..].starts_with(char::is_uppercase));
                let strong =
                    matches!(lead, "nombre" | "familia" | "flia" | "llama" | "tal" | "para" | "pa" | "p");
                if let Some(name) = self.spelt(words).filter(|_| capital || strong) {
                    return (name, self.said[at..from + length].to_vec());
                }
            }
        }
        let known = named::guest(self.text, &self.said, self.setting);
        (self.spelt(known).unwrap_or_default(), known.to_vec())
    }
}
