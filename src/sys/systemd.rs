//! Notifications to systemd (`Type=notify`, sd_notify(3)). Without systemd nothing is sent.

use sd_notify::NotifyState;
use std::time::Duration;

/// Reports readiness: the port accepts and a write has succeeded.
pub fn ready() {
    notify(&[NotifyState::Ready]);
}

pub fn stopping() {
    notify(&[NotifyState::Stopping]);
}

/// Feeds the watchdog; call it only after something real has succeeded.
pub fn alive() {
    notify(&[NotifyState::Watchdog]);
}

/// Interval at which to feed the watchdog, if there is one: half of its time-out.
pub fn watchdog_pace() -> Option<Duration> {
    sd_notify::watchdog_enabled().map(|timeout| timeout / 2)
}

fn notify(state: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(state) {
        tracing::warn!(%error, "systemd could not be told");
    }
}
