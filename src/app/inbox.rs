//! The inbox of a person: writing to a guest, reading a conversation, canned replies.

use super::manage_error::{ManageError, check_chars, invalid};
use super::stay_view::live_bookings;
use super::{AppContext, Error};
use crate::dialogue::window;
use crate::domain::audit::{About, Actor, AuditEvent};
use crate::domain::ids::ConversationId;
use crate::domain::invalid::{Field, Invalid, Unit};
use crate::domain::message::{BODY_CHARS_MAX, Message, TEXT_CHARS_MAX};
use crate::domain::whatsapp_account::TemplatePurpose;
use crate::ports::random::token;
use crate::store::conversations::{Conversation, HeldBy};
use crate::store::{Read, WriteTx, audit, canned, conversations, guests, outbox, settings};
use jiff::Timestamp;

/// Longest notice: outside the window it is one variable of a template, beside the place's name.
pub const NOTICE_CHARS_MAX: usize = 700;
/// Most canned replies: more than a list to choose from can hold.
const CANNED_MAX: usize = 60;
/// Longest title of a canned reply: what fits on a button.
pub const CANNED_TITLE_CHARS_MAX: usize = 40;
/// Longest idempotency key; ours have 43 characters.
const KEY_CHARS_MAX: usize = 80;

/// Handling of an answer outside the 24-hour window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Late {
    /// It is refused.
    Refuse,
    /// It is sent as a notice, in the approved template.
    AsNotice,
}

/// What a person sends.
#[derive(Debug, Clone, Copy)]
pub enum Body<'a> {
    Words(&'a str),
    /// A picture, a recording, a document or a place.
    Message(&'a Message),
}

#[derive(Debug, Clone)]
pub struct Reply<'a> {
    pub conversation_id: ConversationId,
    pub body: Body<'a>,
    /// Idempotency key: with the same key it is sent once.
    pub idempotency_key: Option<&'a str>,
    /// Handling outside the window.
    pub late: Late,
    pub silence: Silence,
}

/// Whether the bot stays silent after a person's message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// For as long as the owner set, so that two do not talk at once.
    AWhile,
    /// It goes on answering: the owner had something passed on.
    None,
}

/// A person answers. The bot stays silent in the conversation for a while, so that two do not talk at once.
pub fn write(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reply: &Reply<'_>,
    actor: &Actor,
) -> Result<(), ManageError> {
    let id = reply.conversation_id;
    match reply.body {
        Body::Words(text) => check(Field::Text, text.trim(), TEXT_CHARS_MAX)?,
        Body::Message(message) => check_chars(Field::Text, message.preview(), BODY_CHARS_MAX)?,
    }
    let conversation = find(tx, id)?;
    let key = reply.idempotency_key.map(|idempotency_key| once_key(id, idempotency_key)).transpose()?;
    if key.as_deref().map(|key| outbox::was_said(tx, key)).transpose()?.unwrap_or(false) {
        return Ok(());
    }
    let message = if window::is_open(conversation.last_inbound_at, tx.now()) {
        match reply.body {
            Body::Words(text) => Message::text(text.trim()),
            Body::Message(message) => message.clone(),
        }
    } else {
        late(tx, reply, &conversation)?
    };
    let new = outbox::New {
        conversation_id: id,
        answers: None,
        by_person: true,
        message: &message,
        critical: true,
        once_key: key.as_deref(),
        tag: &token(context.random.as_ref()),
    };
    if let Some(row) = outbox::insert(tx, &new)? {
        outbox::set_purpose(tx, row, TemplatePurpose::Reply)?;
    }
    conversations::mark_seen(tx, id)?;
    let silence = settings::load(tx)?.0.silence().filter(|_| reply.silence == Silence::AWhile);
    if let Some(silence) = silence.filter(|_| !conversation.is_held_by_person(tx.now())) {
        let until = tx.now() + silence;
        conversations::set_held_by(tx, id, HeldBy::Person(Some(until)))?;
    }
    audit::note(tx, actor, AuditEvent::ThreadAnswered, None, About::Conversation { conversation: id })?;
    Ok(())
}

