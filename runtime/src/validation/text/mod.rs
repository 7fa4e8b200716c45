//! The text of a schema's components, as the generator writes it (`docs/validation.md`): a line a
//! component, what is inside of it below, two blanks further in.

mod component;
mod line;

use std::fmt;
use std::sync::OnceLock;

use super::component::{
    AttributeDeclaration, AttributeId, Components, Definition, ElementDeclaration, ElementId,
    Methods, Prefixes, SimpleType, TypeDefinition, TypeId, Variety,
};
use super::datatype::Datatype;
use super::names::NameId;
use line::Line;

/// The namespace of the built-in types.
const XML_SCHEMA: &str = "http://www.w3.org/2001/XMLSchema";
/// The built-in types from which all others are derived, or that no other is: documents may name any
/// of them by `xsi:type`.
const BUILTINS: [&str; 35] = [
    "ENTITIES",
    "IDREFS",
    "NMTOKENS",
    "language",
    "ID",
    "IDREF",
    "ENTITY",
    "boolean",
    "base64Binary",
    "hexBinary",
    "float",
    "double",
    "anyURI",
    "QName",
    "NOTATION",
    "byte",
    "unsignedByte",
    "negativeInteger",
    "positiveInteger",
    "dateTime",
    "date",
    "time",
    "gYearMonth",
    "gYear",
    "gMonthDay",
    "gDay",
    "gMonth",
    "duration",
    "NMTOKEN",
    "decimal",
    "string",
    "integer",
    "token",
    "Name",
    "NCName",
];
/// The first line.
const HEAD: &str = "castile schema 1";

/// A text that is no description of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} of the schema: {}", self.line, self.message)
    }
}

impl std::error::Error for SchemaError {}

/// Why a line cannot be read; its number is added by [`parse`].
type Problem = String;

pub(super) fn parse(text: &str) -> Result<Components, SchemaError> {
    let mut lines = text.lines();
    if lines.next() != Some(HEAD) {
        return Err(SchemaError {
            line: 1,
            message: format!("`{HEAD}` is expected; generate the module anew"),
        });
    }
    let mut parser = Parser::default();
    parser.begin();
    for (line, number) in lines.zip(2..) {
        if line.is_empty() {
            continue;
        }
        Line::read(line)
            .and_then(|line| parser.line(&line))
            .map_err(|message| SchemaError {
                line: number,
                message,
            })?;
    }
    parser.close_to(0);
    Ok(parser.components)
}

/// The components so far, and what is open.
#[derive(Debug, Default)]
struct Parser {
    components: Components,
    open: Vec<component::Open>,
}

impl Parser {
    /// What every schema has.
    fn begin(&mut self) {
        let any = self.components.names.intern(XML_SCHEMA, "anyType");
        let any_type = self.add_type("xs:anyType", Definition::Anything);
        self.components.global_types.insert(any, any_type);
        self.components.any_type = Some(any_type);
        self.components.any_simple_type = self.builtin("anySimpleType");
        for local in BUILTINS {
            self.builtin(local);
        }
    }

    fn add_type(&mut self, shown: &str, definition: Definition) -> TypeId {
        let id = TypeId(self.components.types.len());
        self.components.types.push(TypeDefinition {
            shown: shown.into(),
            definition,
        });
        id
    }

    /// A built-in type, and those that it is derived from.
    fn builtin(&mut self, local: &str) -> Option<TypeId> {
        let name = self.components.names.intern(XML_SCHEMA, local);
        if let Some(&found) = self.components.global_types.get(&name) {
            return Some(found);
        }
        let datatype = Datatype::builtin(local)?;
        let base = datatype.base().and_then(Datatype::builtin_name);
        let base = base.and_then(|base| self.builtin(base));
        let base = base.or(self.components.any_type)?;
        let simple = SimpleType {
            variety: Variety::Builtin(datatype, base),
            facets: Vec::new(),
            prefixes: Prefixes::default(),
            datatype: OnceLock::new(),
        };
        let id = self.add_type(&format!("xs:{local}"), Definition::Simple(simple));
        self.components.global_types.insert(name, id);
        Some(id)
    }

    /// `prefix:local`, or `local` in no namespace.
    fn name(&mut self, word: &str) -> Result<NameId, Problem> {
        let (prefix, local) = word.split_once(':').unwrap_or(("", word));
        let namespace = match prefix {
            "" => "".into(),
            _ => self.namespace(prefix)?,
        };
        Ok(self.components.names.intern(&namespace, local))
    }

    fn namespace(&self, prefix: &str) -> Result<std::sync::Arc<str>, Problem> {
        match prefix {
            "-" => return Ok("".into()),
            "xs" => return Ok(XML_SCHEMA.into()),
            _ => {}
        }
        let found = self.components.prefixes.get(prefix).cloned();
        found.ok_or_else(|| format!("the prefix `{prefix}` is not declared"))
    }

    /// A type by name, or by the label of one without a name; declared or to be declared.
    fn type_reference(&mut self, word: &str) -> Result<TypeId, Problem> {
        if let Some(local) = word.strip_prefix("xs:")
            && let Some(found) = self.builtin(local)
        {
            return Ok(found);
        }
        if word.starts_with('@') {
            if let Some(&found) = self.components.labels.get(word) {
                return Ok(found);
            }
            let id = self.add_type("without a name", Definition::Undeclared);
            self.components.labels.insert(word.into(), id);
            return Ok(id);
        }
        let name = self.name(word)?;
        if let Some(&found) = self.components.global_types.get(&name) {
            return Ok(found);
        }
        let shown = self.components.names.shown(name);
        let id = self.add_type(&shown, Definition::Undeclared);
        self.components.global_types.insert(name, id);
        Ok(id)
    }

    /// A global element; one that no line declares may have any content.
    fn element_reference(&mut self, word: &str) -> Result<ElementId, Problem> {
        let name = self.name(word)?;
        if let Some(&found) = self.components.global_elements.get(&name) {
            return Ok(found);
        }
        let any_type = self.type_reference("xs:anyType")?;
        let id = self.add_element(ElementDeclaration {
            name,
            type_: any_type,
            nillable: true,
            abstract_: false,
            block: Methods::default(),
            value: None,
            head: None,
            secret: false,
            constraints: Vec::new(),
        });
        self.components.global_elements.insert(name, id);
        Ok(id)
    }

    fn add_element(&mut self, element: ElementDeclaration) -> ElementId {
        let id = ElementId(self.components.elements.len());
        self.components.elements.push(element);
        id
    }

    fn attribute_reference(&mut self, word: &str) -> Result<AttributeId, Problem> {
        let name = self.name(word)?;
        if let Some(&found) = self.components.global_attributes.get(&name) {
            return Ok(found);
        }
        let type_ = self.type_reference("xs:anySimpleType")?;
        let id = self.add_attribute(AttributeDeclaration {
            name,
            type_,
            value: None,
            secret: false,
        });
        self.components.global_attributes.insert(name, id);
        Ok(id)
    }

    fn add_attribute(&mut self, attribute: AttributeDeclaration) -> AttributeId {
        let id = AttributeId(self.components.attributes.len());
        self.components.attributes.push(attribute);
        id
    }
}
