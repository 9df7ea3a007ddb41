//! A database in which another version left what this one does not know, as after a roll-back: it is kept, shown and
//! told; nothing is dropped, no page fails, and the rest of the work goes on.

use super::days::day;
use super::harness::{GUEST, TestServer, until};
use super::pages::Browser;
use casero::domain::attention::AttentionKind;
use casero::domain::audit::AuditEvent;
use casero::domain::channel::KnownChannel;
use casero::domain::job::JobKind;
use casero::domain::message::{Author, InboundKind, InboundState, MessageKind, OutboundState, Unheard};
use casero::domain::payment::{PaymentMethod, PaymentStatus, Verdict};
use casero::domain::reservation::Status;
use casero::domain::user::Role;
use serde_json::{Value, json};

/// Shown in place of words for a code of another version.
const UNKNOWN: &str = "Algo que esta versión no conoce";

/// A server with one booking and one conversation, in which another version left a row of each open kind.
fn rolled_back() -> (TestServer, String) {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 8_000_000);
    let code = server.hold(cabin, day(1), day(3))["code"].as_str().unwrap().to_owned();
    server.api("PUT", "/api/v1/settings", &json!({ "hold_minutes": 60 }));
    server.write(GUEST, "hola");
    server.next_said(GUEST, 0);
    for statement in [
        "INSERT INTO job (kind, subject, run_at, created_at) VALUES ('drain_pool', '7', 0, 0)",
        "INSERT INTO job (kind, subject, run_at, created_at) VALUES ('send_refund', 'seven', 0, 0)",
        r#"INSERT INTO attention (kind, subject, reservation_id, conversation_id, details, created_at)
           SELECT 'pool_closed', '1', r.id, c.id, '{"depth_cm": 140}', 0 FROM reservation r, conversation c"#,
        "INSERT INTO attention (kind, subject, details, created_at) VALUES ('paid_twice', '9', 'no JSON', 0)",
        r#"INSERT INTO audit (at, actor, event, reservation_id, details)
           SELECT 0, 'robot', 'pool_drained', id, '{}' FROM reservation"#,
        "UPDATE reservation SET channel = 'Hostería del Río'",
        "UPDATE guest SET language = 'fr'",
        "INSERT INTO payment (provider, provider_id, reservation_id, status, verdict, amount_cents, currency, method,
                              created_at, updated_at)
         SELECT 'transfer', 'p', id, 'half_in', 'nearly', 100, 'XAU', 'pix', 0, 0 FROM reservation",
        r#"INSERT INTO inbound (source, external_id, conversation_id, kind, event, sent_at, received_at, state, run_at)
           SELECT 'whatsapp', 'w', id, 'hologram', '{"hologram": 1}', 1, 1, 'done', 1 FROM conversation"#,
        r#"INSERT INTO outbound (conversation_id, kind, message, body, tag, run_at, created_at)
           SELECT id, 'carousel', '{"kind": "carousel"}', 'Mirá las cabañas', 't', 0, 0 FROM conversation"#,
        r#"UPDATE setting SET value = json_set(value, '$.quiet_from', '22:00') WHERE name = 'house'"#,
    ] {
        server.sql(statement);
    }
    (server, code)
}

