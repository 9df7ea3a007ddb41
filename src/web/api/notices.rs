//! What the owner was told, and whether it was seen.

use super::wire::Instant;
use crate::app::notice_test;
use crate::app::owner_numbers::{self, ProofRefused};
use crate::domain::notice::NoticeWay;
use crate::store::notices::{self, Notice, Told};
use crate::store::{Read, StoreError};
use crate::web::body::Body;
use crate::web::http_response::HttpResponse;
use crate::web::problem::{Problem, ProblemDocument};
use crate::web::state::Web;
use rocket::{State, get, post};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// Notices to the owner.
#[derive(Serialize, ToSchema)]
pub struct NoticeList {
    /// Newest first, at most 200.
    notices: Vec<NoticeView>,
}

/// A notice to the owner about a guest who was promised a person.
#[derive(Serialize, ToSchema)]
pub struct NoticeView {
    id: i64,
    /// A stable word.
    kind: String,
    /// The matter that it tells of.
    attention_id: i64,
    conversation_id: Option<i64>,
    reservation_id: Option<i64>,
    urgent: bool,
    /// The guest's words.
    words: String,
    /// What the owner was told.
    text: String,
    created_at: Instant,
    /// Each time that it went out; empty while no way is set up.
    ways: Vec<NoticeWayView>,
    seen_at: Option<Instant>,
    /// `answered`, `resolved`, `read` or `opened`.
    seen_by: Option<String>,
}

/// One time that a notice went out.
#[derive(Serialize, ToSchema)]
pub struct NoticeWayView {
    /// `push`, `whatsapp` or `mail`.
    way: String,
    at: Instant,
    /// The state of the message: `queued`, `sent`, `delivered`, `read`, `failed`, …; by push and mail `accepted` when
    /// their service took it, and `dropped` when somebody had seen the notice before.
    state: Option<String>,
}

impl NoticeView {
    fn load(tx: &impl Read, notice: Notice) -> Result<NoticeView, StoreError> {
        let way = |told: Told| NoticeWayView { way: told.way, at: Instant(told.at), state: told.state };
        Ok(NoticeView {
            id: notice.id.0,
            kind: notice.kind,
            attention_id: notice.attention_id.0,
            conversation_id: notice.conversation_id.map(|id| id.0),
            reservation_id: notice.reservation_id.map(|id| id.0),
            urgent: notice.urgent,
            words: notice.words,
            text: notice.body,
            created_at: Instant(notice.created_at),
            ways: notices::ways(tx, notice.id)?.into_iter().map(way).collect(),
            seen_at: notice.seen_at.map(Instant),
            seen_by: notice.seen_by,
        })
    }
}

/// What the owner was told.
#[utoipa::path(get, path = "/api/v1/notices", tag = "attention", security(("bearer" = [])), responses(
    (status = 200, description = "Notices to the owner, newest first", body = NoticeList),
))]
#[get("/notices")]
pub async fn list(web: &State<Arc<Web>>) -> Result<HttpResponse, Problem> {
    let read = web.app.store.read(|tx| {
        let newest = notices::newest(tx)?.into_iter();
        newest.map(|notice| NoticeView::load(tx, notice)).collect::<Result<Vec<_>, StoreError>>()
    });
    Ok(HttpResponse::ok(&NoticeList { notices: read.await? }))
}

/// A test of one way.
#[derive(Deserialize, ToSchema)]
pub struct NoticeTest {
    /// `push`, `whatsapp` or `mail`.
    way: String,
}

/// What a test sent.
#[derive(Serialize, ToSchema)]
pub struct NoticeTestSent {
    way: String,
    /// To how many numbers, browsers or addresses.
    sent: usize,
}

/// Send the owner a test by one way.
#[utoipa::path(post, path = "/api/v1/notices/test", tag = "notices", security(("bearer" = [])),
    request_body = NoticeTest, responses(
    (status = 202, description = "Sent", body = NoticeTestSent),
    (status = 409, description = "`way_off`: the way is not set up", body = ProblemDocument),
    (status = 422, description = "No such way", body = ProblemDocument),
))]
#[post("/notices/test", data = "<body>")]
pub async fn test(web: &State<Arc<Web>>, body: Body<NoticeTest>) -> Result<HttpResponse, Problem> {
    let code = body.value.way;
    let way: NoticeWay =
        code.parse().map_err(|_| Problem::invalid("way", "must be push, whatsapp or mail"))?;
    let context = Arc::clone(&web.app.context);
    let sent = web.app.store.write(move |tx| notice_test::send(tx, &context, way)).await?;
    web.app.wake.after_decision();
    if sent == 0 {
        return Err(Problem::new(409, "way_off", "This way to reach the owner is not set up."));
    }
    Ok(HttpResponse { status: 202, ..HttpResponse::ok(&NoticeTestSent { way: code, sent }) })
}

/// The code that was sent to a number.
#[derive(Deserialize, ToSchema)]
pub struct OwnerNumberProof {
    phone: String,
    code: String,
}

/// Prove a number of the setting `owner_phones` by the code that was sent to it.
#[utoipa::path(post, path = "/api/v1/owner_phones/prove", tag = "notices", security(("bearer" = [])),
    request_body = OwnerNumberProof, responses(
    (status = 204, description = "It gets the notices and commands everything"),
    (status = 422, description = "`wrong_code`, `code_spent` or `not_asked`", body = ProblemDocument),
))]
#[post("/owner_phones/prove", data = "<body>")]
pub async fn prove(web: &State<Arc<Web>>, body: Body<OwnerNumberProof>) -> Result<HttpResponse, Problem> {
    let context = Arc::clone(&web.app.context);
    let OwnerNumberProof { phone, code } = body.value;
    let phone = context.phone(&phone).map_err(|why| Problem::invalid("phone", why.to_string()))?;
    let proven = web.app.store.write(move |tx| owner_numbers::prove(tx, &context, &phone, &code)).await?;
    web.app.wake.after_decision();
    let (code, why) = match proven {
        Ok(()) => return Ok(HttpResponse::done()),
        Err(ProofRefused::NotAsked) => ("not_asked", "No code was sent to this number."),
        Err(ProofRefused::Wrong) => ("wrong_code", "This is not the code."),
        Err(ProofRefused::Spent) => ("code_spent", "The code is too old, or was tried too often."),
    };
    Err(Problem::new(422, code, why))
}
