//! Payments of bookings that this database does not know: a copy older than the booking was restored. The payment names
//! its booking (`domain::paid_booking`): its nights are closed at once, the owner is told, and makes it a booking again
//! or gives the money back.

use crate::app::reserve::{self, ReconcileFirst};
use crate::app::stay_view::load;
use crate::app::{AppContext, Error, checkouts, feed_state, notify, refunds};
use crate::dialogue::Notice;
use crate::domain::attention::{AttentionItem, AttentionKind, NightsHolder, UnknownBooking};
use crate::domain::audit::{About, Actor, AuditEvent};
use crate::domain::ids::{AttentionId, BlockId, CabinId, ReservationCode, ReservationId};
use crate::domain::money::{Currency, Money};
use crate::domain::paid_booking::PaidBooking;
use crate::domain::payment::{PaymentSnapshot, PaymentStatus};
use crate::domain::reservation::Reservation;
use crate::domain::stay::Stay;
use crate::store::nights::Holder;
use crate::store::payments::{self, Checkout, Payment};
use crate::store::{Read, WriteTx, attention, audit, cabins, feeds, guests, nights, reservations};
use jiff::ToSpan;
use jiff::civil::Date;

/// The booking that a payment names, if this instance opened its checkout.
pub(super) fn named<'a>(context: &AppContext, snapshot: &'a PaymentSnapshot) -> Option<&'a PaidBooking> {
    snapshot.booking.as_ref().filter(|booking| booking.instance == context.link_key.instance())
}

/// The checkout of a payment whose booking is known and whose checkout is not: the checkout is newer than the restored
/// copy, and is entered as it was paid.
pub(super) fn checkout_again(
    tx: &mut WriteTx<'_>,
    snapshot: &PaymentSnapshot,
    booking: &PaidBooking,
) -> Result<Option<Checkout>, Error> {
    let Some(reservation) = reservations::find_by_code(tx, &booking.code)? else { return Ok(None) };
    paid_checkout(tx, reservation.id, snapshot.reference.as_deref(), asked(snapshot))
}

fn paid_checkout(
    tx: &mut WriteTx<'_>,
    reservation: ReservationId,
    reference: Option<&str>,
    amount: Option<Money>,
) -> Result<Option<Checkout>, Error> {
    let reference = reference.filter(|reference| checkouts::is_reference(reference));
    let (Some(reference), Some(amount)) = (reference, amount) else { return Ok(None) };
    let now = tx.now();
    let id = payments::insert_checkout(tx, reservation, reference, amount, now)?;
    payments::closed(tx, id)?;
    Ok(payments::find_checkout(tx, id)?)
}

fn asked(snapshot: &PaymentSnapshot) -> Option<Money> {
    let currency = Currency::from_code(&snapshot.currency)?;
    Some(Money::new(snapshot.amount_minor, currency)).filter(|amount| amount.is_positive())
}

/// Closes the nights of a paid booking that is not ours as it was paid, and tells the owner.
pub(super) fn found(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    payment: &Payment,
    reference: &str,
    booking: &PaidBooking,
) -> Result<(), Error> {
    let cabin = cabins::name(tx, booking.cabin_id)?.unwrap_or_else(|| booking.cabin.clone());
    let booking = PaidBooking { cabin, ..booking.clone() };
    let known: Vec<BlockId> =
        open_of(tx, &booking.code)?.into_iter().flat_map(|(_, item)| item.blocks).collect();
    let closed = close_nights(tx, context, &booking, known)?;
    let item = UnknownBooking {
        payment_id: payment.id,
        payment: payment.provider_id.clone(),
        reference: reference.to_owned(),
        amount_cents: payment.amount_minor,
        currency: payment.currency.clone(),
        booking: booking.clone(),
        blocks: closed.blocks,
        taken_by: closed.taken_by.clone(),
    };
    let subject = payment.id.to_string();
    let new = attention::New {
        reservation_id: payment.reservation_id,
        ..attention::New::of(AttentionItem::PaidUnknownBooking(item), &subject)
    };
    if !attention::raise(tx, &new)? {
        return Ok(());
    }
    let amount = Money::new(payment.amount_minor, Currency::read(&payment.currency));
    notify::owner(tx, context, &Notice::UnknownBooking { booking, amount, taken_by: closed.taken_by })
}

/// Nights closed for a booking, and who has the others.
#[derive(Default)]
struct Closed {
    blocks: Vec<BlockId>,
    taken_by: Vec<NightsHolder>,
}

/// Closes the free nights of a booking that is to come. `known` blocks were made for it before.
fn close_nights(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    booking: &PaidBooking,
    known: Vec<BlockId>,
) -> Result<Closed, Error> {
    let (cabin, stay) = (booking.cabin_id, booking.stay);
    let mut closed = Closed { blocks: known, taken_by: Vec::new() };
    if cabins::find(tx, cabin)?.is_none() || stay.check_out() <= context.moment(tx).today() {
        return Ok(closed);
    }
    // The provider was asked: this payment is from its answer.
    reserve::evict_lapsed(tx, context, cabin, stay, ReconcileFirst::Asked)?;
    let mut free: Vec<(Date, Date)> = Vec::new();
    for day in stay.each_night() {
        match nights::holder_of(tx, cabin, day)? {
            None => match free.last_mut() {
                Some((_, to)) if *to == day => *to = day.saturating_add(1.day()),
                _ => free.push((day, day.saturating_add(1.day()))),
            },
            Some(Holder::Block(block)) if closed.blocks.contains(&block) => {}
            Some(holder) => {
                let other = holder_in_words(tx, cabin, holder, &booking.code)?;
                closed.taken_by.extend(other.filter(|other| !closed.taken_by.contains(other)));
            }
        }
    }
    let reason = format!("Pago sin reserva: {}", booking.code);
    for stay in free.into_iter().filter_map(|(from, to)| Stay::new(from, to).ok()) {
        if let Ok(block) = cabins::insert_block(tx, cabin, stay, &reason)? {
            closed.blocks.push(block);
            audit::note(tx, &Actor::System, AuditEvent::NightsClosed, None, About::Cabin { cabin })?;
        }
    }
    Ok(closed)
}

