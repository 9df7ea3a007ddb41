//! The words around the news of a message template, as they are registered at Meta, and around a letter.

use super::catalogue::Locale;
use super::message::messages;
use crate::domain::ids::ReservationCode;

messages! { Locale:
    template_notice(place: &str, news: &str);
    template_booking(place: &str, news: &str);
    template_payment(place: &str, news: &str);
    template_arrival(place: &str, news: &str);
    template_stay(place: &str, news: &str);
    template_reply(place: &str, news: &str);
    template_waitlist(place: &str, news: &str);
    letter_subject(code: &ReservationCode, place: &str);
    letter_link(url: &str);
    letter_foot(place: &str);
}
