//! Disk faults below casero, again and again, and then checks of everything that it acknowledged.
//!
//! `cargo bench --bench faults [-- ROUNDS [SEED]]`: the real binary on the real disk, under the load of
//! `crashes`, with a layer between SQLite and the kernel that makes calls on the database and its log fail:
//! writes that are refused, find no room or tear in the middle, syncs and truncations that fail; single ones,
//! or all for a while, also during a start, and sometimes with a `kill -9` on top. After each trouble casero
//! must recover without help: one that ended is started again, as a supervisor does. A C compiler builds the
//! layer. `CASERO_BIN` names another binary. Exits 1 when a check fails.

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
#[path = "../suite/faults/shim.rs"]
mod shim;
#[path = "faults/storm.rs"]
mod storm;

use casero::fake_vendors::{FakeVendors, FakeVendorsConfig};
use load::{Load, Promises};
use nights::Nights;
use reckoning::Reckoning;
use rng::Rng;
use say::say;
use server::TestServer;
use shim::{KINDS, Shim};
use storm::Storm;

/// Default number of troubles.
const ROUNDS: u32 = 1_000;
/// Longest time between two troubles.
const CALM_MS: u64 = 60;
/// One trouble in this many ends with a kill.
const KILLED_ONE_IN: u64 = 8;
/// One start in this many happens during the next trouble.
const STARTED_IN_TROUBLE_ONE_IN: u64 = 2;
/// Time after a trouble within which a booking must succeed again.
const GOES_ON: Duration = Duration::from_secs(15);
/// Polling interval.
const ASK_AGAIN: Duration = Duration::from_millis(3);
/// Longest wait for casero to finish its work: longer than any lease, and than the pause between two payment
/// sweeps.
const SETTLING: Duration = Duration::from_secs(420);

/// Casero, its disk and its clients.
struct Trial<'a> {
    data: &'a Path,
    settings: Vec<(&'static str, String)>,
    shim: &'a Shim,
    vendors: &'a FakeVendors,
    load: &'a Load,
    server: Option<TestServer>,
    /// Times that casero ended or did not start.
    ended: u32,
    kills: u32,
    stuck: Vec<String>,
}

impl Trial<'_> {
    fn round(&mut self, number: u32, rng: &mut Rng) {
        std::thread::sleep(Duration::from_millis(rng.below(CALM_MS)));
        let storm = Storm::thrown(rng);
        storm.begins(self.shim);
        storm.passes(self.shim);
        self.load.noted_trouble();
        if rng.below(KILLED_ONE_IN) == 0 {
            self.kills += 1;
            self.server.take().expect("it is open").kill();
            if rng.below(STARTED_IN_TROUBLE_ONE_IN) == 0 {
                Storm::thrown(rng).begins(self.shim);
                self.server = TestServer::try_start(self.data, &self.settings);
                self.ended += u32::from(self.server.is_none());
                self.shim.heal();
            }
        }
        self.stays_open();
        self.goes_on(number);
    }

    /// Starts casero if it is not running, as a supervisor does.
    fn stays_open(&mut self) {
        if self.server.as_mut().is_some_and(|server| !server.is_running()) {
            self.ended += 1;
            self.server = None;
        }
        let server = self.server.take().unwrap_or_else(|| TestServer::start(self.data, &self.settings));
        self.load.moved_on(&server.url);
        self.vendors.connect(&server.url);
        self.server = Some(server);
    }

    /// Waits for a successful booking, and reports when none came.
    fn goes_on(&mut self, number: u32) {
        let (before, begun) = (self.load.acknowledged(), Instant::now());
        while self.load.acknowledged() == before {
            if begun.elapsed() > GOES_ON {
                self.stuck
                    .push(format!("after trouble {number} nothing went through for {} s", GOES_ON.as_secs()));
                return;
            }
            std::thread::sleep(ASK_AGAIN);
        }
    }
}

fn main() -> ExitCode {
    let mut numbers = std::env::args().skip(1).filter_map(|argument| argument.parse::<u64>().ok());
    let rounds = numbers.next().and_then(|rounds| u32::try_from(rounds).ok()).unwrap_or(ROUNDS);
    let seed = numbers.next().unwrap_or(1);
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (folder, tools) =
        (tempfile::tempdir_in(target).expect("a folder"), tempfile::tempdir().expect("a folder"));
    let shim = Shim::build(tools.path());
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let vendors = runtime
        .block_on(casero::fake_vendors::start(FakeVendorsConfig::default()))
        .expect("the simulator starts");
    let nights = Nights::furnish(folder.path(), nights::MANY);
    server::add_owner(folder.path());
    let mut settings = server::with_everything(&vendors);
    settings.extend(shim.environment());
    let load = Arc::new(Load::new(nights, &vendors.base_url(), seed).on_a_failing_disk());

    let begun = Instant::now();
    let server = TestServer::start(folder.path(), &settings);
    load.moved(&server.url, &server.log_in());
    vendors.connect(&server.url);
    let clients = load.start();
    let mut trial = Trial {
        data: folder.path(),
        settings,
        shim: &shim,
        vendors: &vendors,
        load: &load,
        server: Some(server),
        ended: 0,
        kills: 0,
        stuck: Vec::new(),
    };
    let mut rng = Rng::new(seed);
    for number in 0..rounds {
        trial.round(number, &mut rng);
    }
    load.stop();
    for client in clients {
        client.join().expect("a client ends well");
    }
    let took = begun.elapsed();
    let reckoning = Reckoning::of(folder.path(), &vendors);
    let settled = reckoning.waits_until_all_is_done(SETTLING);
    trial.server.take().expect("it is open").stop();

    let promises = load.promises();
    let mut broken = trial.stuck;
    broken.extend(reckoning.broken(&promises));
    if !settled {
        let waiting = reckoning.waiting().join(", ");
        let quiet = vendors.world().is_quiet();
        broken.push(format!(
            "after {} s these still wait: {waiting} (outside all quiet: {quiet})",
            SETTLING.as_secs()
        ));
    }
    say(&format!(
        "seed {seed}: {rounds} troubles in {:.0} s under load, {} kills",
        took.as_secs_f64(),
        trial.kills
    ));
    report(&shim, trial.ended, &promises, &reckoning);
    for line in &broken {
        say(&format!("BROKEN: {line}"));
    }
    say(&format!("  broken promises: {}", broken.len()));
    if broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn report(shim: &Shim, ended: u32, promises: &Promises, reckoning: &Reckoning<'_>) {
    let struck = shim.struck();
    let by_kind: Vec<String> =
        KINDS.iter().zip(struck).map(|(kind, count)| format!("{kind} {count}")).collect();
    say(&format!("  {} faults: {}", struck.iter().sum::<u64>(), by_kind.join(", ")));
    say(&format!("  {ended} times casero ended by itself or did not start, and came up again"));
    say(&format!("  {promises}; {} requests were refused by a server whose disk failed", promises.refused));
    say(&format!("  {} guests' words were never acknowledged", reckoning.never_taken()));
    let twice = reckoning.messages_sent_twice();
    say(&format!("  {twice} messages reached WhatsApp twice, what came of the first not having been noted"));
}
