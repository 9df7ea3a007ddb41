//! Every state in which a payment was seen, and which of them is the newest.
//!
//! The provider's answers lag: its search may return an older state after a direct reading returned a newer one.
//! The older one must not undo the newer.

use super::tx::all;
use super::{Read, StoreError};
use crate::domain::payment::{PaymentMethod, PaymentSnapshot};
use jiff::Timestamp;
use rusqlite::params;

/// Whether a later state of the payment is stored, by the provider's own time of the change. An unreadable time
/// decides nothing.
pub(super) fn knows_newer(
    tx: &impl Read,
    provider: PaymentMethod,
    snapshot: &PaymentSnapshot,
) -> Result<bool, StoreError> {
    let Ok(changed) = snapshot.updated.parse::<Timestamp>() else { return Ok(false) };
    let seen = all(
        tx,
        "SELECT s.updated FROM payment p JOIN payment_sighting s ON s.payment_id = p.id
         WHERE p.provider = ?1 AND p.provider_id = ?2",
        params![provider.code(), snapshot.provider_id],
        |row| Ok(row.get::<_, String>(0)?),
    )?;
    Ok(seen.iter().filter_map(|at| at.parse::<Timestamp>().ok()).any(|at| at > changed))
}

#[cfg(test)]
mod tests {
    use crate::domain::payment::{PaymentMethod, PaymentSnapshot, PaymentStatus, Verdict};
    use crate::store::{Store, StoreError, payments};
    use jiff::Timestamp;
    use std::sync::Arc;

    fn seen(status: PaymentStatus, updated: &str) -> PaymentSnapshot {
        PaymentSnapshot {
            provider_id: "4711".to_owned(),
            status,
            status_detail: String::new(),
            amount_minor: 100,
            refunded_minor: 0,
            currency: "ARS".to_owned(),
            reference: None,
            collector_id: None,
            updated: updated.to_owned(),
            method: String::new(),
            description: String::new(),
            booking: None,
        }
    }

    #[test]
    fn an_older_state_told_late_does_not_take_back_a_newer_one() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), Arc::new(|| Timestamp::UNIX_EPOCH)).unwrap();
        let record = |snapshot: PaymentSnapshot| {
            store
                .write_blocking(move |tx| {
                    let told =
                        payments::record(tx, PaymentMethod::Mercadopago, &snapshot, None, Verdict::Matches)?;
                    let known = payments::recent(tx, 1, 0)?;
                    Ok::<_, StoreError>((told.is_some(), known[0].status.clone()))
                })
                .unwrap()
        };
        let approved = PaymentStatus::Approved;
        assert_eq!(record(seen(approved, "2026-09-10T10:00:00.000-04:00")), (true, approved.into()));
        assert_eq!(
            record(seen(PaymentStatus::Pending, "2026-09-10T13:59:59.000Z")),
            (false, approved.into())
        );
        assert_eq!(record(seen(approved, "2026-09-10T10:00:00.000-04:00")), (false, approved.into()));
        let back = PaymentStatus::Refunded;
        assert_eq!(record(seen(back, "2026-09-10T14:00:01.000Z")), (true, back.into()));
        // A state with an unreadable time is accepted: one look too many is better than one too few.
        assert_eq!(
            record(seen(PaymentStatus::ChargedBack, "soon")),
            (true, PaymentStatus::ChargedBack.into())
        );
    }
}
