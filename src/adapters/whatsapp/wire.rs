//! JSON shapes of the Cloud API's notifications
//! (developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components). Everything that the vendor may
//! leave out is optional, and a number or a text is accepted as either.

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, IgnoredAny};
use serde_json::Value;

#[derive(Debug, Deserialize)]
pub(super) struct Notification {
    pub entry: Vec<Value>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Entry {
    /// Id of the business account.
    #[serde(default, deserialize_with = "text_or_number")]
    pub id: Option<String>,
    /// Parsed one by one, as every list here: an unreadable item does not take the others with it.
    #[serde(default, deserialize_with = "lenient")]
    pub changes: Vec<Value>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Change {
    #[serde(default, deserialize_with = "lenient")]
    pub field: String,
    #[serde(default, deserialize_with = "lenient")]
    pub value: Value,
}

#[derive(Debug, Deserialize)]
pub(super) struct Messages {
    #[serde(default, deserialize_with = "lenient")]
    pub metadata: Metadata,
    #[serde(default, deserialize_with = "lenient")]
    pub contacts: Vec<Value>,
    #[serde(default, deserialize_with = "lenient")]
    pub messages: Vec<Value>,
    #[serde(default, deserialize_with = "lenient")]
    pub statuses: Vec<Value>,
    #[serde(default, deserialize_with = "lenient")]
    pub errors: Vec<Value>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Metadata {
    #[serde(default, deserialize_with = "text_or_number")]
    pub phone_number_id: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Contact {
    #[serde(default, deserialize_with = "lenient")]
    pub profile: Profile,
    #[serde(default, deserialize_with = "text_or_number")]
    pub wa_id: Option<String>,
    #[serde(default, deserialize_with = "text_or_number")]
    pub user_id: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Profile {
    #[serde(default, deserialize_with = "lenient")]
    pub name: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Failure {
    #[serde(default, deserialize_with = "lenient")]
    pub code: Option<i64>,
    #[serde(default, deserialize_with = "lenient")]
    pub title: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Message {
    pub id: String,
    #[serde(default, deserialize_with = "text_or_number")]
    pub from: Option<String>,
    #[serde(default, deserialize_with = "text_or_number")]
    pub from_user_id: Option<String>,
    #[serde(default, deserialize_with = "text_or_number")]
    pub timestamp: Option<String>,
    #[serde(rename = "type", default, deserialize_with = "lenient")]
    pub kind: String,
    #[serde(default, deserialize_with = "lenient")]
    pub context: Option<Context>,
    /// Id of a group, whose messages need no answer.
    #[serde(default, deserialize_with = "lenient")]
    pub group_id: Option<Value>,
    /// The payload, under the name of the kind.
    #[serde(flatten)]
    pub payload: serde_json::Map<String, Value>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Context {
    #[serde(default, deserialize_with = "text_or_number")]
    pub id: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Media {
    #[serde(deserialize_with = "text")]
    pub id: String,
    #[serde(default, deserialize_with = "lenient")]
    pub mime_type: String,
    #[serde(default, deserialize_with = "lenient")]
    pub sha256: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub caption: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub filename: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub voice: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct Status {
    pub id: String,
    pub status: String,
    #[serde(default, deserialize_with = "text_or_number")]
    pub timestamp: Option<String>,
    #[serde(default, deserialize_with = "text_or_number")]
    pub recipient_id: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub biz_opaque_callback_data: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub errors: Vec<Failure>,
    #[serde(default, deserialize_with = "lenient")]
    pub pricing: Option<Pricing>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Pricing {
    #[serde(default, deserialize_with = "lenient")]
    pub billable: Option<bool>,
    #[serde(default, deserialize_with = "lenient")]
    pub category: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Echoes {
    #[serde(default, deserialize_with = "lenient")]
    pub metadata: Metadata,
    #[serde(default, deserialize_with = "lenient")]
    pub message_echoes: Vec<Value>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Echo {
    pub id: String,
    #[serde(default, deserialize_with = "text_or_number")]
    pub to: Option<String>,
    #[serde(default, deserialize_with = "text_or_number")]
    pub to_user_id: Option<String>,
    #[serde(default, deserialize_with = "text_or_number")]
    pub timestamp: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub text: Option<Text>,
}

/// A change of the field `calls`.
#[derive(Debug, Deserialize)]
pub(super) struct Calls {
    #[serde(default, deserialize_with = "lenient")]
    pub metadata: Metadata,
    #[serde(default, deserialize_with = "lenient")]
    pub contacts: Vec<Value>,
    #[serde(default, deserialize_with = "lenient")]
    pub calls: Vec<Value>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Call {
    pub id: String,
    #[serde(default, deserialize_with = "text_or_number")]
    pub from: Option<String>,
    #[serde(default, deserialize_with = "text_or_number")]
    pub from_user_id: Option<String>,
    #[serde(default, deserialize_with = "text_or_number")]
    pub timestamp: Option<String>,
    /// `USER_INITIATED` or `BUSINESS_INITIATED`.
    #[serde(default, deserialize_with = "lenient")]
    pub direction: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Text {
    #[serde(default, deserialize_with = "lenient")]
    pub body: String,
}

/// Answer of `POST …/messages`.
#[derive(Debug, Deserialize)]
pub(super) struct Accepted {
    pub messages: Vec<AcceptedMessage>,
    #[serde(default, deserialize_with = "lenient")]
    pub contacts: Vec<AcceptedContact>,
}

/// Whom the message goes to; the id may be another than the number that was given.
#[derive(Debug, Deserialize)]
pub(super) struct AcceptedContact {
    #[serde(default, deserialize_with = "text_or_number")]
    pub wa_id: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct AcceptedMessage {
    pub id: String,
}

/// Answer of a refused call.
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
    /// The vendor's hint that a retry may work.
    #[serde(default)]
    pub is_transient: bool,
    #[serde(default)]
    pub error_data: Option<RefusedData>,
}

#[derive(Debug, Deserialize)]
pub(super) struct RefusedData {
    #[serde(default)]
    pub details: Option<String>,
}

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

#[derive(Debug, Deserialize)]
pub(super) struct Uploaded {
    #[serde(deserialize_with = "text")]
    pub id: String,
}

/// Answer about a phone number.
#[derive(Debug, Deserialize)]
pub(super) struct Number {
    #[serde(default)]
    pub display_phone_number: Option<String>,
}

/// The state of a phone number.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct NumberFields {
    pub display_phone_number: Option<String>,
    pub verified_name: Option<String>,
    pub status: Option<String>,
    pub name_status: Option<String>,
    pub quality_rating: Option<String>,
    pub is_on_biz_app: bool,
    pub whatsapp_business_manager_messaging_limit: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Subscriptions {
    #[serde(default)]
    pub data: Vec<IgnoredAny>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Acknowledged {
    #[serde(default)]
    pub success: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct TemplatePage {
    #[serde(default)]
    pub data: Vec<TemplateFields>,
    #[serde(default)]
    pub paging: Option<Paging>,
}

#[derive(Debug, Deserialize)]
pub(super) struct TemplateFields {
    pub name: String,
    pub language: String,
    pub status: String,
    #[serde(default)]
    pub rejected_reason: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Paging {
    #[serde(default)]
    pub cursors: Cursors,
    #[serde(default)]
    pub next: Option<IgnoredAny>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Cursors {
    #[serde(default)]
    pub after: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct CreatedTemplate {
    #[serde(default)]
    pub status: Option<String>,
}

/// A template's new state, as it is notified.
#[derive(Debug, Deserialize)]
pub(super) struct TemplateEvent {
    pub event: String,
    pub message_template_name: String,
    pub message_template_language: String,
    #[serde(default, deserialize_with = "lenient")]
    pub reason: Option<String>,
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

/// A value of the expected shape, or its default: a caption that is a number must not lose the message.
fn lenient<'de, D: Deserializer<'de>, T: Default + DeserializeOwned>(from: D) -> Result<T, D::Error> {
    Ok(serde_json::from_value(Value::deserialize(from)?).unwrap_or_default())
}

fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    text_or_number(from)?.ok_or_else(|| serde::de::Error::custom("expected a text"))
}
