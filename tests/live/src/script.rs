//! Changes a machine in all ways that require no guest.

mod bitmaps;
mod block;
mod chardevs;
mod devices;
mod display;
mod jobs;
mod memory;
mod migration;
mod monitor;
mod network;
mod objects;
mod power;
mod qom;

use crate::machine::Machine;

/// Their effects on the machine remain, so that later replies contain more.
pub fn change(machine: &mut Machine) {
    println!("script:");
    machine.step("make images by jobs", block::create_images);
    machine.step("add nodes: a format over a protocol", block::add_nested);
    machine.step("add nodes: a chain of backing files", block::add_chain);
    machine.step("add nodes: a filter that throttles", block::add_throttle);
    machine.step("reopen a node with other options", block::reopen);
    machine.step("add, merge and remove dirty bitmaps", bitmaps::bitmaps);
    machine.step("do several things at once", bitmaps::transaction);
    machine.step(
        "do nothing when one of several things fails",
        bitmaps::failing_transaction,
    );
    machine.step("mirror a disk", jobs::mirror);
    machine.step("export a disk by NBD", jobs::export);
    machine.step("add objects", objects::add);
    machine.step("plug and unplug a USB device", devices::usb);
    machine.step("plug and unplug a SCSI disk", devices::scsi);
    machine.step("plug a CPU", devices::cpu);
    machine.step("plug memory", memory::plug);
    machine.step("add network backends", network::add);
    machine.step("unplug a network cable", network::set_link);
    machine.step("add character devices", chardevs::add);
    machine.step("write to a ring buffer and read it", chardevs::ring_buffer);
    machine.step("replace a character device", chardevs::change);
    machine.step("set passwords of a display", display::passwords);
    machine.step("look at a display", display::connect);
    machine.step("have a display listen elsewhere", display::update);
    machine.step("press keys, move a pointer", display::input);
    machine.step("take a picture", display::screendump);
    machine.step("list, get and set properties of objects", qom::properties);
    machine.step("describe CPU models", qom::cpu_models);
    machine.step("ask for statistics", qom::statistics);
    machine.step("ask a human monitor", monitor::human);
    machine.step("overtake others out of band", monitor::out_of_band);
    machine.step("fail", monitor::errors);
    machine.step("go on, and stop", power::run);
    machine.step("reset, and press the power button", power::reset);
    machine.step("decide what happens", power::actions);
    machine.step("save a snapshot and delete it", jobs::snapshot);
    machine.step("set up a migration", migration::set_up);
    machine.step("migrate", migration::migrate);
    machine.step("go on after a migration", power::run);
}

/// Shuts the machine down.
pub fn end(machine: &mut Machine) {
    machine.step("quit", power::quit);
}
