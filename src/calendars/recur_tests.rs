//! Expansion of each kind of rule, and its limits.

use super::*;
use jiff::civil::date;
use jiff::tz::TimeZone;

fn expand(rule: &str, start: Date) -> Vec<String> {
    let mut zones = Zones::new(TimeZone::UTC);
    let rule = Rule::parse(rule, &mut zones).expect("a rule we follow");
    let mut budget = Budget { periods: 10_000 };
    let expansion = rule.expand(Moment::Day(start), date(2026, 11, 24), date(2028, 11, 24), &mut budget);
    assert!(!expansion.cut);
    expansion.days.iter().map(Date::to_string).collect()
}

#[test]
fn each_frequency_repeats_at_its_own_pace() {
    let start = date(2027, 1, 1); // a Friday
    assert_eq!(expand("FREQ=DAILY;COUNT=3;INTERVAL=2", start), ["2027-01-01", "2027-01-03", "2027-01-05"]);
    assert_eq!(expand("freq=weekly;count=2", start), ["2027-01-01", "2027-01-08"]);
    assert_eq!(expand("FREQ=MONTHLY;COUNT=3", date(2027, 1, 31)), ["2027-01-31", "2027-03-31", "2027-05-31"]);
    assert_eq!(expand("FREQ=YEARLY;UNTIL=20281231", date(2024, 2, 29)), ["2024-02-29", "2028-02-29"]);
}

#[test]
fn weekly_rules_take_several_days_and_a_week_start() {
    let start = date(1997, 8, 5); // a Tuesday; the example of RFC 5545 3.3.10
    let monday = "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO";
    let sunday = "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU";
    assert_eq!(expand(monday, start), ["1997-08-05", "1997-08-10", "1997-08-19", "1997-08-24"]);
    assert_eq!(expand(sunday, start), ["1997-08-05", "1997-08-17", "1997-08-19", "1997-08-31"]);
}

#[test]
fn monthly_rules_count_weekdays_from_both_ends() {
    let start = date(2027, 1, 1);
    assert_eq!(expand("FREQ=MONTHLY;COUNT=3;BYDAY=1FR", start), ["2027-01-01", "2027-02-05", "2027-03-05"]);
    assert_eq!(
        expand("FREQ=MONTHLY;COUNT=3;BYDAY=-1SU", date(2027, 1, 31)),
        ["2027-01-31", "2027-02-28", "2027-03-28"]
    );
    assert_eq!(
        expand("FREQ=MONTHLY;COUNT=3;BYMONTHDAY=-1", date(2027, 1, 31)),
        ["2027-01-31", "2027-02-28", "2027-03-31"]
    );
    assert_eq!(
        expand("FREQ=YEARLY;COUNT=2;BYMONTH=3;BYDAY=1MO", date(2027, 3, 1)),
        ["2027-03-01", "2028-03-06"]
    );
}

#[test]
fn until_is_the_last_day_that_counts() {
    assert_eq!(expand("FREQ=DAILY;UNTIL=20270103", date(2027, 1, 1)).len(), 3);
    assert_eq!(expand("FREQ=DAILY;UNTIL=20270103T235959Z", date(2027, 1, 1)).len(), 3);
    assert_eq!(expand("FREQ=DAILY;UNTIL=20200103", date(2020, 1, 1)).len(), 3, "the past is shown too");
}

#[test]
fn an_endless_rule_from_long_ago_stays_within_its_bounds() {
    let days = expand("FREQ=WEEKLY", date(1, 1, 5));
    assert!(days.len() < 170, "{}", days.len());
    assert_eq!(days.last().map(String::as_str), Some("2028-11-17"));
}

#[test]
fn bounds_are_reported() {
    let mut zones = Zones::new(TimeZone::UTC);
    let rule = Rule::parse("FREQ=DAILY", &mut zones).expect("a rule we follow");
    let (today, horizon) = (date(2026, 11, 24), date(2028, 11, 24));
    let expansion = rule.expand(Moment::Day(today), today, horizon, &mut Budget { periods: 10_000 });
    assert_eq!((expansion.days.len(), expansion.cut), (OCCURRENCES_MAX, true));
    let expansion = rule.expand(Moment::Day(today), today, horizon, &mut Budget { periods: 5 });
    assert_eq!((expansion.days.len(), expansion.cut), (5, true));
    // A rule that matches no day ends with its budget or with the calendar.
    let never =
        Rule::parse("FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2;INTERVAL=2147483647", &mut zones).expect("a rule");
    never.expand(Moment::Day(today), today, horizon, &mut Budget { periods: 10_000 });
}

#[test]
fn a_year_costs_as_much_as_the_months_looked_at_and_what_is_said_again_is_one() {
    let mut zones = Zones::new(TimeZone::UTC);
    let said = ["2,3,2,3"; 15].join(",");
    let rule =
        Rule::parse(&format!("FREQ=YEARLY;BYMONTH={said};BYMONTHDAY=30,30"), &mut zones).expect("a rule");
    assert_eq!((rule.by_month.as_slice(), rule.by_month_day.as_slice()), (&[2, 3][..], &[30][..]));
    let (start, horizon) = (date(2026, 1, 1), date(2036, 1, 1));
    let mut budget = Budget { periods: 9 };
    let expansion = rule.expand(Moment::Day(start), date(2026, 11, 24), horizon, &mut budget);
    assert_eq!((expansion.days.len(), expansion.cut, budget.periods), (5, true, 1), "itself and four years");
}

#[test]
fn what_we_do_not_follow_is_refused() {
    let mut zones = Zones::new(TimeZone::UTC);
    for value in [
        "FREQ=SECONDLY",
        "FREQ=HOURLY",
        "FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO",
        "",
        "COUNT=2",
        "FREQ",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=WEEKLY;BYDAY=ñ",
        "FREQ=YEARLY;BYDAY=20MO",
        "FREQ=DAILY;UNTIL=manana",
    ] {
        assert!(Rule::parse(value, &mut zones).is_err(), "{value}");
    }
}
