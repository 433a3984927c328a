//! Measures time: a line for each case and candidate, with the median of its runs in
//! nanoseconds, and the length of the text. The clock is that of the thread, which
//! stops while another program has the core.

use std::time::Duration;

use messages::Run;
use rustix::time::{ClockId, clock_gettime};

const ROUNDS: usize = 41;

/// The minimum duration of a round.
const ROUND: Duration = Duration::from_millis(10);

fn main() {
    println!("case\twho\tbytes\tns");
    for case in messages::all() {
        let repeats: Vec<u32> = case.runs.iter().map(|(_, run)| repeats(run)).collect();
        let mut times = vec![Vec::new(); case.runs.len()];
        for _ in 0..ROUNDS {
            for (who, (_, run)) in case.runs.iter().enumerate() {
                times[who].push(time(run, repeats[who]) / repeats[who]);
            }
        }
        for ((name, _), mut times) in case.runs.iter().zip(times) {
            times.sort();
            let median = times[ROUNDS / 2].as_nanos();
            println!("{}\t{name}\t{median}\t{}", case.name, case.bytes);
        }
    }
}

/// The number of repetitions in a round.
fn repeats(run: &Run) -> u32 {
    let mut repeats = 1;
    while time(run, repeats) < ROUND {
        repeats *= 2;
    }
    repeats
}

fn time(run: &Run, repeats: u32) -> Duration {
    let start = now();
    for _ in 0..repeats {
        run();
    }
    now() - start
}

fn now() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}
