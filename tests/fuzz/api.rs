//! A whole house behind its router, without a socket: any request gets one of our answers and never a 500.

use casero::boot;
use casero::config::{Config, Secret};
use casero::domain::user::Role;
use casero::web::{self, Options, options::Limits};
use data_encoding::HEXLOWER;
use ring::hmac;
use rocket::http::{ContentType, Header, Method};
use rocket::local::blocking::Client;
use std::sync::{Mutex, PoisonError};

/// Requests to one house: its lists grow, and with them the time that each takes.
const REQUESTS_OF_A_HOUSE: u32 = 4096;
const SECRET: &str = "llave";
const PASSWORD: &str = "una clave larga";

/// What is asked; `*` is replaced by the fuzzer's words. Logging in is left out, since each try takes a hash.
const DOORS: [(Method, &str); 40] = [
    (Method::Get, "/api/v1/availability?*"),
    (Method::Get, "/api/v1/cabins/*"),
    (Method::Post, "/api/v1/cabins"),
    (Method::Put, "/api/v1/cabins/1"),
    (Method::Post, "/api/v1/feeds/1/sync"),
    (Method::Post, "/api/v1/cabins/1/rates"),
    (Method::Delete, "/api/v1/cabins/1/rates/*"),
    (Method::Get, "/api/v1/quote?*"),
    (Method::Post, "/api/v1/cabins/1/blocks"),
    (Method::Delete, "/api/v1/blocks/*"),
    (Method::Post, "/api/v1/cabins/1/feeds"),
    (Method::Post, "/api/v1/reservations"),
    (Method::Get, "/api/v1/reservations?*"),
    (Method::Get, "/api/v1/reservations/*"),
    (Method::Get, "/api/v1/reservations.csv?*"),
    (Method::Post, "/api/v1/reservations/1/confirm"),
    (Method::Post, "/api/v1/reservations/1/cancel"),
    (Method::Post, "/api/v1/reservations/1/move"),
    (Method::Post, "/api/v1/reservations/1/check_in"),
    (Method::Post, "/api/v1/reservations/1/check_out"),
    (Method::Post, "/api/v1/reservations/1/no_show"),
    (Method::Post, "/api/v1/reservations/1/refund"),
    (Method::Post, "/api/v1/reservations/1/payments"),
    (Method::Get, "/api/v1/conversations?*"),
    (Method::Get, "/api/v1/conversations/*"),
    (Method::Post, "/api/v1/conversations/1/reply"),
    (Method::Post, "/api/v1/conversations/1/take_over"),
    (Method::Post, "/api/v1/attention/1/resolve"),
    (Method::Get, "/api/v1/reports/occupancy?*"),
    (Method::Get, "/api/v1/reports/messages?*"),
    (Method::Get, "/api/v1/settings"),
    (Method::Put, "/api/v1/settings"),
    (Method::Get, "/api/v1/payments?*"),
    (Method::Get, "/webhooks/whatsapp?*"),
    (Method::Post, "/webhooks/whatsapp"),
    (Method::Post, "/webhooks/mercadopago?*"),
    (Method::Get, "/ical/*.ics"),
    (Method::Get, "/pago/*"),
    (Method::Get, "/*"),
    (Method::Post, "/api/v1/*"),
];

/// The house that is asked. Not a thread's own: the client can't be dropped while its thread ends.
static PLACE: Mutex<Option<Place>> = Mutex::new(None);

/// A house with an owner, a cabin and a stay.
struct Place {
    client: Client,
    token: String,
    asked: u32,
    _folder: tempfile::TempDir,
}

/// A request: a byte for the door, words up to the line's end, and a body.
pub fn knock(bytes: &[u8]) {
    let Some((&first, rest)) = bytes.split_first() else { return };
    let at = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
    let (words, body) = (String::from_utf8_lossy(&rest[..at]), rest.get(at + 1..).unwrap_or_default());
    let (method, path) = DOORS[usize::from(first) % DOORS.len()];
    let mut place = PLACE.lock().unwrap_or_else(PoisonError::into_inner);
    if place.as_ref().is_some_and(|place| place.asked >= REQUESTS_OF_A_HOUSE) {
        *place = None;
    }
    let place = place.get_or_insert_with(Place::open);
    place.asked += 1;
    let keyed = first >= 128;
    place.ask(method, &path.replace('*', &words), body, keyed.then_some(&*words));
}

/// Closes the house and removes its folder.
pub fn leave() {
    PLACE.lock().unwrap_or_else(PoisonError::into_inner).take();
}

impl Place {
    fn open() -> Place {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = Config::default();
        config.storage.data_dir = folder.path().to_owned();
        config.whatsapp.access_token = Some(Secret::new("ficha"));
        config.whatsapp.phone_number_id = Some("555".to_owned());
        config.whatsapp.app_secret = Some(Secret::new(SECRET));
        config.whatsapp.verify_token = Some(Secret::new("palabra"));
        let house = boot::assemble(&config).expect("a house");
        let access = house.access.clone();
        let most = u32::MAX;
        let limits = Limits {
            login_per_minute: 1000,
            public_per_minute: most,
            api_per_minute: most,
            codes_per_minute: most,
        };
        let options = Options { limits, ..Options::default() };
        let adding = async move { access.add("ana@ejemplo.com", PASSWORD, Role::Owner).await };
        let added =
            std::thread::spawn(|| rocket::tokio::runtime::Runtime::new().expect("threads").block_on(adding));
        added.join().expect("it ends").expect("an owner");
        let client = Client::untracked(web::rocket(house.app.clone(), house.access.clone(), options));
        let mut place =
            Place { client: client.expect("a door"), token: String::new(), asked: 0, _folder: folder };
        let entered = place.ask(
            Method::Post,
            "/api/v1/login",
            format!(r#"{{"email":"ana@ejemplo.com","password":"{PASSWORD}"}}"#).as_bytes(),
            None,
        );
        let entered: serde_json::Value = serde_json::from_str(&entered).expect("a token");
        place.token = entered["token"].as_str().expect("a token").to_owned();
        for (path, body) in [
            ("cabins", r#"{"name":"Aromo","capacity":4,"base_price_cents":8000000}"#),
            (
                "reservations",
                r#"{"cabin_id":1,"check_in":"2027-02-01","check_out":"2027-02-04","guests":2,"guest":{"name":"Luz","phone":"+5493515550111"}}"#,
            ),
        ] {
            place.ask(Method::Post, &format!("/api/v1/{path}"), body.as_bytes(), None);
        }
        place
    }

    /// One request; answers the body of its answer.
    fn ask(&self, method: Method, path: &str, body: &[u8], key: Option<&str>) -> String {
        let mut request = self.client.req(method, path.to_owned());
        request.add_header(ContentType::JSON);
        request.add_header(Header::new("Authorization", format!("Bearer {}", self.token)));
        let key_of_hmac = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
        let signature = HEXLOWER.encode(hmac::sign(&key_of_hmac, body).as_ref());
        request.add_header(Header::new("X-Hub-Signature-256", format!("sha256={signature}")));
        if let Some(key) = key {
            request.add_header(Header::new("Idempotency-Key", key.to_owned()));
        }
        let answer = request.body(body).dispatch();
        let status = answer.status().code;
        let text = answer.into_string().unwrap_or_default();
        // 503 is an honest answer of the health page: this house has no one at work in it.
        assert!(status < 500 || status == 503, "{method} {path}: {status} {text}");
        text
    }
}
