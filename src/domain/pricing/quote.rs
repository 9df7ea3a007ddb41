//! A price as it is said and kept: its lines, each with its reason, and the sums that follow from them.

use super::price_rule::{PromoCode, RuleKind, RulePercent};
use crate::domain::deposit::DepositRule;
use crate::domain::ids::PriceRuleId;
use crate::domain::money::{Money, Percent};
use crate::domain::payment_method::PaymentMethod;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use std::ops::Deref;

/// The price of a stay as it was quoted. It is stored whole with the reservation: later changes of rates do not
/// touch it. Its amounts are read like fields and made here alone, so that the lines always add up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Quote(Amounts);

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Amounts {
    /// The nights first, in order.
    pub lines: Vec<QuoteLine>,
    /// The sum of the lines; never below zero.
    pub total: Money,
    /// The part paid in advance.
    pub deposit: Money,
    /// The part paid on arrival.
    pub balance: Money,
}

/// What a person of the house agreed with a guest beside the rates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agreed {
    pub lines: Vec<QuoteLine>,
    /// The whole price, in minor units.
    pub total: Option<i64>,
}

/// Longest name of an agreed line, in characters.
pub const LINE_LABEL_MAX: usize = 60;
/// The name of the one line of a price whose stored lines can't be read.
const UNREADABLE: &str = "Precio que guardó otra versión";

/// One amount of a price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteLine {
    #[serde(default)]
    pub kind: LineKind,
    /// The owner's name for it; empty uses the kind's.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    name: String,
    /// Below zero for a discount.
    pub amount: Money,
    /// Set for a night.
    #[serde(flatten)]
    pub night: Option<PricedNight>,
    /// Set for what a price rule made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<LineBasis>,
}

/// What a line of a price rule was counted from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineBasis {
    pub rule: PriceRuleId,
    /// People or animals that it counts; 0 for a line that counts none.
    #[serde(default)]
    pub count: u16,
    /// Nights that it counts; 0 for one of the whole stay.
    #[serde(default)]
    pub nights: u16,
    /// Ages of the children who pay it, the youngest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ages: Vec<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<RulePercent>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<DiscountReason>,
}

/// What a discount is given for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiscountReason {
    PromoCode(PromoCode),
    PayWith(PaymentMethod),
    /// Booked at least so many days ahead.
    Early(u16),
    /// Booked at most so many days ahead.
    LastMinute(u16),
    /// At least so many nights.
    LongStay(u16),
    /// At most so many nights.
    ShortStay(u16),
}

/// The night of a line, and why it has its price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricedNight {
    pub date: Date,
    pub season: Option<String>,
    /// Whether the weekend factor was applied.
    #[serde(default)]
    pub weekend: bool,
}

/// The kind of an amount. The codes are stored and shown by the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    #[default]
    Night,
    ExtraGuest,
    Child,
    Pet,
    Cleaning,
    Fee,
    Discount,
    Tax,
    /// An amount agreed beside the rates.
    Adjustment,
}

impl From<RuleKind> for LineKind {
    fn from(kind: RuleKind) -> LineKind {
        match kind {
            RuleKind::ExtraGuest => LineKind::ExtraGuest,
            RuleKind::Child => LineKind::Child,
            RuleKind::Pet => LineKind::Pet,
            RuleKind::Cleaning => LineKind::Cleaning,
            RuleKind::Fee => LineKind::Fee,
            RuleKind::Discount => LineKind::Discount,
            RuleKind::Tax => LineKind::Tax,
        }
    }
}

impl LineKind {
    pub const ALL: [LineKind; 9] = [
        LineKind::Night,
        LineKind::ExtraGuest,
        LineKind::Child,
        LineKind::Pet,
        LineKind::Cleaning,
        LineKind::Fee,
        LineKind::Discount,
        LineKind::Tax,
        LineKind::Adjustment,
    ];

    /// Its name for the owner.
    pub fn label(self) -> &'static str {
        match self {
            LineKind::Night => "Noche",
            LineKind::ExtraGuest => "Persona adicional",
            LineKind::Child => "Menor",
            LineKind::Pet => "Mascota",
            LineKind::Cleaning => "Limpieza",
            LineKind::Fee => "Cargo",
            LineKind::Discount => "Descuento",
            LineKind::Tax => "Impuesto",
            LineKind::Adjustment => "Ajuste",
        }
    }
}

impl QuoteLine {
    pub fn night(night: PricedNight, amount: Money) -> QuoteLine {
        QuoteLine { kind: LineKind::Night, name: String::new(), amount, night: Some(night), basis: None }
    }

    /// An amount for no night. `name` is the owner's; empty uses the kind's.
    pub fn charge(kind: LineKind, name: impl Into<String>, amount: Money) -> QuoteLine {
        QuoteLine { kind, name: name.into(), amount, night: None, basis: None }
    }

    /// An amount that a price rule made.
    pub fn by_rule(kind: LineKind, name: &str, amount: Money, basis: LineBasis) -> QuoteLine {
        QuoteLine { basis: Some(basis), ..QuoteLine::charge(kind, name, amount) }
    }

