//! How a use-case ends when it does not end well.

use crate::domain::ids::ReservationId;
use crate::domain::refusal::Refusal;
use crate::ports::error::PortError;
use crate::store::StoreError;

/// Not done. A refusal is an answer for the guest or owner; the rest is for whoever runs casero.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Casero says no, and says why.
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    #[error("not found")]
    NotFound,
    /// It was changed by somebody else meanwhile: look again.
    #[error("changed meanwhile")]
    Stale,
    /// Lapsed holds stand in the way and their payments were not asked about yet: ask, then try again.
    #[error("holds to be reconciled first")]
    ReconcileFirst(Vec<ReservationId>),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Port(#[from] PortError),
}
