//! Arguments of sentences. Dates, money and people go in as they are written in the language, counts as numbers of
//! which the catalogue makes singular and plural, closed types as the codes among which it chooses.

use super::catalogue::Locale;
use crate::dialogue::effect::HandOver;
use crate::dialogue::notice::PaymentProblem;
use crate::dialogue::say::PublicNumbers;
use crate::dialogue::tap::Purpose;
use crate::domain::attention::{AttentionKind, FeedCause};
use crate::domain::delivery_failure::{DeliveryCause, TemplateReason};
use crate::domain::ids::ReservationCode;
use crate::domain::message::SentThing;
use crate::domain::money::{Currency, Percent};
use crate::domain::notice::NoticeKind;
use crate::domain::payment::PaymentMethod;
use crate::domain::pricing::{LineKind, Per};
use crate::domain::provider::{OutageCause, Provider};
use crate::domain::refund::Ground;
use crate::domain::request::{RequestKind, RequestState};
use crate::domain::reservation::Status;
use crate::understanding::{Matter, MonthPart, Presence, Topic, Urgency};
use fluent_bundle::FluentValue;
use jiff::civil::{Date, Time, Weekday};
#[cfg(test)]
use strum::VariantArray;

pub(super) type Named = (&'static str, FluentValue<'static>);

