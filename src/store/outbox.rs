//! The outbox: every outbound message is a row before it is sent, one at a time and in order for each guest.
//!
//! WhatsApp has no idempotency key, so a lost answer leaves a doubt. A critical message (a confirmation, a payment
//! link) is then sent again at once. Any other waits as `uncertain` for a delivery report with our tag; when none
//! comes it is sent once more, since silence is worse than a duplicate. A second doubt is left to a person.

mod about;
mod hasten;

pub use about::{about, set_about};
pub use hasten::{hasten, hasten_code, hasten_conversation};

use super::codec::{instant, instant_or_none, to_json};
use super::row::Row;
use super::tx::{all, one};
use super::{Read, StoreError, WriteTx};
use crate::domain::ids::{ConversationId, InboundId, OutboundId};
use crate::domain::message::Message;
use crate::domain::whatsapp_account::TemplatePurpose;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{named_params, params};

#[derive(Debug, Clone)]
pub struct New<'a> {
    pub conversation_id: ConversationId,
    pub answers: Option<InboundId>,
    /// Whether a person wrote it, rather than casero.
    pub by_person: bool,
    pub message: &'a Message,
    /// It must arrive, even if it arrives twice.
    pub critical: bool,
    /// Key of a message that may be sent only once ever.
    pub once_key: Option<&'a str>,
    /// Echoed in its delivery reports.
    pub tag: &'a str,
}

/// Queues a message; `None` when its once-key was used before.
pub fn insert(tx: &mut WriteTx<'_>, new: &New<'_>) -> Result<Option<OutboundId>, StoreError> {
    let now = tx.now().as_millisecond();
    let fresh = tx.run(
        "INSERT INTO outbound (conversation_id, answers_id, author, kind, message, body, critical, once_key, tag,
                               run_at, created_at)
         VALUES (:conversation, :answers, :author, :kind, :message, :body, :critical, :once, :tag, :now, :now)
         ON CONFLICT (once_key) DO NOTHING",
        named_params! {
            ":conversation": new.conversation_id.0, ":answers": new.answers.map(|id| id.0),
            ":author": if new.by_person { "person" } else { "bot" }, ":kind": new.message.kind(),
            ":message": to_json(new.message), ":body": new.message.preview(), ":critical": new.critical,
            ":once": new.once_key, ":tag": new.tag, ":now": now,
        },
    )?;
    Ok((fresh > 0).then(|| OutboundId(tx.connection().last_insert_rowid())))
}

/// Says what a queued message is about.
pub fn set_purpose(tx: &mut WriteTx<'_>, id: OutboundId, purpose: TemplatePurpose) -> Result<(), StoreError> {
    tx.run("UPDATE outbound SET purpose = ?2 WHERE id = ?1", params![id.0, purpose.code()])?;
    Ok(())
}

#[derive(Debug, Clone)]
pub struct Outbound {
    pub id: OutboundId,
    pub conversation_id: ConversationId,
    pub answers: Option<InboundId>,
    pub message: Message,
    /// What it is about, for a template.
    pub purpose: TemplatePurpose,
    pub critical: bool,
    /// Whether a person wrote it.
    pub by_person: bool,
    /// Echoed in its delivery reports.
    pub tag: String,
    /// Tries, this one included.
    pub attempts: u32,
    pub created_at: Timestamp,
    /// When WhatsApp accepted it.
    pub sent_at: Option<Timestamp>,
}

/// How long to wait for a delivery report before an uncertain message is sent again.
pub const DOUBT: SignedDuration = SignedDuration::from_secs(20);
/// The number of tries of an uncertain message.
pub const DOUBTFUL_TRIES: u32 = 2;
/// Error code of a message whose delivery stayed unknown. A delivery report may still prove that it arrived.
pub const IN_DOUBT: &str = "in_doubt";

/// The messages to send now.
#[derive(Debug, Default)]
pub struct Claimed {
    pub messages: Vec<Outbound>,
    /// Messages in a form unknown to this version: they can't be sent, and those behind them wait.
    pub unreadable: Vec<(OutboundId, ConversationId)>,
}

/// The order in which due messages go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// In the order in which they were written.
    Written,
    /// The longest untried first: as probes, so that one message refused for its own sake does not stand for all.
    Tried,
}

