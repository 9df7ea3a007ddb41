//! Messages, in the forms of WhatsApp: final text, ready to send.
//!
//! Limits are those of the Cloud API (developers.facebook.com/docs/whatsapp/cloud-api/messages), counted in
//! characters; constructors cut rather than fail, since a shortened title beats no answer.

use super::geo_point::GeoPoint;
use super::ids::{InboundId, SentFileId};
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, EnumString, IntoStaticStr, VariantArray};

/// Most buttons below one message.
pub const BUTTONS_MAX: usize = 3;
/// Most rows of one list.
pub const ROWS_MAX: usize = 10;
/// Longest plain text.
pub const TEXT_CHARS_MAX: usize = 4096;
/// Longest text above buttons or a link.
pub const BODY_CHARS_MAX: usize = 1024;
/// Longest label of a button.
pub const BUTTON_CHARS_MAX: usize = 20;
/// Longest title of a row.
pub const ROW_TITLE_CHARS_MAX: usize = 24;
/// Longest description of a row.
pub const ROW_DESCRIPTION_CHARS_MAX: usize = 72;

/// The kind of a guest's message, as stored and in the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum InboundKind {
    Text,
    Audio,
    Image,
    Document,
    Video,
    Sticker,
    Location,
    Contacts,
    /// A button or a row of a list.
    Tap,
    Reaction,
    Edit,
    Revoke,
    Call,
    Unsupported,
}

/// The author of a message in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Author {
    Guest,
    Bot,
    Person,
}

/// The processing state of a guest's message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum InboundState {
    /// A recording not transcribed yet.
    Listen,
    Ready,
    Done,
    Failed,
}

/// The delivery state of a message of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum OutboundState {
    Queued,
    Sending,
    Sent,
    Delivered,
    Read,
    Failed,
    /// No answer came to the request that sent it.
    Uncertain,
}

/// Why a recording has no transcript.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Unheard {
    /// Silence or noise, or a recording that can't be read.
    Unclear,
    /// Longer than the limit.
    TooLong,
    /// Transcription is off.
    Off,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, EnumDiscriminants)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[strum_discriminants(name(MessageKind), derive(EnumString, IntoStaticStr, VariantArray))]
#[strum_discriminants(strum(serialize_all = "snake_case"), doc = "The form of a message of ours, as stored.")]
pub enum Message {
    Text {
        body: String,
    },
    /// Text with up to three buttons.
    Buttons {
        body: String,
        buttons: Vec<Choice>,
        /// A picture or document above the text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        header: Option<Header>,
    },
    /// Text with a list that opens.
    List {
        body: String,
        /// Label that opens the list.
        open: String,
        rows: Vec<Choice>,
    },
    /// Text with one link as a button.
    Link {
        body: String,
        label: String,
        url: String,
    },
    /// An approved template, for use outside the 24-hour window.
    Template {
        name: String,
        /// Its language code (`es_AR`).
        language: String,
        /// Values of its variables, in order, without line breaks.
        parameters: Vec<String>,
        /// Its only variable is a code, which a button copies.
        #[serde(default)]
        copy_code: bool,
    },
    /// A file generated as text (a calendar entry).
    Document {
        /// The file name that the guest sees.
        filename: String,
        /// MIME type.
        mime: String,
        content: String,
        caption: String,
    },
    Image {
        file: Stored,
        caption: String,
    },
    /// A document that is stored.
    File {
        file: Stored,
        /// The file name that the guest sees.
        filename: String,
        caption: String,
    },
    Audio {
        file: Stored,
        /// A voice note, rather than music.
        voice: bool,
    },
    Location {
        point: GeoPoint,
        /// May be empty, as the address.
        name: String,
        address: String,
    },
}

/// Where the bytes of a file lie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum Stored {
    /// It came with a message.
    Inbound { id: InboundId },
    /// A photograph of a cabin.
    Photo { token: String },
    /// A person of the house sent it from the page.
    Sent { id: SentFileId },
}

/// How WhatsApp shows a file of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileForm {
    Image,
    Document,
    Audio,
}

/// Types that WhatsApp takes from us, of those that we know ("Supported media types" of the Cloud API).
const SENDABLE: [(&str, FileForm); 8] = [
    ("image/jpeg", FileForm::Image),
    ("image/png", FileForm::Image),
    ("application/pdf", FileForm::Document),
    ("text/plain", FileForm::Document),
    ("audio/ogg", FileForm::Audio),
    ("audio/mpeg", FileForm::Audio),
    ("audio/mp4", FileForm::Audio),
    ("audio/aac", FileForm::Audio),
];

