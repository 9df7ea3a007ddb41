//! `casero user`: accounts.

use super::environment::{ConfigFile, runtime};
use super::error::CliError;
use super::output::print;
use crate::adapters::clock::SystemClock;
use crate::adapters::random::SystemRandom;
use crate::app::access::{Access, AccessError};
use crate::boot;
use crate::domain::user::Role;
use clap::{Args, Subcommand};
use std::io::Read;
use std::process::ExitCode;
use std::sync::Arc;

/// Most bytes read from stdin: no password is longer.
const STDIN_BYTES_MAX: u64 = 4096;

#[derive(Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Add an account.
    Add {
        #[command(flatten)]
        account: Account,
        /// What the account may do.
        #[arg(long, default_value = "owner", value_parser = role)]
        role: Role,
    },
    /// Change a password; every token of the account stops working.
    Passwd(Account),
    /// Take the second factor off an account whose phone is lost.
    CodeOff {
        /// Whose.
        #[arg(long)]
        email: String,
        #[command(flatten)]
        file: ConfigFile,
    },
    /// List the accounts.
    List(ConfigFile),
    /// Remove an account.
    Remove {
        /// Whose.
        #[arg(long)]
        email: String,
        #[command(flatten)]
        file: ConfigFile,
    },
}

#[derive(Args)]
struct Account {
    /// Whose.
    #[arg(long)]
    email: String,
    /// Read the password from standard input; there is no other way, so that it shows nowhere.
    #[arg(long, required = true)]
    password_stdin: bool,
    #[command(flatten)]
    file: ConfigFile,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, CliError> {
    let file = match &arguments.action {
        Action::Add { account, .. } | Action::Passwd(account) => &account.file,
        Action::List(file) | Action::Remove { file, .. } | Action::CodeOff { file, .. } => file,
    };
    let store = boot::open_store(&file.load()?.storage.data_dir)?;
    let access = Access::new(store, Arc::new(SystemClock), Arc::new(SystemRandom::new()));
    runtime()?.block_on(act(&arguments.action, &access))
}

async fn act(action: &Action, access: &Access) -> Result<ExitCode, CliError> {
    match action {
        Action::Add { account, role } => {
            let added = access.add(&account.email, &password()?, *role).await;
            added.map_err(said)?;
            print(&format!("added {}", account.email))
        }
        Action::Passwd(account) => {
            access.change_password(&account.email, &password()?).await.map_err(said)?;
            print(&format!("changed the password of {}", account.email))
        }
        Action::List(_) => {
            for user in access.list().await.map_err(said)? {
                print(&format!("{}\t{}", user.email, user.role.code()))?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Action::CodeOff { email, .. } => {
            access.disable_two_factor_for_email(email).await.map_err(said)?;
            print(&format!("{email} enters without a code"))
        }
        Action::Remove { email, .. } => {
            access.remove(email).await.map_err(said)?;
            print(&format!("removed {email}"))
        }
    }
}

fn password() -> Result<String, CliError> {
    let mut text = String::new();
    let read = std::io::stdin().take(STDIN_BYTES_MAX).read_to_string(&mut text);
    read.map_err(CliError::io("the password could not be read"))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn role(word: &str) -> Result<Role, String> {
    Role::from_code(word).ok_or_else(|| "owner, helper or cleaner".to_owned())
}

fn said(error: AccessError) -> CliError {
    CliError::Said(error.to_string())
}
