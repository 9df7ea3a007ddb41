//! Actions on a reservation: confirm, cancel, move, check in and out, refund, record a payment.

use super::super::query;
use super::super::wire::{Day, PartyForm, party_refused};
use super::find::find;
use super::view::ReservationView;
use crate::app::reserve::{self, Place};
use crate::app::{Error, idempotency, pay, refunds, stay_view};
use crate::domain::ids::CabinId;
use crate::domain::money::{AMOUNT_MINOR_MAX, Money};
use crate::domain::payment::PaymentMethod;
use crate::domain::reservation::Event;
use crate::web::auth::Caller;
use crate::web::body::{Body, MaybeBody};
use crate::web::http_response::HttpResponse;
use crate::web::idempotency_key::{self, KeyHeader};
use crate::web::problem::{Problem, ProblemDocument};
use crate::web::state::Web;
use rocket::{State, post};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// Longest reason.
const REASON_CHARS_MAX: usize = 500;

/// Nothing to say about it.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// Why it is called off.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Cancel {
    /// For the guest and the audit trail.
    #[serde(default)]
    reason: String,
}

/// A reservation that was called off, and what goes back.
#[derive(Serialize, ToSchema)]
pub struct Cancelled {
    #[serde(flatten)]
    reservation: ReservationView,
    /// What the policy gives back.
    refund_cents: i64,
}

/// Where it moves to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveTo {
    /// First night.
    check_in: Day,
    /// Day of departure.
    check_out: Day,
    /// Another cabin; the same one when absent.
    cabin_id: Option<i64>,
    /// How many people. Without `party`: the same people when it is as many as before, else that many adults.
    guests: Option<u16>,
    /// Who comes; the same people as before when neither is given.
    party: Option<PartyForm>,
}

/// What is given back.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Refund {
    /// How much; all that was paid when not given.
    amount_cents: Option<i64>,
}

/// Money that a person saw arrive.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Received {
    amount_cents: i64,
    /// `transfer` or `cash`.
    method: String,
}

/// Confirm without waiting for the deposit.
#[utoipa::path(post, path = "/api/v1/reservations/{id}/confirm", tag = "reservations", security(("bearer" = [])),
    params(("id" = String, Path, description = "Its id or its code"), ("Idempotency-Key" = Option<String>, Header)),
    responses(
    (status = 200, description = "Confirmed", body = ReservationView),
    (status = 404, description = "No such reservation", body = ProblemDocument),
    (status = 409, description = "Not now, or its nights are taken", body = ProblemDocument),
))]
#[post("/reservations/<id>/confirm", data = "<body>")]
pub async fn confirm(
    web: &State<Arc<Web>>,
    caller: Caller,
    id: &str,
    key: KeyHeader,
    body: MaybeBody<Nothing>,
) -> HttpResponse {
    advance(web, caller, id.to_owned(), key, body, Event::Confirm).await
}

/// The guest arrives.
#[utoipa::path(post, path = "/api/v1/reservations/{id}/check_in", tag = "reservations",
    security(("bearer" = [])),
    params(("id" = String, Path, description = "Its id or its code"), ("Idempotency-Key" = Option<String>, Header)),
    responses(
    (status = 200, description = "The guest is in", body = ReservationView),
    (status = 404, description = "No such reservation", body = ProblemDocument),
    (status = 409, description = "Not now", body = ProblemDocument),
))]
#[post("/reservations/<id>/check_in", data = "<body>")]
pub async fn check_in(
    web: &State<Arc<Web>>,
    caller: Caller,
    id: &str,
    key: KeyHeader,
    body: MaybeBody<Nothing>,
) -> HttpResponse {
    advance(web, caller, id.to_owned(), key, body, Event::CheckIn).await
}

/// The guest leaves.
#[utoipa::path(post, path = "/api/v1/reservations/{id}/check_out", tag = "reservations",
    security(("bearer" = [])),
    params(("id" = String, Path, description = "Its id or its code"), ("Idempotency-Key" = Option<String>, Header)),
    responses(
    (status = 200, description = "The guest has left", body = ReservationView),
    (status = 404, description = "No such reservation", body = ProblemDocument),
    (status = 409, description = "Not now", body = ProblemDocument),
))]
#[post("/reservations/<id>/check_out", data = "<body>")]
pub async fn check_out(
    web: &State<Arc<Web>>,
    caller: Caller,
    id: &str,
    key: KeyHeader,
    body: MaybeBody<Nothing>,
) -> HttpResponse {
    advance(web, caller, id.to_owned(), key, body, Event::CheckOut).await
}