impl FileForm {
    /// Of a MIME type; `None` when WhatsApp does not take it. Parameters after `;` are ignored.
    pub fn of(mime: &str) -> Option<FileForm> {
        let essence = mime.split(';').next().unwrap_or_default().trim();
        SENDABLE.iter().find(|(known, _)| known.eq_ignore_ascii_case(essence)).map(|(_, form)| *form)
    }
}

/// What a person sends beside words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SentThing {
    Image,
    Audio,
    File,
    Location,
}

impl SentThing {
    pub fn of(message: &Message) -> SentThing {
        match message {
            Message::Image { .. } => SentThing::Image,
            Message::Audio { .. } => SentThing::Audio,
            Message::Location { .. } => SentThing::Location,
            Message::File { .. }
            | Message::Document { .. }
            | Message::Text { .. }
            | Message::Buttons { .. }
            | Message::List { .. }
            | Message::Link { .. }
            | Message::Template { .. } => SentThing::File,
        }
    }
}

/// What stands above a text with buttons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "as", rename_all = "snake_case")]
pub enum Header {
    Image { file: Stored },
    Document { file: Stored, filename: String },
}

impl Header {
    pub fn file(&self) -> &Stored {
        match self {
            Header::Image { file } | Header::Document { file, .. } => file,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Our opaque token for the meaning of a tap.
    pub token: String,
    pub title: String,
    /// Second line of a row; empty on buttons.
    #[serde(default)]
    pub description: String,
}

impl Message {
    /// Its buttons or rows.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Message::Buttons { buttons, .. } => buttons,
            Message::List { rows, .. } => rows,
            Message::Text { .. }
            | Message::Link { .. }
            | Message::Template { .. }
            | Message::Document { .. }
            | Message::Image { .. }
            | Message::File { .. }
            | Message::Audio { .. }
            | Message::Location { .. } => &[],
        }
    }

    /// Plain text, cut at the limit.
    /// A browser sends the lines of a form with carriage returns (HTML, form submission); a phone shows them.
    pub fn text(body: impl Into<String>) -> Message {
        Message::Text { body: cut(&body.into().replace("\r\n", "\n"), TEXT_CHARS_MAX) }
    }

    /// The text shown in a list of messages.
    pub fn preview(&self) -> &str {
        match self {
            Message::Text { body }
            | Message::Buttons { body, .. }
            | Message::List { body, .. }
            | Message::Link { body, .. } => body,
            Message::Template { name, .. } => name,
            Message::Document { caption, .. }
            | Message::Image { caption, .. }
            | Message::File { caption, .. } => caption,
            Message::Audio { .. } => "",
            Message::Location { name, address, .. } => {
                if name.is_empty() {
                    address
                } else {
                    name
                }
            }
        }
    }

    /// Whether it is a file: nothing is left of it when the file can't be sent.
    pub fn is_file(&self) -> bool {
        matches!(
            self,
            Message::Document { .. } | Message::Image { .. } | Message::File { .. } | Message::Audio { .. }
        )
    }

    /// The stored file that goes with it.
    pub fn stored(&self) -> Option<&Stored> {
        match self {
            Message::Image { file, .. } | Message::File { file, .. } | Message::Audio { file, .. } => {
                Some(file)
            }
            Message::Buttons { header, .. } => header.as_ref().map(Header::file),
            Message::Text { .. }
            | Message::List { .. }
            | Message::Link { .. }
            | Message::Template { .. }
            | Message::Document { .. }
            | Message::Location { .. } => None,
        }
    }

    /// The same without what stands above it.
    pub fn without_header(self) -> Message {
        match self {
            Message::Buttons { body, buttons, .. } => Message::Buttons { body, buttons, header: None },
            other => other,
        }
    }

    /// Stable name of the form, for storage and metrics.
    pub fn kind(&self) -> &'static str {
        MessageKind::from(self).into()
    }
}

/// The first `max` characters, with an ellipsis in place of the rest.
pub fn cut(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(max.saturating_sub(1)).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

#[cfg(test)]
#[test]
fn each_kind_has_a_code_of_its_own() {
    super::code::check_codes::<MessageKind>();
    super::code::check_codes::<InboundKind>();
}
