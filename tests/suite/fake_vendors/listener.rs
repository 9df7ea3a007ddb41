//! A small web server in casero's place: it records requests and answers as told.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::Value;

#[derive(Debug, Clone)]
pub struct Heard {
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Heard {
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }
}

pub struct Listener {
    pub url: String,
    heard: Arc<Mutex<Vec<Heard>>>,
    answers: Arc<Mutex<VecDeque<u16>>>,
}

impl Listener {
    pub fn start() -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", socket.local_addr().expect("an address"));
        let heard: Arc<Mutex<Vec<Heard>>> = Arc::default();
        let answers: Arc<Mutex<VecDeque<u16>>> = Arc::default();
        let listener = Self { url, heard: Arc::clone(&heard), answers: Arc::clone(&answers) };
        thread::spawn(move || {
            for stream in socket.incoming().flatten() {
                let (heard, answers) = (Arc::clone(&heard), Arc::clone(&answers));
                thread::spawn(move || serve(stream, &heard, &answers));
            }
        });
        listener
    }

    /// The next requests are answered so; 200 afterwards.
    pub fn answer_next(&self, statuses: &[u16]) {
        self.answers.lock().expect("unpoisoned").extend(statuses);
    }

    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().expect("unpoisoned").clone()
    }
}

fn serve(mut stream: TcpStream, heard: &Mutex<Vec<Heard>>, answers: &Mutex<VecDeque<u16>>) {
    let Ok(copy) = stream.try_clone() else { return };
    let mut reader = BufReader::new(copy);
    while let Some(request) = read(&mut reader) {
        let status = answers.lock().expect("unpoisoned").pop_front().unwrap_or(200);
        // A verification's challenge is echoed; no other answer has a body.
        let asked = request.target.split("hub.challenge=").nth(1);
        let body = asked.and_then(|rest| rest.split('&').next()).unwrap_or("").to_owned();
        heard.lock().expect("unpoisoned").push(request);
        let length = body.len();
        let answer = format!("HTTP/1.1 {status} So\r\nContent-Length: {length}\r\n\r\n{body}");
        if stream.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Heard> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|count| *count > 0)?;
    let target = line.split(' ').nth(1)?.to_owned();
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.push((name.to_lowercase(), value.to_owned()));
    }
    let mut request = Heard { target, headers, body: Vec::new() };
    let length: usize = request.header("content-length").parse().unwrap_or(0);
    request.body.resize(length, 0);
    reader.read_exact(&mut request.body).ok()?;
    Some(request)
}
