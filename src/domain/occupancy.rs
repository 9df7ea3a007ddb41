//! Occupancy and revenue of a property.

use super::channel::Channel;
use super::pricing::LineKind;
use super::reservation::{Reservation, Status};
use super::stay::Stay;
use std::collections::BTreeMap;

/// Occupancy and revenue in a range of nights. Money is in minor units of the property's currency.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Occupancy {
    /// Sellable nights: cabins times nights of the range.
    pub nights_available: i64,
    pub nights_sold: i64,
    pub revenue_minor: i64,
    pub channels: BTreeMap<Channel, Sold>,
    /// Revenue by what it was charged for, in minor units: nights by their dates, all else with the arrival.
    pub kinds: BTreeMap<LineKind, i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sold {
    pub nights: i64,
    /// Minor units.
    pub revenue_minor: i64,
}

impl Occupancy {
    /// The occupancy of `cabins` cabins in `range`, from every reservation that may touch it. Each night counts at
    /// its sold price; a no-show earns nothing here.
    pub fn of(range: Stay, cabins: usize, reservations: &[Reservation]) -> Occupancy {
        let cabins = i64::try_from(cabins).unwrap_or(i64::MAX);
        let mut sum = Occupancy {
            nights_available: cabins.saturating_mul(i64::from(range.nights())),
            ..Occupancy::default()
        };
        for reservation in reservations.iter().filter(|reservation| is_sold(reservation.status)) {
            for (night, price) in reservation.quote.nights() {
                if night.date < range.check_in() || range.check_out() <= night.date {
                    continue;
                }
                sum.nights_sold += 1;
                sum.revenue_minor += price.minor;
                let channel = sum.channels.entry(reservation.channel.clone()).or_default();
                channel.nights += 1;
                channel.revenue_minor += price.minor;
                *sum.kinds.entry(LineKind::Night).or_default() += price.minor;
            }
            let arrival = reservation.stay.check_in();
            if range.check_in() <= arrival && arrival < range.check_out() {
                for line in reservation.quote.lines.iter().filter(|line| line.night.is_none()) {
                    *sum.kinds.entry(line.kind).or_default() += line.amount.minor;
                }
            }
        }
        sum
    }

    /// Adds another range's numbers to these.
    pub fn add(&mut self, other: &Occupancy) {
        self.nights_available += other.nights_available;
        self.nights_sold += other.nights_sold;
        self.revenue_minor += other.revenue_minor;
        for (channel, sold) in &other.channels {
            let sum = self.channels.entry(channel.clone()).or_default();
            sum.nights += sold.nights;
            sum.revenue_minor += sold.revenue_minor;
        }
        for (kind, minor) in &other.kinds {
            *self.kinds.entry(*kind).or_default() += minor;
        }
    }

    /// Nights sold of those available, in ten-thousandths.
    pub fn basis_points(&self) -> i64 {
        ratio(self.nights_sold.saturating_mul(10_000), self.nights_available)
    }

    /// Average revenue of a sold night (ADR), rounded half up to the minor unit.
    pub fn average_rate_minor(&self) -> i64 {
        ratio(self.revenue_minor, self.nights_sold)
    }

    /// Average revenue of an available night (RevPAR), rounded half up to the minor unit.
    pub fn revenue_per_available_minor(&self) -> i64 {
        ratio(self.revenue_minor, self.nights_available)
    }
}

/// Whether a stay of this state counts as sold.
pub(super) fn is_sold(status: Status) -> bool {
    match status {
        Status::Confirmed | Status::CheckedIn | Status::CheckedOut => true,
        Status::PreReserved | Status::Cancelled | Status::Expired | Status::NoShow => false,
    }
}

fn ratio(part: i64, whole: i64) -> i64 {
    if whole <= 0 { 0 } else { (2 * part + whole).div_euclid(2 * whole) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::channel::KnownChannel;
    use crate::domain::ids::{CabinId, GuestId, ReservationCode, ReservationId};
    use crate::domain::money::Percent;
    use crate::domain::money::{Currency, Money};
    use crate::domain::party::Party;
    use crate::domain::pricing::{LineKind, PricedNight, Quote, QuoteLine};
    use jiff::{Timestamp, civil::date};

    fn sold(status: Status) -> Reservation {
        let stay = Stay::new(date(2027, 1, 30), date(2027, 2, 3)).unwrap();
        let night = Money::new(100, Currency::Ars);
        let line = |date| QuoteLine::night(PricedNight { date, season: None, weekend: false }, night);
        let fee = QuoteLine::charge(LineKind::Cleaning, "", night);
        let lines = stay.each_night().map(line).chain([fee]).collect();
        Reservation {
            id: ReservationId(1),
            code: ReservationCode::from_random([0; 6]),
            cabin_id: CabinId(1),
            guest_id: GuestId(1),
            status,
            stay,
            party: Party::of_adults(2),
            channel: KnownChannel::Api.into(),
            quote: Quote::new(lines, Percent::new(30).unwrap()).unwrap(),
            terms: Default::default(),
            expires_at: None,
            cancel_reason: None,
            version: 1,
            created_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn only_nights_of_the_range_count_and_only_sold_ones() {
        let february = Stay::new(date(2027, 2, 1), date(2027, 3, 1)).unwrap();
        let stays = [sold(Status::Confirmed), sold(Status::Cancelled), sold(Status::PreReserved)];
        let occupancy = Occupancy::of(february, 2, &stays);
        assert_eq!((occupancy.nights_sold, occupancy.nights_available), (2, 56));
        assert_eq!(occupancy.basis_points(), 357);
        assert_eq!((occupancy.average_rate_minor(), occupancy.revenue_per_available_minor()), (100, 4));
        assert_eq!(
            occupancy.channels.get(&KnownChannel::Api.into()),
            Some(&Sold { nights: 2, revenue_minor: 200 })
        );
    }

    #[test]
    fn an_empty_property_divides_by_nothing() {
        let range = Stay::new(date(2027, 2, 1), date(2027, 2, 2)).unwrap();
        let empty = Occupancy::of(range, 0, &[]);
        assert_eq!((empty.basis_points(), empty.average_rate_minor()), (0, 0));
    }
}
