//! Fetching from a small server on loopback, and the addresses that must not be read.

use super::*;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;

const CALENDAR: &str = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";

/// Serves the given answers, one per connection; returns the requests.
fn serve(answers: Vec<Vec<u8>>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
    let url = format!("http://{}/ical/secreto.ics?s=clave", listener.local_addr().expect("bound"));
    let server = std::thread::spawn(move || {
        let mut asked = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().expect("a client");
            let mut request = Vec::new();
            let mut buffer = [0u8; 4096];
            while !request.ends_with(b"\r\n\r\n") {
                let count = stream.read(&mut buffer).expect("a request");
                request.extend_from_slice(&buffer[..count]);
            }
            asked.push(String::from_utf8_lossy(&request).to_lowercase());
            // The client may hang up on a body that is too large.
            let _ = stream.write_all(&answer);
        }
        asked
    });
    (url, server)
}

fn answer(head: &str, body: &[u8]) -> Vec<u8> {
    let mut answer =
        format!("HTTP/1.1 {head}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len())
            .into_bytes();
    answer.extend_from_slice(body);
    answer
}

fn get(reach: Reach, url: &str) -> Result<FeedAnswer, PortError> {
    HttpFeeds::new(reach).get(&FeedRequest { url, etag: None, last_modified: None })
}

fn error_of(answers: Vec<Vec<u8>>) -> PortError {
    let (url, server) = serve(answers);
    let error = get(Reach::Anywhere, &url).expect_err("an error");
    server.join().expect("server");
    assert!(!format!("{error:?} {error}").contains("secreto") && !format!("{error:?}").contains("clave"));
    error
}

#[test]
fn a_body_comes_with_what_makes_the_next_request_conditional() {
    let head = "200 OK\r\nETag: \"v1\"\r\nLast-Modified: Tue, 24 Nov 2026 10:00:00 GMT";
    let (url, server) = serve(vec![answer(head, CALENDAR.as_bytes()), answer("304 Not Modified", b"")]);
    let feeds = HttpFeeds::new(Reach::Anywhere);
    let first = feeds.get(&FeedRequest { url: &url, etag: None, last_modified: None }).expect("a body");
    let FeedAnswer::Body { bytes, etag, last_modified } = first else { panic!("a body") };
    assert_eq!((bytes.as_slice(), etag.as_deref()), (CALENDAR.as_bytes(), Some("\"v1\"")));
    let again = FeedRequest { url: &url, etag: etag.as_deref(), last_modified: last_modified.as_deref() };
    assert_eq!(feeds.get(&again), Ok(FeedAnswer::NotModified));
    let asked = server.join().expect("server");
    assert!(
        asked[0].contains("accept: text/calendar")
            && asked[0].contains("user-agent: mozilla/5.0 (compatible; casero")
    );
    assert!(!asked[0].contains("if-none-match"));
    assert!(
        asked[1].contains("if-none-match: \"v1\"")
            && asked[1].contains("if-modified-since: tue, 24 nov 2026")
    );
}

#[test]
fn the_channel_s_answer_is_classified_here() {
    let transient = |code: &str, after| PortError::Transient { code: code.to_owned(), after };
    assert_eq!(
        error_of(vec![answer("429 Too Many Requests\r\nRetry-After: 120", b"")]),
        transient("http_429", Some(Duration::from_secs(120)))
    );
    assert_eq!(error_of(vec![answer("403 Forbidden", b"")]), transient("http_403", None));
    assert_eq!(error_of(vec![answer("503 Unavailable", b"")]), transient("http_503", None));
    assert_eq!(error_of(vec![answer("206 Partial Content", b"BEGIN")]), transient("http_206", None));
    assert_eq!(error_of(vec![answer("404 Not Found", b"")]).code(), "http_404");
    assert!(!error_of(vec![answer("410 Gone", b"")]).is_transient());
    assert!(
        error_of(vec![b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nBEGIN:VCALENDAR".to_vec()])
            .is_transient()
    );
    assert!(error_of(vec![Vec::new()]).is_transient());
    let unused = TcpListener::bind("127.0.0.1:0").expect("loopback").local_addr().expect("bound");
    let refused = get(Reach::Anywhere, &format!("http://{unused}/a.ics")).expect_err("nobody listens");
    assert_eq!(refused.code(), "connection_refused");
}

#[test]
fn a_body_beyond_the_limit_is_refused_also_when_it_was_small_on_the_wire() {
    let large = vec![b' '; usize::try_from(BODY_BYTES_MAX).expect("fits") + 1];
    assert_eq!(error_of(vec![answer("200 OK", &large)]).code(), "too_large");
    let just = &large[1..];
    let (url, server) = serve(vec![answer("200 OK", just)]);
    assert!(get(Reach::Anywhere, &url).is_ok());
    server.join().expect("server");
    // Four kilobytes compressed.
    let bomb = include_bytes!("../../tests/data/calendars/four_megabytes_of_zeros.gz");
    assert_eq!(error_of(vec![answer("200 OK\r\nContent-Encoding: gzip", bomb)]).code(), "too_large");
}

#[test]
fn a_link_is_asked_for_as_its_host_understands_it() {
    for (link, asked, password) in [
        (" webcal://example.com/a.ics ", "https://example.com/a.ics", None),
        ("WEBCALS://example.com/a.ics#x", "https://example.com/a.ics", None),
        ("https://cabañas.example/año 1.ics", "https://xn--cabaas-zwa.example/a%C3%B1o%201.ics", None),
        ("https://example.com/a.ics?s=a%2Bb|c", "https://example.com/a.ics?s=a%2Bb|c", None),
        // RFC 7617, 2: "Aladdin:open sesame".
        (
            "https://Aladdin:open%20sesame@example.com/",
            "https://example.com/",
            Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
        ),
        ("https://a%40b@example.com/", "https://example.com/", Some("Basic YUBiOg==")),
    ] {
        assert_eq!(address(link), Some((asked.to_owned(), password.map(str::to_owned))), "{link}");
    }
    for link in ["", "example.com/a.ics", "file:///etc/passwd", "https://", "webcal:example.com"] {
        assert_eq!(address(link), None, "{link}");
    }
}

#[test]
fn a_password_in_a_link_goes_to_its_host_and_to_no_other() {
    let (other, elsewhere) = serve(vec![answer("200 OK", CALENDAR.as_bytes())]);
    let moved = format!("302 Found\r\nLocation: {}", other.replace("127.0.0.1", "localhost"));
    let (url, server) = serve(vec![answer(&moved, b"")]);
    let url = url.replace("http://", "http://owner:p%40ss@");
    assert!(matches!(get(Reach::Anywhere, &url), Ok(FeedAnswer::Body { .. })));
    let asked = server.join().expect("server");
    assert!(asked[0].contains("authorization: basic b3duzxi6cebzcw=="), "{}", asked[0]);
    assert!(!elsewhere.join().expect("server")[0].contains("authorization"));
}

#[test]
fn redirects_are_followed_to_a_limit() {
    let (url, server) =
        serve(vec![answer("302 Found\r\nLocation: /otro.ics", b""), answer("200 OK", CALENDAR.as_bytes())]);
    assert!(matches!(get(Reach::Anywhere, &url), Ok(FeedAnswer::Body { .. })));
    assert!(server.join().expect("server")[1].starts_with("get /otro.ics"));
    let round = answer("302 Found\r\nLocation: /ical/secreto.ics", b"");
    assert_eq!(error_of(vec![round; 6]).code(), "too_many_redirects");
}

#[test]
fn only_https_to_public_addresses_is_read_unless_allowed() {
    assert_eq!(get(Reach::Public, "http://example.com/a.ics").expect_err("plain").code(), "not_https");
    for url in [
        "https://127.0.0.1/a.ics",
        "https://localhost:8443/a.ics",
        "https://10.0.0.1/",
        "https://[::1]/a.ics",
        "https://[::ffff:192.168.0.1]/a.ics",
        "https://169.254.169.254/latest/meta-data",
        "webcal://192.168.1.1/a.ics",
    ] {
        assert_eq!(get(Reach::Public, url).expect_err(url).code(), "private_address", "{url}");
    }
    assert_eq!(get(Reach::Anywhere, "file:///etc/passwd").expect_err("no host").code(), "bad_url");
    assert_eq!(get(Reach::Anywhere, "no es un enlace").expect_err("no address").code(), "bad_url");
}
