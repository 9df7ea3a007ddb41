//! Those who work off rows: named tasks that claim, act and record, each at its own pace.
//!
//! Each waits for a wake-up call and also looks by itself every moment, so that a lost call, a restart or a
//! lease that lapsed costs time and never work. On stop they claim nothing new and finish what they hold.

pub mod backups;
mod rounds;
mod work;

use crate::app::transcribe::Lane;
use crate::app::{App, Error, converse, deliver, feeds, lapse, pay, transcribe};
use crate::store::feeds::Feed;
use crate::store::inbox::Inbound;
use crate::store::jobs::Job;
use crate::store::outbox::Outbound;
use crate::store::{Read, jobs, payments};
use jiff::SignedDuration;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::task::{JoinHandle, JoinSet};

/// How often each looks by itself.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How often the answering task looks: what waits a moment for its other half is due without a call.
const ANSWER_LOOK_EVERY: Duration = Duration::from_millis(250);
/// Conversations answered at the same time.
const TURNS: usize = 8;
/// Recordings fetched at the same time.
const FETCHES: usize = 4;
/// Messages sent at the same time, each to another guest.
const SENDS: usize = 8;
/// Calendars read at the same time.
const READINGS: usize = 8;
/// Pieces of work done at the same time.
const WORKS: usize = 4;
/// Offers to pay asked about in one round.
const CHECKS: u32 = 16;
/// How long after a failed question the next is asked.
const CHECK_PAUSE: SignedDuration = SignedDuration::from_mins(1);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    Answer,
    Fetch,
    Transcribe,
    /// Hears short voice notes while a long one is heard.
    TranscribeShort,
    Send,
    /// Does work that calls the outside.
    Work,
    /// Reads other channels' calendars.
    Feeds,
    Clock,
}

impl Task {
    pub const ALL: [Task; 8] = [
        Task::Answer,
        Task::Fetch,
        Task::Transcribe,
        Task::TranscribeShort,
        Task::Send,
        Task::Work,
        Task::Feeds,
        Task::Clock,
    ];
}

pub struct Running {
    tasks: Vec<(Task, JoinHandle<()>)>,
    stop: watch::Sender<bool>,
}

pub fn start(app: &Arc<App>) -> Running {
    let (stop, stopped) = watch::channel(false);
    let spawn = |task: Task| {
        let (app, stopped) = (Arc::clone(app), stopped.clone());
        (task, tokio::spawn(run(task, app, stopped)))
    };
    Running { tasks: Task::ALL.map(spawn).into(), stop }
}

impl Running {
    /// Whether every task is alive; a dead one is named.
    pub fn dead(&self) -> Option<Task> {
        self.tasks.iter().find(|(_, handle)| handle.is_finished()).map(|(task, _)| *task)
    }

    /// Lets every task finish what it holds, at most for `grace`; answers those that did not.
    pub async fn stop(self, grace: Duration) -> Vec<Task> {
        // Nobody listening means that they are gone already.
        let _ = self.stop.send(true);
        #[expect(clippy::disallowed_methods, reason = "a deadline on the runtime's own clock")]
        let deadline = tokio::time::Instant::now() + grace;
        let mut late = Vec::new();
        for (task, handle) in self.tasks {
            if tokio::time::timeout_at(deadline, handle).await.is_err() {
                late.push(task);
            }
        }
        late
    }
}

async fn run(task: Task, app: Arc<App>, mut stopped: watch::Receiver<bool>) {
    let mut busy = JoinSet::new();
    while !*stopped.borrow() {
        let found = match task {
            Task::Transcribe => transcribe::transcribe_next(&app, Lane::Any).await,
            Task::TranscribeShort => transcribe::transcribe_next(&app, Lane::Short).await,
            Task::Clock => mind_deadlines(&app).await.map(|()| false),
            Task::Answer | Task::Fetch | Task::Send | Task::Work | Task::Feeds => {
                work_side_by_side(task, &app, &mut busy).await
            }
        };
        let more = found.unwrap_or_else(|error| {
            tracing::error!(?task, %error, "a task could not go on and will try again");
            false
        });
        if more {
            continue;
        }
        tokio::select! {
            () = call(task, &app).notified() => {}
            Some(_) = busy.join_next(), if !busy.is_empty() => {}
            () = tokio::time::sleep(if task == Task::Answer { ANSWER_LOOK_EVERY } else { LOOK_EVERY }) => {}
            _ = stopped.changed() => {}
        }
    }
    while busy.join_next().await.is_some() {}
}

/// The call that wakes a task.
fn call(task: Task, app: &App) -> &Notify {
    match task {
        Task::Answer => &app.wake.inbox,
        Task::Fetch => &app.wake.recordings,
        Task::Transcribe => &app.wake.fetched,
        Task::TranscribeShort => &app.wake.fetched_short,
        Task::Send => &app.wake.outbox,
        Task::Work => &app.wake.jobs,
        Task::Feeds => &app.wake.feeds,
        Task::Clock => &app.wake.clock,
    }
}

/// Work in hand, claimed from its rows.
enum Claimed {
    Turn(Inbound),
    Recording(Inbound),
    Outbound(Outbound),
    Job(Job),
    Reading(Feed),
}

