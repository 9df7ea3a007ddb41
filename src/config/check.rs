//! Rules between settings. Every refusal names the settings and the remedy.

use super::secret::Secret;
use super::setting::{MailTls, SignaturePolicy};
use super::tree::{Limits, Mail, MercadoPago, Settings, WhatsApp};

/// Shortest key for backups: four or five words. Argon2id makes each guess slow; the length makes guesses
/// many.
const KEY_CHARS_MIN: usize = 16;

/// Settings that contradict each other, with the remedy.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckError {
    /// Some credentials of WhatsApp, but not all.
    #[error("WhatsApp is half configured: set {} as well, or remove the other whatsapp credentials", missing.join(", "))]
    HalfWhatsApp {
        /// The keys without a value.
        missing: Vec<&'static str>,
    },
    /// Some settings of mail, but not all.
    #[error("mail is half configured: set {} as well, or remove the other mail settings", missing.join(", "))]
    HalfMail {
        /// The keys without a value.
        missing: Vec<&'static str>,
    },
    #[error("mail.from must be an address such as hola@example.com or Cabañas <hola@example.com>")]
    MailFrom,
    #[error(
        "mail.tls = \"none\" would send the password in plain text: use it for a server on this machine alone"
    )]
    MailInPlain,
    #[error("push.subject must begin with mailto: (without <>) or https://")]
    PushSubject,
    /// A webhook secret without the access token.
    #[error(
        "Mercado Pago is half configured: set mercadopago.access_token as well, or remove mercadopago.webhook_secret"
    )]
    NoPaymentToken,
    /// Signatures are enforced without a secret to check them.
    #[error(
        "Mercado Pago is half configured: set mercadopago.webhook_secret (Tus integraciones, Webhooks, clave secreta), or set mercadopago.signature = \"warn\""
    )]
    NoWebhookSecret,
    /// A key short enough to be guessed.
    #[error(
        "backup.key must have {KEY_CHARS_MIN} letters or more: it is all that keeps a stolen copy closed"
    )]
    ShortKey,
    #[error("{key} must begin with https:// (or http:// for tests) and name a host")]
    Address { key: &'static str },
    /// A number that would stop the work it controls.
    #[error("{key} must be {least} or more")]
    TooSmall { key: &'static str, least: u32 },
}

/// Checks the tree as a whole.
pub fn check(settings: &Settings) -> Result<(), CheckError> {
    whatsapp_is_whole(&settings.whatsapp)?;
    mercadopago_is_whole(&settings.mercadopago)?;
    mail_is_whole(&settings.mail)?;
    let subject = &settings.push.subject;
    let names_somebody = ["mailto:", "https://"].iter().any(|scheme| subject.starts_with(scheme));
    if !subject.is_empty() && (!names_somebody || subject.contains(['<', '>', ' '])) {
        return Err(CheckError::PushSubject);
    }
    let Settings { server, whatsapp, mercadopago, .. } = settings;
    if !server.public_url.is_empty() {
        address("server.public_url", &server.public_url)?;
    }
    address("whatsapp.api_url", &whatsapp.api_url)?;
    address("mercadopago.api_url", &mercadopago.api_url)?;
    at_least("calendars.poll_minutes", settings.calendars.poll_minutes)?;
    at_least("backup.every_hours", settings.backup.every_hours)?;
    at_least("backup.keep", settings.backup.keep)?;
    at_least("backup.drill_every_days", settings.backup.drill_every_days)?;
    key_is_long_enough(settings.backup.key.as_ref())?;
    limits_let_something_through(&settings.limits)
}

impl WhatsApp {
    /// Whether there are credentials; after [`check`], one means all.
    pub fn is_on(&self) -> bool {
        self.access_token.is_some()
    }
}

impl MercadoPago {
    pub fn is_on(&self) -> bool {
        self.access_token.is_some()
    }
}

fn whatsapp_is_whole(whatsapp: &WhatsApp) -> Result<(), CheckError> {
    let parts = [
        ("whatsapp.access_token", whatsapp.access_token.is_some()),
        ("whatsapp.phone_number_id", whatsapp.phone_number_id.is_some()),
        ("whatsapp.app_secret", whatsapp.app_secret.is_some()),
        ("whatsapp.verify_token", whatsapp.verify_token.is_some()),
    ];
    let missing: Vec<&'static str> = parts.iter().filter(|(_, set)| !set).map(|(key, _)| *key).collect();
    if missing.is_empty() || missing.len() == parts.len() {
        return Ok(());
    }
    Err(CheckError::HalfWhatsApp { missing })
}

fn mail_is_whole(mail: &Mail) -> Result<(), CheckError> {
    let parts = [
        ("mail.host", !mail.host.is_empty()),
        ("mail.username", !mail.username.is_empty()),
        ("mail.password", mail.password.is_some()),
        ("mail.from", !mail.from.is_empty()),
    ];
    let missing: Vec<&'static str> = parts.iter().filter(|(_, set)| !set).map(|(key, _)| *key).collect();
    if missing.len() == parts.len() {
        return Ok(());
    }
    if !missing.is_empty() {
        return Err(CheckError::HalfMail { missing });
    }
    let (_, domain) = mail.from.split_once('@').ok_or(CheckError::MailFrom)?;
    if domain.trim_end_matches('>').is_empty() || mail.from.contains(char::is_control) {
        return Err(CheckError::MailFrom);
    }
    let here = ["127.0.0.1", "::1", "localhost"].contains(&mail.host.as_str());
    if mail.tls == MailTls::None && !here { Err(CheckError::MailInPlain) } else { Ok(()) }
}

fn mercadopago_is_whole(mercadopago: &MercadoPago) -> Result<(), CheckError> {
    match (&mercadopago.access_token, &mercadopago.webhook_secret, mercadopago.signature) {
        (None, Some(_), _) => Err(CheckError::NoPaymentToken),
        (Some(_), None, SignaturePolicy::Enforce) => Err(CheckError::NoWebhookSecret),
        (None, None, _) | (Some(_), Some(_), _) | (Some(_), None, SignaturePolicy::Warn) => Ok(()),
    }
}

fn key_is_long_enough(key: Option<&Secret>) -> Result<(), CheckError> {
    match key {
        Some(key) if key.expose().chars().count() < KEY_CHARS_MIN => Err(CheckError::ShortKey),
        Some(_) | None => Ok(()),
    }
}

fn address(key: &'static str, value: &str) -> Result<(), CheckError> {
    let host = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"));
    let whole = host.is_some_and(|host| !host.is_empty() && !host.starts_with(['/', ':']));
    let plain = !value.contains(|letter: char| letter.is_whitespace() || letter.is_control());
    if whole && plain { Ok(()) } else { Err(CheckError::Address { key }) }
}

fn limits_let_something_through(limits: &Limits) -> Result<(), CheckError> {
    at_least("limits.login_per_minute", limits.login_per_minute)?;
    at_least("limits.public_per_minute", limits.public_per_minute)?;
    at_least("limits.api_per_minute", limits.api_per_minute)?;
    at_least("limits.unsigned_hooks_per_minute", limits.unsigned_hooks_per_minute)?;
    at_least("limits.stop_seconds", limits.stop_seconds)
}

fn at_least(key: &'static str, value: u32) -> Result<(), CheckError> {
    if value >= 1 { Ok(()) } else { Err(CheckError::TooSmall { key, least: 1 }) }
}
