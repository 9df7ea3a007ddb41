//! The owner's page: everything on one phone screen, rendered here, working without a line of script.
//!
//! Properties wanted, and how they come about:
//! - *Nobody looks without a session, or at what is not theirs*: each route names its permission to
//!   [`super::gate`].
//! - *Nothing changes from another site's page*: what changes something arrives as a [`guard::Post`], which carries
//!   the word of the session it was rendered for.
//! - *Nothing foreign runs in it*: each page brings a policy without inline script or style.
//! - *A page is one snapshot*: its handler reads once, into a struct of finished words.

mod accounts;
mod attention;
mod cabins;
mod calendars;
mod chart;
mod cleaning;
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
mod page;
mod rates;
mod reasons;
mod reports;
mod reservations;
mod service_levels;
mod settings;
mod setup;
mod today;
pub(super) mod words;

pub(super) use flash::Flash;
pub(super) use page::{Failed, Page, done};

use crate::web::gate::Gated;

pub(super) fn routes() -> Vec<Gated> {
    [
        login::routes(),
        today::routes(),
        setup::routes(),
        live::routes(),
        reservations::routes(),
        reports::routes(),
        chart::routes(),
        rates::routes(),
        cabins::routes(),
        calendars::routes(),
        settings::routes(),
        health::routes(),
        inbox::routes(),
        guests::routes(),
        accounts::routes(),
    ]
    .concat()
}
