//! Attention items: decisions that only a person can make, by kind, each with the details of its sentence. A kind
//! without words on the owner's pages does not compile.

use super::ids::{BlockId, GuestId, InboundId, OutboundId, PaymentId, RequestId};
use super::paid_booking::PaidBooking;
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
    /// A message of a guest that only a person can answer.
    GuestNeeds(Need),
    /// A guest asks for what a person decides.
    GuestRequest(GuestRequest),
    /// A guest asked a question without an answer.
    UnansweredQuestion(Asked),
    /// A message that could not be answered.
    UnansweredMessage,
    TransferReceipt(Receipt),
    /// A guest wants out of the contract (Argentina's right of withdrawal).
    Withdrawal(Withdrawal),
    /// Money for nights that another holder has.
    PaidWithoutPlace(OfPayment),
    PaidAfterCancel(OfPayment),
    /// An expired hold with some of its money paid.
    PaidAndExpired(OfPayment),
    /// A checkout was paid twice, or overpaid.
    PaidTwice(OfPayment),
    /// A payment of another amount than was asked for.
    OtherAmount(OfPayment),
    /// A payment for no checkout of ours, or not as the checkout asked.
    PaymentMismatch(Mismatch),
    /// A payment of ours names a booking, or dates of one, that this database does not have.
    PaidUnknownBooking(UnknownBooking),
    /// The card's bank took the money back.
    ChargedBack(OfPayment),
    /// The provider announced a chargeback by the card's bank.
    Chargeback,
    /// The payer opened a dispute at the provider.
    InMediation(OfPayment),
    /// A claim of a payer, or the provider's alert of fraud; its topic and number.
    PaymentClaim(AccountNotice),
    /// Money was given back in the provider's panel.
    RefundedElsewhere(OfPayment),
    /// A payment that had been received was taken back.
    MoneyTakenBack(OfPayment),
    /// The provider still reviews a payment.
    UnderReview(OfPayment),
    /// A payment has a state that this version does not know.
    UnknownPaymentState(OfPayment),
    /// A payment received by hand, to be refunded by hand.
    RefundByHand(OfPayment),
    /// A refund that the provider refused.
    RefundFailed(OfPayment),
    /// A deposit is paid, and a channel that can't be read blocks the confirmation.
    ConfirmationWaits(Waiting),
    /// Nights held by a guest of ours and by another channel.
    CalendarConflict(SoldTwice),
    CalendarStale(Unread),
    /// A channel no longer reads our calendar.
    ChannelNotReading(NotReading),
    /// Something in a channel's calendar that only the owner can know.
    CalendarCheck(FeedCheck),
    /// The database can't be backed up.
    #[serde(rename = "copy_failed")]
    #[strum_discriminants(strum(serialize = "copy_failed"))]
    BackupFailed,
    /// A backup of the database can't be restored.
    #[serde(rename = "copy_no_good")]
    #[strum_discriminants(strum(serialize = "copy_no_good"))]
    BackupUnusable,
    Undelivered(Undelivered),
    /// Two guest rows are the same person.
    SameGuestTwice(SameGuest),
    /// A notification of WhatsApp about the account.
    WhatsappAccount(AccountNotice),
    /// A provider does not answer, or refuses the account: work that needs it waits.
    ProviderOutage(Unusable),
    /// Every notification of a provider is refused for its signature.
    SignaturesRefused(Unsigned),
    /// A job was given up.
    WorkFailed(Failed),
    /// Jobs of a kind that this version does not know; another version left them.
    UnknownWork(UnknownWork),
}

/// Why a person is needed: a code of the dialogue.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HandedOver {
    pub why: String,
}

/// A guest's message for the owner; its words are erased with the guest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Need {
    /// `problem`, `lost_item`, `complaint`, `request`, `message`.
    pub matter: String,
    pub urgent: bool,
    pub words: String,
}

/// What a guest asks for; its words are erased with the guest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuestRequest {
    pub request_id: RequestId,
    /// A code of [`super::request::RequestKind`].
    pub request: String,
    #[serde(default)]
    pub words: String,
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

/// The form on the guests' page; empty when it was asked for in chat.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    #[serde(flatten)]
    pub request: Option<WithdrawalRequest>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithdrawalRequest {
    /// The reference number given to the guest as proof.
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
    /// One button refunds the money.
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
pub struct UnknownBooking {
    pub payment_id: PaymentId,
    pub payment: String,
    /// Our reference at the provider.
    pub reference: String,
    pub amount_cents: i64,
    pub currency: String,
    #[serde(flatten)]
    pub booking: PaidBooking,
    /// The blocks that keep its nights closed.
    pub blocks: Vec<BlockId>,
    /// Who has the nights that could not be closed.
    pub taken_by: Vec<NightsHolder>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "holder", rename_all = "snake_case")]
pub enum NightsHolder {
    Reservation { code: String, guest: String },
    Channel { channel: String },
    Block { reason: String },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    pub code: String,
    /// Codes of the channels that could not be read.
    pub channels: Vec<String>,
    /// When the first of them was last read.
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
    /// The reason, as a stable code.
    pub problem: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotReading {
    pub channel: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedCheck {
    pub channel: String,
    pub cause: FeedCause,
    /// The code of a booking or the name of another channel that it is about; empty when there is none.
    #[serde(default)]
    pub code: String,
    #[serde(default)]
    pub nights: Vec<Date>,
    /// What could not be read, in the owner's words.
    #[serde(default)]
    pub words: String,
}

/// What a channel's calendar has that the owner should look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum FeedCause {
    /// Nights of ours and new ones, shown as one.
    Beyond,
    /// Another channel has sold them too.
    SoldByTwo,
    /// Sold there, and closed here by the owner.
    SoldBlocked,
    /// Several stays vanished at once; they stay closed until a person says that it is so.
    Vanished,
    /// The first reading shows nights that we have.
    FirstReading,
    /// Parts that could not be read.
    Unread,
    /// It has not once read our calendar.
    NeverRead,
    /// A night that is no longer ours was freed although the channel goes on showing it.
    StillRepeated,
    /// A night that is no longer ours stays closed: the channel goes on showing it, and may have sold it.
    MaybeSold,
    /// Its link is of a calendar of ours.
    OwnLink,
    /// Another channel has the same link.
    SameLink,
}

impl FeedCause {
    /// Whether it is told each time that it comes, and not once for good.
    pub fn comes_anew(self) -> bool {
        match self {
            FeedCause::Vanished
            | FeedCause::StillRepeated
            | FeedCause::MaybeSold
            | FeedCause::OwnLink
            | FeedCause::SameLink => true,
            FeedCause::Beyond
            | FeedCause::SoldByTwo
            | FeedCause::SoldBlocked
            | FeedCause::FirstReading
            | FeedCause::Unread
            | FeedCause::NeverRead => false,
        }
    }
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
    /// Of one template only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<TemplateNotice>,
}

/// A template that can't be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateNotice {
    pub name: String,
    /// WhatsApp's code, or Meta's word.
    pub reason: String,
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
    /// The reason, as a stable code.
    pub code: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnknownWork {
    /// The unknown code.
    pub kind: String,
    pub pieces: u64,
}

impl AttentionItem {
    pub fn kind(&self) -> AttentionKind {
        self.into()
    }

    /// Whether somebody is in need now.
    pub fn is_urgent(&self) -> bool {
        matches!(self, AttentionItem::GuestNeeds(need) if need.urgent)
    }
}

impl AttentionKind {
    /// The code, as stored and in the API.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

#[cfg(test)]
#[test]
fn every_kind_has_a_name_of_its_own() {
    super::code::check_codes::<AttentionKind>();
}
