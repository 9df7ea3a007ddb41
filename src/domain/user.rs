//! Accounts: the owner and helpers.

use super::ids::UserId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// Shortest password, in characters: the minimum of NIST SP 800-63B.
pub const PASSWORD_CHARS_MIN: usize = 8;
/// Longest password, in bytes: longer ones would only cost hashing time.
pub const PASSWORD_BYTES_MAX: usize = 256;
/// Longest address that mail can be sent to (RFC 5321, 4.5.3.1.3).
pub const EMAIL_BYTES_MAX: usize = 254;

/// A permission of an account. Every route names the one that it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// Log in and out; arrivals and departures by first name, and the cabins to clean.
    Schedule,
    /// Conversations, guests, bookings, payments, downloads, closed nights, attention items.
    Bookings,
    Refunds,
    /// Export or erase a guest's data.
    PersonalData,
    /// Read cabins, prices and calendars.
    PricesView,
    PricesChange,
    /// The texts and answers that guests read.
    Texts,
    Reports,
    /// Settings, accounts, keys, backups, audit.
    Administration,
    /// The second factor of one's own account.
    TwoFactor,
}

impl Permission {
    pub const ALL: [Permission; 10] = [
        Permission::Schedule,
        Permission::Bookings,
        Permission::Refunds,
        Permission::PersonalData,
        Permission::PricesView,
        Permission::PricesChange,
        Permission::Texts,
        Permission::Reports,
        Permission::Administration,
        Permission::TwoFactor,
    ];
}

#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Owner,
    /// The daily business: all of [`Permission::Bookings`], texts, reports, and prices read-only.
    Helper,
    /// Arrivals and departures, read-only.
    Cleaner,
}

impl Role {
    /// Stable name, as stored.
    pub fn code(self) -> &'static str {
        self.into()
    }

    pub fn from_code(code: &str) -> Option<Role> {
        code.parse().ok()
    }

    /// The permissions of this role; all others are denied.
    pub fn permissions(self) -> &'static [Permission] {
        match self {
            Role::Owner => &Permission::ALL,
            Role::Helper => &[
                Permission::Schedule,
                Permission::Bookings,
                Permission::PricesView,
                Permission::Texts,
                Permission::Reports,
                Permission::TwoFactor,
            ],
            Role::Cleaner => &[Permission::Schedule],
        }
    }

    /// Whether this role has a permission.
    pub fn may(self, permission: Permission) -> bool {
        self.permissions().contains(&permission)
    }
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub id: UserId,
    /// The login name, in lower case.
    pub email: String,
    pub role: Role,
    /// Incremented by each change of password; tokens of an older value are invalid.
    pub token_epoch: i64,
    pub created_at: Timestamp,
    /// The account is disabled.
    pub disabled: bool,
    /// Login asks for a code after the password.
    pub asks_code: bool,
}

/// Parses an e-mail address into lower case: something, an at sign, a domain with a dot or `localhost`, and no
/// blanks. Whether it exists is not checked.
pub fn parse_email(text: &str) -> Option<String> {
    let email = text.trim().to_lowercase();
    let (name, domain) = email.rsplit_once('@')?;
    let plain = |part: &str| !part.is_empty() && !part.chars().any(|c| c.is_whitespace() || c.is_control());
    let dotted =
        domain == "localhost" || (domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.'));
    let valid = plain(name) && plain(domain) && !name.contains('@') && dotted;
    (valid && email.len() <= EMAIL_BYTES_MAX).then_some(email)
}

/// Whether a password's length is within the bounds.
pub fn is_fit_password(password: &str) -> bool {
    password.chars().count() >= PASSWORD_CHARS_MIN && password.len() <= PASSWORD_BYTES_MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_in_lower_case() {
        assert_eq!(parse_email(" Ana@Ejemplo.Com "), Some("ana@ejemplo.com".to_owned()));
    }

    #[test]
    fn what_has_no_form_of_an_address_is_refused() {
        for text in ["", "ana", "ana@", "@ejemplo.com", "a b@ejemplo.com", "ana@ejemplo", "a@b@ejemplo.com"] {
            assert_eq!(parse_email(text), None, "{text}");
        }
    }

    #[test]
    fn a_role_is_read_by_its_code() {
        crate::domain::code::check_codes::<Role>();
    }
}
