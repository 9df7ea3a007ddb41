//! The writer thread and its group commit.
//!
//! A commit costs one fsync, which takes a thousand times as long as the work in it. So the writer takes all
//! waiting work (bounded), runs it in one transaction, commits once, and only then answers everybody. The next
//! batch gathers while the disk syncs: one client sees the latency of its own commit, many clients share it.
//!
//! Known hazards and what is decided about them:
//! - *A piece of work fails*: its savepoint is rolled back, the others are kept. The first piece of a batch has no
//!   savepoint: the transaction itself is begun anew, so that a lone caller pays for none.
//! - *It panics*: caught, rolled back, answered with [`StoreError::Panicked`]. (This needs unwinding panics.)
//! - *SQLite ends the transaction* (disk full, I/O error): nothing of the batch is kept, and everybody in it gets
//!   the error, also those whose own work had succeeded.
//! - *The commit fails*: the same.
//! - *The caller is gone*: the work is still done; a caller that hung up finds its change made.

use super::log::Log;
use super::tx::{step, to_millisecond};
use super::{Now, OpenOptions, ReadTx, StoreError, WriteTx};
use rusqlite::Connection;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::oneshot;

/// Writes that may wait. Beyond this casero is overloaded and answers [`StoreError::Busy`].
const QUEUE: usize = 1024;
/// Writes that share one commit. More would make the first of them wait longer than the fsync they save.
const BATCH: usize = 128;
/// Pages in the log after which an idle writer moves them into the database (4 MB).
const CHECKPOINT_PAGES: i32 = 1000;
/// Idle time before a checkpoint; longer than a client's think time between requests.
const QUIET: Duration = Duration::from_millis(5);
/// How long the shutdown waits for readers. A backup in progress, or a tool that reads all the time, keeps its
/// part of the log, and the next start recovers it.
const END_PATIENCE: Duration = Duration::from_secs(1);
/// Pages after which it does so even under load, so that the log stays bounded (64 MB).
const CHECKPOINT_PAGES_MAX: i32 = 16_000;

/// Sends work to the writer.
#[derive(Clone)]
pub(super) struct Handle {
    place: Place,
    waiting: Arc<AtomicUsize>,
    closing: Arc<AtomicBool>,
    failing: Arc<AtomicBool>,
    log: Arc<Log>,
}

#[derive(Clone)]
enum Place {
    /// On a thread of its own, which returns whether the log is in the database.
    Thread(SyncSender<Box<dyn Work>>, Arc<Mutex<Option<JoinHandle<bool>>>>),
    /// On the caller's thread, for simulations; the queue of followers is always empty.
    Caller(Arc<Mutex<Inline>>),
}

/// A writer with the queue of work behind the caller's.
type Inline = (Writer, Receiver<Box<dyn Work>>);

/// A writer that runs on the thread of the guard's holder.
pub(super) struct OnThisThread<'w>(MutexGuard<'w, Inline>);

impl OnThisThread<'_> {
    /// Runs `work` on one snapshot: nobody else writes while this is held.
    pub(super) fn read<T, E>(self, work: impl FnOnce(&ReadTx<'_>) -> Result<T, E>) -> Result<T, E> {
        let (writer, _) = &*self.0;
        work(&ReadTx { connection: &writer.connection, now: to_millisecond((writer.now)()) })
    }
}

impl Handle {
    /// The writer itself, when it runs on the caller's thread.
    pub(super) fn on_this_thread(&self) -> Option<OnThisThread<'_>> {
        match &self.place {
            Place::Thread(..) => None,
            Place::Caller(writer) => {
                Some(OnThisThread(writer.lock().unwrap_or_else(PoisonError::into_inner)))
            }
        }
    }

    /// Queues `work`; the receiver gets its result once it is durable.
    pub(super) fn run<T, E, F>(&self, work: F) -> Result<oneshot::Receiver<Result<T, E>>, StoreError>
    where
        F: FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (reply, outcome) = oneshot::channel();
        let task = Box::new(Task { work: Some(work), outcome: None, reply });
        let queue = match &self.place {
            Place::Thread(queue, _) => queue,
            Place::Caller(writer) => {
                let mut writer = writer.lock().unwrap_or_else(PoisonError::into_inner);
                let (writer, followers) = &mut *writer;
                // No log to checkpoint: a connection with exclusive access keeps none.
                writer.serve_from(task, followers);
                return Ok(outcome);
            }
        };
        self.waiting.fetch_add(1, Ordering::Relaxed);
        queue.try_send(task).map(|()| outcome).map_err(|refused| {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            match refused {
                TrySendError::Full(_) => StoreError::Busy,
                TrySendError::Disconnected(_) => StoreError::Closed,
            }
        })
    }

    /// Stops the writer's thread after all waiting work; `true` when it left nothing in the log. Only the first
    /// call gets this.
    pub(super) fn close(&self) -> bool {
        let Place::Thread(_, thread) = &self.place else { return false };
        let Some(thread) = thread.lock().unwrap_or_else(PoisonError::into_inner).take() else { return false };
        self.closing.store(true, Ordering::Release);
        // A writer waiting for work sees the flag with this piece; one with a full queue sees it anyway.
        let _ = self.run(|_| Ok::<_, StoreError>(()));
        thread.join().unwrap_or(false)
    }

    /// Whether the last commit failed.
    pub(super) fn is_failing(&self) -> bool {
        self.failing.load(Ordering::Acquire)
    }

    pub(super) fn log(&self) -> &Log {
        &self.log
    }

    pub(super) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }
}

