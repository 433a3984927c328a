//! Talks to the guest agent, which runs on the host itself here.

use std::path::Path;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use qapi::qga::commands::{
    GuestExec, GuestExecStatus, GuestFileClose, GuestFileFlush, GuestFileOpen, GuestFileRead,
    GuestFileSeek, GuestFileWrite, GuestGetTime, GuestInfo, GuestPing, GuestSync,
};
use qapi::qga::{self, GuestFileWhence, QGASeek};

use qapi_client::{Error, base64};

use crate::client::Agent;
use crate::failure::{Failure, expect};
use crate::replies;

/// Executes commands that query the agent, then some that change things; `directory` is for its files.
pub fn run(socket: &Path, directory: &Path) -> Result<Vec<String>, Failure> {
    let mut agent = Agent::connect(socket)?;
    sync(&mut agent)?;
    replies::ask("of a guest agent", replies::agent(), &mut agent)?;
    let steps: [(&str, Step); 4] = [
        ("ask for the time", time),
        ("run a program", execute),
        ("run a program that fails", fail),
        ("write, seek and read a file", file),
    ];
    println!("script:");
    let mut failures = vec![];
    for (what, step) in steps {
        match step(&mut agent, directory) {
            Ok(()) => println!("  {what}"),
            Err(failure) => failures.push(format!("{what}: {failure}")),
        }
    }
    println!("checked: {} replies", agent.checked);
    failures.append(&mut agent.findings);
    Ok(failures)
}

type Step = fn(&mut Agent, &Path) -> Result<(), Failure>;

/// Synchronizes with the agent.
fn sync(agent: &mut Agent) -> Result<(), Failure> {
    const ID: i64 = 0x7_1234_5678;
    let id = agent.execute(GuestSync::new(ID))?;
    expect(id == ID, "another id", &id)?;
    agent.execute(GuestPing::new())?;
    let info = agent.execute(GuestInfo::new())?;
    let sync = info
        .supported_commands
        .iter()
        .find(|command| command.name == "guest-sync");
    expect(
        sync.is_some_and(|command| command.enabled),
        "guest-sync",
        &sync,
    )
}

fn time(agent: &mut Agent, _: &Path) -> Result<(), Failure> {
    let nanoseconds = agent.execute(GuestGetTime::new())?;
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let then = Duration::from_nanos(u64::try_from(nanoseconds).unwrap_or_default());
    expect(
        now.abs_diff(then) < Duration::from_secs(60),
        "another time",
        &then,
    )
}

fn execute(agent: &mut Agent, _: &Path) -> Result<(), Failure> {
    let script = "cat; echo $WORD >&2";
    let mut program = GuestExec::new("/bin/sh".to_owned());
    program.arg = Some(vec!["-c".to_owned(), script.to_owned()]);
    program.env = Some(vec![
        "WORD=moon".to_owned(),
        "PATH=/usr/bin:/bin".to_owned(),
    ]);
    program.input_data = Some(base64::encode(b"hello\n"));
    program = program.with_capture_output(true);
    let status = finish(agent, program)?;
    let out = base64::decode(status.out_data.as_deref().unwrap_or_default());
    let err = base64::decode(status.err_data.as_deref().unwrap_or_default());
    expect(status.exitcode == Some(0), "a program", &status)?;
    expect(out.as_deref() == Ok(b"hello\n"), "its output", &out)?;
    expect(err.as_deref() == Ok(b"moon\n"), "its errors", &err)
}

fn fail(agent: &mut Agent, _: &Path) -> Result<(), Failure> {
    let mut program = GuestExec::new("/bin/sh".to_owned());
    program.arg = Some(vec!["-c".to_owned(), "kill -TERM $$".to_owned()]);
    let status = finish(agent, program)?;
    expect(
        status.signal == Some(15) && status.exitcode.is_none(),
        "a program",
        &status,
    )?;
    match agent.execute(GuestExec::new("/no/such/program".to_owned())) {
        Err(Failure::Client(Error::Refused { error, .. })) => {
            expect(error.class == "GenericError", "an error", &error)
        }
        Err(other) => Err(other),
        Ok(value) => Err(Failure::unexpected("no error", &value)),
    }
}

/// Runs a program to its end.
fn finish(agent: &mut Agent, program: GuestExec) -> Result<qga::GuestExecStatus, Failure> {
    let pid = agent.execute(program)?.pid;
    for _ in 0..100 {
        let status = agent.execute(GuestExecStatus::new(pid))?;
        if status.exited {
            return Ok(status);
        }
        thread::sleep(Duration::from_millis(50));
    }
    Err(Failure::Unexpected(
        "a program that does not end".to_owned(),
    ))
}

fn file(agent: &mut Agent, directory: &Path) -> Result<(), Failure> {
    const TEXT: &[u8] = b"The quick brown fox\0jumps\xff";
    let mut open = GuestFileOpen::new(directory.join("agent.txt").display().to_string());
    open.mode = Some("w+".to_owned());
    let handle = agent.execute(open)?;

    let written = agent.execute(GuestFileWrite::new(handle, base64::encode(TEXT)))?;
    expect(
        usize::try_from(written.count) == Ok(TEXT.len()),
        "bytes",
        &written,
    )?;
    agent.execute(GuestFileFlush::new(handle))?;

    let start = GuestFileWhence::Name(QGASeek::Set);
    let sought = agent.execute(GuestFileSeek::new(handle, 4, start))?;
    expect(sought.position == 4 && !sought.eof, "a place", &sought)?;
    let mut read = GuestFileRead::new(handle);
    read.count = Some(1000);
    let read = agent.execute(read)?;
    expect(
        base64::decode(&read.buf_b64).as_deref() == Ok(&TEXT[4..]),
        "bytes",
        &read,
    )?;

    // The same with a number: 2 is the end of the file.
    let end = GuestFileWhence::Value(2);
    let sought = agent.execute(GuestFileSeek::new(handle, -5, end))?;
    expect(
        usize::try_from(sought.position) == Ok(TEXT.len() - 5),
        "a place",
        &sought,
    )?;
    agent.execute(GuestFileClose::new(handle))?;
    Ok(())
}
