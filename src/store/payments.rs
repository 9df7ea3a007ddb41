//! Checkouts, payments, and the ledger from which each balance follows.

use super::codec::{coded, instant, instant_or_none, money, word};
use super::row::Row;
use super::tx::{all, one};
use super::{Read, StoreError, WriteTx, payment_snapshots};
use crate::domain::code::Coded;
use crate::domain::ids::{CheckoutId, PaymentId, ReservationId};
use crate::domain::money::{Currency, Money};
use crate::domain::payment::{PaymentMethod, PaymentSnapshot, PaymentStatus, Verdict};
use jiff::Timestamp;
use rusqlite::{named_params, params};
use strum::EnumString;

/// The state of a checkout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum CheckoutState {
    Wanted,
    Open,
    Closing,
    /// Can't be paid any more.
    Closed,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkout {
    pub id: CheckoutId,
    pub reservation_id: ReservationId,
    pub reference: String,
    pub amount: Money,
    pub state: CheckoutState,
    /// The provider's id, once open.
    pub provider_id: Option<String>,
    /// Where the guest pays, once open.
    pub url: Option<String>,
    /// Until when it can be paid.
    pub expires_at: Timestamp,
    /// How often the provider was asked about it.
    pub checks: u32,
    pub checked_at: Option<Timestamp>,
}

/// Adds a checkout that is still to be opened.
pub fn insert_checkout(
    tx: &mut WriteTx<'_>,
    reservation: ReservationId,
    reference: &str,
    amount: Money,
    expires_at: Timestamp,
) -> Result<CheckoutId, StoreError> {
    let now = tx.now().as_millisecond();
    let id = tx.insert(
        "INSERT INTO checkout (reservation_id, reference, amount_cents, currency, state, expires_at, created_at)
         VALUES (?1, ?2, ?3, ?4, 'wanted', ?5, ?6)",
        params![reservation.0, reference, amount.minor, amount.currency.code(), expires_at.as_millisecond(), now],
    )?;
    Ok(CheckoutId(id))
}

pub fn find_checkout(tx: &impl Read, id: CheckoutId) -> Result<Option<Checkout>, StoreError> {
    one(tx, "SELECT * FROM checkout WHERE id = ?1", [id.0], checkout)
}

/// The checkout with this reference of ours.
pub fn find_by_reference(tx: &impl Read, reference: &str) -> Result<Option<Checkout>, StoreError> {
    one(tx, "SELECT * FROM checkout WHERE reference = ?1", [reference], checkout)
}

/// The newest checkout of a reservation that has not ended.
pub fn current_checkout(tx: &impl Read, reservation: ReservationId) -> Result<Option<Checkout>, StoreError> {
    one(
        tx,
        "SELECT * FROM checkout WHERE reservation_id = ?1 AND state IN ('wanted', 'open') ORDER BY id DESC LIMIT 1",
        [reservation.0],
        checkout,
    )
}

/// Every checkout of a reservation, oldest first.
pub fn checkouts_of(tx: &impl Read, reservation: ReservationId) -> Result<Vec<Checkout>, StoreError> {
    all(tx, "SELECT * FROM checkout WHERE reservation_id = ?1 ORDER BY id", [reservation.0], checkout)
}

/// Records that the provider opened it, and when to check it.
pub fn opened(
    tx: &mut WriteTx<'_>,
    id: CheckoutId,
    provider_id: &str,
    url: &str,
    check_at: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "UPDATE checkout SET state = 'open', provider_id = ?2, url = ?3, check_at = ?4
               WHERE id = ?1 AND state = 'wanted'";
    Ok(tx.run(sql, params![id.0, provider_id, url, check_at.as_millisecond()])? > 0)
}

/// Closes every checkout of a reservation; answers those that the provider must be told of.
pub fn close_checkouts(
    tx: &mut WriteTx<'_>,
    reservation: ReservationId,
) -> Result<Vec<CheckoutId>, StoreError> {
    tx.run(
        "UPDATE checkout SET state = 'closed' WHERE reservation_id = ?1 AND state = 'wanted'",
        [reservation.0],
    )?;
    let open = all(
        tx,
        "SELECT id FROM checkout WHERE reservation_id = ?1 AND state IN ('open', 'closing')",
        [reservation.0],
        |row| Ok(CheckoutId(row.get(0)?)),
    )?;
    tx.run(
        "UPDATE checkout SET state = 'closing' WHERE reservation_id = ?1 AND state = 'open'",
        [reservation.0],
    )?;
    Ok(open)
}

/// Records that it can't be paid any more.
pub fn closed(tx: &mut WriteTx<'_>, id: CheckoutId) -> Result<(), StoreError> {
    tx.run("UPDATE checkout SET state = 'closed' WHERE id = ?1", [id.0])?;
    Ok(())
}

