//! Output that is kept and output that is dropped.

use super::*;

fn written(text: &str, logprob: f32) -> Written {
    Written { text: text.to_owned(), logprobs: vec![logprob; text.split_whitespace().count().max(1)] }
}

fn words(said: &Said) -> &str {
    match said {
        Said::Words { text, .. } => text,
        Said::Nothing => "",
    }
}

#[test]
fn clear_speech_is_believed_with_its_confidence() {
    let said = judge(&written(" Hola, ¿tenés lugar para el finde?", -0.15));
    assert_eq!(words(&said), "Hola, ¿tenés lugar para el finde?");
    assert!((said.confidence() - 0.8607).abs() < 0.001);
    assert!(said.confidence() > ASK_BACK_BELOW);
}

#[test]
fn stage_directions_are_nobody_speaking() {
    for text in ["[Música]", " (música)", "*ruido*", "♪ la la ♪", "[MÚSICA] [Aplausos]", "...", "[Música"]
    {
        assert_eq!(judge(&written(text, -0.1)), Said::Nothing, "{text}");
    }
}

#[test]
fn words_around_a_stage_direction_are_kept() {
    assert_eq!(words(&judge(&written("[Música] Hola, (risas) somos cuatro.", -0.2))), "Hola, somos cuatro.");
}

#[test]
fn improbable_words_are_nobody_speaking() {
    assert_eq!(
        judge(&written("Muchas palabras raras una detrás de otra sin ningún sentido", -0.71)),
        Said::Nothing
    );
    assert_eq!(judge(&written("Palabras raras", -1.1)), Said::Nothing);
    assert_eq!(judge(&Written::default()), Said::Nothing);
}

#[test]
fn a_word_or_two_is_heard_without_context_and_trusted_little() {
    let said = judge(&written("Dale.", -0.9));
    assert_eq!(words(&said), "Dale.");
    assert!(said.confidence() < ASK_BACK_BELOW);
}

#[test]
fn a_description_of_a_sound_has_no_language() {
    assert!(is_wordless(&written("[Música] [Música]", -0.9)));
    assert!(is_wordless(&Written::default()));
    assert!(!is_wordless(&written("Hola (risas)", -0.9)));
}

#[test]
fn the_end_of_a_film_is_nobody_speaking() {
    for text in [
        "Subtítulos realizados por la comunidad de Amara.org",
        "¡Gracias por ver el video!",
        "Thanks for watching.",
    ] {
        assert_eq!(judge(&written(text, -0.2)), Said::Nothing, "{text}");
    }
    assert_eq!(words(&judge(&written("Muchas gracias.", -0.2))), "Muchas gracias.");
}

#[test]
fn a_note_that_is_only_a_loop_is_nobody_speaking() {
    assert_eq!(judge(&written(&"sí, y ".repeat(110), -0.05)), Said::Nothing);
}

#[test]
fn a_loop_after_real_words_is_cut_and_trusted_less() {
    let text = format!("Quiero reservar del 3 al 5 {}", "de la cabaña ".repeat(20));
    let said = judge(&written(&text, -0.05));
    assert_eq!(words(&said), "Quiero reservar del 3 al 5 de la cabaña");
    assert!(said.confidence() <= 0.5);
}

#[test]
fn insistence_is_not_a_loop() {
    for text in ["No, no, no, no, no.", "Sí sí sí sí, dale dale dale."] {
        assert_eq!(words(&judge(&written(text, -0.2))), text);
    }
}

#[test]
fn pieces_are_joined_in_order_and_weighed_by_length() {
    let long = Said::Words { text: "Hola, somos cuatro".to_owned(), confidence: 0.9, tokens: 30 };
    let short = Said::Words { text: "gracias".to_owned(), confidence: 0.3, tokens: 1 };
    let joined = join(&[long, Said::Nothing, short]);
    assert_eq!(words(&joined), "Hola, somos cuatro gracias");
    assert!((0.85..0.9).contains(&joined.confidence()), "{}", joined.confidence());
    assert_eq!(join(&[Said::Nothing, Said::Nothing]), Said::Nothing);
    assert_eq!(join(&[]), Said::Nothing);
}
