//! The command line: what can be said, and where it goes. One clear line on stderr and exit code 1 for what
//! fails, exit code 2 for what is said wrongly.

mod backup;
mod demo;
mod doctor;
mod feed;
mod healthcheck;
mod serve;
mod simulate;
mod transcribe;
mod understand;
mod user;

use crate::adapters::speech::ModelBytes;
use crate::boot::BootError;
use crate::config::{Config, ConfigError};
use clap::{Parser, Subcommand};
use jiff::civil::Date;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// What the product is, for `--help`.
const ABOUT: &str =
    "The caretaker that answers: WhatsApp, deposits and calendars for people who rent out cabins.";

#[derive(Parser)]
#[command(name = "casero", version, about = ABOUT, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run casero.
    Serve(ConfigFile),
    /// Run the whole product with invented cabins and simulated WhatsApp and Mercado Pago.
    Demo(demo::Arguments),
    /// Check settings, folders and integrations, each with its remedy.
    Doctor(doctor::Arguments),
    /// Manage who may enter.
    User(user::Arguments),
    /// Copy the database, verified, while casero runs.
    Backup(backup::BackupArguments),
    /// Go back to a copy; the replaced database is kept.
    Restore(backup::RestoreArguments),
    /// Say what a guest's message means, as JSON.
    Understand(understand::Arguments),
    /// Read a calendar file as the importer does, as JSON.
    Feed(feed::Arguments),
    /// Hear a voice note.
    Transcribe(transcribe::Arguments),
    /// Live through simulated days of guests, payments, calendars, faults and crashes, checking every promise.
    Simulate(simulate::Arguments),
    /// Print the API's OpenAPI document.
    Openapi,
    /// Print every setting with its value and where it came from; secrets are masked.
    Config(ConfigFile),
    /// Ask the running server how it is; for monitors.
    Healthcheck(ConfigFile),
    /// Print the version.
    Version,
}

/// Where the settings' file is.
#[derive(clap::Args, Default)]
struct ConfigFile {
    /// The settings' file; else CASERO_CONFIG, else /etc/casero/casero.toml when it exists.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl ConfigFile {
    fn load(&self) -> Result<Config, CliError> {
        Ok(Config::load(self.config.as_deref())?)
    }
}

/// Why a command failed. Its text is one line.
#[derive(Debug, thiserror::Error)]
enum CliError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Boot(#[from] BootError),
    #[error(transparent)]
    Backup(#[from] crate::store::backup::BackupError),
    #[error("{what}: {reason}")]
    Io { what: String, reason: std::io::Error },
    #[error("{0}")]
    Said(String),
}

impl CliError {
    fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> CliError {
        let what = what.into();
        move |reason| CliError::Io { what, reason }
    }
}

/// Runs what the arguments ask for. `model` is the speech model inside the executable.
pub fn run(model: ModelBytes) -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Serve(file) => serve::run(&file, model),
        Command::Demo(arguments) => demo::run(&arguments, model),
        Command::Doctor(arguments) => doctor::run(&arguments, model),
        Command::User(arguments) => user::run(&arguments),
        Command::Backup(arguments) => backup::back_up(&arguments),
        Command::Restore(arguments) => backup::restore(&arguments),
        Command::Understand(arguments) => understand::run(&arguments),
        Command::Feed(arguments) => feed::run(&arguments),
        Command::Transcribe(arguments) => transcribe::run(&arguments, model),
        Command::Simulate(arguments) => simulate::run(&arguments),
        Command::Openapi => print(&crate::web::openapi::document()),
        Command::Config(file) => config(&file),
        Command::Healthcheck(file) => healthcheck::run(&file),
        Command::Version => print(concat!("casero ", env!("CARGO_PKG_VERSION"))),
    };
    outcome.unwrap_or_else(|error| {
        complain(&error.to_string());
        ExitCode::FAILURE
    })
}

/// One line to stdout.
fn print(line: &str) -> Result<ExitCode, CliError> {
    is_read(writeln!(std::io::stdout(), "{line}")).map(|_| ExitCode::SUCCESS)
}

/// Whether somebody still reads what was written to stdout. One who went away (`| head`) is no failure of ours.
fn is_read(written: std::io::Result<()>) -> Result<bool, CliError> {
    match written {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(CliError::io("standard output could not be written")(error)),
    }
}

fn complain(line: &str) {
    // Where nobody can hear it there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "casero: {line}");
}

fn config(file: &ConfigFile) -> Result<ExitCode, CliError> {
    for (setting, source) in file.load()?.shown() {
        print(&format!("{} = {}  # {source}", setting.key, setting.value))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The runtime of commands that serve.
fn runtime() -> Result<tokio::runtime::Runtime, CliError> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_name("casero")
        .build()
        .map_err(CliError::io("the runtime could not start"))
}

/// The date at the property, for commands that are not told one.
fn today(said: Option<Date>) -> Date {
    let zone = jiff::tz::TimeZone::get("America/Argentina/Buenos_Aires").expect("the zone is bundled");
    let now = crate::ports::clock::Clock::now(&crate::adapters::clock::SystemClock);
    said.unwrap_or_else(|| zone.to_datetime(now).date())
}