/// Claims the oldest unsent message of each conversation, at most `limit`; a file holds back nothing behind it. A
/// non-critical one whose sender died half-way becomes `uncertain` instead of going out twice.
pub fn claim(
    tx: &mut WriteTx<'_>,
    lease: impl Fn(&Message) -> SignedDuration,
    limit: u32,
    order: Order,
) -> Result<Claimed, StoreError> {
    let now = tx.now();
    tx.run(DOUBT_THE_LAPSED, [now.as_millisecond(), (now + DOUBT).as_millisecond()])?;
    tx.run(TRY_THE_DOUBTFUL, params![now.as_millisecond(), DOUBTFUL_TRIES])?;
    let mut claimed = Claimed::default();
    let found = all(
        tx,
        "SELECT * FROM outbound m
         WHERE m.state IN ('queued', 'sending') AND m.run_at <= ?1
           AND (m.leased_until IS NULL OR m.leased_until <= ?1)
           AND NOT EXISTS (SELECT 1 FROM outbound o WHERE o.conversation_id = m.conversation_id AND o.id < m.id
                           AND o.state IN ('queued', 'sending') AND o.kind NOT IN ('document', 'image', 'file', 'audio'))
         ORDER BY CASE WHEN ?3 THEN m.run_at ELSE 0 END, m.id LIMIT ?2",
        params![now.as_millisecond(), limit, order == Order::Tried],
        |row| Ok(outbound(row)?.ok_or((OutboundId(row.get("id")?), ConversationId(row.get("conversation_id")?)))),
    )?;
    for message in found {
        match message {
            Err(unreadable) => claimed.unreadable.push(unreadable),
            Ok(message) => {
                tx.run(
                    "UPDATE outbound SET state = 'sending', attempts = attempts + 1, leased_until = ?2
                     WHERE id = ?1",
                    params![message.id.0, (now + lease(&message.message)).as_millisecond()],
                )?;
                claimed.messages.push(Outbound { attempts: message.attempts + 1, ..message });
            }
        }
    }
    Ok(claimed)
}

/// Uncertain messages without retries left and without a report, each with its conversation.
pub fn hopeless(tx: &impl Read) -> Result<Vec<(OutboundId, ConversationId)>, StoreError> {
    all(tx, HOPELESS, params![tx.now().as_millisecond(), DOUBTFUL_TRIES], |row| {
        Ok((OutboundId(row.get("id")?), ConversationId(row.get("conversation_id")?)))
    })
}

// Each asks first for what the index of unfinished messages holds, and names that index: SQLite does not see that
// one of its three states is among them, and would read every message ever sent.
pub(super) const DOUBT_THE_LAPSED: &str = "UPDATE outbound INDEXED BY outbound_due
     SET state = 'uncertain', leased_until = NULL, run_at = ?2, doubts = doubts + 1
     WHERE state IN ('queued', 'sending', 'uncertain') AND state = 'sending' AND critical = 0
       AND leased_until <= ?1";
pub(super) const TRY_THE_DOUBTFUL: &str =
    "UPDATE outbound INDEXED BY outbound_due SET state = 'queued'
     WHERE state IN ('queued', 'sending', 'uncertain') AND state = 'uncertain' AND run_at <= ?1 AND doubts < ?2";
pub(super) const HOPELESS: &str =
    "SELECT id, conversation_id FROM outbound INDEXED BY outbound_due
     WHERE state IN ('queued', 'sending', 'uncertain') AND state = 'uncertain' AND run_at <= ?1 AND doubts >= ?2";

pub(super) const AGED: &str = "SELECT id, conversation_id, error_code FROM outbound INDEXED BY outbound_due
     WHERE state IN ('queued', 'sending', 'uncertain') AND state = 'queued' AND error_code IS NOT NULL
       AND created_at <= CASE critical WHEN 0 THEN ?1 ELSE ?2 END";

/// Messages that were tried and exceed their age limit (critical ones have their own), each with its conversation and
/// the code of its last try.
pub fn aged(
    tx: &impl Read,
    chatter: SignedDuration,
    critical: SignedDuration,
) -> Result<Vec<(OutboundId, ConversationId, String)>, StoreError> {
    let before = |age: SignedDuration| (tx.now() - age).as_millisecond();
    all(tx, AGED, [before(chatter), before(critical)], |row| {
        let conversation = ConversationId(row.get("conversation_id")?);
        Ok((OutboundId(row.get("id")?), conversation, row.get("error_code")?))
    })
}

