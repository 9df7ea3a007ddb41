//! Scores the reading of messages against labelled ones, and tries noise on it.
//!
//! `CASERO_CORPUS=file.jsonl cargo test --test suite another_corpus -- --ignored --nocapture`
//! prints the score of any other file of the same form.

use std::collections::BTreeMap;
use std::path::Path;

use casero::understanding::report::Report;
use casero::understanding::{Context, Dates, HolidayCalendar, Source, read};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde::Deserialize;

/// Share of messages that must be wholly right.
const MESSAGES_RIGHT: f64 = 0.95;
/// Share of dates (arrivals and departures) that must be right.
const DATES_RIGHT: f64 = 0.97;
/// Share of messages whose language must be right; what two languages write alike is not labelled.
const LANGUAGES_RIGHT: f64 = 0.98;

#[derive(Debug, Deserialize)]
struct Labelled {
    today: String,
    text: String,
    intent: String,
    language: Option<String>,
    topic: Option<String>,
    check_in: Option<String>,
    check_out: Option<String>,
    guests: Option<u16>,
}

#[derive(Default)]
struct Score {
    messages: usize,
    right: usize,
    dates: usize,
    dates_right: usize,
    languages_right: usize,
    /// Messages of each language, and how many of them each field got wrong.
    fields: BTreeMap<String, (usize, BTreeMap<&'static str, usize>)>,
    misses: Vec<String>,
}

impl Score {
    fn of(path: &Path) -> Score {
        let calendar = HolidayCalendar::argentina();
        let mut score = Score::default();
        let text = std::fs::read_to_string(path).unwrap();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let case: Labelled = serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
            score.add(&case, &calendar);
        }
        score
    }

    fn add(&mut self, case: &Labelled, calendar: &HolidayCalendar) {
        let today: Date = case.today.parse().unwrap();
        let context = Context::of_text(today, calendar);
        let report = Report::of(&read(&case.text, &context));
        let question = case.intent == "question";
        let compared = [
            ("intent", report.intent == case.intent),
            ("topic", !question || report.topic == case.topic.as_deref()),
            ("check_in", report.check_in == case.check_in),
            ("check_out", report.check_out == case.check_out),
            ("guests", report.guests == case.guests),
        ];
        let language_wrong = case.language.is_some() && report.language != case.language.as_deref();
        self.languages_right += usize::from(!language_wrong);
        let of_language = self.fields.entry(case.language.clone().unwrap_or_default()).or_default();
        of_language.0 += 1;
        for (field, right) in compared.into_iter().chain([("language", !language_wrong)]) {
            *of_language.1.entry(field).or_default() += usize::from(!right);
        }
        if language_wrong {
            self.misses.push(format!("{:?} is read as {:?}", case.text, report.language));
        }
        self.messages += 1;
        self.dates += 2;
        self.dates_right += usize::from(compared[2].1) + usize::from(compared[3].1);
        if compared.iter().all(|(_, right)| *right) {
            self.right += 1;
        } else {
            let wrong: Vec<&str> =
                compared.iter().filter(|(_, right)| !right).map(|(field, _)| *field).collect();
            self.misses.push(format!(
                "{:?} ({}) wrong: {}\n    meant {} {:?} {:?} {:?} {:?}\n    read  {} {:?} {:?} {:?} {:?}",
                case.text,
                case.today,
                wrong.join(", "),
                case.intent,
                case.topic,
                case.check_in,
                case.check_out,
                case.guests,
                report.intent,
                report.topic,
                report.check_in,
                report.check_out,
                report.guests,
            ));
        }
    }

    #[expect(clippy::print_stdout, reason = "the score is what this test is read for")]
    fn print(&self, name: &str) {
        println!(
            "{name}: {}/{} messages wholly right ({:.1} %), {}/{} dates ({:.1} %)",
            self.right,
            self.messages,
            100.0 * self.share(),
            self.dates_right,
            self.dates,
            100.0 * self.dates_share()
        );
        for (language, (messages, fields)) in &self.fields {
            let wrong: Vec<String> =
                fields.iter().map(|(field, wrong)| format!("{field} {wrong}/{messages}")).collect();
            println!("  {:>2} wrong: {}", language, wrong.join(", "));
        }
        for miss in &self.misses {
            println!("  {miss}");
        }
    }