#[test]
fn every_page_and_list_shows_what_another_version_left() {
    let (server, code) = rolled_back();
    let conversation = server.count("SELECT id FROM conversation");
    let guest = server.count("SELECT guest_id FROM reservation");
    let owner = Browser::owner(&server);
    let shows = |path: &str, words: &[&str]| {
        let page = owner.look(path);
        assert_eq!(page.status, 200, "{path}: {}", page.text);
        for words in words {
            assert!(page.text.contains(words), "{path} does not show {words}: {}", page.text);
        }
    };
    shows("/admin", &["(pool_closed)", "depth_cm: 140", "Pagó dos veces", "no JSON"]);
    shows("/admin/audit", &["(pool_drained)", "Robot"]);
    shows("/admin/inbox", &[]);
    shows(&format!("/admin/inbox/{conversation}"), &["(pool_closed)", "(hologram)", "(carousel)"]);
    shows("/admin/reservations", &["Hostería del Río"]);
    shows(&format!("/admin/reservations/{code}"), &["(half_in)", "(pool_drained)", "Transferencia"]);
    shows(&format!("/admin/guests/{guest}"), &["(fr)"]);
    for path in ["/admin/guests", "/admin/chart", "/admin/reports", "/admin/health", "/admin/settings"] {
        shows(path, &[]);
    }
    let get = |path: &str| {
        let response = server.api("GET", path, &Value::Null);
        assert_eq!(response.status, 200, "{path}: {}", response.text);
        response.json()
    };
    let found = |list: &Value, key: &str, kind: &str| {
        list.as_array().unwrap().iter().any(|row| row[key] == kind).then_some(()).ok_or(list.clone())
    };
    let attention = get("/api/v1/attention")["attention"].clone();
    found(&attention, "kind", "pool_closed").unwrap();
    let pool = attention.as_array().unwrap().iter().find(|row| row["kind"] == "pool_closed").unwrap();
    assert_eq!(pool["details"], json!({ "depth_cm": 140 }));
    let payments = get("/api/v1/payments")["payments"].clone();
    found(&payments, "status", "half_in").unwrap();
    found(&payments, "verdict", "nearly").unwrap();
    let messages = get(&format!("/api/v1/conversations/{conversation}"))["messages"].clone();
    found(&messages, "kind", "hologram").unwrap();
    found(&messages, "kind", "carousel").unwrap();
    assert_eq!(get(&format!("/api/v1/reservations/{code}"))["channel"], "Hostería del Río");
    get("/api/v1/reservations");
    get("/api/v1/conversations");
    get("/api/v1/settings");
    assert!(owner.look("/admin").text.contains(UNKNOWN));
}

/// A booking in a currency and one with a price in a form that this version does not know, beside one of its own.
fn priced_by_another() -> (TestServer, [String; 3]) {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 8_000_000);
    let gold = server.cabin("Tala", 9_000_000);
    let codes = [1, 10, 20].map(|from| {
        let held = server.hold(cabin, day(from), day(from + 2));
        held["code"].as_str().unwrap().to_owned()
    });
    for statement in [
        format!(
            "UPDATE reservation SET currency = 'XAU', quote = replace(quote, 'ARS', 'XAU') WHERE code = '{}'",
            codes[0]
        ),
        format!(r#"UPDATE reservation SET quote = '{{"per_week": 7}}' WHERE code = '{}'"#, codes[1]),
        format!("UPDATE cabin SET currency = 'XAU' WHERE id = {gold}"),
        format!(
            "INSERT INTO season (cabin_id, name, from_day, to_day, price_cents, currency, created_at)
             VALUES ({cabin}, 'Oro', '{}', '{}', 100, 'XAU', 0)",
            day(200),
            day(210)
        ),
        "UPDATE checkout SET currency = 'XAU'".to_owned(),
    ] {
        server.sql(&statement);
    }
    (server, codes)
}

