//! Portuguese: the talk itself: greetings, misunderstandings, people.

use crate::dialogue::replies::Part;
use crate::dialogue::say::Talk;
use crate::dialogue::tap::Tap;

pub(super) fn talk(say: &Talk) -> Part {
    match say {
        Talk::Hello { name, property, welcome, first_time } => Part::text(hello(name, property, welcome, *first_time)),
        Talk::HowCanIHelp => Part::text(
            "Para quais datas você quer vir e quantas pessoas são? Se tiver alguma dúvida sobre o lugar, é só perguntar.",
        ),
        Talk::NotUnderstood => Part::text(
            "Desculpa, não entendi bem. Posso dizer se tem vaga e quanto custa, fazer sua reserva ou contar do lugar. Pode me dizer de outro jeito?",
        )
        .choice(Tap::SeeDates, "Datas e preços")
        .choice(Tap::Person, "Falar com alguém"),
        Talk::WrongNumber => Part::text("Sem problema! Tenha um ótimo dia."),
        Talk::StillNotUnderstood => {
            Part::text("Ainda não entendi, me desculpa. Prefere que uma pessoa responda?")
                .choice(Tap::Person, "Sim, uma pessoa")
                .choice(Tap::SeeDates, "Datas e preços")
        }
        Talk::HandedOver => Part::text("Já avisei uma pessoa para responder você por aqui assim que puder."),
        Talk::AlreadyHandedOver => Part::text("Já foi avisado: vão responder você por aqui assim que puderem."),
        Talk::AskedOwner => Part::text("Isso eu não sei com certeza. Já perguntei e respondem você por aqui."),
        Talk::Welcome => Part::text("De nada! Qualquer coisa, me escreve."),
        Talk::OptedOut => Part::text("Pronto, não escrevo mais. Se um dia quiser falar de novo, é só mandar uma mensagem."),
        Talk::Unheard => Part::text("Desculpa, não consegui ouvir bem o áudio. Pode me escrever?"),
        Talk::TooLong => Part::text("O áudio é longo demais para mim. Pode mandar um mais curto ou me escrever?"),
        Talk::VoiceOff => Part::text("Por enquanto não consigo ouvir áudios. Pode me escrever?"),
        Talk::Heard { text } => Part::text(format!("Ouvi: “{text}”. Está certo?"))
            .choice(Tap::HeardRight, "Sim, está certo")
            .choice(Tap::HeardWrong, "Não"),
        Talk::PleaseWrite => Part::text("Tudo bem, então me escreve, por favor."),
        Talk::CannotSee => Part::text("Esse tipo de mensagem eu não consigo ver. Pode me escrever?"),
        Talk::Picture => Part::text("Obrigado pela foto! Como posso ajudar?"),
        Talk::Place => Part::text("Recebi a localização, obrigado. Como posso ajudar?"),
        Talk::StaleTap => Part::text("Esse botão não vale mais, já passou um tempo. Me diz de novo do que você precisa."),
        Talk::LateAnswer => Part::text("Sua mensagem só chegou agora, desculpa a demora. Veja como está hoje:"),
        Talk::Calm => Part::text("Entendo o seu incômodo e sinto muito. Vou avisar uma pessoa para ajudar você."),
    }
}

fn hello(name: &Option<String>, property: &str, welcome: &str, first_time: bool) -> String {
    let name = name.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
    let mut text = match (first_time, property.is_empty()) {
        (true, false) => format!("Olá{name}! Obrigado por escrever para {property}."),
        (true, true) => format!("Olá{name}! Obrigado por escrever."),
        (false, _) => format!("Olá{name}!"),
    };
    if first_time && !welcome.is_empty() {
        text.push(' ');
        text.push_str(welcome);
    }
    text
}
