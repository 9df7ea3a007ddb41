//! Notices to the owner about guests: their kinds, their ways, and what counts as seen.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use strum::{EnumString, IntoStaticStr, VariantArray};

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumString, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "snake_case")]
pub enum NoticeKind {
    WantsAPerson,
    UnansweredQuestion,
    UnansweredMessage,
    Problem,
    LostItem,
    Complaint,
    Request,
    Message,
    TransferReceipt,
    Withdrawal,
    /// Messages do not go out, or one does not arrive.
    DeliveryFailing,
    /// A provider can't be used, or its notifications can't be trusted.
    ProviderFailing,
}

/// How a notice reaches the owner.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumString, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "snake_case")]
pub enum NoticeWay {
    /// Web Push, to each phone that asked for it.
    Push,
    /// To each number of an owner.
    Whatsapp,
    /// To the address of each owner's account.
    Mail,
}

/// The ways in the order in which they are tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeWays(Vec<NoticeWay>);

/// A list of ways with an unknown one, or with one twice.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("must be a list of push, whatsapp and mail, each once at most")]
pub struct NotWays;

impl NoticeWays {
    pub fn list(&self) -> &[NoticeWay] {
        &self.0
    }
}

impl Default for NoticeWays {
    /// The fastest first.
    fn default() -> NoticeWays {
        NoticeWays(NoticeWay::VARIANTS.to_vec())
    }
}

impl TryFrom<Vec<String>> for NoticeWays {
    type Error = NotWays;

    fn try_from(codes: Vec<String>) -> Result<NoticeWays, NotWays> {
        let mut ways = Vec::new();
        for code in codes {
            let way: NoticeWay = code.parse().map_err(|_| NotWays)?;
            if ways.contains(&way) {
                return Err(NotWays);
            }
            ways.push(way);
        }
        Ok(NoticeWays(ways))
    }
}

impl From<&NoticeWays> for Vec<String> {
    fn from(ways: &NoticeWays) -> Vec<String> {
        ways.0.iter().map(|way| way.code().to_owned()).collect()
    }
}

impl Serialize for NoticeWays {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Vec::from(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for NoticeWays {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<NoticeWays, D::Error> {
        // A way of a newer version is skipped: the document stays readable.
        let codes = Vec::<String>::deserialize(from)?;
        Ok(NoticeWays(codes.iter().filter_map(|code| code.parse().ok()).collect()))
    }
}

/// What proves that a person knows of it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumString, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "snake_case")]
pub enum SeenBy {
    /// A person wrote to the guest, or the owner to casero.
    Answered,
    /// The attention item was settled.
    Resolved,
    /// WhatsApp reports that it was read.
    Read,
    /// It was shown on the owner's page.
    Opened,
}

impl NoticeKind {
    pub fn code(self) -> &'static str {
        self.into()
    }
}

impl NoticeWay {
    pub fn code(self) -> &'static str {
        self.into()
    }
}

impl SeenBy {
    pub fn code(self) -> &'static str {
        self.into()
    }
}

#[cfg(test)]
#[test]
fn every_notice_has_words_of_its_own() {
    super::code::check_codes::<NoticeKind>();
    super::code::check_codes::<NoticeWay>();
    super::code::check_codes::<SeenBy>();
}
