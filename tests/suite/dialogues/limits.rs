//! Limits of WhatsApp, and words that no guest should read.

use casero::dialogue::replies::{Form, Rendered};
use casero::domain::message::{
    BODY_CHARS_MAX, BUTTON_CHARS_MAX, BUTTONS_MAX, Choice, Message, ROW_DESCRIPTION_CHARS_MAX,
    ROW_TITLE_CHARS_MAX, ROWS_MAX, TEXT_CHARS_MAX,
};
use jiff::civil::Date;

/// A rendered reply as the message that it becomes, uncut.
pub fn as_message(rendered: &Rendered) -> Message {
    let body = rendered.body.clone();
    let choice = |title: &String, description: &String| Choice {
        token: String::new(),
        title: title.clone(),
        description: description.clone(),
    };
    let choices =
        rendered.choices.iter().map(|offered| choice(&offered.title, &offered.description)).collect();
    match &rendered.form {
        Form::Text => Message::Text { body },
        Form::Buttons => Message::Buttons { body, buttons: choices, header: None },
        Form::List { open } => Message::List { body, open: open.clone(), rows: choices },
        Form::Link { label, url } => Message::Link { body, label: label.clone(), url: url.clone() },
    }
}

/// Fails for what WhatsApp would refuse or a guest could not understand.
pub fn keeps_the_limits(message: &Message) {
    match message {
        Message::Text { body } => body_keeps(body, TEXT_CHARS_MAX),
        Message::Link { body, label, .. } => {
            body_keeps(body, BODY_CHARS_MAX);
            title_keeps(label, BUTTON_CHARS_MAX);
        }
        Message::Buttons { body, buttons, .. } => {
            body_keeps(body, BODY_CHARS_MAX);
            choices_keep(buttons, BUTTONS_MAX, BUTTON_CHARS_MAX);
            let mut titles: Vec<&str> = buttons.iter().map(|button| button.title.as_str()).collect();
            titles.sort_unstable();
            assert!(titles.windows(2).all(|two| two[0] != two[1]), "two buttons alike: {titles:?}");
        }
        Message::List { body, open, rows } => {
            body_keeps(body, BODY_CHARS_MAX);
            title_keeps(open, BUTTON_CHARS_MAX);
            choices_keep(rows, ROWS_MAX, ROW_TITLE_CHARS_MAX);
        }
        Message::Template { parameters, .. } => {
            parameters.iter().for_each(|value| body_keeps(value, BODY_CHARS_MAX));
        }
        Message::Document { caption, .. } => body_keeps(caption, BODY_CHARS_MAX),
        Message::Image { caption, .. } | Message::File { caption, .. } => {
            assert!(caption.chars().count() <= BODY_CHARS_MAX, "{caption}");
        }
        Message::Audio { .. } | Message::Location { .. } => {}
    }
}

fn body_keeps(body: &str, most: usize) {
    assert!(!body.trim().is_empty(), "an empty message");
    assert!(body.chars().count() <= most, "longer than {most}: {body}");
    let mut words = body.split(|c: char| c.is_whitespace() || "(),;:".contains(c));
    let technical = |word: &str| word.contains('_') && !word.starts_with("http");
    let odd = words.find(|word| word.parse::<Date>().is_ok() || technical(word));
    assert!(odd.is_none(), "the technical {odd:?} in: {body}");
}

fn choices_keep(choices: &[Choice], most: usize, title: usize) {
    assert!((1..=most).contains(&choices.len()), "{} choices", choices.len());
    for choice in choices {
        title_keeps(&choice.title, title);
        let description = choice.description.chars().count();
        assert!(description <= ROW_DESCRIPTION_CHARS_MAX, "{:?}", choice.description);
    }
}

fn title_keeps(title: &str, most: usize) {
    assert!((1..=most).contains(&title.chars().count()), "title {title:?}");
}
