//! Replies in generated types that nest as deeply as chains of backing images do (docs/qapi.md section 8).
#![cfg(unix)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::net::UnixStream;
use std::thread;

use qapi_client::Error;
use qapi_client::blocking::Client;

#[allow(dead_code, missing_docs, unreachable_pub)]
mod nested {
    include!(concat!(env!("OUT_DIR"), "/nested.rs"));
}

use nested::commands::QueryImage;
use nested::{Image, ImageBranch};

/// The stack of a thread of the standard library, and of a worker of tokio.
const STACK: usize = 2 << 20;

/// The JSON text of an image with this many backing images.
fn chain(length: usize) -> String {
    let mut text = String::new();
    for number in 0..length {
        text.push_str(&format!(
            r#"{{"filename": "{number}.img", "virtual-size": 1048576, "format": "cow", "cluster-size": 65536, "backing-image": "#
        ));
    }
    text.push_str(r#"{"format": "raw", "filename": "base.img", "virtual-size": 1048576}"#);
    text.push_str(&"}".repeat(length));
    text
}

fn length(image: &Image) -> usize {
    let (mut length, mut image) = (0, image);
    while let ImageBranch::Cow(cow) = &image.branch {
        let Some(backing) = &cow.backing_image else {
            break;
        };
        image = backing;
        length += 1;
    }
    length
}

/// Serves one client.
fn serve(stream: UnixStream, reply: String) {
    thread::spawn(move || {
        let mut lines = BufReader::new(&stream).lines();
        let mut id = |name: &str| {
            let line = lines.next().expect("a request").expect("a request");
            let request: serde_json::Value = serde_json::from_str(&line).expect("a request");
            assert_eq!(request["execute"], name);
            request["id"].clone()
        };
        let send = |text: String| (&stream).write_all(text.as_bytes()).expect("a client");
        send("{\"QMP\": {\"capabilities\": []}}\r\n".to_owned());
        send(format!(
            "{{\"return\": {{}}, \"id\": {}}}\r\n",
            id("qmp_capabilities")
        ));
        send(format!(
            "{{\"return\": {reply}, \"id\": {}}}\r\n",
            id("query-image")
        ));
    });
}

/// Decodes a reply in a thread with a stack of the default size.
fn execute(reply: String) -> Result<usize, Error> {
    let (ours, theirs) = UnixStream::pair().expect("a socket pair");
    serve(theirs, reply);
    let client = thread::Builder::new().stack_size(STACK).spawn(|| {
        let client = Client::builder().connect_stream(ours)?;
        let image = client.execute(QueryImage::new())?;
        // What was decoded can be used and dropped here.
        Ok(length(&image.clone()))
    });
    client.expect("a thread").join().expect("no panic")
}

/// Decodes a reply in a worker of tokio.
fn execute_in_a_task(reply: String) -> Result<usize, Error> {
    let (ours, theirs) = UnixStream::pair().expect("a socket pair");
    serve(theirs, reply);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(STACK)
        .build()
        .expect("a runtime");
    let client = runtime.spawn(async move {
        ours.set_nonblocking(true).expect("a socket");
        let stream = tokio::net::UnixStream::from_std(ours).expect("a socket");
        let builder = qapi_client::tokio::Client::builder();
        let client = builder.connect_stream(stream).await?;
        let image = client.execute(QueryImage::new()).await?;
        Ok(length(&image.clone()))
    });
    runtime.block_on(client).expect("no panic")
}

#[test]
fn chains_of_images_are_decoded_up_to_the_limit() {
    for length in [0, 1, 31, 32, 126, 127, 128, 200, 1023] {
        assert_eq!(execute(chain(length)).expect("a reply"), length);
        assert_eq!(execute_in_a_task(chain(length)).expect("a reply"), length);
    }
}

#[test]
fn a_chain_beyond_the_limit_is_an_error_that_names_it() {
    let error = execute(chain(1024)).expect_err("too deep").to_string();
    assert!(
        error.contains("1025 levels") && error.contains("`max_depth`"),
        "{error}"
    );
    assert!(error.len() < 1000, "{error}");
}

#[test]
fn an_error_in_a_deep_reply_has_its_path() {
    let reply = chain(200).replace("\"199.img\"", "199");
    match execute(reply).expect_err("a number for a string") {
        Error::Undecodable {
            what: "query-image",
            path,
            text,
            ..
        } => {
            assert!(path.starts_with("backing-image.backing-image."), "{path}");
            assert!(path.ends_with(".filename") && path.len() < 5000, "{path}");
            assert!(text.contains("199"), "{text}");
        }
        other => panic!("{other}"),
    }
}
