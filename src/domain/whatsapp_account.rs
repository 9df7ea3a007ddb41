//! The WhatsApp business account: what its number and its message templates have to be before anything that is
//! sent on our own initiative can go out.

use super::code::Coded;
use jiff::Timestamp;
use std::fmt;
use strum::{EnumString, IntoStaticStr, VariantArray};

/// What a message sent outside the 24-hour window is about. Each has a template of its own.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumString, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "snake_case")]
pub enum TemplatePurpose {
    /// Any news, and what the owner is told. It stands in for another that can't be used.
    Notice,
    /// A guest in need, for the owner.
    Urgent,
    Booking,
    Payment,
    /// The days before a stay and the day itself.
    Arrival,
    /// After a stay.
    Stay,
    /// A person's answer to a guest.
    Reply,
    /// Nights that came free, for those who asked to be told.
    Waitlist,
    /// A code that proves a number.
    Code,
}

impl TemplatePurpose {
    /// The code, as stored.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// The template's name at Meta.
    pub fn template_name(self) -> &'static str {
        match self {
            TemplatePurpose::Notice => "casero_aviso",
            TemplatePurpose::Urgent => "casero_urgente",
            TemplatePurpose::Booking => "casero_reserva",
            TemplatePurpose::Payment => "casero_pago",
            TemplatePurpose::Arrival => "casero_llegada",
            TemplatePurpose::Stay => "casero_estadia",
            TemplatePurpose::Reply => "casero_respuesta",
            TemplatePurpose::Waitlist => "casero_lugar",
            TemplatePurpose::Code => "casero_codigo",
        }
    }

    /// Whether only owners read it.
    pub fn is_for_owners(self) -> bool {
        matches!(self, TemplatePurpose::Urgent | TemplatePurpose::Code)
    }
}

/// State of a template, as Meta names it; the last one is ours.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumString, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "snake_case")]
pub enum TemplateStatus {
    Approved,
    Pending,
    Rejected,
    InAppeal,
    Paused,
    Disabled,
    PendingDeletion,
    Deleted,
    LimitExceeded,
    Archived,
    /// A message in it was refused, with the reason.
    Unusable,
}

impl TemplateStatus {
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// Whether messages of one purpose can go out in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TemplateReadiness {
    Works,
    /// Meta is looking at it.
    Waits,
    Refused,
    /// It was not created.
    Missing,
}

impl TemplateReadiness {
    /// What the state of a template means; none is `Missing`. A state that this version does not know is no approval.
    pub fn of(status: Option<&Coded<TemplateStatus>>) -> TemplateReadiness {
        let Some(status) = status else { return TemplateReadiness::Missing };
        match status.known() {
            Some(TemplateStatus::Approved) => TemplateReadiness::Works,
            Some(TemplateStatus::Pending | TemplateStatus::InAppeal) => TemplateReadiness::Waits,
            Some(TemplateStatus::Deleted | TemplateStatus::PendingDeletion | TemplateStatus::Archived) => {
                TemplateReadiness::Missing
            }
            Some(
                TemplateStatus::Rejected
                | TemplateStatus::Paused
                | TemplateStatus::Disabled
                | TemplateStatus::LimitExceeded
                | TemplateStatus::Unusable,
            )
            | None => TemplateReadiness::Refused,
        }
    }
}

/// The account's number, as Meta tells it. Words are Meta's in lower case; empty when it says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NumberState {
    /// As people read it.
    pub number: String,
    /// The display name.
    pub name: String,
    /// `connected` when messages can go out.
    pub status: String,
    pub name_status: String,
    pub quality: String,
    /// How many people may be written to in a day.
    pub messaging_limit: String,
    /// It lives in the WhatsApp Business app as well, which registering ends.
    pub on_app: bool,
}

impl NumberState {
    pub fn is_registered(&self) -> bool {
        self.status == "connected"
    }
}

/// One template as the account has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateState {
    pub name: String,
    /// Meta's code: `es_AR`.
    pub language: String,
    pub status: Coded<TemplateStatus>,
    /// Why it was refused or paused; may be empty.
    pub reason: String,
}

/// A template that the product needs, with the state that it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeededTemplate {
    pub purpose: TemplatePurpose,
    pub language: String,
    pub readiness: TemplateReadiness,
    pub reason: String,
}

/// What is known of the account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountState {
    pub business_account_id: Option<String>,
    pub number: NumberState,
    /// Whether notifications come to us; `None` while that can't be asked.
    pub subscribed: Option<bool>,
    /// Code of the failure of the last look; empty when it succeeded.
    pub problem: String,
    pub checked_at: Option<Timestamp>,
    /// Whether the list of templates was read.
    pub knows_templates: bool,
    pub templates: Vec<NeededTemplate>,
}

/// A step that is not done, or not yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SetupGap {
    /// Meta could not be asked; the code.
    Unreadable(String),
    /// The number is not registered; Meta's word for its state.
    NotRegistered(String),
    /// The display name was declined.
    NameDeclined,
    /// The account's id is not known: it comes with the first notification, or from the settings.
    NoAccountId,
    NotSubscribed,
    Template {
        purpose: TemplatePurpose,
        language: String,
        readiness: TemplateReadiness,
        reason: String,
    },
}

