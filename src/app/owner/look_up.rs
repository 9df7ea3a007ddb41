//! Answers to the owner's questions: arrivals and departures, occupancy, free nights, open attention items.

use super::people::{guest_of, is_called};
use crate::app::notify;
use crate::app::{AppContext, Error, quote, stay_view};
use crate::dialogue::owner::{AttentionItem, CabinChange, Days, GuestBooking, OwnerSay, Search};
use crate::domain::attention::AttentionKind;
use crate::domain::cabin::Cabin;
use crate::domain::ids::{CabinId, InboundId};
use crate::domain::money::Money;
use crate::domain::occupancy::Occupancy;
use crate::domain::party::Party;
use crate::domain::pricing::Inquiry;
use crate::domain::reservation::{Reservation, Status};
use crate::domain::stay::Stay;
use crate::store::{Read, StoreError, attention, guests, inbox, payments, reservations};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

/// Lines of one answer; the admin page shows more.
const LINES_MAX: usize = 12;
/// Days of arrivals and departures in one answer.
const DAYS_MAX: i32 = 31;
/// Guests looked through for a name: more than a house has in many years.
const GUESTS_MAX: u32 = 50_000;
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

/// Free cabins with their price; of these alone, or of all when none is named.
pub(super) fn availability(
    tx: &impl Read,
    context: &AppContext,
    of: &[CabinId],
    stay: Stay,
) -> Result<OwnerSay, Error> {
    let (mut free, mut taken) = (Vec::new(), Vec::new());
    for answer in priced(tx, context, of, stay)? {
        match answer.outcome {
            Ok(price) => free.push((answer.cabin.name, price.total)),
            Err(_) => taken.push(answer.cabin.name),
        }
    }
    Ok(OwnerSay::Availability { stay, free, taken })
}

/// The price of a stay in each cabin, taken or not; of a plain night when no stay is named.
pub(super) fn prices(
    tx: &impl Read,
    context: &AppContext,
    cabins: &[Cabin],
    of: &[CabinId],
    stay: Option<Stay>,
) -> Result<OwnerSay, Error> {
    let named = |id: CabinId| of.is_empty() || of.contains(&id);
    let rows = match stay {
        None => {
            let named = cabins.iter().filter(|cabin| named(cabin.id));
            named.map(|cabin| (cabin.name.clone(), Ok(cabin.base_price))).collect()
        }
        Some(stay) => {
            let answers = priced(tx, context, of, stay)?.into_iter();
            answers.map(|answer| (answer.cabin.name, answer.outcome.map(|price| price.total))).collect()
        }
    };
    Ok(OwnerSay::Prices { stay, rows })
}

fn priced(
    tx: &impl Read,
    context: &AppContext,
    of: &[CabinId],
    stay: Stay,
) -> Result<Vec<quote::CabinQuote>, Error> {
    let mut answers = quote::all_for_owner(tx, context, &Inquiry::plain(stay, Party::of_adults(1)))?;
    answers.retain(|answer| of.is_empty() || of.contains(&answer.cabin.id));
    answers.sort_by_key(|answer| answer.cabin.id);
    Ok(answers)
}

/// The guests of the coming night, and those who leave today and have not left.
pub(super) fn in_house(tx: &impl Read, context: &AppContext) -> Result<OwnerSay, Error> {
    let today = context.moment(tx).today();
    let mut found = reservations::inside(tx, today)?;
    let here = |reservation: &Reservation| reservation.status == Status::CheckedIn;
    found.extend(reservations::arriving(tx, today)?.into_iter().filter(here));
    found.extend(reservations::departing(tx, today)?.into_iter().filter(here));
    let rows = found.iter().map(|found| row(tx, found)).collect::<Result<Vec<_>, _>>()?;
    Ok(OwnerSay::InHouse { rows })
}

/// The cabins that somebody leaves on a day, and who comes there on the same day.
pub(super) fn cleaning(tx: &impl Read, day: Date) -> Result<OwnerSay, Error> {
    let mut rows: Vec<CabinChange> = Vec::new();
    for leaving in reservations::departing(tx, day)? {
        let GuestBooking { booking, guest } = row(tx, &leaving)?;
        rows.push(CabinChange { cabin: booking.cabin, leaves: Some(guest), comes: None });
    }
    for coming in reservations::arriving(tx, day)? {
        let GuestBooking { booking, guest } = row(tx, &coming)?;
        match rows.iter_mut().find(|row| row.cabin == booking.cabin) {
            Some(row) => row.comes = Some(guest),
            None => rows.push(CabinChange { cabin: booking.cabin, leaves: None, comes: Some(guest) }),
        }
    }
    rows.sort_by(|a, b| (a.leaves.is_none(), &a.cabin).cmp(&(b.leaves.is_none(), &b.cabin)));
    Ok(OwnerSay::Cleaning { day, rows })
}

