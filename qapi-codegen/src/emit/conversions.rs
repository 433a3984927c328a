//! Conversions, and the arguments of functions that use them.

use super::paths::Scope;
use crate::model::{Argument, Source, Type};

/// The type of an argument called `name` for a value of this type, and the value made from it.
pub(super) fn argument(
    name: &str,
    ty: &Type,
    argument: Argument,
    scope: Scope<'_>,
) -> (String, String) {
    match (ty, argument) {
        (Type::Boxed(inner), _) => {
            let inner = scope.ty(inner);
            (
                format!("impl Into<{inner}>"),
                format!("Box::new({name}.into())"),
            )
        }
        (Type::List(element), Argument::List(true)) => {
            let element = scope.ty(element);
            let ty = format!("impl IntoIterator<Item = impl Into<{element}>>");
            (ty, format!("support::list({name})"))
        }
        (Type::List(element), _) => {
            let element = scope.ty(element);
            let ty = format!("impl IntoIterator<Item = {element}>");
            (ty, format!("support::list({name})"))
        }
        (ty, Argument::Into) => {
            let ty = scope.ty(ty);
            (format!("impl Into<{ty}>"), format!("{name}.into()"))
        }
        (ty, _) => (scope.ty(ty), name.to_owned()),
    }
}

/// The `From` impls of the type `path` from one type; `make` creates it from a value `it` of that type.
pub(super) fn conversion(
    path: &str,
    ty: &Type,
    taken: Argument,
    source: Source,
    make: &str,
    scope: Scope<'_>,
) -> String {
    // In a generic impl a type may have the name of a parameter.
    let inner = scope.module();
    let ty = match ty {
        Type::Boxed(ty) => ty,
        ty => ty,
    };
    let (exact, inner_ty) = (scope.ty(ty), inner.ty(ty));
    match (ty, source) {
        (Type::List(element), _) => {
            let element = inner.ty(element);
            let (item, generics, generics_of_array) = match taken {
                Argument::List(true) => (
                    "T",
                    format!("<T: Into<{element}>>"),
                    format!("<T: Into<{element}>, const N: usize>"),
                ),
                _ => (
                    element.as_str(),
                    String::new(),
                    "<const N: usize>".to_owned(),
                ),
            };
            format!(
                "impl{generics} From<Vec<{item}>> for super::{path} {{
                    #[inline]
                    fn from(it: Vec<{item}>) -> Self {{
                        let it: Vec<{element}> = support::list(it);
                        {make}
                    }}
                }}

                impl{generics_of_array} From<[{item}; N]> for super::{path} {{
                    fn from(it: [{item}; N]) -> Self {{
                        let it: Vec<{element}> = support::list(it);
                        {make}
                    }}
                }}
                "
            )
        }
        (_, Source::Generic) => format!(
            "impl<T: Into<{inner_ty}>> From<T> for super::{path} {{
                fn from(it: T) -> Self {{
                    let it: {inner_ty} = it.into();
                    {make}
                }}
            }}
            "
        ),
        _ => format!(
            "impl From<{exact}> for {path} {{
                #[inline]
                fn from(it: {exact}) -> Self {{
                    {make}
                }}
            }}
            "
        ),
    }
}
