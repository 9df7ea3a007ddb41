//! The real binary in a folder of its own, and its memory as the kernel reports it.

#![allow(dead_code, reason = "each measurement uses its part of it")]

use crate::http::Connection;
use casero::fake_vendors::{FakeVendors, FakeVendorsConfig};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const EMAIL: &str = "duena@example.com";
const PASSWORD: &str = "una clave larga";

pub struct TestServer {
    child: Child,
    pub url: String,
    /// Time from the start of the process to its ready line.
    pub ready_after: Duration,
}

/// Memory of a process in MiB.
pub struct Memory {
    /// Its share (PSS): pages that others map too count in part.
    pub share: f64,
    pub resident: f64,
}

pub fn binary() -> PathBuf {
    std::env::var_os("CASERO_BIN").map_or_else(|| env!("CARGO_BIN_EXE_casero").into(), PathBuf::from)
}

/// Settings of a server whose WhatsApp is the simulator.
pub fn with_whatsapp(vendors: &FakeVendors) -> Vec<(&'static str, String)> {
    let known = FakeVendorsConfig::default();
    vec![
        ("CASERO_WHATSAPP_ACCESS_TOKEN", known.access_token),
        ("CASERO_WHATSAPP_PHONE_NUMBER_ID", known.phone_number_id),
        ("CASERO_WHATSAPP_APP_SECRET", known.app_secret),
        ("CASERO_WHATSAPP_VERIFY_TOKEN", known.verify_token),
        ("CASERO_WHATSAPP_API_URL", vendors.whatsapp_url()),
    ]
}

/// Settings of a server whose WhatsApp and Mercado Pago are the simulator.
pub fn with_everything(vendors: &FakeVendors) -> Vec<(&'static str, String)> {
    let known = FakeVendorsConfig::default();
    let mut settings = with_whatsapp(vendors);
    settings.extend([
        ("CASERO_MERCADOPAGO_ACCESS_TOKEN", known.mp_access_token),
        ("CASERO_MERCADOPAGO_WEBHOOK_SECRET", known.mp_webhook_secret),
        ("CASERO_MERCADOPAGO_API_URL", vendors.mercadopago_url()),
    ]);
    settings
}

/// Starts the binary and kills it this much later, wherever its start has come to.
pub fn kill_at_start(data: &Path, settings: &[(&str, String)], after: Duration) {
    let mut child = command(data, settings)
        .arg("serve")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary starts");
    std::thread::sleep(after);
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
}

/// Adds the owner's account to casero in this folder.
pub fn add_owner(data: &Path) {
    let mut child = command(data, &[])
        .args(["user", "add", "--email", EMAIL, "--password-stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("the binary starts");
    child.stdin.take().expect("piped").write_all(PASSWORD.as_bytes()).expect("it reads");
    assert!(child.wait().expect("it ends").success());
}

impl TestServer {
    /// Starts the binary and waits for its ready line.
    pub fn start(data: &Path, settings: &[(&str, String)]) -> TestServer {
        TestServer::try_start(data, settings).expect("it listens")
    }

    /// The same; `None` when it ends without that line.
    pub fn try_start(data: &Path, settings: &[(&str, String)]) -> Option<TestServer> {
        let begun = Instant::now();
        let mut child = command(data, settings)
            .arg("serve")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary starts");
        let mut line = String::new();
        let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
        stdout.read_line(&mut line).expect("a line");
        let ready_after = begun.elapsed();
        let Some(url) = line.trim().strip_prefix("casero listening on ").map(str::to_owned) else {
            child.wait().expect("it ends");
            return None;
        };
        Some(TestServer { child, url, ready_after })
    }

    /// Whether the process is running.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("our own child").is_none()
    }

    /// The owner's token, as the value of `Authorization`.
    pub fn log_in(&self) -> String {
        let body = serde_json::json!({ "email": EMAIL, "password": PASSWORD }).to_string();
        let (status, answer) =
            Connection::open(&self.url).post("/api/v1/login", ("Accept", "*/*"), body.as_bytes());
        assert_eq!(status, 200);
        let answer: serde_json::Value = serde_json::from_slice(&answer).expect("JSON");
        format!("Bearer {}", answer["token"].as_str().expect("a token"))
    }

    /// Its memory now, from the kernel.
    pub fn memory(&self) -> Memory {
        let path = format!("/proc/{}/smaps_rollup", self.child.id());
        let text = std::fs::read_to_string(path).expect("our own child");
        let of = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
            let kilobytes = line.trim().trim_end_matches(" kB").parse::<f64>();
            kilobytes.map_or(f64::NAN, |kilobytes| kilobytes / 1024.0)
        };
        Memory { share: of("Pss:"), resident: of("Rss:") }
    }

    /// Number of open files and sockets.
    pub fn open_files(&self) -> usize {
        std::fs::read_dir(format!("/proc/{}/fd", self.child.id())).map_or(0, Iterator::count)
    }

    /// Kills it at any point of its work.
    pub fn kill(mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it ends");
    }

    /// Asks it to stop, as systemd does, and waits for its end.
    pub fn stop(mut self) {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(asked.expect("kill runs").success());
        self.child.wait().expect("it ends");
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        // After `stop` the process is gone.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The binary with a clean environment and without rate limits.
fn command(data: &Path, settings: &[(&str, String)]) -> Command {
    let mut command = Command::new(binary());
    command.env_clear().current_dir(data);
    command.env("CASERO_STORAGE_DATA_DIR", data).env("CASERO_SERVER_PORT", "0");
    command.env("CASERO_LIMITS_API_PER_MINUTE", "100000000");
    // As in the systemd unit.
    command.env("MALLOC_MMAP_THRESHOLD_", "262144").env("MALLOC_ARENA_MAX", "2");
    command.envs(settings.iter().map(|(name, value)| (name, value)));
    command
}
