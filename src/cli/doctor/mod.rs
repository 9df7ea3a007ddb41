//! `casero doctor`: a list of checks, each with its remedy; and a bundle for remote support.

mod bundle;
mod check;
mod files;
mod network;
mod records;
mod vendors;

use crate::adapters::clock::SystemClock;
use crate::adapters::speech::ModelBytes;
use crate::boot;
use crate::cli::environment::ConfigFile;
use crate::cli::error::CliError;
use crate::cli::output::print;
use crate::config::Config;
use crate::ports::clock::Clock;
use crate::store::Store;
use check::{Check, State};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub(super) struct Arguments {
    /// As JSON.
    #[arg(long)]
    json: bool,
    /// Also write a compressed file for whoever helps from afar, without secrets or guests' data (.json.gz).
    #[arg(long, value_name = "FILE")]
    bundle: Option<PathBuf>,
    #[command(flatten)]
    config: ConfigFile,
}

pub(super) fn run(arguments: &Arguments, model: ModelBytes) -> Result<ExitCode, CliError> {
    let config = arguments.config.load();
    let opened = config.as_ref().ok().map(records::open);
    let store = opened.as_ref().and_then(|opened| opened.as_ref().ok()?.as_ref());
    let mut checks = match &config {
        Ok(config) => check_all(config, store, model),
        Err(error) => vec![check::fail("settings", error.to_string())],
    };
    if let Some(Err(refused)) = &opened {
        checks.push(refused.clone());
    }
    if arguments.json {
        print(&serde_json::to_string(&checks).expect("checks are plain data"))?;
    } else {
        for check in &checks {
            let state = match check.state {
                State::Ok => "ok  ",
                State::Warn => "warn",
                State::Fail => "FAIL",
            };
            print(&format!("{state}  {:<14} {}", check.name, check.remedy))?;
        }
    }
    if let Some(path) = &arguments.bundle {
        bundle::write(path, config.as_ref().ok(), &checks, store)?;
    }
    let failed = checks.iter().any(|check| check.state == State::Fail);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn check_all(config: &Config, store: Option<&Store>, model: ModelBytes) -> Vec<Check> {
    let ports = boot::ports(config, model);
    let now = || SystemClock.now();
    let (records, since) = records::all(config, store, now());
    let mut checks = vec![check::ok("settings"), files::data_folder(config), files::permissions(config)];
    checks.push(files::room(config, since, now()));
    checks.push(files::database_log(config));
    checks.extend(records);
    checks.push(network::clock(config, now));
    checks.extend(network::public_url(config, store));
    checks.push(vendors::whatsapp(&ports));
    checks.extend(vendors::whatsapp_account(&ports, store));
    checks.push(vendors::mercadopago(config, &ports));
    checks.extend([vendors::mail(config, &ports), vendors::push(config, &ports)]);
    checks.extend([vendors::speech(&ports), files::model(config)]);
    checks
}
