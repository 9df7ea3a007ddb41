//! Personal data, to be exported or erased: identity, messages, notes.
//!
//! Bookings, payments and the ledger stay: they reference a guest's row that says nothing any more. Overwritten
//! data is zeroed in the file too (`secure_delete`, see [`super`]).

use super::tx::all;
use super::{Read, StoreError, WriteTx};
use crate::domain::ids::{ConversationId, GuestId, ReservationId};
use rusqlite::params;

/// Names of the media files of a conversation.
pub fn files(tx: &impl Read, conversation: ConversationId) -> Result<Vec<String>, StoreError> {
    all(
        tx,
        "SELECT media_path FROM inbound WHERE conversation_id = ?1 AND media_path IS NOT NULL",
        [conversation.0],
        |row| Ok(row.get(0)?),
    )
}

/// Erases a guest's identity.
pub fn blank_guest(tx: &mut WriteTx<'_>, id: GuestId) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "UPDATE guest SET name = '', phone = NULL, phone_key = NULL, bsuid = NULL, phone_used = NULL,
                email = NULL, notes = '', updated_at = ?2
         WHERE id = ?1",
        params![id.0, now],
    )?;
    Ok(())
}

/// Erases the messages of a conversation; time, direction and cost stay for the counts. Unsent messages are
/// cancelled.
pub fn blank_conversation(tx: &mut WriteTx<'_>, conversation: ConversationId) -> Result<(), StoreError> {
    tx.run(
        "UPDATE inbound SET event = '', body = '', media_path = NULL, external_id = 'erased:' || id,
                heard_permille = NULL, leased_until = NULL,
                state = CASE WHEN state IN ('listen', 'ready') THEN 'done' ELSE state END
         WHERE conversation_id = ?1",
        [conversation.0],
    )?;
    tx.run(
        "UPDATE outbound SET message = '{\"kind\":\"text\",\"body\":\"\"}', body = '', external_id = NULL,
                once_key = CASE WHEN once_key LIKE 'echo:%' THEN NULL ELSE once_key END,
                leased_until = NULL,
                error_code = CASE WHEN state IN ('queued', 'sending', 'uncertain') THEN 'erased' ELSE error_code END,
                state = CASE WHEN state IN ('queued', 'sending', 'uncertain') THEN 'failed' ELSE state END
         WHERE conversation_id = ?1",
        [conversation.0],
    )?;
    tx.run(
        "DELETE FROM outbound_superseded
         WHERE outbound_id IN (SELECT id FROM outbound WHERE conversation_id = ?1)",
        [conversation.0],
    )?;
    tx.run(
        "UPDATE conversation SET state = '', held_by = 'bot', held_until = NULL, unread = 0, last_inbound_at = NULL
         WHERE id = ?1",
        [conversation.0],
    )?;
    tx.run("DELETE FROM tap WHERE conversation_id = ?1", [conversation.0])?;
    tx.run("DELETE FROM waiting WHERE conversation_id = ?1", [conversation.0])?;
    tx.run("DELETE FROM sent_file WHERE conversation_id = ?1", [conversation.0])?;
    tx.run(
        "UPDATE notice SET words = '', body = ''
         WHERE attention_id IN (SELECT id FROM attention WHERE conversation_id = ?1)",
        [conversation.0],
    )?;
    tx.run("UPDATE request SET words = '', answer = '' WHERE conversation_id = ?1", [conversation.0])?;
    for sql in [
        "DELETE FROM mail WHERE notice_id IN (SELECT n.id FROM notice n JOIN attention a ON a.id = n.attention_id
                                              WHERE a.conversation_id = ?1)",
        "DELETE FROM push_message WHERE notice_id IN (SELECT n.id FROM notice n JOIN attention a ON a.id = n.attention_id
                                                      WHERE a.conversation_id = ?1)",
    ] {
        tx.run(sql, [conversation.0])?;
    }
    tx.run("DELETE FROM attention WHERE conversation_id = ?1 AND reservation_id IS NULL", [conversation.0])?;
    tx.run(
        "UPDATE attention SET resolution = NULL,
                details = json_remove(details, '$.question', '$.summary', '$.why', '$.words', '$.guest', '$.phone')
         WHERE conversation_id = ?1",
        [conversation.0],
    )?;
    Ok(())
}

