//! Reading payments: one, a search, or those of a merchant order.

use rocket::form::FromForm;
use serde_json::{Value, json};

use super::amount::amount;
use super::ledger::{Payment, order_number};
use super::refused::{Answered, Refused};
use crate::fake_vendors::clock::parse_instant;
use crate::fake_vendors::world::World;

/// Default page size.
const LIMIT_DEFAULT: usize = 30;
/// Largest page.
const LIMIT_MAX: usize = 50;
/// Largest offset.
const OFFSET_MAX: usize = 10_000;

#[derive(Debug, Default, FromForm)]
pub(super) struct Query {
    external_reference: Option<String>,
    status: Option<String>,
    range: Option<String>,
    begin_date: Option<String>,
    end_date: Option<String>,
    sort: Option<String>,
    criteria: Option<String>,
    limit: Option<usize>,
    offset: Option<usize>,
}

/// `GET /v1/payments/{id}`.
pub(super) fn show(world: &World, id: u64) -> Answered {
    let now = world.clock.millis();
    world.look(|scene| {
        let hidden_for = scene.ledger.behaviour.found_after_ms;
        let payment = scene.ledger.payments.get(&id);
        let found = payment.filter(|payment| now - payment.created_at >= hidden_for);
        found.map(|payment| (200, payment.to_json(world.config.collector_id))).ok_or_else(unknown_payment)
    })
}

/// `GET /v1/payments/search`.
pub(super) fn search(world: &World, query: &Query) -> Answered {
    let now = world.clock.millis();
    let limit = query.limit.unwrap_or(LIMIT_DEFAULT);
    let offset = query.offset.unwrap_or(0);
    if limit > LIMIT_MAX || offset > OFFSET_MAX {
        return Err(Refused::bad("Invalid value for limit or offset"));
    }
    let begin = date_limit(query.begin_date.as_deref(), now)?;
    let end = date_limit(query.end_date.as_deref(), now)?;
    let range = query.range.as_deref().unwrap_or("date_created");
    world.look(|scene| {
        let hidden_for = scene.ledger.behaviour.found_after_ms;
        let mut found: Vec<&Payment> = scene
            .ledger
            .payments
            .values()
            .filter(|payment| now - payment.created_at >= hidden_for)
            .filter(|payment| matches(payment, query))
            .filter(|payment| {
                date_of(payment, range).is_some_and(|at| {
                    begin.is_none_or(|begin| at >= begin) && end.is_none_or(|end| at <= end)
                })
            })
            .collect();
        let sort = query.sort.as_deref().unwrap_or("date_created");
        found.sort_by_key(|payment| (date_of(payment, sort), payment.id));
        if query.criteria.as_deref() == Some("desc") {
            found.reverse();
        }
        let total = found.len();
        let results: Vec<Value> = found
            .into_iter()
            .skip(offset)
            .take(limit)
            .map(|payment| payment.to_json(world.config.collector_id))
            .collect();
        let paging = json!({"total": total, "limit": limit, "offset": offset});
        Ok((200, json!({"paging": paging, "results": results})))
    })
}

/// `GET /merchant_orders/{id}`.
pub(super) fn merchant_order(world: &World, id: u64) -> Answered {
    world.look(|scene| {
        let preference = scene
            .ledger
            .preferences
            .values()
            .find(|preference| order_number(&preference.id) == id)
            .ok_or_else(|| Refused::new(404, "not_found", "merchant order not found"))?;
        let payments: Vec<&Payment> =
            scene.ledger.payments.values().filter(|payment| payment.preference_id == preference.id).collect();
        let approved = payments.iter().filter(|payment| payment.status == "approved");
        let paid: i64 = approved.map(|payment| payment.amount_cents).sum();
        let refunded: i64 = payments.iter().map(|payment| payment.refunded_cents()).sum();
        let is_paid = paid >= preference.total_cents;
        let listed: Vec<Value> = payments
            .iter()
            .map(|payment| {
                json!({
                    "id": payment.id,
                    "transaction_amount": amount(payment.amount_cents),
                    "currency_id": payment.currency,
                    "status": payment.status,
                    "status_detail": payment.status_detail,
                    "amount_refunded": amount(payment.refunded_cents()),
                })
            })
            .collect();
        Ok((
            200,
            json!({
                "id": id,
                "status": if is_paid { "closed" } else { "opened" },
                "order_status": if is_paid { "paid" } else { "payment_required" },
                "preference_id": preference.id,
                "external_reference": preference.body["external_reference"],
                "payments": listed,
                "paid_amount": amount(paid),
                "refunded_amount": amount(refunded),
                "total_amount": amount(preference.total_cents),
                "site_id": "MLA",
            }),
        ))
    })
}

/// The refusal for an unknown payment.
pub(super) fn unknown_payment() -> Refused {
    Refused::new(404, "not_found", "Payment not found").because(2000)
}

fn matches(payment: &Payment, query: &Query) -> bool {
    let reference_agrees =
        query.external_reference.as_ref().is_none_or(|asked| payment.external_reference == asked.as_str());
    let status_agrees = query.status.as_ref().is_none_or(|asked| payment.status == asked);
    reference_agrees && status_agrees
}

fn date_of(payment: &Payment, name: &str) -> Option<i64> {
    match name {
        "date_approved" => payment.approved_at,
        "date_last_updated" => Some(payment.updated_at),
        _ => Some(payment.created_at),
    }
}

/// An instant, `NOW`, or `NOW-2HOURS` and its like.
fn date_limit(text: Option<&str>, now: i64) -> Result<Option<i64>, Refused> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let read = match text.strip_prefix("NOW") {
        None => parse_instant(text),
        Some("") => Some(now),
        Some(shift) => before_now(shift).map(|ms| now - ms),
    };
    read.map(Some).ok_or_else(|| Refused::bad("Invalid date parameter").because(2))
}

fn before_now(shift: &str) -> Option<i64> {
    let shift = shift.strip_prefix('-')?;
    let digits = shift.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = shift.split_at(digits);
    let unit_ms = match unit.trim_end_matches('S') {
        "MINUTE" => 60_000,
        "HOUR" => 3_600_000,
        "DAY" => 86_400_000,
        "MONTH" => 30 * 86_400_000,
        _ => return None,
    };
    number.parse::<i64>().ok()?.checked_mul(unit_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_limits_are_read_as_documented() {
        let now = 1_790_000_000_000;
        let read = |text| date_limit(Some(text), now).expect("a date");
        assert_eq!(read("NOW"), Some(now));
        assert_eq!(read("NOW-2HOURS"), Some(now - 7_200_000));
        assert_eq!(read("NOW-1DAY"), Some(now - 86_400_000));
        assert_eq!(read("2026-09-21T10:13:20.000-04:00"), Some(now));
        assert!(date_limit(Some("ayer"), now).is_err());
        assert!(date_limit(Some("NOW-HOURS"), now).is_err());
    }
}