/// For operators: what is missing and how it is repaired.
impl fmt::Display for SetupGap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SetupGap::Unreadable(code) => {
                write!(f, "the account can't be read ({code}): the token needs whatsapp_business_management")
            }
            SetupGap::NotRegistered(status) => {
                write!(f, "the number is not registered ({status}): casero whatsapp setup --apply")
            }
            SetupGap::NameDeclined => f.write_str("the display name was declined: choose another at Meta"),
            SetupGap::NoAccountId => f.write_str(
                "the business account is not known: set whatsapp.business_account_id, or write to the number once",
            ),
            SetupGap::NotSubscribed => {
                f.write_str("the app gets no notifications of the account: casero whatsapp setup --apply")
            }
            SetupGap::Template { purpose, language, readiness, reason } => {
                let name = purpose.template_name();
                match readiness {
                    TemplateReadiness::Works => write!(f, "{name} ({language}) works"),
                    TemplateReadiness::Waits => write!(f, "{name} ({language}) waits for Meta"),
                    TemplateReadiness::Missing => {
                        write!(f, "{name} ({language}) is missing: casero whatsapp setup --apply")
                    }
                    TemplateReadiness::Refused if reason.is_empty() => write!(f, "{name} ({language}) is refused"),
                    TemplateReadiness::Refused => write!(f, "{name} ({language}) is refused: {reason}"),
                }
            }
        }
    }
}

impl SetupGap {
    /// Whether Meta only has to finish what was begun.
    pub fn is_waiting(&self) -> bool {
        matches!(self, SetupGap::Template { readiness: TemplateReadiness::Waits, .. })
    }
}

impl AccountState {
    /// All that is missing, in the order in which it is repaired; none before the first look.
    pub fn gaps(&self) -> Vec<SetupGap> {
        if self.checked_at.is_none() {
            return Vec::new();
        }
        let mut gaps = Vec::new();
        if !self.problem.is_empty() {
            gaps.push(SetupGap::Unreadable(self.problem.clone()));
        }
        if !self.number.status.is_empty() && !self.number.is_registered() {
            gaps.push(SetupGap::NotRegistered(self.number.status.clone()));
        }
        if self.number.name_status == "declined" {
            gaps.push(SetupGap::NameDeclined);
        }
        match (&self.business_account_id, self.subscribed) {
            (None, _) => gaps.push(SetupGap::NoAccountId),
            (Some(_), Some(false)) => gaps.push(SetupGap::NotSubscribed),
            (Some(_), _) => {}
        }
        if self.knows_templates {
            let missing = self.templates.iter().filter(|needed| needed.readiness != TemplateReadiness::Works);
            gaps.extend(missing.map(|needed| SetupGap::Template {
                purpose: needed.purpose,
                language: needed.language.clone(),
                readiness: needed.readiness,
                reason: needed.reason.clone(),
            }));
        }
        gaps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_has_a_code_of_its_own() {
        super::super::code::check_codes::<TemplatePurpose>();
        super::super::code::check_codes::<TemplateStatus>();
    }

    fn ready() -> AccountState {
        AccountState {
            business_account_id: Some("1".into()),
            number: NumberState { status: "connected".into(), ..NumberState::default() },
            subscribed: Some(true),
            checked_at: Some(Timestamp::UNIX_EPOCH),
            knows_templates: true,
            templates: vec![NeededTemplate {
                purpose: TemplatePurpose::Booking,
                language: "es_AR".into(),
                readiness: TemplateReadiness::Works,
                reason: String::new(),
            }],
            ..AccountState::default()
        }
    }

    #[test]
    fn a_fresh_account_lacks_everything_and_a_finished_one_nothing() {
        assert_eq!(ready().gaps(), []);
        assert_eq!(AccountState::default().gaps(), [], "nothing is known before the first look");
        let mut fresh = ready();
        fresh.number.status = "pending".into();
        fresh.subscribed = Some(false);
        fresh.templates[0].readiness = TemplateReadiness::Missing;
        assert_eq!(fresh.gaps().len(), 3);
        assert!(!fresh.gaps().iter().any(SetupGap::is_waiting));
        fresh.business_account_id = None;
        fresh.knows_templates = false;
        assert_eq!(fresh.gaps()[1..], [SetupGap::NoAccountId]);
    }

    #[test]
    fn only_an_approved_template_works() {
        let of = |status: TemplateStatus| TemplateReadiness::of(Some(&status.into()));
        let works = TemplateStatus::VARIANTS.iter().filter(|status| of(**status) == TemplateReadiness::Works);
        assert_eq!(works.collect::<Vec<_>>(), [&TemplateStatus::Approved]);
        assert_eq!(of(TemplateStatus::Pending), TemplateReadiness::Waits);
        assert_eq!(TemplateReadiness::of(None), TemplateReadiness::Missing);
        assert_eq!(TemplateReadiness::of(Some(&Coded::read("new_word"))), TemplateReadiness::Refused);
    }
}
