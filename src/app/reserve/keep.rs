//! The time of a hold, changed because a person said so or because its money may be on the way.

use crate::app::Error;
use crate::app::stay_view::load;
use crate::domain::audit::{About, Actor, AuditEvent};
use crate::domain::refusal::Refusal;
use crate::domain::reservation::{Reservation, Status};
use crate::store::{Read, WriteTx, audit, reservations};
use jiff::Timestamp;

/// Keeps a hold until another instant.
pub fn keep_until(
    tx: &mut WriteTx<'_>,
    mut reservation: Reservation,
    until: Timestamp,
    actor: &Actor,
) -> Result<Reservation, Error> {
    if reservation.status != Status::PreReserved || reservation.has_lapsed(tx.now()) {
        return Err(Refusal::NotNow { status: reservation.status }.into());
    }
    reservation.expires_at = Some(until);
    if !reservations::save(tx, &reservation)? {
        return Err(Error::Stale);
    }
    audit::note(tx, actor, AuditEvent::HoldKept, Some(reservation.id), About::Nothing {})?;
    load(tx, reservation.id)
}
