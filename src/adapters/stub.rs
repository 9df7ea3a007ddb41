//! A stub vendor for tests: gives prepared answers in order, and records the requests.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

pub(super) enum Reply {
    /// Status, extra header lines and body.
    Say(u16, &'static str, Vec<u8>),
    /// The same, with `{base}` in the body replaced by the stub's own address.
    SayOfItself(u16, &'static str),
    /// Reads the request and closes the connection without an answer.
    HangUp,
    /// An unrequested answer of this many bytes.
    Flood(usize),
}

#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub line: String,
    /// Header lines, lower case.
    pub headers: String,
    pub body: String,
}

pub(super) struct Stub {
    /// Its address, without a trailing slash.
    pub url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    server: JoinHandle<()>,
}

impl Stub {
    /// Listens until every reply was given.
    pub(super) fn new(replies: Vec<Reply>) -> Stub {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (kept, base) = (Arc::clone(&asked), url.clone());
        let server = std::thread::spawn(move || {
            for reply in replies {
                let (mut stream, _) = listener.accept().unwrap();
                let request = read_request(&stream);
                kept.lock().unwrap_or_else(PoisonError::into_inner).push(request);
                answer(&mut stream, reply, &base);
            }
        });
        Stub { url, asked, server }
    }

    /// The requests, once every reply was given.
    pub(super) fn asked(self) -> Vec<Asked> {
        self.server.join().unwrap();
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn read_request(stream: &TcpStream) -> Asked {
    let mut reader = BufReader::new(stream);
    let (mut line, mut headers, mut length) = (String::new(), String::new(), 0);
    reader.read_line(&mut line).unwrap();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).unwrap();
        if header.trim().is_empty() {
            break;
        }
        let header = header.to_ascii_lowercase();
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        headers.push_str(&header);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let line = line.trim().trim_end_matches(" HTTP/1.1").to_owned();
    Asked { line, headers, body: String::from_utf8_lossy(&body).into_owned() }
}

fn answer(stream: &mut TcpStream, reply: Reply, base: &str) {
    let (status, extra, body) = match reply {
        Reply::Say(status, extra, body) => (status, extra, body),
        Reply::SayOfItself(status, body) => (status, "", body.replace("{base}", base).into_bytes()),
        Reply::Flood(bytes) => (200, "", vec![b'x'; bytes]),
        Reply::HangUp => return,
    };
    let head =
        format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n{extra}\r\n", body.len());
    // The client may hang up before the end of a flood.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
}
