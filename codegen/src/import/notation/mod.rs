//! The notations of cells: types, sizes, occurrence, yes and no, values, facts in prose.

pub(crate) mod occurs;
pub(crate) mod prose;
pub(crate) mod size;
pub(crate) mod types;
pub(crate) mod values;
