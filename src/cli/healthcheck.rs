//! `casero healthcheck`: asks the running server for its health.

use super::environment::ConfigFile;
use super::error::CliError;
use super::output::print;
use crate::config::Config;
use std::net::IpAddr;
use std::process::ExitCode;
use std::time::Duration;

/// Time limit of the answer.
const TIMEOUT: Duration = Duration::from_secs(5);

pub(super) fn run(file: &ConfigFile) -> Result<ExitCode, CliError> {
    let config = file.load()?;
    let url = format!("{}/healthz", own_url(&config));
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(TIMEOUT))
        .build()
        .into();
    let mut answer =
        agent.get(&url).call().map_err(|error| CliError::Said(format!("no answer from {url}: {error}")))?;
    let text = answer.body_mut().read_to_string().unwrap_or_default();
    print(&text)?;
    Ok(if answer.status().is_success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Address of the server with these settings, as seen from this machine.
pub(super) fn own_url(config: &Config) -> String {
    let host = match config.server.address {
        address if address.is_unspecified() => "127.0.0.1".to_owned(),
        IpAddr::V6(address) => format!("[{address}]"),
        IpAddr::V4(address) => address.to_string(),
    };
    format!("http://{host}:{}", config.server.port)
}
