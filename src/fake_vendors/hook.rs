//! A notification on its way to casero, and what became of it.

use serde_json::{Value, json};

use super::faults::Struck;

#[derive(Debug, Clone)]
pub struct Hook {
    /// `whatsapp` or `mercadopago`.
    pub source: &'static str,
    /// What it is about: a guest's phone, a payment. Orders notifications.
    pub subject: String,
    /// What it says, in a word or two.
    pub about: String,
    /// Path and query on casero's side.
    pub path: String,
    /// Headers, signature included.
    pub headers: Vec<(&'static str, String)>,
    /// The exact bytes that were signed.
    pub body: String,
    /// The guest's message that it carries: taken by casero, it counts as delivered.
    pub wamid: Option<String>,
    pub struck: Struck,
    pub attempts: Vec<Attempt>,
    pub fate: Fate,
}

#[derive(Debug, Clone)]
pub struct Attempt {
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// What casero answered; `None` when no answer came.
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
    /// A notification that nothing has befallen yet.
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

    /// Whether nothing more will happen to it.
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
