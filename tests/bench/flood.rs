//! Forged hints at payments beside true payments: how long a payment takes to its confirmation, and what the strangers
//! leave on the disk.
//!
//! `cargo bench --bench flood [-- PAYMENTS [HINTS_A_MINUTE]]`, by default 200 payments in quiet, then 200 beside 10,000
//! unsigned notifications a minute with bodies of 60 KB, from so many addresses that the limit of one address stops
//! none of them. The real binary on the real disk. `CASERO_BIN` names another binary. Exits 1 when a payment beside the
//! flood is not confirmed within 2 s in 99 of 100 cases, or the flood leaves more than its limit on the disk.

use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

#[path = "holds/http.rs"]
mod http;
#[path = "holds/measure.rs"]
mod measure;
#[path = "holds/nights.rs"]
mod nights;
#[path = "say.rs"]
mod say;
#[path = "holds/server.rs"]
mod server;

use casero::fake_vendors::{FakeVendors, FakeVendorsConfig};
use http::Connection;
use measure::Timings;
use nights::Nights;
use say::say;
use serde_json::{Value, json};
use server::TestServer;

/// Default payments of each kind.
const PAYMENTS: u64 = 200;
/// Default forged hints.
const HINTS_A_MINUTE: u64 = 10_000;
/// Connections over which they come.
const STRANGERS: u64 = 4;
/// Addresses of each connection, as a proxy in front of casero would report them: of the network for measurements
/// (RFC 2544).
const ADDRESSES: u32 = 250;
const BODY_BYTES: usize = 60_000;
/// Limit of a payment's time to its confirmation, in 99 of 100 cases.
const CONFIRMED_MS_MAX: f64 = 2_000.0;
/// Bytes that a hint may leave on average: a row of work at most, and none of its body.
const BYTES_A_HINT_MAX: u64 = 200;
/// Bytes that a payment leaves, generously: rows, messages, and the log.
const BYTES_A_PAYMENT_MAX: u64 = 64 * 1024;
/// Longest wait for a confirmation.
const PATIENCE: Duration = Duration::from_secs(60);
/// Interval of looking again.
const LOOK_AGAIN: Duration = Duration::from_millis(2);
/// Pause between two payments: guests don't pay in a row.
const PAUSE: Duration = Duration::from_millis(20);

fn main() -> ExitCode {
    let mut numbers = std::env::args().skip(1).filter_map(|argument| argument.parse::<u64>().ok());
    let payments = numbers.next().unwrap_or(PAYMENTS).max(1);
    let a_minute = numbers.next().unwrap_or(HINTS_A_MINUTE).max(1);
    let folder = tempfile::tempdir_in(Path::new(env!("CARGO_TARGET_TMPDIR"))).expect("a folder");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let vendors = runtime
        .block_on(casero::fake_vendors::start(FakeVendorsConfig::default()))
        .expect("the simulator starts");
    let nights = Nights::furnish(folder.path(), nights::MANY);
    server::add_owner(folder.path());
    let mut settings = server::with_everything(&vendors);
    settings.push(("CASERO_SERVER_TRUSTED_PROXY", "true".to_owned()));
    let server = TestServer::start(folder.path(), &settings);
    vendors.connect(&server.url);
    let payer = Payer { vendors: &vendors, server: &server, data: folder.path(), nights: &nights };

    row("payment to confirmation, in quiet", &payer.pays(payments));
    let before = size(folder.path());
    let (over, sent) = (AtomicBool::new(false), AtomicU64::new(0));
    let (timings, taken) = std::thread::scope(|scope| {
        for stranger in 0..STRANGERS {
            let (over, sent, url) = (&over, &sent, &server.url);
            scope.spawn(move || forges(url, stranger, a_minute, over, sent));
        }
        let begun = Instant::now();
        let timings = payer.pays(payments);
        over.store(true, Ordering::Relaxed);
        (timings, begun.elapsed())
    });
    let (sent, grown) = (sent.load(Ordering::Relaxed), size(folder.path()).saturating_sub(before));
    let rate = sent as f64 / taken.as_secs_f64() * 60.0;
    row(&format!("the same beside {rate:.0} forged hints a minute"), &timings);
    let allowed = payments * BYTES_A_PAYMENT_MAX + sent * BYTES_A_HINT_MAX;
    say(&format!(
        "data folder: {:.1} MB more, of at most {:.1} MB; {:.1} MB came in; memory {:.1} MiB PSS",
        grown as f64 / 1e6,
        allowed as f64 / 1e6,
        (sent * BODY_BYTES as u64) as f64 / 1e6,
        server.memory().share
    ));
    server.stop();
    let good = timings.percentile(99) <= CONFIRMED_MS_MAX && grown <= allowed;
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn row(name: &str, timings: &Timings) {
    let (median, slow) = (timings.percentile(50), timings.percentile(99));
    say(&format!("{name:<60} {:>5} payments, p50 {median:>7.1} ms, p99 {slow:>7.1} ms", timings.count()));
}

/// A guest who holds a cabin and pays for it, one after the other.
struct Payer<'a> {
    vendors: &'a FakeVendors,
    server: &'a TestServer,
    data: &'a Path,
    nights: &'a Nights,
}

