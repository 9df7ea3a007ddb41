//! Cabins, their seasons, and the nights the owner closed.

use super::codec::{count, date, json, json_or_none, money, to_json};
use super::error::corrupt;
use super::nights::{self, Holder};
use super::row::Row;
use super::tx::{all, one};
use super::{Read, StoreError, WriteTx};
use crate::domain::cabin::{Cabin, Season};
use crate::domain::ids::{BlockId, CabinId, SeasonId};
use crate::domain::money::{Money, Multiplier};
use crate::domain::stay::Stay;
use crate::domain::week::Weekdays;
use jiff::civil::Date;
use rusqlite::{named_params, params};

/// Every cabin that was not deleted, in the order in which they were made.
pub fn list(tx: &impl Read) -> Result<Vec<Cabin>, StoreError> {
    all(tx, "SELECT * FROM cabin WHERE deleted_at IS NULL ORDER BY id", [], cabin)
}

/// One cabin that was not deleted.
pub fn find(tx: &impl Read, id: CabinId) -> Result<Option<Cabin>, StoreError> {
    one(tx, "SELECT * FROM cabin WHERE id = ?1 AND deleted_at IS NULL", [id.0], cabin)
}

/// A cabin's name, also when it was deleted since.
pub fn name(tx: &impl Read, id: CabinId) -> Result<Option<String>, StoreError> {
    one(tx, "SELECT name FROM cabin WHERE id = ?1", [id.0], |row| Ok(row.get(0)?))
}

/// Adds a cabin; the id in `cabin` is ignored.
pub fn insert(tx: &mut WriteTx<'_>, cabin: &Cabin) -> Result<CabinId, StoreError> {
    let now = tx.now().as_millisecond();
    let id = tx.insert(
        "INSERT INTO cabin (name, capacity, base_price_cents, currency, weekend_permille, min_nights, babies_max,
                            pets_max, description, amenities, photos, location, policies, active, created_at, updated_at)
         VALUES (:name, :capacity, :price, :currency, :weekend, :min_nights, :babies_max, :pets_max, :description,
                 :amenities, :photos, :location, :policies, :active, :now, :now)",
        named_params! {
            ":name": cabin.name, ":capacity": cabin.capacity, ":price": cabin.base_price.minor,
            ":currency": cabin.base_price.currency.code(), ":weekend": cabin.weekend_multiplier.permille(),
            ":min_nights": cabin.min_nights, ":babies_max": cabin.babies_max, ":pets_max": cabin.pets_max,
            ":description": cabin.description, ":amenities": to_json(&cabin.amenities), ":photos": to_json(&cabin.photos),
            ":location": cabin.location, ":policies": cabin.policies, ":active": cabin.active, ":now": now,
        },
    )?;
    Ok(CabinId(id))
}

/// Replaces a cabin's fields; `false` when there is no such cabin.
pub fn update(tx: &mut WriteTx<'_>, cabin: &Cabin) -> Result<bool, StoreError> {
    let now = tx.now().as_millisecond();
    let touched = tx.run(
        "UPDATE cabin SET name = :name, capacity = :capacity, base_price_cents = :price, currency = :currency,
                weekend_permille = :weekend, min_nights = :min_nights, babies_max = :babies_max, pets_max = :pets_max,
                description = :description,
                amenities = :amenities, photos = :photos, location = :location, policies = :policies,
                active = :active, updated_at = :now
         WHERE id = :id AND deleted_at IS NULL",
        named_params! {
            ":id": cabin.id.0, ":name": cabin.name, ":capacity": cabin.capacity,
            ":price": cabin.base_price.minor, ":currency": cabin.base_price.currency.code(),
            ":weekend": cabin.weekend_multiplier.permille(), ":min_nights": cabin.min_nights,
            ":babies_max": cabin.babies_max, ":pets_max": cabin.pets_max, ":description": cabin.description, ":amenities": to_json(&cabin.amenities),
            ":photos": to_json(&cabin.photos), ":location": cabin.location, ":policies": cabin.policies,
            ":active": cabin.active, ":now": now,
        },
    )?;
    Ok(touched > 0)
}

