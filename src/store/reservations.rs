//! Reservations, loaded whole and saved by the one use-case that changes them.

use super::codec::{ages, coded, count, instant, instant_or_none, json, money, party, stay, to_json, word};
use super::error::corrupt;
use super::row::Row;
use super::tx::{all, one};
use super::{Read, StoreError, WriteTx};
use crate::domain::channel::Channel;
use crate::domain::ids::{CabinId, GuestId, ReservationCode, ReservationId};
use crate::domain::party::Party;
use crate::domain::phone::Phone;
use crate::domain::pricing::{Quote, Terms};
use crate::domain::reservation::{Reservation, Status};
use crate::domain::stay::Stay;
use jiff::{Timestamp, civil::Date};
use rusqlite::{named_params, params};

pub fn find(tx: &impl Read, id: ReservationId) -> Result<Option<Reservation>, StoreError> {
    one(tx, "SELECT * FROM reservation WHERE id = ?1", [id.0], reservation)
}

pub fn find_by_code(tx: &impl Read, code: &ReservationCode) -> Result<Option<Reservation>, StoreError> {
    one(tx, "SELECT * FROM reservation WHERE code = ?1", [code.as_str()], reservation)
}

/// The data of a new hold.
#[derive(Debug, Clone)]
pub struct New<'a> {
    pub code: &'a ReservationCode,
    pub cabin_id: CabinId,
    pub guest_id: GuestId,
    pub stay: Stay,
    pub party: Party,
    pub channel: &'a Channel,
    /// The quoted price.
    pub quote: &'a Quote,
    /// The terms it was made with.
    pub terms: &'a Terms,
    pub expires_at: Timestamp,
}

pub fn insert(tx: &mut WriteTx<'_>, new: &New<'_>) -> Result<ReservationId, StoreError> {
    let now = tx.now().as_millisecond();
    let id = tx.insert(
        "INSERT INTO reservation (code, cabin_id, guest_id, status, check_in, check_out, guests, children, pets, channel,
                                  quote, total_cents, deposit_cents, currency, terms, expires_at, created_at, updated_at)
         VALUES (:code, :cabin, :guest, 'pre_reserved', :check_in, :check_out, :guests, :children, :pets, :channel,
                 :quote, :total, :deposit, :currency, :terms, :expires_at, :now, :now)",
        named_params! {
            ":code": new.code.as_str(), ":cabin": new.cabin_id.0, ":guest": new.guest_id.0,
            ":check_in": new.stay.check_in().to_string(), ":check_out": new.stay.check_out().to_string(),
            ":guests": new.party.people(), ":children": ages(&new.party), ":pets": new.party.pets(),
            ":channel": new.channel.code(), ":quote": to_json(new.quote),
            ":total": new.quote.total.minor, ":deposit": new.quote.deposit.minor,
            ":currency": new.quote.total.currency.code(), ":terms": to_json(new.terms),
            ":expires_at": new.expires_at.as_millisecond(), ":now": now,
        },
    )?;
    Ok(ReservationId(id))
}

/// Saves a reservation whose state, dates, people, price, deadline or reason changed. The caller has judged the
/// change; `false` when another change came first. A price that was read by its sums alone stays as stored while
/// it is unchanged.
pub fn save(tx: &mut WriteTx<'_>, reservation: &Reservation) -> Result<bool, StoreError> {
    let now = tx.now().as_millisecond();
    let touched = tx.run(
        "UPDATE reservation SET cabin_id = :cabin, status = :status, check_in = :check_in, check_out = :check_out,
                guests = :guests, children = :children, pets = :pets,
                quote = CASE WHEN :nights OR total_cents <> :total OR deposit_cents <> :deposit THEN :quote ELSE quote END,
                total_cents = :total, deposit_cents = :deposit, terms = :terms,
                expires_at = :expires_at, cancel_reason = :reason, version = version + 1, updated_at = :now
         WHERE id = :id AND version = :version",
        named_params! {
            ":id": reservation.id.0, ":version": reservation.version, ":cabin": reservation.cabin_id.0,
            ":status": reservation.status.code(),
            ":check_in": reservation.stay.check_in().to_string(),
            ":check_out": reservation.stay.check_out().to_string(), ":guests": reservation.party.people(),
            ":children": ages(&reservation.party), ":pets": reservation.party.pets(),
            ":quote": to_json(&reservation.quote), ":nights": reservation.quote.nights().next().is_some(),
            ":total": reservation.quote.total.minor,
            ":deposit": reservation.quote.deposit.minor, ":terms": to_json(&reservation.terms),
            ":expires_at": reservation.expires_at.map(Timestamp::as_millisecond),
            ":reason": reservation.cancel_reason, ":now": now,
        },
    )?;
    Ok(touched > 0)
}

