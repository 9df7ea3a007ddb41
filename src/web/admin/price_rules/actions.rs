//! Adding, changing and removing price rules.

use super::example::Looking;
use super::form::RuleForm;
use super::show::load;
use crate::app::manage::ManageError;
use crate::app::price_rules;
use crate::domain::ids::PriceRuleId;
use crate::domain::user::Permission;
use crate::web::admin::flash::Flash;
use crate::web::admin::form::{LOOK_BELOW, Wrong};
use crate::web::admin::guard::{CsrfToken, Post, SignedIn};
use crate::web::admin::page::{Failed, Page, Seat, done};
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use rocket::response::Redirect;
use rocket::{Responder, State, post, routes};
use std::sync::Arc;

const HERE: &str = "/admin/price_rules";

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::PricesChange, routes![add, change, remove])
}

/// The page again, or a redirect.
#[derive(Responder)]
enum RuleResponse {
    Page(Page),
    Away(Box<Redirect>),
}

#[post("/price_rules", data = "<post>")]
async fn add(web: &State<Arc<Web>>, post: Post<RuleForm>) -> Result<RuleResponse, Failed> {
    save(web, post, None).await
}

#[post("/price_rules/<id>", data = "<post>")]
async fn change(web: &State<Arc<Web>>, id: i64, post: Post<RuleForm>) -> Result<RuleResponse, Failed> {
    save(web, post, Some(id)).await
}

#[post("/price_rules/<id>/remove", data = "<post>")]
async fn remove(web: &State<Arc<Web>>, id: i64, post: Post<CsrfToken>) -> Result<Redirect, Failed> {
    let actor = post.by.actor();
    match web.app.store.write(move |tx| price_rules::remove(tx, PriceRuleId(id), &actor)).await {
        // Removed by somebody else meanwhile: the result is as wanted.
        Ok(()) | Err(ManageError::NotFound(_)) => Ok(done(HERE, Flash::Removed)),
        Err(error) => Err(error.into()),
    }
}

async fn save(web: &Web, post: Post<RuleForm>, id: Option<i64>) -> Result<RuleResponse, Failed> {
    let (form, actor) = (post.form, post.by.actor());
    let terms = match form.terms(web.app.context.currency) {
        Ok(terms) => terms,
        Err(wrong) => return again(web, &post.by, form, id, (wrong, LOOK_BELOW.to_owned())).await,
    };
    let saved = web.app.store.write(move |tx| match id {
        None => price_rules::add(tx, &terms, &actor).map(drop),
        Some(id) => price_rules::change(tx, PriceRuleId(id), &terms, &actor).map(drop),
    });
    match saved.await {
        Ok(()) => {
            let said = if id.is_some() { Flash::Saved } else { Flash::Added };
            Ok(RuleResponse::Away(Box::new(done(HERE, said))))
        }
        Err(error) => match Wrong::refused(&error) {
            Some(refused) => again(web, &post.by, form, id, refused).await,
            None => Err(error.into()),
        },
    }
}

/// The form again, as typed, with its errors.
async fn again(
    web: &Web,
    by: &SignedIn,
    form: RuleForm,
    edit: Option<i64>,
    (wrong, why): (Wrong, String),
) -> Result<RuleResponse, Failed> {
    let seat = Seat::of(web, by, None);
    let context = Arc::clone(&web.app.context);
    let looking = Looking { edit, ..Looking::default() };
    let mut page = web.app.store.read(move |tx| load(tx, &context, &seat, &looking, Some(form))).await?;
    page.frame = page.frame.refusing(why);
    page.wrong = wrong;
    Ok(RuleResponse::Page(Page::refused(&page)?))
}