/// Sets the base price and nothing else.
pub fn set_base_price(tx: &mut WriteTx<'_>, id: CabinId, price: Money) -> Result<(), StoreError> {
    tx.run("UPDATE cabin SET base_price_cents = ?2 WHERE id = ?1", params![id.0, price.minor])?;
    Ok(())
}

/// Marks a cabin deleted; its past stays keep naming it. `false` when there is no such cabin.
pub fn delete(tx: &mut WriteTx<'_>, id: CabinId) -> Result<bool, StoreError> {
    let now = tx.now().as_millisecond();
    let sql = "UPDATE cabin SET deleted_at = ?2, active = 0 WHERE id = ?1 AND deleted_at IS NULL";
    Ok(tx.run(sql, params![id.0, now])? > 0)
}

/// Seasons of a cabin that cover any day of `from..to`.
pub fn seasons(tx: &impl Read, cabin: CabinId, from: Date, to: Date) -> Result<Vec<Season>, StoreError> {
    all(
        tx,
        "SELECT * FROM season WHERE cabin_id = ?1 AND to_day > ?2 AND from_day < ?3 ORDER BY from_day, id",
        params![cabin.0, from.to_string(), to.to_string()],
        season,
    )
}

/// Every season of a cabin, past ones too.
pub fn all_seasons(tx: &impl Read, cabin: CabinId) -> Result<Vec<Season>, StoreError> {
    all(tx, "SELECT * FROM season WHERE cabin_id = ?1 ORDER BY from_day, id", [cabin.0], season)
}

/// Adds a season; the id in `season` is ignored.
pub fn insert_season(tx: &mut WriteTx<'_>, season: &Season) -> Result<SeasonId, StoreError> {
    let now = tx.now().as_millisecond();
    let id = tx.insert(
        "INSERT INTO season (cabin_id, name, from_day, to_day, price_cents, currency, weekend_permille,
                             min_nights, arrival_days, created_at, departure_days, deposit, gap)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        params![
            season.cabin_id.0,
            season.name,
            season.from.to_string(),
            season.to.to_string(),
            season.price.minor,
            season.price.currency.code(),
            season.weekend_multiplier.map(Multiplier::permille),
            season.min_nights,
            season.arrival_days.bits(),
            now,
            season.departure_days.bits(),
            season.deposit.as_ref().map(to_json),
            season.gap.as_ref().map(to_json),
        ],
    )?;
    Ok(SeasonId(id))
}

pub fn find_season(tx: &impl Read, id: SeasonId) -> Result<Option<Season>, StoreError> {
    one(tx, "SELECT * FROM season WHERE id = ?1", [id.0], season)
}

/// Replaces a season's fields but its cabin; `false` when there is no such season.
pub fn update_season(tx: &mut WriteTx<'_>, season: &Season) -> Result<bool, StoreError> {
    let touched = tx.run(
        "UPDATE season SET name = ?2, from_day = ?3, to_day = ?4, price_cents = ?5, currency = ?6,
                weekend_permille = ?7, min_nights = ?8, arrival_days = ?9, departure_days = ?11, deposit = ?12, gap = ?13
         WHERE id = ?1 AND cabin_id = ?10",
        params![
            season.id.0,
            season.name,
            season.from.to_string(),
            season.to.to_string(),
            season.price.minor,
            season.price.currency.code(),
            season.weekend_multiplier.map(Multiplier::permille),
            season.min_nights,
            season.arrival_days.bits(),
            season.cabin_id.0,
            season.departure_days.bits(),
            season.deposit.as_ref().map(to_json),
            season.gap.as_ref().map(to_json),
        ],
    )?;
    Ok(touched > 0)
}

/// Removes a season; reservations keep the price they were given. `false` when there is none.
pub fn delete_season(tx: &mut WriteTx<'_>, cabin: CabinId, id: SeasonId) -> Result<bool, StoreError> {
    Ok(tx.run("DELETE FROM season WHERE id = ?1 AND cabin_id = ?2", [id.0, cabin.0])? > 0)
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub id: BlockId,
    pub cabin_id: CabinId,
    pub stay: Stay,
    pub reason: String,
}

