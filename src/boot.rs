//! Assembles and stops the server: settings → adapters → store → app → tasks → web.
//!
//! The order matters both ways. *Ready* is reported only after the port accepts and a write has succeeded. On
//! stop the port closes first and running requests finish, then the tasks finish what they hold, and the
//! store closes last, with its log moved into the database.

mod adapters;
mod limits;

pub use adapters::{ports, speech_settings};

use crate::adapters::clock::{SystemClock, steady};
use crate::adapters::random::SystemRandom;
use crate::adapters::speech::ModelBytes;
use crate::app::access::Access;
use crate::app::guest_link::{KEY_BYTES, LinkKey};
use crate::app::{App, AppContext, outage};
use crate::config::Config;
use crate::jobs::{self, backups};
use crate::obs::metrics::Numbers;
use crate::ports::clock::Clock;
use crate::ports::random::Random;
use crate::store::backup::{Lock, seal::SALT};
use crate::store::{Store, StoreError};
use crate::sys::{disk, files, lock, systemd};
use crate::understanding::HolidayCalendar;
use crate::web::health_part::{Part, PartName, PartState};
use crate::web::{self, Options};
use jiff::SignedDuration;
use rocket::error::ErrorKind;
use rocket::fairing::AdHoc;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;

/// Folder of recordings and pictures inside the data folder.
const MEDIA_FOLDER: &str = "media";
/// Interval of the heartbeat when there is no watchdog.
const HEARTBEAT: Duration = Duration::from_secs(10);
/// Difference between the clocks, from one heartbeat to the next, that means the clock was set.
const CLOCK_JUMP: SignedDuration = SignedDuration::from_secs(30);
/// Time limit of the heartbeat's write; past it the watchdog is not fed.
const HEARTBEAT_TIMEOUT: Duration = Duration::from_secs(5);

/// Reason why the server did not start or stopped. Its text is one line for the operator.
#[derive(Debug, thiserror::Error)]
pub enum BootError {
    /// The data folder can't be used.
    #[error("cannot use the data folder {}: {reason}", path.display())]
    DataFolder { path: PathBuf, reason: std::io::Error },
    /// Another casero has the data folder open.
    #[error("the data folder {} is in use by another casero", .0.display())]
    InUse(PathBuf),
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The port failed, or Rocket itself.
    #[error("cannot serve: {0}")]
    Web(String),
    /// A task ended, which none should.
    #[error("the task {0:?} ended by itself; closing so that the service is started again")]
    Task(jobs::Task),
}

/// An assembled server that does not serve yet.
pub struct Assembled {
    pub app: Arc<App>,
    pub access: Access,
    _lock: lock::FolderLock,
}

/// Opens only the store, for commands that need no more. Another process may have it open.
pub fn open_store(data_dir: &Path) -> Result<Store, BootError> {
    files::make_private_folder(data_dir).map_err(|reason| data_folder(data_dir, reason))?;
    let clock = SystemClock;
    Ok(Store::open(data_dir, Arc::new(move || clock.now()))?)
}

/// Assembles the server and locks its data folder. `model` is the speech model inside the executable.
pub fn assemble(config: &Config, model: ModelBytes) -> Result<Assembled, BootError> {
    let data_dir = &config.storage.data_dir;
    files::make_private_folder(data_dir).map_err(|reason| data_folder(data_dir, reason))?;
    let lock = lock::take(data_dir).map_err(|reason| data_folder(data_dir, reason))?;
    let lock = lock.ok_or_else(|| BootError::InUse(data_dir.clone()))?;
    let media_dir = data_dir.join(MEDIA_FOLDER);
    files::make_private_folder(&media_dir).map_err(|reason| data_folder(&media_dir, reason))?;
    let store = open_store(data_dir)?;
    let ports = ports(config, model);
    let link_key = link_key(&store, ports.random.as_ref())?;
    let context = AppContext {
        zone: config.property.timezone.clone(),
        currency: config.property.currency,
        random: Arc::clone(&ports.random),
        public_url: public_url(config),
        payments_on: ports.payments.is_on(),
        mail_on: ports.mail.is_on(),
        push_on: ports.push.is_on(),
        media_dir,
        calendar: HolidayCalendar::argentina(),
        poll_every: SignedDuration::from_mins(i64::from(config.calendars.poll_minutes)),
        link_key,
        voice_confidence_min: config.speech.min_confidence,
    };
    let access = Access::new(store.clone(), Arc::clone(&ports.clock), Arc::clone(&ports.random));
    Ok(Assembled { app: Arc::new(App::new(store, ports, context)), access, _lock: lock })
}

