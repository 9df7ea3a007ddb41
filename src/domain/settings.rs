//! The property's own rules, edited by the owner. Prices of cabins live with the cabins.

use super::invalid::{Invalid, Unit};
use super::money::{Multiplier, Percent};
use super::own_words::{self, OwnText, TextProblem};
use super::pricing::PricingRules;
use super::stay::STAY_NIGHTS_MAX;
use super::week::Weekdays;
use jiff::{SignedDuration, civil::Time};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::RangeInclusive;
use strum::VariantArray;

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
    pub weekend_nights: Weekdays,
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
    /// The owner's own answers to what guests ask, by topic code (`pets`, `wifi`, …). Never blank.
    pub answers: std::collections::BTreeMap<String, String>,
    /// The owner's own words for the messages we send, by [`OwnText`]. Never blank: what is missing uses the
    /// product's.
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
    /// The field's name; one of several texts as `texts.welcome`.
    pub field: Cow<'static, str>,
    /// What is wrong and what would be right.
    pub problem: SettingProblem,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingProblem {
    /// A value that can't hold.
    #[error("{0}")]
    Value(Invalid),
    /// Words of the owner that can't be sent.
    #[error(transparent)]
    Text(#[from] TextProblem),
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
    pub const HOLD_MINUTES: RangeInclusive<u32> = 1..=10_080;
    /// Two readings that fail are no news; a calendar that nobody has read for a week is no calendar.
    pub const CALENDAR_STALE_MINUTES: RangeInclusive<u32> = 10..=10_080;
    /// Three years ahead is further than anybody sells.
    pub const HORIZON_DAYS_MAX: u32 = 1096;
    /// A name or a bank account's holder: longer than any, short enough for every message.
    pub const NAME_CHARS_MAX: usize = 120;
    /// An address, with how to find it.
    pub const ADDRESS_CHARS_MAX: usize = 300;

    pub fn pricing(&self) -> PricingRules {
        PricingRules { weekend_nights: self.weekend_nights, deposit_percent: self.deposit_percent }
    }

    pub fn hold_time(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.hold_minutes))
    }

    /// How old the last good reading of another channel may be.
    pub fn calendar_stale_time(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.calendar_stale_minutes))
    }

    /// Puts what was typed into its kept form: no blanks around words, line ends as `\n`, and a text that says
    /// nothing is no text, so that the product's own words are used again.
    pub fn tidy(&mut self) {
        let tidy = |words: &mut String| *words = words.replace("\r\n", "\n").trim().to_owned();
        for words in [
            &mut self.property_name,
            &mut self.property_address,
            &mut self.cancellation_text,
            &mut self.bank_alias,
            &mut self.bank_holder,
            &mut self.owner_phone,
        ] {
            tidy(words);
        }
        for texts in [&mut self.answers, &mut self.texts] {
            texts.values_mut().for_each(tidy);
            texts.retain(|_, words| !words.is_empty());
        }
    }

    /// Whether each value can hold; all that can't are named. `topics` are those that can be answered.
    pub fn check(&self, topics: &[&'static str]) -> Result<(), Vec<SettingRefused>> {
        let value = |(field, problem)| refused(field, SettingProblem::Value(problem));
        let text = |(field, problem)| refused(field, SettingProblem::Text(problem));
        let mut wrong: Vec<SettingRefused> = self.wrong_values().into_iter().map(value).collect();
        wrong.extend(self.wrong_texts(topics).into_iter().map(text));
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }

    fn wrong_values(&self) -> Vec<(&'static str, Invalid)> {
        let alias_fits = self.bank_alias.is_empty() || super::bank::is_alias(&self.bank_alias);
        let cbu_fits = self.bank_cbu.is_empty() || super::bank::is_cbu(&self.bank_cbu);
        let phone_fits =
            self.owner_phone.is_empty() || super::phone::Phone::parse(&self.owner_phone).is_some();
        let between = |bounds: &RangeInclusive<u32>, unit| Invalid::Between {
            low: (*bounds.start()).into(),
            high: (*bounds.end()).into(),
            unit,
        };
        let (hold, stale) = (Settings::HOLD_MINUTES, Settings::CALENDAR_STALE_MINUTES);
        let horizon = 1..=Settings::HORIZON_DAYS_MAX;
        let longest = Invalid::AtMost { high: STAY_NIGHTS_MAX.into(), unit: Unit::Nights };
        let one_hold = Invalid::AtLeast { low: 1, unit: Unit::Holds };
        let nights_fit = (1..=self.max_nights).contains(&self.min_nights);
        let stale_fits = stale.contains(&self.calendar_stale_minutes);
        let rules = [
            ("hold_minutes", between(&hold, Unit::Minutes), hold.contains(&self.hold_minutes)),
            ("min_nights", Invalid::NotUpToMaxNights, nights_fit),
            ("max_nights", longest, self.max_nights <= STAY_NIGHTS_MAX),
            ("horizon_days", between(&horizon, Unit::Days), horizon.contains(&self.horizon_days)),
            ("holds_per_guest", one_hold, self.holds_per_guest > 0),
            ("calendar_stale_minutes", between(&stale, Unit::Minutes), stale_fits),
            ("bank_cbu", Invalid::NoCbu, cbu_fits),
            ("bank_alias", Invalid::NoAlias, alias_fits),
            ("owner_phone", Invalid::NoPhone, phone_fits),
        ];
        rules.into_iter().filter(|rule| !rule.2).map(|rule| (rule.0, rule.1)).collect()
    }

    fn wrong_texts(&self, topics: &[&'static str]) -> Vec<(Cow<'static, str>, TextProblem)> {
        let lines = [
            ("property_name", &self.property_name, Settings::NAME_CHARS_MAX),
            ("property_address", &self.property_address, Settings::ADDRESS_CHARS_MAX),
            ("bank_holder", &self.bank_holder, Settings::NAME_CHARS_MAX),
        ];
        let lines = lines.map(|(field, words, max)| (field.into(), own_words::check_line(words, max)));
        let policy = ("cancellation_text".into(), own_words::check_answer(&self.cancellation_text));
        let answers = self.answers.iter().map(|(topic, words)| {
            let known = if topics.contains(&topic.as_str()) {
                own_words::check_answer(words)
            } else {
                Err(TextProblem::UnknownName { known: topics.to_vec() })
            };
            (format!("answers.{topic}").into(), known)
        });
        let texts = self.texts.iter().map(|(name, words)| {
            let names = || OwnText::VARIANTS.iter().map(|text| text.code()).collect();
            let known = OwnText::from_code(name).ok_or_else(|| TextProblem::UnknownName { known: names() });
            (format!("texts.{name}").into(), known.and_then(|text| text.check(words)))
        });
        let all = lines.into_iter().chain([policy]).chain(answers).chain(texts);
        all.filter_map(|(field, said)| said.err().map(|problem| (field, problem))).collect()
    }

    /// The owner's words for a message; empty uses the product's.
    pub fn own(&self, text: OwnText) -> String {
        self.texts.get(text.code()).cloned().unwrap_or_default()
    }
}

fn refused(field: impl Into<Cow<'static, str>>, problem: SettingProblem) -> SettingRefused {
    SettingRefused { field: field.into(), problem }
}
