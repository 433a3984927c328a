//! Threads of a test with a server, which all end when one of them fails.

use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::thread::{self, ScopedJoinHandle};

use super::Server;

/// Like [`thread::Scope`], but a panic in one thread closes the connection, so that no other thread waits for it.
pub struct Scope<'scope, 'env> {
    scope: &'scope thread::Scope<'scope, 'env>,
    stream: UnixStream,
}

impl Server {
    /// Runs a test that starts threads: the server's part in one of them, the client's in another.
    pub fn scope<'env, T>(
        &'env mut self,
        test: impl for<'scope> FnOnce(&'env mut Self, &Scope<'scope, 'env>) -> T,
    ) -> T {
        let stream = self.stream.try_clone().unwrap();
        thread::scope(|scope| {
            let _guard = CloseOnPanic(stream.try_clone().unwrap());
            test(self, &Scope { scope, stream })
        })
    }
}

impl<'scope> Scope<'scope, '_> {
    pub fn spawn<T: Send + 'scope>(
        &self,
        part: impl FnOnce() -> T + Send + 'scope,
    ) -> ScopedJoinHandle<'scope, T> {
        let guard = CloseOnPanic(self.stream.try_clone().unwrap());
        self.scope.spawn(move || {
            let _guard = guard;
            part()
        })
    }
}

struct CloseOnPanic(UnixStream);

impl Drop for CloseOnPanic {
    fn drop(&mut self) {
        if thread::panicking() {
            let _ = self.0.shutdown(Shutdown::Both);
        }
    }
}
