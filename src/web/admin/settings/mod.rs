//! What the owner decides about stays, money and words, on one page with one button to save.

mod filled;
mod preview;
mod refused;

use self::filled::Filled;
use self::preview::Message;
use super::flash::Flash;
use super::form::{LOOK_BELOW, Wrong};
use super::guard::{Post, SignedIn};
use super::page::{Failed, Frame, Page, PageOrRedirect, Seat, Tab, done};
use super::words;
use crate::app::manage::{self, ManageError};
use crate::domain::settings::Settings;
use crate::store::{StoreError, settings};
use crate::web::Web;
use askama::Template;
use rocket::{Route, State, get, post, routes};
use std::sync::Arc;

pub(super) fn routes() -> Vec<Route> {
    routes![show, save, look]
}

#[derive(Template)]
#[template(path = "settings.html", config = "assets/askama.toml")]
struct SettingsPage {
    frame: Frame,
    filled: Filled,
    wrong: Wrong,
    /// What cancelling means, said with an example.
    consequence: Vec<String>,
    messages: Vec<Message>,
    /// What the page shows is not saved yet.
    unsaved: bool,
}

#[get("/settings?<said>")]
async fn show(web: &State<Arc<Web>>, signed_in: SignedIn, said: Option<&str>) -> Result<Page, Failed> {
    let seat = Seat::of(web, &signed_in, said);
    Page::ok(&load(web, seat, None, Wrong::default()).await?)
}

#[post("/settings", data = "<post>")]
async fn save(web: &State<Arc<Web>>, post: Post<Filled>) -> Result<PageOrRedirect, Failed> {
    let (actor, filled) = (post.by.actor(), post.form);
    let read = match filled.read() {
        Ok(read) => read,
        Err(wrong) => return again(web, &post.by, filled, wrong, LOOK_BELOW.into()).await,
    };
    let version = filled.version;
    let saved = web.app.store.write(move |tx| {
        let change = |known: &mut Settings| {
            *known = Settings { holds_per_guest: known.holds_per_guest, ..read };
            Ok(())
        };
        manage::change_settings(tx, Some(version), change, &actor)
    });
    match saved.await {
        Ok(_) => Ok(PageOrRedirect::away(done("/admin/settings", Flash::Saved))),
        Err(ManageError::Settings(problems)) => {
            let mut wrong = Wrong::default();
            for problem in &problems {
                wrong.note(problem.field.clone(), refused::sentence(problem));
            }
            again(web, &post.by, filled, wrong, LOOK_BELOW.into()).await
        }
        Err(ManageError::Stale) => {
            let why = "Otra persona guardó cambios mientras escribías. Abrí Ajustes de nuevo en otra pestaña, fijate cómo quedó y volvé a hacer los tuyos.";
            again(web, &post.by, filled, Wrong::default(), why.into()).await
        }
        Err(error) => match words::manage_error(&error) {
            Some(why) => again(web, &post.by, filled, Wrong::default(), why).await,
            None => Err(error.into()),
        },
    }
}

/// Shows what was typed as a guest would read it; nothing is saved.
#[post("/settings/preview", data = "<post>")]
async fn look(web: &State<Arc<Web>>, post: Post<Filled>) -> Result<PageOrRedirect, Failed> {
    let seat = Seat::of(web, &post.by, None);
    let wrong = post.form.read().err().unwrap_or_default();
    Ok(PageOrRedirect::Page(Page::ok(&load(web, seat, Some(post.form), wrong).await?)?))
}

async fn again(
    web: &Web,
    signed_in: &SignedIn,
    filled: Filled,
    wrong: Wrong,
    why: String,
) -> Result<PageOrRedirect, Failed> {
    let page = load(web, Seat::of(web, signed_in, None), Some(filled), wrong).await?;
    let page = SettingsPage { frame: page.frame.clone().refusing(why), ..page };
    Ok(PageOrRedirect::Page(Page::refused(&page)?))
}

/// The page with what was typed, or with what is in force.
async fn load(web: &Web, seat: Seat, typed: Option<Filled>, wrong: Wrong) -> Result<SettingsPage, Failed> {
    let context = Arc::clone(&web.app.context);
    let page = web.app.store.read(move |tx| {
        let (saved, version) = settings::load(tx)?;
        let shown = typed.as_ref().and_then(|typed| typed.read().ok()).unwrap_or_else(|| saved.clone());
        let unsaved = typed.is_some();
        Ok::<_, StoreError>(SettingsPage {
            frame: Frame::load(tx, &seat, Tab::More, "Ajustes")?,
            consequence: preview::consequence(&shown, context.currency),
            messages: preview::messages(&shown, &context.moment(tx), context.currency),
            filled: typed.unwrap_or_else(|| Filled::of(&saved, version)),
            wrong,
            unsaved,
        })
    });
    Ok(page.await?)
}
