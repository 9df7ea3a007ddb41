//! Reads a stay: its row, cabin, guest and money. Nothing is changed here.

use super::{AppContext, Error};
use crate::dialogue::{Booking, replies};
use crate::domain::guest::Guest;
use crate::domain::ids::{CabinId, ConversationId, GuestId, ReservationId};
use crate::domain::money::Money;
use crate::domain::paid_booking::{CheckoutPart, PaidBooking};
use crate::domain::payment::PaymentStatus;
use crate::domain::refund;
use crate::domain::reservation::{Reservation, Status};
use crate::store::payments::{self, Checkout};
use crate::store::{Read, cabins, conversations, guests, receipts, reservations, settings};
use crate::understanding::{Presence, Situation, Stage};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

/// How long after its end a hold may still be what a guest pays for.
const LAPSED_LATELY: SignedDuration = SignedDuration::from_hours(72);

/// One reservation, or [`Error::NotFound`].
pub fn load(tx: &impl Read, id: ReservationId) -> Result<Reservation, Error> {
    reservations::find(tx, id)?.ok_or(Error::NotFound)
}

/// The name of a cabin, also of one that was deleted since.
pub fn cabin_name(tx: &impl Read, id: CabinId) -> Result<String, Error> {
    Ok(cabins::name(tx, id)?.unwrap_or_default())
}

/// The guest of a conversation, or [`Error::NotFound`].
pub fn guest_of(tx: &impl Read, conversation: ConversationId) -> Result<Guest, Error> {
    let found = conversations::find(tx, conversation)?.ok_or(Error::NotFound)?;
    guests::find(tx, found.guest_id)?.ok_or(Error::NotFound)
}

/// A guest's chosen name; empty when there is none.
pub fn guest_name(tx: &impl Read, guest: GuestId) -> Result<String, Error> {
    Ok(guests::find(tx, guest)?.map(|guest| guest.name).unwrap_or_default())
}

/// A reservation in the form told to its guest.
pub fn booking(tx: &impl Read, reservation: &Reservation) -> Result<Booking, Error> {
    let paid = payments::paid(tx, reservation.id)?;
    Ok(Booking {
        reservation_id: reservation.id,
        code: reservation.code.clone(),
        cabin_id: reservation.cabin_id,
        cabin: cabin_name(tx, reservation.cabin_id)?,
        stay: reservation.stay,
        party: reservation.party,
        status: reservation.status,
        total: reservation.quote.total,
        deposit: reservation.quote.deposit,
        paid: Money::new(paid, reservation.quote.total.currency),
        expires_at: reservation.expires_at,
        created_at: reservation.created_at,
        receipt: receipts::standing(tx, reservation.id)?,
    })
}

/// A guest's holds that ended unpaid a short while ago, the last one first: their money may be on its way.
pub fn lapsed_holds(tx: &impl Read, guest: GuestId) -> Result<Vec<Booking>, Error> {
    let since = tx.now() - LAPSED_LATELY;
    let mut found = reservations::of_guest(tx, guest, &[Status::PreReserved, Status::Expired])?;
    found.retain(|hold| {
        let is_over = hold.status == Status::Expired || hold.has_lapsed(tx.now());
        is_over && hold.expires_at.is_some_and(|until| since < until)
    });
    found.sort_by_key(|hold| std::cmp::Reverse(hold.expires_at));
    let all = found.iter().map(|hold| booking(tx, hold)).collect::<Result<Vec<_>, _>>()?;
    Ok(all.into_iter().filter(|hold| hold.deposit_due().is_positive()).collect())
}

/// A guest's bookings that are not over, soonest first.
pub fn live_bookings(tx: &impl Read, guest: GuestId) -> Result<Vec<Booking>, Error> {
    let states = [Status::PreReserved, Status::Confirmed, Status::CheckedIn];
    let found = reservations::of_guest(tx, guest, &states)?;
    let live = found.iter().filter(|reservation| !reservation.has_lapsed(tx.now()));
    live.map(|reservation| booking(tx, reservation)).collect()
}

