//! Casero behind its reverse proxy: the real nginx and the real Caddy with the files we ship, in a folder of
//! their own, on ports that need no rights, with a certificate made on the spot. curl is the world outside.
//!
//! Where they are not installed, nothing is tested; `./install.sh test` brings them and insists.

use super::harness::{EMAIL, PASSWORD, TestServer, until};
use data_encoding::HEXLOWER;
use ring::hmac;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// The most that WhatsApp's door takes, as `assets/proxy/nginx.conf` says: 3 MiB and 64 KiB.
const WHATSAPP_BYTES_MAX: usize = 3136 * 1024;
/// The most that the API takes.
const JSON_BYTES_MAX: usize = 256 * 1024;

/// A program that the tests need: as the script that runs them says, or where Debian puts it.
pub fn tool(variable: &str, places: &[&str]) -> Option<PathBuf> {
    let said = std::env::var_os(variable).map(PathBuf::from);
    let found = said.or_else(|| places.iter().map(PathBuf::from).find(|path| path.is_file()));
    let needed = std::env::var_os("CASERO_BROWSER_TESTS").is_some();
    assert!(found.is_some() || !needed, "{variable} is needed here");
    found
}

/// A proxy in front of a server; it ends with the test.
struct Proxy {
    child: Child,
    folder: tempfile::TempDir,
    tls: u16,
    plain: u16,
}

impl Proxy {
    /// nginx before this server.
    fn before(server: &TestServer) -> Option<Proxy> {
        let nginx = tool("CASERO_NGINX", &["/usr/sbin/nginx"])?;
        Some(Proxy::start(server, write_nginx, |folder| {
            let mut command = Command::new(nginx);
            command.arg("-p").arg(folder).args(["-c", "nginx.conf", "-e", "error.log"]);
            command
        }))
    }

    /// Caddy before this server.
    fn caddy_before(server: &TestServer) -> Option<Proxy> {
        let caddy = tool("CASERO_CADDY", &["/usr/bin/caddy"])?;
        Some(Proxy::start(server, write_caddy, |folder| {
            let mut command = Command::new(caddy);
            command.args(["run", "--adapter", "caddyfile", "--config", "Caddyfile"]);
            command.current_dir(folder).env("HOME", folder);
            command
        }))
    }

    fn start(
        server: &TestServer,
        write: impl FnOnce(&Path, u16, u16, &str),
        command: impl FnOnce(&Path) -> Command,
    ) -> Proxy {
        let folder = tempfile::tempdir().unwrap();
        make_certificate(folder.path());
        let (tls, plain) = (free_port(), free_port());
        write(folder.path(), tls, plain, server.url("").trim_start_matches("http://"));
        let log = fs::File::create(folder.path().join("error.log")).unwrap();
        let child =
            command(folder.path()).stdout(Stdio::null()).stderr(log).spawn().expect("the proxy starts");
        let proxy = Proxy { child, folder, tls, plain };
        until("the proxy to listen", || {
            TcpStream::connect(("127.0.0.1", tls)).ok().map(drop).or_else(|| {
                let log = fs::read_to_string(proxy.folder.path().join("error.log")).unwrap_or_default();
                assert!(!log.contains("[emerg]") && !log.contains("Error:"), "{log}");
                None
            })
        });
        proxy
    }

    fn url(&self, path: &str) -> String {
        format!("https://127.0.0.1:{}{path}", self.tls)
    }

    /// curl with these arguments; its answer's head and body.
    fn curl(&self, arguments: &[&str]) -> (u16, String, String) {
        let output = curl().arg("-i").args(arguments).output().expect("curl runs");
        parse(&output)
    }

