//! The page for the legal withdrawal: linked from every guest page, public, without an account.

use super::page::{Reads, place};
use crate::app::withdrawal::{self, Request};
use crate::dialogue::i18n::Locale;
use crate::store::{StoreError, settings};
use crate::web::admin::{Failed, Page};
use crate::web::assets::{self, Files};
use crate::web::auth::LoginAttempt;
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use askama::Template;
use rocket::form::Form;
use rocket::{FromForm, State, get, post, routes};
use std::sync::Arc;

pub(super) fn routes() -> Vec<Gated> {
    gate::open(routes![show, ask])
}

#[derive(Template)]
#[template(path = "guest_withdraw.html", config = "assets/askama.toml")]
struct Withdraw {
    files: &'static Files,
    w: Locale,
    place: String,
    code: String,
    refused: Option<String>,
    number: Option<String>,
}

#[derive(FromForm)]
struct Asked {
    name: String,
    code: String,
    contact: String,
}

#[get("/arrepentimiento?<code>")]
async fn show(web: &State<Arc<Web>>, reads: Reads, code: Option<&str>) -> Result<Page, Failed> {
    let code = code.unwrap_or_default().chars().take(12).collect();
    Page::ok(&page(web, reads, code).await?)
}

#[post("/arrepentimiento", data = "<form>")]
async fn ask(
    web: &State<Arc<Web>>,
    // Each request is an attention item for the owner: rate-limited like passwords.
    _pace: LoginAttempt,
    reads: Reads,
    form: Form<Asked>,
) -> Result<Page, Failed> {
    let form = form.into_inner();
    let page = page(web, reads, form.code.clone()).await?;
    if form.name.trim().is_empty() || form.contact.trim().is_empty() {
        return Page::refused(&Withdraw { refused: Some(page.w.page_missing_contact()), ..page });
    }
    let request = Request { name: form.name, code: form.code, contact: form.contact };
    let context = Arc::clone(&web.app.context);
    let number = web.app.store.write(move |tx| withdrawal::ask(tx, &context, &request)).await?;
    web.app.wake.after_decision();
    Page::ok(&Withdraw { number: Some(number), ..page })
}

async fn page(web: &Web, reads: Reads, code: String) -> Result<Withdraw, StoreError> {
    let (settings, _) = web.app.store.read(|tx| settings::load(tx)).await?;
    Ok(Withdraw {
        files: assets::files(),
        w: Locale::of(reads.0),
        place: place(&settings.property_name),
        code,
        refused: None,
        number: None,
    })
}
