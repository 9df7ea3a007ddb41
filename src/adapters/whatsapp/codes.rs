//! Classifies WhatsApp's error codes, for refused calls and delivery reports alike. Source: Meta's list of
//! Cloud API error codes.

use crate::adapters::http::detail_of;
use crate::domain::provider::OutageCause;
use crate::ports::error::PortError;
use std::time::Duration;

/// Pause that WhatsApp asks for after too many messages to one guest.
const PAIR_RATE_PAUSE: Duration = Duration::from_secs(8);
/// Pause after a limit of the number or the account.
const LIMIT_PAUSE: Duration = Duration::from_secs(60);

/// The failure of a code, if the code alone decides. `after` is the pause that WhatsApp asked for.
pub(super) fn failure(code: i64, after: Option<Duration>, detail: &str) -> Option<PortError> {
    let name = name(code);
    let transient =
        |pause: Option<Duration>| PortError::Transient { after: after.or(pause), code: name.clone() };
    let account = |cause| PortError::Account { cause, code: name.clone(), detail: detail_of(detail) };
    Some(match code {
        1 | 2 | 131_000 | 131_016 | 133_004 => transient(None),
        4 | 80_007 | 130_429 | 131_048 | 131_057 => transient(Some(LIMIT_PAUSE)),
        131_056 => transient(Some(PAIR_RATE_PAUSE)),
        0 | 190 => account(OutageCause::Token),
        3 | 10 | 200..=299 | 131_005 => account(OutageCause::Permission),
        131_042 => account(OutageCause::Billing),
        368 | 130_497 | 131_031 => account(OutageCause::Locked),
        131_037 | 131_045 | 133_010 => account(OutageCause::Registration),
        _ => return None,
    })
}

/// A failure about one message: a retry of the same can't help.
pub(super) fn permanent(code: i64, detail: &str) -> PortError {
    PortError::Permanent { code: name(code), detail: detail_of(detail) }
}

fn name(code: i64) -> String {
    format!("wa_{code}")
}
