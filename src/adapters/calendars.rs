//! Fetches other channels' calendars.
//!
//! The address is the owner's input: only `https` to public addresses is read ([`super::reach`]).
//!
//! A feed's address is its only secret. No error and no log line of ours holds it. (The HTTP library masks
//! paths in its own log at every level but trace, which must never be enabled.)

use super::reach::{CheckedNames, PrivateAddress, Reach};
use crate::ports::error::PortError;
use crate::ports::feeds::{FeedAnswer, FeedRequest, FeedSource};
use data_encoding::BASE64;
use percent_encoding::percent_decode_str;
use std::io::ErrorKind;
use std::time::Duration;
use ureq::http::{Response, StatusCode, header};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, config::Config};
use url::Url;

/// Time limit of a whole fetch. Channels answer within two seconds; a slow line has ten times that.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Time limit of connecting, TLS included.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Time limit of resolving the name.
const RESOLVE_TIMEOUT: Duration = Duration::from_secs(5);
/// Largest body after decompression, against decompression bombs. Real calendars stay below 100 KB.
const BODY_BYTES_MAX: u64 = 2 * 1024 * 1024;
/// Most redirects; channels redirect from one country's domain to another's.
const REDIRECTS_MAX: u32 = 5;
/// Longest validator header that is stored.
const VALIDATOR_BYTES_MAX: usize = 512;
/// Longest `Retry-After` that is honoured; beyond that the schedule decides.
const RETRY_AFTER_MAX: Duration = Duration::from_secs(24 * 3600);
/// Some channels refuse clients that do not look like a browser, and we have no reason to hide.
const USER_AGENT: &str =
    concat!("Mozilla/5.0 (compatible; casero/", env!("CARGO_PKG_VERSION"), "; calendar sync)");

/// Reads feeds over HTTP.
#[derive(Debug)]
pub struct HttpFeeds {
    agent: Agent,
}

impl HttpFeeds {
    /// A client with these limits.
    pub fn new(reach: Reach) -> HttpFeeds {
        let config = Config::builder()
            .http_status_as_error(false)
            .https_only(reach == Reach::Public)
            // A proxy would resolve names itself, past our check.
            .proxy(None)
            .max_redirects(REDIRECTS_MAX)
            // Each fetch resolves and checks its own address.
            .max_idle_connections(0)
            .timeout_global(Some(TIMEOUT))
            .timeout_connect(Some(CONNECT_TIMEOUT))
            .timeout_resolve(Some(RESOLVE_TIMEOUT))
            .user_agent(USER_AGENT)
            .accept("text/calendar, text/plain;q=0.8, */*;q=0.5")
            .build();
        let names = CheckedNames::new(reach);
        HttpFeeds { agent: Agent::with_parts(config, DefaultConnector::default(), names) }
    }
}

