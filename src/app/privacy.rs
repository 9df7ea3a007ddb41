//! A guest's own data (Ley 25.326): correction, export and erasure.
//!
//! Erasing leaves bookings, nights, payments and the ledger as they are, since the law asks to keep the
//! books; they then belong to an anonymous guest. Texts, files, names and numbers are removed, also from
//! messages to the owner, raw notifications and stored answers. Older backups hold them until they are
//! deleted in turn.

use super::manage_error::{ManageError, check_chars, invalid};
use super::{App, AppContext, owner_numbers};
use crate::domain::audit::{About, Actor, AuditEvent};
use crate::domain::guest::Guest;
use crate::domain::ids::{ConversationId, GuestId};
use crate::domain::invalid::{Field, Invalid};
use crate::domain::job::JobKind;
use crate::domain::policy::Moment;
use crate::domain::reservation::{Reservation, Status};
use crate::store::guests::{self, Told};
use crate::store::{
    Read, StoreError, WriteTx, audit, conversation_list, jobs, payments, pre_check_in, privacy, reservations,
    settings,
};
use serde_json::{Value, json};
use std::sync::Arc;
use strum::VariantArray;

/// Longest notes about a guest: a page.
pub const NOTES_CHARS_MAX: usize = 2000;
/// Longest address (RFC 5321, path).
pub const EMAIL_CHARS_MAX: usize = 254;
/// Most messages exported: more than any guest ever wrote.
const MESSAGES_MAX: u32 = 100_000;
/// Shortest name that is erased from texts: a shorter one occurs in too many words.
const NAME_CHARS_MIN: usize = 3;

/// Reason why nothing was erased.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    #[error("there is no such guest")]
    NotFound,
    /// The guest is staying or still to come: their identity is needed.
    #[error("the guest has a stay ahead")]
    StayAhead,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Corrects a guest's data.
pub fn correct(tx: &mut WriteTx<'_>, id: GuestId, told: &Told<'_>, actor: &Actor) -> Result<(), ManageError> {
    check_chars(Field::Notes, told.notes, NOTES_CHARS_MAX)?;
    let sound = |email: &str| {
        let (name, host) = email.split_once('@').unwrap_or_default();
        !name.is_empty() && host.contains('.') && !email.contains(char::is_whitespace)
    };
    if told.email.is_some_and(|email| email.chars().count() > EMAIL_CHARS_MAX || !sound(email)) {
        return Err(invalid(Field::Email, Invalid::NoEmail));
    }
    if !guests::update(tx, id, told)? {
        return Err(ManageError::NotFound("guest"));
    }
    audit::note(tx, actor, AuditEvent::GuestChanged, None, About::Guest { guest: id })?;
    Ok(())
}

/// Exports a guest's data for them, and records that.
pub fn take_along(tx: &mut WriteTx<'_>, id: GuestId, actor: &Actor) -> Result<Option<Value>, StoreError> {
    let data = export(tx, id)?;
    if data.is_some() {
        audit::note(tx, actor, AuditEvent::GuestExported, None, About::Guest { guest: id })?;
    }
    Ok(data)
}

/// All data about a guest; `None` when there is no such guest.
pub fn export(tx: &impl Read, id: GuestId) -> Result<Option<Value>, StoreError> {
    let (Some(guest), Some(profile)) = (guests::find(tx, id)?, guests::profile(tx, id)?) else {
        return Ok(None);
    };
    let stays = reservations::of_guest(tx, id, Status::VARIANTS)?;
    let stays = stays.iter().map(|stay| stay_of(tx, stay)).collect::<Result<Vec<_>, _>>()?;
    let conversation = conversation_list::of_guest(tx, id)?;
    let messages =
        conversation.map(|conversation| messages(tx, conversation)).transpose()?.unwrap_or_default();
    Ok(Some(json!({
        "exported_at": tx.now().to_string(),
        "guest": {
            "id": id.0,
            "name": guest.name,
            "phone": guest.phone.as_ref().map(|phone| format!("+{}", phone.digits())),
            "whatsapp_id": guest.bsuid,
            "email": guest.email,
            "language": guest.language.code(),
            "notes": profile.notes,
            "opted_out_at": profile.opted_out_at.map(|at| at.to_string()),
            "since": profile.created_at.to_string(),
        },
        "reservations": stays,
        "messages": messages,
    })))
}

fn stay_of(tx: &impl Read, stay: &Reservation) -> Result<Value, StoreError> {
    let paid: Vec<Value> = payments::of_reservation(tx, stay.id)?
        .into_iter()
        .map(|payment| {
            json!({
                "provider": payment.provider,
                "amount_cents": payment.amount_minor,
                "refunded_cents": payment.refunded_minor,
                "currency": payment.currency,
                "at": payment.created_at.to_string(),
            })
        })
        .collect();
    let told = pre_check_in::find(tx, stay.id)?;
    Ok(json!({
        "code": stay.code.to_string(),
        "status": stay.status.code(),
        "check_in": stay.stay.check_in().to_string(),
        "check_out": stay.stay.check_out().to_string(),
        "guests": stay.party.people(),
        "party": stay.party,
        "channel": stay.channel,
        "total_cents": stay.quote.total.minor,
        "currency": stay.quote.total.currency.code(),
        "cancel_reason": stay.cancel_reason,
        "payments": paid,
        "before_arrival": told.map(|told| json!({
            "arrival_time": told.arrival_time,
            "plate": told.plate,
            "people": told.people,
            "notes": told.notes,
        })),
    }))
}

