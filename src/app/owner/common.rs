//! What all changes by a message share: names of cabins, and failures as errors.

use crate::app::manage::ManageError;
use crate::app::{Error, stay_view};
use crate::domain::ids::CabinId;
use crate::store::Read;

pub(super) fn names(tx: &impl Read, cabins: &[CabinId]) -> Result<Vec<String>, Error> {
    cabins.iter().map(|cabin| stay_view::cabin_name(tx, *cabin)).collect()
}

pub(super) fn failed(error: ManageError) -> Error {
    match error {
        ManageError::App(error) => error,
        ManageError::Store(error) => error.into(),
        ManageError::NotFound(_) => Error::NotFound,
        ManageError::Invalid { .. }
        | ManageError::Settings(_)
        | ManageError::CabinInUse
        | ManageError::NightsTaken(_)
        | ManageError::Stale
        | ManageError::WindowClosed
        | ManageError::RequestClosed(_)
        | ManageError::AmountMissing
        | ManageError::ReceiptClosed
        | ManageError::OptedOut => Error::Stale,
    }
}
