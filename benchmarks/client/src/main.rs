//! Round trips and events per second, with the processor time of each, and the memory of an idle connection: a line for
//! each case and candidate, with the medians of alternating rounds. The server is a separate process: this program with
//! `serve` and a path.

mod ours;
mod server;
mod theirs;

use std::env;
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};
use tokio::runtime::Runtime;

#[allow(dead_code, missing_docs, unreachable_pub)]
mod qmp {
    include!(concat!(env!("OUT_DIR"), "/qmp.rs"));
}

const ROUNDS: usize = 15;
const ROUND_TRIPS: usize = 4000;
const BURSTS: usize = 40;
const CONNECTIONS: usize = 200;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["serve", path] => server::serve(Path::new(path)),
        ["idle", who, path] => idle(who, path),
        _ => measure(&arguments),
    }
}

/// Measures everything, or one case of one candidate, which is useful with a profiler.
fn measure(only: &[String]) {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("qmp.sock");
    let path = path.to_str().expect("a path in UTF-8");
    let server = Server::start(path);
    let runtime = Runtime::new().expect("a runtime");
    let blocking = ours::Blocking::connect(path);
    let (ours, theirs) = runtime.block_on(async {
        (
            ours::Tokio::connect(path).await,
            theirs::Tokio::connect(path).await,
        )
    });
    let per_second = |count: usize, time: Duration| count as f64 / time.as_secs_f64();
    let trips = |time| per_second(ROUND_TRIPS, time);
    let events = |time| per_second(BURSTS * server::BURST, time);
    let mut cases: Vec<(&str, &str, Box<dyn Fn() -> f64 + '_>)> = vec![
        (
            "one at a time",
            "ours",
            Box::new(|| trips(runtime.block_on(ours.round_trips(1, ROUND_TRIPS)))),
        ),
        (
            "one at a time",
            "theirs",
            Box::new(|| trips(runtime.block_on(theirs.round_trips(1, ROUND_TRIPS)))),
        ),
        (
            "one at a time",
            "blocking",
            Box::new(|| trips(blocking.round_trips(1, ROUND_TRIPS))),
        ),
        (
            "8 at once",
            "ours",
            Box::new(|| trips(runtime.block_on(ours.round_trips(8, ROUND_TRIPS)))),
        ),
        (
            "8 at once",
            "theirs",
            Box::new(|| trips(runtime.block_on(theirs.round_trips(8, ROUND_TRIPS)))),
        ),
        (
            "8 at once",
            "blocking",
            Box::new(|| trips(blocking.round_trips(8, ROUND_TRIPS))),
        ),
        (
            "events",
            "ours",
            Box::new(|| events(runtime.block_on(ours.events(BURSTS)))),
        ),
        (
            "events",
            "theirs",
            Box::new(|| events(runtime.block_on(theirs.events(BURSTS)))),
        ),
        (
            "events",
            "blocking",
            Box::new(|| events(blocking.events(BURSTS))),
        ),
    ];
    let is_wanted = |case: &str, who: &str| match only {
        [] => true,
        [a, b] => a == case && b == who,
        _ => panic!("wants a case and a candidate, or nothing"),
    };
    cases.retain(|(case, who, _)| is_wanted(case, who));
    let mut values = vec![(Vec::new(), Vec::new()); cases.len()];
    for _ in 0..ROUNDS {
        for ((case, _, run), (speeds, costs)) in cases.iter().zip(&mut values) {
            let start = cpu();
            speeds.push(run());
            let count = match *case {
                "events" => BURSTS * server::BURST,
                _ => ROUND_TRIPS,
            };
            costs.push((cpu() - start) / count as f64);
        }
    }
    for ((case, who, _), (speeds, costs)) in cases.iter().zip(&mut values) {
        println!("{case}\t{who}\t{}\t{}", median(speeds), median(costs));
    }
    for who in ["ours", "theirs", "blocking"] {
        if !is_wanted("idle", who) {
            continue;
        }
        let program = env::current_exe().expect("this program");
        let output = Command::new(program).args(["idle", who, path]).output();
        let output = output.expect("a run of this program").stdout;
        print!("{}", String::from_utf8_lossy(&output));
    }
    drop(server);
}

/// The processor time that this process has used, in seconds, without the server's.
fn cpu() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The growth of this process with each idle connection.
fn idle(who: &str, path: &str) {
    let runtime = Runtime::new().expect("a runtime");
    let grown = match who {
        "ours" => growth(|| runtime.block_on(ours::Tokio::connect(path))),
        "theirs" => growth(|| runtime.block_on(theirs::Tokio::connect(path))),
        _ => growth(|| ours::Blocking::connect(path)),
    };
    println!("idle\t{who}\t{grown}\t");
}

/// The memory that each connection takes, without the first ones.
fn growth<T>(connect: impl Fn() -> T) -> f64 {
    let mut all: Vec<T> = (0..20).map(|_| connect()).collect();
    let before = resident();
    all.extend((0..CONNECTIONS).map(|_| connect()));
    (resident() - before) / CONNECTIONS as f64
}

/// The resident memory of this process, in bytes.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("a Linux");
    let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|it| it.split_whitespace().next()?.parse().ok());
    kilobytes.unwrap_or(f64::NAN) * 1024.0
}

/// The server's process.
struct Server(Child);

impl Server {
    fn start(path: &str) -> Self {
        let program = env::current_exe().expect("this program");
        let server = Command::new(program)
            .args(["serve", path])
            .spawn()
            .expect("a server");
        let start = Instant::now();
        while !Path::new(path).exists() {
            assert!(start.elapsed() < Duration::from_secs(10), "no server");
            std::thread::sleep(Duration::from_millis(5));
        }
        Self(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
