//! People who may enter: the owner and whoever helps.

use super::ids::UserId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// Shortest password, in characters: what NIST SP 800-63B asks at least.
pub const PASSWORD_CHARS_MIN: usize = 8;
/// Longest password, in bytes: beyond a sentence, hashing it would only cost time.
pub const PASSWORD_BYTES_MAX: usize = 256;
/// Longest address that mail can be sent to (RFC 5321, 4.5.3.1.3).
pub const EMAIL_BYTES_MAX: usize = 254;

/// One thing that an account may be allowed to do. Every route names the one that it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// Come in and leave; who arrives and who departs, by first name, and which cabins are to be cleaned.
    Schedule,
    /// Conversations, guests, bookings, payments, downloads, closed nights, whatever waits for a decision.
    Bookings,
    Refunds,
    /// Take out or erase all that is kept of a guest.
    PersonalData,
    /// Look at cabins, prices and calendars.
    PricesView,
    PricesChange,
    /// The texts and answers that guests read.
    Texts,
    Reports,
    /// Settings, accounts, keys, backups, audit.
    Administration,
    /// A second factor on one's own account.
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
    /// The daily business: all of [`Permission::Bookings`], texts, reports, and prices to look at.
    Helper,
    /// Who comes and goes, and changes nothing.
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

    /// What this role may do. What is not listed is denied.
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

/// Somebody who may enter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub id: UserId,
    /// The name they enter with, in lower case.
    pub email: String,
    pub role: Role,
    /// Counts changes of password; a token of an older count is worth nothing.
    pub token_epoch: i64,
    pub created_at: Timestamp,
    /// They may not enter for now.
    pub disabled: bool,
    /// After the password a code of their phone is asked for.
    pub asks_code: bool,
}

/// An e-mail address in lower case, when it has the form of one: something, an at sign, a domain with a dot
/// or `localhost`, and no blanks. Whether it exists only a message would tell.
pub fn parse_email(text: &str) -> Option<String> {
    let email = text.trim().to_lowercase();
    let (name, domain) = email.rsplit_once('@')?;
    let plain = |part: &str| !part.is_empty() && !part.chars().any(|c| c.is_whitespace() || c.is_control());
    let dotted =
        domain == "localhost" || (domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.'));
    let valid = plain(name) && plain(domain) && !name.contains('@') && dotted;
    (valid && email.len() <= EMAIL_BYTES_MAX).then_some(email)
}

/// Whether a password is neither too short nor too long.
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
