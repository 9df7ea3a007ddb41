//! A server for tests of use-cases: no provider is on, and the test decides what is random.

use super::AppContext;
use crate::app::guest_link::LinkKey;
use crate::domain::money::Currency;
use crate::ports::random::Random;
use crate::understanding::HolidayCalendar;
use jiff::SignedDuration;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

/// Another byte each time, so that no two tokens are equal.
#[derive(Default)]
pub(super) struct Counting(AtomicU8);

impl Random for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(self.0.fetch_add(1, Ordering::Relaxed));
    }
}

/// A server with this folder of recordings.
pub(super) fn context(folder: &Path, random: impl Random + 'static) -> Arc<AppContext> {
    Arc::new(AppContext {
        zone: jiff::tz::TimeZone::UTC,
        currency: Currency::Ars,
        random: Arc::new(random),
        public_url: None,
        payments_on: false,
        mail_on: false,
        push_on: false,
        media_dir: folder.to_owned(),
        calendar: HolidayCalendar::argentina(),
        poll_every: SignedDuration::from_mins(5),
        voice_confidence_min: 0.5,
        link_key: LinkKey::new(&[7; 32]),
    })
}