/// Starts the writer. Its own thread ends when every handle is gone and the queue is empty.
pub(super) fn start(
    connection: Connection,
    now: Now,
    commits: Arc<AtomicU64>,
    options: &OpenOptions,
) -> Result<Handle, StoreError> {
    let (queue, tasks) = sync_channel(QUEUE);
    let waiting = Arc::new(AtomicUsize::new(0));
    let log_pages = Arc::new(AtomicI32::new(0));
    let (closing, failing) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let log = Arc::new(Log::default());
    let mut writer = Writer {
        connection,
        now,
        commits,
        waiting: Arc::clone(&waiting),
        log_pages: Arc::clone(&log_pages),
        closing: Arc::clone(&closing),
        failing: Arc::clone(&failing),
        log: Arc::clone(&log),
    };
    // Replaces SQLite's own checkpoint inside COMMIT, which would make one commit in a hundred slow. It is called
    // only after pages were written: an empty commit says nothing of the disk.
    let written = Arc::clone(&failing);
    let hook = move |_: &mut _, pages| {
        log_pages.store(pages, Ordering::Relaxed);
        written.store(false, Ordering::Release);
        Ok(())
    };
    writer.connection.wal_hook(Some(hook))?;
    if let Some(gate) = &options.gate {
        let gate = Arc::clone(gate);
        writer.connection.commit_hook(Some(move || !gate()))?;
    }
    let place = if options.on_callers_thread {
        Place::Caller(Arc::new(Mutex::new((writer, tasks))))
    } else {
        let thread = std::thread::Builder::new().name("store-writer".into());
        let thread = thread.spawn(move || writer.serve(&tasks))?;
        Place::Thread(queue, Arc::new(Mutex::new(Some(thread))))
    };
    Ok(Handle { place, waiting, closing, failing, log })
}

/// One piece of work and the channel of its answer.
trait Work: Send {
    /// Runs it; `true` when its changes are to be kept.
    fn run(&mut self, tx: &mut WriteTx<'_>) -> bool;
    /// Fails it because its savepoint could not be handled.
    fn spoil(&mut self, error: StoreError);
    /// Answers, once the shared commit succeeded or failed.
    fn answer(self: Box<Self>, commit: Result<(), &Fault>);
}

/// Why a batch was not kept, sent to everybody in it.
enum Fault {
    /// The disk is full.
    Full,
    Said(String),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Fault {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Fault::Full,
            _ => Fault::Said(error.to_string()),
        }
    }
}

impl From<&Fault> for StoreError {
    fn from(fault: &Fault) -> StoreError {
        match fault {
            Fault::Full => StoreError::Full,
            Fault::Said(words) => StoreError::Commit(words.clone()),
        }
    }
}

struct Task<T, E, F> {
    work: Option<F>,
    outcome: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Work for Task<T, E, F>
where
    F: FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<StoreError> + Send,
{
    fn run(&mut self, tx: &mut WriteTx<'_>) -> bool {
        let work = self.work.take().expect("work is run once");
        let outcome = catch_unwind(AssertUnwindSafe(|| work(tx)));
        let outcome = outcome.unwrap_or_else(|_| Err(StoreError::Panicked.into()));
        let keep = outcome.is_ok();
        self.outcome = Some(outcome);
        keep
    }

    fn spoil(&mut self, error: StoreError) {
        self.outcome = Some(Err(error.into()));
    }

    fn answer(self: Box<Self>, commit: Result<(), &Fault>) {
        let Task { outcome, reply, .. } = *self;
        let outcome = match (outcome, commit) {
            (Some(Ok(_)) | None, Err(problem)) => Err(StoreError::from(problem).into()),
            (Some(outcome), _) => outcome,
            (None, Ok(())) => Err(StoreError::Closed.into()),
        };
        // A caller that hung up does not need the answer.
        let _ = reply.send(outcome);
    }
}

struct Writer {
    connection: Connection,
    now: Now,
    commits: Arc<AtomicU64>,
    waiting: Arc<AtomicUsize>,
    log_pages: Arc<AtomicI32>,
    closing: Arc<AtomicBool>,
    failing: Arc<AtomicBool>,
    log: Arc<Log>,
}

impl Writer {
    /// Serves until the last handle is gone, or until the queue is empty after a close. Leaves a database that
    /// opens without replaying a log; `false` when that could not be done.
    fn serve(mut self, tasks: &Receiver<Box<dyn Work>>) -> bool {
        while let Some(first) = self.next(tasks) {
            let served = self.serve_from(first, tasks);
            self.waiting.fetch_sub(served, Ordering::Relaxed);
            if self.log_pages.load(Ordering::Relaxed) >= CHECKPOINT_PAGES_MAX {
                self.checkpoint();
            }
        }
        let emptied = self.connection.busy_timeout(END_PATIENCE).and_then(|()| {
            let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
            self.connection.query_row(sql, [], |row| Ok(row.get::<_, i64>(0)? == 0))
        });
        emptied.unwrap_or(false)
    }

