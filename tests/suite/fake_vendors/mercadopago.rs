//! The simulated Mercado Pago.

use casero::fake_vendors::mercadopago::{Payment, PaymentOutcome};
use data_encoding::HEXLOWER;
use ring::hmac;
use serde_json::{Value, json};

use super::Stage;

const TOKEN: (&str, &str) = ("Authorization", "Bearer SIM-mercadopago-token");
const KEY: (&str, &str) = ("X-Idempotency-Key", "key-1");

impl Stage {
    fn preference(&self, extra: &Value) -> Value {
        let mut asked = json!({
            "items": [{"title": "Seña", "quantity": 1, "currency_id": "ARS", "unit_price": 60000.5}],
            "external_reference": "intento-7",
            "notification_url": "https://casa.example/webhooks/mercadopago?source_news=webhooks",
        });
        for (name, value) in extra.as_object().into_iter().flatten() {
            asked[name.as_str()] = value.clone();
        }
        let (status, made) = self.ask("POST", "/checkout/preferences", &[TOKEN, KEY], &asked.to_string());
        assert_eq!(status, 201, "{made}");
        made
    }

    fn paid(&self, preference: &Value, outcome: PaymentOutcome) -> u64 {
        let id = preference["id"].as_str().expect("an id");
        self.vendors.world().pay(&Payment::of(id, outcome)).expect("payable")
    }

