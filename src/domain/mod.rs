//! Booking rules: values in, values out. No clock, no I/O, no async.
//!
//! Begin with [`stay`] and [`money`], then [`cabin`] and [`pricing`], then [`reservation`], whose table of moves
//! is the heart of the product.

pub mod amount;
pub mod attention;
pub mod audit;
pub mod bank;
pub mod cabin;
pub mod capitalised;
pub mod channel;
pub mod code;
pub mod delivery_failure;
pub mod deposit;
pub mod geo_point;
pub mod guest;
pub mod ids;
pub mod invalid;
pub mod job;
pub mod language;
pub mod message;
pub mod message_cost;
pub mod money;
pub mod notice;
pub mod occupancy;
pub mod own_words;
pub mod paid_booking;
pub mod party;
pub mod payment;
pub mod payment_method;
pub mod phone;
pub mod policy;
pub mod pricing;
pub mod provider;
pub mod quiet_hours;
pub mod rates;
pub mod receipt;
pub mod refund;
pub mod refusal;
pub mod report;
pub mod request;
pub mod reservation;
pub mod settings;
pub mod stay;
pub mod user;
pub mod week;
pub mod whatsapp_account;
