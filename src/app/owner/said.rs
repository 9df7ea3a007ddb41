//! What one message of the owner says, brings and quotes.

use crate::app::Error;
use crate::dialogue::owner::OwnerTap;
use crate::domain::ids::ConversationId;
use crate::domain::message::{FileForm, Message, Stored};
use crate::ports::whatsapp::{Content, InboundMessage, MediaRef};
use crate::store::inbox::Inbound;
use crate::store::notices::{self, Notice};
use crate::store::{Read, conversations, outbox};

pub(super) enum Said {
    Words(String),
    Tap(OwnerTap),
    /// A recording without a transcript.
    Unheard,
    /// A button that is no longer valid.
    OldTap,
    /// Not a command: a picture, a sticker.
    Other,
}

/// What a message can pass on to a guest beside words.
pub(super) enum Brought {
    Nothing,
    File(Message),
    /// WhatsApp takes no such file from us.
    Unfit,
}

/// What a message quotes, as far as it tells of a guest.
pub(super) enum Quoted {
    Notice(Notice),
    /// News of this guest.
    Guest(ConversationId),
}

/// Content of one stored message; `None` when it needs no answer.
pub(super) fn said(
    tx: &impl Read,
    conversation: ConversationId,
    inbound: &Inbound,
) -> Result<Option<Said>, Error> {
    let Ok(message) = serde_json::from_str::<InboundMessage>(&inbound.event) else {
        return Ok(Some(Said::Other));
    };
    Ok(Some(match message.content {
        Content::Text { body } | Content::Edit { body: Some(body), .. } => Said::Words(body),
        Content::Audio { .. } if inbound.heard_permille.is_some() => Said::Words(inbound.body.clone()),
        Content::Audio { .. } => Said::Unheard,
        Content::Tap { token, title } => match conversations::tap(tx, conversation, &token)? {
            Some(meaning) => serde_json::from_str(&meaning).map_or(Said::OldTap, Said::Tap),
            // A template's quick reply carries its label instead of our token.
            None if token == title => Said::Words(title),
            None => Said::OldTap,
        },
        Content::Edit { body: None, .. } | Content::Revoke { .. } | Content::Reaction { .. } => {
            return Ok(None);
        }
        Content::Image { .. }
        | Content::Document { .. }
        | Content::Video { .. }
        | Content::Location { .. }
        | Content::Sticker
        | Content::Contacts { .. }
        | Content::Call
        | Content::Unsupported { .. } => Said::Other,
    }))
}

/// The file or the place in a message, as it goes on to a guest.
pub(super) fn brought(inbound: &Inbound) -> Brought {
    let Ok(message) = serde_json::from_str::<InboundMessage>(&inbound.event) else { return Brought::Nothing };
    let file = Stored::Inbound { id: inbound.id };
    let passed = |media: &MediaRef, form: FileForm, message: Message| {
        if FileForm::of(&media.mime) == Some(form) { Brought::File(message) } else { Brought::Unfit }
    };
    match message.content {
        Content::Audio { media, voice } => passed(&media, FileForm::Audio, Message::Audio { file, voice }),
        Content::Image { media, caption } => {
            let caption = caption.unwrap_or_default();
            passed(&media, FileForm::Image, Message::Image { file, caption })
        }
        Content::Document { media, caption, filename } => {
            let (caption, filename) = (caption.unwrap_or_default(), filename.unwrap_or_default());
            passed(&media, FileForm::Document, Message::File { file, filename, caption })
        }
        Content::Location { label, point: Some(point) } => {
            let (name, address) = (label.unwrap_or_default(), String::new());
            Brought::File(Message::Location { point, name, address })
        }
        Content::Video { .. } | Content::Sticker | Content::Contacts { .. } => Brought::Unfit,
        Content::Text { .. }
        | Content::Location { point: None, .. }
        | Content::Tap { .. }
        | Content::Reaction { .. }
        | Content::Edit { .. }
        | Content::Revoke { .. }
        | Content::Call
        | Content::Unsupported { .. } => Brought::Nothing,
    }
}

pub(super) fn quoted(tx: &impl Read, inbound: &Inbound) -> Result<Option<Quoted>, Error> {
    let message = serde_json::from_str::<InboundMessage>(&inbound.event).ok();
    let Some(quotes) = message.and_then(|message| message.quotes) else { return Ok(None) };
    if let Some(notice) = notices::told_in(tx, &quotes)? {
        return Ok(Some(Quoted::Notice(notice)));
    }
    Ok(outbox::about(tx, &quotes)?.map(Quoted::Guest))
}