/// Lapsed holds, the earliest expiry first.
pub fn lapsed(tx: &impl Read, limit: u32) -> Result<Vec<ReservationId>, StoreError> {
    all(
        tx,
        "SELECT id FROM reservation WHERE status = 'pre_reserved' AND expires_at <= ?1
         ORDER BY expires_at LIMIT ?2",
        params![tx.now().as_millisecond(), limit],
        |row| Ok(ReservationId(row.get(0)?)),
    )
}

/// When the next hold runs out.
pub fn next_expiry(tx: &impl Read) -> Result<Option<Timestamp>, StoreError> {
    let found =
        one(tx, "SELECT min(expires_at) AS at FROM reservation WHERE status = 'pre_reserved'", [], |row| {
            instant_or_none(row, "at")
        })?;
    Ok(found.flatten())
}

/// Holds that run out between now and `until`.
pub fn holds_ending(tx: &impl Read, until: Timestamp) -> Result<Vec<Reservation>, StoreError> {
    all(
        tx,
        "SELECT * FROM reservation WHERE status = 'pre_reserved' AND expires_at > ?1 AND expires_at <= ?2
         ORDER BY expires_at",
        params![tx.now().as_millisecond(), until.as_millisecond()],
        reservation,
    )
}

/// Confirmed stays (and checked-in ones) that begin on this day.
pub fn arriving(tx: &impl Read, day: Date) -> Result<Vec<Reservation>, StoreError> {
    all(
        tx,
        "SELECT * FROM reservation WHERE check_in = ?1 AND status IN ('confirmed', 'checked_in') ORDER BY id",
        [day.to_string()],
        reservation,
    )
}

/// Stays that end on this day.
pub fn departing(tx: &impl Read, day: Date) -> Result<Vec<Reservation>, StoreError> {
    all(
        tx,
        "SELECT * FROM reservation WHERE check_out = ?1 AND status IN ('confirmed', 'checked_in', 'checked_out')
         ORDER BY id",
        [day.to_string()],
        reservation,
    )
}

/// Stays in progress between two nights: begun before this day and ending after it.
pub fn inside(tx: &impl Read, day: Date) -> Result<Vec<Reservation>, StoreError> {
    all(
        tx,
        "SELECT * FROM reservation WHERE check_out > ?1 AND check_in < ?1 AND status IN ('confirmed', 'checked_in')
         ORDER BY check_out, id",
        [day.to_string()],
        reservation,
    )
}

/// Confirmed stays that begin on one of these days, the next first.
pub fn arriving_between(tx: &impl Read, from: Date, to: Date) -> Result<Vec<Reservation>, StoreError> {
    all(
        tx,
        "SELECT * FROM reservation WHERE check_in >= ?1 AND check_in < ?2 AND status IN ('confirmed', 'checked_in')
         ORDER BY check_in, id",
        [from.to_string(), to.to_string()],
        reservation,
    )
}

/// A guest's reservations in these states, next arrival first.
pub fn of_guest(tx: &impl Read, guest: GuestId, states: &[Status]) -> Result<Vec<Reservation>, StoreError> {
    let mut found = all(
        tx,
        "SELECT * FROM reservation WHERE guest_id = ?1 ORDER BY check_in, id",
        [guest.0],
        reservation,
    )?;
    found.retain(|reservation| states.contains(&reservation.status));
    Ok(found)
}

/// The number of a guest's unpaid, unexpired holds.
pub fn running_holds(tx: &impl Read, guest: GuestId) -> Result<u16, StoreError> {
    let held = one(
        tx,
        "SELECT count(*) AS held FROM reservation
         WHERE guest_id = ?1 AND status = 'pre_reserved' AND expires_at > ?2",
        params![guest.0, tx.now().as_millisecond()],
        |row| count(row, "held"),
    )?;
    Ok(held.unwrap_or(0))
}

/// Filter of the list; every field is optional.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub status: Option<Status>,
    pub cabin_id: Option<CabinId>,
    /// Leaving after this day.
    pub from: Option<Date>,
    /// Arriving before this day.
    pub to: Option<Date>,
    /// Searched in code, guest's name, number and e-mail.
    pub text: Option<String>,
    /// The number that this text is: it is found in any form.
    pub number: Option<Phone>,
    /// Only stays to come or in progress, the next first; else all, the newest arrival first.
    pub coming: bool,
    pub offset: u32,
    pub limit: u32,
}

