//! The inbox: conversations like on a phone, and a person's actions in them.

mod acts;
mod bubble;
mod canned;
mod files;
mod list;
mod show;

use super::page::Failed;
use crate::app::media;
use crate::domain::ids::InboundId;
use crate::domain::user::Permission;
use crate::web::gate::{self, Gated};
use crate::web::media::File;
use crate::web::state::Web;
use rocket::{State, get, routes};
use std::sync::Arc;

pub(super) fn routes() -> Vec<Gated> {
    let files = gate::page(Permission::Bookings, routes![file]);
    [show::routes(), acts::routes(), canned::routes(), files::routes(), files].concat()
}

#[get("/media/<id>")]
async fn file(web: &State<Arc<Web>>, id: i64) -> Result<File, Failed> {
    let id = InboundId(id);
    let kept = media::kept(&web.app, id).await?;
    kept.map(|kept| File::new(id.0, kept)).ok_or(Failed::NOT_FOUND)
}
