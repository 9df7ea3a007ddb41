//! A guest's word that money was sent: how it stands, and for how long it keeps a hold.

use jiff::Timestamp;
use strum::{EnumString, IntoStaticStr, VariantArray};

/// How the guest told of it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumString, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "snake_case")]
pub enum ReceiptBy {
    /// A picture or a document.
    File,
    Words,
    /// Asked whether it arrived.
    Question,
}

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumString, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "snake_case")]
pub enum ReceiptState {
    /// Nobody has looked yet.
    Open,
    /// The money is there.
    Found,
    NotFound,
    /// A person closed the matter without a word of the money.
    Closed,
}

/// The last word of a guest that a booking's money was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReceiptStanding {
    pub state: ReceiptState,
    pub told_at: Timestamp,
    /// Whether a hold is kept for it.
    pub keeps: bool,
}

impl ReceiptBy {
    pub fn code(self) -> &'static str {
        self.into()
    }
}

impl ReceiptState {
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// Whether another word may keep the hold: the first one does; after a person has looked in vain only a receipt itself.
pub fn may_keep(before: Option<ReceiptStanding>, by: ReceiptBy) -> bool {
    match before {
        None => true,
        Some(ReceiptStanding { state: ReceiptState::Open, keeps: true, .. }) => false,
        Some(_) => by == ReceiptBy::File,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::code::check_codes;

    #[test]
    fn words_keep_a_hold_once() {
        check_codes::<ReceiptBy>();
        check_codes::<ReceiptState>();
        let before = |state| Some(ReceiptStanding { state, told_at: Timestamp::UNIX_EPOCH, keeps: true });
        assert!(may_keep(None, ReceiptBy::Words));
        assert!(!may_keep(before(ReceiptState::Open), ReceiptBy::File));
        assert!(!may_keep(before(ReceiptState::NotFound), ReceiptBy::Words));
        assert!(may_keep(before(ReceiptState::NotFound), ReceiptBy::File));
    }
}