/// The key of guests' links, created (with one commit) at the very first start.
fn link_key(store: &Store, random: &dyn Random) -> Result<LinkKey, StoreError> {
    if let Some(known) = store.read_blocking(|tx| LinkKey::find(tx))? {
        return Ok(known);
    }
    let mut fresh = [0u8; KEY_BYTES];
    random.fill(&mut fresh);
    store.write_blocking(move |tx| LinkKey::of(tx, &fresh))
}

/// Serves until stopped or until a task dies. `ready` receives the address once the port accepts and a write
/// has succeeded.
pub async fn serve(
    config: &Config,
    context: Assembled,
    numbers: Option<Numbers>,
    ready: impl FnOnce(SocketAddr) + Send + 'static,
) -> Result<(), BootError> {
    let Assembled { app, access, _lock } = context;
    let (bound, is_bound) = oneshot::channel();
    let rocket = web::rocket(Arc::clone(&app), access, options(config, numbers))
        .attach(report_address(bound))
        .ignite()
        .await
        .map_err(|error| BootError::Web(error.to_string()))?;
    let stop = rocket.shutdown();
    jobs::prepare(&app).await?;
    let running = jobs::start(&app);
    let backups = tokio::spawn(backups::run(Arc::clone(&app), backup_plan(config)));
    let (failed, why) = oneshot::channel();
    let heartbeat = tokio::spawn(heartbeat(Arc::clone(&app), stop.clone(), is_bound, ready, failed));
    let served = rocket.launch().await;
    systemd::stopping();
    heartbeat.abort();
    backups.abort();
    let dead = running.dead();
    let grace = Duration::from_secs(u64::from(config.limits.stop_seconds));
    for late in running.stop(grace).await {
        tracing::warn!(task = ?late, "a task did not finish in time; its work goes on at the next start");
    }
    let store = app.store.clone();
    // Waits for the disk; no request is left that this could delay.
    if tokio::task::spawn_blocking(move || store.close()).await.is_err() {
        tracing::error!("the database could not be closed");
    }
    if let Err(error) = served {
        // A connection that outlived its grace does no harm: what was acknowledged is stored.
        match error.kind() {
            ErrorKind::Shutdown(..) => tracing::warn!(%error, "somebody's connection had to be cut"),
            _ => return Err(BootError::Web(error.to_string())),
        }
    }
    // A failed start must not look like a requested stop to the supervisor.
    match (why.await, dead) {
        (Ok(error), _) => Err(BootError::Store(error)),
        (Err(_), Some(task)) => Err(BootError::Task(task)),
        (Err(_), None) => Ok(()),
    }
}

/// Reports readiness, then feeds the watchdog while a real write succeeds. `failed` receives the error of the
/// first write, and the server closes.
async fn heartbeat(
    app: Arc<App>,
    stop: rocket::Shutdown,
    is_bound: oneshot::Receiver<SocketAddr>,
    ready: impl FnOnce(SocketAddr) + Send,
    failed: oneshot::Sender<StoreError>,
) {
    let Ok(address) = is_bound.await else { return };
    if let Err(error) = outage::open(&app).await {
        tracing::error!(%error, "the first write failed");
        // The closing code waits for this error.
        let _ = failed.send(error);
        return stop.notify();
    }
    ready(address);
    systemd::ready();
    let mut beat = tokio::time::interval(systemd::watchdog_pace().unwrap_or(HEARTBEAT));
    let mut last = (steady(), app.ports.clock.now());
    loop {
        beat.tick().await;
        watch_clock(&app, &mut last).await;
        let begun = steady();
        match tokio::time::timeout(HEARTBEAT_TIMEOUT, outage::beat(&app)).await {
            Ok(Ok(())) => {
                metrics::histogram!("database_write_seconds")
                    .record(steady().saturating_sub(begun).as_secs_f64());
                systemd::alive();
            }
            // The writer is alive; a restart would free no space, and reads go on meanwhile.
            Ok(Err(error)) if error.is_full() => {
                tracing::error!("the disk is full: nothing can be stored until there is room");
                systemd::alive();
            }
            Ok(Err(error)) => tracing::error!(%error, "a write failed; the watchdog is not fed"),
            Err(_) => tracing::error!("a write took too long; the watchdog is not fed"),
        }
    }
}

/// Logs that the clock was set. Set forward, due work comes early; set back, it would come late and is
/// rescheduled.
async fn watch_clock(app: &App, last: &mut (Duration, jiff::Timestamp)) {
    let now = (steady(), app.ports.clock.now());
    let real = SignedDuration::try_from(now.0.saturating_sub(last.0)).unwrap_or(SignedDuration::MAX);
    let jump = now.1.duration_since(last.1) - real;
    if jump.abs() > CLOCK_JUMP {
        tracing::warn!(seconds = jump.as_secs(), "the clock was set, or the machine slept");
    }
    if jump < -CLOCK_JUMP
        && let Err(error) = outage::clock_set_back(app, jump.abs()).await
    {
        tracing::error!(%error, "what is due by the old clock could not be brought nearer");
    }
    *last = now;
}

