//! Hours in which the owner is not disturbed by what can wait, and when a guest may expect an answer.

use super::policy::Moment;
use super::settings::Settings;
use jiff::civil::Time;
use jiff::{Timestamp, ToSpan};

/// When the quiet hours end, if it is quiet at this instant.
pub fn end_of_quiet(settings: &Settings, moment: &Moment) -> Option<Timestamp> {
    let local = moment.zone.to_datetime(moment.now);
    let (from, until) = (settings.quiet_hours_from, settings.quiet_hours_until);
    if !is_within(local.time(), from, until) {
        return None;
    }
    let days = if local.time() < until { 0 } else { 1 };
    let day = local.date().checked_add(i64::from(days).days()).ok()?;
    moment.zone.to_timestamp(day.to_datetime(until)).ok()
}

/// By when a guest may expect an answer of a person: the owner's usual time to answer, counted in hours that are not
/// quiet.
pub fn answer_by(settings: &Settings, moment: &Moment) -> Timestamp {
    let after = |start: Timestamp| start + settings.answer_time();
    let by = after(end_of_quiet(settings, moment).unwrap_or(moment.now));
    let then = Moment { now: by, zone: moment.zone.clone() };
    end_of_quiet(settings, &then).map_or(by, after)
}

/// Whether an hour lies between two, which may be of two days; equal ones have nothing between them.
fn is_within(hour: Time, from: Time, until: Time) -> bool {
    if from <= until { from <= hour && hour < until } else { from <= hour || hour < until }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::time;
    use jiff::tz::TimeZone;

    #[test]
    fn quiet_hours_may_go_over_midnight_and_may_be_none() {
        let (ten, eight) = (time(22, 0, 0, 0), time(8, 0, 0, 0));
        for (hour, quiet) in [(21, false), (22, true), (3, true), (8, false)] {
            assert_eq!(is_within(time(hour, 0, 0, 0), ten, eight), quiet, "{hour}");
        }
        assert!(!is_within(time(12, 0, 0, 0), eight, eight));
        assert!(is_within(time(14, 0, 0, 0), time(13, 0, 0, 0), time(16, 0, 0, 0)));
    }

    #[test]
    fn an_answer_is_expected_outside_the_quiet_hours() {
        let settings = Settings { answer_minutes: 120, ..Settings::default() };
        let by = |now: &str| {
            let moment = Moment { now: now.parse().unwrap(), zone: TimeZone::UTC };
            answer_by(&settings, &moment).to_string()
        };
        assert_eq!(by("2026-11-24T10:00:00Z"), "2026-11-24T12:00:00Z");
        assert_eq!(by("2026-11-24T21:00:00Z"), "2026-11-25T10:00:00Z");
        assert_eq!(by("2026-11-24T23:30:00Z"), "2026-11-25T10:00:00Z");
        assert_eq!(by("2026-11-25T03:00:00Z"), "2026-11-25T10:00:00Z");
    }
}
