//! Scores messages in situation against labelled ones: acts, dates, people, and the yes that would make a hold.
//!
//! `CASERO_CORPUS=file cargo test --locked --test suite another_conversation -- --ignored --nocapture` prints the score
//! of any other file, with `.jsonl` as `casero understand --jsonl` reads it or with `.tsv` as the corpus is written.

use super::days::today;
use casero::understanding::acts::corpus::{self, Labelled};
use casero::understanding::acts::{self, Act, ActKind, Meaning, Model};
use casero::understanding::report::{ActReport, ChangeReport};
use casero::understanding::{Context, HolidayCalendar, SituationForm, Source, needs_a_person};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
struct Case {
    #[serde(default)]
    today: Option<Date>,
    text: String,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    situation: SituationForm,
    /// What is right: `acts`, `check_in`, `check_out`, `guests`, `hold`, `owner`; and others that are as good.
    #[serde(flatten)]
    right: Map<String, Value>,
    #[serde(default)]
    alt: Vec<Map<String, Value>>,
}

/// A message's meaning in the form of the labels.
struct Read {
    acts: Vec<Value>,
    fields: BTreeMap<&'static str, Value>,
    hold: bool,
    owner: bool,
    probability: f32,
}

#[derive(Default)]
struct Score {
    messages: usize,
    right: BTreeMap<&'static str, usize>,
    /// Messages that are no yes, and those read as one.
    no_yes: usize,
    false_holds: usize,
    yes: usize,
    holds: usize,
    owner_needed: usize,
    owner_told: usize,
    languages: BTreeMap<String, (usize, usize)>,
    confusion: BTreeMap<(String, String), usize>,
    /// By tenths of probability of the first act: messages, and those right.
    calibration: BTreeMap<u8, (usize, usize)>,
    misses: Vec<String>,
}

const FIELDS: [&str; 3] = ["check_in", "check_out", "guests"];

impl Case {
    fn read(&self, calendar: &HolidayCalendar) -> Read {
        let in_hand = self.situation.in_hand();
        let today = self.today.unwrap_or_else(today);
        let expecting = self.situation.expecting();
        let context = Context { today, language_hint: None, source: Source::Text, calendar, expecting };
        let meaning = acts::meaning(&self.text, &context, &in_hand);
        let owner = needs_a_person(&self.text, &meaning.reading, &in_hand.situation, today)
            || needs_an_owner(&meaning);
        read(&meaning, owner)
    }
}

fn read(meaning: &Meaning, owner: bool) -> Read {
    let mut acts: Vec<Value> =
        ActReport::of(meaning).iter().map(|act| serde_json::to_value(act).unwrap()).collect();
    for act in &mut acts {
        act.as_object_mut().unwrap().remove("probability");
    }
    let outcome = serde_json::to_value(ChangeReport::of(meaning.outcome)).unwrap();
    let fields = FIELDS.iter().map(|field| (*field, outcome[*field].clone())).collect();
    let probability = meaning.acts.first().map_or(0.0, |act: &Act| act.probability);
    Read { acts, fields, hold: meaning.has(ActKind::Accept), owner, probability }
}

fn needs_an_owner(meaning: &Meaning) -> bool {
    let tells = |act: &Act| match act.kind {
        ActKind::Problem
        | ActKind::Complaint
        | ActKind::Request
        | ActKind::Receipt
        | ActKind::LostItem
        | ActKind::Human
        | ActKind::Business => true,
        ActKind::Question => act.topic.is_none(),
        _ => false,
    };
    meaning.acts.iter().any(tells)
}

/// The acts that count: what is said out of politeness does not beside others, nor does the cabin of a choice by
/// feature that the label leaves open.
fn counted(acts: &[Value]) -> Vec<&Value> {
    let courtesy = |act: &Value| matches!(act["act"].as_str(), Some("greeting" | "thanks"));
    let alone = acts.iter().all(courtesy);
    acts.iter().filter(|act| alone || !courtesy(act)).collect()
}

fn same_act(read: &Value, right: &Value) -> bool {
    let same = |field: &str| right[field].is_null() || read[field] == right[field];
    let urgent = |act: &Value| act["urgent"] == Value::Bool(true);
    read["act"] == right["act"]
        && same("topic")
        && same("change")
        && same("cabin")
        && urgent(read) == urgent(right)
}

fn same_acts(read: &[Value], right: &[Value]) -> bool {
    let (read, right) = (counted(read), counted(right));
    let first = read.first().zip(right.first()).is_some_and(|(read, right)| same_act(read, right));
    let found = |act: &Value| read.iter().any(|one| same_act(one, act));
    first && read.len() == right.len() && right.iter().all(|act| found(act))
}