/// Blocks of a cabin that end after `from`.
pub fn blocks(tx: &impl Read, cabin: CabinId, from: Date) -> Result<Vec<Block>, StoreError> {
    all(
        tx,
        "SELECT id, cabin_id, from_day AS check_in, to_day AS check_out, reason
         FROM block WHERE cabin_id = ?1 AND to_day > ?2 ORDER BY from_day, id",
        params![cabin.0, from.to_string()],
        |row| {
            Ok(Block {
                id: BlockId(row.get("id")?),
                cabin_id: CabinId(row.get("cabin_id")?),
                stay: super::codec::stay(row)?,
                reason: row.get("reason")?,
            })
        },
    )
}

/// Closes nights. [`nights::Taken`] when one of them is not free; the caller must then undo the transaction.
pub fn insert_block(
    tx: &mut WriteTx<'_>,
    cabin: CabinId,
    stay: Stay,
    reason: &str,
) -> Result<Result<BlockId, nights::Taken>, StoreError> {
    let now = tx.now().as_millisecond();
    let id = tx.insert(
        "INSERT INTO block (cabin_id, from_day, to_day, reason, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![cabin.0, stay.check_in().to_string(), stay.check_out().to_string(), reason, now],
    )?;
    let id = BlockId(id);
    Ok(nights::take(tx, cabin, stay, Holder::Block(id))?.map(|()| id))
}

/// Opens closed nights again; `false` when there is no such block.
pub fn delete_block(tx: &mut WriteTx<'_>, cabin: CabinId, id: BlockId) -> Result<bool, StoreError> {
    tx.run("DELETE FROM night WHERE block_id = ?1 AND cabin_id = ?2", [id.0, cabin.0])?;
    Ok(tx.run("DELETE FROM block WHERE id = ?1 AND cabin_id = ?2", [id.0, cabin.0])? > 0)
}

pub fn cabin_of_season(tx: &impl Read, id: SeasonId) -> Result<Option<CabinId>, StoreError> {
    one(tx, "SELECT cabin_id FROM season WHERE id = ?1", [id.0], |row| Ok(CabinId(row.get(0)?)))
}

/// The cabin of closed nights.
pub fn cabin_of_block(tx: &impl Read, id: BlockId) -> Result<Option<CabinId>, StoreError> {
    one(tx, "SELECT cabin_id FROM block WHERE id = ?1", [id.0], |row| Ok(CabinId(row.get(0)?)))
}

fn cabin(row: &Row<'_>) -> Result<Cabin, StoreError> {
    Ok(Cabin {
        id: CabinId(row.get("id")?),
        name: row.get("name")?,
        capacity: count(row, "capacity")?,
        base_price: money(row, "base_price_cents")?,
        weekend_multiplier: multiplier(count(row, "weekend_permille")?)?,
        min_nights: row.get("min_nights")?,
        babies_max: count(row, "babies_max")?,
        pets_max: row.get("pets_max")?,
        description: row.get("description")?,
        amenities: json(row, "amenities")?,
        photos: json(row, "photos")?,
        location: row.get("location")?,
        policies: row.get("policies")?,
        active: row.get("active")?,
    })
}

pub(super) fn season(row: &Row<'_>) -> Result<Season, StoreError> {
    let weekend: Option<u16> = row.get("weekend_permille")?;
    let days = |column| {
        let bits: u8 = row.get(column)?;
        Weekdays::from_bits(bits).ok_or_else(|| corrupt(column, &bits.to_string()))
    };
    Ok(Season {
        id: SeasonId(row.get("id")?),
        cabin_id: CabinId(row.get("cabin_id")?),
        name: row.get("name")?,
        from: date(row, "from_day")?,
        to: date(row, "to_day")?,
        price: money(row, "price_cents")?,
        weekend_multiplier: weekend.map(multiplier).transpose()?,
        min_nights: row.get("min_nights")?,
        arrival_days: days("arrival_days")?,
        departure_days: days("departure_days")?,
        deposit: json_or_none(row, "deposit")?,
        gap: json_or_none(row, "gap")?,
    })
}

fn multiplier(permille: u16) -> Result<Multiplier, StoreError> {
    Multiplier::from_permille(permille).ok_or_else(|| corrupt("weekend_permille", &permille.to_string()))
}
