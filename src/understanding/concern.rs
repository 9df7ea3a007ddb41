//! What a person must hear of, and how soon. The wordings are data, in `assets/understanding`.
//!
//! Whoever is here, arrives today or has just left speaks to the owner, but for what casero can answer or do: a plain
//! question, thanks, a greeting, a payment, another stay.

use super::confidence::WEAK;
use super::lexicon::lexicon;
use super::reading::{Dates, Intent, Reading};
use super::remarks::says;
use super::situation::{Presence, Situation, Stage};
use super::terms::{Remark, Spoken};
use super::wording::{self, Sentence};
use crate::domain::stay::Stay;
use jiff::civil::Date;
use strum::IntoStaticStr;

/// An answer of at most so many words is one to our question, or a courtesy: "ok, dale", "no, todo bien".
const COURTESY_WORDS: usize = 5;
/// A question of at most so many words needs no question mark: "clave del wifi".
const BARE_QUESTION_WORDS: usize = 6;

/// A matter for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concern {
    pub matter: Matter,
    pub urgency: Urgency,
}

/// What a guest's message is about, for the owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Matter {
    Problem,
    LostItem,
    Complaint,
    Request,
    /// Anything else that only a person can answer.
    Message,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    Normal,
    /// The guest can't stay as things are.
    Stranded,
    /// Somebody may be harmed.
    Danger,
}

impl Urgency {
    pub fn is_urgent(self) -> bool {
        self > Urgency::Normal
    }
}

/// The urgency of the words alone, whoever writes them.
pub fn alarm(text: &str, situation: &Situation, today: Date) -> Option<Urgency> {
    match spoken(&sentences(text), situation.presence(today).is_some())? {
        Spoken::Danger => Some(Urgency::Danger),
        Spoken::Stranded => Some(Urgency::Stranded),
        Spoken::Innocent
        | Spoken::Problem
        | Spoken::LostItem
        | Spoken::Complaint
        | Spoken::Request
        | Spoken::Praise => None,
    }
}

/// What a person must hear of in this message; `None` when casero can answer it.
pub fn concern(text: &str, reading: &Reading, situation: &Situation, today: Date) -> Option<Concern> {
    let presence = situation.presence(today);
    let normal = |matter| Some(Concern { matter, urgency: Urgency::Normal });
    match spoken(&sentences(text), presence.is_some()) {
        Some(Spoken::Danger) => Some(Concern { matter: Matter::Problem, urgency: Urgency::Danger }),
        Some(Spoken::Stranded) => Some(Concern { matter: Matter::Problem, urgency: Urgency::Stranded }),
        Some(Spoken::LostItem) => normal(Matter::LostItem),
        Some(Spoken::Complaint) => normal(Matter::Complaint),
        Some(Spoken::Problem) if presence.is_some() => normal(Matter::Problem),
        Some(Spoken::Request) if presence.is_some() && reading.intent != Intent::OptOut => {
            normal(Matter::Request)
        }
        Some(Spoken::Request) if may_ask_for_more(reading, situation) => normal(Matter::Request),
        Some(Spoken::Praise) if presence.is_some() && !text.contains('?') => None,
        Some(Spoken::Innocent | Spoken::Problem | Spoken::Request | Spoken::Praise) | None => {
            let served = match presence {
                Some(presence) => is_served(text, reading, presence, situation.stay, today),
                None => !is_a_puzzle(text, reading, situation),
            };
            if served { None } else { normal(Matter::Message) }
        }
    }
}

/// Whether somebody who is here praises the place and wants nothing.
pub fn praises(text: &str) -> bool {
    !text.contains('?') && spoken(&sentences(text), true) == Some(Spoken::Praise)
}

/// Whether a guest whose stay is to come asks for something beside it; other nights are a matter of their own.
fn may_ask_for_more(reading: &Reading, situation: &Situation) -> bool {
    let apart = matches!(reading.intent, Intent::Question | Intent::Quote | Intent::Other);
    is_booked(situation) && apart && reading.nights.is_none()
}

/// Whether a guest whose stay is to come asks what no rule understands.
fn is_a_puzzle(text: &str, reading: &Reading, situation: &Situation) -> bool {
    is_booked(situation) && reading.intent == Intent::Other && text.contains('?')
}

fn is_booked(situation: &Situation) -> bool {
    matches!(situation.stage, Stage::Held | Stage::Confirmed)
}

pub(super) fn sentences(text: &str) -> Vec<Sentence> {
    wording::sentences(text, |word| lexicon().written_out(word))
}

/// Whether a person must hear of this message, for whichever reason: also a question that no topic names, anger, the
/// right of withdrawal, the wish for a person.
pub fn needs_a_person(text: &str, reading: &Reading, situation: &Situation, today: Date) -> bool {
    let asked_for = reading.intent == Intent::Human
        || reading.intent == Intent::Question && reading.topic.is_none()
        || says(text, Remark::Insult)
        || says(text, Remark::Withdrawal);
    asked_for || concern(text, reading, situation, today).is_some()
}

/// The gravest thing that the sentences speak of. Somebody who isn't here only asks: "¿no hay luz?" is news from a
/// guest and a question of a stranger.
fn spoken(sentences: &[Sentence], is_here: bool) -> Option<Spoken> {
    let of = |sentence: &Sentence| {
        let mut said = lexicon().wordings().said_in(sentence);
        said.retain(|spoken| !(sentence.asked && *spoken == Spoken::Stranded && !is_here));
        let innocent = said.contains(&Spoken::Innocent);
        let counts =
            |spoken: &Spoken| *spoken != Spoken::Innocent && (!innocent || *spoken == Spoken::Praise);
        said.into_iter().find(counts)
    };
    sentences.iter().filter_map(of).min()
}

/// Whether casero answers this by itself to somebody who is here.
fn is_served(text: &str, reading: &Reading, presence: Presence, stay: Option<Stay>, today: Date) -> bool {
    let words = text.split_whitespace().count();
    let asks = reading.topic.is_some() && (reading.asks || words <= BARE_QUESTION_WORDS);
    match reading.intent {
        Intent::Thanks | Intent::Greeting | Intent::OptOut | Intent::Human => true,
        Intent::Payment | Intent::Cancel | Intent::Status => presence != Presence::JustLeft,
        Intent::Question => asks,
        Intent::Change | Intent::Quote => asks || is_of_another_stay(reading, stay, today),
        Intent::Accept | Intent::Reject => words <= COURTESY_WORDS,
        Intent::Other => words == 0,
    }
}

/// Whether the dates said are clear, and of another stay than the one in hand.
pub fn is_of_another_stay(reading: &Reading, stay: Option<Stay>, today: Date) -> bool {
    let is_apart = |from: Date, to: Date| {
        from > today && stay.is_none_or(|stay| to <= stay.check_in() || stay.check_out() < from)
    };
    match &reading.dates {
        Dates::Stay(said) => is_apart(said.check_in, said.check_out),
        Dates::Arrival(day) => is_apart(*day, *day),
        Dates::Ambiguous(readings) => readings
            .iter()
            .all(|said| said.check_in.is_some_and(|from| is_apart(from, said.check_out.unwrap_or(from)))),
        Dates::Departure(_) | Dates::Invalid => false,
        // "Un sonido como de mar" names no month, "cuánto sale en marzo" does.
        Dates::None => reading.confidence > WEAK && reading.month.is_some_and(|month| month.first > today),
    }
}
