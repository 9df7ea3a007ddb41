//! `casero whatsapp setup`: the number, the subscription and the templates as they are at Meta, and what is missing done.

use super::environment::ConfigFile;
use super::error::CliError;
use super::output::{complain, print};
use crate::adapters::clock::SystemClock;
use crate::adapters::speech::ModelBytes;
use crate::app::whatsapp_setup::{self, SetupStep};
use crate::app::{Error, account_state};
use crate::boot;
use crate::domain::settings::Settings;
use crate::domain::whatsapp_account::{AccountState, SetupGap, TemplateReadiness};
use crate::ports::Ports;
use crate::ports::clock::Clock;
use crate::store::whatsapp_account::Look;
use crate::store::{Store, settings};
use clap::{Args, Subcommand};
use jiff::SignedDuration;
use std::io::{BufRead, IsTerminal};
use std::process::ExitCode;
use std::time::Duration;

/// Pause between looks while Meta reviews templates.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

#[derive(Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Show what the account has and lacks; with --apply, do what can be done from here.
    Setup {
        /// Register the number, subscribe the app and create the templates that are missing. The PIN for the registration
        /// is read from standard input when it is needed.
        #[arg(long)]
        apply: bool,
        /// Seconds to wait for Meta's approval of what was submitted.
        #[arg(long, default_value_t = 20, value_name = "SECONDS")]
        wait: u32,
        #[command(flatten)]
        file: ConfigFile,
    },
}

pub(super) fn run(arguments: &Arguments, model: ModelBytes) -> Result<ExitCode, CliError> {
    let Action::Setup { apply, wait, file } = &arguments.action;
    let config = file.load()?;
    let ports = boot::ports(&config, model);
    if !ports.whatsapp_account.is_on() {
        return Err(CliError::Said("WhatsApp is off: set the four whatsapp settings first".into()));
    }
    let desk = Desk { store: boot::open_store(&config.storage.data_dir)?, ports };
    let mut state = desk.look()?;
    if *apply {
        for step in desk.carry_out(&state)? {
            print(&said(&step))?;
        }
        state = desk.wait_for_reviews(SignedDuration::from_secs(i64::from(*wait)))?;
    }
    show(&state)
}

/// The account from the command line: another process may be serving.
struct Desk {
    store: Store,
    ports: Ports,
}

impl Desk {
    /// Asks Meta, keeps the answer, and compares it with what is needed.
    fn look(&self) -> Result<AccountState, CliError> {
        let (found, account_id, settings) = self.ask()?;
        let kept = found.clone();
        self.store.write_blocking(move |tx| whatsapp_setup::keep(tx, &kept)).map_err(failed)?;
        Ok(account_state::state_of(&found, account_id, &settings))
    }

    fn ask(&self) -> Result<(Look, Option<String>, Settings), CliError> {
        let account = self.ports.whatsapp_account.as_ref();
        let known = self.store.read_blocking(|tx| {
            let id = account_state::known_account_id(tx, account.account_id())?;
            Ok::<_, Error>((id, settings::load(tx)?.0))
        });
        let (account_id, settings) = known.map_err(failed)?;
        Ok((whatsapp_setup::ask(account, account_id.as_deref()), account_id, settings))
    }

    fn carry_out(&self, state: &AccountState) -> Result<Vec<SetupStep>, CliError> {
        let needs_pin = state.gaps().iter().any(|gap| matches!(gap, SetupGap::NotRegistered(_)));
        let pin = if needs_pin { ask_pin(state.number.on_app)? } else { None };
        let (found, account_id, settings) = self.ask()?;
        let account = self.ports.whatsapp_account.as_ref();
        Ok(whatsapp_setup::carry_out(account, account_id.as_deref(), &found, &settings, pin.as_deref()))
    }

    /// Looks until Meta has finished its reviews, or the time is over.
    fn wait_for_reviews(&self, time: SignedDuration) -> Result<AccountState, CliError> {
        let until = SystemClock.now() + time;
        loop {
            let state = self.look()?;
            let reviewing = state.gaps().iter().any(SetupGap::is_waiting);
            if !reviewing || SystemClock.now() >= until {
                return Ok(state);
            }
            std::thread::sleep(LOOK_AGAIN);
        }
    }
}

/// Reads the PIN; `None` leaves the number as it is.
fn ask_pin(on_app: bool) -> Result<Option<String>, CliError> {
    if on_app {
        complain(
            "warning: this number lives in the WhatsApp Business app; registering it here ends it there",
        );
    }
    if std::io::stdin().is_terminal() {
        complain("six-digit PIN of the number's two-step verification (empty leaves it unregistered):");
    }
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    read.map_err(CliError::io("the PIN could not be read"))?;
    Ok(Some(line.trim().to_owned()).filter(|pin| !pin.is_empty()))
}

fn show(state: &AccountState) -> Result<ExitCode, CliError> {
    let number = &state.number;
    let registered = if number.is_registered() { "ok  " } else { "FAIL" };
    print(&format!("{registered}  number         {} {}", number.number, number.name))?;
    print(&format!(
        "      state {}, name {}, quality {}, limit {}",
        number.status, number.name_status, number.quality, number.messaging_limit
    ))?;
    let (mark, words) = match (&state.business_account_id, state.subscribed) {
        (None, _) => ("FAIL", "the account's id is not known"),
        (Some(_), Some(true)) => ("ok  ", "the app gets the account's notifications"),
        (Some(_), _) => ("FAIL", "the app gets no notifications"),
    };
    print(&format!("{mark}  subscription   {words}"))?;
    for template in state.templates.iter().filter(|_| state.knows_templates) {
        let (mark, words) = match template.readiness {
            TemplateReadiness::Works => ("ok  ", "works"),
            TemplateReadiness::Waits => ("wait", "waits for Meta"),
            TemplateReadiness::Refused => ("FAIL", "refused"),
            TemplateReadiness::Missing => ("FAIL", "missing"),
        };
        let name = format!("{} {}", template.purpose.template_name(), template.language);
        print(&format!("{mark}  template       {name:<26} {words} {}", template.reason))?;
    }
    let gaps = state.gaps();
    for gap in gaps.iter().filter(|gap| !gap.is_waiting()) {
        print(&format!("to do: {gap}"))?;
    }
    let is_done = gaps.iter().all(SetupGap::is_waiting);
    Ok(if is_done { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn said(step: &SetupStep) -> String {
    match step {
        SetupStep::Registered => "registered the number".to_owned(),
        SetupStep::PinNeeded => "the number was not registered: no PIN was given".to_owned(),
        SetupStep::BadPin => "the number was not registered: the PIN has six digits".to_owned(),
        SetupStep::Subscribed => "subscribed the app".to_owned(),
        SetupStep::Created(name, language) => format!("submitted {name} ({language})"),
        SetupStep::Failed(what, code, detail) => format!("{what} failed: {code} {detail}"),
    }
}

fn failed(error: Error) -> CliError {
    CliError::Said(error.to_string())
}
