//! Rows as types and elements.

use super::super::cells::Place;
use super::super::document::Located;
use super::super::rows::Row;
use super::super::rules::PlacedRule;
use super::super::types::Kind;
use super::Filler;
use crate::contract::{
    Annotation, Builtin, ComplexType, Compositor, Content, Definition, DerivationSet,
    ElementDeclaration, EnumerationValue, Facets, Id, Location, ModelGroup, Occurs, Particle,
    Presence, QName, Role, Scope, SimpleType, Term, TypeDefinition, ValueConstraint, Variety,
};
use crate::source::Span;

/// A record while it is being declared.
pub(super) struct Enclosing<'a> {
    /// Whether a page only claims what is always there.
    pub claimed: bool,
    /// Whether the fields are those of the credentials.
    pub credentials: bool,
    pub rules: &'a [PlacedRule],
    /// The wire names of the containers, outermost first.
    pub path: Vec<String>,
}

impl Filler<'_> {
    /// Declares the types of all pages.
    pub(super) fn types(&mut self) {
        let definitions = self.definitions;
        for enumeration in &definitions.enumerations {
            let base = self.contract.builtin(enumeration.base);
            let facets = Facets {
                enumeration: enumeration.values.clone(),
                open: !enumeration.closed,
                ..Facets::default()
            };
            let definition = simple(base, facets);
            let annotation = Annotation {
                documentation: enumeration.documentation.clone(),
                provenance: enumeration.provenance.clone(),
                ..Annotation::default()
            };
            self.declare(&enumeration.name, definition, annotation);
        }
        for record in &definitions.records {
            let name = &record.name;
            let credentials = self.front.credentials.as_ref();
            let mut enclosing = Enclosing {
                claimed: self.claimed.contains(&name.value),
                credentials: credentials.is_some_and(|other| other.value == name.value),
                rules: &record.rules,
                path: Vec::new(),
            };
            let content = self.record(&record.rows.rows, &mut enclosing, name.span);
            let mut provenance = record.provenance.clone();
            provenance.extend(record.rules.iter().flat_map(|rule| rule.provenance.clone()));
            let annotation = Annotation {
                documentation: record.documentation.clone(),
                provenance,
                ..Annotation::default()
            };
            self.declare(name, Definition::Complex(content), annotation);
        }
    }

    fn declare(&mut self, name: &Located<String>, definition: Definition, annotation: Annotation) {
        let qname = self.qname(&name.value);
        let declared = self.contract.declare_type(
            qname.clone(),
            TypeDefinition {
                name: Some(qname),
                definition,
                annotation,
                span: name.span,
            },
        );
        // A page that two services of one namespace include declares its types once.
        if let Err(redeclared) = declared
            && redeclared.first != name.span
        {
            self.duplicate(name, "type", redeclared.first);
        }
    }

    /// The complex type of `rows`, those of SOAP headers left out.
    pub(super) fn record(
        &mut self,
        rows: &[Row],
        enclosing: &mut Enclosing<'_>,
        span: Span,
    ) -> ComplexType {
        let mut particles = Vec::new();
        for row in rows {
            if row.place.value != Place::SoapHeader {
                particles.push(self.particle(row, enclosing));
            }
        }
        let rules = enclosing
            .rules
            .iter()
            .filter(|rule| rule.container == enclosing.path)
            .map(|rule| rule.rule.clone())
            .collect();
        ComplexType {
            content: Content::Elements(sequence(particles, span)),
            rules,
            ..ComplexType::default()
        }
    }

    fn particle(&mut self, row: &Row, enclosing: &mut Enclosing<'_>) -> Particle {
        let occurs = match (self.is_json(), row.notation.list) {
            // An array: how often the key occurs says only whether it may be left out.
            (true, true) if !row.occurs.is_repeated() => Occurs {
                min: row.occurs.min,
                max: None,
            },
            _ => row.occurs,
        };
        let type_definition = self.type_of(row, enclosing);
        let element = self.element(
            row,
            self.local_name(&row.wire.value),
            type_definition,
            enclosing,
        );
        Particle {
            occurs,
            term: Term::Element(self.contract.elements.add(element)),
            span: row.span,
        }
    }

    pub(super) fn element(
        &self,
        row: &Row,
        name: QName,
        type_definition: Id<TypeDefinition>,
        enclosing: &Enclosing<'_>,
    ) -> ElementDeclaration {
        ElementDeclaration {
            scope: Scope::Local,
            nillable: row.nillable,
            value_constraint: row.default.clone().map(ValueConstraint::Default),
            annotation: self.annotation(row, enclosing),
            ..local(name, type_definition, row.span)
        }
    }

    fn annotation(&self, row: &Row, enclosing: &Enclosing<'_>) -> Annotation {
        let role = self.role(row, enclosing);
        let claimed = enclosing.claimed && row.occurs.min > 0 && !row.shown;
        Annotation {
            documentation: row.documentation.clone(),
            deprecated: row.deprecated.clone(),
            secret: row.secret || role == Some(Role::Password),
            role,
            location: match row.place.value {
                Place::Body | Place::SoapHeader => Location::Body,
                Place::Path => Location::Path,
                Place::Query => Location::Query,
                Place::HttpHeader => Location::HttpHeader,
            },
            absence: row.absence,
            presence: if claimed {
                Presence::Claimed
            } else {
                Presence::Proven
            },
            documented_name: (row.name != row.wire.value).then(|| row.name.clone()),
            documented_maximum: row.maximum.verbatim().map(str::to_owned),
            media_types: Vec::new(),
            provenance: row.provenance.clone(),
        }
    }

    fn role(&self, row: &Row, enclosing: &Enclosing<'_>) -> Option<Role> {
        let front = self.front;
        let is = |name: &Option<Located<String>>| {
            name.as_ref()
                .is_some_and(|name| name.value == row.wire.value)
        };
        if row.place.value == Place::SoapHeader || enclosing.credentials {
            if is(&front.username) {
                return Some(Role::Username);
            }
            if is(&front.password) {
                return Some(Role::Password);
            }
        }
        let credentials = front.credentials.as_ref()?;
        let holds = matches!(&row.notation.kind, Kind::Record(name) if *name == credentials.value);
        holds.then_some(Role::Credentials)
    }

    /// The type of a field, with the element that a SOAP list puts around its items.
    pub(super) fn type_of(
        &mut self,
        row: &Row,
        enclosing: &mut Enclosing<'_>,
    ) -> Id<TypeDefinition> {
        let item = self.item_type(row, enclosing);
        if self.is_json() || !row.notation.list {
            return item;
        }
        let (name, span) = match &row.item {
            Some(item) => (item.value.as_str(), item.span),
            None => ("Item", row.span),
        };
        let element = local(self.local_name(name), item, span);
        let particle = Particle {
            occurs: Occurs::ANY,
            term: Term::Element(self.contract.elements.add(element)),
            span,
        };
        let wrapper = ComplexType {
            content: Content::Elements(sequence(vec![particle], span)),
            ..ComplexType::default()
        };
        self.anonymous(Definition::Complex(wrapper), row.span)
    }

    fn item_type(&mut self, row: &Row, enclosing: &mut Enclosing<'_>) -> Id<TypeDefinition> {
        match &row.notation.kind {
            Kind::Builtin(builtin) => {
                let facets = facets(row);
                let base = self.contract.builtin(*builtin);
                if facets == Facets::default() {
                    return base;
                }
                self.anonymous(simple(base, facets), row.span)
            }
            Kind::Record(name) | Kind::Enumeration(name) => {
                let name = self.qname(name);
                self.contract.type_reference(name, row.span)
            }
            Kind::Object => {
                enclosing.path.push(row.wire.value.clone());
                let record = self.record(&row.children, enclosing, row.span);
                enclosing.path.pop();
                self.anonymous(Definition::Complex(record), row.span)
            }
        }
    }

    pub(super) fn anonymous(&mut self, definition: Definition, span: Span) -> Id<TypeDefinition> {
        self.contract.types.add(TypeDefinition {
            name: None,
            definition,
            annotation: Annotation::default(),
            span,
        })
    }

    /// The name of a local element: qualified by the front matter's word, in JSON never.
    pub(super) fn local_name(&self, name: &str) -> QName {
        if self.is_json() || !self.front.qualified {
            QName::unqualified(name)
        } else {
            self.qname(name)
        }
    }
}

