//! Holds in a transaction of their own.

use super::reserve::{Held, HoldRequest, ReconcileFirst, hold};
use super::{App, Error, pay};
use std::sync::Arc;

/// Holds a cabin in one transaction of its own, asking the provider about lapsed holds in the way first.
pub async fn hold_now(app: &App, mut request: HoldRequest) -> Result<Held, Error> {
    loop {
        let (context, attempt) = (Arc::clone(&app.context), request.clone());
        let outcome = app.store.write(move |tx| hold(tx, &context, &attempt)).await;
        match outcome {
            Err(Error::ReconcileFirst(ids)) => {
                pay::ask_about(app, &ids).await;
                request.reconcile = ReconcileFirst::Asked;
            }
            other => {
                app.wake.after_decision();
                return other;
            }
        }
    }
}
