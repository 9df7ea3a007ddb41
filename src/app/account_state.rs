//! What is known of the WhatsApp business account, compared with what the product needs.

use super::Error;
use crate::dialogue::templates::{self, Template};
use crate::domain::own_words::OwnText;
use crate::domain::settings::Settings;
use crate::domain::whatsapp_account::{
    AccountState, NeededTemplate, TemplatePurpose, TemplateReadiness, TemplateState,
};
use crate::store::whatsapp_account::{self, Look};
use crate::store::{Read, settings};
use jiff::Timestamp;

/// The account's id: the deployment's setting, else what notifications told.
pub fn known_account_id(tx: &impl Read, set: Option<String>) -> Result<Option<String>, Error> {
    Ok(set.or(whatsapp_account::find(tx)?.business_account_id))
}

/// What is known of the account, compared with what is needed.
pub fn state(tx: &impl Read, set: Option<String>) -> Result<AccountState, Error> {
    let known = whatsapp_account::find(tx)?;
    let (settings, _) = settings::load(tx)?;
    let have = whatsapp_account::templates(tx)?;
    Ok(AccountState {
        business_account_id: set.or(known.business_account_id),
        number: known.number,
        subscribed: known.subscribed,
        problem: known.problem,
        checked_at: known.checked_at,
        knows_templates: known.templates_at.is_some(),
        templates: compare(&settings, &have),
    })
}

/// The same of a look that was not stored.
pub fn state_of(look: &Look, account_id: Option<String>, settings: &Settings) -> AccountState {
    AccountState {
        business_account_id: account_id,
        number: look.number.clone().unwrap_or_default(),
        subscribed: look.subscribed,
        problem: look.problem.clone(),
        checked_at: Some(Timestamp::UNIX_EPOCH),
        knows_templates: look.templates.is_some(),
        templates: compare(settings, look.templates.as_deref().unwrap_or_default()),
    }
}

/// The needed templates with their states. An owner's own template takes the place of all but the code's.
fn compare(settings: &Settings, have: &[TemplateState]) -> Vec<NeededTemplate> {
    let own = settings.own(OwnText::Template);
    let is_needed = |one: &Template| {
        own.is_empty() || matches!(one.purpose, TemplatePurpose::Notice | TemplatePurpose::Code)
    };
    let with_state = |one: Template| {
        let takes_own = !own.is_empty() && one.purpose == TemplatePurpose::Notice;
        let name = if takes_own { own.as_str() } else { one.name };
        let found = have.iter().find(|state| state.name == name && state.language == one.language);
        NeededTemplate {
            purpose: one.purpose,
            readiness: TemplateReadiness::of(found.map(|state| &state.status)),
            reason: found.map(|state| state.reason.clone()).unwrap_or_default(),
            language: one.language,
        }
    };
    templates::all().into_iter().filter(is_needed).map(with_state).collect()
}
