//! Offers to pay, as rows with the work that opens and closes them at the provider.

use super::{AppContext, Error};
use crate::domain::ids::{CheckoutId, ReservationId};
use crate::domain::job::JobKind;
use crate::domain::money::Money;
use crate::ports::random::token;
use crate::store::{Read, WriteTx, jobs, payments};
use jiff::{SignedDuration, Timestamp};

/// When the job opens a checkout that the request itself should have opened long since.
const LINK_FALLBACK: SignedDuration = SignedDuration::from_secs(20);

/// Wants an offer to pay `amount` for a reservation, opened as soon as may be.
pub fn want_checkout(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: ReservationId,
    amount: Money,
    expires_at: Timestamp,
) -> Result<CheckoutId, Error> {
    let reference = format!("c{}", token(context.random.as_ref()));
    let id = payments::insert_checkout(tx, reservation, &reference, amount, expires_at)?;
    let at = tx.now() + LINK_FALLBACK;
    jobs::enqueue(tx, JobKind::OpenCheckout, &id.to_string(), at)?;
    Ok(id)
}

/// Ends every offer of a reservation; the provider is told by a job.
pub fn close_checkouts(tx: &mut WriteTx<'_>, reservation: ReservationId) -> Result<(), Error> {
    let now = tx.now();
    for id in payments::close_checkouts(tx, reservation)? {
        jobs::enqueue(tx, JobKind::CloseCheckout, &id.to_string(), now)?;
    }
    Ok(())
}
