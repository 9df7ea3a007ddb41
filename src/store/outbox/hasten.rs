//! Bringing forward of waiting messages: their provider is back, their template approved, or their guest has written.

use crate::domain::ids::ConversationId;
use crate::store::{Read, StoreError, WriteTx};
use rusqlite::params;

/// Makes waiting retries due now, because the provider is back; those with the code `except` keep their own time.
pub fn hasten(tx: &mut WriteTx<'_>, except: &str) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(HASTEN, params![now, except])?;
    Ok(())
}

/// Makes messages that wait with this code due now.
pub fn hasten_code(tx: &mut WriteTx<'_>, code: &str) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(HASTEN_CODE, params![now, code])?;
    Ok(())
}

const HASTEN_CODE: &str = "UPDATE outbound INDEXED BY outbound_due SET run_at = ?1
     WHERE state IN ('queued', 'sending', 'uncertain') AND state = 'queued' AND run_at > ?1 AND error_code = ?2";

/// The same for one conversation: its guest has just written.
pub fn hasten_conversation(
    tx: &mut WriteTx<'_>,
    conversation: ConversationId,
    code: &str,
) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(HASTEN_CONVERSATION, params![now, code, conversation.0])?;
    Ok(())
}

const HASTEN_CONVERSATION: &str = "UPDATE outbound INDEXED BY outbound_due SET run_at = ?1
     WHERE state IN ('queued', 'sending', 'uncertain') AND state = 'queued' AND run_at > ?1 AND error_code = ?2
       AND conversation_id = ?3";

const HASTEN: &str = "UPDATE outbound INDEXED BY outbound_due SET run_at = ?1
     WHERE state IN ('queued', 'sending', 'uncertain') AND state = 'queued' AND run_at > ?1 AND error_code <> ?2";