#[test]
fn a_price_of_another_version_is_shown_by_its_sums_and_fails_no_list() {
    let (server, [gold, weekly, ours]) = priced_by_another();
    let owner = Browser::owner(&server);
    for path in
        ["/admin", "/admin/reservations", "/admin/chart", "/admin/cabins", "/admin/rates", "/admin/reports"]
    {
        let page = owner.look(path);
        assert_eq!(page.status, 200, "{path}: {}", page.text);
    }
    let guest = server.count("SELECT min(guest_id) FROM reservation");
    assert_eq!(owner.look(&format!("/admin/guests/{guest}")).status, 200);
    let shown = owner.look(&format!("/admin/reservations/{gold}"));
    assert!(shown.status == 200 && shown.text.contains("XAU 160.000"), "{}", shown.text);
    let shown = owner.look(&format!("/admin/reservations/{weekly}"));
    assert!(shown.text.contains("Precio que guardó otra versión"), "{}", shown.text);
    assert!(shown.text.contains("$ 160.000"), "{}", shown.text);
    let list = server.api("GET", "/api/v1/reservations", &Value::Null);
    assert_eq!(list.status, 200, "{}", list.text);
    let of = |code: &str| {
        let all = list.json()["reservations"].as_array().unwrap().clone();
        all.into_iter().find(|found| found["code"] == code).unwrap()
    };
    assert_eq!((&of(&gold)["currency"], &of(&gold)["total_cents"]), (&json!("XAU"), &json!(16_000_000)));
    for code in [&weekly, &ours] {
        let price = (&of(code)["currency"], &of(code)["total_cents"], &of(code)["deposit_cents"]);
        assert_eq!(price, (&json!("ARS"), &json!(16_000_000), &json!(4_800_000)));
    }
    let table = server.api("GET", "/api/v1/reservations.csv", &Value::Null);
    assert_eq!((table.status, table.text.lines().count()), (200, 4), "{}", table.text);
    let cabins = server.api("GET", "/api/v1/cabins", &Value::Null);
    assert!(cabins.text.contains("XAU"), "{}", cabins.text);
    // Nothing is sold in an unknown currency.
    let offer = server.api(
        "GET",
        &format!("/api/v1/availability?check_in={}&check_out={}&guests=2", day(40), day(42)),
        &Value::Null,
    );
    let offered = offer.json()["cabins"].clone();
    let tala = offered.as_array().unwrap().iter().find(|cabin| cabin["name"] == "Tala").unwrap().clone();
    assert_eq!((&tala["available"], &tala["reason"]), (&json!(false), &json!("price_overflow")));
    let doctor = server.doctor();
    for told in ["reservation XAU", "cabin XAU", "season XAU", "reservation quote"] {
        assert!(doctor.contains(told), "{told} is not in {doctor}");
    }
}

#[test]
fn a_booking_that_goes_on_keeps_the_price_that_another_version_wrote() {
    let (server, [_, weekly, _]) = priced_by_another();
    let confirmed = server.api("POST", &format!("/api/v1/reservations/{weekly}/cancel"), &json!({}));
    assert_eq!(confirmed.status, 200, "{}", confirmed.text);
    let kept = format!(
        "SELECT count(*) FROM reservation WHERE code = '{weekly}' AND status = 'cancelled'
         AND quote = '{{\"per_week\": 7}}'"
    );
    assert_eq!(server.count(&kept), 1);
}

#[test]
fn unknown_work_and_messages_are_kept_and_told_while_the_rest_goes_on() {
    let (server, _) = rolled_back();
    // An unsendable message does not hold up the next one, and a person is told.
    server.write(GUEST, "quiero hablar con una persona");
    until("the answer", || (server.texts(GUEST).len() > 1).then_some(()));
    let undelivered = server.attention_of("undelivered");
    assert_eq!(undelivered["details"]["code"], "unknown_form");
    assert_eq!(server.count("SELECT count(*) FROM outbound WHERE kind = 'carousel'"), 1);
    // Work of a known kind about nothing that can be read is told, and not done as if it were nothing.
    let failed = server.attention_of("work_failed");
    assert_eq!(failed["details"], json!({ "kind": "send_refund", "code": "bad_subject" }));
    // The look for it comes every few minutes.
    server.sql("UPDATE schedule SET due_at = 0 WHERE name = 'unknown_work'");
    let listed = server.attention_of("unknown_work");
    assert_eq!(listed["details"], json!({ "kind": "drain_pool", "pieces": 1 }));
    assert_eq!(server.count("SELECT attempts FROM job WHERE kind = 'drain_pool'"), 0);
    let health = server.call("GET", "/healthz", &[], &Value::Null).json();
    let part = health["parts"].as_array().unwrap().iter().find(|part| part["name"] == "work").unwrap();
    assert_eq!(part["state"], "warn");
    assert!(part["detail"].as_str().unwrap().contains("drain_pool"), "{part}");
    assert!(Browser::owner(&server).look("/admin").text.contains("(drain_pool)"));
}

#[test]
fn the_doctor_names_every_code_that_it_does_not_know() {
    let (server, _) = rolled_back();
    let checks: Value = serde_json::from_str(&server.doctor()).unwrap();
    let told = checks.as_array().unwrap().iter().find(|check| check["name"] == "versions").unwrap();
    assert_eq!(told["state"], "warn");
    for code in [
        "job drain_pool",
        "attention pool_closed",
        "audit pool_drained",
        "payment nearly",
        "guest fr",
        "setting quiet_from",
    ] {
        assert!(told["remedy"].as_str().unwrap().contains(code), "{code} is not in {told}");
    }
}

