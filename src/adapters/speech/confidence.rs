//! Separates speech from inventions in the model's output, and rates its confidence.
//!
//! Whisper always writes something. Over music it writes stage directions, `[Música]`; over silence it
//! repeats itself or thanks us for watching. All of that is removed before anything acts on it.
//!
//! Confidence is `exp` of the mean log-probability of the written tokens, which is the geometric mean of
//! their probabilities. With the bundled model clear speech gives about 0.86 and rarely less than 0.66;
//! output over noise lies below 0.5. One or two words lack context: a clear "dale" may have 0.4. They are
//! kept, and the caller must read them back below [`ASK_BACK_BELOW`].

/// Confidence below which the text should be read back: mean log-probability of -0.25.
pub const ASK_BACK_BELOW: f32 = 0.78;

/// Mean log-probability below which the text was no speech.
pub const LOGPROB_MIN: f32 = -0.7;

/// The same for a short text.
pub const LOGPROB_MIN_SHORT: f32 = -1.05;

/// Most tokens of a short text: "perfecto, confirmado" has seven.
pub const SHORT_TOKENS: usize = 8;

/// Highest confidence of a text from which a loop was cut: the words in its place are lost.
const LOOPED_CONFIDENCE_MAX: f32 = 0.5;

/// Repetitions that make a loop; "no, no, no" is none.
const LOOP_REPEATS: usize = 4;

/// Fewest words of a loop, so that five times "sí" is believed.
const LOOP_WORDS_MIN: usize = 8;

/// Longest phrase seen to loop.
const LOOP_PHRASE_WORDS_MAX: usize = 12;

/// Longest sign-off; longer texts with such words are about films.
const SIGN_OFF_WORDS_MAX: usize = 12;

/// Sign-offs that the model learned from subtitled films, lower case and without accents.
const SIGN_OFFS: [&str; 9] = [
    "amara org",
    "subtitulos",
    "subtitles by",
    "legendas pela",
    "gracias por ver",
    "obrigado por assistir",
    "thanks for watching",
    "thank you for watching",
    "suscribete al canal",
];

/// The model's output for one piece of a note.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Written {
    pub text: String,
    /// Natural logarithm of the probability of each text token.
    pub logprobs: Vec<f32>,
}

/// Judgement of one piece of a note.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// Words with their confidence.
    Words {
        text: String,
        /// 0 to 1.
        confidence: f32,
        /// Number of tokens: the weight of the confidence when pieces are joined.
        tokens: usize,
    },
    Nothing,
}

impl Said {
    /// Number of tokens.
    pub fn tokens(&self) -> usize {
        match self {
            Said::Words { tokens, .. } => *tokens,
            Said::Nothing => 0,
        }
    }

    /// Confidence of the words; 0 when there are none.
    pub fn confidence(&self) -> f32 {
        match self {
            Said::Words { confidence, .. } => *confidence,
            Said::Nothing => 0.0,
        }
    }
}

/// Judges the output for one piece.
pub fn judge(written: &Written) -> Said {
    let Some(mean) = mean(&written.logprobs) else {
        return Said::Nothing;
    };
    let text = without_stage_directions(&written.text);
    let logprob_min = if written.logprobs.len() <= SHORT_TOKENS { LOGPROB_MIN_SHORT } else { LOGPROB_MIN };
    if mean < logprob_min || !text.chars().any(char::is_alphanumeric) || is_sign_off(&text) {
        return Said::Nothing;
    }
    let mut confidence = mean.exp().clamp(0.0, 1.0);
    let text = match find_loop(&text) {
        None => text,
        Some(found) if found.kept_words < found.phrase_words => return Said::Nothing,
        Some(found) => {
            confidence = confidence.min(LOOPED_CONFIDENCE_MAX);
            text[..found.kept_bytes].trim_end().to_owned()
        }
    };
    Said::Words { text, confidence, tokens: written.logprobs.len() }
}

/// Whether the output only describes a sound: then the language is not in question.
pub fn is_wordless(written: &Written) -> bool {
    !without_stage_directions(&written.text).chars().any(char::is_alphanumeric)
}

