//! Routes a message's words to their topic.

use super::super::effect::{Effect, HandOver};
use super::super::input::{Input, Source};
use super::super::say::{BookingSay, StaySay, Talk};
use super::super::state::Asked;
use super::super::tap::Purpose;
use super::super::turn::Step;
use super::super::work::Work;
use super::answered::Answered;
use super::preferred::{names_a_quality, preferred};
use super::reading::{note_language, read};
use super::wishes::{self, Taken};
use super::words;
use super::{bookings, concerns, courtesy, faq, hold, offers, pay, price_terms, requests};
use crate::understanding::acts::{ActKind, Meaning};
use crate::understanding::{self, Intent, Matter, Reading, Remark};
use jiff::{SignedDuration, Timestamp};

/// The same words this many times in a row come from a machine or from a guest we can't help.
const REPEATS_MAX: u8 = 4;
/// Older messages are answered with the present state, but trigger no action.
const LATE: SignedDuration = SignedDuration::from_hours(3);

/// Words of a message, with how they came.
#[derive(Debug, Clone, Copy)]
struct Words<'a> {
    text: &'a str,
    spoken: bool,
    late: bool,
}

pub(super) fn text(mut work: Work, text: &str, source: Source, sent_at: Timestamp) -> Step {
    if repeats(&mut work, text) {
        if work.state.counts.handed_over {
            return work.silent();
        }
        work.hand_over(HandOver::TooMany);
        return work.done();
    }
    let spoken = match source {
        Source::Typed => false,
        Source::Voice { confidence } if confidence < work.context.voice_confidence_min => {
            // A transcript may be wrong about days, but hardly about the language.
            let meaning = read(&work, text, true, sent_at);
            if concerns::concern(&work, text, &meaning).is_some() {
                let late = is_late(&work, sent_at);
                return understood(work, &meaning, Words { text, spoken: true, late });
            }
            note_language(&mut work, &meaning.reading, text);
            work.ask(Asked::Heard { text: text.to_owned() }, Talk::Heard { text: text.to_owned() });
            return work.done();
        }
        Source::Voice { .. } => true,
    };
    let late = is_late(&work, sent_at);
    let meaning = read(&work, text, spoken, sent_at);
    understood(work, &meaning, Words { text, spoken, late })
}

/// Handles a transcript that the guest confirmed.
pub(super) fn heard_right(work: Work, text: &str) -> Step {
    let meaning = read(&work, text, true, work.context.moment.now);
    understood(work, &meaning, Words { text, spoken: true, late: false })
}

/// While a person answers only one wish is acted on, the one that binds at once.
pub(super) fn while_a_person_talks(mut work: Work, input: &Input) -> Step {
    if let Input::Text { text, sent_at, .. } = input
        && read(&work, text, false, *sent_at).reading.intent == Intent::OptOut
        && !work.has_a_stay()
    {
        work.effect(Effect::OptOut);
    }
    work.silent()
}

fn understood(mut work: Work, meaning: &Meaning, words: Words) -> Step {
    let reading = &meaning.reading;
    note_language(&mut work, reading, words.text);
    if reading.name.is_some() || reading.email.is_some() {
        work.effect(Effect::Remember { name: reading.name.clone(), email: reading.email.clone() });
    }
    work.greet_back(reading.intent == Intent::Greeting);
    if understanding::says(words.text, Remark::Withdrawal) {
        return bookings::withdraw(work, words.text);
    }
    let concern = concerns::concern(&work, words.text, meaning);
    let heard_by_concern = concern.is_some() && work.presence().is_some();
    if !heard_by_concern && understanding::says(words.text, Remark::Insult) {
        return courtesy::upset(work);
    }
    if let Some(concern) =
        concern.filter(|concern| !matches!(concern.matter, Matter::Message | Matter::Request))
    {
        return concerns::tell(work, concern);
    }
    let mut work = match requests::of_money_and_requests(work, meaning, words.text, concern) {
        Answered::Done(step) => return *step,
        Answered::NotYet(work) => work,
    };
    let courteous = matches!(reading.intent, Intent::Thanks | Intent::Greeting);
    let glad = !courteous && work.presence().is_some();
    if concern.is_none() && glad && understanding::praises(words.text) {
        return courtesy::glad(work);
    }
    match reading.intent {
        Intent::Thanks | Intent::Other | Intent::Greeting | Intent::Human => {}
        _ => {
            work.state.counts.thanked = false;
            work.state.counts.handed_over = false;
        }
    }
    if reading.intent != Intent::Other {
        work.state.counts.misses = 0;
    }
    let work = match answer_to_what_was_asked(work, meaning, words) {
        Answered::Done(step) => return *step,
        Answered::NotYet(work) => work,
    };
    let work = match price_terms::take(work, reading, words.text) {
        Answered::Done(step) => return *step,
        Answered::NotYet(work) => work,
    };
    let answers = work.state.asked != Asked::Nothing
        && (matches!(reading.intent, Intent::Accept | Intent::Reject) || wishes::has_facts(reading));
    match concern {
        Some(concern) if !answers => concerns::tell(work, concern),
        _ => by_intent(work, meaning, words),
    }
}

