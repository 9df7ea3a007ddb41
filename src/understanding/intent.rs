//! The intent of a message, decided from the particular to the general.
//!
//! A message about a booking, a payment or a person has that intent whatever else it mentions; then the stay comes
//! first; then questions; then answers; then courtesies.

use super::bookings::about_booking;
use super::confidence::{CLEAR, GUESS, LIKELY, WEAK};
use super::context::Expecting;
use super::cue::Cue;
use super::evidence::Evidence;
use super::held_back;
use super::reading::{Intent, Topic};
use super::terms::Term;

/// "la segunda opción" is a choice; a longer message with an ordinal may be anything.
const CHOICE_WORDS: usize = 3;

/// The intent, and its confidence.
pub(crate) fn decide(
    evidence: &Evidence<'_>,
    topic: Option<Topic>,
    expecting: Option<Expecting>,
) -> (Intent, f32) {
    apart(evidence)
        .or_else(|| about_booking(evidence))
        .or_else(|| stay(evidence, expecting))
        .or_else(|| question(evidence, topic))
        .or_else(|| wants_to_book(evidence))
        .or_else(|| answer(evidence, expecting))
        .or_else(|| courtesy(evidence))
        .or_else(|| last_resort(evidence, topic, expecting))
        .unwrap_or((Intent::Other, GUESS))
}

/// Opt-outs, wrong numbers, sellers, requests for a person.
fn apart(evidence: &Evidence<'_>) -> Option<(Intent, f32)> {
    let booking = evidence.any(&[Term::Booking, Term::Cancel]);
    if evidence.has(Term::StopAll) && !booking && !speaks_of_something_else(evidence) {
        return Some((Intent::OptOut, CLEAR));
    }
    if evidence.has(Term::StopIt) && !booking {
        let alone = evidence.words() <= 2;
        let messages = evidence.any(&[Term::Message, Term::ListWord, Term::Write]);
        if alone || messages {
            return Some((Intent::OptOut, CLEAR));
        }
    }
    let no_more = evidence.has(Term::Not)
        && evidence.has(Term::Message)
        && evidence.any(&[Term::More, Term::Receive, Term::Write, Term::Send])
        && !evidence.any(&[Term::Confirm, Term::Pay]);
    if no_more && !evidence.has(Term::Link) {
        return Some((Intent::OptOut, LIKELY));
    }
    if evidence.has(Term::WrongPerson)
        && !booking
        && !evidence.any(&[Term::Pay, Term::Transfer, Term::Change])
        && !evidence.dated
    {
        return Some((Intent::Other, CLEAR));
    }
    let selling = evidence.tokens.list.iter().filter(|token| token.is(Term::Sell)).count();
    if selling > 1
        || selling == 1 && !evidence.any(&[Term::Price, Term::Avail, Term::Want, Term::Have, Term::Amenity])
    {
        return Some((Intent::Other, LIKELY));
    }
    human(evidence)
}

/// Whether a wish for silence is of one thing only: "no me manden la clave todavía", "no me escriban al otro número".
fn speaks_of_something_else(evidence: &Evidence<'_>) -> bool {
    const MATTERS: [Term; 22] = [
        Term::Pay,
        Term::Transfer,
        Term::Receipt,
        Term::Link,
        Term::Bank,
        Term::Deposit,
        Term::Price,
        Term::Avail,
        Term::Pet,
        Term::Wifi,
        Term::Parking,
        Term::Pool,
        Term::Grill,
        Term::Linen,
        Term::Breakfast,
        Term::Heating,
        Term::Location,
        Term::CheckIn,
        Term::CheckOut,
        Term::Photo,
        Term::Other,
        Term::Instead,
    ];
    evidence.any(&MATTERS) || evidence.dated || evidence.counted || evidence.tokens.asked
}

