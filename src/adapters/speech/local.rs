//! Whisper in this process: one thread owns the model, transcribes one piece at a time, and ends when it has
//! been idle.
//!
//! The thread solves four problems. Notes take turns, a piece of at most 30 s each, so that a short one does
//! not wait for the whole of a long one. The caller waits with a limit, and stops the work when it is
//! reached, without a clock. The model's memory is freed with the thread, after `keep_loaded` without a note.
//! And a panic ends the thread, not the process: the next note starts another.
//!
//! It does not survive an abort in the model's code, for instance for lack of memory. Callers must therefore
//! count a try before making it, so that a poisonous note is not retried for ever.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use whisper_rs::WhisperError;

use super::confidence::{self, ASK_BACK_BELOW, SHORT_TOKENS, Said};
use super::decode::{self, DecodeError};
use super::quiet;
use super::settings::SpeechSettings;
use super::whisper::{Engine, Session};
use crate::domain::language::Language;
use crate::ports::speech::{AudioContent, Speech, SpeechError, SpeechHints, SpeechState, Transcript};

/// Time granted to any note, including loading the model from a cold disk.
const DEADLINE_BASE_SECONDS: u64 = 60;

/// Time granted for each second of sound, in milliseconds: five times what an ordinary machine needs. The
/// longest note may then take four minutes, less than the lease of its job.
const DEADLINE_MILLIS_PER_AUDIO_SECOND: u64 = 600;

/// Confidence from which a detected language is used; below, the guest's usual one is as good a guess.
const DETECTED_MIN: f32 = 0.6;

/// Margin of confidence by which another language must win. The right one wins by at least 0.15 on the notes
/// of the bench, most of them Portuguese taken for Spanish.
const BETTER_BY: f32 = 0.05;

/// How often a note is offered: to a thread that may be ending, to one that another note may crash, and to a
/// fresh one.
const OFFERS: usize = 3;

/// Transcription inside this process.
pub struct Local {
    settings: SpeechSettings,
    /// The thread, once there was a note.
    transcriber: Mutex<Option<Transcriber>>,
    /// Whether a thread has the model in memory.
    awake: Arc<AtomicBool>,
}

/// Handle of the thread.
#[derive(Clone)]
struct Transcriber {
    requests: mpsc::Sender<Request>,
    /// Makes the model stop its work.
    stop: Arc<AtomicBool>,
}

struct Request {
    samples: Arc<Vec<f32>>,
    language: Option<Language>,
    answer: mpsc::Sender<Result<Understood, SpeechError>>,
}

/// The words, and the language they were transcribed in.
struct Understood {
    said: Said,
    language: Language,
}

impl Local {
    /// A transcriber with these settings. The model is loaded at the first note.
    pub fn new(settings: SpeechSettings) -> Local {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        let threads = settings.threads.clamp(1, processors);
        Local {
            settings: SpeechSettings { threads, ..settings },
            transcriber: Mutex::new(None),
            awake: Arc::default(),
        }
    }

    /// Sends the note to the thread and waits for the transcript.
    fn transcribe_samples(
        &self,
        samples: Vec<f32>,
        language: Option<Language>,
        wait: Duration,
    ) -> Result<Understood, SpeechError> {
        let samples = Arc::new(samples);
        for _ in 0..OFFERS {
            let transcriber = self.transcriber()?;
            let (answer, answered) = mpsc::channel();
            let request = Request { samples: Arc::clone(&samples), language, answer };
            if transcriber.requests.send(request).is_err() {
                self.forget(&transcriber);
                continue;
            }
            match answered.recv_timeout(wait) {
                Ok(result) => return result,
                Err(RecvTimeoutError::Timeout) => {
                    transcriber.stop.store(true, Ordering::Relaxed);
                    self.forget(&transcriber);
                    return Err(SpeechError::Failed(format!("not done after {} seconds", wait.as_secs())));
                }
                Err(RecvTimeoutError::Disconnected) => self.forget(&transcriber),
            }
        }
        Err(SpeechError::Failed("it stopped in the middle of the note".to_owned()))
    }

