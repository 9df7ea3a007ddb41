//! Bookings that the owner cancels or moves by WhatsApp: found, read back with the refund or the price, and
//! changed in the transaction of the yes if that still holds.

use super::look_up::{of_named, row};
use crate::app::reserve::{self, Held, HoldRequest, Place, ReconcileFirst, Who};
use crate::app::{AppContext, Error, discount, pay, quote, stay_view};
use crate::dialogue::owner::{BookingCommand, Change, NewBooking, OwnerSay, Search};
use crate::domain::audit::Actor;
use crate::domain::channel::{Channel, KnownChannel};
use crate::domain::ids::ReservationId;
use crate::domain::money::Money;
use crate::domain::party::Party;
use crate::domain::payment::PaymentMethod;
use crate::domain::pricing::{Agreed, Inquiry, Terms};
use crate::domain::refund;
use crate::domain::refusal::Refusal;
use crate::domain::request::Off;
use crate::domain::reservation::{Event, Reservation, Status, apply};
use crate::domain::stay::Stay;
use crate::store::{Read, WriteTx, guests, reservations, settings};

/// Bookings to choose from; with more, the owner has to name a code.
const BOOKINGS_MAX: usize = 12;
/// Bookings to come that are looked through: more than a season has.
const COMING_MAX: u32 = 5_000;

/// Asks to confirm the booking that is meant, or to choose between several.
pub(super) fn find(
    tx: &impl Read,
    context: &AppContext,
    which: Search,
    wish: BookingCommand,
) -> Result<OwnerSay, Error> {
    let mut found = match &which {
        Search::Code(code) => reservations::find_by_code(tx, code)?.into_iter().collect(),
        Search::Name(name) => concerned(coming(tx, context, Some(name))?, wish),
        Search::Next => coming(tx, context, None)?,
        Search::Cabin { cabin, day } => {
            let mut found = coming(tx, context, None)?;
            found.retain(|found| found.cabin_id == *cabin);
            let with_day = |found: &&Reservation| day.is_none_or(|day| found.stay.has(day));
            let those: Vec<Reservation> = found.iter().filter(with_day).cloned().collect();
            concerned(if those.is_empty() { found } else { those }, wish)
        }
    };
    if let (BookingCommand::Cancel { arriving: Some(day) }, Search::Name(_) | Search::Next) = (wish, &which) {
        found.retain(|found| found.stay.check_in() == day);
    }
    match found.as_slice() {
        [] => Ok(OwnerSay::Bookings { rows: Vec::new(), total: 0 }),
        [only] => ask(tx, context, only.id, wish),
        several => {
            let rows = several.iter().map(|found| row(tx, found)).collect::<Result<Vec<_>, _>>()?;
            Ok(OwnerSay::WhichBooking { rows, wish })
        }
    }
}

/// Bookings to come and in progress, those that end today too, the next first; of one guest when one is named.
fn coming(tx: &impl Read, context: &AppContext, named: Option<&str>) -> Result<Vec<Reservation>, Error> {
    let today = context.moment(tx).today();
    let mut found = match named {
        Some(named) => of_named(tx, named, &[Status::PreReserved, Status::Confirmed, Status::CheckedIn])?,
        None => {
            let from = today.yesterday().ok();
            let filter = reservations::Filter { from, coming: true, limit: COMING_MAX, ..Default::default() };
            reservations::list(tx, &filter)?.0
        }
    };
    found.retain(|found| today <= found.stay.check_out() && !found.has_lapsed(tx.now()));
    found.sort_by_key(|found| (found.stay.check_in(), found.id));
    found.truncate(BOOKINGS_MAX);
    Ok(found)
}

/// Of several bookings of the guests named, those that the wish can be about: money is for those who owe, a yes for
/// those who wait for it.
fn concerned(found: Vec<Reservation>, wish: BookingCommand) -> Vec<Reservation> {
    let fits = |found: &Reservation| match wish {
        BookingCommand::Confirm => found.status == Status::PreReserved,
        BookingCommand::Cancel { .. }
        | BookingCommand::Move { .. }
        | BookingCommand::Receive { .. }
        | BookingCommand::Discount { .. } => true,
    };
    let fitting: Vec<Reservation> = found.iter().filter(|found| fits(found)).cloned().collect();
    if fitting.is_empty() { found } else { fitting }
}

