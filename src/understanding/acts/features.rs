//! The features of a message: its words, their neighbours and pieces, what the rules found in it, and the situation
//! in which it was written. Each is a hash, so that none needs a list.

use super::cabins::NAME_MARK;
use super::in_hand::InHand;
use crate::understanding::analysis::Analysis;
use crate::understanding::concern::Concern;
use crate::understanding::context::Expecting;
use crate::understanding::folding::without_accents;
use crate::understanding::lexicon::{Entry, lexicon};
use crate::understanding::reading::Dates;
use crate::understanding::situation::Stage;
use crate::understanding::terms::{Term, TermSet};

/// Letters of a piece of the text; pieces run over the ends of words.
const PIECES: std::ops::RangeInclusive<usize> = 3..=5;
/// Letters read for pieces; more tell nothing new.
const PIECES_MAX: usize = 240;
/// Words read of a message.
const WORDS_MAX: usize = 80;
/// Digits of a number that is no day, price or number of people: a telephone, a tax number.
const LONG_NUMBER: usize = 6;

/// What features are taken from.
pub(super) struct Message<'a> {
    /// Without the names of cabins.
    pub(super) text: &'a str,
    pub(super) analysis: &'a Analysis,
    pub(super) in_hand: &'a InHand<'a>,
    pub(super) asked: Option<Expecting>,
    /// Cabins named that were offered.
    pub(super) named_offered: usize,
    /// Cabins named at all.
    pub(super) named: usize,
    /// What a person must hear of in it.
    pub(super) concern: Option<Concern>,
}

impl Message<'_> {
    /// Calls `add` with the parts of each feature; one may come twice.
    pub(super) fn each_feature(&self, add: &mut dyn FnMut(&[&str])) {
        let words = words(self.text, self.analysis.reading.language);
        self.of_words(&words, add);
        of_pieces(&words, add);
        self.of_rules(words.len(), add);
        self.of_situation(add);
    }

    fn of_words(&self, words: &[String], add: &mut dyn FnMut(&[&str])) {
        let (phase, asked) = (self.phase(), asked_code(self.asked));
        for word in words {
            add(&["w", word]);
            add(&["wp", word, phase]);
            if self.asked.is_some() {
                add(&["wa", word, asked]);
            }
        }
        let bounded: Vec<&str> =
            ["^"].into_iter().chain(words.iter().map(String::as_str)).chain(["$"]).collect();
        bounded.windows(2).for_each(|two| add(&["n", two[0], two[1]]));
        bounded.windows(3).for_each(|three| {
            add(&["s", three[0], three[2]]);
            add(&["t", three[0], three[1], three[2]]);
        });
        words.iter().take(3).for_each(|word| add(&["f", word]));
    }

    /// What the rules found. Terms hold across languages.
    fn of_rules(&self, words: usize, add: &mut dyn FnMut(&[&str])) {
        let Analysis { tokens, reading, people, .. } = self.analysis;
        let (phase, asked) = (self.phase(), asked_code(self.asked));
        let list: Vec<Vec<&'static str>> = tokens.list.iter().map(|token| terms(token.terms)).collect();
        for term in list.iter().flatten() {
            add(&["T", term]);
            add(&["Tp", term, phase]);
        }
        for two in list.windows(2) {
            two[0].iter().for_each(|a| two[1].iter().for_each(|b| add(&["TT", a, b])));
        }
        let intent = reading.intent.code();
        add(&["I", intent]);
        add(&["Ip", intent, phase]);
        add(&["Ia", intent, asked]);
        add(&["It", intent, reading.topic.map_or("-", |topic| topic.code())]);
        let dates = match reading.dates {
            Dates::None => "none",
            Dates::Arrival(_) => "arrival",
            Dates::Departure(_) => "departure",
            Dates::Stay(_) => "stay",
            Dates::Ambiguous(_) => "ambiguous",
            Dates::Invalid => "invalid",
        };
        add(&["D", dates]);
        add(&["Dp", dates, phase]);
        let facts = [
            ("people", people.is_some()),
            ("nights", reading.nights.is_some()),
            ("month", reading.month.is_some()),
            ("undecided", reading.undecided),
            ("asks", reading.asks),
            ("marked", tokens.asked),
            ("amount", reading.amount.is_some()),
            ("name", reading.name.is_some()),
            ("email", reading.email.is_some()),
            ("ordinal", reading.cabin_ordinal.is_some()),
            ("offered", self.named_offered > 0),
            ("named", self.named > 0),
            ("several", self.named_offered > 1),
        ];
        for (fact, _) in facts.iter().filter(|(_, is)| *is) {
            add(&["F", fact]);
            add(&["Fp", fact, phase]);
            add(&["Fa", fact, asked]);
        }
        let concern = self.concern;
        let matter = concern.map_or("none", |concern| concern.matter.into());
        let urgent = if concern.is_some_and(|concern| concern.urgency.is_urgent()) { "urgent" } else { "" };
        add(&["C", matter, urgent]);
        add(&["Cp", matter, urgent, phase]);
        let length = ["0", "1", "2", "3", "4-5", "4-5", "6-8", "6-8", "6-8", "9-14"];
        let length = length.get(words).unwrap_or(if words < 15 { &"9-14" } else { &"15" });
        add(&["L", length]);
        add(&["Lp", length, phase]);
        add(&["La", length, asked]);
    }

    fn of_situation(&self, add: &mut dyn FnMut(&[&str])) {
        let stage: &str = self.in_hand.situation.stage.into();
        let asked = asked_code(self.asked);
        let offered = ["0", "1"].get(self.in_hand.offered.len()).unwrap_or(&"2");
        add(&["S"]);
        add(&["S", stage]);
        add(&["A", asked]);
        add(&["SA", stage, asked]);
        add(&["SO", stage, offered]);
    }

    /// Before an offer, with one, with a booking to come, and at the place or after it.
    fn phase(&self) -> &'static str {
        match self.in_hand.situation.stage {
            Stage::None => "none",
            Stage::Quoted => "offer",
            Stage::Held | Stage::Confirmed => "booked",
            Stage::InHouse | Stage::Left => "stay",
        }
    }
}

