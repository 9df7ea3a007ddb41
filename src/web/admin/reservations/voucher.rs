//! A booking on paper, with a code that opens the guest's own page.

use super::super::page::{Failed, Page};
use super::super::words;
use super::find::find;
use crate::app::AppContext;
use crate::domain::reservation::Reservation;
use crate::domain::user::Permission;
use crate::store::{Read, cabins, guests, payments, settings};
use crate::web::assets::{self, Files};
use crate::web::gate::{self, Gated};
use crate::web::qr;
use crate::web::state::Web;
use askama::Template;
use rocket::{State, get, routes};
use std::sync::Arc;

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::Bookings, routes![show])
}

#[derive(Template)]
#[template(path = "voucher.html", config = "assets/askama.toml")]
struct Voucher {
    files: &'static Files,
    property: String,
    address: String,
    code: String,
    status_words: &'static str,
    guest: String,
    cabin: String,
    check_in: String,
    check_out: String,
    nights: String,
    people: String,
    total: String,
    paid: String,
    due: String,
    policy: String,
    link: String,
    drawing: Option<(usize, String)>,
}

#[get("/reservations/<code>/voucher")]
async fn show(web: &State<Arc<Web>>, code: &str) -> Result<Page, Failed> {
    let (context, code) = (Arc::clone(&web.app.context), code.to_owned());
    let voucher = web.app.store.read(move |tx| load(tx, &context, &find(tx, &code)?)).await?;
    Page::ok(&voucher)
}

fn load(tx: &impl Read, context: &AppContext, reservation: &Reservation) -> Result<Voucher, Failed> {
    let moment = context.moment(tx);
    let f = words::format(&moment);
    let (settings, _) = settings::load(tx)?;
    let guest = guests::find(tx, reservation.guest_id)?.ok_or(Failed::NOT_FOUND)?;
    let (paid, currency) = (payments::paid(tx, reservation.id)?, reservation.quote.total.currency);
    let link = context.guest_link(reservation);
    let property = Some(settings.property_name).filter(|name| !name.is_empty());
    Ok(Voucher {
        files: assets::files(),
        property: property.unwrap_or_else(|| "Casero".into()),
        address: settings.property_address,
        code: reservation.code.to_string(),
        status_words: words::status(reservation.status),
        guest: words::guest_name(&guest),
        cabin: cabins::name(tx, reservation.cabin_id)?.unwrap_or_default(),
        check_in: format!(
            "{}, desde las {}",
            f.day(reservation.stay.check_in()),
            f.hour(settings.check_in_time)
        ),
        check_out: format!(
            "{}, hasta las {}",
            f.day(reservation.stay.check_out()),
            f.hour(settings.check_out_time)
        ),
        nights: f.nights(reservation.stay.nights()),
        people: f.party(reservation.party),
        total: f.money(reservation.quote.total),
        paid: words::money(paid, currency),
        due: words::money((reservation.quote.total.minor - paid).max(0), currency),
        policy: settings.cancellation_text,
        drawing: context.public_url.is_some().then(|| qr::drawing(&link)).flatten(),
        link,
    })
}
