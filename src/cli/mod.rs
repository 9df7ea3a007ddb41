//! The command line: parsing and dispatch. A failure gives one clear line on stderr and exit code 1, wrong
//! arguments exit code 2.

mod backup;
mod demo;
mod doctor;
mod environment;
mod error;
mod feed;
mod healthcheck;
mod output;
mod serve;
mod simulate;
mod transcribe;
mod understand;
mod user;
mod whatsapp;

use crate::adapters::speech::ModelBytes;
use clap::{Parser, Subcommand};
use environment::ConfigFile;
use error::CliError;
use output::{complain, print};
use std::process::ExitCode;

/// Description for `--help`.
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
    /// Look at the WhatsApp account and set it up.
    Whatsapp(whatsapp::Arguments),
    /// Print the API's OpenAPI document.
    Openapi,
    /// Print every setting with its value and where it came from; secrets are masked.
    Config(ConfigFile),
    /// Ask the running server how it is; for monitors.
    Healthcheck(ConfigFile),
    /// Print the version.
    Version,
}

/// Runs the command of the arguments. `model` is the speech model inside the executable.
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
        Command::Whatsapp(arguments) => whatsapp::run(&arguments, model),
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

fn config(file: &ConfigFile) -> Result<ExitCode, CliError> {
    for (setting, source) in file.load()?.shown() {
        print(&format!("{} = {}  # {source}", setting.key, setting.value))?;
    }
    Ok(ExitCode::SUCCESS)
}
