//! A reading as the JSON object of `casero understand`.

use jiff::civil::Date;
use serde::Serialize;

use super::acts::{Act, ActKind, Meaning, Outcome};
use super::reading::{Dates, Guests, Intent, MonthPart, Reading};

/// One message's meaning. Absent values are null.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    pub intent: &'static str,
    /// ISO 639-1; null when the words don't tell.
    pub language: Option<&'static str>,
    /// Code of a question's topic.
    pub topic: Option<&'static str>,
    /// `YYYY-MM-DD`.
    pub check_in: Option<String>,
    /// `YYYY-MM-DD`.
    pub check_out: Option<String>,
    /// Number of people; null when it was a range.
    pub guests: Option<u16>,
    /// Nights given as a number.
    pub nights: Option<u16>,
    /// From 0 to 1.
    pub confidence: f32,
    /// `YYYY-MM`: the month named without a day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub month: Option<String>,
    /// "start", "middle" or "end" of that month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub month_part: Option<&'static str>,
    /// The readings of ambiguous dates.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ambiguous_dates: Vec<PossibleStay>,
    /// "5 o 6 personas": least and most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guests_between: Option<[u16; 2]>,
    /// A date does not exist.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub invalid_dates: bool,
}

/// One reading of ambiguous dates.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PossibleStay {
    /// `YYYY-MM-DD`.
    pub check_in: Option<String>,
    /// `YYYY-MM-DD`.
    pub check_out: Option<String>,
}

/// One act of a message.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActReport {
    pub act: &'static str,
    /// Of a question or a request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<&'static str>,
    /// The stay as a change makes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<ChangeReport>,
    /// The cabin chosen, by its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cabin: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub urgent: bool,
    /// From 0 to 1.
    pub probability: f32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangeReport {
    /// `YYYY-MM-DD`.
    pub check_in: Option<String>,
    /// `YYYY-MM-DD`.
    pub check_out: Option<String>,
    pub guests: Option<u16>,
}

impl ActReport {
    /// The acts of a message.
    pub fn of(meaning: &Meaning) -> Vec<ActReport> {
        meaning.acts.iter().map(|act| ActReport::of_one(act, meaning.outcome)).collect()
    }

    fn of_one(act: &Act, outcome: Outcome) -> ActReport {
        const OTHER: &str = "other";
        let topic = match act.kind {
            ActKind::Question => Some(act.topic.map_or(OTHER, |topic| topic.code())),
            ActKind::Request => Some(act.request.map_or(OTHER, |request| request.code())),
            _ => None,
        };
        let change = (act.kind == ActKind::Change).then(|| ChangeReport::of(outcome));
        ActReport {
            act: act.kind.code(),
            topic,
            change,
            cabin: act.cabin.clone(),
            urgent: act.urgent,
            probability: act.probability,
        }
    }
}

impl ChangeReport {
    pub fn of(outcome: Outcome) -> ChangeReport {
        ChangeReport {
            check_in: outcome.check_in.map(|day| day.to_string()),
            check_out: outcome.check_out.map(|day| day.to_string()),
            guests: outcome.guests,
        }
    }
}

impl Report {
    /// The report of a message in its situation: its intent is the first act, in the older vocabulary.
    pub fn in_situation(meaning: &Meaning) -> Report {
        let ChangeReport { check_in, check_out, guests } = ChangeReport::of(meaning.outcome);
        let acts = &meaning.acts;
        let topic = acts.first().filter(|act| act.kind == ActKind::Question).and_then(|act| act.topic);
        Report {
            intent: meaning.first().intent().code(),
            topic: topic.map(|topic| topic.code()),
            check_in,
            check_out,
            guests,
            confidence: acts.first().map_or(0.0, |act| act.probability),
            ..Report::of(&meaning.reading)
        }
    }

    /// The report of a reading. For ambiguous dates the preferred reading is given, if there is one.
    pub fn of(reading: &Reading) -> Report {
        let iso = |date: Date| date.to_string();
        let (check_in, check_out) = days(&reading.dates);
        let ambiguous_dates = match &reading.dates {
            Dates::Ambiguous(readings) => readings
                .iter()
                .map(|stay| PossibleStay {
                    check_in: stay.check_in.map(iso),
                    check_out: stay.check_out.map(iso),
                })
                .collect(),
            _ => Vec::new(),
        };
        let (guests, guests_between) = match reading.guests {
            Some(Guests::Exactly(n)) => (Some(n), None),
            Some(Guests::Between(low, high)) => (None, Some([low, high])),
            None => (None, None),
        };
        Report {
            intent: reading.intent.code(),
            language: Some(reading.language.code()),
            topic: reading.topic.filter(|_| reading.intent == Intent::Question).map(|topic| topic.code()),
            check_in: check_in.map(iso),
            check_out: check_out.map(iso),
            guests,
            nights: reading.nights,
            confidence: reading.confidence,
            month: reading.month.map(|said| said.first.strftime("%Y-%m").to_string()),
            month_part: reading.month.and_then(|said| said.part).map(MonthPart::code),
            ambiguous_dates,
            guests_between,
            invalid_dates: reading.dates == Dates::Invalid,
        }
    }
}

/// Arrival and departure of a reading; the common parts when it is ambiguous.
fn days(dates: &Dates) -> (Option<Date>, Option<Date>) {
    match dates {
        Dates::None | Dates::Invalid => (None, None),
        Dates::Arrival(day) => (Some(*day), None),
        Dates::Departure(day) => (None, Some(*day)),
        Dates::Stay(stay) => (Some(stay.check_in), Some(stay.check_out)),
        Dates::Ambiguous(readings) => match readings.iter().find(|reading| reading.preferred) {
            Some(preferred) => (preferred.check_in, preferred.check_out),
            None => {
                let shared = |day: fn(&super::DateReading) -> Option<Date>| {
                    let first = readings.first().and_then(day);
                    first.filter(|_| readings.iter().all(|reading| day(reading) == first))
                };
                (shared(|reading| reading.check_in), shared(|reading| reading.check_out))
            }
        },
    }
}
