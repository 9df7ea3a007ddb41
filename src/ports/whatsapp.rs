//! WhatsApp: incoming events and outgoing messages.

use super::error::PortError;
use crate::domain::geo_point::GeoPoint;
use crate::domain::message::{InboundKind, Message};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Error codes after which the number's other form may work: not in a test number's list, and undeliverable.
pub const OTHER_FORM: [&str; 2] = ["wa_131030", "wa_131026"];
/// The 24-hour window is closed: a template may still go out.
pub const WINDOW_CLOSED: &str = "wa_131047";
/// Too many messages to one guest in a short time; other guests are not affected.
pub const PAIR_RATE: &str = "wa_131056";

/// Refusals of a message for its template: it does not exist, is paused or disabled, or is not as we have it.
pub const TEMPLATE_UNUSABLE: [&str; 8] =
    ["wa_132000", "wa_132001", "wa_132005", "wa_132007", "wa_132012", "wa_132015", "wa_132016", "wa_132018"];

/// Receives messages from guests and sends messages to them.
pub trait WhatsApp: Send + Sync {
    fn is_on(&self) -> bool;

    /// Checks the token of a verification request, in constant time.
    fn knows_verify_token(&self, token: &str) -> bool;

    /// Whether the raw body carries a valid `X-Hub-Signature-256`.
    fn is_authentic(&self, body: &[u8], signature: Option<&str>) -> bool;

    /// Every event of a notification, in order. An unreadable event is reported, never dropped.
    fn read_hook(&self, body: &[u8]) -> HookReading;

    /// Sends one message with the file that it needs. Delivery reports carry `tag`, which identifies the message when
    /// the answer was lost.
    fn send(
        &self,
        to: &Recipient,
        message: &Message,
        file: Option<&Upload>,
        tag: &str,
    ) -> Result<Sent, PortError>;

    /// Marks a message as read and shows that an answer is being written.
    fn show_typing(&self, message_id: &str) -> Result<(), PortError>;

    /// Fetches a recording or picture in the two steps the API asks for, size and digest checked.
    fn fetch_media(&self, media: &MediaRef) -> Result<Media, PortError>;

    /// Display form of the number that the credentials belong to, for `doctor`.
    fn number(&self) -> Result<String, PortError>;
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct HookReading {
    /// Id of the business account that our number belongs to, when the notification tells it.
    pub account_id: Option<String>,
    /// Events for our number, in order.
    pub events: Vec<HookEvent>,
    /// Descriptions of unreadable events, for the operator; no personal data.
    pub problems: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum HookEvent {
    Message(InboundMessage),
    /// New delivery state of a message of ours.
    Delivery(Delivery),
    /// The owner answered from the phone's own app; the bot goes silent in that conversation.
    Echo {
        id: String,
        to: Sender,
        text: Option<String>,
        sent_at: Timestamp,
    },
    /// A guest's number or id changed.
    IdentityChanged {
        id: String,
        old: Sender,
        new: Sender,
    },
    /// A message template has a new state; the words are Meta's in lower case.
    TemplateStatus {
        name: String,
        language: String,
        status: String,
        reason: String,
    },
    /// An account event that the owner should know of.
    AccountNotice {
        field: String,
        summary: String,
    },
}

/// Sender as WhatsApp identifies them; at least one of the two ids is present.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Sender {
    pub phone: Option<String>,
    /// Business-scoped user id, opaque.
    pub bsuid: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InboundMessage {
    /// WhatsApp's id, unique.
    pub id: String,
    pub from: Sender,
    /// Name chosen by the guest; it may contain anything.
    pub profile_name: Option<String>,
    /// When, by WhatsApp's clock.
    pub sent_at: Timestamp,
    pub quotes: Option<String>,
    pub content: Content,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Content {
    Text {
        body: String,
    },
    /// A voice note or other audio.
    Audio {
        media: MediaRef,
        /// Recorded in the chat, not forwarded.
        voice: bool,
    },
    Image {
        media: MediaRef,
        caption: Option<String>,
    },
    Document {
        media: MediaRef,
        caption: Option<String>,
        filename: Option<String>,
    },
    Video {
        caption: Option<String>,
    },
    Sticker,
    Location {
        /// Name or address, when given.
        label: Option<String>,
        /// Where; unknown of older messages.
        #[serde(default)]
        point: Option<GeoPoint>,
    },
    Contacts {
        /// Numbers on the cards, as written.
        phones: Vec<String>,
    },
    /// A tap on a button or row of ours.
    Tap {
        token: String,
        title: String,
    },
    /// A reaction to a message of ours.
    Reaction {
        message_id: String,
        /// The emoji; `None` when taken back.
        emoji: Option<String>,
    },
    /// A correction of an earlier message.
    Edit {
        original_id: String,
        /// The new text, if it is text.
        body: Option<String>,
    },
    /// An earlier message taken back.
    Revoke {
        original_id: String,
    },
    /// A call, which nobody takes.
    Call,
    /// Something that WhatsApp can't pass on, or an unknown kind, whose name this is.
    Unsupported {
        kind: String,
    },
}

impl Content {
    /// Stable name of the kind, for storage and metrics.
    pub fn kind(&self) -> InboundKind {
        match self {
            Content::Text { .. } => InboundKind::Text,
            Content::Audio { .. } => InboundKind::Audio,
            Content::Image { .. } => InboundKind::Image,
            Content::Document { .. } => InboundKind::Document,
            Content::Video { .. } => InboundKind::Video,
            Content::Sticker => InboundKind::Sticker,
            Content::Location { .. } => InboundKind::Location,
            Content::Contacts { .. } => InboundKind::Contacts,
            Content::Tap { .. } => InboundKind::Tap,
            Content::Reaction { .. } => InboundKind::Reaction,
            Content::Edit { .. } => InboundKind::Edit,
            Content::Revoke { .. } => InboundKind::Revoke,
            Content::Call => InboundKind::Call,
            Content::Unsupported { .. } => InboundKind::Unsupported,
        }
    }
}

/// Reference to a recording or picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaRef {
    pub id: String,
    /// MIME type as announced.
    pub mime: String,
    /// SHA-256 as announced, base64 or hex as received.
    pub sha256: Option<String>,
}

/// A recording or picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    pub bytes: Vec<u8>,
    /// MIME type.
    pub mime: String,
}

/// A file of ours, to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    pub bytes: Arc<Vec<u8>>,
    /// MIME type.
    pub mime: String,
    pub filename: String,
}

/// A delivery report on a message of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// WhatsApp's id of our message.
    pub message_id: String,
    pub state: DeliveryState,
    pub at: Timestamp,
    pub tag: Option<String>,
    /// WhatsApp's id of whom it reaches, a number's digits, if the report says it.
    pub reached: Option<String>,
    /// Reason of the failure, in the class that a refusal with the same code has.
    pub failure: Option<PortError>,
    /// Whether this message is billed, if the report says so.
    pub billable: Option<bool>,
    /// Its pricing category, if the report says so.
    pub category: Option<String>,
}

/// Delivery state of a message; it only moves up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    Sent,
    Delivered,
    /// Seen (or, for audio, played).
    Read,
    /// Never arrives.
    Failed,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// A number, digits with country code.
    Phone(String),
    /// A business-scoped user id.
    Bsuid(String),
}

/// A message that WhatsApp accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    pub message_id: String,
    /// The address that was used, if it differs from the given one.
    pub used: Option<Recipient>,
    /// WhatsApp's id of whom it reaches, a number's digits, if the answer says it.
    pub reached: Option<String>,
}
