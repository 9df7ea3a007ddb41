//! Notices to the owner: each promise of a person to a guest is a row here, told again until a person has seen it.

use super::codec::{instant, instant_or_none};
use super::row::Row;
use super::tx::{all, one};
use super::{Read, StoreError, WriteTx};
use crate::domain::ids::{AttentionId, ConversationId, MailId, NoticeId, OutboundId, PushId, ReservationId};
use crate::domain::notice::{NoticeKind, NoticeWay, SeenBy};
use jiff::Timestamp;
use rusqlite::params;

/// Most notices listed.
const LISTED_MAX: u32 = 200;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub id: NoticeId,
    /// A code of [`NoticeKind`].
    pub kind: String,
    pub attention_id: AttentionId,
    pub conversation_id: Option<ConversationId>,
    pub reservation_id: Option<ReservationId>,
    pub urgent: bool,
    pub words: String,
    pub body: String,
    pub created_at: Timestamp,
    /// How often it was told again.
    pub repeats: u16,
    pub seen_at: Option<Timestamp>,
    /// A code of [`SeenBy`].
    pub seen_by: Option<String>,
}

/// One time that a notice went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// A code of [`NoticeWay`].
    pub way: String,
    pub at: Timestamp,
    /// A code of the message's state; `None` once the message is gone.
    pub state: Option<String>,
}

#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    pub kind: NoticeKind,
    pub attention_id: AttentionId,
    pub urgent: bool,
    pub words: &'a str,
    pub body: &'a str,
    /// When it is told again unless it was seen.
    pub next_at: Timestamp,
}

pub fn insert(tx: &mut WriteTx<'_>, new: &New<'_>) -> Result<NoticeId, StoreError> {
    let now = tx.now().as_millisecond();
    let id = tx.insert(
        "INSERT INTO notice (kind, attention_id, urgent, words, body, created_at, next_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            new.kind.code(),
            new.attention_id.0,
            new.urgent,
            new.words,
            new.body,
            now,
            new.next_at.as_millisecond()
        ],
    )?;
    Ok(NoticeId(id))
}

/// Notes that it went out.
pub fn told(
    tx: &mut WriteTx<'_>,
    id: NoticeId,
    way: NoticeWay,
    outbound: Option<OutboundId>,
) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "INSERT INTO notice_way (notice_id, way, outbound_id, told_at) VALUES (?1, ?2, ?3, ?4)",
        params![id.0, way.code(), outbound.map(|id| id.0), now],
    )?;
    Ok(())
}

/// Notes that it went to a browser.
pub fn told_by_push(tx: &mut WriteTx<'_>, id: NoticeId, push: PushId) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "INSERT INTO notice_way (notice_id, way, push_id, told_at) VALUES (?1, ?2, ?3, ?4)",
        params![id.0, NoticeWay::Push.code(), push.0, now],
    )?;
    Ok(())
}

/// Notes that it went by mail.
pub fn told_by_mail(tx: &mut WriteTx<'_>, id: NoticeId, mail: MailId) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "INSERT INTO notice_way (notice_id, way, mail_id, told_at) VALUES (?1, ?2, ?3, ?4)",
        params![id.0, NoticeWay::Mail.code(), mail.0, now],
    )?;
    Ok(())
}

/// How often each way was taken, the latest one last.
pub fn tries(tx: &impl Read, id: NoticeId) -> Result<Vec<(String, u32)>, StoreError> {
    let sql = "SELECT way, count(DISTINCT told_at) AS times FROM notice_way
               WHERE notice_id = ?1 GROUP BY way ORDER BY max(rowid)";
    all(tx, sql, [id.0], |row| Ok((row.get("way")?, row.get("times")?)))
}

/// Whether every message of the last time was given up.
pub fn has_failed(tx: &impl Read, id: NoticeId) -> Result<bool, StoreError> {
    let sql =
        "SELECT count(*) > 0 AND count(*) = sum(coalesce(o.state, p.state, m.state, '') = 'failed') AS failed
               FROM notice_way w LEFT JOIN outbound o ON o.id = w.outbound_id
               LEFT JOIN push_message p ON p.id = w.push_id LEFT JOIN mail m ON m.id = w.mail_id
               WHERE w.notice_id = ?1
                 AND w.told_at = (SELECT max(told_at) FROM notice_way WHERE notice_id = ?1)";
    Ok(one(tx, sql, [id.0], |row| Ok(row.get("failed")?))?.unwrap_or(false))
}

