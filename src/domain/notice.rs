//! Notices to the owner about guests: their kinds, their ways, and what counts as seen.

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
}

/// How a notice reaches the owner.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumString, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "snake_case")]
pub enum NoticeWay {
    Whatsapp,
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
