//! One binary for every test that runs the product from outside.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a test that can't go on should say where"
)]

mod adapters;
mod api;
mod browser;
mod calendars;
mod channels;
mod concerns;
mod confirmations;
mod conversations;
mod days;
mod days_tests;
mod demo;
mod dialogues;
mod echoes;
mod fake_vendors;
mod faults;
mod guides;
mod harness;
mod hostile;
mod journeys;
mod media_out;
mod money;
mod notices;
mod numbers;
mod older_copies;
mod operations;
mod outages;
mod owner;
mod owner_desk;
mod pages;
mod payments_that_do_not_fit;
mod pricing;
mod promises;
mod provider_outages;
mod proxy;
mod races;
mod rate_changes;
mod receipts;
mod requests;
mod security;
mod sentences;
mod simulation;
mod situations;
mod speech;
mod starts;
mod strangers;
mod tidy;
mod understanding;
mod versions;
mod voice;
mod watching;
mod ways;
mod whatsapp_account;
