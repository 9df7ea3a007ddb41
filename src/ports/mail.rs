//! E-mail by SMTP.

use super::error::PortError;
use jiff::Timestamp;

pub trait Mail: Send + Sync {
    fn is_on(&self) -> bool;

    /// Hands one letter to the server. What it accepts counts as accepted, never as seen.
    fn send(&self, letter: &Letter) -> Result<(), PortError>;
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub to: String,
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// The same for each try of this letter, so that a server that has it already knows it again.
    pub tag: String,
    pub written_at: Timestamp,
}

/// No mail: there are no credentials, or the world is a simulated one.
pub struct NoMail;

impl Mail for NoMail {
    fn is_on(&self) -> bool {
        false
    }

    fn send(&self, _letter: &Letter) -> Result<(), PortError> {
        Err(PortError::Off)
    }
}
