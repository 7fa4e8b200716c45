//! Values in schema documents, held against datatypes.

use castile::validation::datatype::{ActualValue, Datatype, DatatypeError, Scope};

use crate::frontend::xml::Element as Xml;
use crate::strict::components::ValueConstraint;

/// The prefixes in scope at an element.
pub(super) struct Prefixes<'a>(pub(super) Xml<'a>);

impl Scope for Prefixes<'_> {
    fn namespace_of(&self, prefix: &str) -> Option<&str> {
        self.0.namespace_of(prefix)
    }
}

/// The value of a `default` or `fixed`.
pub(super) fn actual(
    datatype: &Datatype,
    constraint: &ValueConstraint<'_>,
) -> Result<ActualValue, DatatypeError> {
    datatype.validate(constraint.value, &Prefixes(constraint.xml))
}

/// Whether two fixed values are one value, as far as can be told.
pub(super) fn same(
    datatype: Option<&Datatype>,
    one: &ValueConstraint<'_>,
    other: &ValueConstraint<'_>,
) -> bool {
    let Some(datatype) = datatype else {
        return one.value == other.value;
    };
    match (actual(datatype, one), actual(datatype, other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => true,
    }
}
