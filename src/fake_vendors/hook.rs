//! A notification to casero, with its delivery attempts.

use serde_json::{Value, json};

use super::faults::Struck;

#[derive(Debug, Clone)]
pub struct Hook {
    /// `whatsapp` or `mercadopago`.
    pub source: &'static str,
    /// Subject: a guest's phone, a payment. Orders notifications.
    pub subject: String,
    /// Content in a word or two.
    pub about: String,
    /// Path and query at casero.
    pub path: String,
    /// Headers, signature included.
    pub headers: Vec<(&'static str, String)>,
    /// The exact bytes that were signed.
    pub body: String,
    /// The guest's message in it, which counts as delivered once accepted.
    pub wamid: Option<String>,
    pub struck: Struck,
    pub attempts: Vec<Attempt>,
    pub fate: Fate,
}

#[derive(Debug, Clone)]
pub struct Attempt {
    /// Time in milliseconds since 1970.
    pub at: i64,
    /// Status of the answer; `None` when none came.
    pub status: Option<u16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Waiting,
    /// Answered 200.
    Delivered,
    Lost,
    GivenUp,
}

impl Hook {
    /// A notification without attempts.
    pub fn new(source: &'static str, subject: &str, about: &str, path: String, body: String) -> Self {
        Self {
            source,
            subject: subject.to_owned(),
            about: about.to_owned(),
            path,
            headers: vec![("Content-Type", "application/json".to_owned())],
            body,
            wamid: None,
            struck: Struck::default(),
            attempts: Vec::new(),
            fate: Fate::Waiting,
        }
    }

    /// The same with one more header.
    pub fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Whether its delivery has ended.
    pub fn is_over(&self) -> bool {
        self.fate != Fate::Waiting
    }

    pub fn to_json(&self, id: u64) -> Value {
        let attempts: Vec<Value> =
            self.attempts.iter().map(|attempt| json!({"at": attempt.at, "status": attempt.status})).collect();
        json!({
            "id": id,
            "source": self.source,
            "subject": self.subject,
            "about": self.about,
            "path": self.path,
            "body": self.body,
            "state": match self.fate {
                Fate::Waiting => "waiting",
                Fate::Delivered => "delivered",
                Fate::Lost => "lost",
                Fate::GivenUp => "given_up",
            },
            "attempts": attempts,
        })
    }
}
