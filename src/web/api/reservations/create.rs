//! Creating a reservation: its nights are held until the deposit is in or the hold lapses.

use super::super::query;
use super::super::wire::{AdjustmentForm, Day, PartyForm, agreed, party_refused};
use super::view::ReservationView;
use crate::app::reserve::{self, Held, HoldRequest, ReconcileFirst, Who};
use crate::app::{AppContext, Error, counts, idempotency, pay, stay_view};
use crate::domain::channel::Channel;
use crate::domain::guest::GUEST_NAME_MAX;
use crate::domain::ids::{CabinId, ReservationId};
use crate::domain::phone::PhoneRefused;
use crate::domain::pricing::Agreed;
use crate::domain::refusal::Refusal;
use crate::domain::user::{Permission, parse_email};
use crate::store::cabins;
use crate::store::guests::Identity;
use crate::web::auth::Caller;
use crate::web::body::Body;
use crate::web::http_response::HttpResponse;
use crate::web::idempotency_key::{self, KeyHeader};
use crate::web::problem::{Problem, ProblemDocument};
use crate::web::state::Web;
use rocket::{State, post};
use serde::Deserialize;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use utoipa::ToSchema;

/// Longest name of a channel: it fits a label.
const CHANNEL_CHARS_MAX: usize = 32;

/// A reservation to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReservation {
    cabin_id: i64,
    /// First night.
    check_in: Day,
    /// Day of departure.
    check_out: Day,
    /// How many people; without `party` that many adults.
    guests: Option<u16>,
    /// Who comes; instead of `guests`, or beside them.
    party: Option<PartyForm>,
    guest: NewGuest,
    /// As the guest typed it.
    promo_code: Option<String>,
    /// `mercadopago`, `transfer` or `cash`: the price may depend on it.
    pay_with: Option<String>,
    /// Ids of the optional price rules that are taken.
    #[serde(default)]
    extras: Vec<i64>,
    /// What the owner agreed beside the rates. Needs the permission to change prices.
    #[serde(default)]
    adjustments: Vec<AdjustmentForm>,
    /// The whole price that the owner agreed. Needs the permission to change prices.
    agreed_total_cents: Option<i64>,
    /// Where it came from; `api` when not given. Lower-case letters, digits, `_` and `-`.
    channel: Option<String>,
}

/// Who comes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGuest {
    /// What they call themselves.
    name: String,
    /// Their number with its country code: how casero writes to them.
    phone: Option<String>,
    /// Their e-mail.
    email: Option<String>,
}

/// Make a reservation.
#[utoipa::path(post, path = "/api/v1/reservations", tag = "reservations", security(("bearer" = [])),
    request_body = NewReservation, params(("Idempotency-Key" = Option<String>, Header,
        description = "The same key with the same body is answered the same for 48 hours")), responses(
    (status = 201, description = "Held", body = ReservationView),
    (status = 404, description = "No such cabin", body = ProblemDocument),
    (status = 409, description = "`nights_taken`, or a request with this key is running", body = ProblemDocument),
    (status = 422, description = "A rule is broken: `past_date`, `over_capacity`, `min_nights`, …",
        body = ProblemDocument),
))]
#[post("/reservations", data = "<body>")]
pub async fn create(
    web: &State<Arc<Web>>,
    caller: Caller,
    key: KeyHeader,
    body: Body<NewReservation>,
) -> HttpResponse {
    let idempotency_key = key.of(&caller, &body.digest);
    let may_agree = caller.0.role.may(Permission::PricesChange);
    idempotency_key::answer_once(web, idempotency_key, move |web, turn| async move {
        let request = request(&web.app.context, body.value)?;
        if request.agreed != Agreed::default() && !may_agree {
            return Err(Problem::forbidden());
        }
        let turn = turn.as_deref();
        match hold(&web, turn, request.clone()).await {
            Err(Error::ReconcileFirst(ids)) => {
                pay::ask_about(&web.app, &ids).await;
                hold(&web, turn, HoldRequest { reconcile: ReconcileFirst::Asked, ..request })
                    .await
                    .map_err(Problem::from)
            }
            outcome => outcome.map_err(Problem::from),
        }?
    })
    .await
}

