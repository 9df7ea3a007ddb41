//! A picture or a PDF that a person of the house sends to a guest from the page.

use super::inbox::{self, Body, Late, Reply, Silence};
use super::manage_error::ManageError;
use super::photos::{self, Unfit};
use super::{App, Error};
use crate::domain::audit::Actor;
use crate::domain::ids::ConversationId;
use crate::domain::message::{Message, Stored};
use crate::store::sent_files::{self, SentFile};
use std::sync::Arc;

/// Largest picture accepted, before it is made small.
pub const PICTURE_BYTES_MAX: usize = photos::FILE_BYTES_MAX;
/// Largest PDF: what a phone opens without waiting, far below WhatsApp's own limit.
pub const PDF_BYTES_MAX: usize = 10 * 1024 * 1024;
/// Longest name of a file.
const FILENAME_CHARS_MAX: usize = 80;
/// How a PDF begins.
const PDF: &[u8] = b"%PDF-";

#[derive(Debug, thiserror::Error)]
pub enum SendError {
    #[error("no file was chosen")]
    Empty,
    #[error("a PDF has at most {PDF_BYTES_MAX} bytes")]
    PdfTooLarge,
    /// It is no PDF, and no picture that can be shown.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    #[error(transparent)]
    Refused(#[from] ManageError),
}

impl From<crate::store::StoreError> for SendError {
    fn from(error: crate::store::StoreError) -> SendError {
        SendError::Refused(error.into())
    }
}

#[derive(Debug)]
pub struct NewFile {
    pub bytes: Vec<u8>,
    pub filename: String,
    pub caption: String,
    /// With the same key it is sent once.
    pub idempotency_key: String,
}

/// Sends a file within the window. Casero stays silent for a while, as after any message of a person.
pub async fn send(app: &App, id: ConversationId, new: NewFile, actor: Actor) -> Result<(), SendError> {
    let NewFile { bytes, filename, caption, idempotency_key } = new;
    let file = prepared(bytes, filename).await?;
    let context = Arc::clone(&app.context);
    app.store
        .write(move |tx| {
            if inbox::was_sent(tx, id, &idempotency_key)? {
                return Ok(());
            }
            let is_picture = file.mime != "application/pdf";
            let stored = Stored::Sent { id: sent_files::insert(tx, id, &file)? };
            let caption = caption.trim().replace("\r\n", "\n");
            let message = if is_picture {
                Message::Image { file: stored, caption }
            } else {
                Message::File { file: stored, filename: file.filename, caption }
            };
            let reply = Reply {
                conversation_id: id,
                body: Body::Message(&message),
                idempotency_key: Some(&idempotency_key),
                late: Late::Refuse,
                silence: Silence::AWhile,
            };
            Ok::<_, SendError>(inbox::write(tx, &context, &reply, &actor)?)
        })
        .await
}

async fn prepared(bytes: Vec<u8>, filename: String) -> Result<SentFile, SendError> {
    if bytes.is_empty() {
        return Err(SendError::Empty);
    }
    if !bytes.starts_with(PDF) {
        let bytes = photos::for_a_phone(bytes).await?;
        return Ok(SentFile { mime: "image/jpeg".to_owned(), filename: "foto.jpg".to_owned(), bytes });
    }
    if bytes.len() > PDF_BYTES_MAX {
        return Err(SendError::PdfTooLarge);
    }
    let shown: String = filename.chars().filter(|c| !c.is_control()).take(FILENAME_CHARS_MAX).collect();
    let filename = if shown.trim().is_empty() { "archivo.pdf".to_owned() } else { shown };
    Ok(SentFile { mime: "application/pdf".to_owned(), filename, bytes })
}

/// A file that was sent, for the page.
pub async fn find(app: &App, id: crate::domain::ids::SentFileId) -> Result<Option<SentFile>, Error> {
    Ok(app.store.read(move |tx| sent_files::find(tx, id)).await?)
}
