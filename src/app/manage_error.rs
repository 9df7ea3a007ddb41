//! Errors of the owner's changes.

use super::Error;
use crate::domain::invalid::{self, Field, Invalid};
use crate::domain::request::RequestState;
use crate::domain::settings::SettingRefused;
use crate::store::StoreError;
use jiff::civil::Date;

/// Reason why a change was refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum ManageError {
    #[error("{}: {problem}", .field.code())]
    Invalid { field: Field, problem: Invalid },
    /// All settings with invalid values.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Settings(Vec<SettingRefused>),
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// Guests are still to come to this cabin.
    #[error("the cabin has stays ahead: cancel or move them, or set it inactive")]
    CabinInUse,
    #[error("the night of {0} is taken")]
    NightsTaken(Date),
    /// A newer version was saved meanwhile.
    #[error("changed meanwhile: read it again")]
    Stale,
    /// The 24-hour window is closed.
    #[error("the guest's last message is more than 24 hours old; WhatsApp only takes templates now")]
    WindowClosed,
    /// The guest opted out of messages.
    #[error("the guest asked us to stop writing")]
    OptedOut,
    /// A request that somebody decided before, or whose matter is over.
    #[error("the request is no longer open: {}", .0.code())]
    RequestClosed(RequestState),
    #[error("a yes to this request needs an amount")]
    AmountMissing,
    /// Somebody looked at the receipt before.
    #[error("the receipt was looked at before")]
    ReceiptClosed,
    /// An inner use-case refused or failed.
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
