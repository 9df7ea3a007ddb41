//! Actions of a person in a conversation: answer, take over, hand back, mark as read.

use super::super::flash::Flash;
use super::super::guard::{CsrfToken, Post};
use super::super::page::{Failed, Page, done};
use super::super::reasons;
use super::show::{self, Wanted};
use crate::app::inbox::{self, Body, Late, Reply, Silence};
use crate::app::manage::{self, ManageError};
use crate::domain::ids::ConversationId;
use crate::domain::user::Permission;
use crate::store::canned;
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use rocket::response::Redirect;
use rocket::{FromForm, State, post, routes};
use std::sync::Arc;

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::Bookings, routes![reply, take_over, hand_back, seen])
}

/// A redirect to the conversation, or the page again with the reason of a refusal.
#[derive(rocket::Responder)]
pub(super) enum InboxResponse {
    Done(Box<Redirect>),
    Refused(Page),
}

#[derive(FromForm)]
struct ReplyForm {
    text: Option<String>,
    /// A canned reply, sent as it is.
    canned: Option<i64>,
    /// Send as a notice once the window is closed.
    notice: Option<bool>,
}

#[post("/inbox/<id>/reply", data = "<post>")]
async fn reply(web: &State<Arc<Web>>, id: i64, post: Post<ReplyForm>) -> Result<InboxResponse, Failed> {
    let (actor, context) = (post.by.actor(), Arc::clone(&web.app.context));
    let (typed, kept) = (post.form.text.unwrap_or_default(), post.form.canned);
    let late = if post.form.notice == Some(true) { Late::AsNotice } else { Late::Refuse };
    let (idempotency_key, draft) = (post.idempotency_key.key, typed.clone());
    let written = web
        .app
        .store
        .write(move |tx| {
            let kept = kept.map(|kept| canned::find(tx, kept)).transpose()?.flatten();
            let text = kept.map_or(typed, |kept| kept.body);
            let reply = Reply {
                conversation_id: ConversationId(id),
                body: Body::Words(&text),
                idempotency_key: Some(&idempotency_key),
                late,
                silence: Silence::AWhile,
            };
            inbox::write(tx, &context, &reply, &actor)
        })
        .await;
    if let Err(error) = written {
        return refused(web, &post.by, id, draft, reason(error)?).await;
    }
    web.app.wake.after_decision();
    Ok(InboxResponse::Done(Box::new(done(&format!("/admin/inbox/{id}"), Flash::Sent))))
}

/// Why a message was refused, in words.
pub(super) fn reason(error: ManageError) -> Result<String, Failed> {
    let missing = matches!(error, ManageError::NotFound(_));
    reasons::manage_error(&error).filter(|_| !missing).ok_or_else(|| error.into())
}

/// The page again with the reason and what was typed.
pub(super) async fn refused(
    web: &Web,
    by: &super::super::guard::SignedIn,
    id: i64,
    draft: String,
    why: String,
) -> Result<InboxResponse, Failed> {
    let wanted = Wanted { id: Some(id), draft, ..Wanted::default() };
    let mut page = show::load(web, by, None, wanted).await?;
    page.frame = page.frame.refusing(why);
    Ok(InboxResponse::Refused(Page::refused(&page)?))
}

#[post("/inbox/<id>/take_over", data = "<post>")]
async fn take_over(web: &State<Arc<Web>>, id: i64, post: Post<CsrfToken>) -> Result<Redirect, Failed> {
    let actor = post.by.actor();
    web.app
        .store
        .write(move |tx| {
            manage::take_over(tx, ConversationId(id), &actor)?;
            inbox::seen(tx, ConversationId(id))
        })
        .await
        .map_err(Failed::from)?;
    Ok(done(&format!("/admin/inbox/{id}"), Flash::TakenOver))
}

#[post("/inbox/<id>/hand_back", data = "<post>")]
async fn hand_back(web: &State<Arc<Web>>, id: i64, post: Post<CsrfToken>) -> Result<Redirect, Failed> {
    let actor = post.by.actor();
    let handed = web.app.store.write(move |tx| manage::hand_back(tx, ConversationId(id), &actor)).await;
    handed.map_err(Failed::from)?;
    Ok(done(&format!("/admin/inbox/{id}"), Flash::HandedBack))
}

#[post("/inbox/<id>/seen", data = "<_post>")]
async fn seen(web: &State<Arc<Web>>, id: i64, _post: Post<CsrfToken>) -> Result<Redirect, Failed> {
    let noted = web.app.store.write(move |tx| inbox::seen(tx, ConversationId(id))).await;
    noted.map_err(Failed::from)?;
    Ok(Redirect::to(format!("/admin/inbox/{id}")))
}