/// The holder of a night; `None` when it is the booking itself.
fn holder_in_words(
    tx: &impl Read,
    cabin: CabinId,
    holder: Holder,
    own: &ReservationCode,
) -> Result<Option<NightsHolder>, Error> {
    Ok(match holder {
        Holder::Reservation(id) => {
            let other = load(tx, id)?;
            let guest = guests::find(tx, other.guest_id)?.map(|guest| guest.name).unwrap_or_default();
            (other.code != *own).then(|| NightsHolder::Reservation { code: other.code.to_string(), guest })
        }
        Holder::Block(id) => {
            let blocks = cabins::blocks(tx, cabin, Date::ZERO)?;
            let reason = blocks.into_iter().find(|block| block.id == id).map(|block| block.reason);
            Some(NightsHolder::Block { reason: reason.unwrap_or_default() })
        }
        Holder::Feed(id) => {
            let feed = feeds::find(tx, id)?;
            Some(NightsHolder::Channel {
                channel: feed.map(|feed| feed.channel.label().to_owned()).unwrap_or_default(),
            })
        }
    })
}

/// The open items about a booking, the oldest first.
fn open_of(tx: &impl Read, code: &ReservationCode) -> Result<Vec<(AttentionId, UnknownBooking)>, Error> {
    let open = attention::open(tx)?.into_iter().filter_map(|listed| match listed.attention() {
        Some(AttentionItem::PaidUnknownBooking(item)) if item.booking.code == *code => {
            Some((listed.id, item))
        }
        _ => None,
    });
    Ok(open.collect())
}

/// The open items about the booking of this one.
fn of_item(tx: &impl Read, id: AttentionId) -> Result<Vec<(AttentionId, UnknownBooking)>, Error> {
    let listed = attention::find(tx, id)?.filter(|listed| listed.resolved_at.is_none());
    match listed.and_then(|listed| listed.attention()) {
        Some(AttentionItem::PaidUnknownBooking(item)) => open_of(tx, &item.booking.code),
        _ => Err(Error::NotFound),
    }
}

/// Makes the booking again, under its code, for its price and confirmed, with its payments in it.
pub fn make_booking(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: AttentionId,
    actor: &Actor,
) -> Result<ReservationCode, Error> {
    let items = of_item(tx, id)?;
    let (_, first) = items.first().ok_or(Error::NotFound)?;
    let booking = first.booking.clone();
    open_nights(tx, context, &items)?;
    let made = reserve::make_again(tx, context, &booking, actor)?;
    for (attention, item) in items {
        let amount = Money::new(item.amount_cents, booking.total.currency);
        let checkout =
            paid_checkout(tx, made.id, Some(&item.reference), Some(amount))?.ok_or(Error::NotFound)?;
        payments::give_to(tx, item.payment_id, &checkout)?;
        payments::enter(tx, made.id, item.payment_id, amount)?;
        let about = About::Money { amount_cents: amount.minor, status: Some(PaymentStatus::Approved) };
        audit::note(tx, actor, AuditEvent::Money, Some(made.id), about)?;
        attention::concerns(tx, attention, made.id)?;
        attention::resolve(tx, attention, actor.name(), "booked")?;
    }
    reserve::confirm(tx, context, made.id, actor)?;
    Ok(made.code)
}

/// Gives the money of the booking back and opens its nights.
pub fn give_back(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: AttentionId,
    actor: &Actor,
) -> Result<(), Error> {
    let items = of_item(tx, id)?;
    open_nights(tx, context, &items)?;
    for (attention, item) in items {
        let payment = payments::find(tx, item.payment_id)?.ok_or(Error::NotFound)?;
        match payment.reservation_id {
            Some(reservation) => {
                let reservation: Reservation = load(tx, reservation)?;
                refunds::want_payment_back(tx, context, &reservation, payment.id, actor)?;
            }
            None => refunds::want_stray_back(tx, context, &payment, actor)?,
        }
        attention::resolve(tx, attention, actor.name(), "refunded")?;
    }
    Ok(())
}

/// A payment without a booking went back by another hand: its item is over, and its nights are open again.
pub(super) fn is_over(tx: &mut WriteTx<'_>, context: &AppContext, payment: &Payment) -> Result<(), Error> {
    let subject = payment.id.to_string();
    let open = attention::open(tx)?.into_iter().find_map(|listed| match listed.attention() {
        Some(AttentionItem::PaidUnknownBooking(item)) if item.payment_id == payment.id => {
            Some((listed.id, item))
        }
        _ => None,
    });
    let Some(item) = open else { return Ok(()) };
    if open_of(tx, &item.1.booking.code)?.len() == 1 {
        open_nights(tx, context, &[item])?;
    }
    Ok(attention::settle(tx, AttentionKind::PaidUnknownBooking, &subject)?)
}

fn open_nights(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    items: &[(AttentionId, UnknownBooking)],
) -> Result<(), Error> {
    for (_, item) in items {
        let (cabin, stay) = (item.booking.cabin_id, item.booking.stay);
        for block in &item.blocks {
            cabins::delete_block(tx, cabin, *block)?;
        }
        feed_state::hand_over(tx, context, cabin, (stay.check_in(), stay.check_out()))?;
    }
    Ok(())
}
