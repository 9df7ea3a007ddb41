//! Time of the instance's next work, found with a query of its own, so that a run neither misses due work nor
//! runs tasks in vain.

use jiff::Timestamp;
use rusqlite::Connection;

/// Rows that a task works off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    Outbound,
    Inbound,
    Jobs,
    Feeds,
    /// Holds and checkouts, which expire.
    Deadlines,
}

impl Rows {
    const ALL: [Rows; 5] = [Rows::Outbound, Rows::Inbound, Rows::Jobs, Rows::Feeds, Rows::Deadlines];
}

/// Due time of the first row of each kind, by the instance's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct NextEvent([Option<Timestamp>; Rows::ALL.len()]);

impl NextEvent {
    pub fn look(db: &Connection) -> Result<NextEvent, rusqlite::Error> {
        let mut statement = db.prepare_cached(
            "SELECT (SELECT max(min(max(run_at, coalesce(leased_until, 0))),
                                coalesce((SELECT probe_at FROM provider_outage WHERE provider = 'whatsapp'), 0))
                     FROM outbound WHERE state IN ('queued', 'sending', 'uncertain')),
                    (SELECT min(max(run_at, coalesce(leased_until, 0))) FROM inbound
                     WHERE state IN ('listen', 'ready')),
                    (SELECT min(max(run_at, coalesce(leased_until, 0))) FROM job),
                    (SELECT min(max(due_at, coalesce(leased_until, 0))) FROM feed
                     WHERE deleted_at IS NULL AND url <> ''),
                    (SELECT min(at) FROM (
                         SELECT min(expires_at) AS at FROM reservation WHERE status = 'pre_reserved'
                         UNION ALL SELECT min(check_at) FROM checkout WHERE check_at IS NOT NULL))",
        )?;
        statement.query_row([], |row| {
            let mut due = NextEvent::default();
            for rows in Rows::ALL {
                let at: Option<i64> = row.get(rows as usize)?;
                due.0[rows as usize] = at.and_then(|at| Timestamp::from_millisecond(at).ok());
            }
            Ok(due)
        })
    }

    /// The earliest of all.
    pub fn first(self) -> Option<Timestamp> {
        self.0.into_iter().flatten().min()
    }

    pub(super) fn is_due(self, rows: Rows, clock: Timestamp) -> bool {
        self.0[rows as usize].is_some_and(|at| at <= clock)
    }
}
