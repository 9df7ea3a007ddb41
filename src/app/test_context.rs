//! A server for the tests of use-cases: Buenos Aires is far, no provider is on, and chance is what the test says.

use super::AppContext;
use crate::app::guest_link::LinkKey;
use crate::domain::money::Currency;
use crate::ports::random::Random;
use crate::understanding::HolidayCalendar;
use jiff::SignedDuration;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

/// Another byte each time, so that no two words drawn are the same.
#[derive(Default)]
pub(super) struct Counting(AtomicU8);

impl Random for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(self.0.fetch_add(1, Ordering::Relaxed));
    }
}

/// A server whose recordings lie in this folder.
pub(super) fn context(folder: &Path, random: impl Random + 'static) -> Arc<AppContext> {
    Arc::new(AppContext {
        zone: jiff::tz::TimeZone::UTC,
        currency: Currency::Ars,
        random: Arc::new(random),
        public_url: None,
        payments_on: false,
        media_dir: folder.to_owned(),
        calendar: HolidayCalendar::argentina(),
        poll_every: SignedDuration::from_mins(5),
        voice_confidence_min: 0.5,
        link_key: LinkKey::new(&[7; 32]),
    })
}
