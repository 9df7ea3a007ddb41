//! Spanish: the talk itself: greetings, misunderstandings, people.

use crate::dialogue::replies::Part;
use crate::dialogue::say::Talk;
use crate::dialogue::tap::Tap;

pub(super) fn talk(say: &Talk) -> Part {
    match say {
        Talk::Hello { name, property, welcome, first_time } => Part::text(hello(name, property, welcome, *first_time)),
        Talk::HowCanIHelp => Part::text(
            "¿Para qué fechas querés venir y cuántos son? Si tenés alguna duda del lugar, preguntame nomás.",
        ),
        Talk::NotUnderstood => Part::text(
            "Perdón, no te entendí bien. Te puedo decir si hay lugar y cuánto sale, reservarte, o contarte del lugar. ¿Me lo decís de otra forma?",
        )
        .choice(Tap::SeeDates, "Ver fechas y precios")
        .choice(Tap::Person, "Hablar con alguien"),
        Talk::WrongNumber => Part::text("¡No hay problema! Que tengas un lindo día."),
        Talk::StillNotUnderstood => {
            Part::text("Sigo sin entenderte, disculpame. ¿Preferís que te conteste una persona?")
                .choice(Tap::Person, "Sí, una persona")
                .choice(Tap::SeeDates, "Ver fechas y precios")
        }
        Talk::HandedOver => Part::text("Ya le avisé a una persona para que te conteste por acá, apenas pueda."),
        Talk::AlreadyHandedOver => Part::text("Ya está avisado: te van a contestar por acá apenas puedan."),
        Talk::AskedOwner => Part::text("Eso no lo sé con seguridad. Ya lo pregunté y te contestan por acá."),
        Talk::Welcome => Part::text("¡De nada! Cualquier cosa, escribime."),
        Talk::OptedOut => Part::text("Listo, no te escribo más. Si algún día querés volver a hablar, mandame un mensaje."),
        Talk::Unheard => Part::text("Perdón, no pude escuchar bien el audio. ¿Me lo escribís?"),
        Talk::TooLong => Part::text("El audio es muy largo para mí. ¿Me lo mandás más corto, o me lo escribís?"),
        Talk::VoiceOff => Part::text("Por ahora no puedo escuchar audios. ¿Me lo escribís?"),
        Talk::Heard { text } => Part::text(format!("Escuché: «{text}». ¿Está bien?"))
            .choice(Tap::HeardRight, "Sí, está bien")
            .choice(Tap::HeardWrong, "No"),
        Talk::PleaseWrite => Part::text("Dale, entonces escribímelo, por favor."),
        Talk::CannotSee => Part::text("Ese tipo de mensaje no lo puedo ver. ¿Me lo escribís?"),
        Talk::Picture => Part::text("¡Gracias por la foto! ¿En qué te ayudo?"),
        Talk::Place => Part::text("Recibí la ubicación, gracias. ¿En qué te ayudo?"),
        Talk::StaleTap => Part::text("Ese botón ya no sirve, pasó un tiempo. Decime de nuevo qué necesitás."),
        Talk::LateAnswer => Part::text("Recién ahora me llega tu mensaje, perdón la demora. Te cuento cómo está hoy:"),
        Talk::Calm => Part::text("Entiendo que estés molesto, y lo lamento. Le aviso a una persona para que te ayude."),
    }
}

fn hello(name: &Option<String>, property: &str, welcome: &str, first_time: bool) -> String {
    let name = name.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
    let mut text = match (first_time, property.is_empty()) {
        (true, false) => format!("¡Hola{name}! Gracias por escribir a {property}."),
        (true, true) => format!("¡Hola{name}! Gracias por escribirnos."),
        (false, _) => format!("¡Hola{name}!"),
    };
    if first_time && !welcome.is_empty() {
        text.push(' ');
        text.push_str(welcome);
    }
    text
}
