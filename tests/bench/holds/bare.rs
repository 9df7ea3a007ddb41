//! The web server without an application: the base cost of a request.

use crate::http::Connection;
use crate::measure::{Timings, race};
use rocket::config::LogLevel;
use rocket::{Config, post, routes};
use std::net::TcpListener;

/// A body about as long as a notification.
const BODY: [u8; 600] = [b'x'; 600];

#[post("/", data = "<body>")]
fn taken(body: &[u8]) -> String {
    body.len().to_string()
}

/// Requests to a bare route over this many connections at once.
pub fn route(runtime: &tokio::runtime::Runtime, connections: usize) -> Timings {
    let port =
        TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    let config = Config { port, log_level: LogLevel::Off, cli_colors: false, ..Config::release_default() };
    let ignited =
        runtime.block_on(rocket::custom(config).mount("/", routes![taken]).ignite()).expect("it ignites");
    let stop = ignited.shutdown();
    let served = runtime.spawn(ignited.launch());
    let url = format!("http://127.0.0.1:{port}");
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        std::thread::yield_now();
    }
    let clients = (0..connections).map(|_| Connection::open(&url)).collect();
    let timings = race(clients, |connection: &mut Connection, _| {
        let (status, _) = connection.post("/", ("Accept", "*/*"), &BODY);
        assert_eq!(status, 200);
    });
    stop.notify();
    runtime.block_on(served).expect("it ends").expect("it ends well");
    timings
}
