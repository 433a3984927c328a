//! References from one definition to others.

use super::{Id, Kind};

impl Kind {
    /// The definitions that a definition refers to: the types of elements, members, branches and alternatives, the base,
    /// and arguments, data and return values. A definition can occur several times.
    ///
    /// ```
    /// use qapi_parser::Loader;
    ///
    /// let text = "{ 'struct': 'S', 'data': { 'a': 'int', 'b': ['str'] } }";
    /// let schema = Loader::new().read_with(move |_| Ok(text.into())).load("schema.json")?;
    /// let id = schema.find("S").expect("it is defined");
    /// let names = schema.get(id).kind.references().into_iter().map(|id| schema.get(id).name.as_str());
    /// assert_eq!(names.collect::<Vec<_>>(), ["int", "strList"]);
    /// # Ok::<(), qapi_parser::Error>(())
    /// ```
    pub fn references(&self) -> Vec<Id> {
        match self {
            Self::Array(element) => vec![*element],
            Self::Object(it) => {
                let members = it.members.iter().map(|member| member.ty);
                let branches = it.branches.iter().flat_map(|union| &union.branches);
                let branches = branches.map(|branch| branch.ty);
                it.base.into_iter().chain(members).chain(branches).collect()
            }
            Self::Alternate(it) => it.alternatives.iter().map(|branch| branch.ty).collect(),
            Self::Command(it) => it.arguments.into_iter().chain(it.returns).collect(),
            Self::Event(it) => it.data.into_iter().collect(),
            Self::Builtin(_) | Self::Enum(_) | Self::Extern => Vec::new(),
        }
    }
}