    /// The thread, started if there is none.
    fn transcriber(&self) -> Result<Transcriber, SpeechError> {
        let mut slot = self.transcriber.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(transcriber) = &*slot {
            return Ok(transcriber.clone());
        }
        Ok(slot.insert(self.start()?).clone())
    }

    /// Forgets a thread that has ended or was told to.
    fn forget(&self, gone: &Transcriber) {
        let mut slot = self.transcriber.lock().unwrap_or_else(PoisonError::into_inner);
        slot.take_if(|transcriber| Arc::ptr_eq(&transcriber.stop, &gone.stop));
    }

    fn start(&self) -> Result<Transcriber, SpeechError> {
        let (requests, incoming) = mpsc::channel();
        let stop = Arc::new(AtomicBool::new(false));
        let (settings, awake, stopped) = (self.settings.clone(), Arc::clone(&self.awake), Arc::clone(&stop));
        thread::Builder::new()
            .name("speech".to_owned())
            .spawn(move || transcribe_all(&settings, &incoming, &stopped, &awake))
            .map_err(|error| SpeechError::Failed(format!("its thread did not start: {}", error.kind())))?;
        Ok(Transcriber { requests, stop })
    }
}

impl Speech for Local {
    fn transcribe(&self, audio: &[u8], hints: &SpeechHints) -> Result<Transcript, SpeechError> {
        let sound = decode::decode(audio).map_err(refusal)?;
        let audio_ms = sound.millis();
        let seconds = u64::from(audio_ms.div_ceil(1000));
        let wait = Duration::from_secs(DEADLINE_BASE_SECONDS)
            + Duration::from_millis(DEADLINE_MILLIS_PER_AUDIO_SECOND * seconds);
        let Understood { said, language } = if quiet::may_be_speech(&sound.samples) {
            self.transcribe_samples(sound.samples, hints.language, wait)?
        } else {
            Understood { said: Said::Nothing, language: hints.language.unwrap_or_default() }
        };
        let (text, confidence, content) = match said {
            Said::Words { text, confidence, .. } => (text, confidence, AudioContent::Speech),
            Said::Nothing => (String::new(), 0.0, AudioContent::Nothing),
        };
        Ok(Transcript { text, language, confidence, audio_ms, content })
    }

    fn state(&self) -> SpeechState {
        if self.awake.load(Ordering::Relaxed) { SpeechState::Loaded } else { SpeechState::Idle }
    }
}

/// The thread's loop: loads the model at the first note, transcribes, ends when idle or told to stop.
fn transcribe_all(
    settings: &SpeechSettings,
    incoming: &mpsc::Receiver<Request>,
    stop: &Arc<AtomicBool>,
    awake: &AtomicBool,
) {
    let _asleep_at_the_end = Asleep(awake);
    let mut engine = None;
    while let Ok(request) = incoming.recv_timeout(settings.keep_loaded) {
        let loaded = match &mut engine {
            Some(engine) => Ok(engine),
            None => Engine::load(&settings.model, settings.threads, stop).map(|new| engine.insert(new)),
        };
        match loaded {
            Ok(engine) => {
                awake.store(true, Ordering::Relaxed);
                take_turns(engine, request, incoming, stop);
            }
            Err(error) => {
                let failed = SpeechError::Failed(format!("the model could not be loaded: {error}"));
                // The receiver may have given up.
                let _ = request.answer.send(Err(failed));
            }
        }
        if stop.load(Ordering::Relaxed) {
            return;
        }
    }
}

