//! The rules: the meaning of each kind of change, one rule per file.

pub(crate) mod alternative_added;
pub(crate) mod alternative_removed;
pub(crate) mod arguments_now_closed;
pub(crate) mod arguments_now_open;
pub(crate) mod arguments_of_new_reordered;
pub(crate) mod branch_added;
pub(crate) mod branch_no_longer_wrapped;
pub(crate) mod branch_now_with_members;
pub(crate) mod branch_now_wrapped;
pub(crate) mod branch_removed;
pub(crate) mod branch_without_members;
pub(crate) mod command_added;
pub(crate) mod command_removed;
pub(crate) mod condition_changed;
pub(crate) mod conversion_added;
pub(crate) mod conversion_removed;
mod definition;
pub(crate) mod deprecated;
pub(crate) mod discriminator_changed;
pub(crate) mod enum_now_string;
pub(crate) mod event_added;
pub(crate) mod event_removed;
pub(crate) mod feature_added;
pub(crate) mod feature_removed;
pub(crate) mod integer_narrowed;
pub(crate) mod integer_now_number;
pub(crate) mod integer_sign_changed;
pub(crate) mod integer_widened;
pub(crate) mod member_added;
pub(crate) mod member_moved_to_base;
pub(crate) mod member_moved_to_branches;
pub(crate) mod member_no_longer_conditional;
pub(crate) mod member_no_longer_hideable;
pub(crate) mod member_now_conditional;
pub(crate) mod member_now_hideable;
pub(crate) mod member_now_optional;
pub(crate) mod member_now_required;
pub(crate) mod member_removed;
pub(crate) mod name_no_longer_ambiguous;
pub(crate) mod name_now_ambiguous;
pub(crate) mod no_longer_alternate;
pub(crate) mod no_longer_any;
pub(crate) mod no_longer_conditional;
pub(crate) mod no_longer_deprecated;
pub(crate) mod no_longer_recursive;
pub(crate) mod no_longer_union;
pub(crate) mod no_longer_unstable;
pub(crate) mod now_alternate;
pub(crate) mod now_any;
pub(crate) mod now_conditional;
pub(crate) mod now_recursive;
pub(crate) mod now_union;
pub(crate) mod number_now_integer;
pub(crate) mod oob_added;
pub(crate) mod oob_removed;
pub(crate) mod required_member_added;
pub(crate) mod required_member_removed;
pub(crate) mod return_added;
pub(crate) mod return_removed;
pub(crate) mod string_now_enum;
pub(crate) mod success_response_added;
pub(crate) mod success_response_removed;
pub(crate) mod type_added;
pub(crate) mod type_changed;
pub(crate) mod type_removed;
pub(crate) mod type_renamed;
pub(crate) mod unstable;
pub(crate) mod value_added;
pub(crate) mod value_removed;

pub use definition::{Example, Rule, Severity};

impl Rule {
    /// The rule with the identifier `id`.
    pub fn find(id: &str) -> Option<&'static Self> {
        RULES.iter().copied().find(|rule| rule.id == id)
    }

    /// Whether the change makes no difference on the wire, in either direction.
    pub(crate) fn is_only_in_rust(&self) -> bool {
        let inverse = Self::find(self.inverse).unwrap_or(self);
        let wire = [self.sent, self.received, inverse.sent, inverse.received];
        wire.iter().all(|it| *it == Severity::Fine)
    }
}

/// All rules.
pub static RULES: &[&Rule] = &[
    &command_added::RULE,
    &command_removed::RULE,
    &event_added::RULE,
    &event_removed::RULE,
    &member_added::RULE,
    &member_removed::RULE,
    &required_member_added::RULE,
    &required_member_removed::RULE,
    &member_now_optional::RULE,
    &member_now_required::RULE,
    &value_added::RULE,
    &value_removed::RULE,
    &branch_added::RULE,
    &branch_removed::RULE,
    &alternative_added::RULE,
    &alternative_removed::RULE,
    &now_alternate::RULE,
    &no_longer_alternate::RULE,
    &integer_widened::RULE,
    &integer_narrowed::RULE,
    &integer_sign_changed::RULE,
    &integer_now_number::RULE,
    &number_now_integer::RULE,
    &string_now_enum::RULE,
    &enum_now_string::RULE,
    &now_any::RULE,
    &no_longer_any::RULE,
    &type_changed::RULE,
    &discriminator_changed::RULE,
    &now_conditional::RULE,
    &no_longer_conditional::RULE,
    &member_now_conditional::RULE,
    &member_no_longer_conditional::RULE,
    &condition_changed::RULE,
    &deprecated::RULE,
    &no_longer_deprecated::RULE,
    &member_now_hideable::RULE,
    &member_no_longer_hideable::RULE,
    &unstable::RULE,
    &no_longer_unstable::RULE,
    &feature_added::RULE,
    &feature_removed::RULE,
    &oob_added::RULE,
    &oob_removed::RULE,
    &success_response_added::RULE,
    &success_response_removed::RULE,
    &arguments_now_open::RULE,
    &arguments_now_closed::RULE,
    &type_renamed::RULE,
    &type_added::RULE,
    &type_removed::RULE,
    &now_union::RULE,
    &no_longer_union::RULE,
    &branch_now_with_members::RULE,
    &branch_without_members::RULE,
    &branch_now_wrapped::RULE,
    &branch_no_longer_wrapped::RULE,
    &member_moved_to_branches::RULE,
    &member_moved_to_base::RULE,
    &arguments_of_new_reordered::RULE,
    &return_added::RULE,
    &return_removed::RULE,
    &conversion_removed::RULE,
    &conversion_added::RULE,
    &now_recursive::RULE,
    &no_longer_recursive::RULE,
    &name_now_ambiguous::RULE,
    &name_no_longer_ambiguous::RULE,
];
