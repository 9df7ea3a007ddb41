//! Output of `casero transcribe`.

use std::time::Duration;

use serde::Serialize;

use crate::ports::speech::Transcript;

/// One transcription as JSON; the field names are part of the command's contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TranscriptReport {
    /// The words; empty when nobody spoke.
    pub text: String,
    /// ISO 639-1 code of the language used.
    pub language: &'static str,
    /// 0 to 1; only two decimals are significant.
    pub confidence: f64,
    pub audio_seconds: f64,
    /// Time of the transcription, loading the model included.
    pub elapsed_seconds: f64,
}

impl TranscriptReport {
    /// Describes a transcript that took `elapsed`.
    pub fn new(transcript: &Transcript, elapsed: Duration) -> TranscriptReport {
        TranscriptReport {
            text: transcript.text.clone(),
            language: transcript.language.code(),
            confidence: rounded(f64::from(transcript.confidence), 100.0),
            audio_seconds: rounded(f64::from(transcript.audio_ms) / 1000.0, 1000.0),
            elapsed_seconds: rounded(elapsed.as_secs_f64(), 1000.0),
        }
    }
}

fn rounded(value: f64, steps: f64) -> f64 {
    (value * steps).round() / steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::language::Language;
    use crate::ports::speech::AudioContent;

    #[test]
    fn a_report_has_the_promised_fields_and_readable_numbers() {
        let transcript = Transcript {
            text: "Hola".to_owned(),
            language: Language::of("pt"),
            confidence: 0.876_543,
            audio_ms: 6_842,
            content: AudioContent::Speech,
        };
        let report = TranscriptReport::new(&transcript, Duration::from_micros(641_900));
        assert_eq!(
            serde_json::to_string(&report).expect("a report is plain data"),
            r#"{"text":"Hola","language":"pt","confidence":0.88,"audio_seconds":6.842,"elapsed_seconds":0.642}"#
        );
    }
}
