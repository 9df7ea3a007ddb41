//! The clock as a trait.

use jiff::Timestamp;

/// Source of the current time. Instants are UTC; the property's time zone turns them into civil dates.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}
