//! Guests' files: recordings, pictures, documents. Fetched on arrival, kept in one folder, and served under a
//! closed list of kinds.
//!
//! Properties:
//! - *Nothing from a stranger is shown as a page*: the claimed MIME type is passed on only when it is one of
//!   [`KINDS`]; the rest is a download.
//! - *Nothing outside the folder is read*: a name comes from the row alone, and must be a bare name.
//! - *Nothing erased comes back*: a file that arrives for an erased message is removed.

mod upload;

pub use upload::upload_of;

use super::{App, Error};
use crate::domain::ids::InboundId;
use crate::ports::whatsapp::{Content, InboundMessage, MediaRef};
use crate::store::inbox;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How a browser presents a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disposition {
    Sound,
    /// Shown inline.
    Picture,
    Document,
    Saved,
}

/// A kind of file with its MIME type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    pub mime: &'static str,
    pub ending: &'static str,
    pub shown: Disposition,
}

/// Kinds that are served under their own type. Pictures that can hold script (SVG) and pages are not among
/// them.
const KINDS: [Kind; 12] = [
    kind("audio/ogg", "ogg", Disposition::Sound),
    kind("audio/mpeg", "mp3", Disposition::Sound),
    kind("audio/mp4", "m4a", Disposition::Sound),
    kind("audio/aac", "aac", Disposition::Sound),
    kind("audio/wav", "wav", Disposition::Sound),
    kind("audio/amr", "amr", Disposition::Sound),
    kind("image/jpeg", "jpg", Disposition::Picture),
    kind("image/png", "png", Disposition::Picture),
    kind("image/webp", "webp", Disposition::Picture),
    kind("image/gif", "gif", Disposition::Picture),
    kind("application/pdf", "pdf", Disposition::Document),
    kind("text/plain", "txt", Disposition::Document),
];
/// Every other file, as a download.
const UNKNOWN: Kind = kind("application/octet-stream", "bin", Disposition::Saved);

const fn kind(mime: &'static str, ending: &'static str, shown: Disposition) -> Kind {
    Kind { mime, ending, shown }
}

impl Kind {
    /// The kind of a claimed MIME type; parameters after `;` are ignored.
    pub fn of(claimed: &str) -> Kind {
        let essence = claimed.split(';').next().unwrap_or_default().trim();
        KINDS.into_iter().find(|known| known.mime.eq_ignore_ascii_case(essence)).unwrap_or(UNKNOWN)
    }
}

#[derive(Debug, Clone)]
pub struct Attached {
    pub media: MediaRef,
    /// File name given by the sender.
    pub filename: Option<String>,
}

#[derive(Debug)]
pub struct Kept {
    pub bytes: Vec<u8>,
    /// The kind it is served as.
    pub kind: Kind,
}

/// The attachment of a stored message, if it has one that can be fetched.
pub fn of_event(event: &str) -> Option<Attached> {
    let message: InboundMessage = serde_json::from_str(event).ok()?;
    match message.content {
        Content::Audio { media, .. } | Content::Image { media, .. } => {
            Some(Attached { media, filename: None })
        }
        Content::Document { media, filename, .. } => Some(Attached { media, filename }),
        Content::Text { .. }
        | Content::Video { .. }
        | Content::Location { .. }
        | Content::Sticker
        | Content::Contacts { .. }
        | Content::Tap { .. }
        | Content::Reaction { .. }
        | Content::Edit { .. }
        | Content::Revoke { .. }
        | Content::Call
        | Content::Unsupported { .. } => None,
    }
}

/// The file of a guest's message; `None` when there is none, or it is not stored.
pub async fn kept(app: &App, id: InboundId) -> Result<Option<Kept>, Error> {
    let found = app
        .store
        .read(move |tx| Ok::<_, Error>(inbox::media_path(tx, id)?.zip(inbox::find(tx, id)?)))
        .await?;
    let Some((name, message)) = found else { return Ok(None) };
    let Some(path) = place(&app.context.media_dir, &name) else { return Ok(None) };
    let claimed = of_event(&message.event).map(|attached| attached.media.mime);
    // A file removed by hand is not stored, whatever the row says.
    let bytes = read(app, path).await;
    Ok(bytes.zip(claimed).map(|(bytes, claimed)| Kept { bytes, kind: Kind::of(&claimed) }))
}

/// Fetches the picture or document of a message, unless it is kept already or the message was erased.
pub async fn fetch(app: &App, id: InboundId) -> Result<(), Error> {
    let found =
        app.store.read(move |tx| Ok::<_, Error>((inbox::find(tx, id)?, inbox::media_path(tx, id)?))).await?;
    let (Some(message), None) = found else { return Ok(()) };
    let Some(attached) = of_event(&message.event) else { return Ok(()) };
    let name = format!("media-{id}.{}", Kind::of(&attached.media.mime).ending);
    let Some(path) = place(&app.context.media_dir, &name) else { return Ok(()) };
    let media = app.outside(move |ports| ports.whatsapp.fetch_media(&attached.media)).await?;
    let bytes = media.bytes.len() as u64;
    if let Err(error) = write(app, path.clone(), Arc::new(media.bytes)).await {
        tracing::warn!(%error, inbound = id.0, "what a guest sent could not be kept");
        return Err(Error::Stale);
    }
    let noted = app.store.write(move |tx| Ok::<_, Error>(inbox::kept(tx, id, &name, bytes)?)).await?;
    if !noted {
        discard(app, path).await;
    }
    Ok(())
}

/// A file's bytes, if it exists and can be read.
pub(super) async fn read(app: &App, path: PathBuf) -> Option<Vec<u8>> {
    app.blocking(move || std::fs::read(path)).await.ok()?.ok()
}

/// Writes bytes to a file.
pub(super) async fn write(app: &App, path: PathBuf, bytes: Arc<Vec<u8>>) -> io::Result<()> {
    app.blocking(move || std::fs::write(path, &*bytes)).await.map_err(io::Error::other).flatten()
}

/// Removes a file; one that is gone is no error. `false` when it is still there.
pub async fn remove(app: &App, name: &str) -> bool {
    match place(&app.context.media_dir, name) {
        Some(path) => discard(app, path).await,
        None => true,
    }
}

async fn discard(app: &App, path: PathBuf) -> bool {
    let removed = app.blocking(move || std::fs::remove_file(path)).await;
    if let Err(error) = removed.map_err(io::Error::other).flatten()
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::warn!(%error, "a file that is no longer wanted could not be removed");
        return false;
    }
    true
}

/// Path of a file; only names inside the folder are accepted.
fn place(folder: &Path, name: &str) -> Option<PathBuf> {
    let bare = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', '\0']);
    bare.then(|| folder.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_kinds_are_named_to_a_browser() {
        assert_eq!(Kind::of("audio/ogg; codecs=opus").shown, Disposition::Sound);
        assert_eq!(Kind::of("IMAGE/JPEG").mime, "image/jpeg");
        for claimed in ["text/html", "image/svg+xml", "application/xhtml+xml", ""] {
            assert_eq!(Kind::of(claimed), UNKNOWN, "{claimed}");
        }
    }

    #[test]
    fn nothing_outside_the_folder_has_a_place() {
        let folder = Path::new("/media");
        assert_eq!(place(folder, "voice-1.ogg"), Some(PathBuf::from("/media/voice-1.ogg")));
        for name in ["../casero.db", "/etc/passwd", "a/b", "..", "", ".hidden", "a\\b"] {
            assert_eq!(place(folder, name), None, "{name}");
        }
    }
}
