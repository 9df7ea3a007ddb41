//! Stores notifications as rows: everything is durable before it is answered.

use super::templates::{self, TEMPLATE_WAITS};
use super::{App, AppContext, Error, counts, deliver, holidays, notify, owner_numbers};
use crate::dialogue::{self, State};
use crate::domain::attention::{AccountNotice, AttentionItem, SameGuest};
use crate::domain::channel::KnownChannel;
use crate::domain::ids::{ConversationId, InboundId};
use crate::domain::job::JobKind;
use crate::domain::message::Message;
use crate::domain::phone::Phone;
use crate::domain::reservation::Status;
use crate::ports::payments::PaymentHook;
use crate::ports::random::token;
use crate::ports::whatsapp::{Content, HookEvent, HookReading, InboundMessage, Sender};
use crate::store::codec::to_json;
use crate::store::conversations::HeldBy;
use crate::store::guests::{self, Identity};
use crate::store::{
    Read, WriteTx, attention, conversations, inbox, jobs, outbox, reservations, settings, whatsapp_account,
};
use crate::understanding;
use jiff::{SignedDuration, Timestamp};
use std::sync::{Arc, PoisonError};

/// Delay of an answer to a greeting or fragment, for the next line to arrive: people type it within this
/// time, and the delay is not noticed in an answer to "hola".
const QUIET: SignedDuration = SignedDuration::from_millis(1500);
/// Longest such delay, however many fragments arrive.
const QUIET_MAX: SignedDuration = SignedDuration::from_secs(4);
/// Hints waiting to be read; more than this can't all be true.
const HINTS_WAITING_MAX: u64 = 20;
/// Longest text in the list of messages; the event itself is stored whole.
const BODY_CHARS_MAX: usize = 4096;

/// Stores a correctly signed WhatsApp notification with all readable events, and returns the rows of new
/// messages. A repeated message is the same row.
pub async fn whatsapp(app: &App, body: Vec<u8>) -> Result<Vec<InboundId>, Error> {
    let reading = app.ports.whatsapp.read_hook(&body);
    let context = Arc::clone(&app.context);
    let arrivals = app.store.write(move |tx| store_whatsapp(tx, &context, &body, &reading)).await?;
    if arrivals.words {
        app.wake.inbox.notify_one();
    }
    if arrivals.recordings {
        app.wake.recordings.notify_one();
    }
    if arrivals.decisions {
        app.wake.after_decision();
    }
    Ok(arrivals.messages)
}

/// Stores a signed payment notification and a job to read its subject.
pub async fn mercadopago(app: &App, body: Vec<u8>, hook: PaymentHook) -> Result<(), Error> {
    app.store.write(move |tx| store_payment_hook(tx, &body, &hook)).await?;
    app.wake.jobs.notify_one();
    Ok(())
}

/// Handles an unsigned hint at a payment: an older notification, which can't be signed, or a payer's browser.
/// It is not stored; the payment is read at low priority. Hints beyond a small common budget are dropped: the
/// sweep of recent payments finds the true ones.
pub async fn payment_hint(app: &App, id: &str) -> Result<(), Error> {
    let now = app.ports.clock.now();
    if !app.hints.lock().unwrap_or_else(PoisonError::into_inner).take(now) {
        metrics::counter!("payment_hints_dropped_total").increment(1);
        return Ok(());
    }
    let id = id.to_owned();
    app.store
        .write(move |tx| {
            if jobs::waiting_of(tx, JobKind::ReadPaymentHint)? < HINTS_WAITING_MAX {
                let now = tx.now();
                jobs::enqueue(tx, JobKind::ReadPaymentHint, &id, now)?;
            }
            Ok::<_, Error>(())
        })
        .await?;
    app.wake.background.notify_one();
    Ok(())
}

/// What a notification brought, to wake the right task.
#[derive(Debug, Clone, Default)]
struct Arrivals {
    messages: Vec<InboundId>,
    words: bool,
    recordings: bool,
    decisions: bool,
}

