//! The house's own rules, edited by the owner. Prices of cabins live with the cabins.

use super::money::{Multiplier, Percent};
use super::pricing::PricingRules;
use super::stay::STAY_NIGHTS_MAX;
use super::week::Weekdays;
use jiff::{SignedDuration, civil::Time};
use serde::{Deserialize, Serialize};

/// Everything the owner decides about stays, money and words. Stored as one versioned document; a field
/// that is missing takes its default, so that a newer casero reads an older document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// What guests call the place.
    pub property_name: String,
    /// Where it is, for guests who have booked.
    pub property_address: String,
    /// How long a hold waits for its deposit, in minutes.
    pub hold_minutes: u32,
    /// Part of the total paid in advance.
    pub deposit_percent: Percent,
    /// Factor of weekend nights for new cabins, in thousandths.
    pub weekend_multiplier: Multiplier,
    /// Nights that carry it.
    pub weekend_nights: Weekdays,
    /// From when the cabin is ready.
    pub check_in_time: Time,
    /// Until when it must be left.
    pub check_out_time: Time,
    /// Fewest nights where neither season nor cabin says.
    pub min_nights: u16,
    /// Most nights of one stay.
    pub max_nights: u16,
    /// Fewest hours between now and the check-in time of the first night.
    pub lead_time_hours: u32,
    /// How many days ahead are sold.
    pub horizon_days: u32,
    /// How many unpaid holds one guest may have at once.
    pub holds_per_guest: u16,
    /// How many minutes another channel's calendar may go without a good reading before the owner is told and
    /// deposits stop confirming by themselves.
    pub calendar_stale_minutes: u32,
    /// What happens to the deposit when a guest cancels.
    pub cancellation: Cancellation,
    /// The cancellation policy in the owner's words; empty uses the product's sentence.
    pub cancellation_text: String,
    /// Alias for bank transfers.
    pub bank_alias: String,
    /// CBU or CVU for bank transfers, 22 digits.
    pub bank_cbu: String,
    /// Name on the bank account.
    pub bank_holder: String,
    /// The owner's WhatsApp number: notices go there, commands come from there.
    pub owner_phone: String,
    /// The owner's own answers to what guests ask, by topic code (`pets`, `wifi`, …).
    pub answers: std::collections::BTreeMap<String, String>,
    /// The owner's own words for the messages we send, by message name; empty uses the product's.
    pub texts: std::collections::BTreeMap<String, String>,
}

/// What a guest gets back on cancelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cancellation {
    /// Cancelling at least this many days before arrival gives back `refund_percent`.
    pub free_until_days: u16,
    /// Part of what was paid that is given back in time.
    pub refund_percent: Percent,
    /// Part given back later than that.
    pub late_refund_percent: Percent,
}

/// A setting that can't hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct SettingRefused {
    /// The field's name.
    pub field: &'static str,
    /// What is wrong and what would be right.
    pub problem: &'static str,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            property_name: String::new(),
            property_address: String::new(),
            hold_minutes: 60,
            deposit_percent: Percent::new(30).expect("30 is a percentage"),
            weekend_multiplier: Multiplier::ONE,
            weekend_nights: Weekdays::FRIDAY_SATURDAY,
            check_in_time: Time::constant(14, 0, 0, 0),
            check_out_time: Time::constant(10, 0, 0, 0),
            min_nights: 1,
            max_nights: 60,
            lead_time_hours: 0,
            horizon_days: 548,
            holds_per_guest: 3,
            calendar_stale_minutes: 180,
            cancellation: Cancellation {
                free_until_days: 7,
                refund_percent: Percent::new(100).expect("100 is a percentage"),
                late_refund_percent: Percent::new(0).expect("0 is a percentage"),
            },
            cancellation_text: String::new(),
            bank_alias: String::new(),
            bank_cbu: String::new(),
            bank_holder: String::new(),
            owner_phone: String::new(),
            answers: std::collections::BTreeMap::new(),
            texts: std::collections::BTreeMap::new(),
        }
    }
}

impl Settings {
    /// A hold can't be shorter than a payment takes, nor keep a cabin for longer than a week.
    pub const HOLD_MINUTES: std::ops::RangeInclusive<u32> = 1..=10_080;
    /// Two readings that fail are no news; a calendar that nobody has read for a week is no calendar.
    pub const CALENDAR_STALE_MINUTES: std::ops::RangeInclusive<u32> = 10..=10_080;
    /// Three years ahead is further than anybody sells.
    pub const HORIZON_DAYS_MAX: u32 = 1096;
    /// Texts of the owner, together with a message's own words, must fit a WhatsApp message.
    pub const TEXT_CHARS_MAX: usize = 2000;

    /// What pricing needs.
    pub fn pricing(&self) -> PricingRules {
        PricingRules { weekend_nights: self.weekend_nights, deposit_percent: self.deposit_percent }
    }

    /// How long a hold waits.
    pub fn hold_time(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.hold_minutes))
    }

    /// How old the last good reading of another channel may be.
    pub fn calendar_stale_time(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.calendar_stale_minutes))
    }

    /// Whether each value can hold; the first that can't is named.
    pub fn check(&self) -> Result<(), SettingRefused> {
        let refuse = |field, problem| Err(SettingRefused { field, problem });
        if !Settings::HOLD_MINUTES.contains(&self.hold_minutes) {
            return refuse("hold_minutes", "must be 1 to 10080");
        }
        if self.min_nights == 0 || self.min_nights > self.max_nights {
            return refuse("min_nights", "must be at least 1 and at most max_nights");
        }
        if self.max_nights > STAY_NIGHTS_MAX {
            return refuse("max_nights", "must be at most 365");
        }
        if self.horizon_days == 0 || self.horizon_days > Settings::HORIZON_DAYS_MAX {
            return refuse("horizon_days", "must be 1 to 1096");
        }
        if self.holds_per_guest == 0 {
            return refuse("holds_per_guest", "must be at least 1");
        }
        if !Settings::CALENDAR_STALE_MINUTES.contains(&self.calendar_stale_minutes) {
            return refuse("calendar_stale_minutes", "must be 10 to 10080");
        }
        if !self.bank_cbu.is_empty() && !super::bank::is_cbu(&self.bank_cbu) {
            return refuse("bank_cbu", "is not a valid CBU or CVU: 22 digits with their check digits");
        }
        if !self.bank_alias.is_empty() && !super::bank::is_alias(&self.bank_alias) {
            return refuse("bank_alias", "must be 6 to 20 letters, digits, dots or hyphens");
        }
        if !self.owner_phone.is_empty() && super::phone::Phone::parse(&self.owner_phone).is_none() {
            return refuse("owner_phone", "must be a phone number with its country code");
        }
        let long = |text: &String| text.chars().count() > Settings::TEXT_CHARS_MAX;
        if self.answers.values().chain(self.texts.values()).any(long) || long(&self.cancellation_text) {
            return refuse("texts", "must be at most 2000 characters each");
        }
        Ok(())
    }
}
