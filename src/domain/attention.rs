//! What only a person can decide, by kind, each with what a sentence about it needs. Every kind that is listed has its
//! words on the owner's pages, or the property does not compile.

use super::ids::{GuestId, InboundId, OutboundId, PaymentId};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, EnumString, IntoStaticStr, VariantArray};

/// An item of the attention list with its details. The stored kind is the variant's name, the stored details are its
/// fields; both are words of the API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, EnumDiscriminants)]
#[serde(tag = "kind", content = "details", rename_all = "snake_case")]
#[strum_discriminants(
    name(AttentionKind),
    derive(Hash, PartialOrd, Ord, EnumString, IntoStaticStr, VariantArray)
)]
#[strum_discriminants(strum(serialize_all = "snake_case"), doc = "A kind of matter on the attention list.")]
pub enum AttentionItem {
    WantsAPerson(HandedOver),
    /// A guest asked what the property does not know.
    UnansweredQuestion(Asked),
    /// A message that could not be answered.
    UnansweredMessage,
    TransferReceipt(Receipt),
    /// A guest wants out of the contract (Argentina's right of withdrawal).
    Withdrawal(Withdrawal),
    /// Money for nights that somebody else holds.
    PaidWithoutPlace(OfPayment),
    PaidAfterCancel(OfPayment),
    /// A hold that ran out though some of its money is in.
    PaidAndExpired(OfPayment),
    /// The same offer was paid twice, or more than all of it.
    PaidTwice(OfPayment),
    /// Money of another amount than was asked for.
    OtherAmount(OfPayment),
    /// Money that is for nothing of ours, or not as it was asked for.
    PaymentMismatch(Mismatch),
    /// The card's bank took the money back.
    ChargedBack(OfPayment),
    /// The provider announced that the card's bank asks for its money.
    Chargeback,
    /// The payer complained at the provider.
    InMediation(OfPayment),
    /// A claim of a payer, or the provider's alert of fraud; its topic and number.
    PaymentClaim(AccountNotice),
    /// Money was given back in the provider's panel.
    RefundedElsewhere(OfPayment),
    /// Money that had come in went away again.
    MoneyTakenBack(OfPayment),
    /// The provider still looks at a payment.
    UnderReview(OfPayment),
    /// The provider says of a payment what we do not know.
    UnknownPaymentState(OfPayment),
    /// Money that came by hand and has to go back by hand.
    RefundByHand(OfPayment),
    /// A refund that the provider refused.
    RefundFailed(OfPayment),
    /// A deposit is in, and a channel that can't be read stops the yes to it.
    ConfirmationWaits(Waiting),
    /// Nights that a guest of ours and another channel both hold.
    CalendarConflict(SoldTwice),
    CalendarStale(Unread),
    /// A channel no longer reads our calendar.
    ChannelNotReading(NotReading),
    /// No copy of the database can be made.
    #[serde(rename = "copy_failed")]
    #[strum_discriminants(strum(serialize = "copy_failed"))]
    BackupFailed,
    /// A copy of the database can't be gone back to.
    #[serde(rename = "copy_no_good")]
    #[strum_discriminants(strum(serialize = "copy_no_good"))]
    BackupUnusable,
    Undelivered(Undelivered),
    /// Two guests are the same person.
    SameGuestTwice(SameGuest),
    /// WhatsApp tells something about the account.
    WhatsappAccount(AccountNotice),
    /// A provider does not answer, or refuses the account: all that needs it waits.
    ProviderOutage(Unusable),
    /// Notifications of a provider are refused for their signature, all of them.
    SignaturesRefused(Unsigned),
    /// Work that calls the outside was given up.
    WorkFailed(Failed),
    /// Work is queued that this version can't do: another version left it.
    UnknownWork(UnknownWork),
}

/// Why a person is wanted: a code of the dialogue.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HandedOver {
    pub why: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub question: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The message with the picture or document.
    pub inbound_id: InboundId,
}

/// As it was asked for on the guests' page; nothing when it was asked for in chat.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    #[serde(flatten)]
    pub request: Option<WithdrawalRequest>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithdrawalRequest {
    /// What the guest was given as proof.
    pub number: String,
    pub name: String,
    pub contact: String,
    pub given_code: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfPayment {
    pub payment_id: PaymentId,
    pub payment: String,
    pub amount_cents: i64,
    pub currency: String,
    pub code: String,
    pub propose: Proposal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proposal {
    /// The money goes back with one button.
    Refund,
    Look,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mismatch {
    /// A code of [`super::payment::Verdict`].
    pub verdict: String,
    pub amount_cents: i64,
    pub currency: String,
    pub payment: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    pub code: String,
    /// Codes of the channels that could not be read.
    pub channels: Vec<String>,
    /// Since when the first of them was not.
    pub unread_since: Timestamp,
    pub amount_cents: i64,
    pub currency: String,
    pub propose: String,
    pub actions: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoldTwice {
    pub channel: String,
    pub code: String,
    pub nights: Vec<Date>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    pub channel: String,
    /// Why, as a stable word.
    pub problem: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotReading {
    pub channel: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undelivered {
    pub code: String,
    pub outbound_id: OutboundId,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SameGuest {
    pub guest_id: GuestId,
    pub other_guest_id: GuestId,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccountNotice {
    pub field: String,
    pub summary: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unusable {
    /// A code of [`super::provider::Provider`].
    pub provider: String,
    /// A code of [`super::provider::OutageCause`].
    pub cause: String,
    /// The vendor's own code.
    pub code: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsigned {
    /// A code of [`super::provider::Provider`].
    pub provider: String,
    pub refused: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failed {
    /// A code of [`super::job::JobKind`].
    pub kind: String,
    /// Why, as a stable word.
    pub code: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnknownWork {
    /// The code that this version does not know.
    pub kind: String,
    pub pieces: u64,
}

impl AttentionItem {
    pub fn kind(&self) -> AttentionKind {
        self.into()
    }
}

impl AttentionKind {
    /// As stored and as the API says it.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

#[cfg(test)]
#[test]
fn every_kind_has_a_name_of_its_own() {
    super::code::check_codes::<AttentionKind>();
}
