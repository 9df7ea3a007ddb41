//! Measures the owner's pages in a server with history: fifty cabins, ten years of bookings. And how the most
//! requested of them grow, from three cabins and a year to five hundred and ten years.
//!
//! `cargo bench --bench pages` fills databases of its own and requests each page from the real binary over
//! HTTP, as a browser does: with a session, compressed, over a persistent connection. `CASERO_BIN` names
//! another binary to measure; arguments after `--` are more addresses to request.

#[path = "../suite/days.rs"]
mod days;

use casero::domain::cabin::{Cabin, Season};
use casero::domain::ids::{CabinId, ReservationCode};
use casero::domain::money::{Currency, Money, Multiplier, Percent};
use casero::domain::party::Party;
use casero::domain::pricing::{self, PricingRules, Sale, Terms};
use casero::domain::stay::Stay;
use casero::domain::week::Weekdays;
use casero::store::{DATABASE_FILE, Store, StoreError, cabins, codec};
use days::{day, year_month};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use rusqlite::{Connection, params};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

#[derive(Clone, Copy)]
struct Size {
    cabins: i64,
    /// Years of bookings, the last of them still to come.
    years: i64,
}

/// The server whose pages are all measured.
const LIVED_IN: Size = Size { cabins: 50, years: 10 };
/// Servers of growing size.
const GROWING: [Size; 5] = [
    Size { cabins: 3, years: 1 },
    Size { cabins: 3, years: 10 },
    Size { cabins: 50, years: 1 },
    LIVED_IN,
    Size { cabins: 500, years: 10 },
];
/// Pages that grow: free cabins with prices, the chart as it opens and one more month of it.
fn of_growth() -> [String; 3] {
    [
        format!("/api/v1/availability?check_in={}&check_out={}&guests=2", day(7), day(11)),
        "/admin/chart".to_owned(),
        a_month(),
    ]
}

/// A month of the chart that is still to come.
fn a_month() -> String {
    format!("/admin/chart/months/{}", year_month(day(0)))
}

/// Number of different guests.
const GUESTS: i64 = 12_000;
/// Requests of each page.
const TURNS: usize = 120;
const EMAIL: &str = "duena@example.com";
const PASSWORD: &str = "una clave larga";

/// The everyday pages. Missing ones show by their status.
const PAGES: [&str; 11] = [
    "/admin",
    "/admin/chart",
    "/admin/rates",
    "/admin/reservations",
    "/admin/reservations?q=Quiroga",
    "/admin/reservations/new",
    "/admin/inbox",
    "/admin/cabins",
    "/admin/calendars",
    "/admin/guests",
    "/admin/reports",
];

fn main() {
    let more: Vec<String> = std::env::args().skip(1).filter(|word| word.starts_with('/')).collect();
    let month = a_month();
    measure(LIVED_IN, PAGES.into_iter().chain([month.as_str()]).chain(more.iter().map(String::as_str)));
    for size in GROWING {
        measure(size, of_growth().iter().map(String::as_str));
    }
}

