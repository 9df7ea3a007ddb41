//! The load while casero is killed: clients that book with a key and retry without an answer, payers, guests
//! who write. Each records what was acknowledged.

use super::nights::Nights;
use super::rng::Rng;
use serde_json::{Value, json};
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Threads that book.
const BOOKERS: u64 = 3;
/// Pause between two bookings of one thread.
const BOOKING_PAUSE: Duration = Duration::from_millis(6);
/// Pause between two guests.
const WRITING_PAUSE: Duration = Duration::from_millis(30);
/// Pause before a retry.
const RETRY_PAUSE: Duration = Duration::from_millis(15);
/// Longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Most tries of one request: enough for any restart.
const TRIES_MAX: u32 = 400;

/// An acknowledged booking.
#[derive(Debug, Clone)]
pub struct Booked {
    pub key: String,
    pub code: String,
    /// Whether its cancellation was acknowledged.
    pub called_off: bool,
}

/// All acknowledgements, and the events on the way.
#[derive(Debug, Default, Clone)]
pub struct Promises {
    /// Bookings requested, each with a key of its own.
    pub keys: u64,
    /// Bookings, in no order.
    pub booked: Vec<Booked>,
    /// Requests whose answer was lost at least once.
    pub repeated: u64,
    /// Requests refused because the disk failed, and retried.
    pub refused: u64,
    /// Unexpected answers.
    pub odd: Vec<String>,
    /// Guests who wrote, by number.
    pub wrote: Vec<String>,
    pub paid: u64,
    /// Times of kills and disk faults, in milliseconds since 1970.
    pub troubles: Vec<i64>,
}

impl fmt::Display for Promises {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let called_off = self.booked.iter().filter(|booked| booked.called_off).count();
        write!(
            out,
            "{} bookings acknowledged, {called_off} of them called off; {} requests repeated after a lost answer; \
             {} payments; {} guests wrote",
            self.booked.len(),
            self.repeated,
            self.paid,
            self.wrote.len()
        )
    }
}

/// All clients, and casero's address.
pub struct Load {
    nights: Nights,
    vendors: String,
    seed: u64,
    server: Mutex<(String, String)>,
    promises: Mutex<Promises>,
    over: AtomicBool,
    keys: AtomicU64,
    disk_fails: bool,
}

impl Load {
    pub fn new(nights: Nights, vendors: &str, seed: u64) -> Load {
        Load {
            nights,
            vendors: vendors.to_owned(),
            seed,
            server: Mutex::default(),
            promises: Mutex::default(),
            over: AtomicBool::new(false),
            keys: AtomicU64::new(0),
            disk_fails: false,
        }
    }

    /// The same with a failing disk: an honest failure is expected and the request retried.
    #[allow(dead_code, reason = "where servers are killed, none may fail")]
    pub fn on_a_failing_disk(self) -> Load {
        Load { disk_fails: true, ..self }
    }

    /// Number of acknowledged bookings so far.
    #[allow(dead_code, reason = "where servers are killed, nobody asks")]
    pub fn acknowledged(&self) -> usize {
        hold(&self.promises).booked.len()
    }

    /// Sets casero's address and token.
    pub fn moved(&self, url: &str, key: &str) {
        *hold(&self.server) = (url.to_owned(), key.to_owned());
    }

    /// Sets casero's address; the token is unchanged.
    pub fn moved_on(&self, url: &str) {
        hold(&self.server).0 = url.to_owned();
    }

