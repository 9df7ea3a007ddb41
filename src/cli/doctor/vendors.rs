//! Checks of the providers: whether they accept our credentials.

use super::check::{Check, fail, fine, warn};
use crate::app::{Error, account_state, whatsapp_setup};
use crate::config::{Config, setting::SignaturePolicy};
use crate::domain::provider::OutageCause;
use crate::domain::whatsapp_account::SetupGap;
use crate::ports::Ports;
use crate::ports::error::PortError;
use crate::ports::speech::SpeechState;
use crate::store::{Store, settings};

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

/// The business account behind the number; nothing while the number itself can't be used.
pub(super) fn whatsapp_account(ports: &Ports, store: Option<&Store>) -> Vec<Check> {
    let account = ports.whatsapp_account.as_ref();
    let Some(store) = store.filter(|_| account.is_on()) else { return Vec::new() };
    let set = account.account_id();
    let known = store.read_blocking(|tx| {
        let id = account_state::known_account_id(tx, set.clone())?;
        Ok::<_, Error>((id, settings::load(tx)?.0))
    });
    let Ok((account_id, settings)) = known else { return Vec::new() };
    let look = whatsapp_setup::ask(account, account_id.as_deref());
    if look.number.is_none() {
        return Vec::new();
    }
    let state = account_state::state_of(&look, account_id, &settings);
    let (templates, others): (Vec<_>, Vec<_>) =
        state.gaps().into_iter().partition(|gap| matches!(gap, SetupGap::Template { .. }));
    let told = |gaps: &[SetupGap]| gaps.iter().map(SetupGap::to_string).collect::<Vec<_>>().join("; ");
    let mut checks = vec![match others.as_slice() {
        [] => {
            fine("whatsapp_account", format!("{}, limit {}", state.number.name, state.number.messaging_limit))
        }
        [SetupGap::NoAccountId] => warn("whatsapp_account", told(&others)),
        _ => fail("whatsapp_account", told(&others)),
    }];
    if state.knows_templates {
        checks.push(match templates.as_slice() {
            [] => fine("whatsapp_templates", format!("{} are approved", state.templates.len())),
            waiting if waiting.iter().all(SetupGap::is_waiting) => warn("whatsapp_templates", told(waiting)),
            _ => fail("whatsapp_templates", told(&templates)),
        });
    }
    checks
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

pub(super) fn mail(config: &Config, ports: &Ports) -> Check {
    if !ports.mail.is_on() {
        return warn("mail", "off: set the mail settings to reach the owner and guests by mail too");
    }
    fine("mail", format!("{}:{}, {}", config.mail.host, config.mail.port, config.mail.tls.word()))
}

pub(super) fn push(config: &Config, ports: &Ports) -> Check {
    if config.push.subject.is_empty() {
        return warn("push", "off: set push.subject (mailto:you@example.com) to be told on phones");
    }
    if !ports.push.is_on() {
        return fail(
            "push",
            "its key can't be read: remove push.key from the data folder, phones then ask anew",
        );
    }
    fine("push", config.push.subject.as_str())
}

pub(super) fn speech(ports: &Ports) -> Check {
    match ports.speech.state() {
        SpeechState::Loaded | SpeechState::Idle => super::check::ok("speech"),
        SpeechState::Off(reason) => {
            warn("speech", format!("voice notes are answered by asking to write: {reason}"))
        }
    }
}
