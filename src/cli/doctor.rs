//! `casero doctor`: a list of checks, each with what to do about it.

use super::{CliError, ConfigFile, print};
use crate::boot;
use crate::config::Config;
use crate::ports::Ports;
use crate::ports::error::PortError;
use crate::ports::speech::SpeechState;
use crate::store::{Store, StoreError, users};
use crate::sys::files;
use clap::Args;
use serde::Serialize;
use std::process::ExitCode;

/// Mercado Pago's name for Argentina.
const ARGENTINA: &str = "MLA";

#[derive(Args)]
pub(super) struct Arguments {
    /// As JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    config: ConfigFile,
}

/// One check.
#[derive(Debug, Serialize)]
struct Check {
    name: &'static str,
    state: State,
    remedy: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Ok,
    Warn,
    Fail,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, CliError> {
    let checks = match arguments.config.load() {
        Ok(config) => check_all(&config),
        Err(error) => vec![fail("settings", error.to_string())],
    };
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
    let failed = checks.iter().any(|check| check.state == State::Fail);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn check_all(config: &Config) -> Vec<Check> {
    let ports = boot::ports(config);
    let mut checks = vec![ok("settings"), data_folder(config)];
    checks.extend(database(config));
    checks.extend([public_url(config), whatsapp(&ports), mercadopago(&ports), speech(&ports)]);
    checks
}

fn data_folder(config: &Config) -> Check {
    let folder = &config.storage.data_dir;
    let usable = files::make_private_folder(folder).and_then(|()| files::can_write_in(folder));
    match usable {
        Ok(()) => ok("data folder"),
        Err(error) => fail(
            "data folder",
            format!("{} cannot be written to ({error}): give it to the service's user", folder.display()),
        ),
    }
}

fn database(config: &Config) -> Vec<Check> {
    let store = match boot::open_store(&config.storage.data_dir) {
        Ok(store) => store,
        Err(error) => return vec![fail("database", error.to_string())],
    };
    vec![sound(&store), accounts(&store)]
}

fn sound(store: &Store) -> Check {
    match store.read_blocking(crate::store::is_sound) {
        Ok(true) => ok("database"),
        Ok(false) => fail("database", "the file is damaged: restore the newest backup"),
        Err(error) => fail("database", error.to_string()),
    }
}

fn accounts(store: &Store) -> Check {
    match store.read_blocking(|tx| Ok::<_, StoreError>(users::list(tx)?.len())) {
        Ok(0) => warn("accounts", "nobody can enter yet: casero user add --email YOU --password-stdin"),
        Ok(_) => ok("accounts"),
        Err(error) => fail("accounts", error.to_string()),
    }
}

fn public_url(config: &Config) -> Check {
    match config.server.public_url.as_str() {
        "" => warn("public address", "set server.public_url: without it no provider can reach the house"),
        url if url.starts_with("https://") => ok("public address"),
        _ => {
            warn("public address", "server.public_url must begin with https:// for WhatsApp and Mercado Pago")
        }
    }
}

fn whatsapp(ports: &Ports) -> Check {
    if !ports.whatsapp.is_on() {
        return warn("whatsapp", "off: set the four whatsapp settings to answer guests");
    }
    match ports.whatsapp.number() {
        Ok(_) => ok("whatsapp"),
        Err(PortError::Permanent { code, .. }) if code == "wa_190" || code == "http_401" => fail(
            "whatsapp",
            "the access token is not valid: make a new one for the system user, without expiry",
        ),
        Err(error) => fail("whatsapp", format!("{}: check phone_number_id, token and network", error.code())),
    }
}

fn mercadopago(ports: &Ports) -> Check {
    if !ports.payments.is_on() {
        return warn("mercadopago", "off: set mercadopago.access_token to take deposits");
    }
    match ports.payments.account() {
        Ok(account) if account.site == ARGENTINA => ok("mercadopago"),
        Ok(account) => {
            warn("mercadopago", format!("the account is of site {}, not {ARGENTINA}", account.site))
        }
        Err(error) => {
            fail("mercadopago", format!("{}: check mercadopago.access_token and the network", error.code()))
        }
    }
}

fn speech(ports: &Ports) -> Check {
    match ports.speech.state() {
        SpeechState::Loaded | SpeechState::Idle => ok("speech"),
        SpeechState::Off(reason) => {
            warn("speech", format!("voice notes are answered by asking to write: {reason}"))
        }
    }
}

fn ok(name: &'static str) -> Check {
    Check { name, state: State::Ok, remedy: String::new() }
}

fn warn(name: &'static str, remedy: impl Into<String>) -> Check {
    Check { name, state: State::Warn, remedy: remedy.into() }
}

fn fail(name: &'static str, remedy: impl Into<String>) -> Check {
    Check { name, state: State::Fail, remedy: remedy.into() }
}
