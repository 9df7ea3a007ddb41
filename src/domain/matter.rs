//! What only a person can decide, by kind: each kind that is listed has its words on the owner's pages, or the house
//! does not compile.

/// A kind of matter on the attention list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MatterKind {
    /// A guest wants to talk with a person.
    WantsAPerson,
    /// A guest asked what the house does not know.
    UnansweredQuestion,
    /// A message that could not be answered.
    UnansweredMessage,
    /// A guest sent the receipt of a transfer.
    TransferReceipt,
    /// A guest wants out of the contract (Argentina's right of withdrawal).
    Withdrawal,
    /// Money for nights that somebody else holds.
    PaidWithoutPlace,
    /// Money for a cancelled reservation.
    PaidAfterCancel,
    /// A hold that ran out though some of its money is in.
    PaidAndExpired,
    /// The same offer was paid twice, or more than all of it.
    PaidTwice,
    /// Money of another amount than was asked for.
    OtherAmount,
    /// Money that is for nothing of ours, or not as it was asked for.
    PaymentMismatch,
    /// The card's bank took the money back.
    ChargedBack,
    /// The provider announced that the card's bank asks for its money.
    Chargeback,
    /// The payer complained at the provider.
    InMediation,
    /// Money was given back in the provider's panel.
    RefundedElsewhere,
    /// Money that had come in went away again.
    MoneyTakenBack,
    /// The provider still looks at a payment.
    UnderReview,
    /// The provider says of a payment what we do not know.
    UnknownPaymentState,
    /// Money that came by hand and has to go back by hand.
    RefundByHand,
    /// A refund that the provider refused.
    RefundFailed,
    /// A deposit is in, and a channel that can't be read stops the yes to it.
    ConfirmationWaits,
    /// Nights that a guest of ours and another channel both hold.
    CalendarConflict,
    /// A channel could not be read for long.
    CalendarStale,
    /// A channel no longer reads our calendar.
    ChannelNotReading,
    /// No copy of the database can be made.
    CopyFailed,
    /// A copy of the database can't be gone back to.
    CopyNoGood,
    /// A message that never arrived.
    Undelivered,
    /// Two guests are the same person.
    SameGuestTwice,
    /// WhatsApp tells something about the account.
    WhatsappAccount,
    /// Work that calls the outside was given up.
    WorkFailed,
}

impl MatterKind {
    /// Every kind.
    pub const ALL: [MatterKind; 30] = [
        MatterKind::WantsAPerson,
        MatterKind::UnansweredQuestion,
        MatterKind::UnansweredMessage,
        MatterKind::TransferReceipt,
        MatterKind::Withdrawal,
        MatterKind::PaidWithoutPlace,
        MatterKind::PaidAfterCancel,
        MatterKind::PaidAndExpired,
        MatterKind::PaidTwice,
        MatterKind::OtherAmount,
        MatterKind::PaymentMismatch,
        MatterKind::ChargedBack,
        MatterKind::Chargeback,
        MatterKind::InMediation,
        MatterKind::RefundedElsewhere,
        MatterKind::MoneyTakenBack,
        MatterKind::UnderReview,
        MatterKind::UnknownPaymentState,
        MatterKind::RefundByHand,
        MatterKind::RefundFailed,
        MatterKind::ConfirmationWaits,
        MatterKind::CalendarConflict,
        MatterKind::CalendarStale,
        MatterKind::ChannelNotReading,
        MatterKind::CopyFailed,
        MatterKind::CopyNoGood,
        MatterKind::Undelivered,
        MatterKind::SameGuestTwice,
        MatterKind::WhatsappAccount,
        MatterKind::WorkFailed,
    ];

    /// Stable name, as stored and as the API says it.
    pub fn code(self) -> &'static str {
        match self {
            MatterKind::WantsAPerson => "wants_a_person",
            MatterKind::UnansweredQuestion => "unanswered_question",
            MatterKind::UnansweredMessage => "unanswered_message",
            MatterKind::TransferReceipt => "transfer_receipt",
            MatterKind::Withdrawal => "withdrawal",
            MatterKind::PaidWithoutPlace => "paid_without_place",
            MatterKind::PaidAfterCancel => "paid_after_cancel",
            MatterKind::PaidAndExpired => "paid_and_expired",
            MatterKind::PaidTwice => "paid_twice",
            MatterKind::OtherAmount => "other_amount",
            MatterKind::PaymentMismatch => "payment_mismatch",
            MatterKind::ChargedBack => "charged_back",
            MatterKind::Chargeback => "chargeback",
            MatterKind::InMediation => "in_mediation",
            MatterKind::RefundedElsewhere => "refunded_elsewhere",
            MatterKind::MoneyTakenBack => "money_taken_back",
            MatterKind::UnderReview => "under_review",
            MatterKind::UnknownPaymentState => "unknown_payment_state",
            MatterKind::RefundByHand => "refund_by_hand",
            MatterKind::RefundFailed => "refund_failed",
            MatterKind::ConfirmationWaits => "confirmation_waits",
            MatterKind::CalendarConflict => "calendar_conflict",
            MatterKind::CalendarStale => "calendar_stale",
            MatterKind::ChannelNotReading => "channel_not_reading",
            MatterKind::CopyFailed => "copy_failed",
            MatterKind::CopyNoGood => "copy_no_good",
            MatterKind::Undelivered => "undelivered",
            MatterKind::SameGuestTwice => "same_guest_twice",
            MatterKind::WhatsappAccount => "whatsapp_account",
            MatterKind::WorkFailed => "work_failed",
        }
    }

    /// Reads a stable name.
    pub fn from_code(code: &str) -> Option<MatterKind> {
        MatterKind::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_of_its_own() {
        assert!(MatterKind::ALL.into_iter().all(|kind| MatterKind::from_code(kind.code()) == Some(kind)));
    }
}
