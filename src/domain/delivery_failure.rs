//! Why a message to a guest, or a template, can't be delivered, by what somebody can do about it.
//!
//! Source: Meta's Cloud API error codes; failures of the whole account are outages ([`super::provider::OutageCause`]),
//! and those of a template are that template's.

use super::ids::ConversationId;
use strum::{EnumString, IntoStaticStr, VariantArray};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum DeliveryCause {
    /// The number has no WhatsApp, can't receive, or has blocked the house.
    Unreachable,
    /// Meta delivers no messages of businesses to this person for now.
    Withheld,
    /// The guest has not written for 24 hours, and no template could be used.
    WindowClosed,
    /// It could not go out for so long that it is of no use.
    Late,
    /// Nobody can say whether it went out.
    InDoubt,
    /// Too many people reported the number: Meta slows it down.
    Limited,
    /// WhatsApp does not take the message in this form.
    Refused,
}

impl DeliveryCause {
    /// The cause of a code under which a message was given up.
    pub fn of(code: &str) -> DeliveryCause {
        match code {
            "wa_131021" | "wa_131026" | "wa_131030" | "wa_131062" | "no_address" => {
                DeliveryCause::Unreachable
            }
            "wa_130472" | "wa_131049" | "wa_131050" => DeliveryCause::Withheld,
            "wa_131047" => DeliveryCause::WindowClosed,
            "too_old" => DeliveryCause::Late,
            "in_doubt" => DeliveryCause::InDoubt,
            "wa_131048" => DeliveryCause::Limited,
            _ => DeliveryCause::Refused,
        }
    }

    /// Whether it befalls one guest; another guest's message arrives.
    pub fn is_of_one_guest(self) -> bool {
        !matches!(self, DeliveryCause::Limited | DeliveryCause::Refused)
    }

    /// What is one matter: a guest, or a cause that befalls all with the code that tells it.
    pub fn subject(self, conversation: ConversationId, code: &str) -> String {
        match self {
            _ if self.is_of_one_guest() => conversation.to_string(),
            DeliveryCause::Refused => format!("{}:{code}", self.code()),
            _ => self.code().to_owned(),
        }
    }

    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// Why a template can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum TemplateReason {
    /// The account does not have it.
    Missing,
    /// For some hours: too many people reported it.
    Paused,
    /// For good, for the same reason.
    Disabled,
    /// It has other variables than what is sent.
    OtherVariables,
    /// It was taken for advertising.
    Promotional,
    BadForm,
    /// For what it says.
    BadContent,
    Unknown,
}

impl TemplateReason {
    /// The reason behind the code of a refused message, or behind Meta's word about a template.
    pub fn of(code: &str) -> TemplateReason {
        match code {
            "wa_132001" => TemplateReason::Missing,
            "wa_132015" => TemplateReason::Paused,
            "wa_132016" => TemplateReason::Disabled,
            "wa_132000" | "wa_132012" => TemplateReason::OtherVariables,
            "INCORRECT_CATEGORY" | "PROMOTIONAL" | "TAG_CONTENT_MISMATCH" => TemplateReason::Promotional,
            "INVALID_FORMAT" => TemplateReason::BadForm,
            "ABUSIVE_CONTENT" | "SCAM" => TemplateReason::BadContent,
            _ => TemplateReason::Unknown,
        }
    }

    pub fn code(self) -> &'static str {
        self.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_guest_is_one_matter_and_so_is_a_cause_that_befalls_all() {
        let (one, other) = (ConversationId(1), ConversationId(2));
        let subject = |conversation, code: &str| DeliveryCause::of(code).subject(conversation, code);
        assert_ne!(subject(one, "wa_131026"), subject(other, "wa_131026"));
        assert_eq!(subject(one, "wa_131026"), subject(one, "wa_131050"));
        assert_eq!(subject(one, "wa_100"), subject(other, "wa_100"));
        assert_ne!(subject(one, "wa_100"), subject(one, "wa_131053"));
        assert_eq!(subject(one, "wa_131048"), subject(other, "wa_131048"));
    }

    #[test]
    fn causes_and_reasons_have_codes_of_their_own() {
        super::super::code::check_codes::<DeliveryCause>();
        super::super::code::check_codes::<TemplateReason>();
    }
}
