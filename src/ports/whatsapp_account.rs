//! The business account behind the WhatsApp number: its state, its registration and its templates.

use super::error::PortError;
use crate::domain::whatsapp_account::{NumberState, TemplateState};

pub trait WhatsAppAccount: Send + Sync {
    fn is_on(&self) -> bool;

    /// Id of the business account, when the deployment's settings name it.
    fn account_id(&self) -> Option<String>;

    fn number_state(&self) -> Result<NumberState, PortError>;

    /// Registers the number for the Cloud API. The PIN is that of its two-step verification; where that is off, this
    /// turns it on.
    fn register(&self, pin: &str) -> Result<(), PortError>;

    /// Whether some app receives the account's notifications; it is ours when the token is.
    fn is_subscribed(&self, account_id: &str) -> Result<bool, PortError>;

    fn subscribe(&self, account_id: &str) -> Result<(), PortError>;

    /// Every template of the account.
    fn templates(&self, account_id: &str) -> Result<Vec<TemplateState>, PortError>;

    /// Submits a template. Not to be repeated blindly: after a failure the list says whether it exists.
    fn create_template(&self, account_id: &str, new: &NewTemplate) -> Result<TemplateState, PortError>;
}

/// A template to be submitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTemplate {
    pub name: String,
    /// Meta's code: `es_AR`.
    pub language: String,
    /// The words with `{{1}}`, `{{2}}`; `None` for a code, where they are Meta's own.
    pub body: Option<String>,
    /// A value for each variable.
    pub samples: Vec<String>,
}

/// No account: there are no credentials, or the world is a simulated one.
pub struct NoAccount;

impl WhatsAppAccount for NoAccount {
    fn is_on(&self) -> bool {
        false
    }

    fn account_id(&self) -> Option<String> {
        None
    }

    fn number_state(&self) -> Result<NumberState, PortError> {
        Err(PortError::Off)
    }

    fn register(&self, _pin: &str) -> Result<(), PortError> {
        Err(PortError::Off)
    }

    fn is_subscribed(&self, _account_id: &str) -> Result<bool, PortError> {
        Err(PortError::Off)
    }

    fn subscribe(&self, _account_id: &str) -> Result<(), PortError> {
        Err(PortError::Off)
    }

    fn templates(&self, _account_id: &str) -> Result<Vec<TemplateState>, PortError> {
        Err(PortError::Off)
    }

    fn create_template(&self, _account_id: &str, _new: &NewTemplate) -> Result<TemplateState, PortError> {
        Err(PortError::Off)
    }
}
