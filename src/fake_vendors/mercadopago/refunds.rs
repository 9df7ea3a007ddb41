//! Refunds, whole or in part, at most once for each idempotency key.

use serde_json::{Value, json};

use super::amount::cents;
use super::ledger::{Payment, Refund};
use super::notify;
use super::refused::{Answered, Refused};
use super::search::unknown_payment;
use crate::fake_vendors::world::World;

/// `POST /v1/payments/{id}/refunds`.
pub(super) fn refund(world: &World, id: u64, asked: &Value, key: Option<&str>) -> Answered {
    let key = key
        .filter(|key| !key.is_empty())
        .ok_or_else(|| Refused::bad("Header X-Idempotency-Key can't be null").because(4292))?;
    let wanted = match &asked["amount"] {
        Value::Null => None,
        number => Some(cents(number).filter(|wanted| *wanted > 0).ok_or_else(bad_amount)?),
    };
    let now = world.clock.millis();
    world.change(|scene| {
        let known = scene.ledger.refund_keys.get(&(id, key.to_owned()));
        if let Some((asked_then, answer)) = known {
            if *asked_then != wanted {
                return Err(Refused::new(
                    409,
                    "idempotency_error",
                    "The idempotency key was used with another request",
                ));
            }
            return Ok((201, answer.clone()));
        }
        let number = scene.ids.number_in_order();
        let payment = scene.ledger.payments.get_mut(&id).ok_or_else(unknown_payment)?;
        let refund = Refund { id: number, amount_cents: refundable(payment, wanted)?, created_at: now };
        let answer = refund.to_json(id, world.config.collector_id);
        payment.refunds.push(refund);
        if payment.refunded_cents() == payment.amount_cents {
            payment.set("refunded", "refunded", now);
        } else {
            payment.set("approved", "partially_refunded", now);
        }
        let memory = (wanted, answer.clone());
        scene.ledger.refund_keys.insert((id, key.to_owned()), memory);
        notify::payment(world, scene, id, "payment.updated");
        Ok((201, answer))
    })
}

/// `GET /v1/payments/{id}/refunds`.
pub(super) fn list(world: &World, id: u64) -> Answered {
    world.look(|scene| {
        let payment = scene.ledger.payments.get(&id).ok_or_else(unknown_payment)?;
        let collector = world.config.collector_id;
        let refunds = payment.refunds.iter();
        let listed: Vec<Value> = refunds.map(|refund| refund.to_json(id, collector)).collect();
        Ok((200, json!(listed)))
    })
}

fn refundable(payment: &Payment, wanted: Option<i64>) -> Result<i64, Refused> {
    let left = payment.amount_cents - payment.refunded_cents();
    if payment.status != "approved" || left <= 0 {
        return Err(
            Refused::bad("The action requested is not valid for the current payment state").because(2063)
        );
    }
    match wanted {
        Some(wanted) if wanted > left => Err(bad_amount()),
        Some(wanted) => Ok(wanted),
        None => Ok(left),
    }
}

fn bad_amount() -> Refused {
    Refused::bad("Amount must be a positive number not greater than what is left").because(4040)
}