/// Records a successful check and when the next is due (`None`: never).
pub fn checked(tx: &mut WriteTx<'_>, id: CheckoutId, next: Option<Timestamp>) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "UPDATE checkout SET checked_at = ?2, check_at = ?3, checks = checks + 1 WHERE id = ?1",
        params![id.0, now, next.map(Timestamp::as_millisecond)],
    )?;
    Ok(())
}

/// Puts off the next check after a failed one.
pub fn check_later(tx: &mut WriteTx<'_>, id: CheckoutId, at: Timestamp) -> Result<(), StoreError> {
    tx.run("UPDATE checkout SET check_at = ?2 WHERE id = ?1", params![id.0, at.as_millisecond()])?;
    Ok(())
}

/// Checkouts to check now, the most overdue first.
pub fn checkouts_due(tx: &impl Read, limit: u32) -> Result<Vec<CheckoutId>, StoreError> {
    all(
        tx,
        "SELECT id FROM checkout WHERE check_at IS NOT NULL AND check_at <= ?1 ORDER BY check_at LIMIT ?2",
        params![tx.now().as_millisecond(), limit],
        |row| Ok(CheckoutId(row.get(0)?)),
    )
}

/// A payment, successful or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    pub id: PaymentId,
    pub provider: Coded<PaymentMethod>,
    pub provider_id: String,
    pub reservation_id: Option<ReservationId>,
    pub checkout_id: Option<CheckoutId>,
    pub status: Coded<PaymentStatus>,
    pub verdict: Coded<Verdict>,
    /// Amount charged, in minor units of `currency`.
    pub amount_minor: i64,
    pub refunded_minor: i64,
    /// ISO 4217 code as received.
    pub currency: String,
    /// When we first saw it.
    pub created_at: Timestamp,
}

/// Stores the current state of a payment. `None` when this state, or a later one, is stored already.
pub fn record(
    tx: &mut WriteTx<'_>,
    provider: PaymentMethod,
    snapshot: &PaymentSnapshot,
    checkout: Option<&Checkout>,
    verdict: Verdict,
) -> Result<Option<PaymentId>, StoreError> {
    if payment_snapshots::knows_newer(tx, provider, snapshot)? {
        return Ok(None);
    }
    let now = tx.now().as_millisecond();
    tx.run(
        "INSERT INTO payment (provider, provider_id, reservation_id, checkout_id, status, status_detail, verdict,
                              amount_cents, refunded_cents, currency, method, created_at, updated_at)
         VALUES (:provider, :provider_id, :reservation, :checkout, :status, :detail, :verdict,
                 :amount, :refunded, :currency, :method, :now, :now)
         ON CONFLICT (provider, provider_id) DO UPDATE SET
             status = excluded.status, status_detail = excluded.status_detail, verdict = excluded.verdict,
             reservation_id = coalesce(excluded.reservation_id, reservation_id),
             checkout_id = coalesce(excluded.checkout_id, checkout_id),
             amount_cents = excluded.amount_cents, refunded_cents = excluded.refunded_cents,
             currency = excluded.currency, method = excluded.method, updated_at = excluded.updated_at",
        named_params! {
            ":provider": provider.code(), ":provider_id": snapshot.provider_id,
            ":reservation": checkout.map(|c| c.reservation_id.0), ":checkout": checkout.map(|c| c.id.0),
            ":status": snapshot.status.code(), ":detail": snapshot.status_detail, ":verdict": verdict.code(),
            ":amount": snapshot.amount_minor, ":refunded": snapshot.refunded_minor,
            ":currency": snapshot.currency, ":method": snapshot.method, ":now": now,
        },
    )?;
    let id = one(
        tx,
        "SELECT id FROM payment WHERE provider = ?1 AND provider_id = ?2",
        params![provider.code(), snapshot.provider_id],
        |row| Ok(row.get::<_, i64>(0)?),
    )?
    .ok_or(StoreError::Closed)?;
    let fresh = tx.run(
        "INSERT INTO payment_sighting (payment_id, status, refunded_cents, updated, seen_at)
         VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
        params![id, snapshot.status.code(), snapshot.refunded_minor, snapshot.updated, now],
    )?;
    Ok((fresh > 0).then_some(PaymentId(id)))
}

/// Stores a payment that a person saw arrive for a reservation.
pub fn record_for(
    tx: &mut WriteTx<'_>,
    provider: PaymentMethod,
    snapshot: &PaymentSnapshot,
    reservation: ReservationId,
) -> Result<PaymentId, StoreError> {
    let now = tx.now().as_millisecond();
    let id = tx.insert(
        "INSERT INTO payment (provider, provider_id, reservation_id, status, status_detail, verdict, amount_cents,
                              currency, method, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, 'matches', ?6, ?7, ?8, ?9, ?9)",
        params![
            provider.code(),
            snapshot.provider_id,
            reservation.0,
            snapshot.status.code(),
            snapshot.status_detail,
            snapshot.amount_minor,
            snapshot.currency,
            snapshot.method,
            now
        ],
    )?;
    Ok(PaymentId(id))
}

