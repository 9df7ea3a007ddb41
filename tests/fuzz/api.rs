//! A whole server behind its router, without a socket: any request gets one of our answers and never a 500.
//!
//! Everything runs on one thread and in memory, and each server starts as a copy of a prepared one, so that
//! most of the time goes to requests.

use casero::adapters::speech::ModelBytes;
use casero::app::access::Access;
use casero::app::guest_link::{KEY_BYTES, LinkKey};
use casero::app::{App, AppContext};
use casero::boot;
use casero::config::{Config, Secret};
use casero::domain::ids::ReservationId;
use casero::domain::user::Role;
use casero::ports::Ports;
use casero::ports::error::PortError;
use casero::ports::feeds::{FeedAnswer, FeedRequest, FeedSource};
use casero::store::{OpenOptions, Store, reservations};
use casero::understanding::HolidayCalendar;
use casero::web::{self, Options, options::Limits};
use data_encoding::HEXLOWER;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use ring::hmac;
use rocket::http::{ContentType, Header, Method};
use rocket::local::asynchronous::{Client, LocalRequest};
use rocket::tokio::runtime::{Builder, Runtime};
use std::ffi::OsString;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use tempfile::TempDir;

/// Requests to one server: its lists grow, and with them the time of each.
const REQUESTS_PER_SERVER: u32 = 4096;
/// Bookings without a chat per server. A login shares their rate limit and takes a hash of some hundredths of
/// a second, so none is made.
const LOGIN_PATHS: u32 = 200;
const SECRET: &str = "llave";
const EMAIL: &str = "ana@ejemplo.com";
const PASSWORD: &str = "una clave larga";
/// Days from today to the stay: it is ahead on any day.
const AHEAD_DAYS: i64 = 60;

