//! Outbound rows to WhatsApp: sent one at a time for each guest, recorded, tried again when that can help,
//! and never silently given up.

use super::{App, Error, counts};
use crate::dialogue::window;
use crate::domain::attention::{AttentionItem, Undelivered};
use crate::domain::guest::Guest;
use crate::domain::ids::{InboundId, OutboundId};
use crate::domain::message::Message;
use crate::ports::error::PortError;
use crate::ports::random::fraction;
use crate::ports::whatsapp::{Delivery, DeliveryState, Recipient, Sent};
use crate::store::outbox::{Outbound, Progress, Report};
use crate::store::{Read, WriteTx, attention, conversations, guests, inbox, outbox, settings};
use jiff::{SignedDuration, Timestamp};

/// How long a sender may take before its message is anybody's again: longer than every time-out of a call.
pub const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// Tries before a message is given up; with the growing pauses below that is about a day.
const TRIES_MAX: u32 = 12;
/// First pause before another try; doubled each time.
const PAUSE_FIRST: SignedDuration = SignedDuration::from_secs(2);
/// Longest pause between tries.
const PAUSE_MAX: SignedDuration = SignedDuration::from_hours(3);
/// Refusals after which the other form of the number may do.
const OTHER_FORM: [&str; 2] = ["wa_131030", "wa_131026"];
/// Why a message of another version's form did not go out.
const UNKNOWN_FORM: &str = "unknown_form";
/// WhatsApp's answer when the 24-hour window is closed.
const WINDOW_CLOSED: &str = "wa_131047";

/// Claims what may be sent now, at most one message of each conversation.
pub async fn claim(app: &App, limit: u32) -> Result<Vec<Outbound>, Error> {
    let ready =
        app.store.read(|tx| Ok::<_, Error>(outbox::next_due(tx)?.is_some_and(|due| due <= tx.now()))).await?;
    if !ready {
        return Ok(Vec::new());
    }
    app.store
        .write(move |tx| {
            for (id, conversation) in outbox::hopeless(tx)? {
                give_up(tx, conversation, id, outbox::IN_DOUBT)?;
            }
            let claimed = outbox::claim(tx, LEASE, limit)?;
            for (id, conversation) in claimed.unreadable {
                tracing::warn!(outbound = id.0, "a message of another version's form can't be sent");
                give_up(tx, conversation, id, UNKNOWN_FORM)?;
            }
            Ok(claimed.messages)
        })
        .await
}

/// Sends one claimed message and records what came of it.
pub async fn send(app: &App, outbound: Outbound) -> Result<(), Error> {
    let id = outbound.id;
    let addressed = app.store.read(move |tx| address(tx, outbound)).await?;
    let Some(addressed) = addressed else {
        return app.store.write(move |tx| Ok(outbox::failed(tx, id, "no_address")?)).await;
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

fn address(tx: &impl Read, outbound: Outbound) -> Result<Option<Addressed>, Error> {
    let Some(conversation) = conversations::find(tx, outbound.conversation_id)? else { return Ok(None) };
    let Some(guest) = guests::find(tx, conversation.guest_id)? else { return Ok(None) };
    let used = guests::phone_used(tx, guest.id)?;
    let phone = used.or_else(|| guest.phone.as_ref().map(|phone| phone.digits().to_owned()));
    let to = match (phone, &guest.bsuid) {
        (Some(phone), _) => Recipient::Phone(phone),
        (None, Some(bsuid)) => Recipient::Bsuid(bsuid.clone()),
        (None, None) => return Ok(None),
    };
    let message = if window::is_open(conversation.last_inbound_at, tx.now()) {
        outbound.message.clone()
    } else {
        window::outside(&outbound.message, guest.speaks(), &settings::load(tx)?.0)
    };
    Ok(Some(Addressed { outbound, guest, to, message }))
}

/// Records the outcome; answers how long the guest waited when this was the answer to a message of theirs.
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
            counts::message_out(addressed.message.kind());
            if let Some(Recipient::Phone(used)) = sent.used.filter(|used| *used != addressed.to) {
                guests::set_phone_used(tx, addressed.guest.id, &used)?;
            }
            waited(tx, addressed.outbound.answers)
        }
        Err(PortError::Off) => {
            outbox::failed(tx, id, "off")?;
            Ok(None)
        }
        Err(error) if error.is_transient() && addressed.outbound.attempts < TRIES_MAX => {
            // A time-out leaves open whether the message went out; every other failure says that it did not.
            if error.code() == "timeout" && !addressed.outbound.critical {
                outbox::uncertain(tx, id, error.code())?;
            } else {
                let at = tx.now() + pause(&error, addressed.outbound.attempts, jitter);
                outbox::retry(tx, id, at, error.code())?;
            }
            Ok(None)
        }
        Err(error) => {
            give_up(tx, addressed.outbound.conversation_id, id, error.code())?;
            Ok(None)
        }
    }
}

