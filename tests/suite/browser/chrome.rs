//! Chromium, driven over WebDriver (W3C): the handful of its commands that a person's hands and eyes need, as
//! JSON over HTTP. The protocol is that small that a client of its own is less than a dependency's features.

use crate::harness::{request, until};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Path of the driver in Debian's packages.
const DRIVER: &str = "/usr/bin/chromedriver";
/// Key of an element in WebDriver's answers (W3C WebDriver, section 12.1).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Whether a page's own script runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    On,
    /// It does not, as on an old phone or behind a careful one's settings.
    Off,
}

/// A browser with a window of its own and an empty profile.
pub struct Chrome {
    driver: Child,
    session: String,
    _profile: tempfile::TempDir,
}

/// Starts until one driver listens: it wants the port that it was given on both kinds of address, and ends when
/// somebody else has it on one of them.
const DRIVER_STARTS_MAX: u32 = 8;

/// Starts a driver; `None` when it ended before it listened.
fn start_driver() -> Option<(Child, String)> {
    let mut driver = Command::new(DRIVER)
        .arg("--port=0")
        // Chromium does not come up under a moved clock; no script of ours asks it what day it is.
        .env_remove("LD_PRELOAD")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("chromedriver starts");
    let mut lines = BufReader::new(driver.stdout.take().expect("piped")).lines();
    let listens = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        Some(port.trim_end_matches('.').to_owned())
    });
    let Some(port) = listens else {
        driver.wait().expect("it ended");
        return None;
    };
    std::thread::spawn(move || lines.for_each(drop));
    Some((driver, port))
}

/// Whether there is a browser to test with. The tests' own script installs it and says that it must be there.
pub fn is_here() -> bool {
    let here = Path::new(DRIVER).exists();
    assert!(here || std::env::var_os("CASERO_BROWSER_TESTS").is_none(), "{DRIVER} is missing");
    here
}

impl Chrome {
    /// Opens a window of this width, in CSS pixels.
    pub fn open(width: u32, script: Script) -> Chrome {
        let started = (0..DRIVER_STARTS_MAX).find_map(|_| start_driver());
        let (driver, port) = started.expect("chromedriver says where it listens");
        let profile = tempfile::tempdir().unwrap();
        let height = if width < 600 { 740 } else { 900 };
        let arguments = [
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--disable-quic".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            format!("--user-data-dir={}", profile.path().display()),
        ];
        let mut options = json!({ "args": arguments });
        if script == Script::Off {
            options["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
        }
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL" },
        }}});
        let base = format!("http://127.0.0.1:{port}/session");
        let made = until("a browser", || {
            let answer = post(&base, &wanted);
            answer["value"]["sessionId"].as_str().map(str::to_owned)
        });
        let chrome = Chrome { driver, session: format!("{base}/{made}"), _profile: profile };
        // A window can't be made narrower than 500 pixels; a page's own view can.
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
        chrome.cdp("Emulation.setDeviceMetricsOverride", &metrics);
        chrome
    }

    /// Opens an address and waits until it is there.
    pub fn go(&self, url: &str) {
        self.command("/url", &json!({ "url": url }));
    }

    pub fn address(&self) -> String {
        self.get("/url").as_str().unwrap_or_default().to_owned()
    }

    /// The whole text of the page.
    pub fn text(&self) -> String {
        let body = self.find("body");
        self.get(&format!("/element/{body}/text")).as_str().unwrap_or_default().to_owned()
    }

    /// Presses what the selector finds, where a finger would.
    pub fn press(&self, selector: &str) {
        let element = self.find(selector);
        // Away from the tabs at the foot of a phone, as a thumb would scroll it.
        let script =
            format!("document.querySelector({}).scrollIntoView({{ block: 'center' }})", json!(selector));
        self.cdp("Runtime.evaluate", &json!({ "expression": script }));
        self.command(&format!("/element/{element}/click"), &json!({}));
    }

    /// Writes into a field, in place of what was there.
    pub fn fill(&self, selector: &str, text: &str) {
        let element = self.find(selector);
        self.command(&format!("/element/{element}/clear"), &json!({}));
        self.command(&format!("/element/{element}/value"), &json!({ "text": text }));
    }

    /// Whether the selector finds something.
    pub fn has(&self, selector: &str) -> bool {
        let asked = json!({ "using": "css selector", "value": selector });
        let found = post(&format!("{}/elements", self.session), &asked);
        found["value"].as_array().is_some_and(|found| !found.is_empty())
    }

    /// The result of a script; a promise is awaited.
    pub fn ask(&self, script: &str) -> Value {
        let asked = json!({ "expression": script, "awaitPromise": true, "returnByValue": true });
        let answer = self.cdp("Runtime.evaluate", &asked);
        assert!(answer["exceptionDetails"].is_null(), "{answer}");
        answer["result"]["value"].clone()
    }

    /// Console messages since the last call: errors of scripts, violations of the policy.
    pub fn complaints(&self) -> Vec<String> {
        let said = self.command("/se/log", &json!({ "type": "browser" }));
        let said = said.as_array().cloned().unwrap_or_default();
        let loud = said.iter().filter(|line| matches!(line["level"].as_str(), Some("SEVERE" | "WARNING")));
        loud.map(|line| line["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    fn find(&self, selector: &str) -> String {
        until(selector, || {
            let asked = json!({ "using": "css selector", "value": selector });
            let found = post(&format!("{}/element", self.session), &asked);
            found["value"][ELEMENT].as_str().map(str::to_owned)
        })
    }

    pub(super) fn cdp(&self, name: &str, parameters: &Value) -> Value {
        self.command("/goog/cdp/execute", &json!({ "cmd": name, "params": parameters }))
    }

    pub(super) fn command(&self, path: &str, body: &Value) -> Value {
        let answer = post(&format!("{}{path}", self.session), body);
        assert!(answer["value"]["error"].is_null(), "{path} {body}: {}", answer["value"]);
        answer["value"].clone()
    }

    fn get(&self, path: &str) -> Value {
        request("GET", &format!("{}{path}", self.session), &[], b"").json()["value"].clone()
    }
}

impl Drop for Chrome {
    fn drop(&mut self) {
        let _ = request("DELETE", &self.session, &[], b"");
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn post(url: &str, body: &Value) -> Value {
    request("POST", url, &[("Content-Type", "application/json")], body.to_string().as_bytes()).json()
}
