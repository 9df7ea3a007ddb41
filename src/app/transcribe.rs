//! Transcription of voice notes: fetched, stored, transcribed. Whatever happens, the note takes its place
//! among the guest's messages and gets an answer, if only "please write it".
//!
//! Notes are fetched concurrently and transcribed by two lanes that share one model. The first lane takes any
//! note, the one that waits longest for its size; the second only short ones, so that a five-minute note does
//! not delay the others: the model alternates between the two, a piece of at most 30 s each.

use super::{App, Error, media};
use crate::domain::ids::InboundId;
use crate::domain::message::Unheard;
use crate::ports::error::PortError;
use crate::ports::speech::{AudioContent, Speech, SpeechError, SpeechHints, Transcript};
use crate::ports::whatsapp::MediaRef;
use crate::store::inbox::{self, Inbound, Recordings, Transcription};
use crate::store::{Read, conversations, guests};
use jiff::SignedDuration;
use std::sync::Arc;

/// Lease of a fetch: longer than the adapter waits for its two answers.
const FETCH_LEASE: SignedDuration = SignedDuration::from_mins(3);
/// Lease of a transcription: longer than the longest note takes.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// Tries to fetch a recording. Its address at WhatsApp is valid for minutes only.
const FETCHES_MAX: u32 = 4;
/// Pause between tries.
const FETCH_PAUSE: SignedDuration = SignedDuration::from_secs(5);
/// Tries to transcribe a note whose transcription failed or crashed.
const TRANSCRIPTIONS_MAX: u32 = 3;
/// WhatsApp shows the typing indicator for 25 seconds; for a longer wait it is sent again.
const TYPING_SHOWN: SignedDuration = SignedDuration::from_secs(20);
/// Largest short note: about half a minute as phones record it.
const SHORT_BYTES_MAX: u32 = 100_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    Any,
    /// Short notes without a failed try: one that failed before might crash others.
    Short,
}

/// Claims at most `limit` recordings that are still at WhatsApp.
pub async fn claim_fetches(app: &App, limit: u32) -> Result<Vec<Inbound>, Error> {
    if !app.store.read(|tx| Ok::<_, Error>(inbox::has_unfetched(tx)?)).await? {
        return Ok(Vec::new());
    }
    app.store.write(move |tx| Ok(inbox::claim_unfetched(tx, FETCH_LEASE, limit)?)).await
}

/// Fetches one claimed recording.
pub async fn fetch_one(app: &App, note: Inbound) -> Result<(), Error> {
    let id = note.id;
    if note.attempts > FETCHES_MAX {
        return settle(app, &note, Transcription::Nothing(Unheard::Unclear)).await;
    }
    let Some(attached) = media::of_event(&note.event) else {
        return settle(app, &note, Transcription::Nothing(Unheard::Unclear)).await;
    };
    let message_id = note.external_id.clone();
    // The typing indicator is optional; its failure is ignored.
    let _ = app.outside(move |ports| ports.whatsapp.show_typing(&message_id)).await;
    match fetch(app, &note, attached.media).await {
        Ok(audio) => match keep(app, &note, Arc::clone(&audio)).await {
            true => Ok(()),
            // It can't be stored: transcribed at once instead.
            false => match transcribe(app, &note, audio).await? {
                Some(transcription) => settle(app, &note, transcription).await,
                None => settle(app, &note, Transcription::Nothing(Unheard::Unclear)).await,
            },
        },
        Err(error) if error.is_transient() && note.attempts < FETCHES_MAX => retry(app, id).await,
        Err(error) => {
            tracing::warn!(code = error.code(), inbound = id.0, "a voice note could not be fetched");
            settle(app, &note, Transcription::Nothing(Unheard::Unclear)).await
        }
    }
}

/// Transcribes the next ready note of this lane; `false` when there is none.
pub async fn transcribe_next(app: &App, lane: Lane) -> Result<bool, Error> {
    let which = match lane {
        Lane::Any => Recordings::Any,
        Lane::Short => Recordings::FreshUpTo(SHORT_BYTES_MAX),
    };
    let next = app.store.read(move |tx| Ok::<_, Error>(inbox::next_recording(tx, which)?)).await?;
    let Some(id) = next else { return Ok(false) };
    let Some(note) = app.store.write(move |tx| Ok::<_, Error>(inbox::claim_one(tx, id, LEASE)?)).await?
    else {
        // The other lane was faster; there may be more.
        return Ok(true);
    };
    match transcribe_note(app, &note).await? {
        Some(transcription) => settle(app, &note, transcription).await?,
        None => retry(app, id).await?,
    }
    Ok(true)
}

