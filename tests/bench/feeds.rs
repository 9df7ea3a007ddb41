//! Measures how long a server with many channels takes to read all their calendars, and the cost.
//!
//! `cargo bench --bench feeds` serves two hundred calendars of five hundred events over loopback to the real
//! binary: first all of it is new, then every calendar is unchanged (304), then it is sent again with the
//! same content. `CASERO_BIN` names another binary to measure. A round begins up to a second late: casero
//! polls that often.

use casero::domain::cabin::Cabin;
use casero::domain::channel::KnownChannel;
use casero::domain::ids::CabinId;
use casero::domain::money::{Currency, Money};
use casero::store::{DATABASE_FILE, Store, StoreError, cabins, feeds};
use jiff::{Timestamp, ToSpan};
use rusqlite::Connection;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Cabins, each with one channel.
const FEEDS: i64 = 200;
/// Events of each calendar: a night each, so that nearly all of the two years ahead is taken.
const EVENTS: i32 = 500;
/// Time limit of a round.
const PATIENCE: Duration = Duration::from_secs(300);
/// Unit of the kernel's processor times on every Linux we run on.
const TICKS_PER_SECOND: f64 = 100.0;

fn main() {
    let folder = std::env::temp_dir().join(format!("casero-feeds-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let says_the_same = Arc::new(AtomicBool::new(false));
    let site = serve(calendar(), Arc::clone(&says_the_same));
    fill(&folder, &site);
    say(&format!("{FEEDS} calendars of {EVENTS} events, {} kB each", calendar().len() / 1000));
    say(&format!("{:32} {:>8} {:>8} {:>14} {:>10}", "round", "s", "CPU s", "ms a calendar", "peak MiB"));
    let begun = Instant::now();
    let server = TestServer::start(&folder);
    server.round("all new, the start included", begun, 0.0, 0);
    for (name, same) in [("304", true), ("304, again", true), ("200, the same", false)] {
        says_the_same.store(same, Ordering::Relaxed);
        let (since, spent) = (Timestamp::now().as_millisecond(), server.processor_seconds());
        let begun = Instant::now();
        server.database().execute("UPDATE feed SET due_at = 0", []).expect("all are due");
        server.round(name, begun, spent, since);
    }
    let nights: i64 = server.one("SELECT count(*) FROM night WHERE feed_id IS NOT NULL");
    say(&format!("nights held by channels: {nights}"));
    say(&format!("load: {}", std::fs::read_to_string("/proc/loadavg").unwrap_or_default().trim()));
    drop(server);
    std::fs::remove_dir_all(&folder).expect("our own folder");
}

fn fill(folder: &Path, site: &str) {
    let store = Store::open(folder, Arc::new(Timestamp::now)).expect("a new database");
    let site = site.to_owned();
    let filled = store.write_blocking(move |tx| {
        for number in 1..=FEEDS {
            let id = cabins::insert(tx, &cabin(number))?;
            feeds::insert(
                tx,
                id,
                &KnownChannel::Airbnb.into(),
                &format!("{site}/{number}.ics"),
                &format!("secret-{number}"),
            )?;
        }
        Ok::<_, StoreError>(())
    });
    filled.expect("filled");
}

fn cabin(number: i64) -> Cabin {
    Cabin {
        id: CabinId(number),
        ..Cabin::new(format!("Cabaña {number}"), 4, Money::new(4_500_000, Currency::Ars))
    }
}

fn calendar() -> String {
    let today = jiff::tz::TimeZone::UTC.to_datetime(Timestamp::now()).date();
    let mut text = "BEGIN:VCALENDAR\r\nPRODID:-//bench//EN\r\nVERSION:2.0\r\n".to_owned();
    for number in 0..EVENTS {
        let start = today.saturating_add((number + 1).days());
        let (first, last) = (start.strftime("%Y%m%d"), start.saturating_add(1.day()).strftime("%Y%m%d"));
        let written = write!(
            text,
            "BEGIN:VEVENT\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:{first}\r\nDTEND;VALUE=DATE:{last}\r\n\
             SUMMARY:Reserved\r\nUID:{number:032x}@example.com\r\nEND:VEVENT\r\n"
        );
        written.expect("a string takes everything");
    }
    text + "END:VCALENDAR\r\n"
}

/// A site that serves the same calendar under every path; returns its address.
fn serve(calendar: String, says_the_same: Arc<AtomicBool>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("bound"));
    let calendar = Arc::new(calendar);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (calendar, says_the_same) = (Arc::clone(&calendar), Arc::clone(&says_the_same));
            std::thread::spawn(move || answer(stream, &calendar, &says_the_same));
        }
    });
    url
}