fn acts_of(label: &Map<String, Value>) -> Vec<Value> {
    label.get("acts").and_then(Value::as_array).cloned().unwrap_or_default()
}

impl Score {
    fn of(path: &Path) -> Score {
        let calendar = HolidayCalendar::argentina();
        let mut score = Score::default();
        let text = std::fs::read_to_string(path).unwrap();
        if path.extension().is_some_and(|extension| extension == "tsv") {
            for line in corpus::read(&path.to_string_lossy(), &text).unwrap() {
                let (case, read) = of_line(&line, &calendar);
                score.add(&case, &read, false);
            }
            return score;
        }
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let case: Case = serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
            score.add(&case, &case.read(&calendar), true);
        }
        score
    }

    /// `facts`: whether dates and people are labelled.
    fn add(&mut self, case: &Case, read: &Read, facts: bool) {
        let labels: Vec<Map<String, Value>> = [Map::new()]
            .iter()
            .chain(&case.alt)
            .map(|alt| case.right.clone().into_iter().chain(alt.clone()).collect())
            .collect();
        let some = |right: &dyn Fn(&Map<String, Value>) -> bool| labels.iter().any(right);
        let field = |label: &Map<String, Value>, name: &str| {
            !facts || read.fields[name] == *label.get(name).unwrap_or(&Value::Null)
        };
        let first = |label: &Map<String, Value>| {
            let right = acts_of(label);
            let right = counted(&right).first().map(|act| act["act"].clone());
            counted(&read.acts).first().map(|act| act["act"].clone()) == right
        };
        let whole = |label: &Map<String, Value>| {
            same_acts(&read.acts, &acts_of(label)) && FIELDS.iter().all(|name| field(label, name))
        };
        let is_first = some(&first);
        let judged = [
            ("whole", some(&whole)),
            ("first act", is_first),
            ("all acts", some(&|label| same_acts(&read.acts, &acts_of(label)))),
            ("dates", some(&|label| field(label, "check_in") && field(label, "check_out"))),
            ("guests", some(&|label| field(label, "guests"))),
        ];
        self.messages += 1;
        for (what, right) in judged {
            *self.right.entry(what).or_default() += usize::from(right);
        }
        self.judge_acting(case, read, &labels);
        let language = self.languages.entry(case.language.clone().unwrap_or_default()).or_default();
        language.0 += 1;
        language.1 += usize::from(judged[0].1);
        let tenth = self.calibration.entry((read.probability * 10.0).min(9.0) as u8).or_default();
        tenth.0 += 1;
        tenth.1 += usize::from(is_first);
        if !is_first {
            let kind = |acts: &[Value]| {
                counted(acts).first().map_or("-", |act| act["act"].as_str().unwrap_or("-")).to_owned()
            };
            *self.confusion.entry((kind(&acts_of(&labels[0])), kind(&read.acts))).or_default() += 1;
        }
        if !judged[0].1 {
            self.misses.push(missed(case, read, &labels[0]));
        }
    }

    fn judge_acting(&mut self, case: &Case, read: &Read, labels: &[Map<String, Value>]) {
        let is = |label: &Map<String, Value>, what: &str| label.get(what).and_then(Value::as_bool);
        let hold = is(&labels[0], "hold").unwrap_or_else(|| {
            labels.iter().any(|label| acts_of(label).iter().any(|act| act["act"] == "accept"))
        });
        if hold {
            self.yes += 1;
            self.holds += usize::from(read.hold);
        } else {
            self.no_yes += 1;
            self.false_holds += usize::from(read.hold);
            if read.hold {
                self.misses.push(format!("FALSE HOLD {:?}", case.text));
            }
        }
        if labels.iter().all(|label| is(label, "owner") == Some(true)) {
            self.owner_needed += 1;
            self.owner_told += usize::from(read.owner);
            if !read.owner {
                self.misses.push(format!("OWNER NOT TOLD {:?}", case.text));
            }
        }
    }

    #[expect(clippy::print_stdout, reason = "the score is what this test is read for")]
    fn print(&self, name: &str) {
        let share = |right: usize, of: usize| 100.0 * right as f64 / of.max(1) as f64;
        self.misses.iter().for_each(|miss| println!("  {miss}"));
        println!("{name}: {} messages", self.messages);
        for (what, right) in &self.right {
            println!("  {what:10} {right:5} ({:.1} %)", share(*right, self.messages));
        }
        println!(
            "  of {} that are no yes, {} would make a hold; of {} that are, {}",
            self.no_yes, self.false_holds, self.yes, self.holds
        );
        println!("  of {} that a person must hear of, {} reach one", self.owner_needed, self.owner_told);
        for (language, (messages, whole)) in &self.languages {
            println!("  {language:3} whole {whole}/{messages} ({:.1} %)", share(*whole, *messages));
        }
        for (tenth, (messages, right)) in &self.calibration {
            println!(
                "  at 0.{tenth}: first act right {right}/{messages} ({:.1} %)",
                share(*right, *messages)
            );
        }
        let mut confusion: Vec<_> = self.confusion.iter().collect();
        confusion.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        for ((right, read), count) in confusion {
            println!("  {count:3} × {right} read as {read}");
        }
    }
}

