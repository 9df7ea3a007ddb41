//! Answers to the owner's questions: arrivals and departures, occupancy, free nights, open attention items.

use super::people::guest_of;
use crate::app::notify::called;
use crate::app::{AppContext, Error, quote, stay_view};
use crate::dialogue::owner::{AttentionItem, Days, GuestBooking, OwnerSay, Search};
use crate::domain::cabin::Cabin;
use crate::domain::money::Money;
use crate::domain::occupancy::Occupancy;
use crate::domain::party::Party;
use crate::domain::reservation::{Reservation, Status};
use crate::domain::stay::Stay;
use crate::store::{Read, StoreError, attention, guests, reservations};
use jiff::ToSpan;
use jiff::civil::Date;

/// Lines of one answer; the admin page shows more.
const LINES_MAX: usize = 12;
/// Days of arrivals and departures in one answer.
const DAYS_MAX: i32 = 31;
/// Reservations read for one answer: more than a server has in a year.
const RESERVATIONS_MAX: u32 = 50_000;

pub(super) fn arriving(tx: &impl Read, days: Days) -> Result<Vec<GuestBooking>, Error> {
    each_day(tx, days, |tx, day| reservations::arriving(tx, day))
}

pub(super) fn departing(tx: &impl Read, days: Days) -> Result<Vec<GuestBooking>, Error> {
    each_day(tx, days, |tx, day| reservations::departing(tx, day))
}

fn each_day<T: Read>(
    tx: &T,
    days: Days,
    of_day: impl Fn(&T, Date) -> Result<Vec<Reservation>, StoreError>,
) -> Result<Vec<GuestBooking>, Error> {
    let mut rows = Vec::new();
    let last = days.to.min(days.from.saturating_add(DAYS_MAX.days()));
    for day in days.from.series(1.day()).take_while(|day| *day <= last) {
        for reservation in of_day(tx, day)? {
            rows.push(row(tx, &reservation)?);
        }
    }
    rows.truncate(LINES_MAX);
    Ok(rows)
}

pub(super) fn occupancy(
    tx: &impl Read,
    context: &AppContext,
    active: usize,
    nights: Stay,
) -> Result<OwnerSay, Error> {
    let filter = reservations::Filter {
        from: Some(nights.check_in()),
        to: Some(nights.check_out()),
        limit: RESERVATIONS_MAX,
        ..reservations::Filter::default()
    };
    let sum = Occupancy::of(nights, active, &reservations::list(tx, &filter)?.0);
    Ok(OwnerSay::Occupancy {
        nights,
        sold: sum.nights_sold,
        available: sum.nights_available,
        basis_points: sum.basis_points(),
        revenue: Money::new(sum.revenue_minor, context.currency),
    })
}

/// Free cabins, priced for full occupancy: the owner can price the rest.
pub(super) fn availability(
    tx: &impl Read,
    context: &AppContext,
    cabins: &[Cabin],
    stay: Stay,
) -> Result<OwnerSay, Error> {
    let (mut free, mut taken) = (Vec::new(), Vec::new());
    for cabin in cabins {
        let answers = quote::all(tx, context, stay, Party::of_adults(cabin.capacity))?;
        let own = answers.into_iter().find(|answer| answer.cabin.id == cabin.id);
        match own.and_then(|answer| answer.outcome.ok()) {
            Some(price) => free.push((cabin.name.clone(), price.total)),
            None => taken.push(cabin.name.clone()),
        }
    }
    Ok(OwnerSay::Availability { stay, free, taken })
}

pub(super) fn bookings(tx: &impl Read, context: &AppContext, search: Search) -> Result<OwnerSay, Error> {
    if let Search::Code(code) = &search {
        let found = reservations::find_by_code(tx, code)?;
        let rows = found.iter().map(|found| row(tx, found)).collect::<Result<Vec<_>, _>>()?;
        return Ok(OwnerSay::Bookings { total: rows.len() as u64, rows });
    }
    let today = context.moment(tx).today();
    let mut filter = reservations::Filter { limit: RESERVATIONS_MAX, ..reservations::Filter::default() };
    match search {
        Search::Name(name) => filter.text = Some(name),
        Search::Next | Search::Code(_) => filter.from = Some(today),
    }
    let (mut found, _) = reservations::list(tx, &filter)?;
    // Cancelled ones are left out; coming ones stand first.
    found.retain(|found| match found.status {
        Status::PreReserved => !found.has_lapsed(tx.now()),
        Status::Confirmed | Status::CheckedIn | Status::CheckedOut => true,
        Status::Cancelled | Status::Expired | Status::NoShow => false,
    });
    found.sort_by_key(|found| (found.stay.check_out() <= today, found.stay));
    let total = found.len() as u64;
    found.truncate(LINES_MAX);
    let rows = found.iter().map(|found| row(tx, found)).collect::<Result<Vec<_>, _>>()?;
    Ok(OwnerSay::Bookings { rows, total })
}

pub(super) fn pending(tx: &impl Read, context: &AppContext) -> Result<OwnerSay, Error> {
    let (attention_items, total) = open_attention(tx, LINES_MAX)?;
    Ok(OwnerSay::Pending { attention_items, total, url: context.admin_url() })
}

/// The oldest open attention items, and the number of all.
pub(in crate::app) fn open_attention(
    tx: &impl Read,
    most: usize,
) -> Result<(Vec<AttentionItem>, usize), Error> {
    let open = attention::open(tx)?;
    let total = open.len();
    let mut attention_items = Vec::new();
    for attention in open.into_iter().take(most) {
        let reservation =
            attention.reservation_id.map(|id| reservations::find(tx, id)).transpose()?.flatten();
        let guest = match (attention.conversation_id, &reservation) {
            (Some(conversation), _) => Some(guest_of(tx, conversation)?),
            (None, Some(reservation)) => guests::find(tx, reservation.guest_id)?.map(|guest| called(&guest)),
            (None, None) => None,
        };
        attention_items.push(AttentionItem {
            kind: attention.kind,
            code: reservation.map(|reservation| reservation.code.to_string()),
            guest,
            since: attention.created_at,
        });
    }
    Ok((attention_items, total))
}

pub(super) fn row(tx: &impl Read, reservation: &Reservation) -> Result<GuestBooking, Error> {
    let guest = guests::find(tx, reservation.guest_id)?.map(|guest| called(&guest)).unwrap_or_default();
    Ok(GuestBooking { booking: stay_view::booking(tx, reservation)?, guest })
}
