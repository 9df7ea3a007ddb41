//! Tasks that work off rows: each claims rows, acts and records the result, at its own pace.
//!
//! A task waits for a wake-up call and also polls every second, so a lost call, a restart or an expired lease
//! costs time but never work. On stop, tasks claim nothing new and finish what they hold.

pub mod backups;
mod rounds;
mod work;

use crate::app::transcribe::Lane;
use crate::app::{App, Error, converse, deliver, feeds, lapse, outage, pay, transcribe};
use crate::domain::job::Queue;
use crate::store::feeds::Feed;
use crate::store::inbox::Inbound;
use crate::store::jobs::Job;
use crate::store::outbox::Outbound;
use crate::store::{Read, ReadTx, StoreError, jobs, payments};
use jiff::SignedDuration;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::task::{JoinHandle, JoinSet};

/// Polling interval of a task.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Polling interval of the answering task: a fragment waiting for its other half becomes due without a
/// wake-up.
const ANSWER_LOOK_EVERY: Duration = Duration::from_millis(250);
/// Conversations answered at the same time.
const TURNS: usize = 8;
/// Recordings fetched at the same time.
const FETCHES: usize = 4;
/// Messages sent at the same time, each to another guest.
const SENDS: usize = 8;
/// Calendars read at the same time.
const READINGS: usize = 8;
/// Jobs done at the same time.
const WORKS: usize = 4;
/// Background jobs done at the same time.
const BACKGROUND_WORKS: usize = 2;
/// Checkouts checked in one round.
const CHECKS: u32 = 16;
/// Pause after a failed check.
const CHECK_PAUSE: SignedDuration = SignedDuration::from_mins(1);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    Answer,
    Fetch,
    Transcribe,
    /// Transcribes short voice notes while a long one is transcribed.
    TranscribeShort,
    Send,
    /// Runs jobs that call the outside and for which somebody waits.
    Work,
    /// Runs the other jobs: files, and unverified notifications.
    Background,
    /// Reads other channels' calendars.
    Feeds,
    Clock,
}

impl Task {
    pub const ALL: [Task; 9] = [
        Task::Answer,
        Task::Fetch,
        Task::Transcribe,
        Task::TranscribeShort,
        Task::Send,
        Task::Work,
        Task::Background,
        Task::Feeds,
        Task::Clock,
    ];
}

pub struct Running {
    tasks: Vec<(Task, JoinHandle<()>)>,
    stop: watch::Sender<bool>,
}

/// Before the tasks start: frees what a killed process held, and learns what was paid while this database was not in
/// use.
pub async fn prepare(app: &App) -> Result<(), StoreError> {
    outage::end_leases(app).await?;
    if let Err(error) = rounds::catch_up(app).await {
        tracing::warn!(%error, "the payments since the last use of this database could not be looked through");
    }
    Ok(())
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
    /// The first task that is not alive, if any.
    pub fn dead(&self) -> Option<Task> {
        self.tasks.iter().find(|(_, handle)| handle.is_finished()).map(|(task, _)| *task)
    }

    /// Lets every task finish what it holds, for at most `grace`; returns those that did not.
    pub async fn stop(self, grace: Duration) -> Vec<Task> {
        // No receiver: the tasks have ended already.
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
            Task::Answer | Task::Fetch | Task::Send | Task::Work | Task::Background | Task::Feeds => {
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

/// The notifier that wakes a task.
fn call(task: Task, app: &App) -> &Notify {
    match task {
        Task::Answer => &app.wake.inbox,
        Task::Fetch => &app.wake.recordings,
        Task::Transcribe => &app.wake.fetched,
        Task::TranscribeShort => &app.wake.fetched_short,
        Task::Send => &app.wake.outbox,
        Task::Work => &app.wake.jobs,
        Task::Background => &app.wake.background,
        Task::Feeds => &app.wake.feeds,
        Task::Clock => &app.wake.clock,
    }
}

/// Work claimed from rows.
enum Claimed {
    Turn(Inbound),
    Recording(Inbound),
    Outbound(Outbound),
    Job(Job),
    Reading(Feed),
}

/// Claims as many pieces as there are free slots and works on them concurrently; `true` when there may be
/// more.
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

/// Runs one step of a task on the caller's thread: claims at most one round of due work and does it piece by
/// piece. Returns the number of pieces. For simulations, where every step is repeatable.
pub async fn run_due_once(task: Task, app: &App) -> Result<usize, Error> {
    match task {
        Task::Transcribe => Ok(usize::from(transcribe::transcribe_next(app, Lane::Any).await?)),
        Task::TranscribeShort => Ok(usize::from(transcribe::transcribe_next(app, Lane::Short).await?)),
        Task::Clock => mind_deadlines(app).await.map(|()| 0),
        Task::Answer | Task::Fetch | Task::Send | Task::Work | Task::Background | Task::Feeds => {
            let claimed = claim(task, app, hands(task) as u32).await?;
            let pieces = claimed.len();
            for piece in claimed {
                work_off(app, piece).await;
            }
            Ok(pieces)
        }
    }
}

/// Maximum number of pieces that a task works on at the same time.
fn hands(task: Task) -> usize {
    match task {
        Task::Answer => TURNS,
        Task::Fetch => FETCHES,
        Task::Send => SENDS,
        Task::Work => WORKS,
        Task::Background => BACKGROUND_WORKS,
        Task::Feeds => READINGS,
        Task::Transcribe | Task::TranscribeShort | Task::Clock => 1,
    }
}

/// Claims at most `limit` pieces of due work. Transcription and deadlines do their own claiming.
async fn claim(task: Task, app: &App, limit: u32) -> Result<Vec<Claimed>, Error> {
    Ok(match task {
        Task::Answer => converse::claim(app, limit).await?.into_iter().map(Claimed::Turn).collect(),
        Task::Fetch => {
            transcribe::claim_fetches(app, limit).await?.into_iter().map(Claimed::Recording).collect()
        }
        Task::Send => deliver::claim(app, limit).await?.into_iter().map(Claimed::Outbound).collect(),
        Task::Work => claim_jobs(app, Queue::Foreground, limit).await?,
        Task::Background => claim_jobs(app, Queue::Background, limit).await?,
        Task::Feeds => feeds::claim_due(app, limit).await?.into_iter().map(Claimed::Reading).collect(),
        Task::Transcribe | Task::TranscribeShort | Task::Clock => Vec::new(),
    })
}

async fn claim_jobs(app: &App, queue: Queue, limit: u32) -> Result<Vec<Claimed>, Error> {
    let is_due =
        move |tx: &ReadTx<'_>| Ok::<_, Error>(jobs::next_due(tx, queue)?.is_some_and(|due| due <= tx.now()));
    if !app.store.read(is_due).await? {
        return Ok(Vec::new());
    }
    let claimed =
        app.store.write(move |tx| Ok::<_, Error>(jobs::claim(tx, queue, work::LEASE, limit)?)).await?;
    Ok(claimed.into_iter().map(Claimed::Job).collect())
}

/// Does one piece of work and wakes the tasks that wait for its result.
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

/// Ends expired holds, checks checkouts and runs the rounds. One failure does not stop the rest; the first
/// one is returned.
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
