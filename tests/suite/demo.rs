//! The demo, run more than once on the same folder.

use crate::days::in_words;
use crate::harness::{Running, request, until};
use serde_json::{Value, json};
use std::net::TcpListener;

const GUEST: &str = "5493515550121";

/// A port with its neighbour: the demo takes both.
fn two_ports() -> u16 {
    until("two free ports side by side", || {
        let first = TcpListener::bind("127.0.0.1:0").ok()?;
        let port = first.local_addr().ok()?.port();
        TcpListener::bind(("127.0.0.1", port.checked_add(1)?)).ok().map(|_| port)
    })
}

#[test]
fn a_guest_of_the_demo_is_answered_whenever_it_is_started_again() {
    let data = tempfile::tempdir().expect("a folder");
    for _ in 0..2 {
        let port = two_ports();
        let (at, folder) = (port.to_string(), data.path().to_str().expect("a plain path"));
        let demo = Running::start(&["demo", "--port", &at, "--data", folder], data.path(), &[]);
        let guest = format!("http://127.0.0.1:{}/sim/guests/{GUEST}", port + 1);
        let words = json!({ "text": format!("hola! hay lugar {} para 2?", in_words(8, 11)) }).to_string();
        let headers = [("Content-Type", "application/json")];
        let written = request("POST", &format!("{guest}/text"), &headers, words.as_bytes());
        assert!(written.status < 300, "{}", written.text);
        until("an answer with a price", || {
            let chat = request("GET", &format!("{guest}/chat"), &[], b"").json();
            let lines = chat["messages"].as_array().expect("a list of messages");
            let offers = |line: &Value| {
                line["from"] == "business" && line["text"].as_str().is_some_and(|text| text.contains("$ "))
            };
            lines.iter().any(offers).then_some(())
        });
        assert_eq!(demo.stop(), Some(0));
    }
}
