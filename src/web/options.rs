//! Options of the web server.

use super::health_part::Part;
use crate::app::desk::WebHoldLimits;
use jiff::Timestamp;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

/// Deployment settings of the web server.
#[derive(Clone)]
pub struct Options {
    pub address: IpAddr,
    /// Port to listen on; 0 picks a free one.
    pub port: u16,
    /// Our public address, without a trailing slash; empty when there is none yet.
    pub public_url: String,
    /// A proxy on this machine forwards the caller's address.
    pub trusted_proxy: bool,
    /// Rate limits.
    pub limits: Limits,
    /// Renders the metrics as Prometheus text.
    pub numbers: Arc<dyn Fn() -> String + Send + Sync>,
    /// Health of the parts that only the process knows: disk and backups.
    pub parts: Arc<dyn Fn() -> Vec<Part> + Send + Sync>,
    /// The backups, oldest first, with their sizes in bytes. Blocking.
    pub backups: Arc<dyn Fn() -> Vec<(Timestamp, u64)> + Send + Sync>,
    /// Makes a verified backup now; `false` when that failed. Blocking.
    pub backup_now: Arc<dyn Fn() -> bool + Send + Sync>,
}

/// Rate limits per caller.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Logins a minute and address. Guessing passwords is slow at this pace; mistyping is not punished.
    pub login_per_minute: u32,
    /// Public requests (availability) a minute and address: a person looking at a calendar makes some dozens.
    pub public_per_minute: u32,
    /// Requests a minute and token: more is a client in a loop.
    pub api_per_minute: u32,
    /// Second-factor codes a minute and account, from any address: three in a million are valid, so guessing
    /// takes weeks, after the password.
    pub codes_per_minute: u32,
    /// Notifications without a valid signature a minute and address. Mercado Pago's older ones have none; signed ones
    /// are not limited.
    pub unsigned_hooks_per_minute: u32,
    /// Holds of the public form that may wait for their deposit at a time.
    pub web_holds: WebHoldLimits,
    /// Size of the database's log, in bytes, above which it is not moved into the database as it should.
    pub log_bytes_max: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            login_per_minute: 30,
            public_per_minute: 1200,
            api_per_minute: 12_000,
            codes_per_minute: 10,
            unsigned_hooks_per_minute: 120,
            web_holds: WebHoldLimits { per_address: 3, of_house: 12 },
            log_bytes_max: 128 << 20,
        }
    }
}

impl Default for Options {
    fn default() -> Options {
        Options {
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 8080,
            public_url: String::new(),
            trusted_proxy: false,
            limits: Limits::default(),
            numbers: Arc::new(String::new),
            parts: Arc::new(Vec::new),
            backups: Arc::new(Vec::new),
            backup_now: Arc::new(|| false),
        }
    }
}