/// Who still owes money for a stay to come or in progress, or for one that ended lately.
pub(super) fn debts(tx: &impl Read, context: &AppContext) -> Result<OwnerSay, Error> {
    /// Days after the departure for which a debt is listed.
    const DAYS_AFTER: i64 = 30;
    let since = context.moment(tx).today().saturating_sub(DAYS_AFTER.days());
    let filter = reservations::Filter {
        from: Some(since),
        limit: RESERVATIONS_MAX,
        ..reservations::Filter::default()
    };
    let (mut found, _) = reservations::list(tx, &filter)?;
    found.retain(|found| match found.status {
        Status::PreReserved => !found.has_lapsed(tx.now()),
        Status::Confirmed | Status::CheckedIn | Status::CheckedOut => true,
        Status::Cancelled | Status::Expired | Status::NoShow => false,
    });
    found.sort_by_key(|found| found.stay);
    let mut rows = found.iter().map(|found| row(tx, found)).collect::<Result<Vec<_>, _>>()?;
    rows.retain(|row| row.booking.balance_due().is_positive());
    let due = rows.iter().map(|row| row.booking.balance_due());
    let due = due.filter(|due| due.currency == context.currency).map(|due| due.minor).sum();
    rows.truncate(LINES_MAX);
    Ok(OwnerSay::Debts { rows, total: Money::new(due, context.currency) })
}

/// The money that came in on some days, less what went back.
pub(super) fn income(tx: &impl Read, context: &AppContext, days: Days) -> Result<OwnerSay, Error> {
    let (from, to) = span_of(tx, context, days);
    let (minor, payments) = payments::received_between(tx, context.currency, from, to)?;
    Ok(OwnerSay::Income { days, received: Money::new(minor, context.currency), payments })
}

/// From the beginning of the first day to the end of the last, at the property.
fn span_of(tx: &impl Read, context: &AppContext, days: Days) -> (Timestamp, Timestamp) {
    let moment = context.moment(tx);
    let begins =
        |day: Date| day.to_zoned_datetime(moment.zone.clone()).map_or(moment.now, |at| at.timestamp());
    (begins(days.from), begins(days.to.saturating_add(1.day())))
}

/// What guests asked on some days and nobody could answer.
pub(super) fn questions(tx: &impl Read, context: &AppContext, days: Days) -> Result<OwnerSay, Error> {
    let (from, to) = span_of(tx, context, days);
    let mut rows = Vec::new();
    for item in attention::raised_between(tx, AttentionKind::UnansweredQuestion, from, to)? {
        let guest = item.conversation_id.map(|id| guest_of(tx, id)).transpose()?.unwrap_or_default();
        let inbound = item.subject.parse().ok().map(InboundId);
        let asked = inbound.map(|id| inbox::find(tx, id)).transpose()?.flatten();
        let words = asked.map(|asked| asked.body).unwrap_or_default();
        rows.push((guest, words));
    }
    rows.retain(|(_, words)| !words.is_empty());
    rows.truncate(LINES_MAX);
    Ok(OwnerSay::Questions { days, rows })
}

pub(super) fn bookings(tx: &impl Read, context: &AppContext, search: Search) -> Result<OwnerSay, Error> {
    if let Search::Code(code) = &search {
        let found = reservations::find_by_code(tx, code)?;
        let rows = found.iter().map(|found| row(tx, found)).collect::<Result<Vec<_>, _>>()?;
        return Ok(OwnerSay::Bookings { total: rows.len() as u64, rows });
    }
    // Cancelled ones are left out; coming ones stand first.
    const STANDING: [Status; 4] =
        [Status::PreReserved, Status::Confirmed, Status::CheckedIn, Status::CheckedOut];
    let today = context.moment(tx).today();
    let mut found = match &search {
        Search::Name(name) => of_named(tx, name, &STANDING)?,
        Search::Next | Search::Cabin { .. } | Search::Code(_) => {
            let cabin_id = if let Search::Cabin { cabin, .. } = search { Some(cabin) } else { None };
            let (from, limit) = (Some(today), RESERVATIONS_MAX);
            reservations::list(tx, &reservations::Filter { from, cabin_id, limit, ..Default::default() })?.0
        }
    };
    found.retain(|found| STANDING.contains(&found.status) && !found.has_lapsed(tx.now()));
    found.sort_by_key(|found| (found.stay.check_out() <= today, found.stay));
    let total = found.len() as u64;
    found.truncate(LINES_MAX);
    let rows = found.iter().map(|found| row(tx, found)).collect::<Result<Vec<_>, _>>()?;
    Ok(OwnerSay::Bookings { rows, total })
}

/// The reservations in these states of the guests whom the words name, whatever their accents.
pub(super) fn of_named(tx: &impl Read, said: &str, states: &[Status]) -> Result<Vec<Reservation>, Error> {
    let mut found = Vec::new();
    for guest in guests::list(tx, "", None, GUESTS_MAX, 0)?.iter().filter(|guest| is_called(guest, said)) {
        found.extend(reservations::of_guest(tx, guest.id, states)?);
    }
    Ok(found)
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
            (None, Some(reservation)) => {
                guests::find(tx, reservation.guest_id)?.map(|guest| notify::called(&guest))
            }
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
    let guest =
        guests::find(tx, reservation.guest_id)?.map(|guest| notify::called(&guest)).unwrap_or_default();
    Ok(GuestBooking { booking: stay_view::booking(tx, reservation)?, guest })
}
