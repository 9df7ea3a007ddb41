//! Rate limits: a bucket for each address or account (GCRA), refilled by the minute. The buckets live in
//! memory; a restart empties them.

use super::options::Limits;
use super::problem::Problem;
use crate::domain::ids::UserId;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;

/// Buckets after which the full ones are removed: bounds memory (about 100 bytes each).
const BUCKETS_MAX: usize = 10_000;

/// All limits of the web server.
pub(super) struct RateLimits {
    login: Buckets<IpAddr>,
    public: Buckets<IpAddr>,
    api: Buckets<UserId>,
    codes: Buckets<UserId>,
    hooks: Buckets<IpAddr>,
}

impl RateLimits {
    pub(super) fn new(limits: &Limits) -> RateLimits {
        RateLimits {
            login: Buckets::new("login", limits.login_per_minute),
            public: Buckets::new("public", limits.public_per_minute),
            api: Buckets::new("api", limits.api_per_minute),
            codes: Buckets::new("codes", limits.codes_per_minute),
            hooks: Buckets::new("hooks", limits.unsigned_hooks_per_minute),
        }
    }

    pub(super) fn login(&self, address: IpAddr) -> Result<(), Problem> {
        self.login.check(address)
    }

    /// A request without a token.
    pub(super) fn public(&self, address: IpAddr) -> Result<(), Problem> {
        self.public.check(address)
    }

    /// A notification without a valid signature.
    pub(super) fn unsigned_hook(&self, address: IpAddr) -> Result<(), Problem> {
        self.hooks.check(address)
    }

    /// A try of an account's second factor, from any address.
    pub(super) fn code(&self, user: UserId) -> Result<(), Problem> {
        self.codes.check(user)
    }

    pub(super) fn api(&self, user: UserId) -> Result<(), Problem> {
        self.api.check(user)
    }
}

struct Buckets<K: Hash + Eq + Clone> {
    name: &'static str,
    buckets: DefaultKeyedRateLimiter<K>,
}

impl<K: Hash + Eq + Clone> Buckets<K> {
    fn new(name: &'static str, per_minute: u32) -> Buckets<K> {
        let per_minute = NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN);
        Buckets { name, buckets: RateLimiter::keyed(Quota::per_minute(per_minute)) }
    }

    fn check(&self, key: K) -> Result<(), Problem> {
        if self.buckets.len() > BUCKETS_MAX {
            self.buckets.retain_recent();
        }
        self.buckets.check_key(&key).map_err(|wait| {
            metrics::counter!("rate_limited_total", "limit" => self.name).increment(1);
            let wait = wait.wait_time_from(DefaultClock::default().now());
            Problem::rate_limited(wait.as_secs() + 1)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_caller_who_asks_too_often_waits_and_the_others_do_not() {
        let limits = RateLimits::new(&Limits { login_per_minute: 2, ..Limits::default() });
        let (one, other) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        assert!(limits.login(one).is_ok() && limits.login(one).is_ok());
        let refused = limits.login(one).unwrap_err();
        assert_eq!((refused.status, refused.code), (429, "rate_limited"));
        assert!(refused.retry_after.is_some_and(|seconds| (1..=60).contains(&seconds)));
        assert!(limits.login(other).is_ok());
    }
}