/// When there is next something to do: a message due, a lease that ends, or a doubt that ends.
pub fn next_due(tx: &impl Read) -> Result<Option<Timestamp>, StoreError> {
    let found = one(tx, NEXT_DUE, [], |row| instant_or_none(row, "at"))?;
    Ok(found.flatten())
}

/// Reads only the index of unfinished messages.
pub(super) const NEXT_DUE: &str =
    "SELECT min(CASE state WHEN 'sending' THEN coalesce(leased_until, run_at) ELSE run_at END) AS at
     FROM outbound WHERE state IN ('queued', 'sending', 'uncertain')";

/// Records WhatsApp's id of an accepted message.
pub fn accepted(tx: &mut WriteTx<'_>, id: OutboundId, external_id: &str) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "UPDATE outbound SET external_id = ?2, sent_at = ?3, leased_until = NULL,
                state = CASE state WHEN 'sending' THEN 'sent' ELSE state END
         WHERE id = ?1",
        params![id.0, external_id, now],
    )?;
    Ok(())
}

/// Records the id of a message sent from elsewhere (the owner's phone).
pub fn sent_elsewhere(tx: &mut WriteTx<'_>, id: OutboundId, external_id: &str) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "UPDATE outbound SET state = 'sent', external_id = ?2, sent_at = ?3 WHERE id = ?1",
        params![id.0, external_id, now],
    )?;
    Ok(())
}

/// Releases it for a retry at `at`.
pub fn retry(tx: &mut WriteTx<'_>, id: OutboundId, at: Timestamp, code: &str) -> Result<(), StoreError> {
    tx.run(
        "UPDATE outbound SET state = 'queued', run_at = ?2, error_code = ?3, leased_until = NULL
         WHERE id = ?1 AND state = 'sending'",
        params![id.0, at.as_millisecond(), code],
    )?;
    Ok(())
}

/// Releases it until its provider is back; this try does not count.
pub fn put_back(tx: &mut WriteTx<'_>, id: OutboundId, code: &str) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "UPDATE outbound SET state = 'queued', run_at = ?2, error_code = ?3, leased_until = NULL,
                attempts = max(attempts - 1, 0)
         WHERE id = ?1 AND state = 'sending'",
        params![id.0, now, code],
    )?;
    Ok(())
}

/// Marks it uncertain: a delivery report decides, or [`DOUBT`] passes.
pub fn uncertain(tx: &mut WriteTx<'_>, id: OutboundId, code: &str) -> Result<(), StoreError> {
    let again = tx.now() + DOUBT;
    tx.run(
        "UPDATE outbound SET state = 'uncertain', error_code = ?2, leased_until = NULL, run_at = ?3,
                doubts = doubts + 1
         WHERE id = ?1 AND state = 'sending'",
        params![id.0, code, again.as_millisecond()],
    )?;
    Ok(())
}

pub fn failed(tx: &mut WriteTx<'_>, id: OutboundId, code: &str) -> Result<(), StoreError> {
    tx.run(
        "UPDATE outbound SET state = 'failed', error_code = ?2, leased_until = NULL WHERE id = ?1",
        params![id.0, code],
    )?;
    Ok(())
}

/// The progress in a delivery report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    Sent,
    Delivered,
    Read,
    /// Will never arrive.
    Failed,
}

impl Progress {
    fn code(self) -> &'static str {
        match self {
            Progress::Sent => "sent",
            Progress::Delivered => "delivered",
            Progress::Read => "read",
            Progress::Failed => "failed",
        }
    }

    /// The states that this progress supersedes; reports come in any order.
    fn below(self) -> &'static str {
        match self {
            Progress::Sent => "queued sending uncertain",
            Progress::Delivered => "queued sending uncertain sent",
            Progress::Read => "queued sending uncertain sent delivered",
            Progress::Failed => "queued sending uncertain sent",
        }
    }
}

#[derive(Debug, Clone)]
pub struct Report<'a> {
    /// WhatsApp's id of the message.
    pub external_id: &'a str,
    pub tag: Option<&'a str>,
    pub progress: Progress,
    /// WhatsApp's error code, on failure.
    pub error_code: Option<String>,
    pub billable: Option<bool>,
    pub category: Option<&'a str>,
}