/// Reads the message as an answer to our last question, whose words mean little alone: "la segunda", a code, "sí".
fn answer_to_what_was_asked<'a>(mut work: Work<'a>, meaning: &Meaning, words: Words) -> Answered<'a> {
    let reading = &meaning.reading;
    let done = Answered::by;
    match work.state.asked.clone() {
        Asked::NewDates { reservation_id } if wishes::has_facts(reading) => {
            return done(bookings::change_to(work, reservation_id, reading));
        }
        Asked::WhichStay { stays } => {
            let picked = reading.cabin_ordinal.and_then(|nth| stays.get(usize::from(nth).checked_sub(1)?));
            if let Some(stay) = picked {
                work.state.wish.set_stay(*stay);
                return done(wishes::proceed(work));
            }
        }
        Asked::WhichBooking { purpose } => {
            let code = words::code(words.text);
            let picked =
                work.live_bookings().into_iter().find(|booking| Some(&booking.code) == code.as_ref());
            if let Some(booking) = picked {
                return done(bookings::picked(work, booking.reservation_id, purpose));
            }
        }
        Asked::Ages => match price_terms::ages(work, words.text) {
            answered @ Answered::Done(_) => return answered,
            Answered::NotYet(unanswered) => work = unanswered,
        },
        Asked::Heard { text } => match reading.intent {
            Intent::Accept => return done(heard_right(forget_question(work), &text)),
            Intent::Reject if !wishes::has_facts(reading) => return done(heard_wrong(work)),
            _ => work.state.asked = Asked::Nothing,
        },
        _ => {}
    }
    if !wishes::has_facts(reading)
        && let Some((stay, room)) = offers::named(&work, reading.cabin_ordinal, words.text)
    {
        return done(offers::choose(work, stay, room));
    }
    if work.state.asked == Asked::WhichCabin
        && !wishes::has_facts(reading)
        && let Some(preferred) = preferred(&work, words.text)
    {
        return done(offers::prefer(work, preferred));
    }
    // "La más barata", of the only one offered.
    if let Asked::BookIt { stay, rooms } = work.state.asked.clone()
        && !wishes::has_facts(reading)
        && names_a_quality(words.text)
    {
        return done(offers::still_open(work, stay, &rooms));
    }
    // "La tacuara", when it is the only one offered: nearly a yes, so it is asked for.
    if let (ActKind::Choose, Asked::BookIt { stay, rooms }) = (meaning.first(), work.state.asked.clone())
        && reading.intent == Intent::Accept
        && !meaning.has(ActKind::Accept)
        && !wishes::has_facts(reading)
    {
        return done(offers::still_open(work, stay, &rooms));
    }
    Answered::NotYet(work)
}

