//! Reads a message in the light of the conversation.

use super::super::question::Booking;
use super::super::state::Asked;
use super::super::work::Work;
use super::wishes::has_facts;
use crate::understanding::acts::{self, Act, ActKind, InHand, Meaning};
use crate::understanding::{self, Dates, Expecting, Intent, Reading, Situation, Stage, Topic};
use jiff::Timestamp;
use jiff::civil::Date;

/// From this probability on an act binds: a hold, silence.
const CERTAIN: f32 = 0.9;
/// From this probability on what was learned is believed before the rules.
pub(super) const LIKELY: f32 = 0.75;
/// Below this probability an act is not one.
const DOUBTFUL: f32 = 0.4;
/// Words of an answer that mean little alone.
const SHORT_WORDS: usize = 2;
/// A language is only left for another by a message of at least so many words.
const LANGUAGE_WORDS: usize = 3;

/// Reads the words and what is done by them. Days without a month, said about the stay in discussion, are days of its
/// month: "no, mejor del 14" after the 12th of January.
pub(super) fn read(work: &Work, text: &str, spoken: bool, sent_at: Timestamp) -> Meaning {
    let today = work.context.moment.zone.to_datetime(sent_at).date();
    let mut meaning = on_day(work, spoken, today, |context, in_hand| acts::meaning(text, context, in_hand));
    let begun =
        talked_of(work, &meaning.reading).map(|day| day.first_of_month()).filter(|first| *first > today);
    if let Some(first) = begun
        && meaning.reading.dates != Dates::None
        && understanding::names_bare_days(text)
    {
        meaning.reading = on_day(work, spoken, first, |context, in_hand| acts::facts(text, context, in_hand));
    }
    settle(work, text, &mut meaning);
    count_from_the_offer(work, &mut meaning);
    meaning
}

/// "Y si vamos con una amiga más?" after an offer for two is three: a difference of people is their number.
fn count_from_the_offer(work: &Work, meaning: &mut Meaning) {
    let is_doubtful = matches!(meaning.reading.guests, Some(understanding::Guests::Between(..)));
    if work.state.offered.is_none() || is_doubtful {
        return;
    }
    if let Some(people) = meaning.outcome.guests {
        meaning.reading.guests = Some(understanding::Guests::Exactly(people));
    }
}

/// Reads by `read` as if it were `today`, in the light of the conversation.
fn on_day<T>(
    work: &Work,
    spoken: bool,
    today: Date,
    read: impl FnOnce(&understanding::Context<'_>, &InHand<'_>) -> T,
) -> T {
    let reading_of = understanding::Context {
        today,
        // A new guest's language is unknown.
        language_hint: work.state.language.or_else(|| (!work.is_new()).then(|| work.language())),
        source: if spoken { understanding::Source::Voice } else { understanding::Source::Text },
        calendar: work.context.calendar,
        expecting: expecting(&work.state.asked),
    };
    let cabins: Vec<String> = work.context.cabins.iter().map(|cabin| cabin.name.clone()).collect();
    let offered: Vec<String> = match &work.state.offered {
        Some(offered) => offered.options.iter().map(|choice| work.cabin_name(&choice.room)).collect(),
        None => Vec::new(),
    };
    read(&reading_of, &in_hand(work, &offered, &cabins))
}

/// What the guest has: a booking, or else an offer.
fn in_hand<'a>(work: &Work, offered: &'a [String], cabins: &'a [String]) -> InHand<'a> {
    let mut situation = work.context.situation;
    let mut guests = only_booking(work).map(|booking| booking.party.people());
    let wish = &work.state.wish;
    if situation.stage == Stage::None && (work.state.offered.is_some() || wish.stay().is_some()) {
        let stage = if work.state.offered.is_some() { Stage::Quoted } else { Stage::None };
        situation = Situation { stage, stay: wish.stay(), paid: false };
        guests = wish.party().map(|party| party.people());
    }
    let arrival = situation.stay.map(|stay| stay.check_in()).or(wish.arrival);
    InHand { situation, arrival, guests, offered, cabins }
}

fn only_booking<'a>(work: &Work<'a>) -> Option<&'a Booking> {
    match work.live_bookings().as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

/// Where rules and what was learned disagree about the intent: a yes, a cancellation or a wish for silence needs
/// certainty, and the rest goes by the likelier.
fn settle(work: &Work, text: &str, meaning: &mut Meaning) {
    // Who says how many they are is told the cabins that hold them.
    let counts = meaning.reading.guests.is_some();
    if counts && meaning.acts.len() > 1 {
        meaning.acts.retain(|act| act.topic != Some(Topic::Capacity));
    }
    let Some(first) = meaning.acts.first().cloned() else { return };
    let by_rules = meaning.reading.intent;
    let settled = settled(work, text, meaning, &first);
    // What only a person answers is told by its matter; no answer of ours is meant.
    if settled != by_rules && settled == Intent::Human && first.kind != ActKind::Human {
        return;
    }
    let reading = &mut meaning.reading;
    if settled == Intent::Reject && by_rules != Intent::Reject {
        reading.undecided = first.kind == ActKind::Undecided;
    }
    if settled != by_rules {
        reading.topic = None;
    }
    reading.intent = settled;
    if let Some(question) = meaning.acts.iter().find(|act| act.kind == ActKind::Question) {
        let sure = question.probability >= LIKELY || reading.topic.is_none();
        if sure && matches!(reading.intent, Intent::Question | Intent::Quote) {
            reading.topic = question.topic;
        }
    }
}

