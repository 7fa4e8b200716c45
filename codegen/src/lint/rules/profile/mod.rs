//! What WS-I's Basic Profile 1.1 asks of descriptions, by the numbers of its requirements: what other
//! tools may trip over. The WSDLs of the world break several, and clients are made of them all the same:
//! these findings are notes, one for each binding, port type or document.

mod bindings;
mod documents;
mod port_types;

pub(super) use bindings::{
    addresses, body_namespace, encoded, header_elements, literal_elements, literal_types,
    most_parts, most_parts_listed, no_namespace, operations_bound, part_namespace, signatures,
    styles, transport,
};
pub(super) use documents::{
    fault_named, fault_names, header_parts, import_locations, import_namespaces, imported_schemas,
    schema_namespaces,
};
pub(super) use port_types::{arrays, directions, overloaded, parameter_order};

/// `` `Lend` `` or `` `Lend` and 2 more ``.
fn first_of(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("`{one}`"),
        [first, others @ ..] => format!("`{first}` and {} more", others.len()),
    }
}
