//! The admin page: made for a phone's screen, rendered on the server, working without script.
//!
//! Properties:
//! - *No access without session and permission*: each route names its permission to [`super::gate`].
//! - *No change from another site's page*: a change arrives as a [`guard::Post`], which carries the CSRF
//!   token of the session it was rendered for.
//! - *No foreign code runs in it*: each page brings a policy without inline script or style.
//! - *A page is one snapshot*: its handler reads once, into a struct of finished words.

mod accounts;
mod attention;
mod cabins;
mod calendars;
mod chart;
mod cleaning;
mod decisions;
mod flash;
pub(super) mod form;
pub(super) mod guard;
mod guests;
mod health;
mod inbox;
mod invalid;
mod labels;
mod live;
mod login;
mod multipart;
mod notices;
mod page;
mod price_rules;
mod rates;
mod reasons;
mod reports;
mod request_labels;
mod reservations;
mod service_levels;
mod settings;
mod setup;
mod today;
mod unknown_bookings;
mod whatsapp;
pub(super) mod words;

pub(super) use flash::Flash;
pub(super) use page::{Failed, Page, done};

use crate::web::gate::Gated;

pub(super) fn routes() -> Vec<Gated> {
    [
        login::routes(),
        today::routes(),
        unknown_bookings::routes(),
        decisions::routes(),
        setup::routes(),
        live::routes(),
        reservations::routes(),
        reports::routes(),
        chart::routes(),
        price_rules::routes(),
        rates::routes(),
        cabins::routes(),
        calendars::routes(),
        settings::routes(),
        health::routes(),
        whatsapp::routes(),
        notices::routes(),
        inbox::routes(),
        guests::routes(),
        accounts::routes(),
    ]
    .concat()
}