/// A line of the corpus as a case.
fn of_line(line: &Labelled, calendar: &HolidayCalendar) -> (Case, Read) {
    let (context, in_hand) = line.situation(calendar);
    let meaning = acts::meaning(&line.text, &context, &in_hand);
    let owner = needs_an_owner(&meaning);
    let acts: Vec<Value> = line.acts.iter().map(act_of).collect();
    let case = Case {
        today: None,
        text: line.text.clone(),
        language: Some(line.language.clone()),
        situation: SituationForm::default(),
        right: [("acts".to_owned(), Value::Array(acts))].into_iter().collect(),
        alt: Vec::new(),
    };
    (case, read(&meaning, owner))
}

fn act_of(label: &corpus::Label) -> Value {
    let mut act = Map::new();
    act.insert("act".into(), label.kind.code().into());
    let topic = match label.kind {
        ActKind::Question => Some(label.topic.map_or("other", |topic| topic.code())),
        ActKind::Request => label.request.map(|request| request.code()),
        _ => None,
    };
    topic.map(|topic| act.insert("topic".into(), topic.into()));
    let cabin = label.cabin.clone().filter(|cabin| cabin != "any");
    cabin.map(|cabin| act.insert("cabin".into(), cabin.into()));
    if label.urgent {
        act.insert("urgent".into(), true.into());
    }
    Value::Object(act)
}

fn missed(case: &Case, read: &Read, label: &Map<String, Value>) -> String {
    let text = |value: &Value| serde_json::to_string(value).unwrap();
    let fields = |value: &dyn Fn(&str) -> Value| FIELDS.map(|field| text(&value(field))).join(" ");
    format!(
        "{:?} ({:?}, {:?})\n    meant {} {}\n    read  {} {} at {:.2}",
        case.text,
        case.situation.stage.as_deref().unwrap_or("-"),
        case.situation.asked.as_deref().unwrap_or("-"),
        text(&Value::Array(acts_of(label))),
        fields(&|field| label.get(field).cloned().unwrap_or_default()),
        text(&Value::Array(read.acts.clone())),
        fields(&|field| read.fields[field].clone()),
        read.probability,
    )
}

#[test]
#[ignore = "scores the file named in CASERO_CORPUS"]
fn another_conversation() {
    let path = std::env::var("CASERO_CORPUS").unwrap();
    Score::of(Path::new(&path)).print(&path);
}

/// Every file of the corpus, in the order of their names.
fn corpus_files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/understanding/acts");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let text = |file: &std::path::PathBuf| {
        (file.to_string_lossy().into_owned(), std::fs::read_to_string(file).unwrap())
    };
    files.iter().map(text).collect()
}

/// `UPDATE=1` learns from the corpus and writes what it teaches.
#[test]
fn the_model_in_the_binary_is_of_this_corpus() {
    let files = corpus_files();
    let texts: Vec<&str> = files.iter().map(|(_, text)| text.as_str()).collect();
    let checksum = acts::learning::checksum(&texts);
    let lines: Vec<Labelled> =
        files.iter().flat_map(|(name, text)| corpus::read(name, text).unwrap()).collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/acts/model.bin");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, acts::learning::model(&lines, checksum)).unwrap();
    }
    let file = std::fs::read(&path).unwrap();
    let of_file = Model::of(&file).expect("no model").checksum();
    assert_eq!(of_file, checksum, "assets/acts/model.bin is of another corpus: run this test with UPDATE=1");
}

#[test]
fn the_same_messages_teach_the_same_model() {
    let (name, text) = corpus_files().remove(0);
    let lines: Vec<Labelled> = corpus::read(&name, &text).unwrap().into_iter().take(60).collect();
    let once = acts::learning::model(&lines, 1);
    assert!(once == acts::learning::model(&lines, 1));
    assert!(once != acts::learning::model(&lines[..50], 1));
    assert!(Model::of(&once).is_some() && Model::of(&once[..once.len() - 1]).is_none());
}
