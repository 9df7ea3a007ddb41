//! The audit trail's words: who did what, about what.

use super::channel::Channel;
use super::ids::{AttentionId, CabinId, ConversationId, GuestId, PriceRuleId, RateChangeId, UserId};
use super::payment::PaymentStatus;
use super::reservation::Status;
use serde::Serialize;
use strum::{EnumString, IntoStaticStr, VariantArray};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// The guest, in chat or on their page.
    Guest,
    /// A deadline, a rule.
    System,
    /// The payment provider, by its answer.
    Provider,
    /// A person with access, by e-mail.
    User(String),
    Owner,
    /// A person at the machine, from its command line.
    Console,
    /// The holder of a cabin through a channel.
    Channel(Channel),
}

impl Actor {
    /// The stored word.
    pub fn name(&self) -> &str {
        match self {
            Actor::Guest => "guest",
            Actor::System => "casero",
            Actor::Provider => "mercadopago",
            Actor::User(email) => email,
            Actor::Owner => "owner",
            Actor::Console => "console",
            Actor::Channel(channel) => channel.code(),
        }
    }

    /// Parses a stored word. Channels are an open set, so that every word is an actor.
    pub fn read(name: &str) -> Actor {
        let fixed = [Actor::Guest, Actor::System, Actor::Provider, Actor::Owner, Actor::Console];
        fixed.into_iter().find(|actor| actor.name() == name).unwrap_or_else(|| {
            if name.contains('@') {
                Actor::User(name.to_owned())
            } else {
                Actor::Channel(Channel::read(name))
            }
        })
    }
}

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumString, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "snake_case")]
pub enum AuditEvent {
    AccountAdded,
    AccountPassword,
    AccountRole,
    AccountRemoved,
    CodesOn,
    CodesOff,
    RescueUsed,
    CabinAdded,
    CabinChanged,
    CabinRemoved,
    PhotoAdded,
    PhotoMoved,
    PhotoRemoved,
    SeasonAdded,
    SeasonChanged,
    SeasonRemoved,
    PriceRuleAdded,
    PriceRuleChanged,
    PriceRuleRemoved,
    RatesChanged,
    RatesRestored,
    NightsClosed,
    NightsOpened,
    FeedAdded,
    FeedRemoved,
    FeedLinkRenewed,
    FeedChanged,
    CopyMade,
    CopyRestored,
    MatterSettled,
    SettingsChanged,
    ThreadTakenOver,
    ThreadHandedBack,
    ThreadAnswered,
    CannedAdded,
    CannedChanged,
    CannedRemoved,
    GuestChanged,
    GuestExported,
    GuestErased,
    /// Nights were taken for a guest who has to pay a deposit.
    Held,
    /// Money was received or refunded.
    Money,
    /// Money was taken off the price.
    Discounted,
    /// A line or a whole price was agreed, or taken back.
    PriceAgreed,
    /// The time of a hold changed.
    HoldKept,
    /// A person decided what a guest had asked for.
    RequestDecided,
    /// The deposit of a hold is paid; its confirmation waits for the other calendars.
    DepositIn,
    /// A hold ended because another channel sold its nights.
    GaveWay,
    UnderReview,
    ToldBeforeArrival,
    WithdrawalAsked,
    RefundWanted,
    // A reservation reached a status; the code is the status' own.
    /// Dates or people changed before the deposit.
    PreReserved,
    Confirmed,
    CheckedIn,
    CheckedOut,
    Cancelled,
    Expired,
    NoShow,
}

impl AuditEvent {
    pub fn code(self) -> &'static str {
        self.into()
    }
}

impl From<Status> for AuditEvent {
    fn from(status: Status) -> AuditEvent {
        match status {
            Status::PreReserved => AuditEvent::PreReserved,
            Status::Confirmed => AuditEvent::Confirmed,
            Status::CheckedIn => AuditEvent::CheckedIn,
            Status::CheckedOut => AuditEvent::CheckedOut,
            Status::Cancelled => AuditEvent::Cancelled,
            Status::Expired => AuditEvent::Expired,
            Status::NoShow => AuditEvent::NoShow,
        }
    }
}

/// The subject of an event beside its reservation; stored as an object with that one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum About {
    Cabin {
        cabin: CabinId,
    },
    Guest {
        guest: GuestId,
    },
    PriceRule {
        price_rule: PriceRuleId,
    },
    RateChange {
        rate_change: RateChangeId,
    },
    Conversation {
        conversation: ConversationId,
    },
    User {
        user: UserId,
    },
    Attention {
        #[serde(rename = "matter")]
        attention: AttentionId,
    },
    /// Minor units; negative when it went back. `status` is the provider's.
    Money {
        amount_cents: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        status: Option<PaymentStatus>,
    },
    Nothing {},
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::code::check_codes;

    #[test]
    fn each_event_has_a_code_of_its_own_and_a_status_keeps_its() {
        check_codes::<AuditEvent>();
        for status in Status::VARIANTS.iter().copied() {
            assert_eq!(AuditEvent::from(status).code(), status.code());
        }
    }

    #[test]
    fn every_actor_is_read_as_who_was_stored() {
        for name in
            ["guest", "casero", "mercadopago", "owner", "console", "ana@example.com", "airbnb", "de_mañana"]
        {
            assert_eq!(Actor::read(name).name(), name);
        }
        assert_eq!(Actor::read("ana@example.com"), Actor::User("ana@example.com".into()));
    }

    #[test]
    fn what_it_is_about_is_an_object_of_one_field() {
        let written = |about| serde_json::to_string(&about).unwrap();
        assert_eq!(written(About::Cabin { cabin: CabinId(3) }), r#"{"cabin":3}"#);
        assert_eq!(written(About::Money { amount_cents: -5, status: None }), r#"{"amount_cents":-5}"#);
        assert_eq!(written(About::Nothing {}), "{}");
    }
}
