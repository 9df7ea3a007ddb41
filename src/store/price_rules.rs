//! The owner's price rules.

use super::codec::{json, to_json};
use super::error::corrupt;
use super::row::Row;
use super::tx::{all, one};
use super::{Read, StoreError, WriteTx};
use crate::domain::ids::{PriceRuleId, ReservationId};
use crate::domain::pricing::{PriceRule, PromoCode, RuleTerms};
use rusqlite::params;

/// Every rule, the oldest first.
pub fn list(tx: &impl Read) -> Result<Vec<PriceRule>, StoreError> {
    list_but_for(tx, ReservationId(0))
}

/// As [`list`], for a reservation that is priced anew: its own use of a promo code does not count.
pub fn list_but_for(tx: &impl Read, sold: ReservationId) -> Result<Vec<PriceRule>, StoreError> {
    all(tx, "SELECT id, terms FROM price_rule ORDER BY id", [], |row| rule(tx, row, sold))
}

pub fn find(tx: &impl Read, id: PriceRuleId) -> Result<Option<PriceRule>, StoreError> {
    one(tx, "SELECT id, terms FROM price_rule WHERE id = ?1", [id.0], |row| rule(tx, row, ReservationId(0)))
}

pub fn insert(tx: &mut WriteTx<'_>, terms: &RuleTerms) -> Result<PriceRuleId, StoreError> {
    let now = tx.now().as_millisecond();
    let sql = "INSERT INTO price_rule (terms, created_at, updated_at) VALUES (?1, ?2, ?2)";
    Ok(PriceRuleId(tx.insert(sql, params![to_json(terms), now])?))
}

/// `false` when there is no such rule.
pub fn update(tx: &mut WriteTx<'_>, id: PriceRuleId, terms: &RuleTerms) -> Result<bool, StoreError> {
    let now = tx.now().as_millisecond();
    let sql = "UPDATE price_rule SET terms = ?2, updated_at = ?3 WHERE id = ?1";
    Ok(tx.run(sql, params![id.0, to_json(terms), now])? > 0)
}

/// Removes a rule; what was sold with it keeps its lines. `false` when there is none.
pub fn delete(tx: &mut WriteTx<'_>, id: PriceRuleId) -> Result<bool, StoreError> {
    Ok(tx.run("DELETE FROM price_rule WHERE id = ?1", [id.0])? > 0)
}

fn rule(tx: &impl Read, row: &Row<'_>, sold: ReservationId) -> Result<PriceRule, StoreError> {
    let terms: RuleTerms = json(row, "terms")?;
    // Uses are counted only where they are limited: that is the one place that asks.
    let counted = terms.promo_code.as_ref().filter(|_| terms.uses_max.is_some());
    let used = counted.map_or(Ok(0), |code| uses(tx, code, sold))?;
    let id = PriceRuleId(row.get("id")?);
    PriceRule::new(id, terms, used).map_err(|(field, _)| corrupt("terms", field.code()))
}

/// How many reservations that stand, but for one, were sold with a promo code.
fn uses(tx: &impl Read, code: &PromoCode, but_for: ReservationId) -> Result<u32, StoreError> {
    let found = one(
        tx,
        "SELECT count(*) FROM reservation
         WHERE json_extract(terms, '$.promo_code') = ?1 AND id <> ?2 AND status NOT IN ('cancelled', 'expired')
           AND NOT (status = 'pre_reserved' AND expires_at <= ?3)",
        params![code.as_str(), but_for.0, tx.now().as_millisecond()],
        |row| Ok(row.get(0)?),
    )?;
    Ok(found.unwrap_or(0))
}
