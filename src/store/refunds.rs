//! Refunds: each part of a payment that goes back, with its key.

use super::codec::{money, word};
use super::payments::Payment;
use super::row::Row;
use super::tx::{all, one};
use super::{Read, StoreError, WriteTx};
use crate::domain::ids::{PaymentId, RefundId, ReservationId};
use crate::domain::money::Money;
use rusqlite::params;
use strum::{EnumString, IntoStaticStr};

#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum RefundState {
    Wanted,
    InProcess,
    Approved,
    Rejected,
}

impl RefundState {
    pub fn code(self) -> &'static str {
        self.into()
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    pub id: RefundId,
    pub payment_id: PaymentId,
    pub reservation_id: Option<ReservationId>,
    pub amount: Money,
    /// The idempotency key sent to the provider.
    pub idempotency_key: String,
    pub state: RefundState,
}

/// Adds a refund that is still to be requested.
pub fn insert(
    tx: &mut WriteTx<'_>,
    payment: &Payment,
    amount: Money,
    key: &str,
    requested_by: &str,
) -> Result<RefundId, StoreError> {
    let now = tx.now().as_millisecond();
    let id = tx.insert(
        "INSERT INTO refund (payment_id, reservation_id, amount_cents, currency, idempotency_key, state,
                             requested_by, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, 'wanted', ?6, ?7, ?7)",
        params![
            payment.id.0,
            payment.reservation_id.map(|id| id.0),
            amount.minor,
            amount.currency.code(),
            key,
            requested_by,
            now
        ],
    )?;
    Ok(RefundId(id))
}

pub fn find(tx: &impl Read, id: RefundId) -> Result<Option<Refund>, StoreError> {
    one(tx, "SELECT * FROM refund WHERE id = ?1", [id.0], refund)
}

/// Refunds of a payment that were not refused.
pub fn of_payment(tx: &impl Read, payment: PaymentId) -> Result<Vec<Refund>, StoreError> {
    all(
        tx,
        "SELECT * FROM refund WHERE payment_id = ?1 AND state <> 'rejected' ORDER BY id",
        [payment.0],
        refund,
    )
}

/// Sets the state of a refund.
pub fn set_state(
    tx: &mut WriteTx<'_>,
    id: RefundId,
    state: RefundState,
    provider_id: Option<&str>,
) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "UPDATE refund SET state = ?2, provider_id = coalesce(?3, provider_id), updated_at = ?4 WHERE id = ?1",
        params![id.0, state.code(), provider_id, now],
    )?;
    Ok(())
}

fn refund(row: &Row<'_>) -> Result<Refund, StoreError> {
    Ok(Refund {
        id: RefundId(row.get("id")?),
        payment_id: PaymentId(row.get("payment_id")?),
        reservation_id: row.get::<_, Option<i64>>("reservation_id")?.map(ReservationId),
        amount: money(row, "amount_cents")?,
        idempotency_key: row.get("idempotency_key")?,
        state: word(row, "state", |code| code.parse().ok())?,
    })
}