fn store_whatsapp(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    body: &[u8],
    reading: &HookReading,
) -> Result<Arrivals, Error> {
    inbox::insert_hook(tx, "whatsapp", body, &reading.problems.join("; "))?;
    if let Some(id) = &reading.account_id
        && whatsapp_account::learn(tx, id)?
    {
        whatsapp_account::look_again(tx)?;
    }
    let mut arrivals = Arrivals::default();
    for event in &reading.events {
        match event {
            HookEvent::Message(message) => {
                let recording = matches!(message.content, Content::Audio { .. });
                if let Some(id) = store_message(tx, context, message, recording)? {
                    arrivals.messages.push(id);
                    arrivals.words |= !recording;
                    arrivals.recordings |= recording;
                    arrivals.decisions |=
                        matches!(message.content, Content::Image { .. } | Content::Document { .. });
                }
            }
            HookEvent::Delivery(delivery) => {
                deliver::report(tx, context, delivery)?;
                arrivals.decisions = true;
            }
            HookEvent::Echo { id, to, text, sent_at } => {
                store_echo(tx, context, id, to, text.as_deref(), *sent_at)?;
            }
            HookEvent::IdentityChanged { id, old, new } => change_identity(tx, id, old, new)?,
            HookEvent::TemplateStatus { name, language, status, reason } => {
                templates::changed(tx, name, language, status, reason)?;
                arrivals.decisions = true;
            }
            HookEvent::AccountNotice { field, summary } => {
                whatsapp_account::look_again(tx)?;
                let notice = AccountNotice { field: field.clone(), summary: summary.clone(), template: None };
                // Keyed by content: an approval does not hide a pause.
                let subject = format!("{field}:{summary}");
                notify::failing(tx, &attention::New::of(AttentionItem::WhatsappAccount(notice), &subject))?;
            }
        }
    }
    Ok(arrivals)
}

/// Stores a guest's message in their conversation; `None` when it was stored before.
fn store_message(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    message: &InboundMessage,
    recording: bool,
) -> Result<Option<InboundId>, Error> {
    let conversation = conversation_with(tx, &message.from, message.profile_name.as_deref().unwrap_or(""))?;
    let body: String = words(&message.content).chars().take(BODY_CHARS_MAX).collect();
    let new = inbox::New {
        source: "whatsapp",
        external_id: &message.id,
        conversation_id: Some(conversation),
        kind: message.content.kind().into(),
        event: &to_json(message),
        body: &body,
        sent_at: message.sent_at,
        is_voice: recording,
    };
    let is_first =
        conversations::find(tx, conversation)?.is_some_and(|found| found.last_inbound_at.is_none());
    let row = inbox::insert(tx, &new)?;
    if let Some(id) = row {
        let until = quiet_until(tx, context, conversation, message)?;
        inbox::wait_for_more(tx, conversation, id, until)?;
        if matches!(message.content, Content::Image { .. } | Content::Document { .. }) {
            let now = tx.now();
            jobs::enqueue(tx, JobKind::FetchMedia, &id.to_string(), now)?;
        }
        counts::message_in(message.content.kind().into());
        conversations::heard(tx, conversation, message.sent_at)?;
        outbox::hasten_conversation(tx, conversation, TEMPLATE_WAITS)?;
        if is_first {
            say_what_waited(tx, context, conversation)?;
        }
    }
    Ok(row)
}

/// A guest who had booked by the public form writes for the first time: what was not sent to an unproven number goes out
/// now, as far as it is still true.
fn say_what_waited(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    conversation: ConversationId,
) -> Result<(), Error> {
    let guest = conversations::find(tx, conversation)?.ok_or(Error::NotFound)?.guest_id;
    let open = [Status::PreReserved, Status::Confirmed, Status::CheckedIn];
    for reservation in reservations::of_guest(tx, guest, &open)? {
        if reservation.channel != KnownChannel::Web {
            continue;
        }
        if reservation.status == Status::PreReserved {
            let now = tx.now();
            jobs::enqueue(tx, JobKind::SendLink, &reservation.id.to_string(), now)?;
        } else {
            notify::confirmed(tx, context, &reservation)?;
        }
    }
    Ok(())
}

/// Time until which an answer waits for more lines; now, for a complete message.
fn quiet_until(
    tx: &impl Read,
    context: &AppContext,
    conversation: ConversationId,
    message: &InboundMessage,
) -> Result<Timestamp, Error> {
    let now = tx.now();
    // A message delivered late needs no further wait.
    let late = now.duration_since(message.sent_at) > QUIET_MAX;
    let (Content::Text { body }, false) = (&message.content, late) else { return Ok(now) };
    let found = conversations::find(tx, conversation)?.ok_or(Error::NotFound)?;
    let (settings, _) = settings::load(tx)?;
    if let Some(guest) = guests::find(tx, found.guest_id)?
        && owner_numbers::is_owner(tx, context, &guest, &settings)?
    {
        return Ok(now);
    }
    let calendar = holidays::in_force(&settings, &context.calendar);
    let reading =
        understanding::read(body, &understanding::Context::of_text(context.moment(tx).today(), &calendar));
    let state = State::known(serde_json::from_str(&found.state));
    let since = inbox::waits_since(tx, conversation)?.unwrap_or(now);
    let fragment = dialogue::is_fragment(&reading, &state);
    Ok(if fragment { (now + QUIET).min(since + QUIET_MAX).max(now) } else { now })
}

