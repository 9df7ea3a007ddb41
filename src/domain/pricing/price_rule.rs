//! Price rules: what the owner adds to the price of the nights or takes off it, and when. A [`PriceRule`] has
//! terms that make sense together: [`RuleTerms::check`] refuses all others.

use crate::domain::ids::{CabinId, PriceRuleId};
use crate::domain::invalid::{Field, Invalid, Unit, check_chars};
use crate::domain::money::AMOUNT_MINOR_MAX;
use crate::domain::party::CHILD_AGE_MAX;
use crate::domain::payment_method::PaymentMethod;
use crate::domain::stay::STAY_NIGHTS_MAX;
use crate::domain::week::Weekdays;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::ops::Deref;
use strum::{EnumString, IntoStaticStr, VariantArray};

/// A name that fits a line of a price.
const NAME_CHARS_MAX: usize = 60;
/// Longer than any code that is typed.
const PROMO_CODE_CHARS_MAX: usize = 24;
/// Three years: nobody sells further ahead.
const DAYS_BEFORE_MAX: u16 = 1096;
/// More people than any cabin sleeps.
const GUESTS_MAX: u16 = 60;
/// More uses than a house has stays.
const USES_MAX: u32 = 100_000;

/// The kind of a rule, and of the line it makes.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    ExtraGuest,
    Child,
    Pet,
    Cleaning,
    Fee,
    Discount,
    Tax,
}

impl RuleKind {
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// Whether its amount may be a percentage.
    pub fn takes_percent(self) -> bool {
        match self {
            RuleKind::Fee | RuleKind::Discount | RuleKind::Tax => true,
            RuleKind::ExtraGuest | RuleKind::Child | RuleKind::Pet | RuleKind::Cleaning => false,
        }
    }

    /// How often its amount counts, where a rule doesn't say.
    pub fn usual_per(self) -> Per {
        match self {
            RuleKind::ExtraGuest | RuleKind::Child => Per::PersonNight,
            RuleKind::Pet => Per::Pet,
            RuleKind::Cleaning | RuleKind::Fee | RuleKind::Discount | RuleKind::Tax => Per::Stay,
        }
    }

    fn takes_per(self, per: Per) -> bool {
        match per {
            Per::Stay | Per::Night => true,
            Per::PersonNight => self != RuleKind::Pet,
            Per::Pet | Per::PetNight => matches!(self, RuleKind::Pet | RuleKind::Cleaning | RuleKind::Fee),
        }
    }
}

/// How often an amount counts.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Per {
    Stay,
    Night,
    PersonNight,
    Pet,
    PetNight,
}

impl Per {
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// Whether it counts night by night.
    pub fn is_nightly(self) -> bool {
        match self {
            Per::Night | Per::PersonNight | Per::PetNight => true,
            Per::Stay | Per::Pet => false,
        }
    }
}

/// Hundredths of a percent: 10.5 % is 1050.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RulePercent(u16);

impl RulePercent {
    const WHOLE: u16 = 10_000;

    /// A percentage of 0.01 to 100, in hundredths.
    pub fn from_hundredths(hundredths: u16) -> Option<RulePercent> {
        (1..=RulePercent::WHOLE).contains(&hundredths).then_some(RulePercent(hundredths))
    }

