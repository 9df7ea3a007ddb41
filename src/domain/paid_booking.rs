//! The booking that a checkout is for, as it travels with the checkout and comes back with each payment: enough to
//! hold its nights and to make it again when its own row is gone, because an older copy of the database was restored.

use super::ids::{CabinId, ReservationCode};
use super::money::{Money, Percent};
use super::party::Party;
use super::pricing::{PricedNight, Quote, QuoteLine};
use super::stay::Stay;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaidBooking {
    /// The instance that opened the checkout: one account may serve several.
    pub instance: String,
    pub cabin_id: CabinId,
    /// Its name when the checkout was opened.
    pub cabin: String,
    #[serde(flatten)]
    pub stay: Stay,
    pub code: ReservationCode,
    pub part: CheckoutPart,
    pub party: Party,
    /// Erased with the guest.
    #[serde(default)]
    pub guest: String,
    /// Digits with country code; empty when there is none.
    #[serde(default)]
    pub phone: String,
    pub total: Money,
    pub deposit: Money,
}

/// The part of the price that a checkout asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum CheckoutPart {
    Deposit,
    /// The rest, or some of it.
    Balance,
}

impl PaidBooking {
    /// The price it was sold for, spread evenly over its nights: how it was made up is not known. `None` for an
    /// amount below zero.
    pub fn price(&self) -> Option<Quote> {
        let nights = i64::from(self.stay.nights());
        let (each, rest) = (self.total.minor / nights, self.total.minor % nights);
        let line = |(index, date)| {
            let minor = if index == 0 { each + rest } else { each };
            let night = PricedNight { date, season: None, weekend: false };
            QuoteLine::night(night, Money::new(minor, self.total.currency))
        };
        let lines = self.stay.each_night().enumerate().map(line).collect();
        Quote::new(lines, Percent::new(0)?).map(|quote| quote.keeping_deposit(self.deposit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;
    use jiff::civil::date;

    fn booking() -> PaidBooking {
        PaidBooking {
            instance: "aa".into(),
            cabin_id: CabinId(3),
            cabin: "Aromo".into(),
            stay: Stay::new(date(2027, 1, 8), date(2027, 1, 11)).unwrap(),
            code: ReservationCode::parse("K7M2QX").unwrap(),
            part: CheckoutPart::Deposit,
            party: Party::new(2, &[4], 1).unwrap(),
            guest: "Ana".into(),
            phone: "5493515550101".into(),
            total: Money::new(100_001, Currency::Ars),
            deposit: Money::new(30_000, Currency::Ars),
        }
    }

    #[test]
    fn its_price_is_what_it_was_sold_for_over_its_nights() {
        let price = booking().price().unwrap();
        assert_eq!((price.total.minor, price.deposit.minor, price.balance.minor), (100_001, 30_000, 70_001));
        assert_eq!(price.nights().count(), 3);
    }

    #[test]
    fn it_is_kept_flat_and_read_back_also_after_its_guest_was_erased() {
        let mut kept = serde_json::to_value(booking()).unwrap();
        assert_eq!((&kept["check_in"], &kept["code"]), (&"2027-01-08".into(), &"K7M2QX".into()));
        assert_eq!(serde_json::from_value::<PaidBooking>(kept.clone()).unwrap(), booking());
        kept.as_object_mut().unwrap().retain(|name, _| name != "guest" && name != "phone");
        assert_eq!(serde_json::from_value::<PaidBooking>(kept).unwrap().guest, "");
    }
}
