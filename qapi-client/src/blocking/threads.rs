//! The two threads of a connection.

use std::io;
use std::net::Shutdown;
use std::sync::Arc;
use std::thread;

use crate::driver::connection::{Batch, Connection};

use super::signal;
use super::stream::Stream;

/// Starts the threads, which end with the connection.
pub(super) fn start(connection: &Arc<Connection>, stream: &Arc<dyn Stream>) -> io::Result<()> {
    let spawn = |name: &str, run: fn(&Connection, &dyn Stream)| {
        let (connection, stream) = (connection.clone(), stream.clone());
        let thread = thread::Builder::new().name(name.to_owned());
        thread.spawn(move || run(&connection, &*stream))
    };
    spawn("qapi-read", read)?;
    spawn("qapi-write", write)?;
    Ok(())
}

fn read(connection: &Connection, stream: &dyn Stream) {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => {
                connection.end_of_stream();
                break;
            }
            Ok(length) => connection.receive(&buffer[..length]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                connection.read_failed(error);
                break;
            }
        }
        if connection.has_ended() {
            break;
        }
    }
    // The writer may be waiting for a server that does not read.
    let _ = stream.shutdown(Shutdown::Both);
}

fn write(connection: &Connection, stream: &dyn Stream) {
    while let Some(Some(batch)) = signal::wait(None, |context| connection.poll_batch(context)) {
        if let Err(error) = write_batch(stream, &batch) {
            connection.write_failed(error);
            // The reader reads what the server sent before, and then ends the connection.
            let _ = stream.shutdown(Shutdown::Read);
            break;
        }
    }
}

fn write_batch(stream: &dyn Stream, batch: &Batch) -> io::Result<()> {
    let mut bytes = &batch.bytes[..];
    while !bytes.is_empty() {
        match stream.write(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(length) => bytes = &bytes[length..],
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
