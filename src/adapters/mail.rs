//! E-mail by SMTP submission (RFC 6409), one connection a letter: letters are few, and an idle connection costs memory.

use super::http::detail_of;
use crate::config::Secret;
use crate::domain::provider::OutageCause;
use crate::ports::error::PortError;
use crate::ports::mail::{Letter, Mail};
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{SmtpTransport, Transport};
use std::time::{Duration, SystemTime};

/// Time limit of each step of the dialogue with the server.
const TIMEOUT: Duration = Duration::from_secs(20);

/// How the connection is secured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailTls {
    /// From its begin (port 465).
    Implicit,
    /// After a greeting in plain text (port 587); without it nothing is sent.
    StartTls,
    /// Not at all: for a server on this machine.
    None,
}

/// Credentials and address of the server.
#[derive(Clone)]
pub struct MailSettings {
    pub host: String,
    pub port: u16,
    pub username: String,
    pub password: Secret,
    /// Address, or name and address, of the letters.
    pub from: String,
    pub tls: MailTls,
}

pub struct Smtp {
    settings: MailSettings,
}

impl Smtp {
    pub fn new(settings: MailSettings) -> Smtp {
        Smtp { settings }
    }

    fn transport(&self) -> Result<SmtpTransport, PortError> {
        let MailSettings { host, port, username, password, tls, .. } = &self.settings;
        let parameters = || TlsParameters::new(host.clone()).map_err(|error| classify(&error));
        let tls = match tls {
            MailTls::Implicit => Tls::Wrapper(parameters()?),
            MailTls::StartTls => Tls::Required(parameters()?),
            MailTls::None => Tls::None,
        };
        let credentials = Credentials::new(username.clone(), password.expose().to_owned());
        let builder = SmtpTransport::builder_dangerous(host).port(*port).tls(tls).timeout(Some(TIMEOUT));
        Ok(builder.credentials(credentials).build())
    }

    fn message(&self, letter: &Letter) -> Result<Message, PortError> {
        let refused = |code: &str| PortError::Permanent { code: code.to_owned(), detail: String::new() };
        let from: Mailbox = self.settings.from.parse().map_err(|_| refused("mail_bad_from"))?;
        let to: Mailbox = letter.to.parse().map_err(|_| refused("mail_bad_address"))?;
        let id = format!("<{}@{}>", letter.tag, from.email.domain());
        Message::builder()
            .from(from)
            .to(to)
            .subject(&letter.subject)
            .message_id(Some(id))
            .date(SystemTime::try_from(letter.written_at).unwrap_or(SystemTime::UNIX_EPOCH))
            .header(Automatic)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.body.clone())
            .map_err(|_| refused("mail_unwritable"))
    }
}

impl Mail for Smtp {
    fn is_on(&self) -> bool {
        true
    }

    fn send(&self, letter: &Letter) -> Result<(), PortError> {
        let message = self.message(letter)?;
        self.transport()?.send(&message).map(drop).map_err(|error| classify(&error))
    }
}

/// Says that nobody wrote it, so that no other machine answers (RFC 3834).
#[derive(Debug, Clone)]
struct Automatic;

impl Header for Automatic {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Automatic, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Automatic)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Automatic::name(), "auto-generated".to_owned())
    }
}

/// 4xx may pass, 5xx does not; a refused login is about the account.
fn classify(error: &Error) -> PortError {
    let detail = detail_of(&error.to_string());
    match error.status().map(u16::from) {
        Some(status @ (530 | 534 | 535 | 538)) => {
            PortError::Account { cause: OutageCause::Token, code: format!("smtp_{status}"), detail }
        }
        Some(status) if error.is_permanent() => {
            PortError::Permanent { code: format!("smtp_{status}"), detail }
        }
        Some(status) => PortError::Transient { after: None, code: format!("smtp_{status}") },
        None if error.is_timeout() => PortError::Transient { after: None, code: "timeout".into() },
        None if error.is_tls() => PortError::Transient { after: None, code: "tls".into() },
        None if error.is_client() => PortError::Permanent { code: "smtp_client".into(), detail },
        None => PortError::Transient { after: None, code: "no_connection".into() },
    }
}
