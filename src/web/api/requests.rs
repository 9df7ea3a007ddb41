//! Requests of guests that a person decides.

use super::id::Id;
use super::wire::{Day, Instant};
use crate::app::idempotency;
use crate::app::manage::ManageError;
use crate::app::requests;
use crate::domain::ids::RequestId;
use crate::domain::money::Money;
use crate::domain::request::{Answer, DecidedBy, Off, RequestState, Verdict};
use crate::store::requests::{self as rows, Request};
use crate::web::auth::Caller;
use crate::web::body::Body;
use crate::web::http_response::HttpResponse;
use crate::web::idempotency_key::{self, KeyHeader};
use crate::web::problem::{Problem, ProblemDocument};
use crate::web::state::Web;
use rocket::{State, get, post};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// Requests of guests.
#[derive(Serialize, ToSchema)]
pub struct RequestList {
    /// Newest first, at most 200.
    requests: Vec<RequestView>,
}

/// A request that a person decides.
#[derive(Serialize, ToSchema)]
pub struct RequestView {
    id: i64,
    /// A stable word: `discount`, `late_check_out`, `more_time`, …
    kind: String,
    /// `open`, `granted`, `refused`, `answered`, `withdrawn` or `ended`.
    state: String,
    conversation_id: i64,
    /// The booking it is about.
    reservation_id: Option<i64>,
    /// The offer it is about, when there is no booking.
    offer: Option<OfferView>,
    /// The guest's words.
    words: String,
    /// Until when a yes keeps the hold.
    until: Option<Instant>,
    /// By when the guest was told to expect an answer.
    deadline: Instant,
    created_at: Instant,
    decided_at: Option<Instant>,
    /// Who decided: an account's address, `owner`, `guest` or `casero`.
    decided_by: Option<String>,
    /// `tap`, `message`, `page` or `api`.
    decided_way: Option<String>,
    /// The person's own words.
    answer: String,
}

/// The offer that a request is about.
#[derive(Serialize, ToSchema)]
pub struct OfferView {
    check_in: Day,
    check_out: Day,
    cabin_ids: Vec<i64>,
    guests: u16,
    total_cents: Option<i64>,
}

/// A decision.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionForm {
    /// `yes`, `no`, or `answer` for words that are neither.
    decision: DecisionWord,
    /// For the guest, instead of the product's words; needed with `answer`.
    #[serde(default)]
    words: String,
    /// With a yes to a discount or a refund: how much.
    amount_cents: Option<i64>,
    /// The same, in percent of the total or of what was paid.
    percent: Option<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DecisionWord {
    Yes,
    No,
    Answer,
}

impl From<Request> for RequestView {
    fn from(request: Request) -> RequestView {
        RequestView {
            id: request.id.0,
            kind: request.kind.to_string(),
            state: request.state.to_string(),
            conversation_id: request.conversation_id.0,
            reservation_id: request.reservation_id.map(|id| id.0),
            offer: request.offer.map(|offer| OfferView {
                check_in: Day(offer.stay.check_in()),
                check_out: Day(offer.stay.check_out()),
                cabin_ids: offer.cabins.iter().map(|id| id.0).collect(),
                guests: offer.party.people(),
                total_cents: offer.total.map(|total| total.minor),
            }),
            words: request.words,
            until: request.until.map(Instant),
            deadline: Instant(request.deadline),
            created_at: Instant(request.created_at),
            decided_at: request.decided_at.map(Instant),
            decided_by: request.decided_by,
            decided_way: request.decided_way,
            answer: request.answer,
        }
    }
}

/// The requests of guests.
#[utoipa::path(get, path = "/api/v1/requests", tag = "attention", security(("bearer" = [])),
    params(("state" = Option<String>, Query, description = "Only those in this state: `open`, …")), responses(
    (status = 200, description = "Requests, newest first", body = RequestList),
    (status = 422, description = "No such state", body = ProblemDocument),
))]
#[get("/requests?<state>")]
pub async fn list(web: &State<Arc<Web>>, state: Option<&str>) -> Result<HttpResponse, Problem> {
    let state = state.filter(|state| !state.is_empty());
    let known = state.is_none_or(|state| state.parse::<RequestState>().is_ok());
    if !known {
        return Err(Problem::invalid("state", "must be a state of a request"));
    }
    let state = state.map(str::to_owned);
    let found = web.app.store.read(move |tx| rows::newest(tx, state.as_deref())).await?;
    Ok(HttpResponse::ok(&RequestList { requests: found.into_iter().map(RequestView::from).collect() }))
}

/// Decide a request. The first decision counts; the guest is told.
#[utoipa::path(post, path = "/api/v1/requests/{id}/decide", tag = "attention", security(("bearer" = [])),
    request_body = DecisionForm,
    params(("id" = i64, Path, description = "The request"), ("Idempotency-Key" = Option<String>, Header)),
    responses(
    (status = 200, description = "Decided", body = RequestView),
    (status = 404, description = "No such request", body = ProblemDocument),
    (status = 409, description = "`request_closed`: somebody decided before, or its matter is over. \
     `not_now`: the booking does not allow it. `opted_out`: the guest asked for no more messages",
     body = ProblemDocument),
    (status = 422, description = "`amount_missing`: a yes to a discount or a refund says how much",
     body = ProblemDocument),
))]
#[post("/requests/<id>/decide", data = "<body>")]
pub async fn decide(
    web: &State<Arc<Web>>,
    caller: Caller,
    id: Id,
    key: KeyHeader,
    body: Body<DecisionForm>,
) -> HttpResponse {
    let (actor, idempotency_key, form) = (caller.actor(), key.of(&caller, &body.digest), body.value);
    let id = RequestId(id.0);
    idempotency_key::answer_once(web, idempotency_key, move |web, turn| async move {
        let action = idempotency::decide(
            &web.app,
            turn.as_deref(),
            move |tx, context| {
                let answer = answer(&form, context.currency);
                requests::decide(tx, context, id, &answer, DecidedBy::Api, &actor)
            },
            move |_, _, decided| Ok::<_, ManageError>(HttpResponse::ok(&RequestView::from(decided)).into()),
        );
        idempotency_key::answer(action.await)
    })
    .await
}

fn answer(form: &DecisionForm, currency: crate::domain::money::Currency) -> Answer {
    let amount = form.amount_cents.map(|minor| Off::Amount(Money::new(minor, currency)));
    let words = form.words.trim();
    Answer {
        file: None,
        verdict: match form.decision {
            DecisionWord::Yes => Verdict::Yes,
            DecisionWord::No => Verdict::No,
            DecisionWord::Answer => Verdict::Words,
        },
        off: amount.or(form.percent.map(Off::Percent)),
        words: (form.decision == DecisionWord::Answer || !words.is_empty()).then(|| words.to_owned()),
    }
}
