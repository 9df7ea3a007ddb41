//! Guests who hold a cabin before the outage, and write and pay during it.

use super::http::Connection;
use super::nights::Nights;
use super::server::TestServer;
use casero::fake_vendors::FakeVendors;
use rusqlite::Connection as Database;
use serde_json::{Value, json};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// What each guest writes during the outage.
const TEXTS: [&str; 2] = ["Hola! Tienen lugar para 2 del 10 al 12 de enero?", "aceptan mascotas?"];
/// Longest wait before the outage.
const PATIENCE: Duration = Duration::from_secs(120);
/// Time between two heartbeats at most.
const HEARTBEAT_MAX: Duration = Duration::from_secs(60);
/// Interval of looking again.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// Messages that are not out, and work that is not done.
const WAITING: &str =
    "SELECT (SELECT count(*) FROM outbound WHERE state IN ('queued', 'sending', 'uncertain'))
    + (SELECT count(*) FROM inbound WHERE state IN ('listen', 'ready'))
    + (SELECT count(*) FROM job WHERE kind IN ('send_link', 'reconcile_payment', 'confirm_paid'))";

pub struct Guests<'v> {
    vendors: &'v FakeVendors,
    database: PathBuf,
    /// Number, and preference of the link to pay.
    guests: Vec<(String, String)>,
    paid: AtomicU64,
    accepted_before: i64,
}

/// What should not be there; all zero is good.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    unanswered: i64,
    given_up: i64,
    out_of_order: i64,
    /// Messages at WhatsApp beyond those of the outbox.
    twice: i64,
    /// Payments that confirmed nothing, or are entered more or less than once.
    payments: i64,
}

impl fmt::Display for Found {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{} unanswered, {} given up, {} out of order, {} twice, {} payments not in",
            self.unanswered, self.given_up, self.out_of_order, self.twice, self.payments
        )
    }
}

impl<'v> Guests<'v> {
    /// Each guest writes and holds a cabin; waits until all is answered.
    pub fn arrive(
        vendors: &'v FakeVendors,
        server: &TestServer,
        data: &Path,
        nights: &Nights,
        count: u64,
    ) -> Guests<'v> {
        let key = server.log_in();
        let mut api = Connection::open(&server.url);
        let hold = |_| {
            let wish = nights.next();
            vendors.world().guest_writes(&wish.phone, "hola");
            let body = json!({
                "cabin_id": wish.cabin.0, "check_in": wish.check_in.to_string(), "check_out": wish.check_out.to_string(),
                "guests": 2, "channel": "api", "guest": { "name": "Marta Quiroga", "phone": format!("+{}", wish.phone) },
            });
            let (status, answer) =
                api.post("/api/v1/reservations", ("Authorization", &key), body.to_string().as_bytes());
            assert_eq!(status, 201, "{}", String::from_utf8_lossy(&answer));
            let held: Value = serde_json::from_slice(&answer).expect("JSON");
            let url = held["payment_url"].as_str().expect("a link to pay");
            (wish.phone, url.rsplit('/').next().unwrap_or_default().to_owned())
        };
        let database = data.join(casero::store::DATABASE_FILE);
        let guests = (0..count).map(hold).collect();
        let mut guests = Guests { vendors, database, guests, paid: AtomicU64::new(0), accepted_before: 0 };
        guests.wait(PATIENCE, || guests.count(WAITING) == 0).expect("all is answered before the outage");
        guests.accepted_before = guests.at_whatsapp() - guests.count("SELECT count(*) FROM outbound");
        guests
    }

    /// The next of two rounds: each guest writes twice, and every second one pays in the first round.
    pub fn act(&self, step: u64) {
        let count = self.guests.len() as u64;
        let (phone, preference) = &self.guests[(step % count) as usize];
        self.vendors.world().guest_writes(phone, TEXTS[(step / count) as usize % TEXTS.len()]);
        if step < count && step.is_multiple_of(2) {
            let url = format!("{}/sim/payments", self.vendors.base_url());
            let body = json!({ "preference_id": preference, "action": "approve" });
            ureq::post(url).send_json(body).expect("paid");
            self.paid.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Whether the next heartbeat shows that the clock of casero is that much ahead of ours.
    pub fn see_clock_ahead(&self, by: Duration) -> bool {
        let is_ahead = || {
            let beat = self.count("SELECT beat_at FROM pulse").unsigned_abs();
            let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
            Duration::from_millis(beat) + HEARTBEAT_MAX >= now + by
        };
        self.wait(2 * HEARTBEAT_MAX, is_ahead).is_some()
    }

    pub fn payments(&self) -> u64 {
        self.paid.load(Ordering::Relaxed)
    }

    /// Times until the first message and until everything is out and confirmed; `None` for what did not come.
    pub fn hear_everything(&self, within: Duration) -> (Option<Duration>, Option<Duration>) {
        let sent = "SELECT count(*) FROM outbound WHERE sent_at IS NOT NULL";
        let before = self.count(sent);
        let begun = Instant::now();
        let first = self.wait(within, || self.count(sent) > before).map(|()| begun.elapsed());
        let all = self.wait(within, || self.count(WAITING) == 0 && self.unconfirmed() == 0);
        (first, all.map(|()| begun.elapsed()))
    }

    pub fn look(&self) -> Found {
        let accepted = self.count("SELECT count(*) FROM outbound WHERE sent_at IS NOT NULL");
        Found {
            unanswered: self.count(
                "SELECT count(*) FROM inbound i WHERE NOT EXISTS
                     (SELECT 1 FROM outbound o WHERE o.conversation_id = i.conversation_id AND o.answers_id >= i.id)",
            ),
            given_up: self.count("SELECT count(*) FROM outbound WHERE state = 'failed'"),
            out_of_order: self.count(
                "SELECT count(*) FROM outbound a JOIN outbound b ON a.conversation_id = b.conversation_id
                     AND a.id < b.id AND a.sent_at > b.sent_at",
            ),
            twice: self.at_whatsapp() - self.accepted_before - accepted,
            payments: self.unconfirmed(),
        }
    }

    /// Payments without a confirmed stay and one entry in the ledger.
    fn unconfirmed(&self) -> i64 {
        let good = self.count(
            "SELECT count(*) FROM payment p JOIN reservation r ON r.id = p.reservation_id
             WHERE r.status = 'confirmed' AND p.status = 'approved'
               AND (SELECT count(*) FROM ledger l WHERE l.payment_id = p.id) = 1",
        );
        i64::try_from(self.payments()).expect("few") - good
    }

    /// Messages of ours that WhatsApp accepted for the guests.
    fn at_whatsapp(&self) -> i64 {
        let of = |(phone, _): &(String, String)| {
            let url = format!("{}/sim/guests/{phone}/chat", self.vendors.base_url());
            let chat: Value = ureq::get(url).call().expect("a chat").into_body().read_json().expect("JSON");
            let lines = chat["messages"].as_array().expect("a list");
            lines.iter().filter(|line| line["from"] == "business").count()
        };
        i64::try_from(self.guests.iter().map(of).sum::<usize>()).expect("few")
    }

    fn wait(&self, within: Duration, done: impl Fn() -> bool) -> Option<()> {
        let begun = Instant::now();
        while begun.elapsed() < within {
            if done() {
                return Some(());
            }
            std::thread::sleep(LOOK_AGAIN);
        }
        None
    }

    fn count(&self, query: &str) -> i64 {
        let database = Database::open(&self.database).expect("a database");
        database.busy_timeout(PATIENCE).expect("set");
        database.query_row(query, [], |row| row.get(0)).expect("a number")
    }
}
