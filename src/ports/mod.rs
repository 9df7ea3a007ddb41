//! What the appliance needs from the outside, as traits: one for each thing that another party does for us.
//!
//! Ports are blocking on purpose. The calls are slow and few, `ureq` and whisper block anyway, and the one
//! bridge from async code to here (`app::App::outside`) keeps network calls off the runtime's workers and
//! makes it plain, at each call site, where we leave casero.

pub mod clock;
pub mod error;
pub mod feeds;
pub mod payments;
pub mod random;
pub mod speech;
pub mod whatsapp;

use std::sync::Arc;

/// Everything outside, as the application sees it. Built once in `boot`.
#[derive(Clone)]
pub struct Ports {
    pub whatsapp: Arc<dyn whatsapp::WhatsApp>,
    pub payments: Arc<dyn payments::Payments>,
    pub feeds: Arc<dyn feeds::FeedSource>,
    pub speech: Arc<dyn speech::Speech>,
    pub clock: Arc<dyn clock::Clock>,
    /// Codes, tokens and jitter.
    pub random: Arc<dyn random::Random>,
}
