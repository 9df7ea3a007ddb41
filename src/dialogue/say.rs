//! Everything a guest may read, as data. `replies` puts it into words, in three languages.

use super::question::{Alternative, Booking, Offer};
use super::tap::{Purpose, Room};
use crate::domain::cabin::Cabin;
use crate::domain::money::{Money, Percent};
use crate::domain::pricing::Quote;
use crate::domain::refund::Ground;
use crate::domain::refusal::Refusal;
use crate::domain::settings::{Cancellation, Settings};
use crate::domain::stay::Stay;
use crate::understanding::Topic;
use jiff::civil::{Date, Time};

/// One thing to say. Several of a turn become one message where they fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Say {
    /// The talk itself: greetings, misunderstandings, people.
    Talk(Talk),
    /// A stay in the making: dates, people, prices.
    Stay(StaySay),
    /// A booking and what becomes of it.
    Booking(BookingSay),
    /// Money.
    Pay(PaySay),
    /// The house: what it has and how it is run.
    House(HouseSay),
}

/// The talk itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Talk {
    /// The first greeting of a conversation.
    Hello {
        /// The guest's first name, when it looks like one.
        name: Option<String>,
        /// What the place is called; empty when the owner has not said.
        property: String,
        /// The owner's own words of welcome; may be empty.
        welcome: String,
        /// Whether they never wrote before.
        first_time: bool,
    },
    /// How can I help?
    HowCanIHelp,
    /// I did not understand; here is what I can do.
    NotUnderstood,
    /// Still not understood.
    StillNotUnderstood,
    /// A person will answer.
    HandedOver,
    /// A person was told already and will answer.
    AlreadyHandedOver,
    /// I don't know; the owner was asked.
    AskedOwner,
    /// You are welcome.
    Welcome,
    /// No more messages.
    OptedOut,
    /// The recording could not be heard.
    Unheard,
    /// The recording is too long.
    TooLong,
    /// Voice is not listened to here.
    VoiceOff,
    /// I think I heard this: right?
    Heard {
        /// What was heard.
        text: String,
    },
    /// Then please write it.
    PleaseWrite,
    /// This kind of message can't be seen.
    CannotSee,
    /// A picture that belongs to nothing.
    Picture,
    /// A place on the map.
    Place,
    /// The button is old.
    StaleTap,
    /// Your message came hours ago; here is how things stand now.
    LateAnswer,
    /// An angry guest.
    Calm,
}

/// A stay in the making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaySay {
    /// For which dates, and how many are you?
    AskDates {
        /// Whether the number of people is known already.
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
        /// How many the house holds at most.
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

/// A booking and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BookingSay {
    /// Held, waiting for its deposit.
    Held {
        /// The holds; two for a split party.
        bookings: Vec<Booking>,
        /// How to pay.
        ways: PayWays,
    },
    /// The hold runs out soon.
    HoldEnding {
        /// The hold.
        booking: Booking,
    },
    /// The hold ran out.
    Expired {
        /// The hold.
        booking: Booking,
    },
    /// The cabin is the guest's.
    Confirmed {
        /// The booking.
        booking: Booking,
        /// Where it is and from when.
        arrival: Arrival,
    },
    /// Called off.
    Cancelled {
        /// The booking.
        booking: Booking,
        /// What goes back; zero when nothing does.
        refund: Money,
    },
    /// New dates, cabin or people.
    Moved {
        /// As it is now.
        booking: Booking,
    },
    /// How things stand.
    Cards {
        /// One or more.
        bookings: Vec<Booking>,
    },
    /// No booking under this number.
    NoBooking,
    /// What calling it off would mean: really?
    AskCancel {
        /// The booking.
        booking: Booking,
        /// What would go back.
        refund: Money,
        /// Why so much.
        ground: Ground,
    },
    /// It stays as it is.
    Kept,
    /// Which booking?
    Which {
        /// At least two.
        bookings: Vec<Booking>,
        /// What for.
        purpose: Purpose,
    },
    /// Which new dates?
    AskNewDates {
        /// The booking.
        booking: Booking,
    },
    /// What the change would mean: really?
    AskMove {
        /// As it is.
        booking: Booking,
        /// New dates.
        stay: Stay,
        /// New number of people.
        guests: u16,
        /// New price.
        quote: Quote,
    },
    /// The change is not possible.
    CannotMove {
        /// The booking.
        booking: Booking,
        /// Why.
        refusal: Refusal,
    },
    /// What was asked can't be done with a booking in its state.
    CannotNow {
        /// Why.
        refusal: Refusal,
    },
    /// The request to withdraw was noted.
    Withdrawing {
        /// The booking's code, when it is clear which.
        code: Option<String>,
    },
    /// Tomorrow, or in a few days.
    ArrivalReminder {
        /// The booking.
        booking: Booking,
        /// Where it is and from when.
        arrival: Arrival,
    },
    /// How to get in, on the day.
    CheckIn {
        /// The booking.
        booking: Booking,
        /// Where it is and from when.
        arrival: Arrival,
        /// The owner's instructions; may be empty.
        instructions: String,
    },
    /// After the stay.
    ThankYou {
        /// What the place is called.
        property: String,
        /// The owner's own words; empty uses the product's.
        words: String,
    },
}

/// Where to go and when, for a guest who has booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The address; may be empty.
    pub address: String,
    /// From when.
    pub check_in: Time,
    /// Until when on the last day.
    pub check_out: Time,
    /// The owner's own words; may be empty.
    pub words: String,
}