/// Whether a message of a person was sent with this idempotency key.
pub fn was_sent(tx: &impl Read, id: ConversationId, idempotency_key: &str) -> Result<bool, ManageError> {
    Ok(outbox::was_said(tx, &once_key(id, idempotency_key)?)?)
}

/// Marks a conversation as read.
pub fn seen(tx: &mut WriteTx<'_>, id: ConversationId) -> Result<(), ManageError> {
    find(tx, id)?;
    Ok(conversations::mark_seen(tx, id)?)
}

/// End of the window in which the guest may be answered freely; `None` when it is closed.
pub fn open_until(last_inbound_at: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
    last_inbound_at.filter(|_| window::is_open(last_inbound_at, now)).map(|last| last + window::WINDOW)
}

pub fn add_canned(tx: &mut WriteTx<'_>, title: &str, body: &str, actor: &Actor) -> Result<i64, ManageError> {
    let (title, body) = checked(title, body)?;
    if canned::list(tx)?.len() >= CANNED_MAX {
        return Err(invalid(Field::Canned, Invalid::AtMost { high: CANNED_MAX as u64, unit: Unit::Lines }));
    }
    let id = canned::insert(tx, title, body)?;
    audit::note(tx, actor, AuditEvent::CannedAdded, None, About::Nothing {})?;
    Ok(id)
}

pub fn change_canned(
    tx: &mut WriteTx<'_>,
    id: i64,
    title: &str,
    body: &str,
    actor: &Actor,
) -> Result<(), ManageError> {
    let (title, body) = checked(title, body)?;
    if !canned::update(tx, id, title, body)? {
        return Err(ManageError::NotFound("sentence"));
    }
    audit::note(tx, actor, AuditEvent::CannedChanged, None, About::Nothing {})?;
    Ok(())
}

/// Deletes a canned reply; one that is gone already is no error.
pub fn remove_canned(tx: &mut WriteTx<'_>, id: i64, actor: &Actor) -> Result<(), ManageError> {
    if canned::delete(tx, id)? {
        audit::note(tx, actor, AuditEvent::CannedRemoved, None, About::Nothing {})?;
    }
    Ok(())
}

fn find(tx: &impl Read, id: ConversationId) -> Result<Conversation, ManageError> {
    conversations::find(tx, id)?.ok_or(ManageError::NotFound("conversation"))
}

/// The message for a template once the window is closed: words on one line, short enough, or a place. Files go in no
/// template. A guest who opted out gets none, unless a booking of theirs needs it.
fn late(tx: &impl Read, reply: &Reply<'_>, conversation: &Conversation) -> Result<Message, ManageError> {
    let has_no_template = matches!(reply.body, Body::Message(message) if message.is_file());
    if has_no_template || reply.late == Late::Refuse {
        return Err(ManageError::WindowClosed);
    }
    let guest = guests::find(tx, conversation.guest_id)?.ok_or(Error::NotFound)?;
    if guest.opted_out && live_bookings(tx, guest.id)?.is_empty() {
        return Err(ManageError::OptedOut);
    }
    match reply.body {
        Body::Message(message) => Ok(message.clone()),
        Body::Words(text) => {
            check(Field::Text, text.trim(), NOTICE_CHARS_MAX)?;
            Ok(Message::text(text.split_whitespace().collect::<Vec<_>>().join(" ")))
        }
    }
}

fn once_key(id: ConversationId, idempotency_key: &str) -> Result<String, ManageError> {
    check(Field::Once, idempotency_key, KEY_CHARS_MAX)?;
    Ok(format!("reply:{id}:{idempotency_key}"))
}

fn checked<'a>(title: &'a str, body: &'a str) -> Result<(&'a str, &'a str), ManageError> {
    let (title, body) = (title.trim(), body.trim());
    check(Field::Title, title, CANNED_TITLE_CHARS_MAX)?;
    check(Field::Body, body, TEXT_CHARS_MAX)?;
    Ok((title, body))
}

fn check(field: Field, text: &str, max: usize) -> Result<(), ManageError> {
    if text.is_empty() {
        return Err(invalid(field, Invalid::Empty));
    }
    check_chars(field, text, max)
}

#[cfg(test)]
#[path = "inbox_tests.rs"]
mod tests;
