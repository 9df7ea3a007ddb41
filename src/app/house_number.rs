//! The house's own number on WhatsApp, for links by which guests write to it.

use super::App;
use jiff::SignedDuration;
use std::sync::PoisonError;
use std::time::Duration;

/// How long a page waits for WhatsApp's answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// Time after a failure before it is asked again.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(1);

/// The number's digits, asked for once in each process; `None` without WhatsApp, or while it does not answer.
pub async fn digits(app: &App) -> Option<String> {
    if let Some(known) = app.house_number.get() {
        return Some(known.clone());
    }
    let now = app.ports.clock.now();
    let failed_at = *app.house_number_failed_at.lock().unwrap_or_else(PoisonError::into_inner);
    if !app.ports.whatsapp.is_on() || failed_at.is_some_and(|at| now.duration_since(at) < AGAIN_AFTER) {
        return None;
    }
    let asked = tokio::time::timeout(PATIENCE, app.outside(|ports| ports.whatsapp.number())).await;
    let number = asked.ok().and_then(Result::ok).unwrap_or_default();
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() {
        *app.house_number_failed_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
        return None;
    }
    Some(app.house_number.get_or_init(|| digits).clone())
}
