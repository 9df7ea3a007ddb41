//! Message templates: the one in which a message goes out, and what becomes of those that can't be used.
//!
//! A template that Meta refuses, pauses or does not know is one matter, however many messages wait for it. Another one
//! stands in for it where it can; where none can, the messages wait, and go out once one is approved.

use super::{Error, notify};
use crate::dialogue::templates;
use crate::domain::attention::{AccountNotice, AttentionItem, AttentionKind, TemplateNotice};
use crate::domain::code::Coded;
use crate::domain::language::Language;
use crate::domain::own_words::OwnText;
use crate::domain::settings::Settings;
use crate::domain::whatsapp_account::{TemplatePurpose, TemplateReadiness, TemplateState, TemplateStatus};
use crate::store::{Read, WriteTx, attention, outbox, whatsapp_account};
use jiff::SignedDuration;

/// Error code of a message that waits for a template.
pub const TEMPLATE_WAITS: &str = "template_waits";
/// Time after which a template that was refused is tried again, and a message that waits looks again.
pub const TRY_AGAIN: SignedDuration = SignedDuration::from_mins(10);
/// `field` of the attention item about a template.
const FIELD: &str = "template";

/// A template that may be used now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usable {
    pub name: String,
    pub language: String,
}

/// The template for a message of this purpose to somebody who speaks this language: the owner's own one where they named
/// one, else that of the purpose, else that of any news. `None` while none may be used.
pub fn choose(
    tx: &impl Read,
    purpose: TemplatePurpose,
    speaks: Language,
    settings: &Settings,
) -> Result<Option<Usable>, Error> {
    let own = settings.own(OwnText::Template);
    let named = |purpose: TemplatePurpose| Usable {
        name: purpose.template_name().to_owned(),
        language: templates::language_for(purpose, speaks),
    };
    let candidates = match purpose {
        TemplatePurpose::Code => vec![named(purpose)],
        _ if !own.is_empty() => vec![Usable { name: own, ..named(TemplatePurpose::Notice) }],
        TemplatePurpose::Notice => vec![named(purpose)],
        _ => vec![named(purpose), named(TemplatePurpose::Notice)],
    };
    for candidate in candidates {
        if is_usable(tx, &candidate)? {
            return Ok(Some(candidate));
        }
    }
    Ok(None)
}

fn is_usable(tx: &impl Read, template: &Usable) -> Result<bool, Error> {
    Ok(match whatsapp_account::template(tx, &template.name, &template.language)? {
        Some((status, since)) if status == TemplateStatus::Unusable => {
            tx.now().duration_since(since) >= TRY_AGAIN
        }
        Some((status, _)) => TemplateReadiness::of(Some(&status)) == TemplateReadiness::Works,
        // Without a list nothing is known: the message tells.
        None => whatsapp_account::find(tx)?.templates_at.is_none(),
    })
}

/// A message in this template was refused for the template's sake, with WhatsApp's code.
pub fn refused(tx: &mut WriteTx<'_>, template: &Usable, code: &str) -> Result<(), Error> {
    let state = TemplateState {
        name: template.name.clone(),
        language: template.language.clone(),
        status: TemplateStatus::Unusable.into(),
        reason: code.to_owned(),
    };
    whatsapp_account::put_template(tx, &state)?;
    raise(tx, &state)
}

/// Meta told a template's new state. Some words are of events that leave the state as it was.
pub fn changed(
    tx: &mut WriteTx<'_>,
    name: &str,
    language: &str,
    event: &str,
    reason: &str,
) -> Result<(), Error> {
    whatsapp_account::look_again(tx)?;
    let status = match event {
        "reinstated" | "unarchived" | "unpaused" => TemplateStatus::Approved.into(),
        "flagged" | "locked" => return Ok(()),
        word => Coded::read(word),
    };
    let state = TemplateState {
        name: name.to_owned(),
        language: language.to_owned(),
        status,
        reason: reason.to_owned(),
    };
    whatsapp_account::put_template(tx, &state)?;
    settle_or_raise(tx, &state)
}

/// Takes in the list of templates: what works again lets its messages go.
pub fn listed(tx: &mut WriteTx<'_>, list: &[TemplateState]) -> Result<(), Error> {
    list.iter().try_for_each(|state| settle_or_raise(tx, state))
}

fn settle_or_raise(tx: &mut WriteTx<'_>, state: &TemplateState) -> Result<(), Error> {
    match TemplateReadiness::of(Some(&state.status)) {
        TemplateReadiness::Works => {
            attention::settle(tx, AttentionKind::WhatsappAccount, &subject(state))?;
            Ok(outbox::hasten_code(tx, TEMPLATE_WAITS)?)
        }
        TemplateReadiness::Refused if is_ours(state) => raise(tx, state),
        TemplateReadiness::Refused | TemplateReadiness::Waits | TemplateReadiness::Missing => Ok(()),
    }
}

/// Whether the product needs it; an account may have others.
fn is_ours(state: &TemplateState) -> bool {
    templates::all().iter().any(|one| one.name == state.name && one.language == state.language)
}

fn raise(tx: &mut WriteTx<'_>, state: &TemplateState) -> Result<(), Error> {
    let why = if state.reason.is_empty() { state.status.code() } else { &state.reason };
    let summary = format!("{} ({}): {why}", state.name, state.language);
    let template = TemplateNotice { name: state.name.clone(), reason: why.to_owned() };
    let notice = AccountNotice { field: FIELD.to_owned(), summary, template: Some(template) };
    notify::failing(tx, &attention::New::of(AttentionItem::WhatsappAccount(notice), &subject(state)))?;
    Ok(())
}

/// One matter a template, whatever befalls it.
fn subject(state: &TemplateState) -> String {
    format!("{FIELD}:{}:{}", state.name, state.language)
}
