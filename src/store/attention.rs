//! Attention items: decisions that only a person can make. An item is listed once while it is open.

use super::codec::{coded, instant, instant_or_none, to_json};
use super::row::Row;
use super::tx::{all, one};
use super::{Read, StoreError, WriteTx};
use crate::domain::attention::{AttentionItem, AttentionKind};
use crate::domain::code::Coded;
use crate::domain::ids::{AttentionId, ConversationId, GuestId, ReservationId};
use jiff::Timestamp;
use rusqlite::params;
use serde_json::{Value, json};

/// An attention item for the owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attention {
    pub id: AttentionId,
    pub kind: Coded<AttentionKind>,
    pub subject: String,
    pub reservation_id: Option<ReservationId>,
    pub conversation_id: Option<ConversationId>,
    /// Its details as JSON; a JSON string where no JSON was stored.
    pub details: Value,
    pub created_at: Timestamp,
    pub resolved_at: Option<Timestamp>,
}

#[derive(Debug, Clone)]
pub struct New<'a> {
    pub attention: AttentionItem,
    /// The key of the item: one of a kind and subject is open at a time.
    pub subject: &'a str,
    pub reservation_id: Option<ReservationId>,
    pub conversation_id: Option<ConversationId>,
}

impl Attention {
    /// `None` when its kind, or the shape of its details, is another version's.
    pub fn attention(&self) -> Option<AttentionItem> {
        read(self.kind.known()?, &self.details)
    }
}

impl<'a> New<'a> {
    /// An attention item that concerns no stay and no conversation.
    pub fn of(attention: AttentionItem, subject: &'a str) -> New<'a> {
        New { attention, subject, reservation_id: None, conversation_id: None }
    }
}

/// Lists an attention item; `false` when it is listed already.
pub fn raise(tx: &mut WriteTx<'_>, new: &New<'_>) -> Result<bool, StoreError> {
    let now = tx.now().as_millisecond();
    let fresh = tx.run(
        "INSERT INTO attention (kind, subject, reservation_id, conversation_id, details, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
        params![
            new.attention.kind().code(),
            new.subject,
            new.reservation_id.map(|id| id.0),
            new.conversation_id.map(|id| id.0),
            to_json(&details(&new.attention)),
            now
        ],
    )?;
    Ok(fresh > 0)
}

/// Closes an item, `by` a person or by casero when its cause went away. `false` when it is not open.
pub fn resolve(tx: &mut WriteTx<'_>, id: AttentionId, by: &str, how: &str) -> Result<bool, StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "UPDATE attention SET resolved_at = ?2, resolved_by = ?3, resolution = ?4
         WHERE id = ?1 AND resolved_at IS NULL",
        params![id.0, now, by, how],
    )
    .map(|touched| touched > 0)
}

/// Notes in which owner's conversation an item was answered; the first one counts.
pub fn answered_in(tx: &mut WriteTx<'_>, id: AttentionId, owner: ConversationId) -> Result<(), StoreError> {
    let sql = "UPDATE attention SET answered_in = ?2 WHERE id = ?1 AND answered_in IS NULL";
    tx.run(sql, [id.0, owner.0])?;
    Ok(())
}

/// Who answered an item: the owner's conversation in which it was done, and the word of who closed it.
pub fn answered_by(
    tx: &impl Read,
    id: AttentionId,
) -> Result<(Option<ConversationId>, Option<String>), StoreError> {
    let found = one(tx, "SELECT answered_in, resolved_by FROM attention WHERE id = ?1", [id.0], |row| {
        Ok((row.get::<_, Option<i64>>("answered_in")?.map(ConversationId), row.get("resolved_by")?))
    })?;
    Ok(found.unwrap_or_default())
}

/// Says that an item is about this reservation.
pub fn concerns(tx: &mut WriteTx<'_>, id: AttentionId, reservation: ReservationId) -> Result<(), StoreError> {
    tx.run("UPDATE attention SET reservation_id = ?2 WHERE id = ?1", params![id.0, reservation.0])?;
    Ok(())
}

pub fn settle(tx: &mut WriteTx<'_>, kind: AttentionKind, subject: &str) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "UPDATE attention SET resolved_at = ?3, resolved_by = 'casero', resolution = 'settled'
         WHERE kind = ?1 AND subject = ?2 AND resolved_at IS NULL",
        params![kind.code(), subject, now],
    )?;
    Ok(())
}

/// Closes the open items of a kind about subjects that begin so.
pub fn settle_all(tx: &mut WriteTx<'_>, kind: AttentionKind, beginning: &str) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "UPDATE attention SET resolved_at = ?3, resolved_by = 'casero', resolution = 'settled'
         WHERE kind = ?1 AND substr(subject, 1, length(?2)) = ?2 AND resolved_at IS NULL",
        params![kind.code(), beginning, now],
    )?;
    Ok(())
}

