//! Voice notes to words: fetched, kept, heard. Whatever happens, the note takes its place among the guest's
//! messages and gets an answer, if only "please write it".

use super::{App, Error};
use crate::ports::error::PortError;
use crate::ports::speech::{Heard, SpeechError, SpeechHints};
use crate::ports::whatsapp::{Content, InboundMessage, MediaRef};
use crate::store::inbox::{self, Hearing, Inbound};
use crate::store::{Read, conversations, guests};
use jiff::SignedDuration;

/// How long listening may take before the note is anybody's again: longer than the longest note we hear.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// Tries to fetch a recording. Its address at WhatsApp lives for minutes, and so does the guest's patience.
const FETCHES_MAX: u32 = 4;
/// Pause between them.
const FETCH_PAUSE: SignedDuration = SignedDuration::from_secs(5);
/// Tries to hear a note whose hearing failed or crashed.
const HEARINGS_MAX: u32 = 3;

/// Listens to the oldest note that waits; `false` when there is none.
pub async fn listen_next(app: &App) -> Result<bool, Error> {
    let due =
        app.store.read(|tx| Ok::<_, Error>(inbox::next_due(tx)?.is_some_and(|due| due <= tx.now()))).await?;
    if !due {
        return Ok(false);
    }
    let Some(note) = app.store.write(|tx| Ok::<_, Error>(inbox::claim_recording(tx, LEASE)?)).await? else {
        return Ok(false);
    };
    let id = note.id;
    match hear(app, &note).await? {
        Some((hearing, path)) => {
            app.store
                .write(move |tx| Ok::<_, Error>(inbox::heard(tx, id, &hearing, path.as_deref())?))
                .await?;
            app.wake.inbox.notify_one();
        }
        None => {
            app.store
                .write(move |tx| {
                    let at = tx.now() + FETCH_PAUSE;
                    Ok::<_, Error>(inbox::retry(tx, id, at)?)
                })
                .await?;
        }
    }
    Ok(true)
}

/// What a note says, and where its file lies; `None` when it is worth another try.
async fn hear(app: &App, note: &Inbound) -> Result<Option<(Hearing, Option<String>)>, Error> {
    if note.attempts > HEARINGS_MAX.max(FETCHES_MAX) {
        // It was begun several times and never ended: it brings the listener down.
        return Ok(Some((Hearing::Nothing("unclear"), None)));
    }
    let Some(media) = media_of(&note.event) else {
        return Ok(Some((Hearing::Nothing("unclear"), None)));
    };
    let message_id = note.external_id.clone();
    // The guest sees that somebody listens; not seeing it is no reason to stop.
    let _ = app.outside(move |ports| ports.whatsapp.show_typing(&message_id)).await;
    let audio = match fetch(app, note, media).await {
        Ok(audio) => audio,
        Err(error) if error.is_transient() && note.attempts < FETCHES_MAX => return Ok(None),
        Err(error) => {
            tracing::warn!(code = error.code(), inbound = note.id.0, "a voice note could not be fetched");
            return Ok(Some((Hearing::Nothing("unclear"), None)));
        }
    };
    let path = keep(app, note, &audio).await;
    let hints = hints(app, note).await?;
    let started = std::time::Instant::now();
    let speech = std::sync::Arc::clone(&app.ports.speech);
    let heard = tokio::task::spawn_blocking(move || speech.transcribe(&audio, &hints)).await;
    metrics::histogram!("transcription_seconds").record(started.elapsed().as_secs_f64());
    let hearing = match heard {
        Ok(Ok(transcript)) if transcript.heard == Heard::Speech && !transcript.text.trim().is_empty() => {
            let permille = (transcript.confidence.clamp(0.0, 1.0) * 1000.0) as u16;
            Hearing::Words(transcript.text, permille)
        }
        Ok(Ok(_)) => Hearing::Nothing("unclear"),
        Ok(Err(SpeechError::Off(_))) => Hearing::Nothing("off"),
        Ok(Err(SpeechError::TooLong)) => Hearing::Nothing("too_long"),
        Ok(Err(SpeechError::Unsupported(_) | SpeechError::Broken(_))) => Hearing::Nothing("unclear"),
        Ok(Err(SpeechError::Failed(_))) | Err(_) if note.attempts < HEARINGS_MAX => return Ok(None),
        Ok(Err(SpeechError::Failed(_))) | Err(_) => Hearing::Nothing("unclear"),
    };
    Ok(Some((hearing, path)))
}

/// The recording's bytes: from the data folder when an earlier try got that far, else from WhatsApp.
async fn fetch(app: &App, note: &Inbound, media: MediaRef) -> Result<Vec<u8>, PortError> {
    let id = note.id;
    let kept = app.store.read(move |tx| Ok::<_, Error>(inbox::media_path(tx, id)?)).await.ok().flatten();
    if let Some(name) = kept
        && let Ok(bytes) = tokio::fs::read(app.house.media_dir.join(name)).await
    {
        return Ok(bytes);
    }
    Ok(app.outside(move |ports| ports.whatsapp.fetch_media(&media)).await?.bytes)
}

/// Keeps the recording for the owner's inbox; answers its name in the media folder. A full disk costs the
/// playback, not the answer.
async fn keep(app: &App, note: &Inbound, audio: &[u8]) -> Option<String> {
    let name = format!("voice-{}.ogg", note.id);
    let written = tokio::fs::write(app.house.media_dir.join(&name), audio).await;
    if let Err(error) = &written {
        tracing::warn!(%error, inbound = note.id.0, "a voice note could not be kept");
        return None;
    }
    let (id, path) = (note.id, name.clone());
    app.store.write(move |tx| Ok::<_, Error>(inbox::set_media_path(tx, id, &path)?)).await.ok()?;
    Some(name)
}

/// The guest's language, when an earlier message told it.
async fn hints(app: &App, note: &Inbound) -> Result<SpeechHints, Error> {
    let Some(conversation) = note.conversation_id else { return Ok(SpeechHints::default()) };
    app.store
        .read(move |tx| {
            let known = conversations::find(tx, conversation)?.filter(|thread| !thread.state.is_empty());
            let guest = known.map(|thread| guests::find(tx, thread.guest_id)).transpose()?.flatten();
            Ok(SpeechHints { language: guest.map(|guest| guest.language) })
        })
        .await
}

fn media_of(event: &str) -> Option<MediaRef> {
    let message: InboundMessage = serde_json::from_str(event).ok()?;
    match message.content {
        Content::Audio { media, .. } => Some(media),
        _ => None,
    }
}
