//! Row ids as types, so that a cabin can't be passed for a guest.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

ids! {
    /// A cabin that can be rented.
    CabinId,
    /// A season with its own price.
    SeasonId,
    PriceRuleId,
    /// Prices changed at once.
    RateChangeId,
    BlockId,
    /// A reservation, from hold to departure.
    ReservationId,
    GuestId,
    ConversationId,
    InboundId,
    OutboundId,
    /// A file that a person of the house sent from the page.
    SentFileId,
    /// A checkout (a Mercado Pago preference).
    CheckoutId,
    /// A payment, successful or not.
    PaymentId,
    RefundId,
    FeedId,
    /// An attention item.
    AttentionId,
    /// A notice to the owner.
    NoticeId,
    /// A guest's request for what a person decides.
    RequestId,
    JobId,
    /// A letter.
    MailId,
    /// A browser that asked to be told.
    SubscriptionId,
    /// A message to such a browser.
    PushId,
    /// An account of the admin page.
    UserId,
}

/// Length of a reservation code: 31^6 is 887 million.
pub const CODE_LENGTH: usize = 6;

/// Letters and digits that are not confused when read aloud: no 0/O, 1/I/L.
const CODE_ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/// The spoken name of a reservation, such as `K7M2QX`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReservationCode(String);

impl ReservationCode {
    /// A code from random bytes, one for each character.
    pub fn from_random(bytes: [u8; CODE_LENGTH]) -> ReservationCode {
        let pick = |byte: u8| char::from(CODE_ALPHABET[usize::from(byte) % CODE_ALPHABET.len()]);
        ReservationCode(bytes.into_iter().map(pick).collect())
    }

    /// Parses a code as typed: any case, blanks and hyphens ignored.
    pub fn parse(text: &str) -> Option<ReservationCode> {
        let code: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let valid = code.len() == CODE_LENGTH && code.bytes().all(|byte| CODE_ALPHABET.contains(&byte));
        valid.then_some(ReservationCode(code))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for ReservationCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = ReservationCode::from_random([0, 1, 2, 3, 30, 29]);
        assert_eq!(code.as_str(), "2345ZY");
        assert_eq!(ReservationCode::parse(" 23-45 zy "), Some(code));
    }

    #[test]
    fn letters_that_look_like_digits_are_no_code() {
        assert_eq!(ReservationCode::parse("O0I1L2"), None);
        assert_eq!(ReservationCode::parse("2345Z"), None);
    }
}
