use super::qapi::{
    Alone, Command, DoorFree, Either, Event, EventMessage, Execute, Kind, Lock, Part, PartBranch,
    Response, Shape, ShapeBranch, Simple, SimpleBranch, State, Timestamp, commands, events,
};

pub fn name(state: &State) -> &str {
    match state {
        State::Open => "open",
        State::Shut => "shut",
        _ => state.as_str(),
    }
}

pub fn parts() -> [Part; 3] {
    let mut door = Part::new("a", PartBranch::Door(DoorFree::new(State::Open)));
    door.id = "b".into();
    if let PartBranch::Door(it) = &mut door.branch {
        it.state = State::Unknown("half".into());
    }
    let lock = Lock::new(["c"]);
    [
        door,
        Part::new("d", PartBranch::Lock(lock)),
        Part::new("e", PartBranch::Wall),
    ]
}

pub fn keys(part: Part) -> Vec<String> {
    match (part.kind(), part.branch) {
        (Kind::Lock, PartBranch::Lock(lock)) => lock.keys,
        (_, PartBranch::Wall { .. }) => vec!["none".to_owned()],
        (_, PartBranch::Unknown(other)) => vec![other.name],
        _ => vec![],
    }
}

pub fn either(it: Either) -> usize {
    match it {
        Either::Name(name) => name.len(),
        Either::Lock(lock) => lock.keys.len(),
        _ => 0,
    }
}

pub fn eithers() -> [Either; 2] {
    [Either::Name("a".to_owned()), Lock::new([""; 0]).into()]
}

pub fn requests() -> serde_json::Result<Vec<String>> {
    let mut open = commands::OpenDoor::new("a").with_slowly(true);
    open.slowly = None;
    let part = Part::new("a", PartBranch::Lock(Lock::new([""; 0])));
    let options = commands::SetOptions {
        ..Default::default()
    };
    Ok(vec![
        serde_json::to_string(&Execute::new(open))?,
        serde_json::to_string(&Execute::new(commands::AddPart::from(part)))?,
        serde_json::to_string(&Execute::new(
            commands::AddDoor::new("a", State::Open).with_width(3),
        ))?,
        serde_json::to_string(&Execute::new(options).with_id(1))?,
        serde_json::to_string(&Execute::new(commands::SetOptions::new().with_loud(true)))?,
        serde_json::to_string(&Execute::new(commands::QueryTime::new()))?,
        serde_json::to_string(&Execute::new(commands::Reset::default()))?,
        serde_json::to_string(&Execute::new(commands::Draw::new(
            ShapeBranch::Door(Lock::new([""; 0])),
            Alone::new(1),
        )))?,
    ])
}

pub fn widths(text: &str) -> Option<i64> {
    let answer: Response<<commands::QueryDoors as Command>::Return> =
        serde_json::from_str(text).ok()?;
    let doors = answer.result.ok()?;
    doors
        .iter()
        .filter(|door| door.state != State::Shut)
        .filter_map(|door| door.width)
        .max()
}

pub fn seen(message: &EventMessage) -> String {
    match &message.event {
        Event::Door(events::Door { id, state, .. }) => format!("{id}: {state}"),
        Event::Alarm(_) => "alarm".to_owned(),
        other => other.name().to_owned(),
    }
}

pub fn door() -> EventMessage {
    let door = events::Door::new("a", State::Shut);
    EventMessage::new(Timestamp::new(1, 2), Event::Door(door))
}

pub fn shape(shape: Shape) -> usize {
    match &shape.branch {
        ShapeBranch::Door(lock) => lock.keys.len(),
        ShapeBranch::Lock { .. } | ShapeBranch::Wall { .. } => 0,
        _ => shape.kind().as_str().len(),
    }
}

pub fn simples() -> [Simple; 2] {
    let text = SimpleBranch::Text("a".to_owned());
    [Simple::new(text), SimpleBranch::List(vec![1]).into()]
}

pub fn drawn(text: &str) -> Option<i64> {
    let answer: Response<<commands::Draw as Command>::Return> = serde_json::from_str(text).ok()?;
    let Alone { x, .. } = answer.result.ok()?;
    Some(x)
}

pub fn is_reset(message: &EventMessage) -> bool {
    matches!(message.event, Event::ResetDone(_))
}

pub fn reset() -> Event {
    Event::ResetDone(events::ResetDone::new())
}


/// Types with `Eq` and `Hash` can be keys.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key(pub State, pub Timestamp);