/// Whether it was seen after this instant.
pub fn is_seen_since(tx: &impl Read, id: NoticeId, since: Timestamp) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM notice WHERE id = ?1 AND seen_at > ?2";
    Ok(one(tx, sql, [id.0, since.as_millisecond()], |_| Ok(()))?.is_some())
}

/// Makes the notice of a message due now; `false` when it is of none.
pub fn hasten_of_outbound(tx: &mut WriteTx<'_>, id: OutboundId) -> Result<bool, StoreError> {
    let now = tx.now().as_millisecond();
    let sql = "UPDATE notice SET next_at = ?2 WHERE seen_at IS NULL
               AND id IN (SELECT notice_id FROM notice_way WHERE outbound_id = ?1)";
    Ok(tx.run(sql, [id.0, now])? > 0)
}

pub fn hasten_of_push(tx: &mut WriteTx<'_>, id: PushId) -> Result<bool, StoreError> {
    let now = tx.now().as_millisecond();
    let sql = "UPDATE notice SET next_at = ?2 WHERE seen_at IS NULL
               AND id IN (SELECT notice_id FROM notice_way WHERE push_id = ?1)";
    Ok(tx.run(sql, [id.0, now])? > 0)
}

pub fn hasten_of_mail(tx: &mut WriteTx<'_>, id: MailId) -> Result<bool, StoreError> {
    let now = tx.now().as_millisecond();
    let sql = "UPDATE notice SET next_at = ?2 WHERE seen_at IS NULL
               AND id IN (SELECT notice_id FROM notice_way WHERE mail_id = ?1)";
    Ok(tx.run(sql, [id.0, now])? > 0)
}

/// It is not told again.
pub fn rest(tx: &mut WriteTx<'_>, id: NoticeId) -> Result<(), StoreError> {
    tx.run("UPDATE notice SET next_at = NULL WHERE id = ?1", [id.0])?;
    Ok(())
}

/// Notes that it was told once more, and when it is next.
pub fn repeated(tx: &mut WriteTx<'_>, id: NoticeId, next_at: Option<Timestamp>) -> Result<(), StoreError> {
    tx.run(
        "UPDATE notice SET repeats = repeats + 1, next_at = ?2 WHERE id = ?1",
        params![id.0, next_at.map(Timestamp::as_millisecond)],
    )?;
    Ok(())
}

/// Puts the next time off.
pub fn put_off(tx: &mut WriteTx<'_>, id: NoticeId, next_at: Timestamp) -> Result<(), StoreError> {
    tx.run("UPDATE notice SET next_at = ?2 WHERE id = ?1", params![id.0, next_at.as_millisecond()])?;
    Ok(())
}

pub fn seen(tx: &mut WriteTx<'_>, id: NoticeId, by: SeenBy) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "UPDATE notice SET seen_at = ?2, seen_by = ?3, next_at = NULL WHERE id = ?1 AND seen_at IS NULL",
        params![id.0, now, by.code()],
    )?;
    Ok(())
}

/// The owner's page showed all that is open.
pub fn all_opened(tx: &mut WriteTx<'_>) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "UPDATE notice SET seen_at = ?1, seen_by = ?2, next_at = NULL WHERE seen_at IS NULL",
        params![now, SeenBy::Opened.code()],
    )?;
    Ok(())
}

pub(super) const ANY_UNSEEN: &str = "SELECT 1 FROM notice WHERE seen_at IS NULL LIMIT 1";
pub(super) const DUE: &str = "SELECT n.*, a.conversation_id, a.reservation_id FROM notice n
     JOIN attention a ON a.id = n.attention_id
     WHERE n.seen_at IS NULL AND n.next_at IS NOT NULL AND n.next_at <= ?1 ORDER BY n.id";

/// Whether some notice is unseen.
pub fn any_unseen(tx: &impl Read) -> Result<bool, StoreError> {
    Ok(one(tx, ANY_UNSEEN, [], |_| Ok(()))?.is_some())
}

/// Unseen notices whose next time has come.
pub fn due(tx: &impl Read) -> Result<Vec<Notice>, StoreError> {
    all(tx, DUE, [tx.now().as_millisecond()], notice)
}

/// The last notice of an attention item.
pub fn last_of(tx: &impl Read, attention: AttentionId) -> Result<Option<Notice>, StoreError> {
    let sql = "SELECT n.*, a.conversation_id, a.reservation_id FROM notice n
               JOIN attention a ON a.id = n.attention_id WHERE n.attention_id = ?1 ORDER BY n.id DESC LIMIT 1";
    one(tx, sql, [attention.0], notice)
}

