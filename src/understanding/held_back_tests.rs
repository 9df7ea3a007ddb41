//! Guests' answers to "shall I book it?", and which of them book.

use super::super::acts::{self, ActKind, InHand};
use super::super::situation::{Situation, Stage};
use super::super::{Context, Expecting, HolidayCalendar, Intent, Reading, Source, read};
use crate::domain::language::Language;
use crate::domain::stay::Stay;
use jiff::civil::date;

/// Qualified answers: they book nothing.
const HELD_BACK: [&str; 96] = [
    // Still to be discussed.
    "dale, lo hablo con mi señora y te aviso",
    "sí, dejame charlarlo con los chicos",
    "ok, le pregunto a mi marido",
    "bueno, lo vemos con mi hermana",
    "dale, dejame consultarlo en casa",
    "perfecto, consulto con mi pareja y te escribo",
    "genial, lo hablo hoy a la noche con la familia",
    "dale, me fijo y te cuento",
    "buenísimo, se lo paso a mi novio",
    "sim, vou falar com a minha esposa",
    "beleza, deixa eu ver com o pessoal",
    "legal, vou conversar com meu marido e te falo",
    "certo, pergunto para minha mãe",
    "ok, let me ask my husband",
    "great, I'll check with my wife",
    "sure, let me talk to my friends",
    "sounds good, I have to run it by my sister",
    // Later.
    "sí, pero después te confirmo",
    "dale, más tarde te digo",
    "ok, mañana te confirmo",
    "dale, el lunes te digo",
    "listo, en un rato te escribo",
    "sí, esperame un toque",
    "bueno, dame un rato",
    "👍 más tarde lo cierro",
    "de una, pero mañana",
    "sí, la reservo la semana que viene",
    "te confirmo el jueves, dale",
    "ok, ahora no puedo, después sigo",
    "sim, mas amanhã eu confirmo",
    "beleza, te confirmo depois",
    "ok, daqui a pouco te falo",
    "pode ser, mais tarde eu vejo",
    "fechado, confirmo amanhã",
    "yes, but later",
    "ok, I'll confirm tomorrow",
    "sure, give me a few days",
    "great, I'll get back to you tonight",
    "yes, hold on a moment",
    "ok not yet",
    // Something else first.
    "sí, pero primero quiero ver fotos",
    "dale, antes contame si tiene pileta",
    "ok, antes de reservar quiero verla",
    "bueno, primero veo si me dan los días",
    "perfecto, primero tengo que pedir permiso en el trabajo",
    "sim, antes preciso ver as passagens",
    "ok, primeiro quero ver as fotos",
    "ok but let me see the pictures first",
    "yes, first I need to check my flights",
    "great, before booking I want to see the view",
    // On a condition.
    "dale, si me hacés un descuento",
    "sí, siempre que se pueda llevar el perro",
    "si llego a juntar la plata te confirmo",
    "si me dan el franco la reservo",
    "la reservo si no llueve",
    "ok, si me guardás el lugar hasta el viernes",
    "bueno, depende del clima",
    "sí, a menos que se enferme alguien",
    "cuando cobre la reservo",
    "dale, cuando tenga la plata",
    "quero reservar, mas só se tiver piscina",
    "sim, se fizer um desconto",
    "fechado, desde que aceite cachorro",
    "sim, caso meu chefe libere",
    "ok, if you make it cheaper",
    "yes, as long as the dog can come",
    "book it if it has a pool",
    "sure, unless it rains",
    // Other days, other cabins, other people.
    "sí, pero otra fecha",
    "dale, pero en otra cabaña",
    "ok, pero para más adelante",
    "bueno, otro día mejor",
    "sim, mas em outra data",
    "beleza, mas outra cabana",
    "yes, but another date",
    "ok, but a different cabin please",
    // Not sure.
    "sí, capaz",
    "creo que sí",
    "en principio sí",
    "sí, tal vez",
    "ok, quizás",
    "acho que sim",
    "em princípio sim",
    "sim, talvez",
    "I guess so, yes",
    "yes, maybe",
    "ok, probably",
    // A yes to something else, and words that only sound like one.
    "ok, estoy manejando",
    "dale, ando justa de plata",
    "sí, una consulta antes",
    "ok entendido, gracias por la info",
    "está cerrado el portón",
    "el baño está hecho un asco",
    "seguro hace calor ahí",
    "sure is hot there",
    "o portão está fechado",
];