/// Applies a delivery report; answers the message it moved, `None` when the message is unknown or was further
/// already, or when a retry replaced the reported try.
pub fn report(tx: &mut WriteTx<'_>, report: &Report<'_>) -> Result<Option<OutboundId>, StoreError> {
    let superseded = "SELECT 1 FROM outbound_superseded WHERE external_id = ?1";
    if one(tx, superseded, [report.external_id], |_| Ok(()))?.is_some() {
        return Ok(None);
    }
    let id = one(
        tx,
        "SELECT id FROM outbound WHERE external_id = ?1 OR (external_id IS NULL AND tag = ?2)",
        params![report.external_id, report.tag],
        |row| Ok(row.get::<_, i64>(0)?),
    )?;
    let Some(id) = id else { return Ok(None) };
    let moved = tx.run(
        "UPDATE outbound SET state = :state, external_id = coalesce(external_id, :external),
                error_code = coalesce(:error, error_code), billable = coalesce(:billable, billable),
                category = coalesce(:category, category), leased_until = NULL
         WHERE id = :id AND (instr(:from, state) > 0
                             OR (state = 'failed' AND :state <> 'failed' AND error_code = :in_doubt))",
        named_params! {
            ":state": report.progress.code(), ":external": report.external_id, ":error": report.error_code,
            ":billable": report.billable, ":category": report.category, ":id": id,
            ":from": report.progress.below(), ":in_doubt": IN_DOUBT,
        },
    )?;
    Ok((moved > 0).then_some(OutboundId(id)))
}

pub fn find(tx: &impl Read, id: OutboundId) -> Result<Option<Outbound>, StoreError> {
    Ok(one(tx, "SELECT * FROM outbound WHERE id = ?1", [id.0], outbound)?.flatten())
}

/// Queues a failed message again, to be sent from `at` on in this form (a template after the window closed, or the
/// same words). Later reports of the failed try change nothing.
pub fn requeue(
    tx: &mut WriteTx<'_>,
    id: OutboundId,
    message: &Message,
    at: Timestamp,
    code: &str,
) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO outbound_superseded (external_id, outbound_id)
         SELECT external_id, id FROM outbound WHERE id = ?1 AND external_id IS NOT NULL ON CONFLICT DO NOTHING",
        [id.0],
    )?;
    tx.run(
        "UPDATE outbound SET state = 'queued', kind = ?2, message = ?3, run_at = ?4, error_code = ?5,
                leased_until = NULL, external_id = NULL
         WHERE id = ?1",
        params![id.0, message.kind(), to_json(message), at.as_millisecond(), code],
    )?;
    Ok(())
}

/// Whether a message with this once-key was queued.
pub fn was_said(tx: &impl Read, once_key: &str) -> Result<bool, StoreError> {
    Ok(one(tx, "SELECT 1 FROM outbound WHERE once_key = ?1", [once_key], |_| Ok(()))?.is_some())
}

/// The number of messages that wait to be sent.
pub fn pending(tx: &impl Read) -> Result<u64, StoreError> {
    let count = one(tx, "SELECT count(*) FROM outbound WHERE state IN ('queued', 'sending')", [], |row| {
        Ok(row.get::<_, i64>(0)?)
    })?;
    Ok(count.unwrap_or(0).unsigned_abs())
}

/// `None` when its message is in a form unknown to this version.
fn outbound(row: &Row<'_>) -> Result<Option<Outbound>, StoreError> {
    let Ok(message) = serde_json::from_str(row.text("message")?) else { return Ok(None) };
    Ok(Some(Outbound {
        id: OutboundId(row.get("id")?),
        conversation_id: ConversationId(row.get("conversation_id")?),
        answers: row.get::<_, Option<i64>>("answers_id")?.map(InboundId),
        message,
        // Of another version, or from before there were purposes: any news.
        purpose: row
            .get::<_, Option<String>>("purpose")?
            .and_then(|code| code.parse().ok())
            .unwrap_or(TemplatePurpose::Notice),
        critical: row.get("critical")?,
        by_person: row.text("author")? == "person",
        tag: row.get("tag")?,
        attempts: row.get("attempts")?,
        created_at: instant(row, "created_at")?,
        sent_at: instant_or_none(row, "sent_at")?,
    }))
}
