//! Actions of a payer, a bank or a seller on a payment.

use serde_json::{Value, json};

use super::ledger::{self, Ledger};
use super::notify;
use super::refused::{Answered, Refused};
use super::search::unknown_payment;
use crate::fake_vendors::world::World;

/// Result of an attempt to pay, or a later change of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentOutcome {
    Approve,
    /// The card is refused; the same preference may be tried again.
    Reject,
    /// A voucher is printed and not yet paid.
    Pending,
    /// The payment is under review.
    Review,
    /// The payer cancelled it, or the voucher expired.
    Cancel,
    /// The payer disputes it and the bank took the money back.
    ChargeBack,
    /// The payer complains; the money is frozen.
    Mediate,
    /// A dispute that was decided for the seller.
    Reimburse,
}

/// An attempt to pay a preference.
#[derive(Debug, Clone)]
pub struct Payment {
    pub preference_id: String,
    pub outcome: PaymentOutcome,
    pub amount_cents: Option<i64>,
    pub currency: Option<String>,
    /// Replaces the checkout's reference: null when the service lost it.
    pub reference: Option<Value>,
    /// Pays although the preference has expired or excludes such a payment: late money.
    pub against_rules: bool,
}

impl Payment {
    /// A regular payment of the requested amount.
    pub fn of(preference_id: &str, outcome: PaymentOutcome) -> Self {
        Self {
            preference_id: preference_id.to_owned(),
            outcome,
            amount_cents: None,
            currency: None,
            reference: None,
            against_rules: false,
        }
    }
}

impl PaymentOutcome {
    /// The word used on the control API and the pay page.
    pub fn code(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Reject => "reject",
            Self::Pending => "pending",
            Self::Review => "in_process",
            Self::Cancel => "cancel",
            Self::ChargeBack => "charge_back",
            Self::Mediate => "mediate",
            Self::Reimburse => "reimburse",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [
            Self::Approve,
            Self::Reject,
            Self::Pending,
            Self::Review,
            Self::Cancel,
            Self::ChargeBack,
            Self::Mediate,
            Self::Reimburse,
        ]
        .into_iter()
        .find(|outcome| outcome.code() == code)
    }

    fn status(self) -> (&'static str, &'static str) {
        match self {
            Self::Approve => ("approved", "accredited"),
            Self::Reject => ("rejected", "cc_rejected_insufficient_amount"),
            Self::Pending => ("pending", "pending_waiting_payment"),
            Self::Review => ("in_process", "pending_review_manual"),
            Self::Cancel => ("cancelled", "by_payer"),
            Self::ChargeBack => ("charged_back", "in_process"),
            Self::Mediate => ("in_mediation", "pending"),
            Self::Reimburse => ("charged_back", "reimbursed"),
        }
    }

    fn method(self) -> (&'static str, &'static str) {
        match self {
            Self::Pending => ("rapipago", "ticket"),
            Self::Approve
            | Self::Reject
            | Self::Review
            | Self::Cancel
            | Self::ChargeBack
            | Self::Mediate
            | Self::Reimburse => ("visa", "credit_card"),
        }
    }
}

impl World {
    /// Pays a preference; returns the payment's number, or the error shown to the payer.
    pub fn pay(&self, attempt: &Payment) -> Result<u64, String> {
        let now = self.clock.millis();
        self.change(|scene| {
            let id = scene.ids.number_in_order();
            let payment = attempted(&scene.ledger, attempt, id, now)?;
            scene.ledger.payments.insert(id, payment);
            notify::payment(self, scene, id, "payment.created");
            Ok(id)
        })
    }

    /// Changes a payment: a pending one is paid or cancelled, an approved one disputed.
    pub fn carry_on(&self, id: u64, outcome: PaymentOutcome) -> Result<(), String> {
        let now = self.clock.millis();
        self.change(|scene| {
            let payment = scene.ledger.payments.get_mut(&id).ok_or("No existe ese pago.")?;
            let undecided = matches!(payment.status, "pending" | "in_process" | "authorized");
            let disputed = matches!(payment.status, "in_mediation" | "charged_back");
            let allowed = match outcome {
                PaymentOutcome::Approve => undecided || disputed,
                PaymentOutcome::Reject | PaymentOutcome::Cancel => undecided,
                PaymentOutcome::ChargeBack | PaymentOutcome::Mediate => {
                    payment.status == "approved" || disputed
                }
                PaymentOutcome::Reimburse => disputed,
                PaymentOutcome::Pending | PaymentOutcome::Review => false,
            };
            if !allowed {
                return Err(format!("Un pago {} no admite eso.", payment.status));
            }
            let (status, detail) = outcome.status();
            payment.set(status, detail, now);
            notify::payment(self, scene, id, "payment.updated");
            if outcome == PaymentOutcome::ChargeBack {
                notify::chargeback(self, scene, id);
            }
            Ok(())
        })
    }

    /// Repeats the notifications of a payment.
    pub fn notify_again(&self, id: u64) {
        self.change(|scene| notify::payment(self, scene, id, "payment.updated"));
    }
}

/// `PUT /v1/payments/{id}`: the seller cancels a pending payment.
pub(super) fn cancel_by_seller(world: &World, id: u64, asked: &Value) -> Answered {
    if asked["status"] != "cancelled" {
        return Err(Refused::bad("Invalid status"));
    }
    let now = world.clock.millis();
    world.change(|scene| {
        let payment = scene.ledger.payments.get_mut(&id).ok_or_else(unknown_payment)?;
        if !matches!(payment.status, "pending" | "in_process" | "authorized") {
            return Err(
                Refused::bad("The action requested is not valid for the current payment state").because(2063)
            );
        }
        payment.set("cancelled", "by_collector", now);
        let body = payment.to_json(world.config.collector_id);
        notify::payment(world, scene, id, "payment.updated");
        Ok((200, body))
    })
}

fn attempted(ledger: &Ledger, attempt: &Payment, id: u64, now: i64) -> Result<ledger::Payment, String> {
    let preference = ledger.preferences.get(&attempt.preference_id).ok_or("No existe ese link de pago.")?;
    let (method, method_type) = attempt.outcome.method();
    if !attempt.against_rules {
        preference.payable(now)?;
        let undecided = matches!(attempt.outcome, PaymentOutcome::Pending | PaymentOutcome::Review);
        if undecided && preference.is_binary() {
            return Err("Este link sólo acepta pagos inmediatos.".to_owned());
        }
        if preference.excludes(method_type) {
            return Err("El vendedor no acepta ese medio de pago.".to_owned());
        }
    }
    let (status, status_detail) = attempt.outcome.status();
    // A payment with a reference of another business comes from no checkout of this seller's.
    let foreign = attempt.reference.as_ref().is_some_and(|reference| !reference.is_null());
    let reference = attempt.reference.as_ref().unwrap_or(&preference.body["external_reference"]);
    Ok(ledger::Payment {
        id,
        preference_id: preference.id.clone(),
        status,
        status_detail,
        amount_cents: attempt.amount_cents.unwrap_or(preference.total_cents),
        currency: attempt.currency.clone().unwrap_or_else(|| "ARS".to_owned()),
        external_reference: if reference == "" { json!(null) } else { reference.clone() },
        description: preference.body["items"][0]["title"].as_str().unwrap_or_default().to_owned(),
        metadata: if foreign { json!({}) } else { preference.body["metadata"].clone() },
        method,
        method_type,
        created_at: now,
        approved_at: (status == "approved").then_some(now),
        updated_at: now,
        refunds: Vec::new(),
    })
}
