//! Metrics of the use-cases, in one place, under names that dashboards rely on. Requests, calendars and
//! provider calls have their own.
//!
//! Counters inside a transaction are raised before its commit. A failed commit is counted too: such a number
//! is for trends; the ledger and the audit trail are exact.

use super::{App, Error, account_state};
use crate::domain::channel::Channel;
use crate::domain::payment::PaymentStatus;
use crate::domain::provider::Provider;
use crate::domain::reservation::Status;
use crate::store::{attention, cabins, feeds, inbox, jobs, operations, outbox, provider_outages};
use strum::VariantArray;

/// A reservation was created, or its status changed.
pub fn reservation(channel: &Channel, status: Status) {
    let labels = [("channel", channel.to_string()), ("status", status.code().to_owned())];
    metrics::counter!("reservations_total", &labels).increment(1);
    if status == Status::Expired {
        metrics::counter!("holds_expired_total").increment(1);
    }
}

/// The nights of a stay were taken, or were not all free.
pub fn nights(taken: bool) {
    if taken {
        metrics::counter!("reservation_lock_acquired_total").increment(1);
    } else {
        metrics::counter!("reservation_lock_failed_total").increment(1);
    }
}

/// A stay was refused because its nights are taken.
pub fn conflict() {
    metrics::counter!("reservations_conflicts_total").increment(1);
}

pub fn message_in(kind: &'static str) {
    metrics::counter!("whatsapp_messages_total", "direction" => "in", "type" => kind).increment(1);
}

/// A message was accepted by WhatsApp.
pub fn message_out(kind: &'static str) {
    metrics::counter!("whatsapp_messages_total", "direction" => "out", "type" => kind).increment(1);
}

/// A payment was seen in a state that is new to us.
pub fn payment(status: PaymentStatus) {
    metrics::counter!("payments_total", "status" => status.code()).increment(1);
}

/// Sets the gauges that are measured only on request: queue lengths, waiting times and the age of each
/// calendar.
pub async fn measure(app: &App) -> Result<(), Error> {
    let account_id = app.ports.whatsapp_account.account_id();
    let read = app.store.read(move |tx| {
        let mut ages = Vec::new();
        for feed in feeds::list(tx)?.into_iter().filter(|feed| !feed.url.is_empty()) {
            let cabin = cabins::name(tx, feed.cabin_id)?.unwrap_or_default();
            let since = feed.last_read();
            ages.push((cabin, feed.channel, since));
        }
        let waits = [
            ("outbox_pending", outbox::pending(tx)?),
            ("inbox_pending", inbox::waiting(tx)?),
            ("jobs_pending", jobs::waiting(tx)?),
            ("attention_open", attention::count(tx)? as u64),
        ];
        let drilled = operations::last_drill(tx)?;
        let outages = provider_outages::list(tx)?;
        let gaps = account_state::state(tx, account_id)?.gaps();
        let gaps = gaps.iter().filter(|gap| !gap.is_waiting()).count();
        Ok::<_, Error>((ages, waits, operations::oldest_waiting(tx)?, drilled, outages, gaps))
    });
    let (ages, waits, oldest, drilled, outages, gaps) = read.await?;
    metrics::gauge!("whatsapp_account_gaps").set(gaps as f64);
    let now = app.ports.clock.now();
    let seconds = |since| now.duration_since(since).as_secs_f64().max(0.0);
    for (cabin, channel, since) in ages {
        metrics::gauge!("ical_last_sync_age_minutes", "cabin" => cabin, "channel" => channel.to_string())
            .set(seconds(since) / 60.0);
    }
    for provider in Provider::VARIANTS {
        let since = outages.iter().find(|outage| outage.provider == *provider).map(|outage| outage.since);
        metrics::gauge!("provider_outage_seconds", "provider" => provider.code())
            .set(since.map_or(0.0, seconds));
    }
    for (name, count) in waits {
        metrics::gauge!(name).set(f64::from(u32::try_from(count).unwrap_or(u32::MAX)));
    }
    metrics::gauge!("oldest_waiting_seconds").set(oldest.map_or(0.0, seconds));
    metrics::gauge!("writes_waiting").set(f64::from(u32::try_from(app.store.waiting()).unwrap_or(u32::MAX)));
    if let Some(drill) = drilled {
        metrics::gauge!("backup_drill_age_seconds").set(seconds(drill.at));
        metrics::gauge!("backup_drill_ok").set(f64::from(u8::from(drill.problem.is_empty())));
    }
    Ok(())
}