    /// The owner's name for it; empty for none.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether a person of the house added it to the price.
    pub fn is_by_hand(&self) -> bool {
        self.night.is_none() && self.basis.is_none()
    }

    /// The owner's name for it, else the kind's.
    pub fn label(&self) -> &str {
        if self.name.is_empty() { self.kind.label() } else { &self.name }
    }
}

impl Deref for Quote {
    type Target = Amounts;

    fn deref(&self) -> &Amounts {
        &self.0
    }
}

impl Quote {
    /// The price of these lines. `None` when there is no line, when the sum overflows, mixes currencies or is
    /// below zero.
    pub fn new(lines: Vec<QuoteLine>, deposit: Percent) -> Option<Quote> {
        Quote::with_deposit(lines, DepositRule::Percent(deposit))
    }

    /// As [`Quote::new`], with the deposit that a rule asks for.
    pub fn with_deposit(lines: Vec<QuoteLine>, deposit: DepositRule) -> Option<Quote> {
        let total = sum(&lines)?.filter(|total| total.minor >= 0)?;
        let first_night = lines.iter().find(|line| line.night.is_some()).map_or(total, |line| line.amount);
        let deposit = deposit.of(total, first_night);
        let balance = total.checked_sub(deposit)?;
        Some(Quote(Amounts { lines, total, deposit, balance }))
    }

    /// The same price with an earlier deposit, while it does not exceed the total: a guest who paid it does not
    /// owe a new one.
    pub fn keeping_deposit(self, asked: Money) -> Quote {
        match self.total.checked_sub(asked) {
            Some(balance) if balance.minor >= 0 => Quote(Amounts { deposit: asked, balance, ..self.0 }),
            _ => self,
        }
    }

    /// This price with what was agreed, and its deposit anew. `None` when that is below zero or can't be expressed.
    pub fn agreed(self, agreed: &Agreed, deposit: DepositRule) -> Option<Quote> {
        let mut lines: Vec<QuoteLine> =
            self.0.lines.into_iter().chain(agreed.lines.iter().cloned()).collect();
        let so_far = sum(&lines)??;
        let missing = agreed.total.map_or(Some(0), |total| total.checked_sub(so_far.minor))?;
        if missing != 0 {
            lines.push(QuoteLine::charge(LineKind::Adjustment, "", Money { minor: missing, ..so_far }));
        }
        Quote::with_deposit(lines, deposit)
    }

    /// This price with the amounts that a person agreed for an earlier one, as far as they leave nothing below zero. The
    /// deposit stays.
    pub fn with_agreed(self, earlier: &Quote) -> Quote {
        let agreed = earlier.lines.iter().filter(|line| line.is_by_hand());
        agreed.fold(self, |price, line| price.clone().plus(line.clone()).unwrap_or(price))
    }

    /// This price with one line more; the deposit stays while it is not above the total. `None` when the sum would be
    /// below zero, overflow, or mix currencies.
    pub fn plus(self, line: QuoteLine) -> Option<Quote> {
        let lines: Vec<QuoteLine> = self.0.lines.into_iter().chain([line]).collect();
        let total = sum(&lines)?.filter(|total| total.minor >= 0)?;
        let deposit = Money { minor: self.0.deposit.minor.min(total.minor), ..total };
        Some(Quote(Amounts { lines, balance: total.checked_sub(deposit)?, total, deposit }))
    }

    /// A stored price with unreadable lines, by its sums.
    pub fn of_sums(total: Money, deposit: Money) -> Quote {
        let lines = vec![QuoteLine::charge(LineKind::Adjustment, UNREADABLE, total)];
        let balance = total.checked_sub(deposit).unwrap_or(Money::zero(total.currency));
        Quote(Amounts { lines, total, deposit, balance })
    }

    /// Each night with its price, in order.
    pub fn nights(&self) -> impl Iterator<Item = (&PricedNight, Money)> {
        self.lines.iter().filter_map(|line| Some((line.night.as_ref()?, line.amount)))
    }
}

/// The sum of lines; the inner `None` for no lines, the outer one when they don't add up.
fn sum(lines: &[QuoteLine]) -> Option<Option<Money>> {
    let Some((first, rest)) = lines.split_first() else { return Some(None) };
    rest.iter().try_fold(first.amount, |sum, line| sum.checked_add(line.amount)).map(Some)
}

/// A price as it is stored. Older versions wrote lines without a kind, all of nights.
#[derive(Deserialize)]
struct Stored {
    lines: Vec<QuoteLine>,
    total: Money,
    deposit: Money,
}

impl Stored {
    /// The stored total wins: lines with another sum get the difference as a line.
    fn quote(self) -> Option<Quote> {
        let Stored { mut lines, total, deposit } = self;
        let said = sum(&lines)?.unwrap_or(Money::zero(total.currency));
        let difference = total.checked_sub(said)?;
        if difference.minor != 0 {
            lines.push(QuoteLine::charge(LineKind::Adjustment, "", difference));
        }
        Some(Quote(Amounts { lines, balance: total.checked_sub(deposit)?, total, deposit }))
    }
}

