//! Price of a stay on other days, with the button that moves it: opened by dropping a bar elsewhere.

use super::super::form::PartyFields;
use super::super::guard::SignedIn;
use super::super::page::{Failed, Frame, Page, Seat, Tab};
use super::super::reasons;
use super::super::words;
use super::month::id_of;
use crate::app::reserve::{self, Place};
use crate::app::{AppContext, Error};
use crate::domain::ids::ReservationCode;
use crate::domain::refusal::Refusal;
use crate::domain::reservation::Reservation;
use crate::domain::stay::Stay;
use crate::domain::user::Permission;
use crate::store::{Read, StoreError, cabins, guests, reservations};
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use askama::Template;
use jiff::civil::Date;
use rocket::{State, get, routes};
use std::sync::Arc;

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::Bookings, routes![ask])
}

#[derive(Template)]
#[template(path = "chart_move.html", config = "assets/askama.toml")]
struct Shift {
    frame: Frame,
    code: String,
    guest: String,
    cabin: String,
    party: PartyFields,
    before: String,
    before_total: String,
    check_in: String,
    check_out: String,
    /// The new price, if the stay can be moved.
    offer: Option<Offer>,
    back: String,
}

struct Offer {
    when: String,
    total: String,
    difference: Option<String>,
}

#[get("/chart/move/<code>?<check_in>&<check_out>")]
async fn ask(
    web: &State<Arc<Web>>,
    signed_in: SignedIn,
    code: &str,
    check_in: Option<String>,
    check_out: Option<String>,
) -> Result<Page, Failed> {
    let code = ReservationCode::parse(code).ok_or(Failed::NOT_FOUND)?;
    let seat = Seat::of(web, &signed_in, None);
    let context = Arc::clone(&web.app.context);
    let page = web.app.store.read(move |tx| {
        let Some(found) = reservations::find_by_code(tx, &code)? else { return Ok(None) };
        let day = |text: Option<String>, or: Date| text.and_then(|text| text.parse().ok()).unwrap_or(or);
        let dates = (day(check_in, found.stay.check_in()), day(check_out, found.stay.check_out()));
        load(tx, &context, &seat, &found, dates).map(Some)
    });
    Page::ok(&page.await?.ok_or(Failed::NOT_FOUND)?)
}

fn load(
    tx: &impl Read,
    context: &AppContext,
    seat: &Seat,
    found: &Reservation,
    dates: (Date, Date),
) -> Result<Shift, StoreError> {
    let moment = context.moment(tx);
    let f = words::format(&moment);
    let frame = Frame::load(tx, seat, Tab::Chart, "Cambiar las fechas")?;
    let offered = Stay::new(dates.0, dates.1).map_err(|_| Error::Refused(Refusal::BadDates));
    let offered = offered.and_then(|stay| {
        let price =
            reserve::price_move(tx, context, found, Place { cabin: found.cabin_id, stay }, found.party)?;
        Ok((stay, price))
    });
    let (offer, frame) = match offered {
        Ok((stay, price)) => {
            let more = price.total.minor - found.quote.total.minor;
            let amount = words::money(more.abs(), price.total.currency);
            let difference = match more {
                0 => None,
                1.. => Some(format!("{amount} más")),
                _ => Some(format!("{amount} menos")),
            };
            (Some(Offer { when: f.stay(stay), total: f.money(price.total), difference }), frame)
        }
        Err(Error::Store(failed)) => return Err(failed),
        Err(refused) => {
            let why = reasons::error(&refused).unwrap_or_else(|| "No se puede.".into());
            (None, frame.refusing(why))
        }
    };
    Ok(Shift {
        frame,
        code: found.code.to_string(),
        guest: guests::find(tx, found.guest_id)?.as_ref().map(words::guest_name).unwrap_or_default(),
        cabin: cabins::name(tx, found.cabin_id)?.unwrap_or_default(),
        party: found.party.into(),
        before: f.stay(found.stay),
        before_total: f.money(found.quote.total),
        check_in: dates.0.to_string(),
        check_out: dates.1.to_string(),
        offer,
        back: format!("/admin/chart?from={}", id_of(dates.0)),
    })
}
