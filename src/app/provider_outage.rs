//! Outages of providers: listed once with their cause, reported to the owner, and ended by the first call
//! that succeeds, which makes all waiting work due.

use super::{Error, notify};
use crate::domain::attention::{AttentionItem, AttentionKind, Unusable};
use crate::domain::job::JobKind;
use crate::domain::provider::{OutageCause, Provider};
use crate::ports::error::PortError;
use crate::ports::whatsapp::PAIR_RATE;
use crate::store::provider_outages::{self, New};
use crate::store::{Read, WriteTx, attention, jobs, outbox};
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use strum::VariantArray;

/// Interval between probes during an outage.
pub const PROBE_EVERY: SignedDuration = SignedDuration::from_secs(60);
/// Outage after which the owner is told. A refused account is reported at once.
const TOLD_AFTER: SignedDuration = SignedDuration::from_mins(10);

/// Begins an outage when this failure means one: the account is refused, or the circuit breaker is open.
/// During an outage any transient failure prolongs it. `false` for a failure that is about one call.
pub fn begin_if_unusable(
    tx: &mut WriteTx<'_>,
    provider: Provider,
    error: &PortError,
    by_report: bool,
) -> Result<bool, Error> {
    let known = provider_outages::find(tx, provider)?;
    let (cause, pause) = match error {
        PortError::Account { cause, .. } => (*cause, PROBE_EVERY),
        PortError::Open(after) => (OutageCause::Unreachable, probe_pause(Some(*after))),
        PortError::Transient { after, code } if known.is_some() && code != PAIR_RATE => {
            (OutageCause::Unreachable, probe_pause(*after))
        }
        PortError::Transient { .. } | PortError::Permanent { .. } | PortError::Off => return Ok(false),
    };
    let probe_at = tx.now() + pause;
    provider_outages::begin(tx, &New { provider, cause, code: error.code(), probe_at, by_report })?;
    let since = known.map_or(tx.now(), |outage| outage.since);
    if cause != OutageCause::Unreachable || tx.now().duration_since(since) >= TOLD_AFTER {
        let unusable = Unusable {
            provider: provider.code().to_owned(),
            cause: cause.code().to_owned(),
            code: error.code().to_owned(),
        };
        let item = AttentionItem::ProviderOutage(unusable);
        notify::failing(tx, &attention::New::of(item, provider.code()))?;
    }
    Ok(true)
}

fn probe_pause(after: Option<Duration>) -> SignedDuration {
    after.and_then(|after| SignedDuration::try_from(after).ok()).unwrap_or(PROBE_EVERY).min(PROBE_EVERY)
}

/// Admission of calls to a provider: all, one probe (the next one waits its turn), or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    Open,
    Probe,
    Closed,
}

pub fn admit(tx: &mut WriteTx<'_>, provider: Provider) -> Result<Admission, Error> {
    let now = tx.now();
    Ok(match provider_outages::find(tx, provider)? {
        None => Admission::Open,
        Some(outage) if outage.probe_at <= now => {
            provider_outages::probe_again(tx, provider, now + PROBE_EVERY)?;
            Admission::Probe
        }
        Some(_) => Admission::Closed,
    })
}

/// Ends an outage, if there is one, and makes the waiting work due.
fn end(tx: &mut WriteTx<'_>, provider: Provider) -> Result<(), Error> {
    if !provider_outages::end(tx, provider)? {
        return Ok(());
    }
    attention::settle(tx, AttentionKind::ProviderOutage, provider.code())?;
    match provider {
        Provider::Whatsapp => outbox::hasten(tx, PAIR_RATE)?,
        Provider::Mercadopago => {
            for kind in JobKind::VARIANTS.iter().filter(|kind| kind.provider() == Some(provider)) {
                jobs::hasten(tx, *kind)?;
            }
        }
    }
    Ok(())
}

/// A call succeeded, or was refused for its own content. An outage reported by delivery reports is only ended
/// by a delivery.
pub fn end_by_call(tx: &mut WriteTx<'_>, provider: Provider) -> Result<(), Error> {
    let outage = provider_outages::find(tx, provider)?;
    if outage.is_some_and(|outage| !outage.by_report) { end(tx, provider) } else { Ok(()) }
}

/// The same for a delivery: it ends an outage only if it was sent after the outage began.
pub fn end_by_report(tx: &mut WriteTx<'_>, sent_at: Option<Timestamp>) -> Result<(), Error> {
    let outage = provider_outages::find(tx, Provider::Whatsapp)?;
    if outage.is_some_and(|outage| sent_at.is_some_and(|sent_at| sent_at > outage.since)) {
        end(tx, Provider::Whatsapp)?;
    }
    Ok(())
}
