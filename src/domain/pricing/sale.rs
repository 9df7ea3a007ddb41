//! What a price is made from.

use super::price_rule::{PriceRule, PromoCode};
use crate::domain::cabin::{Cabin, Season};
use crate::domain::deposit::{DepositRule, GapPrice};
use crate::domain::ids::PriceRuleId;
use crate::domain::money::Percent;
use crate::domain::party::Party;
use crate::domain::payment_method::PaymentMethod;
use crate::domain::stay::Stay;
use crate::domain::week::Weekdays;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The settings that pricing needs.
#[derive(Debug, Clone, Copy)]
pub struct PricingRules {
    /// Nights with the weekend factor.
    pub weekend_nights: Weekdays,
    /// Part of the total paid in advance.
    pub deposit_percent: Percent,
}

/// What a guest asks for beside cabin, dates and people. It is kept with the reservation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Terms {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promo_code: Option<PromoCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pay_with: Option<PaymentMethod>,
    /// The optional rules that are taken.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub extras: BTreeSet<PriceRuleId>,
}

/// What is asked for: dates, people, and the terms of the price.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Inquiry {
    pub stay: Stay,
    pub party: Party,
    pub terms: Terms,
}

impl Inquiry {
    /// Without promo code, way of payment or extras.
    pub fn plain(stay: Stay, party: Party) -> Inquiry {
        Inquiry { stay, party, terms: Terms::default() }
    }
}

#[derive(Debug, Clone, Copy)]
pub struct Sale<'a> {
    pub cabin: &'a Cabin,
    pub seasons: &'a [Season],
    pub stay: Stay,
    pub party: Party,
    pub rules: PricingRules,
    /// Those of all cabins, in any order.
    pub price_rules: &'a [PriceRule],
    pub asked: &'a Terms,
    /// The day of booking.
    pub today: Date,
    /// Set for a stay that fills a hole shorter than the fewest nights.
    pub gap: Option<GapPrice>,
}

impl PricingRules {
    /// The deposit that the season of the first night asks for, else the property's.
    pub fn deposit(&self, seasons: &[Season], stay: Stay) -> DepositRule {
        let season = Season::of_night(seasons, stay.check_in());
        season.and_then(|season| season.deposit).unwrap_or(DepositRule::Percent(self.deposit_percent))
    }
}
