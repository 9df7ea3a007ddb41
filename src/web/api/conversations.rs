//! The conversations with guests: read, answered by a person, taken over and handed back.

use super::id::Id;
use super::query;
use super::reservations::view::GuestView;
use super::wire::Instant;
use crate::app::idempotency;
use crate::app::manage::{self, ManageError};
use crate::domain::ids::ConversationId;
use crate::store::conversation_list::{self, Said};
use crate::store::conversations::Conversation;
use crate::store::{Read, StoreError, conversations, guests};
use crate::web::auth::Caller;
use crate::web::body::{Body, MaybeBody};
use crate::web::http_response::HttpResponse;
use crate::web::idempotency_key::{self, KeyHeader};
use crate::web::problem::{Problem, ProblemDocument};
use crate::web::state::Web;
use rocket::{State, get, post};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// Most messages shown of a conversation: weeks of an ordinary guest.
const LINES_MAX: u32 = 500;

/// A page of conversations.
#[derive(Serialize, ToSchema)]
pub struct ConversationList {
    /// The latest first.
    conversations: Vec<ConversationView>,
    /// This page, from 1.
    page: u32,
    /// Rows of a page.
    per_page: u32,
}

/// A conversation.
#[derive(Serialize, ToSchema)]
pub struct ConversationView {
    id: i64,
    guest: Option<GuestView>,
    /// Who answers: `bot` or `person`.
    held_by: &'static str,
    /// When the guest last wrote.
    last_inbound_at: Option<Instant>,
    /// When anything last happened.
    last_activity_at: Instant,
    /// Messages nobody has looked at.
    unread: u32,
}

/// A conversation with what was said.
#[derive(Serialize, ToSchema)]
pub struct Thread {
    #[serde(flatten)]
    conversation: ConversationView,
    /// Oldest first.
    messages: Vec<MessageView>,
}

/// One message.
#[derive(Serialize, ToSchema)]
pub struct MessageView {
    /// Its id among those of its direction.
    id: i64,
    /// `in` or `out`.
    direction: &'static str,
    /// `guest`, `bot` or `person`.
    author: &'static str,
    /// What kind: `text`, `audio`, `buttons`, …
    kind: String,
    text: String,
    /// In: `listen`, `ready`, `done`, `failed`. Out: `queued`, `sending`, `sent`, `delivered`, `read`,
    /// `failed`, `uncertain`.
    state: &'static str,
    /// When it came in or was queued.
    at: Instant,
    /// How sure we are of what was heard in a recording, from 0 to 1; absent for what was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<f64>,
    /// Why a recording gave no words: `unclear`, `too_long` or `off`.
    #[serde(skip_serializing_if = "Option::is_none")]
    unheard: Option<&'static str>,
    /// Where the recording can be fetched, when it is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    media_url: Option<String>,
}

/// An answer by a person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    text: String,
}

/// Nothing to say about it.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

impl From<Said> for MessageView {
    fn from(line: Said) -> MessageView {
        MessageView {
            id: line.id,
            direction: if line.is_inbound() { "in" } else { "out" },
            author: line.author.into(),
            kind: line.kind,
            text: line.body,
            state: line.state.code(),
            at: Instant(line.at),
            confidence: line.heard_permille.map(|permille| f64::from(permille) / 1000.0),
            unheard: line.unheard.map(Into::into),
            media_url: line.has_media.then(|| format!("/api/v1/messages/{}/media", line.id)),
        }
    }
}

/// The conversations.
#[utoipa::path(get, path = "/api/v1/conversations", tag = "conversations", security(("bearer" = [])),
    params(("page" = Option<u32>, Query, description = "From 1")), responses(
    (status = 200, description = "A page", body = ConversationList),
))]
#[get("/conversations?<page>")]
pub async fn list(web: &State<Arc<Web>>, page: Option<&str>) -> Result<HttpResponse, Problem> {
    let (page, offset) = query::page(page)?;
    let list = web.app.store.read(move |tx| {
        let threads = conversations::recent(tx, query::PAGE_ROWS, offset)?;
        threads.into_iter().map(|thread| view(tx, thread)).collect::<Result<Vec<_>, StoreError>>()
    });
    Ok(HttpResponse::ok(&ConversationList { conversations: list.await?, page, per_page: query::PAGE_ROWS }))
}

