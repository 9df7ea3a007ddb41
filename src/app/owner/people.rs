//! Guests that the owner names: by a part of their name or number.

use crate::app::inbox::{self, Body, Late, Reply, Silence};
use crate::app::manage::ManageError;
use crate::app::notify::{self, To, called, with_number};
use crate::app::{AppContext, Error, stay_view};
use crate::dialogue::FaqSay;
use crate::dialogue::owner::{Change, OwnerSay, is_named};
use crate::domain::audit::Actor;
use crate::domain::guest::Guest;
use crate::domain::ids::ConversationId;
use crate::store::{Read, WriteTx, cabins, conversations, guests, reservations, settings};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

/// Conversations searched for a name: the last season's.
const CONVERSATIONS_MAX: u32 = 500;
/// Names in one question.
const NAMES_MAX: usize = 12;

/// Asks to confirm the conversation of the named guest, or to choose between several.
pub(super) fn conversation_of(
    tx: &impl Read,
    context: &AppContext,
    said: String,
    change: impl Fn(ConversationId) -> Change,
) -> Result<OwnerSay, Error> {
    Ok(match one(tx, context, said)? {
        Ok((conversation, guest)) => {
            OwnerSay::AskConversation { guest: called(&guest), change: change(conversation) }
        }
        Err(say) => say,
    })
}

/// The conversation of the one guest whom the words name; else what to say.
fn one(
    tx: &impl Read,
    context: &AppContext,
    said: String,
) -> Result<Result<(ConversationId, Guest), OwnerSay>, Error> {
    let mut found: Vec<(ConversationId, Guest)> = Vec::new();
    for conversation in conversations::recent(tx, CONVERSATIONS_MAX, 0)? {
        let guest = guests::find(tx, conversation.guest_id)?.filter(|guest| is_called(guest, &said));
        found.extend(guest.map(|guest| (conversation.id, guest)));
    }
    if found.is_empty() {
        found = of_cabin(tx, context, &said)?;
    }
    Ok(match found.len() {
        0 => Err(OwnerSay::NoGuest { said }),
        1 => Ok(found.remove(0)),
        _ => Err(OwnerSay::WhichGuest {
            names: found.iter().take(NAMES_MAX).map(|(_, guest)| with_number(guest)).collect(),
        }),
    })
}

/// The guest who is in a cabin now, or comes today: "los de la Lenga".
fn of_cabin(tx: &impl Read, context: &AppContext, said: &str) -> Result<Vec<(ConversationId, Guest)>, Error> {
    let today = context.moment(tx).today();
    let mut stays = reservations::inside(tx, today)?;
    stays.extend(reservations::arriving(tx, today)?);
    let mut here = Vec::new();
    for stay in stays {
        let is_meant = cabins::find(tx, stay.cabin_id)?.is_some_and(|cabin| is_named(&cabin.name, said));
        here.extend(is_meant.then_some(stay.guest_id));
    }
    let mut found = Vec::new();
    if here.is_empty() {
        return Ok(found);
    }
    for conversation in conversations::recent(tx, CONVERSATIONS_MAX, 0)? {
        if here.contains(&conversation.guest_id) {
            found.extend(guests::find(tx, conversation.guest_id)?.map(|guest| (conversation.id, guest)));
        }
    }
    Ok(found)
}

/// Names of guests who are to come, are here, were here lately, or have written lately.
pub(super) fn names(tx: &impl Read, today: Date) -> Result<Vec<String>, Error> {
    const DAYS_AFTER: i64 = 30;
    Ok(guests::names_since(tx, today.saturating_sub(DAYS_AFTER.days()), CONVERSATIONS_MAX)?)
}

pub(super) fn ask_tell(
    tx: &impl Read,
    context: &AppContext,
    said: String,
    words: String,
) -> Result<OwnerSay, Error> {
    Ok(match one(tx, context, said)? {
        Ok((conversation, guest)) => {
            let change = Change::Tell { conversation, words: words.clone(), asked_at: tx.now() };
            OwnerSay::AskTell { guest: called(&guest), words, change }
        }
        Err(say) => say,
    })
}

/// Sends the owner's words. Casero goes on answering this guest.
pub(super) fn tell(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    conversation_id: ConversationId,
    words: &str,
    asked_at: Timestamp,
) -> Result<OwnerSay, Error> {
    let guest = guest_of(tx, conversation_id)?;
    let key = format!("told{}", asked_at.as_millisecond());
    let reply = Reply {
        conversation_id,
        body: Body::Words(words),
        idempotency_key: Some(&key),
        late: Late::AsNotice,
        silence: Silence::None,
    };
    match inbox::write(tx, context, &reply, &Actor::Owner) {
        Ok(()) => Ok(OwnerSay::Told { guest }),
        Err(ManageError::OptedOut | ManageError::Invalid { .. } | ManageError::WindowClosed) => {
            Ok(OwnerSay::CannotTell { guest })
        }
        Err(other) => Err(super::common::failed(other)),
    }
}

/// Sends the address and the way to the guest's cabin.
pub(super) fn send_location(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    said: String,
) -> Result<OwnerSay, Error> {
    let (conversation, guest) = match one(tx, context, said)? {
        Ok(found) => found,
        Err(say) => return Ok(say),
    };
    let (settings, _) = settings::load(tx)?;
    let mut places = vec![settings.property_address];
    for booking in stay_view::live_bookings(tx, guest.id)? {
        places.extend(cabins::find(tx, booking.cabin_id)?.map(|cabin| cabin.location));
    }
    places.retain(|place| !place.is_empty());
    places.dedup();
    if places.is_empty() {
        return Ok(OwnerSay::NoLocation);
    }
    let to = To { conversation, guest: &guest, answers: None };
    notify::guest(tx, context, &to, &[FaqSay::Location { places }.into()])?;
    Ok(OwnerSay::Told { guest: called(&guest) })
}

/// Whether the words name this guest: a part of the name, or at least four digits of the number.
pub(super) fn is_called(guest: &Guest, said: &str) -> bool {
    const DIGITS_MIN: usize = 4;
    /// Digits by which a number is told from others: its country and "9" are written in many ways.
    const DIGITS_MAX: usize = 8;
    let digits: String = said.chars().filter(char::is_ascii_digit).collect();
    if digits.len() >= DIGITS_MIN {
        let digits = &digits[digits.len().saturating_sub(DIGITS_MAX)..];
        return guest.phone.as_ref().is_some_and(|phone| phone.key().contains(digits));
    }
    is_named(&guest.name, said)
}

/// The conversation that a person holds, when there is just one.
pub(super) fn only_one_held(tx: &impl Read) -> Result<Option<ConversationId>, Error> {
    let recent = conversations::recent(tx, CONVERSATIONS_MAX, 0)?;
    let mut held = recent.into_iter().filter(|one| one.is_held_by_person(tx.now()));
    Ok(held.next().filter(|_| held.next().is_none()).map(|one| one.id))
}

pub(super) fn guest_of(tx: &impl Read, conversation: ConversationId) -> Result<String, Error> {
    Ok(called(&stay_view::guest_of(tx, conversation)?))
}
