//! Reading and showing one setting, from any source. A file gives typed values, the environment gives text;
//! both end in the same Rust value or the same error sentence.

use super::secret::Secret;
use crate::domain::money::Currency;
use figment::value::Value;
use jiff::tz::TimeZone;
use std::net::IpAddr;
use std::path::PathBuf;

/// Shown in the place of a secret.
pub const MASK: &str = "********";

/// A type a setting can have.
pub trait Setting: Sized {
    /// The expected value, as the end of the sentence "… must be".
    const EXPECTED: &'static str;

    /// Reads the value, or `None` when it is not what is expected.
    fn read(value: &Value) -> Option<Self>;

    /// The value as `config` shows it; secrets are masked.
    fn shown(&self) -> String;
}

/// The text of a value. The environment has only text; a file may hold a number where we want text (a phone
/// number's id is all digits), which is accepted.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(_, text) => Some(text.trim().to_owned()),
        Value::Num(..) => value.to_i128().map(|number| number.to_string()),
        Value::Char(..) | Value::Bool(..) | Value::Empty(..) | Value::Dict(..) | Value::Array(..) => None,
    }
}

impl Setting for String {
    const EXPECTED: &'static str = "text";

    fn read(value: &Value) -> Option<String> {
        text(value)
    }

    fn shown(&self) -> String {
        self.clone()
    }
}

/// Optional text: empty means "not set", so that an environment file can hold a line without a value.
impl Setting for Option<String> {
    const EXPECTED: &'static str = "text";

    fn read(value: &Value) -> Option<Option<String>> {
        text(value).map(|text| Some(text).filter(|text| !text.is_empty()))
    }

    fn shown(&self) -> String {
        self.clone().unwrap_or_default()
    }
}

impl Setting for Option<Secret> {
    const EXPECTED: &'static str = "text";

    fn read(value: &Value) -> Option<Option<Secret>> {
        text(value).map(|text| Some(text).filter(|text| !text.is_empty()).map(Secret::new))
    }

    fn shown(&self) -> String {
        self.as_ref().map(|_| MASK.to_owned()).unwrap_or_default()
    }
}

/// Whole numbers, each with the bounds of its type.
macro_rules! whole_number {
    ($($number:ty, $expected:literal;)+) => { $(
        impl Setting for $number {
            const EXPECTED: &'static str = $expected;

            fn read(value: &Value) -> Option<$number> {
                text(value)?.parse().ok()
            }

            fn shown(&self) -> String {
                self.to_string()
            }
        }
    )+ };
}

whole_number! {
    u16, "a whole number from 0 to 65535";
    u32, "a whole number from 0 to 4294967295";
    u64, "a whole number, not negative";
}

impl Setting for bool {
    const EXPECTED: &'static str = "true or false";

    fn read(value: &Value) -> Option<bool> {
        match value {
            Value::Bool(_, yes) => Some(*yes),
            other => match text(other)?.to_ascii_lowercase().as_str() {
                "true" | "1" | "yes" | "on" => Some(true),
                "false" | "0" | "no" | "off" => Some(false),
                _ => None,
            },
        }
    }

    fn shown(&self) -> String {
        self.to_string()
    }
}

/// A fraction, for confidences. Never money.
impl Setting for f32 {
    const EXPECTED: &'static str = "a number from 0.0 to 1.0";

    fn read(value: &Value) -> Option<f32> {
        let number = match value {
            Value::Num(_, number) => match number.to_f64() {
                Some(fraction) => fraction as f32,
                None => number.to_i128()? as f32,
            },
            other => text(other)?.parse().ok()?,
        };
        (0.0..=1.0).contains(&number).then_some(number)
    }

    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Setting for IpAddr {
    const EXPECTED: &'static str = "an IP address such as 127.0.0.1 or ::1";

    fn read(value: &Value) -> Option<IpAddr> {
        text(value)?.parse().ok()
    }

    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Setting for PathBuf {
    const EXPECTED: &'static str = "a path";

    fn read(value: &Value) -> Option<PathBuf> {
        text(value).filter(|text| !text.is_empty()).map(PathBuf::from)
    }

    fn shown(&self) -> String {
        self.display().to_string()
    }
}

impl Setting for TimeZone {
    const EXPECTED: &'static str = "a time zone such as America/Argentina/Buenos_Aires";

    fn read(value: &Value) -> Option<TimeZone> {
        TimeZone::get(&text(value)?).ok()
    }

    fn shown(&self) -> String {
        self.iana_name().unwrap_or("UTC").to_owned()
    }
}

impl Setting for Currency {
    const EXPECTED: &'static str = "one of ARS, USD, BRL, UYU, CLP";

    fn read(value: &Value) -> Option<Currency> {
        Currency::from_code(&text(value)?.to_ascii_uppercase())
    }

    fn shown(&self) -> String {
        self.code().to_owned()
    }
}

/// Policy for a Mercado Pago notification with an invalid signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignaturePolicy {
    /// Refuse it.
    Enforce,
    /// Accept it with a warning: the payment itself is read from Mercado Pago anyway.
    Warn,
}

/// How the connection to the mail server is secured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailTls {
    /// After a greeting in plain text.
    StartTls,
    /// From its begin.
    Implicit,
    /// Not at all.
    None,
}

/// Format of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object a line, for machines.
    Json,
    /// One readable line, for people.
    Text,
}

/// Lowest level of the log lines written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogLevel {
    /// Only events that somebody has to look at.
    Error,
    /// Also events that may become a problem.
    Warn,
    /// Also what the server does.
    Info,
    /// Also how it does it.
    Debug,
    /// Also every step.
    Trace,
}

/// Closed vocabularies, written in lower case.
macro_rules! one_of {
    ($($kind:ty, $expected:literal { $($word:literal => $variant:path),+ })+) => { $(
        impl $kind {
            /// The word in the settings.
            pub fn word(self) -> &'static str {
                match self { $($variant => $word),+ }
            }
        }

        impl Setting for $kind {
            const EXPECTED: &'static str = $expected;

            fn read(value: &Value) -> Option<$kind> {
                match text(value)?.to_ascii_lowercase().as_str() { $($word => Some($variant),)+ _ => None }
            }

            fn shown(&self) -> String {
                self.word().to_owned()
            }
        }
    )+ };
}

one_of! {
    SignaturePolicy, "enforce or warn" { "enforce" => SignaturePolicy::Enforce, "warn" => SignaturePolicy::Warn }
    MailTls, "starttls, implicit or none" {
        "starttls" => MailTls::StartTls, "implicit" => MailTls::Implicit, "none" => MailTls::None
    }
    LogFormat, "json or text" { "json" => LogFormat::Json, "text" => LogFormat::Text }
    LogLevel, "one of error, warn, info, debug, trace" {
        "error" => LogLevel::Error, "warn" => LogLevel::Warn, "info" => LogLevel::Info,
        "debug" => LogLevel::Debug, "trace" => LogLevel::Trace
    }
}
