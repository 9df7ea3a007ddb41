//! The log: one line per event, to stderr, as JSON for machines or text for people. A line holds ids, codes
//! and durations; never a name, a number, a guest's words, a token or a secret address.

use tracing_subscriber::filter::EnvFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Targets of libraries whose lines would drown ours or could hold secrets (the HTTP client logs paths at
/// trace level). Rocket, which also logs as `_`, calls an unknown address an error; our own lines cover
/// requests.
const QUIET: [&str; 8] = [
    "hyper=warn",
    "rocket=off",
    "_=off",
    "ureq=warn",
    "ureq_proto=warn",
    "rustls=warn",
    "symphonia=error",
    "whisper_rs=warn",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One JSON object.
    Json,
    Text,
}

/// Starts logging. A second start in one process changes nothing.
pub fn start(form: Form, level: &str) {
    let rules = std::iter::once(level).chain(QUIET).collect::<Vec<_>>().join(",");
    let filter = EnvFilter::new(rules);
    let registry = tracing_subscriber::registry().with(filter);
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(false);
    let started = match form {
        Form::Json => registry.with(lines.json().flatten_event(true)).try_init(),
        Form::Text => registry.with(lines.with_target(false)).try_init(),
    };
    // Only a test starts it twice.
    drop(started);
}
