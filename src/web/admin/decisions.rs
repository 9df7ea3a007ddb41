//! What the owner decides for a guest on the page of today: requests, and money that a guest says was sent.

use super::flash::Flash;
use super::guard::Post;
use super::page::{Failed, done};
use super::{reasons, words};
use crate::app::manage::ManageError;
use crate::app::receipts::{self, Found};
use crate::app::requests;
use crate::domain::ids::{AttentionId, RequestId};
use crate::domain::money::Money;
use crate::domain::request::{Answer, DecidedBy, Off, Verdict};
use crate::domain::user::Permission;
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use rocket::response::Redirect;
use rocket::{FromForm, State, post, routes};
use std::sync::Arc;

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::Bookings, routes![decide, receipt])
}

#[derive(FromForm)]
struct Decision {
    /// `yes`, `no` or `answer`.
    decision: String,
    words: Option<String>,
    /// In pesos, or in percent with its sign.
    amount: Option<String>,
}

#[derive(FromForm)]
struct Looked {
    /// `due`, `nothing` or `amount`.
    found: String,
    /// In pesos.
    amount: Option<String>,
}

#[post("/requests/<id>", data = "<post>")]
async fn decide(web: &State<Arc<Web>>, id: i64, post: Post<Decision>) -> Result<Redirect, Failed> {
    let (actor, form) = (post.by.actor(), post.form);
    let context = Arc::clone(&web.app.context);
    let off = form.amount.as_deref().and_then(|typed| off(typed, context.currency));
    let words = form.words.as_deref().unwrap_or_default().trim();
    let verdict = match form.decision.as_str() {
        "yes" => Verdict::Yes,
        "no" => Verdict::No,
        _ => Verdict::Words,
    };
    let words = (verdict == Verdict::Words || !words.is_empty()).then(|| words.to_owned());
    let answer = Answer { verdict, off, words, file: None };
    let decided = web
        .app
        .store
        .write(move |tx| requests::decide(tx, &context, RequestId(id), &answer, DecidedBy::Page, &actor))
        .await;
    web.app.wake.after_decision();
    said(decided.map(drop), Flash::Answered)
}

#[post("/matters/<id>/receipt", data = "<post>")]
async fn receipt(web: &State<Arc<Web>>, id: i64, post: Post<Looked>) -> Result<Redirect, Failed> {
    let (actor, form) = (post.by.actor(), post.form);
    let context = Arc::clone(&web.app.context);
    let amount = form.amount.as_deref().and_then(words::read_amount).filter(|minor| *minor > 0);
    let (found, flash) = match (form.found.as_str(), amount) {
        ("due", _) => (Found::Due, Flash::Received),
        ("amount", Some(minor)) => (Found::Amount(Money::new(minor, context.currency)), Flash::Received),
        ("amount", None) => return said(Err(ManageError::AmountMissing), Flash::Received),
        _ => (Found::Nothing, Flash::Answered),
    };
    let decided =
        web.app.store.write(move |tx| receipts::decide(tx, &context, AttentionId(id), found, &actor)).await;
    web.app.wake.after_decision();
    said(decided.map(drop), flash)
}

/// "10 %", or an amount.
fn off(typed: &str, currency: crate::domain::money::Currency) -> Option<Off> {
    match typed.trim().strip_suffix('%') {
        Some(percent) => percent.trim().parse().ok().map(Off::Percent),
        None => words::read_amount(typed)
            .filter(|minor| *minor > 0)
            .map(|minor| Off::Amount(Money::new(minor, currency))),
    }
}

/// Back to today, with what was done or why not.
fn said(done_so: Result<(), ManageError>, flash: Flash) -> Result<Redirect, Failed> {
    match done_so {
        Ok(()) => Ok(done("/admin", flash)),
        Err(ManageError::RequestClosed(_) | ManageError::ReceiptClosed) => {
            Ok(done("/admin", Flash::AnsweredBefore))
        }
        Err(ManageError::AmountMissing) => Ok(done("/admin", Flash::AmountMissing)),
        Err(error) if reasons::manage_error(&error).is_some() => Ok(done("/admin", Flash::NotDone)),
        Err(error) => Err(Failed::from(error)),
    }
}
