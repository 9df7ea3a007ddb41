//! Reads a message step by step, and keeps the words that the reading stands on.

use super::confidence::VOICE_DISCOUNT;
use super::context::{Context, Expecting, Source};
use super::cue::Cue;
use super::evidence::Evidence;
use super::lexicon::Lexicon;
use super::reading::{Amount, Dates, Guests, Intent, Reading};
use super::terms::{Term, TermSet};
use super::tokens::{self, Tokens};
use super::{asides, contact, dates, guests, held_back, intent, money, names, token, topics};

/// Most cabins offered at once.
const MAX_CHOICE: u32 = 20;

/// Words of an answer that has only a number: "dos nomás".
const SHORT_ANSWER: usize = 3;

/// Words beside a number of people: "somos 4" picks nothing.
const PEOPLE: TermSet = TermSet::of(&[Term::WeAre, Term::For, Term::Person, Term::Adult, Term::Go, Term::Us]);

/// A message with the words that its reading stands on.
pub(crate) struct Analysis {
    pub(crate) tokens: Tokens,
    /// Which tokens are part of a date, an hour, an age or a sum.
    pub(crate) used: Vec<bool>,
    /// The people named, whatever the message is about.
    pub(crate) people: Option<Guests>,
    /// Something in it qualifies a yes, or its words of agreeing have another meaning: "está cerrado el portón".
    pub(crate) holds_back: bool,
    pub(crate) reading: Reading,
}

pub(crate) fn analyse(lexicon: &Lexicon, text: &str, context: &Context<'_>) -> Analysis {
    let mut tokens = tokens::tokenize(lexicon, text, context.language_hint);
    if context.expecting == Some(Expecting::Name) && !tokens.list.iter().any(|token| token.digits) {
        let names = tokens.list.iter_mut().filter(|token| names::is_name(&token.word));
        names.for_each(names::forget_days);
    }
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
        corrected: false,
    };
    let company = guests::read(list, &mut used, setting);
    if expects(Expecting::Nights) && found.nights.is_none() && list.len() <= SHORT_ANSWER {
        let mut numbers = list.iter().filter_map(|token| token.number);
        let only = numbers.next().filter(|_| numbers.next().is_none() && found.dates == Dates::None);
        found.nights = only.and_then(|n| u16::try_from(n).ok());
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
    let people = company.guests;
    let holds_back = held_back::holds_back(&evidence) || held_back::agrees_by_chance(&evidence);
    let reading =
        reading_of(lexicon, text, context, &evidence, found, company, Said { amount, cabin_ordinal });
    Analysis { used, people, holds_back, reading, tokens }
}

/// What is read before the dates and the people.
struct Said {
    amount: Option<Amount>,
    cabin_ordinal: Option<u8>,
}

fn reading_of(
    lexicon: &Lexicon,
    text: &str,
    context: &Context<'_>,
    evidence: &Evidence<'_>,
    found: dates::Found,
    company: guests::Company,
    said: Said,
) -> Reading {
    let (tokens, list) = (evidence.tokens, &evidence.tokens.list);
    let expects = |what| context.expecting == Some(what);
    let dated = evidence.dated;
    let topic = topics::topic(evidence);
    let (intent, confidence) = intent::decide(evidence, topic, context.expecting);
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
        amount: said.amount,
        name: contact::name(lexicon, text, list, expects(Expecting::Name)),
        email: contact::email(text),
        confidence,
        undecided: intent == Intent::Reject && held_back::is_undecided(evidence),
        asks: evidence.asks() || evidence.any(&[Term::Ask, Term::Want, Term::Send, Term::What]),
        wrong_number: intent == Intent::Other && says_wrong_number(lexicon, list),
        cabin_ordinal: said.cabin_ordinal,
    }
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
        let of_people = at.checked_sub(1).is_some_and(|index| list[index].any(PEOPLE))
            || list.get(at + 1).is_some_and(|next| next.any(PEOPLE));
        let bare = expected && list.len() <= 2 && !of_people;
        value(at).is_some() && (named || short || bare)
    })?;
    used[chosen] = true;
    value(chosen).and_then(|n| u8::try_from(n).ok())
}
