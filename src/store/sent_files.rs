//! Files that a person of the house sent to a guest from the page.

use super::tx::one;
use super::{Read, StoreError, WriteTx};
use crate::domain::ids::{ConversationId, SentFileId};
use jiff::SignedDuration;
use rusqlite::params;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentFile {
    /// MIME type, one that a browser may be shown.
    pub mime: String,
    pub filename: String,
    pub bytes: Vec<u8>,
}

pub fn insert(
    tx: &mut WriteTx<'_>,
    conversation: ConversationId,
    file: &SentFile,
) -> Result<SentFileId, StoreError> {
    let now = tx.now().as_millisecond();
    let id = tx.insert(
        "INSERT INTO sent_file (conversation_id, mime, filename, bytes, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![conversation.0, file.mime, file.filename, file.bytes, now],
    )?;
    Ok(SentFileId(id))
}

pub fn find(tx: &impl Read, id: SentFileId) -> Result<Option<SentFile>, StoreError> {
    one(tx, "SELECT mime, filename, bytes FROM sent_file WHERE id = ?1", [id.0], |row| {
        Ok(SentFile { mime: row.get("mime")?, filename: row.get("filename")?, bytes: row.get("bytes")? })
    })
}

/// Deletes those that are older than this.
pub fn prune(tx: &mut WriteTx<'_>, kept: SignedDuration) -> Result<(), StoreError> {
    let before = (tx.now() - kept).as_millisecond();
    tx.run("DELETE FROM sent_file WHERE created_at < ?1", [before])?;
    Ok(())
}
