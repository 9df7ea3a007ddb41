//! A guest's own reservation, behind a secret link.

use super::page::{place, write_to_house};
use crate::app::{AppContext, calendar_invite, desk};
use crate::dialogue::i18n::{Format, Locale};
use crate::domain::ids::ReservationCode;
use crate::domain::money::Money;
use crate::domain::phone::Phone;
use crate::domain::reservation::{Reservation, Status};
use crate::store::pre_check_in::{self, Told};
use crate::store::{Read, cabins, guests, payments, reservations, settings};
use crate::web::admin::{Failed, Flash, Page, done};
use crate::web::assets::{self, Files};
use crate::web::auth::Visitor;
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use askama::Template;
use rocket::form::Form;
use rocket::http::{ContentType, Header, RawStr};
use rocket::response::Redirect;
use rocket::{FromForm, Responder, State, get, post, routes};
use std::sync::Arc;

/// Longest answer in the form before arrival.
const ANSWER_CHARS_MAX: usize = 1500;

pub(super) fn routes() -> Vec<Gated> {
    gate::open(routes![show, send, calendar])
}

#[derive(Template)]
#[template(path = "guest_stay.html", config = "assets/askama.toml")]
struct Stay {
    files: &'static Files,
    w: Locale,
    place: String,
    path: String,
    said: bool,
    code: String,
    status: &'static str,
    status_words: String,
    cabin: String,
    arrival: String,
    departure: String,
    people: String,
    /// The guest's number as it was understood.
    phone: String,
    /// Link to get all of it on WhatsApp too, for a guest to whom we may not write yet.
    write: Option<String>,
    /// What the total is made of, where that is more than nights.
    lines: Vec<String>,
    total: String,
    deposit: String,
    paid: String,
    left: String,
    pay_url: Option<String>,
    pay_before: Option<String>,
    bank: Option<String>,
    address: Option<(String, String)>,
    rules: String,
    policy: String,
    asks: bool,
    told: Told,
}

#[get("/reserva/<code>/<word>?<said>")]
async fn show(
    web: &State<Arc<Web>>,
    _pace: Visitor,
    code: &str,
    word: &str,
    said: Option<&str>,
) -> Result<Page, Failed> {
    let (context, path) = (Arc::clone(&web.app.context), format!("/reserva/{code}/{word}"));
    let (code, word, said) = (code.to_owned(), word.to_owned(), said.is_some());
    let read = web.app.store.read(move |tx| {
        let found = open(tx, &context, &code, &word)?;
        let unproven = guests::contact_basis(tx, found.guest_id)?.is_none();
        Ok::<_, Failed>((load(tx, &context, &found, path, said)?, unproven))
    });
    let (stay, unproven) = read.await?;
    let write = match unproven && !stay.phone.is_empty() {
        true => write_to_house(web, &stay.w.page_write_about(&stay.code)).await,
        false => None,
    };
    Page::ok(&Stay { write, ..stay })
}

#[derive(FromForm)]
struct Answers {
    arrival_time: String,
    people: String,
    plate: String,
    notes: String,
}

#[post("/reserva/<code>/<word>", data = "<form>")]
async fn send(
    web: &State<Arc<Web>>,
    _pace: Visitor,
    code: &str,
    word: &str,
    form: Form<Answers>,
) -> Result<Redirect, Failed> {
    let path = format!("/reserva/{code}/{word}");
    let (context, code, word) = (Arc::clone(&web.app.context), code.to_owned(), word.to_owned());
    let found = web.app.store.read(move |tx| open(tx, &context, &code, &word)).await?;
    let cut = |text: &str| text.trim().chars().take(ANSWER_CHARS_MAX).collect::<String>();
    let told = Told {
        arrival_time: cut(&form.arrival_time),
        plate: cut(&form.plate),
        people: cut(&form.people),
        notes: cut(&form.notes),
    };
    desk::told_before_arrival(&web.app, found.id, told).await?;
    Ok(done(&path, Flash::Saved))
}