/// An argument of a sentence.
pub(super) trait Argument: Sized {
    /// Its values by name. Most have one value, under the argument's own name.
    fn values(self, name: &'static str, locale: Locale) -> Vec<Named>;

    /// Its names, each with its possible codes; none when it may be anything.
    #[cfg(test)]
    fn described(name: &'static str) -> Vec<(&'static str, Vec<&'static str>)> {
        vec![(name, Vec::new())]
    }
}

macro_rules! written {
    ($($kind:ty: |$value:ident, $locale:ident| $words:expr;)*) => {
        $(impl Argument for $kind {
            fn values(self, name: &'static str, $locale: Locale) -> Vec<Named> {
                let $value = self;
                vec![(name, FluentValue::from($words))]
            }
        })*
    };
}
pub(super) use written;

written! {
    &str: |text, _locale| text.to_owned();
    &String: |text, _locale| text.clone();
    String: |text, _locale| text;
    &ReservationCode: |code, _locale| code.to_string();
    u8: |number, _locale| number;
    i8: |number, _locale| number;
    u16: |number, _locale| number;
    i16: |number, _locale| number;
    u32: |number, _locale| number;
    i64: |number, _locale| number;
    u64: |number, _locale| number;
    usize: |number, _locale| number;
    Percent: |percent, _locale| percent.value();
}

macro_rules! chosen {
    ($($kind:ty { $($variant:ident: $code:literal),* })*) => {
        $(impl Argument for $kind {
            fn values(self, name: &'static str, _: Locale) -> Vec<Named> {
                let code = match self { $(Self::$variant => $code,)* };
                vec![(name, FluentValue::from(code))]
            }

            #[cfg(test)]
            fn described(name: &'static str) -> Vec<(&'static str, Vec<&'static str>)> {
                vec![(name, vec![$($code),*])]
            }
        })*
    };
}

/// The property's ways to pay.
#[derive(Debug, Clone, Copy)]
pub enum Ways {
    Both,
    Online,
    Transfer,
    Neither,
}

/// A booking's status for the owner.
#[derive(Debug, Clone, Copy)]
pub enum Standing {
    WaitsForDeposit,
    WaitsForYes,
    Confirmed,
    CheckedIn,
    CheckedOut,
    Cancelled,
    Expired,
    NoShow,
}

/// Half of the day of a 12-hour clock.
#[derive(Debug, Clone, Copy)]
pub enum Half {
    Am,
    Pm,
}

/// A month by its English name.
#[derive(Debug, Clone, Copy)]
pub enum Month {
    Jan,
    Feb,
    Mar,
    Apr,
    May,
    Jun,
    Jul,
    Aug,
    Sep,
    Oct,
    Nov,
    Dec,
}

/// A currency with a sign in each language.
#[derive(Debug, Clone, Copy)]
pub enum Sign {
    Ars,
    Usd,
    Brl,
    Uyu,
    Clp,
}

impl Sign {
    pub(super) fn of(currency: Currency) -> Option<Sign> {
        Some(match currency {
            Currency::Ars => Sign::Ars,
            Currency::Usd => Sign::Usd,
            Currency::Brl => Sign::Brl,
            Currency::Uyu => Sign::Uyu,
            Currency::Clp => Sign::Clp,
            Currency::Other(_) => return None,
        })
    }
}

impl Month {
    pub(super) fn of(date: Date) -> Month {
        use Month::*;
        const ALL: [Month; 12] = [Jan, Feb, Mar, Apr, May, Jun, Jul, Aug, Sep, Oct, Nov, Dec];
        ALL[usize::from(date.month().unsigned_abs()) - 1]
    }
}

chosen! {
    Purpose { Cancel: "cancel", Change: "change", Pay: "pay" }
    Ways { Both: "both", Online: "online", Transfer: "transfer", Neither: "neither" }
    PublicNumbers { Argentina: "argentina", Unknown: "unknown" }
    Matter {
        Problem: "problem", LostItem: "lost_item", Complaint: "complaint", Request: "request", Message: "message"
    }
    Urgency { Normal: "normal", Stranded: "stranded", Danger: "danger" }
    Presence { ArrivingToday: "arriving_today", InHouse: "in_house", JustLeft: "just_left" }
    SentThing { Image: "image", Audio: "audio", File: "file", Location: "location" }
    Half { Am: "am", Pm: "pm" }
    MonthPart { Start: "start", Middle: "middle", End: "end" }
    Sign { Ars: "ARS", Usd: "USD", Brl: "BRL", Uyu: "UYU", Clp: "CLP" }
    Ground { Withdrawal: "withdrawal", InTime: "in_time", Late: "late" }
    Month {
        Jan: "jan", Feb: "feb", Mar: "mar", Apr: "apr", May: "may", Jun: "jun",
        Jul: "jul", Aug: "aug", Sep: "sep", Oct: "oct", Nov: "nov", Dec: "dec"
    }
    Weekday {
        Monday: "mon", Tuesday: "tue", Wednesday: "wed", Thursday: "thu",
        Friday: "fri", Saturday: "sat", Sunday: "sun"
    }
    Status {
        PreReserved: "pre_reserved", Confirmed: "confirmed", CheckedIn: "checked_in", CheckedOut: "checked_out",
        Cancelled: "cancelled", Expired: "expired", NoShow: "no_show"
    }
    RequestState {
        Open: "open", Granted: "granted", Refused: "refused", Answered: "answered", Withdrawn: "withdrawn",
        Ended: "ended"
    }
    Standing {
        WaitsForDeposit: "waits_for_deposit", WaitsForYes: "waits_for_yes", Confirmed: "confirmed",
        CheckedIn: "checked_in", CheckedOut: "checked_out", Cancelled: "cancelled", Expired: "expired",
        NoShow: "no_show"
    }
    LineKind {
        Night: "night", ExtraGuest: "extra_guest", Child: "child", Pet: "pet", Cleaning: "cleaning", Fee: "fee",
        Discount: "discount", Tax: "tax", Adjustment: "adjustment"
    }
    Per {
        Stay: "stay", Night: "night", PersonNight: "person_night", Pet: "pet", PetNight: "pet_night"
    }
    PaymentMethod { Mercadopago: "mercadopago", Transfer: "transfer", Cash: "cash" }
    HandOver {
        Asked: "asked", NotUnderstood: "not_understood", Upset: "upset", TooMany: "too_many_messages",
        UnknownBooking: "unknown_booking", HardChange: "hard_change", NoWayToPay: "no_way_to_pay",
        LargeParty: "large_party", Unanswered: "unanswered", Promised: "promised"
    }
    FeedCause {
        Beyond: "beyond", SoldByTwo: "sold_by_two", SoldBlocked: "sold_blocked", Vanished: "vanished",
        FirstReading: "first_reading", Unread: "unread", NeverRead: "never_read", StillRepeated: "still_repeated",
        MaybeSold: "maybe_sold", OwnLink: "own_link", SameLink: "same_link"
    }
    PaymentProblem {
        NoPlace: "no_place", HoldEnded: "hold_ended", Cancelled: "cancelled", OtherAmount: "other_amount",
        Unknown: "unknown", ChargedBack: "charged_back", RefundFailed: "refund_failed"
    }
}

impl Argument for Topic {
    fn values(self, name: &'static str, _: Locale) -> Vec<Named> {
        vec![(name, FluentValue::from(self.code()))]
    }

