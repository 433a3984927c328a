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
            Ok(length) => {
                if connection.receive(&buffer[..length]) {
                    connection.wake_writer();
                }
            }
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

#[cfg(all(unix, feature = "fd"))]
fn write_first(stream: &dyn Stream, batch: &Batch) -> io::Result<usize> {
    let socket = stream.as_socket().ok_or(io::ErrorKind::Unsupported)?;
    crate::driver::fd::send(socket, &batch.bytes, &batch.attachment)
}

/// Nothing can be sent along.
#[cfg(not(all(unix, feature = "fd")))]
fn write_first(stream: &dyn Stream, batch: &Batch) -> io::Result<usize> {
    stream.write(&batch.bytes)
}

fn write_batch(stream: &dyn Stream, batch: &Batch) -> io::Result<()> {
    let mut bytes = &batch.bytes[..];
    // File descriptors go with the first bytes.
    let mut is_first = true;
    while !bytes.is_empty() {
        let written = match is_first && !batch.attachment.is_empty() {
            true => write_first(stream, batch),
            false => stream.write(bytes),
        };
        is_first &= written.is_err();
        match written {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(length) => bytes = &bytes[length..],
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
