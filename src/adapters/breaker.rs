//! A circuit breaker: calls to a service that fails repeatedly are suspended for a while, so that its
//! slowness does not become ours. A pure state machine behind a lock; the time comes from the clock port.

use crate::ports::clock::Clock;
use crate::ports::error::PortError;
use crate::ports::whatsapp::PAIR_RATE;
use jiff::{SignedDuration, Timestamp};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Consecutive failures that open the breaker: fewer could be one bad minute of the line.
pub const FAILURES_TO_OPEN: u32 = 5;
/// First backoff; doubled with each failed probe.
pub const REST_FIRST: SignedDuration = SignedDuration::from_secs(5);
/// Longest backoff: a guest waits for the service.
pub const REST_MAX: SignedDuration = SignedDuration::from_secs(120);
/// Transient failures about one guest or one payment and not about the service: WhatsApp's pair rate, Mercado
/// Pago's conflict and lock, a file damaged on its way.
const OF_ONE_THING: [&str; 4] = [PAIR_RATE, "http_409", "http_423", "wrong_digest"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Calls are allowed; this many failed in a row.
    Closed {
        /// Consecutive failures.
        failures: u32,
    },
    /// No call is allowed until then.
    Open { until: Timestamp, rest: SignedDuration },
    /// Half-open: one probe is running.
    Trying {
        /// The last backoff.
        rest: SignedDuration,
        /// Time at which the probe counts as lost.
        until: Timestamp,
    },
}

impl State {
    /// The state during a call, if one is allowed now; `Err` is the remaining wait.
    pub fn admit(self, now: Timestamp) -> Result<State, SignedDuration> {
        match self {
            State::Closed { .. } => Ok(self),
            State::Open { until, rest } | State::Trying { until, rest } if until <= now => {
                Ok(State::Trying { rest, until: now + REST_MAX })
            }
            State::Open { until, .. } | State::Trying { until, .. } => Err(until.duration_since(now)),
        }
    }

    /// The state after a call that succeeded, or failed for a reason other than the service.
    pub fn succeeded(self) -> State {
        State::Closed { failures: 0 }
    }

    /// The state after a failure of the service.
    pub fn failed(self, now: Timestamp) -> State {
        match self {
            State::Closed { failures } if failures + 1 < FAILURES_TO_OPEN => {
                State::Closed { failures: failures + 1 }
            }
            State::Closed { .. } => State::Open { until: now + REST_FIRST, rest: REST_FIRST },
            // A call that started before the breaker opened tells nothing new.
            State::Open { .. } => self,
            State::Trying { rest, .. } => {
                let rest = rest.saturating_mul(2).min(REST_MAX);
                State::Open { until: now + rest, rest }
            }
        }
    }

    /// Value of the gauge: 0 closed, 1 open, 2 half-open.
    pub fn number(self) -> f64 {
        match self {
            State::Closed { .. } => 0.0,
            State::Open { .. } => 1.0,
            State::Trying { .. } => 2.0,
        }
    }
}

/// A breaker around one service.
pub struct Breaker {
    service: &'static str,
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

impl Breaker {
    pub fn new(service: &'static str, clock: Arc<dyn Clock>) -> Breaker {
        metrics::gauge!("circuit_breaker_state", "service" => service).set(0.0);
        // Created at the start: an alert on an absent counter never fires.
        for counter in ["circuit_breaker_failures_total", "circuit_breaker_successes_total"] {
            metrics::counter!(counter, "service" => service).increment(0);
        }
        Breaker { service, clock, state: Mutex::new(State::Closed { failures: 0 }) }
    }

    /// Makes a call, unless the breaker is open.
    pub fn call<T>(&self, call: impl FnOnce() -> Result<T, PortError>) -> Result<T, PortError> {
        let now = self.clock.now();
        self.change(|state| state.admit(now))
            .map_err(|wait| PortError::Open(Duration::try_from(wait).unwrap_or(Duration::ZERO)))?;
        let outcome = call();
        let failed = outcome.as_ref().err().is_some_and(is_of_the_service);
        let counter =
            if failed { "circuit_breaker_failures_total" } else { "circuit_breaker_successes_total" };
        metrics::counter!(counter, "service" => self.service).increment(1);
        let now = self.clock.now();
        let moved: Result<(), std::convert::Infallible> =
            self.change(|state| Ok(if failed { state.failed(now) } else { state.succeeded() }));
        moved.map_or_else(|never| match never {}, |()| outcome)
    }

    /// Changes the state under one lock, so that no two callers decide on the same one.
    fn change<E>(&self, next: impl FnOnce(State) -> Result<State, E>) -> Result<(), E> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        *state = next(*state)?;
        metrics::gauge!("circuit_breaker_state", "service" => self.service).set(state.number());
        Ok(())
    }
}

/// Whether a failure is the service's: a transient one, unless it is about one guest or payment. A refusal
/// shows that the service works.
fn is_of_the_service(error: &PortError) -> bool {
    match error {
        PortError::Transient { code, .. } => !OF_ONE_THING.contains(&code.as_str()),
        PortError::Permanent { .. } | PortError::Account { .. } | PortError::Off | PortError::Open(_) => {
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn failing(times: u32) -> State {
        (0..times).fold(State::Closed { failures: 0 }, |state, _| state.failed(NOW))
    }

    #[test]
    fn it_opens_after_failures_in_a_row_and_not_before() {
        assert!(failing(FAILURES_TO_OPEN - 1).admit(NOW).is_ok());
        assert_eq!(failing(FAILURES_TO_OPEN).admit(NOW), Err(REST_FIRST));
        assert!(failing(FAILURES_TO_OPEN - 1).succeeded().failed(NOW).admit(NOW).is_ok());
    }

    #[test]
    fn after_its_rest_one_call_tries_and_the_others_wait() {
        let later = NOW + REST_FIRST;
        let trying = failing(FAILURES_TO_OPEN).admit(later).expect("the rest is over");
        assert!(trying.admit(later).is_err());
        assert_eq!(trying.succeeded(), State::Closed { failures: 0 });
        assert_eq!(trying.failed(later).admit(later), Err(REST_FIRST.saturating_mul(2)));
    }

    #[test]
    fn a_rest_never_grows_beyond_its_bound() {
        let (mut state, mut now) = (failing(FAILURES_TO_OPEN), NOW);
        for _ in 0..20 {
            now += REST_MAX;
            state = state.admit(now).expect("the rest is over").failed(now);
        }
        assert_eq!(state.admit(now), Err(REST_MAX));
    }

    #[test]
    fn calls_that_were_under_way_when_it_opened_do_not_lengthen_the_rest() {
        assert_eq!(failing(50).admit(NOW), Err(REST_FIRST));
    }

    struct Still;
    impl Clock for Still {
        fn now(&self) -> Timestamp {
            NOW
        }
    }

    #[test]
    fn only_failures_of_the_service_open_it() {
        let breaker = Breaker::new("test", Arc::new(Still));
        let transient = |code: &str| PortError::Transient { after: None, code: code.into() };
        let refused = PortError::Permanent { code: "http_404".into(), detail: String::new() };
        for error in [transient("wa_131056"), transient("http_409"), refused] {
            for _ in 0..FAILURES_TO_OPEN {
                assert_eq!(breaker.call(|| Err::<(), _>(error.clone())), Err(error.clone()));
            }
        }
        for _ in 0..FAILURES_TO_OPEN {
            let _ = breaker.call(|| Err::<(), _>(transient("http_503")));
        }
        assert!(matches!(breaker.call(|| Ok(())), Err(PortError::Open(_))));
    }
}