    /// Waits for work, and checkpoints the log when none comes for a moment, so that no caller waits for it;
    /// `None` when the last handle is gone, or the queue is empty after a close.
    fn next(&mut self, tasks: &Receiver<Box<dyn Work>>) -> Option<Box<dyn Work>> {
        if self.closing.load(Ordering::Acquire) {
            return tasks.try_recv().ok();
        }
        if self.log_pages.load(Ordering::Relaxed) >= CHECKPOINT_PAGES {
            match tasks.recv_timeout(QUIET) {
                Ok(task) => return Some(task),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => self.checkpoint(),
            }
        }
        tasks.recv().ok()
    }

    /// Serves `first` and the work behind it with one commit; answers how many pieces.
    fn serve_from(&mut self, first: Box<dyn Work>, tasks: &Receiver<Box<dyn Work>>) -> usize {
        let mut batch = vec![first];
        let commit = self.run_batch(&mut batch, tasks);
        if commit.is_err() {
            self.failing.store(true, Ordering::Release);
        }
        let served = batch.len();
        for task in batch {
            task.answer(commit.as_ref().copied());
        }
        served
    }

    /// Runs the batch, and work that arrives meanwhile, in one transaction; `Err` says why nothing was kept.
    fn run_batch(
        &mut self,
        batch: &mut Vec<Box<dyn Work>>,
        tasks: &Receiver<Box<dyn Work>>,
    ) -> Result<(), Fault> {
        step(&self.connection, "BEGIN IMMEDIATE")?;
        let mut kept = 0;
        loop {
            let task = batch.last_mut().expect("a batch begins with one task");
            let task = task.as_mut();
            kept += usize::from(if kept == 0 { self.run_first(task)? } else { self.run_one(task) });
            if self.connection.is_autocommit() {
                return Err(Fault::Said("SQLite ended the transaction".to_owned()));
            }
            if batch.len() == BATCH {
                return self.finish(kept);
            }
            match tasks.try_recv() {
                Ok(task) => batch.push(task),
                Err(_) => return self.finish(kept),
            }
        }
    }

    fn finish(&mut self, kept: usize) -> Result<(), Fault> {
        let end = if kept == 0 { "ROLLBACK" } else { "COMMIT" };
        if let Err(error) = step(&self.connection, end) {
            if !self.connection.is_autocommit() {
                let _ = self.connection.execute_batch("ROLLBACK");
            }
            return Err(error.into());
        }
        if kept > 0 {
            self.commits.fetch_add(1, Ordering::Release);
        }
        Ok(())
    }

    /// Runs one piece of work in an empty transaction; `true` when its changes are kept.
    fn run_first(&mut self, task: &mut dyn Work) -> Result<bool, Fault> {
        let keep = task.run(&mut self.transaction());
        if !keep && !self.connection.is_autocommit() {
            step(&self.connection, "ROLLBACK")?;
            step(&self.connection, "BEGIN IMMEDIATE")?;
        }
        Ok(keep)
    }

    fn transaction(&self) -> WriteTx<'_> {
        WriteTx { connection: &self.connection, now: to_millisecond((self.now)()) }
    }

    /// Runs one piece of work inside its savepoint; `true` when its changes are kept.
    fn run_one(&mut self, task: &mut dyn Work) -> bool {
        if let Err(error) = step(&self.connection, "SAVEPOINT work") {
            task.spoil(error.into());
            return false;
        }
        let keep = task.run(&mut self.transaction());
        if self.connection.is_autocommit() {
            return false;
        }
        let ended = if keep { Ok(()) } else { step(&self.connection, "ROLLBACK TO work") };
        match ended.and_then(|()| step(&self.connection, "RELEASE work")) {
            Ok(()) => keep,
            Err(error) => {
                task.spoil(error.into());
                let _ = self.connection.execute_batch("ROLLBACK TO work; RELEASE work");
                false
            }
        }
    }

    fn checkpoint(&mut self) {
        self.log.checkpoint(&self.connection);
        self.log_pages.store(0, Ordering::Relaxed);
    }
}
