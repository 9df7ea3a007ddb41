//! Spells out what owners abbreviate in haste: "q llega mñn", "bloq todas 24 y 25 dic".

use super::words::{self, Word};
use std::borrow::Cow;

/// Abbreviations, folded, and what they stand for.
const SHORT: [(&str, &str); 45] = [
    ("q", "que"),
    ("k", "que"),
    ("d", "de"),
    ("x", "por"),
    ("xq", "porque"),
    ("pq", "porque"),
    ("cto", "cuanto"),
    ("cta", "cuanta"),
    ("cdo", "cuando"),
    ("tb", "también"),
    ("tmb", "también"),
    ("dsp", "después"),
    ("toy", "estoy"),
    ("hst", "hasta"),
    ("mnn", "mañana"),
    ("mna", "mañana"),
    ("manan", "mañana"),
    ("fds", "finde"),
    ("lun", "lunes"),
    ("mie", "miércoles"),
    ("mier", "miércoles"),
    ("jue", "jueves"),
    ("vie", "viernes"),
    ("sab", "sábado"),
    ("dom", "domingo"),
    ("ene", "enero"),
    ("feb", "febrero"),
    ("abr", "abril"),
    ("jun", "junio"),
    ("jul", "julio"),
    ("ago", "agosto"),
    ("sept", "septiembre"),
    ("oct", "octubre"),
    ("nov", "noviembre"),
    ("dic", "diciembre"),
    ("bloq", "bloqueá"),
    ("rva", "reserva"),
    ("rvas", "reservas"),
    ("vta", "venta"),
    ("cab", "cabaña"),
    ("min", "mínimo"),
    ("tel", "teléfono"),
    ("pers", "personas"),
    ("pax", "personas"),
    ("nchs", "noches"),
];

/// The message with its abbreviations spelt out.
pub(super) fn spelt_out(text: &str) -> Cow<'_, str> {
    let said = words::split(text);
    let mut spelt = String::new();
    let mut at = 0;
    for (place, word) in said.iter().enumerate() {
        let before = place.checked_sub(1).map(|before| &said[before]);
        if let Some(long) = long(word, before, &text[word.to..]) {
            spelt.push_str(&text[at..word.from]);
            spelt.push_str(&long);
            at = word.to;
        }
    }
    if at == 0 {
        return Cow::Borrowed(text);
    }
    spelt.push_str(&text[at..]);
    Cow::Owned(spelt)
}

/// What a word stands for; `None` when it is spelt out already. `after` is the text behind it.
fn long(word: &Word, before: Option<&Word>, after: &str) -> Option<Cow<'static, str>> {
    let folded = word.folded.as_str();
    // "La D" and "cabaña X" are names.
    let named = before.is_some_and(|before| matches!(before.folded.as_str(), "la" | "cabana" | "casa"));
    if folded.len() == 1 && named {
        return None;
    }
    let number = |word: &Word| word.folded.bytes().all(|c| c.is_ascii_digit());
    match folded {
        // "5p", "4pax".
        _ if folded.ends_with('p')
            && folded.len() > 1
            && folded[..folded.len() - 1].parse::<u8>().is_ok() =>
        {
            Some(Cow::Owned(format!("{} personas", &folded[..folded.len() - 1])))
        }
        "s" if after.starts_with('/') => Some(Cow::Borrowed("sin")),
        "mar" if before.is_some_and(number) => Some(Cow::Borrowed("marzo")),
        _ => SHORT.iter().find(|(short, _)| *short == folded).map(|(_, long)| Cow::Borrowed(*long)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn haste_is_spelt_out_and_names_are_left() {
        assert_eq!(spelt_out("q llega hoy y mñn?"), "que llega hoy y mañana?");
        assert_eq!(spelt_out("bloq todas 24 y 25 dic"), "bloqueá todas 24 y 25 diciembre");
        assert_eq!(spelt_out("ñire 15-18/1 Barrios 5p"), "ñire 15-18/1 Barrios 5 personas");
        assert_eq!(spelt_out("quién viene a la D el 3 mar"), "quién viene a la D el 3 marzo");
        assert_eq!(spelt_out("el mar está lindo"), "el mar está lindo");
    }
}