    #[cfg(test)]
    fn described(name: &'static str) -> Vec<(&'static str, Vec<&'static str>)> {
        vec![(name, Topic::ALL.iter().map(|topic| topic.code()).collect())]
    }
}

impl Argument for RequestKind {
    fn values(self, name: &'static str, _: Locale) -> Vec<Named> {
        vec![(name, FluentValue::from(self.code()))]
    }

    #[cfg(test)]
    fn described(name: &'static str) -> Vec<(&'static str, Vec<&'static str>)> {
        vec![(name, RequestKind::VARIANTS.iter().map(|kind| kind.code()).collect())]
    }
}

/// Closed types whose code is the name of a variant of the sentence.
macro_rules! coded {
    ($($kind:ty),*) => {
        $(impl Argument for $kind {
            fn values(self, name: &'static str, _: Locale) -> Vec<Named> {
                vec![(name, FluentValue::from(self.code()))]
            }

            #[cfg(test)]
            fn described(name: &'static str) -> Vec<(&'static str, Vec<&'static str>)> {
                vec![(name, <$kind>::VARIANTS.iter().map(|kind| kind.code()).collect())]
            }
        })*
    };
}

coded!(AttentionKind, NoticeKind, DeliveryCause, OutageCause, Provider, TemplateReason);

/// A date in its parts, for each language's pattern: `d`, `dd`, `m`, `mm`, `yyyy`, and the codes of `weekday` and
/// `month`.
#[derive(Debug, Clone, Copy)]
pub struct DateParts(pub Date);

impl Argument for DateParts {
    fn values(self, _: &'static str, locale: Locale) -> Vec<Named> {
        let DateParts(date) = self;
        let two = |number: i8| FluentValue::from(format!("{number:02}"));
        let mut values = vec![
            ("d", FluentValue::from(date.day())),
            ("dd", two(date.day())),
            ("m", FluentValue::from(date.month())),
            ("mm", two(date.month())),
            ("yyyy", FluentValue::from(date.year())),
        ];
        values.extend(date.weekday().values("weekday", locale));
        values.extend(Month::of(date).values("month", locale));
        values
    }

    #[cfg(test)]
    fn described(_: &'static str) -> Vec<(&'static str, Vec<&'static str>)> {
        let plain = ["d", "dd", "m", "mm", "yyyy"].map(|name| (name, Vec::new()));
        [plain.to_vec(), Weekday::described("weekday"), Month::described("month")].concat()
    }
}

/// An hour of the day in its parts: `hour` of 24 and `hour12` with its `half`, `minute` and `mm`.
#[derive(Debug, Clone, Copy)]
pub struct TimeParts(pub Time);

impl Argument for TimeParts {
    fn values(self, _: &'static str, locale: Locale) -> Vec<Named> {
        let TimeParts(time) = self;
        let hour12 = if time.hour() % 12 == 0 { 12 } else { time.hour() % 12 };
        let half = if time.hour() < 12 { Half::Am } else { Half::Pm };
        let mut values = vec![
            ("hour", FluentValue::from(time.hour())),
            ("hour12", FluentValue::from(hour12)),
            ("minute", FluentValue::from(time.minute())),
            ("mm", FluentValue::from(format!("{:02}", time.minute()))),
        ];
        values.extend(half.values("half", locale));
        values
    }

    #[cfg(test)]
    fn described(_: &'static str) -> Vec<(&'static str, Vec<&'static str>)> {
        let plain = ["hour", "hour12", "minute", "mm"].map(|name| (name, Vec::new()));
        [plain.to_vec(), Half::described("half")].concat()
    }
}
