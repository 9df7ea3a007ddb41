//! The two ways out of a payment whose booking this database does not have: a booking again, or the money back.

use super::flash::Flash;
use super::guard::{CsrfToken, Post};
use super::page::{Failed, done};
use crate::app::desk::{self, UnknownBookingIs};
use crate::domain::ids::AttentionId;
use crate::domain::user::Permission;
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use rocket::response::Redirect;
use rocket::{State, post, routes};
use std::sync::Arc;

pub(super) fn routes() -> Vec<Gated> {
    [gate::page(Permission::Bookings, routes![book]), gate::page(Permission::Refunds, routes![give_back])]
        .concat()
}

#[post("/matters/<id>/book", data = "<post>")]
async fn book(web: &State<Arc<Web>>, id: i64, post: Post<CsrfToken>) -> Result<Redirect, Failed> {
    act(web, id, post, UnknownBookingIs::Booked, Flash::Confirmed).await
}

#[post("/matters/<id>/give_back", data = "<post>")]
async fn give_back(web: &State<Arc<Web>>, id: i64, post: Post<CsrfToken>) -> Result<Redirect, Failed> {
    act(web, id, post, UnknownBookingIs::GivenBack, Flash::Refunding).await
}

async fn act(
    web: &Web,
    id: i64,
    post: Post<CsrfToken>,
    what: UnknownBookingIs,
    said: Flash,
) -> Result<Redirect, Failed> {
    let actor = post.by.actor();
    let done_by =
        desk::unknown_booking(&web.app, &web.answers, post.idempotency_key, AttentionId(id), what, actor);
    match done_by.await {
        Ok(()) => Ok(done("/admin", said)),
        Err(error) => match super::reasons::error(&error) {
            // The item stays, with who has the nights now.
            Some(_) => Ok(done("/admin", Flash::NightsTaken)),
            None => Err(Failed::from(error)),
        },
    }
}
