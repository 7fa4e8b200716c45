//! A resolved contract as a tree that a person reads: what `castile inspect` prints, and what tests
//! of passes compare.

mod policy;

use std::fmt::Write as _;

use crate::contract::*;
use crate::resolve::{Call, Client, ClientProtocol, HeaderBlock, Initiator, Payload, Resolved};

/// The services with their operations and messages, then the named types that they reach.
#[must_use]
pub fn dump(resolved: &Resolved) -> String {
    let mut dump = Dump {
        resolved,
        open: Vec::new(),
        out: String::new(),
    };
    for client in &resolved.clients {
        dump.client(client);
    }
    for (_, catalogue) in resolved.contract.catalogues.iter() {
        dump.catalogue(catalogue);
    }
    if resolved.clients.is_empty() {
        for &id in &resolved.elements {
            let element = &resolved.contract.elements[id];
            if element.scope == Scope::Undeclared {
                continue;
            }
            dump.line(0, &format!("element {}", element.name));
            dump.type_body(1, element.type_definition);
        }
    }
    for &id in &resolved.types {
        dump.named_type(id);
    }
    dump.out
}

fn protocol(protocol: ClientProtocol) -> &'static str {
    match protocol {
        ClientProtocol::Soap(SoapVersion::Soap11) => "SOAP 1.1",
        ClientProtocol::Soap(SoapVersion::Soap12) => "SOAP 1.2",
        ClientProtocol::Http(HttpContent::Json) => "JSON over HTTP",
        ClientProtocol::Http(_) => "HTTP",
    }
}

struct Dump<'a> {
    resolved: &'a Resolved,
    /// The types that are being written: an anonymous one may hold itself, through a group.
    open: Vec<Id<TypeDefinition>>,
    out: String,
}

