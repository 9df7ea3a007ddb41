//! The heartbeat, and the report after an outage: once all that was missed is caught up with, the owner is
//! told how long the server was down, what was caught up with, and what is left for a person.

use super::{App, AppContext, Error, notify};
use crate::dialogue::{Absence, Notice};
use crate::store::operations::{self, CaughtUp, Outage};
use crate::store::{Read, StoreError, WriteTx};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;

/// Shortest outage that is reported: a restart or an upgrade takes less.
const SILENCE_MIN: SignedDuration = SignedDuration::from_mins(10);
/// Earliest report after the start: providers repeat what we missed, and payments are swept.
const SETTLE: SignedDuration = SignedDuration::from_mins(2);
/// Latest report after the start, even if something is still behind: that is news too.
const REPORT_BY: SignedDuration = SignedDuration::from_mins(30);
/// How long the report is shown on the owner's first page.
pub const SHOWN_FOR: SignedDuration = SignedDuration::from_hours(24);

/// The first write of a start: records the length of the outage. A clock that was set back is none.
pub async fn open(app: &App) -> Result<(), StoreError> {
    app.store
        .write(|tx| {
            if let Some(last) = operations::last_beat(tx)? {
                let silence = tx.now().duration_since(last);
                if silence >= SILENCE_MIN {
                    operations::was_out(tx, last)?;
                }
                if silence.is_negative() {
                    operations::clock_set_back(tx, silence.abs())?;
                }
            }
            operations::beat(tx)
        })
        .await
}

/// Time of the last heartbeat of this database, if somebody else may have sold, confirmed or been paid since: it comes
/// from an older copy (`casero restore` says so in the audit trail), or was not in use for a while (a copy put in place
/// by hand looks the same). To be asked before the first heartbeat of this start.
pub async fn unseen_since(app: &App) -> Result<Option<Timestamp>, StoreError> {
    app.store
        .read(|tx| {
            let Some(last) = operations::last_beat(tx)? else { return Ok(None) };
            let silent = tx.now().duration_since(last) >= SILENCE_MIN;
            Ok((silent || operations::was_restored_since(tx, last)?).then_some(last))
        })
        .await
}

/// Releases all leases before the tasks start: a killed process may have held some.
pub async fn end_leases(app: &App) -> Result<(), StoreError> {
    app.store.write(operations::end_leases).await
}

/// Writes the heartbeat.
pub async fn beat(app: &App) -> Result<(), StoreError> {
    app.store.write(operations::beat).await
}

/// Brings due times nearer after the clock was set back while running.
pub async fn clock_set_back(app: &App, by: SignedDuration) -> Result<(), StoreError> {
    app.store.write(move |tx| operations::clock_set_back(tx, by)).await
}

/// Reports an outage, if a report is due.
pub async fn report_when_due(app: &App) -> Result<(), Error> {
    if app.store.read(|tx| due(tx)).await?.is_none() {
        return Ok(());
    }
    let context = Arc::clone(&app.context);
    app.store
        .write(move |tx| match due(tx)? {
            Some((outage, found)) => report(tx, &context, &outage, &found),
            None => Ok(()),
        })
        .await?;
    app.wake.outbox.notify_one();
    Ok(())
}

/// An outage in the form of the owner's notice.
pub fn absence(outage: &Outage, found: CaughtUp) -> Absence {
    let minutes = outage.ended_at.duration_since(outage.began_at).as_mins();
    Absence {
        minutes: u32::try_from(minutes).unwrap_or(u32::MAX),
        messages: found.messages,
        payments: found.payments,
        calendars: found.calendars,
        behind: found.behind,
        attention_items: found.attention_items,
    }
}

fn due(tx: &impl Read) -> Result<Option<(Outage, CaughtUp)>, Error> {
    let Some(outage) = operations::unreported(tx)? else { return Ok(None) };
    let since = tx.now().duration_since(outage.ended_at);
    let found = operations::caught_up(tx, &outage)?;
    let ready = since >= REPORT_BY || (since >= SETTLE && found.behind == 0);
    Ok(ready.then_some((outage, found)))
}

fn report(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    outage: &Outage,
    found: &CaughtUp,
) -> Result<(), Error> {
    operations::report(tx, outage.id, found)?;
    let key = format!("owner:outage:{}", outage.id);
    notify::owner_once(tx, context, &Notice::BackHome(absence(outage, *found)), &key)
}
