//! Delivery of outbound rows to WhatsApp: sent one at a time per guest, recorded, retried when that can help,
//! and never silently given up.
//!
//! A message is retried until it is too old, however often that is. While WhatsApp as a whole can't be used,
//! the outbox waits and spends no tries: one message at a time is the probe (`provider_outage`).

use super::provider_outage::{self, Admission};
use super::stay_view::guest_of;
use super::templates::{self, TEMPLATE_WAITS};
use super::{App, Error, counts};
use crate::dialogue::templates::language_for;
use crate::dialogue::window;
use crate::domain::attention::{AttentionItem, SameGuest, Undelivered};
use crate::domain::guest::Guest;
use crate::domain::ids::{ConversationId, InboundId, OutboundId};
use crate::domain::message::Message;
use crate::domain::phone::Phone;
use crate::domain::provider::Provider;
use crate::ports::error::PortError;
use crate::ports::random::fraction;
use crate::ports::whatsapp::{
    Delivery, DeliveryState, OTHER_FORM, Recipient, Sent, TEMPLATE_UNUSABLE, WINDOW_CLOSED,
};
use crate::store::outbox::{Order, Outbound, Progress, Report};
use crate::store::{
    Read, ReadTx, WriteTx, attention, conversations, guests, inbox, outbox, provider_outages, settings,
};
use jiff::{SignedDuration, Timestamp};

/// Lease: after this another sender may claim the message. Longer than every time-out of a call.
pub const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// Age at which an undelivered message is given up: an answer to yesterday's question helps nobody.
const AGE_MAX: SignedDuration = SignedDuration::from_hours(24);
/// The same for critical messages: a confirmation or a link to pay.
const CRITICAL_AGE_MAX: SignedDuration = SignedDuration::from_hours(72);
/// First backoff; doubled each time.
const PAUSE_FIRST: SignedDuration = SignedDuration::from_secs(2);
/// Jitter where no randomness is available: the middle.
const HALF: f64 = 0.5;
/// Longest backoff: a guest waits.
const PAUSE_MAX: SignedDuration = SignedDuration::from_mins(5);
/// Failure code of a message in an unknown form, written by another version.
const UNKNOWN_FORM: &str = "unknown_form";
/// Failure code of a message that is too old.
const TOO_OLD: &str = "too_old";

/// Claims sendable messages, at most one per conversation.
pub async fn claim(app: &App, limit: u32) -> Result<Vec<Outbound>, Error> {
    let ready = app.store.read(|tx| Ok::<_, Error>(due(tx)?.is_some_and(|due| due <= tx.now()))).await?;
    if !ready {
        return Ok(Vec::new());
    }
    app.store
        .write(move |tx| {
            for (id, conversation) in outbox::hopeless(tx)? {
                give_up(tx, conversation, id, outbox::IN_DOUBT)?;
            }
            for (id, conversation, code) in outbox::aged(tx, AGE_MAX, CRITICAL_AGE_MAX)? {
                match code.as_str() {
                    // The template is the matter, once for all that waited for it.
                    TEMPLATE_WAITS => outbox::failed(tx, id, TEMPLATE_WAITS)?,
                    _ => give_up(tx, conversation, id, TOO_OLD)?,
                }
            }
            let claimed = match provider_outage::admit(tx, Provider::Whatsapp)? {
                Admission::Open => outbox::claim(tx, LEASE, limit, Order::Written)?,
                Admission::Probe => outbox::claim(tx, LEASE, 1, Order::Tried)?,
                Admission::Closed => return Ok(Vec::new()),
            };
            for (id, conversation) in claimed.unreadable {
                tracing::warn!(outbound = id.0, "a message of another version's form can't be sent");
                give_up(tx, conversation, id, UNKNOWN_FORM)?;
            }
            Ok(claimed.messages)
        })
        .await
}

