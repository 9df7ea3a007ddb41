//! The simulator on its own: what it signs, refuses, delivers and repeats. Casero has no part in
//! these tests; a listener of a few lines stands in its place.

mod feeds;
mod guests;
pub mod listener;
mod mercadopago;
mod whatsapp;

use std::time::Duration;

use casero::fake_vendors::{FakeVendors, FakeVendorsConfig, start};
use serde_json::Value;

use self::listener::Listener;

/// Longer than anything here takes on a loaded machine.
const PATIENCE: Duration = Duration::from_secs(10);

/// A simulator and a listener for its webhooks.
pub struct Stage {
    vendors: FakeVendors,
    listener: Listener,
}

impl Stage {
    async fn new() -> Self {
        let templates = vec![("aviso".to_owned(), "es_AR".to_owned(), 0)];
        let config = FakeVendorsConfig { templates: Some(templates), ..FakeVendorsConfig::default() };
        let vendors = start(config).await.expect("a free port");
        let listener = Listener::start();
        vendors.connect(&listener.url);
        Self { vendors, listener }
    }

    /// Asks the simulator and gives status and JSON, `null` when the body is none.
    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> (u16, Value) {
        let (status, text) = self.ask_text(method, path, headers, body);
        (status, serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    fn ask_text(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> (u16, String) {
        let url = if path.starts_with("http") {
            path.to_owned()
        } else {
            format!("{}{path}", self.vendors.base_url())
        };
        let mut request = ureq::http::Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.to_owned()).expect("a valid request");
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .allow_non_standard_methods(true)
            .build()
            .into();
        match agent.run(request) {
            Ok(mut answer) => {
                let status = answer.status().as_u16();
                let text = answer.body_mut().read_to_string();
                (status, text.unwrap_or_else(|_| "(broken off)".to_owned()))
            }
            Err(_) => (0, "(no answer)".to_owned()),
        }
    }

    /// Waits until every notification has ended.
    async fn quiet(&self) {
        let world = self.vendors.world();
        for _ in 0..500 {
            if world.is_quiet() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("notifications are still under way: {:#}", world.snapshot()["webhooks"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_simulators_with_one_seed_make_the_same_ids_and_strike_the_same_requests() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let stage = Stage::new().await;
        let fault = r#"{"target": "mercadopago", "kind": "error500", "probability": 0.5}"#;
        assert_eq!(stage.ask("POST", "/sim/faults", &[], fault).0, 200);
        let token = [("Authorization", "Bearer SIM-mercadopago-token")];
        let statuses: Vec<u16> = (0..20).map(|_| stage.ask("GET", "/users/me", &token, "").0).collect();
        assert!(statuses.contains(&200) && statuses.contains(&500), "{statuses:?}");
        let first = stage.vendors.world().guest_writes("5493515550111", "hola");
        runs.push((statuses, first));
        stage.vendors.shutdown().await;
    }
    assert_eq!(runs[0], runs[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_breaks_off_or_never_comes_when_told_so() {
    let stage = Stage::new().await;
    let token = [("Authorization", "Bearer SIM-mercadopago-token")];
    for kind in ["cut", "drop"] {
        let fault = format!(r#"{{"target": "mercadopago", "kind": "{kind}", "count": 1}}"#);
        stage.ask("POST", "/sim/faults", &[], &fault);
        let (_, body) = stage.ask_text("GET", "/users/me", &token, "");
        assert!(body.starts_with('('), "{kind}: {body}");
        assert_eq!(stage.ask("GET", "/users/me", &token, "").0, 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_port_is_an_error_and_not_a_panic() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let config = FakeVendorsConfig { port, ..FakeVendorsConfig::default() };
    assert!(start(config).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_page_is_served_under_a_strict_policy_only_when_asked_for() {
    let config = FakeVendorsConfig { console: true, ..FakeVendorsConfig::default() };
    let vendors = start(config).await.expect("a free port");
    let answer = ureq::get(vendors.base_url()).call().expect("the page");
    let policy = answer.headers()["content-security-policy"].to_str().expect("text");
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"));
    let shown = vendors.world().snapshot();
    for cabin in casero::fake_vendors::cabins::CABINS {
        for (name, _) in cabin.feeds {
            let mut feeds = shown["feeds"].as_array().into_iter().flatten();
            assert!(feeds.any(|feed| feed["name"] == *name), "{name}");
        }
    }
    let owner = vendors.world().chat(casero::fake_vendors::cabins::OWNER_PHONE);
    assert_eq!(owner["window_open"], true, "casero may write to the owner");
    let bare = Stage::new().await;
    assert_eq!(bare.ask("GET", "/", &[], "").0, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_other_sites_cannot_move_the_demo() {
    let stage = Stage::new().await;
    let own = stage.vendors.base_url();
    let act = |headers: &[(&str, &str)]| {
        let text = r#"{"text": "hola"}"#;
        stage.ask("POST", "/sim/guests/5493515550111/text", headers, text).0
    };
    assert_eq!(act(&[("Origin", "https://elsewhere.example")]), 403);
    assert_eq!(act(&[("Origin", "null")]), 403);
    assert_eq!(act(&[("Host", "rebound.example")]), 403);
    assert!(stage.vendors.world().chat("5493515550111").is_null());
    assert_eq!(act(&[("Origin", &own)]), 201);
    assert_eq!(act(&[]), 201);
}