    /// Records a kill or a disk fault.
    pub fn noted_trouble(&self) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis();
        hold(&self.promises).troubles.push(i64::try_from(now).expect("a time"));
    }

    pub fn promises(&self) -> Promises {
        let keys = self.keys.load(Ordering::Relaxed);
        Promises { keys, ..hold(&self.promises).clone() }
    }

    pub fn start(self: &Arc<Self>) -> Vec<JoinHandle<()>> {
        let mut clients = Vec::new();
        for number in 0..BOOKERS {
            let load = Arc::clone(self);
            clients.push(std::thread::spawn(move || load.books(Rng::new(load.seed ^ (number + 1)))));
        }
        let load = Arc::clone(self);
        clients.push(std::thread::spawn(move || load.writes()));
        clients
    }

    pub fn stop(&self) {
        self.over.store(true, Ordering::Relaxed);
    }

    fn books(&self, mut rng: Rng) {
        let agent = agent();
        while !self.over.load(Ordering::Relaxed) {
            let key = format!("key-{}", self.keys.fetch_add(1, Ordering::Relaxed));
            let wish = self.nights.next();
            let body = json!({
                "cabin_id": wish.cabin.0, "check_in": wish.check_in.to_string(),
                "check_out": wish.check_out.to_string(), "guests": 2, "channel": "api",
                "guest": { "name": "Marta Quiroga", "phone": format!("+{}", wish.phone) },
            });
            let Some((status, held)) = self.insists(&agent, "/api/v1/reservations", &key, &body) else {
                continue;
            };
            let code = held["code"].as_str().unwrap_or_default().to_owned();
            if status != 201 || code.is_empty() {
                hold(&self.promises).odd.push(format!("{key}: {status} {held}"));
                continue;
            }
            let called_off = match rng.below(8) {
                0 | 1 => {
                    self.pays(&agent, &held);
                    false
                }
                2 => self.calls_off(&agent, &key, &code),
                _ => false,
            };
            hold(&self.promises).booked.push(Booked { key, code, called_off });
            std::thread::sleep(BOOKING_PAUSE);
        }
    }

    fn calls_off(&self, agent: &ureq::Agent, key: &str, code: &str) -> bool {
        let path = format!("/api/v1/reservations/{code}/cancel");
        let answer = self.insists(agent, &path, &format!("{key}-off"), &json!({ "reason": "otra fecha" }));
        let Some((status, text)) = answer else { return false };
        if status != 200 {
            hold(&self.promises).odd.push(format!("{code} called off: {status} {text}"));
        }
        status == 200
    }

    /// Retries a request with a key until it is answered. "Still running" counts as no answer.
    fn insists(&self, agent: &ureq::Agent, path: &str, key: &str, body: &Value) -> Option<(u16, Value)> {
        for attempt in 0..TRIES_MAX {
            let (url, bearer) = hold(&self.server).clone();
            let request = agent.post(format!("{url}{path}"));
            let request = request.header("Authorization", &bearer).header("Idempotency-Key", key);
            if let Ok(mut answer) = request.send_json(body) {
                let status = answer.status().as_u16();
                // The answer may break off in the middle, which counts as none.
                if let Ok(answer) = answer.body_mut().read_json::<Value>()
                    && answer["code"] != "idempotency_in_progress"
                    && !self.failed_honestly(status, &answer)
                {
                    hold(&self.promises).repeated += u64::from(attempt > 0);
                    return Some((status, answer));
                }
            }
            std::thread::sleep(RETRY_PAUSE);
        }
        hold(&self.promises).odd.push(format!("{key}: no answer after {TRIES_MAX} tries"));
        None
    }

    /// Whether this is the answer of a server with a failing disk: a named failure, and no more.
    fn failed_honestly(&self, status: u16, answer: &Value) -> bool {
        let honest = self.disk_fails && status >= 500 && answer["code"].is_string();
        hold(&self.promises).refused += u64::from(honest);
        honest
    }

    fn pays(&self, agent: &ureq::Agent, held: &Value) {
        // The link is added later when the provider does not answer in time.
        let Some(link) = held["payment_url"].as_str() else { return };
        let preference = match link.split_once("pref_id=") {
            Some((_, id)) => id,
            None => link.rsplit('/').next().unwrap_or_default(),
        };
        let body = json!({ "preference_id": preference, "action": "approve" });
        let paid = agent.post(format!("{}/sim/payments", self.vendors)).send_json(body);
        if paid.is_ok_and(|answer| answer.status().is_success()) {
            hold(&self.promises).paid += 1;
        }
    }

    fn writes(&self) {
        let agent = agent();
        let mut number = 0;
        while !self.over.load(Ordering::Relaxed) {
            let phone = format!("549351777{number:05}");
            number += 1;
            let body = json!({ "text": "hola, hay lugar del 12 al 15 de enero para 2?" });
            let sent = agent.post(format!("{}/sim/guests/{phone}/text", self.vendors)).send_json(body);
            if sent.is_ok_and(|answer| answer.status().is_success()) {
                hold(&self.promises).wrote.push(phone);
            }
            std::thread::sleep(WRITING_PAUSE);
        }
    }
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(PATIENCE)).build().into()
}

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
