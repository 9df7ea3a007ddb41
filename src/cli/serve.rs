//! `casero serve`: runs until stopped.

use super::environment::{ConfigFile, runtime};
use super::error::CliError;
use super::output::print;
use crate::adapters::speech::ModelBytes;
use crate::config::Config;
use crate::config::setting::LogFormat;
use crate::{boot, obs};
use std::process::ExitCode;

pub(super) fn run(file: &ConfigFile, model: ModelBytes) -> Result<ExitCode, CliError> {
    let config = file.load()?;
    start_log(&config);
    let numbers = obs::metrics::start();
    let context = boot::assemble(&config, model)?;
    runtime()?.block_on(async {
        let setup = context.access.offer_setup().await;
        let setup = setup.map_err(|error| CliError::Said(error.to_string()))?;
        let public_url = config.server.public_url.clone();
        boot::serve(&config, context, numbers, move |address| {
            // The parent process may wait for this line, so it is printed only once it is true.
            let _ = print(&format!("casero listening on http://{address}"));
            if let Some(word) = setup {
                let base = Some(public_url).filter(|url| !url.is_empty());
                let base = base.unwrap_or_else(|| format!("http://{address}"));
                let _ = print(&format!("make your account at {base}/admin/setup/{word}"));
            }
        })
        .await?;
        Ok(ExitCode::SUCCESS)
    })
}

/// Starts the log with these settings.
pub(super) fn start_log(config: &Config) {
    let form = match config.telemetry.log_format {
        LogFormat::Json => obs::log::Form::Json,
        LogFormat::Text => obs::log::Form::Text,
    };
    obs::log::start(form, config.telemetry.log_level.word());
}
