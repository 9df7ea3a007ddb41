//! The page after the provider's checkout. The address is the payer's claim, never a proof: the page only
//! says what happens next.

use super::page::{Reads, place};
use crate::app::receive;
use crate::dialogue::i18n::Locale;
use crate::store::settings;
use crate::web::admin::{Failed, Page};
use crate::web::assets::{self, Files};
use crate::web::auth::Visitor;
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use askama::Template;
use rocket::{State, get, routes};
use std::sync::Arc;

/// Longest payment id; the provider's have about eleven digits.
const PAYMENT_ID_CHARS_MAX: usize = 20;

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

/// The payment named in the address is read at once, in case its notification does not come.
#[get("/pago/listo?<payment_id>&<collection_id>")]
async fn paid(
    web: &State<Arc<Web>>,
    _pace: Visitor,
    reads: Reads,
    payment_id: Option<&str>,
    collection_id: Option<&str>,
) -> Result<Page, Failed> {
    let named = payment_id.or(collection_id).filter(|id| is_payment_id(id));
    if let Some(id) = named {
        receive::payment_hint(&web.app, id).await?;
    }
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

fn is_payment_id(text: &str) -> bool {
    (1..=PAYMENT_ID_CHARS_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

async fn page(web: &Web, w: Locale, title: String, next: String) -> Result<Page, Failed> {
    let (settings, _) = web.app.store.read(|tx| settings::load(tx)).await?;
    Page::ok(&Paid { files: assets::files(), w, place: place(&settings.property_name), title, next })
}
