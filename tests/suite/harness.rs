//! A whole server for a test: the real binary in a folder of its own, against the simulator, over HTTP.
//!
//! Nothing sleeps: [`until`] asks again until a condition holds or a generous deadline passes.

use casero::fake_vendors::{FakeVendors, FakeVendorsConfig};
use jiff::civil::Date;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Longest wait for anything: a slow machine that builds at the same time still makes it.
const PATIENCE: Duration = Duration::from_secs(120);
/// Interval of asking for a condition again.
const ASK_AGAIN: Duration = Duration::from_millis(15);
/// The owner's account in every test.
pub const EMAIL: &str = "duena@example.com";
pub const PASSWORD: &str = "una clave larga";

/// Waits until `ask` answers, and hands its answer on.
#[track_caller]
pub fn until<T>(what: &str, ask: impl FnMut() -> Option<T>) -> T {
    until_or(|| what.to_owned(), ask)
}

/// The same; what was waited for is put in words only when it did not come.
#[track_caller]
pub fn until_or<T>(what: impl Fn() -> String, mut ask: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = ask() {
            return found;
        }
        assert!(begun.elapsed() < PATIENCE, "waited in vain for {}", what());
        std::thread::sleep(ASK_AGAIN);
    }
}

#[derive(Debug, Clone)]
pub struct HttpResponse {
    pub status: u16,
    /// Headers, lower case.
    pub headers: Vec<(String, String)>,
    pub text: String,
}

impl HttpResponse {
    /// The body as JSON, which it must be.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.text))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

pub fn request(method: &str, url: &str, headers: &[(&str, &str)], body: &[u8]) -> HttpResponse {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        .build()
        .into();
    let mut builder = ureq::http::Request::builder().method(method).uri(url);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    let answer = if body.is_empty() && matches!(method, "GET" | "HEAD" | "DELETE") {
        agent.run(builder.body(()).expect("a request"))
    } else {
        agent.run(builder.body(body).expect("a request"))
    };
    let mut answer = answer.unwrap_or_else(|error| panic!("{method} {url}: {error}"));
    let headers = answer
        .headers()
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()))
        .collect();
    let mut text = Vec::new();
    answer.body_mut().as_reader().read_to_end(&mut text).expect("a body");
    HttpResponse {
        status: answer.status().as_u16(),
        headers,
        text: String::from_utf8_lossy(&text).into_owned(),
    }
}

pub struct Running {
    child: Child,
    pub url: String,
    log: Arc<Mutex<String>>,
}

impl Running {
    /// Starts the binary and waits for its word that it listens.
    pub fn start(arguments: &[&str], data: &Path, settings: &[(String, String)]) -> Running {
        let mut child = command(data, settings)
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let log = Arc::new(Mutex::new(String::new()));
        let (mut stderr, kept) = (child.stderr.take().expect("piped"), Arc::clone(&log));
        std::thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(length @ 1..) = stderr.read(&mut chunk) {
                kept.lock().unwrap().push_str(&String::from_utf8_lossy(&chunk[..length]));
            }
        });
        let url = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("casero listening on ").map(str::to_owned));
        std::thread::spawn(move || lines.for_each(drop));
        let url = url.unwrap_or_else(|| panic!("it never listened:\n{}", log.lock().unwrap()));
        Running { child, url, log }
    }

    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Asks it to stop, as systemd does; answers its exit code.
    pub fn stop(mut self) -> Option<i32> {
        self.signal("-TERM");
        let status = self.child.wait().expect("it can be waited for");
        status.code()
    }

    /// Kills it at once.
    pub fn kill(mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it can be waited for");
    }

    /// Kills it while it is still lent to others; [`TestServer::close`] then lets go of it.
    pub fn kill_now(&self) {
        self.signal("-KILL");
    }

    fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status();
        assert!(sent.expect("kill runs").success());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            eprintln!("---- log of the binary ----\n{}", self.log());
        }
    }
}

/// The clock variables of the tests' own environment: `./install.sh test-clock` moves the clock of every process.
pub fn moved_clock() -> impl Iterator<Item = (String, String)> {
    let of_the_clock = |name: &str| name == "LD_PRELOAD" || name.contains("FAKE");
    std::env::vars().filter(move |(name, _)| of_the_clock(name))
}

