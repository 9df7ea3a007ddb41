//! The API over HTTP without a socket, against the real store and the real use-cases.

mod access;

use super::*;
use crate::app::{App, AppContext};
use crate::domain::message::Message;
use crate::domain::money::{Currency, Money};
use crate::domain::payment::{CheckoutOffer, PaymentSnapshot};
use crate::domain::user::Role;
use crate::ports::Ports;
use crate::ports::clock::Clock;
use crate::ports::error::PortError;
use crate::ports::feeds::{FeedAnswer, FeedRequest, FeedSource};
use crate::ports::payments::{
    Account, Checkout, CheckoutLinks, PaymentHook, Payments, RawPaymentHook, Refund, Signature,
};
use crate::ports::random::Random;
use crate::ports::speech::{Speech, SpeechError, SpeechHints, SpeechState, Transcript};
use crate::ports::whatsapp::{HookReading, Media, MediaRef, Recipient, Sent, Upload, WhatsApp};
use crate::store::Store;
use crate::understanding::HolidayCalendar;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rocket::http::{ContentType, Header, Method, Status};
use rocket::local::blocking::{Client, LocalResponse};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// 2027-01-10 12:00 UTC, a Sunday.
const START: i64 = 1_799_582_400;

struct HandClock(AtomicI64);

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::Relaxed)).unwrap()
    }
}

/// Bytes that never repeat.
struct Counter(AtomicU64);

impl Random for Counter {
    fn fill(&self, bytes: &mut [u8]) {
        for byte in bytes.chunks_mut(8) {
            let value = self.0.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed).to_le_bytes();
            byte.copy_from_slice(&value[..byte.len()]);
        }
    }
}

struct Nobody;

impl WhatsApp for Nobody {
    fn is_on(&self) -> bool {
        true
    }
    fn knows_verify_token(&self, token: &str) -> bool {
        token == "ours"
    }
    fn is_authentic(&self, _: &[u8], signature: Option<&str>) -> bool {
        signature == Some("good")
    }
    fn read_hook(&self, _: &[u8]) -> HookReading {
        HookReading::default()
    }
    fn send(&self, _: &Recipient, _: &Message, _: Option<&Upload>, _: &str) -> Result<Sent, PortError> {
        Err(PortError::Off)
    }
    fn show_typing(&self, _: &str) -> Result<(), PortError> {
        Err(PortError::Off)
    }
    fn fetch_media(&self, _: &MediaRef) -> Result<Media, PortError> {
        Err(PortError::Off)
    }
    fn number(&self) -> Result<String, PortError> {
        Err(PortError::Off)
    }
}

impl Payments for Nobody {
    fn is_on(&self) -> bool {
        false
    }
    fn read_hook(&self, hook: &RawPaymentHook<'_>) -> (PaymentHook, Signature) {
        let signature = if hook.signature == Some("good") { Signature::Valid } else { Signature::Invalid };
        (PaymentHook::Other { topic: format!("{:?} {:?}", hook.topic, hook.data_id) }, signature)
    }
    fn open_checkout(&self, _: &CheckoutOffer, _: &CheckoutLinks, _: &str) -> Result<Checkout, PortError> {
        Err(PortError::Off)
    }
    fn close_checkout(&self, _: &str) -> Result<(), PortError> {
        Err(PortError::Off)
    }
    fn fetch(&self, _: &str) -> Result<PaymentSnapshot, PortError> {
        Err(PortError::Off)
    }
    fn search(&self, _: &str) -> Result<Vec<PaymentSnapshot>, PortError> {
        Err(PortError::Off)
    }
    fn search_changed(
        &self,
        _: SignedDuration,
        _: SignedDuration,
    ) -> Result<Vec<PaymentSnapshot>, PortError> {
        Err(PortError::Off)
    }
    fn cancel(&self, _: &str) -> Result<(), PortError> {
        Err(PortError::Off)
    }
    fn refund(&self, _: &str, _: Money, _: &str) -> Result<Refund, PortError> {
        Err(PortError::Off)
    }
    fn account(&self) -> Result<Account, PortError> {
        Err(PortError::Off)
    }
}

impl FeedSource for Nobody {
    fn get(&self, _: &FeedRequest<'_>) -> Result<FeedAnswer, PortError> {
        Err(PortError::Off)
    }
}

impl Speech for Nobody {
    fn transcribe(&self, _: &[u8], _: &SpeechHints) -> Result<Transcript, SpeechError> {
        Err(SpeechError::Off(String::new()))
    }
    fn state(&self) -> SpeechState {
        SpeechState::Off("no model".to_owned())
    }
}

/// A server with a clock set by hand, an owner, a cleaner and one cabin.
struct Place {
    client: Client,
    clock: Arc<HandClock>,
    owner: String,
    cleaner: String,
    _folder: tempfile::TempDir,
}

const PASSWORD: &str = "una clave larga";

impl Place {
    fn open() -> Place {
        Place::with(Options::default())
    }

    fn with(options: Options) -> Place {
        let (server, clock, folder) = server(options);
        let client = Client::untracked(server).unwrap();
        let mut place =
            Place { client, clock, owner: String::new(), cleaner: String::new(), _folder: folder };
        place.owner = place.log_in("ana@ejemplo.com");
        place.cleaner = place.log_in("sol@ejemplo.com");
        place
    }

    fn log_in(&self, email: &str) -> String {
        let (status, body) = self.send(
            Method::Post,
            "/api/v1/login",
            None,
            Some(json!({"email": email, "password": PASSWORD})),
        );
        assert_eq!(status, 200, "{body}");
        body["token"].as_str().unwrap().to_owned()
    }

