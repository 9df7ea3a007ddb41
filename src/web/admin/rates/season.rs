//! Adding, changing and removing seasons.

use super::super::flash::Flash;
use super::super::guard::{Post, SignedIn};
use super::super::page::{Failed, Page, Seat, done};
use super::super::reasons;
use super::looking::Looking;
use super::season_form::SeasonForm;
use super::show::load;
use crate::app::manage::{self, ManageError};
use crate::domain::ids::{CabinId, SeasonId};
use crate::domain::user::Permission;
use crate::store::cabins;
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use rocket::response::Redirect;
use rocket::{FromForm, Responder, State, post, routes};
use std::sync::Arc;

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::PricesChange, routes![add, change, remove])
}

/// The page again, or a redirect.
#[derive(Responder)]
enum SeasonResponse {
    Page(Page),
    Away(Box<Redirect>),
}

#[post("/rates", data = "<post>")]
async fn add(web: &State<Arc<Web>>, post: Post<SeasonForm>) -> Result<SeasonResponse, Failed> {
    let (wish, actor) = (post.form, post.by.actor());
    let season = match wish.season(web.app.context.currency) {
        Ok(season) if !wish.cabins.is_empty() => season,
        Ok(_) => return again(web, &post.by, wish, "Elegí al menos una cabaña.".into()).await,
        Err(why) => return again(web, &post.by, wish, why).await,
    };
    let cabins: Vec<CabinId> = wish.cabins.iter().map(|id| CabinId(*id)).collect();
    let added = web.app.store.write(move |tx| manage::add_season_to(tx, &cabins, &season, &actor)).await;
    settle(web, &post.by, wish, added, Flash::Added).await
}

#[post("/rates/<id>", data = "<post>")]
async fn change(web: &State<Arc<Web>>, id: i64, post: Post<SeasonForm>) -> Result<SeasonResponse, Failed> {
    let (wish, actor) = (SeasonForm { id: Some(id), ..post.form }, post.by.actor());
    let season = match wish.season(web.app.context.currency) {
        Ok(season) => season,
        Err(why) => return again(web, &post.by, wish, why).await,
    };
    let changed = web.app.store.write(move |tx| manage::change_season(tx, &season, &actor)).await;
    settle(web, &post.by, wish, changed, Flash::Saved).await
}

#[derive(FromForm)]
struct Removal {
    cabin: i64,
    year: i16,
}

#[post("/rates/<id>/remove", data = "<post>")]
async fn remove(web: &State<Arc<Web>>, id: i64, post: Post<Removal>) -> Result<Redirect, Failed> {
    let (id, actor) = (SeasonId(id), post.by.actor());
    let removed = web.app.store.write(move |tx| {
        let cabin = cabins::cabin_of_season(tx, id)?.ok_or(ManageError::NotFound("rate"))?;
        manage::remove_season(tx, cabin, id, &actor)
    });
    match removed.await {
        // Removed by somebody else meanwhile: the result is as wanted.
        Ok(()) | Err(ManageError::NotFound(_)) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(done(&format!("/admin/rates?cabin={}&year={}", post.form.cabin, post.form.year), Flash::Removed))
}

async fn settle(
    web: &State<Arc<Web>>,
    by: &SignedIn,
    wish: SeasonForm,
    outcome: Result<(), ManageError>,
    said: Flash,
) -> Result<SeasonResponse, Failed> {
    match outcome {
        Ok(()) => Ok(SeasonResponse::Away(Box::new(done(&wish.back(), said)))),
        Err(error) => match reasons::manage_error(&error) {
            Some(why) => again(web, by, wish, why).await,
            None => Err(error.into()),
        },
    }
}

/// The form again, as typed, with its errors.
async fn again(
    web: &State<Arc<Web>>,
    by: &SignedIn,
    wish: SeasonForm,
    why: String,
) -> Result<SeasonResponse, Failed> {
    let seat = Seat::of(web, by, None);
    let looking = Looking { cabin: Some(wish.cabin), year: Some(wish.year), ..Looking::default() };
    let context = Arc::clone(&web.app.context);
    let mut page = web.app.store.read(move |tx| load(tx, &context, &seat, &looking, Some(wish))).await?;
    page.frame = page.frame.refusing(why);
    Ok(SeasonResponse::Page(Page::refused(&page)?))
}
