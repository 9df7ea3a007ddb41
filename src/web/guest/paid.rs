//! Where a payer lands after the provider's page. What the address says is the payer's word, never a proof:
//! the page only says what happens next.

use super::page::{Reads, place};
use crate::dialogue::i18n::Locale;
use crate::store::settings;
use crate::web::admin::{Failed, Page};
use crate::web::assets::{self, Files};
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use askama::Template;
use rocket::{State, get, routes};
use std::sync::Arc;

pub(super) fn routes() -> Vec<Gated> {
    gate::open(routes![paid, pending, refused])
}

#[derive(Template)]
#[template(path = "guest_paid.html", config = "assets/askama.toml")]
struct Paid {
    files: &'static Files,
    w: Locale,
    place: String,
    title: String,
    next: String,
}

#[get("/pago/listo")]
async fn paid(web: &State<Arc<Web>>, reads: Reads) -> Result<Page, Failed> {
    let w = Locale::of(reads.0);
    page(web, w, w.page_thanks(), w.page_paid_next()).await
}

#[get("/pago/pendiente")]
async fn pending(web: &State<Arc<Web>>, reads: Reads) -> Result<Page, Failed> {
    let w = Locale::of(reads.0);
    page(web, w, w.page_under_way(), w.page_under_way_next()).await
}

#[get("/pago/rechazado")]
async fn refused(web: &State<Arc<Web>>, reads: Reads) -> Result<Page, Failed> {
    let w = Locale::of(reads.0);
    page(web, w, w.page_not_paid(), w.page_not_paid_next()).await
}

async fn page(web: &Web, w: Locale, title: String, next: String) -> Result<Page, Failed> {
    let (settings, _) = web.app.store.read(|tx| settings::load(tx)).await?;
    Page::ok(&Paid { files: assets::files(), w, place: place(&settings.property_name), title, next })
}