fn human(evidence: &Evidence<'_>) -> Option<(Intent, f32)> {
    // "hola, hay alguien?" only asks for a reply.
    let anybody = evidence
        .tokens
        .list
        .iter()
        .filter(|token| token.is(Term::Human))
        .all(|token| token.cue(Cue::Somebody));
    if anybody && !evidence.any(&[Term::Talk, Term::Call, Term::Owner, Term::Bot, Term::Want, Term::Need]) {
        return None;
    }
    let talk = evidence.any(&[Term::Talk, Term::Call]);
    let person = evidence.any(&[Term::Human, Term::Owner])
        || evidence.near(&[Term::Talk], &[Term::Person, Term::Adult], 4);
    let asks_call = evidence.has(Term::Call)
        && (evidence.any(&[Term::Can, Term::Want, Term::Need, Term::Self_, Term::Speaker])
            || evidence.words() <= 4);
    let not_stay = !evidence.dated && !evidence.counted;
    if talk && person && !evidence.has(Term::Think) {
        return Some((Intent::Human, CLEAR));
    }
    let bot = evidence.has(Term::Bot) && !evidence.has(Term::Amenity);
    if not_stay
        && (bot
            || asks_call
            || evidence.any(&[Term::Human, Term::Owner])
                && !evidence.any(&[Term::Booking, Term::Pay, Term::Price, Term::Pet]))
    {
        return Some((Intent::Human, LIKELY));
    }
    let talk_to_you = evidence.has(Term::Talk)
        && evidence.any(&[Term::Want, Term::Need, Term::Can])
        && not_stay
        && !evidence.any(&[Term::Booking, Term::Think]);
    talk_to_you.then_some((Intent::Human, WEAK))
}

/// Dates, nights or people: the stay comes first.
fn stay(evidence: &Evidence<'_>, expecting: Option<Expecting>) -> Option<(Intent, f32)> {
    if expecting == Some(Expecting::Confirmation)
        && !evidence.dated
        && evidence.opens_with(&[Term::Yes, Term::Fine])
    {
        return None;
    }
    // "dale, el lunes te digo" names the day of the answer and no day of a stay.
    if promises_an_answer(evidence, expecting) {
        return None;
    }
    let putting_off =
        evidence.any(&[Term::Think, Term::Decline]) && !evidence.dated && !evidence.tokens.asked;
    if putting_off {
        return None;
    }
    if evidence.dated || evidence.counted {
        return Some((Intent::Quote, CLEAR));
    }
    (evidence.nights && !evidence.any(&[Term::Yes])).then_some((Intent::Quote, LIKELY))
}

fn question(evidence: &Evidence<'_>, topic: Option<Topic>) -> Option<(Intent, f32)> {
    let topic = topic?;
    let strong_price = evidence.any(&[Term::HowMuch, Term::Price])
        && !matches!(topic, Topic::Deposit | Topic::CancellationPolicy);
    let general = matches!(topic, Topic::Location | Topic::Amenities | Topic::Capacity);
    if general
        && (evidence.has(Term::Avail) && !evidence.any(&[Term::Amenity, Term::Capacity, Term::Where])
            || strong_price)
        && !evidence.any(&[Term::Where])
    {
        return None;
    }
    if general && evidence.any(&[Term::Decline, Term::Yes]) && !evidence.tokens.asked {
        return None;
    }
    Some((Intent::Question, LIKELY))
}

fn wants_to_book(evidence: &Evidence<'_>) -> Option<(Intent, f32)> {
    let refusing = evidence.any(&[Term::Expensive, Term::Decline, Term::Think, Term::Cheaper])
        && !evidence.tokens.asked
        && !evidence.has(Term::HowMuch);
    let agreeing = evidence.opens_with(&[Term::Yes, Term::Fine, Term::If])
        && !evidence.any(&[Term::HowMuch, Term::Avail])
        && !evidence.tokens.asked;
    let agreed =
        evidence.has(Term::Yes) && !evidence.tokens.asked && !evidence.any(&[Term::HowMuch, Term::Avail]);
    if refusing || agreeing && evidence.any(&[Term::Book, Term::Yes, Term::Fine, Term::Confirm]) || agreed {
        return None;
    }
    if evidence.any(&[Term::Price, Term::HowMuch, Term::Avail, Term::Inquiry]) {
        return Some((Intent::Quote, LIKELY));
    }
    let booking = evidence.any(&[Term::Book, Term::Booking]) && !evidence.opens_with(&[Term::No]);
    let looking = evidence.any(&[Term::Want, Term::Have])
        && evidence.any(&[Term::Cabin, Term::Info, Term::Stay, Term::Night, Term::Holiday, Term::Season]);
    (booking || looking || evidence.season || evidence.has(Term::Info)).then_some((Intent::Quote, WEAK))
}

