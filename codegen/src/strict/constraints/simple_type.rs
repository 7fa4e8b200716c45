//! Simple types (Structures §3.14.6, Datatypes §4.3): what they are made of, and their facets.

use castile::validation::datatype::{Datatype, Facet, FacetKind, NoPrefixes, Scope, Variety};

use super::value::Prefixes;
use super::{Content, Facts};
use crate::source::Span;
use crate::strict::components::{
    ANY_SIMPLE_TYPE, Definition, FacetMarkup, SimpleDefinition, TypeId,
};
use crate::strict::report::Report;

impl Facts<'_, '_> {
    /// Makes a datatype of each simple type.
    pub(super) fn simple_types(&mut self, report: &mut Report) {
        for id in self.order.clone() {
            let components = self.components;
            let definition = &components.types[id.0];
            let Definition::Simple(simple) = &definition.definition else {
                continue;
            };
            let datatype = match simple {
                SimpleDefinition::Builtin(name) => Datatype::builtin(name),
                SimpleDefinition::Restriction { base, facets } => {
                    base.and_then(|base| self.restricted(base, facets, definition.span, report))
                }
                SimpleDefinition::List(item) => {
                    item.and_then(|item| self.list_of(item, definition.span, report))
                }
                SimpleDefinition::Union(members) => self.union_of(members, definition.span, report),
            };
            self.datatypes[id.0] = datatype;
        }
    }

    /// The datatype of a simple type that another one is made of.
    fn part(&self, id: TypeId, span: Span, what: &str, report: &mut Report) -> Option<Datatype> {
        if self.is_complex(id) == Some(true) {
            report.find(
                "cos-st-restricts",
                span,
                format!("the {what} of a simple type is complex"),
                "name a simple type, or declare a complex type with xs:simpleContent",
            );
        }
        self.datatypes[id.0].clone()
    }

    fn restricted(
        &self,
        base: TypeId,
        facets: &[FacetMarkup<'_>],
        span: Span,
        report: &mut Report,
    ) -> Option<Datatype> {
        let datatype = self.part(base, span, "base", report)?;
        if base == ANY_SIMPLE_TYPE {
            report.find(
                "cos-st-restricts.1.1",
                span,
                "no type is made of xs:anySimpleType by restriction",
                "name the type that the values are of, as xs:string",
            );
            return None;
        }
        if self.components.types[base.0].final_.restriction {
            self.barred("st-props-correct.3", base, "restriction", span, report);
        }
        Some(self.with_facets(&datatype, facets, report))
    }

    /// A datatype restricted by facets; what is wrong with these is reported.
    pub(super) fn with_facets(
        &self,
        base: &Datatype,
        facets: &[FacetMarkup<'_>],
        report: &mut Report,
    ) -> Datatype {
        let (known, list): (Vec<&FacetMarkup<'_>>, Vec<Facet<'_>>) = facets
            .iter()
            .filter_map(|markup| {
                let facet = Facet {
                    kind: FacetKind::from_name(markup.name)?,
                    value: markup.value,
                    fixed: markup.fixed,
                };
                Some((markup, facet))
            })
            .unzip();
        let prefixes = facets.first().map(|facet| Prefixes(facet.xml));
        let scope: &dyn Scope = match &prefixes {
            Some(prefixes) => prefixes,
            None => &NoPrefixes,
        };
        let (datatype, errors) = Datatype::restriction_leniently(base, &list, scope);
        for error in errors {
            let Some(markup) = known.get(error.index) else {
                continue;
            };
            report.find(
                error.rule,
                markup.span,
                error.message,
                format!("correct the `{}`, or the base", markup.name),
            );
        }
        if datatype.is_derived_from_builtin("NOTATION") {
            for markup in known.iter().filter(|markup| markup.name == "enumeration") {
                self.declared_notation(markup, report);
            }
        }
        datatype
    }

    fn barred(&self, rule: &'static str, id: TypeId, what: &str, span: Span, report: &mut Report) {
        let shown = self.components.types[id.0].shown();
        report.find(
            rule,
            span,
            format!("{shown} is final for {what}"),
            "`final` there says so: choose another type",
        );
    }

    fn list_of(&self, item: TypeId, span: Span, report: &mut Report) -> Option<Datatype> {
        let datatype = self.part(item, span, "item type", report)?;
        if self.components.types[item.0].final_.list {
            self.barred("cos-st-restricts.2.3.1.1", item, "lists", span, report);
        }
        match Datatype::list(&datatype) {
            Ok(list) => Some(list),
            Err(error) => {
                report.find(
                    error.rule,
                    span,
                    error.message,
                    "name an item type that is atomic, or a union of such",
                );
                None
            }
        }
    }

    fn union_of(
        &self,
        members: &[Option<TypeId>],
        span: Span,
        report: &mut Report,
    ) -> Option<Datatype> {
        let mut datatypes = Vec::new();
        let mut complete = true;
        for &member in members {
            let Some(member) = member else {
                complete = false;
                continue;
            };
            if self.components.types[member.0].final_.union {
                self.barred("cos-st-restricts.3.3.1.1", member, "unions", span, report);
            }
            match self.part(member, span, "member", report) {
                Some(datatype) => datatypes.push(datatype),
                None => complete = false,
            }
        }
        complete.then(|| Datatype::union(&datatypes))
    }

    /// The simple type of an element or attribute with this type: its own, or that of its content.
    pub(super) fn text_type(&self, id: TypeId) -> Option<&Datatype> {
        match &self.contents[id.0] {
            Content::Simple(datatype, _) => datatype.as_ref(),
            _ => self.datatypes[id.0].as_ref(),
        }
    }

    /// Whether a datatype has no variety.
    pub(super) fn is_anything(datatype: &Datatype) -> bool {
        datatype.variety() == Variety::Absent
    }
}
