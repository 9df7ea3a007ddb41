#![doc = include_str!("ARCHITECTURE.md")]

pub mod adapters;
pub mod app;
pub mod boot;
pub mod calendars;
pub mod cli;
pub mod config;
pub mod dialogue;
pub mod domain;
pub mod jobs;
pub mod obs;
pub mod ports;
pub mod sim;
pub mod store;
pub mod sys;
pub mod understanding;
pub mod web;
