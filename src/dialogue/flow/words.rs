//! The few words the dialogue looks for itself, beside what a message was found to mean: they call for a
//! reaction of their own.

use crate::domain::ids::ReservationCode;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The keyword of Argentine consumer law, and its cousins.
const WITHDRAWAL: [&str; 5] = [
    "arrepentimiento",
    "me arrepenti de la compra",
    "arrependimento",
    "right of withdrawal",
    "derecho de revocacion",
];

/// Insults aimed at whoever reads. Short on purpose: a rude word about the weather is no insult.
const INSULTS: [&str; 22] = [
    "pelotudo",
    "pelotuda",
    "boludos",
    "forro",
    "forra",
    "hijo de puta",
    "hijos de puta",
    "hdp",
    "la concha de",
    "chorros",
    "estafadores",
    "ladrones",
    "andate a la mierda",
    "anda a cagar",
    "filho da puta",
    "filhos da puta",
    "vai se foder",
    "caralho",
    "golpistas",
    "fuck you",
    "asshole",
    "scammers",
];

/// "I have paid", as people say it.
const PAID: [&str; 22] = [
    "ya pague",
    "ya esta pago",
    "ya esta pagado",
    "ya abone",
    "ya lo pague",
    "ya transferi",
    "ya hice la transfe",
    "ya deposite",
    "ya te transferi",
    "te transferi",
    "pague la sena",
    "hice el pago",
    "hice la transfe",
    "acabo de pagar",
    "acabo de transferir",
    "ja paguei",
    "ja fiz",
    "fiz o pagamento",
    "paguei",
    "i paid",
    "i have paid",
    "i've paid",
];

/// Bank transfer, as people say it.
const TRANSFER: [&str; 11] = [
    "alias",
    "cbu",
    "cvu",
    "transfer",
    "deposito",
    "deposita",
    "depositar",
    "cuenta",
    "conta",
    "pix",
    "bank",
];

/// Lower case without accents, punctuation as blanks, single blanks.
pub(super) fn folded(text: &str) -> String {
    let plain: String = text
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() || c == '\'' { c } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the consumer's right to withdraw is invoked.
pub(super) fn is_withdrawal(text: &str) -> bool {
    has_any(text, &WITHDRAWAL)
}

/// Whether somebody is insulted.
pub(super) fn is_insult(text: &str) -> bool {
    has_any(text, &INSULTS)
}

/// Whether the guest says that they have paid.
pub(super) fn says_paid(text: &str) -> bool {
    has_any(text, &PAID)
}

/// Whether the guest speaks of a bank transfer.
pub(super) fn says_transfer(text: &str) -> bool {
    let text = folded(text);
    TRANSFER.iter().any(|word| text.split(' ').any(|said| said.starts_with(word)))
}

/// Months as guests write them in the three languages.
const MONTHS: [&str; 34] = [
    "ene",
    "enero",
    "feb",
    "febrero",
    "mar",
    "marzo",
    "abr",
    "abril",
    "mayo",
    "jun",
    "junio",
    "jul",
    "julio",
    "ago",
    "agosto",
    "sep",
    "set",
    "oct",
    "octubre",
    "nov",
    "dic",
    "janeiro",
    "fevereiro",
    "marco",
    "maio",
    "junho",
    "julho",
    "out",
    "dez",
    "jan",
    "march",
    "may",
    "june",
    "july",
];

/// Words that say when without naming a month.
const RELATIVE: [&str; 41] = [
    "hoy",
    "manana",
    "pasado",
    "hoje",
    "amanha",
    "today",
    "tomorrow",
    "finde",
    "semana",
    "week",
    "weekend",
    "mes",
    "month",
    "lunes",
    "martes",
    "miercoles",
    "jueves",
    "viernes",
    "sabado",
    "domingo",
    "segunda",
    "terca",
    "quarta",
    "quinta",
    "sexta",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "carnaval",
    "santa",
    "navidad",
    "natal",
    "easter",
    "christmas",
    "fiestas",
    "quincena",
    "largo",
];

/// The rest of the months.
const LONG_MONTHS: [&str; 14] = [
    "septiembre",
    "setiembre",
    "noviembre",
    "diciembre",
    "setembro",
    "outubro",
    "novembro",
    "dezembro",
    "january",
    "february",
    "april",
    "august",
    "october",
    "december",
];

/// Whether dates are given as days alone ("del 14", "del doce al quince"): no month, no weekday, no feast, no
/// word that counts from today.
pub(super) fn names_bare_days(text: &str) -> bool {
    let slashed = text.contains(['/', '-', '.']);
    let folded = folded(text);
    let dated = |word: &str| {
        MONTHS.contains(&word)
            || LONG_MONTHS.contains(&word)
            || RELATIVE.contains(&word)
            || word == "september"
    };
    !slashed && !folded.split(' ').any(dated)
}

/// A word that has the form of a reservation code: letters and digits mixed, so that no word is taken for one.
pub(super) fn code(text: &str) -> Option<ReservationCode> {
    let mixed = |word: &&str| {
        word.chars().any(|c| c.is_ascii_digit()) && word.chars().any(|c| c.is_ascii_alphabetic())
    };
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(mixed).find_map(ReservationCode::parse)
}

/// A fingerprint of the words (FNV-1a, 64 bits), to notice repetition without keeping them.
pub(super) fn fingerprint(text: &str) -> u64 {
    folded(text)
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn has_any(text: &str, phrases: &[&str]) -> bool {
    let text = format!(" {} ", folded(text));
    phrases.iter().any(|phrase| {
        text.contains(&format!(" {phrase} ")) || text.contains(&format!(" {phrase}")) && phrase.contains(' ')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_punctuation_do_not_matter() {
        assert!(is_withdrawal("Botón de ARREPENTIMIENTO!!"));
        assert!(says_paid("Ya pagué, te llegó?"));
        assert!(says_transfer("me pasás el CBU?"));
        assert!(!is_insult("qué lindo lugar"));
    }

    #[test]
    fn days_alone_are_told_from_dates() {
        assert!(names_bare_days("no, mejor del 14"));
        assert!(names_bare_days("y del doce al quince?"));
        assert!(!names_bare_days("del 14 de diciembre"));
        assert!(!names_bare_days("14/12"));
        assert!(!names_bare_days("mañana"));
    }

    #[test]
    fn a_code_has_letters_and_digits() {
        assert_eq!(code("mi reserva es la k7m2qx"), ReservationCode::parse("K7M2QX"));
        assert_eq!(code("gracias amigos"), None);
    }
}
