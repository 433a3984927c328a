//! Branches of unions.

use super::arguments::{allow_many, argument};
use super::attributes::{allow_deprecated, allow_names, deprecated, extras};
use super::code::Impl;
use super::conversions;
use super::kinds::kind;
use super::paths::{MAP, Scope};
use super::text::each;
use crate::model::{Argument, Branches, Extras, Payload, Source, Struct, Type};

/// The enum of branches, which follows its union.
pub(super) fn item(union: &Struct, it: &Branches, scope: Scope<'_>) -> String {
    let (ident, owner) = (&it.ident, &union.ident);
    let extras = extras(&union.extras);
    let doc = format!("The branches of [`{owner}`], selected by `{}`.", it.wire);
    let variants = each(&it.variants, |variant| {
        let (ident, docs) = (&variant.ident, scope.docs(&variant.docs));
        let deprecated = deprecated(&variant.deprecated);
        let payload = match &variant.payload {
            Payload::Nothing => String::new(),
            Payload::Object(ty) | Payload::Member(_, ty) => format!("({})", scope.ty(ty)),
        };
        format!("{docs} {deprecated} {ident}{payload},\n")
    });
    let allow = allow_deprecated(it.variants.iter().map(|variant| &variant.deprecated));
    let allow_names = allow_names(ident, it.variants.iter().map(|variant| &variant.ident));
    format!(
        "/// {doc}
        {allow} {allow_names} {extras}
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant)]
        pub enum {ident} {{
            {variants}
            /// A branch not defined in the schema.
            Unknown(UnknownBranch),
        }}
        "
    )
}

/// The method of a union that returns its discriminator.
pub(super) fn method(it: &Branches, scope: Scope<'_>) -> String {
    let (method, field, tag) = (&it.method, &it.field, &it.tag);
    let docs = scope.docs(&it.docs);
    format!(
        "{docs}
        #[inline]
        pub fn {method}(&self) -> {tag} {{
            support::Branches::tag(&self.{field})
        }}
        "
    )
}

/// The constructors of a union for each branch.
pub(super) fn constructors(union: &Struct, it: &Branches, scope: Scope<'_>) -> String {
    let required = union.fields.iter().filter(|field| field.in_new);
    let (mut arguments, mut names, mut count) = (String::new(), String::new(), 1);
    for field in required {
        let (ident, ty) = (&field.ident, argument(field, scope).0);
        arguments += &format!("{ident}: {ty}, ");
        names += &format!("{ident}, ");
        count += 1;
    }
    let allow = allow_many(count);
    let (branches, field) = (&it.ident, &it.field);
    let constructible = it.variants.iter();
    let constructible =
        constructible.filter_map(|variant| Some((variant.constructor.as_ref()?, variant)));
    each(constructible, |(name, variant)| {
        let ident = &variant.ident;
        let branch_name = variant.docs.first().map_or("", String::as_str);
        let deprecated = deprecated(&variant.deprecated);
        let (argument, branch) = match &variant.payload {
            Payload::Nothing => (String::new(), format!("{branches}::{ident}")),
            Payload::Object(ty) | Payload::Member(_, ty) => {
                let (ty, value) =
                    conversions::argument(field.as_str(), ty, variant.argument, scope);
                (
                    format!("{field}: {ty}"),
                    format!("{branches}::{ident}({value})"),
                )
            }
        };
        let arguments = arguments.clone() + &argument;
        format!(
            "/// Creates a value with the branch {branch_name}.
            {deprecated} {allow}
            #[inline]
            pub fn {name}({}) -> Self {{
                Self::new({names}{branch})
            }}
            ",
            arguments.trim_end_matches(", ")
        )
    })
}