/// The guest did not come.
#[utoipa::path(post, path = "/api/v1/reservations/{id}/no_show", tag = "reservations",
    security(("bearer" = [])),
    params(("id" = String, Path, description = "Its id or its code"), ("Idempotency-Key" = Option<String>, Header)),
    responses(
    (status = 200, description = "Noted", body = ReservationView),
    (status = 404, description = "No such reservation", body = ProblemDocument),
    (status = 409, description = "Not now", body = ProblemDocument),
))]
#[post("/reservations/<id>/no_show", data = "<body>")]
pub async fn no_show(
    web: &State<Arc<Web>>,
    caller: Caller,
    id: &str,
    key: KeyHeader,
    body: MaybeBody<Nothing>,
) -> HttpResponse {
    advance(web, caller, id.to_owned(), key, body, Event::NoShow).await
}

/// Call it off; what the policy gives back is given back.
#[utoipa::path(post, path = "/api/v1/reservations/{id}/cancel", tag = "reservations", security(("bearer" = [])),
    request_body = Cancel,
    params(("id" = String, Path, description = "Its id or its code"), ("Idempotency-Key" = Option<String>, Header)),
    responses(
    (status = 200, description = "Called off", body = Cancelled),
    (status = 404, description = "No such reservation", body = ProblemDocument),
    (status = 409, description = "Not now", body = ProblemDocument),
))]
#[post("/reservations/<id>/cancel", data = "<body>")]
pub async fn cancel(
    web: &State<Arc<Web>>,
    caller: Caller,
    id: &str,
    key: KeyHeader,
    body: MaybeBody<Cancel>,
) -> HttpResponse {
    let (actor, idempotency_key, reason) =
        (caller.actor(), key.of(&caller, &body.0.digest), body.0.value.reason);
    let id = id.to_owned();
    idempotency_key::answer_once(web, idempotency_key, move |web, turn| async move {
        if reason.chars().count() > REASON_CHARS_MAX {
            return Err(Problem::invalid("reason", format!("must be at most {REASON_CHARS_MAX} characters")));
        }
        let action = idempotency::decide(
            &web.app,
            turn.as_deref(),
            move |tx, context| {
                let id = find(tx, &id)?.id;
                reserve::cancel(tx, context, id, reason.trim(), &actor)
            },
            |tx, _, (reservation, refund)| {
                let reservation = ReservationView::load(tx, reservation)?;
                Ok(HttpResponse::ok(&Cancelled { reservation, refund_cents: refund.minor }).into())
            },
        );
        idempotency_key::answer::<Error>(action.await)
    })
    .await
}

/// Move it to other dates, people or another cabin, at today's price.
#[utoipa::path(post, path = "/api/v1/reservations/{id}/move", tag = "reservations", security(("bearer" = [])),
    request_body = MoveTo,
    params(("id" = String, Path, description = "Its id or its code"), ("Idempotency-Key" = Option<String>, Header)),
    responses(
    (status = 200, description = "Moved", body = ReservationView),
    (status = 404, description = "No such reservation", body = ProblemDocument),
    (status = 409, description = "Not now, or the nights are taken", body = ProblemDocument),
    (status = 422, description = "A rule is broken", body = ProblemDocument),
))]
#[post("/reservations/<id>/move", data = "<body>")]
pub async fn move_to(
    web: &State<Arc<Web>>,
    caller: Caller,
    id: &str,
    key: KeyHeader,
    body: Body<MoveTo>,
) -> HttpResponse {
    let (idempotency_key, to) = (key.of(&caller, &body.digest), body.value);
    let actor = caller.actor();
    let id = id.to_owned();
    idempotency_key::answer_once(web, idempotency_key, move |web, turn| async move {
        let stay = query::stay(to.check_in.0, to.check_out.0)?;
        let told = to.party.unwrap_or_default().told(to.guests);
        let counted = told.only_counted();
        let told = told.party().map_err(party_refused)?;
        let action = idempotency::decide(
            &web.app,
            turn.as_deref(),
            move |tx, context| {
                let found = find(tx, &id)?;
                let party = match counted {
                    Some(people) => found.party.counting(people),
                    None => told.unwrap_or(found.party),
                };
                let cabin = to.cabin_id.map_or(found.cabin_id, CabinId);
                let place = Place { cabin, stay };
                reserve::move_stay(tx, context, found.id, place, party, &actor)
            },
            |tx, _, reservation| Ok(HttpResponse::ok(&ReservationView::load(tx, reservation)?).into()),
        );
        idempotency_key::answer::<Error>(action.await)
    })
    .await
}

