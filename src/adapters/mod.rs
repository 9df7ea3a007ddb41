//! Outbound adapters: each port implemented for the real service; vendor shapes and codes stay inside.

mod breaker;
pub mod calendars;
pub mod clock;
mod http;
pub mod mail;
pub mod mercadopago;
pub mod push;
pub mod random;
pub mod reach;
pub mod speech;
#[cfg(test)]
mod stub;
pub mod whatsapp;