/// Sends one claimed message and records the result.
pub async fn send(app: &App, outbound: Outbound) -> Result<(), Error> {
    let id = outbound.id;
    let addressed = match app.store.read(move |tx| address(tx, outbound)).await? {
        Address::Ready(addressed) => *addressed,
        Address::Unknown => {
            return app.store.write(move |tx| Ok(outbox::failed(tx, id, "no_address")?)).await;
        }
        Address::NoTemplate => {
            let wait = move |tx: &mut WriteTx<'_>| {
                let at = tx.now() + templates::TRY_AGAIN;
                Ok(outbox::retry(tx, id, at, TEMPLATE_WAITS)?)
            };
            return app.store.write(wait).await;
        }
    };
    let (to, message, tag) =
        (addressed.to.clone(), addressed.message.clone(), addressed.outbound.tag.clone());
    let sent = app.outside(move |ports| ports.whatsapp.send(&to, &message, &tag)).await;
    let jitter = fraction(app.ports.random.as_ref());
    let (answers, accepted) = (addressed.outbound.answers.map(|answers| answers.0), sent.is_ok());
    let seconds = app.store.write(move |tx| record(tx, &addressed, sent, jitter)).await?;
    if accepted {
        tracing::info!(trace = answers, outbound = id.0, "a message was accepted by WhatsApp");
    }
    if let Some((kind, seconds)) = seconds {
        metrics::histogram!("reply_seconds", "kind" => kind).record(seconds);
    }
    Ok(())
}

/// A message with its address and the form that the window allows.
#[derive(Clone)]
struct Addressed {
    outbound: Outbound,
    guest: Guest,
    to: Recipient,
    message: Message,
}

/// Where and how a message goes.
enum Address {
    Ready(Box<Addressed>),
    /// Its guest has no address.
    Unknown,
    /// The window is closed, and no template may be used.
    NoTemplate,
}

fn address(tx: &impl Read, outbound: Outbound) -> Result<Address, Error> {
    let Some(conversation) = conversations::find(tx, outbound.conversation_id)? else {
        return Ok(Address::Unknown);
    };
    let Some(guest) = guests::find(tx, conversation.guest_id)? else { return Ok(Address::Unknown) };
    let used = guests::phone_used(tx, guest.id)?;
    let phone = used.or_else(|| guest.phone.as_ref().map(|phone| phone.digits().to_owned()));
    let to = match (phone, &guest.bsuid) {
        (Some(phone), _) => Recipient::Phone(phone),
        (None, Some(bsuid)) => Recipient::Bsuid(bsuid.clone()),
        (None, None) => return Ok(Address::Unknown),
    };
    let is_template = matches!(outbound.message, Message::Template { .. });
    let message = if window::is_open(conversation.last_inbound_at, tx.now()) && !is_template {
        outbound.message.clone()
    } else {
        let (settings, _) = settings::load(tx)?;
        let chosen = templates::choose(tx, outbound.purpose, guest.speaks(), &settings)?;
        let Some(template) = chosen else { return Ok(Address::NoTemplate) };
        window::outside(&outbound.message, &template.name, template.language, &settings)
    };
    Ok(Address::Ready(Box::new(Addressed { outbound, guest, to, message })))
}

/// Records the result; for an answer to a guest's message, returns how long the guest waited.
fn record(
    tx: &mut WriteTx<'_>,
    addressed: &Addressed,
    sent: Result<Sent, PortError>,
    jitter: f64,
) -> Result<Option<(&'static str, f64)>, Error> {
    let id = addressed.outbound.id;
    match sent {
        Ok(sent) => {
            outbox::accepted(tx, id, &sent.message_id)?;
            provider_outage::end_by_call(tx, Provider::Whatsapp)?;
            counts::message_out(addressed.message.kind());
            if !guests::moved_since(tx, addressed.guest.id, addressed.outbound.created_at)? {
                if let Some(Recipient::Phone(used)) = sent.used.filter(|used| *used != addressed.to) {
                    guests::set_phone_used(tx, addressed.guest.id, &used)?;
                }
                follow(tx, &addressed.guest, sent.reached.as_deref())?;
            }
            waited(tx, addressed.outbound.answers)
        }
        Err(PortError::Off) => {
            outbox::failed(tx, id, "off")?;
            Ok(None)
        }
        // Only a time-out leaves open whether the message went out.
        Err(error) if error.code() == "timeout" && !addressed.outbound.critical => {
            outbox::uncertain(tx, id, error.code())?;
            Ok(None)
        }
        Err(error) if provider_outage::begin_if_unusable(tx, Provider::Whatsapp, &error, false)? => {
            outbox::put_back(tx, id, error.code())?;
            Ok(None)
        }
        Err(error) if error.is_transient() => {
            let at = tx.now() + pause(&error, addressed.outbound.attempts, jitter);
            outbox::retry(tx, id, at, error.code())?;
            Ok(None)
        }
        Err(error) => {
            // A refusal of this message alone shows that the service works.
            provider_outage::end_by_call(tx, Provider::Whatsapp)?;
            if template_refused(tx, &addressed.message, error.code())? {
                // Another template may do; if none does, it waits.
                let now = tx.now();
                outbox::retry(tx, id, now, error.code())?;
                return Ok(None);
            }
            let as_sent = Outbound { message: addressed.message.clone(), ..addressed.outbound.clone() };
            if as_template(tx, &as_sent, error.code())? {
                return Ok(None);
            }
            give_up(tx, addressed.outbound.conversation_id, id, error.code())?;
            Ok(None)
        }
    }
}