fn settled(work: &Work, text: &str, meaning: &Meaning, first: &Act) -> Intent {
    let (reading, probability) = (&meaning.reading, first.probability);
    let (rules, learned) = (reading.intent, first.kind.intent());
    let speaks_of_it = meaning.acts.iter().any(|act| act.kind.intent() == rules);
    let short = text.split_whitespace().count() <= SHORT_WORDS;
    let names_a_stay = has_facts(reading) || reading.month.is_some();
    let asked_for_facts = matches!(work.state.asked, Asked::Dates | Asked::Departure | Asked::Guests);
    match (rules, learned) {
        (rules, learned) if rules == learned || speaks_of_it && rules != Intent::Other => rules,
        // "Reservo", behind the offer of one cabin.
        (Intent::Quote, Intent::Accept)
            if probability >= CERTAIN && short && !names_a_stay && is_asked_to_book(work, text) =>
        {
            learned
        }
        // Few words are an answer to what was asked, and what was asked for is what it was asked for.
        (rules, _) if short && rules != Intent::Other => rules,
        (Intent::Quote, _) if asked_for_facts && has_facts(reading) => rules,
        (Intent::Quote, Intent::Question | Intent::Status) if names_a_stay => rules,
        (Intent::Quote, Intent::Change)
            if reading.guests.is_some() && matches!(reading.dates, Dates::Stay(_)) =>
        {
            rules
        }
        (Intent::Accept, Intent::Other) => rules,
        // Nobody named what it asks, and an offer is open: the owner is asked, and the offer stays.
        (Intent::Other, Intent::Question | Intent::Other) if asks_meanwhile(work, text) => Intent::Question,
        (Intent::Accept, learned) if probability > DOUBTFUL => learned,
        (rules, Intent::Accept) if probability < CERTAIN || reading.undecided => rules,
        (rules, Intent::OptOut | Intent::Cancel) if probability < CERTAIN => rules,
        // Courtesies have rules of their own, and what nobody understands is answered as that.
        (rules, Intent::Thanks | Intent::Greeting | Intent::Other | Intent::Status) => rules,
        (_, learned) if probability >= LIKELY => learned,
        (rules, _) => rules,
    }
}

/// Whether the guest was asked for the yes to an offer, and asks nothing back.
fn is_asked_to_book(work: &Work, text: &str) -> bool {
    matches!(work.state.asked, Asked::BookIt { .. } | Asked::BookItAloud { .. }) && !text.contains('?')
}

/// Whether a whole question comes instead of an answer to ours.
fn asks_meanwhile(work: &Work, text: &str) -> bool {
    work.state.asked != Asked::Nothing && text.contains('?') && text.split_whitespace().count() > SHORT_WORDS
}

/// The first day of the stay in discussion.
fn talked_of(work: &Work, reading: &Reading) -> Option<Date> {
    let changing = reading.intent == Intent::Change || matches!(work.state.asked, Asked::NewDates { .. });
    match work.live_bookings().as_slice() {
        [only] if changing => Some(only.stay.check_in()),
        _ => work.state.wish.arrival.or(work.state.wish.month),
    }
}

/// The question that a bare "4" or "yes" would answer.
fn expecting(asked: &Asked) -> Option<Expecting> {
    match asked {
        Asked::Nothing | Asked::Ages => None,
        Asked::Dates | Asked::NewDates { .. } => Some(Expecting::Dates),
        Asked::Departure => Some(Expecting::Nights),
        Asked::Guests | Asked::WhichGuests { .. } => Some(Expecting::Guests),
        Asked::WhichStay { stays } if stays.len() > 1 => Some(Expecting::CabinChoice),
        Asked::WhichCabin => Some(Expecting::CabinChoice),
        Asked::WhichStay { .. }
        | Asked::BookIt { .. }
        | Asked::BookItAloud { .. }
        | Asked::Heard { .. }
        | Asked::CancelIt { .. }
        | Asked::MoveIt { .. }
        | Asked::StopMessages => Some(Expecting::Confirmation),
        Asked::WhichBooking { .. } => None,
    }
}

/// Saves a language that the words settle; for a new guest, the likeliest one too. A word or two of another language
/// leave it as it is.
pub(super) fn note_language(work: &mut Work, reading: &Reading, text: &str) {
    let other = work.state.language.is_some_and(|known| known != reading.language);
    let short = other && text.split_whitespace().count() < LANGUAGE_WORDS;
    if reading.language_sure && !short
        || work.state.language.is_none() && understanding::folded(text).len() > 3
    {
        work.state.language = Some(reading.language);
    }
}
