//! Ways to read and write types of other crates, for `with` in `[map]` of `castile.toml`.
//!
//! Such a way is a module (or a type) with two functions, as [`display_from_str`] has them. One of
//! your own looks like this, its type and error being whatever you need:
//!
//! ```
//! pub mod cents {
//!     pub fn parse(text: &str) -> Result<i64, std::num::ParseIntError> {
//!         text.replace('.', "").parse()
//!     }
//!
//!     pub fn write(value: &i64, out: &mut String) {
//!         out.push_str(&format!("{}.{:02}", value / 100, value % 100));
//!     }
//! }
//! ```

pub use crate::mapping::With;

/// `FromStr` and `Display`, where these are the lexical form of the contract: `rust_decimal::Decimal`
/// for `xs:decimal`, `uuid::Uuid` for a string.
pub mod display_from_str {
    use std::fmt::{Display, Write as _};
    use std::str::FromStr;

    /// Reads the lexical form, white space already handled.
    ///
    /// # Errors
    /// As of `FromStr`.
    pub fn parse<T: FromStr>(text: &str) -> Result<T, T::Err> {
        text.parse()
    }

    /// Appends the lexical form.
    pub fn write<T: Display>(value: &T, out: &mut String) {
        // Writing to a `String` cannot fail; a `Display` that says it did has said all it can.
        let _ = write!(out, "{value}");
    }
}
