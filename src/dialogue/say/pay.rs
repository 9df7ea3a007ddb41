//! Sayings about money, as data: how to pay and what was paid.

use crate::dialogue::question::Booking;
use crate::domain::money::Money;
use crate::domain::money::Percent;
use crate::domain::receipt::ReceiptBy;
use crate::domain::settings::Settings;
use jiff::Timestamp;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PayWays {
    /// A link to Mercado Pago follows separately.
    pub link_follows: bool,
    /// Bank coordinates, when the owner set them.
    pub bank: Option<Bank>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bank {
    /// The alias; may be empty.
    pub alias: String,
    /// CBU or CVU; may be empty.
    pub cbu: String,
    /// Name on the account; may be empty.
    pub holder: String,
}

impl Bank {
    /// From the settings, when there is an alias or a number.
    pub fn of(settings: &Settings) -> Option<Bank> {
        let given = !settings.bank_alias.is_empty() || !settings.bank_cbu.is_empty();
        given.then(|| Bank {
            alias: settings.bank_alias.clone(),
            cbu: settings.bank_cbu.clone(),
            holder: settings.bank_holder.clone(),
        })
    }
}

/// A link to pay the amount due for one booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayLink {
    pub booking: Booking,
    pub amount: Money,
    pub url: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaySay {
    /// Everything may be paid at once, at the same price.
    AllAtOnce,
    LinkReady {
        booking: Booking,
        amount: Money,
        url: String,
    },
    /// The links of cabins held together: one message for all of them.
    LinksReady {
        /// At least two.
        links: Vec<PayLink>,
    },
    /// The link is being made.
    LinkComing,
    /// No link can be made now.
    LinkUnavailable {
        booking: Booking,
        bank: Option<Bank>,
    },
    Transfer {
        booking: Booking,
        bank: Bank,
    },
    /// The provider reviews the payment.
    Pending {
        booking: Booking,
    },
    Rejected {
        booking: Booking,
        /// The link to try again, when there is one.
        url: Option<String>,
    },
    /// Less than the deposit was paid.
    Partial {
        booking: Booking,
        received: Money,
    },
    /// More was paid than was due.
    PaidMore {
        booking: Booking,
        received: Money,
    },
    /// A payment for a booking that is not valid.
    PaidForNothing {
        booking: Booking,
        received: Money,
    },
    /// Refused after a long review by the provider: another link follows.
    RejectedAfterReview {
        booking: Booking,
    },
    Settled {
        booking: Booking,
    },
    /// The deposit is paid; the owner has to check before the confirmation.
    Waits {
        booking: Booking,
    },
    /// The payment came, or was seen, after the guest was told that the hold had expired, and the nights were free.
    Revived {
        booking: Booking,
    },
    /// The payment came after the hold had expired and the nights were taken.
    TooLate {
        booking: Booking,
    },
    /// The receipt, or the guest's word of it, was passed to the owner. A hold is kept to the time in the booking.
    ReceiptReceived {
        booking: Booking,
        by: ReceiptBy,
    },
    /// The owner was told and has not looked yet.
    ReceiptWaits {
        booking: Booking,
        since: Timestamp,
    },
    /// The guest's word came after the hold had ended.
    ReceiptTooLate {
        booking: Booking,
    },
    /// The money is in.
    Arrived {
        booking: Booking,
    },
    /// Until when a hold waits for a guest who pays later.
    HeldUntil {
        booking: Booking,
    },
    /// The owner saw the transfer, which is not yet enough to confirm (else it is `Confirmed`).
    TransferApproved {
        booking: Booking,
        amount: Money,
    },
    /// The owner did not find the transfer; a hold waits to the time in the booking.
    TransferNotFound {
        booking: Booking,
    },
    /// The rest is due on arrival.
    BalanceReminder {
        booking: Booking,
        bank: Option<Bank>,
    },
    Refunded {
        booking: Booking,
        amount: Money,
    },
    /// The ways to pay, without a booking yet.
    HowOnePays {
        /// Part paid in advance.
        deposit: Percent,
        online: bool,
        transfer: bool,
    },
    /// Nothing is due now.
    NothingDue {
        booking: Booking,
    },
    /// The owner will say how to pay.
    OwnerWillSay,
}