#[test]
fn settings_saved_on_the_page_keep_what_another_version_saved() {
    let (server, _) = rolled_back();
    let changed = server.api("PUT", "/api/v1/settings", &json!({ "hold_minutes": 90 }));
    assert_eq!(changed.status, 200, "{}", changed.text);
    let kept = "SELECT count(*) FROM setting WHERE json_extract(value, '$.quiet_from') = '22:00'
                AND json_extract(value, '$.hold_minutes') = 90";
    assert_eq!(server.count(kept), 1);
}

#[test]
fn a_bound_reads_as_people_write_it() {
    let server = TestServer::new();
    let owner = Browser::owner(&server);
    let form = |price: &'static str| {
        [
            ("name", "Aromo"),
            ("capacity", "4"),
            ("price", price),
            ("weekend", ""),
            ("min_nights", ""),
            ("description", ""),
            ("amenities", ""),
            ("location", ""),
            ("policies", ""),
            ("active", "true"),
        ]
    };
    for price in ["99.999.999.999", "0,01"] {
        let page = owner.post("/admin/cabins/new", "/admin/cabins", &form(price));
        assert_eq!(page.status, 422);
        assert!(page.text.contains("entre $ 1 y $ 10.000.000.000."), "{}", page.text);
    }
}

/// Words that were ever stored or said by the API. A version may add to them.
#[test]
fn no_stored_word_is_ever_renamed() {
    fn all_known<T: std::str::FromStr>(words: &str) {
        let lost: Vec<&str> = words.split_whitespace().filter(|word| word.parse::<T>().is_err()).collect();
        assert!(lost.is_empty(), "{lost:?}");
    }
    all_known::<AttentionKind>(
        "wants_a_person unanswered_question unanswered_message transfer_receipt withdrawal paid_without_place
         paid_after_cancel paid_and_expired paid_twice other_amount payment_mismatch charged_back chargeback
         in_mediation refunded_elsewhere money_taken_back under_review unknown_payment_state refund_by_hand
         refund_failed confirmation_waits calendar_conflict calendar_stale channel_not_reading calendar_check copy_failed
         copy_no_good undelivered same_guest_twice whatsapp_account work_failed unknown_work",
    );
    all_known::<JobKind>(
        "confirm_paid open_checkout send_link close_checkout reconcile_payment send_refund tell_waiting fetch_media
         remove_media",
    );
    all_known::<AuditEvent>(
        "account_added account_password account_role account_removed codes_on codes_off rescue_used cabin_added
         cabin_changed cabin_removed photo_added photo_moved photo_removed season_added season_changed
         season_removed nights_closed nights_opened feed_added feed_removed feed_link_renewed feed_changed copy_made
         copy_restored matter_settled guest_exported settings_changed thread_taken_over thread_handed_back
         thread_answered canned_added canned_changed canned_removed guest_changed guest_erased held money deposit_in
         gave_way under_review told_before_arrival withdrawal_asked refund_wanted pre_reserved confirmed checked_in
         checked_out cancelled expired no_show",
    );
    all_known::<KnownChannel>("whatsapp airbnb booking vrbo direct api web phone other");
    all_known::<PaymentMethod>("mercadopago transfer cash");
    all_known::<PaymentStatus>(
        "pending in_process authorized approved in_mediation rejected cancelled refunded charged_back unknown",
    );
    all_known::<Verdict>("matches other_amount other_currency other_collector unknown_reference");
    all_known::<Status>("pre_reserved confirmed checked_in checked_out cancelled expired no_show");
    all_known::<Role>("owner helper cleaner");
    all_known::<InboundKind>(
        "text audio image document video sticker location contacts tap reaction edit revoke unsupported",
    );
    all_known::<MessageKind>("text buttons list link template document");
    all_known::<Author>("guest bot person");
    all_known::<InboundState>("listen ready done failed");
    all_known::<OutboundState>("queued sending sent delivered read failed uncertain");
    all_known::<Unheard>("unclear too_long off");
}
