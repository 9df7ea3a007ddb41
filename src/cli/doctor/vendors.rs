//! The parties we call: whether they know us.

use super::check::{Check, fail, fine, warn};
use crate::config::{Config, setting::SignaturePolicy};
use crate::ports::Ports;
use crate::ports::error::PortError;
use crate::ports::speech::SpeechState;

/// Mercado Pago's name for Argentina.
const ARGENTINA: &str = "MLA";

pub(super) fn whatsapp(ports: &Ports) -> Check {
    if !ports.whatsapp.is_on() {
        return warn("whatsapp", "off: set the four whatsapp settings to answer guests");
    }
    match ports.whatsapp.number() {
        Ok(said) => fine("whatsapp", said),
        Err(PortError::Permanent { code, .. }) if code == "wa_190" || code == "http_401" => fail(
            "whatsapp",
            "the access token is not valid: make a new one for the system user, without expiry",
        ),
        Err(error) => fail("whatsapp", format!("{}: check phone_number_id, token and network", error.code())),
    }
}

pub(super) fn mercadopago(config: &Config, ports: &Ports) -> Check {
    if !ports.payments.is_on() {
        return warn("mercadopago", "off: set mercadopago.access_token to take deposits");
    }
    match ports.payments.account() {
        Ok(account) if account.site != ARGENTINA => {
            warn("mercadopago", format!("the account is of site {}, not {ARGENTINA}", account.site))
        }
        Ok(_) if config.mercadopago.signature == SignaturePolicy::Warn => warn(
            "mercadopago",
            "notifications without a valid signature are let in: set mercadopago.webhook_secret and signature = \"enforce\"",
        ),
        Ok(account) => fine("mercadopago", format!("site {}", account.site)),
        Err(error) => {
            fail("mercadopago", format!("{}: check mercadopago.access_token and the network", error.code()))
        }
    }
}

pub(super) fn speech(ports: &Ports) -> Check {
    match ports.speech.state() {
        SpeechState::Loaded | SpeechState::Idle => super::check::ok("speech"),
        SpeechState::Off(reason) => {
            warn("speech", format!("voice notes are answered by asking to write: {reason}"))
        }
    }
}
