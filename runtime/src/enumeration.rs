//! Open enumerations of texts: `enumeration!`.

/// Implements [`SimpleType`](crate::wire::SimpleType) and what goes with it for an enum of texts with a
/// variant for all others: `as_str`, `Display`, `From<&str>`, `Default` (an empty other text).
///
/// ```text
/// enumeration! {
///     Status, "InvoiceStatus", String, Other;
///     Active = "active",
///     Paid = "paid",
/// }
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! __enumeration {
    ($type:ident, $name:literal, $json:ident, $other:ident; $($variant:ident = $text:literal,)*) => {
        $crate::__texts!($type, $other; $($variant = $text,)*);

        impl ::core::convert::From<&str> for $type {
            fn from(text: &str) -> Self {
                $crate::__texts!(@of text, $type, $other; $($variant = $text,)*)
            }
        }

        impl ::core::default::Default for $type {
            fn default() -> Self {
                Self::$other(::std::string::String::new())
            }
        }

        impl $crate::wire::SimpleType for $type {
            const NAME: &'static str = $name;
            const JSON: $crate::wire::JsonKind = $crate::wire::JsonKind::$json;
            const AS_TEXT: ::core::option::Option<fn(&Self) -> &str> =
                ::core::option::Option::Some(Self::as_str);

            fn parse(text: &str) -> ::core::result::Result<Self, $crate::wire::ParseError> {
                ::core::result::Result::Ok(Self::from(text))
            }
        }

        // What `simple_type!` makes is compiled with each type; here the runtime's is enough.
        impl $crate::wire::Slot for $type {
            fn read(
                &mut self,
                field: &$crate::wire::Field,
                source: $crate::wire::Source<'_, '_>,
            ) -> ::core::result::Result<bool, $crate::ReadError> {
                $crate::wire::read_simple(self, field, source)
            }

            fn read_leaf(
                &mut self,
                field: &$crate::wire::Field,
                leaf: &$crate::wire::Leaf<'_>,
            ) -> bool {
                let white_space = <Self as $crate::wire::SimpleType>::WHITE_SPACE;
                let Some(text) = $crate::wire::leaf_text(field, leaf, white_space) else {
                    return false;
                };
                *self = Self::from(&*text);
                true
            }

            fn traits() -> $crate::wire::Traits {
                $crate::wire::Traits::simple(false)
            }
        }

        impl $crate::wire::Value for $type {
            fn write_xml(&self, field: &$crate::wire::Field, writer: &mut $crate::xml::Writer) {
                $crate::wire::write_text(self.as_str(), field, writer);
            }

            fn view(&self) -> $crate::wire::View<'_> {
                $crate::wire::View::Simple(self)
            }
        }
    };
}

/// Implements [`FaultCode`](crate::FaultCode) for an enum of fault codes, with `as_str` and `Display`.
///
/// ```text
/// fault_codes! {
///     ShopFault, Other;
///     AccountNotFound = "ACCOUNT_NOT_FOUND",
/// }
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! __fault_codes {
    ($type:ident, $other:ident; $($variant:ident = $text:literal,)*) => {
        $crate::__texts!($type, $other; $($variant = $text,)*);

        impl $crate::wire::FaultCode for $type {
            fn from_code(text: &str) -> Self {
                $crate::__texts!(@of text, $type, $other; $($variant = $text,)*)
            }

            fn as_str(&self) -> &str {
                self.as_str()
            }
        }
    };
}

/// The place of a text among others; as many as these where it is none of them.
#[doc(hidden)]
#[must_use]
#[inline]
pub fn index_of(text: &str, known: &[&str]) -> usize {
    let index = known.iter().position(|known| *known == text);
    index.unwrap_or(known.len())
}

/// What both have.
#[macro_export]
#[doc(hidden)]
macro_rules! __texts {
    // The value of a text. Lists cost the compiler less than a `match` on texts, and find as fast.
    (@of $value:ident, $type:ident, $other:ident; $($variant:ident = $text:literal,)*) => {{
        const KNOWN: &[$type] = &[$($type::$variant),*];
        match KNOWN.get($crate::wire::index_of($value, &[$($text),*])) {
            ::core::option::Option::Some(known) => known.clone(),
            ::core::option::Option::None => Self::$other($value.into()),
        }
    }};
    ($type:ident, $other:ident; $($variant:ident = $text:literal,)*) => {
        impl $type {
            /// The text on the wire.
            #[must_use]
            #[inline(never)]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::$other(text) => text,
                }
            }
        }

        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

#[cfg(test)]
#[allow(unreachable_pub, reason = "the macros make what other crates see")]
mod tests {
    use crate::wire::{FaultCode, JsonKind, SimpleType, enumeration, fault_codes};

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    enum Status {
        Active,
        None,
        Other(String),
    }

    enumeration! {
        Status, "InvoiceStatus", Number, Other;
        Active = "1",
        None = "",
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    enum Closed {
        Unknown(String),
    }

    fault_codes! {
        Closed, Unknown;
    }

    #[test]
    fn texts_and_variants_are_told_by_the_table() {
        for (text, value) in [
            ("1", Status::Active),
            ("", Status::None),
            ("2", Status::Other("2".to_owned())),
        ] {
            assert_eq!(Status::from(text), value);
            assert_eq!(Status::parse(text).unwrap(), value);
            assert_eq!(value.as_str(), text);
            assert_eq!(value.to_string(), text);
            assert_eq!(Status::AS_TEXT.map(|as_text| as_text(&value)), Some(text));
        }
        assert_eq!(Status::NAME, "InvoiceStatus");
        assert_eq!(Status::JSON, JsonKind::Number);
        assert_eq!(Status::default(), Status::Other(String::new()));
        let code = Closed::from_code("X");
        assert_eq!(code, Closed::Unknown("X".to_owned()));
        assert_eq!(FaultCode::as_str(&code), "X");
    }
}
