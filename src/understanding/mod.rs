//! The meaning of a guest's message: text in, `Reading` out. Pure.
//!
//! In order: `tokens` (spelling, numbers, phrases, in the language `language` finds), then parts with numbers
//! (`money`, `asides`, `dates`, `guests`), then the topic (`topics`) and the intent (`intent`). Words are data, in
//! `assets/understanding`; rules are written over the terms they mean.

pub mod acts;
mod ages;
mod analysis;
mod asides;
mod bookings;
mod company;
mod concern;
mod confidence;
mod contact;
mod context;
mod cue;
mod dates;
mod denied;
mod evidence;
mod folding;
mod guests;
mod held_back;
pub mod holidays;
mod intent;
mod labels;
mod language;
mod lexicon;
mod linear;
mod money;
mod names;
mod numbers;
mod owner_verbs;
mod payment_talk;
mod people;
mod reading;
mod remarks;
pub mod report;
mod requests;
mod sayings;
mod situation;
mod situation_form;
mod spelling;
mod splitter;
mod sums;
mod terms;
mod token;
mod tokens;
mod topics;
mod wording;
mod wordings;

pub use ages::ages;
pub use concern::{Concern, Matter, Urgency, alarm, concern, is_of_another_stay, needs_a_person, praises};
pub use context::{Context, Expecting, Source};
pub use folding::folded;
pub use holidays::{HolidayCalendar, easter};
#[cfg(test)]
pub(crate) use lexicon::WordList;
pub use owner_verbs::{OwnerAnswer, OwnerVerb, owner_answer, owner_verb};
pub use payment_talk::payment_talk;
pub use reading::{
    AdultsAndChildren, Amount, DateReading, Dates, Guests, Intent, MonthPart, MonthSaid, Reading,
    SaidCurrency, Stay, Topic,
};
pub use remarks::{names_bare_days, says};
pub use requests::{may_request, needs_no_more, request};
pub use sayings::spanish_month;
pub use situation::{Presence, Situation, Stage};
pub use situation_form::SituationForm;
pub use terms::{PaymentTalk, Remark};
pub use token::MAX_CHARS;

use crate::domain::language::Language;
use analysis::analyse;
pub(crate) use lexicon::Lexicon;

/// Reads one message. Never fails: a message not understood is `Intent::Other`.
pub fn read(text: &str, context: &Context<'_>) -> Reading {
    read_with(lexicon::lexicon(), text, context)
}

pub(crate) fn read_with(lexicon: &Lexicon, text: &str, context: &Context<'_>) -> Reading {
    analyse(lexicon, text, context).reading
}

/// The numbers of a message in order, in digits or in words: "50000", "sesenta mil", "veinte".
pub fn numbers_said(text: &str, language: Language) -> Vec<u32> {
    let tokens = tokens::tokenize(lexicon::lexicon(), text, Some(language));
    tokens.list.iter().filter_map(|token| token.number).collect()
}

#[cfg(test)]
mod fact_tests;
#[cfg(test)]
mod tests;