fn by_intent(mut work: Work, meaning: &Meaning, words: Words) -> Step {
    let reading = &meaning.reading;
    faq::answer_beside(&mut work, meaning, words.text);
    let live = !work.live_bookings().is_empty();
    let facts = wishes::has_facts(reading);
    // Somebody who is here and names a day of their stay asks for no other one.
    let of_own_stay = work.presence().is_some()
        && !understanding::is_of_another_stay(reading, work.context.situation.stay, work.today());
    match reading.intent {
        Intent::Question | Intent::Quote | Intent::Change if of_own_stay && reading.topic.is_some() => {
            faq::question(work, reading.topic, words.text)
        }
        Intent::OptOut => courtesy::opt_out(work),
        Intent::Human => person(work),
        Intent::Cancel if !live && work.state.wish.arrival.is_some() => declined(work),
        Intent::Cancel => bookings::cancel(work, words.text),
        Intent::Change if live => bookings::change(work, meaning, words.text),
        Intent::Change if facts || work.state.wish.arrival.is_some() => {
            let reading = bookings::as_the_booking_tells(reading, work.state.wish.stay());
            quote(work, &reading, words.text)
        }
        Intent::Change => bookings::none(work),
        Intent::Status => bookings::status(work, words.text),
        Intent::Payment => pay::asked(work, words.text),
        Intent::Question if facts => quote(work, reading, words.text),
        Intent::Question => faq::question(work, reading.topic, words.text),
        Intent::Accept if facts => quote(work, reading, words.text),
        Intent::Accept => accept(work, words),
        // The day of a promise to answer is not a day of a stay: "el lunes te digo".
        Intent::Reject if reading.undecided && reading.nights.is_none() => undecided(work),
        Intent::Reject if facts => quote(work, reading, words.text),
        Intent::Reject => reject(work),
        Intent::Quote => quote(work, reading, words.text),
        Intent::Greeting if facts => quote(work, reading, words.text),
        Intent::Greeting => courtesy::greeting(work),
        Intent::Thanks => courtesy::thanks(work),
        Intent::Other if facts => quote(work, reading, words.text),
        Intent::Other if reading.wrong_number => courtesy::wrong_number(work),
        Intent::Other => courtesy::not_understood(work),
    }
}

/// The guest's stay request, with an answer beside it when a question came along.
fn quote(mut work: Work, reading: &Reading, text: &str) -> Step {
    if let Some(topic) = reading.topic {
        faq::answer(&mut work, topic, Some(text));
    }
    match wishes::take(&mut work, reading) {
        Taken::Noted => {
            price_terms::note_children(&mut work, reading, text);
            if reading.pets.is_some_and(|pets| pets > 0) && reading.topic.is_none() {
                faq::answer(&mut work, understanding::Topic::Pets, Some(text));
            }
            wishes::proceed_in(work, reading.month.and_then(|said| said.part))
        }
        Taken::MustAsk(asked, say) => {
            work.ask(asked, say);
            work.done()
        }
    }
}

/// "Yes": it answers our last question, and nothing else.
fn accept(mut work: Work, words: Words) -> Step {
    match work.state.asked.clone() {
        Asked::BookIt { stay, rooms } if words.late || offers::is_old(&work) => {
            offers::again(work, stay, &rooms)
        }
        Asked::BookItAloud { stay, rooms } if words.late => offers::again(work, stay, &rooms),
        Asked::BookIt { stay, rooms } if words.spoken => {
            let named = rooms.iter().map(|room| (room.clone(), work.cabin_name(room))).collect();
            work.ask(Asked::BookItAloud { stay, rooms }, StaySay::BookItAloud { stay, rooms: named });
            work.done()
        }
        Asked::BookIt { stay, rooms } | Asked::BookItAloud { stay, rooms } => hold::hold(work, stay, rooms),
        Asked::WhichStay { stays } if stays.len() == 1 => {
            work.state.wish.set_stay(stays[0]);
            wishes::proceed(work)
        }
        Asked::WhichStay { stays } => {
            work.say(StaySay::WhichStay { stays });
            work.done()
        }
        Asked::WhichCabin => offers::which(work),
        Asked::CancelIt { reservation_id } => bookings::picked(work, reservation_id, Purpose::Cancel),
        Asked::MoveIt { reservation_id, stay, party } => bookings::price(work, reservation_id, stay, party),
        Asked::NewDates { reservation_id } => bookings::picked(work, reservation_id, Purpose::Change),
        Asked::WhichBooking { purpose } => bookings::pick(work, purpose),
        Asked::StopMessages => courtesy::stop_all_else(work),
        Asked::WhichGuests { from, to } => {
            work.say(StaySay::WhichGuests { from, to });
            work.done()
        }
        Asked::Heard { text } => heard_right(forget_question(work), &text),
        Asked::Nothing | Asked::Dates | Asked::Departure | Asked::Guests | Asked::Ages => {
            if work.live_bookings().is_empty() || work.state.asked != Asked::Nothing {
                wishes::proceed(work)
            } else {
                courtesy::thanks(work)
            }
        }
    }
}

