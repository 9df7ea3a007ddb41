//! The owners' numbers: the first is the house's own setting; each further one counts once the code that was sent to it
//! was entered on the page, since whoever has one commands everything.

use super::{AppContext, Error};
use crate::dialogue::{replies, window};
use crate::domain::guest::Guest;
use crate::domain::ids::{ConversationId, OutboundId};
use crate::domain::message::Message;
use crate::domain::phone::Phone;
use crate::domain::settings::Settings;
use crate::domain::whatsapp_account::TemplatePurpose;
use crate::ports::random::{Random, token};
use crate::store::guests::Identity;
use crate::store::{Read, StoreError, WriteTx, conversations, guests, outbox, owner_numbers, settings};
use jiff::SignedDuration;
use ring::digest::{SHA256, digest};

/// How long a code counts; its template says the same.
const CODE_KEPT: SignedDuration = SignedDuration::from_mins(30);
/// Wrong codes after which a new one has to be asked for.
const TRIES_MAX: u16 = 5;
/// Codes of six digits.
const CODES: u32 = 1_000_000;

/// Why a code proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProofRefused {
    /// No code was sent to this number.
    NotAsked,
    Wrong,
    /// Too old, or entered wrongly too often.
    Spent,
}

/// Every number whose commands count and to which notices go, the house's own first.
pub fn numbers(tx: &impl Read, context: &AppContext, settings: &Settings) -> Result<Vec<Phone>, StoreError> {
    let mut numbers: Vec<Phone> = settings.owner(context.country()).into_iter().collect();
    for phone in further(context, settings) {
        let is_proven = owner_numbers::find(tx, &phone.key())?.is_some_and(|known| known.proven_at.is_some());
        if is_proven && numbers.iter().all(|known| known.key() != phone.key()) {
            numbers.push(phone);
        }
    }
    Ok(numbers)
}

/// Whether a guest is an owner, by their number.
pub fn is_owner(
    tx: &impl Read,
    context: &AppContext,
    guest: &Guest,
    settings: &Settings,
) -> Result<bool, StoreError> {
    let Some(phone) = &guest.phone else { return Ok(false) };
    Ok(numbers(tx, context, settings)?.iter().any(|owner| owner.key() == phone.key()))
}

/// The settings have other numbers: what is new is sent a code, what is gone commands nothing any more.
pub fn changed(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    before: &Settings,
    after: &Settings,
) -> Result<(), Error> {
    let (old, new) = (further(context, before), further(context, after));
    for phone in old.iter().filter(|phone| !holds(&new, phone)) {
        owner_numbers::remove(tx, &phone.key())?;
    }
    for phone in new.iter().filter(|phone| !holds(&old, phone)) {
        ask(tx, context, phone)?;
    }
    Ok(())
}

/// Sends a code to a number and tells the other owners of it.
pub fn ask(tx: &mut WriteTx<'_>, context: &AppContext, phone: &Phone) -> Result<(), Error> {
    let code = code(context.random.as_ref());
    owner_numbers::ask(tx, &phone.key(), &hash(phone, &code))?;
    let (settings, _) = settings::load(tx)?;
    for owner in numbers(tx, context, &settings)? {
        write_to(tx, context, &owner, &Message::text(replies::owner_number_asked(&phone.shown())), None)?;
    }
    let guest = guests::find_or_insert(tx, &identity(phone))?;
    let conversation = conversations::of_guest(tx, guest.id)?;
    let message = if window::is_open(conversation.last_inbound_at, tx.now()) {
        Message::text(replies::owner_code(&code))
    } else {
        // Named and put into a language when it goes out.
        let (name, language) = (String::new(), String::new());
        Message::Template { name, language, parameters: vec![code], copy_code: true }
    };
    if let Some(id) = write_to(tx, context, phone, &message, None)? {
        outbox::set_purpose(tx, id, TemplatePurpose::Code)?;
    }
    Ok(())
}

/// The same for a number that is listed and not proven; `false` for any other.
pub fn ask_again(tx: &mut WriteTx<'_>, context: &AppContext, phone: &Phone) -> Result<bool, Error> {
    let (settings, _) = settings::load(tx)?;
    let is_open = owner_numbers::find(tx, &phone.key())?.is_some_and(|known| known.proven_at.is_none());
    if !is_open || !holds(&further(context, &settings), phone) {
        return Ok(false);
    }
    ask(tx, context, phone)?;
    Ok(true)
}

/// Proves a number by the code that was sent to it.
pub fn prove(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    phone: &Phone,
    code: &str,
) -> Result<Result<(), ProofRefused>, Error> {
    let (settings, _) = settings::load(tx)?;
    let listed = holds(&further(context, &settings), phone);
    let Some(known) = owner_numbers::find(tx, &phone.key())?.filter(|_| listed) else {
        return Ok(Err(ProofRefused::NotAsked));
    };
    if known.proven_at.is_some() {
        return Ok(Ok(()));
    }
    if known.tries >= TRIES_MAX || tx.now().duration_since(known.asked_at) > CODE_KEPT {
        return Ok(Err(ProofRefused::Spent));
    }
    if hash(phone, code.trim()) != known.code_hash {
        owner_numbers::wrong_try(tx, &phone.key())?;
        return Ok(Err(ProofRefused::Wrong));
    }
    owner_numbers::proven(tx, &phone.key())?;
    for owner in numbers(tx, context, &settings)? {
        write_to(tx, context, &owner, &Message::text(replies::owner_number_proven(&phone.shown())), None)?;
    }
    Ok(Ok(()))
}

/// Queues a message to a number of an owner; `None` when its once-key was used before.
pub fn write_to(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    phone: &Phone,
    message: &Message,
    once_key: Option<&str>,
) -> Result<Option<OutboundId>, Error> {
    let new = outbox::New {
        conversation_id: conversation(tx, phone)?,
        answers: None,
        by_person: false,
        message,
        critical: true,
        once_key,
        tag: &token(context.random.as_ref()),
    };
    Ok(outbox::insert(tx, &new)?)
}

/// The conversation with an owner, by their number.
pub fn conversation(tx: &mut WriteTx<'_>, phone: &Phone) -> Result<ConversationId, Error> {
    let owner = guests::find_or_insert(tx, &identity(phone))?;
    Ok(conversations::of_guest(tx, owner.id)?.id)
}

fn identity(phone: &Phone) -> Identity {
    Identity { phone: Some(phone.clone()), ..Identity::default() }
}

fn further(context: &AppContext, settings: &Settings) -> Vec<Phone> {
    settings.owner_phones.iter().filter_map(|typed| Phone::typed(typed, context.country()).ok()).collect()
}

fn holds(phones: &[Phone], phone: &Phone) -> bool {
    phones.iter().any(|known| known.key() == phone.key())
}

fn code(random: &dyn Random) -> String {
    let mut bytes = [0; 4];
    random.fill(&mut bytes);
    format!("{:06}", u32::from_le_bytes(bytes) % CODES)
}

fn hash(phone: &Phone, code: &str) -> Vec<u8> {
    digest(&SHA256, format!("{}:{code}", phone.key()).as_bytes()).as_ref().to_vec()
}