/// Gives a payment without a reservation to the one of a checkout; it matches.
pub fn give_to(tx: &mut WriteTx<'_>, id: PaymentId, checkout: &Checkout) -> Result<(), StoreError> {
    tx.run(
        "UPDATE payment SET reservation_id = ?2, checkout_id = ?3, verdict = ?4 WHERE id = ?1",
        params![id.0, checkout.reservation_id.0, checkout.id.0, Verdict::Matches.code()],
    )?;
    Ok(())
}

pub fn find(tx: &impl Read, id: PaymentId) -> Result<Option<Payment>, StoreError> {
    one(tx, "SELECT * FROM payment WHERE id = ?1", [id.0], payment)
}

/// The payments of a reservation, oldest first.
pub fn of_reservation(tx: &impl Read, reservation: ReservationId) -> Result<Vec<Payment>, StoreError> {
    all(tx, "SELECT * FROM payment WHERE reservation_id = ?1 ORDER BY id", [reservation.0], payment)
}

/// The newest payments of all reservations.
pub fn recent(tx: &impl Read, limit: u32, offset: u32) -> Result<Vec<Payment>, StoreError> {
    all(tx, "SELECT * FROM payment ORDER BY id DESC LIMIT ?1 OFFSET ?2", [limit, offset], payment)
}

/// The amount a payment has put into the ledger, in minor units.
pub fn entered(tx: &impl Read, payment: PaymentId) -> Result<i64, StoreError> {
    let sum = one(
        tx,
        "SELECT coalesce(sum(amount_cents), 0) FROM ledger WHERE payment_id = ?1",
        [payment.0],
        |row| Ok(row.get(0)?),
    )?;
    Ok(sum.unwrap_or(0))
}

pub fn enter(
    tx: &mut WriteTx<'_>,
    reservation: ReservationId,
    payment: PaymentId,
    amount: Money,
) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.insert(
        "INSERT INTO ledger (reservation_id, payment_id, amount_cents, currency, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![reservation.0, payment.0, amount.minor, amount.currency.code(), now],
    )?;
    Ok(())
}

/// The amount paid for a reservation, in minor units of its currency.
pub fn paid(tx: &impl Read, reservation: ReservationId) -> Result<i64, StoreError> {
    let sum = one(
        tx,
        "SELECT coalesce(sum(amount_cents), 0) FROM ledger WHERE reservation_id = ?1",
        [reservation.0],
        |row| Ok(row.get(0)?),
    )?;
    Ok(sum.unwrap_or(0))
}

/// The sum of the ledger's entries of a time in one currency, and the number of payments behind it.
pub fn received_between(
    tx: &impl Read,
    currency: Currency,
    from: Timestamp,
    to: Timestamp,
) -> Result<(i64, u64), StoreError> {
    let sum = one(
        tx,
        "SELECT coalesce(sum(amount_cents), 0) AS sum, count(DISTINCT payment_id) AS payments FROM ledger
         WHERE created_at >= ?1 AND created_at < ?2 AND currency = ?3",
        params![from.as_millisecond(), to.as_millisecond(), currency.code()],
        |row| Ok((row.get("sum")?, row.get::<_, i64>("payments")?.unsigned_abs())),
    )?;
    Ok(sum.unwrap_or_default())
}

/// The currency of a payment, when it is one of the ledger's.
pub fn currency_of(payment: &Payment) -> Option<Currency> {
    Currency::from_code(&payment.currency)
}

fn checkout(row: &Row<'_>) -> Result<Checkout, StoreError> {
    Ok(Checkout {
        id: CheckoutId(row.get("id")?),
        reservation_id: ReservationId(row.get("reservation_id")?),
        reference: row.get("reference")?,
        amount: money(row, "amount_cents")?,
        state: word(row, "state", |code| code.parse().ok())?,
        provider_id: row.get("provider_id")?,
        url: row.get("url")?,
        expires_at: instant(row, "expires_at")?,
        checks: row.get("checks")?,
        checked_at: instant_or_none(row, "checked_at")?,
    })
}

fn payment(row: &Row<'_>) -> Result<Payment, StoreError> {
    Ok(Payment {
        id: PaymentId(row.get("id")?),
        provider: coded(row, "provider")?,
        provider_id: row.get("provider_id")?,
        reservation_id: row.get::<_, Option<i64>>("reservation_id")?.map(ReservationId),
        checkout_id: row.get::<_, Option<i64>>("checkout_id")?.map(CheckoutId),
        status: coded(row, "status")?,
        verdict: coded(row, "verdict")?,
        amount_minor: row.get("amount_cents")?,
        refunded_minor: row.get("refunded_cents")?,
        currency: row.get("currency")?,
        created_at: instant(row, "created_at")?,
    })
}
