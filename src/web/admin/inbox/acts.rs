//! What a person does in a conversation: answers, takes it over, hands it back, marks it seen.

use super::super::guard::{Post, Sealed};
use super::super::page::{Failed, Page, done};
use super::super::words;
use super::show::{self, Wanted};
use crate::app::inbox::{self, Late, Letter};
use crate::app::manage::{self, ManageError};
use crate::domain::ids::ConversationId;
use crate::domain::user::Permission;
use crate::store::canned;
use crate::web::Web;
use crate::web::gate::{self, Gated};
use rocket::response::Redirect;
use rocket::{FromForm, State, post, routes};
use std::sync::Arc;

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::Bookings, routes![reply, take_over, hand_back, seen])
}

/// Back to the conversation, or the page again with why not.
#[derive(rocket::Responder)]
pub(super) enum Outcome {
    Done(Box<Redirect>),
    Refused(Page),
}

#[derive(FromForm)]
struct Answer {
    text: Option<String>,
    /// A kept sentence, sent as it is.
    canned: Option<i64>,
    /// Sent as a notice once the window is closed: the page said what that means.
    notice: Option<bool>,
}

#[post("/inbox/<id>/reply", data = "<post>")]
async fn reply(web: &State<Arc<Web>>, id: i64, post: Post<Answer>) -> Result<Outcome, Failed> {
    let (actor, house) = (post.by.actor(), Arc::clone(&web.app.house));
    let (typed, kept) = (post.form.text.unwrap_or_default(), post.form.canned);
    let late = if post.form.notice == Some(true) { Late::AsNotice } else { Late::Refuse };
    let (once, draft) = (post.once.key, typed.clone());
    let written = web
        .app
        .store
        .write(move |tx| {
            let kept = kept.map(|kept| canned::find(tx, kept)).transpose()?.flatten();
            let text = kept.map_or(typed, |kept| kept.body);
            let letter = Letter { thread: ConversationId(id), text: &text, once: Some(&once), late };
            inbox::write(tx, &house, &letter, &actor)
        })
        .await;
    if let Err(error) = written {
        return refused(web, &post.by, id, draft, error).await;
    }
    web.app.wake.after_decision();
    Ok(Outcome::Done(Box::new(done(&format!("/admin/inbox/{id}"), "sent"))))
}

async fn refused(
    web: &Web,
    by: &super::super::guard::Inside,
    id: i64,
    draft: String,
    error: ManageError,
) -> Result<Outcome, Failed> {
    let missing = matches!(error, ManageError::NotFound(_));
    let Some(why) = words::manage_error(&error).filter(|_| !missing) else { return Err(error.into()) };
    let wanted = Wanted { id: Some(id), draft, ..Wanted::default() };
    let mut page = show::load(web, by, None, wanted).await?;
    page.frame = page.frame.refusing(why);
    Ok(Outcome::Refused(Page::refused(&page)?))
}

#[post("/inbox/<id>/take_over", data = "<post>")]
async fn take_over(web: &State<Arc<Web>>, id: i64, post: Post<Sealed>) -> Result<Redirect, Failed> {
    let actor = post.by.actor();
    web.app
        .store
        .write(move |tx| {
            manage::take_over(tx, ConversationId(id), &actor)?;
            inbox::seen(tx, ConversationId(id))
        })
        .await
        .map_err(Failed::from)?;
    Ok(done(&format!("/admin/inbox/{id}"), "taken_over"))
}

#[post("/inbox/<id>/hand_back", data = "<post>")]
async fn hand_back(web: &State<Arc<Web>>, id: i64, post: Post<Sealed>) -> Result<Redirect, Failed> {
    let actor = post.by.actor();
    let handed = web.app.store.write(move |tx| manage::hand_back(tx, ConversationId(id), &actor)).await;
    handed.map_err(Failed::from)?;
    Ok(done(&format!("/admin/inbox/{id}"), "handed_back"))
}

#[post("/inbox/<id>/seen", data = "<_post>")]
async fn seen(web: &State<Arc<Web>>, id: i64, _post: Post<Sealed>) -> Result<Redirect, Failed> {
    let noted = web.app.store.write(move |tx| inbox::seen(tx, ConversationId(id))).await;
    noted.map_err(Failed::from)?;
    Ok(Redirect::to(format!("/admin/inbox/{id}")))
}
