//! Failure of a check.

use crate::store::StoreError;

/// A violated invariant.
#[derive(Debug, Clone)]
pub(super) struct Broken {
    pub rule: &'static str,
    pub details: String,
}

impl Broken {
    pub(super) fn new(rule: &'static str, details: impl Into<String>) -> Broken {
        Broken { rule, details: details.into() }
    }
}

impl From<StoreError> for Broken {
    fn from(error: StoreError) -> Broken {
        Broken::new("the database can be read", error.to_string())
    }
}

impl From<rusqlite::Error> for Broken {
    fn from(error: rusqlite::Error) -> Broken {
        Broken::new("the database can be read", error.to_string())
    }
}
