//! Actions of the owner on a booking: each button of its page.

use super::super::flash::Flash;
use super::super::form;
use super::super::guard::{Post, SignedIn};
use super::super::page::{Failed, Page, Seat, done};
use super::super::reasons;
use super::super::words;
use super::show;
use crate::app::desk::{self, Action};
use crate::app::idempotency::IdempotencyKey;
use crate::domain::ids::{AttentionId, CabinId, PaymentId, ReservationCode};
use crate::domain::party::Party;
use crate::domain::payment::PaymentMethod;
use crate::domain::refusal::Refusal;
use crate::domain::reservation::Event;
use crate::domain::user::Permission;
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use rocket::response::Redirect;
use rocket::{FromForm, State, post, routes};
use std::sync::Arc;

/// Longest reason.
const REASON_CHARS_MAX: usize = 500;
const BAD_AMOUNT: &str = "El importe no se entiende. Escribilo así: 80.000";

pub(super) fn routes() -> Vec<Gated> {
    [
        gate::page(
            Permission::Bookings,
            routes![confirm, check_in, check_out, no_show, cancel, shift, receive],
        ),
        gate::page(Permission::Refunds, routes![refund]),
    ]
    .concat()
}

/// A redirect to the button's page, or the booking again with the reason of a refusal.
#[derive(rocket::Responder)]
pub(super) enum MoveResponse {
    Done(Box<Redirect>),
    Refused(Page),
}

/// A button without fields.
#[derive(FromForm)]
struct Button {
    back: Option<String>,
}

#[derive(FromForm)]
struct Cancel {
    reason: Option<String>,
}

#[derive(FromForm)]
struct Shift {
    check_in: String,
    check_out: String,
    /// Another cabin, or the same one.
    cabin: Option<i64>,
    guests: u16,
    children: Option<String>,
    pets: Option<u16>,
    back: Option<String>,
}

#[derive(FromForm)]
struct Received {
    /// In pesos as typed, or in minor units when `unit` says so.
    amount: String,
    unit: Option<String>,
    method: String,
    attention: Option<i64>,
    back: Option<String>,
}

#[derive(FromForm)]
struct Refund {
    /// In pesos; empty for all that was paid.
    amount: Option<String>,
    /// One payment, refunded whole.
    payment: Option<i64>,
    attention: Option<i64>,
    back: Option<String>,
}

#[post("/reservations/<code>/confirm", data = "<post>")]
async fn confirm(web: &State<Arc<Web>>, code: &str, post: Post<Button>) -> Result<MoveResponse, Failed> {
    record(web, code, post, Event::Confirm, Flash::Confirmed).await
}

#[post("/reservations/<code>/check_in", data = "<post>")]
async fn check_in(web: &State<Arc<Web>>, code: &str, post: Post<Button>) -> Result<MoveResponse, Failed> {
    record(web, code, post, Event::CheckIn, Flash::CheckedIn).await
}

#[post("/reservations/<code>/check_out", data = "<post>")]
async fn check_out(web: &State<Arc<Web>>, code: &str, post: Post<Button>) -> Result<MoveResponse, Failed> {
    record(web, code, post, Event::CheckOut, Flash::CheckedOut).await
}

#[post("/reservations/<code>/no_show", data = "<post>")]
async fn no_show(web: &State<Arc<Web>>, code: &str, post: Post<Button>) -> Result<MoveResponse, Failed> {
    record(web, code, post, Event::NoShow, Flash::NoShow).await
}

#[post("/reservations/<code>/cancel", data = "<post>")]
async fn cancel(web: &State<Arc<Web>>, code: &str, post: Post<Cancel>) -> Result<MoveResponse, Failed> {
    let reason = post.form.reason.as_deref().unwrap_or_default().trim();
    let reason = reason.chars().take(REASON_CHARS_MAX).collect();
    let asked =
        Asked { code, by: &post.by, idempotency_key: post.idempotency_key, back: None, attention: None };
    asked.act(web, Ok(Action::Cancel { reason }), Flash::Cancelled).await
}

