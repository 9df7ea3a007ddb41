//! Failures of calls to the outside. The adapter classifies them, since only it knows the vendor's codes;
//! callers follow the class and never read an error's text.

use crate::domain::provider::OutageCause;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// A failed call to a provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum PortError {
    /// Trying again may help: time-out, 429, 5xx. Nothing is known about whether the call took effect.
    #[error("{code}, worth another try")]
    Transient {
        /// The wait that the provider asked for (`Retry-After`), if it did.
        after: Option<Duration>,
        /// Stable short name of what happened, for logs and metrics: `timeout`, `http_503`, `wa_131056`.
        code: String,
    },
    /// Trying again cannot help: refused, malformed, not allowed.
    #[error("{code}: {detail}")]
    Permanent {
        /// Stable short name of what happened: `wa_131047`, `http_404`.
        code: String,
        /// The vendor's text, shortened; for the owner's attention list, never for decisions.
        detail: String,
    },
    /// The account or its credentials are refused: no call can succeed until a person repairs that.
    #[error("{code}, the account is refused: {detail}")]
    Account {
        cause: OutageCause,
        /// Stable short name of what happened: `wa_190`, `http_401`.
        code: String,
        /// The vendor's text, shortened; for the owner, never for decisions.
        detail: String,
    },
    /// The integration has no credentials; the rest of casero runs without it.
    #[error("integration is off")]
    Off,
    /// The circuit breaker is open after repeated failures; the next call is allowed after this time.
    #[error("circuit open, next try in {0:?}")]
    Open(Duration),
}

impl PortError {
    /// Short stable name for logs and metrics.
    pub fn code(&self) -> &str {
        match self {
            PortError::Transient { code, .. }
            | PortError::Permanent { code, .. }
            | PortError::Account { code, .. } => code,
            PortError::Off => "off",
            PortError::Open(_) => "circuit_open",
        }
    }

    /// Whether a retry may succeed.
    pub fn is_transient(&self) -> bool {
        match self {
            PortError::Transient { .. } | PortError::Open(_) => true,
            PortError::Permanent { .. } | PortError::Account { .. } | PortError::Off => false,
        }
    }
}
