//! Sayings about a stay request, as data: questions, offers, refusals.

use crate::dialogue::question::Alternative;
use crate::dialogue::question::Offer;
use crate::dialogue::tap::Room;
use crate::domain::money::Money;
use crate::domain::party::Party;
use crate::domain::pricing::Quote;
use crate::domain::refusal::Refusal;
use crate::domain::stay::Stay;
use crate::understanding::MonthPart;
use jiff::civil::Date;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaySay {
    AskDates {
        /// Whether the number of people is known already.
        party: Option<Party>,
    },
    AskDays {
        /// First day of the month.
        month: Date,
        /// The part of the month, when said.
        part: Option<MonthPart>,
        /// How many people, when known already.
        party: Option<Party>,
    },
    AskDeparture {
        arrival: Date,
    },
    AskArrival {
        departure: Date,
    },
    AskGuests {
        stay: Stay,
    },
    /// How old are the children? The price depends on it.
    AskAges {
        children: u16,
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
    Cabins {
        stay: Stay,
        party: Party,
        /// At least two.
        offers: Vec<Offer>,
    },
    /// Nothing is free; near alternatives.
    Alternatives {
        stay: Stay,
        party: Party,
        /// Nearest first; may be empty.
        near: Vec<Alternative>,
    },
    /// A rule refuses it; these stays keep the rule.
    RuledOut {
        refusal: Refusal,
        stay: Stay,
        /// Stays that keep the rule, best first; may be empty.
        instead: Vec<Stay>,
    },
    /// No cabin, nor two, hold so many.
    TooManyPeople {
        party: Party,
        /// The largest party of the property.
        most: u16,
    },
    /// Said back before booking, to a guest who spoke.
    BookItAloud {
        stay: Stay,
        rooms: Vec<(Room, String)>,
    },
    WhichCabin {
        stay: Stay,
        party: Party,
        /// At least two, with the cabin's name.
        rooms: Vec<(Room, String)>,
    },
    /// The price has changed since it was said.
    PriceChanged,
    JustTaken,
    /// The guest does not want the offer.
    Declined,
    /// The guest has to think or ask: nothing is held, and the offer stays while it is free.
    Undecided {
        /// The offer, with the cabin's name; `None` before the first.
        offer: Option<(Stay, Vec<(Room, String)>)>,
    },
    Waitlisted {
        stay: Stay,
    },
    /// Something on the waiting list became free.
    WaitlistNews(Quoted),
    /// Our advice to who leaves the choice to us: the best price of what fits.
    Recommended {
        cabin: String,
    },
    /// Does the offer still stand for you?
    StillOpen {
        stay: Stay,
        rooms: Vec<(Room, String)>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    pub stay: Stay,
    pub party: Party,
    /// One cabin, or two; never none.
    pub rooms: Vec<QuotedRoom>,
    /// Words of the cabin's description; only for a single cabin.
    pub about: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotedRoom {
    pub name: String,
    pub room: Room,
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
