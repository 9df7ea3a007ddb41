//! The time, as an argument.

use jiff::Timestamp;

/// Where "now" comes from. Instants are UTC; the property's time zone turns them into civil dates.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}
