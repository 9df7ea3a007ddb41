//! What WhatsApp tells of a message after it was accepted, or in place of accepting it.

use super::give_up::{AGE_MAX, CRITICAL_AGE_MAX, arrives_again, give_up, pause};
use crate::app::stay_view::guest_of;
use crate::app::templates::{self, TEMPLATE_WAITS};
use crate::app::{AppContext, Error, provider_outage};
use crate::dialogue::templates::language_for;
use crate::dialogue::window;
use crate::domain::attention::{AttentionItem, SameGuest};
use crate::domain::guest::Guest;
use crate::domain::message::Message;
use crate::domain::phone::Phone;
use crate::domain::provider::Provider;
use crate::ports::error::PortError;
use crate::ports::whatsapp::{Delivery, DeliveryState, OTHER_FORM, TEMPLATE_UNUSABLE, WINDOW_CLOSED};
use crate::store::outbox::{Outbound, Progress, Report};
use crate::store::{Read, WriteTx, attention, guests, outbox, settings};

/// Jitter where no randomness is available: the middle.
const HALF: f64 = 0.5;

/// Applies a delivery report. Reports come late, twice and in any order; a message's state only moves up.
pub fn report(tx: &mut WriteTx<'_>, context: &AppContext, delivery: &Delivery) -> Result<(), Error> {
    let progress = match delivery.state {
        DeliveryState::Sent => Progress::Sent,
        DeliveryState::Delivered => Progress::Delivered,
        DeliveryState::Read => Progress::Read,
        DeliveryState::Failed => Progress::Failed,
    };
    let report = Report {
        external_id: &delivery.message_id,
        tag: delivery.tag.as_deref(),
        progress,
        error_code: delivery.failure.as_ref().map(|failure| failure.code().to_owned()),
        billable: delivery.billable,
        category: delivery.category.as_deref(),
    };
    let Some(id) = outbox::report(tx, &report)? else { return Ok(()) };
    let Some(outbound) = outbox::find(tx, id)? else { return Ok(()) };
    let guest = guest_of(tx, outbound.conversation_id)?;
    let sent_at = outbound.sent_at.unwrap_or(outbound.created_at);
    if !guests::moved_since(tx, guest.id, sent_at)? {
        follow(tx, &guest, delivery.reached.as_deref())?;
    }
    match &delivery.failure {
        None => {
            if matches!(progress, Progress::Delivered | Progress::Read) {
                arrives_again(tx, outbound.conversation_id)?;
            }
            provider_outage::end_by_report(tx, outbound.sent_at)
        }
        Some(failure) => failed(tx, context, &outbound, failure),
    }
}

/// Handles a message that WhatsApp accepted and could not deliver: it is sent again when another form,
/// another number or a later try may work.
fn failed(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    outbound: &Outbound,
    failure: &PortError,
) -> Result<(), Error> {
    let code = failure.code();
    let age_max = if outbound.critical { CRITICAL_AGE_MAX } else { AGE_MAX };
    let is_young = tx.now().duration_since(outbound.created_at) < age_max;
    if is_young && provider_outage::begin_if_unusable(tx, Provider::Whatsapp, failure, true)? {
        let now = tx.now();
        return Ok(outbox::requeue(tx, outbound.id, &outbound.message, now, code)?);
    }
    if is_young && failure.is_transient() {
        let at = tx.now() + pause(failure, outbound.attempts, HALF);
        return Ok(outbox::requeue(tx, outbound.id, &outbound.message, at, code)?);
    }
    if as_template(tx, outbound, code)? {
        return Ok(());
    }
    if is_young && TEMPLATE_UNUSABLE.contains(&code) {
        let now = tx.now();
        return Ok(outbox::requeue(
            tx,
            outbound.id,
            &outbound.message,
            now + templates::TRY_AGAIN,
            TEMPLATE_WAITS,
        )?);
    }
    if OTHER_FORM.contains(&code) && try_other_form(tx, outbound, code)? {
        return Ok(());
    }
    give_up(tx, context, outbound.conversation_id, outbound.id, code)
}

/// Sends a message that the closed window refused again as a template; `false` when that was not why, or it was one,
/// or a file.
pub(super) fn as_template(tx: &mut WriteTx<'_>, outbound: &Outbound, code: &str) -> Result<bool, Error> {
    let has_no_other_form =
        outbound.message.is_file() || matches!(outbound.message, Message::Template { .. });
    if code != WINDOW_CLOSED || has_no_other_form {
        return Ok(false);
    }
    let guest = guest_of(tx, outbound.conversation_id)?;
    let (settings, _) = settings::load(tx)?;
    let language = language_for(outbound.purpose, guest.speaks());
    let template = window::outside(&outbound.message, outbound.purpose.template_name(), language, &settings);
    let now = tx.now();
    outbox::requeue(tx, outbound.id, &template, now, code)?;
    Ok(true)
}

/// Marks a template that a message was refused for; `false` when that was not why.
pub(super) fn template_refused(tx: &mut WriteTx<'_>, message: &Message, code: &str) -> Result<bool, Error> {
    let Message::Template { name, language, .. } = message else { return Ok(false) };
    if !TEMPLATE_UNUSABLE.contains(&code) {
        return Ok(false);
    }
    let template = templates::Usable { name: name.clone(), language: language.clone() };
    templates::refused(tx, &template, code)?;
    Ok(true)
}

/// Sends a refused message once more to the number's other form, with or without the Argentine 9. `false`
/// when there is no other form, or it was the one refused.
fn try_other_form(tx: &mut WriteTx<'_>, outbound: &Outbound, code: &str) -> Result<bool, Error> {
    let guest = guest_of(tx, outbound.conversation_id)?;
    let tried_other = guests::phone_used(tx, guest.id)?.is_some();
    match guest.phone.and_then(|phone| phone.alternative()).filter(|_| !tried_other) {
        Some(other) => {
            guests::set_phone_used(tx, guest.id, other.digits())?;
            let now = tx.now();
            outbox::requeue(tx, outbound.id, &outbound.message, now, code)?;
            Ok(true)
        }
        None => Ok(false),
    }
}

/// Follows a guest whom WhatsApp reaches under another number than theirs: later messages go there, and what comes from
/// there is theirs. Another form of the same number says nothing.
pub(super) fn follow(tx: &mut WriteTx<'_>, guest: &Guest, reached: Option<&str>) -> Result<(), Error> {
    let Some((known, reached)) = guest.phone.as_ref().zip(reached.and_then(Phone::parse)) else {
        return Ok(());
    };
    let followed = guests::phone_used(tx, guest.id)?.as_deref().and_then(Phone::parse);
    if known.key() == reached.key() || followed.is_some_and(|followed| followed.key() == reached.key()) {
        return Ok(());
    }
    guests::set_phone_used(tx, guest.id, reached.digits())?;
    if let Some(other) = guests::find_other(tx, &reached, guest.id)? {
        let same = SameGuest { guest_id: guest.id, other_guest_id: other.id };
        let subject = format!("{}:{}", guest.id, other.id);
        attention::raise(tx, &attention::New::of(AttentionItem::SameGuestTwice(same), &subject))?;
    }
    Ok(())
}