/// Says what the change would cost or refund for this booking.
pub(super) fn ask(
    tx: &impl Read,
    context: &AppContext,
    id: ReservationId,
    wish: BookingCommand,
) -> Result<OwnerSay, Error> {
    let reservation = stay_view::load(tx, id)?;
    match wish {
        BookingCommand::Cancel { .. } => ask_cancel(tx, context, &reservation),
        BookingCommand::Move { to, cabin } => match to.for_booking(reservation.stay) {
            Some(stay) => {
                let cabin = cabin.unwrap_or(reservation.cabin_id);
                ask_move(tx, context, &reservation, Place { cabin, stay })
            }
            None => cannot(tx, &reservation, None, Refusal::BadDates),
        },
        BookingCommand::Confirm => ask_confirm(tx, &reservation),
        BookingCommand::Receive { amount, method } => ask_receive(tx, &reservation, amount, method),
        BookingCommand::Discount { off } => ask_discount(tx, &reservation, off),
    }
}

fn ask_confirm(tx: &impl Read, reservation: &Reservation) -> Result<OwnerSay, Error> {
    if let Err(refusal) = apply(reservation, Event::Confirm, tx.now()) {
        return cannot(tx, reservation, None, refusal);
    }
    let change = Change::Confirm { reservation_id: reservation.id };
    Ok(OwnerSay::AskConfirm { row: row(tx, reservation)?, change })
}

pub(super) fn confirm(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: ReservationId,
) -> Result<OwnerSay, Error> {
    let reservation = stay_view::load(tx, id)?;
    let done = crate::store::nested(tx, |tx| reserve::confirm(tx, context, id, &Actor::Owner));
    match done {
        Ok(confirmed) => Ok(OwnerSay::Confirmed { row: row(tx, &confirmed)? }),
        Err(Error::Refused(refusal)) => cannot(tx, &reservation, None, refusal),
        Err(other) => Err(other),
    }
}

/// Asks to record a payment: what was said, else the deposit, else the balance.
fn ask_receive(
    tx: &impl Read,
    reservation: &Reservation,
    amount: Option<Money>,
    method: PaymentMethod,
) -> Result<OwnerSay, Error> {
    let row = row(tx, reservation)?;
    let due = match row.booking.status {
        Status::PreReserved => row.booking.deposit_due(),
        _ => row.booking.balance_due(),
    };
    let amount = amount.unwrap_or(due);
    if !amount.is_positive() {
        return Ok(OwnerSay::NothingDue { row });
    }
    if amount.currency != due.currency {
        return Ok(OwnerSay::BadPrice);
    }
    let paid = row.booking.paid;
    let change = Change::Receive { reservation_id: reservation.id, amount, method, paid };
    Ok(OwnerSay::AskReceive { row, amount, method, change })
}

/// Records the payment after the yes; when something was paid since, by a first tap too, it is asked again.
pub(super) fn receive(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: ReservationId,
    (amount, method): (Money, PaymentMethod),
    paid: Money,
) -> Result<OwnerSay, Error> {
    let reservation = stay_view::load(tx, id)?;
    if stay_view::booking(tx, &reservation)?.paid != paid {
        return ask_receive(tx, &reservation, Some(amount), method);
    }
    let done =
        crate::store::nested(tx, |tx| pay::record_by_hand(tx, context, id, amount, method, &Actor::Owner));
    match done {
        Ok(paid) => Ok(OwnerSay::Received { row: row(tx, &paid)?, amount }),
        Err(Error::Refused(refusal)) => cannot(tx, &reservation, None, refusal),
        Err(other) => Err(other),
    }
}