/// When an item of this kind about this subject was last closed by a person.
pub fn resolved_by_a_person(
    tx: &impl Read,
    kind: AttentionKind,
    subject: &str,
) -> Result<Option<Timestamp>, StoreError> {
    let found = one(
        tx,
        "SELECT max(resolved_at) AS at FROM attention
         WHERE kind = ?1 AND subject = ?2 AND resolution <> 'settled'",
        [kind.code(), subject],
        |row| instant_or_none(row, "at"),
    )?;
    Ok(found.flatten())
}

pub fn find(tx: &impl Read, id: AttentionId) -> Result<Option<Attention>, StoreError> {
    one(tx, "SELECT * FROM attention WHERE id = ?1", [id.0], attention)
}

/// Whether an attention item of this kind about this subject was opened after `since`, open still or not.
pub fn was_raised(
    tx: &impl Read,
    kind: AttentionKind,
    subject: &str,
    since: Timestamp,
) -> Result<bool, StoreError> {
    let found = one(
        tx,
        "SELECT 1 FROM attention WHERE kind = ?1 AND subject = ?2 AND created_at > ?3 LIMIT 1",
        params![kind.code(), subject, since.as_millisecond()],
        |row| Ok(row.get::<_, i64>(0)?),
    )?;
    Ok(found.is_some())
}

/// Whether an attention item of this kind about this subject is open.
pub fn is_open(tx: &impl Read, kind: AttentionKind, subject: &str) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM attention WHERE kind = ?1 AND subject = ?2 AND resolved_at IS NULL";
    Ok(one(tx, sql, [kind.code(), subject], |_| Ok(()))?.is_some())
}

/// The open item of this kind about this subject.
pub fn open_id(
    tx: &impl Read,
    kind: AttentionKind,
    subject: &str,
) -> Result<Option<AttentionId>, StoreError> {
    let sql = "SELECT id FROM attention WHERE kind = ?1 AND subject = ?2 AND resolved_at IS NULL";
    one(tx, sql, [kind.code(), subject], |row| Ok(AttentionId(row.get(0)?)))
}

/// Subjects of the open attention items of a kind.
pub fn subjects(tx: &impl Read, kind: AttentionKind) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT subject FROM attention WHERE kind = ?1 AND resolved_at IS NULL ORDER BY id";
    all(tx, sql, [kind.code()], |row| Ok(row.get(0)?))
}

/// Open items of these kinds of which no notice was written.
pub fn untold(tx: &impl Read, kinds: &[AttentionKind]) -> Result<Vec<Attention>, StoreError> {
    all(tx, UNTOLD, [codes(kinds)], attention)
}

pub fn has_untold(tx: &impl Read, kinds: &[AttentionKind]) -> Result<bool, StoreError> {
    Ok(!untold(tx, kinds)?.is_empty())
}

const UNTOLD: &str = "SELECT * FROM attention a WHERE resolved_at IS NULL
    AND kind IN (SELECT value FROM json_each(?1))
    AND NOT EXISTS (SELECT 1 FROM notice WHERE attention_id = a.id) ORDER BY id";

fn codes(kinds: &[AttentionKind]) -> String {
    to_json(&kinds.iter().map(|kind| kind.code()).collect::<Vec<_>>())
}

/// Whether an item of this kind about this reservation is open.
pub fn is_open_for(
    tx: &impl Read,
    kind: AttentionKind,
    reservation: ReservationId,
) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM attention WHERE kind = ?1 AND reservation_id = ?2 AND resolved_at IS NULL";
    Ok(one(tx, sql, params![kind.code(), reservation.0], |_| Ok(()))?.is_some())
}

/// Whether an item with just these details is open in a conversation.
pub fn is_open_with(
    tx: &impl Read,
    item: &AttentionItem,
    conversation: ConversationId,
) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM attention
               WHERE kind = ?1 AND conversation_id = ?2 AND details = ?3 AND resolved_at IS NULL";
    Ok(one(tx, sql, params![item.kind().code(), conversation.0, to_json(&details(item))], |_| Ok(()))?
        .is_some())
}

/// Whether anything is open about a guest: in their conversation, or about a booking of theirs.
pub fn is_open_about(
    tx: &impl Read,
    conversation: ConversationId,
    guest: GuestId,
) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM attention a LEFT JOIN reservation r ON r.id = a.reservation_id
               WHERE a.resolved_at IS NULL AND (a.conversation_id = ?1 OR r.guest_id = ?2) LIMIT 1";
    Ok(one(tx, sql, params![conversation.0, guest.0], |_| Ok(()))?.is_some())
}

