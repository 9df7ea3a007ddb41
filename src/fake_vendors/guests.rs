//! Scripted guests: conversations that a viewer of the demo starts with one click and watches, in three
//! languages.
//!
//! A script has the guest's wishes, not casero's answers: after every answer it takes the first wish that the
//! answer allows. So it survives changed wordings, and a fault delays it but does not derail it.

use std::sync::Arc;
use std::time::Duration;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde_json::{Value, json};

use super::mercadopago::{Payment, PaymentOutcome};
use super::whatsapp::NewGuest;
use super::whatsapp::phones::{Line, Sender};
use super::world::{Scene, World};

/// Time for reading an answer.
const READING: Duration = Duration::from_millis(1_600);
/// Time after which the guest goes on without an answer.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Debug, Clone, Copy)]
enum Step {
    /// Writes. `{from}`, `{to}` are replaced by days.
    Say(&'static str),
    /// Taps the first choice whose title holds one of these, in lower case; else writes.
    Tap(&'static [&'static str], &'static str),
    /// Pays by the last link, if there is one.
    Pay,
}

struct Script {
    name: &'static str,
    title: &'static str,
    guest: &'static str,
    phone: &'static str,
    language: Language,
    steps: &'static [Step],
}

#[derive(Debug, Clone, Copy)]
enum Language {
    Spanish,
    Portuguese,
    English,
}

const SCRIPTS: [Script; 4] = [
    Script {
        name: "familia",
        title: "Una familia reserva y paga la seña",
        guest: "Carolina",
        phone: "5493515550121",
        language: Language::Spanish,
        steps: &[
            Step::Say("Hola! 👋 Tienen algo para 4 personas del {from} al {to}?"),
            Step::Tap(&["tacuara", "reservar", "sí", "si"], "La Tacuara"),
            Step::Tap(&["sí", "confirmar", "reservar", "dale"], "sí, dale"),
            Step::Say("Carolina Funes"),
            Step::Tap(&["sí", "confirmar", "pagar"], "perfecto"),
            Step::Pay,
            Step::Say("Listo, ya pagué. Gracias!!"),
        ],
    },
    Script {
        name: "preguntona",
        title: "Alguien que pregunta todo",
        guest: "Marta",
        phone: "5493425550138",
        language: Language::Spanish,
        steps: &[
            Step::Say("buenas tardes"),
            Step::Say("aceptan mascotas? tengo una perrita"),
            Step::Say("y cuanto sale el finde que viene para 2"),
            Step::Say("tienen pileta?"),
            Step::Say("bueno lo charlo con mi marido y te aviso"),
        ],
    },
    Script {
        name: "casal",
        title: "Um casal do Brasil",
        guest: "Thiago",
        phone: "5551985550142",
        language: Language::Portuguese,
        steps: &[
            Step::Say("Oi, boa tarde! Somos um casal, vocês têm vaga de {from} a {to}?"),
            Step::Tap(&["molle", "reservar", "sim"], "El Molle"),
            Step::Tap(&["sim", "confirmar", "reservar"], "sim, pode ser"),
            Step::Say("Thiago Bittencourt"),
            Step::Tap(&["sim", "confirmar", "pagar"], "perfeito"),
            Step::Pay,
            Step::Say("Pago! A que horas é o check-in?"),
        ],
    },
    Script {
        name: "hikers",
        title: "Hikers from abroad",
        guest: "Hannah",
        phone: "447700900171",
        language: Language::English,
        steps: &[
            Step::Say("Hi there! Do you have anything for 5 people from {from} to {to}?"),
            Step::Tap(&["algarrobo", "book", "yes"], "El Algarrobo"),
            Step::Say("How do we get there from the bus station?"),
            Step::Tap(&["yes", "book", "confirm"], "yes please, book it"),
            Step::Say("Hannah Whitcombe"),
            Step::Pay,
        ],
    },
];

pub fn list() -> Value {
    let scripts = SCRIPTS.iter();
    scripts
        .map(|script| {
            json!({
                "name": script.name,
                "title": script.title,
                "guest": script.guest,
                "phone": script.phone,
            })
        })
        .collect()
}

/// Adds the scripts' guests, so that the demo opens with a list of chats.
pub(super) fn introduce(world: &World) {
    for script in &SCRIPTS {
        world.add_guest(&NewGuest {
            phone: script.phone.to_owned(),
            name: Some(script.guest.to_owned()),
            ..NewGuest::default()
        });
    }
}

/// Starts a conversation at a person's pace; returns the guest's phone, or `None` for an unknown script.
pub fn play(world: &Arc<World>, name: &str) -> Option<String> {
    play_at(world, name, READING)
}

/// The same with this time for reading each answer.
pub fn play_at(world: &Arc<World>, name: &str, reading: Duration) -> Option<String> {
    let script = SCRIPTS.iter().find(|script| script.name == name)?;
    introduce(world);
    let world = Arc::clone(world);
    tokio::spawn(async move {
        let days = days_from(world.clock.today(), script.language);
        for step in script.steps {
            if matches!(step, Step::Pay) {
                wait_for_link(&world, script.phone).await;
            }
            let said_before = said(&world, script.phone);
            act(&world, script.phone, *step, &days);
            wait_for_answer(&world, script.phone, said_before, reading).await;
        }
    });
    Some(script.phone.to_owned())
}

fn act(world: &World, phone: &str, step: Step, days: &(String, String)) {
    match step {
        Step::Say(text) => {
            let text = text.replace("{from}", &days.0).replace("{to}", &days.1);
            world.guest_writes(phone, &text);
        }
        Step::Tap(wishes, otherwise) => match wished_choice(world, phone, wishes) {
            Some(choice) => {
                world.guest_taps(phone, &choice);
            }
            None => {
                world.guest_writes(phone, otherwise);
            }
        },
        Step::Pay => {
            if let Some(preference) = preference_in(&world.said_to(phone)) {
                // An expired link is shown in the chat.
                world.pay(&Payment::of(&preference, PaymentOutcome::Approve)).ok();
            }
        }
    }
}

/// Waits for a first answer and then until no more messages come.
async fn wait_for_answer(world: &World, phone: &str, said_before: usize, reading: Duration) {
    let mut known = said_before;
    let mut patience = PATIENCE;
    loop {
        let more = |scene: &Scene| {
            let guest = scene.phones.guests.get(phone)?;
            Some(count_said(&guest.lines)).filter(|count| *count > known)
        };
        let Some(count) = world.wait_for(patience, more).await else {
            return;
        };
        known = count;
        patience = reading;
    }
}

/// Waits for the link to pay, which may come after the text about it.
async fn wait_for_link(world: &World, phone: &str) {
    let linked = |scene: &Scene| {
        let guest = scene.phones.guests.get(phone)?;
        preference_in(&guest.lines)
    };
    world.wait_for(PATIENCE, linked).await;
}

fn said(world: &World, phone: &str) -> usize {
    world.said_to(phone).len()
}

fn count_said(lines: &[Line]) -> usize {
    lines.iter().filter(|line| line.sender == Sender::Business).count()
}

/// The first wished choice of the last offer.
fn wished_choice(world: &World, phone: &str, wishes: &[&str]) -> Option<String> {
    let lines = world.said_to(phone);
    let offer = lines.iter().rev().map(Line::choices).find(|offer| !offer.is_empty())?;
    let title = |choice: &Value| choice["title"].as_str().map(str::to_owned);
    wishes.iter().find_map(|wish| {
        let mut titles = offer.iter().filter_map(title);
        titles.find(|title| title.to_lowercase().contains(wish))
    })
}

/// The preference of the last payment link.
fn preference_in(lines: &[Line]) -> Option<String> {
    let said = lines.iter().filter(|line| line.sender == Sender::Business);
    said.rev().find_map(|line| {
        let link = line.link();
        let url = link["url"].as_str().map(str::to_owned);
        let text = url.unwrap_or_else(|| line.text());
        let after = text.split("/pay/").nth(1)?;
        let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        Some(after[..end.unwrap_or(after.len())].to_owned())
    })
}

/// A Thursday to Sunday some five weeks ahead, written in the guest's language.
fn days_from(today: Date, language: Language) -> (String, String) {
    let ahead = today.saturating_add(35.days());
    let thursday = ahead.nth_weekday(1, Weekday::Thursday).unwrap_or(ahead);
    let sunday = thursday.saturating_add(3.days());
    (spoken(thursday, language), spoken(sunday, language))
}

fn spoken(day: Date, language: Language) -> String {
    let month = usize::from(day.month().unsigned_abs()) - 1;
    match language {
        Language::Spanish => format!("{} de {}", day.day(), SPANISH_MONTHS[month]),
        Language::Portuguese => format!("{} de {}", day.day(), PORTUGUESE_MONTHS[month]),
        Language::English => format!("{} {}", ENGLISH_MONTHS[month], day.day()),
    }
}

const SPANISH_MONTHS: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];
const PORTUGUESE_MONTHS: [&str; 12] = [
    "janeiro",
    "fevereiro",
    "março",
    "abril",
    "maio",
    "junho",
    "julho",
    "agosto",
    "setembro",
    "outubro",
    "novembro",
    "dezembro",
];
const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_wanted_days_are_a_thursday_and_a_sunday_well_ahead() {
        let days = |language| days_from(date(2026, 11, 24), language);
        let expected = ("31 de diciembre".to_owned(), "3 de enero".to_owned());
        assert_eq!(days(Language::Spanish), expected);
        assert_eq!(days(Language::English).0, "December 31");
        assert_eq!(days(Language::Portuguese).1, "3 de janeiro");
    }
}
