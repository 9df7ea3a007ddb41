//! Expansion of each kind of rule, with the answers that python-dateutil gives, and its limits.

use super::*;
use jiff::civil::date;

fn start(value: &str) -> Moment {
    parse_moment(value, None, &mut Zones::new(TimeZone::UTC)).expect("a start")
}

fn expansion(rule: &str, start: &Moment, occurrences: u32) -> Expansion {
    let mut zones = Zones::new(TimeZone::UTC);
    let rule = Rule::parse(rule, &mut zones).unwrap_or_else(|why| panic!("{rule}: {why}"));
    let places = Places { local: &TimeZone::UTC, of_calendar: None };
    let days = (date(2026, 11, 24), date(2028, 11, 24));
    rule.expand(start, &places, days, &mut Budget { occurrences }).expect("a rule that can be followed")
}

fn expand(rule: &str, first: &str) -> Vec<String> {
    let expansion = expansion(rule, &start(first), 10_000);
    assert!(!expansion.cut);
    expansion.starts.iter().map(|start| start.date().to_string()).collect()
}

/// Rule, first day, and the days that dateutil 2.9 gives.
const DATEUTIL: &str = include_str!("../../tests/data/calendars/recurrences.tsv");

#[test]
fn rules_give_the_days_that_dateutil_gives() {
    let rows: Vec<&str> = DATEUTIL.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(300 <= rows.len());
    for row in rows {
        let mut columns = row.split('\t');
        let (rule, first, days) = (columns.next(), columns.next(), columns.next());
        let (rule, first) = (rule.expect("a rule"), first.expect("a first day"));
        let days: Vec<&str> = days.unwrap_or_default().split_whitespace().collect();
        let mut found = expand(rule, first);
        found.dedup();
        assert_eq!(found, days, "{rule} from {first}");
    }
}

#[test]
fn until_is_the_last_day_that_counts() {
    assert_eq!(expand("FREQ=DAILY;UNTIL=20270103", "20270101").len(), 3);
    assert_eq!(expand("FREQ=DAILY;UNTIL=20270103T000000Z", "20270101").len(), 3, "as Outlook writes it");
    assert_eq!(expand("FREQ=DAILY;UNTIL=20270103T235959Z", "20270101").len(), 3);
    assert_eq!(expand("FREQ=DAILY;UNTIL=20270103", "20270101T150000").len(), 3);
    assert_eq!(expand("FREQ=DAILY;UNTIL=20270103T100000Z", "20270101T150000Z").len(), 2);
    assert_eq!(expand("FREQ=DAILY;UNTIL=20200103", "20200101").len(), 3, "the past is shown too");
    assert!(expand("FREQ=DAILY;UNTIL=20200103", "20270101").is_empty());
}

#[test]
fn an_endless_rule_from_long_ago_keeps_its_pace() {
    let days = expand("FREQ=WEEKLY", "00010105");
    assert!(days.len() < 170, "{}", days.len());
    assert_eq!(days.last().map(String::as_str), Some("2028-11-17"));
    assert_eq!(
        expand("FREQ=DAILY;INTERVAL=3", "19900101").last(),
        expand("FREQ=DAILY;INTERVAL=3", "20260101").last()
    );
    assert_eq!(expand("FREQ=DAILY", "20150105").last().map(String::as_str), Some("2028-11-23"));
    assert_eq!(
        expand("FREQ=MONTHLY;BYMONTHDAY=-1", "19700131").last().map(String::as_str),
        Some("2028-10-31")
    );
}

#[test]
fn work_is_bounded_and_a_cut_is_told() {
    let first = start("20261124");
    let cut = expansion("FREQ=DAILY", &first, 5);
    assert_eq!((cut.starts.len(), cut.cut), (5, true));
    assert!(expansion("FREQ=SECONDLY", &first, 1_000).cut);
    assert!(expansion("FREQ=SECONDLY;COUNT=999999999", &start("00010101"), 1_000).cut);
    // A rule that matches no day ends by itself.
    assert_eq!(expansion("FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2", &first, 1_000).starts.len(), 0);
    assert_eq!(
        expansion("FREQ=YEARLY;BYMONTHDAY=30;BYMONTH=2;INTERVAL=65535", &first, 1_000).starts.len(),
        0
    );
}

#[test]
fn what_can_not_be_read_is_refused() {
    let mut zones = Zones::new(TimeZone::UTC);
    for value in [
        "",
        "COUNT=2",
        "FREQ",
        "FREQ=FORTNIGHTLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=WEEKLY;BYDAY=ñ",
        "FREQ=DAILY;UNTIL=manana",
        "FREQ=DAILY;INTERVAL=2147483647",
        "FREQ=DAILY;RSCALE=CHINESE",
    ] {
        assert!(Rule::parse(value, &mut zones).is_err(), "{value}");
    }
}