#[post("/reservations/<code>/move", data = "<post>")]
async fn shift(web: &State<Arc<Web>>, code: &str, post: Post<Shift>) -> Result<MoveResponse, Failed> {
    let wanted = post.form;
    let stay = form::stay(Some(&wanted.check_in), Some(&wanted.check_out));
    let party = form::party(Some(wanted.guests), wanted.children.as_deref(), wanted.pets);
    let action = match (stay, party) {
        (Some(stay), Ok(party)) => {
            let party = party.unwrap_or(Party::of_adults(wanted.guests));
            Ok(Action::Move { cabin: wanted.cabin.map(CabinId), stay, party })
        }
        (Some(_), Err(why)) => Err(reasons::party_refused(why)),
        (None, _) => Err(reasons::refusal(&Refusal::BadDates)),
    };
    let asked = Asked {
        code,
        by: &post.by,
        idempotency_key: post.idempotency_key,
        back: wanted.back,
        attention: None,
    };
    asked.act(web, action, Flash::Moved).await
}

#[post("/reservations/<code>/received", data = "<post>")]
async fn receive(web: &State<Arc<Web>>, code: &str, post: Post<Received>) -> Result<MoveResponse, Failed> {
    let form = post.form;
    let minor = match form.unit.as_deref() {
        Some("cents") => form.amount.parse().ok(),
        _ => words::read_amount(&form.amount),
    };
    let method = form.method.parse().ok().filter(|method: &PaymentMethod| method.is_by_hand());
    let action = match minor.filter(|minor| *minor > 0).zip(method) {
        Some((minor, method)) => Ok(Action::Receive { minor, method }),
        None => Err(BAD_AMOUNT.to_owned()),
    };
    let asked = Asked {
        code,
        by: &post.by,
        idempotency_key: post.idempotency_key,
        back: form.back,
        attention: form.attention,
    };
    asked.act(web, action, Flash::Received).await
}

#[post("/reservations/<code>/refund", data = "<post>")]
async fn refund(web: &State<Arc<Web>>, code: &str, post: Post<Refund>) -> Result<MoveResponse, Failed> {
    let form = post.form;
    let amount = form.amount.filter(|text| !text.trim().is_empty());
    let minor = amount.as_deref().map(|text| words::read_amount(text).filter(|minor| *minor > 0));
    let action = match (form.payment, minor) {
        (Some(payment), _) => Ok(Action::GiveBack { payment: PaymentId(payment) }),
        (None, Some(None)) => Err(BAD_AMOUNT.to_owned()),
        (None, Some(some)) => Ok(Action::Refund { minor: some }),
        (None, None) => Ok(Action::Refund { minor: None }),
    };
    let asked = Asked {
        code,
        by: &post.by,
        idempotency_key: post.idempotency_key,
        back: form.back,
        attention: form.attention,
    };
    asked.act(web, action, Flash::Refunding).await
}

async fn record(
    web: &Web,
    code: &str,
    post: Post<Button>,
    event: Event,
    said: Flash,
) -> Result<MoveResponse, Failed> {
    let asked = Asked {
        code,
        by: &post.by,
        idempotency_key: post.idempotency_key,
        back: post.form.back,
        attention: None,
    };
    asked.act(web, Ok(Action::Record(event)), said).await
}

/// Action of a form, and the page it came from.
struct Asked<'a> {
    code: &'a str,
    by: &'a SignedIn,
    idempotency_key: IdempotencyKey,
    back: Option<String>,
    attention: Option<i64>,
}

impl Asked<'_> {
    /// Performs the action and redirects to the form's page; or shows the booking with the reason of a
    /// refusal.
    async fn act(
        self,
        web: &Web,
        action: Result<Action, String>,
        said: Flash,
    ) -> Result<MoveResponse, Failed> {
        let code = ReservationCode::parse(self.code).ok_or(Failed::NOT_FOUND)?;
        let page = format!("/admin/reservations/{code}");
        let refused = match action {
            Ok(action) => {
                let (attention, actor) = (self.attention.map(AttentionId), self.by.actor());
                let acted =
                    desk::act(&web.app, &web.answers, self.idempotency_key, code, action, attention, actor)
                        .await;
                match acted {
                    Ok(()) => {
                        // Only to one of our own pages.
                        let back = self.back.filter(|back| back == "/admin");
                        return Ok(MoveResponse::Done(Box::new(done(&back.unwrap_or(page), said))));
                    }
                    Err(error) => reasons::error(&error).ok_or_else(|| Failed::from(error))?,
                }
            }
            Err(words) => words,
        };
        let seat = Seat::of(web, self.by, None);
        show::page(web, seat, self.code.to_owned(), Some(refused)).await.map(MoveResponse::Refused)
    }
}
