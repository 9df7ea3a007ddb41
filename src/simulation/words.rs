//! Messages of guests and the owner, in three languages: written by people who know what they want but not
//! how the bot talks.

use super::rng::Rng;
use crate::dialogue::i18n::Locale;
use crate::domain::language::Language;
use jiff::civil::Date;

/// Names of the cabins, by which the owner calls them.
pub(super) const CABINS: [&str; 6] =
    ["El Molle", "La Tacuara", "El Algarrobo", "El Ceibo", "La Queñoa", "El Cardón"];

fn month(language: Language, day: Date) -> String {
    Locale::of(language).month_name(day)
}

pub(super) fn enquiry(rng: &mut Rng, language: Language, from: Date, to: Date, people: u16) -> String {
    let spanish = |day: Date| format!("{} de {}", day.day(), month(Language::SPANISH, day));
    let portuguese = |day: Date| format!("{} de {}", day.day(), month(Language::of("pt"), day));
    let english = |day: Date| format!("{} {}", month(Language::of("en"), day), day.day());
    let short = |day: Date| format!("{}/{}", day.day(), day.month());
    match (language.code(), rng.below(4)) {
        ("es", 0) => {
            format!("Hola! tienen lugar del {} al {} para {people} personas?", spanish(from), spanish(to))
        }
        ("es", 1) => format!("buenas, {} al {} somos {people}", short(from), short(to)),
        ("es", 2) => {
            format!("Quiero reservar una cabaña del {} al {}, {people} personas", short(from), short(to))
        }
        ("es", _) => format!("hola cuanto sale del {} al {}", spanish(from), spanish(to)),
        ("pt", 0 | 1) => {
            format!("Oi! Tem vaga de {} a {} para {people} pessoas?", portuguese(from), portuguese(to))
        }
        ("pt", _) => {
            format!("Bom dia, queria reservar de {} a {}, somos {people}", portuguese(from), portuguese(to))
        }
        (_, 0 | 1) => {
            format!("Hi! Do you have a cabin from {} to {} for {people} people?", english(from), english(to))
        }
        (_, _) => {
            format!("Hello, I'd like to book {} to {}, {people} guests", english(from), english(to))
        }
    }
}

/// Texts that need no answer when repeated.
pub(super) const COURTESIES: [&str; 7] = ["gracias!", "obrigado", "thanks", "👍", "ok", "chau", "dale"];

const SPANISH_TALK: &[&str] = &[
    "sí",
    "dale",
    "sí, reservá",
    "la primera",
    "2 personas",
    "somos 4",
    "cuánto sale?",
    "gracias!",
    "ok",
    "aceptan mascotas?",
    "tienen wifi?",
    "a qué hora es el check in?",
    "ya pagué",
    "te hice la transferencia",
    "pasame el link",
    "quiero cancelar",
    "sí, cancelá",
    "no, dejala",
    "quiero cambiar la fecha",
    "una noche más",
    "puede ser el finde que viene?",
    "quiero hablar con una persona",
    "mis reservas",
    "me llamo Ramona Quiroga",
    "mi mail es ramona@example.com",
    "no me escriban más",
    "??",
    "👍",
    "y para dos perros y un gato hay lugar, porque si no lo dejo con mi hermana",
    "no",
    "ninguna",
    "chau",
];
const PORTUGUESE_TALK: &[&str] = &[
    "sim",
    "pode ser",
    "a primeira",
    "somos 3",
    "quanto custa?",
    "obrigado",
    "aceita cachorro?",
    "já paguei",
    "quero cancelar",
    "sim, cancela",
    "quero mudar a data",
    "quero falar com uma pessoa",
    "não",
    "link?",
];
const ENGLISH_TALK: &[&str] = &[
    "yes",
    "yes please",
    "the first one",
    "2 people",
    "how much is it?",
    "thanks",
    "do you take dogs?",
    "I paid",
    "I want to cancel",
    "yes, cancel it",
    "can I change the dates?",
    "can I talk to someone?",
    "no",
    "send me the link",
    "stop",
];

pub(super) fn small_talk(rng: &mut Rng, language: Language) -> String {
    let lines = match language.code() {
        "es" => SPANISH_TALK,
        "pt" => PORTUGUESE_TALK,
        _ => ENGLISH_TALK,
    };
    (*rng.pick(lines)).to_owned()
}

pub(super) fn command(rng: &mut Rng, cabin: &str, from: Date, to: Date) -> String {
    let day = |day: Date| format!("{} de {}", day.day(), month(Language::SPANISH, day));
    match rng.below(12) {
        0 => "¿quién llega hoy?".to_owned(),
        1 => "quién se va mañana".to_owned(),
        2 => "pendientes".to_owned(),
        3 | 4 => format!("bloqueá {cabin} del {} al {}", day(from), day(to)),
        5 => format!("desbloqueá {cabin}"),
        6 => format!("ocupación de {}", month(Language::SPANISH, from)),
        7 => format!("qué hay libre del {} al {}", day(from), day(to)),
        8 => "sí".to_owned(),
        9 => "atiendo a Guest 3".to_owned(),
        10 => "devolvé a Guest 3".to_owned(),
        _ => "ayuda".to_owned(),
    }
}
