//! A stay in the making, as data: what is asked, offered and refused.

use crate::dialogue::question::Alternative;
use crate::dialogue::question::Offer;
use crate::dialogue::tap::Room;
use crate::domain::money::Money;
use crate::domain::pricing::Quote;
use crate::domain::refusal::Refusal;
use crate::domain::stay::Stay;
use crate::understanding::MonthPart;
use jiff::civil::Date;

/// A stay in the making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaySay {
    /// For which dates, and how many are you?
    AskDates {
        /// Whether the number of people is known already.
        guests: Option<u16>,
    },
    /// Which days of that month?
    AskDays {
        /// First day of the month.
        month: Date,
        /// Which part of it the guest thinks of, when said.
        part: Option<MonthPart>,
        /// How many people, when known already.
        guests: Option<u16>,
    },
    /// Until when?
    AskDeparture {
        /// First night.
        arrival: Date,
    },
    /// From when?
    AskArrival {
        /// Day of departure.
        departure: Date,
    },
    /// How many are you?
    AskGuests {
        /// When.
        stay: Stay,
    },
    /// Which of these stays do you mean?
    WhichStay {
        /// At least two.
        stays: Vec<Stay>,
    },
    /// Which day of arrival do you mean?
    WhichArrival {
        /// At least two.
        days: Vec<Date>,
    },
    /// How many exactly?
    WhichGuests {
        /// Fewest.
        from: u16,
        /// Most.
        to: u16,
    },
    /// These dates don't exist, or end before they begin.
    BadDates,
    /// One offer: a cabin, or two that together hold the party.
    Quote(Quoted),
    /// Several cabins.
    Cabins {
        /// When.
        stay: Stay,
        /// How many people.
        guests: u16,
        /// At least two.
        offers: Vec<Offer>,
    },
    /// Nothing is free; this is near.
    Alternatives {
        /// What was asked.
        stay: Stay,
        /// How many people.
        guests: u16,
        /// Nearest first; may be empty.
        near: Vec<Alternative>,
    },
    /// A rule stands against it; these stays would do.
    RuledOut {
        /// Which rule.
        refusal: Refusal,
        /// What was asked.
        stay: Stay,
        /// What would do, best first; may be empty.
        instead: Vec<Stay>,
    },
    /// No cabin, nor two, hold so many.
    TooManyPeople {
        /// How many people.
        guests: u16,
        /// How many the property holds at most.
        most: u16,
    },
    /// Said back before booking, to a guest who spoke.
    BookItAloud {
        /// When.
        stay: Stay,
        /// What, with the cabin's name.
        rooms: Vec<(Room, String)>,
    },
    /// Which of the cabins?
    WhichCabin {
        /// When.
        stay: Stay,
        /// How many people.
        guests: u16,
        /// At least two, with the cabin's name.
        rooms: Vec<(Room, String)>,
    },
    /// The price has changed since it was said.
    PriceChanged,
    /// Somebody was faster.
    JustTaken,
    /// The guest does not want the offer.
    Declined,
    /// On the waiting list.
    Waitlisted {
        /// When.
        stay: Stay,
    },
    /// Something on the waiting list became free.
    WaitlistNews(Quoted),
    /// Does the offer still stand for you?
    StillOpen {
        /// When.
        stay: Stay,
        /// What, with the cabin's name.
        rooms: Vec<(Room, String)>,
    },
}

/// An offer with its price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// When.
    pub stay: Stay,
    /// How many people in all.
    pub guests: u16,
    /// One cabin, or two; never none.
    pub rooms: Vec<QuotedRoom>,
    /// Words of the cabin's description; only for a single cabin.
    pub about: String,
}

/// One cabin of an offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotedRoom {
    /// Its name.
    pub name: String,
    /// What booking it needs.
    pub room: Room,
    /// Its price.
    pub quote: Quote,
}

impl Quoted {
    /// The rooms as booking needs them.
    pub fn rooms(&self) -> Vec<Room> {
        self.rooms.iter().map(|quoted| quoted.room.clone()).collect()
    }

    /// A sum over the rooms; an overflow shows the first room's share rather than nothing.
    pub fn sum(&self, part: impl Fn(&Quote) -> Money) -> Money {
        let first = &self.rooms.first().expect("an offer has a room").quote;
        let zero = Money::zero(part(first).currency);
        self.rooms
            .iter()
            .try_fold(zero, |sum, room| sum.checked_add(part(&room.quote)))
            .unwrap_or(part(first))
    }
}
