//! The log: one line an event, to stderr, as JSON for machines or text for people. A line holds ids, codes and
//! durations; never a name, a number, a word of a guest, a token or an address with a secret in it.

use tracing_subscriber::filter::EnvFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Libraries whose own lines would drown ours, or could hold what must not be written (the HTTP client names
/// paths when asked for its inmost thoughts). Rocket, which also speaks as `_`, calls a stranger's wrong
/// address an error: what matters of a request, our own lines say.
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