/// Whether a cabin has a stay in progress or to come on or after a day.
pub fn has_stays_from(tx: &impl Read, cabin: CabinId, day: Date) -> Result<bool, StoreError> {
    let found = one(
        tx,
        "SELECT 1 FROM reservation WHERE cabin_id = ?1 AND check_out > ?2
           AND (status IN ('confirmed', 'checked_in') OR (status = 'pre_reserved' AND expires_at > ?3)) LIMIT 1",
        params![cabin.0, day.to_string(), tx.now().as_millisecond()],
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}

/// FROM and WHERE of the list: the same for the count and for the page.
macro_rules! matching {
    () => {
        "FROM reservation r JOIN guest g ON g.id = r.guest_id
    WHERE (:status IS NULL OR r.status = :status) AND (:cabin IS NULL OR r.cabin_id = :cabin)
      AND (:from IS NULL OR r.check_out > :from) AND (:to IS NULL OR r.check_in < :to)
      AND (NOT :coming OR r.status IN ('pre_reserved', 'confirmed', 'checked_in'))
      AND (:text IS NULL OR r.code LIKE :text ESCAPE '\\' OR g.name LIKE :text ESCAPE '\\'
           OR g.phone LIKE :text ESCAPE '\\' OR g.phone_key = :key OR g.email LIKE :text ESCAPE '\\')"
    };
}

/// Matching reservations of one page, and the number of all.
pub fn list(tx: &impl Read, filter: &Filter) -> Result<(Vec<Reservation>, u64), StoreError> {
    let pattern = filter.text.as_deref().map(|text| format!("%{}%", super::conversation_list::like(text)));
    let values = named_params! {
        ":status": filter.status.map(Status::code), ":cabin": filter.cabin_id.map(|id| id.0),
        ":from": filter.from.map(|day| day.to_string()), ":to": filter.to.map(|day| day.to_string()),
        ":text": pattern, ":key": filter.number.as_ref().map(Phone::key), ":coming": filter.coming,
    };
    let total = one(tx, concat!("SELECT count(*) ", matching!()), values, |row| Ok(row.get::<_, i64>(0)?))?;
    let page = named_params! {
        ":status": filter.status.map(Status::code), ":cabin": filter.cabin_id.map(|id| id.0),
        ":from": filter.from.map(|day| day.to_string()), ":to": filter.to.map(|day| day.to_string()),
        ":text": pattern, ":key": filter.number.as_ref().map(Phone::key), ":coming": filter.coming, ":limit": filter.limit, ":offset": filter.offset,
    };
    let next_first =
        concat!("SELECT r.* ", matching!(), " ORDER BY r.check_in, r.id LIMIT :limit OFFSET :offset");
    let newest_first = concat!(
        "SELECT r.* ",
        matching!(),
        " ORDER BY r.check_in DESC, r.id DESC LIMIT :limit OFFSET :offset"
    );
    let found = all(tx, if filter.coming { next_first } else { newest_first }, page, reservation)?;
    Ok((found, total.unwrap_or(0).unsigned_abs()))
}

/// The quoted price. Where another version wrote it in a form of its own, the sums in the columns beside it are
/// used.
fn quote(row: &Row<'_>) -> Result<Quote, StoreError> {
    match serde_json::from_str(row.text("quote")?) {
        Ok(quote) => Ok(quote),
        Err(_) => Ok(Quote::of_sums(money(row, "total_cents")?, money(row, "deposit_cents")?)),
    }
}

/// The number of prices in a form that this version can't read.
pub(super) fn unreadable_quotes(tx: &impl Read) -> Result<u64, StoreError> {
    let readable = |row: &Row<'_>| Ok(serde_json::from_str::<Quote>(row.text("quote")?).is_ok());
    let found = all(tx, "SELECT quote FROM reservation", [], readable)?;
    Ok(found.into_iter().filter(|readable| !readable).count() as u64)
}

fn reservation(row: &Row<'_>) -> Result<Reservation, StoreError> {
    let code: String = row.get("code")?;
    Ok(Reservation {
        id: ReservationId(row.get("id")?),
        code: ReservationCode::parse(&code).ok_or_else(|| corrupt("code", &code))?,
        cabin_id: CabinId(row.get("cabin_id")?),
        guest_id: GuestId(row.get("guest_id")?),
        status: word(row, "status", Status::from_code)?,
        stay: stay(row)?,
        party: party(row)?,
        channel: coded(row, "channel")?,
        quote: quote(row)?,
        terms: json(row, "terms")?,
        expires_at: instant_or_none(row, "expires_at")?,
        cancel_reason: row.get("cancel_reason")?,
        version: row.get("version")?,
        created_at: instant(row, "created_at")?,
    })
}