    fn share(&self) -> f64 {
        self.right as f64 / self.messages as f64
    }

    fn dates_share(&self) -> f64 {
        self.dates_right as f64 / self.dates as f64
    }

    fn check(&self, name: &str) {
        self.print(name);
        assert!(self.share() >= MESSAGES_RIGHT, "{name}: too many messages misread");
        let languages = self.languages_right as f64 / self.messages as f64;
        assert!(languages >= LANGUAGES_RIGHT, "{name}: too many messages read in another language");
        assert!(self.dates_share() >= DATES_RIGHT, "{name}: too many dates misread");
    }
}

fn corpus(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/understanding").join(name)
}

#[test]
fn guests_are_understood() {
    Score::of(&corpus("corpus.jsonl")).check("corpus");
}

#[test]
fn guests_of_the_held_out_part_are_understood() {
    Score::of(&corpus("heldout.jsonl")).check("held out");
}

#[test]
#[ignore = "scores the file named in CASERO_CORPUS"]
fn another_corpus() {
    let path = std::env::var("CASERO_CORPUS").unwrap();
    Score::of(Path::new(&path)).print(&path);
}

fn in_order(dates: &Dates) -> bool {
    match dates {
        Dates::Stay(stay) => stay.check_in < stay.check_out,
        Dates::Ambiguous(readings) => {
            readings.len() >= 2
                && readings
                    .iter()
                    .all(|reading| reading.check_in.zip(reading.check_out).is_none_or(|(from, to)| from < to))
        }
        Dates::None | Dates::Arrival(_) | Dates::Departure(_) | Dates::Invalid => true,
    }
}

/// Noise made of the words that the grammar reacts to.
fn telling_noise() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "del",
        "al",
        "el",
        "12",
        "31",
        "30/2",
        "2027",
        "de",
        "enero",
        "finde",
        "largo",
        "que viene",
        "mañana",
        "semana",
        "noches",
        "3",
        "somos",
        "para",
        "y",
        "o",
        "hasta",
        "mi señora",
        "hijos",
        "una",
        "pareja",
        "next",
        "friday",
        "dia",
        "até",
        "-",
        "/",
        ",",
        "?",
        "carnaval",
        "quincena",
        "primera",
        "cancelar",
        "reserva",
        "si",
        "no",
        "👍",
        "999999999999",
        "0",
        "00/00",
        "2027-02-30",
        "viernes",
        "a las",
        "$",
        "mil",
        "entre",
        "en vez de",
    ]);
    prop::collection::vec(words, 0..40).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_without_a_panic_and_with_dates_in_order(text in "\\PC{0,300}", day in 0i32..20_000) {
        check_reading(&text, day)?;
    }

    #[test]
    fn any_mixture_of_telling_words_is_read_the_same_twice(text in telling_noise(), day in 0i32..20_000) {
        check_reading(&text, day)?;
    }
}

fn check_reading(text: &str, day: i32) -> Result<(), TestCaseError> {
    let calendar = HolidayCalendar::argentina();
    let today = date(2000, 1, 1).checked_add(jiff::Span::new().days(day)).unwrap();
    let context =
        Context { today, language_hint: None, source: Source::Voice, calendar: &calendar, expecting: None };
    let reading = read(text, &context);
    prop_assert!(in_order(&reading.dates), "{text:?}: {:?}", reading.dates);
    prop_assert_eq!(&reading, &read(text, &context));
    prop_assert!((0.0..=1.0).contains(&reading.confidence));
    Ok(())
}

#[test]
fn a_text_of_64_kib_is_read_up_to_its_limit() {
    let calendar = HolidayCalendar::argentina();
    let context = Context::of_text(date(2026, 11, 24), &calendar);
    for piece in ["del 12 al 15 ", "aaaa", "ñ", "👍", "1", "\u{301}", "/", "entre y o "] {
        let text = piece.repeat(64 * 1024 / piece.len());
        assert!(in_order(&read(&text, &context).dates));
    }
}