/// Joins the pieces of one note: the words in order, and the mean confidence weighted by tokens.
pub fn join(pieces: &[Said]) -> Said {
    let mut joined = String::new();
    let (mut weight, mut log_sum) = (0, 0.0);
    for piece in pieces {
        match piece {
            Said::Nothing => {}
            Said::Words { text, confidence, tokens } => {
                if !joined.is_empty() {
                    joined.push(' ');
                }
                joined.push_str(text);
                weight += tokens;
                log_sum += confidence.max(f32::MIN_POSITIVE).ln() * *tokens as f32;
            }
        }
    }
    if weight == 0 {
        return Said::Nothing;
    }
    Said::Words { text: joined, confidence: (log_sum / weight as f32).exp().clamp(0.0, 1.0), tokens: weight }
}

fn mean(logprobs: &[f32]) -> Option<f32> {
    if logprobs.is_empty() {
        return None;
    }
    Some(logprobs.iter().sum::<f32>() / logprobs.len() as f32)
}

/// Removes text in brackets, parentheses, asterisks or notes: the model's descriptions of sound.
fn without_stage_directions(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut closing = None;
    for character in text.chars() {
        match closing {
            Some(end) => {
                if character == end {
                    closing = None;
                }
            }
            None => match character {
                '[' => closing = Some(']'),
                '(' => closing = Some(')'),
                '*' => closing = Some('*'),
                '♪' | '♫' => closing = Some(character),
                other => kept.push(other),
            },
        }
    }
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_sign_off(text: &str) -> bool {
    let words = plain_words(text);
    let plain = words.iter().map(|(_, word)| word.as_str()).collect::<Vec<_>>().join(" ");
    words.len() <= SIGN_OFF_WORDS_MAX && SIGN_OFFS.iter().any(|phrase| plain.contains(phrase))
}

struct FoundLoop {
    /// Number of words up to and including the first round.
    kept_words: usize,
    kept_bytes: usize,
    /// Length of the phrase that repeats.
    phrase_words: usize,
}

/// The first phrase that repeats to the end. One round is kept unless the text is nothing but the loop.
fn find_loop(text: &str) -> Option<FoundLoop> {
    let words = plain_words(text);
    for start in 0..words.len() {
        for phrase in 1..=LOOP_PHRASE_WORDS_MAX.min((words.len() - start) / LOOP_REPEATS) {
            let first = &words[start..start + phrase];
            let rounds = words[start..]
                .chunks_exact(phrase)
                .take_while(|round| round.iter().map(|w| &w.1).eq(first.iter().map(|w| &w.1)))
                .count();
            if rounds >= LOOP_REPEATS && rounds * phrase >= LOOP_WORDS_MIN {
                // A loop from the very start has no real words in it.
                let kept_words = if start == 0 { 0 } else { start + phrase };
                return Some(FoundLoop {
                    kept_words,
                    kept_bytes: words[start + phrase - 1].0,
                    phrase_words: phrase,
                });
            }
        }
    }
    None
}

/// Words in lower case without accents or punctuation, each with the byte offset of its end.
fn plain_words(text: &str) -> Vec<(usize, String)> {
    let mut words = Vec::new();
    let mut start = None;
    for (index, character) in text.char_indices().chain([(text.len(), ' ')]) {
        match (character.is_alphanumeric(), start) {
            (true, None) => start = Some(index),
            (false, Some(begin)) => {
                words.push((index, text[begin..index].chars().map(plain).collect()));
                start = None;
            }
            (true, Some(_)) | (false, None) => {}
        }
    }
    words
}

fn plain(character: char) -> char {
    let lower = character.to_lowercase().next().unwrap_or(character);
    match lower {
        'á' | 'à' | 'â' | 'ã' => 'a',
        'é' | 'ê' => 'e',
        'í' => 'i',
        'ó' | 'ô' | 'õ' => 'o',
        'ú' | 'ü' => 'u',
        'ç' => 'c',
        other => other,
    }
}

#[cfg(test)]
#[path = "confidence_tests.rs"]
mod tests;