fn messages(tx: &impl Read, conversation: ConversationId) -> Result<Vec<Value>, StoreError> {
    let lines = conversation_list::piece(tx, conversation, None, MESSAGES_MAX)?.lines;
    let shown = lines.into_iter().map(|line| {
        json!({
            "from": <&str>::from(line.author),
            "at": line.at.to_string(),
            "kind": line.kind,
            "text": line.body,
            "file": line.has_media.then(|| format!("/admin/media/{}", line.id)),
        })
    });
    Ok(shown.collect())
}

/// Whether a guest is staying or still to come.
pub fn has_stay_ahead(tx: &impl Read, id: GuestId, moment: &Moment) -> Result<bool, StoreError> {
    let live = [Status::PreReserved, Status::Confirmed, Status::CheckedIn];
    let stays = reservations::of_guest(tx, id, &live)?;
    Ok(stays.iter().any(|stay| match stay.status {
        Status::PreReserved => stay.expires_at.is_none_or(|until| moment.now < until),
        Status::CheckedIn => true,
        Status::Confirmed => stay.stay.check_out() >= moment.today(),
        Status::CheckedOut | Status::Cancelled | Status::Expired | Status::NoShow => false,
    }))
}

/// Erases a guest's data. A job left by this transaction removes their files.
pub fn erase(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: GuestId,
    actor: &Actor,
) -> Result<(), EraseError> {
    let guest = guests::find(tx, id)?.ok_or(EraseError::NotFound)?;
    if has_stay_ahead(tx, id, &context.moment(tx))? {
        return Err(EraseError::StayAhead);
    }
    let marks = marks(tx, &guest)?;
    for stay in reservations::of_guest(tx, id, Status::VARIANTS)? {
        privacy::blank_stay(tx, stay.id)?;
    }
    if let Some(conversation) = conversation_list::of_guest(tx, id)? {
        let now = tx.now();
        for name in privacy::files(tx, conversation)? {
            jobs::enqueue(tx, JobKind::RemoveMedia, &name, now)?;
        }
        privacy::blank_conversation(tx, conversation)?;
    }
    privacy::blank_guest(tx, id)?;
    for mark in &marks {
        privacy::forget_raw(tx, mark)?;
        privacy::strike(tx, mark)?;
    }
    if guest.name.chars().count() >= NAME_CHARS_MIN {
        if marks.is_empty() {
            // Nothing else identifies them in a stored answer.
            privacy::forget_raw(tx, &guest.name)?;
        }
        for conversation in owners_conversations(tx, context)? {
            privacy::strike_said(tx, &guest.name, Some(conversation))?;
        }
    }
    audit::note(tx, actor, AuditEvent::GuestErased, None, About::Guest { guest: id })?;
    Ok(())
}

/// After an erasure: moves the log into the database, where overwritten data is zeroed.
pub async fn settle(app: &Arc<App>) {
    let app = Arc::clone(app);
    let emptied = tokio::task::spawn_blocking(move || app.store.empty_log()).await;
    if !matches!(emptied, Ok(Ok(true))) {
        tracing::warn!("the log could not be emptied after an erasure; its next round does it");
    }
}

/// Texts that identify this guest and nobody else, wherever they occur.
fn marks(tx: &impl Read, guest: &Guest) -> Result<Vec<String>, StoreError> {
    let mut marks = Vec::new();
    if let Some(phone) = &guest.phone {
        marks.push(phone.digits().to_owned());
        marks.push(phone.shown());
        marks.push(phone.key());
        marks.extend(phone.alternative().map(|other| other.digits().to_owned()));
    }
    marks.extend(guests::phone_used(tx, guest.id)?);
    marks.extend(guest.bsuid.clone());
    marks.extend(guest.email.clone());
    marks.retain(|mark| !mark.is_empty());
    marks.sort();
    marks.dedup();
    Ok(marks)
}

/// The conversations with the owners, who are told about guests.
fn owners_conversations(tx: &impl Read, context: &AppContext) -> Result<Vec<ConversationId>, StoreError> {
    let (settings, _) = settings::load(tx)?;
    let mut found = Vec::new();
    for phone in owner_numbers::numbers(tx, context, &settings)? {
        let owner = guests::find_by_phone(tx, &phone)?;
        let conversation = owner.map(|owner| conversation_list::of_guest(tx, owner.id)).transpose()?;
        found.extend(conversation.flatten());
    }
    Ok(found)
}

#[cfg(test)]
#[path = "privacy_tests.rs"]
mod tests;
