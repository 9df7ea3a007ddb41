//! Refunds due on cancelling a stay.

use super::money::{Money, Percent};
use super::policy::Moment;
use super::settings::Settings;
use super::stay::Stay;
use jiff::{SignedDuration, Timestamp};

/// Days after booking at a distance during which a consumer may withdraw for no reason and at no cost
/// (Ley 24.240, art. 34; CCyC 1110).
pub const WITHDRAWAL_DAYS: i64 = 10;
/// The right ends this many hours before a stay with a fixed date begins (Disposición 954/2025).
pub const WITHDRAWAL_HOURS_BEFORE: i64 = 24;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// The consumer's right of withdrawal: all of it.
    Withdrawal,
    /// Cancelled in time by the property's policy.
    InTime,
    /// Cancelled late by the property's policy.
    Late,
}

/// Whether the consumer's right of withdrawal still runs.
pub fn may_withdraw(booked_at: Timestamp, stay: Stay, settings: &Settings, moment: &Moment) -> bool {
    let within = moment.now.duration_since(booked_at) <= SignedDuration::from_hours(24 * WITHDRAWAL_DAYS);
    let begins = stay.check_in().to_datetime(settings.check_in_time).to_zoned_datetime(moment.zone.clone());
    let in_time = begins.is_ok_and(|begins| {
        begins.timestamp().duration_since(moment.now) >= SignedDuration::from_hours(WITHDRAWAL_HOURS_BEFORE)
    });
    within && in_time
}

/// The part of `paid` to refund if the stay is cancelled at this moment, and the ground.
pub fn due(
    paid: Money,
    booked_at: Timestamp,
    stay: Stay,
    settings: &Settings,
    moment: &Moment,
) -> (Money, Ground) {
    if may_withdraw(booked_at, stay, settings, moment) {
        return (paid, Ground::Withdrawal);
    }
    let days_left = (stay.check_in() - moment.today()).get_days();
    let policy = settings.cancellation;
    let part = |percent: Percent| paid.split(percent).0;
    if days_left >= i32::from(policy.free_until_days) {
        (part(policy.refund_percent), Ground::InTime)
    } else {
        (part(policy.late_refund_percent), Ground::Late)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;
    use jiff::{civil::date, tz::TimeZone};

    fn moment(at: &str) -> Moment {
        Moment {
            now: at.parse().expect("an instant"),
            zone: TimeZone::get("America/Argentina/Buenos_Aires").expect("bundled"),
        }
    }

    fn stay() -> Stay {
        Stay::new(date(2027, 1, 15), date(2027, 1, 18)).expect("valid")
    }

    #[test]
    fn within_ten_days_of_booking_everything_goes_back() {
        let booked = "2027-01-10T12:00:00Z".parse().expect("an instant");
        let paid = Money::new(100_00, Currency::Ars);
        let (back, ground) = due(paid, booked, stay(), &Settings::default(), &moment("2027-01-12T12:00:00Z"));
        assert_eq!((back, ground), (paid, Ground::Withdrawal));
    }

    #[test]
    fn the_right_to_withdraw_ends_a_day_before_the_stay() {
        let booked = "2027-01-10T12:00:00Z".parse().expect("an instant");
        let paid = Money::new(100_00, Currency::Ars);
        let (back, ground) = due(paid, booked, stay(), &Settings::default(), &moment("2027-01-14T18:00:00Z"));
        assert_eq!((back.minor, ground), (0, Ground::Late));
    }

    #[test]
    fn later_the_policy_of_casero_decides() {
        let booked = "2026-11-01T12:00:00Z".parse().expect("an instant");
        let paid = Money::new(100_00, Currency::Ars);
        let at =
            |day: &str| due(paid, booked, stay(), &Settings::default(), &moment(&format!("{day}T12:00:00Z")));
        assert_eq!(at("2027-01-08"), (paid, Ground::InTime));
        assert_eq!(at("2027-01-09").1, Ground::Late);
    }
}
