//! Port types and their operations (WSDL 1.1 §2.4).

use std::collections::BTreeSet;

use super::fill::{Document, Fill};
use super::namespace::WSDL;
use crate::contract::{
    ErrorModel, Idempotency, InBand, MessageReference, Operation, PortType, Transmission,
};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::frontend::castile;
use crate::frontend::names::Kind;
use crate::frontend::xml::{Attribute, Element};

/// The namespaces in which an operation's messages may have an `Action` for WS-Addressing, final
/// ones first.
const ADDRESSING: [&str; 5] = [
    "http://www.w3.org/2007/05/addressing/metadata",
    "http://www.w3.org/2006/05/addressing/wsdl",
    "http://www.w3.org/2005/08/addressing",
    "http://www.w3.org/2005/02/addressing/wsdl",
    "http://schemas.xmlsoap.org/ws/2004/08/addressing",
];

impl<'a> Fill<'a> {
    pub(super) fn port_type(&mut self, document: &Document<'a>, element: Element<'a>) {
        let Some(name) = self.declared_name(document, element) else {
            return;
        };
        let operations = element
            .children_in(WSDL)
            .filter(|child| child.name() == "operation")
            .filter_map(|child| self.operation(document, child))
            .collect();
        let port_type = PortType {
            name: name.clone(),
            declared: true,
            operations,
            policy: self.policy(document, element),
            annotation: self.annotation(element),
            span: element.name_span(),
        };
        let declared = self
            .xsd
            .contract
            .declare_port_type(name, port_type)
            .map(drop);
        self.redeclared(Kind::PortType, element, declared);
    }

    fn operation(&mut self, document: &Document<'a>, element: Element<'a>) -> Option<Operation> {
        let name = self.local_name(element)?;
        let messages: Vec<Element<'a>> = element
            .children_in(WSDL)
            .filter(|child| ["input", "output"].contains(&child.name()))
            .collect();
        let order: Vec<&str> = messages.iter().map(|child| child.name()).collect();
        let (transmission, input_suffix, output_suffix) = match order[..] {
            ["input"] => (Transmission::OneWay, "", ""),
            ["output"] => (Transmission::Notification, "", ""),
            ["output", "input", ..] => (Transmission::SolicitResponse, "Response", "Solicit"),
            ["input", ..] => (Transmission::RequestResponse, "Request", "Response"),
            _ => {
                self.report(
                    Diagnostic::warning(
                        Code::MissingMarkup,
                        element.name_span(),
                        format!(
                            "the operation `{name}` has neither input nor output; it is left out"
                        ),
                    )
                    .help("add <wsdl:input message=\"…\"/>"),
                );
                return None;
            }
        };
        let reference = |fill: &mut Self, kind: &str, suffix: &str| {
            let child = messages.iter().find(|child| child.name() == kind)?;
            fill.operation_message(document, *child, || format!("{name}{suffix}"))
        };
        let input = reference(self, "input", input_suffix);
        let output = reference(self, "output", output_suffix);
        let faults = element
            .children_in(WSDL)
            .filter(|child| child.name() == "fault")
            .filter_map(|child| {
                let message = child.attribute("message").map_or("", Attribute::trimmed);
                let local = message.rsplit(':').next().unwrap_or_default();
                self.operation_message(document, child, || local.to_owned())
            })
            .collect();
        Some(Operation {
            name: name.to_owned(),
            transmission,
            input,
            output,
            faults,
            parameter_order: element
                .attribute("parameterOrder")
                .map(|order| {
                    order
                        .trimmed()
                        .split_whitespace()
                        .map(str::to_owned)
                        .collect()
                })
                .unwrap_or_default(),
            errors: self.error_model(element),
            idempotency: self.idempotency(element),
            examples: Vec::new(),
            policy: self.policy(document, element),
            annotation: self.annotation(element),
            span: element.name_span(),
        })
    }

