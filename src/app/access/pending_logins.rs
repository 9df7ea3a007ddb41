//! Logins that wait for the second factor.

use crate::domain::user::User;
use std::time::Duration;

/// Time to enter the second factor after the password.
pub(super) const PENDING_LOGIN_SECONDS: u64 = 300;
/// Most pending logins; each has given a right password.
pub(super) const PENDING_LOGINS_MAX: u64 = 1000;

/// Accounts that gave the right password and still owe the code.
pub(super) type PendingLogins = moka::sync::Cache<[u8; 32], User>;

/// No pending logins.
pub(super) fn no_pending_logins() -> PendingLogins {
    let life = Duration::from_secs(PENDING_LOGIN_SECONDS);
    moka::sync::Cache::builder().max_capacity(PENDING_LOGINS_MAX).time_to_live(life).build()
}
