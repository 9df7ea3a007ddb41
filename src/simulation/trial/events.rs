//! External events, one at a time: messages and notifications, the owner's actions, faults of the machine;
//! and events of the world without the instance.

use super::Trial;
use crate::app::{Error, export_readers, exports, receive};
use crate::calendars::{self, ReadOptions};
use crate::domain::payment::PaymentStatus;
use crate::ports::payments::PaymentHook;
use crate::ports::whatsapp::HookEvent;
use crate::simulation::failure::Failure;
use crate::simulation::faults::{Outage, Party};
use crate::simulation::instance::set_disk;
use crate::simulation::world::{Event, World};
use crate::simulation::{feeds as channel_feeds, owner, payments};
use jiff::SignedDuration;

impl Trial {
    pub(super) async fn happens(&mut self, event: Event) -> Result<(), Failure> {
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
                world.within((30 * day, 90 * day), Event::Restart);
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
            Event::Forged => self.forged().await,
            Event::ClockWrong(minutes) => self.clock_jumps(minutes),
            Event::Doom => {
                let world = &mut *world.lock();
                self.machine.doom(world.rng.between(0, 40));
                world.within((day / 2, 4 * day), Event::Doom);
            }
            Event::Arrives
            | Event::Acts(_)
            | Event::Pays(_)
            | Event::Becomes(..)
            | Event::GivenBack(_)
            | Event::PaysRest(..)
            | Event::Reimbursed(_)
            | Event::OtherBusiness
            | Event::Outage(_)
            | Event::Sells(_)
            | Event::CallsOff(_)
            | Event::Storm(_) => outside(&mut world.lock(), event),
        }
        Ok(())
    }

    async fn hook(&mut self, events: Vec<HookEvent>) {
        let body = serde_json::to_vec(&events).unwrap_or_default();
        if receive::whatsapp(self.app(), body).await.is_err() {
            // Not answered 200: WhatsApp repeats it.
            let world = &mut *self.world.lock();
            world.counts.hooks_refused += 1;
            world.within((60, 1800), Event::Hook(events));
        }
    }

    async fn notice(&mut self, id: String) {
        let hook = PaymentHook::Payment { id: id.clone() };
        if receive::mercadopago(self.app(), Vec::new(), hook).await.is_err() {
            let world = &mut *self.world.lock();
            world.counts.hooks_refused += 1;
            world.within((900, 3600), Event::Notice(id));
        }
    }

    /// Strangers name payments: every second one exists. An error is an answer that nobody waits for.
    async fn forged(&self) {
        let named: Vec<String> = {
            let world = &mut *self.world.lock();
            let many = world.rng.between(1, 40);
            world.counts.forged += many.unsigned_abs();
            world.within((86_400, 20 * 86_400), Event::Forged);
            let known: Vec<String> = world.payments.payments.keys().cloned().collect();
            let invented = |world: &mut World| format!("{}", 5_000_000 + world.rng.below(1_000_000));
            (0..many)
                .map(|n| match known.is_empty() || n % 2 == 0 {
                    true => invented(world),
                    false => world.rng.pick(&known).clone(),
                })
                .collect()
        };
        for id in named {
            let _unheard = receive::payment_hint(self.app(), &id).await;
        }
    }

    /// A site reads our calendar and closes its nights.
    async fn site_reads(&mut self, index: usize) {
        let (token, feed) = {
            let world = &mut *self.world.lock();
            let site = &world.sites[index];
            if site.habits.tells_nothing && site.unread_sale {
                // We read a site many times for each of its readings: a sale that it does not call one is known to us
                // before it can be taken for a copy of ours.
                world.within((20_000, 30_000), Event::Reads(index));
                return;
            }
            if let Some(first) = site.habits.copies {
                let shown = &world.sites[first];
                let nights = shown.nights().into_iter().chain(shown.closed.iter().copied()).collect();
                channel_feeds::looked_at(world, index, String::new(), nights);
                world.within((10_000, 90_000), Event::Reads(index));
                return;
            }
            let forgets = world.rng.permille(20);
            let pause = if forgets { (180_000, 400_000) } else { (50_000, 150_000) };
            world.within(pause, Event::Reads(index));
            (world.sites[index].token.clone(), world.sites[index].feed)
        };
        let read: Result<String, Error> = async {
            let export = exports::export(self.app(), token).await?;
            export_readers::note(self.app(), &export, "site").await?;
            Ok(export.text)
        }
        .await;
        let Ok(text) = read else { return };
        let world = &mut *self.world.lock();
        if world.sites[index].seen != text {
            let options = ReadOptions::new(world.zone.clone(), world.today());
            let seen = calendars::read(text.as_bytes(), &options);
            let runs = seen.nights.runs().to_vec();
            let nights = runs
                .into_iter()
                .flat_map(|(from, to)| from.series(jiff::ToSpan::day(1)).take_while(move |day| *day < to));
            channel_feeds::looked_at(world, index, text, nights.collect());
        }
        world.note(|| format!("feed {feed} reads our calendar"));
    }

    fn clock_jumps(&mut self, minutes: i64) {
        let day = 86_400;
        let world = &mut *self.world.lock();
        if self.wrong_by.is_zero() {
            let wrong = world.rng.between(-25, 90);
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

/// Handles events that do not reach the instance.
fn outside(world: &mut World, event: Event) {
    let day = 86_400;
    match event {
        Event::Arrives => {
            world.somebody_arrives();
            world.draw_guest();
        }
        Event::Acts(who) => world.acts(who),
        Event::Pays(offer) => payments::pays(world, &offer),
        Event::Becomes(payment, status) => payments::becomes(world, &payment, status),
        Event::GivenBack(payment) => payments::given_back_in_panel(world, &payment),
        Event::PaysRest(offer, amount) => {
            payments::pays_plainly(world, &offer, amount, PaymentStatus::Approved)
        }
        Event::Reimbursed(payment) => payments::reimbursed(world, &payment),
        Event::OtherBusiness => {
            payments::other_business(world);
            world.within((day, 15 * day), Event::OtherBusiness);
        }
        Event::Outage(party) => {
            let outage = match (party, world.rng.below(3)) {
                (_, 0) => Outage::Silence,
                (Party::WhatsApp, 1) => Outage::Bill,
                _ => Outage::Token,
            };
            let hours = world.rng.between(1, 30);
            world.faults.outage(party, outage, world.now + SignedDuration::from_hours(hours));
            world.counts.outages += 1;
            world.note(|| format!("{party:?} is out for {hours} hours: {outage:?}"));
            world.within((15 * day, 60 * day), Event::Outage(party));
        }
        Event::Sells(index) => {
            channel_feeds::sells(world, index);
            world.within((4 * day, 40 * day), Event::Sells(index));
        }
        Event::CallsOff(index) => channel_feeds::calls_off(world, index),
        Event::Storm(party) => {
            let hours = world.rng.between(1, 20);
            let until = world.now + SignedDuration::from_hours(hours);
            world.faults.storm(party, until);
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
        | Event::Forged
        | Event::ClockWrong(_) => {}
    }
}
