//! Kills casero between a guest's words and the owner's notice, again and again.
//!
//! `cargo bench --bench notices [-- KILLS [SEED]]`: each time another guest asks for a person, casero is killed a
//! moment later and started again, and the owner must be told of that guest: one notice, by mail or, each sixth time,
//! by WhatsApp. What a service accepted just before the kill goes out once more under the same identity, which is
//! counted. `CASERO_BIN` names another binary. Exits 1 when a notice is lost or doubled.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

#[path = "holds/http.rs"]
mod http;
#[path = "crashes/rng.rs"]
mod rng;
#[path = "say.rs"]
mod say;
#[path = "holds/server.rs"]
mod server;

use casero::fake_vendors::{FakeVendors, FakeVendorsConfig, smtp};
use rng::Rng;
use rusqlite::{Connection, OpenFlags};
use say::say;
use serde_json::{Value, json};
use server::TestServer;

const KILLS: u64 = 200;
/// Longest time from the guest's words to the kill: an answer takes less.
const LIFE_MS: u64 = 120;
/// One notice in this many goes by WhatsApp, which slows down messages to one number.
const WHATSAPP_ONE_IN: u64 = 6;
/// Longest wait for the owner's notice after a start.
const PATIENCE: Duration = Duration::from_secs(60);
const ASK_AGAIN: Duration = Duration::from_millis(10);
const OWNER: &str = "5493515550188";

fn main() -> ExitCode {
    let mut numbers = std::env::args().skip(1).filter_map(|argument| argument.parse::<u64>().ok());
    let kills = numbers.next().unwrap_or(KILLS);
    let seed = numbers.next().unwrap_or(1);
    let folder = tempfile::tempdir_in(Path::new(env!("CARGO_TARGET_TMPDIR"))).expect("a folder");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let vendors = runtime
        .block_on(casero::fake_vendors::start(FakeVendorsConfig::default()))
        .expect("the simulator starts");
    server::add_owner(folder.path());
    let mut settings = server::with_everything(&vendors);
    settings.extend([
        ("CASERO_MAIL_HOST", "127.0.0.1".to_owned()),
        ("CASERO_MAIL_PORT", vendors.mail_port().to_string()),
        ("CASERO_MAIL_USERNAME", smtp::USERNAME.to_owned()),
        ("CASERO_MAIL_PASSWORD", smtp::PASSWORD.to_owned()),
        ("CASERO_MAIL_FROM", "hola@cerro.example".to_owned()),
        ("CASERO_MAIL_TLS", "none".to_owned()),
    ]);
    let mut server = TestServer::start(folder.path(), &settings);
    let token = server.log_in();
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let world = |path: &str, body: &Value| {
        agent
            .post(format!("{}/sim{path}", vendors.base_url()))
            .send_json(body)
            .expect("the simulator")
            .status()
    };
    world("/guests", &json!({ "phone": OWNER, "name": "Marta" }));
    let mut rng = Rng::new(seed);
    let (mut broken, mut slowest) = (Vec::new(), Duration::ZERO);
    for kill in 0..kills {
        let way = if kill % WHATSAPP_ONE_IN == 0 { "whatsapp" } else { "mail" };
        let wanted = json!({ "owner_phone": format!("+{OWNER}"), "notice_ways": [way] });
        let url = format!("{}/api/v1/settings", server.url);
        let set = agent.put(url).header("Authorization", &token).send_json(&wanted).expect("an answer");
        assert_eq!(set.status(), 200);
        vendors.connect(&server.url);
        let phone = format!("549351888{kill:05}");
        world(&format!("/guests/{phone}/text"), &json!({ "text": "quiero hablar con una persona" }));
        std::thread::sleep(Duration::from_millis(rng.below(LIFE_MS)));
        server.kill();
        server = TestServer::start(folder.path(), &settings);
        vendors.connect(&server.url);
        let begun = Instant::now();
        while told(&agent, &vendors, way, &phone).is_empty() && begun.elapsed() < PATIENCE {
            std::thread::sleep(ASK_AGAIN);
        }
        slowest = slowest.max(begun.elapsed());
    }
    server.stop();
    let mut again = 0;
    let database = folder.path().join(casero::store::DATABASE_FILE);
    let database = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("it opens");
    for kill in 0..kills {
        let way = if kill % WHATSAPP_ONE_IN == 0 { "whatsapp" } else { "mail" };
        let phone = format!("549351888{kill:05}");
        let sent = told(&agent, &vendors, way, &phone);
        let identities: BTreeSet<_> = sent.iter().collect();
        let rows: i64 = database
            .query_row(
                "SELECT count(*) FROM notice n JOIN attention a ON a.id = n.attention_id
                 JOIN conversation c ON c.id = a.conversation_id JOIN guest g ON g.id = c.guest_id
                 WHERE g.phone LIKE '%' || ?1",
                [&phone[phone.len() - 10..]],
                |row| row.get(0),
            )
            .expect("it runs");
        if (identities.len(), rows) != (1, 1) {
            broken.push(format!("{phone} by {way}: {} messages of {rows} notices", identities.len()));
        }
        again += sent.len() - identities.len();
    }
    say(&format!("seed {seed}: {kills} kills between a guest's words and the owner's notice"));
    say(&format!("  the slowest notice came {:.1} s after the start", slowest.as_secs_f64()));
    say(&format!("  {again} messages went out once more under the same identity"));
    for line in &broken {
        say(&format!("BROKEN: {line}"));
    }
    say(&format!("  notices lost or doubled: {}", broken.len()));
    if broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Identities of the messages by which the owner was told of this guest.
fn told(agent: &ureq::Agent, vendors: &FakeVendors, way: &str, phone: &str) -> Vec<String> {
    let (path, list, words, identity) = match way {
        "mail" => ("/mail".to_owned(), "letters", "body", "message_id"),
        _ => (format!("/guests/{OWNER}/chat"), "messages", "text", "callback_data"),
    };
    let mut answer = agent.get(format!("{}/sim{path}", vendors.base_url())).call().expect("the simulator");
    let answer: Value = answer.body_mut().read_json().expect("JSON");
    let all = answer[list].as_array().into_iter().flatten();
    let of_guest = all.filter(|one| one[words].as_str().is_some_and(|words| words.contains(phone)));
    of_guest.map(|one| one[identity].as_str().unwrap_or_default().to_owned()).collect()
}
