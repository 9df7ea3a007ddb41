//! Guests' files that lie in the media folder: recordings, pictures, documents. What is deleted here is their place; the
//! messages stay.

use super::row::Row;
use super::tx::{all, one};
use super::{Read, StoreError, WriteTx};
use crate::domain::ids::InboundId;
use jiff::SignedDuration;
use rusqlite::params;

/// A file of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    pub id: InboundId,
    /// Its name in the media folder.
    pub name: String,
    pub bytes: u64,
}

/// Files and whether each is a receipt of money; left out is what waits to be transcribed, and all of a conversation about
/// which something is still to be decided.
macro_rules! deletable {
    () => {
        "SELECT i.id, i.media_path, coalesce(i.media_bytes, 0) AS bytes, i.received_at,
                EXISTS (SELECT 1 FROM attention a WHERE a.kind = 'transfer_receipt'
                        AND json_extract(a.details, '$.inbound_id') = i.id) AS is_receipt
         FROM inbound i INDEXED BY inbound_media
         WHERE i.media_path IS NOT NULL AND i.state <> 'listen'
           AND NOT EXISTS (SELECT 1 FROM attention a
                           WHERE a.resolved_at IS NULL AND a.conversation_id = i.conversation_id)"
    };
}

/// Files older than their time, the oldest first, at most `limit`.
pub fn expired(
    tx: &impl Read,
    kept: SignedDuration,
    receipts_kept: SignedDuration,
    limit: u32,
) -> Result<Vec<StoredFile>, StoreError> {
    let before = |kept: SignedDuration| (tx.now() - kept).as_millisecond();
    all(
        tx,
        concat!(
            "SELECT * FROM (",
            deletable!(),
            " AND i.received_at < max(?1, ?2)) WHERE received_at < CASE is_receipt WHEN 0 THEN ?1 ELSE ?2 END
             ORDER BY received_at, id LIMIT ?3"
        ),
        params![before(kept), before(receipts_kept), limit],
        file,
    )
}

/// The files that go first when there is no room: receipts last, else the oldest.
pub fn oldest(tx: &impl Read, limit: u32) -> Result<Vec<StoredFile>, StoreError> {
    let sql = concat!(deletable!(), " ORDER BY is_receipt, i.received_at, i.id LIMIT ?1");
    all(tx, sql, [limit], file)
}

/// Size of all files.
pub fn total_bytes(tx: &impl Read) -> Result<u64, StoreError> {
    let sql = "SELECT coalesce(sum(media_bytes), 0) FROM inbound INDEXED BY inbound_media WHERE media_path IS NOT NULL";
    Ok(one(tx, sql, [], |row| Ok(row.get::<_, i64>(0)?))?.unwrap_or(0).unsigned_abs())
}

/// Records that a message's file was deleted: a size without a place.
pub fn deleted(tx: &mut WriteTx<'_>, id: InboundId) -> Result<(), StoreError> {
    let sql = "UPDATE inbound SET media_path = NULL, media_bytes = coalesce(media_bytes, 0) WHERE id = ?1";
    tx.run(sql, [id.0])?;
    Ok(())
}

fn file(row: &Row<'_>) -> Result<StoredFile, StoreError> {
    Ok(StoredFile {
        id: InboundId(row.get("id")?),
        name: row.get("media_path")?,
        bytes: row.get::<_, i64>("bytes")?.unsigned_abs(),
    })
}
