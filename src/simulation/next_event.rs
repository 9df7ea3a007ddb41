//! When the instance next has something to do: asked in one query of its own, so that a trial neither sleeps past
//! what is due nor runs tasks that would find nothing.

use jiff::Timestamp;
use rusqlite::Connection;

/// Rows that wait for somebody to work them off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    Outbound,
    Inbound,
    Jobs,
    Feeds,
    /// Holds and offers to pay, which the clock ends.
    Deadlines,
}

impl Rows {
    const ALL: [Rows; 5] = [Rows::Outbound, Rows::Inbound, Rows::Jobs, Rows::Feeds, Rows::Deadlines];
}

/// When the first of each kind of rows is due, by the instance's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct NextEvent([Option<Timestamp>; Rows::ALL.len()]);

impl NextEvent {
    pub fn look(db: &Connection) -> Result<NextEvent, rusqlite::Error> {
        let mut statement = db.prepare_cached(
            "SELECT (SELECT min(max(run_at, coalesce(leased_until, 0))) FROM outbound
                     WHERE state IN ('queued', 'sending', 'uncertain')),
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

    /// When the first of all is due.
    pub fn first(self) -> Option<Timestamp> {
        self.0.into_iter().flatten().min()
    }

    pub(super) fn is_due(self, rows: Rows, clock: Timestamp) -> bool {
        self.0[rows as usize].is_some_and(|at| at <= clock)
    }
}
