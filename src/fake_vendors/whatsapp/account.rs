//! State of the business account behind the number: registration, subscription and message templates.

use serde_json::{Value, json};

/// State of the account.
#[derive(Debug, Clone)]
pub struct Account {
    /// The number is registered for the Cloud API.
    pub registered: bool,
    /// The PIN of its two-step verification, once there is one.
    pub pin: Option<String>,
    /// The number lives in the WhatsApp Business app as well.
    pub on_app: bool,
    /// The app receives the account's notifications.
    pub subscribed: bool,
    /// Reviews end with an approval.
    pub approves: bool,
    pub templates: Vec<Template>,
    /// Only approved templates pass.
    pub checks_templates: bool,
}

/// A template of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pub id: u64,
    pub name: String,
    pub language: String,
    pub category: String,
    /// `APPROVED`, `PENDING`, `REJECTED`, `PAUSED`, ….
    pub status: String,
    pub reason: String,
    /// Variables of its body.
    pub variables: u64,
}

impl Account {
    /// An account on which everything was set up, with these templates: name, language, number of variables.
    pub fn established(templates: &[(String, String, u64)]) -> Self {
        let template = |(id, (name, language, variables)): (usize, &(String, String, u64))| Template {
            id: id as u64 + 1,
            name: name.clone(),
            language: language.clone(),
            category: "UTILITY".to_owned(),
            status: "APPROVED".to_owned(),
            reason: String::new(),
            variables: *variables,
        };
        Self {
            registered: true,
            pin: None,
            on_app: false,
            subscribed: true,
            approves: true,
            templates: templates.iter().enumerate().map(template).collect(),
            checks_templates: true,
        }
    }

    /// The account of a configuration; without a list any template passes.
    pub fn of(templates: Option<&[(String, String, u64)]>) -> Self {
        let established = Self::established(templates.unwrap_or_default());
        Self { checks_templates: templates.is_some(), ..established }
    }

    /// An account as it is on its first day.
    pub fn fresh() -> Self {
        Self { registered: false, subscribed: false, ..Self::established(&[]) }
    }

    pub fn template(&mut self, name: &str, language: &str) -> Option<&mut Template> {
        self.templates.iter_mut().find(|template| template.name == name && template.language == language)
    }

    /// State for the control API.
    pub fn to_json(&self) -> Value {
        let templates = self.templates.iter().map(Template::to_json).collect::<Vec<_>>();
        json!({"registered": self.registered, "subscribed": self.subscribed, "templates": templates})
    }
}

impl Template {
    pub fn to_json(&self) -> Value {
        json!({
            "id": self.id.to_string(),
            "name": self.name,
            "language": self.language,
            "category": self.category,
            "status": self.status,
            "rejected_reason": if self.reason.is_empty() { "NONE" } else { &self.reason },
        })
    }
}
