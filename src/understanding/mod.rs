//! The meaning of a guest's message: text in, `Reading` out. Pure.
//!
//! In order: `tokens` (spelling, numbers, phrases, in the language `language` finds), then parts with numbers
//! (`money`, `asides`, `dates`, `guests`), then the topic (`topics`) and the intent (`intent`). Words are data, in
//! `assets/understanding`; rules are written over the terms they mean.

mod ages;
mod asides;
mod bookings;
mod concern;
mod confidence;
mod contact;
mod context;
mod cue;
mod dates;
mod evidence;
mod folding;
mod guests;
mod held_back;
pub mod holidays;
mod intent;
mod language;
mod lexicon;
mod money;
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
mod spelling;
mod splitter;
mod sums;
mod terms;
mod token;
mod tokens;
mod topics;
mod wording;

pub use ages::ages;
pub use concern::{Concern, Matter, Urgency, alarm, concern, is_of_another_stay, needs_a_person, praises};
pub use context::{Context, Expecting, Source};
pub use folding::folded;
pub use holidays::{HolidayCalendar, easter};
#[cfg(test)]
pub(crate) use lexicon::WordList;
pub use owner_verbs::{OwnerVerb, owner_verb};
pub use payment_talk::payment_talk;
pub use reading::{
    AdultsAndChildren, Amount, DateReading, Dates, Guests, Intent, MonthPart, MonthSaid, Reading,
    SaidCurrency, Stay, Topic,
};
pub use remarks::{names_bare_days, says};
pub use requests::{needs_no_more, request};
pub use sayings::spanish_month;
pub use situation::{Presence, Situation, Stage};
pub use terms::{PaymentTalk, Remark};
pub use token::MAX_CHARS;

use crate::domain::language::Language;
use confidence::VOICE_DISCOUNT;
use cue::Cue;
use evidence::Evidence;
pub(crate) use lexicon::Lexicon;
use terms::{Term, TermSet};

/// Most cabins offered at once.
const MAX_CHOICE: u32 = 20;

/// Reads one message. Never fails: a message not understood is `Intent::Other`.
pub fn read(text: &str, context: &Context<'_>) -> Reading {
    read_with(lexicon::lexicon(), text, context)
}

pub(crate) fn read_with(lexicon: &Lexicon, text: &str, context: &Context<'_>) -> Reading {
    let tokens = tokens::tokenize(lexicon, text, context.language_hint);
    let list = &tokens.list;
    let mut all = TermSet::EMPTY;
    for token in list {
        all = all.union(token.terms);
    }
    let expects = |what| context.expecting == Some(what);
    let mut used = vec![false; list.len()];
    let cabin_ordinal = cabin_choice(list, &mut used, expects(Expecting::CabinChoice));
    let amount = money::read(list, &mut used);
    let taken = used.iter().filter(|&&taken| taken).count();
    asides::mark(list, &mut used);
    let clock = used.iter().filter(|&&taken| taken).count() > taken;
    let changing = all.any(TermSet::of(&[Term::Change, Term::Add, Term::Instead]));
    let setting = dates::Setting {
        today: context.today,
        calendar: context.calendar,
        expected: expects(Expecting::Dates),
        changing,
        lexicon,
        moves_with_to: lexicon.moves_with_to(tokens.language),
    };
    let mut found = dates::read(list, &mut used, setting);
    let dated = found.dates != Dates::None;
    let setting = guests::Setting {
        expected: expects(Expecting::Guests),
        dated: dated || found.nights.is_some(),
        changing,
    };
    let company = guests::read(list, &mut used, setting);
    if expects(Expecting::Nights) && found.nights.is_none() && list.len() == 1 {
        found.nights = list[0].number.and_then(|n| u16::try_from(n).ok());
    }
    let evidence = Evidence {
        tokens: &tokens,
        all,
        clock,
        dated,
        season: found.month.is_some() || all.any(TermSet::of(&[Term::Holiday, Term::Season])),
        nights: found.nights.is_some(),
        counted: company.guests.is_some(),
    };
    let topic = topics::topic(&evidence);
    let (intent, confidence) = intent::decide(&evidence, topic, context.expecting);
    let confidence = if context.source == Source::Voice { confidence - VOICE_DISCOUNT } else { confidence };
    Reading {
        intent,
        language: tokens.language,
        language_sure: tokens.language_sure,
        topic: topic.filter(|_| matches!(intent, Intent::Question | Intent::Quote)),
        dates: found.dates,
        month: found.month.filter(|_| !dated),
        nights: found.nights,
        guests: company.guests.filter(|_| counts_guests(intent)),
        apart: company.apart,
        pets: company.pets,
        amount,
        name: contact::name(lexicon, text, list, expects(Expecting::Name)),
        email: contact::email(text),
        confidence,
        undecided: intent == Intent::Reject && held_back::is_undecided(&evidence),
        asks: evidence.asks() || evidence.any(&[Term::Ask, Term::Want, Term::Send, Term::What]),
        wrong_number: intent == Intent::Other && says_wrong_number(lexicon, list),
        cabin_ordinal,
    }
}

/// The numbers of a message in order, in digits or in words: "50000", "sesenta mil", "veinte".
pub fn numbers_said(text: &str, language: Language) -> Vec<u32> {
    let tokens = tokens::tokenize(lexicon::lexicon(), text, Some(language));
    tokens.list.iter().filter_map(|token| token.number).collect()
}

/// Whether somebody else was meant; "¿quién sos?" only asks who answers.
fn says_wrong_number(lexicon: &Lexicon, list: &[token::Token]) -> bool {
    let asks_who = |said: &str| {
        let ends = said.match_indices(' ').map(|(at, _)| at).chain([said.len()]);
        ends.map(|end| &said[..end]).any(|beginning| lexicon.cues(beginning).has(Cue::WhoAsked))
    };
    list.iter().any(|token| token.is(Term::WrongPerson) && !asks_who(&token.word))
}

/// Whether people named in such a message are guests: "lo hablo con mi marido" counts nobody.
fn counts_guests(intent: Intent) -> bool {
    match intent {
        Intent::Human
        | Intent::Reject
        | Intent::Greeting
        | Intent::Thanks
        | Intent::OptOut
        | Intent::Other => false,
        Intent::Quote
        | Intent::Accept
        | Intent::Cancel
        | Intent::Change
        | Intent::Status
        | Intent::Payment
        | Intent::Question => true,
    }
}

/// "la segunda", "opción 2", "la 1"; a bare number or ordinal when a choice was asked for.
fn cabin_choice(list: &[token::Token], used: &mut [bool], expected: bool) -> Option<u8> {
    let value = |at: usize| {
        let token = &list[at];
        token
            .ordinal
            .or(token.number.filter(|_| !token.is(Term::A)))
            .filter(|&n| (1..=MAX_CHOICE).contains(&n))
    };
    let chosen = (0..list.len()).find(|&at| {
        let before = |cue| at.checked_sub(1).is_some_and(|index| list[index].cue(cue));
        let named = before(Cue::ChoiceNoun);
        let short = list.len() <= 4 && before(Cue::ChoiceArticle) && expected;
        let bare = expected && list.len() <= 2;
        value(at).is_some() && (named || short || bare)
    })?;
    used[chosen] = true;
    value(chosen).and_then(|n| u8::try_from(n).ok())
}

#[cfg(test)]
mod tests;
