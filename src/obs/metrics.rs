//! Metrics: the recorder, their descriptions and the Prometheus output.

use metrics::{describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

/// Buckets for durations from milliseconds to seconds.
const REQUEST_SECONDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
/// Buckets for the time that a guest waits for a reply.
const REPLY_SECONDS: [f64; 11] = [0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 15.0, 60.0];

/// Records and renders the metrics.
#[derive(Clone)]
pub struct Numbers(PrometheusHandle);

/// Installs the recorder. `None` when the process has one already (only in tests).
pub fn start() -> Option<Numbers> {
    let recorder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full("http_request_duration_seconds".into()), &REQUEST_SECONDS)
        .and_then(|b| b.set_buckets_for_metric(Matcher::Full("reply_seconds".into()), &REPLY_SECONDS))
        .and_then(|b| {
            b.set_buckets_for_metric(Matcher::Full("database_write_seconds".into()), &REQUEST_SECONDS)
        })
        .and_then(|b| b.set_buckets_for_metric(Matcher::Full("transcription_seconds".into()), &REPLY_SECONDS))
        .ok()?
        .build_recorder();
    let handle = recorder.handle();
    metrics::set_global_recorder(recorder).ok()?;
    describe();
    Some(Numbers(handle))
}

impl Numbers {
    /// Prometheus text (prometheus.io/docs/instrumenting/exposition_formats).
    pub fn render(&self) -> String {
        self.0.run_upkeep();
        self.0.render()
    }
}

/// Describes each metric, and creates the failure counters at the start: an alert on an absent counter never
/// fires.
fn describe() {
    describe_counter!("reservations_total", "Reservations that reached a status");
    describe_counter!("reservations_conflicts_total", "Nights sold here and by another channel");
    describe_counter!("reservation_lock_acquired_total", "Stays whose nights were taken");
    describe_counter!("reservation_lock_failed_total", "Stays refused because a night was taken");
    describe_counter!("holds_expired_total", "Holds that ran out");
    describe_gauge!("provider_outage_seconds", "Seconds that a provider is unusable; 0 when well");
    describe_gauge!("whatsapp_account_gaps", "What the WhatsApp account lacks, reviews left out");
    describe_counter!("hook_signatures_refused_total", "Notifications whose signature did not hold");
    describe_counter!("payment_hints_dropped_total", "Payments named without a signature and not looked at");
    describe_counter!("files_dropped_total", "Pictures and files that accompany words and could not be sent");
    describe_counter!("payments_foreign_total", "Payments of the account's other business");
    describe_gauge!("circuit_breaker_state", "0 closed, 1 open, 2 trying");
    describe_counter!("circuit_breaker_failures_total", "Calls that failed because of the service");
    describe_counter!("circuit_breaker_successes_total", "Calls that the service answered");
    describe_counter!("idempotency_hits_total", "Requests answered from a kept answer");
    describe_counter!("idempotency_misses_total", "Requests with a new key");
    describe_counter!("idempotency_expired_total", "Kept answers that were too old");
    describe_gauge!("ical_last_sync_age_minutes", "Minutes since a calendar was last read whole");
    describe_counter!("ical_sync_errors_total", "Calendar readings that failed");
    describe_counter!("http_requests_total", "Requests answered");
    describe_histogram!("http_request_duration_seconds", "Time to answer a request");
    describe_counter!("rate_limited_total", "Requests refused for their pace");
    describe_counter!("whatsapp_messages_total", "Messages in and out");
    describe_gauge!("outbox_pending", "Messages that wait to be sent");
    describe_gauge!("backup_age_hours", "Hours since the newest copy of the database was made");
    describe_counter!("payments_total", "Payments seen in a status");
    describe_histogram!("transcription_seconds", "Time to hear a voice note");
    describe_histogram!("reply_seconds", "From a guest's message to WhatsApp's acceptance of the reply");
    describe_gauge!("inbox_pending", "Messages that wait to be heard or answered");
    describe_gauge!("jobs_pending", "Work that waits");
    describe_gauge!("attention_open", "Matters that wait for a person");
    describe_gauge!("oldest_waiting_seconds", "Since when the oldest message waits to be answered or sent");
    describe_gauge!("writes_waiting", "Writes that wait for the database");
    describe_histogram!("database_write_seconds", "Time of the pulse's own write, the disk included");
    describe_gauge!("backup_drill_age_seconds", "Since when no copy was gone back to");
    describe_gauge!("backup_drill_ok", "Whether the last copy that was gone back to was good");
    describe_gauge!("disk_free_bytes", "Room left for the data folder");
    for name in [
        "reservations_conflicts_total",
        "reservation_lock_acquired_total",
        "reservation_lock_failed_total",
        "holds_expired_total",
        "idempotency_hits_total",
        "idempotency_misses_total",
        "idempotency_expired_total",
        "ical_sync_errors_total",
        "rate_limited_total",
    ] {
        metrics::counter!(name).absolute(0);
    }
    metrics::gauge!("outbox_pending").set(0.0);
}
