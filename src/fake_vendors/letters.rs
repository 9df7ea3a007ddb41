//! Letters that the simulated mail server took, as a person reads them.

use data_encoding::BASE64;
use serde_json::{Value, json};

/// All letters, and the behaviour of the server.
#[derive(Debug, Default)]
pub struct Post {
    pub letters: Vec<Letter>,
    /// Every login is refused with this code.
    pub refuses_login: Option<u16>,
    /// Every recipient is refused with this code.
    pub refuses_recipient: Option<u16>,
}

#[derive(Debug, Clone)]
pub struct Letter {
    pub to: String,
    /// Headers and body as they were sent.
    pub whole: String,
}

impl Letter {
    /// The letter as a person reads it.
    pub fn to_json(&self) -> Value {
        let (head, body) = self.whole.split_once("\r\n\r\n").unwrap_or((self.whole.as_str(), ""));
        let head = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        let header = |name: &str| {
            let find = |line: &str| {
                let (key, value) = line.split_once(':')?;
                key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
            };
            head.lines().find_map(find).unwrap_or_default()
        };
        let body = match header("Content-Transfer-Encoding").to_ascii_lowercase().as_str() {
            "base64" => from_base64(&body.replace("\r\n", "")),
            "quoted-printable" => from_quoted(body),
            _ => body.to_owned(),
        };
        json!({
            "to": self.to,
            "from": words(&header("From")),
            "subject": words(&header("Subject")),
            "message_id": header("Message-ID"),
            "automatic": header("Auto-Submitted"),
            "body": body.replace("\r\n", "\n").trim_end(),
        })
    }
}

fn from_base64(text: &str) -> String {
    String::from_utf8_lossy(&BASE64.decode(text.as_bytes()).unwrap_or_default()).into_owned()
}

/// Quoted-printable (RFC 2045).
fn from_quoted(text: &str) -> String {
    let text = text.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| *byte == b'=') {
            Some(decoded) => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            None => {
                bytes.push(*byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A header's words, encoded ones decoded (RFC 2047).
fn words(header: &str) -> String {
    let mut plain = String::new();
    let mut was_encoded = false;
    for word in header.split(' ') {
        let encoded = word.strip_prefix("=?utf-8?").or_else(|| word.strip_prefix("=?UTF-8?"));
        let decoded = encoded.and_then(|word| word.strip_suffix("?=")).and_then(|word| word.split_once('?'));
        let (text, is_encoded) = match decoded {
            Some(("b" | "B", text)) => (from_base64(text), true),
            Some((_, text)) => (from_quoted(&text.replace('_', " ")), true),
            None => (word.to_owned(), false),
        };
        if !plain.is_empty() && !(was_encoded && is_encoded) {
            plain.push(' ');
        }
        plain.push_str(&text);
        was_encoded = is_encoded;
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_shown_as_people_read_them() {
        let whole = "Subject: =?utf-8?b?QXZpc28gZGUg?= =?utf-8?b?Q2FiYcOxYXM=?=\r\n\
                     Content-Transfer-Encoding: quoted-printable\r\n\r\n\
                     Ma=C3=B1ana a las 9 =3D tem=\r\nprano.\r\n";
        let letter = Letter { to: "ana@example.com".into(), whole: whole.into() }.to_json();
        assert_eq!(
            (&letter["subject"], &letter["body"]),
            (&json!("Aviso de Cabañas"), &json!("Mañana a las 9 = temprano."))
        );
    }
}