/// Holds, and opens the checkout. The answer is stored with the hold, and again once it has the link.
async fn hold(
    web: &Web,
    turn: Option<&idempotency::Turn>,
    request: HoldRequest,
) -> Result<Result<HttpResponse, Problem>, Error> {
    let held = Arc::new(AtomicI64::new(0));
    let made = Arc::clone(&held);
    let outcome = idempotency::decide(
        &web.app,
        turn,
        move |tx, context| {
            cabins::find(tx, request.cabin_id)?.ok_or(Error::NotFound)?;
            match reserve::hold(tx, context, &request)? {
                Held::Yes(reservation) => {
                    made.store(reservation.id.0, Ordering::Relaxed);
                    Ok(reservation)
                }
                Held::PriceChanged(_) => Err(Error::Stale),
            }
        },
        |tx, _, reservation| Ok(HttpResponse::created(&ReservationView::load(tx, reservation)?).into()),
    )
    .await;
    count(&outcome);
    let answer = idempotency_key::answer(Ok::<_, Problem>(outcome?));
    let id = ReservationId(held.load(Ordering::Relaxed));
    if id.0 == 0 || pay::link_now(&web.app, id).await.is_none() {
        return Ok(answer);
    }
    // The cabin is held even if the link can't be added to the answer.
    Ok(match with_link(web, turn, id).await {
        Ok(with_link) => Ok(with_link),
        Err(error) => {
            tracing::warn!(%error, reservation = id.0, "a hold is answered without its link");
            answer
        }
    })
}

/// The answer with the link, stored under the request's key like the first one.
async fn with_link(
    web: &Web,
    turn: Option<&idempotency::Turn>,
    id: ReservationId,
) -> Result<HttpResponse, Error> {
    let view =
        web.app.store.read(move |tx| Ok::<_, Error>(ReservationView::load(tx, stay_view::load(tx, id)?)?));
    let answer = HttpResponse::created(&view.await?);
    if let Some(turn) = turn {
        turn.keep(&web.app, &answer.clone().into()).await?;
    }
    Ok(answer)
}

fn count(outcome: &Result<idempotency::Decided, Error>) {
    if matches!(outcome, Err(Error::Refused(Refusal::NightsTaken))) {
        counts::conflict();
    }
}

fn request(context: &AppContext, new: NewReservation) -> Result<HoldRequest, Problem> {
    let stay = query::stay(new.check_in.0, new.check_out.0)?;
    let channel = new.channel.unwrap_or_else(|| "api".to_owned());
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
    if channel.is_empty() || channel.len() > CHANNEL_CHARS_MAX || !channel.chars().all(plain) {
        return Err(Problem::invalid("channel", "must be 1 to 32 of a-z, 0-9, _ and -"));
    }
    let told = new.party.unwrap_or_default().told(new.guests).party().map_err(party_refused)?;
    let party = told.ok_or_else(|| Problem::invalid("guests", "is missing, and so is party"))?;
    Ok(HoldRequest {
        cabin_id: CabinId(new.cabin_id),
        stay,
        party,
        terms: query::terms(new.promo_code.as_deref(), new.pay_with.as_deref(), new.extras)?,
        agreed: agreed(context.currency, new.adjustments, new.agreed_total_cents)?,
        who: Who::Named(identity(context, new.guest)?),
        channel: Channel::read(&channel),
        total_said: None,
        reconcile: ReconcileFirst::AskFirst,
    })
}

fn identity(context: &AppContext, guest: NewGuest) -> Result<Identity, Problem> {
    let name = guest.name.trim();
    if name.is_empty() || name.chars().count() > GUEST_NAME_MAX {
        return Err(Problem::invalid("guest.name", format!("must be 1 to {GUEST_NAME_MAX} characters")));
    }
    let given = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let bad_phone = |why: PhoneRefused| Problem::invalid("guest.phone", why.to_string());
    let bad_email = || Problem::invalid("guest.email", "must be an e-mail address");
    Ok(Identity {
        phone: given(&guest.phone).map(|text| context.phone(&text).map_err(bad_phone)).transpose()?,
        bsuid: None,
        name: name.to_owned(),
        email: given(&guest.email).map(|text| parse_email(&text).ok_or_else(bad_email)).transpose()?,
    })
}