/// Transcribes a note and those that arrive meanwhile, a piece of each in turn, a newcomer first. They share
/// one working memory, freed when no note is left.
fn take_turns(engine: &Engine, request: Request, incoming: &mpsc::Receiver<Request>, stop: &AtomicBool) {
    let mut session = match engine.session() {
        Ok(session) => session,
        Err(error) => {
            let _ = request.answer.send(Err(engine_failure(error)));
            return;
        }
    };
    let mut waiting = VecDeque::from([Transcription::of(request)]);
    while let Some(mut transcription) = waiting.pop_front() {
        let content = transcription.transcribe_piece(&mut session);
        if stop.load(Ordering::Relaxed) {
            // A caller's deadline has passed. The others fail here and ask a fresh thread.
            return;
        }
        waiting.extend(incoming.try_iter().map(Transcription::of));
        match content {
            Ok(()) if !transcription.pieces.is_empty() => waiting.push_back(transcription),
            Ok(()) => transcription.answer(),
            Err(error) => {
                let _ = transcription.request.answer.send(Err(engine_failure(error)));
            }
        }
    }
}

/// A note in progress.
struct Transcription {
    request: Request,
    pieces: VecDeque<Range<usize>>,
    said: Vec<Said>,
    /// Chosen on the first piece.
    language: Option<Language>,
}

impl Transcription {
    fn of(request: Request) -> Transcription {
        let mut pieces = VecDeque::from_iter(quiet::pieces(&request.samples));
        if pieces.is_empty() {
            pieces.push_back(0..request.samples.len());
        }
        Transcription { request, pieces, said: Vec::new(), language: None }
    }

    fn transcribe_piece(&mut self, session: &mut Session<'_>) -> Result<(), WhisperError> {
        let Some(piece) = self.pieces.pop_front() else { return Ok(()) };
        let samples = &self.request.samples[piece];
        match self.language {
            None => {
                let opening = settle_language(session, samples, self.request.language)?;
                self.language = Some(opening.language);
                self.said.push(opening.said);
            }
            Some(language) if quiet::may_be_speech(samples) => {
                self.said.push(confidence::judge(&session.write(samples, language)?));
            }
            Some(_) => {}
        }
        Ok(())
    }

    fn answer(self) {
        let language = self.language.unwrap_or_default();
        let understood = Understood { said: confidence::join(&self.said), language };
        // The receiver may have given up.
        let _ = self.request.answer.send(Ok(understood));
    }
}

/// Marks the model as unloaded, however the thread ends.
struct Asleep<'flag>(&'flag AtomicBool);

impl Drop for Asleep<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

/// Transcribes the first piece in the guest's language. If that is unknown or the result doubtful, the model
/// detects the language, and a different one is tried; it must win clearly, since a single "no" is a word in
/// all of them.
fn settle_language(
    session: &mut Session<'_>,
    samples: &[f32],
    hint: Option<Language>,
) -> Result<Understood, WhisperError> {
    let language = hint.unwrap_or_default();
    let written = session.write(samples, language)?;
    let usual = Understood { said: confidence::judge(&written), language };
    let settled = hint.is_some() && usual.said.confidence() >= ASK_BACK_BELOW;
    if settled || confidence::is_wordless(&written) {
        return Ok(usual);
    }
    let (detected, probability) = session.detect()?;
    if detected == language || probability < DETECTED_MIN {
        return Ok(usual);
    }
    let other =
        Understood { said: confidence::judge(&session.write(samples, detected)?), language: detected };
    let better = other.said.confidence() > usual.said.confidence() + BETTER_BY;
    Ok(if better && other.said.tokens() > SHORT_TOKENS { other } else { usual })
}

fn refusal(error: DecodeError) -> SpeechError {
    match error {
        DecodeError::TooLarge | DecodeError::TooLong => SpeechError::TooLong,
        DecodeError::Unsupported(what) => SpeechError::Unsupported(what),
        DecodeError::Unknown => SpeechError::Broken("it is like no audio file".to_owned()),
        DecodeError::Damaged(why) => SpeechError::Broken(why.to_owned()),
    }
}

fn engine_failure(error: WhisperError) -> SpeechError {
    SpeechError::Failed(error.to_string())
}