    fn request(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: Option<String>,
        headers: &[(&'static str, &str)],
    ) -> LocalResponse<'_> {
        let mut request = self.client.req(method, path.to_owned());
        request.add_header(ContentType::JSON);
        if let Some(token) = token {
            request.add_header(Header::new("Authorization", format!("Bearer {token}")));
        }
        for (name, value) in headers {
            request.add_header(Header::new(*name, (*value).to_owned()));
        }
        request.body(body.unwrap_or_default()).dispatch()
    }

    fn send(&self, method: Method, path: &str, token: Option<&str>, body: Option<Value>) -> (u16, Value) {
        read(self.request(method, path, token, body.map(|body| body.to_string()), &[]))
    }

    fn get(&self, path: &str) -> (u16, Value) {
        self.send(Method::Get, path, Some(&self.owner), None)
    }

    fn post(&self, path: &str, body: Value) -> (u16, Value) {
        self.send(Method::Post, path, Some(&self.owner), Some(body))
    }

    fn put(&self, path: &str, body: Value) -> (u16, Value) {
        self.send(Method::Put, path, Some(&self.owner), Some(body))
    }

    fn cabin(&self) -> i64 {
        let (status, body) = self.post(
            "/api/v1/cabins",
            json!({"name": "Los Alerces", "capacity": 4, "base_price_cents": 100_000, "weekend_multiplier": 1.25}),
        );
        assert_eq!(status, 201, "{body}");
        body["id"].as_i64().unwrap()
    }

    fn idempotency_key(&self, key: &'static str, body: &Value) -> (u16, Value) {
        let headers = [("Idempotency-Key", key)];
        let path = "/api/v1/reservations";
        read(self.request(Method::Post, path, Some(&self.owner), Some(body.to_string()), &headers))
    }
}

/// A new server with its clock and data folder.
fn server(options: Options) -> (rocket::Rocket<Build>, Arc<HandClock>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(HandClock(AtomicI64::new(START)));
    let random: Arc<dyn Random> = Arc::new(Counter(AtomicU64::new(1)));
    let for_store = Arc::clone(&clock);
    let store = Store::open(folder.path(), Arc::new(move || for_store.now())).unwrap();
    let nobody = Arc::new(Nobody);
    let ports = Ports {
        whatsapp: nobody.clone(),
        whatsapp_account: Arc::new(crate::ports::whatsapp_account::NoAccount),
        mail: Arc::new(crate::ports::mail::NoMail),
        push: Arc::new(crate::ports::push::NoPush),
        payments: nobody.clone(),
        feeds: nobody.clone(),
        speech: nobody,
        clock: clock.clone(),
        random: Arc::clone(&random),
    };
    let access = Access::new(store.clone(), clock.clone(), random.clone());
    let app = Arc::new(App::new(store, ports, context(random, folder.path())));
    let door = access.clone();
    let adding = async move {
        door.add("ana@ejemplo.com", PASSWORD, Role::Owner).await.unwrap();
        door.add("eva@ejemplo.com", PASSWORD, Role::Helper).await.unwrap();
        door.add("sol@ejemplo.com", PASSWORD, Role::Cleaner).await.unwrap();
    };
    std::thread::spawn(|| rocket::tokio::runtime::Runtime::new().unwrap().block_on(adding)).join().unwrap();
    (rocket(app, access, options), clock, folder)
}

fn context(random: Arc<dyn Random>, folder: &std::path::Path) -> AppContext {
    AppContext {
        link_key: crate::app::guest_link::LinkKey::new(&[7; 32]),
        zone: TimeZone::get("America/Argentina/Buenos_Aires").unwrap(),
        currency: Currency::Ars,
        random,
        public_url: None,
        payments_on: false,
        mail_on: false,
        push_on: false,
        media_dir: folder.to_owned(),
        calendar: HolidayCalendar::argentina(),
        poll_every: jiff::SignedDuration::from_mins(5),
        voice_confidence_min: 0.6,
    }
}

fn read(response: LocalResponse<'_>) -> (u16, Value) {
    let status = response.status().code;
    let text = response.into_string().unwrap_or_default();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

fn stay(cabin: i64, check_in: &str, check_out: &str) -> Value {
    json!({
        "cabin_id": cabin, "check_in": check_in, "check_out": check_out, "guests": 2,
        "guest": {"name": "Luz Pérez", "phone": "+54 9 351 555-0111", "email": "luz@ejemplo.com"},
    })
}

#[test]
fn a_stay_is_held_confirmed_begun_and_ended() {
    let place = Place::open();
    let cabin = place.cabin();
    let (status, held) = place.post("/api/v1/reservations", stay(cabin, "2027-01-14", "2027-01-17"));
    assert_eq!(status, 201, "{held}");
    assert_eq!(
        (&held["status"], &held["nights"], &held["total_cents"], &held["deposit_cents"], &held["paid_cents"]),
        (&json!("pre_reserved"), &json!(3), &json!(350_000), &json!(105_000), &json!(0))
    );
    assert_eq!((&held["currency"], &held["payment_url"]), (&json!("ARS"), &Value::Null));
    assert_eq!(held["expires_at"], json!("2027-01-10T13:00:00Z"));
    let code = held["code"].as_str().unwrap();
    let act = |what: &str| place.post(&format!("/api/v1/reservations/{code}/{what}"), json!({}));
    assert_eq!(act("check_in").0, 409);
    assert_eq!(act("confirm").1["status"], "confirmed");
    assert_eq!(act("check_in").1["status"], "checked_in");
    assert_eq!(act("check_out").1["status"], "checked_out");
    let (status, again) = act("cancel");
    assert_eq!((status, &again["code"]), (409, &json!("not_now")));
    let (_, found) = place.get(&format!("/api/v1/reservations/{}", held["id"]));
    assert_eq!(found["status"], "checked_out");
    let (_, list) = place.get("/api/v1/reservations?status=checked_out&q=luz&page=1");
    assert_eq!((&list["total"], &list["reservations"][0]["code"]), (&json!(1), &json!(code)));
    let (_, table) = place.get("/api/v1/reservations.csv");
    let row = table.as_str().unwrap().lines().nth(1).unwrap();
    assert!(row.starts_with(code) && row.ends_with(",2,,0"), "{table}");
}

#[test]
fn a_night_is_sold_once() {
    let place = Place::open();
    let cabin = place.cabin();
    assert_eq!(place.post("/api/v1/reservations", stay(cabin, "2027-02-01", "2027-02-04")).0, 201);
    let (status, problem) = place.post("/api/v1/reservations", stay(cabin, "2027-02-03", "2027-02-05"));
    assert_eq!((status, &problem["code"], &problem["status"]), (409, &json!("nights_taken"), &json!(409)));
    assert_eq!(place.post("/api/v1/reservations", stay(cabin, "2027-02-04", "2027-02-05")).0, 201);
    let (_, free) = place.get("/api/v1/availability?check_in=2027-02-03&check_out=2027-02-04&guests=2");
    assert_eq!(
        (&free["cabins"][0]["available"], &free["cabins"][0]["reason"], &free["cabins"][0]["quote"]),
        (&json!(false), &json!("nights_taken"), &Value::Null)
    );
}

#[test]
fn broken_rules_have_their_codes() {
    let place = Place::open();
    let cabin = place.cabin();
    let code = |body: Value| {
        let (status, problem) = place.post("/api/v1/reservations", body);
        (status, problem["code"].as_str().unwrap_or_default().to_owned())
    };
    let with = |field: &str, value: Value| {
        let mut body = stay(cabin, "2027-02-01", "2027-02-04");
        body[field] = value;
        body
    };
    assert_eq!(code(stay(cabin, "2027-01-08", "2027-01-12")), (422, "past_date".to_owned()));
    assert_eq!(code(stay(cabin, "2027-02-04", "2027-02-04")), (422, "bad_dates".to_owned()));
    assert_eq!(code(stay(cabin, "2027-02-01", "2027-06-04")), (422, "too_long".to_owned()));
    assert_eq!(code(stay(cabin, "2029-02-01", "2029-02-04")), (422, "too_far_ahead".to_owned()));
    assert_eq!(code(with("guests", json!(5))), (422, "over_capacity".to_owned()));
    assert_eq!(code(with("guests", json!(0))), (422, "no_guests".to_owned()));
    assert_eq!(code(with("guests", json!("two"))), (422, "invalid".to_owned()));
    assert_eq!(code(with("cabin_id", json!(99))), (404, "not_found".to_owned()));
    assert_eq!(code(with("check_in", json!("01/02/2027"))), (422, "invalid".to_owned()));
    assert_eq!(code(with("colour", json!("red"))), (422, "invalid".to_owned()));
    assert_eq!(code(with("guest", json!({"name": "Luz", "phone": "llamame"}))), (422, "invalid".to_owned()));
    assert_eq!(place.put("/api/v1/settings", json!({"min_nights": 2})).0, 200);
    assert_eq!(code(stay(cabin, "2027-02-01", "2027-02-02")), (422, "min_nights".to_owned()));
}

#[test]
fn a_party_comes_back_as_it_was_told_and_a_number_is_that_many_adults() {
    let place = Place::open();
    let cabin = place.cabin();
    let party = |body: Value| {
        let mut asked = stay(cabin, "2027-02-01", "2027-02-04");
        for (field, value) in body.as_object().unwrap() {
            asked[field] = value.clone();
        }
        let (status, answer) = place.post("/api/v1/reservations", asked);
        if status == 201 {
            assert_eq!(
                place.post(&format!("/api/v1/reservations/{}/cancel", answer["id"]), json!({})).0,
                200
            );
            let (_, found) = place.get(&format!("/api/v1/reservations/{}", answer["id"]));
            assert_eq!(found["party"], answer["party"]);
        }
        (status, answer)
    };
    let told = json!({"adults": 2, "children": [9, 3], "pets": 1});
    let kept = json!({"adults": 2, "children": [3, 9], "pets": 1});
    let four_adults = json!({"adults": 4, "children": [], "pets": 0});
    for (body, expected) in [
        (json!({"guests": 4}), &four_adults),
        (json!({"guests": null, "party": {"adults": 4}}), &four_adults),
        (json!({"guests": null, "party": told.clone()}), &kept),
        (json!({"guests": 4, "party": told.clone()}), &kept),
        (json!({"guests": 4, "party": {"children": [3, 9], "pets": 1}}), &kept),
    ] {
        let (status, held) = party(body.clone());
        assert_eq!((status, &held["party"], &held["guests"]), (201, expected, &json!(4)), "{body}");
    }
    for (body, code) in [
        (json!({"guests": 3, "party": told}), "invalid"),
        (json!({"guests": null}), "invalid"),
        (json!({"guests": null, "party": {"children": [3]}}), "invalid"),
        (json!({"guests": null, "party": {"adults": 2, "children": [18]}}), "invalid"),
        (json!({"guests": null, "party": {"adults": 2, "dogs": 1}}), "invalid"),
        (json!({"guests": null, "party": {"adults": 0}}), "no_guests"),
        (json!({"guests": null, "party": {"adults": 3, "children": [1, 2]}}), "over_capacity"),
    ] {
        let (status, problem) = party(body.clone());
        assert_eq!((status, &problem["code"]), (422, &json!(code)), "{body}");
    }
}

#[test]
fn a_move_keeps_who_comes_unless_it_says_otherwise() {
    let place = Place::open();
    let cabin = place.cabin();
    let mut body = stay(cabin, "2027-02-01", "2027-02-04");
    body["guests"] = json!(3);
    body["party"] = json!({"adults": 2, "children": [5], "pets": 1});
    let (_, held) = place.post("/api/v1/reservations", body);
    let moved = |more: Value| {
        let mut to = json!({"check_in": "2027-02-08", "check_out": "2027-02-10"});
        for (field, value) in more.as_object().unwrap() {
            to[field] = value.clone();
        }
        let (status, answer) = place.post(&format!("/api/v1/reservations/{}/move", held["id"]), to);
        (status, answer["party"].clone())
    };
    let family = json!({"adults": 2, "children": [5], "pets": 1});
    assert_eq!(moved(json!({})), (200, family.clone()));
    assert_eq!(moved(json!({"guests": 3})), (200, family));
    let alone = json!({"adults": 1, "children": [], "pets": 0});
    assert_eq!(moved(json!({"party": {"adults": 1}})), (200, alone));
    assert_eq!(moved(json!({"guests": 4})), (200, json!({"adults": 4, "children": [], "pets": 0})));
    assert_eq!(moved(json!({"guests": 4, "party": {"adults": 1}})).0, 422);
}

#[test]
fn availability_takes_a_party_and_says_what_each_amount_is_for() {
    let place = Place::open();
    place.cabin();
    let ask = |who: &str| {
        place.get(&format!("/api/v1/availability?check_in=2027-01-14&check_out=2027-01-16&{who}"))
    };
    let why = |who: &str| ask(who).1["cabins"][0]["reason"].clone();
    for who in ["", "guests=4", "adults=4", "adults=2&children=3,9&pets=1", "guests=4&adults=2&children=3,9"]
    {
        assert_eq!(why(who), Value::Null, "{who}");
    }
    for who in ["guests=5", "adults=5", "adults=2&children=3,9,11"] {
        assert_eq!(why(who), json!("over_capacity"), "{who}");
    }
    for who in ["guests=3&adults=2&children=3,9", "adults=2&children=dos", "children=3", "adults=2&pets=21"] {
        let (status, problem) = ask(who);
        assert_eq!((status, &problem["code"]), (422, &json!("invalid")), "{who}");
    }
    let (_, answer) = ask("guests=2");
    let quote = &answer["cabins"][0]["quote"];
    let lines = quote["lines"].as_array().unwrap();
    assert_eq!((lines.len(), &quote["nights"]), (2, &json!(2)));
    for (line, day) in lines.iter().zip(["2027-01-14", "2027-01-15"]) {
        assert_eq!(
            (&line["kind"], &line["label"], &line["date"]),
            (&json!("night"), &json!("Noche"), &json!(day))
        );
    }
    let sum: i64 = lines.iter().filter_map(|line| line["amount_cents"].as_i64()).sum();
    assert_eq!(quote["total_cents"], json!(sum));
}

#[test]
fn a_guest_who_books_alone_says_who_comes() {
    let place = Place::open();
    place.cabin();
    let page = |who: &str| {
        let path = format!("/reservar?lang=es&check_in=2027-02-01&check_out=2027-02-04&{who}");
        place.get(&path).1.as_str().unwrap_or_default().to_owned()
    };
    assert!(page("guests=4&children=3,+9&pets=1").contains("name=\"cabin\""));
    assert!(page("guests=5&children=3").contains("Ahí entran hasta 4 personas."));
    assert!(page("guests=1&children=3,9").contains("Contá a los menores también"));
    assert!(page("guests=2&children=8+meses").contains("No entendimos las edades"));
}

#[test]
fn a_key_is_answered_once() {
    let place = Place::open();
    let cabin = place.cabin();
    let body = stay(cabin, "2027-02-01", "2027-02-04");
    let (status, first) = place.idempotency_key("k1", &body);
    assert_eq!(status, 201);
    assert_eq!(place.idempotency_key("k1", &body), (201, first.clone()));
    let (status, problem) = place.idempotency_key("k1", &stay(cabin, "2027-03-01", "2027-03-04"));
    assert_eq!((status, &problem["code"]), (422, &json!("idempotency_mismatch")));
    let (status, refused) = place.idempotency_key("k2", &body);
    assert_eq!((status, &refused["code"]), (409, &json!("nights_taken")));
    let cancel = format!("/api/v1/reservations/{}/cancel", first["id"]);
    assert_eq!(place.post(&cancel, json!({"reason": "prueba"})).0, 200);
    // A stored answer never changes, whatever happens later.
    assert_eq!(place.idempotency_key("k2", &body), (409, refused));
    place.clock.0.fetch_add(48 * 3600 + 1, Ordering::Relaxed);
    let late = place.log_in("ana@ejemplo.com");
    let headers = [("Idempotency-Key", "k1")];
    let (status, fresh) = read(place.request(
        Method::Post,
        "/api/v1/reservations",
        Some(&late),
        Some(body.to_string()),
        &headers,
    ));
    assert_eq!(status, 201);
    assert_ne!(fresh["id"], first["id"]);
}

#[rocket::async_test]
async fn many_at_once_with_one_key_make_one_reservation() {
    let (server, _clock, _folder) = server(Options::default());
    let client = rocket::local::asynchronous::Client::untracked(server).await.unwrap();
    let login = json!({"email": "ana@ejemplo.com", "password": PASSWORD}).to_string();
    let token: Value = serde_json::from_str(
        &client.post("/api/v1/login").body(login).dispatch().await.into_string().await.unwrap(),
    )
    .unwrap();
    let bearer = || Header::new("Authorization", format!("Bearer {}", token["token"].as_str().unwrap()));
    let cabin = json!({"name": "Los Alerces", "capacity": 4, "base_price_cents": 100_000}).to_string();
    client.post("/api/v1/cabins").header(bearer()).body(cabin).dispatch().await;
    let ask = || async {
        let body = stay(1, "2027-02-01", "2027-02-04").to_string();
        let request = client.post("/api/v1/reservations").header(bearer()).body(body);
        let response = request.header(Header::new("Idempotency-Key", "same")).dispatch().await;
        (response.status().code, response.into_string().await.unwrap())
    };
    let outcomes = rocket::futures::future::join_all((0..8).map(|_| ask())).await;
    let made: std::collections::BTreeSet<&String> =
        outcomes.iter().filter(|(status, _)| *status == 201).map(|(_, body)| body).collect();
    assert_eq!(made.len(), 1, "{outcomes:?}");
    assert!(outcomes.iter().all(|(status, _)| matches!(status, 201 | 409)), "{outcomes:?}");
}

#[test]
fn only_those_who_may_come_in_and_only_some_may_touch() {
    let place = Place::open();
    let cabin = place.cabin();
    for (method, path) in [
        (Method::Get, "/api/v1/cabins"),
        (Method::Post, "/api/v1/cabins"),
        (Method::Get, "/api/v1/reservations.csv"),
        (Method::Put, "/api/v1/settings"),
    ] {
        let (status, problem) = place.send(method, path, None, Some(json!({})));
        assert_eq!((status, &problem["code"]), (401, &json!("unauthorized")), "{method} {path}");
    }
    assert_eq!(place.send(Method::Get, "/api/v1/cabins", Some("nonsense"), None).0, 401);
    let (status, problem) = place.send(
        Method::Post,
        "/api/v1/reservations",
        Some(&place.cleaner),
        Some(stay(cabin, "2027-02-01", "2027-02-04")),
    );
    assert_eq!((status, &problem["code"]), (403, &json!("forbidden")));
    let wrong = json!({"email": "ana@ejemplo.com", "password": "otra clave"});
    let (status, problem) = place.send(Method::Post, "/api/v1/login", None, Some(wrong));
    assert_eq!((status, &problem["code"]), (401, &json!("bad_credentials")));
}

#[test]
fn bodies_that_are_wrong_are_told_apart() {
    let place = Place::open();
    let send = |body: String| {
        read(place.request(Method::Post, "/api/v1/cabins", Some(&place.owner), Some(body), &[]))
    };
    let (status, problem) = send("{\"name\":".to_owned());
    assert_eq!((status, &problem["code"]), (400, &json!("bad_json")));
    let (status, problem) = send("{\"name\":\"x\"}".to_owned());
    assert_eq!((status, &problem["code"]), (422, &json!("invalid")));
    let (status, problem) = send(format!("{{\"name\":\"{}\"}}", "x".repeat(300_000)));
    assert_eq!((status, &problem["code"]), (413, &json!("too_large")));
    let (status, problem) = place.get("/api/v1/nothing");
    assert_eq!((status, &problem["code"]), (404, &json!("not_found")));
    assert_eq!(place.get("/api/v1/cabins/abc").0, 404);
    let patch = place.request(Method::Patch, "/api/v1/cabins/1", Some(&place.owner), None, &[]);
    assert_eq!((patch.status().code, patch.headers().get_one("Allow")), (405, Some("DELETE, GET, PUT")));
    assert_eq!(place.get("/api/v1/reservations/ZZZZZZ").0, 404);
    let (status, problem) = place.get("/api/v1/availability?check_in=2027-02-01");
    assert_eq!((status, &problem["errors"][0]["field"]), (422, &json!("check_out")));
}

#[test]
fn every_answer_is_named_and_careful() {
    let place = Place::open();
    let response = place.request(Method::Get, "/nowhere", None, None, &[("X-Request-Id", "forged")]);
    let header = |name: &str| response.headers().get_one(name).unwrap_or_default().to_owned();
    assert_eq!(response.status(), Status::NotFound);
    assert_eq!(header("X-Request-Id").len(), 32);
    assert_eq!(header("Content-Type"), "application/problem+json");
    assert_eq!(header("X-Content-Type-Options"), "nosniff");
    assert_eq!(header("Cache-Control"), "no-store");
    assert!(header("Content-Security-Policy").contains("default-src 'none'"));
    assert_eq!(header("Server"), "");
    let page = place.request(Method::Get, "/admin/nowhere", None, None, &[]);
    assert_eq!(page.headers().get_one("Content-Type"), Some("text/html; charset=utf-8"));
}

#[test]
fn settings_change_in_part_and_never_unseen() {
    let place = Place::open();
    let (_, before) = place.get("/api/v1/settings");
    assert_eq!((&before["hold_minutes"], &before["check_in_time"]), (&json!(60), &json!("14:00")));
    let change = json!({"hold_minutes": 90, "weekend_multiplier": 1.2, "weekend_nights": ["sat"],
                        "cancellation": {"refund_percent": 50}, "version": before["version"]});
    let (status, after) = place.put("/api/v1/settings", change.clone());
    assert_eq!(status, 200, "{after}");
    assert_eq!((&after["hold_minutes"], &after["weekend_multiplier"]), (&json!(90), &json!(1.2)));
    assert_eq!((&after["weekend_nights"], &after["min_nights"]), (&json!(["sat"]), &before["min_nights"]));
    assert_eq!(
        after["cancellation"],
        json!({"free_until_days": 7, "refund_percent": 50, "late_refund_percent": 0})
    );
    assert_eq!(place.put("/api/v1/settings", change).0, 409);
    for wrong in [
        json!({"hold": 1}),
        json!({"deposit_percent": 101}),
        json!({"hold_minutes": 0}),
        json!({"bank_cbu": "1"}),
    ] {
        let (status, problem) = place.put("/api/v1/settings", wrong);
        assert_eq!((status, &problem["code"]), (422, &json!("invalid")));
    }
}

#[test]
fn the_owners_words_are_checked_when_they_are_saved() {
    let place = Place::open();
    let long = "x".repeat(1501);
    for (change, field, why) in [
        (
            json!({"texts": {"welcom": "Hola"}}),
            "texts.welcom",
            "welcome, confirmed, arrival, check_in, thanks",
        ),
        (json!({"answers": {"sauna": "No hay"}}), "answers.sauna", "pets, wifi"),
        (json!({"answers": {"wifi": long}}), "answers.wifi", "at most 1500"),
        (json!({"cancellation_text": long}), "cancellation_text", "at most 1500"),
        (json!({"cancellation_text": "Si\u{7} cancelás"}), "cancellation_text", "control characters"),
        (json!({"texts": {"thanks": "Chau {huesped}"}}), "texts.thanks", "{guest}, {cabin}, {check_in}"),
        (json!({"texts": {"thanks": "Chau {guest"}}), "texts.thanks", "not closed"),
        (json!({"texts": {"welcome": "Tu código es {code}"}}), "texts.welcome", "only {guest}"),
        (json!({"answers": {"pets": "Sí, {guest}"}}), "answers.pets", "nothing is filled in"),
        (json!({"texts": {"template": "Mi aviso"}}), "texts.template", "lowercase"),
        (json!({"property_name": "dos\nrenglones"}), "property_name", "single line"),
    ] {
        let (status, problem) = place.put("/api/v1/settings", change.clone());
        assert_eq!((status, &problem["code"]), (422, &json!("invalid")), "{change}");
        assert_eq!(problem["errors"][0]["field"], field, "{problem}");
        assert!(problem["errors"][0]["problem"].as_str().unwrap().contains(why), "{problem}");
    }
    let both = json!({"texts": {"nope": "x"}, "hold_minutes": 0});
    assert_eq!(place.put("/api/v1/settings", both).1["errors"].as_array().unwrap().len(), 2);
}

#[test]
fn a_blank_text_is_the_products_own_again() {
    let place = Place::open();
    let texts = json!({"welcome": " ¡Hola {nombre}! \r\nSoy Ana. ", "thanks": "¡Volvé pronto!"});
    let (status, saved) = place.put("/api/v1/settings", json!({ "texts": texts }));
    assert_eq!((status, &saved["texts"]["welcome"]), (200, &json!("¡Hola {nombre}! \nSoy Ana.")));
    let (_, saved) = place.put("/api/v1/settings", json!({"texts": {"welcome": " \n ", "thanks": "Chau"}}));
    assert_eq!(saved["texts"], json!({"thanks": "Chau"}));
}

#[test]
fn cabins_rates_and_closed_nights_are_kept() {
    let place = Place::open();
    let cabin = place.cabin();
    let path = format!("/api/v1/cabins/{cabin}");
    let (_, shown) = place.get(&path);
    assert_eq!((&shown["weekend_multiplier"], &shown["active"]), (&json!(1.25), &json!(true)));
    let whole =
        json!({"name": "Los Alerces", "capacity": 6, "base_price_cents": 120_000, "amenities": ["parrilla"]});
    assert_eq!(place.put(&path, whole).1["capacity"], 6);
    let rate =
        json!({"from": "2027-02-01", "to": "2027-03-01", "price_cents": 200_000, "arrival_days": ["sat"]});
    let (status, rate) = place.post(&format!("{path}/rates"), rate);
    assert_eq!(status, 201, "{rate}");
    let (status, problem) = place.post("/api/v1/reservations", stay(cabin, "2027-02-01", "2027-02-04"));
    assert_eq!((status, &problem["code"]), (422, &json!("arrival_day")));
    let quote = format!("/api/v1/quote?cabin_id={cabin}&check_in=2027-02-06&check_out=2027-02-07");
    let (_, said) = place.send(Method::Get, &quote, None, None);
    assert_eq!(
        (&said["available"], &said["quote"]["total_cents"]),
        (&json!(true), &json!(250_000)),
        "{said}"
    );
    let gone = place.send(Method::Delete, &format!("{path}/rates/{}", rate["id"]), Some(&place.owner), None);
    assert_eq!(gone.0, 204);
    let again =
        place.send(Method::Delete, &format!("/api/v1/rates/{}", rate["id"]), Some(&place.owner), None);
    assert_eq!(again.0, 404);
    let block = json!({"from": "2027-02-02", "to": "2027-02-03", "reason": "pintura"});
    let (status, block) = place.post(&format!("{path}/blocks"), block);
    assert_eq!(status, 201, "{block}");
    assert_eq!(place.post("/api/v1/reservations", stay(cabin, "2027-02-01", "2027-02-04")).0, 409);
    let open = format!("{path}/blocks/{}", block["id"]);
    assert_eq!(place.send(Method::Delete, &open, Some(&place.owner), None).0, 204);
    assert_eq!(place.post("/api/v1/reservations", stay(cabin, "2027-02-01", "2027-02-04")).0, 201);
    let (status, problem) = place.send(Method::Delete, &path, Some(&place.owner), None);
    assert_eq!((status, &problem["code"]), (409, &json!("cabin_in_use")));
}

#[test]
fn a_channel_reads_our_calendar_at_its_own_address() {
    let place = Place::open();
    let cabin = place.cabin();
    let path = format!("/api/v1/cabins/{cabin}/feeds");
    let (status, feed) = place.post(&path, json!({"channel": "airbnb", "url": ""}));
    assert_eq!(status, 201, "{feed}");
    assert_eq!(place.post(&path, json!({"channel": "airbnb"})).0, 409);
    assert_eq!(place.post(&path, json!({"channel": "otro", "url": "file:///etc/passwd"})).0, 422);
    place.post("/api/v1/reservations", stay(cabin, "2027-02-01", "2027-02-04"));
    let url = feed["export_url"].as_str().unwrap();
    let address = &url[url.find("/ical/").unwrap()..];
    let calendar = place.request(Method::Get, address, None, None, &[]);
    assert_eq!(calendar.headers().get_one("Content-Type"), Some("text/calendar; charset=utf-8"));
    let tag = calendar.headers().get_one("ETag").unwrap().to_owned();
    assert!(calendar.into_string().unwrap().contains("DTSTART;VALUE=DATE:20270201"));
    let again = place.request(Method::Get, address, None, None, &[("If-None-Match", &tag)]);
    assert_eq!(again.status(), Status::NotModified);
    let id = feed["id"].as_i64().unwrap();
    assert_eq!(place.send(Method::Delete, &format!("/api/v1/feeds/{id}"), Some(&place.owner), None).0, 204);
    assert_eq!(place.request(Method::Get, address, None, None, &[]).status(), Status::NotFound);
}

#[test]
fn a_calendar_comes_packed_and_only_when_the_reader_does_not_have_it() {
    let place = Place::open();
    let cabin = place.cabin();
    let path = format!("/api/v1/cabins/{cabin}/feeds");
    let (_, feed) = place.post(&path, json!({"channel": "airbnb", "url": ""}));
    for (from, to) in [("01", "03"), ("05", "07"), ("09", "11"), ("13", "15")] {
        let stay = stay(cabin, &format!("2027-02-{from}"), &format!("2027-02-{to}"));
        assert_eq!(place.post("/api/v1/reservations", stay).0, 201);
    }
    let url = feed["export_url"].as_str().unwrap();
    let address = &url[url.find("/ical/").unwrap()..];
    let asked = |headers: &[(&'static str, &str)]| place.request(Method::Get, address, None, None, headers);
    let read_at = || {
        let (_, all) = place.get(&path);
        all["feeds"][0]["last_read_by_channel_at"].clone()
    };
    assert_eq!(asked(&[("If-None-Match", "*")]).status(), Status::NotModified);
    assert_eq!(read_at(), json!(null), "it was given nothing to read");
    let whole = asked(&[]);
    let modified = whole.headers().get_one("Last-Modified").unwrap().to_owned();
    assert!(whole.headers().get_one("Vary").is_some_and(|vary| vary.contains("Accept-Encoding")));
    assert!(whole.headers().get_one("Content-Encoding").is_none());
    assert_ne!(read_at(), json!(null));
    let length = whole.into_bytes().unwrap().len();
    let packed = asked(&[("Accept-Encoding", "gzip")]);
    assert_eq!(packed.headers().get_one("Content-Encoding"), Some("gzip"));
    assert!(packed.into_bytes().unwrap().len() < length);
    assert_eq!(asked(&[("If-Modified-Since", &modified)]).status(), Status::NotModified);
    let old = ("If-Modified-Since", "Tue, 24 Nov 2015 10:00:00 GMT");
    assert_eq!(asked(&[old]).status(), Status::Ok);
    let other_tag = ("If-None-Match", "\"0123\"");
    assert_eq!(asked(&[other_tag, ("If-Modified-Since", &modified)]).status(), Status::Ok, "the tag counts");
    let stay = stay(cabin, "2027-02-20", "2027-02-22");
    assert_eq!(place.post("/api/v1/reservations", stay).0, 201);
    for _ in 0..2 {
        assert_eq!(asked(&[("If-Modified-Since", &modified)]).status(), Status::Ok, "within the same second");
    }
}

#[test]
fn a_report_counts_nights_that_were_sold() {
    let place = Place::open();
    let cabin = place.cabin();
    let (_, held) = place.post("/api/v1/reservations", stay(cabin, "2027-02-01", "2027-02-04"));
    place.post(&format!("/api/v1/reservations/{}/confirm", held["id"]), json!({}));
    let (status, report) = place.get("/api/v1/reports/occupancy?from=2027-02-01&to=2027-02-11");
    assert_eq!(status, 200, "{report}");
    assert_eq!((&report["nights"], &report["occupancy"]), (&json!(3), &json!(0.3)));
    assert_eq!((&report["adr_cents"], &report["revpar_cents"]), (&json!(100_000), &json!(30_000)));
    assert_eq!(report["by_channel"], json!([{"channel": "api", "nights": 3, "revenue_cents": 300_000}]));
}

#[test]
fn hooks_are_let_in_by_their_signature() {
    let place = Place::open();
    let question = "/webhooks/whatsapp?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";
    let right = place.request(Method::Get, &format!("{question}ours"), None, None, &[]);
    assert_eq!((right.status(), right.into_string().unwrap()), (Status::Ok, "1158201444".to_owned()));
    assert_eq!(
        place.request(Method::Get, &format!("{question}theirs"), None, None, &[]).status(),
        Status::Forbidden
    );
    assert_eq!(place.request(Method::Get, "/webhooks/whatsapp", None, None, &[]).status(), Status::Forbidden);
    let send = |path: &str, header: &'static str, value: &str, body: String| {
        place.request(Method::Post, path, None, Some(body), &[(header, value)]).status().code
    };
    let signed = "X-Hub-Signature-256";
    assert_eq!(send("/webhooks/whatsapp", signed, "bad", "{}".to_owned()), 401);
    assert_eq!(send("/webhooks/whatsapp", signed, "good", "{}".to_owned()), 200);
    assert_eq!(send("/webhooks/whatsapp", signed, "good", "no json".to_owned()), 200);
    assert_eq!(send("/webhooks/whatsapp", signed, "good", "x".repeat(3_000_000)), 200);
    assert_eq!(send("/webhooks/whatsapp", signed, "good", "x".repeat(4_000_000)), 413);
    let payment = "/webhooks/mercadopago?data.id=123&type=payment";
    assert_eq!(send(payment, "x-signature", "bad", "{}".to_owned()), 401);
    assert_eq!(send(payment, "x-signature", "good", "{}".to_owned()), 200);
}

#[test]
fn strangers_who_ask_too_often_wait() {
    let limits = options::Limits { login_per_minute: 3, public_per_minute: 2, ..options::Limits::default() };
    let place = Place::with(Options { limits, ..Options::default() });
    let ask = |token: Option<&str>| {
        let path = "/api/v1/availability?check_in=2027-02-01&check_out=2027-02-02";
        place.request(Method::Get, path, token, None, &[])
    };
    assert_eq!((ask(None).status().code, ask(None).status().code), (200, 200));
    let refused = ask(None);
    assert_eq!(refused.status().code, 429);
    assert!(refused.headers().get_one("Retry-After").is_some());
    assert_eq!(ask(Some(&place.owner)).status().code, 200);
}

#[test]
fn health_tells_of_every_part() {
    let place = Place::open();
    let (status, health) = place.send(Method::Get, "/healthz", None, None);
    assert_eq!((status, &health["status"]), (200, &json!("ok")), "{health}");
    let names: Vec<&str> =
        health["parts"].as_array().unwrap().iter().filter_map(|part| part["name"].as_str()).collect();
    for name in ["database", "calendars", "whatsapp", "mercadopago", "speech", "outbox"] {
        assert!(names.contains(&name), "{name}");
    }
    assert_eq!(place.send(Method::Get, "/readyz", None, None).0, 200);
    assert_eq!(place.send(Method::Get, "/openapi.json", None, None).1["info"]["title"], "casero");
}

/// Sends raw bytes and reads the whole answer.
fn raw(port: u16, parts: &[&[u8]]) -> String {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
    for part in parts {
        stream.write_all(part).unwrap();
    }
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    answer
}

#[rocket::async_test]
async fn over_a_socket_what_is_malformed_or_too_large_is_answered_in_our_words() {
    let (server, _clock, _folder) = server(Options { port: 0, ..Options::default() });
    let (ready, port) = rocket::tokio::sync::oneshot::channel();
    let ready = std::sync::Mutex::new(Some(ready));
    let server = server.attach(rocket::fairing::AdHoc::on_liftoff("port", move |server| {
        Box::pin(async move {
            let sender = ready.lock().unwrap().take().unwrap();
            sender.send(server.config().port).unwrap();
        })
    }));
    let server = server.ignite().await.unwrap();
    let stop = server.shutdown();
    let running = rocket::tokio::spawn(server.launch());
    let port = port.await.unwrap();
    let answers = rocket::tokio::task::spawn_blocking(move || {
        let close = "Host: x\r\nConnection: close\r\n";
        let malformed = raw(port, &[format!("FROB /readyz HTTP/1.1\r\n{close}\r\n").as_bytes()]);
        let large = vec![b'x'; 5_000_000];
        let head = format!("POST /webhooks/whatsapp HTTP/1.1\r\n{close}Content-Length: 5000000\r\n\r\n");
        let too_large = raw(port, &[head.as_bytes(), &large]);
        let head = raw(port, &[format!("HEAD /readyz HTTP/1.1\r\n{close}\r\n").as_bytes()]);
        [malformed, too_large, head]
    });
    let [malformed, too_large, head] = answers.await.unwrap();
    assert!(malformed.starts_with("HTTP/1.1 400 "), "{malformed}");
    assert!(malformed.to_lowercase().contains("x-request-id: "), "{malformed}");
    assert!(malformed.contains("application/problem+json"), "{malformed}");
    assert!(too_large.starts_with("HTTP/1.1 413 "), "{too_large}");
    assert!(head.starts_with("HTTP/1.1 200 ") && head.ends_with("\r\n\r\n"), "{head}");
    stop.notify();
    running.await.unwrap().unwrap();
}
