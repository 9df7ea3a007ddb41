//! Small values in the API's format: days, instants, hours, factors.

use crate::domain::money::{AMOUNT_MINOR_MAX, Currency, Money, Multiplier};
use crate::domain::party::{Party, PartyRefused, Told};
use crate::domain::pricing::{Agreed, LINE_LABEL_MAX, LineKind, QuoteLine};
use crate::web::problem::Problem;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// A civil date, `YYYY-MM-DD` and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, utoipa::ToSchema)]
#[schema(value_type = String, format = Date, example = "2027-01-15")]
pub struct Day(pub Date);

impl Day {
    /// Reads a day.
    pub fn parse(text: &str) -> Option<Day> {
        let digits = |range: std::ops::Range<usize>| {
            text.get(range).is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let shaped = text.len() == 10 && digits(0..4) && digits(5..7) && digits(8..10);
        shaped.then(|| text.parse().ok()).flatten().map(Day)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        let text = String::deserialize(deserializer)?;
        Day::parse(&text).ok_or_else(|| D::Error::custom("a date is written YYYY-MM-DD"))
    }
}

/// An instant, RFC 3339 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(value_type = String, format = DateTime, example = "2027-01-15T14:30:00Z")]
pub struct Instant(pub Timestamp);

/// An hour of the day, `HH:MM`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, utoipa::ToSchema)]
#[schema(value_type = String, example = "14:00")]
pub struct Hour(pub Time);

impl Serialize for Hour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("{:02}:{:02}", self.0.hour(), self.0.minute()))
    }
}

impl<'de> Deserialize<'de> for Hour {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Hour, D::Error> {
        let text = String::deserialize(deserializer)?;
        let fits = matches!(text.len(), 5 | 8) && text.get(2..3) == Some(":");
        let time = fits.then(|| text.parse().ok()).flatten();
        time.map(Hour).ok_or_else(|| D::Error::custom("an hour is written HH:MM"))
    }
}

/// A factor such as 1.25, kept in thousandths and never as a float.
#[derive(Debug, Clone, Copy, PartialEq, Eq, utoipa::ToSchema)]
#[schema(value_type = f64, example = 1.25)]
pub struct Factor(pub Multiplier);

impl Serialize for Factor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Division of a small integer by 1000: the shortest decimal of the result is the factor itself.
        serializer.serialize_f64(f64::from(self.0.permille()) / 1000.0)
    }
}

impl<'de> Deserialize<'de> for Factor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Factor, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)?;
        let factor = permille(&number.to_string()).and_then(Multiplier::from_permille);
        factor.map(Factor).ok_or_else(|| D::Error::custom("a factor is a number of 0.1 to 10"))
    }
}

/// Who comes, as a request tells it. `adults` alone suffices.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartyForm {
    /// Follows from `guests` when that is given too.
    adults: Option<u16>,
    /// Ages in years, 0 to 17.
    #[serde(default)]
    children: Vec<u8>,
    #[serde(default)]
    pets: u16,
}

impl PartyForm {
    /// With the older field `guests` beside it, if given.
    pub fn told(self, guests: Option<u16>) -> Told {
        Told { guests, adults: self.adults, children: self.children, pets: self.pets }
    }
}

/// Most lines that are agreed at once.
const ADJUSTMENTS_MAX: usize = 20;

/// An amount that is agreed beside the rates.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdjustmentForm {
    /// What it is for.
    label: String,
    /// Below zero takes something off.
    amount_cents: i64,
    /// `extra_guest`, `child`, `pet`, `cleaning`, `fee`, `discount`, `tax` or `adjustment`, the last when not given.
    #[serde(default = "adjustment")]
    #[schema(value_type = String)]
    kind: LineKind,
}

fn adjustment() -> LineKind {
    LineKind::Adjustment
}

impl AdjustmentForm {
    /// The line of a price that it makes.
    pub fn line(self, currency: Currency) -> Result<QuoteLine, Problem> {
        let label = self.label.trim();
        if label.is_empty() || label.chars().count() > LINE_LABEL_MAX {
            let problem = format!("must be 1 to {LINE_LABEL_MAX} characters");
            return Err(Problem::invalid("adjustments.label", problem));
        }
        if self.amount_cents == 0 || self.amount_cents.unsigned_abs() > AMOUNT_MINOR_MAX.unsigned_abs() {
            let problem = format!("must not be zero, nor beyond {AMOUNT_MINOR_MAX}");
            return Err(Problem::invalid("adjustments.amount_cents", problem));
        }
        if (self.kind == LineKind::Discount) != (self.amount_cents < 0) && self.kind != LineKind::Adjustment {
            return Err(Problem::invalid(
                "adjustments.amount_cents",
                "a discount is below zero, the others above",
            ));
        }
        if self.kind == LineKind::Night {
            return Err(Problem::invalid("adjustments.kind", "a night follows from the rates"));
        }
        Ok(QuoteLine::charge(self.kind, label, Money::new(self.amount_cents, currency)))
    }
}

