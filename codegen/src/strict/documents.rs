//! How schema documents refer to each other (Structures §4.2).

use super::report::Report;
use super::{SchemaDocument, elements};
use crate::contract::XML_SCHEMA;

/// Checks the imports of all documents; where they lead is checked when they are opened.
pub(super) fn check(schemas: &[SchemaDocument<'_>], report: &mut Report) {
    for element in elements(schemas) {
        let target = element.attribute("targetNamespace");
        for import in element.children_in(XML_SCHEMA) {
            if import.name() != "import" {
                continue;
            }
            match import.attribute("namespace") {
                Some(namespace)
                    if target.is_some_and(|target| target.trimmed() == namespace.trimmed()) =>
                {
                    report.find(
                        "src-import.1.1",
                        namespace.span(),
                        "a schema imports its own target namespace",
                        "use xs:include",
                    );
                }
                Some(namespace) if namespace.trimmed().is_empty() => report.find(
                    "src-import.1.1",
                    namespace.span(),
                    "no namespace is empty",
                    "leave `namespace` out to import a schema without a target namespace",
                ),
                None if target.is_none() => report.find(
                    "src-import.1.2",
                    import.span(),
                    "an import without a namespace, in a schema without one",
                    "use xs:include, or say which namespace is imported",
                ),
                _ => {}
            }
        }
    }
}
