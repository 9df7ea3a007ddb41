//! Runs one instance through its simulated days: scheduled events reach it, its tasks run one step at a time,
//! it crashes and is opened again, and everything is checked after each step.

mod events;

use super::broken::Broken;
use super::checks::Checks;
use super::counts::Counts;
use super::failure::Failure;
use super::faults::Party;
use super::flaw::Flaw;
use super::instance::{Ground, folder_for, set_disk, watch};
use super::machine::Machine;
use super::next_event::{NextEvent, Rows};
use super::rng::Codes;
use super::whatsapp::forget_unrecorded;
use super::world::{Event, Shared, World};
use crate::app::App;
use crate::jobs::{Task, run_due_once};
use crate::store::{Read, ReadTx, StoreError, in_memory};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;

/// Rounds of tasks after which an instance that is still busy counts as broken.
const ROUNDS_MAX: usize = 300;
/// Longest simulated sleep.
const NAP_MAX: SignedDuration = SignedDuration::from_hours(6);
/// Shortest sleep while something due can't be done yet.
const NAP_MIN: SignedDuration = SignedDuration::from_secs(20);
/// Seconds between two runs of the deadlines task when nothing expires: random, so that all hours of the day
/// occur. The real task runs each second; its rounds have pauses of a minute and more.
const MIND_EVERY: (i64, i64) = (900, 3 * 3600);
/// Length of the last phase, in which everything outside works and nothing new begins.
const EPILOGUE: SignedDuration = SignedDuration::from_hours(6 * 24);
/// Tasks in the order of a message's way through the instance, each with its rows.
const TASKS: [(Task, Rows); 8] = [
    (Task::Fetch, Rows::Inbound),
    (Task::TranscribeShort, Rows::Inbound),
    (Task::Transcribe, Rows::Inbound),
    (Task::Answer, Rows::Inbound),
    (Task::Work, Rows::Jobs),
    (Task::Background, Rows::Jobs),
    (Task::Send, Rows::Outbound),
    (Task::Feeds, Rows::Feeds),
];

/// An instance, its world, and their progress.
pub(super) struct Trial {
    ground: Ground,
    world: Shared,
    machine: Arc<Machine>,
    /// `None` only between a crash and the next start.
    app: Option<App>,
    checks: Checks,
    /// Time of the instance's next work, by its own clock.
    next_event: NextEvent,
    /// Number of commits when `next_event` was computed.
    looked: Option<u64>,
    /// Number of commits at the last check: a step without a commit changes only the time.
    checked: Option<u64>,
    wrong_by: SignedDuration,
    nap: SignedDuration,
    /// Next run of the deadlines task when nothing is due, in true time; `None` after opening: at once.
    mind_at: Option<Timestamp>,
    seed: u64,
    days: u32,
}

impl Trial {
    /// Creates an instance for this seed.
    pub(super) async fn new(seed: u64, days: u32, flaw: Flaw) -> Result<Trial, Failure> {
        let start: Timestamp = "2026-01-05T12:00:00Z".parse().map_err(Failure::trial)?;
        let zone = TimeZone::get("America/Argentina/Buenos_Aires").map_err(Failure::trial)?;
        let world = Shared::new(World::new(seed, start, zone));
        let machine = Arc::new(Machine::new(start));
        let folder = folder_for(seed);
        std::fs::create_dir_all(&folder).map_err(Failure::trial)?;
        let codes = Arc::new(Codes::new(seed));
        let _database = in_memory(&folder).map_err(Failure::trial)?;
        let ground = Ground { folder, _database, world: world.clone(), machine: Arc::clone(&machine), codes };
        let app = ground.open().map_err(Failure::trial)?;
        ground.furnish(&app, flaw).await.map_err(Failure::trial)?;
        let trial = Trial {
            ground,
            world,
            machine,
            app: Some(app),
            checks: Checks::default(),
            next_event: NextEvent::default(),
            looked: None,
            checked: None,
            wrong_by: SignedDuration::ZERO,
            nap: NAP_MIN,
            mind_at: None,
            seed,
            days,
        };
        trial.fill_agenda();
        Ok(trial)
    }

