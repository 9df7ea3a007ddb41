//! Labelled messages of guests, as they are written in `tests/data/understanding/acts`: a line each, with tabs between
//! id, language, stage, what was asked, acts, cabins offered and text; `-` is nothing.
//!
//! An act is `kind`, `question:topic`, `request:topic` or `choose:Cabin`, with `!` behind it when it is urgent; acts are
//! joined by `+`, the most important first.

use super::in_hand::InHand;
use super::kinds::ActKind;
use crate::domain::request::RequestKind;
use crate::domain::stay::Stay;
use crate::understanding::context::{Context, Expecting, Source};
use crate::understanding::holidays::HolidayCalendar;
use crate::understanding::reading::Topic;
use crate::understanding::situation::{Situation, Stage};
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// The topic of a question that no topic names.
const OTHER: &str = "other";

#[derive(Debug, Clone, PartialEq)]
pub struct Labelled {
    pub id: String,
    /// `es`, `pt`, `en`, or `mix`.
    pub language: String,
    pub stage: Stage,
    pub asked: Option<Expecting>,
    pub acts: Vec<Label>,
    pub offered: Vec<String>,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub kind: ActKind,
    /// Of a question, where it says.
    pub topic: Option<Topic>,
    pub request: Option<RequestKind>,
    /// Of a choice.
    pub cabin: Option<String>,
    pub urgent: bool,
}

/// The day on which labelled messages are read.
const TODAY: Date = date(2026, 11, 29);

impl Labelled {
    /// The message's situation, with a stay such as it needs.
    pub fn situation<'a>(&'a self, calendar: &'a HolidayCalendar) -> (Context<'a>, InHand<'a>) {
        let day = |days: i64| TODAY.checked_add(days.days()).unwrap_or(TODAY);
        let stay = match self.stage {
            Stage::None => None,
            Stage::Quoted | Stage::Held | Stage::Confirmed => Stay::new(day(40), day(43)).ok(),
            Stage::InHouse => Stay::new(day(-2), day(2)).ok(),
            Stage::Left => Stay::new(day(-4), day(-1)).ok(),
        };
        let paid = matches!(self.stage, Stage::Confirmed | Stage::InHouse | Stage::Left);
        let situation = Situation { stage: self.stage, stay, paid };
        let context = Context {
            today: TODAY,
            language_hint: None,
            source: Source::Text,
            calendar,
            expecting: self.asked,
        };
        (
            context,
            InHand {
                situation,
                arrival: stay.map(Stay::check_in),
                guests: stay.map(|_| 4),
                offered: &self.offered,
                cabins: &self.offered,
            },
        )
    }
}

/// Reads a file; the error names the line.
pub fn read(file: &str, text: &str) -> Result<Vec<Labelled>, String> {
    let lines =
        text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    lines.map(|(at, line)| labelled(line).map_err(|why| format!("{file}:{}: {why}", at + 1))).collect()
}

fn labelled(line: &str) -> Result<Labelled, String> {
    let fields: Vec<&str> = line.splitn(7, '\t').collect();
    let [id, language, stage, asked, acts, offered, text] = fields[..] else {
        return Err(format!("{} fields where 7 belong", fields.len()));
    };
    let said = |field: &str| (field != "-").then(|| field.to_owned());
    Ok(Labelled {
        id: id.to_owned(),
        language: language.to_owned(),
        stage: stage.parse().map_err(|_| format!("{stage:?} is no stage"))?,
        asked: said(asked)
            .map(|asked| asked.parse().map_err(|_| format!("{asked:?} is nothing asked")))
            .transpose()?,
        acts: acts.split('+').map(label).collect::<Result<_, _>>()?,
        offered: said(offered)
            .map_or_else(Vec::new, |names| names.split(',').map(|name| name.trim().to_owned()).collect()),
        text: text.to_owned(),
    })
}

fn label(written: &str) -> Result<Label, String> {
    let (written, urgent) = match written.strip_suffix('!') {
        Some(written) => (written, true),
        None => (written, false),
    };
    let (kind, of) = written.split_once(':').map_or((written, None), |(kind, of)| (kind, Some(of)));
    let kind: ActKind = kind.parse().map_err(|_| format!("{kind:?} is no act"))?;
    let mut label = Label { kind, topic: None, request: None, cabin: None, urgent };
    match (kind, of) {
        (ActKind::Question, Some(OTHER)) => {}
        (ActKind::Question, Some(topic)) => {
            label.topic = Some(topic.parse().map_err(|_| format!("{topic:?} is no topic"))?);
        }
        (ActKind::Request, Some(topic)) => {
            label.request = Some(topic.parse().map_err(|_| format!("{topic:?} is no kind of request"))?);
        }
        (ActKind::Request, None) => label.request = Some(RequestKind::Other),
        (ActKind::Choose, cabin) => label.cabin = cabin.map(str::to_owned),
        (_, Some(of)) => return Err(format!("{of:?} belongs to a question, a request or a choice")),
        (_, None) => {}
    }
    Ok(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_who_wrote_what_and_what_it_means() {
        let line = "x\tes\tquoted\tcabin\tquestion:pets+choose:Lenga\tLenga,Ñire\ty la lenga acepta perrito?";
        let read = read("a.tsv", line).unwrap().remove(0);
        assert_eq!((read.stage, read.asked), (Stage::Quoted, Some(Expecting::CabinChoice)));
        assert_eq!(read.offered, ["Lenga", "Ñire"]);
        let said: Vec<_> = read.acts.iter().map(|act| (act.kind, act.topic, act.cabin.as_deref())).collect();
        let expected = [(ActKind::Question, Some(Topic::Pets), None), (ActKind::Choose, None, Some("Lenga"))];
        assert_eq!(said, expected);
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        let wrong = |line: &str| read("a.tsv", line).unwrap_err();
        assert_eq!(wrong("x\tes\tquoted"), "a.tsv:1: 3 fields where 7 belong");
        assert_eq!(wrong("x\tes\tnone\t-\tgreet\t-\thola"), "a.tsv:1: \"greet\" is no act");
        assert_eq!(wrong("x\tes\tnone\t-\tquestion:dogs\t-\thola"), "a.tsv:1: \"dogs\" is no topic");
    }
}
