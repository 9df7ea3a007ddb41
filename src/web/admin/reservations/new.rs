//! A booking made at the desk: dates and people, then each cabin's offer, then the guest. One form on one
//! screen; each step is a plain page too.

use super::super::flash::Flash;
use super::super::form::{self, PartyFields};
use super::super::guard::{Post, SignedIn};
use super::super::page::{Failed, Frame, Page, Seat, Tab, done};
use super::super::reasons;
use super::super::words;
use super::list::Choice;
use crate::app::desk::Origin;
use crate::app::reserve::{Deposit, HoldRequest, ReconcileFirst, Who};
use crate::app::{AppContext, desk, quote};
use crate::domain::channel::KnownChannel;
use crate::domain::guest::{GUEST_NAME_MAX, clean_name};
use crate::domain::ids::CabinId;
use crate::domain::party::{Party, PartyRefused};
use crate::domain::pricing::{Agreed, Inquiry, Terms};
use crate::domain::refusal::Refusal;
use crate::domain::stay::Stay;
use crate::domain::user::Permission;
use crate::domain::user::parse_email;
use crate::store::Read;
use crate::store::guests::Identity;
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use askama::Template;
use jiff::ToSpan;
use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{FromForm, State, get, post, routes};
use std::sync::Arc;

/// Channels of a booking made by a person.
const CHANNELS: [KnownChannel; 5] = [
    KnownChannel::Direct,
    KnownChannel::WhatsApp,
    KnownChannel::Airbnb,
    KnownChannel::Booking,
    KnownChannel::Other,
];
/// Default number of people.
const PEOPLE: u16 = 2;

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::Bookings, routes![show, look, make])
}

/// The form as typed.
#[derive(FromForm, Default, Clone)]
struct Form {
    check_in: Option<String>,
    check_out: Option<String>,
    guests: Option<u16>,
    children: Option<String>,
    pets: Option<u16>,
    cabin: Option<i64>,
    name: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    channel: Option<String>,
    confirm: Option<bool>,
}

impl Form {
    fn party(&self) -> Result<Party, PartyRefused> {
        let told = form::party(self.guests, self.children.as_deref(), self.pets)?;
        Ok(told.unwrap_or(Party::of_adults(PEOPLE)))
    }
}

#[derive(Template)]
#[template(path = "new_reservation.html", config = "assets/askama.toml")]
struct New {
    frame: Frame,
    check_in: String,
    check_out: String,
    party: PartyFields,
    today: String,
    offers: Vec<Offer>,
    nothing: Option<String>,
    name: String,
    phone: String,
    email: String,
    confirm: bool,
    channels: Vec<Choice>,
}

struct Offer {
    cabin: i64,
    name: String,
    price: Option<String>,
    deposit: String,
    why_not: String,
    chosen: bool,
}

#[get("/reservations/new?<form..>", rank = 1)]
async fn show(web: &State<Arc<Web>>, signed_in: SignedIn, form: Form) -> Result<Page, Failed> {
    page(web, &signed_in, form, None).await
}

/// Prices of other dates or people: what else was typed stays.
#[post("/reservations/new/look", data = "<post>")]
async fn look(web: &State<Arc<Web>>, post: Post<Form>) -> Result<Page, Failed> {
    page(web, &post.by, post.form, None).await
}

#[post("/reservations/new", data = "<post>")]
async fn make(web: &State<Arc<Web>>, post: Post<Form>) -> Result<NewResponse, Failed> {
    let form = post.form;
    let refused = match request(&form, &web.app.context) {
        Ok(request) => {
            let deposit = if form.confirm == Some(true) { Deposit::Waived } else { Deposit::Awaited };
            let made = desk::book(
                &web.app,
                &web.answers,
                post.idempotency_key,
                request,
                deposit,
                Origin::Desk,
                post.by.actor(),
            )
            .await;
            match made {
                Ok(code) => {
                    let path = format!("/admin/reservations/{code}");
                    return Ok(NewResponse::Made(Box::new(done(&path, Flash::Held))));
                }
                Err(error) => reasons::error(&error).ok_or_else(|| Failed::from(error))?,
            }
        }
        Err(words) => words,
    };
    page(web, &post.by, form, Some(refused)).await.map(NewResponse::Refused)
}

#[derive(rocket::Responder)]
enum NewResponse {
    Made(Box<Redirect>),
    Refused(Page),
}