/// What was agreed, in the property's currency.
pub fn agreed(
    currency: Currency,
    adjustments: Vec<AdjustmentForm>,
    total: Option<i64>,
) -> Result<Agreed, Problem> {
    if total.is_some_and(|total| !(0..=AMOUNT_MINOR_MAX).contains(&total)) {
        let problem = format!("must be 0 to {AMOUNT_MINOR_MAX}");
        return Err(Problem::invalid("agreed_total_cents", problem));
    }
    if adjustments.len() > ADJUSTMENTS_MAX {
        return Err(Problem::invalid("adjustments", format!("holds at most {ADJUSTMENTS_MAX}")));
    }
    let lines = adjustments.into_iter().map(|line| line.line(currency)).collect::<Result<_, _>>()?;
    Ok(Agreed { lines, total })
}

/// Problem of an invalid party in a body, by its field.
pub fn party_refused(why: PartyRefused) -> Problem {
    let within = if why == PartyRefused::Disagree { "" } else { "party." };
    Problem::invalid(&format!("{within}{}", why.field()), why.to_string())
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PartyView {
    pub adults: u16,
    /// Ages in years, the youngest first.
    pub children: Vec<u8>,
    pub pets: u16,
}

impl From<Party> for PartyView {
    fn from(party: Party) -> PartyView {
        PartyView { adults: party.adults(), children: party.children(), pets: party.pets() }
    }
}

/// Thousandths of a decimal number, from its digits; a fourth decimal rounds half up.
fn permille(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digit =
        |at: usize| decimals.as_bytes().get(at).map_or(Some(0), |byte| char::from(*byte).to_digit(10));
    let thousandths = digit(0)? * 100 + digit(1)? * 10 + digit(2)? + u32::from(digit(3)? >= 5);
    let whole: u32 = whole.parse().ok()?;
    u16::try_from(whole.checked_mul(1000)?.checked_add(thousandths)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_factor_is_read_by_its_digits() {
        for (text, thousandths) in
            [("1", 1000), ("1.25", 1250), ("1.1", 1100), ("0.9995", 1000), ("10.0", 10_000)]
        {
            assert_eq!(permille(text), Some(thousandths), "{text}");
        }
        for text in ["-1", "1e3", "70000", ""] {
            assert_eq!(permille(text), None, "{text}");
        }
    }

    #[test]
    fn every_factor_is_written_as_it_is_read() {
        for thousandths in 100..=Multiplier::MAX_PERMILLE {
            let factor = Factor(Multiplier::from_permille(thousandths).unwrap());
            let text = serde_json::to_string(&factor).unwrap();
            assert_eq!(serde_json::from_str::<Factor>(&text).unwrap(), factor, "{text}");
        }
    }

    #[test]
    fn a_party_is_read_as_it_is_written() {
        for (adults, ages, pets) in [(1, &[][..], 0), (2, &[9, 3, 0], 1), (0, &[17], 20)] {
            let party = Party::new(adults, ages, pets).unwrap();
            let text = serde_json::to_string(&PartyView::from(party)).unwrap();
            let read: PartyForm = serde_json::from_str(&text).unwrap();
            assert_eq!(read.told(None).party(), Ok(Some(party)), "{text}");
        }
    }

    #[test]
    fn a_day_is_written_in_one_way() {
        assert!(Day::parse("2027-01-15").is_some());
        for text in ["2027-1-15", "2027-02-30", "20270115", "2027-01-15T10:00", "-027-01-15", ""] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_hour_has_two_digits_on_each_side() {
        let read = |text: &str| serde_json::from_str::<Hour>(&format!("{text:?}")).ok().map(|hour| hour.0);
        assert_eq!(read("14:00"), Some(Time::constant(14, 0, 0, 0)));
        assert_eq!(read("14:30:00"), Some(Time::constant(14, 30, 0, 0)));
        assert_eq!((read("2pm"), read("25:00"), read("1400")), (None, None, None));
    }
}
