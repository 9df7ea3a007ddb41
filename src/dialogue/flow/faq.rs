//! Questions about the place: answered from the settings, else passed to the owner.

use super::super::effect::Effect;
use super::super::say::{FaqSay, Say, StaySay, Talk};
use super::super::state::Asked;
use super::super::turn::Step;
use super::super::work::Work;
use super::{photos, prices};
use crate::domain::cabin::Cabin;
use crate::understanding::acts::{ActKind, Meaning};
use crate::understanding::{Intent, Topic};

/// From this probability on a question beside something else is answered too.
const BESIDE_MIN: f32 = 0.7;

/// Answers a question, then returns to the open one.
pub(super) fn question(mut work: Work, topic: Option<Topic>, text: &str) -> Step {
    match topic {
        Some(topic) => answer(&mut work, topic, Some(text)),
        None => ask_owner(&mut work, text),
    }
    back_to_what_was_open(&mut work);
    work.done()
}

/// A question that no topic names: nothing that stands somewhere is an answer to it.
pub(super) fn ask_owner(work: &mut Work, text: &str) {
    work.effect(Effect::AskOwner { question: text.to_owned() });
    if !work.says_it_asked() {
        work.say(Talk::AskedOwner);
    }
}

/// Answers with the owner's own words first, then from the settings and the cabins, then asks the owner.
pub(super) fn answer(work: &mut Work, topic: Topic, text: Option<&str>) {
    let settings = work.context.settings;
    let own = settings.answers.get(topic.code()).filter(|words| !words.trim().is_empty());
    let known = match own {
        Some(words) => {
            let pictures = (topic == Topic::Photos).then(|| photos::photos(work, text)).flatten();
            [Some(FaqSay::Answer { text: words.clone() }), pictures]
                .into_iter()
                .flatten()
                .map(Say::from)
                .collect()
        }
        None => match known(work, topic, text) {
            Some(say) => vec![say.into()],
            None => prices::known(work, topic),
        },
    };
    if known.is_empty() {
        let question = text.map_or_else(|| topic.code().to_owned(), str::to_owned);
        work.effect(Effect::AskOwner { question });
        if !work.says_it_asked() {
            work.say(FaqSay::AskedOwner { topic });
        }
    }
    known.into_iter().for_each(|say| work.say(say));
}

fn known(work: &Work, topic: Topic, text: Option<&str>) -> Option<FaqSay> {
    let settings = work.context.settings;
    let cabins = work.context.cabins;
    match topic {
        Topic::CheckInTime => Some(FaqSay::CheckInTime { from: settings.check_in_time }),
        Topic::CheckOutTime => Some(FaqSay::CheckOutTime { until: settings.check_out_time }),
        Topic::Capacity if !cabins.is_empty() => Some(FaqSay::capacity(cabins)),
        Topic::Deposit => {
            Some(FaqSay::Deposit { percent: settings.deposit_percent, hold_minutes: settings.hold_minutes })
        }
        Topic::CancellationPolicy if !settings.cancellation_text.trim().is_empty() => {
            Some(FaqSay::Answer { text: settings.cancellation_text.clone() })
        }
        Topic::CancellationPolicy => Some(FaqSay::CancellationPolicy { policy: settings.cancellation }),
        Topic::Amenities => {
            listed(cabins, |cabin| &cabin.amenities).map(|cabins| FaqSay::Amenities { cabins })
        }
        Topic::Photos => photos::photos(work, text),
        Topic::Location => location(work),
        // What its price rules say is told beside this.
        Topic::Pets
        | Topic::Children
        | Topic::Cleaning
        | Topic::Discount
        | Topic::PriceScope
        | Topic::PaymentMethods
        | Topic::Instalments
        | Topic::Currency
        | Topic::Capacity
        | Topic::Wifi
        | Topic::Parking
        | Topic::Pool
        | Topic::Grill
        | Topic::Linen
        | Topic::Breakfast
        | Topic::Heating
        | Topic::Smoking
        | Topic::Rules
        | Topic::Luggage
        | Topic::Transfer
        | Topic::Access
        | Topic::Activities
        | Topic::View
        | Topic::Accessibility
        | Topic::MinNights
        | Topic::Invoice
        | Topic::Signal
        | Topic::Kitchen
        | Topic::Beds
        | Topic::AirConditioning
        | Topic::Firewood
        | Topic::Events
        | Topic::DayUse
        | Topic::Trust
        | Topic::Website
        | Topic::Supplies
        | Topic::Weather => None,
    }
}

