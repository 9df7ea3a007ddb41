//! Measures how fast casero holds, acknowledges and answers, beside the disk and SQLite alone in the same
//! run.
//!
//! `cargo bench --bench holds`: everything runs on loopback, in a folder below `target/` and for some two
//! minutes. `CASERO_BIN` names another binary to measure. Compare results that wait for the disk with the
//! disk's own lines, which stand first and last: between them the disk's speed may have changed.

use std::path::{Path, PathBuf};
use std::time::Duration;

#[path = "holds/bare.rs"]
mod bare;
#[path = "holds/disk.rs"]
mod disk;
#[path = "holds/http.rs"]
mod http;
#[path = "holds/inside.rs"]
mod inside;
#[path = "holds/measure.rs"]
mod measure;
#[path = "holds/nights.rs"]
mod nights;
#[path = "holds/over_http.rs"]
mod over_http;
#[path = "say.rs"]
mod say;
#[path = "holds/server.rs"]
mod server;

use casero::fake_vendors::{FakeVendors, FakeVendorsConfig};
use measure::Timings;
use nights::Nights;
use say::say;
use server::TestServer;

/// One, some and many at once.
const CLIENTS: [usize; 3] = [1, 16, 64];
/// Notifications come over few connections.
const HOOK_CLIENTS: [usize; 2] = [1, 16];
/// Starts, of which the median is printed.
const STARTS: usize = 10;
/// Time after which a started server has settled.
const SETTLED: Duration = Duration::from_secs(5);

fn main() {
    let folder = Folder::new();
    head();
    row("disk: 4 KiB written and synced", &disk::syncs(&folder.room("disk")));
    row("SQLite alone: an insert a transaction", &disk::inserts(&folder.room("sqlite")));
    row("SQLite alone: the rows of a hold a transaction", &disk::holds(&folder.room("rows")));
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    for connections in CLIENTS {
        row(&format!("bare Rocket route, connections: {connections}"), &bare::route(&runtime, connections));
    }
    drop(runtime);
    inside(&folder);
    outside(&folder);
    with_whatsapp(&folder);
    row("disk: 4 KiB written and synced, again", &disk::syncs(&folder.room("disk")));
    say(&format!("load of the machine at the end: {}", load()));
}

/// Holds by the use-case alone.
fn inside(folder: &Folder) {
    let held = inside::holds(&folder.room("inside"), CLIENTS);
    for (clients, timings) in CLIENTS.iter().zip(&held) {
        row(&format!("durable holds in process, clients: {clients}"), timings);
    }
}

/// A server without integrations: memory, holds by the API, starts.
fn outside(folder: &Folder) {
    let data = folder.room("outside");
    let nights = Nights::furnish(&data, nights::MANY);
    server::add_owner(&data);
    let server = TestServer::start(&data, &[]);
    std::thread::sleep(SETTLED);
    let idle = server.memory();
    let token = server.log_in();
    for connections in CLIENTS {
        let timings = over_http::holds(&server, &token, &nights, connections);
        row(&format!("durable holds over HTTP, connections: {connections}"), &timings);
    }
    let after = server.memory();
    server.stop();
    row("start to ready after a stop, these holds", &starts(&data, TestServer::stop));
    row("start to ready after a kill, these holds", &starts(&data, TestServer::kill));
    say(&format!("memory idle: {:.1} MiB PSS, {:.1} MiB RSS", idle.share, idle.resident));
    say(&format!("memory after the holds: {:.1} MiB PSS, {:.1} MiB RSS", after.share, after.resident));
}

/// Starts after the same kind of end; the first one finds a cleanly closed file.
fn starts(data: &Path, end: fn(TestServer)) -> Timings {
    let begun = std::time::Instant::now();
    let start = |_| {
        let server = TestServer::start(data, &[]);
        let ready_after = server.ready_after;
        end(server);
        ready_after
    };
    let turns = (0..STARTS).map(start).collect();
    Timings::new(turns, begun.elapsed())
}

/// Servers with the simulated WhatsApp: a fresh one for each loop, since a loop leaves unsent answers behind.
fn with_whatsapp(folder: &Folder) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let vendors = runtime
        .block_on(casero::fake_vendors::start(FakeVendorsConfig::default()))
        .expect("the simulator starts");
    let server = open(folder, "answers", &vendors);
    row("a text answered, notification to sent", &over_http::answers(&server, &vendors, &runtime));
    row("notification acknowledged, 40 a second", &over_http::evening(&server));
    server.stop();
    for connections in HOOK_CLIENTS {
        let name = format!("hooks-{connections}");
        let server = open(folder, &name, &vendors);
        let timings = over_http::acknowledgements(&server, &name, connections);
        row(&format!("notification acknowledged, connections: {connections}"), &timings);
        let memory = server.memory();
        say(&format!("memory after these: {:.1} MiB PSS", memory.share));
        server.stop();
    }
}

fn open(folder: &Folder, name: &str, vendors: &FakeVendors) -> TestServer {
    let data = folder.room(name);
    Nights::furnish(&data, nights::FEW);
    TestServer::start(&data, &server::with_whatsapp(vendors))
}

/// A temporary folder on the real disk.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Folder {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
        Folder(tempfile::tempdir_in(target).expect("a folder"))
    }

    fn room(&self, name: &str) -> PathBuf {
        let room = self.0.path().join(name);
        std::fs::create_dir_all(&room).expect("a folder");
        room
    }
}

fn head() {
    let size = std::fs::metadata(server::binary()).expect("the binary").len() as f64 / f64::from(1 << 20);
    say(&format!("binary: {size:.1} MiB; load of the machine: {}", load()));
    say(&format!(
        "{:<46}{:>8}{:>10}{:>10}{:>10}{:>10}",
        "", "turns", "a second", "p50 ms", "p95 ms", "p99 ms"
    ));
}

fn row(name: &str, timings: &Timings) {
    say(&format!(
        "{name:<46}{:>8}{:>10.0}{:>10.2}{:>10.2}{:>10.2}",
        timings.count(),
        timings.rate(),
        timings.percentile(50),
        timings.percentile(95),
        timings.percentile(99),
    ));
}

fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').take(3).collect::<Vec<_>>().join(" ")
}
