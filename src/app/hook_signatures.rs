//! Notifications whose signature does not hold. One is a stranger's; a row of them without one that holds means that
//! the secret is wrong or that a proxy changes what was signed, and then bookings are confirmed late by asking alone.

use super::{App, Error};
use crate::domain::attention::{AttentionItem, AttentionKind, Unsigned};
use crate::domain::provider::Provider;
use crate::store::{Read, WriteTx, attention, refused_signatures};
use jiff::SignedDuration;
use strum::VariantArray;

/// As many refusals without one signature that holds are no stranger's.
pub const REFUSED_MIN: u64 = 3;
/// Who sends such on purpose makes one item of it in this time.
const TOLD_EVERY: SignedDuration = SignedDuration::from_hours(24);

/// Notes whether the signature of a notification held.
pub fn note(app: &App, provider: Provider, held: bool) {
    if !held {
        metrics::counter!("hook_signatures_refused_total", "provider" => provider.code()).increment(1);
    }
    app.signatures.note(provider, held);
}

/// Keeps what was counted since the last look, and tells the owner when it means that notifications are lost.
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
        attention::raise(tx, &attention::New::of(AttentionItem::SignaturesRefused(unsigned), subject))?;
    }
    Ok(())
}
