//! Files that Meta has already, by their content: a cabin's photographs go to many guests.

use crate::ports::clock::Clock;
use crate::ports::whatsapp::Upload;
use jiff::{SignedDuration, Timestamp};
use ring::digest::{SHA256, digest};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How long the id of an upload is used; Meta keeps it for thirty days.
const KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Most uploads that are remembered.
const KEPT_MAX: usize = 500;

/// Digest of the bytes, and their type.
type Key = (Vec<u8>, String);

pub(super) struct Uploads {
    clock: Arc<dyn Clock>,
    known: Mutex<BTreeMap<Key, (String, Timestamp)>>,
}

impl Uploads {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Uploads {
        Uploads { clock, known: Mutex::default() }
    }

    /// The id under which Meta has this file.
    pub(super) fn id_of(&self, file: &Upload) -> Option<String> {
        let now = self.clock.now();
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let (id, at) = known.get(&key(file))?;
        (now.duration_since(*at) < KEPT).then(|| id.clone())
    }

    pub(super) fn keep(&self, file: &Upload, id: &str) {
        let now = self.clock.now();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= KEPT_MAX {
            let oldest = known.iter().min_by_key(|(_, (_, at))| *at).map(|(key, _)| key.clone());
            oldest.map(|key| known.remove(&key));
        }
        known.insert(key(file), (id.to_owned(), now));
    }

    /// A message with it was refused: the id may be why.
    pub(super) fn forget(&self, file: &Upload) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(&key(file));
    }
}

fn key(file: &Upload) -> Key {
    (digest(&SHA256, &file.bytes).as_ref().to_vec(), file.mime.clone())
}
