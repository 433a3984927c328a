//! Deadlines with tokio's timer.

use std::future::Future;

use ::tokio::time;

use crate::driver::deadline::Deadline;

/// Waits for a future until a deadline; `None` when it has passed.
pub(super) async fn until<F: Future>(deadline: Deadline, future: F) -> Option<F::Output> {
    match deadline.instant() {
        Some(deadline) => time::timeout_at(deadline.into(), future).await.ok(),
        None => Some(future.await),
    }
}