/// The facets that a row states on its built-in type.
pub(super) fn facets(row: &Row) -> Facets {
    let mut facets = row.maximum.facets();
    facets.enumeration = row
        .values
        .iter()
        .map(|value| EnumerationValue {
            value: value.clone(),
            documentation: None,
            deprecated: None,
        })
        .collect();
    facets.open = !facets.enumeration.is_empty();
    facets
}

/// The built-in type of a row that has one.
pub(super) fn builtin(row: &Row) -> Option<Builtin> {
    match row.notation.kind {
        Kind::Builtin(builtin) => Some(builtin),
        _ => None,
    }
}

fn simple(base: Id<TypeDefinition>, facets: Facets) -> Definition {
    Definition::Simple(SimpleType {
        builtin: None,
        variety: Variety::Restriction(Some(base)),
        facets,
        final_: DerivationSet::default(),
    })
}

pub(super) fn sequence(particles: Vec<Particle>, span: Span) -> Particle {
    Particle {
        occurs: Occurs::ONCE,
        term: Term::Group(ModelGroup {
            compositor: Compositor::Sequence,
            particles,
        }),
        span,
    }
}

/// A local element of which nothing is known but its type.
pub(super) fn local(
    name: QName,
    type_definition: Id<TypeDefinition>,
    span: Span,
) -> ElementDeclaration {
    ElementDeclaration::plain(name, Scope::Local, type_definition, span)
}
