//! The HTTP client for the two vendors: all time-outs set, bodies bounded, failures classified.

use crate::ports::error::PortError;
use serde::de::DeserializeOwned;
use std::time::Duration;
use ureq::http::{Request, Response};
use ureq::{Agent, AsSendBody, Body};

/// Time limit of connecting, TLS included.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Time limit of a call. Both vendors answer within two seconds; beyond this a retry is better.
const CALL_TIMEOUT: Duration = Duration::from_secs(15);
/// Time limit of a file: 16 MB over the line of a server in the hills.
const FILE_TIMEOUT: Duration = Duration::from_secs(90);
/// Largest JSON answer; a page of fifty payments is 300 KB.
const ANSWER_BYTES_MAX: u64 = 4 * 1024 * 1024;
/// Longest `Retry-After` that is honoured.
const RETRY_AFTER_MAX: Duration = Duration::from_secs(6 * 3600);
/// Some of WhatsApp's file servers refuse clients without a name.
const USER_AGENT: &str = concat!("casero/", env!("CARGO_PKG_VERSION"));
/// Longest text of a vendor that is kept for the owner.
const DETAIL_CHARS_MAX: usize = 200;
/// Longest word in such a text: a longer one is a token or an address.
const WORD_CHARS_MAX: usize = 24;
/// Digits in a row from which they may be somebody's number.
const DIGITS_MAX: usize = 7;

/// A client. It follows no redirects: none of our calls has one, and a token must not leak.
pub(super) struct Http {
    agent: Agent,
}

pub(super) struct HttpResponse {
    pub status: u16,
    pub body: Vec<u8>,
    /// `Retry-After`, if present.
    pub after: Option<Duration>,
}

impl Http {
    pub(super) fn new() -> Http {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(CONNECT_TIMEOUT))
            .timeout_global(Some(CALL_TIMEOUT))
            .max_redirects(0)
            .user_agent(USER_AGENT)
            .build();
        Http { agent: config.into() }
    }

    /// Sends a request and reads the answer up to `limit` bytes.
    pub(super) fn send(
        &self,
        request: Request<impl AsSendBody>,
        limit: u64,
    ) -> Result<HttpResponse, PortError> {
        let mut response = self.agent.run(request).map_err(classify)?;
        let after = retry_after(&response);
        let body = response.body_mut().with_config().limit(limit).read_to_vec().map_err(classify)?;
        Ok(HttpResponse { status: response.status().as_u16(), body, after })
    }

    /// Sends a request with the usual limits.
    pub(super) fn ask(&self, request: Request<impl AsSendBody>) -> Result<HttpResponse, PortError> {
        self.send(request, ANSWER_BYTES_MAX)
    }

    /// Sends a file, with a file's time limit.
    pub(super) fn upload(&self, request: Request<impl AsSendBody>) -> Result<HttpResponse, PortError> {
        let request = self.agent.configure_request(request).timeout_global(Some(FILE_TIMEOUT)).build();
        self.ask(request)
    }

    /// Fetches a file of up to `limit` bytes, with a file's time limit.
    pub(super) fn file(&self, request: Request<()>, limit: u64) -> Result<HttpResponse, PortError> {
        let request = self.agent.configure_request(request).timeout_global(Some(FILE_TIMEOUT)).build();
        self.send(request, limit)
    }
}

impl HttpResponse {
    /// Whether the call succeeded.
    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Parses the body as JSON; an unexpected shape is a transient failure.
    pub(super) fn json<T: DeserializeOwned>(&self) -> Result<T, PortError> {
        serde_json::from_slice(&self.body)
            .map_err(|_| PortError::Transient { after: self.after, code: "unreadable_answer".into() })
    }

    /// The failure for a status without a more specific code.
    pub(super) fn failure(&self, detail: &str) -> PortError {
        let code = format!("http_{}", self.status);
        match self.status {
            408 | 409 | 423 | 425 | 429 | 500.. => PortError::Transient { after: self.after, code },
            _ => PortError::Permanent { code, detail: detail_of(detail) },
        }
    }
}

/// The outcome is unknown: the connection broke, or the answer can't be read.
pub(super) fn in_doubt() -> PortError {
    PortError::Transient { after: None, code: "timeout".into() }
}

/// A vendor's text made fit to be shown: shortened, and without tokens and numbers, since a vendor's refusals
/// repeat what they were sent.
pub(super) fn detail_of(words: &str) -> String {
    let shown = |word: &str| {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        if word.chars().count() > WORD_CHARS_MAX || digits > DIGITS_MAX {
            "***".to_owned()
        } else {
            word.to_owned()
        }
    };
    let text = words.split_whitespace().map(shown).collect::<Vec<_>>().join(" ");
    text.chars().take(DETAIL_CHARS_MAX).collect()
}

/// Classifies a failure below HTTP. Only a time-out, or a connection that broke after the request went out,
/// leaves the outcome open; both are called `timeout`, since they need the same care.
fn classify(error: ureq::Error) -> PortError {
    use std::io::ErrorKind;
    use ureq::{Error, Timeout};
    let transient = |code: &str| PortError::Transient { after: None, code: code.into() };
    match error {
        Error::Timeout(Timeout::Resolve | Timeout::Connect) => transient("no_connection"),
        Error::HostNotFound | Error::ConnectionFailed => transient("no_connection"),
        Error::Io(reason)
            if matches!(
                reason.kind(),
                ErrorKind::ConnectionRefused
                    | ErrorKind::HostUnreachable
                    | ErrorKind::NetworkUnreachable
                    | ErrorKind::AddrNotAvailable
            ) =>
        {
            transient("no_connection")
        }
        Error::Tls(_) | Error::Rustls(_) => transient("tls"),
        Error::BodyExceedsLimit(_) => {
            PortError::Permanent { code: "too_large".into(), detail: "the answer is too large".into() }
        }
        Error::BadUri(_) | Error::Http(_) | Error::RequireHttpsOnly(_) | Error::InvalidMimeType(_) => {
            PortError::Permanent {
                code: "bad_request".into(),
                detail: "the request could not be made".into(),
            }
        }
        // All else went wrong on the way: time-outs, broken connections, broken answers.
        _ => in_doubt(),
    }
}

/// Parses `Retry-After`: seconds, or a date, which is compared with the answer's own date and not with our
/// clock.
fn retry_after(response: &Response<Body>) -> Option<Duration> {
    let header = |name: &str| response.headers().get(name)?.to_str().ok().map(str::trim);
    let said = header("retry-after")?;
    let wait = match said.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            let date = |text: &str| jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok();
            Duration::try_from(date(said)?.duration_since(date(header("date")?)?)).ok()?
        }
    };
    Some(wait.min(RETRY_AFTER_MAX))
}

#[cfg(test)]
#[path = "http_tests.rs"]
mod tests;
