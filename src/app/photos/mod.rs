//! Photographs of a cabin: adding, ordering, removing, and their addresses.
//!
//! A photograph's address is a path of ours in the cabin's own list, which also gives the order; the pictures
//! are stored in the database so that one backup holds everything. Pictures not in the list are deleted in
//! the same transaction.

mod prepare;

use super::{App, AppContext};
use crate::domain::audit::{About, Actor, AuditEvent};
use crate::domain::cabin::{Cabin, PHOTO_FOLDER as FOLDER, photo_address, photo_token};
use crate::domain::ids::CabinId;
use crate::ports::random::token;
use crate::store::{StoreError, WriteTx, audit, cabins, photos};
use tokio::sync::Semaphore;

pub use prepare::{PIXELS_MAX, Unfit};

/// Largest file accepted: a phone's camera at its best quality.
pub const FILE_BYTES_MAX: usize = 20 * 1024 * 1024;
/// Photographs per cabin: more than anybody looks at.
pub const PHOTOS_MAX: usize = 30;

/// Pictures resized at once: each may take some hundred megabytes for a second.
static DESK: Semaphore = Semaphore::const_new(1);

/// Reason why a photograph was not added or moved.
#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    /// The file can't be shown.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The cabin has as many as it may.
    #[error("a cabin has at most {PHOTOS_MAX} photos")]
    TooMany,
    /// There is no such cabin or photograph.
    #[error("there is no such cabin or photo")]
    NotFound,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Direction of a move in the cabin's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// One place towards the start.
    Earlier,
    /// One place towards the end.
    Later,
}

/// Resizes a picture; only its pixels are left.
async fn made_small(file: Vec<u8>) -> Result<prepare::Prepared, Unfit> {
    let desk = DESK.acquire().await.map_err(|_| Unfit::Unreadable)?;
    let made = tokio::task::spawn_blocking(move || prepare::prepare(&file)).await;
    drop(desk);
    // A panic in a decoder counts as an unreadable picture.
    made.unwrap_or(Err(Unfit::Unreadable))
}

/// A picture as a JPEG for a phone's screen, without the place and the camera that a phone writes into it.
pub async fn for_a_phone(file: Vec<u8>) -> Result<Vec<u8>, Unfit> {
    Ok(made_small(file).await?.large)
}

/// Resizes a file and appends it to the cabin's list.
pub async fn add(app: &App, cabin: CabinId, file: Vec<u8>, actor: Actor) -> Result<(), PhotoError> {
    let made = made_small(file).await?;
    let token = token(app.ports.random.as_ref());
    app.store
        .write(move |tx| {
            let mut cabin = cabins::find(tx, cabin)?.ok_or(PhotoError::NotFound)?;
            if cabin.photos.len() >= PHOTOS_MAX {
                return Err(PhotoError::TooMany);
            }
            photos::insert(
                tx,
                &photos::New {
                    cabin: cabin.id,
                    token: &token,
                    width: made.width,
                    height: made.height,
                    large: &made.large,
                    small: &made.small,
                },
            )?;
            cabin.photos.push(photo_address(&token));
            save(tx, &cabin, &actor, AuditEvent::PhotoAdded)
        })
        .await
}

/// Moves a photograph by one place; at the end of the list this does nothing.
pub fn shift(
    tx: &mut WriteTx<'_>,
    cabin: CabinId,
    photo: &str,
    step: Step,
    actor: &Actor,
) -> Result<(), PhotoError> {
    let mut cabin = cabins::find(tx, cabin)?.ok_or(PhotoError::NotFound)?;
    let at = cabin.photos.iter().position(|known| known == photo).ok_or(PhotoError::NotFound)?;
    let to = match step {
        Step::Earlier => at.saturating_sub(1),
        Step::Later => (at + 1).min(cabin.photos.len() - 1),
    };
    cabin.photos.swap(at, to);
    save(tx, &cabin, actor, AuditEvent::PhotoMoved)
}

pub fn remove(tx: &mut WriteTx<'_>, cabin: CabinId, photo: &str, actor: &Actor) -> Result<(), PhotoError> {
    let mut cabin = cabins::find(tx, cabin)?.ok_or(PhotoError::NotFound)?;
    let before = cabin.photos.len();
    cabin.photos.retain(|known| known != photo);
    if cabin.photos.len() == before {
        return Err(PhotoError::NotFound);
    }
    save(tx, &cabin, actor, AuditEvent::PhotoRemoved)
}

/// Deletes the pictures that a cabin's list does not name.
pub fn forget_unnamed(tx: &mut WriteTx<'_>, cabin: &Cabin) -> Result<(), StoreError> {
    for token in photos::of_cabin(tx, cabin.id)? {
        if !cabin.photos.contains(&photo_address(&token)) {
            photos::delete(tx, &token)?;
        }
    }
    Ok(())
}

/// Address of the small version of a photograph of ours; a foreign address is returned as it is.
pub fn small_of(photo: &str) -> String {
    match photo_token(photo) {
        Some(token) => format!("{FOLDER}{token}/small.jpg"),
        None => photo.to_owned(),
    }
}

impl AppContext {
    /// The cabin with absolute photograph addresses.
    pub fn with_public_photos(&self, mut cabin: Cabin) -> Cabin {
        if let Some(url) = &self.public_url {
            for photo in &mut cabin.photos {
                if photo.starts_with(FOLDER) {
                    *photo = format!("{url}{photo}");
                }
            }
        }
        cabin
    }

    /// The cabin for storage: our own photographs by path, so that a new public address changes none.
    pub fn with_kept_photos(&self, mut cabin: Cabin) -> Cabin {
        if let Some(url) = &self.public_url {
            for photo in &mut cabin.photos {
                if let Some(path) = photo.strip_prefix(url).filter(|path| path.starts_with(FOLDER)) {
                    *photo = path.to_owned();
                }
            }
        }
        cabin
    }
}

fn save(tx: &mut WriteTx<'_>, cabin: &Cabin, actor: &Actor, event: AuditEvent) -> Result<(), PhotoError> {
    cabins::update(tx, cabin)?;
    forget_unnamed(tx, cabin)?;
    audit::note(tx, actor, event, None, About::Cabin { cabin: cabin.id })?;
    Ok(())
}
