//! Canned replies: added, changed, removed.

use super::super::flash::Flash;
use super::super::guard::{CsrfToken, Post, SignedIn};
use super::super::page::{Failed, Frame, Page, Seat, Tab, done};
use super::super::reasons;
use super::acts::InboxResponse;
use crate::app::inbox;
use crate::app::manage::ManageError;
use crate::domain::message::TEXT_CHARS_MAX;
use crate::domain::user::Permission;
use crate::store::StoreError;
use crate::store::canned::{self, Canned};
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use askama::Template;
use rocket::{FromForm, State, get, post, routes};
use std::sync::Arc;

const HERE: &str = "/admin/inbox/canned";

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::Texts, routes![show, add, change, remove])
}

#[derive(Template)]
#[template(path = "canned.html", config = "assets/askama.toml")]
struct Sentences {
    frame: Frame,
    all: Vec<Canned>,
    /// The refused input, beside its row.
    typed: Option<Canned>,
    title_max: usize,
    body_max: usize,
}

#[derive(FromForm)]
struct Sentence {
    title: String,
    body: String,
}

#[get("/inbox/canned?<said>")]
async fn show(web: &State<Arc<Web>>, signed_in: SignedIn, said: Option<&str>) -> Result<Page, Failed> {
    Page::ok(&load(web, &signed_in, said, None).await?)
}

#[post("/inbox/canned", data = "<post>")]
async fn add(web: &State<Arc<Web>>, post: Post<Sentence>) -> Result<InboxResponse, Failed> {
    let (actor, form) = (post.by.actor(), post.form);
    let typed = Canned { id: 0, title: form.title, body: form.body };
    let wanted = typed.clone();
    let added = web
        .app
        .store
        .write(move |tx| inbox::add_canned(tx, &wanted.title, &wanted.body, &actor).map(drop))
        .await;
    ended(web, &post.by, typed, added, Flash::Added).await
}

#[post("/inbox/canned/<id>", rank = 2, data = "<post>")]
async fn change(web: &State<Arc<Web>>, id: i64, post: Post<Sentence>) -> Result<InboxResponse, Failed> {
    let (actor, form) = (post.by.actor(), post.form);
    let typed = Canned { id, title: form.title, body: form.body };
    let wanted = typed.clone();
    let changed = web
        .app
        .store
        .write(move |tx| inbox::change_canned(tx, id, &wanted.title, &wanted.body, &actor))
        .await;
    ended(web, &post.by, typed, changed, Flash::Saved).await
}

#[post("/inbox/canned/<id>/remove", data = "<post>")]
async fn remove(web: &State<Arc<Web>>, id: i64, post: Post<CsrfToken>) -> Result<InboxResponse, Failed> {
    let actor = post.by.actor();
    let removed = web.app.store.write(move |tx| inbox::remove_canned(tx, id, &actor)).await;
    removed.map_err(Failed::from)?;
    Ok(InboxResponse::Done(Box::new(done(HERE, Flash::Removed))))
}

/// A redirect, or the page again with what was typed.
async fn ended(
    web: &Web,
    by: &SignedIn,
    typed: Canned,
    outcome: Result<(), ManageError>,
    said: Flash,
) -> Result<InboxResponse, Failed> {
    let Err(error) = outcome else { return Ok(InboxResponse::Done(Box::new(done(HERE, said)))) };
    let Some(why) = reasons::manage_error(&error) else { return Err(error.into()) };
    let mut page = load(web, by, None, Some(typed)).await?;
    page.frame = page.frame.refusing(why);
    Ok(InboxResponse::Refused(Page::refused(&page)?))
}

async fn load(
    web: &Web,
    signed_in: &SignedIn,
    said: Option<&str>,
    typed: Option<Canned>,
) -> Result<Sentences, Failed> {
    let seat = Seat::of(web, signed_in, said);
    let read = web.app.store.read(move |tx| {
        Ok::<_, StoreError>((Frame::load(tx, &seat, Tab::Inbox, "Textos guardados")?, canned::list(tx)?))
    });
    let (frame, mut all) = read.await?;
    // A refused change is shown in its own form.
    if let Some(typed) = typed.as_ref()
        && let Some(row) = all.iter_mut().find(|row| row.id == typed.id)
    {
        row.clone_from(typed);
    }
    let typed = typed.filter(|typed| typed.id == 0);
    Ok(Sentences { frame, all, typed, title_max: inbox::CANNED_TITLE_CHARS_MAX, body_max: TEXT_CHARS_MAX })
}