/// "Lo hablo y te aviso": nothing is held and the offer stays.
fn undecided(mut work: Work) -> Step {
    let offer = match work.state.asked.clone() {
        Asked::BookIt { stay, rooms } | Asked::BookItAloud { stay, rooms } => {
            let named = rooms.iter().map(|room| (room.clone(), work.cabin_name(room))).collect();
            Some((stay, named))
        }
        Asked::Nothing if !work.live_bookings().is_empty() => return courtesy::thanks(work),
        Asked::Nothing if work.state.wish.arrival.is_none() => return reject(work),
        Asked::CancelIt { .. }
        | Asked::MoveIt { .. }
        | Asked::NewDates { .. }
        | Asked::WhichBooking { .. }
        | Asked::StopMessages
        | Asked::Heard { .. } => return reject(work),
        Asked::Nothing
        | Asked::Dates
        | Asked::Departure
        | Asked::Guests
        | Asked::Ages
        | Asked::WhichStay { .. }
        | Asked::WhichGuests { .. }
        | Asked::WhichCabin => None,
    };
    work.say(StaySay::Undecided { offer });
    work.done()
}

/// "No": it answers our last question too.
fn reject(mut work: Work) -> Step {
    match work.state.asked.clone() {
        Asked::CancelIt { .. } | Asked::MoveIt { .. } => keep(work),
        Asked::Heard { .. } => heard_wrong(work),
        Asked::StopMessages => courtesy::go_on_writing(work),
        Asked::Nothing if work.state.wish.arrival.is_none() => {
            work.say(Talk::Welcome);
            work.done()
        }
        Asked::Nothing
        | Asked::Dates
        | Asked::Departure
        | Asked::Guests
        | Asked::Ages
        | Asked::WhichStay { .. }
        | Asked::WhichGuests { .. }
        | Asked::WhichCabin
        | Asked::BookIt { .. }
        | Asked::BookItAloud { .. }
        | Asked::NewDates { .. }
        | Asked::WhichBooking { .. } => declined(work),
    }
}

pub(super) fn declined(mut work: Work) -> Step {
    work.state.asked = Asked::Nothing;
    work.say(StaySay::Declined);
    work.done()
}

pub(super) fn keep(mut work: Work) -> Step {
    work.state.asked = Asked::Nothing;
    work.say(BookingSay::Kept);
    work.done()
}

pub(super) fn heard_wrong(work: Work) -> Step {
    let mut work = forget_question(work);
    work.say(Talk::PleaseWrite);
    work.done()
}

pub(super) fn forget_question(mut work: Work) -> Work {
    work.state.asked = Asked::Nothing;
    work
}

pub(super) fn person(mut work: Work) -> Step {
    work.hand_over(HandOver::Asked);
    work.done()
}

/// Counts repetitions of the same words; whether there are too many.
fn repeats(work: &mut Work, text: &str) -> bool {
    let print = words::fingerprint(text);
    let counts = &mut work.state.counts;
    counts.repeats = if counts.last_words == print { counts.repeats.saturating_add(1) } else { 1 };
    counts.last_words = print;
    counts.repeats >= REPEATS_MAX
}

pub(super) fn is_late(work: &Work, sent_at: Timestamp) -> bool {
    work.context.moment.now.duration_since(sent_at) > LATE
}
