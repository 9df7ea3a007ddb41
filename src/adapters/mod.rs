//! Those we call: each port implemented against the real thing, vendor shapes and vendor codes kept inside.

pub mod calendars;
pub mod speech;
