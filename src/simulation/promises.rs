//! Promises to the guest, in messages: none stays behind while its provider is well, none contradicts another.

use super::broken::Broken;
use super::faults::Party;
use super::world::World;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension};

/// Longest time that a message may wait.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// How long a provider must be well before everything that waited for it is out: a probe a minute, a process that may
/// be down for an hour, and a step that may be late.
const RECOVERY: SignedDuration = SignedDuration::from_hours(8);

/// No message is unsent for a day while WhatsApp is well. One that was given up for its age is no longer waiting.
pub(super) fn messages_go_out(db: &Connection, world: &World, clock: Timestamp) -> Result<(), Broken> {
    let well = world.faults.well_since(Party::WhatsApp).is_none_or(|since| since + RECOVERY < world.now);
    if !well || world.disk_is_full {
        return Ok(());
    }
    let mut waiting = db.prepare_cached(
        "SELECT 'outbound ' || id || ' ' || state || ' ' || coalesce(error_code, '') FROM outbound
         WHERE state IN ('queued', 'sending', 'uncertain') AND created_at < ?1 LIMIT 1",
    )?;
    let old = (clock - DAY).as_millisecond();
    match waiting.query_row([old], |row| row.get::<_, String>(0)).optional()? {
        Some(row) => Err(Broken::new("no message is unsent for a day while its provider is well", row)),
        None => Ok(()),
    }
}

/// Who was promised a person has a notice to the owner about a matter that was open then. Looks at messages after
/// `known`; answers the last one.
pub(super) fn a_person_is_told(db: &Connection, known: i64) -> Result<i64, Broken> {
    let last: i64 =
        db.prepare_cached("SELECT coalesce(max(id), 0) FROM outbound")?.query_row([], |row| row.get(0))?;
    if last == known {
        return Ok(known);
    }
    let mut untold = db.prepare_cached(
        "SELECT o.id || ': ' || o.body FROM outbound o JOIN conversation c ON c.id = o.conversation_id
         WHERE o.id > ?1 AND o.author = 'bot'
           AND (o.body LIKE '%persona a cargo%' OR o.body LIKE '%avisé a una persona%' OR o.body LIKE '%lo pregunté%'
                OR o.body LIKE '%pessoa responsável%' OR o.body LIKE '%avisei uma pessoa%'
                OR o.body LIKE '%person in charge%' OR o.body LIKE '%told someone%')
           AND NOT EXISTS (SELECT 1 FROM notice n JOIN attention a ON a.id = n.attention_id
                           LEFT JOIN reservation r ON r.id = a.reservation_id
                           WHERE (a.conversation_id = o.conversation_id OR r.guest_id = c.guest_id)
                             AND (a.resolved_at IS NULL OR a.resolved_at >= o.created_at)) LIMIT 1",
    )?;
    match untold.query_row([known], |row| row.get::<_, String>(0)).optional()? {
        Some(message) => Err(Broken::new("who is promised a person has a notice to the owner", message)),
        None => Ok(last),
    }
}

/// A yes that follows a lapse is explained before. Looks at messages after `known`; answers the last one.
pub(super) fn lapse_and_yes(db: &Connection, known: i64) -> Result<i64, Broken> {
    let last: i64 =
        db.prepare_cached("SELECT coalesce(max(id), 0) FROM outbound")?.query_row([], |row| row.get(0))?;
    if last == known {
        return Ok(known);
    }
    let mut both = db.prepare_cached(
        "SELECT yes.once_key FROM outbound yes
         JOIN outbound lapse ON lapse.once_key = replace(yes.once_key, ':confirmed#', ':expired#')
         WHERE yes.id > ?1 AND yes.once_key GLOB '*:confirmed#0' AND lapse.id < yes.id
           AND NOT EXISTS (SELECT 1 FROM outbound word
                           WHERE word.once_key = replace(yes.once_key, ':confirmed#', ':revived#')
                             AND word.id > lapse.id AND word.id < yes.id) LIMIT 1",
    )?;
    match both.query_row([known], |row| row.get::<_, String>(0)).optional()? {
        Some(key) => {
            let rule = "no guest is told that a hold lapsed and that it is confirmed without a word between";
            Err(Broken::new(rule, key))
        }
        None => Ok(last),
    }
}
