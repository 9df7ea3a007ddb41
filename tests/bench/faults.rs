//! The disk fails below the house, again and again, and then everything it ever promised is looked for.
//!
//! `cargo bench --bench faults [-- ROUNDS [SEED]]`: the real binary on the real disk, under the load of `crashes`,
//! with a layer between SQLite and the kernel that lets calls on the database and its log fail: writes that are
//! refused, that find no room or tear in the middle, syncs and truncations that fail; here and there, all for a
//! while, also while the house starts, and sometimes with a `kill -9` on top. After each trouble the house must go
//! on by itself: one that ended is started again, as a supervisor does. A C compiler builds the layer. `CASERO_BIN`
//! names another binary. Exits 1 when a promise is broken.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

#[path = "crashes/dice.rs"]
mod dice;
#[path = "holds/house.rs"]
mod house;
#[path = "holds/http.rs"]
mod http;
#[path = "crashes/load.rs"]
mod load;
#[path = "holds/nights.rs"]
mod nights;
#[path = "crashes/reckoning.rs"]
mod reckoning;
#[path = "say.rs"]
mod say;
#[path = "../suite/faults/shim.rs"]
mod shim;
#[path = "faults/storm.rs"]
mod storm;

use casero::sim::{SimConfig, Simulator};
use dice::Dice;
use house::House;
use load::{Load, Promises};
use nights::Nights;
use reckoning::Reckoning;
use say::say;
use shim::{KINDS, Shim};
use storm::Storm;

/// Troubles unless told otherwise.
const ROUNDS: u32 = 1_000;
/// The longest time between two troubles.
const CALM_MS: u64 = 60;
/// One trouble in so many ends with the house killed.
const KILLED_ONE_IN: u64 = 8;
/// One start in so many is made in the middle of the next trouble.
const STARTED_IN_TROUBLE_ONE_IN: u64 = 2;
/// How soon after a trouble a booking must go through again.
const GOES_ON: Duration = Duration::from_secs(15);
/// How often it is asked whether it does.
const ASK_AGAIN: Duration = Duration::from_millis(3);
/// Longest wait for the house to finish what it had begun: longer than any lease, and than the pause between two
/// looks through recent payments.
const SETTLING: Duration = Duration::from_secs(420);

/// The house, its disk and those who use it.
struct Trial<'a> {
    data: &'a Path,
    settings: Vec<(&'static str, String)>,
    shim: &'a Shim,
    sim: &'a Simulator,
    load: &'a Load,
    house: Option<House>,
    /// Times that the house ended by itself, or did not start.
    ended: u32,
    kills: u32,
    stuck: Vec<String>,
}

impl Trial<'_> {
    fn round(&mut self, number: u32, dice: &mut Dice) {
        std::thread::sleep(Duration::from_millis(dice.below(CALM_MS)));
        let storm = Storm::thrown(dice);
        storm.begins(self.shim);
        storm.passes(self.shim);
        self.load.noted_trouble();
        if dice.below(KILLED_ONE_IN) == 0 {
            self.kills += 1;
            self.house.take().expect("it is open").kill();
            if dice.below(STARTED_IN_TROUBLE_ONE_IN) == 0 {
                Storm::thrown(dice).begins(self.shim);
                self.house = House::try_start(self.data, &self.settings);
                self.ended += u32::from(self.house.is_none());
                self.shim.heal();
            }
        }
        self.stays_open();
        self.goes_on(number);
    }

    /// Starts the house when it is not there, as a supervisor does.
    fn stays_open(&mut self) {
        if self.house.as_mut().is_some_and(|house| !house.is_running()) {
            self.ended += 1;
            self.house = None;
        }
        let house = self.house.take().unwrap_or_else(|| House::start(self.data, &self.settings));
        self.load.moved_on(&house.url);
        self.sim.connect(&house.url);
        self.house = Some(house);
    }

    /// A booking goes through, or it is told that none did.
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
    let sim = runtime.block_on(casero::sim::start(SimConfig::default())).expect("the simulator starts");
    let nights = Nights::furnish(folder.path(), nights::MANY);
    house::add_owner(folder.path());
    let mut settings = house::with_everything(&sim);
    settings.extend(shim.environment());
    let load = Arc::new(Load::new(nights, &sim.base_url(), seed).on_a_failing_disk());

    let begun = Instant::now();
    let house = House::start(folder.path(), &settings);
    load.moved(&house.url, &house.log_in());
    sim.connect(&house.url);
    let clients = load.start();
    let mut trial = Trial {
        data: folder.path(),
        settings,
        shim: &shim,
        sim: &sim,
        load: &load,
        house: Some(house),
        ended: 0,
        kills: 0,
        stuck: Vec::new(),
    };
    let mut dice = Dice::new(seed);
    for number in 0..rounds {
        trial.round(number, &mut dice);
    }
    load.stop();
    for client in clients {
        client.join().expect("a client ends well");
    }
    let took = begun.elapsed();
    let reckoning = Reckoning::of(folder.path(), &sim);
    let settled = reckoning.waits_until_all_is_done(SETTLING);
    trial.house.take().expect("it is open").stop();

    let promises = load.promises();
    let mut broken = trial.stuck;
    broken.extend(reckoning.broken(&promises));
    if !settled {
        let waiting = reckoning.waiting().join(", ");
        let quiet = sim.world().is_quiet();
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
    tell(&shim, trial.ended, &promises, &reckoning);
    for line in &broken {
        say(&format!("BROKEN: {line}"));
    }
    say(&format!("  broken promises: {}", broken.len()));
    if broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn tell(shim: &Shim, ended: u32, promises: &Promises, reckoning: &Reckoning<'_>) {
    let struck = shim.struck();
    let by_kind: Vec<String> =
        KINDS.iter().zip(struck).map(|(kind, count)| format!("{kind} {count}")).collect();
    say(&format!("  {} faults: {}", struck.iter().sum::<u64>(), by_kind.join(", ")));
    say(&format!("  {ended} times the house ended by itself or did not start, and came up again"));
    say(&format!("  {promises}; {} requests were refused by a house whose disk failed", promises.refused));
    say(&format!("  {} guests' words were never acknowledged", reckoning.never_taken()));
    let twice = reckoning.letters_sent_twice();
    say(&format!("  {twice} messages reached WhatsApp twice, what came of the first not having been noted"));
}