/// Time from the guest's message to WhatsApp's acceptance of our answer.
fn waited(tx: &impl Read, answers: Option<InboundId>) -> Result<Option<(&'static str, f64)>, Error> {
    let inbound = answers.map(|id| inbox::find(tx, id)).transpose()?.flatten();
    Ok(inbound.map(|inbound| {
        let kind = if inbound.kind == "audio" { "voice" } else { "text" };
        (kind, tx.now().duration_since(inbound.received_at).as_secs_f64())
    }))
}

/// The next pause: what the other side asked for, else doubling with a jitter of a quarter.
fn pause(error: &PortError, attempts: u32, jitter: f64) -> SignedDuration {
    let asked = match error {
        PortError::Transient { after: Some(after), .. } | PortError::Open(after) => {
            SignedDuration::try_from(*after).ok()
        }
        PortError::Transient { after: None, .. } | PortError::Permanent { .. } | PortError::Off => None,
    };
    let doubled = PAUSE_FIRST.saturating_mul(1 << attempts.saturating_sub(1).min(16));
    asked.unwrap_or(doubled.mul_f64(0.875 + jitter / 4.0)).min(PAUSE_MAX)
}

/// A message that never arrives is an attention item for a person.
fn give_up(
    tx: &mut WriteTx<'_>,
    conversation: crate::domain::ids::ConversationId,
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

/// Applies a delivery report. Reports come late, twice and in any order; a message only ever moves up.
pub fn report(tx: &mut WriteTx<'_>, delivery: &Delivery) -> Result<(), Error> {
    let progress = match delivery.state {
        DeliveryState::Sent => Progress::Sent,
        DeliveryState::Delivered => Progress::Delivered,
        DeliveryState::Read => Progress::Read,
        DeliveryState::Failed => Progress::Failed,
    };
    let code = delivery.error_code.map(|code| format!("wa_{code}"));
    let report = Report {
        external_id: &delivery.message_id,
        tag: delivery.tag.as_deref(),
        progress,
        error_code: code.clone(),
        billable: delivery.billable,
        category: delivery.category.as_deref(),
    };
    let Some(id) = outbox::report(tx, &report)?.filter(|_| progress == Progress::Failed) else {
        return Ok(());
    };
    let Some(outbound) = outbox::find(tx, id)? else { return Ok(()) };
    let code = code.unwrap_or_else(|| "unknown".to_owned());
    if code == WINDOW_CLOSED && !matches!(outbound.message, Message::Template { .. }) {
        let conversation = conversations::find(tx, outbound.conversation_id)?.ok_or(Error::NotFound)?;
        let guest = guests::find(tx, conversation.guest_id)?.ok_or(Error::NotFound)?;
        let (settings, _) = settings::load(tx)?;
        let template = window::outside(&outbound.message, guest.speaks(), &settings);
        return Ok(outbox::requeue_as(tx, outbound.id, &template)?);
    }
    if OTHER_FORM.contains(&code.as_str()) && try_other_form(tx, &outbound)? {
        return Ok(());
    }
    give_up(tx, outbound.conversation_id, outbound.id, &code)
}

/// A number that is refused in one form may be known in the other, with or without the Argentine 9: the
/// message goes out once more to that one. `false` when there is no other, or it was the one refused.
fn try_other_form(tx: &mut WriteTx<'_>, outbound: &Outbound) -> Result<bool, Error> {
    let conversation = conversations::find(tx, outbound.conversation_id)?.ok_or(Error::NotFound)?;
    let guest = guests::find(tx, conversation.guest_id)?.ok_or(Error::NotFound)?;
    let tried_other = guests::phone_used(tx, guest.id)?.is_some();
    match guest.phone.and_then(|phone| phone.alternative()).filter(|_| !tried_other) {
        Some(other) => {
            guests::set_phone_used(tx, guest.id, other.digits())?;
            outbox::requeue_as(tx, outbound.id, &outbound.message)?;
            Ok(true)
        }
        None => Ok(false),
    }
}

/// When the next message may be tried, for whoever waits for it.
pub async fn next_due(app: &App) -> Result<Option<Timestamp>, Error> {
    app.store.read(|tx| Ok(outbox::next_due(tx)?)).await
}