fn ask_discount(tx: &impl Read, reservation: &Reservation, off: Off) -> Result<OwnerSay, Error> {
    let row = row(tx, reservation)?;
    let before = row.booking.total;
    let Some(off) = off.from_total(before) else { return Ok(OwnerSay::DiscountTooLarge { row }) };
    let total = Money::new(before.minor - off.minor, before.currency);
    let change = Change::Discount { reservation_id: reservation.id, off, before };
    Ok(OwnerSay::AskDiscount { row, off, total, change })
}

/// Takes the amount off after the yes; a price that has changed since, by the first tap too, is read back again.
pub(super) fn discount(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: ReservationId,
    off: Money,
    before: Money,
) -> Result<OwnerSay, Error> {
    let reservation = stay_view::load(tx, id)?;
    if reservation.quote.total != before {
        return ask_discount(tx, &reservation, Off::Amount(off));
    }
    let done = crate::store::nested(tx, |tx| discount::discount(tx, context, id, off, &Actor::Owner));
    match done {
        Ok(changed) => Ok(OwnerSay::Discounted { row: row(tx, &changed)?, off }),
        Err(Error::Refused(refusal)) => cannot(tx, &reservation, None, refusal),
        Err(other) => Err(other),
    }
}

/// Asks to write down a booking, with its price.
pub(super) fn ask_book(tx: &impl Read, context: &AppContext, booking: NewBooking) -> Result<OwnerSay, Error> {
    let cabin = quote::offered_cabin(tx, booking.cabin)?;
    let party = Party::of_adults(booking.people.unwrap_or(cabin.capacity));
    let answers = quote::all_for_owner(tx, context, &Inquiry::plain(booking.stay, party))?;
    let own = answers.into_iter().find(|answer| answer.cabin.id == cabin.id);
    let stay = booking.stay;
    match own.map(|answer| answer.outcome) {
        Some(Ok(price)) => {
            let (total, guest) = (price.total, booking.guest.clone());
            let change = |deposit_awaited| Change::Book { booking: booking.clone(), total, deposit_awaited };
            let reachable = booking.phone.as_deref().is_some_and(|typed| context.phone(typed).is_ok());
            let awaited = (reachable && price.deposit.is_positive()).then(|| change(true));
            let (cabin, deposit, waived) = (cabin.name, price.deposit, change(false));
            Ok(OwnerSay::AskBook { cabin, stay, guest, party, total, deposit, waived, awaited })
        }
        Some(Err(refusal)) => Ok(OwnerSay::CannotBook { cabin: cabin.name, stay, refusal }),
        None => Ok(OwnerSay::CannotBook { cabin: cabin.name, stay, refusal: Refusal::CabinUnavailable }),
    }
}

pub(super) fn book(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    booking: &NewBooking,
    total: Money,
    deposit_awaited: bool,
    reconcile: ReconcileFirst,
) -> Result<OwnerSay, Error> {
    let cabin = quote::offered_cabin(tx, booking.cabin)?;
    let identity = guests::Identity {
        phone: booking.phone.as_deref().and_then(|typed| context.phone(typed).ok()),
        name: booking.guest.clone(),
        ..guests::Identity::default()
    };
    let request = HoldRequest {
        cabin_id: booking.cabin,
        stay: booking.stay,
        party: Party::of_adults(booking.people.unwrap_or(cabin.capacity)),
        terms: Terms::default(),
        agreed: Agreed::default(),
        who: Who::Named(identity),
        channel: Channel::from(KnownChannel::Phone),
        total_said: Some(total),
        reconcile,
    };
    let done = crate::store::nested(tx, |tx| match reserve::hold(tx, context, &request)? {
        Held::Yes(held) if deposit_awaited => Ok(Some(held)),
        Held::Yes(held) => reserve::confirm(tx, context, held.id, &Actor::Owner).map(Some),
        Held::PriceChanged(_) => Ok(None),
    });
    match done {
        Ok(Some(made)) => Ok(OwnerSay::Booked { row: row(tx, &made)? }),
        Ok(None) => ask_book(tx, context, booking.clone()),
        Err(Error::Refused(refusal)) => {
            Ok(OwnerSay::CannotBook { cabin: cabin.name, stay: booking.stay, refusal })
        }
        Err(other) => Err(other),
    }
}

