//! Scores what a person must hear of against labelled messages of guests who are here, were here or are on their way.
//!
//! `CASERO_CORPUS=file.jsonl cargo test --test suite another_house -- --ignored --nocapture` prints the score of any
//! other file of the same form.

use casero::domain::stay::Stay;
use casero::understanding::{
    Context, HolidayCalendar, Situation, Stage, Urgency, concern, needs_a_person, read,
};
use jiff::civil::{Date, date};
use serde::Deserialize;
use std::path::Path;

/// Share of messages whose urgency must be right.
const URGENCY_RIGHT: f64 = 0.95;
/// Share of messages of which it must be right whether a person has to hear of them.
const TOLD_RIGHT: f64 = 0.93;
/// What is no question, whoever writes it.
const NEWS: [&str; 2] = ["no hay agua", "não tem água"];
const TODAY: Date = date(2026, 11, 24);

#[derive(Debug, Deserialize)]
struct Labelled {
    text: String,
    situation: String,
    urgent: bool,
    owner_must_know: bool,
}

impl Labelled {
    fn situation(&self) -> Situation {
        let (stage, from, to) = match &self.situation[..] {
            "in_house" => (Stage::InHouse, date(2026, 11, 22), date(2026, 11, 26)),
            "arriving_today" => (Stage::Confirmed, TODAY, date(2026, 11, 27)),
            "just_left" => (Stage::Left, date(2026, 11, 20), date(2026, 11, 23)),
            "booked" => (Stage::Confirmed, date(2026, 12, 10), date(2026, 12, 14)),
            "held" => (Stage::Held, date(2026, 12, 10), date(2026, 12, 14)),
            "stranger" => return Situation::default(),
            other => panic!("{other} is no situation"),
        };
        Situation { stage, stay: Stay::new(from, to).ok(), paid: stage != Stage::Held }
    }
}

#[derive(Default)]
struct Score {
    messages: usize,
    urgency_right: usize,
    told_right: usize,
    misses: Vec<String>,
}

impl Score {
    fn of(path: &Path) -> Score {
        let calendar = HolidayCalendar::argentina();
        let mut score = Score::default();
        for line in std::fs::read_to_string(path).unwrap().lines().filter(|line| !line.trim().is_empty()) {
            let case: Labelled = serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
            let (urgent, told) = heard(&case.text, &case.situation(), &calendar);
            score.messages += 1;
            score.urgency_right += usize::from(urgent == case.urgent);
            score.told_right += usize::from(told == case.owner_must_know);
            if (urgent, told) != (case.urgent, case.owner_must_know) {
                let Labelled { text, situation, urgent: meant, owner_must_know } = case;
                score.misses.push(format!(
                    "{situation}: {text:?}\n    meant urgent {meant}, told {owner_must_know}; read urgent {urgent}, told {told}"
                ));
            }
        }
        score
    }

    #[expect(clippy::print_stdout, reason = "the score is what this test is read for")]
    fn print(&self, name: &str) {
        for miss in &self.misses {
            println!("  {miss}");
        }
        let Score { messages, urgency_right, told_right, .. } = self;
        println!("{name}: of {messages}, urgency right {urgency_right}, told right {told_right}");
    }
}

/// Whether the message is urgent, and whether a person hears of it.
fn heard(text: &str, situation: &Situation, calendar: &HolidayCalendar) -> (bool, bool) {
    let context = Context::of_text(TODAY, calendar);
    let reading = read(text, &context);
    let urgency = concern(text, &reading, situation, TODAY).map(|concern| concern.urgency);
    (urgency.is_some_and(Urgency::is_urgent), needs_a_person(text, &reading, situation, TODAY))
}

fn corpus(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/understanding").join(name)
}

#[test]
fn who_has_a_stay_now_is_heard() {
    let score = Score::of(&corpus("in_house.jsonl"));
    score.print("in the house");
    let share = |right: usize| right as f64 / score.messages as f64;
    assert!(share(score.urgency_right) >= URGENCY_RIGHT);
    assert!(share(score.told_right) >= TOLD_RIGHT);
}

#[test]
fn a_stranger_who_asks_for_a_stay_alarms_nobody() {
    let calendar = HolidayCalendar::argentina();
    for name in ["corpus.jsonl", "heldout.jsonl"] {
        let text = std::fs::read_to_string(corpus(name)).unwrap();
        let messages = text.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
        let said: Vec<String> = messages.filter_map(|one| Some(one["text"].as_str()?.to_owned())).collect();
        let alarms: Vec<&String> =
            said.iter().filter(|text| heard(text, &Situation::default(), &calendar).0).collect();
        let only_news = alarms.iter().all(|text| NEWS.contains(&text.as_str()));
        assert!(said.len() > 100 && only_news, "{name}: {alarms:#?}");
    }
}

#[test]
#[ignore = "scores the file named in CASERO_CORPUS"]
fn another_house() {
    let path = std::env::var("CASERO_CORPUS").unwrap();
    Score::of(Path::new(&path)).print(&path);
}