    /// A body from a file, so that large ones fit.
    fn post(&self, path: &str, headers: &[&str], body: &[u8]) -> (u16, String, String) {
        let file = self.folder.path().join("body");
        fs::write(&file, body).unwrap();
        let (body, url) = (format!("@{}", file.display()), self.url(path));
        let mut arguments =
            vec!["--data-binary", &body, "-H", "Content-Type: application/json", "-H", "Expect:"];
        for header in headers {
            arguments.extend(["-H", header]);
        }
        arguments.push(&url);
        self.curl(&arguments)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn curl() -> Command {
    let mut command = Command::new("curl");
    command.args(["--silent", "--show-error", "--insecure", "--max-time", "60", "--noproxy", "*"]);
    command
}

fn parse(output: &Output) -> (u16, String, String) {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| {
        panic!("no answer: {text:?} {}", String::from_utf8_lossy(&output.stderr));
    });
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    (status, head.to_lowercase(), body.to_owned())
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn make_certificate(folder: &Path) {
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"])
        .args([
            "-days",
            "2",
            "-subj",
            "/CN=casero.example",
            "-keyout",
            "privkey.pem",
            "-out",
            "fullchain.pem",
        ])
        .current_dir(folder)
        .output()
        .expect("openssl runs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

/// The file we ship with other ports and paths, inside a frame that needs no rights.
fn write_nginx(folder: &Path, tls: u16, plain: u16, server: &str) {
    let shipped = fs::read_to_string("assets/proxy/nginx.conf").unwrap();
    let place = folder.display();
    let site: String = shipped
        .lines()
        .filter(|line| !line.contains("listen [::]"))
        .map(|line| {
            line.replace("listen 80;", &format!("listen 127.0.0.1:{plain};"))
                .replace("listen 443 ", &format!("listen 127.0.0.1:{tls} "))
                .replace("127.0.0.1:8080", server)
                .replace("/etc/letsencrypt/live/casero.example", &place.to_string())
                + "\n"
        })
        .collect();
    fs::write(folder.join("site.conf"), site).unwrap();
    let paths: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .iter()
        .map(|name| format!("{name}_temp_path {place}/{name};\n"))
        .collect();
    let frame = format!(
        "daemon off;\nmaster_process off;\npid {place}/pid;\nerror_log {place}/error.log;\nevents {{}}\n\
         http {{\naccess_log off;\n{paths}include {place}/site.conf;\n}}\n"
    );
    fs::write(folder.join("nginx.conf"), frame).unwrap();
}

/// The file we ship, for another name and port, with our certificate.
fn write_caddy(folder: &Path, tls: u16, plain: u16, server: &str) {
    let shipped = fs::read_to_string("assets/proxy/Caddyfile").unwrap();
    let place = folder.display();
    let site = shipped.replace("127.0.0.1:8080", server).replace(
        "casero.example {",
        &format!("https://127.0.0.1:{tls} {{\n\ttls {place}/fullchain.pem {place}/privkey.pem"),
    );
    let frame = format!(
        "{{\n\tadmin off\n\thttp_port {plain}\n\tauto_https disable_redirects\n\tstorage file_system {place}/caddy\n}}\n"
    );
    fs::write(folder.join("Caddyfile"), frame + &site).unwrap();
}

fn server() -> TestServer {
    TestServer::with(&[
        ("SERVER_PUBLIC_URL", "https://casero.example"),
        ("SERVER_TRUSTED_PROXY", "true"),
        ("LIMITS_LOGIN_PER_MINUTE", "3"),
    ])
}

/// Signed as WhatsApp signs: over the very bytes.
fn signature(body: &[u8]) -> String {
    let secret = casero::fake_vendors::FakeVendorsConfig::default().app_secret;
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    format!("X-Hub-Signature-256: sha256={}", HEXLOWER.encode(hmac::sign(&key, body).as_ref()))
}

#[test]
fn what_whatsapp_signed_arrives_byte_by_byte_and_what_is_too_large_does_not() {
    let server = server();
    let Some(proxy) = Proxy::before(&server) else { return };
    // Escapes, odd blanks and an emoji: serializing this anew breaks the signature.
    let body = br#"{"object" :"whatsapp_business_account","entry":[ ],  "x":"ma\u00f1ana\/ \ud83d\ude00 x"}"#;
    let (status, _, text) = proxy.post("/webhooks/whatsapp", &[&signature(body)], body);
    assert_eq!(status, 200, "{text}");
    let (status, _, _) = proxy.post("/webhooks/whatsapp", &[&signature(b"other")], body);
    assert_eq!(status, 401);

    let mut full = b"{\"object\":\"whatsapp_business_account\",\"entry\":[]}".to_vec();
    full.resize(WHATSAPP_BYTES_MAX, b' ');
    let (status, _, text) = proxy.post("/webhooks/whatsapp", &[&signature(&full)], &full);
    assert_eq!(status, 200, "the limit itself fits: {text}");
    full.push(b' ');
    let (status, head, text) = proxy.post("/webhooks/whatsapp", &[&signature(&full)], &full);
    assert_eq!(status, 413);
    assert!(head.contains("application/problem+json") && text.contains("too_large"), "{head}\n{text}");

    let login = vec![b' '; JSON_BYTES_MAX + 1];
    assert_eq!(proxy.post("/api/v1/login", &[], &login).0, 413);
    // Within the limits of both it is the product that answers.
    assert_eq!(proxy.post("/api/v1/login", &[], &login[1..]).0, 400);
}

/// A notification of Mercado Pago about this payment, signed as the vendor does: its own request id is part of it.
fn payment_notification(id: &str, request_id: Option<&str>) -> (Vec<String>, String) {
    let (ts, secret) = ("1796000000", casero::fake_vendors::FakeVendorsConfig::default().mp_webhook_secret);
    let named = request_id.map(|id| format!("request-id:{id};")).unwrap_or_default();
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let tag = hmac::sign(&key, format!("id:{id};{named}ts:{ts};").as_bytes());
    let mut headers = vec![format!("x-signature: ts={ts},v1={}", HEXLOWER.encode(tag.as_ref()))];
    headers.extend(request_id.map(|id| format!("x-request-id: {id}")));
    let body = format!(
        r#"{{"action":"payment.created","api_version":"v1","data":{{"id":"{id}"}},"id":"9{id}","type":"payment"}}"#
    );
    (headers, body)
}

fn notifications_of_both_vendors_arrive_through(server: &TestServer, proxy: &Proxy) {
    let body = br#"{"object":"whatsapp_business_account","entry":[]}"#;
    assert_eq!(proxy.post("/webhooks/whatsapp", &[&signature(body)], body).0, 200);
    assert_eq!(proxy.post("/webhooks/whatsapp", &[&signature(b"other")], body).0, 401);

    let notify = |id: &str, request_id: Option<&str>, change: &dyn Fn(Vec<String>) -> Vec<String>| {
        let (headers, body) = payment_notification(id, request_id);
        let headers = change(headers);
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        let path = format!("/webhooks/mercadopago?data.id={id}&type=payment");
        proxy.post(&path, &headers, body.as_bytes())
    };
    let as_it_is = |headers: Vec<String>| headers;
    let (status, head, text) = notify("501", Some("3f1c9a50-6d1e-4b8b-9f57-0c2f4a6f7d11"), &as_it_is);
    assert_eq!(status, 200, "{head}\n{text}");
    assert_eq!(notify("502", None, &as_it_is).0, 200, "a vendor that names no request signs none");
    let renamed = |headers: Vec<String>| vec![headers[0].clone(), "x-request-id: another".to_owned()];
    assert_eq!(notify("503", Some("one"), &renamed).0, 401, "what is signed can't be exchanged");
    let unnamed = |headers: Vec<String>| vec![headers[0].clone()];
    assert_eq!(notify("504", Some("one"), &unnamed).0, 401);
    // A value too long for the log names no answer, however well it is signed.
    let (status, head, _) = notify("505", Some(&"x".repeat(200)), &as_it_is);
    assert_eq!((status, head.contains("xxxxx")), (200, false), "{head}");
    assert!(head.contains("x-request-id: "), "{head}");
    let stored = "SELECT count(*) FROM hook WHERE source = 'mercadopago'";
    assert_eq!(server.count(stored), 3, "what was accepted is stored");

    // Everywhere else the caller names nothing.
    let (_, head, _) = proxy.curl(&["-H", "X-Request-Id: mine", &proxy.url("/readyz")]);
    assert!(head.contains("x-request-id: ") && !head.contains("x-request-id: mine"), "{head}");
}

#[test]
fn signed_notifications_of_both_vendors_arrive_through_nginx() {
    let server = server();
    let Some(proxy) = Proxy::before(&server) else { return };
    notifications_of_both_vendors_arrive_through(&server, &proxy);
}

#[test]
fn signed_notifications_of_both_vendors_arrive_through_caddy() {
    let server = server();
    let Some(proxy) = Proxy::caddy_before(&server) else { return };
    notifications_of_both_vendors_arrive_through(&server, &proxy);
}

#[test]
fn a_caller_is_who_they_are_whatever_they_say_about_themselves() {
    let server = server();
    let Some(proxy) = Proxy::before(&server) else { return };
    let url = proxy.url("/api/v1/login");
    let attempt = |from: &str, says: &str| {
        let headers = [
            format!("X-Forwarded-For: {says}"),
            format!("X-Real-IP: {says}"),
            format!("Forwarded: for={says}"),
            "X-Request-Id: mine".to_owned(),
            "Content-Type: application/json".to_owned(),
        ];
        let mut arguments =
            vec!["--interface", from, "--data-binary", r#"{"email":"x@example.com","password":"no"}"#];
        for header in &headers {
            arguments.extend(["-H", header.as_str()]);
        }
        arguments.push(&url);
        let (status, head, _) = proxy.curl(&arguments);
        assert!(!head.contains("x-request-id: mine"), "{head}");
        status
    };
    // Another name in each attempt does not help: the fourth of an address is one too many.
    let spoofed = ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"];
    let outcomes: Vec<u16> = spoofed.iter().map(|says| attempt("127.0.0.2", says)).collect();
    assert_eq!(outcomes, [401, 401, 401, 429]);
    // No client can use up another's limit, and another address is another client.
    assert_eq!(attempt("127.0.0.3", "127.0.0.2"), 401);
}

#[test]
fn the_owner_enters_with_a_cookie_that_only_travels_by_https() {
    let server = server();
    let Some(proxy) = Proxy::before(&server) else { return };
    let jar = proxy.folder.path().join("jar").display().to_string();
    let (email, password) = (format!("email={EMAIL}"), format!("password={PASSWORD}"));
    let login = proxy.url("/admin/login");
    let form = ["--data-urlencode", &email, "--data-urlencode", &password, "-d", "next=", "-c", &jar, &login];
    let (status, head, text) = proxy.curl(&form);
    assert_eq!(status, 303, "{head}\n{text}");
    let cookie = head.lines().find(|line| line.starts_with("set-cookie: __host-casero=")).expect("a cookie");
    for word in ["secure", "httponly", "samesite=lax", "path=/"] {
        assert!(cookie.contains(word), "{word}: {cookie}");
    }
    let (status, head, _) = proxy.curl(&["-b", &jar, &proxy.url("/admin")]);
    assert_eq!(status, 200);
    assert_eq!(head.matches("strict-transport-security: max-age=31536000").count(), 1, "{head}");

    // An event is out before the stream ends.
    let stream = ["-N", "-b", &jar, &proxy.url("/admin/changes")];
    let mut listening = curl().args(stream).stdout(Stdio::piped()).spawn().expect("curl runs");
    let lines = BufReader::new(listening.stdout.take().expect("piped")).lines();
    // Read to its end: an unread stream would end on its own.
    let (sender, changes) = std::sync::mpsc::channel();
    let reading = std::thread::spawn(move || {
        for line in lines.map_while(Result::ok).filter(|line| line.contains("change")) {
            let _ = sender.send(line);
        }
    });
    let mut cabins = 0;
    until("an event while the stream is open", || {
        cabins += 1;
        server.cabin(&format!("Aguaribay {cabins}"), 80_000_00);
        changes.try_recv().ok()
    });
    assert!(listening.try_wait().unwrap().is_none(), "the stream has ended");
    listening.kill().unwrap();
    listening.wait().unwrap();
    reading.join().unwrap();
}

#[test]
fn the_world_sees_no_numbers_and_plain_http_moves_to_https() {
    let mut server = server();
    let Some(proxy) = Proxy::before(&server) else { return };
    assert_eq!(proxy.curl(&[&proxy.url("/metrics")]).0, 404);
    assert_eq!(proxy.curl(&[&proxy.url("/readyz")]).0, 200);
    let (status, head, _) = proxy.curl(&[&format!("http://127.0.0.1:{}/reservar?x=1", proxy.plain)]);
    assert_eq!(status, 301);
    assert!(head.contains("location: https://127.0.0.1/reservar?x=1"), "{head}");
    server.close().stop();
    let (status, head, text) = proxy.curl(&[&proxy.url("/readyz")]);
    assert_eq!(status, 503);
    assert!(head.contains("retry-after: 5") && text.contains("unavailable"), "{head}\n{text}");
}
