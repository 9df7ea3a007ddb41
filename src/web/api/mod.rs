//! The API under `/api/v1`: one file for each noun, one handler for each operation.

pub mod attention;
pub mod availability;
pub mod blocks;
pub mod cabins;
pub mod conversations;
pub mod feeds;
mod id;
pub mod login;
pub mod media;
pub mod messages;
pub mod notices;
pub mod payments;
pub mod price_rules;
mod query;
pub mod rate_changes;
pub mod rates;
pub mod reports;
pub mod requests;
pub mod reservations;
pub mod settings;
pub mod texts;
pub mod wire;

use super::gate::{self, Gated};
use crate::domain::user::Permission;
use reservations::{adjustments, create, csv, list, moves};
use rocket::{Route, routes};

/// Every route of the API with its permission. A test compares them with the OpenAPI document, both ways.
pub(super) fn routes() -> Vec<Gated> {
    [
        gate::open(routes![login::login, availability::availability, availability::quote_one]),
        gate::api(Permission::Bookings, bookings()),
        gate::api(Permission::Refunds, routes![moves::refund]),
        gate::api(
            Permission::PricesView,
            routes![cabins::list, cabins::show, rates::list, price_rules::list, feeds::list],
        ),
        gate::api(Permission::PricesChange, prices()),
        gate::api(Permission::Texts, routes![texts::show, texts::change]),
        gate::api(Permission::Reports, routes![reports::occupancy, messages::messages]),
        gate::api(
            Permission::Administration,
            routes![settings::show, settings::change, notices::test, notices::prove],
        ),
    ]
    .concat()
}

fn bookings() -> Vec<Route> {
    routes![
        blocks::list,
        blocks::create,
        blocks::remove,
        blocks::remove_by_id,
        create::create,
        list::list,
        list::show,
        csv::table,
        moves::confirm,
        moves::cancel,
        moves::move_to,
        moves::check_in,
        moves::check_out,
        moves::no_show,
        moves::receive,
        conversations::list,
        conversations::show,
        conversations::reply,
        conversations::take_over,
        conversations::hand_back,
        media::show,
        attention::list,
        attention::resolve,
        notices::list,
        requests::list,
        requests::decide,
        payments::list,
    ]
}

fn prices() -> Vec<Route> {
    routes![
        adjustments::add,
        adjustments::remove,
        cabins::create,
        cabins::change,
        cabins::remove,
        price_rules::create,
        price_rules::change,
        price_rules::remove,
        rates::create,
        rates::change,
        rate_changes::change,
        rate_changes::copy,
        rate_changes::undo,
        rates::remove,
        rates::remove_by_id,
        feeds::create,
        feeds::change,
        feeds::sync,
        feeds::remove,
        feeds::remove_of_cabin,
    ]
}
