//! A booking that is known from its payment alone, made again.

use super::take_nights;
use crate::app::stay_view::load;
use crate::app::{AppContext, Error, counts};
use crate::domain::audit::{About, Actor, AuditEvent};
use crate::domain::channel::KnownChannel;
use crate::domain::paid_booking::PaidBooking;
use crate::domain::phone::Phone;
use crate::domain::pricing::Terms;
use crate::domain::refusal::Refusal;
use crate::domain::reservation::{Reservation, Status};
use crate::store::guests::{self, Identity};
use crate::store::{Read, WriteTx, audit, cabins, reservations, settings};

/// Holds a booking under its code, at the price it was sold for. Refused when its cabin or its nights are gone, or when
/// its code is in use.
pub fn make_again(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    booking: &PaidBooking,
    actor: &Actor,
) -> Result<Reservation, Error> {
    let cabin = cabins::find(tx, booking.cabin_id)?.ok_or(Refusal::CabinUnavailable)?;
    if reservations::find_by_code(tx, &booking.code)?.is_some() {
        return Err(Error::Stale);
    }
    super::evict_lapsed(tx, context, cabin.id, booking.stay, super::ReconcileFirst::Asked)?;
    let phone = Phone::parse(&booking.phone);
    let guest =
        guests::find_or_insert(tx, &Identity { phone, name: booking.guest.clone(), ..Identity::default() })?;
    let (settings, _) = settings::load(tx)?;
    let new = reservations::New {
        code: &booking.code,
        cabin_id: cabin.id,
        guest_id: guest.id,
        stay: booking.stay,
        party: booking.party,
        channel: &KnownChannel::Direct.into(),
        quote: &booking.price().ok_or(Refusal::PriceOverflow)?,
        terms: &Terms::default(),
        expires_at: tx.now() + settings.hold_time(),
    };
    let id = reservations::insert(tx, &new)?;
    take_nights(tx, cabin.id, booking.stay, id)?;
    audit::note(tx, actor, AuditEvent::Held, Some(id), About::Nothing {})?;
    counts::reservation(new.channel, Status::PreReserved);
    load(tx, id)
}
