//! Which guest a message to the owner tells of.

use crate::domain::ids::{ConversationId, OutboundId};
use crate::store::tx::one;
use crate::store::{Read, StoreError, WriteTx};
use rusqlite::params;

/// Says which guest's conversation a message to the owner tells of.
pub fn set_about(tx: &mut WriteTx<'_>, id: OutboundId, guest: ConversationId) -> Result<(), StoreError> {
    tx.run("UPDATE outbound SET about_id = ?2 WHERE id = ?1", params![id.0, guest.0])?;
    Ok(())
}

/// The guest's conversation that a message to the owner tells of, by WhatsApp's id of the message.
pub fn about(tx: &impl Read, external_id: &str) -> Result<Option<ConversationId>, StoreError> {
    let sql = "SELECT about_id FROM outbound WHERE about_id IS NOT NULL AND id IN (
                   SELECT id FROM outbound WHERE external_id = ?1
                   UNION SELECT outbound_id FROM outbound_superseded WHERE external_id = ?1)";
    one(tx, sql, [external_id], |row| Ok(ConversationId(row.get("about_id")?)))
}