    /// Runs the days, and the last phase in which everything ends.
    pub(super) async fn run(mut self) -> Result<Counts, Failure> {
        let end = self.world.lock().now + SignedDuration::from_hours(24 * i64::from(self.days));
        self.live_until(end).await?;
        self.make_whole().await?;
        let end = self.world.lock().now + EPILOGUE;
        self.live_until(end).await?;
        let clock = self.clock();
        let store = self.app().store.clone();
        let (checks, world) = (&mut self.checks, &self.world);
        let last = store.read_blocking(|tx| checks.at_the_end(tx.connection(), &mut world.lock(), clock));
        last.map_err(|broken| self.failure(broken))?;
        let mut counts = self.world.lock().counts;
        counts.commits = self.machine.commits();
        let counted = store.read_blocking(|tx| Ok(self.checks.count(tx.connection(), &mut counts)?));
        counted.map_err(|broken: Broken| self.failure(broken))?;
        Ok(counts)
    }

    fn app(&self) -> &App {
        self.app.as_ref().expect("the instance is open between two steps")
    }

    /// Finds the time of the instance's next work; `true` if that is now.
    fn look_at_due(&mut self) -> Result<bool, Failure> {
        let commits = self.app().store.commits();
        if self.looked != Some(commits) {
            let look = |tx: &ReadTx<'_>| Ok::<_, StoreError>(NextEvent::look(tx.connection())?);
            self.next_event = self.app().store.read_blocking(look).map_err(Failure::trial)?;
            self.looked = Some(commits);
        }
        Ok(self.next_event.first().is_some_and(|next_event| next_event <= self.clock()))
    }

    fn fill_agenda(&self) {
        let world = &mut *self.world.lock();
        world.add_owner();
        let day = 86_400;
        world.draw_guest();
        world.within((day, 5 * day), Event::Decides);
        world.within((day, 9 * day), Event::Books);
        world.within((day, 9 * day), Event::Manages);
        world.within((day, 5 * day), Event::Doom);
        world.within((day, 9 * day), Event::Restart);
        world.within((3 * day, 40 * day), Event::FullDisk);
        world.within((3 * day, 40 * day), Event::ClockWrong(0));
        for party in Party::ALL {
            world.within((day, 30 * day), Event::Storm(party));
        }
        for party in [Party::WhatsApp, Party::Payments] {
            world.within((day, 30 * day), Event::Outage(party));
        }
        world.within((day, 9 * day), Event::OtherBusiness);
        world.within((day, 9 * day), Event::Forged);
        for index in 0..world.sites.len() {
            world.within((60, 30 * day), Event::Sells(index));
            world.within((60, day), Event::Reads(index));
        }
    }

    async fn live_until(&mut self, end: Timestamp) -> Result<(), Failure> {
        loop {
            {
                let world = &mut *self.world.lock();
                let own = self.next_event.first().map(|at| at - self.wrong_by).unwrap_or(Timestamp::MAX);
                let own = if own <= world.now { world.now + self.nap } else { own };
                self.nap = if own <= world.now + self.nap { (self.nap * 2).min(NAP_MAX) } else { NAP_MIN };
                let outside = world.next_at().unwrap_or(Timestamp::MAX).max(world.now);
                world.now = own.min(outside).min(world.now + NAP_MAX);
                self.machine.set_clock(world.now, self.wrong_by);
                if world.now > end {
                    return Ok(());
                }
            }
            self.step().await?;
        }
    }

    /// Handles all due events, runs the tasks, and checks.
    async fn step(&mut self) -> Result<(), Failure> {
        loop {
            let Some(event) = self.world.lock().next_due() else { break };
            self.nap = NAP_MIN;
            self.happens(event).await?;
            self.reopen_if_dead().await?;
        }
        self.work().await?;
        let (clock, store) = (self.clock(), self.app().store.clone());
        let world = &mut *self.world.lock();
        world.counts.steps += 1;
        let commits = Some(store.commits());
        let changed = std::mem::replace(&mut self.checked, commits) != commits;
        let broken = store.read_blocking(|tx| {
            let (db, checks) = (tx.connection(), &mut self.checks);
            if changed { checks.after_step(db, world, clock) } else { checks.of_the_clock(db, world, clock) }
        });
        let step = world.counts.steps;
        broken.map_err(|broken| Failure::broken(self.seed, self.days, step, broken, world.journal()))
    }