/// Claims as many pieces as there are free hands and works on them side by side; `true` when there may be more.
async fn work_side_by_side(task: Task, app: &Arc<App>, busy: &mut JoinSet<()>) -> Result<bool, Error> {
    while busy.try_join_next().is_some() {}
    let free = hands(task) - busy.len().min(hands(task));
    if free == 0 {
        return Ok(false);
    }
    let claimed = claim(task, app, free as u32).await?;
    let more = !claimed.is_empty();
    for piece in claimed {
        let app = Arc::clone(app);
        busy.spawn(async move { work_off(&app, piece).await });
    }
    Ok(more)
}

/// One step of a task on the caller's own time: claims what is due, at most one round of it, and works it off
/// piece by piece. Answers how many pieces there were. For trials, where every step is repeatable.
pub async fn run_due_once(task: Task, app: &App) -> Result<usize, Error> {
    match task {
        Task::Transcribe => Ok(usize::from(transcribe::transcribe_next(app, Lane::Any).await?)),
        Task::TranscribeShort => Ok(usize::from(transcribe::transcribe_next(app, Lane::Short).await?)),
        Task::Clock => mind_deadlines(app).await.map(|()| 0),
        Task::Answer | Task::Fetch | Task::Send | Task::Work | Task::Feeds => {
            let claimed = claim(task, app, hands(task) as u32).await?;
            let pieces = claimed.len();
            for piece in claimed {
                work_off(app, piece).await;
            }
            Ok(pieces)
        }
    }
}

/// Pieces that a task works on at the same time.
fn hands(task: Task) -> usize {
    match task {
        Task::Answer => TURNS,
        Task::Fetch => FETCHES,
        Task::Send => SENDS,
        Task::Work => WORKS,
        Task::Feeds => READINGS,
        Task::Transcribe | Task::TranscribeShort | Task::Clock => 1,
    }
}

/// Claims pieces of work that are due, at most `limit`. Listening and deadlines claim for themselves.
async fn claim(task: Task, app: &App, limit: u32) -> Result<Vec<Claimed>, Error> {
    Ok(match task {
        Task::Answer => converse::claim(app, limit).await?.into_iter().map(Claimed::Turn).collect(),
        Task::Fetch => {
            transcribe::claim_fetches(app, limit).await?.into_iter().map(Claimed::Recording).collect()
        }
        Task::Send => deliver::claim(app, limit).await?.into_iter().map(Claimed::Outbound).collect(),
        Task::Work => claim_jobs(app, limit).await?.into_iter().map(Claimed::Job).collect(),
        Task::Feeds => feeds::claim_due(app, limit).await?.into_iter().map(Claimed::Reading).collect(),
        Task::Transcribe | Task::TranscribeShort | Task::Clock => Vec::new(),
    })
}

async fn claim_jobs(app: &App, limit: u32) -> Result<Vec<Job>, Error> {
    let due =
        app.store.read(|tx| Ok::<_, Error>(jobs::next_due(tx)?.is_some_and(|due| due <= tx.now()))).await?;
    if !due {
        return Ok(Vec::new());
    }
    app.store.write(move |tx| Ok::<_, Error>(jobs::claim(tx, work::LEASE, limit)?)).await
}

/// Works off one piece and wakes whoever waits for what came of it.
async fn work_off(app: &App, piece: Claimed) {
    match piece {
        Claimed::Turn(inbound) => {
            converse::answer(app, inbound).await;
            app.wake.after_decision();
            // The same guest's next message waits for this one.
            app.wake.inbox.notify_one();
        }
        Claimed::Recording(note) => {
            let id = note.id;
            if let Err(error) = transcribe::fetch_one(app, note).await {
                tracing::error!(%error, inbound = id.0, "a recording's fate could not be recorded; its lease will lapse");
            }
        }
        Claimed::Outbound(outbound) => {
            let id = outbound.id;
            if let Err(error) = deliver::send(app, outbound).await {
                tracing::error!(%error, outbound = id.0, "a message's fate could not be recorded; its lease will lapse");
            }
            app.wake.outbox.notify_one();
        }
        Claimed::Job(job) => {
            work::run(app, job).await;
            app.wake.after_decision();
        }
        Claimed::Reading(feed) => {
            let id = feed.id;
            if let Err(error) = feeds::import(app, feed).await {
                tracing::error!(%error, feed = id.0, "a calendar could not be taken in; its lease will lapse");
            }
            app.wake.feeds.notify_one();
        }
    }
}

/// Ends holds whose time is over, asks about offers to pay, and does what is done again and again. What fails
/// does not keep the rest from its turn; the first failure is answered.
async fn mind_deadlines(app: &App) -> Result<(), Error> {
    let mut outcome = lapse::expire_lapsed(app).await.map(drop);
    outcome = outcome.and(check_offers(app).await);
    for (round, due) in rounds::claim(app).await? {
        outcome = outcome.and(rounds::run(app, round, due).await);
    }
    outcome
}

async fn check_offers(app: &App) -> Result<(), Error> {
    if !app.context.payments_on {
        return Ok(());
    }
    let due = app.store.read(|tx| Ok::<_, Error>(payments::checkouts_due(tx, CHECKS)?)).await?;
    for id in due {
        if let Err(error) = pay::check(app, id).await {
            tracing::warn!(%error, checkout = id.0, "the payment provider could not be asked");
            app.store
                .write(move |tx| {
                    let at = tx.now() + CHECK_PAUSE;
                    Ok::<_, Error>(payments::check_later(tx, id, at)?)
                })
                .await?;
        }
    }
    Ok(())
}
