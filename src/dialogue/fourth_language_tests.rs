//! A language is two files: one made from the English files by ROT13 is understood and answered by the same code.

use super::i18n::Locale;
use super::replies::{render, render_in};
use super::{Say, StaySay};
use crate::domain::language::Language;
use crate::domain::policy::Moment;
use crate::domain::stay::Stay;
use crate::understanding::{
    Context, Dates, Guests, HolidayCalendar, Intent, Lexicon, Topic, WordList, read_with,
};
use fluent_syntax::ast::{Entry, Expression, Pattern, PatternElement};
use jiff::civil::date;
use jiff::tz::TimeZone;
use toml::Value;

/// ROT13.
fn turned(text: &str) -> String {
    let turn = |c: char, first: u8| char::from((c as u8 - first + 13) % 26 + first);
    let letter = |c: char| match c {
        'a'..='z' => turn(c, b'a'),
        'A'..='Z' => turn(c, b'A'),
        _ => c,
    };
    text.chars().map(letter).collect()
}

fn turned_value(value: &mut Value) {
    match value {
        Value::String(text) => *text = turned(text),
        Value::Array(all) => all.iter_mut().for_each(turned_value),
        Value::Table(all) => all.iter_mut().for_each(|(_, value)| turned_value(value)),
        _ => {}
    }
}

/// The English words in ROT13; their meanings stay.
fn words() -> String {
    let english: toml::Table = Language::of("en").words().expect("a list").parse().expect("a list");
    let (mut single, mut tables) = (String::new(), String::new());
    for (key, mut value) in english {
        match (&key[..], &mut value) {
            ("words" | "phrases", Value::Array(meanings)) => {
                meanings.iter_mut().for_each(|meaning| turned_value(&mut meaning[1]));
            }
            (_, value) => turned_value(value),
        }
        let written = |value: &Value| serde_json::to_string(value).expect("a value");
        match &value {
            Value::Table(entries) => {
                tables.push_str(&format!("[{key}]\n"));
                entries.iter().for_each(|(name, value)| {
                    let key = if key == "lists" { turned(name) } else { name.clone() };
                    tables.push_str(&format!("{key} = {}\n", written(value)));
                });
            }
            value => single.push_str(&format!("{key} = {}\n", written(value))),
        }
    }
    single + &tables
}

fn turned_pattern(pattern: &mut Pattern<String>) {
    for element in &mut pattern.elements {
        match element {
            PatternElement::TextElement { value } => *value = turned(value),
            PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                variants.iter_mut().for_each(|variant| turned_pattern(&mut variant.value));
            }
            PatternElement::Placeable { .. } => {}
        }
    }
}

/// The English sentences in ROT13; placeholders stay.
fn sentences() -> String {
    let english = Language::of("en").sentences().expect("a catalogue").to_owned();
    let mut catalogue = fluent_syntax::parser::parse(english).expect("a catalogue");
    for entry in &mut catalogue.body {
        if let Entry::Message(message) = entry {
            message.value.iter_mut().for_each(turned_pattern);
        }
    }
    fluent_syntax::serializer::serialize(&catalogue)
}

#[test]
fn a_fourth_language_is_understood_and_answered() {
    let language = Language::unlisted("xx");
    let mut lists: Vec<(Language, String)> =
        Language::all().iter().map(|one| (*one, one.words().expect("a list").to_owned())).collect();
    lists.push((language, words()));
    let lists = lists.into_iter().map(|(language, list)| (language, WordList::read(&list).expect("a list")));
    let lexicon = Lexicon::of(lists.collect());
    let locale = Locale::reading(language, &[&sentences()]);
    let calendar = HolidayCalendar::argentina();
    let read = |text: &str| {
        let today = date(2026, 11, 24);
        let context = Context::of_text(today, &calendar);
        read_with(&lexicon, text, &context)
    };

    let reading =
        read(&turned("hello, do you have a cabin from january 15th to january 18th for four people?"));
    assert_eq!((reading.language, reading.language_sure), (language, true));
    assert_eq!((reading.intent, reading.guests), (Intent::Quote, Some(Guests::Exactly(4))));
    let Dates::Stay(said) = reading.dates else { panic!("the days of a stay, not {:?}", reading.dates) };
    let stay = Stay::new(said.check_in, said.check_out).expect("a stay");
    assert_eq!((stay.check_in(), stay.check_out()), (date(2027, 1, 15), date(2027, 1, 18)));
    assert_eq!(read(&turned("is there any wifi?")).topic, Some(Topic::Wifi));
    assert_eq!(read(&turned("no thanks, too expensive")).intent, Intent::Reject);

    let now = "2026-11-24T12:00:00Z".parse().expect("an instant");
    let moment = Moment { now, zone: TimeZone::UTC };
    let say = [Say::from(StaySay::AskGuests { stay })];
    let answer = render_in(locale, &say, &moment);
    let english = render(&say, Language::of("en"), &moment);
    assert_eq!(answer.len(), 1);
    assert_eq!(answer[0].body, turned(&english[0].body));
    assert_ne!(answer[0].body, english[0].body);

    for (text, code) in
        [("hola, hay lugar en enero?", "es"), ("oi, tem vaga em janeiro?", "pt"), ("any cabin free?", "en")]
    {
        assert_eq!(read(text).language, Language::of(code), "{text}");
    }
}
