//! The rules, as data: number, name, what they say, what they look at, and how they find it.

mod codes;
mod cut;
mod examples;
mod page;
mod profile;
mod records;
mod service;
mod values;

use std::fmt;

use crate::contract::Contract;
use crate::source::{Sources, Span};

/// What rules look at.
pub(super) struct Subject<'a> {
    pub(super) contract: &'a Contract,
    pub(super) sources: &'a Sources,
}

/// Takes a finding: where, what is odd, what to do.
pub(super) type Report<'r> = dyn FnMut(Span, String, String) + 'r;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Something is to be decided.
    Warning,
    /// Good to know: nothing has to be done.
    Note,
}

impl Level {
    /// The word, as SARIF has it, too.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A rule.
pub struct Rule {
    /// The number, stable: `L06`.
    pub id: &'static str,
    /// The name, stable, in kebab case.
    pub name: &'static str,
    /// What it says, in a line.
    pub title: &'static str,
    /// What it looks at.
    pub looks_at: &'static str,
    /// How much it matters.
    pub level: Level,
    /// The document that has a requirement of this number; empty for what is our own.
    pub standard: &'static str,
    pub(super) check: fn(&Subject<'_>, &mut Report<'_>),
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

macro_rules! rules {
    ($($level:ident $standard:literal { $($id:literal $name:literal $title:literal $looks_at:literal $check:path,)* })*) => {
        /// All rules, by number.
        pub const RULES: &[Rule] = &[$($(Rule {
            id: $id,
            name: $name,
            title: $title,
            looks_at: $looks_at,
            level: Level::$level,
            standard: $standard,
            check: $check,
        }),*),*];
    };
}

macro_rules! page_rules {
    ($($id:literal $name:literal $title:literal,)*) => {
        /// Rules that look at pages as they were saved, and at nothing else.
        pub const PAGE_RULES: &[Rule] = &[$(Rule {
            id: $id,
            name: $name,
            title: $title,
            looks_at: "pages",
            level: Level::Warning,
            standard: "",
            check: |_, _| {},
        }),*];
    };
}

page_rules! {
    "L29" "nil-empty-absent" "a field that may be nil, empty or absent: three states",
    "L30" "prefix-differs" "messages that declare their namespace in different ways",
    "P01" "guessed" "what the importer concluded",
    "P02" "not-on-page" "what the page does not say",
    "P03" "mended" "damage that the importer mended",
    "P04" "odd" "what is odd and of no other rule",
}

/// The rule of a number, of those that look at contracts and those that look at pages.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    { RULES.iter().chain(PAGE_RULES) }.find(|rule| rule.id == id)
}

rules! {
    Warning "" {
    "L01" "name-differs" "a field has another name in the example than in the table" "examples" examples::names,
    "L02" "one-side-only" "a field is only in the table, or only in the example" "examples" examples::one_side,
    "L03" "credential-place" "a field of the body stands in a header of the example" "examples" examples::credentials,
    "L04" "order-differs" "the example has its fields in another order than the table" "examples" examples::order,
    "L05" "operations-differ" "a field of one name has other limits in another operation" "tables" page::operations_differ,
    "L06" "standard-contradicted" "a limit contradicts the standard that the description names" "tables" page::standards,
    "L07" "example-invalid" "a value of an example is against the limits of its field" "examples" values::invalid,
    "L08" "looks-typed" "a text whose values look like numbers, dates or truth" "examples" values::looks_typed,
    "L09" "ambiguous-maximum" "a largest size where the type has none" "tables" page::ambiguous_maximum,
    "L10" "precision-exceeded" "an example has more digits than its field" "examples" values::precision,
    "L11" "condition-in-prose" "the description names a condition that the flag does not have" "tables" page::conditions,
    "L12" "item-unnamed" "a list without the name or type of its items" "tables" records::items,
    "L13" "record-as-text" "a record whose row says that it is a text" "tables, examples" records::texts,
    "L14" "container-undeclared" "a field that stands in another container than the table says, or in one that no row declares" "examples" examples::containers,
    "L15" "blank-within" "a blank in a path, code or value" "tables, service" codes::blanks,
    "L16" "case-differs" "a name differs from the table in nothing but case" "examples" examples::case,
    "L17" "copied-text" "two fields of a record are described by the same words" "tables" page::copied,
    "L18" "code-missing" "a required field without the code of its siblings for what is missing, or an optional one with it" "tables, codes" codes::missing_codes,
    "L19" "cut-off" "a table, list or example that is empty, cut off or elsewhere" "tables, examples" cut::check,
    "L20" "type-twice" "a type that is described twice" "tables" records::twice,
    "L21" "rust-name-clash" "two fields of a record have one name in Rust" "tables" page::clashes,
    "L22" "zone-missing" "an example of a date and time has no zone" "examples" values::zones,
    "L23" "value-not-listed" "an example has a value that the list does not have" "examples" values::not_listed,
    "L24" "unknown-fact" "action or address are not known" "service" service::unknown,
    "L25" "name-lost" "a field whose name or columns are lost" "tables" records::lost_names,
    "L26" "mojibake" "text that was decoded wrongly, or blanks that do not break" "tables" page::mojibake,
    "L27" "several-codes" "several codes in one cell" "tables, codes" codes::several_codes,
    "L28" "placeholder-host" "an address with a placeholder" "service" service::placeholders,
    }
    Note "WS-I Basic Profile 1.1" {
    "R2001" "import-of-schema" "wsdl:import of a schema" "WSDL" profile::imported_schemas,
    "R2005" "import-namespace" "a wsdl:import with another namespace than what it leads to" "WSDL" profile::import_namespaces,
    "R2007" "import-location" "a wsdl:import without a location" "WSDL" profile::import_locations,
    "R2105" "schema-namespace" "a schema in wsdl:types without a target namespace" "WSDL" profile::schema_namespaces,
    "R2110" "encoded-array" "a type that is an array of the SOAP encoding; R2111, too" "types" profile::arrays,
    "R2201" "parts-listed" "a body of document style that lists several parts" "bindings" profile::most_parts_listed,
    "R2203" "rpc-element" "a part of an rpc body with an element" "bindings" profile::literal_types,
    "R2204" "document-type" "a part of a document body with a type" "bindings" profile::literal_elements,
    "R2205" "header-type" "a part of a header or fault with a type" "bindings" profile::header_elements,
    "R2210" "several-parts" "a message of document style with several parts" "bindings" profile::most_parts,
    "R2303" "service-begins" "a notification or solicit-response operation" "port types" profile::directions,
    "R2304" "overloaded" "several operations of one name" "port types" profile::overloaded,
    "R2305" "parameter-order" "a parameterOrder that leaves out several parts of the answer" "port types" profile::parameter_order,
    "R2702" "transport" "a transport that is not HTTP" "bindings" profile::transport,
    "R2705" "mixed-styles" "a binding of both styles" "bindings" profile::styles,
    "R2706" "encoded" "messages that are SOAP-encoded" "bindings" profile::encoded,
    "R2710" "wire-signature" "operations that are one on the wire" "bindings" profile::signatures,
    "R2711" "shared-address" "ports of one address" "service" profile::addresses,
    "R2716" "document-namespace" "a namespace where a document message is bound" "bindings" profile::no_namespace,
    "R2717" "rpc-namespace" "an rpc body without a namespace" "bindings" profile::body_namespace,
    "R2718" "unbound-operation" "an operation of the port type that the binding has not" "bindings" profile::operations_bound,
    "R2720" "header-part" "a soap:header without a part" "WSDL" profile::header_parts,
    "R2721" "fault-unnamed" "a soap:fault without a name" "WSDL" profile::fault_named,
    "R2726" "part-namespace" "a namespace where an rpc header or fault is bound" "bindings" profile::part_namespace,
    "R2754" "fault-names" "a soap:fault of another name than the wsdl:fault" "WSDL" profile::fault_names,
    }
}

/// What is wrong with `[lint.allow]` itself.
pub(super) const ACCEPTED: Rule = Rule {
    id: "L00",
    name: "unused-acceptance",
    title: "an accepted finding that there is not, or without a reason",
    looks_at: "front matter",
    level: Level::Warning,
    standard: "",
    check: |_, _| {},
};
