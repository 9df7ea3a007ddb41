//! Letters to owners and guests. A letter that was sent keeps no words.

use super::codec::instant;
use super::pushes::News;
use super::row::Row;
use super::tx::one;
use super::{Read, StoreError, WriteTx};
use crate::domain::ids::{MailId, NoticeId, ReservationId};
use jiff::{SignedDuration, Timestamp};
use rusqlite::params;

#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    pub to: &'a str,
    pub subject: &'a str,
    pub body: &'a str,
    pub tag: &'a str,
    /// Key of a letter that may be sent only once ever.
    pub once_key: Option<&'a str>,
    pub notice_id: Option<NoticeId>,
    pub reservation_id: Option<ReservationId>,
    pub news: Option<News<'a>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    pub id: MailId,
    pub to: String,
    pub subject: String,
    pub body: String,
    pub tag: String,
    pub notice_id: Option<NoticeId>,
    pub reservation_id: Option<ReservationId>,
    /// Empty unless it tells news.
    pub telling: String,
    pub news: String,
    /// `queued`, `accepted`, `failed` or `dropped`.
    pub state: String,
    pub created_at: Timestamp,
}

/// Queues a letter; `None` when its once-key was used before.
pub fn insert(tx: &mut WriteTx<'_>, new: &New<'_>) -> Result<Option<MailId>, StoreError> {
    let now = tx.now().as_millisecond();
    let fresh = tx.run(
        "INSERT INTO mail (to_address, subject, body, tag, once_key, notice_id, reservation_id, telling, news, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (once_key) DO NOTHING",
        params![
            new.to,
            new.subject,
            new.body,
            new.tag,
            new.once_key,
            new.notice_id.map(|id| id.0),
            new.reservation_id.map(|id| id.0),
            new.news.map_or("", |news| news.telling),
            new.news.map_or("", |news| news.words),
            now
        ],
    )?;
    Ok((fresh > 0).then(|| MailId(tx.connection().last_insert_rowid())))
}

/// Whether a letter with this once-key was queued.
pub fn was_told(tx: &impl Read, once_key: &str) -> Result<bool, StoreError> {
    Ok(one(tx, "SELECT 1 FROM mail WHERE once_key = ?1", [once_key], |_| Ok(()))?.is_some())
}

pub fn find(tx: &impl Read, id: MailId) -> Result<Option<Mail>, StoreError> {
    one(tx, "SELECT * FROM mail WHERE id = ?1", [id.0], mail)
}

/// The server accepted it.
pub fn accepted(tx: &mut WriteTx<'_>, id: MailId) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "UPDATE mail SET state = 'accepted', error = '', subject = '', body = '', news = '', sent_at = ?2
         WHERE id = ?1",
        params![id.0, now],
    )?;
    Ok(())
}

/// It is given up, for this reason.
pub fn failed(tx: &mut WriteTx<'_>, id: MailId, error: &str) -> Result<(), StoreError> {
    tx.run(
        "UPDATE mail SET state = 'failed', error = ?2, subject = '', body = '', news = '' WHERE id = ?1",
        params![id.0, error],
    )?;
    Ok(())
}

/// Nobody needs it any more.
pub fn dropped(tx: &mut WriteTx<'_>, id: MailId) -> Result<(), StoreError> {
    tx.run("UPDATE mail SET state = 'dropped', subject = '', body = '', news = '' WHERE id = ?1", [id.0])?;
    Ok(())
}

/// Whether a letter of this telling went out or still may.
pub fn may_arrive(tx: &impl Read, telling: &str) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM mail WHERE telling = ?1 AND telling <> '' AND state IN ('queued', 'accepted')";
    Ok(one(tx, sql, [telling], |_| Ok(()))?.is_some())
}

/// Deletes letters older than this.
pub fn prune(tx: &mut WriteTx<'_>, kept: SignedDuration) -> Result<(), StoreError> {
    let before = (tx.now() - kept).as_millisecond();
    tx.run("DELETE FROM mail WHERE created_at < ?1", [before])?;
    Ok(())
}

fn mail(row: &Row<'_>) -> Result<Mail, StoreError> {
    Ok(Mail {
        id: MailId(row.get("id")?),
        to: row.get("to_address")?,
        subject: row.get("subject")?,
        body: row.get("body")?,
        tag: row.get("tag")?,
        notice_id: row.get::<_, Option<i64>>("notice_id")?.map(NoticeId),
        reservation_id: row.get::<_, Option<i64>>("reservation_id")?.map(ReservationId),
        telling: row.get("telling")?,
        news: row.get("news")?,
        state: row.get("state")?,
        created_at: instant(row, "created_at")?,
    })
}
