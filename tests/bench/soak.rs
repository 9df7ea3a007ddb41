//! Checks that casero is stable under a long mixed load: memory, open files and the size of its data.
//!
//! `cargo bench --bench soak [-- MINUTES [NOTIFICATIONS_A_SECOND]]`, by default an hour at fifty. Each
//! guest's text brings four notifications: itself, and that our answer was sent, delivered and read.
//! Meanwhile clients ask for free cabins, book and cancel, the owner looks at pages, and a voice note comes
//! every minute. `CASERO_BIN` names another binary.

use std::path::Path;
use std::time::{Duration, Instant};

#[path = "../suite/days.rs"]
mod days;
#[path = "holds/http.rs"]
mod http;
#[path = "holds/nights.rs"]
mod nights;
#[path = "say.rs"]
mod say;
#[path = "holds/server.rs"]
mod server;

use casero::fake_vendors::{FakeVendors, FakeVendorsConfig};
use days::day;
use nights::Nights;
use say::say;
use serde_json::json;
use server::TestServer;

/// Default duration.
const MINUTES: u64 = 60;
/// Default notifications a second.
const A_SECOND: u64 = 50;
/// Notifications per text.
const OF_A_TEXT: u64 = 4;
/// Numbers that write in turn: none writes twice within the hour.
const GUESTS: u64 = 60_000;
/// Lines of the table.
const LINES: u32 = 20;
/// Interval of all other actions.
const ROUND: Duration = Duration::from_millis(500);
/// Rounds between two voice notes.
const NOTE_ROUNDS: u64 = 120;
/// What guests write.
const TEXTS: [&str; 6] = [
    "Hola! Tienen lugar para 2 del 10 al 12 de enero?",
    "buenas, aceptan mascotas?",
    "q precio sale xa 4 el finde q viene",
    "Oi, tem cabana livre de 5 a 9 de fevereiro para 3 pessoas?",
    "hi, is there anything for two from march 3 to march 6?",
    "gracias!",
];

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|argument| argument.parse::<u64>().ok());
    let time = Duration::from_secs(60 * numbers.next().unwrap_or(MINUTES));
    let pause = Duration::from_secs(1) * OF_A_TEXT as u32 / numbers.next().unwrap_or(A_SECOND) as u32;
    let folder = tempfile::tempdir_in(Path::new(env!("CARGO_TARGET_TMPDIR"))).expect("a folder");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let vendors = runtime
        .block_on(casero::fake_vendors::start(FakeVendorsConfig::default()))
        .expect("the simulator starts");
    let nights = Nights::furnish(folder.path(), nights::MANY);
    server::add_owner(folder.path());
    let server = TestServer::start(folder.path(), &server::with_everything(&vendors));
    vendors.connect(&server.url);
    let key = server.log_in();

    say(&format!(
        "{:>8} {:>10} {:>10} {:>8} {:>12} {:>12}",
        "minute", "PSS MiB", "RSS MiB", "files", "database MB", "log MB"
    ));
    let begun = Instant::now();
    std::thread::scope(|scope| {
        scope.spawn(|| write_until(&vendors, begun, time, pause));
        scope.spawn(|| use_until(&vendors, &server, &key, &nights, begun, time));
        for line in 0..=LINES {
            let due = time * line / LINES;
            std::thread::sleep(due.saturating_sub(begun.elapsed()));
            look(&server, folder.path(), begun.elapsed());
        }
    });
    say(&metrics(&server));
    say(&format!(
        "load of the machine: {}",
        std::fs::read_to_string("/proc/loadavg").unwrap_or_default().trim()
    ));
    server.stop();
}

fn write_until(vendors: &FakeVendors, begun: Instant, time: Duration, pause: Duration) {
    let mut written: u32 = 0;
    while begun.elapsed() < time {
        let number = u64::from(written) % GUESTS;
        let text = TEXTS[written as usize % TEXTS.len()];
        vendors.world().guest_writes(&format!("54934188{number:05}"), text);
        written += 1;
        std::thread::sleep((pause * written).saturating_sub(begun.elapsed()));
    }
}

fn use_until(
    vendors: &FakeVendors,
    server: &TestServer,
    key: &str,
    nights: &Nights,
    begun: Instant,
    time: Duration,
) {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let note =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/speech/es-02.ogg")).expect("a note");
    let ask = |path: &str| {
        let answer = agent.get(format!("{}{path}", server.url)).header("Authorization", key).call();
        answer.and_then(|mut answer| answer.body_mut().read_to_vec()).expect("an answer");
    };
    let send = |path: &str, body: serde_json::Value| {
        let sent = agent.post(format!("{}{path}", server.url)).header("Authorization", key).send_json(body);
        sent.and_then(|mut answer| answer.body_mut().read_json::<serde_json::Value>()).expect("an answer")
    };
    let free = format!("/api/v1/availability?check_in={}&check_out={}&guests=2", day(7), day(11));
    for round in 0_u32.. {
        if begun.elapsed() >= time {
            return;
        }
        ask(&free);
        ask("/api/v1/reservations?status=confirmed");
        ask("/api/v1/conversations");
        ask("/healthz");
        let wish = nights.next();
        let held = send(
            "/api/v1/reservations",
            json!({
                "cabin_id": wish.cabin.0, "check_in": wish.check_in.to_string(), "check_out": wish.check_out.to_string(),
                "guests": 2, "channel": "api", "guest": { "name": "Marta Quiroga", "phone": format!("+{}", wish.phone) },
            }),
        );
        let code = held["code"].as_str().unwrap_or_default();
        send(&format!("/api/v1/reservations/{code}/cancel"), json!({ "reason": "otra fecha" }));
        if u64::from(round) % NOTE_ROUNDS == 0 {
            let url = format!("{}/sim/guests/5493418{round:06}/voice", vendors.base_url());
            agent.post(url).header("Content-Type", "audio/ogg; codecs=opus").send(&note[..]).expect("sent");
        }
        std::thread::sleep((ROUND * (round + 1)).saturating_sub(begun.elapsed()));
    }
}

fn look(server: &TestServer, folder: &Path, elapsed: Duration) {
    let memory = server.memory();
    let megabytes =
        |name: &str| std::fs::metadata(folder.join(name)).map_or(0.0, |file| file.len() as f64 / 1e6);
    say(&format!(
        "{:>8.1} {:>10.1} {:>10.1} {:>8} {:>12.1} {:>12.1}",
        elapsed.as_secs_f64() / 60.0,
        memory.share,
        memory.resident,
        server.open_files(),
        megabytes(casero::store::DATABASE_FILE),
        megabytes(&format!("{}-wal", casero::store::DATABASE_FILE)),
    ));
}

/// Metrics of the server.
fn metrics(server: &TestServer) -> String {
    let text = ureq::get(format!("{}/metrics", server.url)).call().expect("an answer");
    let text = text.into_body().read_to_string().expect("text");
    let told = [
        "whatsapp_messages_total",
        "outbox_pending",
        "rate_limited_total",
        "reply_seconds_count",
        "reply_seconds_sum",
    ];
    let lines = text.lines().filter(|line| told.iter().any(|name| line.starts_with(name)));
    let hooks =
        text.lines().filter(|line| line.starts_with("http_requests_total") && line.contains("webhooks"));
    lines.chain(hooks).collect::<Vec<_>>().join("\n")
}
