//! Bad hours of both vendors while guests write and pay: whether everything is answered in its order and nothing twice,
//! and how long that takes once the vendors are back.
//!
//! `cargo bench --bench outages [-- GUESTS [SECONDS]]`: the real binary on the real disk; WhatsApp and Mercado Pago
//! answer 500 for 1, 12 and 40 minutes and 12 hours, by default with 50 guests. An outage longer than SECONDS (2,400) is
//! lived for that long, and in its middle the clock of casero is set forward by the rest, with libfaketime, which must
//! be installed for it. The vendors and what measures keep the true clock. `CASERO_BIN` names another binary. Exits 1
//! when a check fails.

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

#[path = "outages/clock.rs"]
mod clock;
#[path = "outages/guests.rs"]
mod guests;
#[path = "holds/http.rs"]
mod http;
#[path = "holds/nights.rs"]
mod nights;
#[path = "say.rs"]
mod say;
#[path = "holds/server.rs"]
mod server;

use casero::fake_vendors::FakeVendorsConfig;
use casero::fake_vendors::faults::{Kind, Rule, Target};
use clock::MovedClock;
use guests::{Found, Guests};
use nights::Nights;
use say::say;
use server::TestServer;

/// Default number of guests.
const GUESTS: u64 = 50;
/// Default longest outage that is lived in full: 40 minutes.
const SECONDS: u64 = 2_400;
/// Lengths of the outages.
const OUTAGES: [(&str, Duration); 4] = [
    ("1 minute", Duration::from_secs(60)),
    ("12 minutes", Duration::from_secs(720)),
    ("40 minutes", Duration::from_secs(2_400)),
    ("12 hours", Duration::from_secs(43_200)),
];
/// Longest wait for everything to be out: a probe a minute, and a look through payments every five.
const DRAINED_WITHIN: Duration = Duration::from_secs(420);

fn main() -> ExitCode {
    let mut numbers = std::env::args().skip(1).filter_map(|argument| argument.parse::<u64>().ok());
    let guests = numbers.next().unwrap_or(GUESTS).max(1);
    let longest = Duration::from_secs(numbers.next().unwrap_or(SECONDS).max(1));
    say(&format!(
        "{:<12} {:>9} {:>9} {:>9} {:>12} {:>12}  {}",
        "outage", "lived s", "messages", "payments", "first out s", "all out s", "faults"
    ));
    let outcomes = OUTAGES.map(|(name, length)| outage(name, length, length.min(longest), guests));
    if outcomes.iter().all(|good| *good) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// One outage on a server of its own; `false` when something is missing, twice or out of order.
fn outage(name: &str, length: Duration, lived: Duration, count: u64) -> bool {
    let Some(clock) = MovedClock::new(lived < length) else {
        say(&format!("{name:<12} not lived: libfaketime is needed to move the clock"));
        return false;
    };
    let folder = tempfile::tempdir_in(Path::new(env!("CARGO_TARGET_TMPDIR"))).expect("a folder");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let vendors = runtime
        .block_on(casero::fake_vendors::start(FakeVendorsConfig::default()))
        .expect("the simulator starts");
    let nights = Nights::furnish(folder.path(), nights::MANY);
    server::add_owner(folder.path());
    let settings = [server::with_everything(&vendors), clock.settings()].concat();
    let server = TestServer::start(folder.path(), &settings);
    vendors.connect(&server.url);
    let guests = Guests::arrive(&vendors, &server, folder.path(), &nights, count);

    for target in [Target::Whatsapp, Target::Mercadopago] {
        let rule = Rule { target, kind: Kind::Error500, probability: 1.0, remaining: None, delay_ms: 0 };
        vendors.world().change(|scene| scene.faults.switch_on(rule));
    }
    let begun = Instant::now();
    for step in 0..2 * count {
        if step == count {
            clock.set_forward(length - lived);
        }
        let due = lived.mul_f64(step as f64 / (2 * count) as f64);
        std::thread::sleep(due.saturating_sub(begun.elapsed()));
        guests.act(step);
    }
    std::thread::sleep(lived.saturating_sub(begun.elapsed()));
    vendors.world().change(|scene| scene.faults.clear());
    let (first, all) = guests.hear_everything(DRAINED_WITHIN);
    let found = guests.look();
    let moved = guests.see_clock_ahead(length - lived);
    if !moved {
        say(&format!("{name}: the clock of casero was not moved"));
    }
    say(&format!(
        "{name:<12} {:>9.0} {:>9} {:>9} {:>12} {:>12}  {found}",
        lived.as_secs_f64(),
        2 * count,
        guests.payments(),
        seconds(first),
        seconds(all),
    ));
    server.stop();
    moved && all.is_some() && found == Found::default()
}

fn seconds(time: Option<Duration>) -> String {
    time.map_or_else(|| "never".to_owned(), |time| format!("{:.1}", time.as_secs_f64()))
}
