//! Conversations of `tests/data/dialogues` once more, through the whole product: the simulated WhatsApp, the
//! inbox, the database and the outbox. What a bot says must be what stands in the file, but for numbers and
//! days: there the month is January, here it is one that is still to come, whenever this runs.

use super::harness::{TestServer, until};
use serde_json::{Value, json};
use std::path::Path;

/// Conversations that need nothing but one cabin: nothing held, nobody else's nights.
const PLAYED: [&str; 14] = [
    "es/como_se_paga",
    "es/pregunta_sin_respuesta",
    "es/numero_equivocado",
    "es/cancelar_sin_reserva",
    "es/persona",
    "es/baja_y_vuelta",
    "es/insulto",
    "es/no_entiende_y_llama_a_alguien",
    "es/muy_caro",
    "es/solo_llegada",
    "es/solo_llegada_con_noches",
    "en/speak_to_a_person",
    "en/question",
    "pt/pergunta",
];

/// One of these is said in place of January: the month after the next, whose days are all to come.
const MONTHS: [&str; 12] = [
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

/// A message as a guest sees it: words and buttons.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    words: String,
    buttons: Vec<String>,
}

/// One thing a guest writes, and what they see then.
struct Exchange {
    says: String,
    sees: Vec<Seen>,
}

#[test]
fn conversations_go_through_the_whole_product_as_written() {
    let server = TestServer::new();
    server.cabin("Cabaña del Lago", 100_000_00);
    let settings = json!({
        "property_name": "Cabañas del Arroyo", "property_address": "Camino del Arroyo 250, Villa Serena",
        "bank_alias": "arroyo.cabanas",
    });
    let answer = server.api("PUT", "/api/v1/settings", &settings);
    assert_eq!(answer.status, 200, "{}", answer.text);
    let month =
        MONTHS[usize::try_from(server.count("SELECT CAST(strftime('%m', 'now', '+2 months') AS INTEGER)"))
            .unwrap_or(1)
            - 1];
    let server = &server;
    std::thread::scope(|scope| {
        for (number, name) in PLAYED.iter().enumerate() {
            scope.spawn(move || play(server, &format!("54935155577{number:02}"), name, month));
        }
    });
}

fn play(server: &TestServer, phone: &str, name: &str, month: &str) {
    server.world("POST", "/guests", &json!({ "phone": phone, "name": "Ana" }));
    let mut seen = 0;
    for (turn, exchange) in read(name).into_iter().enumerate() {
        server.write(phone, &exchange.says.replace("enero", month));
        // Silence has nothing to wait for but the end of the turn.
        let answered = format!(
            "SELECT count(*) FROM inbound i JOIN conversation c ON c.id = i.conversation_id
             JOIN guest g ON g.id = c.guest_id WHERE g.phone = '{phone}' AND i.state = 'done'"
        );
        until("the end of the turn", || {
            (server.count(&answered) > i64::try_from(turn).unwrap_or(0)).then_some(())
        });
        let wanted = seen + exchange.sees.len();
        let said = until(&format!("{name}: an answer to {:?}", exchange.says), || {
            Some(server.said(phone)).filter(|said| wanted <= said.len())
        });
        let heard: Vec<Seen> = said[seen..].iter().map(shown).collect();
        assert_eq!(heard, exchange.sees, "{name}, after {:?}", exchange.says);
        seen = wanted;
    }
    assert_eq!(server.said(phone).len(), seen, "{name}: nothing follows");
}

fn shown(line: &Value) -> Seen {
    let choices = line["choices"].as_array().cloned().unwrap_or_default();
    Seen {
        words: plain(line["text"].as_str().unwrap_or_default()),
        buttons: choices.iter().filter_map(|choice| choice["title"].as_str()).map(plain).collect(),
    }
}

fn read(name: &str) -> Vec<Exchange> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/dialogues/{name}.txt"));
    let written = std::fs::read_to_string(&path).expect("a readable file");
    let mut exchanges: Vec<Exchange> = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    for line in written.lines().chain(["guest> "]) {
        let speaks = ["guest> ", "bot> ", "does> "].iter().any(|who| line.starts_with(who));
        if !speaks {
            lines.push(line);
            continue;
        }
        if let (Some(exchange), Some(first)) = (exchanges.last_mut(), lines.first())
            && let Some(first) = first.strip_prefix("bot> ")
            && first != "(silence)"
        {
            exchange.sees.push(message(first, &lines[1..]));
        }
        lines.clear();
        match line.strip_prefix("guest> ") {
            Some("") | None => lines.push(line),
            Some(says) => exchanges.push(Exchange { says: says.to_owned(), sees: Vec::new() }),
        }
    }
    exchanges
}

/// A message of the bot as it stands in a file: its words, and a last line of buttons.
fn message(first: &str, more: &[&str]) -> Seen {
    let is_buttons = |line: &&str| line.starts_with("  [") && line.ends_with(']');
    let (buttons, words): (Vec<&str>, Vec<&str>) = more.iter().partition(|line| is_buttons(line));
    let mut body = vec![first];
    body.extend(words.iter().map(|line| line.strip_prefix("  ").unwrap_or(line)));
    let titles = buttons.iter().flat_map(|line| line.trim().trim_matches(['[', ']']).split("] ["));
    Seen { words: plain(&body.join("\n")), buttons: titles.map(plain).collect() }
}

/// Words without what depends on the day: digits, and the short names of weekdays before them.
fn plain(text: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let masked: String = word.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect();
        let weekday =
            ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"].contains(&masked.trim_start_matches('('));
        words.push(if weekday { "día".to_owned() } else { masked });
    }
    words.join(" ")
}