    /// Reads a decimal number by its digits, with two decimals at most and a point or a comma between.
    pub fn read(text: &str) -> Option<RulePercent> {
        let (whole, decimals) = text.trim().split_once(['.', ',']).unwrap_or((text.trim(), ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(decimals) || decimals.len() > 2 {
            return None;
        }
        let hundredths: u16 = format!("{decimals:0<2}").parse().ok()?;
        let whole: u16 = whole.parse().ok()?;
        RulePercent::from_hundredths(whole.checked_mul(100)?.checked_add(hundredths)?)
    }

    pub fn hundredths(self) -> u16 {
        self.0
    }

    /// The part of an amount that is not below zero, rounded half up.
    pub(super) fn part_of(self, minor: i128) -> i128 {
        let whole = i128::from(RulePercent::WHOLE);
        (minor * i128::from(self.0) + whole / 2).div_euclid(whole)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleAmount {
    /// Minor units of the property's currency.
    AmountCents(i64),
    Percent(RulePercent),
}

/// A promo code in its normal form: no blanks around it, upper case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PromoCode(String);

impl PromoCode {
    /// The code in what somebody typed; `None` when that is blank or longer than any code.
    pub fn typed(text: &str) -> Option<PromoCode> {
        let code = text.trim().to_uppercase();
        (1..=PROMO_CODE_CHARS_MAX).contains(&code.chars().count()).then_some(PromoCode(code))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The terms of a rule. What is `None`, or an empty set, is no condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleTerms {
    pub kind: RuleKind,
    /// The owner's words for it.
    #[serde(default)]
    pub name: String,
    /// `None` for all cabins.
    pub cabin_ids: Option<Vec<CabinId>>,
    pub amount: RuleAmount,
    pub per: Per,
    /// The first guest who pays: 3 means that two are included.
    pub from_guests: Option<u16>,
    /// Of a child, who pays it; of a tax, who does not.
    pub age_under: Option<u8>,
    pub min_nights: Option<u16>,
    pub max_nights: Option<u16>,
    /// Days from booking to arrival.
    pub days_before_min: Option<u16>,
    pub days_before_max: Option<u16>,
    pub pay_with: Option<PaymentMethod>,
    pub promo_code: Option<PromoCode>,
    /// How often its promo code may be used.
    pub uses_max: Option<u32>,
    /// The first night, or the first day of arrival where it does not count by the night.
    pub from: Option<Date>,
    /// The day after the last.
    pub to: Option<Date>,
    #[serde(default)]
    pub arrival_days: Weekdays,
    #[serde(default)]
    pub departure_days: Weekdays,
    /// It is charged only to who takes it.
    #[serde(default)]
    pub optional: bool,
    #[serde(default = "yes")]
    pub active: bool,
}

fn yes() -> bool {
    true
}

/// A rule with sound terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceRule {
    pub id: PriceRuleId,
    /// How many reservations were sold with its promo code.
    pub used: u32,
    terms: RuleTerms,
}

impl Deref for PriceRule {
    type Target = RuleTerms;

    fn deref(&self) -> &RuleTerms {
        &self.terms
    }
}

impl PriceRule {
    /// Refuses terms that make no sense together; see [`RuleTerms::check`].
    pub fn new(id: PriceRuleId, terms: RuleTerms, used: u32) -> Result<PriceRule, (Field, Invalid)> {
        terms.check()?;
        Ok(PriceRule { id, used, terms })
    }

    pub fn terms(&self) -> &RuleTerms {
        &self.terms
    }

    pub fn is_used_up(&self) -> bool {
        self.uses_max.is_some_and(|max| self.used >= max)
    }

    pub fn is_for(&self, cabin: CabinId) -> bool {
        self.cabin_ids.as_ref().is_none_or(|cabins| cabins.contains(&cabin))
    }
}

impl RuleTerms {
    /// A rule for every stay.
    pub fn of(kind: RuleKind, name: impl Into<String>, amount: RuleAmount) -> RuleTerms {
        RuleTerms {
            kind,
            name: name.into(),
            cabin_ids: None,
            amount,
            per: kind.usual_per(),
            from_guests: None,
            age_under: None,
            min_nights: None,
            max_nights: None,
            days_before_min: None,
            days_before_max: None,
            pay_with: None,
            promo_code: None,
            uses_max: None,
            from: None,
            to: None,
            arrival_days: Weekdays::NONE,
            departure_days: Weekdays::NONE,
            optional: false,
            active: true,
        }
    }

    /// The first term that can't be, with the reason.
    pub fn check(&self) -> Result<(), (Field, Invalid)> {
        let name = check_chars(&self.name, NAME_CHARS_MAX);
        name.map_err(|why| (Field::Name, why))?;
        self.check_amount()?;
        self.check_people()?;
        self.check_stay()?;
        self.check_discount()
    }

    fn check_amount(&self) -> Result<(), (Field, Invalid)> {
        match self.amount {
            RuleAmount::AmountCents(minor) => {
                // A child, or a cleaning, may be free: it replaces what would be paid without the rule.
                let low = i64::from(self.kind != RuleKind::Child);
                between(Field::AmountCents, minor, low, AMOUNT_MINOR_MAX)?;
            }
            RuleAmount::Percent(_) => {
                refuse_if(!self.kind.takes_percent(), Field::Percent, Invalid::NotForThisKind)?;
                let nightly = self.per == Per::Night && self.kind != RuleKind::Tax;
                refuse_if(self.per != Per::Stay && !nightly, Field::Per, Invalid::NotWithPercent)?;
            }
        }
        refuse_if(!self.kind.takes_per(self.per), Field::Per, Invalid::NotForThisKind)
    }

    fn check_people(&self) -> Result<(), (Field, Invalid)> {
        let (kind, by_guests) = (self.kind, !matches!(self.kind, RuleKind::Child | RuleKind::Pet));
        match self.from_guests {
            Some(_) if !by_guests => return Err((Field::FromGuests, Invalid::NotForThisKind)),
            Some(from) => between(Field::FromGuests, from, 1, GUESTS_MAX)?,
            None => refuse_if(kind == RuleKind::ExtraGuest, Field::FromGuests, Invalid::Empty)?,
        }
        match self.age_under {
            Some(_) if !matches!(kind, RuleKind::Child | RuleKind::Tax) => {
                Err((Field::AgeUnder, Invalid::NotForThisKind))
            }
            Some(age) => between(Field::AgeUnder, age, 1, CHILD_AGE_MAX + 1),
            None => refuse_if(kind == RuleKind::Child, Field::AgeUnder, Invalid::Empty),
        }
    }

    fn check_stay(&self) -> Result<(), (Field, Invalid)> {
        let nights = |field, nights: Option<u16>| match nights {
            Some(nights) => between(field, nights, 1, STAY_NIGHTS_MAX),
            None => Ok(()),
        };
        nights(Field::MinNights, self.min_nights)?;
        nights(Field::MaxNights, self.max_nights)?;
        let backwards =
            |low: Option<u16>, high: Option<u16>| low.zip(high).is_some_and(|(low, high)| high < low);
        let below = Invalid::Below(Field::MinNights);
        refuse_if(backwards(self.min_nights, self.max_nights), Field::MaxNights, below)?;
        for (field, days) in
            [(Field::DaysBeforeMin, self.days_before_min), (Field::DaysBeforeMax, self.days_before_max)]
        {
            if let Some(days) = days {
                between(field, days, 0, DAYS_BEFORE_MAX)?;
            }
        }
        let below = Invalid::Below(Field::DaysBeforeMin);
        refuse_if(backwards(self.days_before_min, self.days_before_max), Field::DaysBeforeMax, below)?;
        let ends = self.from.zip(self.to).is_some_and(|(from, to)| to <= from);
        refuse_if(ends, Field::To, Invalid::NotAfter(Field::From))
    }

    fn check_discount(&self) -> Result<(), (Field, Invalid)> {
        let kind = self.kind;
        let no_code = self.promo_code.is_some() && kind != RuleKind::Discount;
        refuse_if(no_code, Field::PromoCode, Invalid::NotForThisKind)?;
        if let Some(uses) = self.uses_max {
            refuse_if(self.promo_code.is_none(), Field::UsesMax, Invalid::NotWithout(Field::PromoCode))?;
            between(Field::UsesMax, uses, 1, USES_MAX)?;
        }
        let by_way = matches!(kind, RuleKind::Discount | RuleKind::Fee | RuleKind::Tax);
        refuse_if(self.pay_with.is_some() && !by_way, Field::PayWith, Invalid::NotForThisKind)?;
        let choosable = matches!(kind, RuleKind::Fee | RuleKind::Cleaning);
        refuse_if(self.optional && !choosable, Field::Optional, Invalid::NotForThisKind)
    }
}

fn refuse_if(wrong: bool, field: Field, why: Invalid) -> Result<(), (Field, Invalid)> {
    if wrong { Err((field, why)) } else { Ok(()) }
}

fn between<T: Into<i64>>(field: Field, value: T, low: T, high: T) -> Result<(), (Field, Invalid)> {
    let (value, low, high) = (value.into(), low.into(), high.into());
    let bounds = Invalid::Between { low: low.unsigned_abs(), high: high.unsigned_abs(), unit: Unit::Plain };
    refuse_if(!(low..=high).contains(&value), field, bounds)
}
