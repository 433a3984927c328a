//! Deadlines with tokio's timer.

use std::future::Future;
use std::time::Instant;

use ::tokio::time;

/// Waits for a future until a deadline; `None` when it has passed.
pub(super) async fn until<F: Future>(deadline: Option<Instant>, future: F) -> Option<F::Output> {
    match deadline {
        Some(deadline) => time::timeout_at(deadline.into(), future).await.ok(),
        None => Some(future.await),
    }
}
