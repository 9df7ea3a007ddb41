//! One house through its simulated days: the agenda's events reach its doors, its tasks are run one step after
//! the other, it dies and is opened again, and after each step everything is checked.

use super::checks::{Broken, Checks};
use super::counts::Counts;
use super::dice::Codes;
use super::due::{Due, Rows};
use super::house::{Ground, folder_for, set_disk, watch};
use super::line::forget_unrecorded;
use super::machine::Machine;
use super::weather::Party;
use super::world::{Event, Shared, World};
use super::{Failure, Flaw, bank, owner, sites};
use crate::app::{App, Error, feeds, readers, receive};
use crate::calendars::{self, ReadOptions};
use crate::jobs::{Task, run_due_once};
use crate::ports::payments::PaymentHook;
use crate::store::{Read, ReadTx, StoreError};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;

/// Rounds of the tasks before a house that never comes to rest is called broken.
const ROUNDS_MAX: usize = 300;
/// The longest time without looking at the house.
const NAP_MAX: SignedDuration = SignedDuration::from_hours(6);
/// The shortest nap, when something is due that can't be done yet.
const NAP_MIN: SignedDuration = SignedDuration::from_secs(20);
/// How long everything outside works, and nothing new begins, before the end.
const EPILOGUE: SignedDuration = SignedDuration::from_hours(6 * 24);
/// The tasks in the order of a message's way through the house, each with the rows that it works off.
const TASKS: [(Task, Rows); 7] = [
    (Task::Fetch, Rows::Inbound),
    (Task::ListenToShort, Rows::Inbound),
    (Task::Listen, Rows::Inbound),
    (Task::Answer, Rows::Inbound),
    (Task::Work, Rows::Jobs),
    (Task::Send, Rows::Outbound),
    (Task::Feeds, Rows::Feeds),
];

/// A house, its world, and where they are.
pub(super) struct Trial {
    ground: Ground,
    world: Shared,
    machine: Arc<Machine>,
    /// Always there, but for the moment between a death and the next start.
    app: Option<App>,
    checks: Checks,
    /// When the house next has something to do, by its own clock.
    due: Due,
    wrong_by: SignedDuration,
    nap: SignedDuration,
    seed: u64,
    days: u32,
}

impl Trial {
    /// Furnishes a house for this seed.
    pub(super) async fn new(seed: u64, days: u32, flaw: Flaw) -> Result<Trial, Failure> {
        let start: Timestamp = "2026-01-05T12:00:00Z".parse().map_err(Failure::trial)?;
        let zone = TimeZone::get("America/Argentina/Buenos_Aires").map_err(Failure::trial)?;
        let world = Shared::new(World::new(seed, start, zone));
        let machine = Arc::new(Machine::new(start));
        let folder = folder_for(seed);
        std::fs::create_dir_all(&folder).map_err(Failure::trial)?;
        let codes = Arc::new(Codes::new(seed));
        let ground = Ground { folder, world: world.clone(), machine: Arc::clone(&machine), codes };
        let app = ground.open().map_err(Failure::trial)?;
        ground.furnish(&app, flaw).await.map_err(Failure::trial)?;
        let trial = Trial {
            ground,
            world,
            machine,
            app: Some(app),
            checks: Checks::default(),
            due: Due::default(),
            wrong_by: SignedDuration::ZERO,
            nap: NAP_MIN,
            seed,
            days,
        };
        trial.fill_agenda();
        Ok(trial)
    }

