//! Classification of answers, and of missing ones.

use super::*;
use crate::adapters::stub::{Reply, Stub};

fn get(reply: Reply) -> Result<HttpResponse, PortError> {
    let stub = Stub::new(vec![reply]);
    let request = Request::builder().uri(&stub.url).body(()).unwrap();
    Http::new().send(request, 1000)
}

fn after(headers: &'static str) -> Option<Duration> {
    get(Reply::Say(429, headers, Vec::new())).unwrap().after
}

#[test]
fn a_pause_is_read_in_seconds_or_as_a_date_and_has_a_bound() {
    assert_eq!(after("Retry-After: 7\r\n"), Some(Duration::from_secs(7)));
    assert_eq!(after("Retry-After: 99999999\r\n"), Some(RETRY_AFTER_MAX));
    let dates = "Date: Tue, 24 Nov 2026 10:00:00 GMT\r\nRetry-After: Tue, 24 Nov 2026 10:02:00 GMT\r\n";
    assert_eq!(after(dates), Some(Duration::from_secs(120)));
    for unreadable in ["", "Retry-After: soon\r\n", "Retry-After: -5\r\n"] {
        assert_eq!(after(unreadable), None, "{unreadable}");
    }
}

#[test]
fn a_status_says_whether_another_try_may_help() {
    for status in [408, 409, 423, 425, 429, 500, 502, 503, 504] {
        assert!(get(Reply::Say(status, "", Vec::new())).unwrap().failure("").is_transient(), "{status}");
    }
    for status in [301, 400, 401, 403, 404, 410, 422] {
        let failure = get(Reply::Say(status, "", Vec::new())).unwrap().failure("");
        assert_eq!((failure.is_transient(), failure.code()), (false, format!("http_{status}").as_str()));
    }
}

#[test]
fn a_redirect_is_an_answer_and_is_not_followed() {
    let answer = get(Reply::Say(302, "Location: http://127.0.0.1:1/\r\n", Vec::new())).unwrap();
    assert_eq!(answer.status, 302);
}

#[test]
fn an_answer_larger_than_expected_is_refused() {
    assert_eq!(get(Reply::Flood(1000)).unwrap().body.len(), 1000);
    assert_eq!(get(Reply::Flood(1001)).err().unwrap().code(), "too_large");
}

#[test]
fn a_connection_that_broke_after_the_request_leaves_open_what_happened() {
    assert_eq!(get(Reply::HangUp).err().unwrap().code(), "timeout");
}

#[test]
fn silence_ends_at_the_time_out() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let http = Http::new();
    let request =
        Request::builder().uri(format!("http://{}", listener.local_addr().unwrap())).body(()).unwrap();
    let hurried =
        http.agent.configure_request(request).timeout_global(Some(Duration::from_millis(50))).build();
    assert_eq!(http.ask(hurried).err().unwrap().code(), "timeout");
}

#[test]
fn nobody_listening_means_that_nothing_happened() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let request = Request::builder().uri(format!("http://127.0.0.1:{port}")).body(()).unwrap();
    assert_eq!(Http::new().ask(request).err().unwrap().code(), "no_connection");
}

#[test]
fn what_a_vendor_repeats_of_a_token_or_a_number_is_not_shown() {
    let words = "Malformed access token EAAGabcdefghijklmnopqrstuvwxyz0123 for +5493515550101";
    assert_eq!(detail_of(words), "Malformed access token *** for ***");
}
