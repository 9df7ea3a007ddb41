//! What the web server is told when it is built.

use super::health_part::Part;
use jiff::Timestamp;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

/// Deployment settings of the web server.
#[derive(Clone)]
pub struct Options {
    pub address: IpAddr,
    /// Port to listen on; 0 picks a free one.
    pub port: u16,
    /// The address by which the world reaches us, without a slash at its end; empty when there is none yet.
    pub public_url: String,
    /// A proxy on this machine tells us who calls.
    pub trusted_proxy: bool,
    /// How often one caller may ask.
    pub limits: Limits,
    /// Renders what is counted, as Prometheus text.
    pub numbers: Arc<dyn Fn() -> String + Send + Sync>,
    /// How the parts are that only the process knows: disk and backups.
    pub parts: Arc<dyn Fn() -> Vec<Part> + Send + Sync>,
    /// The copies of the database, oldest first: when each was made and its bytes. Blocking.
    pub backups: Arc<dyn Fn() -> Vec<(Timestamp, u64)> + Send + Sync>,
    /// Makes a verified copy now; whether it was made. Blocking.
    pub backup_now: Arc<dyn Fn() -> bool + Send + Sync>,
}

/// How often one caller may ask.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Log-ins a minute and address. Guessing passwords is slow at this pace; mistyping is not punished.
    pub login_per_minute: u32,
    /// Public questions (availability) a minute and address: a person looking at a calendar asks some dozens.
    pub public_per_minute: u32,
    /// Requests a minute and token: more is a loop that went wild.
    pub api_per_minute: u32,
    /// Codes of the second factor a minute and account, from wherever: three in a million open, so that guessing
    /// at this pace takes weeks behind a password that must be known first.
    pub codes_per_minute: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { login_per_minute: 30, public_per_minute: 1200, api_per_minute: 12_000, codes_per_minute: 10 }
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
