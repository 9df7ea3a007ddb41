//! Occupancy and earnings.

use super::query;
use super::wire::Day;
use crate::domain::money::Currency;
use crate::domain::occupancy::Occupancy;
use crate::domain::pricing::LineKind;
use crate::store::{StoreError, cabins, reservations};
use crate::web::http_response::HttpResponse;
use crate::web::problem::{Problem, ProblemDocument};
use crate::web::state::Web;
use rocket::{State, get};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// Most reservations read for a report: more than a server has in the year that a report spans.
const RESERVATIONS_MAX: u32 = 50_000;

/// How full the property is between two days.
#[derive(Serialize, ToSchema)]
pub struct OccupancyReport {
    /// First night.
    from: Day,
    /// The day after the last night.
    to: Day,
    /// Nights that were sold.
    nights: i64,
    /// Nights that could be slept: active cabins times nights.
    nights_available: i64,
    /// The part that was sold, 0 to 1.
    #[schema(example = 0.4286)]
    occupancy: f64,
    /// What a sold night brought on average (ADR).
    adr_cents: i64,
    /// What an available night brought on average (RevPAR).
    revpar_cents: i64,
    /// Of the nights alone.
    revenue_cents: i64,
    /// ISO 4217 code.
    #[schema(value_type = String)]
    currency: Currency,
    /// The same by where guests came from.
    by_channel: Vec<ChannelReport>,
    /// Revenue by what it was charged for: nights by their dates, all else with the arrival.
    by_kind: Vec<KindReport>,
}

/// What one kind of line brought.
#[derive(Serialize, ToSchema)]
pub struct KindReport {
    /// `night`, `extra_guest`, `child`, `pet`, `cleaning`, `fee`, `discount`, `tax` or `adjustment`.
    #[schema(value_type = String)]
    kind: LineKind,
    /// Below zero for discounts.
    revenue_cents: i64,
}

/// What one channel brought.
#[derive(Serialize, ToSchema)]
pub struct ChannelReport {
    channel: String,
    /// Nights sold.
    nights: i64,
    revenue_cents: i64,
}

/// Occupancy and earnings of a range of at most a year.
#[utoipa::path(get, path = "/api/v1/reports/occupancy", tag = "reports", security(("bearer" = [])), params(
    ("from" = Day, Query, description = "First night"),
    ("to" = Day, Query, description = "The day after the last night"),
), responses(
    (status = 200, description = "The report", body = OccupancyReport),
    (status = 422, description = "The range can't be right", body = ProblemDocument),
))]
#[get("/reports/occupancy?<from>&<to>")]
pub async fn occupancy(
    web: &State<Arc<Web>>,
    from: Option<&str>,
    to: Option<&str>,
) -> Result<HttpResponse, Problem> {
    let range = query::stay(query::day("from", from)?, query::day("to", to)?)?;
    let read = web.app.store.read(move |tx| {
        let filter = reservations::Filter {
            from: Some(range.check_in()),
            to: Some(range.check_out()),
            limit: RESERVATIONS_MAX,
            ..reservations::Filter::default()
        };
        let active = cabins::list(tx)?.iter().filter(|cabin| cabin.active).count();
        Ok::<_, StoreError>((active, reservations::list(tx, &filter)?.0))
    });
    let (active, stays) = read.await?;
    let sum = Occupancy::of(range, active, &stays);
    let by_channel = sum.channels.iter().map(|(channel, sold)| ChannelReport {
        channel: channel.to_string(),
        nights: sold.nights,
        revenue_cents: sold.revenue_minor,
    });
    Ok(HttpResponse::ok(&OccupancyReport {
        from: Day(range.check_in()),
        to: Day(range.check_out()),
        nights: sum.nights_sold,
        nights_available: sum.nights_available,
        occupancy: f64::from(i32::try_from(sum.basis_points()).unwrap_or(i32::MAX)) / 10_000.0,
        adr_cents: sum.average_rate_minor(),
        revpar_cents: sum.revenue_per_available_minor(),
        revenue_cents: sum.revenue_minor,
        currency: web.app.context.currency,
        by_channel: by_channel.collect(),
        by_kind: sum
            .kinds
            .iter()
            .map(|(kind, minor)| KindReport { kind: *kind, revenue_cents: *minor })
            .collect(),
    }))
}
