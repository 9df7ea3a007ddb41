//! The business account behind the number: looking at it, and doing what the Graph API allows. What only a person can
//! do at Meta is left as a gap with its name.

use super::account_state::{known_account_id, state};
use super::{App, Error, templates};
use crate::dialogue::templates::{self as needed, Template};
use crate::domain::own_words::OwnText;
use crate::domain::settings::Settings;
use crate::domain::whatsapp_account::AccountState;
use crate::ports::error::PortError;
use crate::ports::whatsapp_account::{NewTemplate, WhatsAppAccount};
use crate::store::whatsapp_account::{self, Look};
use crate::store::{Read, WriteTx, settings};
use jiff::SignedDuration;

/// Time after which an account that lacks nothing is looked at again. Its changes are notified.
const LOOK_EVERY: SignedDuration = SignedDuration::from_hours(1);
/// The same for one that lacks something.
const UNFINISHED_EVERY: SignedDuration = SignedDuration::from_mins(5);
/// Digits of the number's PIN.
const PIN_DIGITS: usize = 6;

/// A step that was taken, or could not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetupStep {
    Registered,
    /// The number has to be registered, and no PIN was given.
    PinNeeded,
    /// It is not six digits.
    BadPin,
    Subscribed,
    Created(String, String),
    /// What was tried, and the vendor's code and words.
    Failed(String, String, String),
}

/// Looks at the account when that is due.
pub async fn look_when_due(app: &App) -> Result<(), Error> {
    if !app.ports.whatsapp_account.is_on() {
        return Ok(());
    }
    let account_id = app.ports.whatsapp_account.account_id();
    let known = app.store.read(move |tx| Ok::<_, Error>((state(tx, account_id)?, tx.now()))).await?;
    let (known, now) = known;
    let pause = if known.gaps().is_empty() { LOOK_EVERY } else { UNFINISHED_EVERY };
    if known.checked_at.is_some_and(|at| now.duration_since(at) < pause) {
        return Ok(());
    }
    look(app).await.map(drop)
}

/// Looks at the account now.
pub async fn look(app: &App) -> Result<AccountState, Error> {
    let account_id = account_id(app).await?;
    let asked = account_id.clone();
    let look = app.outside(move |ports| Ok(ask(ports.whatsapp_account.as_ref(), asked.as_deref()))).await?;
    app.store
        .write(move |tx| {
            keep(tx, &look)?;
            state(tx, account_id)
        })
        .await
}

/// Does what is missing and can be done, then looks again.
pub async fn set_up(app: &App, pin: Option<String>) -> Result<(Vec<SetupStep>, AccountState), Error> {
    let account_id = account_id(app).await?;
    let (settings, _) = app.store.read(|tx| settings::load(tx)).await?;
    let steps = app
        .outside(move |ports| {
            let account = ports.whatsapp_account.as_ref();
            let found = ask(account, account_id.as_deref());
            Ok(carry_out(account, account_id.as_deref(), &found, &settings, pin.as_deref()))
        })
        .await?;
    Ok((steps, look(app).await?))
}

async fn account_id(app: &App) -> Result<Option<String>, Error> {
    let set = app.ports.whatsapp_account.account_id();
    app.store.read(move |tx| known_account_id(tx, set)).await
}

/// Asks Meta for all that is known of the account. One refusal does not stop the rest.
pub fn ask(account: &dyn WhatsAppAccount, account_id: Option<&str>) -> Look {
    let mut look = Look::default();
    let mut problem = String::new();
    let mut note = |error: PortError| {
        if problem.is_empty() {
            problem = error.code().to_owned();
        }
    };
    look.number = account.number_state().map_err(&mut note).ok();
    if let Some(account_id) = account_id {
        look.subscribed = account.is_subscribed(account_id).map_err(&mut note).ok();
        look.templates = account.templates(account_id).map_err(&mut note).ok();
    }
    Look { problem, ..look }
}

/// Keeps what a look found.
pub fn keep(tx: &mut WriteTx<'_>, look: &Look) -> Result<(), Error> {
    whatsapp_account::looked(tx, look)?;
    templates::listed(tx, look.templates.as_deref().unwrap_or_default())
}

/// Registers, subscribes and creates what a look found missing. Nothing is created that could not be listed first.
pub fn carry_out(
    account: &dyn WhatsAppAccount,
    account_id: Option<&str>,
    found: &Look,
    settings: &Settings,
    pin: Option<&str>,
) -> Vec<SetupStep> {
    let mut steps = Vec::new();
    if found.number.as_ref().is_some_and(|number| !number.is_registered()) {
        steps.push(register(account, pin));
    }
    let Some(account_id) = account_id else { return steps };
    if found.subscribed == Some(false) {
        steps.push(match account.subscribe(account_id) {
            Ok(()) => SetupStep::Subscribed,
            Err(error) => failed("subscribed_apps", &error),
        });
    }
    let Some(have) = &found.templates else { return steps };
    if !settings.own(OwnText::Template).is_empty() {
        return steps;
    }
    for one in needed::all() {
        if have.iter().any(|state| state.name == one.name && state.language == one.language) {
            continue;
        }
        match account.create_template(account_id, &submission(&one)) {
            Ok(state) => steps.push(SetupStep::Created(state.name, state.language)),
            Err(error) => {
                let goes_on = matches!(error, PortError::Permanent { .. });
                steps.push(failed(&format!("{} ({})", one.name, one.language), &error));
                if !goes_on {
                    break;
                }
            }
        }
    }
    steps
}

fn register(account: &dyn WhatsAppAccount, pin: Option<&str>) -> SetupStep {
    let Some(pin) = pin.map(str::trim).filter(|pin| !pin.is_empty()) else { return SetupStep::PinNeeded };
    if pin.len() != PIN_DIGITS || !pin.bytes().all(|byte| byte.is_ascii_digit()) {
        return SetupStep::BadPin;
    }
    match account.register(pin) {
        Ok(()) => SetupStep::Registered,
        Err(error) => failed("register", &error),
    }
}

fn submission(one: &Template) -> NewTemplate {
    NewTemplate {
        name: one.name.to_owned(),
        language: one.language.clone(),
        body: one.body.clone(),
        samples: one.samples.iter().map(|sample| (*sample).to_owned()).collect(),
    }
}

fn failed(what: &str, error: &PortError) -> SetupStep {
    let detail = match error {
        PortError::Permanent { detail, .. } | PortError::Account { detail, .. } => detail.clone(),
        PortError::Transient { .. } | PortError::Off | PortError::Open(_) => String::new(),
    };
    SetupStep::Failed(what.to_owned(), error.code().to_owned(), detail)
}