/// Erases what a stay says about the guest; days, price and money stay.
pub fn blank_stay(tx: &mut WriteTx<'_>, id: ReservationId) -> Result<(), StoreError> {
    tx.run("UPDATE reservation SET cancel_reason = NULL WHERE id = ?1", [id.0])?;
    tx.run("DELETE FROM pre_check_in WHERE reservation_id = ?1", [id.0])?;
    tx.run("DELETE FROM mail WHERE reservation_id = ?1", [id.0])?;
    tx.run(
        "UPDATE notice SET words = '', body = ''
         WHERE attention_id IN (SELECT id FROM attention WHERE reservation_id = ?1)",
        [id.0],
    )?;
    tx.run(
        "UPDATE attention SET resolution = NULL,
                details = json_remove(details, '$.question', '$.summary', '$.why', '$.words', '$.guest', '$.phone')
         WHERE reservation_id = ?1",
        [id.0],
    )?;
    tx.run(
        "UPDATE audit SET details = json_remove(details, '$.reason', '$.guest', '$.name', '$.phone', '$.email')
         WHERE reservation_id = ?1 AND json_valid(details)",
        [id.0],
    )?;
    Ok(())
}

/// Deletes raw notifications and kept answers in which `mark` occurs. They are kept for days only and are
/// processed already.
pub fn forget_raw(tx: &mut WriteTx<'_>, mark: &str) -> Result<(), StoreError> {
    tx.run("DELETE FROM hook WHERE instr(body, CAST(?1 AS BLOB)) > 0", [mark])?;
    tx.run("DELETE FROM idempotency WHERE instr(coalesce(body, ''), ?1) > 0", [mark])?;
    Ok(())
}

/// Replaces an identifier of a person (a number, an address) by a dash wherever else it was written: in messages
/// to the owner, in others' messages, in notes.
pub fn strike(tx: &mut WriteTx<'_>, mark: &str) -> Result<(), StoreError> {
    strike_said(tx, mark, None)?;
    tx.run("UPDATE guest SET notes = replace(notes, ?1, '—') WHERE instr(notes, ?1) > 0", [mark])?;
    tx.run("UPDATE block SET reason = replace(reason, ?1, '—') WHERE instr(reason, ?1) > 0", [mark])?;
    tx.run(
        "UPDATE attention SET details = json_remove(details, '$.guest', '$.phone')
         WHERE kind = 'paid_unknown_booking' AND instr(details, ?1) > 0",
        [mark],
    )?;
    tx.run("UPDATE attention SET details = replace(details, ?1, '—') WHERE instr(details, ?1) > 0", [mark])?;
    let sql =
        "UPDATE attention SET resolution = replace(resolution, ?1, '—') WHERE instr(resolution, ?1) > 0";
    tx.run(sql, [mark])?;
    Ok(())
}

/// [`strike`] in messages alone, of one conversation or (`None`) of all.
pub fn strike_said(
    tx: &mut WriteTx<'_>,
    mark: &str,
    conversation: Option<ConversationId>,
) -> Result<(), StoreError> {
    let conversation = conversation.map(|id| id.0);
    // Inside JSON the identifier is escaped as JSON.
    let written = super::codec::to_json(&mark);
    let written = written.trim_matches('"');
    tx.run(
        "UPDATE outbound SET body = replace(body, ?1, '—'), message = replace(message, ?2, '—')
         WHERE (?3 IS NULL OR conversation_id = ?3) AND (instr(body, ?1) > 0 OR instr(message, ?2) > 0)",
        params![mark, written, conversation],
    )?;
    tx.run(
        "UPDATE inbound SET body = replace(body, ?1, '—'), event = replace(event, ?2, '—')
         WHERE (?3 IS NULL OR conversation_id = ?3) AND (instr(body, ?1) > 0 OR instr(event, ?2) > 0)",
        params![mark, written, conversation],
    )?;
    tx.run(
        "UPDATE conversation SET state = replace(state, ?2, '—')
         WHERE (?3 IS NULL OR id = ?3) AND instr(state, ?2) > 0",
        params![mark, written, conversation],
    )?;
    Ok(())
}
