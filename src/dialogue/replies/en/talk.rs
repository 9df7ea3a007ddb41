//! English: the talk itself: greetings, misunderstandings, people.

use crate::dialogue::replies::Part;
use crate::dialogue::say::Talk;
use crate::dialogue::tap::Tap;

pub(super) fn talk(say: &Talk) -> Part {
    match say {
        Talk::Hello { name, property, welcome, first_time } => Part::text(hello(name, property, welcome, *first_time)),
        Talk::HowCanIHelp => Part::text(
            "Which dates would you like, and how many are you? If you have any question about the place, just ask.",
        ),
        Talk::NotUnderstood => Part::text(
            "Sorry, I didn't quite get that. I can tell you what's free and how much it is, book it for you, or tell you about the place. Could you put it another way?",
        )
        .choice(Tap::SeeDates, "Dates and prices")
        .choice(Tap::Person, "Talk to someone"),
        Talk::WrongNumber => Part::text("No problem at all! Have a lovely day."),
        Talk::StillNotUnderstood => {
            Part::text("I still don't understand, sorry. Would you rather talk to a person?")
                .choice(Tap::Person, "Yes, a person")
                .choice(Tap::SeeDates, "Dates and prices")
        }
        Talk::HandedOver => Part::text("I've told someone; they'll answer you here as soon as they can."),
        Talk::AlreadyHandedOver => Part::text("They already know and will answer you here as soon as they can."),
        Talk::AskedOwner => Part::text("I'm not sure about that. I've asked, and they'll answer you here."),
        Talk::Welcome => Part::text("You're welcome! Write to me any time."),
        Talk::OptedOut => Part::text("Done, I won't write again. If you ever want to talk, just send a message."),
        Talk::Unheard => Part::text("Sorry, I couldn't hear that voice note well. Could you write it?"),
        Talk::TooLong => Part::text("That voice note is too long for me. Could you send a shorter one, or write it?"),
        Talk::VoiceOff => Part::text("I can't listen to voice notes right now. Could you write it?"),
        Talk::Heard { text } => Part::text(format!("I heard: “{text}”. Is that right?"))
            .choice(Tap::HeardRight, "Yes, that's right")
            .choice(Tap::HeardWrong, "No"),
        Talk::PleaseWrite => Part::text("All right, please write it to me then."),
        Talk::CannotSee => Part::text("I can't see that kind of message. Could you write it?"),
        Talk::Picture => Part::text("Thanks for the picture! How can I help?"),
        Talk::Place => Part::text("Got the location, thanks. How can I help?"),
        Talk::StaleTap => Part::text("That button is too old by now. Tell me again what you need."),
        Talk::LateAnswer => Part::text("Your message only just reached me, sorry for the wait. Here is how it looks today:"),
        Talk::Calm => Part::text("I understand you're upset, and I'm sorry. I'll get a person to help you."),
    }
}

fn hello(name: &Option<String>, property: &str, welcome: &str, first_time: bool) -> String {
    let name = name.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
    let mut text = match (first_time, property.is_empty()) {
        (true, false) => format!("Hi{name}! Thanks for writing to {property}."),
        (true, true) => format!("Hi{name}! Thanks for writing."),
        (false, _) => format!("Hi{name}!"),
    };
    if first_time && !welcome.is_empty() {
        text.push(' ');
        text.push_str(welcome);
    }
    text
}