impl<'de> Deserialize<'de> for Quote {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Quote, D::Error> {
        let quote = Stored::deserialize(deserializer)?.quote();
        quote.ok_or_else(|| D::Error::custom("the amounts of a price do not add up"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn ars(minor: i64) -> Money {
        Money::new(minor, Currency::Ars)
    }

    fn lines() -> impl Strategy<Value = Vec<QuoteLine>> {
        let line = (0..LineKind::ALL.len(), -1_000_000..10_000_000i64, "[a-zñ ]{0,8}", any::<bool>());
        let line = line.prop_map(|(kind, minor, name, weekend)| match LineKind::ALL[kind] {
            LineKind::Night => {
                let season = Some(name).filter(|name| !name.is_empty());
                QuoteLine::night(PricedNight { date: date(2028, 2, 29), season, weekend }, ars(minor))
            }
            kind => QuoteLine::charge(kind, name, ars(minor)),
        });
        prop::collection::vec(line, 1..12)
    }

    proptest! {
        #[test]
        fn a_price_is_the_sum_of_its_lines_and_is_split_without_rest(lines in lines(), percent in 0..=100u8) {
            let sum: i64 = lines.iter().map(|line| line.amount.minor).sum();
            let quote = Quote::new(lines.clone(), Percent::new(percent).unwrap());
            prop_assert_eq!(quote.is_some(), sum >= 0);
            if let Some(quote) = quote {
                prop_assert_eq!(quote.total, ars(sum));
                prop_assert_eq!(quote.deposit.checked_add(quote.balance), Some(quote.total));
                prop_assert_eq!(&quote.lines, &lines);
                let nights = lines.iter().filter(|line| line.kind == LineKind::Night).count();
                prop_assert_eq!(quote.nights().count(), nights);
            }
        }

        #[test]
        fn a_stored_price_is_read_as_it_was_said(lines in lines(), percent in 0..=100u8, asked in 0..1_000_000i64) {
            if let Some(quote) = Quote::new(lines, Percent::new(percent).unwrap()) {
                let quote = quote.keeping_deposit(ars(asked));
                let text = serde_json::to_string(&quote).unwrap();
                prop_assert_eq!(serde_json::from_str::<Quote>(&text).unwrap(), quote);
            }
        }
    }

    #[test]
    fn a_price_of_an_older_version_is_one_of_nights() {
        let text = r#"{"lines":[{"date":"2027-01-15","amount":{"minor":500,"currency":"ARS"},"season":"Verano",
            "weekend":true},{"date":"2027-01-16","amount":{"minor":400,"currency":"ARS"},"season":null,"weekend":false}],
            "total":{"minor":900,"currency":"ARS"},"deposit":{"minor":270,"currency":"ARS"},
            "balance":{"minor":630,"currency":"ARS"}}"#;
        let quote: Quote = serde_json::from_str(text).unwrap();
        let nights: Vec<_> = quote.nights().map(|(night, price)| (night.date, price.minor)).collect();
        assert_eq!(nights, [(date(2027, 1, 15), 500), (date(2027, 1, 16), 400)]);
        assert!(quote.lines.iter().all(|line| line.kind == LineKind::Night && line.label() == "Noche"));
        assert_eq!((quote.total, quote.balance), (ars(900), ars(630)));
    }

    #[test]
    fn what_was_sold_without_lines_is_still_sold_for_that() {
        let text = r#"{"lines":[],"total":{"minor":900,"currency":"ARS"},"deposit":{"minor":270,"currency":"ARS"},
            "balance":{"minor":630,"currency":"ARS"}}"#;
        let quote: Quote = serde_json::from_str(text).unwrap();
        assert_eq!((quote.total, quote.nights().count()), (ars(900), 0));
        assert_eq!(quote.lines, [QuoteLine::charge(LineKind::Adjustment, "", ars(900))]);
    }

    #[test]
    fn a_deposit_that_was_asked_stays_while_it_is_not_above_the_total() {
        let quote =
            Quote::new(vec![QuoteLine::charge(LineKind::Fee, "", ars(900))], Percent::new(30).unwrap());
        let quote = quote.unwrap();
        assert_eq!(quote.clone().keeping_deposit(ars(900)).balance, ars(0));
        assert_eq!(quote.clone().keeping_deposit(ars(901)), quote);
    }

    #[test]
    fn no_price_is_without_a_line_or_below_zero_or_in_two_currencies() {
        let of = |lines: Vec<QuoteLine>| Quote::new(lines, Percent::new(30).unwrap());
        let line = |minor, currency| QuoteLine::charge(LineKind::Discount, "", Money::new(minor, currency));
        assert_eq!(of(Vec::new()), None);
        assert_eq!(of(vec![line(100, Currency::Ars), line(-101, Currency::Ars)]), None);
        assert_eq!(of(vec![line(100, Currency::Ars), line(1, Currency::Usd)]), None);
        assert_eq!(of(vec![line(i64::MAX, Currency::Ars), line(1, Currency::Ars)]), None);
    }
}
