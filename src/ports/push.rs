//! Web Push (RFC 8030) to the phones of those who asked for it.

use super::error::PortError;
use std::time::Duration;

/// Codes of a subscription that is gone: its phone took it back, or forgot it.
pub const GONE: [&str; 2] = ["http_404", "http_410"];

pub trait Push: Send + Sync {
    fn is_on(&self) -> bool;

    /// Our public key (RFC 8292) as a browser takes it, base64url; empty when off.
    fn public_key(&self) -> String;

    /// Whether messages may go to this endpoint: https, or anything where private addresses are allowed.
    fn accepts(&self, subscription: &PushSubscription) -> bool;

    /// Sends one message. What the service accepts counts as accepted, never as seen.
    fn send(&self, subscription: &PushSubscription, message: &PushMessage) -> Result<(), PortError>;
}

/// A browser's subscription, as it hands it over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushSubscription {
    pub endpoint: String,
    /// The browser's public key, base64url.
    pub p256dh: String,
    /// The browser's secret, base64url.
    pub auth: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushMessage {
    /// JSON that our worker reads.
    pub payload: String,
    /// How long the service keeps it for a phone that is off.
    pub keep: Duration,
    pub urgent: bool,
    /// Replaces a waiting message of the same topic; base64url letters, at most 32.
    pub topic: String,
}

/// No push: there is no subject, or the world is a simulated one.
pub struct NoPush;

impl Push for NoPush {
    fn is_on(&self) -> bool {
        false
    }

    fn public_key(&self) -> String {
        String::new()
    }

    fn accepts(&self, _subscription: &PushSubscription) -> bool {
        false
    }

    fn send(&self, _subscription: &PushSubscription, _message: &PushMessage) -> Result<(), PortError> {
        Err(PortError::Off)
    }
}