/// What the house knows of a guest, with the reservation that says so: a stay that is now before one that begins
/// today, then one that was just now, then the next one, then a hold.
pub fn situation(
    tx: &impl Read,
    guest: GuestId,
    today: Date,
) -> Result<(Situation, Option<Reservation>), Error> {
    let states = [Status::PreReserved, Status::Confirmed, Status::CheckedIn, Status::CheckedOut];
    let mut found = Vec::new();
    for reservation in reservations::of_guest(tx, guest, &states)? {
        let stage = match reservation.status {
            Status::CheckedIn => Stage::InHouse,
            Status::CheckedOut => Stage::Left,
            Status::Confirmed => Stage::Confirmed,
            Status::PreReserved if !reservation.has_lapsed(tx.now()) => Stage::Held,
            Status::PreReserved | Status::Cancelled | Status::Expired | Status::NoShow => continue,
        };
        let paid = payments::paid(tx, reservation.id)? > 0;
        found.push((Situation { stage, stay: Some(reservation.stay), paid }, reservation));
    }
    let rank = |situation: &Situation| match (situation.presence(today), situation.stage) {
        (Some(Presence::InHouse), _) => 0,
        (Some(Presence::ArrivingToday), _) => 1,
        (Some(Presence::JustLeft), _) => 2,
        (None, Stage::Confirmed | Stage::InHouse) => 3,
        (None, Stage::Held | Stage::Quoted) => 4,
        (None, Stage::Left | Stage::None) => 5,
    };
    let first = found.into_iter().min_by_key(|(situation, _)| rank(situation));
    Ok(first.map_or((Situation::default(), None), |(situation, reservation)| (situation, Some(reservation))))
}

/// Title of the checkout on the provider's page.
pub fn checkout_title(tx: &impl Read, reservation: &Reservation) -> String {
    let cabin = cabin_name(tx, reservation.cabin_id).unwrap_or_default();
    replies::checkout_title(&cabin, reservation.stay, &reservation.code)
}

/// A reservation in the form that travels with its checkout.
pub fn paid_booking(
    tx: &impl Read,
    context: &AppContext,
    reservation: &Reservation,
) -> Result<PaidBooking, Error> {
    let guest = guests::find(tx, reservation.guest_id)?;
    let deposit_is_in = payments::paid(tx, reservation.id)? >= reservation.quote.deposit.minor;
    Ok(PaidBooking {
        instance: context.link_key.instance(),
        cabin_id: reservation.cabin_id,
        cabin: cabin_name(tx, reservation.cabin_id)?,
        stay: reservation.stay,
        code: reservation.code.clone(),
        part: if deposit_is_in { CheckoutPart::Balance } else { CheckoutPart::Deposit },
        party: reservation.party,
        guest: guest.as_ref().map(|guest| guest.name.clone()).unwrap_or_default(),
        phone: guest.and_then(|guest| guest.phone).map(|phone| phone.digits().to_owned()).unwrap_or_default(),
        total: reservation.quote.total,
        deposit: reservation.quote.deposit,
    })
}

/// Refund by law and the property's policy if the reservation were cancelled now.
pub fn refund_on_cancelling(
    tx: &impl Read,
    context: &AppContext,
    reservation: &Reservation,
) -> Result<Money, Error> {
    let (settings, _) = settings::load(tx)?;
    let paid = Money::new(payments::paid(tx, reservation.id)?.max(0), reservation.quote.total.currency);
    if reservation.status == Status::PreReserved {
        // The cabin was never the guest's: there is no ground to keep a part.
        return Ok(paid);
    }
    let moment = context.moment(tx);
    Ok(refund::due(paid, reservation.created_at, reservation.stay, &settings, &moment).0)
}

/// Whether some payment of the reservation is under review at the provider.
pub fn is_under_review(tx: &impl Read, reservation: ReservationId) -> Result<bool, Error> {
    let payments = payments::of_reservation(tx, reservation)?;
    Ok(payments.iter().any(|payment| payment.status == PaymentStatus::InProcess))
}

/// Whether a payment of the reservation is disputed and its money was taken back.
pub fn has_open_dispute(tx: &impl Read, reservation: ReservationId) -> Result<bool, Error> {
    for payment in payments::of_reservation(tx, reservation)? {
        let disputed =
            payment.status == PaymentStatus::InMediation || payment.status == PaymentStatus::ChargedBack;
        if disputed && payments::entered(tx, payment.id)? <= 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the provider has answered about every checkout of the reservation since that instant. Checkouts
/// that were never opened can't have been paid.
pub fn was_asked_since(tx: &impl Read, reservation: ReservationId, since: Timestamp) -> Result<bool, Error> {
    let checkouts = payments::checkouts_of(tx, reservation)?;
    let asked = |c: &Checkout| c.provider_id.is_none() || c.checked_at.is_some_and(|at| at >= since);
    Ok(checkouts.iter().all(asked))
}
