//! Why something that the owner arranges was not arranged.

use super::Error;
use crate::domain::invalid::{self, Field, Invalid};
use crate::domain::settings::SettingRefused;
use crate::store::StoreError;
use jiff::civil::Date;

/// Why something was not arranged.
#[derive(Debug, thiserror::Error)]
pub enum ManageError {
    #[error("{}: {problem}", .field.code())]
    Invalid { field: Field, problem: Invalid },
    /// Settings that can't hold, all of them.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Settings(Vec<SettingRefused>),
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// Guests are still to come to this cabin.
    #[error("the cabin has stays ahead: cancel or move them, or set it inactive")]
    CabinInUse,
    #[error("the night of {0} is taken")]
    NightsTaken(Date),
    /// Somebody saved a newer version.
    #[error("changed meanwhile: read it again")]
    Stale,
    /// The guest wrote too long ago for a free answer.
    #[error("the guest's last message is more than 24 hours old; WhatsApp only takes templates now")]
    WindowClosed,
    /// The guest asked us to stop writing.
    #[error("the guest asked us to stop writing")]
    OptedOut,
    /// A use-case below said no or failed.
    #[error(transparent)]
    App(#[from] Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

pub(super) fn check_chars(field: Field, text: &str, max: usize) -> Result<(), ManageError> {
    invalid::check_chars(text, max).map_err(|problem| invalid(field, problem))
}

pub(super) fn invalid(field: Field, problem: Invalid) -> ManageError {
    ManageError::Invalid { field, problem }
}
