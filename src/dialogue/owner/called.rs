//! Whether the words of an owner name somebody.

use crate::understanding::folded;

/// Whether the words name somebody of this name: each of them begins a word of it, whatever its accents and capitals.
pub fn is_named(name: &str, said: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = folded(text);
        words
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (name, said) = (words(name), words(said));
    !said.is_empty() && said.iter().all(|word| name.iter().any(|part| part.starts_with(word.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guest_is_named_by_the_beginnings_of_the_words_of_the_name() {
        assert!(is_named("Rocío Funes", "rocio"));
        assert!(is_named("Ana María Ruiz", "ANA RU"));
        assert!(!is_named("Mariana Paz", "ana"));
        assert!(!is_named("Ana Paz", ""));
    }
}
