//! Recent service levels, from the rows: how long guests waited, and what failed.

use super::tx::{all, one};
use super::{Read, StoreError};
use jiff::{SignedDuration, Timestamp};

/// The newest answers read at most: a bound on the cost of a page.
const ANSWERS_MAX: u32 = 5000;

/// The 95th percentile of the wait for an answer to messages after `since`, from storing the message to WhatsApp's
/// acceptance. `None` when there were none.
pub fn wait_of_most(
    tx: &impl Read,
    since: Timestamp,
    voice: bool,
) -> Result<Option<SignedDuration>, StoreError> {
    let since = since.as_millisecond();
    let mut waits = all(
        tx,
        "SELECT (SELECT min(sent_at) FROM outbound WHERE answers_id = inbound.id) - received_at AS wait
         FROM inbound WHERE received_at >= ?1 AND (kind = 'audio') = ?2 AND state = 'done'
         ORDER BY id DESC LIMIT ?3",
        rusqlite::params![since, voice, ANSWERS_MAX],
        |row| Ok(row.get::<_, Option<i64>>("wait")?),
    )?
    .into_iter()
    .flatten()
    .collect::<Vec<_>>();
    waits.sort_unstable();
    // The smallest wait that at least 95 of 100 do not exceed.
    let place = (waits.len() * 95).div_ceil(100).checked_sub(1);
    Ok(place.and_then(|place| waits.get(place)).map(|wait| SignedDuration::from_millis((*wait).max(0))))
}

/// Messages since then, in and out, and how many of them failed for good.
pub fn messages_gone_wrong(tx: &impl Read, since: Timestamp) -> Result<(u64, u64), StoreError> {
    let found = one(
        tx,
        "SELECT count(*), coalesce(sum(wrong), 0) FROM (
             SELECT state = 'failed' AS wrong FROM inbound WHERE received_at >= ?1
             UNION ALL SELECT state = 'failed' FROM outbound WHERE created_at >= ?1)",
        [since.as_millisecond()],
        |row| Ok((row.get::<_, i64>(0)?.unsigned_abs(), row.get::<_, i64>(1)?.unsigned_abs())),
    )?;
    Ok(found.unwrap_or_default())
}