/// Give money back.
#[utoipa::path(post, path = "/api/v1/reservations/{id}/refund", tag = "reservations", security(("bearer" = [])),
    request_body = Refund,
    params(("id" = String, Path, description = "Its id or its code"), ("Idempotency-Key" = Option<String>, Header)),
    responses(
    (status = 200, description = "On its way; the ledger follows the provider", body = ReservationView),
    (status = 404, description = "No such reservation", body = ProblemDocument),
    (status = 422, description = "Nothing to give back, or less than asked", body = ProblemDocument),
))]
#[post("/reservations/<id>/refund", data = "<body>")]
pub async fn refund(
    web: &State<Arc<Web>>,
    caller: Caller,
    id: &str,
    key: KeyHeader,
    body: MaybeBody<Refund>,
) -> HttpResponse {
    let (actor, idempotency_key, wanted) =
        (caller.actor(), key.of(&caller, &body.0.digest), body.0.value.amount_cents);
    let id = id.to_owned();
    idempotency_key::answer_once(web, idempotency_key, move |web, turn| async move {
        if wanted.is_some_and(|amount| amount <= 0) {
            return Err(Problem::invalid("amount_cents", "must be above zero"));
        }
        let action = idempotency::decide(
            &web.app,
            turn.as_deref(),
            move |tx, context| {
                let found = find(tx, &id)?;
                refunds::want_back(tx, context, &found, wanted, &actor)?;
                stay_view::load(tx, found.id)
            },
            |tx, _, reservation| Ok(HttpResponse::ok(&ReservationView::load(tx, reservation)?).into()),
        );
        idempotency_key::answer::<Error>(action.await)
    })
    .await
}

/// Enter money that a person saw arrive; the deposit confirms the reservation.
#[utoipa::path(post, path = "/api/v1/reservations/{id}/payments", tag = "reservations",
    security(("bearer" = [])), request_body = Received,
    params(("id" = String, Path, description = "Its id or its code"), ("Idempotency-Key" = Option<String>, Header)),
    responses(
    (status = 200, description = "Entered", body = ReservationView),
    (status = 404, description = "No such reservation", body = ProblemDocument),
    (status = 422, description = "A value can't hold", body = ProblemDocument),
))]
#[post("/reservations/<id>/payments", data = "<body>")]
pub async fn receive(
    web: &State<Arc<Web>>,
    caller: Caller,
    id: &str,
    key: KeyHeader,
    body: Body<Received>,
) -> HttpResponse {
    let (actor, idempotency_key, got) = (caller.actor(), key.of(&caller, &body.digest), body.value);
    let id = id.to_owned();
    idempotency_key::answer_once(web, idempotency_key, move |web, turn| async move {
        if got.amount_cents <= 0 {
            return Err(Problem::invalid("amount_cents", "must be above zero"));
        }
        if got.amount_cents > AMOUNT_MINOR_MAX {
            return Err(Problem::invalid("amount_cents", "is beyond any price"));
        }
        let method = got.method.parse().ok().filter(|method: &PaymentMethod| method.is_by_hand());
        let Some(method) = method else {
            return Err(Problem::invalid("method", "must be transfer or cash"));
        };
        let action = idempotency::decide(
            &web.app,
            turn.as_deref(),
            move |tx, context| {
                let found = find(tx, &id)?;
                let amount = Money::new(got.amount_cents, found.quote.total.currency);
                pay::record_by_hand(tx, context, found.id, amount, method, &actor)
            },
            |tx, _, reservation| Ok(HttpResponse::ok(&ReservationView::load(tx, reservation)?).into()),
        );
        idempotency_key::answer::<Error>(action.await)
    })
    .await
}

async fn advance(
    web: &Arc<Web>,
    caller: Caller,
    id: String,
    key: KeyHeader,
    body: MaybeBody<Nothing>,
    event: Event,
) -> HttpResponse {
    let (actor, idempotency_key) = (caller.actor(), key.of(&caller, &body.0.digest));
    idempotency_key::answer_once(web, idempotency_key, move |web, turn| async move {
        let action = idempotency::decide(
            &web.app,
            turn.as_deref(),
            move |tx, context| {
                let id = find(tx, &id)?.id;
                reserve::record(tx, context, id, event, &actor)
            },
            |tx, _, reservation| Ok(HttpResponse::ok(&ReservationView::load(tx, reservation)?).into()),
        );
        idempotency_key::answer::<Error>(action.await)
    })
    .await
}