/// Unconditional answers.
const PLAIN: [&str; 71] = [
    "sí",
    "si",
    "dale",
    "sí dale",
    "dale, genial",
    "bueno dale",
    "ok",
    "okey, perfecto",
    "de una",
    "sí, por favor",
    "si porfa",
    "sí, reservala",
    "dale, reservámela",
    "si la quiero",
    "sí, la queremos",
    "si me interesa, reservala",
    "me la quedo",
    "nos quedamos con esa",
    "perfecto, la tomo",
    "listo, confirmo",
    "confirmado",
    "te confirmo",
    "sí, te confirmo la reserva",
    "obvio, mandale",
    "claro que sí",
    "acepto",
    "trato hecho",
    "buenísimo, hacé la reserva",
    "va, hacela a nombre de Irma Sosa",
    "sí, reservanos la cabaña por favor, gracias",
    "dale, buenísimo, hacela",
    "listo, cerramos",
    "cómo no",
    "sí, no hay problema",
    "dale, sin drama",
    "sí sí, dale, muchas gracias",
    "👍",
    "hola, sí, dale",
    "sim",
    "sim, pode reservar",
    "sim por favor",
    "pode ser",
    "fechado",
    "fechado, pode confirmar",
    "quero sim",
    "quero essa",
    "beleza, vamos fechar",
    "tá bom, confirmo",
    "pode reservar para a gente",
    "com certeza",
    "claro",
    "perfeito, eu aceito",
    "sim, sem problema",
    "claro que sim",
    "yes",
    "yes please",
    "yep, go ahead",
    "sure",
    "ok, book it",
    "perfect, I'll take it",
    "great, we'll take it",
    "sounds good",
    "sounds good, book it please",
    "yes, reserve it for us",
    "deal",
    "ok let's do it",
    "absolutely",
    "why not",
    "sure, no problem",
    "yes, thank you so much",
    "ok great, thanks, book it",
];

fn asked_to_confirm(text: &str, language_hint: Option<Language>) -> Reading {
    let calendar = HolidayCalendar::argentina();
    read(
        text,
        &Context {
            today: date(2026, 11, 24),
            language_hint,
            source: Source::Text,
            calendar: &calendar,
            expecting: Some(Expecting::Confirmation),
        },
    )
}

#[test]
fn a_yes_with_something_held_back_takes_nothing() {
    let taken: Vec<&str> =
        HELD_BACK.into_iter().filter(|text| asked_to_confirm(text, None).intent == Intent::Accept).collect();
    assert!(taken.is_empty(), "{taken:#?}");
}

#[test]
fn what_was_learned_takes_nothing_either() {
    let calendar = HolidayCalendar::argentina();
    let offered = [String::from("Aromo")];
    let stay = Stay::new(date(2027, 1, 15), date(2027, 1, 18)).ok();
    let in_hand = InHand {
        situation: Situation { stage: Stage::Quoted, stay, paid: false },
        offered: &offered,
        cabins: &offered,
        ..InHand::default()
    };
    let context = Context {
        today: date(2026, 11, 24),
        language_hint: None,
        source: Source::Text,
        calendar: &calendar,
        expecting: Some(Expecting::Confirmation),
    };
    let accepts = |text: &&str| acts::meaning(text, &context, &in_hand).first() == ActKind::Accept;
    let taken: Vec<&str> = HELD_BACK.into_iter().filter(accepts).collect();
    assert!(taken.is_empty(), "{taken:#?}");
}

#[test]
fn a_plain_yes_is_one() {
    let missed: Vec<&str> =
        PLAIN.into_iter().filter(|text| asked_to_confirm(text, None).intent != Intent::Accept).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn who_wants_to_think_or_ask_has_not_refused() {
    for text in
        ["dale, lo hablo y te aviso", "lo pienso", "el lunes te digo", "sim, mas depois", "ok, not yet"]
    {
        let reading = asked_to_confirm(text, None);
        assert_eq!((reading.intent, reading.undecided), (Intent::Reject, true), "{text}");
    }
    for text in ["no", "no, gracias", "es muy caro", "não quero", "no thanks, too expensive", "dale"] {
        assert!(!asked_to_confirm(text, None).undecided, "{text}");
    }
}