/// The transcript of a note; `None` when it is worth another try.
async fn transcribe_note(app: &App, note: &Inbound) -> Result<Option<Transcription>, Error> {
    if note.attempts > TRANSCRIPTIONS_MAX {
        // Started several times and never finished: it crashes the model.
        return Ok(Some(Transcription::Nothing(Unheard::Unclear)));
    }
    let (id, came) = (note.id, note.received_at);
    let (kept, waited) = app
        .store
        .read(move |tx| Ok::<_, Error>((inbox::media_path(tx, id)?, tx.now().duration_since(came))))
        .await?;
    if waited > TYPING_SHOWN {
        let message_id = note.external_id.clone();
        let _ = app.outside(move |ports| ports.whatsapp.show_typing(&message_id)).await;
    }
    let audio = match kept {
        Some(name) => media::read(app, app.context.media_dir.join(name)).await,
        None => None,
    };
    match audio {
        Some(audio) => transcribe(app, note, Arc::new(audio)).await,
        None => Ok(Some(Transcription::Nothing(Unheard::Unclear))),
    }
}

async fn transcribe(app: &App, note: &Inbound, audio: Arc<Vec<u8>>) -> Result<Option<Transcription>, Error> {
    let hints = hints(app, note).await?;
    #[expect(clippy::disallowed_methods, reason = "a stopwatch")]
    let started = std::time::Instant::now();
    let speech: Arc<dyn Speech> = Arc::clone(&app.ports.speech);
    let transcribed = app.blocking(move || speech.transcribe(&audio, &hints)).await;
    metrics::histogram!("transcription_seconds").record(started.elapsed().as_secs_f64());
    let last = note.attempts >= TRANSCRIPTIONS_MAX;
    Ok(match transcribed {
        Ok(Ok(transcript)) => Some(words(transcript)),
        Ok(Err(SpeechError::Off(_))) => Some(Transcription::Nothing(Unheard::Off)),
        Ok(Err(SpeechError::TooLong)) => Some(Transcription::Nothing(Unheard::TooLong)),
        Ok(Err(SpeechError::Unsupported(_) | SpeechError::Broken(_))) => {
            Some(Transcription::Nothing(Unheard::Unclear))
        }
        Ok(Err(SpeechError::Failed(_))) | Err(_) => last.then_some(Transcription::Nothing(Unheard::Unclear)),
    })
}

fn words(transcript: Transcript) -> Transcription {
    if transcript.content != AudioContent::Speech || transcript.text.trim().is_empty() {
        return Transcription::Nothing(Unheard::Unclear);
    }
    let permille = (transcript.confidence.clamp(0.0, 1.0) * 1000.0) as u16;
    Transcription::Words(transcript.text, permille)
}

/// Puts the note among the guest's messages, with a transcript or without.
async fn settle(app: &App, note: &Inbound, transcription: Transcription) -> Result<(), Error> {
    let id = note.id;
    app.store.write(move |tx| Ok::<_, Error>(inbox::transcribed(tx, id, &transcription)?)).await?;
    app.wake.inbox.notify_one();
    // The same guest's next note waited for this one.
    app.wake.after_fetch();
    Ok(())
}

async fn retry(app: &App, id: InboundId) -> Result<(), Error> {
    app.store
        .write(move |tx| {
            let at = tx.now() + FETCH_PAUSE;
            Ok::<_, Error>(inbox::retry(tx, id, at)?)
        })
        .await
}

/// The recording's bytes: from the data folder if an earlier try stored them, else from WhatsApp.
async fn fetch(app: &App, note: &Inbound, media: MediaRef) -> Result<Arc<Vec<u8>>, PortError> {
    let id = note.id;
    let kept = app.store.read(move |tx| Ok::<_, Error>(inbox::media_path(tx, id)?)).await.ok().flatten();
    if let Some(name) = kept
        && let Some(bytes) = media::read(app, app.context.media_dir.join(name)).await
    {
        return Ok(Arc::new(bytes));
    }
    Ok(Arc::new(app.outside(move |ports| ports.whatsapp.fetch_media(&media)).await?.bytes))
}

/// Stores the recording for transcription and for the owner's inbox; `false` when that failed.
async fn keep(app: &App, note: &Inbound, audio: Arc<Vec<u8>>) -> bool {
    let name = format!("voice-{}.ogg", note.id);
    let bytes = audio.len() as u64;
    if let Err(error) = media::write(app, app.context.media_dir.join(&name), audio).await {
        tracing::warn!(%error, inbound = note.id.0, "a voice note could not be kept");
        return false;
    }
    let id = note.id;
    let noted = app.store.write(move |tx| Ok::<_, Error>(inbox::fetched(tx, id, &name, bytes)?)).await;
    app.wake.after_fetch();
    noted.is_ok()
}

/// The guest's language, if an earlier message told it.
async fn hints(app: &App, note: &Inbound) -> Result<SpeechHints, Error> {
    let Some(conversation) = note.conversation_id else { return Ok(SpeechHints::default()) };
    app.store
        .read(move |tx| {
            let known =
                conversations::find(tx, conversation)?.filter(|conversation| !conversation.state.is_empty());
            let guest =
                known.map(|conversation| guests::find(tx, conversation.guest_id)).transpose()?.flatten();
            Ok(SpeechHints { language: guest.map(|guest| guest.speaks()) })
        })
        .await
}