    fn operation_message(
        &mut self,
        document: &Document<'a>,
        element: Element<'a>,
        implied: impl FnOnce() -> String,
    ) -> Option<MessageReference> {
        let message = self.message_reference(document, element)?;
        Some(MessageReference {
            name: element
                .attribute("name")
                .map(|name| name.trimmed().to_owned())
                .filter(|name| !name.is_empty())
                .unwrap_or_else(implied),
            message,
            addressing_action: ADDRESSING
                .iter()
                .find_map(|namespace| element.attribute_in(namespace, "Action"))
                .map(|action| action.trimmed().to_owned()),
            policy: self.policy(document, element),
            span: element.span(),
        })
    }

    /// `c:errors`, `c:in-band`.
    fn error_model(&mut self, operation: Element<'_>) -> ErrorModel {
        let mut model = ErrorModel::default();
        for child in operation.children_in(castile::NAMESPACE) {
            match child.name() {
                "errors" => self.errors(child, &mut model),
                "in-band" => model.in_band = self.in_band(child),
                "idempotency" => {}
                other => self.report(
                    Diagnostic::error(
                        Code::UnexpectedMarkup,
                        child.span(),
                        format!("`{other}` has no place in an operation"),
                    )
                    .help("an operation may hold c:errors, c:in-band and c:idempotency"),
                ),
            }
        }
        model
    }

    fn errors(&mut self, element: Element<'_>, model: &mut ErrorModel) {
        let codes = self.fault_codes(element);
        let catalogues = &mut self.xsd.contract.catalogues;
        let named = element.attribute("catalogue");
        let wanted = named.map(Attribute::trimmed);
        let mut candidates = catalogues
            .iter()
            .filter(|(_, catalogue)| wanted.is_none_or(|name| catalogue.name == name))
            .map(|(id, _)| id);
        let id = match (candidates.next(), candidates.next()) {
            (Some(id), None) => id,
            (_, second) => {
                drop(candidates);
                let (span, message) = match (named, second) {
                    (Some(named), _) => (
                        named.span(),
                        format!("no fault catalogue `{}`", named.trimmed()),
                    ),
                    (None, Some(_)) => (
                        element.span(),
                        "several fault catalogues, and none is named".to_owned(),
                    ),
                    (None, None) => (element.span(), "no fault catalogue is declared".to_owned()),
                };
                let names = self
                    .xsd
                    .contract
                    .catalogues
                    .iter()
                    .map(|(_, known)| known.name.as_str());
                let near = wanted.and_then(|wanted| nearest(wanted, names));
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "declare it in definitions: <c:fault-catalogue name=\"…\">".to_owned(),
                };
                let diagnostic =
                    Diagnostic::error(Code::UnresolvedReference, span, message).help(help);
                self.report(diagnostic);
                return;
            }
        };
        drop(candidates);
        model.catalogue = Some(id);
        let known = &mut catalogues[id].codes;
        let values: BTreeSet<String> = known.iter().map(|known| known.value.clone()).collect();
        for code in codes {
            model.codes.push(code.value.clone());
            if !values.contains(&code.value) {
                known.push(code);
            }
        }
    }

    fn in_band(&mut self, element: Element<'_>) -> Option<InBand> {
        let path = self.required(element, "path")?;
        let code = self.required(element, "code")?;
        let text = |name| {
            element
                .attribute(name)
                .map(|attribute| attribute.trimmed().to_owned())
        };
        let errors = text("errors").unwrap_or_default();
        Some(InBand {
            path: path.trimmed().split('/').map(str::to_owned).collect(),
            code: code.trimmed().to_owned(),
            reason: text("reason"),
            severity: text("severity").map(|severity| {
                (
                    severity,
                    errors.split_whitespace().map(str::to_owned).collect(),
                )
            }),
            span: element.span(),
        })
    }

    /// `c:idempotency`.
    fn idempotency(&mut self, operation: Element<'_>) -> Idempotency {
        let child = operation
            .children_in(castile::NAMESPACE)
            .find(|child| child.name() == "idempotency");
        let Some(kind) = child.and_then(|child| self.required(child, "kind")) else {
            return Idempotency::Unknown;
        };
        let kinds = [
            ("once", Idempotency::Once),
            ("safe", Idempotency::Safe),
            ("idempotent", Idempotency::Idempotent),
        ];
        castile::choose(kind, &kinds, self.diagnostics()).unwrap_or_default()
    }
}
