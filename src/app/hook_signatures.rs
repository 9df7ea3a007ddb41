//! Notifications with an invalid signature. A single one is a stranger's; several without a valid one mean
//! that the secret is wrong or that a proxy changes the signed content, and then bookings are confirmed late,
//! by polling alone.

use super::{App, Error, notify};
use crate::domain::attention::{AttentionItem, AttentionKind, Unsigned};
use crate::domain::provider::Provider;
use crate::store::{Read, WriteTx, attention, refused_signatures};
use jiff::SignedDuration;
use strum::VariantArray;

/// Refusals, without one valid signature, that are reported.
pub const REFUSED_MIN: u64 = 3;
/// Interval between two reports, against somebody who sends such on purpose.
const TOLD_EVERY: SignedDuration = SignedDuration::from_hours(24);

/// Counts whether the signature of a notification was valid.
pub fn note(app: &App, provider: Provider, held: bool) {
    if !held {
        metrics::counter!("hook_signatures_refused_total", "provider" => provider.code()).increment(1);
    }
    app.signatures.note(provider, held);
}

/// Stores the counts since the last check, and tells the owner when notifications are being lost.
pub async fn look(app: &App) -> Result<(), Error> {
    for provider in Provider::VARIANTS.iter().copied() {
        let (refused, held) = app.signatures.take(provider);
        if refused > 0 || held {
            app.store.write(move |tx| record(tx, provider, refused, held)).await?;
        }
    }
    Ok(())
}

fn record(tx: &mut WriteTx<'_>, provider: Provider, refused: u64, held: bool) -> Result<(), Error> {
    let subject = provider.code();
    if held {
        refused_signatures::clear(tx, provider)?;
        return Ok(attention::settle(tx, AttentionKind::SignaturesRefused, subject)?);
    }
    refused_signatures::add(tx, provider, refused)?;
    let known = refused_signatures::list(tx)?;
    let Some(known) = known.into_iter().find(|known| known.provider == provider) else { return Ok(()) };
    let since = tx.now() - TOLD_EVERY;
    let kind = AttentionKind::SignaturesRefused;
    if known.refused >= REFUSED_MIN && !attention::was_raised(tx, kind, subject, since)? {
        let unsigned = Unsigned { provider: subject.to_owned(), refused: known.refused };
        let item = AttentionItem::SignaturesRefused(unsigned);
        notify::failing(tx, &attention::New::of(item, subject))?;
    }
    Ok(())
}