/// Fills a server of this size and requests these pages.
fn measure<'a>(size: Size, paths: impl Iterator<Item = &'a str>) {
    let folder = std::env::temp_dir().join(format!("casero-pages-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let begun = Instant::now();
    let stays = fill(&folder, size);
    let Size { cabins, years } = size;
    say(&format!(
        "\n{cabins} cabins, {years} years, {stays} stays, filled in {:.1} s",
        begun.elapsed().as_secs_f64()
    ));
    let server = TestServer::start(&folder);
    let cookie = server.enter();
    say(&format!(
        "{:72} {:>6} {:>8} {:>8} {:>8} {:>9}",
        "page", "status", "p50 ms", "p95 ms", "max ms", "kB sent"
    ));
    for path in paths {
        server.measure(&cookie, path);
    }
    drop(server);
    std::fs::remove_dir_all(&folder).expect("our own folder");
}

/// Fills the server in `folder`; returns its number of stays.
fn fill(folder: &Path, size: Size) -> usize {
    let store = Store::open(folder, Arc::new(jiff::Timestamp::now)).expect("a new database");
    let made: Vec<Cabin> = (1..=size.cabins).map(cabin).collect();
    let today = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date();
    let (from, to) = (today.saturating_sub((size.years - 1).years()), today.saturating_add(1.year()));
    let kept = made.clone();
    let furnish = store.write_blocking(move |tx| {
        for cabin in &kept {
            let id = cabins::insert(tx, cabin)?;
            for year in from.year()..=to.year() {
                cabins::insert_season(tx, &summer(id, year))?;
            }
        }
        Ok::<_, StoreError>(())
    });
    furnish.expect("furnished");
    drop(store);
    let mut database = Connection::open(folder.join(DATABASE_FILE)).expect("the database");
    let tx = database.transaction().expect("a transaction");
    for guest in 1..=GUESTS {
        let surname =
            ["Quiroga", "Silva", "Fernández", "Smith", "Páez"][usize::try_from(guest % 5).unwrap_or(0)];
        let phone = format!("549351{guest:07}");
        tx.prepare_cached(
            "INSERT INTO guest (id, name, phone, phone_key, created_at, updated_at) VALUES (?1, ?2, ?3, ?3, 0, 0)",
        )
        .and_then(|mut insert| insert.execute(params![guest, format!("Huésped {guest} {surname}"), phone]))
        .expect("a guest");
    }
    let mut stays = 0;
    for (index, cabin) in made.iter().enumerate() {
        let mut day = from.saturating_add(i64::try_from(index % 5).unwrap_or(0).days());
        while day < to {
            let nights = 2 + i64::try_from(stays % 4).unwrap_or(0);
            let stay = Stay::new(day, day.saturating_add(nights.days())).expect("a stay");
            insert_stay(&tx, cabin, stay, today, stays);
            stays += 1;
            day = stay.check_out().saturating_add(i64::try_from(stays % 3).unwrap_or(0).days());
        }
    }
    tx.commit().expect("filled");
    stays
}

fn insert_stay(tx: &Connection, cabin: &Cabin, stay: Stay, today: Date, number: usize) {
    let rules = PricingRules {
        weekend_nights: Weekdays::FRIDAY_SATURDAY,
        deposit_percent: Percent::new(30).expect("a percentage"),
    };
    let seasons = [summer(cabin.id, stay.check_in().year())];
    let quote = pricing::quote(&Sale {
        cabin,
        seasons: &seasons,
        stay,
        party: Party::of_adults(2),
        rules,
        price_rules: &[],
        asked: &Terms::default(),
        today,
        gap: None,
    })
    .expect("a price");
    // A distinct code for each number: its digits to a base no larger than the alphabet.
    let digits: [u8; 6] = std::array::from_fn(|place| {
        u8::try_from(number / 24_usize.pow(u32::try_from(place).unwrap_or(0)) % 24).expect("a digit")
    });
    let code = ReservationCode::from_random(digits);
    let status = match (stay.check_in() <= today, stay.check_out() < today) {
        (_, true) => "checked_out",
        (true, false) => "checked_in",
        (false, false) => "confirmed",
    };
    let channel = ["whatsapp", "direct", "airbnb", "booking", "web"][number % 5];
    let made_on = stay.check_in().saturating_sub(40.days()).at(12, 0, 0, 0);
    let made_at = jiff::tz::TimeZone::UTC.to_timestamp(made_on).expect("a moment").as_millisecond();
    tx.prepare_cached(
        "INSERT INTO reservation (code, cabin_id, guest_id, status, check_in, check_out, guests, channel, quote,
                                  total_cents, deposit_cents, currency, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 2, ?7, ?8, ?9, ?10, 'ARS', ?11, ?11)",
    )
    .and_then(|mut insert| {
        insert.execute(params![
            code.as_str(),
            cabin.id.0,
            i64::try_from(number).unwrap_or(0) % GUESTS + 1,
            status,
            stay.check_in().to_string(),
            stay.check_out().to_string(),
            channel,
            codec::to_json(&quote),
            quote.total.minor,
            quote.deposit.minor,
            made_at,
        ])
    })
    .expect("a stay");
    let id = tx.last_insert_rowid();
    for night in stay.each_night() {
        tx.prepare_cached("INSERT INTO night (cabin_id, day, reservation_id) VALUES (?1, ?2, ?3)")
            .and_then(|mut insert| insert.execute(params![cabin.id.0, night.to_string(), id]))
            .expect("a night");
    }
}

fn cabin(number: i64) -> Cabin {
    Cabin {
        id: CabinId(number),
        weekend_multiplier: Multiplier::from_permille(1200).expect("a factor"),
        description: "Al pie del cerro.".to_owned(),
        ..Cabin::new(format!("Cabaña {number}"), 4, Money::new(4_500_000 + number * 50_000, Currency::Ars))
    }
}

fn summer(cabin: CabinId, year: i16) -> Season {
    let price = Money::new(8_000_000, Currency::Ars);
    Season { min_nights: Some(2), ..Season::new(cabin, "Verano", date(year, 1, 1), date(year, 3, 1), price) }
}

struct TestServer {
    child: Child,
    url: String,
    agent: ureq::Agent,
}

impl TestServer {
    fn start(folder: &Path) -> TestServer {
        let add = ["user", "add", "--email", EMAIL, "--password-stdin"];
        let mut child =
            command(folder).args(add).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("it starts");
        child.stdin.take().expect("piped").write_all(PASSWORD.as_bytes()).expect("it reads");
        assert!(child.wait().expect("it ends").success());
        let child = command(folder).arg("serve").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut child = child.expect("it starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("a line");
        let url = line.trim().strip_prefix("casero listening on ").expect("it listens").to_owned();
        let agent = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
        TestServer { child, url, agent }
    }

    /// Logs in; returns the cookie.
    fn enter(&self) -> String {
        let form = [("email", EMAIL), ("password", PASSWORD), ("next", "/admin")];
        let answer = self.agent.post(format!("{}/admin/login", self.url)).send_form(form).expect("an answer");
        let cookie = answer.headers().get("set-cookie").and_then(|value| value.to_str().ok());
        cookie.and_then(|value| value.split(';').next()).expect("a cookie").to_owned()
    }

    fn measure(&self, cookie: &str, path: &str) {
        let mut turns = Vec::with_capacity(TURNS);
        let (mut status, mut bytes) = (0, 0);
        for _ in 0..TURNS {
            let begun = Instant::now();
            let request = self.agent.get(format!("{}{path}", self.url));
            let mut answer =
                request.header("Cookie", cookie).header("Accept-Encoding", "gzip").call().expect("an answer");
            let mut body = Vec::new();
            answer.body_mut().as_reader().read_to_end(&mut body).expect("a body");
            turns.push(begun.elapsed().as_secs_f64() * 1000.0);
            (status, bytes) = (answer.status().as_u16(), body.len());
        }
        turns.sort_by(f64::total_cmp);
        let of = |percent: usize| turns[(turns.len() * percent / 100).min(turns.len() - 1)];
        let kilobytes = bytes as f64 / 1000.0;
        say(&format!(
            "{path:72} {status:>6} {:>8.1} {:>8.1} {:>8.1} {kilobytes:>9.1}",
            of(50),
            of(95),
            of(100)
        ));
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The binary with a clean environment and without rate limits.
fn command(folder: &Path) -> Command {
    let ours = || PathBuf::from(env!("CARGO_BIN_EXE_casero"));
    let mut command = Command::new(std::env::var_os("CASERO_BIN").map_or_else(ours, PathBuf::from));
    command.env_clear().current_dir(folder);
    command.env("CASERO_STORAGE_DATA_DIR", folder).env("CASERO_SERVER_PORT", "0");
    command.env("CASERO_LIMITS_API_PER_MINUTE", "100000000");
    command
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").expect("somebody reads");
}