/// Requests to the API; `*` is replaced by the fuzzer's input.
const ENTRY_POINTS: [(Method, &str); 50] = [
    (Method::Get, "/api/v1/availability?*"),
    (Method::Get, "/api/v1/cabins/*"),
    (Method::Post, "/api/v1/cabins"),
    (Method::Put, "/api/v1/cabins/1"),
    (Method::Post, "/api/v1/feeds/1/sync"),
    (Method::Post, "/api/v1/cabins/1/rates"),
    (Method::Put, "/api/v1/rates/1"),
    (Method::Post, "/api/v1/rates/change"),
    (Method::Post, "/api/v1/rates/copy"),
    (Method::Post, "/api/v1/reservations/1/adjustments"),
    (Method::Delete, "/api/v1/reservations/1/adjustments/*"),
    (Method::Post, "/api/v1/rates/changes/1/undo"),
    (Method::Get, "/api/v1/price_rules"),
    (Method::Post, "/api/v1/price_rules"),
    (Method::Put, "/api/v1/price_rules/1"),
    (Method::Delete, "/api/v1/price_rules/*"),
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

/// Pages and forms requested with a session; `{code}` is the stay's, `{guest}` its guest's own page. Those
/// that would end the session are left out.
const PAGES: [(Method, &str); 50] = [
    (Method::Get, "/reservar?*"),
    (Method::Post, "/reservar"),
    (Method::Get, "{guest}?*"),
    (Method::Post, "{guest}"),
    (Method::Get, "/arrepentimiento?*"),
    (Method::Post, "/arrepentimiento"),
    (Method::Get, "/admin/login?*"),
    (Method::Get, "/admin?*"),
    (Method::Post, "/admin/matters/*"),
    (Method::Get, "/admin/reservations?*"),
    (Method::Get, "/admin/reservations.csv?*"),
    (Method::Get, "/admin/reservations/new?*"),
    (Method::Post, "/admin/reservations/new"),
    (Method::Get, "/admin/reservations/{code}?*"),
    (Method::Post, "/admin/reservations/{code}/confirm"),
    (Method::Post, "/admin/reservations/{code}/cancel"),
    (Method::Post, "/admin/reservations/{code}/move"),
    (Method::Post, "/admin/reservations/{code}/received"),
    (Method::Post, "/admin/reservations/{code}/refund"),
    (Method::Get, "/admin/rate_changes?*"),
    (Method::Post, "/admin/rate_changes"),
    (Method::Post, "/admin/rate_changes/*"),
    (Method::Get, "/admin/price_rules?*"),
    (Method::Post, "/admin/price_rules"),
    (Method::Post, "/admin/price_rules/*"),
    (Method::Get, "/admin/rates?*"),
    (Method::Post, "/admin/rates"),
    (Method::Post, "/admin/rates/*"),
    (Method::Post, "/admin/settings"),
    (Method::Post, "/admin/settings/preview"),
    (Method::Get, "/admin/calendars?*"),
    (Method::Post, "/admin/calendars"),
    (Method::Post, "/admin/calendars/*"),
    (Method::Get, "/admin/reports?*"),
    (Method::Get, "/admin/reports/*"),
    (Method::Get, "/admin/inbox?*"),
    (Method::Get, "/admin/inbox/1?*"),
    (Method::Post, "/admin/inbox/1/reply"),
    (Method::Post, "/admin/inbox/canned"),
    (Method::Get, "/admin/guests?*"),
    (Method::Get, "/admin/guests/1?*"),
    (Method::Post, "/admin/guests/1"),
    (Method::Get, "/admin/audit?*"),
    (Method::Post, "/admin/cabins"),
    (Method::Post, "/admin/cabins/1"),
    (Method::Get, "/admin/chart?*"),
    (Method::Get, "/admin/chart/months/*"),
    (Method::Get, "/admin/chart/block?*"),
    (Method::Post, "/admin/chart/block"),
    (Method::Get, "/admin/chart/move/{code}?*"),
];

/// The server under test.
static PLACE: Mutex<Option<Place>> = Mutex::new(None);

/// A server with an owner, two cabins, a stay and a channel: the initial state of each server.
static MODEL: LazyLock<Model> = LazyLock::new(Model::make);

struct Model {
    files: Vec<(OsString, Vec<u8>)>,
    keys: Keys,
}

/// Credentials, and the stay's addresses.
#[derive(Clone, Default)]
struct Keys {
    token: String,
    cookie: String,
    word: String,
    code: String,
    guest: String,
}

/// A server and its thread.
struct Place {
    client: Client,
    app: Arc<App>,
    access: Access,
    runtime: Runtime,
    keys: Keys,
    asked: u32,
    folder: TempDir,
}

/// Feeds with constant content: no request may use the network.
struct Channels;

impl FeedSource for Channels {
    fn get(&self, _request: &FeedRequest<'_>) -> Result<FeedAnswer, PortError> {
        let (start, end) =
            (ahead(AHEAD_DAYS + 30).strftime("%Y%m%d"), ahead(AHEAD_DAYS + 33).strftime("%Y%m%d"));
        let text = format!(
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Reserved\r\nDTSTART:{start}\r\n\
             DTEND:{end}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        );
        Ok(FeedAnswer::Body { bytes: text.into_bytes(), etag: None, last_modified: None })
    }
}

/// The date `days` from today.
fn ahead(days: i64) -> Date {
    TimeZone::UTC.to_datetime(Timestamp::now()).date().saturating_add(days.days())
}

/// Makes a request: a byte chooses the endpoint, then a line and a body.
pub fn knock(bytes: &[u8]) {
    let Some((&first, rest)) = bytes.split_first() else { return };
    let at = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
    let (words, body) = (String::from_utf8_lossy(&rest[..at]), rest.get(at + 1..).unwrap_or_default());
    if words.contains("login") {
        return;
    }
    let mut place = PLACE.lock().unwrap_or_else(PoisonError::into_inner);
    if place.as_ref().is_some_and(|place| place.asked >= REQUESTS_PER_SERVER) {
        *place = None;
    }
    let place = place.get_or_insert_with(|| MODEL.copy());
    place.asked += 1;
    match first {
        40..128 => {
            let (method, path) = PAGES[usize::from(first - 40) % PAGES.len()];
            place.look(method, &place.keys.fill(path).replace('*', &words), body);
        }
        0..40 | 128.. => {
            let (method, path) = ENTRY_POINTS[usize::from(first) % ENTRY_POINTS.len()];
            let key = (first >= 128).then_some(&*words);
            place.ask(method, &path.replace('*', &words), body, key);
        }
    }
}

/// Closes the server and removes its folder.
pub fn leave() {
    PLACE.lock().unwrap_or_else(PoisonError::into_inner).take();
}

impl Model {
    fn make() -> Model {
        let mut place = Place::open(folder(), Keys::default());
        place.keys = place.first_owner();
        let stay = format!(
            r#"{{"cabin_id":1,"check_in":"{}","check_out":"{}","guests":2,"guest":{{"name":"Luz","phone":"+5493515550111"}}}}"#,
            ahead(AHEAD_DAYS),
            ahead(AHEAD_DAYS + 3)
        );
        for (path, body) in [
            ("cabins", r#"{"name":"Aromo","capacity":4,"base_price_cents":8000000}"#),
            ("cabins", r#"{"name":"Quebracho","capacity":2,"base_price_cents":6000000}"#),
            ("reservations", stay.as_str()),
            ("cabins/1/feeds", r#"{"channel":"airbnb","url":"https://airbnb.example/1.ics"}"#),
        ] {
            place.ask(Method::Post, &format!("/api/v1/{path}"), body.as_bytes(), None);
        }
        let stay = place.app.store.read_blocking(|tx| reservations::find(tx, ReservationId(1)));
        let stay = stay.expect("a row").expect("a stay");
        place.keys.code = stay.code.to_string();
        place.keys.guest = place.app.context.guest_path(&stay);
        let Place { client, app, access, keys, folder, .. } = place;
        // Dropping the last one closes the database.
        drop((client, app, access));
        let entries = std::fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("a file"));
        let files = entries.filter(|entry| entry.path().is_file());
        let files =
            files.map(|file| (file.file_name(), std::fs::read(file.path()).expect("bytes"))).collect();
        Model { files, keys }
    }

    fn copy(&self) -> Place {
        let folder = folder();
        for (name, bytes) in &self.files {
            std::fs::write(folder.path().join(name), bytes).expect("room for a file");
        }
        Place::open(folder, self.keys.clone())
    }
}

impl Keys {
    fn fill(&self, path: &str) -> String {
        path.replace("{code}", &self.code).replace("{guest}", &self.guest)
    }
}

/// A folder in memory where the system has one.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let base = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    tempfile::Builder::new().prefix("casero-fuzz-").tempdir_in(base).expect("a folder")
}

impl Place {
    /// Opens the server in this folder.
    fn open(folder: TempDir, keys: Keys) -> Place {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let (app, access) = server(folder.path());
        let most = u32::MAX;
        let limits = Limits {
            login_per_minute: LOGIN_PATHS,
            public_per_minute: most,
            api_per_minute: most,
            codes_per_minute: most,
            unsigned_hooks_per_minute: u32::MAX,
            ..Limits::default()
        };
        let options = Options { limits, ..Options::default() };
        let rocket = web::rocket(Arc::clone(&app), access.clone(), options);
        let client = runtime.block_on(Client::untracked(rocket)).expect("a door");
        Place { client, app, access, runtime, keys, asked: 0, folder }
    }

    /// Adds the owner and logs in, by the API and by the page.
    fn first_owner(&self) -> Keys {
        self.runtime.block_on(async {
            self.access.add(EMAIL, PASSWORD, Role::Owner).await.expect("an owner");
            let owner = self.access.verify(EMAIL, PASSWORD).await.expect("an answer").expect("the owner");
            let (token, _) = self.access.issue_token(&owner).await.expect("a token");
            let cookie = self.access.open_session(&owner).await.expect("a session").cookie;
            let session = self.access.session(&cookie).await.expect("an answer").expect("the owner");
            Keys { token, cookie, word: session.csrf_token("1"), ..Keys::default() }
        })
    }

    /// A request to the API or a webhook; returns the answer's body.
    fn ask(&self, method: Method, path: &str, body: &[u8], key: Option<&str>) -> String {
        let mut request = self.client.req(method, path.to_owned()).header(ContentType::JSON);
        request.add_header(Header::new("Authorization", format!("Bearer {}", self.keys.token)));
        let key_of_hmac = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
        let signature = HEXLOWER.encode(hmac::sign(&key_of_hmac, body).as_ref());
        request.add_header(Header::new("X-Hub-Signature-256", format!("sha256={signature}")));
        if let Some(key) = key {
            request.add_header(Header::new("Idempotency-Key", key.to_owned()));
        }
        self.answered(request.body(body))
    }

    /// Requests a page or sends a form with a session.
    fn look(&self, method: Method, path: &str, body: &[u8]) -> String {
        let request = self.client.req(method, path.to_owned()).header(ContentType::Form);
        let csrf = [b"csrf_token=", self.keys.word.as_bytes(), b"&", body].concat();
        self.answered(request.cookie(("casero", self.keys.cookie.clone())).body(csrf))
    }

    fn answered(&self, request: LocalRequest<'_>) -> String {
        let asked = format!("{} {}", request.inner().method(), request.inner().uri());
        let (status, text) = self.runtime.block_on(async {
            let answer = request.dispatch().await;
            (answer.status().code, answer.into_string().await.unwrap_or_default())
        });
        // Health pages may fail: this server runs no tasks.
        let of_health = asked.contains("healthz") || asked.contains("readyz");
        assert!(status < 500 || of_health && status == 503, "{asked}: {status} {text}");
        text
    }
}

/// The product's own server, on a database that does not sync.
fn server(folder: &Path) -> (Arc<App>, Access) {
    let mut config = Config::default();
    config.whatsapp.access_token = Some(Secret::new("ficha"));
    config.whatsapp.phone_number_id = Some("555".to_owned());
    config.whatsapp.app_secret = Some(Secret::new(SECRET));
    config.whatsapp.verify_token = Some(Secret::new("palabra"));
    let ports = Ports { feeds: Arc::new(Channels), ..boot::ports(&config, ModelBytes(&[])) };
    let options = OpenOptions { durable: false, in_memory: false, on_callers_thread: true, gate: None };
    let clock = Arc::clone(&ports.clock);
    let store = Store::open_in(folder, Arc::new(move || clock.now()), &options).expect("a database");
    let server = AppContext {
        zone: config.property.timezone.clone(),
        currency: config.property.currency,
        random: Arc::clone(&ports.random),
        public_url: None,
        payments_on: ports.payments.is_on(),
        mail_on: false,
        push_on: false,
        media_dir: folder.to_owned(),
        calendar: HolidayCalendar::argentina(),
        poll_every: SignedDuration::from_mins(i64::from(config.calendars.poll_minutes)),
        link_key: LinkKey::new(&[7; KEY_BYTES]),
        voice_confidence_min: config.speech.min_confidence,
    };
    let access = Access::new(store.clone(), Arc::clone(&ports.clock), Arc::clone(&ports.random));
    (Arc::new(App::new(store, ports, server).on_callers_thread()), access)
}
