//! The real clients against the simulated vendors: what one side says the other must understand, though
//! neither knows the other's code.

use super::days::day;
use crate::fake_vendors::listener::{Heard, Listener};
use casero::adapters::clock::SystemClock;
use casero::adapters::mercadopago::{MercadoPago, MercadoPagoSettings, SignaturePolicy};
use casero::adapters::whatsapp::{CloudApi, WhatsAppSettings};
use casero::config::Secret;
use casero::domain::ids::{CabinId, ReservationCode};
use casero::domain::message::{Choice, Message};
use casero::domain::money::{Currency, Money};
use casero::domain::paid_booking::{CheckoutPart, PaidBooking};
use casero::domain::party::Party;
use casero::domain::payment::{CheckoutOffer, PaymentStatus};
use casero::domain::stay::Stay;
use casero::fake_vendors::faults::{Kind, Rule, Target};
use casero::fake_vendors::mercadopago::{Payment, PaymentOutcome};
use casero::fake_vendors::{FakeVendors, FakeVendorsConfig, start};
use casero::ports::error::PortError;
use casero::ports::payments::{
    Checkout, CheckoutLinks, PaymentHook, Payments, RawPaymentHook, RefundOutcome, Signature,
};
use casero::ports::whatsapp::{Content, DeliveryState, HookEvent, Recipient, Upload, WhatsApp};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::block_in_place;

const GUEST: &str = "5493515550111";

/// A simulator, a listener for its webhooks, and both clients of it.
struct Stage {
    vendors: FakeVendors,
    listener: Listener,
    whatsapp: CloudApi,
    payments: MercadoPago,
}

impl Stage {
    async fn new() -> Stage {
        let config = FakeVendorsConfig::default();
        let vendors = start(config.clone()).await.expect("a free port");
        let listener = Listener::start();
        vendors.connect(&listener.url);
        let base = vendors.base_url();
        let clock = Arc::new(SystemClock);
        let whatsapp = WhatsAppSettings {
            access_token: Secret::new(config.access_token),
            phone_number_id: config.phone_number_id,
            app_secret: Secret::new(config.app_secret),
            verify_token: Secret::new(config.verify_token),
            business_account_id: None,
            api_url: format!("{base}/v26.0"),
        };
        let payments = MercadoPagoSettings {
            access_token: Secret::new(config.mp_access_token),
            webhook_secret: Some(Secret::new(config.mp_webhook_secret)),
            api_url: base,
            signature: SignaturePolicy::Enforce,
        };
        let (whatsapp, payments) =
            (CloudApi::new(whatsapp, clock.clone()), MercadoPago::new(payments, clock));
        Stage { vendors, listener, whatsapp, payments }
    }