/// Reports the bound address: a port of 0 picks one.
fn report_address(bound: oneshot::Sender<SocketAddr>) -> AdHoc {
    AdHoc::on_liftoff("tell the address", |rocket| {
        let address = SocketAddr::new(rocket.config().address, rocket.config().port);
        Box::pin(async move {
            // No receiver when the server is closing already.
            let _ = bound.send(address);
        })
    })
}

fn options(config: &Config, numbers: Option<Numbers>) -> Options {
    let data_dir = config.storage.data_dir.clone();
    let plan = backup_plan(config);
    let (listed, made, measured) = (plan.clone(), plan.clone(), plan.clone());
    let measured_folder = data_dir.clone();
    let free_least = config.limits.free_disk_megabytes.saturating_mul(1 << 20);
    Options {
        address: config.server.address,
        port: config.server.port,
        public_url: public_url(config).unwrap_or_default(),
        trusted_proxy: config.server.trusted_proxy,
        limits: limits::of(config),
        numbers: Arc::new(move || {
            measure_machine(&measured, &measured_folder);
            numbers.as_ref().map(Numbers::render).unwrap_or_default()
        }),
        parts: Arc::new(move || vec![room(&data_dir, free_least), backups(&plan)]),
        backups: Arc::new(move || listed.backups()),
        backup_now: Arc::new(move || copied(&made)),
    }
}

/// Backup plan of the settings: interval, number kept, folder.
pub fn backup_plan(config: &Config) -> backups::Plan {
    backups::Plan {
        data_dir: config.storage.data_dir.clone(),
        every: SignedDuration::from_hours(i64::from(config.backup.every_hours)),
        keep: config.backup.keep as usize,
        lock: backup_lock(config),
        drill_every: SignedDuration::from_hours(24 * i64::from(config.backup.drill_every_days)),
    }
}

/// The key that seals backups, if the operator gave one.
pub fn backup_lock(config: &Config) -> Option<Lock> {
    let random = SystemRandom::new();
    let salts = move || {
        let mut salt = [0; SALT];
        random.fill(&mut salt);
        salt
    };
    config.backup.key.as_ref().map(|key| Lock::new(key.expose(), Arc::new(salts)))
}

/// Sets the gauges of the machine.
fn measure_machine(plan: &backups::Plan, data_dir: &Path) {
    let now = SystemClock.now();
    if let Some(made) = plan.newest(now) {
        metrics::gauge!("backup_age_hours").set(now.duration_since(made).as_secs_f64() / 3600.0);
    }
    if let Some(free) = disk::free_bytes(data_dir) {
        metrics::gauge!("disk_free_bytes").set(free as f64);
    }
}

/// Makes a backup on request; the reason of a failure is in the log.
fn copied(plan: &backups::Plan) -> bool {
    let made = plan.backup(SystemClock.now());
    if let Err(error) = &made {
        tracing::error!(%error, "the database could not be copied");
    }
    made.is_ok()
}

/// Health of backups: the age of the newest. The first is made right after the start.
fn backups(plan: &backups::Plan) -> Part {
    let now = SystemClock.now();
    let state = if plan.is_late(now) { PartState::Warn } else { PartState::Ok };
    let age = match plan.newest(now) {
        Some(made) => format!("the newest is {} h old", now.duration_since(made).as_hours()),
        None => "the first is being made".to_owned(),
    };
    Part::new(PartName::Backups, state, age)
}

/// Health of the data folder: writable and with space left. Unknown free space is no failure.
fn room(data_dir: &Path, free_least: u64) -> Part {
    if let Err(error) = files::can_write_in(data_dir) {
        return Part::new(PartName::Disk, PartState::Fail, error.to_string());
    }
    match disk::free_bytes(data_dir) {
        Some(free) if free < free_least => {
            let megabytes = free >> 20;
            Part::new(
                PartName::Disk,
                PartState::Fail,
                format!("only {megabytes} MB left for the data folder"),
            )
        }
        Some(_) | None => Part::new(PartName::Disk, PartState::Ok, ""),
    }
}

fn public_url(config: &Config) -> Option<String> {
    let url = config.server.public_url.trim_end_matches('/');
    Some(url.to_owned()).filter(|url| !url.is_empty())
}

fn data_folder(path: &Path, reason: std::io::Error) -> BootError {
    BootError::DataFolder { path: path.to_owned(), reason }
}
