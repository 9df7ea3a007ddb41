//! Browsers' endpoints at the simulated push service.

use std::collections::BTreeMap;

use serde_json::Value;

/// What each endpoint received, by its name.
pub type PushService = BTreeMap<String, Endpoint>;

#[derive(Debug, Clone, Default)]
pub struct Endpoint {
    /// Every message is answered with this status.
    pub answers: Option<u16>,
    pub received: Vec<Value>,
}