/// Follows a guest whom WhatsApp reaches under another number than theirs: later messages go there, and what comes from
/// there is theirs. Another form of the same number says nothing.
fn follow(tx: &mut WriteTx<'_>, guest: &Guest, reached: Option<&str>) -> Result<(), Error> {
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

/// Time from the guest's message to WhatsApp's acceptance of our answer.
fn waited(tx: &impl Read, answers: Option<InboundId>) -> Result<Option<(&'static str, f64)>, Error> {
    let inbound = answers.map(|id| inbox::find(tx, id)).transpose()?.flatten();
    Ok(inbound.map(|inbound| {
        let kind = if inbound.kind == "audio" { "voice" } else { "text" };
        (kind, tx.now().duration_since(inbound.received_at).as_secs_f64())
    }))
}

/// The next backoff: as the provider asked, else doubling with a jitter of a quarter.
fn pause(error: &PortError, attempts: u32, jitter: f64) -> SignedDuration {
    let asked = match error {
        PortError::Transient { after: Some(after), .. } => SignedDuration::try_from(*after).ok(),
        _ => None,
    };
    let doubled = PAUSE_FIRST.saturating_mul(1 << attempts.saturating_sub(1).min(16));
    asked.unwrap_or(doubled.mul_f64(0.875 + jitter / 4.0).min(PAUSE_MAX))
}

/// Gives a message up and opens an attention item.
fn give_up(
    tx: &mut WriteTx<'_>,
    conversation: ConversationId,
    id: OutboundId,
    code: &str,
) -> Result<(), Error> {
    outbox::failed(tx, id, code)?;
    let undelivered = Undelivered { code: code.to_owned(), outbound_id: id };
    attention::raise(
        tx,
        &attention::New {
            conversation_id: Some(conversation),
            ..attention::New::of(AttentionItem::Undelivered(undelivered), &conversation.to_string())
        },
    )?;
    Ok(())
}

/// Applies a delivery report. Reports come late, twice and in any order; a message's state only moves up.
pub fn report(tx: &mut WriteTx<'_>, delivery: &Delivery) -> Result<(), Error> {
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
        None => provider_outage::end_by_report(tx, outbound.sent_at),
        Some(failure) => failed(tx, &outbound, failure),
    }
}

/// Handles a message that WhatsApp accepted and could not deliver: it is sent again when another form,
/// another number or a later try may work.
fn failed(tx: &mut WriteTx<'_>, outbound: &Outbound, failure: &PortError) -> Result<(), Error> {
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
    give_up(tx, outbound.conversation_id, outbound.id, code)
}

/// Sends a message that the closed window refused again as a template; `false` when that was not why, or it was one.
fn as_template(tx: &mut WriteTx<'_>, outbound: &Outbound, code: &str) -> Result<bool, Error> {
    if code != WINDOW_CLOSED || matches!(outbound.message, Message::Template { .. }) {
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
fn template_refused(tx: &mut WriteTx<'_>, message: &Message, code: &str) -> Result<bool, Error> {
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

/// Time at which the next message may be sent.
pub async fn next_due(app: &App) -> Result<Option<Timestamp>, Error> {
    app.store.read(due).await
}

/// Next time at which the outbox has work: not before the next probe while WhatsApp can't be used.
fn due(tx: &ReadTx<'_>) -> Result<Option<Timestamp>, Error> {
    let next = outbox::next_due(tx)?;
    let outage = provider_outages::find(tx, Provider::Whatsapp)?;
    Ok(next.map(|next| outage.map_or(next, |outage| next.max(outage.probe_at))))
}