fn ask_cancel(tx: &impl Read, context: &AppContext, reservation: &Reservation) -> Result<OwnerSay, Error> {
    if let Err(refusal) = apply(reservation, Event::Cancel, tx.now()) {
        return cannot(tx, reservation, None, refusal);
    }
    let row = row(tx, reservation)?;
    let (settings, _) = settings::load(tx)?;
    let moment = context.moment(tx);
    let (refund, ground) =
        refund::due(row.booking.paid, reservation.created_at, reservation.stay, &settings, &moment);
    let change = Change::Cancel { reservation_id: reservation.id, refund };
    Ok(OwnerSay::AskCancel { row, refund, ground, change })
}

fn ask_move(
    tx: &impl Read,
    context: &AppContext,
    reservation: &Reservation,
    place: Place,
) -> Result<OwnerSay, Error> {
    let Place { cabin, stay } = place;
    if let Err(refusal) = apply(reservation, Event::MoveTo(stay), tx.now()) {
        return cannot(tx, reservation, Some(stay), refusal);
    }
    match reserve::price_move(tx, context, reservation, place, reservation.party) {
        Ok(price) => {
            let change = Change::Move { reservation_id: reservation.id, cabin, stay, total: price.total };
            let to = (cabin != reservation.cabin_id).then(|| stay_view::cabin_name(tx, cabin)).transpose()?;
            Ok(OwnerSay::AskMove { row: row(tx, reservation)?, cabin: to, stay, total: price.total, change })
        }
        Err(Error::Refused(refusal)) => cannot(tx, reservation, Some(stay), refusal),
        Err(other) => Err(other),
    }
}

/// Cancels after the yes; a refund that has changed since is read back again.
pub(super) fn cancel(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: ReservationId,
    said: Money,
) -> Result<OwnerSay, Error> {
    let reservation = stay_view::load(tx, id)?;
    match ask_cancel(tx, context, &reservation)? {
        OwnerSay::AskCancel { refund, .. } if refund == said => {
            let done = crate::store::nested(tx, |tx| reserve::cancel(tx, context, id, "", &Actor::Owner));
            match done {
                Ok((cancelled, refund)) => Ok(OwnerSay::Cancelled { row: row(tx, &cancelled)?, refund }),
                Err(Error::Refused(refusal)) => cannot(tx, &reservation, None, refusal),
                Err(other) => Err(other),
            }
        }
        other => Ok(other),
    }
}

/// Moves after the yes; a price that has changed since needs a new yes.
pub(super) fn move_to(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: ReservationId,
    place: Place,
    said: Money,
) -> Result<OwnerSay, Error> {
    let reservation = stay_view::load(tx, id)?;
    match ask_move(tx, context, &reservation, place)? {
        // A second tap on the same button.
        OwnerSay::AskMove { row, cabin: None, .. } if row.booking.stay == place.stay => {
            Ok(OwnerSay::Moved { row })
        }
        OwnerSay::AskMove { total, .. } if total == said => {
            let party = reservation.party;
            let done = crate::store::nested(tx, |tx| {
                reserve::move_stay(tx, context, id, place, party, &Actor::Owner)
            });
            match done {
                Ok(moved) => Ok(OwnerSay::Moved { row: row(tx, &moved)? }),
                Err(Error::Refused(refusal)) => cannot(tx, &reservation, Some(place.stay), refusal),
                Err(other) => Err(other),
            }
        }
        other => Ok(other),
    }
}

fn cannot(
    tx: &impl Read,
    reservation: &Reservation,
    stay: Option<Stay>,
    refusal: Refusal,
) -> Result<OwnerSay, Error> {
    Ok(OwnerSay::CannotChange { row: row(tx, reservation)?, stay, refusal })
}