async fn page(web: &Web, signed_in: &SignedIn, form: Form, refused: Option<String>) -> Result<Page, Failed> {
    let seat = Seat::of(web, signed_in, None);
    let context = Arc::clone(&web.app.context);
    let status = if refused.is_some() { Status::UnprocessableEntity } else { Status::Ok };
    let read = web.app.store.read(move |tx| {
        let frame = Frame::load(tx, &seat, Tab::Reservations, "Nueva reserva")?;
        load(tx, &context, Frame { refused, ..frame }, form)
    });
    Page::with(status, &read.await?)
}

fn load(tx: &impl Read, context: &AppContext, frame: Frame, filled: Form) -> Result<New, Failed> {
    let today = context.moment(tx).today();
    let check_in = form::day(filled.check_in.as_deref()).unwrap_or(today);
    let check_out = form::day(filled.check_out.as_deref())
        .filter(|out| *out > check_in)
        .unwrap_or_else(|| check_in.saturating_add(2.days()));
    let (offers, nothing) = match (Stay::new(check_in, check_out), filled.party()) {
        (Ok(stay), Ok(party)) => (quote::all(tx, context, &Inquiry::plain(stay, party))?, None),
        (Ok(_), Err(why)) => (Vec::new(), Some(reasons::party_refused(why))),
        (Err(_), _) => (Vec::new(), Some(reasons::refusal(&Refusal::BadDates))),
    };
    let people = filled.guests.unwrap_or(PEOPLE);
    let party = PartyFields::typed(people, filled.children.as_deref(), filled.pets);
    let wanted = filled.cabin;
    let first = offers.iter().find(|offer| offer.outcome.is_ok()).map(|offer| offer.cabin.id.0);
    let chosen = wanted.or(first);
    let offers = offers.into_iter().map(|answer| Offer {
        cabin: answer.cabin.id.0,
        chosen: chosen == Some(answer.cabin.id.0) && answer.outcome.is_ok(),
        name: answer.cabin.name,
        price: answer.outcome.as_ref().ok().map(|q| words::money(q.total.minor, q.total.currency)),
        deposit: answer
            .outcome
            .as_ref()
            .map(|q| words::money(q.deposit.minor, q.deposit.currency))
            .unwrap_or_default(),
        why_not: answer.outcome.err().map(|why| reasons::refusal(&why)).unwrap_or_default(),
    });
    let channel = channel(&filled);
    Ok(New {
        frame,
        check_in: check_in.to_string(),
        check_out: check_out.to_string(),
        party,
        today: today.to_string(),
        offers: offers.collect(),
        nothing,
        name: filled.name.unwrap_or_default(),
        phone: filled.phone.unwrap_or_default(),
        email: filled.email.unwrap_or_default(),
        confirm: filled.confirm == Some(true),
        channels: CHANNELS
            .map(|offered| Choice {
                chosen: offered == channel,
                value: offered.code().to_owned(),
                words: offered.label().to_owned(),
            })
            .into(),
    })
}

/// The chosen channel, or the first when none offered was chosen.
fn channel(filled: &Form) -> KnownChannel {
    let chosen = filled.channel.as_deref().and_then(|code| code.parse().ok());
    chosen.filter(|channel| CHANNELS.contains(channel)).unwrap_or(CHANNELS[0])
}

/// The booking that a form asks for, or its error.
fn request(filled: &Form, context: &AppContext) -> Result<HoldRequest, String> {
    let stay = form::stay(filled.check_in.as_deref(), filled.check_out.as_deref());
    let stay = stay.ok_or_else(|| reasons::refusal(&Refusal::BadDates))?;
    let cabin_id = filled.cabin.map(CabinId).ok_or("Elegí una cabaña.")?;
    let name = clean_name(filled.name.as_deref().unwrap_or_default());
    if name.is_empty() || name.chars().count() > GUEST_NAME_MAX {
        return Err("Falta el nombre del huésped.".into());
    }
    let trimmed = |text: &Option<String>| text.as_deref().map(str::trim).unwrap_or_default().to_owned();
    let (phone, email) = (trimmed(&filled.phone), trimmed(&filled.email));
    let phone = match phone.as_str() {
        "" => None,
        text => Some(context.phone(text).map_err(reasons::phone)?),
    };
    let email = match email.as_str() {
        "" => None,
        text => Some(parse_email(text).ok_or("Ese correo no se entiende.")?),
    };
    Ok(HoldRequest {
        cabin_id,
        stay,
        party: filled.party().map_err(reasons::party_refused)?,
        terms: Terms::default(),
        agreed: Agreed::default(),
        who: Who::Named(Identity { phone, bsuid: None, name, email }),
        channel: channel(filled).into(),
        total_said: None,
        reconcile: ReconcileFirst::AskFirst,
    })
}
