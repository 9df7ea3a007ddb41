//! Over HTTP: holds by the API, notifications acknowledged, guests answered.

use crate::http::Connection;
use crate::measure::{Timings, race};
use crate::nights::{NightRequest, Nights};
use crate::server::TestServer;
use casero::adapters::clock::SystemClock;
use casero::fake_vendors::sign::hub_signature;
use casero::fake_vendors::whatsapp::phones::Sender;
use casero::fake_vendors::{FakeVendors, FakeVendorsConfig};
use casero::ports::clock::Clock;
use serde_json::json;
use std::time::{Duration, Instant};

/// Guests who write one after the other.
const WRITERS: usize = 100;
/// Longest wait for an answer to a guest.
const PATIENCE: Duration = Duration::from_secs(20);
/// Pause between two notifications of a busy evening.
const PAUSE: Duration = Duration::from_millis(25);
/// Notifications of a busy evening.
const EVENING: usize = 160;

/// Holds over this many connections at once.
pub fn holds(server: &TestServer, token: &str, nights: &Nights, connections: usize) -> Timings {
    race(open(server, connections), |connection, _| {
        let body = hold(&nights.next()).to_string();
        let header = ("Authorization", token);
        let (status, answer) = connection.post("/api/v1/reservations", header, body.as_bytes());
        assert_eq!(status, 201, "{}", String::from_utf8_lossy(&answer));
    })
}

/// Signed notifications over several connections, each sent after the last acknowledgement. `batch` keeps the
/// messages of several loops apart.
pub fn acknowledgements(server: &TestServer, batch: &str, connections: usize) -> Timings {
    race(open(server, connections), |connection, turn| acknowledge(connection, batch, turn))
}

/// Signed notifications at the pace of a busy evening: latency without a queue.
pub fn evening(server: &TestServer) -> Timings {
    let mut connection = Connection::open(&server.url);
    let (begun, mut turns) = (Instant::now(), Vec::new());
    for turn in 0..EVENING {
        std::thread::sleep(PAUSE);
        let begun = Instant::now();
        acknowledge(&mut connection, "evening", turn);
        turns.push(begun.elapsed());
    }
    Timings::new(turns, begun.elapsed())
}

/// Time from a guest's text to our answer accepted by the simulated WhatsApp, with the notification, the turn
/// and the sending between them.
pub fn answers(server: &TestServer, vendors: &FakeVendors, runtime: &tokio::runtime::Runtime) -> Timings {
    vendors.connect(&server.url);
    let (begun, mut turns) = (Instant::now(), Vec::new());
    for writer in 0..WRITERS {
        let phone = format!("549351555{writer:04}");
        let begun = Instant::now();
        vendors.world().guest_writes(&phone, "Hola! Tienen lugar para 2 del 10 al 12 de enero?");
        let answered = runtime.block_on(vendors.world().wait_for(PATIENCE, |scene| {
            let guest = scene.phones.guests.get(&phone)?;
            guest.lines.iter().any(|line| line.sender == Sender::Business).then_some(())
        }));
        answered.expect("the guest is answered");
        turns.push(begun.elapsed());
    }
    Timings::new(turns, begun.elapsed())
}

fn open(server: &TestServer, connections: usize) -> Vec<Connection> {
    (0..connections).map(|_| Connection::open(&server.url)).collect()
}

fn acknowledge(connection: &mut Connection, batch: &str, turn: usize) {
    let config = FakeVendorsConfig::default();
    let body = notification(&config.phone_number_id, batch, turn).to_string();
    let signature = hub_signature(&config.app_secret, body.as_bytes());
    let header = ("X-Hub-Signature-256", signature.as_str());
    let (status, answer) = connection.post("/webhooks/whatsapp", header, body.as_bytes());
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&answer));
}

fn hold(request: &NightRequest) -> serde_json::Value {
    json!({
        "cabin_id": request.cabin, "check_in": request.check_in, "check_out": request.check_out, "guests": 2,
        "guest": { "name": "Marta Quiroga", "phone": request.phone }, "channel": "api",
    })
}

/// A text of one of many guests, composed as WhatsApp does.
fn notification(phone_number_id: &str, batch: &str, turn: usize) -> serde_json::Value {
    let phone = format!("549341555{:04}", turn % 10_000);
    json!({
        "object": "whatsapp_business_account",
        "entry": [{ "id": "204400000000017", "changes": [{ "field": "messages", "value": {
            "messaging_product": "whatsapp",
            "metadata": { "display_phone_number": "5493885550100", "phone_number_id": phone_number_id },
            "contacts": [{ "profile": { "name": "Marta" }, "wa_id": phone }],
            "messages": [{
                "id": format!("wamid.{batch}.{turn}"), "from": phone, "type": "text",
                "timestamp": SystemClock.now().as_second().to_string(),
                "text": { "body": "Hola! Tienen lugar para 2 del 10 al 12 de enero?" },
            }],
        }}]}],
    })
}
