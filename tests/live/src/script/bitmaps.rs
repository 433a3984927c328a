//! Dirty bitmaps, one by one and in transactions.

use qapi::qmp::commands::{
    BlockDirtyBitmapClear, BlockDirtyBitmapDisable, BlockDirtyBitmapEnable, BlockDirtyBitmapRemove,
    QueryNamedBlockNodes, Transaction,
};
use qapi::qmp::{
    Abort, AbortWrapper, ActionCompletionMode, BlockDirtyBitmap, BlockDirtyBitmapAdd,
    BlockDirtyBitmapAddWrapper, BlockDirtyBitmapMerge, BlockDirtyBitmapMergeWrapper,
    BlockDirtyBitmapOrStr, BlockDirtyBitmapWrapper, TransactionAction, TransactionActionBranch,
    TransactionProperties, commands,
};

use crate::failure::{Failure, expect};
use crate::machine::Machine;
use crate::script::monitor::refused;

const NODE: &str = "base";

fn add(name: &str) -> BlockDirtyBitmapAdd {
    let mut bitmap = BlockDirtyBitmapAdd::new(NODE.to_owned(), name.to_owned());
    bitmap.granularity = Some(1 << 16);
    bitmap
}

fn bitmap(name: &str) -> BlockDirtyBitmap {
    BlockDirtyBitmap::new(NODE.to_owned(), name.to_owned())
}

/// Merges two bitmaps into a third: one given by its name, the other by its node and name.
fn merge(first: &str, second: &str, target: &str) -> BlockDirtyBitmapMerge {
    let bitmaps = vec![
        BlockDirtyBitmapOrStr::Local(first.to_owned()),
        BlockDirtyBitmapOrStr::External(bitmap(second)),
    ];
    BlockDirtyBitmapMerge::new(NODE.to_owned(), target.to_owned(), bitmaps)
}

/// The names of all bitmaps.
fn names(machine: &mut Machine) -> Result<Vec<String>, Failure> {
    let nodes = machine.monitor.execute(QueryNamedBlockNodes::new())?;
    let node = nodes
        .into_iter()
        .find(|node| node.node_name.as_deref() == Some(NODE));
    let bitmaps = node.and_then(|node| node.dirty_bitmaps).unwrap_or_default();
    let mut names: Vec<String> = bitmaps
        .into_iter()
        .filter_map(|bitmap| bitmap.name)
        .collect();
    names.sort();
    Ok(names)
}

pub fn bitmaps(machine: &mut Machine) -> Result<(), Failure> {
    let monitor = &mut machine.monitor;
    for name in ["a", "b", "sum"] {
        monitor.execute(commands::BlockDirtyBitmapAdd::from(add(name)))?;
    }
    monitor.execute(commands::BlockDirtyBitmapMerge::from(merge(
        "a", "b", "sum",
    )))?;
    monitor.execute(BlockDirtyBitmapDisable::from(bitmap("a")))?;
    monitor.execute(BlockDirtyBitmapEnable::from(bitmap("a")))?;
    monitor.execute(BlockDirtyBitmapClear::from(bitmap("a")))?;
    monitor.execute(BlockDirtyBitmapRemove::from(bitmap("a")))?;
    let names = names(machine)?;
    expect(names == ["b", "sum"], "bitmaps", &names)
}

pub fn transaction(machine: &mut Machine) -> Result<(), Failure> {
    use TransactionActionBranch as Action;
    let actions = [
        Action::BlockDirtyBitmapAdd(BlockDirtyBitmapAddWrapper::new(add("c"))),
        Action::BlockDirtyBitmapMerge(BlockDirtyBitmapMergeWrapper::new(merge("b", "sum", "c"))),
        Action::BlockDirtyBitmapDisable(BlockDirtyBitmapWrapper::new(bitmap("c"))),
        Action::BlockDirtyBitmapRemove(BlockDirtyBitmapWrapper::new(bitmap("b"))),
    ];
    let mut properties = TransactionProperties::new();
    properties.completion_mode = Some(ActionCompletionMode::Individual);
    let mut transaction = Transaction::new(actions.map(TransactionAction::new));
    transaction.properties = Some(properties);
    machine.monitor.execute(transaction)?;
    let names = names(machine)?;
    expect(names == ["c", "sum"], "bitmaps", &names)
}

pub fn failing_transaction(machine: &mut Machine) -> Result<(), Failure> {
    use TransactionActionBranch as Action;
    let actions = [
        Action::BlockDirtyBitmapAdd(BlockDirtyBitmapAddWrapper::new(add("d"))),
        Action::Abort(AbortWrapper::new(Abort::new())),
    ];
    let transaction = Transaction::new(actions.map(TransactionAction::new));
    refused(machine.monitor.execute(transaction), "GenericError")?;
    let names = names(machine)?;
    expect(names == ["c", "sum"], "bitmaps", &names)
}