/// Answers the requests of one connection until it is closed.
fn answer(stream: TcpStream, calendar: &str, says_the_same: &AtomicBool) {
    let Ok(mut out) = stream.try_clone() else { return };
    let mut lines = BufReader::new(stream).lines();
    loop {
        let head: Vec<String> =
            lines.by_ref().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
        if head.is_empty() {
            return;
        }
        let sent = if says_the_same.load(Ordering::Relaxed) {
            out.write_all(b"HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\nContent-Length: 0\r\n\r\n")
        } else {
            let length = calendar.len();
            let text = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\nETag: \"1\"\r\nContent-Length: {length}\r\n\r\n{calendar}"
            );
            out.write_all(text.as_bytes())
        };
        if sent.is_err() {
            return;
        }
    }
}

struct TestServer {
    child: Child,
    folder: PathBuf,
}

impl TestServer {
    fn start(folder: &Path) -> TestServer {
        let ours = || PathBuf::from(env!("CARGO_BIN_EXE_casero"));
        let mut command = Command::new(std::env::var_os("CASERO_BIN").map_or_else(ours, PathBuf::from));
        command.env_clear().current_dir(folder).arg("serve").stdout(Stdio::piped()).stderr(Stdio::null());
        command.env("CASERO_STORAGE_DATA_DIR", folder).env("CASERO_SERVER_PORT", "0");
        command.env("CASERO_CALENDARS_ALLOW_PRIVATE_ADDRESSES", "true");
        let mut child = command.spawn().expect("it starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("a line");
        assert!(line.starts_with("casero listening on "), "{line}");
        TestServer { child, folder: folder.to_owned() }
    }

    /// Waits until every calendar was read after `since`, and prints the cost.
    fn round(&self, name: &str, begun: Instant, spent: f64, since: i64) {
        let read = format!("SELECT count(*) FROM feed WHERE succeeded_at > {since}");
        while self.one(&read) < FEEDS {
            assert!(begun.elapsed() < PATIENCE, "{name}: {} of {FEEDS} were read", self.one(&read));
            std::thread::sleep(Duration::from_millis(20));
        }
        let (took, processor) = (begun.elapsed().as_secs_f64(), self.processor_seconds() - spent);
        let each = processor * 1000.0 / FEEDS as f64;
        say(&format!("{name:32} {took:>8.2} {processor:>8.2} {each:>14.2} {:>10.1}", self.peak()));
    }

    fn database(&self) -> Connection {
        let database = Connection::open(self.folder.join(DATABASE_FILE)).expect("the database");
        database.busy_timeout(PATIENCE).expect("it waits");
        database
    }

    fn one(&self, query: &str) -> i64 {
        self.database().query_row(query, [], |row| row.get(0)).expect("a number")
    }

    /// Processor time of the process so far, its threads included.
    fn processor_seconds(&self) -> f64 {
        let stat = self.proc("stat");
        // After the name in brackets comes the third field; the times are 14 and 15.
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |at: usize| fields[at - 3].parse::<f64>().expect("ticks");
        (ticks(14) + ticks(15)) / TICKS_PER_SECOND
    }

    /// Peak memory in MiB.
    fn peak(&self) -> f64 {
        let status = self.proc("status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a line");
        line.split_whitespace().next().and_then(|kib| kib.parse::<f64>().ok()).expect("a number") / 1024.0
    }

    fn proc(&self, file: &str) -> String {
        std::fs::read_to_string(format!("/proc/{}/{file}", self.child.id())).expect("it runs")
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").expect("somebody reads");
}
