//! Terms: the meanings of words, as a set small enough to copy.
//!
//! The lists of `assets/understanding` map the words of each language to these terms; every rule is written over
//! terms, so that a new word is a line of data and not a rule.

use serde::Deserialize;
use strum::{EnumString, IntoStaticStr, VariantArray};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
#[repr(u8)]
#[rustfmt::skip]
pub enum Term {
    // Small words the grammar leans on.
    Article, Of, From, To, Until, Between, And, Or, For, With, At, Not, If, More, Less, Only, This,
    Coming, Other, First, Last, A, Each, Instead, Than, Already, Very, Late, Early, Before, After,
    // Time.
    DayWord, Night, Week, Weekend, MonthWord, Year, Fortnight, Long, Carnival, HolyWeek, Christmas,
    NewYear, Today, Tomorrow, AfterTomorrow, Tonight, Hour, DayPart, Age, Couple2, TimeWord,
    Holiday, Season, MonthStart, MonthMiddle, MonthEnd,
    // People.
    Person, Adult, Child, Pair, Relative, TwoRelatives, Relatives, Speaker, WeAre, Group, Alone, Us,
    Uncounted, My,
    // Coming and going.
    Arrive, Leave, Stay, Go, Self_,
    // Asking and wanting.
    How, HowMuch, HowMany, When, Where, What, Can, Want, Need, Have, Is, Send, Ask, Fit, Include,
    // Booking.
    Price, Avail, Booking, Book, Cabin, Info, DatesNoun, Cancel, Refund, Change, Rebook, Booked, Add, Confirm, State,
    CantGo, Policy, Lose, Balance,
    // Money.
    Pay, PayWay, Transfer, Receipt, Link, Bank, Deposit, PaySeen, Money, DepositVerb,
    // People and messages.
    Talk, Human, Owner, Call, Bot, Message, StopIt, Receive, ListWord, Write,
    // Answers.
    Yes, Fine, No, Expensive, Think, Decline, Take, Cheaper,
    // Courtesies and noise.
    Greet, HowAreYou, Thank, Bye, Please, Laugh, WrongPerson, Sell,
    // Known words, so that they are not taken for misspellings; no rule asks for them.
    Filler,
    // Topics.
    Pet, Wifi, Parking, Pool, Grill, Linen, Breakfast, Heating, Location, CheckIn, CheckOut,
    Amenity, Capacity, Photo, Vehicle, Works, StopAll, Inquiry,
    // Words that qualify a yes, and words that may stand beside one.
    Proviso, Later, TellLater, Tell, Beforehand, Maybe, Nod,
}

/// Number of terms; the set below must hold them all.
const BITS: usize = 192;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(try_from = "String")]
pub struct TermSet([u64; BITS / 64]);

impl TryFrom<String> for TermSet {
    type Error = String;

    /// Terms with blanks between them.
    fn try_from(terms: String) -> Result<TermSet, String> {
        let mut set = TermSet::EMPTY;
        for term in terms.split_whitespace() {
            set.insert(term.parse().map_err(|_| format!("{term:?} is no term"))?);
        }
        Ok(set)
    }
}

impl TermSet {
    /// No meaning at all.
    pub const EMPTY: TermSet = TermSet([0; BITS / 64]);

    pub const fn of(terms: &[Term]) -> TermSet {
        let mut bits = [0u64; BITS / 64];
        let mut i = 0;
        while i < terms.len() {
            let t = terms[i] as usize;
            bits[t / 64] |= 1 << (t % 64);
            i += 1;
        }
        TermSet(bits)
    }

    pub fn has(self, term: Term) -> bool {
        let t = term as usize;
        self.0[t / 64] & (1 << (t % 64)) != 0
    }

    /// Whether any of those terms is in it.
    pub fn any(self, other: TermSet) -> bool {
        (0..self.0.len()).any(|i| self.0[i] & other.0[i] != 0)
    }

    pub fn insert(&mut self, term: Term) {
        let t = term as usize;
        self.0[t / 64] |= 1 << (t % 64);
    }

    /// Both together.
    pub fn union(self, other: TermSet) -> TermSet {
        TermSet([self.0[0] | other.0[0], self.0[1] | other.0[1], self.0[2] | other.0[2]])
    }

    /// Its terms, in the order of declaration.
    pub fn each(self) -> impl Iterator<Item = Term> {
        self.0.into_iter().enumerate().flat_map(|(at, mut bits)| {
            std::iter::from_fn(move || {
                let bit = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
                bits &= bits - 1;
                Term::VARIANTS.get(at * 64 + bit).copied()
            })
        })
    }

    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self == TermSet::EMPTY
    }
}

/// A remark beside the intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, VariantArray)]
#[serde(rename_all = "snake_case")]
pub enum Remark {
    /// The consumer's right to withdraw is invoked, by its name in the law.
    Withdrawal,
    /// An insult aimed at the reader; a rude word about the weather is none.
    Insult,
    /// What was asked for is not needed any more.
    NoLongerNeeded,
    /// A bank transfer, or the account that it goes to.
    ByTransfer,
    /// In cash.
    InCash,
    ByMercadopago,
    /// The whole price at once.
    AllAtOnce,
    /// A promo code, by what such codes are called.
    PromoCode,
    /// The cabin with the lowest price.
    Cheapest,
    /// The one that sleeps most.
    Largest,
    Smallest,
    /// The choice is left to us.
    AnyOne,
}

/// What a wording speaks of, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, VariantArray)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Spoken {
    /// Words that sound like one of the others and mean nothing of it.
    Innocent,
    /// Fire, gas, smoke, injury, crime.
    Danger,
    /// Locked out, no water, no light, no heating in the cold.
    Stranded,
    Problem,
    LostItem,
    Complaint,
    Request,
    /// "Es un incendio de lindo."
    Praise,
}

/// What is said of a payment. Where words fit several, the first one counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, VariantArray)]
#[serde(rename_all = "snake_case")]
pub enum PaymentTalk {
    /// Asks how or where to pay, or promises nothing: none of the others, whatever words it shares with them.
    AsksHow,
    AsksIfArrived,
    /// Will be paid at another time.
    PaysLater,
    /// The money was sent, or its receipt is.
    Paid,
}
