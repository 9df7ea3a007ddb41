//! The owner's settings about stays and money, on one page with one button; the texts that guests read are a
//! page of their own, which helpers may change too.

mod filled;
mod preview;
mod refused;
mod saving;
mod texts;

use self::filled::{Filled, Input, Part};
use self::preview::Message;
use self::saving::save_as;
use super::flash::Flash;
use super::form::{LOOK_BELOW, Wrong};
use super::guard::{Post, SignedIn};
use super::page::{Failed, Frame, Page, PageOrRedirect, Seat, Tab, done};
use crate::domain::user::Permission;
use crate::store::{StoreError, settings};
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use askama::Template;
use rocket::{State, get, post, routes};
use std::sync::Arc;

pub(super) fn routes() -> Vec<Gated> {
    [gate::page(Permission::Administration, routes![show, save, look]), texts::routes()].concat()
}

#[derive(Template)]
#[template(path = "settings.html", config = "assets/askama.toml")]
struct SettingsPage {
    frame: Frame,
    version: i64,
    parts: Vec<Part>,
    wrong: Wrong,
    /// Effect of the cancellation policy, by an example.
    consequence: Vec<String>,
    messages: Vec<Message>,
    /// The values shown are not saved yet.
    unsaved: bool,
}

#[get("/settings?<said>")]
async fn show(web: &State<Arc<Web>>, signed_in: SignedIn, said: Option<&str>) -> Result<Page, Failed> {
    let seat = Seat::of(web, &signed_in, said);
    Page::ok(&load(web, seat, None, Wrong::default()).await?)
}

#[post("/settings", data = "<post>")]
async fn save(web: &State<Arc<Web>>, post: Post<Filled>) -> Result<PageOrRedirect, Failed> {
    let filled = post.form;
    let (known, _) = web.app.store.read(|tx| settings::load(tx)).await?;
    let saved = match filled.read(&known, &web.app.context) {
        Ok(read) => save_as(web, &post.by, filled.version, move |known| *known = read).await?,
        Err(wrong) => Err((wrong, LOOK_BELOW.into())),
    };
    match saved {
        Ok(()) => Ok(PageOrRedirect::away(done("/admin/settings", Flash::Saved))),
        Err((wrong, why)) => {
            let page = load(web, Seat::of(web, &post.by, None), Some(filled), wrong).await?;
            let page = SettingsPage { frame: page.frame.clone().refusing(why), ..page };
            Ok(PageOrRedirect::Page(Page::refused(&page)?))
        }
    }
}

/// Previews what was typed as a guest would read it; nothing is saved.
#[post("/settings/preview", data = "<post>")]
async fn look(web: &State<Arc<Web>>, post: Post<Filled>) -> Result<PageOrRedirect, Failed> {
    let seat = Seat::of(web, &post.by, None);
    let (known, _) = web.app.store.read(|tx| settings::load(tx)).await?;
    let wrong = post.form.read(&known, &web.app.context).err().unwrap_or_default();
    Ok(PageOrRedirect::Page(Page::ok(&load(web, seat, Some(post.form), wrong).await?)?))
}

/// The page with the typed values, or with those in force.
async fn load(web: &Web, seat: Seat, typed: Option<Filled>, wrong: Wrong) -> Result<SettingsPage, Failed> {
    let context = Arc::clone(&web.app.context);
    let page = web.app.store.read(move |tx| {
        let (saved, version) = settings::load(tx)?;
        let shown = typed
            .as_ref()
            .and_then(|typed| typed.read(&saved, &context).ok())
            .unwrap_or_else(|| saved.clone());
        let unsaved = typed.is_some();
        let filled = typed.unwrap_or_else(|| Filled::of(&saved, version));
        Ok::<_, StoreError>(SettingsPage {
            frame: Frame::load(tx, &seat, Tab::More, "Ajustes")?,
            consequence: preview::consequence(&shown, context.currency),
            messages: preview::messages(&shown, &context.moment(tx), context.currency),
            version: filled.version,
            parts: filled.parts(),
            wrong,
            unsaved,
        })
    });
    Ok(page.await?)
}