/// The notice that a message of ours to the owner told, by WhatsApp's id of the message.
pub fn told_in(tx: &impl Read, external_id: &str) -> Result<Option<Notice>, StoreError> {
    let sql = "SELECT n.*, a.conversation_id, a.reservation_id FROM notice n
               JOIN attention a ON a.id = n.attention_id
               JOIN notice_way w ON w.notice_id = n.id
               WHERE w.outbound_id IN (SELECT id FROM outbound WHERE external_id = ?1
                                       UNION SELECT outbound_id FROM outbound_superseded WHERE external_id = ?1)
               LIMIT 1";
    one(tx, sql, [external_id], notice)
}

/// The newest notices, the newest first.
pub fn newest(tx: &impl Read) -> Result<Vec<Notice>, StoreError> {
    let sql = "SELECT n.*, a.conversation_id, a.reservation_id FROM notice n
               JOIN attention a ON a.id = n.attention_id ORDER BY n.id DESC LIMIT ?1";
    all(tx, sql, [LISTED_MAX], notice)
}

/// The times a notice went out, the first one first.
pub fn ways(tx: &impl Read, id: NoticeId) -> Result<Vec<Told>, StoreError> {
    let sql = "SELECT w.way, w.told_at, coalesce(o.state, p.state, m.state) AS state
               FROM notice_way w LEFT JOIN outbound o ON o.id = w.outbound_id
               LEFT JOIN push_message p ON p.id = w.push_id LEFT JOIN mail m ON m.id = w.mail_id
               WHERE w.notice_id = ?1 ORDER BY w.rowid";
    all(tx, sql, [id.0], |row| {
        Ok(Told { way: row.get("way")?, at: instant(row, "told_at")?, state: row.get("state")? })
    })
}

/// What proves that a person has seen it; `None` when nothing does.
pub fn proof_of_sight(tx: &impl Read, notice: &Notice) -> Result<Option<SeenBy>, StoreError> {
    let holds = |sql: &'static str| {
        let since = notice.created_at.as_millisecond();
        Ok::<_, StoreError>(one(tx, sql, params![notice.id.0, since], |_| Ok(()))?.is_some())
    };
    for (by, sql) in [
        (SeenBy::Resolved, IS_RESOLVED),
        (SeenBy::Answered, IS_ANSWERED),
        (SeenBy::Answered, OWNER_WROTE),
        (SeenBy::Read, WAS_READ),
    ] {
        if holds(sql)? {
            return Ok(Some(by));
        }
    }
    Ok(None)
}

const IS_RESOLVED: &str = "SELECT 1 FROM notice n JOIN attention a ON a.id = n.attention_id
     WHERE n.id = ?1 AND a.resolved_at >= ?2";
const IS_ANSWERED: &str = "SELECT 1 FROM notice n JOIN attention a ON a.id = n.attention_id
     JOIN outbound o ON o.conversation_id = a.conversation_id
     WHERE n.id = ?1 AND o.author = 'person' AND o.created_at >= ?2 LIMIT 1";
const OWNER_WROTE: &str = "SELECT 1 FROM notice_way w JOIN outbound o ON o.id = w.outbound_id
     JOIN inbound i ON i.conversation_id = o.conversation_id
     WHERE w.notice_id = ?1 AND i.sent_at > ?2 LIMIT 1";
const WAS_READ: &str = "SELECT 1 FROM notice_way w JOIN outbound o ON o.id = w.outbound_id
     WHERE w.notice_id = ?1 AND ?2 IS NOT NULL AND o.state = 'read' LIMIT 1";

fn notice(row: &Row<'_>) -> Result<Notice, StoreError> {
    Ok(Notice {
        id: NoticeId(row.get("id")?),
        kind: row.get("kind")?,
        attention_id: AttentionId(row.get("attention_id")?),
        conversation_id: row.get::<_, Option<i64>>("conversation_id")?.map(ConversationId),
        reservation_id: row.get::<_, Option<i64>>("reservation_id")?.map(ReservationId),
        urgent: row.get("urgent")?,
        words: row.get("words")?,
        body: row.get("body")?,
        created_at: instant(row, "created_at")?,
        repeats: row.get("repeats")?,
        seen_at: instant_or_none(row, "seen_at")?,
        seen_by: row.get("seen_by")?,
    })
}
