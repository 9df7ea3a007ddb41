//! The state of a conversation between two messages. Stored as one versioned document; an unreadable one is a
//! fresh start, never an error.

use super::tap::{Purpose, Room};
use crate::domain::ids::ReservationId;
use crate::domain::language::Language;
use crate::domain::party::Party;
use crate::domain::pricing::Terms;
use crate::domain::stay::Stay;
use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// Version of the document. Raised when a field changes its meaning: an older one then starts afresh.
pub const STATE_VERSION: u16 = 1;
/// A stay request is forgotten after this long: plans change.
pub const WISH_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// A price is said again before booking after this long: prices move.
pub const OFFER_KEPT: SignedDuration = SignedDuration::from_hours(24);
/// A "yes" no longer answers our question after this long.
pub const ASKED_KEPT: SignedDuration = SignedDuration::from_hours(24);
/// A greeting is due again after this long without a message.
pub const GREETING_KEPT: SignedDuration = SignedDuration::from_hours(12);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    pub v: u16,
    /// The last language recognised in a message.
    pub language: Option<Language>,
    pub last_seen: Option<Timestamp>,
    /// The guest's stay request, as far as it is known.
    pub wish: StayRequest,
    pub asked: Asked,
    pub offered: Option<Offered>,
    pub counts: Counts,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StayRequest {
    pub arrival: Option<Date>,
    pub departure: Option<Date>,
    /// Nights, said before the dates were.
    pub nights: Option<u16>,
    /// First day of a month named without a day: "a principios de marzo".
    pub month: Option<Date>,
    /// The people; their animals may come before or after them.
    #[serde(alias = "guests")]
    pub(super) party: Option<Party>,
    /// How many of them are children whose ages were not said.
    pub children: Option<u16>,
    /// Promo code, way of payment and extras, as the guest asked for them.
    pub terms: Terms,
    pub(super) pets: Option<u16>,
    /// When the guest last changed it.
    pub said_at: Option<Timestamp>,
}

impl StayRequest {
    /// The stay, when both ends are known and in order.
    pub fn stay(&self) -> Option<Stay> {
        Stay::new(self.arrival?, self.departure?).ok()
    }

    /// The party, with its animals.
    pub fn party(&self) -> Option<Party> {
        self.party.map(|party| party.with_pets(self.pets.unwrap_or(party.pets())))
    }

    pub fn set_party(&mut self, party: Party) {
        self.party = Some(party);
        self.pets = None;
    }

    /// Sets the number of people. The same number changes nothing; the animals stay.
    pub fn set_people(&mut self, people: u16) {
        self.party = Some(self.party.map_or(Party::of_adults(people), |party| party.counting(people)));
    }

    /// Sets the number of animals.
    pub fn set_pets(&mut self, pets: u16) {
        self.pets = Some(pets);
    }

    /// Forgets the number of people.
    pub fn forget_people(&mut self) {
        self.pets = self.pets.or(self.party.map(|party| party.pets()));
        self.party = None;
    }

    /// Sets both ends.
    pub fn set_stay(&mut self, stay: Stay) {
        self.arrival = Some(stay.check_in());
        self.departure = Some(stay.check_out());
        self.nights = None;
        self.month = None;
    }
}

/// Our last question, which a bare "yes", "no" or "four" answers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "asked", rename_all = "snake_case")]
pub enum Asked {
    #[default]
    Nothing,
    Dates,
    /// Until when, or how many nights.
    Departure,
    Guests,
    /// The ages of the children.
    Ages,
    WhichStay {
        /// As offered, in order.
        stays: Vec<Stay>,
    },
    /// How many people exactly.
    WhichGuests {
        /// Fewest.
        from: u16,
        /// Most.
        to: u16,
    },
    /// Which of the cabins in `offered`.
    WhichCabin,
    /// Whether to book the only one offered.
    BookIt {
        stay: Stay,
        rooms: Vec<Room>,
    },
    /// The same, said back to a guest who spoke.
    BookItAloud {
        stay: Stay,
        rooms: Vec<Room>,
    },
    /// Whether the transcript is right.
    Heard {
        text: String,
    },
    /// Whether to cancel a booking.
    CancelIt {
        reservation_id: ReservationId,
    },
    MoveIt {
        reservation_id: ReservationId,
        stay: Stay,
        #[serde(alias = "guests")]
        party: Party,
    },
    NewDates {
        reservation_id: ReservationId,
    },
    WhichBooking {
        purpose: Purpose,
    },
    /// Whether to stop all but the messages of the booking.
    StopMessages,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    pub at: Timestamp,
    #[serde(alias = "guests")]
    pub party: Party,
    /// The offers, in the order shown.
    pub options: Vec<Choice>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub stay: Stay,
    pub room: Room,
}