    fn payment(&self, id: u64) -> Value {
        self.ask("GET", &format!("/v1/payments/{id}"), &[TOKEN], "").1
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approved_payment_is_announced_signed_and_can_be_fetched() {
    let stage = Stage::new().await;
    let preference = stage.preference(&json!({}));
    let id = stage.paid(&preference, PaymentOutcome::Approve);
    stage.quiet().await;
    let heard = stage.listener.heard();
    assert_eq!(heard.len(), 1, "no legacy notice when only webhooks are wanted");
    let expected = format!("/webhooks/mercadopago?source_news=webhooks&data.id={id}&type=payment");
    assert_eq!(heard[0].target, expected);
    let parts: Vec<&str> = heard[0].header("x-signature").split(',').collect();
    let ts = parts[0].strip_prefix("ts=").expect("a time");
    let v1 = parts[1].strip_prefix("v1=").expect("a signature");
    let manifest = format!("id:{id};request-id:{};ts:{ts};", heard[0].header("x-request-id"));
    let key = hmac::Key::new(hmac::HMAC_SHA256, b"sim-mercadopago-secret");
    let tag = HEXLOWER.decode(v1.as_bytes()).expect("lower-case hexadecimal");
    hmac::verify(&key, manifest.as_bytes(), &tag).expect("a right signature");
    let payment = stage.payment(id);
    assert_eq!(payment["status"], "approved");
    assert_eq!(payment["transaction_amount"].to_string(), "60000.5");
    assert_eq!(payment["external_reference"], "intento-7");
    assert!(id > u64::from(u32::MAX));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_source_news_the_legacy_notices_come_too_and_cannot_be_verified() {
    let stage = Stage::new().await;
    let url = json!({"notification_url": "https://casa.example/webhooks/mercadopago"});
    let id = stage.paid(&stage.preference(&url), PaymentOutcome::Approve);
    stage.quiet().await;
    let heard = stage.listener.heard();
    let targets: Vec<&str> = heard.iter().map(|heard| heard.target.as_str()).collect();
    assert_eq!(targets.len(), 3, "{targets:?}");
    assert!(targets[0].contains("topic=merchant_order"));
    assert!(targets[1].contains(&format!("data.id={id}&type=payment")));
    assert!(targets[2].contains(&format!("id={id}&topic=payment")));
    assert_eq!(heard[2].json(), json!({"resource": id.to_string(), "topic": "payment"}));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_happens_once_for_each_key() {
    let stage = Stage::new().await;
    let id = stage.paid(&stage.preference(&json!({})), PaymentOutcome::Approve);
    let path = format!("/v1/payments/{id}/refunds");
    let (status, refused) = stage.ask("POST", &path, &[TOKEN], "{}");
    assert_eq!((status, &refused["cause"][0]["code"]), (400, &json!(4292)));
    let (status, first) = stage.ask("POST", &path, &[TOKEN, KEY], r#"{"amount": 0.5}"#);
    assert_eq!((status, first["amount"].to_string().as_str()), (201, "0.5"));
    let again = stage.ask("POST", &path, &[TOKEN, KEY], r#"{"amount": 0.5}"#);
    assert_eq!(again, (201, first));
    let (status, _) = stage.ask("POST", &path, &[TOKEN, KEY], "{}");
    assert_eq!(status, 409, "the same key with another amount");
    assert_eq!(stage.payment(id)["status_detail"], "partially_refunded");
    let other = [TOKEN, ("X-Idempotency-Key", "key-2")];
    let (status, refused) = stage.ask("POST", &path, &other, r#"{"amount": 60000.5}"#);
    assert_eq!((status, &refused["cause"][0]["code"]), (400, &json!(4040)), "more than is left");
    let (status, rest) = stage.ask("POST", &path, &other, "");
    assert_eq!((status, &rest["amount"]), (201, &json!(60000)));
    let payment = stage.payment(id);
    assert_eq!(payment["status"], "refunded");
    assert_eq!(payment["transaction_amount_refunded"].to_string(), "60000.5");
    let third = [TOKEN, ("X-Idempotency-Key", "key-3")];
    let (_, refused) = stage.ask("POST", &path, &third, "");
    assert_eq!(refused["cause"][0]["code"], 2063);
    assert_eq!(stage.ask("GET", &path, &[TOKEN], "").1.as_array().map(Vec::len), Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn payments_are_found_by_reference_date_and_page() {
    let stage = Stage::new().await;
    let preference = stage.preference(&json!({}));
    let other = stage.preference(&json!({"external_reference": "otro"}));
    let ids: Vec<u64> = (0..3).map(|_| stage.paid(&preference, PaymentOutcome::Reject)).collect();
    stage.paid(&other, PaymentOutcome::Approve);
    let search = |query: &str| {
        let (status, found) = stage.ask("GET", &format!("/v1/payments/search?{query}"), &[TOKEN], "");
        assert_eq!(status, 200, "{found}");
        found
    };
    let mine = search("external_reference=intento-7&sort=date_created&criteria=asc");
    let found: Vec<u64> = mine["results"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|payment| payment["id"].as_u64())
        .collect();
    assert_eq!(found, ids);
    let page = search("external_reference=intento-7&limit=1&offset=1");
    assert_eq!((&page["paging"]["total"], &page["results"][0]["id"]), (&json!(3), &json!(ids[1])));
    assert_eq!(search("status=approved")["paging"]["total"], 1);
    let recent = "range=date_last_updated&begin_date=NOW-2HOURS&end_date=NOW";
    assert_eq!(search(recent)["paging"]["total"], 4);
    stage.vendors.world().clock.shift(3 * 3_600_000);
    assert_eq!(search(recent)["paging"]["total"], 0);
    let too_many = stage.ask("GET", "/v1/payments/search?limit=51", &[TOKEN], "");
    assert_eq!(too_many.0, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_preference_takes_no_money_unless_it_comes_late() {
    let stage = Stage::new().await;
    let preference = stage.preference(&json!({}));
    let path = format!("/checkout/preferences/{}", preference["id"].as_str().expect("an id"));
    let ended = r#"{"expires": true, "expiration_date_to": "2026-01-01T00:00:00.000-03:00"}"#;
    let (status, changed) = stage.ask("PUT", &path, &[TOKEN], ended);
    assert_eq!((status, &changed["expires"]), (200, &json!(true)));
    let id = preference["id"].as_str().expect("an id");
    let attempt = Payment::of(id, PaymentOutcome::Approve);
    assert!(stage.vendors.world().pay(&attempt).is_err());
    let late = Payment { against_rules: true, ..attempt };
    assert!(stage.vendors.world().pay(&late).is_ok());
    assert_eq!(stage.ask("GET", &path, &[TOKEN], "").1["external_reference"], "intento-7");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_binary_preference_leaves_nothing_undecided() {
    let stage = Stage::new().await;
    let preference = stage.preference(&json!({"binary_mode": true}));
    let id = preference["id"].as_str().expect("an id");
    for outcome in [PaymentOutcome::Pending, PaymentOutcome::Review] {
        assert!(stage.vendors.world().pay(&Payment::of(id, outcome)).is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pending_payment_can_be_cancelled_by_the_seller_and_an_approved_one_cannot() {
    let stage = Stage::new().await;
    let preference = stage.preference(&json!({}));
    let cancel = |id: u64| {
        let path = format!("/v1/payments/{id}");
        stage.ask("PUT", &path, &[TOKEN], r#"{"status": "cancelled"}"#)
    };
    let pending = stage.paid(&preference, PaymentOutcome::Pending);
    assert_eq!(cancel(pending).1["status_detail"], "by_collector");
    let approved = stage.paid(&preference, PaymentOutcome::Approve);
    assert_eq!(cancel(approved).0, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_mercado_pago_would_refuse_is_refused() {
    let stage = Stage::new().await;
    let create = |body: Value| stage.ask("POST", "/checkout/preferences", &[TOKEN], &body.to_string()).0;
    let item = |price: Value| json!({"title": "Seña", "quantity": 1, "unit_price": price});
    assert_eq!(create(json!({"items": []})), 400);
    assert_eq!(create(json!({"items": [item(json!("60000"))]})), 400, "a text is no number");
    assert_eq!(create(json!({"items": [item(json!(0))]})), 400);
    let fine = json!([item(json!(1))]);
    assert_eq!(create(json!({"items": fine, "auto_return": "approved"})), 400);
    assert_eq!(create(json!({"items": fine, "expiration_date_to": "2026-12-01"})), 400);
    assert_eq!(create(json!({"items": fine})), 201);
    assert_eq!(stage.ask("GET", "/users/me", &[], "").0, 401);
    assert_eq!(stage.ask("GET", "/v1/payments/135999999999", &[TOKEN], "").0, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pay_page_pays_and_speaks_spanish() {
    let stage = Stage::new().await;
    let preference = stage.preference(&json!({"items": [
        {"title": "Seña <b>El Molle</b>", "quantity": 1, "unit_price": 60000.5}]}));
    let page = preference["init_point"].as_str().expect("an address");
    let (status, html) = stage.ask_text("GET", page, &[], "");
    assert_eq!(status, 200);
    assert!(html.contains("$ 60.000,50") && html.contains("lang=\"es-AR\""));
    assert!(!html.contains("<b>El Molle</b>"), "titles are escaped");
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    let (_, html) = stage.ask_text("POST", page, &[form], "action=approve");
    assert!(html.contains("El pago se acreditó"), "{html}");
    let payments = stage.vendors.world().snapshot()["payments"].clone();
    assert_eq!(payments[0]["amount_cents"], 6_000_050);
}
