//! A bundle for remote support, in one compressed JSON file: no secret, no words of a guest, no name, no
//! number. The log is left out: too many places write it to promise that.

use super::check::{Check, State};
use crate::adapters::speech::cpu;
use crate::cli::error::CliError;
use crate::config::{Config, setting::MASK};
use crate::store::{Store, operations, schema_of};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Time limit for the server's metrics; without them the bundle is still written.
const PATIENCE: Duration = Duration::from_secs(5);
/// A run of more digits than this, with or without a phone number's separators, may be somebody's number.
const DIGITS_MAX: usize = 6;
/// Settings that identify the server or its owner.
const PERSONAL: [&str; 2] = ["server.public_url", "whatsapp.phone_number_id"];

/// Writes the bundle.
pub(super) fn write(
    path: &Path,
    config: Option<&Config>,
    checks: &[Check],
    store: Option<&Store>,
) -> Result<(), CliError> {
    let what = format!("cannot write {}", path.display());
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(CliError::io(what.clone()))?;
    let mut out = GzEncoder::new(file, Compression::default());
    let text = serde_json::to_vec_pretty(&collect(config, checks, store)).expect("it is plain data");
    out.write_all(&text).and_then(|()| out.finish()?.sync_all()).map_err(CliError::io(what))
}

fn collect(config: Option<&Config>, checks: &[Check], store: Option<&Store>) -> Value {
    let schema = config.and_then(|config| schema_of(&config.storage.data_dir).ok().flatten());
    let rows = store.map(|store| store.read_blocking(|tx| operations::census(tx)));
    let rows: Vec<Value> = rows
        .and_then(Result::ok)
        .unwrap_or_default()
        .into_iter()
        .map(|(table, state, rows)| json!({ "table": table, "state": state, "rows": rows }))
        .collect();
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "system": system(),
        "settings": config.map(settings),
        "checks": checks.iter().map(shown).collect::<Vec<_>>(),
        "schema": schema.map(|(found, known)| json!({ "found": found, "known": known })),
        "rows": rows,
        "metrics": config.and_then(metrics),
    })
}

/// Every setting with its source; for secret and identifying ones only whether they are set.
fn settings(config: &Config) -> Vec<Value> {
    let each = config.shown().into_iter().map(|(shown, source)| {
        let hidden = PERSONAL.contains(&shown.key) && !shown.value.is_empty();
        let value = if hidden { MASK.to_owned() } else { shown.value };
        json!({ "key": shown.key, "value": value, "source": source.to_string() })
    });
    each.collect()
}

/// A check without names of channels or cabins and without addresses: a good result shows no text, and any
/// other is shown with its numbers hidden.
fn shown(check: &Check) -> Value {
    let named = ["calendars", "public address", "public name", "public door", "webhook", "whatsapp"];
    let words = match check.state {
        State::Ok => "",
        State::Warn | State::Fail if named.contains(&check.name) => "see casero doctor on the machine",
        State::Warn | State::Fail => &check.remedy,
    };
    json!({ "name": check.name, "state": check.state, "remedy": without_numbers(words) })
}

/// The metrics of the running server, without those labelled with the owner's names (cabins).
fn metrics(config: &Config) -> Option<Vec<String>> {
    let agent: ureq::Agent = ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).build().into();
    let url = format!("{}/metrics", crate::cli::healthcheck::own_url(config));
    let text = agent.get(&url).call().ok()?.body_mut().read_to_string().ok()?;
    let kept = text.lines().filter(|line| !line.starts_with('#') && !line.contains("cabin="));
    Some(kept.map(str::to_owned).collect())
}

fn system() -> Value {
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME=")).unwrap_or_default();
    let kernel = Command::new("uname").arg("-sr").stdin(Stdio::null()).stderr(Stdio::null()).output();
    let kernel =
        kernel.map(|said| String::from_utf8_lossy(&said.stdout).trim().to_owned()).unwrap_or_default();
    let memory = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let memory: Vec<&str> = memory.lines().take(3).collect();
    json!({
        "name": name.trim_matches('"'),
        "kernel": kernel,
        "machine": std::env::consts::ARCH,
        "cores": std::thread::available_parallelism().map_or(0, usize::from),
        "can_hear": cpu::missing().is_none(),
        "memory": memory,
    })
}

/// The text with every run of digits hidden that could be a phone's or an account's.
fn without_numbers(text: &str) -> String {
    let is_part = |letter: char| letter.is_ascii_digit();
    let mut shown = String::new();
    let mut rest = text;
    while let Some(begin) = rest.find(is_part) {
        let run = rest[begin..].find(|letter: char| !is_part(letter)).unwrap_or(rest.len() - begin);
        shown.push_str(&rest[..begin]);
        shown.push_str(if run > DIGITS_MAX { MASK } else { &rest[begin..begin + run] });
        rest = &rest[begin + run..];
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::without_numbers;

    #[test]
    fn what_could_be_a_number_of_somebody_is_hidden_and_counts_are_not() {
        assert_eq!(without_numbers("5493515550101 wrote 12 times"), "******** wrote 12 times");
        assert_eq!(without_numbers("nothing"), "nothing");
    }
}
