//! A cabin's photographs: uploading, ordering, removing.
//!
//! One file is held at a time: it is resized before the next is read.

use super::pages::refused;
use crate::app::photos::{self, FILE_BYTES_MAX, PHOTOS_MAX, PhotoError, Step, Unfit};
use crate::domain::ids::CabinId;
use crate::domain::user::Permission;
use crate::web::admin::flash::Flash;
use crate::web::admin::guard::{Post, SignedIn};
use crate::web::admin::multipart::{self, check, next, read};
use crate::web::admin::page::{Failed, PageOrRedirect, done};
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use multer::Multipart;
use rocket::data::Data;
use rocket::http::{ContentType, Status};
use rocket::tokio::time::timeout;
use rocket::{FromForm, State, post, routes};
use std::sync::Arc;
use std::time::Duration;

/// Largest form: an evening's photographs at once.
const FORM_BYTES_MAX: usize = 20 * FILE_BYTES_MAX;
/// Time limit for receiving and resizing one form: a slow line in the mountains.
const PATIENCE: Duration = Duration::from_secs(600);

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::PricesChange, routes![add, shift, remove])
}

#[derive(FromForm)]
struct Named {
    photo: String,
}

#[derive(FromForm)]
struct Shifted {
    photo: String,
    later: bool,
}

#[post("/cabins/<id>/photos", data = "<data>")]
async fn add(
    web: &State<Arc<Web>>,
    signed_in: SignedIn,
    kind: &ContentType,
    id: i64,
    data: Data<'_>,
) -> Result<PageOrRedirect, Failed> {
    let form = multipart::form(kind, data, FORM_BYTES_MAX)?;
    let taken = timeout(PATIENCE, take_in(web, &signed_in, CabinId(id), form)).await;
    let refusals = taken.map_err(|_| Failed(Status::RequestTimeout))??;
    if refusals.is_empty() {
        return Ok(PageOrRedirect::away(done(&format!("/admin/cabins/{id}"), Flash::PhotosAdded)));
    }
    refused(web, &signed_in, id, refusals.join(" ")).await
}

#[post("/cabins/<id>/photos/move", data = "<post>")]
async fn shift(web: &State<Arc<Web>>, id: i64, post: Post<Shifted>) -> Result<PageOrRedirect, Failed> {
    let (actor, form) = (post.by.actor(), post.form);
    let step = if form.later { Step::Later } else { Step::Earlier };
    let moved =
        web.app.store.write(move |tx| photos::shift(tx, CabinId(id), &form.photo, step, &actor)).await;
    moved.map_err(failed)?;
    Ok(PageOrRedirect::away(done(&format!("/admin/cabins/{id}"), Flash::Saved)))
}

#[post("/cabins/<id>/photos/remove", data = "<post>")]
async fn remove(web: &State<Arc<Web>>, id: i64, post: Post<Named>) -> Result<PageOrRedirect, Failed> {
    let (actor, photo) = (post.by.actor(), post.form.photo);
    let removed = web.app.store.write(move |tx| photos::remove(tx, CabinId(id), &photo, &actor)).await;
    removed.map_err(failed)?;
    Ok(PageOrRedirect::away(done(&format!("/admin/cabins/{id}"), Flash::Removed)))
}

/// Adds one file after the other; returns the messages about refused ones.
async fn take_in(
    web: &Web,
    signed_in: &SignedIn,
    cabin: CabinId,
    mut form: Multipart<'_>,
) -> Result<Vec<String>, Failed> {
    check(signed_in, &mut form).await?;
    let (mut refusals, mut files) = (Vec::new(), 0);
    while let Some(mut field) = next(&mut form).await? {
        let name = field.file_name().unwrap_or_default().chars().take(60).collect::<String>();
        let Some(file) = read(&mut field, FILE_BYTES_MAX).await? else {
            refusals.push(format!("«{name}» pesa demasiado: hasta {} MB por foto.", FILE_BYTES_MAX >> 20));
            continue;
        };
        // A form without a chosen file sends an empty one.
        if file.is_empty() {
            continue;
        }
        files += 1;
        match photos::add(&web.app, cabin, file, signed_in.actor()).await {
            Ok(()) => {}
            Err(PhotoError::Unfit(Unfit::Unreadable)) => {
                refusals.push(format!(
                    "«{name}» no es una foto que podamos leer: tiene que ser JPG, PNG o WebP."
                ));
            }
            Err(PhotoError::Unfit(Unfit::TooLarge)) => {
                refusals.push(format!("«{name}» es demasiado grande: hasta 50 megapíxeles."));
            }
            Err(PhotoError::TooMany) => {
                refusals.push(format!(
                    "Entran hasta {PHOTOS_MAX} fotos por cabaña: borrá alguna para sumar otra."
                ));
                break;
            }
            Err(error @ (PhotoError::NotFound | PhotoError::Store(_))) => return Err(failed(error)),
        }
    }
    if files == 0 && refusals.is_empty() {
        refusals.push("Elegí por lo menos una foto.".into());
    }
    Ok(refusals)
}

fn failed(error: PhotoError) -> Failed {
    match error {
        PhotoError::Unfit(_) | PhotoError::TooMany => Failed(Status::UnprocessableEntity),
        PhotoError::NotFound => Failed::NOT_FOUND,
        PhotoError::Store(error) => error.into(),
    }
}
