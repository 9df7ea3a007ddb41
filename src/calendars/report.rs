//! The report of `casero feed FILE`: the importer's reading of a calendar as plain data.

use super::event::{Feed, ReadOptions};
use super::read::read;
use jiff::civil::Date;
use serde::Serialize;

/// A feed, ready to be printed as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeedReport {
    /// Whether the calendar may be believed.
    pub complete: bool,
    /// Events with nights, by start. A recurring event is listed once per occurrence, since each holds nights of
    /// its own.
    pub events: Vec<EventReport>,
    /// Every night held, each once, in order, up to the importer's horizon.
    pub nights: Vec<Date>,
    /// The problems, in plain words.
    pub problems: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EventReport {
    /// The channel's id, empty when there is none.
    pub uid: String,
    pub start: Date,
    /// The first free night after it.
    pub end: Date,
    pub summary: String,
    /// Name of the [`Kind`](super::Kind).
    pub kind: &'static str,
}

/// Reads a file as the importer does and reports on it.
pub fn report(bytes: &[u8], options: &ReadOptions) -> FeedReport {
    let Feed { complete, events, nights, problems } = read(bytes, options);
    FeedReport {
        complete,
        nights: nights.iter().collect(),
        problems: problems.iter().map(|problem| problem.what.to_string()).collect(),
        events: events
            .into_iter()
            .map(|event| EventReport {
                uid: event.uid,
                start: event.start,
                end: event.end,
                summary: event.summary,
                kind: event.kind.as_str(),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use jiff::tz::TimeZone;

    #[test]
    fn the_report_is_the_contract_s_json() {
        let text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a@x\r\nDTSTART:20270101\r\nDTEND:20270103\r\n\
                    SUMMARY:Reserved\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        let options = ReadOptions::new(TimeZone::UTC, date(2026, 11, 24));
        let json = serde_json::to_string(&report(text.as_bytes(), &options)).expect("plain data");
        assert_eq!(
            json,
            r#"{"complete":true,"events":[{"uid":"a@x","start":"2027-01-01","end":"2027-01-03","summary":"Reserved","kind":"booked"}],"nights":["2027-01-01","2027-01-02"],"problems":[]}"#
        );
        let json = serde_json::to_string(&report(b"", &options)).expect("plain data");
        assert_eq!(json, r#"{"complete":false,"events":[],"nights":[],"problems":["the answer is empty"]}"#);
    }
}
