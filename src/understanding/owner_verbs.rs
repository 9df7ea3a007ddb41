//! What an owner orders or asks: the verb of a message. Its parts (cabin, days, guest, sum) are read elsewhere.

use super::sayings::Sayings;
use std::sync::LazyLock;
use strum::{EnumString, VariantArray};

/// Learned from the sayings of owners in `tests/data/owner/sayings.tsv`.
static MODEL: &[u8] = include_bytes!("../../assets/understanding/owner/model.bin");
/// Below this probability a message is not taken for an order: asking is better than guessing.
const PROBABILITY_MIN: f32 = 0.2;
/// Least probability of a yes, and of what does no harm.
const YES_MIN: f32 = 0.6;
const NO_MIN: f32 = 0.4;

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

/// What a message without an order says to what was asked before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum OwnerAnswer {
    Yes,
    No,
    /// Chatting, or meant for somebody else.
    None,
}

/// The verb of a message, in which names stand as `{cabin}` and `{guest}`. `None` when it is no order, or like no
/// saying.
pub fn owner_verb(text: &str) -> Option<OwnerVerb> {
    let (meaning, probability) = learned().meaning(text)?;
    OwnerVerb::VARIANTS.get(meaning).copied().filter(|_| probability >= PROBABILITY_MIN)
}

/// What a message that is no order says to what was asked; `None` when it is not sure.
pub fn owner_answer(text: &str) -> Option<OwnerAnswer> {
    let (meaning, probability) = learned().meaning(text)?;
    let answer = OwnerAnswer::VARIANTS.get(meaning.checked_sub(OwnerVerb::VARIANTS.len())?).copied()?;
    let enough = match answer {
        // It carries out what was asked about.
        OwnerAnswer::Yes => YES_MIN,
        OwnerAnswer::No | OwnerAnswer::None => NO_MIN,
    };
    (enough <= probability).then_some(answer)
}

fn learned() -> Sayings<'static> {
    static LEARNED: LazyLock<Sayings<'_>> =
        LazyLock::new(|| Sayings::of(MODEL).expect("a test reads the file that is built in"));
    *LEARNED
}

#[cfg(test)]
mod tests {
    use super::super::linear::hash;
    use super::super::sayings::learning;
    use super::*;
    use std::path::Path;

    /// Sayings of owners, one a line behind the verb that they mean. Names stand in them as `{cabin}` and `{guest}`.
    const SAYINGS: &str = include_str!("../../tests/data/owner/sayings.tsv");

    const MEANINGS: usize = OwnerVerb::VARIANTS.len() + OwnerAnswer::VARIANTS.len();

    /// The number of what a word of the data means.
    fn meaning(word: &str) -> Option<usize> {
        let verb = word.parse().ok().map(|verb: OwnerVerb| verb as usize);
        let answer =
            || word.parse().ok().map(|answer: OwnerAnswer| OwnerVerb::VARIANTS.len() + answer as usize);
        verb.or_else(answer)
    }

    fn sayings() -> impl Iterator<Item = (usize, &'static str)> {
        SAYINGS.lines().map(|line| {
            let (word, text) = line.split_once('\t').expect("a verb and a saying");
            (meaning(word).unwrap_or_else(|| panic!("{line}")), text)
        })
    }

    /// `UPDATE=1` learns from the sayings and writes what they teach.
    #[test]
    fn the_model_in_the_binary_is_of_these_sayings() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/understanding/owner/model.bin");
        let checksum = hash(&[SAYINGS]);
        if std::env::var_os("UPDATE").is_some() {
            let sayings: Vec<(usize, &str)> = sayings().collect();
            std::fs::write(&path, learning::file(MEANINGS, &sayings, checksum)).unwrap();
        }
        let file = std::fs::read(&path).unwrap();
        assert_eq!(
            learning::checksum(&file),
            Some(checksum),
            "model.bin is of other sayings: run this test with UPDATE=1"
        );
    }

    #[test]
    fn every_line_is_a_saying_and_every_meaning_has_some() {
        for meaning in 0..MEANINGS {
            assert!(sayings().filter(|(one, _)| *one == meaning).count() >= 3, "{meaning}");
        }
    }
}