/// A calendar file.
#[derive(Responder)]
struct File(String, ContentType, Header<'static>);

#[get("/reserva/<code>/<word>/estadia.ics")]
async fn calendar(web: &State<Arc<Web>>, _pace: Visitor, code: &str, word: &str) -> Result<File, Failed> {
    let (context, code, word) = (Arc::clone(&web.app.context), code.to_owned(), word.to_owned());
    let read = web.app.store.read(move |tx| {
        let found = open(tx, &context, &code, &word)?;
        let guest = guests::find(tx, found.guest_id)?.ok_or(Failed::NOT_FOUND)?;
        Ok::<_, Failed>(calendar_invite::file(tx, &context, &found, guest.speaks())?)
    });
    let (words, content) = read.await?.ok_or(Failed::NOT_FOUND)?;
    let name = format!("attachment; filename=\"{}\"", words.filename);
    Ok(File(content, ContentType::Calendar, Header::new("Content-Disposition", name)))
}

/// The reservation of a link; the error does not tell whether the code or the digest is wrong.
fn open(tx: &impl Read, context: &AppContext, code: &str, word: &str) -> Result<Reservation, Failed> {
    let code = ReservationCode::parse(code).ok_or(Failed::NOT_FOUND)?;
    let found = reservations::find_by_code(tx, &code)?.ok_or(Failed::NOT_FOUND)?;
    if context.link_key.opens(&found, word) { Ok(found) } else { Err(Failed::NOT_FOUND) }
}

fn load(
    tx: &impl Read,
    context: &AppContext,
    found: &Reservation,
    path: String,
    said: bool,
) -> Result<Stay, Failed> {
    let guest = guests::find(tx, found.guest_id)?.ok_or(Failed::NOT_FOUND)?;
    let cabin = cabins::find(tx, found.cabin_id)?;
    let (settings, _) = settings::load(tx)?;
    let (moment, w) = (context.moment(tx), Locale::of(guest.speaks()));
    let f = Format::new(w, &moment);
    let currency = found.quote.total.currency;
    let money = |minor: i64| f.money(Money::new(minor, currency));
    let paid = payments::paid(tx, found.id)?;
    let waits = found.status == Status::PreReserved && !found.has_lapsed(tx.now());
    let checkout = payments::current_checkout(tx, found.id)?.filter(|_| waits);
    let is_theirs = matches!(found.status, Status::Confirmed | Status::CheckedIn);
    let address = Some(settings.property_address).filter(|address| is_theirs && !address.is_empty());
    let bank = Some(settings.bank_alias.clone()).filter(|alias| waits && !alias.is_empty());
    Ok(Stay {
        files: assets::files(),
        place: place(&settings.property_name),
        path,
        said,
        code: found.code.to_string(),
        status: found.status.code(),
        status_words: w.page_status(found.status),
        cabin: cabin.as_ref().map(|cabin| cabin.name.clone()).unwrap_or_default(),
        arrival: format!(
            "{}, {} {}",
            f.day(found.stay.check_in()),
            w.page_hour_from(),
            f.hour(settings.check_in_time)
        ),
        departure: format!(
            "{}, {} {}",
            f.day(found.stay.check_out()),
            w.page_until_hour(),
            f.hour(settings.check_out_time)
        ),
        people: f.party(found.party),
        phone: guest.phone.as_ref().map(Phone::shown).unwrap_or_default(),
        write: None,
        lines: w.price_lines(&found.quote),
        total: money(found.quote.total.minor),
        deposit: money(found.quote.deposit.minor),
        paid: money(paid),
        left: money((found.quote.total.minor - paid).max(0)),
        pay_url: checkout.and_then(|checkout| checkout.url),
        pay_before: found.expires_at.filter(|_| waits).map(|until| f.moment(until)),
        bank: bank.map(|alias| match settings.bank_holder.as_str() {
            "" => alias,
            holder => format!("{alias} ({holder})"),
        }),
        address: address.map(|address| {
            let query = RawStr::new(&address).percent_encode().to_string();
            (address, format!("https://www.google.com/maps/search/?api=1&query={query}"))
        }),
        rules: cabin.map(|cabin| cabin.policies).unwrap_or_default(),
        policy: settings.cancellation_text,
        asks: is_theirs || waits,
        told: pre_check_in::find(tx, found.id)?.unwrap_or_default(),
        w,
    })
}
