//! Kills casero at random moments, again and again, and then checks everything that it acknowledged.
//!
//! `cargo bench --bench crashes [-- KILLS [SEED]]`: the real binary on the real disk, with guests who write,
//! clients who book with a key, pay and cancel, and `kill -9` at random moments, also during a start. A kill
//! loses the process's memory, not the kernel's; a power cut is the disk's matter, and each commit is synced
//! before it is acknowledged. `CASERO_BIN` names another binary. Exits 1 when a check fails.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

#[path = "holds/http.rs"]
mod http;
#[path = "crashes/load.rs"]
mod load;
#[path = "holds/nights.rs"]
mod nights;
#[path = "crashes/reckoning.rs"]
mod reckoning;
#[path = "crashes/rng.rs"]
mod rng;
#[path = "say.rs"]
mod say;
#[path = "holds/server.rs"]
mod server;

use casero::fake_vendors::FakeVendorsConfig;
use load::Load;
use nights::Nights;
use reckoning::Reckoning;
use rng::Rng;
use say::say;
use server::TestServer;

/// Default number of kills.
const KILLS: u32 = 1_000;
/// One kill in this many happens during a start.
const EARLY_ONE_IN: u64 = 10;
/// A start takes some 15 ms.
const EARLY_MS: u64 = 20;
/// Longest time between two kills.
const LIFE_MS: u64 = 350;
/// Longest wait for casero to finish its work: longer than any lease, and than the pause between two payment
/// sweeps.
const SETTLING: Duration = Duration::from_secs(420);

fn main() -> ExitCode {
    let mut numbers = std::env::args().skip(1).filter_map(|argument| argument.parse::<u64>().ok());
    let kills = numbers.next().and_then(|kills| u32::try_from(kills).ok()).unwrap_or(KILLS);
    let seed = numbers.next().unwrap_or(1);
    let folder = tempfile::tempdir_in(Path::new(env!("CARGO_TARGET_TMPDIR"))).expect("a folder");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let vendors = runtime
        .block_on(casero::fake_vendors::start(FakeVendorsConfig::default()))
        .expect("the simulator starts");
    let nights = Nights::furnish(folder.path(), nights::MANY);
    server::add_owner(folder.path());
    let settings = server::with_everything(&vendors);
    let load = Arc::new(Load::new(nights, &vendors.base_url(), seed));

    let begun = Instant::now();
    let mut server = TestServer::start(folder.path(), &settings);
    load.moved(&server.url, &server.log_in());
    vendors.connect(&server.url);
    let clients = load.start();
    let mut rng = Rng::new(seed);
    for _ in 0..kills {
        std::thread::sleep(Duration::from_millis(rng.below(LIFE_MS)));
        server.kill();
        load.noted_trouble();
        if rng.below(EARLY_ONE_IN) == 0 {
            server::kill_at_start(folder.path(), &settings, Duration::from_millis(rng.below(EARLY_MS)));
        }
        server = TestServer::start(folder.path(), &settings);
        load.moved_on(&server.url);
        vendors.connect(&server.url);
    }
    load.stop();
    for client in clients {
        client.join().expect("a client ends well");
    }
    let killing = begun.elapsed();
    let reckoning = Reckoning::of(folder.path(), &vendors);
    let settled = reckoning.waits_until_all_is_done(SETTLING);
    server.stop();

    let promises = load.promises();
    say(&format!("seed {seed}: {kills} kills in {:.0} s under load", killing.as_secs_f64()));
    say(&format!("  {promises}"));
    let never = reckoning.never_taken();
    say(&format!("  {never} guests' words were never acknowledged, casero being dead each time"));
    let twice = reckoning.messages_sent_twice();
    say(&format!(
        "  {twice} messages reached WhatsApp twice, casero having died between sending and noting it"
    ));
    let mut broken = reckoning.broken(&promises);
    if !settled {
        let waiting = reckoning.waiting().join(", ");
        let quiet = vendors.world().is_quiet();
        broken.push(format!(
            "after {} s these still wait: {waiting} (outside all quiet: {quiet})",
            SETTLING.as_secs()
        ));
    }
    for line in &broken {
        say(&format!("BROKEN: {line}"));
    }
    say(&format!("  broken promises: {}", broken.len()));
    if broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
