//! Who answers a guest from now on, said in an answer about that guest or with nobody named.

use crate::understanding::folded;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Custody {
    TakeOver,
    HandBack,
}

/// Most words: longer ones are meant for the guest.
const WORDS_MAX: usize = 6;
const TAKE_OVER: [&str; 12] = [
    "atiendo yo",
    "yo la atiendo",
    "yo lo atiendo",
    "yo los atiendo",
    "sigo yo",
    "yo sigo",
    "le contesto yo",
    "les contesto yo",
    "yo le contesto",
    "me encargo yo",
    "dejamela a mi",
    "dejamelo a mi",
];
const HAND_BACK: [&str; 14] = [
    "atendela vos",
    "atendelo vos",
    "atendelos vos",
    "atende vos",
    "segui vos",
    "seguila vos",
    "seguilo vos",
    "contestale vos",
    "encargate vos",
    "te la devuelvo",
    "te lo devuelvo",
    "toda tuya",
    "todo tuyo",
    "ya podes contestarle",
];

/// `None` when the words say nothing of it.
pub fn custody(text: &str) -> Option<Custody> {
    let words: Vec<String> = folded(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let said = format!(" {} ", words.join(" "));
    let says = |of: &[&str]| of.iter().any(|one| said.contains(&format!(" {one} ")));
    match words.len() <= WORDS_MAX {
        true if says(&HAND_BACK) => Some(Custody::HandBack),
        true if says(&TAKE_OVER) => Some(Custody::TakeOver),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_answers_is_told_from_words_for_the_guest() {
        for text in ["atendela vos", "Listo, seguí vos.", "ya está, te la devuelvo"] {
            assert_eq!(custody(text), Some(Custody::HandBack), "{text}");
        }
        for text in ["la atiendo yo", "dejá, sigo yo", "Le contesto yo"] {
            assert_eq!(custody(text), Some(Custody::TakeOver), "{text}");
        }
        for text in ["sí, los espero", "", "decile que cuando llegue la atiendo yo en la puerta de casa"] {
            assert_eq!(custody(text), None, "{text}");
        }
    }
}
