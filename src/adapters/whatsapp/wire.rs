//! JSON shapes of the Cloud API that arrive in notifications
//! (developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components). Everything that the vendor may leave
//! out is optional, and what may be a number or a text is read as either.

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny};
use serde_json::Value;

#[derive(Debug, Deserialize)]
pub(super) struct Notification {
    pub entry: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Entry {
    #[serde(default)]
    pub changes: Vec<Change>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Change {
    #[serde(default)]
    pub field: String,
    #[serde(default)]
    pub value: Value,
}

#[derive(Debug, Deserialize)]
pub(super) struct Messages {
    #[serde(default)]
    pub metadata: Metadata,
    #[serde(default)]
    pub contacts: Vec<Contact>,
    /// Each on its own, so that one that can't be read does not take the others with it.
    #[serde(default)]
    pub messages: Vec<Value>,
    #[serde(default)]
    pub statuses: Vec<Value>,
    #[serde(default)]
    pub errors: Vec<Failure>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Metadata {
    #[serde(default, deserialize_with = "text_or_number")]
    pub phone_number_id: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Contact {
    #[serde(default)]
    pub profile: Profile,
    #[serde(default, deserialize_with = "text_or_number")]
    pub wa_id: Option<String>,
    #[serde(default)]
    pub user_id: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Profile {
    #[serde(default)]
    pub name: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Failure {
    #[serde(default)]
    pub code: Option<i64>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Message {
    pub id: String,
    #[serde(default, deserialize_with = "text_or_number")]
    pub from: Option<String>,
    #[serde(default)]
    pub from_user_id: Option<String>,
    #[serde(default, deserialize_with = "text_or_number")]
    pub timestamp: Option<String>,
    #[serde(rename = "type", default)]
    pub kind: String,
    #[serde(default)]
    pub context: Option<Context>,
    /// The payload lies under the name of the kind.
    #[serde(flatten)]
    pub payload: serde_json::Map<String, Value>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Context {
    #[serde(default)]
    pub id: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Media {
    #[serde(deserialize_with = "text")]
    pub id: String,
    #[serde(default)]
    pub mime_type: String,
    #[serde(default)]
    pub sha256: Option<String>,
    #[serde(default)]
    pub caption: Option<String>,
    #[serde(default)]
    pub filename: Option<String>,
    #[serde(default)]
    pub voice: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct Status {
    pub id: String,
    pub status: String,
    #[serde(default, deserialize_with = "text_or_number")]
    pub timestamp: Option<String>,
    #[serde(default)]
    pub biz_opaque_callback_data: Option<String>,
    #[serde(default)]
    pub errors: Vec<Failure>,
    #[serde(default)]
    pub pricing: Option<Pricing>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Pricing {
    #[serde(default)]
    pub billable: Option<bool>,
    #[serde(default)]
    pub category: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Echoes {
    #[serde(default)]
    pub metadata: Metadata,
    #[serde(default)]
    pub message_echoes: Vec<Echo>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Echo {
    pub id: String,
    #[serde(default, deserialize_with = "text_or_number")]
    pub to: Option<String>,
    #[serde(default)]
    pub to_user_id: Option<String>,
    #[serde(default, deserialize_with = "text_or_number")]
    pub timestamp: Option<String>,
    #[serde(default)]
    pub text: Option<Text>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Text {
    #[serde(default)]
    pub body: String,
}

/// What `POST …/messages` answers.
#[derive(Debug, Deserialize)]
pub(super) struct Accepted {
    pub messages: Vec<AcceptedMessage>,
}

#[derive(Debug, Deserialize)]
pub(super) struct AcceptedMessage {
    pub id: String,
}

/// What a refused call answers.
#[derive(Debug, Deserialize)]
pub(super) struct Refused {
    pub error: RefusedError,
}

#[derive(Debug, Deserialize)]
pub(super) struct RefusedError {
    #[serde(default)]
    pub code: i64,
    #[serde(default)]
    pub message: String,
    #[serde(default)]
    pub error_data: Option<RefusedData>,
}

#[derive(Debug, Deserialize)]
pub(super) struct RefusedData {
    #[serde(default)]
    pub details: Option<String>,
}

/// What a media id stands for.
#[derive(Debug, Deserialize)]
pub(super) struct MediaPlace {
    pub url: String,
    #[serde(default)]
    pub mime_type: String,
    #[serde(default)]
    pub sha256: Option<String>,
    #[serde(default, deserialize_with = "text_or_number")]
    pub file_size: Option<String>,
}

/// What an upload answers.
#[derive(Debug, Deserialize)]
pub(super) struct Uploaded {
    #[serde(deserialize_with = "text")]
    pub id: String,
}

/// What a number's own resource answers.
#[derive(Debug, Deserialize)]
pub(super) struct Number {
    #[serde(default)]
    pub display_phone_number: Option<String>,
}

/// A text, or a number as its digits.
pub(super) fn text_or_number<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Text(String),
        Whole(i64),
        Other(IgnoredAny),
    }
    Ok(match Option::<Either>::deserialize(from)? {
        Some(Either::Text(text)) if !text.is_empty() => Some(text),
        Some(Either::Whole(number)) => Some(number.to_string()),
        Some(Either::Text(_) | Either::Other(_)) | None => None,
    })
}

fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    text_or_number(from)?.ok_or_else(|| serde::de::Error::custom("expected a text"))
}