    /// Lives through so many days, and some in which everything comes to its end.
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
        self.app.as_ref().expect("the house is open between two steps")
    }

    /// Looks when the house next has something to do, and whether that is now.
    fn look_at_due(&mut self) -> Result<bool, Failure> {
        let look = |tx: &ReadTx<'_>| Ok::<_, StoreError>(Due::look(tx.connection())?);
        self.due = self.app().store.read_blocking(look).map_err(Failure::trial)?;
        Ok(self.due.first().is_some_and(|due| due <= self.clock()))
    }

    fn fill_agenda(&self) {
        let world = &mut *self.world.lock();
        world.add_owner();
        let day = 86_400;
        world.within((60, day), Event::Arrives);
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
        for index in 0..world.sites.len() {
            world.within((60, 30 * day), Event::Sells(index));
            world.within((60, day), Event::Reads(index));
        }
    }

    async fn live_until(&mut self, end: Timestamp) -> Result<(), Failure> {
        loop {
            {
                let world = &mut *self.world.lock();
                let own = self.due.first().map(|at| at - self.wrong_by).unwrap_or(Timestamp::MAX);
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

    /// Lets everything happen whose time has come, lets the house work it off, and checks.
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
        let broken = store.read_blocking(|tx| self.checks.after_step(tx.connection(), world, clock));
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
                let (due, clock) = (self.due, self.clock());
                for (task, _) in TASKS.into_iter().filter(|(_, rows)| due.is_due(*rows, clock)) {
                    // What a task could not do it tries again; that it comes to an end is for the checks.
                    done += run_due_once(task, self.app()).await.unwrap_or(0);
                    self.reopen_if_dead().await?;
                }
            }
            if done == 0 {
                let _tried_again = run_due_once(Task::Clock, self.app()).await;
                self.reopen_if_dead().await?;
                if !self.look_at_due()? || self.nap > NAP_MIN {
                    return Ok(());
                }
                self.nap = NAP_MIN * 2;
            }
        }
        Err(self.failure(Broken::new("the house comes to rest", "its tasks always find more to do")))
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
            let down = world.dice.between(1, 3600);
            world.now += SignedDuration::from_secs(down);
            self.machine.set_clock(world.now, self.wrong_by);
            self.machine.revive();
        }
        self.nap = NAP_MIN;
        self.open_anew().await
    }

    /// Closes the house and opens it again; what its disk had no room for it has room for now.
    async fn open_anew(&mut self) -> Result<(), Failure> {
        self.app = None;
        let app = self.app.insert(self.ground.open().map_err(Failure::trial)?);
        self.world.lock().disk_is_full = false;
        self.checks.look_at_all();
        // A process that dies at this very commit is opened once more.
        let _dead = watch(app).await;
        Ok(())
    }

    /// From here on everything outside works and nothing new begins.
    async fn make_whole(&mut self) -> Result<(), Failure> {
        self.machine.revive();
        self.world.lock().begin_nothing_new();
        self.wrong_by = SignedDuration::ZERO;
        self.nap = NAP_MIN;
        self.open_anew().await
    }

    async fn happens(&mut self, event: Event) -> Result<(), Failure> {
        let day = 86_400;
        let world = self.world.clone();
        match event {
            Event::Hook(events) => self.hook(events).await,
            Event::Notice(id) => self.notice(id).await,
            Event::Reads(index) => self.site_reads(index).await,
            Event::Decides => {
                let _refused = owner::decides(self.app(), &world).await;
                world.lock().within((day, 4 * day), Event::Decides);
            }
            Event::Books => {
                let _refused = owner::books(self.app(), &world).await;
                world.lock().within((5 * day, 18 * day), Event::Books);
            }
            Event::Manages => {
                let _refused = owner::manages(self.app(), &world).await;
                world.lock().within((3 * day, 12 * day), Event::Manages);
            }
            Event::Restart => {
                self.open_anew().await?;
                let world = &mut *world.lock();
                world.counts.restarts += 1;
                world.within((5 * day, 15 * day), Event::Restart);
            }
            Event::FullDisk => {
                let done = set_disk(self.app(), true).await;
                let world = &mut *world.lock();
                world.disk_is_full = done.is_ok();
                world.counts.full_disks += 1;
                world.note(|| "the disk is full".to_owned());
                world.within((60, 10_000), Event::FreeDisk);
                world.within((20 * day, 50 * day), Event::FullDisk);
            }
            Event::FreeDisk => {
                let done = set_disk(self.app(), false).await;
                let world = &mut *world.lock();
                world.disk_is_full &= done.is_err();
                if done.is_err() {
                    world.within((60, 600), Event::FreeDisk);
                }
            }
            Event::ClockWrong(minutes) => self.clock_jumps(minutes),
            Event::Doom => {
                let world = &mut *world.lock();
                self.machine.doom(world.dice.between(0, 40));
                world.within((day / 2, 4 * day), Event::Doom);
            }
            Event::Arrives
            | Event::Acts(_)
            | Event::Pays(_)
            | Event::Becomes(..)
            | Event::GivenBack(_)
            | Event::Sells(_)
            | Event::CallsOff(_)
            | Event::Storm(_) => outside(&mut world.lock(), event),
        }
        Ok(())
    }

    async fn hook(&mut self, events: Vec<crate::ports::whatsapp::HookEvent>) {
        let body = serde_json::to_vec(&events).unwrap_or_default();
        if receive::whatsapp(self.app(), body).await.is_err() {
            // Not answered 200: WhatsApp comes again.
            let world = &mut *self.world.lock();
            world.counts.hooks_refused += 1;
            world.within((60, 1800), Event::Hook(events));
        }
    }

    async fn notice(&mut self, id: String) {
        let hook = PaymentHook::Payment { id: id.clone(), event_key: id.clone() };
        if receive::mercadopago(self.app(), Vec::new(), hook).await.is_err() {
            let world = &mut *self.world.lock();
            world.counts.hooks_refused += 1;
            world.within((900, 3600), Event::Notice(id));
        }
    }

    /// A site reads our calendar and closes what it finds there.
    async fn site_reads(&mut self, index: usize) {
        let (token, feed) = {
            let world = &mut *self.world.lock();
            world.within((30_000, 100_000), Event::Reads(index));
            (world.sites[index].token.clone(), world.sites[index].feed)
        };
        let read: Result<String, Error> = async {
            let (id, text) = feeds::export(self.app(), token).await?;
            readers::note(self.app(), id, "site").await?;
            Ok(text)
        }
        .await;
        let Ok(text) = read else { return };
        let world = &mut *self.world.lock();
        let options = ReadOptions::new(world.zone.clone(), world.today());
        let seen = calendars::read(text.as_bytes(), &options);
        let runs = seen.nights.runs().to_vec();
        let nights = runs
            .into_iter()
            .flat_map(|(from, to)| from.series(jiff::ToSpan::day(1)).take_while(move |day| *day < to));
        sites::looked_at(world, index, nights.collect());
        world.note(|| format!("feed {feed} reads our calendar"));
    }

    fn clock_jumps(&mut self, minutes: i64) {
        let day = 86_400;
        let world = &mut *self.world.lock();
        if self.wrong_by.is_zero() {
            let wrong = world.dice.between(-25, 90);
            self.wrong_by = SignedDuration::from_mins(wrong);
            world.within((600, 20_000), Event::ClockWrong(wrong));
        } else {
            self.wrong_by = SignedDuration::ZERO;
            world.within((20 * day, 60 * day), Event::ClockWrong(minutes));
        }
        world.counts.clock_jumps += 1;
        let wrong = self.wrong_by.as_mins();
        world.note(|| format!("the clock is {wrong} minutes wrong"));
        self.machine.set_clock(world.now, self.wrong_by);
    }
}