impl FeedSource for HttpFeeds {
    fn get(&self, request: &FeedRequest<'_>) -> Result<FeedAnswer, PortError> {
        let (address, password) = address(request.url).ok_or_else(bad_url)?;
        let mut call = self.agent.get(address);
        if let Some(password) = password {
            call = call.header(header::AUTHORIZATION, password);
        }
        if let Some(etag) = request.etag {
            call = call.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(since) = request.last_modified {
            call = call.header(header::IF_MODIFIED_SINCE, since);
        }
        let mut response = call.call().map_err(|error| classify(&error))?;
        match response.status() {
            StatusCode::NOT_MODIFIED => Ok(FeedAnswer::NotModified),
            // Part of a calendar is worse than none.
            status if status.is_success() && status != StatusCode::PARTIAL_CONTENT => {
                read_body(&mut response)
            }
            status => Err(refused(status, &response)),
        }
    }
}

/// The address of a link as it is asked for, and the header that its name and password make. `webcal://`, as in many
/// links, is https, which serves the same address; a name in any script is written in ASCII.
fn address(link: &str) -> Option<(String, Option<String>)> {
    let link = link.trim();
    let (scheme, rest) = link.split_once("://")?;
    let is_calendars_own = ["webcal", "webcals"].iter().any(|own| scheme.eq_ignore_ascii_case(own));
    let mut url =
        Url::parse(&format!("{}://{rest}", if is_calendars_own { "https" } else { scheme })).ok()?;
    if !matches!(url.scheme(), "https" | "http") {
        return None;
    }
    let plain = |part: &str| percent_decode_str(part).collect::<Vec<u8>>();
    let (name, password) = (plain(url.username()), url.password().map(plain));
    let pair = [name.as_slice(), b":", password.as_deref().unwrap_or_default()].concat();
    let has_any = !name.is_empty() || password.is_some();
    url.set_username("").and_then(|()| url.set_password(None)).ok()?;
    url.set_fragment(None);
    Some((url.into(), has_any.then(|| format!("Basic {}", BASE64.encode(&pair)))))
}

fn bad_url() -> PortError {
    PortError::Permanent {
        code: "bad_url".to_owned(),
        detail: "Esto no es la dirección de un calendario. Copiá de nuevo el enlace.".to_owned(),
    }
}

fn read_body(response: &mut Response<Body>) -> Result<FeedAnswer, PortError> {
    let etag = validator(response, header::ETAG);
    let last_modified = validator(response, header::LAST_MODIFIED);
    let bytes = response
        .body_mut()
        .with_config()
        .limit(BODY_BYTES_MAX)
        .read_to_vec()
        .map_err(|error| classify(&error))?;
    Ok(FeedAnswer::Body { bytes, etag, last_modified })
}

fn validator(response: &Response<Body>, name: header::HeaderName) -> Option<String> {
    let value = response.headers().get(name)?.to_str().ok()?;
    (value.len() <= VALIDATOR_BYTES_MAX).then(|| value.to_owned())
}

/// Failure for an answer that is no calendar. Only explicit codes are permanent; a 403 is also how channels
/// turn away a client that asks too often.
fn refused(status: StatusCode, response: &Response<Body>) -> PortError {
    let code = format!("http_{}", status.as_u16());
    let detail = match status {
        StatusCode::UNAUTHORIZED => "El canal pide una contraseña para este calendario.",
        StatusCode::NOT_FOUND | StatusCode::GONE => {
            "El canal dice que este calendario no existe. Copiá de nuevo el enlace."
        }
        _ if status.is_redirection() => "El canal manda a otra dirección sin decir cuál.",
        _ => return PortError::Transient { after: retry_after(response), code },
    };
    PortError::Permanent { code, detail: detail.to_owned() }
}

fn retry_after(response: &Response<Body>) -> Option<Duration> {
    let seconds = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(RETRY_AFTER_MAX))
}

/// Our own text for a failure. The library's texts contain the address, so they are never used.
fn classify(error: &ureq::Error) -> PortError {
    let transient = |code: &str| PortError::Transient { after: None, code: code.to_owned() };
    let permanent =
        |code: &str, detail: &str| PortError::Permanent { code: code.to_owned(), detail: detail.to_owned() };
    match error {
        ureq::Error::Timeout(_) | ureq::Error::BodyStalled => transient("timeout"),
        ureq::Error::HostNotFound => transient("host_not_found"),
        ureq::Error::ConnectionFailed => transient("connection_failed"),
        ureq::Error::Io(io) if io.kind() == ErrorKind::ConnectionRefused => transient("connection_refused"),
        ureq::Error::Io(io) if io.kind() == ErrorKind::TimedOut => transient("timeout"),
        ureq::Error::Io(_) | ureq::Error::Protocol(_) => transient("connection_lost"),
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => transient("tls"),
        ureq::Error::Decompress(..) => transient("bad_compression"),
        ureq::Error::BodyExceedsLimit(_) => {
            permanent("too_large", "El calendario pesa más de 2 MB: no parece el de una cabaña.")
        }
        ureq::Error::TooManyRedirects | ureq::Error::RedirectFailed => permanent(
            "too_many_redirects",
            "El enlace manda de una dirección a otra sin llegar a un calendario.",
        ),
        ureq::Error::RequireHttpsOnly(_) => {
            permanent("not_https", "El enlace tiene que empezar con https://.")
        }
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => bad_url(),
        ureq::Error::Other(inner) if inner.is::<PrivateAddress>() => {
            permanent("private_address", "El enlace apunta a una red privada y no lo leemos.")
        }
        _ => transient("request_failed"),
    }
}

#[cfg(test)]
#[path = "calendars_tests.rs"]
mod tests;