/// Yes or no to the offer.
fn answer(evidence: &Evidence<'_>, expecting: Option<Expecting>) -> Option<(Intent, f32)> {
    let thanks = evidence.any(&[Term::Thank, Term::Bye]);
    if evidence.any(&[Term::Decline, Term::Expensive, Term::Cheaper]) && !evidence.has(Term::WrongPerson) {
        return Some((Intent::Reject, LIKELY));
    }
    if evidence.any(&[Term::Think, Term::TellLater]) || promises_an_answer(evidence, expecting) {
        return Some((Intent::Reject, LIKELY));
    }
    // "no hay agua" is not an answer: something is missing, and a person has to know.
    let is_missing = evidence.near(&[Term::No], &[Term::Have], 1);
    if is_missing && evidence.opens_with(&[Term::No]) && !evidence.cue(Cue::Problem) {
        return None;
    }
    if evidence.opens_with(&[Term::No])
        || evidence.has(Term::No) && evidence.words() <= 4 && !evidence.has(Term::Yes)
    {
        return Some((Intent::Reject, LIKELY));
    }
    let clearly = evidence.has(Term::Yes)
        && (!evidence.has(Term::If) || evidence.opens_with(&[Term::Yes]) || evidence.any(&[Term::Book]));
    let agreeing = evidence.any(&[Term::Fine, Term::Confirm, Term::Book]) && !evidence.has(Term::Not);
    let likely = agreeing && !thanks && !is_greeting(evidence);
    if !(clearly || likely) || held_back::agrees_by_chance(evidence) {
        return None;
    }
    if held_back::holds_back(evidence) {
        return Some((Intent::Reject, LIKELY));
    }
    Some((Intent::Accept, if clearly { CLEAR } else { LIKELY }))
}

/// "el lunes te digo", as an answer to an offer.
fn promises_an_answer(evidence: &Evidence<'_>, expecting: Option<Expecting>) -> bool {
    let offered = matches!(expecting, Some(Expecting::Confirmation | Expecting::CabinChoice));
    offered && !evidence.tokens.asked && held_back::answers_another_time(evidence)
}

fn is_greeting(evidence: &Evidence<'_>) -> bool {
    evidence.any(&[Term::Greet, Term::HowAreYou])
}

fn courtesy(evidence: &Evidence<'_>) -> Option<(Intent, f32)> {
    if evidence.any(&[Term::Thank, Term::Bye]) && !evidence.has(Term::Ask) {
        return Some((Intent::Thanks, CLEAR));
    }
    is_greeting(evidence).then_some((Intent::Greeting, CLEAR))
}

fn last_resort(
    evidence: &Evidence<'_>,
    topic: Option<Topic>,
    expecting: Option<Expecting>,
) -> Option<(Intent, f32)> {
    if topic.is_some() {
        return Some((Intent::Question, GUESS));
    }
    // A single offer leaves no choice: "primero quiero verla".
    let chosen = expecting != Some(Expecting::Confirmation)
        && evidence.words() <= CHOICE_WORDS
        && evidence.tokens.list.iter().any(|token| token.ordinal.is_some());
    if chosen {
        return Some((Intent::Accept, WEAK));
    }
    match expecting {
        Some(Expecting::CabinChoice) => Some((Intent::Accept, WEAK)),
        _ => None,
    }
}
