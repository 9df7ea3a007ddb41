//! Errors of the use-cases.

use crate::domain::ids::ReservationId;
use crate::domain::refusal::Refusal;
use crate::ports::error::PortError;
use crate::store::StoreError;

/// A use-case failed. A refusal is an answer for the guest or owner; the rest is for the operator.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Refused, with the reason.
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    #[error("not found")]
    NotFound,
    /// Changed by somebody else meanwhile: reload.
    #[error("changed meanwhile")]
    Stale,
    /// Lapsed holds are in the way and the provider was not asked about their payments yet: ask, then retry.
    #[error("holds to be reconciled first")]
    ReconcileFirst(Vec<ReservationId>),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Port(#[from] PortError),
}
