//! The owner's page as a browser without script uses it: log in, look, fill in a form, send it.

pub(crate) mod cabins;
mod calendars;
mod chart;
mod desk;
mod guests;
mod inbox;
mod party;
mod price_rules;
mod rates;
mod settings;
mod two_factor;
mod users;

use crate::harness::{EMAIL, HttpResponse, PASSWORD, TestServer, request};

/// A browser without scripts.
pub struct Browser<'h> {
    server: &'h TestServer,
    cookie: String,
}

impl<'h> Browser<'h> {
    pub fn owner(server: &'h TestServer) -> Browser<'h> {
        Browser::enter(server, EMAIL, PASSWORD)
    }

    pub fn cleaner(server: &'h TestServer) -> Browser<'h> {
        server.user("limpieza@example.com", "cleaner");
        Browser::enter(server, "limpieza@example.com", PASSWORD)
    }

    pub fn helper(server: &'h TestServer) -> Browser<'h> {
        server.user("ayuda@example.com", "helper");
        Browser::enter(server, "ayuda@example.com", PASSWORD)
    }

    pub fn nobody(server: &'h TestServer) -> Browser<'h> {
        Browser { server, cookie: String::new() }
    }

    /// Logs in by the form.
    pub fn enter(server: &'h TestServer, email: &str, password: &str) -> Browser<'h> {
        let mut browser = Browser::nobody(server);
        let answer =
            browser.send("/admin/login", &[("email", email), ("password", password), ("next", "/admin")]);
        assert_eq!(answer.status, 303, "{}", answer.text);
        browser.keep_cookie(&answer);
        browser
    }

    /// Keeps the cookie that an answer sets.
    pub fn keep_cookie(&mut self, answer: &HttpResponse) {
        let cookie = answer.header("set-cookie").split(';').next().unwrap_or_default();
        assert!(cookie.starts_with("casero="), "no cookie: {cookie:?}");
        cookie.clone_into(&mut self.cookie);
    }

    pub fn look(&self, path: &str) -> HttpResponse {
        request("GET", &self.server.url(path), &[("Cookie", &self.cookie)], b"")
    }

    #[track_caller]
    pub fn page(&self, path: &str) -> String {
        let answer = self.look(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        answer.text
    }

    /// The word that the forms of a page carry.
    #[track_caller]
    pub fn word(&self, path: &str) -> String {
        let page = self.page(path);
        let after =
            page.split("name=\"csrf_token\" value=\"").nth(1).unwrap_or_else(|| panic!("{path} has no form"));
        after.split('"').next().unwrap_or_default().to_owned()
    }

    /// Sends a form of the page at `from` and answers what came back.
    #[track_caller]
    pub fn post(&self, from: &str, path: &str, fields: &[(&str, &str)]) -> HttpResponse {
        let word = self.word(from);
        let mut all = vec![("csrf_token", word.as_str())];
        all.extend_from_slice(fields);
        self.send(path, &all)
    }

    /// Sends a form that must be done, and answers the page to which it leads.
    #[track_caller]
    pub fn does(&self, from: &str, path: &str, fields: &[(&str, &str)]) -> String {
        let answer = self.post(from, path, fields);
        assert_eq!(answer.status, 303, "{path}: {}", answer.text);
        self.page(answer.header("location"))
    }

    /// Sends fields as they are, without a word.
    pub fn send(&self, path: &str, fields: &[(&str, &str)]) -> HttpResponse {
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
        let headers =
            [("Cookie", self.cookie.as_str()), ("Content-Type", "application/x-www-form-urlencoded")];
        request("POST", &self.server.url(path), &headers, pairs.join("&").as_bytes())
    }

    /// Sends files as a form with an upload does: `word` first, then each file with its name.
    pub fn upload(&self, path: &str, word: &str, field: &str, files: &[(&str, &[u8])]) -> HttpResponse {
        let edge = "casero-edge";
        let mut body =
            format!("--{edge}\r\nContent-Disposition: form-data; name=\"csrf_token\"\r\n\r\n{word}\r\n")
                .into_bytes();
        for (name, bytes) in files {
            let head = format!(
                "--{edge}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{edge}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={edge}");
        let headers = [("Cookie", self.cookie.as_str()), ("Content-Type", kind.as_str())];
        request("POST", &self.server.url(path), &headers, &body)
    }
}

/// A value as a form sends it.
pub(crate) fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
