//! Blocks a thread on a future.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Instant;

#[derive(Default)]
struct Signal {
    is_set: Mutex<bool>,
    condition: Condvar,
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        *self.is_set.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.condition.notify_one();
    }
}

impl Signal {
    /// Waits until it is set, and resets it; false when the deadline has passed.
    fn wait(&self, deadline: Option<Instant>) -> bool {
        let mut is_set = self.is_set.lock().unwrap_or_else(PoisonError::into_inner);
        while !*is_set {
            is_set = match deadline {
                None => self
                    .condition
                    .wait(is_set)
                    .unwrap_or_else(PoisonError::into_inner),
                Some(deadline) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        return false;
                    }
                    let waited = self.condition.wait_timeout(is_set, left);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
        *is_set = false;
        true
    }
}

thread_local! {
    static SIGNAL: (Arc<Signal>, Waker) = {
        let signal = Arc::new(Signal::default());
        (signal.clone(), Waker::from(signal))
    };
}

/// Polls until there is a result; `None` when the deadline has passed.
pub(super) fn wait<T>(
    deadline: Option<Instant>,
    mut poll: impl FnMut(&mut Context<'_>) -> Poll<T>,
) -> Option<T> {
    // A thread that is ending has no thread-locals.
    let local = SIGNAL.try_with(Clone::clone);
    let (signal, waker) = local.unwrap_or_else(|_| {
        let signal = Arc::new(Signal::default());
        (signal.clone(), Waker::from(signal))
    });
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(result) = poll(&mut context) {
            return Some(result);
        }
        if !signal.wait(deadline) {
            return None;
        }
    }
}
