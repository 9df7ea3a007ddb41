//! Browsers that asked to be told, and the messages to them. A message that was sent keeps no words.

use super::codec::instant;
use super::row::Row;
use super::tx::{all, one};
use super::{Read, StoreError, WriteTx};
use crate::domain::ids::{NoticeId, PushId, SubscriptionId, UserId};
use crate::domain::user::Role;
use jiff::{SignedDuration, Timestamp};
use rusqlite::params;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    pub id: SubscriptionId,
    pub endpoint: String,
    pub p256dh: String,
    pub auth: String,
}

/// News that nobody was promised, as they go on by the next way when no message of their telling arrived.
#[derive(Debug, Clone, Copy)]
pub struct News<'a> {
    /// The same for all messages of one telling.
    pub telling: &'a str,
    pub words: &'a str,
}

#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    pub subscription: SubscriptionId,
    pub notice_id: Option<NoticeId>,
    pub payload: &'a str,
    pub topic: &'a str,
    pub urgent: bool,
    /// Key of a message that may be sent only once ever.
    pub once_key: Option<&'a str>,
    pub news: Option<News<'a>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Push {
    pub id: PushId,
    pub subscription_id: Option<SubscriptionId>,
    pub notice_id: Option<NoticeId>,
    pub payload: String,
    pub topic: String,
    pub urgent: bool,
    /// Empty unless it tells news.
    pub telling: String,
    pub news: String,
    /// `queued`, `accepted`, `failed` or `dropped`.
    pub state: String,
    pub created_at: Timestamp,
}

/// Keeps a browser's subscription for an account and its session; one that another account had changes hands.
pub fn subscribe(
    tx: &mut WriteTx<'_>,
    user: UserId,
    session_hash: &[u8],
    (endpoint, p256dh, auth): (&str, &str, &str),
) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "INSERT INTO push_subscription (user_id, session_hash, endpoint, p256dh, auth, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (endpoint) DO UPDATE SET user_id = ?1, session_hash = ?2, p256dh = ?4, auth = ?5",
        params![user.0, session_hash, endpoint, p256dh, auth, now],
    )?;
    Ok(())
}

/// Forgets a browser's subscription; only its own account can.
pub fn unsubscribe(tx: &mut WriteTx<'_>, user: UserId, endpoint: &str) -> Result<(), StoreError> {
    tx.run("DELETE FROM push_subscription WHERE user_id = ?1 AND endpoint = ?2", params![user.0, endpoint])?;
    Ok(())
}

/// The service says that it is gone.
pub fn gone(tx: &mut WriteTx<'_>, id: SubscriptionId) -> Result<(), StoreError> {
    tx.run("DELETE FROM push_subscription WHERE id = ?1", [id.0])?;
    Ok(())
}

/// A session ends: its browsers are told nothing more.
pub fn forget_session(tx: &mut WriteTx<'_>, session_hash: &[u8]) -> Result<(), StoreError> {
    tx.run("DELETE FROM push_subscription WHERE session_hash = ?1", [session_hash])?;
    Ok(())
}

/// All sessions of an account end.
pub fn forget_user(tx: &mut WriteTx<'_>, user: UserId) -> Result<(), StoreError> {
    tx.run("DELETE FROM push_subscription WHERE user_id = ?1", [user.0])?;
    Ok(())
}

pub fn of_user(tx: &impl Read, user: UserId) -> Result<Vec<Subscription>, StoreError> {
    all(tx, "SELECT * FROM push_subscription WHERE user_id = ?1 ORDER BY id", [user.0], subscription)
}

/// Browsers of every account that is an owner's now.
pub fn of_owners(tx: &impl Read) -> Result<Vec<Subscription>, StoreError> {
    let sql = "SELECT s.* FROM push_subscription s JOIN user u ON u.id = s.user_id
               WHERE u.role = ?1 AND u.disabled_at IS NULL ORDER BY s.id";
    all(tx, sql, [Role::Owner.code()], subscription)
}

