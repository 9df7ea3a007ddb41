//! Refusals: every business reason to say no, with the data of its sentence.

use jiff::civil::Date;
use serde::Serialize;

/// A "no" that is an answer, not a failure. Each has a stable [`code`](Refusal::code) for programs, and a
/// sentence in each language for people (`dialogue::replies`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{}", self.code())]
pub enum Refusal {
    /// Departure on or before arrival.
    BadDates,
    /// Arrival before today.
    PastDate,
    /// More people than the cabin sleeps.
    OverCapacity {
        capacity: u16,
    },
    NoGuests,
    /// More animals than the cabin takes.
    TooManyPets {
        max: u16,
    },
    /// Fewer nights than the season requires.
    MinNights {
        min: u16,
    },
    /// More nights than the property allows.
    TooLong {
        max: u16,
    },
    /// A stay may not begin on this day of the week in this season.
    ArrivalDay {
        /// Days on which it may begin.
        allowed: Vec<String>,
    },
    /// A stay that begins in this season may not end on this day of the week.
    DepartureDay {
        /// Days on which it may end.
        allowed: Vec<String>,
    },
    /// Too little notice before arrival.
    LeadTime {
        /// First day on which a stay may begin.
        earliest: Date,
    },
    /// Further ahead than the horizon.
    TooFarAhead {
        /// Last day that is sold.
        latest: Date,
    },
    NightsTaken,
    /// The owner takes no bookings for now.
    Paused {
        /// From when they are taken again; absent until further notice.
        until: Option<Date>,
    },
    /// The cabin is not offered, or does not exist.
    CabinUnavailable,
    /// No discount has this promo code.
    PromoCodeUnknown,
    /// It was used as often as it may.
    PromoCodeUsedUp,
    /// Its discount is not for this stay.
    PromoCodeConditions,
    /// The price can't be expressed.
    PriceOverflow,
    /// The reservation's state does not allow it.
    NotNow {
        status: super::reservation::Status,
    },
    /// The hold had expired.
    HoldExpired,
    /// The guest has the most holds allowed at once.
    TooManyHolds {
        /// Most holds of a guest.
        max: u16,
    },
    /// As many holds of the public form wait for their deposit as may, of this address or of all.
    TooManyWebHolds,
    /// There is nothing to give back, or less than asked.
    NothingToRefund,
}

impl Refusal {
    /// Stable name, as the API's problem document and metrics carry it.
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::BadDates => "bad_dates",
            Refusal::PastDate => "past_date",
            Refusal::OverCapacity { .. } => "over_capacity",
            Refusal::NoGuests => "no_guests",
            Refusal::TooManyPets { .. } => "too_many_pets",
            Refusal::MinNights { .. } => "min_nights",
            Refusal::TooLong { .. } => "too_long",
            Refusal::ArrivalDay { .. } => "arrival_day",
            Refusal::DepartureDay { .. } => "departure_day",
            Refusal::LeadTime { .. } => "lead_time",
            Refusal::TooFarAhead { .. } => "too_far_ahead",
            Refusal::NightsTaken => "nights_taken",
            Refusal::Paused { .. } => "paused",
            Refusal::CabinUnavailable => "cabin_unavailable",
            Refusal::PromoCodeUnknown => "promo_code_unknown",
            Refusal::PromoCodeUsedUp => "promo_code_used_up",
            Refusal::PromoCodeConditions => "promo_code_conditions",
            Refusal::PriceOverflow => "price_overflow",
            Refusal::NotNow { .. } => "not_now",
            Refusal::HoldExpired => "hold_expired",
            Refusal::TooManyHolds { .. } => "too_many_holds",
            Refusal::TooManyWebHolds => "too_many_web_holds",
            Refusal::NothingToRefund => "nothing_to_refund",
        }
    }
}
