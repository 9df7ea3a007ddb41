//! Delivery of outbound rows to WhatsApp: sent one at a time per guest, recorded, retried when that can help,
//! and never silently given up.
//!
//! A message is retried until it is too old, however often that is. While WhatsApp as a whole can't be used,
//! the outbox waits and spends no tries: one message at a time is the probe (`provider_outage`).

mod give_up;
mod report;

pub use report::report;

use super::provider_outage::{self, Admission};
use super::templates::{self, TEMPLATE_WAITS};
use super::{App, AppContext, Error, counts, media, notify};
use crate::dialogue::window;
use crate::domain::guest::Guest;
use crate::domain::ids::InboundId;
use crate::domain::message::Message;
use crate::domain::provider::Provider;
use crate::ports::error::PortError;
use crate::ports::random::fraction;
use crate::ports::whatsapp::{Recipient, Sent, WINDOW_CLOSED};
use crate::store::outbox::{Order, Outbound};
use crate::store::{Read, ReadTx, WriteTx, conversations, guests, inbox, outbox, provider_outages, settings};
use give_up::{AGE_MAX, CRITICAL_AGE_MAX, give_up, pause};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;

/// Lease: after this another sender may claim the message. Longer than every time-out of a call.
pub const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// The same for one with a file, which is fetched and uploaded first.
const FILE_LEASE: SignedDuration = SignedDuration::from_mins(5);
/// Tries of a file: some minutes. Then it is dropped, or the person who sent it is told.
const FILE_TRIES: u32 = 8;
/// Tries of buttons with their picture; then they go without it.
const HEADER_TRIES: u32 = 2;
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
    let context = Arc::clone(&app.context);
    app.store
        .write(move |tx| {
            for (id, conversation) in outbox::hopeless(tx)? {
                give_up(tx, &context, conversation, id, outbox::IN_DOUBT)?;
            }
            for (id, conversation, code) in outbox::aged(tx, AGE_MAX, CRITICAL_AGE_MAX)? {
                match code.as_str() {
                    // The template is the matter, once for all that waited for it.
                    TEMPLATE_WAITS => {
                        outbox::failed(tx, id, TEMPLATE_WAITS)?;
                        notify::way_failed(tx, notify::Sent::Whatsapp(id))?;
                    }
                    _ => give_up(tx, &context, conversation, id, TOO_OLD)?,
                }
            }
            let claimed = match provider_outage::admit(tx, Provider::Whatsapp)? {
                Admission::Open => outbox::claim(tx, lease, limit, Order::Written)?,
                Admission::Probe => outbox::claim(tx, lease, 1, Order::Tried)?,
                Admission::Closed => return Ok(Vec::new()),
            };
            for (id, conversation) in claimed.unreadable {
                tracing::warn!(outbound = id.0, "a message of another version's form can't be sent");
                give_up(tx, &context, conversation, id, UNKNOWN_FORM)?;
            }
            Ok(claimed.messages)
        })
        .await
}

/// Sends one claimed message and records the result.
pub async fn send(app: &App, outbound: Outbound) -> Result<(), Error> {
    let (id, conversation) = (outbound.id, outbound.conversation_id);
    let context = Arc::clone(&app.context);
    let mut addressed = match app.store.read(move |tx| address(tx, outbound)).await? {
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
        Address::TooLate => {
            let leave = move |tx: &mut WriteTx<'_>| give_up(tx, &context, conversation, id, WINDOW_CLOSED);
            return app.store.write(leave).await;
        }
    };
    if addressed.outbound.attempts > HEADER_TRIES {
        addressed.message = addressed.message.without_header();
    }
    let (to, message, tag) =
        (addressed.to.clone(), addressed.message.clone(), addressed.outbound.tag.clone());
    let sent = match media::upload_of(app, &message).await {
        Ok(file) => app.outside(move |ports| ports.whatsapp.send(&to, &message, file.as_ref(), &tag)).await,
        Err(error) => Err(error),
    };
    let jitter = fraction(app.ports.random.as_ref());
    let (answers, accepted) = (addressed.outbound.answers.map(|answers| answers.0), sent.is_ok());
    let seconds = app.store.write(move |tx| record(tx, &context, &addressed, sent, jitter)).await?;
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
    /// The window is closed, and a file goes in no template.
    TooLate,
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
    } else if outbound.message.is_file() {
        return Ok(Address::TooLate);
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
    context: &AppContext,
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
                report::follow(tx, &addressed.guest, sent.reached.as_deref())?;
            }
            waited(tx, addressed.outbound.answers)
        }
        Err(PortError::Off) => {
            outbox::failed(tx, id, "off")?;
            notify::way_failed(tx, notify::Sent::Whatsapp(id))?;
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
        Err(error) if addressed.message.is_file() && addressed.outbound.attempts >= FILE_TRIES => {
            give_up(tx, context, addressed.outbound.conversation_id, id, error.code())?;
            Ok(None)
        }
        // Buttons go without their picture before they fail.
        Err(error) if error.is_transient() || has_header(&addressed.message) => {
            let at = tx.now() + pause(&error, addressed.outbound.attempts, jitter);
            outbox::retry(tx, id, at, error.code())?;
            Ok(None)
        }
        Err(error) => {
            // A refusal of this message alone shows that the service works.
            provider_outage::end_by_call(tx, Provider::Whatsapp)?;
            if report::template_refused(tx, &addressed.message, error.code())? {
                // Another template may do; if none does, it waits.
                let now = tx.now();
                outbox::retry(tx, id, now, error.code())?;
                return Ok(None);
            }
            let as_sent = Outbound { message: addressed.message.clone(), ..addressed.outbound.clone() };
            if report::as_template(tx, &as_sent, error.code())? {
                return Ok(None);
            }
            give_up(tx, context, addressed.outbound.conversation_id, id, error.code())?;
            Ok(None)
        }
    }
}

fn lease(message: &Message) -> SignedDuration {
    if message.is_file() || has_header(message) { FILE_LEASE } else { LEASE }
}

fn has_header(message: &Message) -> bool {
    matches!(message, Message::Buttons { header: Some(_), .. })
}

/// Time from the guest's message to WhatsApp's acceptance of our answer.
fn waited(tx: &impl Read, answers: Option<InboundId>) -> Result<Option<(&'static str, f64)>, Error> {
    let inbound = answers.map(|id| inbox::find(tx, id)).transpose()?.flatten();
    Ok(inbound.map(|inbound| {
        let kind = if inbound.kind == "audio" { "voice" } else { "text" };
        (kind, tx.now().duration_since(inbound.received_at).as_secs_f64())
    }))
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
