//! State of the simulated vendors, behind one lock, with a means to wait for a change. Tests and the demo
//! page see the same world.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::{mpsc, watch};

use super::clock::Clock;
use super::config::FakeVendorsConfig;
use super::endpoints::PushService;
use super::faults::Faults;
use super::feed::Feed;
use super::hook::Hook;
use super::ids::Ids;
use super::letters::Post;
use super::mercadopago::ledger::Ledger;
use super::whatsapp::account::Account;
use super::whatsapp::phones::Phones;

/// Finished notifications kept for inspection; older ones are dropped so that a demo left running for weeks
/// does not grow.
const HOOKS_KEPT: usize = 20_000;

/// The simulated world and its connections.
pub struct World {
    pub config: FakeVendorsConfig,
    pub clock: Clock,
    scene: Mutex<Scene>,
    revision: watch::Sender<u64>,
    app_url: watch::Sender<Option<String>>,
    base_url: OnceLock<String>,
    lanes: Vec<mpsc::UnboundedSender<u64>>,
    runtime: Handle,
}

pub struct Scene {
    /// Source of new identifiers.
    pub ids: Ids,
    pub faults: Faults,
    /// Guests, chats and media.
    pub phones: Phones,
    /// Preferences, payments and refunds.
    pub ledger: Ledger,
    /// Letters of the mail server.
    pub post: Post,
    /// What browsers were pushed.
    pub push: PushService,
    /// Calendars of the booking sites, by name.
    pub feeds: BTreeMap<String, Feed>,
    /// Notifications, pending and delivered, by number.
    pub hooks: BTreeMap<u64, Hook>,
    /// Requests of casero, as `METHOD path status`.
    pub calls: Vec<String>,
    /// Number of delayed actions.
    pub scheduled: usize,
    next_hook: u64,
}

impl World {
    /// An empty world; notifications are sent through these lanes.
    pub fn new(config: FakeVendorsConfig, lanes: Vec<mpsc::UnboundedSender<u64>>) -> Self {
        let app_url = Some(config.app_url.clone()).filter(|url| !url.is_empty());
        Self {
            clock: Clock::default(),
            scene: Mutex::new(Scene {
                ids: Ids::new(config.seed),
                faults: Faults::new(config.seed),
                phones: Phones::new(Account::of(config.templates.as_deref())),
                ledger: Ledger::default(),
                post: Post::default(),
                push: PushService::default(),
                feeds: BTreeMap::new(),
                hooks: BTreeMap::new(),
                calls: Vec::new(),
                scheduled: 0,
                next_hook: 0,
            }),
            revision: watch::Sender::new(0),
            app_url: watch::Sender::new(app_url),
            base_url: OnceLock::new(),
            lanes,
            runtime: Handle::current(),
            config,
        }
    }

    /// Reads the world.
    pub fn look<T>(&self, look: impl FnOnce(&Scene) -> T) -> T {
        look(&self.scene.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the world and wakes the waiting readers.
    pub fn change<T>(&self, change: impl FnOnce(&mut Scene) -> T) -> T {
        let answer = {
            let mut scene = self.scene.lock().unwrap_or_else(PoisonError::into_inner);
            change(&mut scene)
        };
        self.revision.send_modify(|revision| *revision += 1);
        answer
    }

    /// Signals changes: a number that grows with each.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.revision.subscribe()
    }

    /// Waits until a read of the world yields something, for a limited time.
    pub async fn wait_for<T>(
        &self,
        at_most: Duration,
        mut look: impl FnMut(&Scene) -> Option<T>,
    ) -> Option<T> {
        let mut changes = self.changes();
        let found = async {
            loop {
                changes.mark_unchanged();
                if let Some(found) = self.look(&mut look) {
                    return Some(found);
                }
                changes.changed().await.ok()?;
            }
        };
        tokio::time::timeout(at_most, found).await.ok().flatten()
    }

    /// Whether every notification has ended and no delayed action is left.
    pub fn is_quiet(&self) -> bool {
        self.look(|scene| scene.scheduled == 0 && scene.hooks.values().all(Hook::is_over))
    }

    /// Runs an action after a delay.
    pub fn later(self: &Arc<Self>, after: Duration, action: impl FnOnce(&Arc<World>) + Send + 'static) {
        self.change(|scene| scene.scheduled += 1);
        let world = Arc::clone(self);
        self.runtime.spawn(async move {
            tokio::time::sleep(after).await;
            action(&world);
            world.change(|scene| scene.scheduled = scene.scheduled.saturating_sub(1));
        });
    }

    /// Hands a notification to the lane of its subject; the order per subject is kept. An account that nobody subscribed
    /// to notifies nothing.
    pub fn post(&self, scene: &mut Scene, mut hook: Hook) {
        if hook.source == "whatsapp" && !scene.phones.account.subscribed {
            return;
        }
        hook.struck = scene.faults.draw(super::faults::Target::Webhooks);
        let id = scene.next_hook;
        scene.next_hook += 1;
        let lane = lane_of(&hook.subject, self.lanes.len());
        scene.hooks.insert(id, hook);
        while scene.hooks.len() > HOOKS_KEPT {
            scene.hooks.pop_first();
        }
        self.enqueue(lane, id);
    }

    /// Puts a notification at the end of a lane.
    pub fn enqueue(&self, lane: usize, id: u64) {
        // A closed lane: the simulator is stopping.
        if let Some(lane) = self.lanes.get(lane) {
            lane.send(id).ok();
        }
    }

    pub fn base_url(&self) -> String {
        self.base_url.get().cloned().unwrap_or_default()
    }

    /// Set once the port is known.
    pub(super) fn set_base_url(&self, url: String) {
        self.base_url.get_or_init(|| url);
    }

    /// Sets casero's address, also after a change.
    pub fn connect(&self, app_url: &str) {
        let url = app_url.trim_end_matches('/').to_owned();
        self.app_url.send_replace(Some(url));
    }

    /// Waits until casero's address is known.
    pub(super) async fn connected(&self) -> Option<String> {
        let mut url = self.app_url.subscribe();
        let known = url.wait_for(Option::is_some).await.ok()?;
        known.clone()
    }

    /// Casero's address, if known.
    pub fn app_url(&self) -> Option<String> {
        self.app_url.borrow().clone()
    }
}

impl Scene {
    pub fn hook(&mut self, id: u64) -> Option<&mut Hook> {
        self.hooks.get_mut(&id)
    }
}

/// The lane of a subject, always the same one.
pub(super) fn lane_of(subject: &str, lanes: usize) -> usize {
    let sum = subject.bytes().fold(17_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    sum % lanes.max(1)
}
