//! Guests, found by number or by WhatsApp's own id.

use super::codec::{coded, instant, instant_or_none};
use super::row::Row;
use super::tx::{all, one};
use super::{Read, StoreError, WriteTx};
use crate::domain::code::Coded;
use crate::domain::guest::{Guest, clean_name};
use crate::domain::ids::GuestId;
use crate::domain::language::Language;
use crate::domain::phone::Phone;
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{named_params, params};

/// The identifiers of a guest in an event or a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    pub phone: Option<Phone>,
    /// WhatsApp's business-scoped id.
    pub bsuid: Option<String>,
    /// Their name; used only while the stored one is empty.
    pub name: String,
    pub email: Option<String>,
}

pub fn find(tx: &impl Read, id: GuestId) -> Result<Option<Guest>, StoreError> {
    one(tx, "SELECT * FROM guest WHERE id = ?1", [id.0], guest)
}

/// The guest with this number, in whichever form, or whom WhatsApp reaches at it.
pub fn find_by_phone(tx: &impl Read, phone: &Phone) -> Result<Option<Guest>, StoreError> {
    find_beside(tx, phone, None)
}

/// The same, another than `known`.
pub fn find_other(tx: &impl Read, phone: &Phone, known: GuestId) -> Result<Option<Guest>, StoreError> {
    find_beside(tx, phone, Some(known))
}

fn find_beside(tx: &impl Read, phone: &Phone, known: Option<GuestId>) -> Result<Option<Guest>, StoreError> {
    let [key, other_form] = phone.keys();
    one(tx, OF_NUMBER, params![key, other_form, phone.digits(), known.map(|id| id.0)], guest)
}

/// Rows of an earlier version stand under another form of their number, and may be two of one person: that of the form
/// at hand comes first.
pub(super) const OF_NUMBER: &str = "SELECT * FROM guest
     WHERE (phone_key IN (?1, ?2) OR phone_used IN (?1, ?2)) AND id IS NOT ?4
     ORDER BY phone IS NOT ?3, phone_key IS NULL OR phone_key NOT IN (?1, ?2), id LIMIT 1";

/// The guest with this WhatsApp id.
pub fn find_by_bsuid(tx: &impl Read, bsuid: &str) -> Result<Option<Guest>, StoreError> {
    one(tx, "SELECT * FROM guest WHERE bsuid = ?1", [bsuid], guest)
}

/// The guest whom `identity` names, made when unknown. New identifiers are added; two rows that turn out to be one
/// person stay two: only a person can merge them.
pub fn find_or_insert(tx: &mut WriteTx<'_>, identity: &Identity) -> Result<Guest, StoreError> {
    let by_bsuid = identity.bsuid.as_deref().map(|id| find_by_bsuid(tx, id)).transpose()?.flatten();
    let known = match (by_bsuid, &identity.phone) {
        (Some(guest), _) => Some(guest),
        (None, Some(phone)) => find_by_phone(tx, phone)?,
        (None, None) => None,
    };
    match known {
        Some(guest) => complete(tx, guest, identity),
        None => insert(tx, identity),
    }
}

/// A guest's data beside their identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    pub notes: String,
    /// When they opted out of messages.
    pub opted_out_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

/// A guest's data beside their identity.
pub fn profile(tx: &impl Read, id: GuestId) -> Result<Option<Profile>, StoreError> {
    one(tx, "SELECT notes, opted_out_at, created_at FROM guest WHERE id = ?1", [id.0], |row| {
        Ok(Profile {
            notes: row.get("notes")?,
            opted_out_at: instant_or_none(row, "opted_out_at")?,
            created_at: instant(row, "created_at")?,
        })
    })
}

/// Guests, the latest first. `words` are searched in name and address, their digits in the number, and the `number`
/// that they are, in any form; empty finds all. Erased guests are left out.
pub fn list(
    tx: &impl Read,
    words: &str,
    number: Option<&Phone>,
    limit: u32,
    offset: u32,
) -> Result<Vec<Guest>, StoreError> {
    let words = words.trim();
    let digits: String = words.chars().filter(char::is_ascii_digit).collect();
    all(
        tx,
        "SELECT * FROM guest
         WHERE (name <> '' OR phone IS NOT NULL OR bsuid IS NOT NULL OR email IS NOT NULL)
           AND (:words = '' OR name LIKE '%' || :words || '%' ESCAPE '\\'
                OR email LIKE '%' || :words || '%' ESCAPE '\\'
                OR phone_key = :key OR (length(:digits) > 3 AND instr(phone, :digits) > 0))
         ORDER BY id DESC LIMIT :limit OFFSET :offset",
        named_params! {
            ":words": super::conversation_list::like(words), ":digits": digits,
            ":key": number.map(Phone::key), ":limit": limit, ":offset": offset,
        },
        guest,
    )
}