/// The owner answered from the phone's own app: stores it in the conversation, and the bot goes silent there.
fn store_echo(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: &str,
    to: &Sender,
    text: Option<&str>,
    sent_at: Timestamp,
) -> Result<(), Error> {
    let conversation = conversation_with(tx, to, "")?;
    let message = Message::text(text.unwrap_or("…"));
    let key = format!("echo:{id}");
    let tag = token(context.random.as_ref());
    let new = outbox::New {
        conversation_id: conversation,
        answers: None,
        by_person: true,
        message: &message,
        critical: false,
        once_key: Some(&key),
        tag: &tag,
    };
    if let Some(row) = outbox::insert(tx, &new)? {
        outbox::sent_elsewhere(tx, row, id)?;
        if let Some(silence) = settings::load(tx)?.0.silence() {
            let until = sent_at.max(tx.now()) + silence;
            conversations::set_held_by(tx, conversation, HeldBy::Person(Some(until)))?;
        }
    }
    Ok(())
}

fn change_identity(tx: &mut WriteTx<'_>, id: &str, old: &Sender, new: &Sender) -> Result<(), Error> {
    let known = guests::find_or_insert(tx, &identity(old, ""))?;
    let phone = new.phone.as_deref().and_then(Phone::parse);
    let other = guests::change_identity(tx, known.id, phone.as_ref(), new.bsuid.as_deref())?;
    if let Some(other) = other {
        let same = SameGuest { guest_id: known.id, other_guest_id: other };
        attention::raise(tx, &attention::New::of(AttentionItem::SameGuestTwice(same), id))?;
    }
    Ok(())
}

fn conversation_with(tx: &mut WriteTx<'_>, sender: &Sender, name: &str) -> Result<ConversationId, Error> {
    let guest = guests::find_or_insert(tx, &identity(sender, name))?;
    Ok(conversations::of_guest(tx, guest.id)?.id)
}

fn identity(sender: &Sender, name: &str) -> Identity {
    Identity {
        phone: sender.phone.as_deref().and_then(Phone::parse),
        bsuid: sender.bsuid.clone(),
        name: name.to_owned(),
        email: None,
    }
}

/// The text of a message, as shown to a person.
fn words(content: &Content) -> &str {
    match content {
        Content::Text { body } => body,
        Content::Image { caption, .. } | Content::Document { caption, .. } | Content::Video { caption } => {
            caption.as_deref().unwrap_or("")
        }
        Content::Tap { title, .. } => title,
        Content::Location { label, .. } => label.as_deref().unwrap_or(""),
        Content::Reaction { emoji, .. } => emoji.as_deref().unwrap_or(""),
        Content::Edit { body, .. } => body.as_deref().unwrap_or(""),
        Content::Audio { .. }
        | Content::Sticker
        | Content::Contacts { .. }
        | Content::Revoke { .. }
        | Content::Call
        | Content::Unsupported { .. } => "",
    }
}

fn store_payment_hook(tx: &mut WriteTx<'_>, body: &[u8], hook: &PaymentHook) -> Result<(), Error> {
    let problem = if matches!(hook, PaymentHook::Unreadable) { "unreadable" } else { "" };
    inbox::insert_hook(tx, "mercadopago", body, problem)?;
    let now = tx.now();
    match hook {
        PaymentHook::Payment { id } => jobs::enqueue(tx, JobKind::ReconcilePayment, id, now)?,
        PaymentHook::Chargeback { id } => {
            attention::raise(tx, &attention::New::of(AttentionItem::Chargeback, id))?;
        }
        PaymentHook::Claim { id, topic } => {
            let notice = AccountNotice { field: topic.clone(), summary: id.clone(), template: None };
            attention::raise(tx, &attention::New::of(AttentionItem::PaymentClaim(notice), id))?;
        }
        PaymentHook::Other { .. } | PaymentHook::Unreadable => {}
    }
    Ok(())
}
