//! The owner's changes of price rules, and what is said about one that will change no price.

use super::AppContext;
use super::manage_error::{ManageError, invalid};
use crate::domain::audit::{About, Actor, AuditEvent};
use crate::domain::ids::{CabinId, PriceRuleId};
use crate::domain::invalid::{Field, Invalid, Unit};
use crate::domain::pricing::{self, House, PriceRule, Remark, RuleTerms};
use crate::store::{Read, WriteTx, audit, cabins, price_rules, settings};

/// More rules than any house needs: each is read for every price.
const PRICE_RULES_MAX: usize = 200;

/// Adds a rule.
pub fn add(tx: &mut WriteTx<'_>, terms: &RuleTerms, actor: &Actor) -> Result<PriceRule, ManageError> {
    check(tx, terms, None)?;
    if price_rules::list(tx)?.len() >= PRICE_RULES_MAX {
        return Err(invalid(
            Field::Kind,
            Invalid::AtMost { high: PRICE_RULES_MAX as u64, unit: Unit::Rules },
        ));
    }
    let id = price_rules::insert(tx, terms)?;
    note(tx, actor, AuditEvent::PriceRuleAdded, id)?;
    existing(tx, id)
}

/// Changes a rule. What was sold keeps its price.
pub fn change(
    tx: &mut WriteTx<'_>,
    id: PriceRuleId,
    terms: &RuleTerms,
    actor: &Actor,
) -> Result<PriceRule, ManageError> {
    existing(tx, id)?;
    check(tx, terms, Some(id))?;
    price_rules::update(tx, id, terms)?;
    note(tx, actor, AuditEvent::PriceRuleChanged, id)?;
    existing(tx, id)
}

pub fn remove(tx: &mut WriteTx<'_>, id: PriceRuleId, actor: &Actor) -> Result<(), ManageError> {
    if !price_rules::delete(tx, id)? {
        return Err(ManageError::NotFound("price rule"));
    }
    note(tx, actor, AuditEvent::PriceRuleRemoved, id)
}

/// Takes a removed cabin out of the rules; one that was for it alone goes with it.
pub(super) fn forget_cabin(tx: &mut WriteTx<'_>, cabin: CabinId) -> Result<(), ManageError> {
    for rule in price_rules::list(tx)? {
        let Some(cabins) = rule.cabin_ids.as_ref().filter(|cabins| cabins.contains(&cabin)) else { continue };
        let left: Vec<CabinId> = cabins.iter().copied().filter(|id| *id != cabin).collect();
        if left.is_empty() {
            price_rules::delete(tx, rule.id)?;
        } else {
            price_rules::update(tx, rule.id, &RuleTerms { cabin_ids: Some(left), ..rule.terms().clone() })?;
        }
    }
    Ok(())
}

/// Every rule with what is to be said about it.
pub fn with_remarks(
    tx: &impl Read,
    context: &AppContext,
) -> Result<Vec<(PriceRule, Vec<Remark>)>, ManageError> {
    let (settings, _) = settings::load(tx)?;
    let (cabins, all) = (cabins::list(tx)?, price_rules::list(tx)?);
    let house = House {
        cabins: &cabins,
        nights_max: settings.max_nights,
        horizon_days: settings.horizon_days,
        today: context.moment(tx).today(),
    };
    Ok(all.iter().map(|rule| (rule.clone(), pricing::remarks(rule, &all, &house))).collect())
}

/// What is to be said about a rule.
pub fn remarks(tx: &impl Read, context: &AppContext, rule: &PriceRule) -> Result<Vec<Remark>, ManageError> {
    let all = with_remarks(tx, context)?.into_iter();
    Ok(all.filter(|(other, _)| other.id == rule.id).flat_map(|(_, remarks)| remarks).collect())
}

fn check(tx: &impl Read, terms: &RuleTerms, id: Option<PriceRuleId>) -> Result<(), ManageError> {
    let refused = |(field, why)| invalid(field, why);
    terms.check().map_err(refused)?;
    if let Some(named) = &terms.cabin_ids {
        if named.is_empty() {
            return Err(invalid(Field::CabinIds, Invalid::Empty));
        }
        let known = cabins::list(tx)?;
        if named.iter().any(|id| !known.iter().any(|cabin| cabin.id == *id)) {
            return Err(invalid(Field::CabinIds, Invalid::UnknownCabin));
        }
    }
    pricing::promo_code_clash(terms, id, &price_rules::list(tx)?).map_err(refused)
}

fn existing(tx: &impl Read, id: PriceRuleId) -> Result<PriceRule, ManageError> {
    price_rules::find(tx, id)?.ok_or(ManageError::NotFound("price rule"))
}

fn note(tx: &mut WriteTx<'_>, actor: &Actor, event: AuditEvent, id: PriceRuleId) -> Result<(), ManageError> {
    audit::note(tx, actor, event, None, About::PriceRule { price_rule: id })?;
    Ok(())
}
