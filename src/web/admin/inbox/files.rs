//! Pictures, PDFs and places that a person sends from a conversation.

use super::super::flash::Flash;
use super::super::guard::{Post, SignedIn};
use super::super::multipart::{self, check, next, read};
use super::super::page::{Failed, done};
use super::acts::{self, InboxResponse};
use crate::app::inbox::{self, Body, Late, Reply, Silence};
use crate::app::media::{Kept, Kind};
use crate::app::photos::Unfit;
use crate::app::sent_file::{self, NewFile, PDF_BYTES_MAX, PICTURE_BYTES_MAX, SendError};
use crate::domain::geo_point::GeoPoint;
use crate::domain::ids::{ConversationId, SentFileId};
use crate::domain::message::{BODY_CHARS_MAX, Message};
use crate::domain::user::Permission;
use crate::web::gate::{self, Gated};
use crate::web::media::File;
use crate::web::state::Web;
use data_encoding::HEXLOWER;
use ring::digest::{Context, SHA256};
use rocket::data::Data;
use rocket::http::{ContentType, Status};
use rocket::tokio::time::timeout;
use rocket::{FromForm, State, get, post, routes};
use std::sync::Arc;
use std::time::Duration;

/// Largest form: beyond one file with its words, what is too large is read and discarded, so that the reason arrives.
const FORM_BYTES_MAX: usize = 4 * PICTURE_BYTES_MAX;
/// Time limit for receiving it: a slow line in the mountains.
const PATIENCE: Duration = Duration::from_secs(300);
/// Most bytes of the words: each character has up to four.
const CAPTION_BYTES_MAX: usize = 4 * BODY_CHARS_MAX;
/// Longest name of a place.
const PLACE_CHARS_MAX: usize = 100;

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::Bookings, routes![send, place, sent])
}

#[post("/inbox/<id>/file", data = "<data>")]
async fn send(
    web: &State<Arc<Web>>,
    signed_in: SignedIn,
    kind: &ContentType,
    id: i64,
    data: Data<'_>,
) -> Result<InboxResponse, Failed> {
    let form = multipart::form(kind, data, FORM_BYTES_MAX)?;
    let taken = timeout(PATIENCE, take_in(&signed_in, form)).await;
    let new = match taken.map_err(|_| Failed(Status::RequestTimeout))?? {
        Taken::File(new) => new,
        Taken::Refused(why) => return acts::refused(web, &signed_in, id, String::new(), why).await,
    };
    let sent = sent_file::send(&web.app, ConversationId(id), new, signed_in.actor()).await;
    let why = match sent {
        Ok(()) => {
            web.app.wake.after_decision();
            return Ok(InboxResponse::Done(Box::new(done(&format!("/admin/inbox/{id}"), Flash::Sent))));
        }
        Err(SendError::Empty) => "Elegí una foto o un PDF.".to_owned(),
        Err(SendError::PdfTooLarge) => too_large(PDF_BYTES_MAX),
        Err(SendError::Unfit(Unfit::Unreadable)) => {
            "Ese archivo no lo podemos mandar: tiene que ser una foto (JPG, PNG o WebP) o un PDF.".to_owned()
        }
        Err(SendError::Unfit(Unfit::TooLarge)) => {
            "La foto es demasiado grande: hasta 50 megapíxeles.".to_owned()
        }
        Err(SendError::Refused(error)) => acts::reason(error)?,
    };
    acts::refused(web, &signed_in, id, String::new(), why).await
}

enum Taken {
    File(NewFile),
    Refused(String),
}

/// Reads the fields, in any order behind the CSRF token.
async fn take_in(signed_in: &SignedIn, mut form: multer::Multipart<'_>) -> Result<Taken, Failed> {
    let mut mark = Context::new(&SHA256);
    mark.update(check(signed_in, &mut form).await?.as_bytes());
    let (mut bytes, mut filename, mut caption) = (Vec::new(), String::new(), String::new());
    while let Some(mut field) = next(&mut form).await? {
        if field.name() == Some("text") {
            let Some(read) = read(&mut field, CAPTION_BYTES_MAX).await? else {
                return Ok(Taken::Refused(format!("El texto tiene hasta {BODY_CHARS_MAX} letras.")));
            };
            caption = String::from_utf8(read).map_err(|_| Failed(Status::BadRequest))?;
        } else if field.name() == Some("file") {
            filename = field.file_name().unwrap_or_default().to_owned();
            let Some(read) = read(&mut field, PICTURE_BYTES_MAX).await? else {
                return Ok(Taken::Refused(too_large(PICTURE_BYTES_MAX)));
            };
            bytes = read;
        }
    }
    for part in [caption.as_bytes(), &bytes] {
        mark.update(part);
    }
    let idempotency_key = format!("file{}", HEXLOWER.encode(mark.finish().as_ref()));
    Ok(Taken::File(NewFile { bytes, filename, caption, idempotency_key }))
}

fn too_large(bytes_max: usize) -> String {
    format!("El archivo pesa demasiado: hasta {} MB.", bytes_max >> 20)
}

#[derive(FromForm)]
struct PlaceForm {
    place: String,
    name: String,
}

#[post("/inbox/<id>/place", data = "<post>")]
async fn place(web: &State<Arc<Web>>, id: i64, post: Post<PlaceForm>) -> Result<InboxResponse, Failed> {
    let name = post.form.name.trim().chars().take(PLACE_CHARS_MAX).collect();
    let Some(point) = GeoPoint::read(&post.form.place) else {
        let why = "No encuentro el lugar ahí. Pegá un link largo de Google Maps, o la latitud y la longitud: \
                   -26.58, -64.95.";
        return acts::refused(web, &post.by, id, String::new(), why.to_owned()).await;
    };
    let (actor, context, key) = (post.by.actor(), Arc::clone(&web.app.context), post.idempotency_key.key);
    let message = Message::Location { point, name, address: String::new() };
    let written = web.app.store.write(move |tx| {
        let reply = Reply {
            conversation_id: ConversationId(id),
            body: Body::Message(&message),
            idempotency_key: Some(&key),
            late: Late::AsNotice,
            silence: Silence::AWhile,
        };
        inbox::write(tx, &context, &reply, &actor)
    });
    if let Err(error) = written.await {
        let why = acts::reason(error)?;
        return acts::refused(web, &post.by, id, String::new(), why).await;
    }
    web.app.wake.after_decision();
    Ok(InboxResponse::Done(Box::new(done(&format!("/admin/inbox/{id}"), Flash::Sent))))
}

#[get("/media/sent/<id>")]
async fn sent(web: &State<Arc<Web>>, id: i64) -> Result<File, Failed> {
    let found = sent_file::find(&web.app, SentFileId(id)).await?;
    let file = found.ok_or(Failed::NOT_FOUND)?;
    Ok(File::new(id, Kept { bytes: file.bytes, kind: Kind::of(&file.mime) }))
}
