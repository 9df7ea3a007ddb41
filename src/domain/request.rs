//! Requests of guests that only a person can decide: their kinds, their states, and when their matter is over.

use super::ids::CabinId;
use super::message::Message;
use super::money::{Money, Percent};
use super::party::Party;
use super::reservation::Status;
use super::stay::Stay;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// Most days that a hold is kept on request.
const MORE_TIME_DAYS_MAX: i64 = 7;
/// How long a hold is kept on request when the guest names no day.
const MORE_TIME: SignedDuration = SignedDuration::from_hours(24);

/// What a guest asks for. Where words fit several, the first one counts.
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
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RequestKind {
    Exception,
    Refund,
    HoldWithoutDeposit,
    MoreTime,
    Invoice,
    TransferOfBooking,
    Cot,
    DayUse,
    Event,
    LateCheckOut,
    EarlyCheckIn,
    ExtraPerson,
    Bedding,
    Discount,
    Other,
}

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumString, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "snake_case")]
pub enum RequestState {
    Open,
    Granted,
    Refused,
    /// A person answered in their own words.
    Answered,
    /// The guest needs it no more.
    Withdrawn,
    /// Its booking is over, or has what was asked for.
    Ended,
}

/// The way by which a person decided.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumString, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "snake_case")]
pub enum DecidedBy {
    /// A button on WhatsApp.
    Tap,
    /// Words on WhatsApp.
    Message,
    Page,
    Api,
}

/// The offer that a guest without a booking speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestedOffer {
    pub stay: Stay,
    pub party: Party,
    /// The cabins offered: one, several to choose from, or none yet.
    pub cabins: Vec<CabinId>,
    /// The price, when one cabin was offered.
    pub total: Option<Money>,
}

/// How much is taken off a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Off {
    /// Of the total.
    Percent(u8),
    Amount(Money),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Yes,
    No,
    /// Neither: words for the guest.
    Words,
}

/// A person's answer to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub verdict: Verdict,
    /// How much is taken off, or given back.
    pub off: Option<Off>,
    /// The person's own words for the guest; without any the product's are used.
    pub words: Option<String>,
    /// What goes to the guest in place of the words: a recording, a picture, a place.
    pub file: Option<Message>,
}

impl Answer {
    /// A yes or a no in the product's words.
    pub fn plain(yes: bool) -> Answer {
        Answer { verdict: if yes { Verdict::Yes } else { Verdict::No }, off: None, words: None, file: None }
    }
}

impl RequestKind {
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// Whether a yes says nothing without an amount.
    pub fn needs_amount(self) -> bool {
        matches!(self, RequestKind::Discount | RequestKind::Refund)
    }

    /// Whether it has no object any more once its booking has this status.
    pub fn ends_with(self, status: Status) -> bool {
        let is_over =
            matches!(status, Status::Cancelled | Status::Expired | Status::CheckedOut | Status::NoShow);
        match self {
            RequestKind::Refund | RequestKind::Invoice | RequestKind::Other => false,
            RequestKind::MoreTime | RequestKind::HoldWithoutDeposit => status != Status::PreReserved,
            RequestKind::EarlyCheckIn => is_over || status == Status::CheckedIn,
            RequestKind::Exception
            | RequestKind::TransferOfBooking
            | RequestKind::Cot
            | RequestKind::DayUse
            | RequestKind::Event
            | RequestKind::LateCheckOut
            | RequestKind::ExtraPerson
            | RequestKind::Bedding
            | RequestKind::Discount => is_over,
        }
    }
}

impl RequestState {
    pub fn code(self) -> &'static str {
        self.into()
    }
}

impl DecidedBy {
    pub fn code(self) -> &'static str {
        self.into()
    }
}

impl Off {
    /// The amount taken off a price; `None` when it is nothing, or more than the price.
    pub fn from_total(self, total: Money) -> Option<Money> {
        let off = match self {
            Off::Amount(off) => off,
            Off::Percent(percent) => total.split(Percent::new(percent)?).0,
        };
        let fits = off.is_positive() && off.currency == total.currency && off.minor <= total.minor;
        fits.then_some(off)
    }
}

/// Until when a hold would be kept: to the end of the day that the guest named, else for a day; never into the stay.
pub fn more_time_until(now: Timestamp, zone: &TimeZone, named: Option<Date>, check_in: Date) -> Timestamp {
    let today = zone.to_datetime(now).date();
    let last = today.saturating_add(MORE_TIME_DAYS_MAX.days()).min(check_in);
    let midnight_after =
        |day: Date| zone.to_timestamp(day.saturating_add(1.day()).to_datetime(Default::default()));
    let end = named.filter(|day| *day >= today).and_then(|day| midnight_after(day.min(last)).ok());
    let begins = zone.to_timestamp(check_in.to_datetime(Default::default())).ok();
    let until = end.unwrap_or(now + MORE_TIME);
    begins.filter(|begins| *begins > now).map_or(until, |begins| until.min(begins))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::code::check_codes;
    use crate::domain::money::Currency;
    use jiff::civil::date;

    #[test]
    fn each_word_has_a_code_of_its_own() {
        check_codes::<RequestKind>();
        check_codes::<RequestState>();
        check_codes::<DecidedBy>();
    }

    #[test]
    fn a_request_ends_with_what_it_is_about() {
        assert!(RequestKind::MoreTime.ends_with(Status::Confirmed));
        assert!(!RequestKind::LateCheckOut.ends_with(Status::CheckedIn));
        assert!(RequestKind::LateCheckOut.ends_with(Status::CheckedOut));
        assert!(RequestKind::EarlyCheckIn.ends_with(Status::CheckedIn));
        assert!(!RequestKind::Refund.ends_with(Status::Cancelled));
    }

    #[test]
    fn a_discount_is_at_most_the_price() {
        let pesos = |minor| Money::new(minor, Currency::Ars);
        assert_eq!(Off::Percent(10).from_total(pesos(300_000_00)), Some(pesos(30_000_00)));
        assert_eq!(Off::Percent(101).from_total(pesos(300_000_00)), None);
        assert_eq!(Off::Amount(pesos(5_00)).from_total(pesos(300_00)), Some(pesos(5_00)));
        assert_eq!(Off::Amount(pesos(300_01)).from_total(pesos(300_00)), None);
    }

    #[test]
    fn more_time_lasts_to_the_end_of_the_named_day_and_never_into_the_stay() {
        let now: Timestamp = "2026-11-24T13:00:00Z".parse().unwrap();
        let zone = TimeZone::UTC;
        let until = |named, check_in| more_time_until(now, &zone, named, check_in).to_string();
        let far = date(2027, 1, 15);
        assert_eq!(until(None, far), "2026-11-25T13:00:00Z");
        assert_eq!(until(Some(date(2026, 11, 27)), far), "2026-11-28T00:00:00Z");
        assert_eq!(until(Some(date(2026, 12, 20)), far), "2026-12-02T00:00:00Z");
        assert_eq!(until(Some(date(2026, 11, 20)), far), "2026-11-25T13:00:00Z");
        assert_eq!(until(Some(date(2026, 11, 27)), date(2026, 11, 26)), "2026-11-26T00:00:00Z");
    }
}