/// Names of guests whose stay ends on or after a day, and of those of the last `limit` conversations.
pub fn names_since(tx: &impl Read, day: Date, limit: u32) -> Result<Vec<String>, StoreError> {
    all(
        tx,
        "SELECT DISTINCT name FROM guest WHERE name <> '' AND (
             id IN (SELECT guest_id FROM reservation WHERE check_out >= ?1 AND status <> 'expired')
             OR id IN (SELECT guest_id FROM conversation ORDER BY last_activity_at DESC LIMIT ?2))",
        params![day.to_string(), limit],
        |row| Ok(row.get(0)?),
    )
}

/// A guest's data as the owner edits it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told<'a> {
    pub name: &'a str,
    pub email: Option<&'a str>,
    /// The language in which we write to them.
    pub language: Coded<Language>,
    pub notes: &'a str,
}

/// Saves the owner's edit of a guest; `false` when there is no such guest.
pub fn update(tx: &mut WriteTx<'_>, id: GuestId, told: &Told<'_>) -> Result<bool, StoreError> {
    let now = tx.now().as_millisecond();
    let touched = tx.run(
        "UPDATE guest SET name = ?2, email = ?3, language = ?4, notes = ?5, updated_at = ?6 WHERE id = ?1",
        params![id.0, clean_name(told.name), told.email, told.language.code(), told.notes, now],
    )?;
    Ok(touched > 0)
}

/// Saves the language of the guest's last message.
pub fn set_language(tx: &mut WriteTx<'_>, id: GuestId, language: Language) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    let sql = "UPDATE guest SET language = ?2, updated_at = ?3 WHERE id = ?1 AND language <> ?2";
    tx.run(sql, params![id.0, language.code(), now])?;
    Ok(())
}

/// Saves what a guest told about themselves.
pub fn remember(
    tx: &mut WriteTx<'_>,
    id: GuestId,
    name: Option<String>,
    email: Option<String>,
) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "UPDATE guest SET name = coalesce(?2, name), email = coalesce(?3, email), updated_at = ?4 WHERE id = ?1",
        params![id.0, name.map(|name| clean_name(&name)), email, now],
    )?;
    Ok(())
}

/// Records that a guest opted out of messages, or in again.
pub fn set_opted_out(tx: &mut WriteTx<'_>, id: GuestId, out: bool) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    let sql = "UPDATE guest SET opted_out_at = ?2, updated_at = ?3 WHERE id = ?1";
    tx.run(sql, params![id.0, out.then_some(now), now])?;
    Ok(())
}

/// Why we may write to a guest of our own accord.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactBasis {
    /// They wrote to us.
    Wrote,
    /// They paid.
    Paid,
    /// A person of the house entered them, or wrote to them.
    Entered,
}

/// The record that proves that a guest's number is theirs, or that the house vouches for it; `None` when all we have is
/// what somebody typed into the public form.
pub fn contact_basis(tx: &impl Read, id: GuestId) -> Result<Option<ContactBasis>, StoreError> {
    let found = one(
        tx,
        "SELECT EXISTS (SELECT 1 FROM conversation WHERE guest_id = ?1 AND last_inbound_at IS NOT NULL) AS wrote,
                EXISTS (SELECT 1 FROM reservation r JOIN ledger l ON l.reservation_id = r.id
                        WHERE r.guest_id = ?1 AND l.amount_cents > 0) AS paid,
                EXISTS (SELECT 1 FROM reservation WHERE guest_id = ?1 AND channel <> 'web')
                OR EXISTS (SELECT 1 FROM conversation c JOIN outbound o ON o.conversation_id = c.id
                           WHERE c.guest_id = ?1 AND o.author = 'person') AS entered",
        [id.0],
        |row| Ok((row.get("wrote")?, row.get("paid")?, row.get("entered")?)),
    )?;
    Ok(match found {
        Some((true, _, _)) => Some(ContactBasis::Wrote),
        Some((_, true, _)) => Some(ContactBasis::Paid),
        Some((_, _, true)) => Some(ContactBasis::Entered),
        Some((false, false, false)) | None => None,
    })
}

/// Whether letters may go to a guest's address: they paid, or a person of the house entered them. An address that
/// somebody only typed may be anybody's.
pub fn may_be_mailed(tx: &impl Read, id: GuestId) -> Result<bool, StoreError> {
    let found = one(
        tx,
        "SELECT EXISTS (SELECT 1 FROM reservation r JOIN ledger l ON l.reservation_id = r.id
                        WHERE r.guest_id = ?1 AND l.amount_cents > 0)
                OR EXISTS (SELECT 1 FROM reservation WHERE guest_id = ?1 AND channel NOT IN ('web', 'whatsapp')) AS may",
        [id.0],
        |row| Ok(row.get("may")?),
    )?;
    Ok(found.unwrap_or(false))
}

/// The form of the number that WhatsApp last accepted, when it differs from the stored one.
pub fn phone_used(tx: &impl Read, id: GuestId) -> Result<Option<String>, StoreError> {
    let used = one(tx, "SELECT phone_used FROM guest WHERE id = ?1", [id.0], |row| Ok(row.get(0)?))?;
    Ok(used.flatten())
}