fn of_pieces(words: &[String], add: &mut dyn FnMut(&[&str])) {
    let mut text = String::from("_");
    for word in words {
        text.push_str(word);
        text.push('_');
    }
    let ends: Vec<usize> =
        text.char_indices().map(|(at, _)| at).take(PIECES_MAX).chain([text.len()]).collect();
    for length in PIECES {
        ends.windows(length + 1).for_each(|ends| add(&["p", &text[ends[0]..ends[length]]]));
    }
}

fn terms(set: TermSet) -> Vec<&'static str> {
    set.each().map(Term::into).collect()
}

fn asked_code(asked: Option<Expecting>) -> &'static str {
    asked.map_or("-", |asked| asked.into())
}

/// The words of a message in plain letters and full spelling; names, days, months, numbers and addresses as what
/// they are.
fn words(text: &str, language: crate::domain::language::Language) -> Vec<String> {
    let place = lexicon().place(language);
    let mut words: Vec<String> = Vec::new();
    for chunk in text.split_whitespace() {
        if chunk == NAME_MARK {
            words.push("{cabin}".to_owned());
        } else if chunk.contains('@') {
            words.push("{email}".to_owned());
        } else if chunk.starts_with("http") || chunk.starts_with("www.") {
            words.push("{link}".to_owned());
        } else {
            parts(&without_accents(chunk), place, &mut words);
        }
        if words.len() > WORDS_MAX {
            break;
        }
    }
    words
}

fn parts(chunk: &str, place: usize, words: &mut Vec<String>) {
    let kind = |c: char| (c.is_alphabetic(), c.is_ascii_digit());
    let mut rest = chunk;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_alphanumeric() {
            rest.find(|other| kind(other) != kind(first)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (part, after) = rest.split_at(length);
        rest = after;
        let word = if first.is_ascii_digit() {
            let long = if part.len() >= LONG_NUMBER { "{digits}" } else { "{number}" };
            long.to_owned()
        } else if first.is_alphabetic() {
            slot(&once(part), place)
        } else if matches!(first, '?' | '%' | '$' | '+') || !first.is_ascii() && !matches!(first, '¿' | '¡')
        {
            part.to_owned()
        } else {
            continue;
        };
        let again = word.starts_with(['{', '?']) && words.last() == Some(&word);
        if !again {
            words.push(word);
        }
    }
}

/// A letter that is drawn out counts once.
fn once(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut kept = String::with_capacity(word.len());
    for (at, letter) in letters.iter().enumerate() {
        let run = letters[at..].iter().take_while(|other| *other == letter).count();
        let before = letters[..at].iter().rev().take_while(|other| *other == letter).count();
        if before == 0 || run + before < 3 {
            kept.push(*letter);
        }
    }
    kept
}

/// A word written out, or what it counts or names.
fn slot(word: &str, place: usize) -> String {
    let Some(entry) = lexicon().exact(word) else { return word.to_owned() };
    let meaning = own_meaning(entry, place);
    if let Some(written) = &meaning.written {
        return written.clone();
    }
    if meaning.weekday > 0 && meaning.ordinal.is_none() {
        "{day}".to_owned()
    } else if meaning.month > 0 && word.len() > 3 {
        "{month}".to_owned()
    } else if meaning.number.is_some_and(|number| number > 1) {
        "{number}".to_owned()
    } else {
        word.to_owned()
    }
}

fn own_meaning(entry: &Entry, place: usize) -> &crate::understanding::lexicon::Meaning {
    let own = &entry.meanings[place];
    if own.known { own } else { entry.meanings.iter().find(|meaning| meaning.known).unwrap_or(own) }
}