impl Drop for Trial {
    fn drop(&mut self) {
        // What is left behind lies in memory or among temporary files.
        let _gone_already = std::fs::remove_dir_all(&self.ground.folder);
    }
}

/// What happens without the house.
fn outside(world: &mut World, event: Event) {
    let day = 86_400;
    match event {
        Event::Arrives => {
            world.somebody_arrives();
            world.within((day / 4, 4 * day), Event::Arrives);
        }
        Event::Acts(who) => world.acts(who),
        Event::Pays(offer) => bank::pays(world, &offer),
        Event::Becomes(payment, status) => bank::becomes(world, &payment, status),
        Event::GivenBack(payment) => bank::given_back_in_panel(world, &payment),
        Event::Sells(index) => {
            sites::sells(world, index);
            world.within((4 * day, 40 * day), Event::Sells(index));
        }
        Event::CallsOff(index) => sites::calls_off(world, index),
        Event::Storm(party) => {
            let hours = world.dice.between(1, 20);
            let until = world.now + SignedDuration::from_hours(hours);
            world.weather.storm(party, until);
            world.counts.storms += 1;
            world.note(|| format!("a storm at {party:?} for {hours} hours"));
            world.within((8 * day, 30 * day), Event::Storm(party));
        }
        Event::Hook(_)
        | Event::Notice(_)
        | Event::Reads(_)
        | Event::Decides
        | Event::Books
        | Event::Manages
        | Event::Doom
        | Event::Restart
        | Event::FullDisk
        | Event::FreeDisk
        | Event::ClockWrong(_) => {}
    }
}