pub(super) fn impls(it: &Branches, scope: Scope<'_>) -> Impl {
    let from = each(&it.variants, |variant| {
        let (branch, name) = (it.ident.as_str(), &variant.ident);
        each(&variant.conversions, |(ty, wrapper)| {
            let value = match wrapper {
                Some(wrapper) => format!("{wrapper}::new(it)"),
                None => "it".to_owned(),
            };
            let make = match &variant.payload {
                Payload::Object(Type::Boxed(_)) | Payload::Member(_, Type::Boxed(_)) => {
                    format!("Self::{name}(Box::new({value}))")
                }
                _ => format!("Self::{name}({value})"),
            };
            conversions::conversion(branch, ty, Argument::Into, Source::Exact, &make, scope)
        })
    });
    let (ident, tag) = (&it.ident, &it.tag);
    let tags = each(&it.variants, |variant| {
        let ident = &variant.ident;
        let payload = match &variant.payload {
            Payload::Nothing => "",
            Payload::Object(_) | Payload::Member(..) => "(_)",
        };
        format!("Self::{ident}{payload} => {tag}::{ident},\n")
    });
    // Avoids a conflict between a type and a type parameter.
    let reads = each(&it.variants, |variant| {
        let ident = &variant.ident;
        let value = match &variant.payload {
            Payload::Nothing => format!("Ok(Self::{ident})"),
            Payload::Object(_) => format!("support::from_members(members).map(Self::{ident})"),
            Payload::Member(name, ty) => {
                let kind = kind(false, ty);
                format!(
                    "support::read_members(members, &[{name:?}])
                        .map(|(support::{kind}(it),)| Self::{ident}(it))"
                )
            }
        };
        format!("super::{tag}::{ident} => {value},\n")
    });
    let writes = each(&it.variants, |variant| {
        let ident = &variant.ident;
        match &variant.payload {
            Payload::Nothing => format!("Self::{ident} => Ok(()),\n"),
            Payload::Object(_) => format!(
                "Self::{ident}(it) => ::serde::Serialize::serialize(it, support::Flat(map)),\n"
            ),
            Payload::Member(name, _) => {
                format!("Self::{ident}(it) => map.serialize_entry({name:?}, it),\n")
            }
        }
    });
    let hidden = match it.is_hideable {
        true => format!(
            "#[inline]
            fn hidden() -> Option<{tag}> {{
                Some({tag}::Unknown(<_>::default()))
            }}"
        ),
        false => String::new(),
    };
    Impl::Items(format!(
        "{from}
        impl support::Branches for {ident} {{
            type Tag = {tag};

            #[inline]
            fn tag(&self) -> {tag} {{
                match self {{
                    {tags}
                    Self::Unknown(it) => {tag}::Unknown(it.name.clone()),
                }}
            }}

            {hidden}

            fn read<'de, A: ::serde::de::MapAccess<'de>>(tag: super::{tag}, members: A) -> Result<Self, A::Error> {{
                match tag {{
                    {reads}
                    super::{tag}::Unknown(name) => {{
                        support::read_all(members).map(|members| Self::Unknown(UnknownBranch {{ name, members }}))
                    }}
                }}
            }}

            fn write<W: ::serde::ser::SerializeMap>(&self, map: &mut W, names: &[&'static str]) -> Result<(), W::Error> {{
                match self {{
                    {writes}
                    Self::Unknown(it) => support::write_unknown(map, &it.members, names),
                }}
            }}
        }}
        "
    ))
}

/// The type of an unknown branch.
pub(super) fn unknown_branch(extras: &Extras) -> String {
    let extras = self::extras(extras);
    format!(
        "/// A branch not defined in the schema.
        {extras}
        #[non_exhaustive]
        pub struct UnknownBranch {{
            /// The discriminator.
            pub name: String,
            /// The members of the branch as received.
            pub members: {MAP},
        }}"
    )
}

pub(super) fn unknown_branch_impls() -> Impl {
    Impl::Items(format!(
        "impl UnknownBranch {{
            /// Creates a branch with any members.
            #[inline]
            pub fn new(name: String, members: {MAP}) -> Self {{
                Self {{ name, members }}
            }}
        }}"
    ))
}