impl Payer<'_> {
    fn pays(&self, count: u64) -> Timings {
        let key = self.server.log_in();
        let mut api = Connection::open(&self.server.url);
        let database =
            rusqlite::Connection::open(self.data.join(casero::store::DATABASE_FILE)).expect("a database");
        database.busy_timeout(PATIENCE).expect("set");
        let begun = Instant::now();
        let turns = (0..count).map(|_| {
            std::thread::sleep(PAUSE);
            let (code, preference) = self.holds(&mut api, &key);
            let paid_at = Instant::now();
            let url = format!("{}/sim/payments", self.vendors.base_url());
            let body = json!({ "preference_id": preference, "action": "approve" });
            ureq::post(url).send_json(body).expect("paid");
            while paid_at.elapsed() < PATIENCE && !is_confirmed(&database, &code) {
                std::thread::sleep(LOOK_AGAIN);
            }
            paid_at.elapsed()
        });
        let turns = turns.collect();
        Timings::new(turns, begun.elapsed())
    }

    /// A hold's code, and the preference of its link.
    fn holds(&self, api: &mut Connection, key: &str) -> (String, String) {
        let wish = self.nights.next();
        let body = json!({
            "cabin_id": wish.cabin.0, "check_in": wish.check_in.to_string(), "check_out": wish.check_out.to_string(),
            "guests": 2, "channel": "api", "guest": { "name": "Marta Quiroga", "phone": format!("+{}", wish.phone) },
        });
        let (status, answer) =
            api.post("/api/v1/reservations", ("Authorization", key), body.to_string().as_bytes());
        assert_eq!(status, 201, "{}", String::from_utf8_lossy(&answer));
        let held: Value = serde_json::from_slice(&answer).expect("JSON");
        let url = held["payment_url"].as_str().expect("a link to pay");
        let code = held["code"].as_str().expect("a code").to_owned();
        (code, url.rsplit('/').next().unwrap_or_default().to_owned())
    }
}

fn is_confirmed(database: &rusqlite::Connection, code: &str) -> bool {
    let sql = "SELECT 1 FROM reservation WHERE code = ?1 AND status = 'confirmed'";
    database.prepare_cached(sql).and_then(|mut found| found.exists([code])).expect("an answer")
}

/// A stranger names payments that do not exist, in notifications that can't be signed.
fn forges(url: &str, stranger: u64, a_minute: u64, over: &AtomicBool, sent: &AtomicU64) {
    let mut connection = Connection::open(url);
    let pause = Duration::from_secs(60).mul_f64(STRANGERS as f64 / a_minute as f64);
    let begun = Instant::now();
    for number in 0_u32.. {
        if over.load(Ordering::Relaxed) {
            return;
        }
        let id = 900_000_000 + stranger * 10_000_000 + u64::from(number);
        let body =
            json!({ "resource": id.to_string(), "topic": "payment", "padding": "x".repeat(BODY_BYTES) });
        let path = format!("/webhooks/mercadopago?id={id}&topic=payment");
        let address = format!("198.18.{stranger}.{}", number % ADDRESSES);
        let (status, _) = connection.post(&path, ("X-Forwarded-For", &address), body.to_string().as_bytes());
        assert!(status == 200 || status == 429, "{status}");
        sent.fetch_add(1, Ordering::Relaxed);
        std::thread::sleep((pause * (number + 1)).saturating_sub(begun.elapsed()));
    }
}

/// Bytes of all files of a folder.
fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let of = |entry: std::fs::DirEntry| match entry.metadata() {
        Ok(found) if found.is_dir() => size(&entry.path()),
        Ok(found) => found.len(),
        Err(_) => 0,
    };
    entries.map(of).sum()
}