/// Whether the guest's number changed at or after an instant.
pub fn moved_since(tx: &impl Read, id: GuestId, instant: Timestamp) -> Result<bool, StoreError> {
    let sql = "SELECT moved_at >= ?2 FROM guest WHERE id = ?1";
    let moved = one(tx, sql, params![id.0, instant.as_millisecond()], |row| Ok(row.get(0)?))?;
    Ok(moved.flatten().unwrap_or(false))
}

/// Saves the form of the number that WhatsApp accepted.
pub fn set_phone_used(tx: &mut WriteTx<'_>, id: GuestId, phone: &str) -> Result<(), StoreError> {
    tx.run("UPDATE guest SET phone_used = ?2 WHERE id = ?1", params![id.0, phone])?;
    Ok(())
}

/// Moves a guest to a new number or WhatsApp id; the row stays. When the new identity already has a row, nothing
/// is changed and that row is answered: only a person can merge two.
pub fn change_identity(
    tx: &mut WriteTx<'_>,
    id: GuestId,
    phone: Option<&Phone>,
    bsuid: Option<&str>,
) -> Result<Option<GuestId>, StoreError> {
    let other = match (bsuid, phone) {
        (Some(bsuid), _) if find_by_bsuid(tx, bsuid)?.is_some_and(|guest| guest.id != id) => {
            find_by_bsuid(tx, bsuid)?
        }
        (_, Some(phone)) => find_other(tx, phone, id)?,
        _ => None,
    };
    if let Some(other) = other {
        return Ok(Some(other.id));
    }
    let now = tx.now().as_millisecond();
    tx.run(
        "UPDATE guest SET phone = coalesce(?2, phone), phone_key = coalesce(?3, phone_key),
                bsuid = coalesce(?4, bsuid), phone_used = CASE WHEN ?2 IS NULL THEN phone_used END,
                moved_at = CASE WHEN ?2 IS NULL THEN moved_at ELSE ?5 END, updated_at = ?5
         WHERE id = ?1",
        params![id.0, phone.map(Phone::digits), phone.map(Phone::key), bsuid, now],
    )?;
    Ok(None)
}

fn insert(tx: &mut WriteTx<'_>, identity: &Identity) -> Result<Guest, StoreError> {
    let now = tx.now().as_millisecond();
    let name = clean_name(&identity.name);
    let id = tx.insert(
        "INSERT INTO guest (name, phone, phone_key, bsuid, email, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)",
        params![
            name,
            identity.phone.as_ref().map(Phone::digits),
            identity.phone.as_ref().map(Phone::key),
            identity.bsuid,
            identity.email,
            now
        ],
    )?;
    Ok(Guest {
        id: GuestId(id),
        name,
        phone: identity.phone.clone(),
        bsuid: identity.bsuid.clone(),
        email: identity.email.clone(),
        language: Language::SPANISH.into(),
        opted_out: false,
    })
}

/// Adds to a guest the identifiers they did not have. One that another row has already is left there.
fn complete(tx: &mut WriteTx<'_>, mut guest: Guest, identity: &Identity) -> Result<Guest, StoreError> {
    let name = clean_name(&identity.name);
    let phone = identity.phone.clone().filter(|_| guest.phone.is_none());
    let phone = match phone {
        Some(phone) if find_by_phone(tx, &phone)?.is_none() => Some(phone),
        _ => None,
    };
    let bsuid = identity.bsuid.clone().filter(|_| guest.bsuid.is_none());
    let email = identity.email.clone().filter(|_| guest.email.is_none());
    let name = Some(name).filter(|name| guest.name.is_empty() && !name.is_empty());
    if phone.is_none() && bsuid.is_none() && email.is_none() && name.is_none() {
        return Ok(guest);
    }
    let now = tx.now().as_millisecond();
    tx.run(
        "UPDATE guest SET name = coalesce(?2, name), phone = coalesce(?3, phone),
                phone_key = coalesce(?4, phone_key), bsuid = coalesce(?5, bsuid),
                email = coalesce(?6, email), updated_at = ?7
         WHERE id = ?1",
        params![
            guest.id.0,
            name,
            phone.as_ref().map(Phone::digits),
            phone.as_ref().map(Phone::key),
            bsuid,
            email,
            now
        ],
    )?;
    guest.name = name.unwrap_or(guest.name);
    guest.phone = phone.or(guest.phone);
    guest.bsuid = bsuid.or(guest.bsuid);
    guest.email = email.or(guest.email);
    Ok(guest)
}

fn guest(row: &Row<'_>) -> Result<Guest, StoreError> {
    let phone: Option<String> = row.get("phone")?;
    let opted_out_at: Option<i64> = row.get("opted_out_at")?;
    Ok(Guest {
        id: GuestId(row.get("id")?),
        name: row.get("name")?,
        phone: phone.as_deref().and_then(Phone::parse),
        bsuid: row.get("bsuid")?,
        email: row.get("email")?,
        language: coded(row, "language")?,
        opted_out: opted_out_at.is_some(),
    })
}
