//! The limits of the web server, from the settings.

use crate::app::desk::WebHoldLimits;
use crate::config::Config;
use crate::web::options::Limits;

pub(super) fn of(config: &Config) -> Limits {
    let limits = &config.limits;
    Limits {
        login_per_minute: limits.login_per_minute,
        public_per_minute: limits.public_per_minute,
        api_per_minute: limits.api_per_minute,
        unsigned_hooks_per_minute: limits.unsigned_hooks_per_minute,
        web_holds: WebHoldLimits { per_address: limits.web_holds_per_address, of_house: limits.web_holds },
        log_bytes_max: limits.log_megabytes.saturating_mul(1 << 20),
        ..Limits::default()
    }
}
