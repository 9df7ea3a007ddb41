//! What an owner orders or asks: the verb of a message. Its parts (cabin, days, guest, sum) are read elsewhere.

use super::sayings::Sayings;
use std::sync::LazyLock;
use strum::{EnumString, VariantArray};

/// Sayings of owners, one a line behind the verb that they mean. Names stand in them as `{cabin}` and `{guest}`.
const SAYINGS: &str = include_str!("../../assets/understanding/owner/sayings.tsv");
/// Below this probability a message is not taken for an order: asking is better than guessing.
const PROBABILITY_MIN: f32 = 0.2;

#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum OwnerVerb {
    Undo,
    Help,
    Pending,
    /// What guests asked that nobody could answer.
    Questions,
    Unblock,
    Block,
    Cleaning,
    SendLocation,
    Discount,
    MinNights,
    /// Take no bookings for some time.
    Pause,
    Resume,
    /// An answer for the house to know.
    Teach,
    TakeOver,
    HandBack,
    /// A message to a guest in the owner's words.
    Tell,
    PaymentReceived,
    Debts,
    NewBooking,
    Confirm,
    Move,
    Cancel,
    SetPrice,
    Price,
    Income,
    Occupancy,
    Arrivals,
    Departures,
    InHouse,
    Free,
    Find,
}

/// The verb of a saying that is no order: a yes or a no, chatting, or meant for somebody else.
#[cfg(test)]
const NO_VERB: [&str; 3] = ["yes", "no", "none"];

/// The verb of a message, in which names stand as `{cabin}` and `{guest}`. `None` when it is no order, or like no
/// saying.
pub fn owner_verb(text: &str) -> Option<OwnerVerb> {
    static LEARNED: LazyLock<Sayings> = LazyLock::new(|| {
        let no_verb = OwnerVerb::VARIANTS.len();
        let number = |verb| OwnerVerb::VARIANTS.iter().position(|one| Some(*one) == verb).unwrap_or(no_verb);
        let sayings: Vec<(usize, &str)> = sayings().map(|(verb, text)| (number(verb), text)).collect();
        Sayings::learn(no_verb + 1, &sayings)
    });
    let (meaning, probability) = LEARNED.meaning(text)?;
    OwnerVerb::VARIANTS.get(meaning).copied().filter(|_| probability >= PROBABILITY_MIN)
}

fn sayings() -> impl Iterator<Item = (Option<OwnerVerb>, &'static str)> {
    let lines = SAYINGS.lines().filter_map(|line| line.split_once('\t'));
    lines.map(|(verb, text)| (verb.parse().ok(), text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_saying_and_every_verb_has_some() {
        for line in SAYINGS.lines() {
            let verb = line.split_once('\t').expect("a verb and a saying").0;
            assert!(NO_VERB.contains(&verb) || verb.parse::<OwnerVerb>().is_ok(), "{line}");
        }
        for verb in OwnerVerb::VARIANTS {
            assert!(sayings().filter(|(one, _)| *one == Some(*verb)).count() >= 3, "{verb:?}");
        }
    }
}
