//! State shared by the handlers: the app, access, and caches.

use super::http_response::HttpResponse;
use super::limits::RateLimits;
use super::options::Options;
use crate::app::App;
use crate::app::access::Access;
use crate::app::idempotency::Answers;
use crate::domain::language::Language;
use crate::domain::party::Party;
use crate::domain::pricing::Terms;
use jiff::civil::Date;
use std::sync::Arc;
use std::time::Duration;

/// Cached answers about availability: a person tries a handful of dates.
const ASKED_KEPT: u64 = 500;
/// Lifetime of such an answer while nothing is written: only time can free a hold meanwhile, and that must
/// show soon.
const ASKED_FOR: Duration = Duration::from_millis(500);

/// What a public price was asked for.
type Asked = (Date, Date, Party, Terms, Language);

pub struct Web {
    pub app: Arc<App>,
    pub access: Access,
    pub options: Arc<Options>,
    /// Idempotency answers.
    pub(super) answers: Answers,
    pub(super) limits: RateLimits,
    /// Answers about availability, with the commit they were read at.
    pub(super) asked: moka::sync::Cache<Asked, (u64, HttpResponse)>,
}

impl Web {
    pub(super) fn new(app: Arc<App>, access: Access, options: Arc<Options>) -> Web {
        let limits = RateLimits::new(&options.limits);
        let asked = moka::sync::Cache::builder().max_capacity(ASKED_KEPT).time_to_live(ASKED_FOR).build();
        Web { app, access, options, answers: Answers::default(), limits, asked }
    }
}
