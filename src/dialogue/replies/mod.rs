//! Replies: data in, messages out. The sentences are chosen here, once for all languages; the words come from the
//! catalogues (`i18n`).
//!
//! A guest pays attention once, and WhatsApp bills each message: one turn is one message wherever it fits. Only a
//! link, and text too long above buttons, stands alone.

mod booking;
mod calendar_invite;
mod faq;
mod letters;
mod own;
mod owner;
mod owner_answers;
mod owner_bookings;
mod owner_desk;
mod owner_lines;
mod owner_talk;
mod part;
mod pay;
mod request;
mod stay;
mod talk;

pub use calendar_invite::{CalendarInvite, calendar_invite};
pub use letters::{
    guest_letter, guest_letter_subject, owner_code, owner_mail, owner_mail_subject, owner_notice_kind,
    owner_number_asked, owner_number_proven, owner_push_title, owner_test,
};
pub use owner::{
    again as owner_again, back_home, calendar_check, delivery_cause, nights_holders, outage_cause, owner,
    template_reason, topic,
};
pub use owner_answers::{receipt_buttons, request_buttons};
pub use owner_talk::{OwnerWords, owner_says};
pub use part::{Offered, Picture};

use super::i18n::{Format, Locale, OWNER};
use super::say::Say;
use crate::domain::ids::ReservationCode;
use crate::domain::language::Language;
use crate::domain::message::{
    BODY_CHARS_MAX, BUTTON_CHARS_MAX, BUTTONS_MAX, ROW_DESCRIPTION_CHARS_MAX, ROW_TITLE_CHARS_MAX, ROWS_MAX,
    TEXT_CHARS_MAX, cut,
};
use crate::domain::policy::Moment;
use crate::domain::refusal::Refusal;
use crate::domain::stay::Stay;
use jiff::civil::Date;
use part::Part;

/// A message in words, with the meaning of its buttons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    pub body: String,
    /// Buttons or rows, in order.
    pub choices: Vec<Offered>,
    pub form: Form,
    /// Photographs that follow it, each a message of its own.
    pub pictures: Vec<Picture>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    Text,
    /// Words with up to three buttons.
    Buttons,
    /// Words with a list that opens.
    List {
        open: String,
    },
    Link {
        label: String,
        url: String,
    },
}

/// The replies of a turn as the fewest messages that hold them.
pub fn render(say: &[Say], language: Language, moment: &Moment) -> Vec<Rendered> {
    render_in(Locale::of(language), say, moment)
}

pub(super) fn render_in(locale: Locale, say: &[Say], moment: &Moment) -> Vec<Rendered> {
    let format = Format::new(locale, moment);
    let mut messages: Vec<Part> = Vec::new();
    for part in say.iter().map(|say| part(say, &format)).filter(|part| !part.body.is_empty()) {
        match messages.last_mut() {
            Some(last) if fits(last, &part) => {
                last.body.push_str("\n\n");
                last.body.push_str(&part.body);
                last.choices.extend(part.choices);
                last.pictures.extend(part.pictures);
            }
            _ => messages.push(part),
        }
    }
    messages.into_iter().map(|part| finish(part, *format)).collect()
}

/// A refusal in words, for any page or chat of a guest.
pub fn refusal(why: &Refusal, language: Language) -> String {
    stay::refused(why, Locale::of(language))
}

/// The title on the provider's page and on the payer's card statement.
pub fn checkout_title(cabin: &str, stay: Stay, code: &ReservationCode) -> String {
    let short = |date: Date| format!("{:02}/{:02}", date.day(), date.month());
    let until = format!("{}/{}", short(stay.check_out()), stay.check_out().year());
    OWNER.checkout_title(cabin, &short(stay.check_in()), &until, code)
}

fn part(say: &Say, format: &Format<'_>) -> Part {
    match &own::filled(say, format) {
        Say::Talk(say) => talk::talk(say, **format),
        Say::Stay(say) => stay::stay(say, **format),
        Say::Booking(say) => booking::booking(say, format),
        Say::Pay(say) => pay::pay(say, format),
        Say::Faq(say) => faq::faq(say, **format),
        Say::Request(say) => request::request(say, format),
    }
}

/// Whether two parts can be one message: a link stands alone, buttons end a message, and the text above buttons is
/// short.
fn fits(last: &Part, next: &Part) -> bool {
    let long = last.body.chars().count() + next.body.chars().count() + 2 > BODY_CHARS_MAX;
    last.link.is_none()
        && next.link.is_none()
        && (last.choices.is_empty() || next.choices.is_empty())
        && !long
}

fn finish(part: Part, locale: Locale) -> Rendered {
    let Part { body, mut choices, link, pictures } = part;
    choices.truncate(ROWS_MAX);
    let described = choices.iter().any(|choice| !choice.description.is_empty());
    let form = match link {
        Some((label, url)) => Form::Link { label, url },
        None if choices.is_empty() => Form::Text,
        // Two buttons may not have the same label; two rows may.
        None if choices.len() <= BUTTONS_MAX && !described && all_differ(&choices) => Form::Buttons,
        None => Form::List { open: locale.see_options() },
    };
    let (body_max, title_max) = match form {
        Form::Text => (TEXT_CHARS_MAX, BUTTON_CHARS_MAX),
        Form::Buttons | Form::Link { .. } => (BODY_CHARS_MAX, BUTTON_CHARS_MAX),
        Form::List { .. } => (BODY_CHARS_MAX, ROW_TITLE_CHARS_MAX),
    };
    for choice in &mut choices {
        choice.title = cut(&choice.title, title_max);
        choice.description = cut(&choice.description, ROW_DESCRIPTION_CHARS_MAX);
    }
    Rendered { body: cut(&body, body_max), choices, form, pictures }
}

fn all_differ(choices: &[Offered]) -> bool {
    let mut titles: Vec<&str> = choices.iter().map(|choice| choice.title.as_str()).collect();
    titles.sort_unstable();
    titles.windows(2).all(|pair| pair[0] != pair[1])
}