/// Counters that keep a conversation from running in circles.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Consecutive messages not understood.
    pub misses: u8,
    /// Messages since `since`.
    pub turns: u16,
    /// Beginning of the hour in which `turns` are counted.
    pub since: Option<Timestamp>,
    /// Consecutive repetitions of the same words.
    pub repeats: u8,
    /// A fingerprint of the last words.
    pub last_words: u64,
    /// Whether goodbye or thanks were answered since the last other message.
    pub thanked: bool,
    /// When the owner was last told of a message.
    pub told_owner_at: Option<Timestamp>,
    /// Whether a person was called since the last clear message.
    pub handed_over: bool,
}

impl State {
    /// Whether a person was called, so that silence is allowed.
    pub fn waits_for_a_person(&self) -> bool {
        self.counts.handed_over
    }

    /// The person handed the conversation back: resets the counters; casero answers again.
    pub fn person_is_done(&mut self) {
        self.counts = Counts { thanked: self.counts.thanked, ..Counts::default() };
    }
}

impl Default for State {
    fn default() -> State {
        State {
            v: STATE_VERSION,
            language: None,
            last_seen: None,
            wish: StayRequest::default(),
            asked: Asked::default(),
            offered: None,
            counts: Counts::default(),
        }
    }
}

impl State {
    /// The stored state, or a fresh one when it can't be read or is of another version.
    pub fn known<E>(read: Result<State, E>) -> State {
        read.ok().filter(|state| state.v == STATE_VERSION).unwrap_or_default()
    }

    /// Forgets what has expired by `now`, on a day called `today` at the property.
    pub(super) fn age(&mut self, now: Timestamp, today: Date) {
        let older = |since: Option<Timestamp>, kept| since.is_some_and(|at| now.duration_since(at) > kept);
        let past = self.wish.arrival.is_some_and(|day| day < today);
        if older(self.wish.said_at, WISH_KEPT) || past {
            self.wish = StayRequest::default();
            self.offered = None;
        }
        self.wish.month = self.wish.month.filter(|month| month.last_of_month() >= today);
        if older(self.last_seen, ASKED_KEPT) || past {
            self.asked = Asked::Nothing;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialogue::tap::Tap;
    use crate::domain::stay::Stay;
    use jiff::civil::date;

    fn read(text: &str) -> State {
        State::known(serde_json::from_str(text))
    }

    #[test]
    fn a_number_of_people_that_an_older_version_kept_is_that_many_adults() {
        let room = r#"{"cabin_id":1,"guests":4,"total":{"minor":100,"currency":"ARS"}}"#;
        let stay = r#"{"check_in":"2027-02-01","check_out":"2027-02-04"}"#;
        let state = read(&format!(
            r#"{{"v":1,"wish":{{"guests":4,"pets":2}},"asked":{{"asked":"book_it","stay":{stay},"rooms":[{room}]}},
                "offered":{{"at":"2026-11-24T10:00:00Z","guests":4,"options":[{{"stay":{stay},"room":{room}}}]}}}}"#
        ));
        let four = Party::of_adults(4);
        assert_eq!(state.wish.party(), Some(four.with_pets(2)));
        assert_eq!(
            state.offered.map(|offered| (offered.party, offered.options[0].room.party)),
            Some((four, four))
        );
        let Asked::BookIt { rooms, .. } = state.asked else { panic!("the question was lost") };
        assert_eq!(rooms[0].party, four);
        let tap = format!(r#"{{"tap":"choose","cabin_id":1,"stay":{stay},"guests":4}}"#);
        let stay = Stay::new(date(2027, 2, 1), date(2027, 2, 4)).unwrap();
        let expected = Tap::Choose { cabin_id: crate::domain::ids::CabinId(1), stay, party: four };
        assert_eq!(serde_json::from_str::<Tap>(&tap).unwrap(), expected);
    }

    #[test]
    fn a_wish_remembers_who_comes_in_whatever_order_it_is_told() {
        let mut wish = StayRequest::default();
        wish.set_pets(1);
        assert_eq!(wish.party(), None);
        wish.set_people(4);
        assert_eq!(wish.party(), Some(Party::of_adults(4).with_pets(1)));
        let family = Party::new(2, &[3, 9], 0).unwrap();
        wish.set_party(family);
        wish.set_people(4);
        assert_eq!(wish.party(), Some(family));
        wish.set_pets(2);
        wish.forget_people();
        wish.set_people(3);
        assert_eq!(wish.party(), Some(Party::of_adults(3).with_pets(2)));
        let kept: StayRequest = serde_json::from_str(&serde_json::to_string(&wish).unwrap()).unwrap();
        assert_eq!(kept, wish);
    }
}