    fn clock(&self) -> Timestamp {
        crate::ports::clock::Clock::now(self.machine.as_ref())
    }

    fn failure(&self, broken: Broken) -> Failure {
        let world = self.world.lock();
        Failure::broken(self.seed, self.days, world.counts.steps, broken, world.journal())
    }

    /// Runs every task until none finds anything to do.
    async fn work(&mut self) -> Result<(), Failure> {
        for _ in 0..ROUNDS_MAX {
            let mut done = 0;
            if self.look_at_due()? {
                let (next_event, clock) = (self.next_event, self.clock());
                for (task, _) in TASKS.into_iter().filter(|(_, rows)| next_event.is_due(*rows, clock)) {
                    // A failed task retries; the checks verify that it ends.
                    done += run_due_once(task, self.app()).await.unwrap_or(0);
                    self.reopen_if_dead().await?;
                }
            }
            if done == 0 {
                self.mind_deadlines().await?;
                if !self.look_at_due()? || self.nap > NAP_MIN {
                    return Ok(());
                }
                self.nap = NAP_MIN * 2;
            }
        }
        Err(self.failure(Broken::new("the instance comes to rest", "its tasks always find more to do")))
    }

    async fn mind_deadlines(&mut self) -> Result<(), Failure> {
        {
            let world = &mut *self.world.lock();
            let lately = self.mind_at.is_some_and(|at| world.now < at);
            if lately && !self.next_event.is_due(Rows::Deadlines, self.clock()) {
                return Ok(());
            }
            let pause = world.rng.between(MIND_EVERY.0, MIND_EVERY.1);
            self.mind_at = Some(world.now + SignedDuration::from_secs(pause));
        }
        let _tried_again = run_due_once(Task::Clock, self.app()).await;
        self.reopen_if_dead().await
    }

    async fn reopen_if_dead(&mut self) -> Result<(), Failure> {
        if !self.machine.is_dead() {
            return Ok(());
        }
        {
            let world = &mut *self.world.lock();
            world.counts.crashes += 1;
            world.note(|| "the process died".to_owned());
            forget_unrecorded(world, self.machine.commits());
            let down = world.rng.between(1, 3600);
            world.now += SignedDuration::from_secs(down);
            self.machine.set_clock(world.now, self.wrong_by);
            self.machine.revive();
        }
        self.nap = NAP_MIN;
        self.come_back().await
    }

    /// Restarts after a crash: memory is lost, commits remain. The database stays open, since SQLite would
    /// lose nothing either: a year has many crashes, and opening takes longer than a simulated day.
    async fn come_back(&mut self) -> Result<(), Failure> {
        let store = self.app().store.clone();
        let app = self.app.insert(self.ground.open_on(store));
        self.mind_at = None;
        if std::mem::take(&mut self.world.lock().disk_is_full) {
            set_disk(app, false).await.map_err(Failure::trial)?;
        }
        Ok(())
    }

    /// Closes the instance and opens it again; the disk has room again.
    async fn open_anew(&mut self) -> Result<(), Failure> {
        self.app = None;
        (self.looked, self.checked) = (None, None);
        let app = self.app.insert(self.ground.open().map_err(Failure::trial)?);
        self.world.lock().disk_is_full = false;
        self.checks.look_at_all();
        self.mind_at = None;
        // The counters belong to the simulation: the process must not die of them.
        let doom = self.machine.spare();
        watch(app).await.map_err(Failure::trial)?;
        self.machine.doom(doom);
        Ok(())
    }

    /// Starts the last phase: everything outside works and nothing new begins.
    async fn make_whole(&mut self) -> Result<(), Failure> {
        self.machine.revive();
        self.world.lock().begin_nothing_new();
        self.wrong_by = SignedDuration::ZERO;
        self.nap = NAP_MIN;
        self.open_anew().await
    }
}

impl Drop for Trial {
    fn drop(&mut self) {
        // Leftovers are in memory or among temporary files.
        let _gone_already = std::fs::remove_dir_all(&self.ground.folder);
    }
}
