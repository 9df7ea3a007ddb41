//! Codes of closed sets as they are stored and sent.
//!
//! A set is an enum; `strum` derives its codes in both directions. A code that this version does not know was
//! written by another version: it is kept as it is and shown, so that one such row never makes its whole list
//! unreadable.

use serde::{Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A value of a closed set, or an unknown code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Coded<T> {
    Known(T),
    /// The code as it was read.
    Other(String),
}

impl<T: FromStr> Coded<T> {
    pub fn read(code: &str) -> Coded<T> {
        code.parse().map_or_else(|_| Coded::Other(code.to_owned()), Coded::Known)
    }
}

impl<T: Copy> Coded<T> {
    /// The value; `None` for an unknown code.
    pub fn known(&self) -> Option<T> {
        match self {
            Coded::Known(value) => Some(*value),
            Coded::Other(_) => None,
        }
    }
}

impl<T: Copy + Into<&'static str>> Coded<T> {
    pub fn code(&self) -> &str {
        match self {
            Coded::Known(value) => (*value).into(),
            Coded::Other(code) => code,
        }
    }
}

impl<T> From<T> for Coded<T> {
    fn from(value: T) -> Coded<T> {
        Coded::Known(value)
    }
}

impl<T: PartialEq> PartialEq<T> for Coded<T> {
    fn eq(&self, other: &T) -> bool {
        matches!(self, Coded::Known(value) if value == other)
    }
}

impl<T: Copy + Into<&'static str>> fmt::Display for Coded<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl<T: Copy + Into<&'static str>> Serialize for Coded<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// Asserts that each variant's code reads back as the variant and that no two share one.
#[cfg(test)]
pub(crate) fn check_codes<T>()
where
    T: strum::VariantArray + Copy + Into<&'static str> + FromStr + PartialEq + fmt::Debug,
{
    let codes: std::collections::BTreeSet<&str> = T::VARIANTS.iter().map(|value| (*value).into()).collect();
    assert_eq!(codes.len(), T::VARIANTS.len());
    for value in T::VARIANTS {
        let code: &'static str = (*value).into();
        assert_eq!(Coded::<T>::read(code), Coded::Known(*value));
        assert!(code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{code}");
    }
    assert_eq!(Coded::<T>::read("of_tomorrow"), Coded::Other("of_tomorrow".to_owned()));
}