impl Arrival {
    /// From the settings; `text` names the owner's words for this message.
    pub fn of(settings: &Settings, text: &str) -> Arrival {
        Arrival {
            address: settings.property_address.clone(),
            check_in: settings.check_in_time,
            check_out: settings.check_out_time,
            words: settings.texts.get(text).cloned().unwrap_or_default(),
        }
    }
}

/// How a guest can pay.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PayWays {
    /// A link to Mercado Pago follows by itself.
    pub link_follows: bool,
    /// Bank coordinates, when the owner gave them.
    pub bank: Option<Bank>,
}

/// Where to transfer to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bank {
    /// The alias; may be empty.
    pub alias: String,
    /// CBU or CVU; may be empty.
    pub cbu: String,
    /// Name on the account; may be empty.
    pub holder: String,
}

impl Bank {
    /// From the settings, when there is an alias or a number.
    pub fn of(settings: &Settings) -> Option<Bank> {
        let given = !settings.bank_alias.is_empty() || !settings.bank_cbu.is_empty();
        given.then(|| Bank {
            alias: settings.bank_alias.clone(),
            cbu: settings.bank_cbu.clone(),
            holder: settings.bank_holder.clone(),
        })
    }
}

/// Money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaySay {
    /// The link.
    LinkReady {
        /// For which booking.
        booking: Booking,
        /// How much.
        amount: Money,
        /// Where.
        url: String,
    },
    /// The link is being made.
    LinkComing,
    /// No link can be made now.
    LinkUnavailable {
        /// For which booking.
        booking: Booking,
        /// The other way.
        bank: Option<Bank>,
    },
    /// How to pay by transfer.
    Transfer {
        /// For which booking.
        booking: Booking,
        /// Where to.
        bank: Bank,
    },
    /// The payment is being looked at by the provider.
    Pending {
        /// For which booking.
        booking: Booking,
    },
    /// The payment was refused.
    Rejected {
        /// For which booking.
        booking: Booking,
        /// The link to try again, when there is one.
        url: Option<String>,
    },
    /// Something came in, not yet the deposit.
    Partial {
        /// For which booking.
        booking: Booking,
        /// What came in.
        received: Money,
    },
    /// The rest came in.
    Settled {
        /// For which booking.
        booking: Booking,
    },
    /// The money came after the hold was over and the nights were gone.
    TooLate {
        /// For which booking.
        booking: Booking,
    },
    /// The receipt was passed to the owner.
    ReceiptReceived {
        /// For which booking.
        booking: Booking,
    },
    /// The owner saw the transfer, which is not yet enough to confirm (else it is `Confirmed`).
    TransferApproved {
        /// For which booking.
        booking: Booking,
        /// How much.
        amount: Money,
    },
    /// The owner did not find the transfer.
    TransferNotFound {
        /// For which booking.
        booking: Booking,
    },
    /// The rest is due on arrival.
    BalanceReminder {
        /// For which booking.
        booking: Booking,
        /// Where to transfer to, when possible.
        bank: Option<Bank>,
    },
    /// Money was sent back.
    Refunded {
        /// For which booking.
        booking: Booking,
        /// How much.
        amount: Money,
    },
    /// We don't see the payment yet.
    NotSeenYet {
        /// For which booking.
        booking: Booking,
    },
    /// How one pays, without a booking yet.
    HowOnePays {
        /// Part paid in advance.
        deposit: Percent,
        /// By Mercado Pago.
        online: bool,
        /// By bank transfer.
        transfer: bool,
    },
    /// Nothing is to be paid now.
    NothingDue {
        /// For which booking.
        booking: Booking,
    },
    /// The owner will say how to pay.
    OwnerWillSay,
}

/// The house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HouseSay {
    /// The owner's own answer.
    Answer {
        /// The words.
        text: String,
    },
    /// From when one may come in.
    CheckInTime {
        /// The hour.
        from: Time,
    },
    /// Until when one may stay.
    CheckOutTime {
        /// The hour.
        until: Time,
    },
    /// How many fit where.
    Capacity {
        /// Name and how many, for each cabin.
        cabins: Vec<(String, u16)>,
    },
    /// What is paid in advance.
    Deposit {
        /// The part.
        percent: Percent,
        /// How long a hold waits, in minutes.
        hold_minutes: u32,
    },
    /// What happens to the money.
    CancellationPolicy {
        /// The rule.
        policy: Cancellation,
    },
    /// What the cabins have.
    Amenities {
        /// Name and what it has, for each cabin.
        cabins: Vec<(String, Vec<String>)>,
    },
    /// Where pictures are.
    Photos {
        /// Name and addresses, for each cabin.
        cabins: Vec<(String, Vec<String>)>,
    },
    /// Where it is.
    Location {
        /// In the owner's words or as a map link.
        places: Vec<String>,
    },
    /// Asked for a topic without an answer: the owner was asked.
    AskedOwner {
        /// About what.
        topic: Topic,
    },
}

impl HouseSay {
    /// How many fit, from the cabins.
    pub fn capacity(cabins: &[Cabin]) -> HouseSay {
        HouseSay::Capacity {
            cabins: cabins.iter().map(|cabin| (cabin.name.clone(), cabin.capacity)).collect(),
        }
    }
}

impl From<Talk> for Say {
    fn from(say: Talk) -> Say {
        Say::Talk(say)
    }
}

impl From<StaySay> for Say {
    fn from(say: StaySay) -> Say {
        Say::Stay(say)
    }
}

impl From<BookingSay> for Say {
    fn from(say: BookingSay) -> Say {
        Say::Booking(say)
    }
}

impl From<PaySay> for Say {
    fn from(say: PaySay) -> Say {
        Say::Pay(say)
    }
}

impl From<HouseSay> for Say {
    fn from(say: HouseSay) -> Say {
        Say::House(say)
    }
}