/// The binary with a clean environment.
pub fn command(data: &Path, settings: &[(String, String)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casero"));
    command.env_clear().env("PATH", std::env::var("PATH").unwrap_or_default()).current_dir(data);
    command.envs(moved_clock());
    command.env("CASERO_STORAGE_DATA_DIR", data).env("CASERO_SERVER_PORT", "0");
    command.env("CASERO_TELEMETRY_LOG_FORMAT", "text");
    command.envs(settings.iter().map(|(name, value)| (name, value)));
    command
}

/// A new server without accounts: its folder, its process, and the link to create the first account.
pub fn first_run() -> (tempfile::TempDir, Child, String) {
    let data = tempfile::tempdir().expect("a folder");
    let mut child = command(data.path(), &[])
        .arg("serve")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary starts");
    let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines().map_while(Result::ok);
    let listening = lines.next().expect("a line");
    assert!(listening.starts_with("casero listening on http://"), "{listening}");
    let link = lines.next().expect("a link").rsplit(' ').next().unwrap_or_default().to_owned();
    (data, child, link)
}

/// A server, its simulated world, and a key to its door.
pub struct TestServer {
    /// Keeps the simulator's tasks running.
    _runtime: tokio::runtime::Runtime,
    pub vendors: FakeVendors,
    pub data: tempfile::TempDir,
    settings: Vec<(String, String)>,
    running: Option<Running>,
    token: String,
}

impl TestServer {
    /// A server with every integration, an owner and no cabins.
    pub fn new() -> TestServer {
        TestServer::with(&[])
    }

    /// The same with other settings: `("SPEECH_MODEL", "…")`.
    pub fn with(extra: &[(&str, &str)]) -> TestServer {
        TestServer::built(
            extra.iter().map(|(name, value)| (format!("CASERO_{name}"), (*value).to_owned())).collect(),
        )
    }

    /// A server whose binary finds this in its environment.
    pub fn under(environment: &[(&str, String)]) -> TestServer {
        TestServer::built(
            environment.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        )
    }

    fn built(extra: Vec<(String, String)>) -> TestServer {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let known = FakeVendorsConfig::default();
        let needed = casero::dialogue::templates::all().into_iter();
        let templates = needed
            .map(|one| (one.name.to_owned(), one.language.clone(), one.variables()))
            .collect::<Vec<_>>();
        let vendors = runtime
            .block_on(casero::fake_vendors::start(FakeVendorsConfig {
                templates: Some(templates),
                ..known.clone()
            }))
            .expect("the simulator starts");
        let data = tempfile::tempdir().unwrap();
        let mut settings: Vec<(String, String)> = [
            ("WHATSAPP_ACCESS_TOKEN", known.access_token),
            ("WHATSAPP_PHONE_NUMBER_ID", known.phone_number_id),
            ("WHATSAPP_APP_SECRET", known.app_secret),
            ("WHATSAPP_VERIFY_TOKEN", known.verify_token),
            ("WHATSAPP_BUSINESS_ACCOUNT_ID", casero::fake_vendors::whatsapp::ACCOUNT_ID.to_owned()),
            ("WHATSAPP_API_URL", vendors.whatsapp_url()),
            ("MERCADOPAGO_ACCESS_TOKEN", known.mp_access_token),
            ("MERCADOPAGO_WEBHOOK_SECRET", known.mp_webhook_secret),
            ("MERCADOPAGO_API_URL", vendors.mercadopago_url()),
            ("CALENDARS_ALLOW_PRIVATE_ADDRESSES", "true".to_owned()),
        ]
        .into_iter()
        .map(|(name, value)| (format!("CASERO_{name}"), value))
        .collect();
        let mail_port = vendors.mail_port().to_string();
        let extra: Vec<(String, String)> =
            extra.into_iter().map(|(name, value)| (name, value.replace("{mail_port}", &mail_port))).collect();
        // "-" takes a setting away.
        settings.retain(|(name, _)| !extra.iter().any(|(other, _)| other == name));
        settings.extend(extra.into_iter().filter(|(_, value)| value != "-"));
        add_user(data.path(), &settings);
        let mut server =
            TestServer { _runtime: runtime, vendors, data, settings, running: None, token: String::new() };
        server.start();
        server
    }

    /// The environment of the binary.
    pub fn settings(&self) -> &[(String, String)] {
        &self.settings
    }

    /// Exit code and output of a binary that can't start.
    pub fn refuses_to_start(&self) -> (Option<i32>, String) {
        let ended = command(self.data.path(), &self.settings).arg("serve").output().expect("it runs");
        (ended.status.code(), String::from_utf8_lossy(&ended.stderr).into_owned())
    }

    /// Starts the binary (again).
    pub fn start(&mut self) {
        let running = Running::start(&["serve"], self.data.path(), &self.settings);
        self.vendors.connect(&running.url);
        self.running = Some(running);
        let body = json!({ "email": EMAIL, "password": PASSWORD });
        let answer = self.call("POST", "/api/v1/login", &[], &body);
        assert_eq!(answer.status, 200, "{}", answer.text);
        self.token = answer.json()["token"].as_str().expect("a token").to_owned();
    }

    pub fn running(&self) -> &Running {
        self.running.as_ref().expect("casero is open")
    }

    /// Takes the running binary, to stop or kill it.
    pub fn close(&mut self) -> Running {
        self.running.take().expect("casero is open")
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.running().url)
    }

    /// Adds an account with the owner's password.
    pub fn user(&self, email: &str, role: &str) {
        add_account(self.data.path(), &self.settings, email, role);
    }

    /// Output of the command line in this server, which goes on meanwhile.
    pub fn console(&self, arguments: &[&str]) -> String {
        let ended = command(self.data.path(), &self.settings).args(arguments).output().expect("it runs");
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        String::from_utf8_lossy(&ended.stdout).into_owned()
    }

    /// The doctor's JSON report, whatever its result.
    pub fn doctor(&self) -> String {
        let doctor = command(self.data.path(), &self.settings).args(["doctor", "--json"]).output();
        String::from_utf8_lossy(&doctor.expect("it runs").stdout).into_owned()
    }

    /// One request to the API, as the owner.
    pub fn api(&self, method: &str, path: &str, body: &Value) -> HttpResponse {
        self.call(method, path, &[("Authorization", &format!("Bearer {}", self.token))], body)
    }

    pub fn token(&self) -> &str {
        &self.token
    }

    /// One request with these headers; `Value::Null` sends no body.
    pub fn call(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &Value) -> HttpResponse {
        let mut headers = headers.to_vec();
        let bytes = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        if !body.is_null() {
            headers.push(("Content-Type", "application/json"));
        }
        request(method, &self.url(path), &headers, &bytes)
    }

    pub fn world(&self, method: &str, path: &str, body: &Value) -> Value {
        let bytes = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let url = format!("{}/sim{path}", self.vendors.base_url());
        let answer = request(method, &url, &[("Content-Type", "application/json")], &bytes);
        assert!(answer.status < 300, "{method} {path}: {} {}", answer.status, answer.text);
        if answer.text.is_empty() { Value::Null } else { answer.json() }
    }

    /// Adds a cabin for four at this price a night; answers its id.
    pub fn cabin(&self, name: &str, base_price_cents: i64) -> i64 {
        let body = json!({ "name": name, "capacity": 4, "base_price_cents": base_price_cents });
        let answer = self.api("POST", "/api/v1/cabins", &body);
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.json()["id"].as_i64().expect("an id")
    }

    pub fn write(&self, phone: &str, text: &str) {
        self.world("POST", &format!("/guests/{phone}/text"), &json!({ "text": text }));
    }

    /// A guest taps what we offered.
    pub fn tap(&self, phone: &str, choice: &str) {
        self.world("POST", &format!("/guests/{phone}/tap"), &json!({ "choice": choice }));
    }

    /// Messages to a guest so far, oldest first; none for an unknown one.
    pub fn said(&self, phone: &str) -> Vec<Value> {
        let url = format!("{}/sim/guests/{phone}/chat", self.vendors.base_url());
        let chat = request("GET", &url, &[], b"");
        if chat.status == 404 {
            return Vec::new();
        }
        let chat = chat.json();
        let lines = chat["messages"].as_array().expect("a list of messages");
        lines.iter().filter(|line| line["from"] == "business").cloned().collect()
    }

    /// Waits for the next message to a guest after the first `seen`, and hands it on.
    #[track_caller]
    pub fn next_said(&self, phone: &str, seen: usize) -> Value {
        until("a message to the guest", || self.said(phone).get(seen).cloned())
    }

    /// Waits for a message to a guest that holds this text.
    #[track_caller]
    pub fn hears(&self, phone: &str, text: &str) -> Value {
        let holds = |line: &Value| line["text"].as_str().is_some_and(|said| said.contains(text));
        until_or(
            || format!("a message with {text:?}; so far {:#?}", self.texts(phone)),
            || self.said(phone).into_iter().find(holds),
        )
    }

    /// Waits for a link to pay that was sent to a guest, and answers its address.
    #[track_caller]
    pub fn link_to_pay(&self, phone: &str) -> String {
        let link = |line: &Value| line["link"]["url"].as_str().map(str::to_owned);
        until("the link to pay", || self.said(phone).iter().find_map(link))
    }

    /// The texts we have said to a guest.
    pub fn texts(&self, phone: &str) -> Vec<String> {
        let said = self.said(phone);
        said.iter().filter_map(|line| line["text"].as_str().map(str::to_owned)).collect()
    }

    /// Pays at the simulated checkout; answers the payment's id.
    pub fn pay(&self, preference: &str, action: &str, more: &Value) -> i64 {
        let mut body = json!({ "preference_id": preference, "action": action });
        for (name, value) in more.as_object().into_iter().flatten() {
            body[name] = value.clone();
        }
        self.world("POST", "/payments", &body)["id"].as_i64().expect("a payment's id")
    }

    /// One reservation as the API shows it.
    pub fn reservation(&self, key: &str) -> Value {
        let answer = self.api("GET", &format!("/api/v1/reservations/{key}"), &Value::Null);
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()
    }

    /// The guest who wrote last has slept here since yesterday, in the only reservation there is.
    pub fn last_writer_is_in_the_house(&self) {
        self.sql(
            "UPDATE reservation SET status = 'checked_in', expires_at = NULL, check_in = date('now', '-1 day'),
                    check_out = date('now', '+2 days'),
                    guest_id = (SELECT guest_id FROM conversation WHERE id = (SELECT max(conversation_id) FROM inbound))",
        );
    }

    /// Changes rows under the running server: for what time would do.
    pub fn sql(&self, statement: &str) {
        assert!(self.database().execute(statement, []).unwrap() > 0, "{statement}");
    }

    /// The same, when there may be no such row; whether there was one.
    pub fn sql_maybe(&self, statement: &str) -> bool {
        self.database().execute(statement, []).unwrap() > 0
    }

    /// The server's database, beside the server.
    pub fn database(&self) -> rusqlite::Connection {
        let path = self.data.path().join(casero::store::DATABASE_FILE);
        let database = rusqlite::Connection::open(path).unwrap();
        database.busy_timeout(PATIENCE).unwrap();
        database
    }

    /// The one number that a query answers.
    pub fn count(&self, query: &str) -> i64 {
        let path = self.data.path().join(casero::store::DATABASE_FILE);
        rusqlite::Connection::open(path).unwrap().query_row(query, [], |row| row.get(0)).unwrap()
    }

    /// Ends the time of every hold, as if its minutes had passed.
    pub fn holds_run_out(&self) {
        self.sql("UPDATE reservation SET expires_at = expires_at - 86400000 WHERE status = 'pre_reserved'");
    }

    /// A hold by the API for two of a guest with this number; answers the reservation.
    pub fn hold(&self, cabin: i64, check_in: Date, check_out: Date) -> Value {
        let answer = self.api("POST", "/api/v1/reservations", &hold_of(cabin, check_in, check_out));
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.json()
    }

    /// Waits until a reservation has this status.
    #[track_caller]
    pub fn becomes(&self, key: &str, status: &str) -> Value {
        until(&format!("reservation {key} to be {status}"), || {
            Some(self.reservation(key)).filter(|reservation| reservation["status"] == status)
        })
    }

    /// Open matters of the owner's list.
    pub fn attention(&self) -> Vec<Value> {
        let answer = self.api("GET", "/api/v1/attention", &Value::Null);
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()["attention"].as_array().expect("a list of matters").clone()
    }

    /// Waits for an open matter of this kind.
    #[track_caller]
    pub fn attention_of(&self, kind: &str) -> Value {
        until(&format!("an item of kind {kind}"), || {
            self.attention().into_iter().find(|item| item["kind"] == kind)
        })
    }
}

