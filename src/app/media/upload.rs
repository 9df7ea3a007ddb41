//! The files that go out with our messages, from wherever they lie.

use super::{fetch, kept};
use crate::app::{App, Error};
use crate::domain::ids::InboundId;
use crate::domain::message::{FileForm, Header, Message, Stored};
use crate::ports::error::PortError;
use crate::ports::whatsapp::Upload;
use crate::store::{photos, sent_files};
use std::sync::Arc;

/// The file that a message needs; `None` when it needs none.
pub async fn upload_of(app: &App, message: &Message) -> Result<Option<Upload>, PortError> {
    if let Message::Document { filename, mime, content, .. } = message {
        let bytes = Arc::new(content.clone().into_bytes());
        return Ok(Some(Upload { bytes, mime: mime.clone(), filename: filename.clone() }));
    }
    let name = match message {
        Message::File { filename, .. }
        | Message::Buttons { header: Some(Header::Document { filename, .. }), .. } => filename.clone(),
        _ => String::new(),
    };
    let Some(stored) = message.stored() else { return Ok(None) };
    let found = match stored {
        Stored::Inbound { id } => inbound(app, *id).await?,
        Stored::Photo { token } => photo(app, token.clone()).await?,
        Stored::Sent { id } => {
            let id = *id;
            let file = app.store.read(move |tx| sent_files::find(tx, id)).await.map_err(unread)?;
            file.map(|file| (file.bytes, file.mime))
        }
    };
    let (bytes, mime) = found.ok_or_else(|| refused("file_gone", "the file is no longer stored"))?;
    if FileForm::of(&mime).is_none() {
        return Err(refused("file_type", "WhatsApp takes no file of this type"));
    }
    let filename = if name.is_empty() { default_name(&mime).to_owned() } else { name };
    Ok(Some(Upload { bytes: Arc::new(bytes), mime, filename }))
}

/// A file that came with a message; one that is not here yet is fetched.
async fn inbound(app: &App, id: InboundId) -> Result<Option<(Vec<u8>, String)>, PortError> {
    match fetch(app, id).await {
        Ok(()) => {}
        Err(Error::Port(error)) => return Err(error),
        Err(_) => return Err(unread(())),
    }
    let kept = kept(app, id).await.map_err(unread)?;
    Ok(kept.map(|kept| (kept.bytes, kept.kind.mime.to_owned())))
}

async fn photo(app: &App, token: String) -> Result<Option<(Vec<u8>, String)>, PortError> {
    let found = app.store.read(move |tx| photos::large(tx, &token)).await.map_err(unread)?;
    Ok(found.map(|bytes| (bytes, "image/jpeg".to_owned())))
}

fn default_name(mime: &str) -> &'static str {
    match FileForm::of(mime) {
        Some(FileForm::Image) => "foto.jpg",
        Some(FileForm::Audio) => "audio.ogg",
        Some(FileForm::Document) | None => "archivo.pdf",
    }
}

fn unread<E>(_: E) -> PortError {
    PortError::Transient { after: None, code: "file_unread".into() }
}

fn refused(code: &str, detail: &str) -> PortError {
    PortError::Permanent { code: code.into(), detail: detail.into() }
}
