//! Converts stored messages to inputs of the dialogue.

use crate::app::Error;
use crate::dialogue::{Input, Source};
use crate::domain::ids::{ConversationId, InboundId};
use crate::domain::message::Unheard;
use crate::ports::whatsapp::{Content, InboundMessage};
use crate::store::inbox::Inbound;
use crate::store::{Read, conversations};

/// The last of these messages, with the words of all of them.
pub(super) fn together(batch: &[Inbound], rows: &[InboundId]) -> Inbound {
    let answered: Vec<&Inbound> = batch.iter().filter(|inbound| rows.contains(&inbound.id)).collect();
    let words = answered.iter().map(|inbound| inbound.body.as_str()).collect::<Vec<_>>().join("\n");
    Inbound { body: words, ..(*answered.last().unwrap_or(&&batch[0])).clone() }
}

/// Inputs made of a conversation's leading messages, consecutive typed texts merged into one, with their
/// rows.
pub(super) fn inputs(
    tx: &impl Read,
    conversation: ConversationId,
    batch: &[Inbound],
) -> Result<(Vec<Input>, Vec<InboundId>), Error> {
    let mut inputs: Vec<Input> = Vec::new();
    let mut rows = Vec::new();
    for inbound in batch {
        let next = input(tx, conversation, inbound)?;
        match (inputs.last_mut(), next) {
            (
                Some(Input::Text { text, source: Source::Typed, sent_at }),
                Some(Input::Text { text: more, source: Source::Typed, sent_at: later }),
            ) => {
                text.push('\n');
                text.push_str(&more);
                *sent_at = later;
            }
            (Some(_), Some(_)) => break,
            (None, Some(input)) => inputs.push(input),
            (_, None) => {}
        }
        rows.push(inbound.id);
    }
    Ok((inputs, rows))
}

/// The dialogue's input for one stored message; `None` when it needs no answer.
fn input(tx: &impl Read, conversation: ConversationId, inbound: &Inbound) -> Result<Option<Input>, Error> {
    let Ok(message) = serde_json::from_str::<InboundMessage>(&inbound.event) else {
        return Ok(Some(Input::Unsupported));
    };
    let text = |text: &str, source| Input::Text { text: text.to_owned(), source, sent_at: inbound.sent_at };
    Ok(Some(match message.content {
        Content::Text { body } => text(&body, Source::Typed),
        Content::Audio { .. } => match (inbound.heard_permille, inbound.unheard) {
            (Some(permille), _) => {
                text(&inbound.body, Source::Voice { confidence: f32::from(permille) / 1000.0 })
            }
            (None, why) => Input::VoiceUnheard { why: why.unwrap_or(Unheard::Unclear) },
        },
        Content::Image { caption, .. } => Input::Picture { caption },
        Content::Document { caption, .. } => Input::Document { caption },
        Content::Location { .. } => Input::Location,
        Content::Sticker => Input::Sticker,
        Content::Tap { token, title } => match conversations::tap(tx, conversation, &token)? {
            Some(meaning) => match serde_json::from_str(&meaning) {
                Ok(tap) => Input::Tap { tap, sent_at: inbound.sent_at },
                Err(_) => Input::StaleTap,
            },
            // A template's quick reply carries its label instead of our token.
            None if token == title => text(&title, Source::Typed),
            None => Input::StaleTap,
        },
        Content::Edit { body: Some(body), .. } => text(&body, Source::Typed),
        Content::Edit { body: None, .. } | Content::Revoke { .. } | Content::Reaction { .. } => {
            return Ok(None);
        }
        Content::Video { caption: Some(caption) } if !caption.is_empty() => text(&caption, Source::Typed),
        Content::Call => Input::Call,
        Content::Video { .. } | Content::Contacts { .. } | Content::Unsupported { .. } => Input::Unsupported,
    }))
}
