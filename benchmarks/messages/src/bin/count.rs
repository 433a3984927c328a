//! Counts allocations: a line for each case and candidate, with the allocations of the work, and of a clone of the
//! value that it decodes.

use messages::Run;

fn main() {
    println!("case\twho\tdecoded\towned");
    for case in messages::all() {
        for (name, run) in &case.runs {
            let clone = case.clones.iter().find(|(other, _)| other == name);
            let clone = clone.map_or("-".to_owned(), |(_, run)| count(run).to_string());
            println!("{}\t{name}\t{}\t{clone}", case.name, count(run));
        }
    }
}

fn count(run: &Run) -> u64 {
    allocation_counter::measure(run).count_total
}
