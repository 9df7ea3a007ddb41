//! Data of a report, read in one snapshot.

use crate::app::AppContext;
use crate::domain::message_cost;
use crate::domain::report::Report;
use crate::store::conversations::{self, Conversion};
use crate::store::reservations::{self, Filter};
use crate::store::{Read, StoreError, cabins, volume};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

/// Months of a report.
const MONTHS: u8 = 12;

/// Reservations that a report reads: more than fifty cabins have in a year.
const RESERVATIONS_MAX: u32 = 50_000;

/// Data of a report.
pub(super) struct Facts {
    pub(super) report: Report,
    pub(super) cabins: Vec<(i64, String)>,
    pub(super) conversion: Conversion,
    pub(super) messages: Vec<Messages>,
}

/// Messages of a month and their estimated cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Messages {
    pub(super) first: Date,
    pub(super) sent: u64,
    pub(super) cost_cents: u64,
}

pub(super) fn load(tx: &impl Read, context: &AppContext, year: i16) -> Result<Facts, StoreError> {
    let first = Date::new(year, 1, 1).unwrap_or(context.moment(tx).today());
    let end = first.saturating_add(i64::from(MONTHS).months());
    let filter = Filter { from: Some(first), to: Some(end), limit: RESERVATIONS_MAX, ..Filter::default() };
    let stays = reservations::list(tx, &filter)?.0;
    let known = cabins::list(tx)?;
    let active = known.iter().filter(|cabin| cabin.active).count();
    let moment = context.moment(tx);
    let begin = |day: Date| {
        day.to_zoned_datetime(context.zone.clone()).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
    };
    let months = (0..MONTHS).map(|month| first.saturating_add(i64::from(month).months()));
    let messages = months.map(|first| {
        let rows = volume::sent(tx, begin(first), begin(first.saturating_add(1.month())))?;
        let sum = |template: bool| {
            rows.iter().filter(|row| (row.kind == "template") == template).map(|row| row.sent).sum::<u64>()
        };
        let cost_cents = message_cost::estimate_cents(sum(false), sum(true));
        Ok::<_, StoreError>(Messages { first, sent: sum(false) + sum(true), cost_cents })
    });
    Ok(Facts {
        report: Report::of(first, MONTHS, active, &stays, &moment),
        cabins: known.into_iter().map(|cabin| (cabin.id.0, cabin.name)).collect(),
        conversion: conversations::conversion(tx, begin(first), begin(end))?,
        messages: messages.collect::<Result<_, _>>()?,
    })
}
