//! What only a person can decide, by kind: each kind that is listed has its words on the owner's pages, or the property
//! does not compile.

/// A kind of matter on the attention list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AttentionKind {
    /// A guest wants to talk with a person.
    WantsAPerson,
    /// A guest asked what the property does not know.
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
    BackupFailed,
    /// A copy of the database can't be gone back to.
    BackupUnusable,
    Undelivered,
    /// Two guests are the same person.
    SameGuestTwice,
    /// WhatsApp tells something about the account.
    WhatsappAccount,
    /// Work that calls the outside was given up.
    WorkFailed,
}

impl AttentionKind {
    /// Every kind.
    pub const ALL: [AttentionKind; 30] = [
        AttentionKind::WantsAPerson,
        AttentionKind::UnansweredQuestion,
        AttentionKind::UnansweredMessage,
        AttentionKind::TransferReceipt,
        AttentionKind::Withdrawal,
        AttentionKind::PaidWithoutPlace,
        AttentionKind::PaidAfterCancel,
        AttentionKind::PaidAndExpired,
        AttentionKind::PaidTwice,
        AttentionKind::OtherAmount,
        AttentionKind::PaymentMismatch,
        AttentionKind::ChargedBack,
        AttentionKind::Chargeback,
        AttentionKind::InMediation,
        AttentionKind::RefundedElsewhere,
        AttentionKind::MoneyTakenBack,
        AttentionKind::UnderReview,
        AttentionKind::UnknownPaymentState,
        AttentionKind::RefundByHand,
        AttentionKind::RefundFailed,
        AttentionKind::ConfirmationWaits,
        AttentionKind::CalendarConflict,
        AttentionKind::CalendarStale,
        AttentionKind::ChannelNotReading,
        AttentionKind::BackupFailed,
        AttentionKind::BackupUnusable,
        AttentionKind::Undelivered,
        AttentionKind::SameGuestTwice,
        AttentionKind::WhatsappAccount,
        AttentionKind::WorkFailed,
    ];

    /// Stable name, as stored and as the API says it.
    pub fn code(self) -> &'static str {
        match self {
            AttentionKind::WantsAPerson => "wants_a_person",
            AttentionKind::UnansweredQuestion => "unanswered_question",
            AttentionKind::UnansweredMessage => "unanswered_message",
            AttentionKind::TransferReceipt => "transfer_receipt",
            AttentionKind::Withdrawal => "withdrawal",
            AttentionKind::PaidWithoutPlace => "paid_without_place",
            AttentionKind::PaidAfterCancel => "paid_after_cancel",
            AttentionKind::PaidAndExpired => "paid_and_expired",
            AttentionKind::PaidTwice => "paid_twice",
            AttentionKind::OtherAmount => "other_amount",
            AttentionKind::PaymentMismatch => "payment_mismatch",
            AttentionKind::ChargedBack => "charged_back",
            AttentionKind::Chargeback => "chargeback",
            AttentionKind::InMediation => "in_mediation",
            AttentionKind::RefundedElsewhere => "refunded_elsewhere",
            AttentionKind::MoneyTakenBack => "money_taken_back",
            AttentionKind::UnderReview => "under_review",
            AttentionKind::UnknownPaymentState => "unknown_payment_state",
            AttentionKind::RefundByHand => "refund_by_hand",
            AttentionKind::RefundFailed => "refund_failed",
            AttentionKind::ConfirmationWaits => "confirmation_waits",
            AttentionKind::CalendarConflict => "calendar_conflict",
            AttentionKind::CalendarStale => "calendar_stale",
            AttentionKind::ChannelNotReading => "channel_not_reading",
            AttentionKind::BackupFailed => "copy_failed",
            AttentionKind::BackupUnusable => "copy_no_good",
            AttentionKind::Undelivered => "undelivered",
            AttentionKind::SameGuestTwice => "same_guest_twice",
            AttentionKind::WhatsappAccount => "whatsapp_account",
            AttentionKind::WorkFailed => "work_failed",
        }
    }

    pub fn from_code(code: &str) -> Option<AttentionKind> {
        AttentionKind::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_of_its_own() {
        assert!(
            AttentionKind::ALL.into_iter().all(|kind| AttentionKind::from_code(kind.code()) == Some(kind))
        );
    }
}