/// A conversation with its messages.
#[utoipa::path(get, path = "/api/v1/conversations/{id}", tag = "conversations", security(("bearer" = [])),
    params(("id" = i64, Path, description = "The thread")), responses(
    (status = 200, description = "The thread", body = Thread),
    (status = 404, description = "No such thread", body = ProblemDocument),
))]
#[get("/conversations/<id>")]
pub async fn show(web: &State<Arc<Web>>, id: Id) -> Result<HttpResponse, Problem> {
    let thread = web.app.store.read(move |tx| thread(tx, ConversationId(id.0))).await?;
    Ok(HttpResponse::ok(&thread))
}

/// Answer as a person; casero stays silent in the conversation for a while.
#[utoipa::path(post, path = "/api/v1/conversations/{id}/reply", tag = "conversations",
    security(("bearer" = [])), request_body = Reply,
    params(("id" = i64, Path, description = "The thread"), ("Idempotency-Key" = Option<String>, Header)),
    responses(
    (status = 200, description = "Queued", body = Thread),
    (status = 404, description = "No such thread", body = ProblemDocument),
    (status = 409, description = "`window_closed`: the guest wrote too long ago. `opted_out`: they asked \
     for no more messages", body = ProblemDocument),
))]
#[post("/conversations/<id>/reply", data = "<body>")]
pub async fn reply(
    web: &State<Arc<Web>>,
    caller: Caller,
    id: Id,
    key: KeyHeader,
    body: Body<Reply>,
) -> HttpResponse {
    let (actor, idempotency_key, text) = (caller.actor(), key.of(&caller, &body.digest), body.value.text);
    let id = ConversationId(id.0);
    idempotency_key::answer_once(web, idempotency_key, move |web, turn| async move {
        let action = idempotency::decide(
            &web.app,
            turn.as_deref(),
            move |tx, context| manage::reply(tx, context, id, &text, &actor),
            move |tx, _, ()| Ok(HttpResponse::ok(&thread(tx, id)?).into()),
        );
        idempotency_key::answer(action.await)
    })
    .await
}

/// A person answers from now on.
#[utoipa::path(post, path = "/api/v1/conversations/{id}/take_over", tag = "conversations",
    security(("bearer" = [])), params(("id" = i64, Path, description = "The thread")), responses(
    (status = 200, description = "The thread", body = Thread),
    (status = 404, description = "No such thread", body = ProblemDocument),
))]
#[post("/conversations/<id>/take_over", data = "<_body>")]
pub async fn take_over(
    web: &State<Arc<Web>>,
    caller: Caller,
    id: Id,
    _body: MaybeBody<Nothing>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (caller.actor(), ConversationId(id.0));
    let action = idempotency::decide(
        &web.app,
        None,
        move |tx, _| manage::take_over(tx, id, &actor),
        move |tx, _, ()| Ok(HttpResponse::ok(&thread(tx, id)?).into()),
    );
    idempotency_key::answer(action.await)
}

/// Casero answers again.
#[utoipa::path(post, path = "/api/v1/conversations/{id}/hand_back", tag = "conversations",
    security(("bearer" = [])), params(("id" = i64, Path, description = "The thread")), responses(
    (status = 200, description = "The thread", body = Thread),
    (status = 404, description = "No such thread", body = ProblemDocument),
))]
#[post("/conversations/<id>/hand_back", data = "<_body>")]
pub async fn hand_back(
    web: &State<Arc<Web>>,
    caller: Caller,
    id: Id,
    _body: MaybeBody<Nothing>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (caller.actor(), ConversationId(id.0));
    let action = idempotency::decide(
        &web.app,
        None,
        move |tx, _| manage::hand_back(tx, id, &actor),
        move |tx, _, ()| Ok(HttpResponse::ok(&thread(tx, id)?).into()),
    );
    idempotency_key::answer(action.await)
}

fn thread(tx: &impl Read, id: ConversationId) -> Result<Thread, ManageError> {
    let found = conversations::find(tx, id)?.ok_or(ManageError::NotFound("conversation"))?;
    let messages = conversation_list::latest(tx, id, LINES_MAX)?.into_iter().map(MessageView::from).collect();
    Ok(Thread { conversation: view(tx, found)?, messages })
}

fn view(tx: &impl Read, thread: Conversation) -> Result<ConversationView, StoreError> {
    let held_by = if thread.is_held_by_person(tx.now()) { "person" } else { "bot" };
    Ok(ConversationView {
        id: thread.id.0,
        guest: guests::find(tx, thread.guest_id)?.map(GuestView::from),
        held_by,
        last_inbound_at: thread.last_inbound_at.map(Instant),
        last_activity_at: Instant(thread.last_activity_at),
        unread: thread.unread,
    })
}
