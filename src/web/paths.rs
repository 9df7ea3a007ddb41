//! Addresses that more than one place needs.

/// Where the owner's pages live.
pub(super) const HOME: &str = "/admin";
