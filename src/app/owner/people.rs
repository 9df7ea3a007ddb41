//! Guests that the owner names: by a part of their name or number.

use crate::app::Error;
use crate::app::notify::{called, with_number};
use crate::dialogue::owner::{Change, OwnerSay};
use crate::domain::guest::Guest;
use crate::domain::ids::ConversationId;
use crate::store::{Read, conversations, guests};

/// Conversations searched for a name: the last season's.
const CONVERSATIONS_MAX: u32 = 500;
/// Names in one question.
const NAMES_MAX: usize = 12;

/// Asks to confirm the conversation of the named guest, or to choose between several.
pub(super) fn conversation_of(
    tx: &impl Read,
    said: String,
    change: impl Fn(ConversationId) -> Change,
) -> Result<OwnerSay, Error> {
    let mut found: Vec<(ConversationId, Guest)> = Vec::new();
    for conversation in conversations::recent(tx, CONVERSATIONS_MAX, 0)? {
        let guest = guests::find(tx, conversation.guest_id)?.filter(|guest| is_called(guest, &said));
        found.extend(guest.map(|guest| (conversation.id, guest)));
    }
    Ok(match found.as_slice() {
        [] => OwnerSay::NoGuest { said },
        [(conversation, guest)] => {
            OwnerSay::AskConversation { guest: called(guest), change: change(*conversation) }
        }
        several => OwnerSay::WhichGuest {
            names: several.iter().take(NAMES_MAX).map(|(_, guest)| with_number(guest)).collect(),
        },
    })
}

/// Whether the words name this guest: a part of the name, or at least four digits of the number.
fn is_called(guest: &Guest, said: &str) -> bool {
    const DIGITS_MIN: usize = 4;
    let digits: String = said.chars().filter(char::is_ascii_digit).collect();
    if digits.len() >= DIGITS_MIN {
        return guest.phone.as_ref().is_some_and(|phone| phone.key().contains(&digits));
    }
    guest.name.to_lowercase().contains(&said.to_lowercase())
}

pub(super) fn guest_of(tx: &impl Read, conversation: ConversationId) -> Result<String, Error> {
    let conversation = conversations::find(tx, conversation)?.ok_or(Error::NotFound)?;
    Ok(guests::find(tx, conversation.guest_id)?.map(|guest| called(&guest)).unwrap_or_default())
}