impl Dump<'_> {
    fn line(&mut self, depth: usize, text: &str) {
        let _ = writeln!(self.out, "{:1$}{text}", "", depth * 2);
    }

    fn client(&mut self, client: &Client) {
        let spoken = protocol(client.protocol);
        self.line(0, &format!("service {} ({spoken})", client.name));
        if !client.namespace.is_empty() {
            self.line(1, &format!("namespace {}", client.namespace));
        }
        self.addresses(1, &client.addresses);
        for alternative in &client.alternatives {
            let protocol = protocol(alternative.protocol);
            self.line(
                1,
                &format!("also at port {} ({protocol})", alternative.port),
            );
            self.addresses(2, &alternative.addresses);
            self.policy(2, "policy", &alternative.policy);
        }
        self.extensions(1, &client.extensions);
        self.policy(1, "policy", &client.policy);
        for header in &client.authentication.http_headers {
            let AuthenticationHeader {
                name,
                prefix,
                argument,
                ..
            } = header;
            self.line(1, &format!("HTTP header {name}: {prefix}{{{argument}}}"));
        }
        for call in &client.calls {
            self.call(call);
        }
        self.out.push('\n');
    }

    fn extensions(&mut self, depth: usize, extensions: &[Extension]) {
        for extension in extensions {
            let required = if extension.required { ", required" } else { "" };
            let text = format!("extension {}{required}", extension.name);
            self.line(depth, &text);
        }
    }

    fn addresses(&mut self, depth: usize, addresses: &[Address]) {
        for address in addresses {
            let environment = address
                .environment
                .as_deref()
                .map_or(String::new(), |name| format!("{name} "));
            let location = address
                .location
                .as_deref()
                .unwrap_or("? (callers must say)");
            let verified = if address.verified {
                ""
            } else {
                " (unverified)"
            };
            self.line(depth, &format!("address {environment}{location}{verified}"));
        }
    }

    fn call(&mut self, call: &Call) {
        let mut marks = Vec::new();
        match call.idempotency {
            Idempotency::Unknown => {}
            Idempotency::Safe => marks.push("safe"),
            Idempotency::Idempotent => marks.push("idempotent"),
            Idempotency::Once => marks.push("once"),
        }
        if call.one_way {
            marks.push("one-way");
        }
        if call.encoded {
            marks.push("encoded");
        }
        if call.initiator == Initiator::Service {
            marks.push("begun by the service");
        }
        let marks = if marks.is_empty() {
            String::new()
        } else {
            format!(" ({})", marks.join(", "))
        };
        self.line(1, &format!("operation {}{marks}", call.name));
        match &call.action {
            Action::Empty => {}
            Action::Known(action) => self.line(2, &format!("action {action}")),
            Action::Unknown { candidates } => {
                self.line(
                    2,
                    &format!("action ? (perhaps {})", candidates.join(" or ")),
                );
            }
        }
        if let Some(action) = &call.addressing_action {
            self.line(2, &format!("addressing action {action}"));
        }
        self.extensions(2, &call.extensions);
        self.policy(2, "policy", &call.policy);
        self.policy(2, "request policy", &call.request_policy);
        self.policy(2, "response policy", &call.response_policy);
        if let Some(http) = &call.http {
            self.line(2, &format!("{} {}", http.method, http.path));
        }
        for header in &call.headers {
            self.header("header", header);
        }
        self.message("request", call.request);
        for header in &call.response_headers {
            self.header("response header", header);
        }
        if !call.one_way {
            self.message("response", call.response);
        }
        for (name, element) in &call.faults {
            let element = &self.resolved.contract.elements[*element];
            let text = format!("fault {name}: {}", self.element_type(element));
            self.line(2, &text);
        }
        self.errors(&call.errors);
        if !call.examples.is_empty() {
            self.line(2, &format!("examples: {}", call.examples.len()));
        }
    }

    fn errors(&mut self, errors: &ErrorModel) {
        if let Some(catalogue) = errors.catalogue {
            let name = &self.resolved.contract.catalogues[catalogue].name;
            let codes = if errors.codes.is_empty() {
                String::new()
            } else {
                format!(", among them {}", errors.codes.join(", "))
            };
            self.line(2, &format!("fault codes from {name}{codes}"));
        }
        if let Some(in_band) = &errors.in_band {
            let path = in_band.path.join("/");
            self.line(
                2,
                &format!("errors in the response at {path}: {}", in_band.code),
            );
        }
        for status in &errors.statuses {
            let body = self.type_name(status.body);
            self.line(2, &format!("status {}: {body}", status.status));
        }
    }

    fn header(&mut self, what: &str, header: &HeaderBlock) {
        let element = &self.resolved.contract.elements[header.element];
        let optional = if header.required { "" } else { ", optional" };
        let text = format!(
            "{what} {}: {}{optional}",
            element.name.local,
            self.element_type(element)
        );
        self.line(2, &text);
    }

    fn message(&mut self, what: &str, payload: Payload) {
        match payload {
            Payload::Empty => self.line(2, &format!("{what} (empty)")),
            Payload::Element(id) => {
                let element = &self.resolved.contract.elements[id];
                self.line(2, &format!("{what} {}", element.name.local));
                self.type_body(3, element.type_definition);
            }
            Payload::Content(id) => {
                let name = &self.resolved.contract.types[id].name;
                let name = name.as_ref().map_or("several parts", |name| &name.local);
                self.line(2, &format!("{what} ({name})"));
                self.type_body(3, id);
            }
        }
    }

    fn catalogue(&mut self, catalogue: &FaultCatalogue) {
        self.line(0, &format!("fault codes {}", catalogue.name));
        for code in &catalogue.codes {
            self.line(1, &code.value);
        }
        self.out.push('\n');
    }

    fn named_type(&mut self, id: Id<TypeDefinition>) {
        let definition = &self.resolved.contract.types[id];
        let Some(name) = &definition.name else { return };
        if &*name.namespace == XML_SCHEMA {
            return;
        }
        match &definition.definition {
            Definition::Simple(_) => {
                let text = format!("type {} = {}", name.local, self.simple(id));
                self.line(0, &text);
            }
            Definition::Complex(complex) => {
                let base = complex.derivation.as_ref().map(|derivation| {
                    let method = match derivation.method {
                        DerivationMethod::Extension => "extends",
                        DerivationMethod::Restriction => "restricts",
                    };
                    format!(" {method} {}", self.type_name(derivation.base))
                });
                let abstract_ = if complex.abstract_ { "abstract " } else { "" };
                let text = format!("{abstract_}type {}{}", name.local, base.unwrap_or_default());
                self.line(0, &text);
                self.type_body(1, id);
            }
            Definition::Undeclared => {
                self.line(0, &format!("type {} (declared nowhere)", name.local));
            }
        }
    }

    /// The content of a complex type, or the one line of a simple one.
    fn type_body(&mut self, depth: usize, id: Id<TypeDefinition>) {
        let definition = &self.resolved.contract.types[id];
        let Definition::Complex(complex) = &definition.definition else {
            let text = self.type_name(id);
            self.line(depth, &text);
            return;
        };
        if self.open.contains(&id) {
            self.line(depth, "… (again)");
            return;
        }
        self.open.push(id);
        let effective = self.resolved.effective(id);
        for attribute in &effective.attributes {
            let declaration = &self.resolved.contract.attributes[attribute.declaration];
            let optional = match attribute.presence {
                AttributePresence::Required => "",
                AttributePresence::Optional | AttributePresence::Prohibited => ", optional",
            };
            let type_name = self.type_name(declaration.type_definition);
            self.line(
                depth,
                &format!("@{}: {type_name}{optional}", declaration.name.local),
            );
        }
        match &effective.content {
            Content::Empty => {}
            Content::Simple(text) => {
                let text = format!("text: {}", self.type_name(*text));
                self.line(depth, &text);
            }
            Content::Elements(particle) => self.particle(depth, particle, true),
        }
        for rule in &complex.rules {
            let kind = match rule.kind {
                RuleKind::ExactlyOne => "exactly one of",
                RuleKind::AtMostOne => "at most one of",
                RuleKind::AtLeastOne => "at least one of",
                RuleKind::Requires => "if the first is given, so are the others:",
                RuleKind::Excludes => "if the first is given, none of the others is:",
            };
            self.line(depth, &format!("rule: {kind} {}", rule.members.join(", ")));
        }
        self.open.pop();
    }

    fn particle(&mut self, depth: usize, particle: &Particle, top: bool) {
        match &particle.term {
            Term::Element(id) => self.element(depth, particle.occurs, *id),
            Term::Wildcard(_) => self.line(depth, &format!("any element {}", particle.occurs)),
            Term::GroupReference(_) => {}
            Term::Group(group) => {
                let plain = top
                    && group.compositor == Compositor::Sequence
                    && particle.occurs == Occurs::ONCE;
                if !plain {
                    let compositor = match group.compositor {
                        Compositor::Sequence => "sequence",
                        Compositor::Choice => "choice",
                        Compositor::All => "all",
                    };
                    self.line(depth, &format!("{compositor} {}", particle.occurs));
                }
                let depth = if plain { depth } else { depth + 1 };
                for inner in &group.particles {
                    self.particle(depth, inner, false);
                }
            }
        }
    }

    fn element(&mut self, depth: usize, occurs: Occurs, id: Id<ElementDeclaration>) {
        let element = &self.resolved.contract.elements[id];
        let mut text = format!("{}: {}", element.name.local, self.element_type(element));
        if occurs != Occurs::ONCE {
            let _ = write!(text, ", {occurs}");
        }
        self.line(depth, &text);
        let definition = &self.resolved.contract.types[element.type_definition];
        let is_complex = matches!(definition.definition, Definition::Complex(_));
        if definition.name.is_none() && is_complex && element.scope == Scope::Local {
            self.type_body(depth + 1, element.type_definition);
        }
    }

    /// The type of an element with what its declaration adds.
    fn element_type(&self, element: &ElementDeclaration) -> String {
        let mut text = self.type_name(element.type_definition);
        let annotation = &element.annotation;
        let location = match annotation.location {
            Location::Body => "",
            Location::Path => ", in the path",
            Location::Query => ", in the query",
            Location::HttpHeader => ", in an HTTP header",
            Location::Attachment => ", as an attachment",
        };
        text.push_str(location);
        for (mark, holds) in [
            (", nillable", element.nillable),
            (", secret", annotation.secret),
            (
                ", presence claimed",
                annotation.presence == Presence::Claimed,
            ),
        ] {
            if holds {
                text.push_str(mark);
            }
        }
        if let Some(name) = &annotation.documented_name {
            let _ = write!(text, ", documented as {name}");
        }
        if !annotation.media_types.is_empty() {
            let _ = write!(text, ", media types {}", annotation.media_types.join(" "));
        }
        if let Some(maximum) = &annotation.documented_maximum {
            let _ = write!(text, ", maximum said to be {maximum}");
        }
        text
    }

    fn type_name(&self, id: Id<TypeDefinition>) -> String {
        let definition = &self.resolved.contract.types[id];
        match (&definition.name, &definition.definition) {
            (Some(name), _) => name.local.to_string(),
            (None, Definition::Simple(_)) => self.simple(id),
            (None, Definition::Complex(_)) => "record".to_owned(),
            (None, Definition::Undeclared) => "anyType".to_owned(),
        }
    }

    fn simple(&self, id: Id<TypeDefinition>) -> String {
        let Definition::Simple(simple) = &self.resolved.contract.types[id].definition else {
            return self.type_name(id);
        };
        let mut text = match &simple.variety {
            Variety::Restriction(Some(base)) => self.type_name(*base),
            Variety::Restriction(None) => "anySimpleType".to_owned(),
            Variety::List(item) => format!("list of {}", self.type_name(*item)),
            Variety::Union(members) => {
                let members: Vec<_> = members.iter().map(|id| self.type_name(*id)).collect();
                members.join(" or ")
            }
        };
        let facets = &simple.facets;
        let numbers = [
            ("length", facets.length),
            ("at least", facets.min_length),
            ("at most", facets.max_length),
        ];
        for (what, value) in numbers {
            if let Some(value) = value {
                let _ = write!(text, ", {what} {value} characters");
            }
        }
        if let Some(digits) = facets.total_digits {
            let _ = write!(text, ", {digits} digits");
        }
        if let Some(digits) = facets.fraction_digits {
            let _ = write!(text, ", {digits} of them fraction");
        }
        let bounds = [
            (">=", &facets.min_inclusive),
            ("<=", &facets.max_inclusive),
            (">", &facets.min_exclusive),
            ("<", &facets.max_exclusive),
        ];
        for (sign, bound) in bounds {
            if let Some(bound) = bound {
                let _ = write!(text, ", {sign} {bound}");
            }
        }
        if !facets.enumeration.is_empty() {
            let values: Vec<_> = facets
                .enumeration
                .iter()
                .map(|v| v.value.as_str())
                .collect();
            let open = if facets.open { " or others" } else { "" };
            let _ = write!(text, ": {}{open}", values.join(" | "));
        }
        text
    }
}
