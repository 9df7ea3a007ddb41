//! The report of a property over months: occupancy, revenue, channels, cabins and lead times. Everything follows
//! from the reservations, each night at its sold price.

use super::ids::CabinId;
use super::occupancy::{Occupancy, Sold, is_sold};
use super::policy::Moment;
use super::reservation::Reservation;
use super::stay::Stay;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Upper bounds in days of the groups of lead times, the last one open.
pub const LEAD_DAYS: [i64; 5] = [2, 7, 30, 90, i64::MAX];

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Each month in order.
    pub months: Vec<Month>,
    pub whole: Occupancy,
    pub cabins: BTreeMap<CabinId, Sold>,
    /// Bookings by how many days before arrival they were made: up to 2, 7, 30, 90, and more.
    pub lead: [u64; LEAD_DAYS.len()],
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    pub first: Date,
    pub occupancy: Occupancy,
}

impl Report {
    /// The report of `months` months from the first day of one, for a property of `cabins` cabins, from every
    /// reservation that may touch them.
    pub fn of(first: Date, months: u8, cabins: usize, stays: &[Reservation], moment: &Moment) -> Report {
        let begins = (0..=i64::from(months)).map(|month| first.saturating_add(month.months()));
        let begins: Vec<Date> = begins.collect();
        let mut report = Report::default();
        for month in begins.windows(2) {
            let Ok(range) = Stay::new(month[0], month[1]) else { continue };
            let occupancy = Occupancy::of(range, cabins, stays);
            report.whole.add(&occupancy);
            report.months.push(Month { first: month[0], occupancy });
        }
        let (from, to) = (first, begins[begins.len() - 1]);
        for stay in stays.iter().filter(|stay| is_sold(stay.status)) {
            for (_, price) in stay.quote.nights().filter(|(night, _)| from <= night.date && night.date < to) {
                let sold = report.cabins.entry(stay.cabin_id).or_default();
                sold.nights += 1;
                sold.revenue_minor += price.minor;
            }
            let arrival = stay.stay.check_in();
            if from <= arrival && arrival < to {
                let booked = moment.zone.to_datetime(stay.created_at).date();
                let days = i64::from((arrival - booked).get_days());
                let group = LEAD_DAYS.iter().position(|end| days <= *end).unwrap_or(LEAD_DAYS.len() - 1);
                report.lead[group] += 1;
            }
        }
        report
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{GuestId, ReservationCode, ReservationId};
    use crate::domain::money::Percent;
    use crate::domain::money::{Currency, Money};
    use crate::domain::party::Party;
    use crate::domain::pricing::{LineKind, PricedNight, Quote, QuoteLine};
    use crate::domain::reservation::Status;
    use jiff::Timestamp;
    use jiff::civil::date;
    use jiff::tz::TimeZone;

    #[test]
    fn a_stay_over_two_months_counts_in_both_and_its_lead_once() {
        let stay = Stay::new(date(2027, 1, 30), date(2027, 2, 2)).unwrap();
        let night = Money::new(100, Currency::Ars);
        let line = |date| QuoteLine::night(PricedNight { date, season: None, weekend: false }, night);
        let fee = QuoteLine::charge(LineKind::Cleaning, "", night);
        let lines = stay.each_night().map(line).chain([fee]).collect();
        let booked = Reservation {
            id: ReservationId(1),
            code: ReservationCode::from_random([0; 6]),
            cabin_id: CabinId(3),
            guest_id: GuestId(1),
            status: Status::Confirmed,
            stay,
            party: Party::of_adults(2),
            channel: crate::domain::channel::KnownChannel::Web.into(),
            quote: Quote::new(lines, Percent::new(30).unwrap()).unwrap(),
            terms: Default::default(),
            expires_at: None,
            cancel_reason: None,
            version: 1,
            created_at: "2027-01-20T12:00:00Z".parse().unwrap(),
        };
        let moment = Moment { now: Timestamp::UNIX_EPOCH, zone: TimeZone::UTC };
        let report = Report::of(date(2027, 1, 1), 2, 1, &[booked], &moment);
        let nights: Vec<i64> = report.months.iter().map(|month| month.occupancy.nights_sold).collect();
        assert_eq!(nights, [2, 1]);
        assert_eq!(report.whole.nights_available, 59);
        assert_eq!(report.cabins[&CabinId(3)], Sold { nights: 3, revenue_minor: 300 });
        assert_eq!(report.lead, [0, 0, 1, 0, 0]);
    }
}
