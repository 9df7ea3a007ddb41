//! Who stands between password and second factor.

use crate::domain::user::User;
use std::time::Duration;

/// How long somebody who gave the right password may look for their phone.
pub(super) const PENDING_LOGIN_SECONDS: u64 = 300;
/// Who can be between password and second factor at once: each of them knew a password.
pub(super) const PENDING_LOGINS_MAX: u64 = 1000;

/// Who gave the right password and still owes the code.
pub(super) type PendingLogins = moka::sync::Cache<[u8; 32], User>;

/// Nobody between password and second factor.
pub(super) fn no_pending_logins() -> PendingLogins {
    let life = Duration::from_secs(PENDING_LOGIN_SECONDS);
    moka::sync::Cache::builder().max_capacity(PENDING_LOGINS_MAX).time_to_live(life).build()
}