/// The exact address is for guests with a booking; others get the location in the owner's words.
fn location(work: &Work) -> Option<FaqSay> {
    let address = &work.context.settings.property_address;
    let has_booked = work.live_bookings().iter().any(|booking| booking.paid.is_positive());
    let mut places: Vec<String> = Vec::new();
    if has_booked && !address.is_empty() {
        places.push(address.clone());
    }
    for cabin in work.context.cabins {
        if !cabin.location.is_empty() && !places.contains(&cabin.location) {
            places.push(cabin.location.clone());
        }
    }
    (!places.is_empty()).then_some(FaqSay::Location { places })
}

fn listed(cabins: &[Cabin], part: impl Fn(&Cabin) -> &Vec<String>) -> Option<Vec<(String, Vec<String>)>> {
    let lists: Vec<_> = cabins
        .iter()
        .filter(|cabin| !part(cabin).is_empty())
        .map(|cabin| (cabin.name.clone(), part(cabin).clone()))
        .collect();
    (!lists.is_empty()).then_some(lists)
}

/// Repeats the open question: a question in the middle of a booking must not lose it.
pub(super) fn back_to_what_was_open(work: &mut Work) {
    match work.state.asked.clone() {
        Asked::BookIt { stay, rooms } => {
            let rooms = rooms.into_iter().map(|room| {
                let name = work.cabin_name(&room);
                (room, name)
            });
            let rooms = rooms.collect();
            work.say(StaySay::StillOpen { stay, rooms });
        }
        Asked::Guests => {
            if let Some(stay) = work.state.wish.stay() {
                work.say(StaySay::AskGuests { stay });
            }
        }
        Asked::Departure => {
            if let Some(arrival) = work.state.wish.arrival {
                work.say(StaySay::AskDeparture { arrival });
            }
        }
        Asked::Nothing if work.is_new() && work.presence().is_none() && work.live_bookings().is_empty() => {
            work.ask(Asked::Dates, StaySay::AskDates { party: None });
        }
        Asked::Nothing
        | Asked::Dates
        | Asked::Ages
        | Asked::WhichStay { .. }
        | Asked::WhichGuests { .. }
        | Asked::WhichCabin
        | Asked::BookItAloud { .. }
        | Asked::Heard { .. }
        | Asked::CancelIt { .. }
        | Asked::MoveIt { .. }
        | Asked::NewDates { .. }
        | Asked::WhichBooking { .. }
        | Asked::StopMessages => {}
    }
}

/// Answers the questions that were asked beside something else. The first one of a message that only asks, and of one
/// that asks for a stay, is answered where those are.
pub(super) fn answer_beside(work: &mut Work, meaning: &Meaning, text: &str) {
    let questions = meaning.acts.iter().filter(|act| act.kind == ActKind::Question);
    let answered_later = match meaning.reading.intent {
        Intent::Question | Intent::Quote => 1,
        _ => 0,
    };
    let of_payment = |topic: Option<Topic>| {
        meaning.reading.intent == Intent::Payment
            && matches!(
                topic,
                Some(Topic::PaymentMethods | Topic::Deposit | Topic::Instalments | Topic::Currency)
            )
    };
    let sure = questions.filter(|act| act.probability >= BESIDE_MIN);
    let topics = sure.map(|act| act.topic).filter(|topic| !of_payment(*topic));
    for topic in topics.skip(answered_later).collect::<Vec<_>>() {
        match topic {
            Some(topic) => answer(work, topic, Some(text)),
            None => ask_owner(work, text),
        }
    }
}
