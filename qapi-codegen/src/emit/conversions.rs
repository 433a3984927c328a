//! Conversions, and the arguments of functions that use them.

use proc_macro2::TokenStream;
use quote::quote;

use super::paths::Scope;
use crate::model::{Argument, Source, Type};

/// The type of an argument called `name` for a value of this type, and the value made from it.
pub(super) fn argument(
    name: &TokenStream,
    ty: &Type,
    argument: Argument,
    scope: Scope<'_>,
) -> (TokenStream, TokenStream) {
    match (ty, argument) {
        (Type::Boxed(inner), _) => {
            let inner = scope.ty(inner);
            (quote!(impl Into<#inner>), quote!(Box::new(#name.into())))
        }
        (Type::List(element), Argument::List(true)) => {
            let element = scope.ty(element);
            let ty = quote!(impl IntoIterator<Item = impl Into<#element>>);
            (ty, quote!(support::list(#name)))
        }
        (Type::List(element), _) => {
            let element = scope.ty(element);
            (
                quote!(impl IntoIterator<Item = #element>),
                quote!(support::list(#name)),
            )
        }
        (ty, Argument::Into) => {
            let ty = scope.ty(ty);
            (quote!(impl Into<#ty>), quote!(#name.into()))
        }
        (ty, _) => (scope.ty(ty), name.clone()),
    }
}

/// The `From` impls of the type `path` from one type; `make` creates it from a value `it` of that type.
pub(super) fn conversion(
    path: &TokenStream,
    ty: &Type,
    taken: Argument,
    source: Source,
    make: &TokenStream,
    scope: Scope<'_>,
) -> TokenStream {
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
                    quote!(T),
                    quote!(<T: Into<#element>>),
                    quote!(<T: Into<#element>, const N: usize>),
                ),
                _ => (element.clone(), quote!(), quote!(<const N: usize>)),
            };
            quote! {
                impl #generics From<Vec<#item>> for super::#path {
                    #[inline]
                    fn from(it: Vec<#item>) -> Self {
                        let it: Vec<#element> = support::list(it);
                        #make
                    }
                }

                impl #generics_of_array From<[#item; N]> for super::#path {
                    fn from(it: [#item; N]) -> Self {
                        let it: Vec<#element> = support::list(it);
                        #make
                    }
                }
            }
        }
        (_, Source::Generic) => quote! {
            impl<T: Into<#inner_ty>> From<T> for super::#path {
                fn from(it: T) -> Self {
                    let it: #inner_ty = it.into();
                    #make
                }
            }
        },
        _ => quote! {
            impl From<#exact> for #path {
                #[inline]
                fn from(it: #exact) -> Self {
                    #make
                }
            }
        },
    }
}
