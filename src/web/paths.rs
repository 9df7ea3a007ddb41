//! Addresses used in more than one place.

/// Path of the admin page.
pub(super) const HOME: &str = "/admin";
