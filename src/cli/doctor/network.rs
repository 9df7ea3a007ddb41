//! Checks from outside: clock skew and public reachability. Every request has a time limit.

use super::check::{Check, fail, fine, ok, warn};
use crate::config::Config;
use crate::store::{Store, StoreError};
use jiff::{SignedDuration, Timestamp};
use std::net::ToSocketAddrs;
use std::time::Duration;

/// Time limit of a request.
const PATIENCE: Duration = Duration::from_secs(5);
/// Clock skew from which holds end noticeably early or late.
const CLOCK_WARN: SignedDuration = SignedDuration::from_secs(30);
/// Clock skew from which signatures and tokens are refused.
const CLOCK_FAIL: SignedDuration = SignedDuration::from_secs(300);
/// Challenge that our WhatsApp webhook must return.
const CHALLENGE: &str = "20260101";

/// Our clock against those of the configured providers.
pub(super) fn clock(config: &Config, now: impl Fn() -> Timestamp) -> Check {
    let mut asked = Vec::new();
    if config.whatsapp.is_on() {
        asked.push(&config.whatsapp.api_url);
    }
    if config.mercadopago.is_on() {
        asked.push(&config.mercadopago.api_url);
    }
    let agent = agent();
    let dates = asked.iter().filter_map(|url| {
        let answer = agent.get(url.as_str()).call().ok()?;
        let said = answer.headers().get("date")?.to_str().ok()?;
        let theirs = jiff::fmt::rfc2822::parse(said).ok()?.timestamp();
        Some(now().duration_since(theirs))
    });
    let Some(off) = dates.min_by_key(|off| off.abs()) else {
        return match asked.is_empty() {
            true => fine("clock", "not compared: no provider is on"),
            false => warn("clock", "no provider told its time: check the network"),
        };
    };
    let words = format!("{} s off: turn on time synchronisation (timedatectl set-ntp true)", off.as_secs());
    match off.abs() {
        off if off > CLOCK_FAIL => fail("clock", words),
        off if off > CLOCK_WARN => warn("clock", words),
        _ => ok("clock"),
    }
}

/// The public address: its form, its name, its certificate, and whether this very server answers there.
pub(super) fn public_url(config: &Config, store: Option<&Store>) -> Vec<Check> {
    let url = config.server.public_url.trim_end_matches('/');
    if url.is_empty() {
        return vec![warn(
            "public address",
            "set server.public_url: without it no provider can reach casero",
        )];
    }
    let form = if url.starts_with("https://") {
        ok("public address")
    } else {
        warn("public address", "server.public_url must begin with https:// for WhatsApp and Mercado Pago")
    };
    let mut checks = vec![form, name(url)];
    if checks[1].state == super::check::State::Ok {
        checks.push(reached(url, store));
        if config.whatsapp.is_on() {
            checks.push(webhook(config, url));
        }
    }
    checks
}

/// Whether the name resolves. The system's resolver has no time limit of its own, so it gets one here.
fn name(url: &str) -> Check {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or_default().to_owned();
    let port = if url.starts_with("https://") { 443 } else { 80 };
    let with_port = if host.rsplit(':').next().is_some_and(|end| end.parse::<u16>().is_ok()) {
        host.clone()
    } else {
        format!("{host}:{port}")
    };
    let (sender, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        // No receiver after the time limit.
        let _ = sender.send(with_port.to_socket_addrs().map(|found| found.count()).unwrap_or(0));
    });
    match told.recv_timeout(PATIENCE) {
        Ok(1..) => ok("public name"),
        Ok(0) | Err(_) => fail(
            "public name",
            format!("{host} has no address: add an A or AAAA record at your domain's provider"),
        ),
    }
}

fn reached(url: &str, store: Option<&Store>) -> Check {
    let answer = agent().get(format!("{url}/healthz")).call();
    let mut answer = match answer {
        Ok(answer) => answer,
        Err(ureq::Error::Tls(_) | ureq::Error::Rustls(_)) => {
            return fail(
                "public door",
                "the certificate is not valid for this name, or has expired: renew it where the proxy gets it",
            );
        }
        Err(error) => {
            return fail(
                "public door",
                format!(
                    "{url} does not answer ({error}): check that the service and its proxy run and that port 443 is open"
                ),
            );
        }
    };
    let body = answer.body_mut().read_to_string().unwrap_or_default();
    let said: serde_json::Value = serde_json::from_str(&body).unwrap_or_default();
    let Some(theirs) = said["instance"].as_str() else {
        return fail(
            "public door",
            format!("something else than casero answers at {url}: point the proxy at server.port"),
        );
    };
    let ours = store.map(|store| store.read_blocking(|tx| crate::app::guest_link::instance(tx)));
    match ours {
        Some(Ok(Some(ours))) if ours == theirs => ok("public door"),
        Some(Ok(Some(_))) => {
            fail("public door", format!("another casero answers at {url}: point the proxy at this one"))
        }
        Some(Ok(None)) | Some(Err(StoreError::Busy)) | None | Some(Err(_)) => {
            warn("public door", "a casero answers; start this one to see whether it is the same")
        }
    }
}

/// Verifies our WhatsApp webhook from outside, as Meta does.
fn webhook(config: &Config, url: &str) -> Check {
    let token = config.whatsapp.verify_token.as_ref().map(|token| token.expose()).unwrap_or_default();
    let asked = agent()
        .get(format!("{url}/webhooks/whatsapp"))
        .query("hub.mode", "subscribe")
        .query("hub.verify_token", token)
        .query("hub.challenge", CHALLENGE)
        .call();
    match asked {
        Ok(mut answer) if answer.status() == 200 => {
            match answer.body_mut().read_to_string().is_ok_and(|body| body == CHALLENGE) {
                true => ok("webhook"),
                false => fail("webhook", "the proxy answers in our place: let /webhooks/ through unchanged"),
            }
        }
        Ok(answer) if answer.status() == 403 => fail(
            "webhook",
            "the running server knows another whatsapp.verify_token: restart it, and enter the same at Meta",
        ),
        Ok(answer) => {
            fail("webhook", format!("answers {}: let /webhooks/ through the proxy", answer.status()))
        }
        Err(_) => fail("webhook", "does not answer: let /webhooks/ through the proxy"),
    }
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        .build()
        .into()
}
