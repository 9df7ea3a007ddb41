//! Checks of the providers: whether they accept our credentials.

use super::check::{Check, fail, fine, warn};
use crate::config::{Config, setting::SignaturePolicy};
use crate::domain::provider::OutageCause;
use crate::ports::Ports;
use crate::ports::error::PortError;
use crate::ports::speech::SpeechState;

/// Mercado Pago's name for Argentina.
const ARGENTINA: &str = "MLA";

/// Remedy for an outage of this cause.
pub(super) fn remedy(cause: OutageCause) -> &'static str {
    match cause {
        OutageCause::Unreachable => "it does not answer: check the network and the vendor's status page",
        OutageCause::Token => "the access token is not valid: make a new one, without expiry",
        OutageCause::Permission => "the access token lacks a permission: add it, or make a new one with all",
        OutageCause::Billing => "the account's bills are not paid: check its way to pay at Meta",
        OutageCause::Locked => "the account is blocked: see why, and ask for a review, at Meta",
        OutageCause::Registration => {
            "the number is not registered or its name not approved: finish it at Meta"
        }
    }
}

pub(super) fn whatsapp(ports: &Ports) -> Check {
    if !ports.whatsapp.is_on() {
        return warn("whatsapp", "off: set the four whatsapp settings to answer guests");
    }
    match ports.whatsapp.number() {
        Ok(said) => fine("whatsapp", said),
        Err(PortError::Account { cause, code, .. }) => fail("whatsapp", format!("{code}: {}", remedy(cause))),
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
        Err(PortError::Account { cause, code, .. }) => {
            fail("mercadopago", format!("{code}: {}", remedy(cause)))
        }
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
