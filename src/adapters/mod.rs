//! Those we call: each port implemented against the real thing, vendor shapes and vendor codes kept inside.

mod breaker;
pub mod calendars;
pub mod clock;
mod http;
pub mod mercadopago;
pub mod random;
pub mod speech;
#[cfg(test)]
mod stub;
pub mod whatsapp;
