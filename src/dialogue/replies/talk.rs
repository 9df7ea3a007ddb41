//! Sentences of conversation: greetings, misunderstandings, people.

use super::part::Part;
use crate::dialogue::i18n::Locale;
use crate::dialogue::say::{OwnerTold, Talk};
use crate::dialogue::tap::Tap;

pub(super) fn talk(say: &Talk, l: Locale) -> Part {
    match say {
        Talk::Hello { name, property, welcome, first_time } => {
            Part::text(hello(name.as_deref(), property, welcome, *first_time, l))
        }
        Talk::HowCanIHelp => Part::text(l.how_can_i_help()),
        Talk::NotUnderstood => Part::text(l.not_understood())
            .choice(Tap::SeeDates, l.button_see_dates())
            .choice(Tap::Person, l.button_person()),
        Talk::WrongNumber => Part::text(l.wrong_number()),
        Talk::StillNotUnderstood => Part::text(l.still_not_understood())
            .choice(Tap::Person, l.button_yes_person())
            .choice(Tap::SeeDates, l.button_see_dates()),
        Talk::HandedOver => Part::text(l.handed_over()),
        Talk::AlreadyHandedOver => Part::text(l.already_handed_over()),
        Talk::OwnerTold(told) => Part::text(owner_told(told, l)),
        Talk::Glad => Part::text(l.glad()),
        Talk::AtYourService => Part::text(l.at_your_service()),
        Talk::AskedOwner => Part::text(l.asked_owner()),
        Talk::Welcome => Part::text(l.welcome()),
        Talk::AskStopMessages => Part::text(l.ask_stop_messages()),
        Talk::OptedOutButBooking => Part::text(l.opted_out_but_booking()),
        Talk::GoesOnWriting => Part::text(l.goes_on_writing()),
        Talk::OptedOut => Part::text(l.opted_out()),
        Talk::Unheard => Part::text(l.unheard()),
        Talk::TooLong => Part::text(l.too_long()),
        Talk::VoiceOff => Part::text(l.voice_off()),
        Talk::Heard { text } => Part::text(l.heard(text))
            .choice(Tap::HeardRight, l.button_heard_right())
            .choice(Tap::HeardWrong, l.button_no()),
        Talk::PleaseWrite => Part::text(l.please_write()),
        Talk::NoCalls => Part::text(l.no_calls()),
        Talk::CannotSee => Part::text(l.cannot_see()),
        Talk::Picture => Part::text(l.picture()),
        Talk::Place => Part::text(l.place()),
        Talk::StaleTap => Part::text(l.stale_button()),
        Talk::LateAnswer => Part::text(l.late_answer()),
        Talk::Calm => Part::text(l.calm()),
    }
}

/// What was done, and for somebody in need whom to call meanwhile.
fn owner_told(told: &OwnerTold, l: Locale) -> String {
    let done = match (told.urgency.is_urgent(), told.again) {
        (false, false) => l.owner_told(),
        (false, true) => l.owner_told_more(),
        (true, _) => l.owner_told_urgently(),
    };
    if !told.urgency.is_urgent() {
        return done;
    }
    let owner = (!told.emergency_phone.is_empty()).then(|| l.call_owner(&told.emergency_phone));
    let public = l.call_for_help(told.public_numbers);
    [Some(done), owner, Some(public)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn hello(name: Option<&str>, property: &str, welcome: &str, first_time: bool, l: Locale) -> String {
    let hello = name.map_or_else(|| l.hello(), |name| l.hello_name(name));
    if !first_time {
        return hello;
    }
    let thanks = if property.is_empty() { l.thanks_for_writing() } else { l.thanks_for_writing_to(property) };
    if welcome.is_empty() { format!("{hello} {thanks}") } else { format!("{hello} {thanks} {welcome}") }
}
