//! Checkouts, as rows with the jobs that open and close them at the provider.

use super::{AppContext, Error};
use crate::domain::ids::{CheckoutId, ReservationId};
use crate::domain::job::JobKind;
use crate::domain::money::Money;
use crate::ports::random::{TOKEN_CHARS, token};
use crate::store::{Read, WriteTx, jobs, payments};
use jiff::{SignedDuration, Timestamp};

/// First letter of our references at the provider; a token follows.
const REFERENCE_PREFIX: char = 'c';
/// A link ends this long before its hold: a last-moment payment is seen before the nights are given back.
const LINK_MARGIN: SignedDuration = SignedDuration::from_mins(2);
/// Delay of the job that opens a checkout in case the request itself did not.
const LINK_FALLBACK: SignedDuration = SignedDuration::from_secs(20);

/// Requests a checkout of `amount` for a reservation, to be opened soon and closed shortly before `until`.
pub fn want_checkout(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: ReservationId,
    amount: Money,
    until: Timestamp,
) -> Result<CheckoutId, Error> {
    let expires_at = (until - LINK_MARGIN).max(tx.now() + LINK_MARGIN).min(until);
    let reference = format!("{REFERENCE_PREFIX}{}", token(context.random.as_ref()));
    let id = payments::insert_checkout(tx, reservation, &reference, amount, expires_at)?;
    let at = tx.now() + LINK_FALLBACK;
    jobs::enqueue(tx, JobKind::OpenCheckout, &id.to_string(), at)?;
    Ok(id)
}

/// Wants the link to pay for a reservation opened and sent.
pub fn want_link(tx: &mut WriteTx<'_>, id: ReservationId) -> Result<(), Error> {
    let now = tx.now();
    Ok(jobs::enqueue(tx, JobKind::SendLink, &id.to_string(), now)?)
}

/// Whether a reference at the provider has the form of ours.
pub fn is_reference(text: &str) -> bool {
    let token = text.strip_prefix(REFERENCE_PREFIX);
    token
        .is_some_and(|token| token.len() == TOKEN_CHARS && token.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Ends all checkouts of a reservation; a job tells the provider.
pub fn close_checkouts(tx: &mut WriteTx<'_>, reservation: ReservationId) -> Result<(), Error> {
    let now = tx.now();
    for id in payments::close_checkouts(tx, reservation)? {
        jobs::enqueue(tx, JobKind::CloseCheckout, &id.to_string(), now)?;
    }
    Ok(())
}