/// The number of open attention items; every page shows it.
pub fn count(tx: &impl Read) -> Result<usize, StoreError> {
    let sql = "SELECT count(*) FROM attention WHERE resolved_at IS NULL";
    Ok(one(tx, sql, [], |row| Ok(row.get::<_, u32>(0)?))?.unwrap_or(0) as usize)
}

/// Whether some item was open at that instant and is still.
pub fn any_open_since(tx: &impl Read, then: Timestamp) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM attention WHERE resolved_at IS NULL AND created_at <= ?1 LIMIT 1";
    Ok(one(tx, sql, [then.as_millisecond()], |_| Ok(()))?.is_some())
}

/// The open items, the oldest first.
pub fn open(tx: &impl Read) -> Result<Vec<Attention>, StoreError> {
    all(tx, "SELECT * FROM attention WHERE resolved_at IS NULL ORDER BY id", [], attention)
}

/// Items of a kind that were raised within a time, open or not, the oldest first.
pub fn raised_between(
    tx: &impl Read,
    kind: AttentionKind,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<Attention>, StoreError> {
    let sql = "SELECT * FROM attention WHERE kind = ?1 AND created_at >= ?2 AND created_at < ?3 ORDER BY id";
    let values = params![kind.code(), from.as_millisecond(), to.as_millisecond()];
    all(tx, sql, values, attention)
}

/// The details as they are stored: an object, empty when the kind has none.
fn details(item: &AttentionItem) -> Value {
    let mut written = serde_json::to_value(item).unwrap_or_default();
    match written["details"].take() {
        Value::Null => Value::Object(serde_json::Map::new()),
        details => details,
    }
}

/// `None` when the details are of another shape than this version writes.
fn read(kind: AttentionKind, details: &Value) -> Option<AttentionItem> {
    let read = |whole: Value| serde_json::from_value(whole).ok();
    read(json!({ "kind": kind.code(), "details": details })).or_else(|| read(json!({ "kind": kind.code() })))
}

fn attention(row: &Row<'_>) -> Result<Attention, StoreError> {
    let details = row.text("details")?;
    Ok(Attention {
        id: AttentionId(row.get("id")?),
        kind: coded(row, "kind")?,
        subject: row.get("subject")?,
        reservation_id: row.get::<_, Option<i64>>("reservation_id")?.map(ReservationId),
        conversation_id: row.get::<_, Option<i64>>("conversation_id")?.map(ConversationId),
        details: serde_json::from_str(details).unwrap_or_else(|_| Value::String(details.to_owned())),
        created_at: instant(row, "created_at")?,
        resolved_at: instant_or_none(row, "resolved_at")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::attention::{Asked, HandedOver, OfPayment, Proposal, Withdrawal, WithdrawalRequest};
    use crate::domain::ids::PaymentId;

    #[test]
    fn details_are_an_object_and_are_read_back() {
        let of = OfPayment {
            payment_id: PaymentId(3),
            payment: "88".into(),
            amount_cents: 5,
            currency: "ARS".into(),
            code: "K7M2QX".into(),
            propose: Proposal::Refund,
        };
        let stored = json!({ "payment_id": 3, "payment": "88", "amount_cents": 5, "currency": "ARS",
                             "code": "K7M2QX", "propose": "refund" });
        let asked = WithdrawalRequest {
            number: "A-1".into(),
            name: "Ana".into(),
            contact: "+54".into(),
            given_code: String::new(),
        };
        let request = json!({ "number": "A-1", "name": "Ana", "contact": "+54", "given_code": "" });
        for (item, stored) in [
            (AttentionItem::PaidTwice(of), stored),
            (AttentionItem::BackupFailed, json!({})),
            (AttentionItem::Withdrawal(Withdrawal::default()), json!({})),
            (AttentionItem::Withdrawal(Withdrawal { request: Some(asked) }), request),
            (AttentionItem::WantsAPerson(HandedOver { why: "asked".into() }), json!({ "why": "asked" })),
        ] {
            assert_eq!(details(&item), stored);
            assert_eq!(read(item.kind(), &stored), Some(item));
        }
    }

    #[test]
    fn what_another_version_added_is_no_obstacle_and_what_it_changed_is_not_guessed() {
        let more = json!({ "question": "¿Hay pileta?", "topic": "pool" });
        let asked = AttentionItem::UnansweredQuestion(Asked { question: "¿Hay pileta?".into() });
        assert_eq!(read(AttentionKind::UnansweredQuestion, &more), Some(asked));
        // Erased with the guest.
        let erased = AttentionItem::UnansweredQuestion(Asked::default());
        assert_eq!(read(AttentionKind::UnansweredQuestion, &json!({})), Some(erased));
        assert_eq!(read(AttentionKind::PaidTwice, &json!({ "payment_id": "three" })), None);
        let full = json!({ "disk": "full" });
        assert_eq!(read(AttentionKind::BackupFailed, &full), Some(AttentionItem::BackupFailed));
    }
}