fn add_user(data: &Path, settings: &[(String, String)]) {
    add_account(data, settings, EMAIL, "owner");
}

fn add_account(data: &Path, settings: &[(String, String)], email: &str, role: &str) {
    let mut child = command(data, settings)
        .args(["user", "add", "--email", email, "--role", role, "--password-stdin"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    child.stdin.take().expect("piped").write_all(PASSWORD.as_bytes()).expect("it reads");
    assert!(child.wait().expect("it ends").success());
}

/// The number of the guest in [`hold_of`].
pub const GUEST: &str = "5493515550101";

/// A request for a hold by the API.
pub fn hold_of(cabin: i64, check_in: Date, check_out: Date) -> Value {
    json!({
        "cabin_id": cabin, "check_in": check_in, "check_out": check_out, "guests": 2,
        "guest": { "name": "Marta Quiroga", "phone": "+54 9 351 555-0101" }, "channel": "api",
    })
}

/// The preference behind a reservation's payment link.
pub fn preference(reservation: &Value) -> String {
    preference_of(reservation["payment_url"].as_str().expect("a link to pay"))
}

/// The preference behind a payment link of the simulated provider: the last part of its path.
pub fn preference_of(url: &str) -> String {
    url.rsplit_once("/pay/").expect("a page to pay on").1.to_owned()
}
