//! The page behind a payment link: a guest pays or fails to, in every relevant way.

use std::sync::Arc;

use askama::Template;
use rocket::form::{Form, FromForm};
use rocket::{Route, State, get, post, routes};

use super::amount::cents;
use super::payer::{Payment, PaymentOutcome};
use crate::fake_vendors::console::page_answer;
use crate::fake_vendors::response::VendorResponse;
use crate::fake_vendors::world::{Scene, World};

pub(super) fn routes() -> Vec<Route> {
    routes![show, act]
}

/// Content of the page, as text.
#[derive(Template)]
#[template(path = "pay.html", config = "assets/fake_vendors/askama.toml")]
struct Page {
    id: String,
    title: String,
    total: String,
    closed: Option<&'static str>,
    allows_pending: bool,
    allows_review: bool,
    notice: Option<String>,
    went_wrong: bool,
    payments: Vec<Paid>,
    back: Option<String>,
}

struct Paid {
    id: u64,
    amount: String,
    state: &'static str,
    is_undecided: bool,
    is_approved: bool,
}

#[derive(FromForm)]
struct PayForm<'r> {
    action: &'r str,
    payment: Option<u64>,
}

#[get("/pay/<id>")]
fn show(world: &State<Arc<World>>, id: &str) -> VendorResponse {
    render(world, id, None)
}

#[post("/pay/<id>", data = "<wish>")]
fn act(world: &State<Arc<World>>, id: &str, wish: Form<PayForm<'_>>) -> VendorResponse {
    let done = match wish.payment {
        Some(payment) => carry_on(world, payment, wish.action),
        None => pay(world, id, wish.action),
    };
    render(world, id, Some(done))
}

fn pay(world: &World, id: &str, action: &str) -> Result<String, String> {
    let total = world.look(|scene| {
        let preference = scene.ledger.preferences.get(id);
        preference.map_or(0, |preference| preference.total_cents)
    });
    let approve = Payment::of(id, PaymentOutcome::Approve);
    let attempt = match action {
        "less" => Payment { amount_cents: Some(total / 2), ..approve },
        "more" => Payment { amount_cents: Some(total.saturating_add(total / 10)), ..approve },
        "dollars" => Payment { currency: Some("USD".to_owned()), ..approve },
        "late" => Payment { against_rules: true, ..approve },
        "twice" => {
            world.pay(&approve)?;
            approve
        }
        other => Payment::of(id, PaymentOutcome::from_code(other).ok_or("No entendí qué hacer.")?),
    };
    world.pay(&attempt)?;
    Ok(match attempt.outcome {
        PaymentOutcome::Approve => "¡Listo! El pago se acreditó.",
        PaymentOutcome::Reject => "La tarjeta fue rechazada. Podés probar de nuevo.",
        PaymentOutcome::Pending => "Se generó el cupón. Falta pagarlo.",
        PaymentOutcome::Review => "El pago quedó en revisión.",
        PaymentOutcome::Cancel
        | PaymentOutcome::ChargeBack
        | PaymentOutcome::Mediate
        | PaymentOutcome::Reimburse => "Hecho.",
    }
    .to_owned())
}

fn carry_on(world: &World, payment: u64, action: &str) -> Result<String, String> {
    let outcome = PaymentOutcome::from_code(action).ok_or("No entendí qué hacer.")?;
    world.carry_on(payment, outcome)?;
    Ok("Hecho: el pago cambió.".to_owned())
}

fn render(world: &World, id: &str, done: Option<Result<String, String>>) -> VendorResponse {
    let now = world.clock.millis();
    let Some(mut page) = world.look(|scene| page(scene, id, now)) else {
        return page_answer(
            404,
            "<!doctype html><meta charset=utf-8><title>No existe</title><p>No existe ese link de pago.</p>",
        );
    };
    page.went_wrong = matches!(done, Some(Err(_)));
    page.notice = done.map(|done| done.unwrap_or_else(|why| why));
    match page.render() {
        Ok(html) => page_answer(200, html),
        Err(error) => VendorResponse::refusal(500, error.to_string()),
    }
}

fn page(scene: &Scene, id: &str, now: i64) -> Option<Page> {
    let preference = scene.ledger.preferences.get(id)?;
    let payments = scene.ledger.payments.values();
    let back = &preference.body["back_urls"]["success"];
    Some(Page {
        id: preference.id.clone(),
        title: title(&preference.body),
        total: pesos(preference.total_cents),
        closed: preference.payable(now).err(),
        allows_pending: !preference.is_binary() && !preference.excludes("ticket"),
        allows_review: !preference.is_binary(),
        notice: None,
        went_wrong: false,
        payments: payments
            .filter(|payment| payment.preference_id == id)
            .map(|payment| Paid {
                id: payment.id,
                amount: format!("{} {}", payment.currency, pesos(payment.amount_cents)),
                state: in_spanish(payment.status),
                is_undecided: matches!(payment.status, "pending" | "in_process"),
                is_approved: payment.status == "approved",
            })
            .collect(),
        back: back
            .as_str()
            .filter(|url| url.starts_with("http://") || url.starts_with("https://"))
            .map(str::to_owned),
    })
}

fn title(body: &serde_json::Value) -> String {
    let items = body["items"].as_array().map_or(&[][..], Vec::as_slice);
    let titles = items.iter().filter_map(|item| {
        cents(&item["unit_price"])?;
        item["title"].as_str()
    });
    titles.collect::<Vec<_>>().join(" + ")
}

/// `$ 1.234.567,50`, the Argentine format.
fn pesos(cents: i64) -> String {
    let digits = (cents / 100).to_string();
    let mut grouped = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    match cents % 100 {
        0 => format!("$ {grouped}"),
        hundredths => format!("$ {grouped},{hundredths:02}"),
    }
}

fn in_spanish(status: &str) -> &'static str {
    match status {
        "approved" => "acreditado",
        "rejected" => "rechazado",
        "pending" => "cupón sin pagar",
        "in_process" => "en revisión",
        "cancelled" => "cancelado",
        "refunded" => "devuelto",
        "charged_back" => "contracargo",
        "in_mediation" => "en reclamo",
        _ => "otro",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pesos_are_grouped_by_three() {
        assert_eq!(pesos(123_456_750), "$ 1.234.567,50");
        assert_eq!(pesos(6_000_000), "$ 60.000");
        assert_eq!(pesos(99_900), "$ 999");
    }
}