pub fn subscription_of(tx: &impl Read, id: SubscriptionId) -> Result<Option<Subscription>, StoreError> {
    one(tx, "SELECT * FROM push_subscription WHERE id = ?1", [id.0], subscription)
}

/// Queues a message; `None` when its once-key was used before.
pub fn insert(tx: &mut WriteTx<'_>, new: &New<'_>) -> Result<Option<PushId>, StoreError> {
    let now = tx.now().as_millisecond();
    let fresh = tx.run(
        "INSERT INTO push_message (subscription_id, notice_id, payload, topic, urgent, once_key, telling, news,
                                   created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (once_key) DO NOTHING",
        params![
            new.subscription.0,
            new.notice_id.map(|id| id.0),
            new.payload,
            new.topic,
            new.urgent,
            new.once_key,
            new.news.map_or("", |news| news.telling),
            new.news.map_or("", |news| news.words),
            now
        ],
    )?;
    Ok((fresh > 0).then(|| PushId(tx.connection().last_insert_rowid())))
}

/// Whether a message with this once-key was queued.
pub fn was_told(tx: &impl Read, once_key: &str) -> Result<bool, StoreError> {
    Ok(one(tx, "SELECT 1 FROM push_message WHERE once_key = ?1", [once_key], |_| Ok(()))?.is_some())
}

pub fn find(tx: &impl Read, id: PushId) -> Result<Option<Push>, StoreError> {
    one(tx, "SELECT * FROM push_message WHERE id = ?1", [id.0], push)
}

/// The service accepted it.
pub fn accepted(tx: &mut WriteTx<'_>, id: PushId) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "UPDATE push_message SET state = 'accepted', error = '', payload = '', news = '', sent_at = ?2 WHERE id = ?1",
        params![id.0, now],
    )?;
    Ok(())
}

/// It is given up, for this reason.
pub fn failed(tx: &mut WriteTx<'_>, id: PushId, error: &str) -> Result<(), StoreError> {
    tx.run(
        "UPDATE push_message SET state = 'failed', error = ?2, payload = '', news = '' WHERE id = ?1",
        params![id.0, error],
    )?;
    Ok(())
}

/// Nobody needs it any more.
pub fn dropped(tx: &mut WriteTx<'_>, id: PushId) -> Result<(), StoreError> {
    tx.run("UPDATE push_message SET state = 'dropped', payload = '', news = '' WHERE id = ?1", [id.0])?;
    Ok(())
}

/// Whether a message of this telling went out or still may.
pub fn may_arrive(tx: &impl Read, telling: &str) -> Result<bool, StoreError> {
    let sql =
        "SELECT 1 FROM push_message WHERE telling = ?1 AND telling <> '' AND state IN ('queued', 'accepted')";
    Ok(one(tx, sql, [telling], |_| Ok(()))?.is_some())
}

/// Deletes messages older than this.
pub fn prune(tx: &mut WriteTx<'_>, kept: SignedDuration) -> Result<(), StoreError> {
    let before = (tx.now() - kept).as_millisecond();
    tx.run("DELETE FROM push_message WHERE created_at < ?1", [before])?;
    Ok(())
}

fn subscription(row: &Row<'_>) -> Result<Subscription, StoreError> {
    Ok(Subscription {
        id: SubscriptionId(row.get("id")?),
        endpoint: row.get("endpoint")?,
        p256dh: row.get("p256dh")?,
        auth: row.get("auth")?,
    })
}

fn push(row: &Row<'_>) -> Result<Push, StoreError> {
    Ok(Push {
        id: PushId(row.get("id")?),
        subscription_id: row.get::<_, Option<i64>>("subscription_id")?.map(SubscriptionId),
        notice_id: row.get::<_, Option<i64>>("notice_id")?.map(NoticeId),
        payload: row.get("payload")?,
        topic: row.get("topic")?,
        urgent: row.get("urgent")?,
        telling: row.get("telling")?,
        news: row.get("news")?,
        state: row.get("state")?,
        created_at: instant(row, "created_at")?,
    })
}
