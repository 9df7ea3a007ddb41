//! Web Push (RFC 8030). An endpoint is a browser's input and could make this server call things inside its own network:
//! only https to public addresses is called, as for calendars ([`super::reach`]).

mod encrypt;
mod vapid;

pub use vapid::VapidKey;

use super::http::in_doubt;
use super::reach::{CheckedNames, PrivateAddress, Reach};
use crate::ports::clock::Clock;
use crate::ports::error::PortError;
use crate::ports::push::{Push, PushMessage, PushSubscription};
use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD};
use encrypt::{AUTH_BYTES, Keys, POINT_BYTES, encrypt};
use std::sync::Arc;
use std::time::Duration;
use ureq::config::Config;
use ureq::http::{Response, Uri};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};

/// Time limit of a call.
const TIMEOUT: Duration = Duration::from_secs(15);
/// Longest endpoint.
const ENDPOINT_BYTES_MAX: usize = 2048;
/// Longest `Retry-After` that is honoured.
const RETRY_AFTER_MAX: Duration = Duration::from_secs(3600);

pub struct WebPush {
    agent: Agent,
    reach: Reach,
    key: VapidKey,
    /// Who answers for these messages: `mailto:` or `https:`.
    subject: String,
    clock: Arc<dyn Clock>,
}

impl WebPush {
    pub fn new(reach: Reach, key: VapidKey, subject: String, clock: Arc<dyn Clock>) -> WebPush {
        let config = Config::builder()
            .http_status_as_error(false)
            .https_only(reach == Reach::Public)
            .proxy(None)
            .max_redirects(0)
            .max_idle_connections(0)
            .timeout_global(Some(TIMEOUT))
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), CheckedNames::new(reach));
        WebPush { agent, reach, key, subject, clock }
    }
}

impl Push for WebPush {
    fn is_on(&self) -> bool {
        true
    }

    fn public_key(&self) -> String {
        self.key.public()
    }

    fn accepts(&self, subscription: &PushSubscription) -> bool {
        let secure = self.reach == Reach::Anywhere || subscription.endpoint.starts_with("https://");
        secure
            && subscription.endpoint.len() <= ENDPOINT_BYTES_MAX
            && origin(&subscription.endpoint).is_some()
            && keys(subscription).is_some()
    }

    fn send(&self, subscription: &PushSubscription, message: &PushMessage) -> Result<(), PortError> {
        let unusable = || PortError::Permanent { code: "push_unusable".into(), detail: String::new() };
        let keys = keys(subscription).ok_or_else(unusable)?;
        let origin = origin(&subscription.endpoint).ok_or_else(unusable)?;
        let body = encrypt(&keys, message.payload.as_bytes()).map_err(|_| unusable())?;
        let authorization = self.key.authorization(&origin, &self.subject, self.clock.now());
        let sent = self
            .agent
            .post(&subscription.endpoint)
            .header("Authorization", authorization.map_err(|_| unusable())?)
            .header("Content-Encoding", "aes128gcm")
            .header("Content-Type", "application/octet-stream")
            .header("TTL", message.keep.as_secs().to_string())
            .header("Urgency", if message.urgent { "high" } else { "normal" })
            .header("Topic", &message.topic)
            .send(&body[..]);
        judge(&sent.map_err(|error| classify(&error))?)
    }
}

fn judge(answer: &Response<Body>) -> Result<(), PortError> {
    let status = answer.status().as_u16();
    let code = format!("http_{status}");
    match status {
        200..=299 => Ok(()),
        408 | 429 | 500.. => Err(PortError::Transient { after: retry_after(answer), code }),
        _ => Err(PortError::Permanent { code, detail: String::new() }),
    }
}

fn retry_after(answer: &Response<Body>) -> Option<Duration> {
    let seconds = answer.headers().get("retry-after")?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(RETRY_AFTER_MAX))
}

fn classify(error: &ureq::Error) -> PortError {
    let permanent = |code: &str| PortError::Permanent { code: code.into(), detail: String::new() };
    match error {
        ureq::Error::RequireHttpsOnly(_) => permanent("not_https"),
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => permanent("bad_url"),
        ureq::Error::Other(inner) if inner.is::<PrivateAddress>() => permanent("private_address"),
        ureq::Error::Timeout(_) => in_doubt(),
        other => PortError::Transient { after: None, code: format!("push_{}", short(other)) },
    }
}

/// A stable name of what happened below HTTP.
fn short(error: &ureq::Error) -> &'static str {
    match error {
        ureq::Error::HostNotFound => "host_not_found",
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => "tls",
        _ => "no_connection",
    }
}

/// Scheme and authority of an endpoint.
fn origin(endpoint: &str) -> Option<String> {
    let uri: Uri = endpoint.parse().ok()?;
    Some(format!("{}://{}", uri.scheme_str()?, uri.authority()?))
}

fn keys(subscription: &PushSubscription) -> Option<Keys> {
    let point: [u8; POINT_BYTES] = decoded(&subscription.p256dh)?.try_into().ok()?;
    let auth: [u8; AUTH_BYTES] = decoded(&subscription.auth)?.try_into().ok()?;
    (point[0] == 4).then_some(Keys { point, auth })
}

/// Base64 in either alphabet, padded or not: browsers differ.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=').as_bytes();
    BASE64URL_NOPAD.decode(text).or_else(|_| BASE64_NOPAD.decode(text)).ok()
}
