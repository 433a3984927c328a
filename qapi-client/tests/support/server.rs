//! A server that does what a test says.

use std::io::{BufRead as _, BufReader, ErrorKind, Write as _};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;

use serde_json::{Value, json};

use super::PATIENCE;

pub const GREETING: &str = r#"{"QMP": {"version": {"qemu": {"micro": 22, "minor": 2, "major": 7}, "package": ""}, "capabilities": ["oob"]}}"#;

/// The text of an event.
pub fn event(name: &str, data: Value) -> String {
    let timestamp = json!({"seconds": 1, "microseconds": 2});
    json!({"event": name, "data": data, "timestamp": timestamp}).to_string()
}

/// The server's end of a connection.
pub struct Server {
    pub stream: UnixStream,
    lines: BufReader<UnixStream>,
}

impl Server {
    pub fn new(stream: UnixStream) -> Self {
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let lines = BufReader::new(stream.try_clone().unwrap());
        Self { stream, lines }
    }

    /// Sends a line that ends like those of QEMU.
    pub fn send(&mut self, line: &str) {
        self.send_bytes(format!("{line}\r\n").as_bytes());
    }

    /// Sends bytes. The client may have closed the connection.
    pub fn send_bytes(&mut self, bytes: &[u8]) {
        let _ = self.stream.write_all(bytes);
    }

    /// Receives a request; `None` at the end of the connection.
    pub fn receive(&mut self) -> Option<Value> {
        let mut line = String::new();
        match self.lines.read_line(&mut line) {
            Ok(0) => None,
            Err(error) if error.kind() == ErrorKind::ConnectionReset => None,
            Err(error) => panic!("no request: {error}"),
            Ok(_) => Some(serde_json::from_str(&line).unwrap()),
        }
    }

    /// Receives the rest of a line.
    pub fn read_line(&mut self, line: &mut String) {
        self.lines.read_line(line).unwrap();
    }

    /// Receives the request to execute a command, and returns its id.
    pub fn expect(&mut self, name: &str) -> Value {
        let request = self.receive().expect("a request");
        let execute = request.get("execute").or(request.get("exec-oob"));
        assert_eq!(execute, Some(&json!(name)), "{request}");
        request["id"].clone()
    }

    pub fn answer(&mut self, id: &Value, value: Value) {
        self.send(&json!({"return": value, "id": id}).to_string());
    }

    pub fn negotiate(&mut self) -> Value {
        self.send(GREETING);
        let request = self.receive().expect("a request");
        assert_eq!(request["execute"], "qmp_capabilities", "{request}");
        self.answer(&request["id"], json!({}));
        request
    }

    pub fn close(&self) {
        let _ = self.stream.shutdown(Shutdown::Both);
    }
}
