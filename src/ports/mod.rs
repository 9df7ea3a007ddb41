//! Traits for all that the server needs from outside: one for each provider or source.
//!
//! Ports are blocking on purpose. The calls are slow and few, and `ureq` and whisper block anyway. One bridge
//! from async code (`app::App::outside`) keeps network calls off the runtime's workers and makes each call
//! site visible.

pub mod clock;
pub mod error;
pub mod feeds;
pub mod mail;
pub mod payments;
pub mod push;
pub mod random;
pub mod speech;
pub mod whatsapp;
pub mod whatsapp_account;

use std::sync::Arc;

/// All ports. Built once in `boot`.
#[derive(Clone)]
pub struct Ports {
    pub whatsapp: Arc<dyn whatsapp::WhatsApp>,
    pub whatsapp_account: Arc<dyn whatsapp_account::WhatsAppAccount>,
    pub mail: Arc<dyn mail::Mail>,
    pub push: Arc<dyn push::Push>,
    pub payments: Arc<dyn payments::Payments>,
    pub feeds: Arc<dyn feeds::FeedSource>,
    pub speech: Arc<dyn speech::Speech>,
    pub clock: Arc<dyn clock::Clock>,
    /// Random bytes for codes, tokens and jitter.
    pub random: Arc<dyn random::Random>,
}
