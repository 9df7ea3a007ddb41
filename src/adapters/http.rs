//! The HTTP client of the two vendors: every time-out set, bodies bounded, failures put into classes.

use crate::ports::error::PortError;
use serde::de::DeserializeOwned;
use std::time::Duration;
use ureq::http::{Request, Response};
use ureq::{Agent, AsSendBody, Body};

/// Until a connection stands, TLS included.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// One whole call. Both vendors answer within two seconds; beyond this the message is better tried again.
const CALL_TIMEOUT: Duration = Duration::from_secs(15);
/// JSON answers are small; a page of fifty payments is 300 KB.
const ANSWER_BYTES_MAX: u64 = 4 * 1024 * 1024;
/// The longest a vendor may send us away.
const RETRY_AFTER_MAX: Duration = Duration::from_secs(6 * 3600);
/// Some of WhatsApp's file servers refuse clients without a name.
const USER_AGENT: &str = concat!("casero/", env!("CARGO_PKG_VERSION"));
/// How much of a vendor's words is kept for the owner.
const DETAIL_CHARS_MAX: usize = 200;

/// A client. Redirects are not followed: none of our calls has one, and a token must not travel.
pub(super) struct Http {
    agent: Agent,
}

/// An answer, whatever its status.
pub(super) struct Answer {
    /// Status code.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
    /// `Retry-After`, in seconds, when the other side said it.
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
    pub(super) fn send(&self, request: Request<impl AsSendBody>, limit: u64) -> Result<Answer, PortError> {
        let mut response = self.agent.run(request).map_err(classify)?;
        let after = retry_after(&response);
        let body = response.body_mut().with_config().limit(limit).read_to_vec().map_err(classify)?;
        Ok(Answer { status: response.status().as_u16(), body, after })
    }

    /// The usual limit of an answer.
    pub(super) fn ask(&self, request: Request<impl AsSendBody>) -> Result<Answer, PortError> {
        self.send(request, ANSWER_BYTES_MAX)
    }
}

impl Answer {
    /// Whether the call went well.
    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body as one of our shapes; an answer in another shape may be the vendor's bad moment.
    pub(super) fn json<T: DeserializeOwned>(&self) -> Result<T, PortError> {
        serde_json::from_slice(&self.body)
            .map_err(|_| PortError::Transient { after: self.after, code: "unreadable_answer".into() })
    }

    /// The failure that a status means when nothing better is known.
    pub(super) fn failure(&self, detail: &str) -> PortError {
        let code = format!("http_{}", self.status);
        match self.status {
            408 | 409 | 423 | 425 | 429 | 500.. => PortError::Transient { after: self.after, code },
            _ => PortError::Permanent { code, detail: detail.chars().take(DETAIL_CHARS_MAX).collect() },
        }
    }
}

/// A failure below HTTP. Only a time-out, or a connection that broke after the request went out, leaves open
/// whether the call took effect; both are called `timeout`, since they ask for the same care.
fn classify(error: ureq::Error) -> PortError {
    use ureq::{Error, Timeout};
    let transient = |code: &str| PortError::Transient { after: None, code: code.into() };
    match error {
        Error::Timeout(Timeout::Resolve | Timeout::Connect) => transient("no_connection"),
        Error::Timeout(_) => transient("timeout"),
        Error::HostNotFound | Error::ConnectionFailed => transient("no_connection"),
        Error::Io(reason) if reason.kind() == std::io::ErrorKind::ConnectionRefused => {
            transient("no_connection")
        }
        Error::Io(_) | Error::Protocol(_) => transient("timeout"),
        Error::Tls(_) | Error::Rustls(_) => transient("tls"),
        Error::BodyExceedsLimit(_) => {
            PortError::Permanent { code: "too_large".into(), detail: "the answer is too large".into() }
        }
        _ => PortError::Permanent {
            code: "bad_request".into(),
            detail: "the request could not be made".into(),
        },
    }
}

fn retry_after(response: &Response<Body>) -> Option<Duration> {
    let seconds = response.headers().get("retry-after")?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(RETRY_AFTER_MAX))
}