    /// Every webhook received so far.
    async fn heard(&self) -> Vec<Heard> {
        for _ in 0..500 {
            if self.vendors.world().is_quiet() {
                return self.listener.heard();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("notifications are still under way");
    }

    /// Every event that WhatsApp told of, each notification authentic and without a problem.
    async fn events(&self) -> Vec<HookEvent> {
        let mut events = Vec::new();
        for heard in self.heard().await {
            assert!(self.whatsapp.is_authentic(&heard.body, Some(heard.header("x-hub-signature-256"))));
            assert!(!self.whatsapp.is_authentic(&heard.body[1..], Some(heard.header("x-hub-signature-256"))));
            let reading = self.whatsapp.read_hook(&heard.body);
            assert!(reading.problems.is_empty(), "{:?}", reading.problems);
            events.extend(reading.events);
        }
        events
    }

    fn send(&self, message: &Message) -> Result<String, PortError> {
        let to = Recipient::Phone(GUEST.into());
        let file = Upload {
            bytes: Arc::new(b"BEGIN:VCALENDAR".to_vec()),
            mime: "text/plain".into(),
            filename: "reserva.ics".into(),
        };
        let file = message.is_file().then_some(&file);
        block_in_place(|| self.whatsapp.send(&to, message, file, "fila-7")).map(|sent| sent.message_id)
    }

    fn checkout(&self, reference: &str) -> Checkout {
        let offer = CheckoutOffer {
            reference: reference.into(),
            title: "Seña Aromo".into(),
            amount: Money::new(6_000_050, Currency::Ars),
            expires_at: Timestamp::now() + SignedDuration::from_hours(1),
            booking: booking(),
        };
        let links = CheckoutLinks { public_url: Some("https://casa.example".into()) };
        block_in_place(|| self.payments.open_checkout(&offer, &links, reference)).expect("opened")
    }

    fn fault(&self, target: Target, kind: Kind, times: u64) {
        let rule = Rule { target, kind, probability: 1.0, remaining: Some(times), delay_ms: 0 };
        self.vendors.world().change(|scene| scene.faults.switch_on(rule));
    }
}

fn booking() -> PaidBooking {
    PaidBooking {
        instance: "aa01".into(),
        cabin_id: CabinId(3),
        cabin: "Aromo".into(),
        stay: Stay::new(day(0), day(3)).unwrap(),
        code: ReservationCode::parse("K7M2QX").unwrap(),
        part: CheckoutPart::Deposit,
        party: Party::new(2, &[4, 9], 1).unwrap(),
        guest: "Ana".into(),
        phone: GUEST.into(),
        total: Money::new(24_000_000, Currency::Ars),
        deposit: Money::new(6_000_050, Currency::Ars),
    }
}

fn message(event: &HookEvent) -> &Content {
    match event {
        HookEvent::Message(message) => &message.content,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_heard_and_an_answer_is_followed_to_the_guests_eyes() {
    let stage = Stage::new().await;
    stage.vendors.world().guest_writes(GUEST, "¿Hay lugar mañana? 🏡");
    let sent = stage.send(&Message::text("¡Hola!")).expect("accepted");
    let events = stage.events().await;
    assert_eq!(message(&events[0]), &Content::Text { body: "¿Hay lugar mañana? 🏡".into() });
    let states: Vec<DeliveryState> = events[1..]
        .iter()
        .map(|event| match event {
            HookEvent::Delivery(delivery) => {
                assert_eq!((&delivery.message_id, delivery.tag.as_deref()), (&sent, Some("fila-7")));
                delivery.state
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(states, [DeliveryState::Sent, DeliveryState::Delivered, DeliveryState::Read]);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_form_of_message_is_one_that_the_vendor_takes() {
    let stage = Stage::new().await;
    stage.vendors.world().guest_writes(GUEST, "hola");
    let choice = |token: &str, title: &str| Choice {
        token: token.into(),
        title: title.into(),
        description: "Para 4, con pileta".into(),
    };
    let choices = vec![choice("t1", "Reservar la Cabaña El Aromo 🏡"), choice("t2", "Otra fecha")];
    let forms = [
        Message::text("x".repeat(9_000)),
        Message::Buttons { body: "x".repeat(3_000), buttons: choices.clone(), header: None },
        Message::List { body: "¿Cuál?".into(), open: "Ver las cabañas que hay".into(), rows: choices },
        Message::Link { body: "Seña".into(), label: "Pagar".into(), url: "https://mp.example/1".into() },
        Message::Template {
            name: "aviso".into(),
            language: "es_AR".into(),
            parameters: vec!["15\n18".into()],
            copy_code: false,
        },
        Message::Document {
            filename: "reserva.ics".into(),
            mime: "text/plain".into(),
            content: "BEGIN:VCALENDAR".into(),
            caption: "Tu reserva".into(),
        },
    ];
    for form in forms {
        assert!(stage.send(&form).is_ok(), "{}: {:?}", form.kind(), stage.send(&form));
    }
    stage.vendors.world().guest_taps(GUEST, "Otra fecha").expect("it was offered");
    let events = stage.events().await;
    let taps: Vec<&Content> = events
        .iter()
        .filter(|event| matches!(event, HookEvent::Message(_)))
        .map(message)
        .filter(|content| matches!(content, Content::Tap { .. }))
        .collect();
    assert_eq!(taps, [&Content::Tap { token: "t2".into(), title: "Otra fecha".into() }]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_voice_note_is_fetched_with_its_digest() {
    let stage = Stage::new().await;
    let bytes = b"OggS and what follows".to_vec();
    stage.vendors.world().guest_sends_file(GUEST, "audio", "audio/ogg; codecs=opus", bytes.clone());
    let events = stage.events().await;
    let Content::Audio { media, .. } = message(&events[0]) else { panic!("{events:?}") };
    assert!(media.sha256.is_some());
    let fetched = block_in_place(|| stage.whatsapp.fetch_media(media)).expect("there");
    assert_eq!(fetched.bytes, bytes);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_who_moves_to_another_number_stays_the_same() {
    let stage = Stage::new().await;
    stage.vendors.world().guest_writes(GUEST, "hola");
    stage.vendors.world().guest_moves(GUEST, "5493515550112").expect("known");
    let events = stage.events().await;
    let Some(HookEvent::IdentityChanged { old, new, .. }) = events.get(1) else { panic!("{events:?}") };
    assert_eq!((old.phone.as_deref(), new.phone.as_deref()), (Some(GUEST), Some("5493515550112")));
    assert_ne!(old.bsuid, new.bsuid);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_number_is_reached_without_the_nine_and_the_form_that_worked_is_told() {
    let stage = Stage::new().await;
    let url = format!("{}/sim/whatsapp", stage.vendors.base_url());
    block_in_place(|| ureq::put(url).content_type("application/json").send(r#"{"test_number": true}"#))
        .expect("switched");
    stage.vendors.world().guest_writes(GUEST, "hola");
    let to = Recipient::Phone(GUEST.into());
    let sent =
        block_in_place(|| stage.whatsapp.send(&to, &Message::text("hola"), None, "t")).expect("accepted");
    assert_eq!(sent.used, Some(Recipient::Phone("543515550111".into())));
}

#[tokio::test(flavor = "multi_thread")]
async fn whatsapps_bad_moments_are_told_by_what_may_have_happened() {
    let stage = Stage::new().await;
    stage.vendors.world().guest_writes(GUEST, "hola");
    let send = |kind| {
        stage.fault(Target::Whatsapp, kind, 1);
        let error = stage.send(&Message::text("hola")).expect_err("a fault");
        // A success between them, so that the breaker stays closed.
        stage.send(&Message::text("hola")).expect("accepted");
        (error.is_transient(), error.code().to_owned())
    };
    assert_eq!(send(Kind::Cut), (true, "timeout".into()), "it was done");
    assert_eq!(send(Kind::Drop), (true, "timeout".into()), "nobody knows");
    assert!(send(Kind::Error500).0 && send(Kind::Error429).0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deposit_is_paid_heard_of_read_found_and_given_back() {
    let stage = Stage::new().await;
    let checkout = stage.checkout("intento-7");
    let id = stage
        .vendors
        .world()
        .pay(&Payment::of(&checkout.provider_id, PaymentOutcome::Approve))
        .expect("payable");
    let heard = stage.heard().await;
    let (_, query) = heard[0].target.split_once('?').expect("a query");
    let part = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}=")));
    let raw = RawPaymentHook {
        data_id: part("data.id"),
        id: None,
        topic: part("type"),
        signature: Some(heard[0].header("x-signature")),
        request_id: Some(heard[0].header("x-request-id")),
        body: &heard[0].body,
    };
    let (hook, signature) = stage.payments.read_hook(&raw);
    assert_eq!(signature, Signature::Valid);
    assert!(matches!(hook, PaymentHook::Payment { id: told, .. } if told == id.to_string()));
    let forged = RawPaymentHook { data_id: Some("1"), ..raw };
    assert_eq!(stage.payments.read_hook(&forged).1, Signature::Invalid);

    block_in_place(|| {
        let id = id.to_string();
        let payment = stage.payments.fetch(&id).expect("there");
        assert_eq!((payment.status, payment.amount_minor), (PaymentStatus::Approved, 6_000_050));
        assert_eq!(payment.reference.as_deref(), Some("intento-7"));
        assert_eq!(payment.collector_id, stage.payments.account().ok().map(|account| account.collector_id));
        assert_eq!(stage.payments.search("intento-7"), Ok(vec![payment.clone()]));
        assert_eq!(
            stage.payments.search_changed(SignedDuration::from_hours(1), SignedDuration::ZERO),
            Ok(vec![payment.clone()])
        );
        assert_eq!(payment.booking, Some(booking()), "what the checkout named comes back");
        let part = Money::new(1_000_025, Currency::Ars);
        let first = stage.payments.refund(&id, part, "devolver-1").expect("taken");
        assert_eq!(first.outcome, RefundOutcome::Approved);
        assert_eq!(stage.payments.refund(&id, part, "devolver-1"), Ok(first), "once for each key");
        assert_eq!(stage.payments.fetch(&id).expect("there").refunded_minor, 1_000_025);
        assert_eq!(stage.payments.fetch("1").expect_err("none").code(), "http_404");
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_checkout_cannot_be_paid() {
    let stage = Stage::new().await;
    let checkout = stage.checkout("intento-8");
    for _ in 0..2 {
        block_in_place(|| stage.payments.close_checkout(&checkout.provider_id)).expect("closed, again too");
    }
    assert!(stage.vendors.world().pay(&Payment::of(&checkout.provider_id, PaymentOutcome::Approve)).is_err());
}
