//! Clients against clients: what a service offers, where, and over what.

use super::super::components::{call_label, element_label, type_label};
use super::super::renames::nearest;
use super::super::report::{Direction, Kind, Spans, Subject};
use super::presence::values;
use super::{Format, Walk, breaking, compatible, unknown};
use crate::contract::{
    Authentication, AuthenticationValue, Extension, HttpContent, Policy, QName, SoapVersion,
};
use crate::resolve::{Call, Client, ClientProtocol, Resolved};
use crate::source::Span;

/// How the protocol is called.
fn shown(protocol: ClientProtocol) -> &'static str {
    match protocol {
        ClientProtocol::Soap(SoapVersion::Soap11) => "SOAP 1.1",
        ClientProtocol::Soap(SoapVersion::Soap12) => "SOAP 1.2",
        ClientProtocol::Http(HttpContent::Json) => "JSON over HTTP",
        ClientProtocol::Http(HttpContent::Form) => "forms over HTTP",
        ClientProtocol::Http(HttpContent::Xml) => "documents over HTTP",
    }
}

/// The protocols of a client, the first one first.
fn protocols(client: &Client) -> Vec<ClientProtocol> {
    let others = client.alternatives.iter().map(|other| other.protocol);
    std::iter::once(client.protocol).chain(others).collect()
}

/// The client of the other side, the surest first: the same port, the same service and protocol, the
/// same service, the only one there is.
fn partner<'a>(client: &Client, own: &Resolved, other: &'a Resolved) -> Option<&'a Client> {
    let is_free = |theirs: &&Client| {
        // Another of ours has that very port.
        !{ own.clients.iter() }.any(|ours| {
            (&ours.name, &ours.port) == (&theirs.name, &theirs.port)
                && (&ours.name, &ours.port) != (&client.name, &client.port)
        })
    };
    let find = |test: &dyn Fn(&Client) -> bool| {
        let mut clients = other.clients.iter().filter(is_free);
        clients.find(|theirs| test(theirs))
    };
    let same_name = |theirs: &Client| theirs.name == client.name;
    let only = match (own.clients.as_slice(), other.clients.as_slice()) {
        ([_], [only]) => Some(only),
        _ => None,
    };
    find(&|theirs| same_name(theirs) && theirs.port == client.port)
        .or_else(|| find(&|theirs| same_name(theirs) && theirs.protocol == client.protocol))
        .or_else(|| find(&same_name))
        .or(only)
}

impl Walk<'_> {
    /// Compares what the services offer.
    pub(super) fn clients(&mut self) {
        let (old, new) = (self.old, self.new);
        for client in &old.clients {
            let at = Subject::Client(client.name.clone());
            match partner(client, old, new) {
                Some(other) => self.client(&at, client, other),
                None => {
                    let spans = Spans::both(client.span, Span::NONE);
                    let judged = breaking(
                        "client-removed",
                        format!("port `{}` is no longer offered", client.port),
                        "ask the provider for what replaces it",
                    );
                    self.report(&at, Kind::Removed, spans, None, judged);
                }
            }
        }
        for client in &new.clients {
            if partner(client, new, old).is_none() {
                let at = Subject::Client(client.name.clone());
                let spans = Spans::both(Span::NONE, client.span);
                let judged = compatible("client-added", "a new port; old clients do not call it");
                self.report(&at, Kind::Added, spans, None, judged);
            }
        }
    }

    fn client(&mut self, at: &Subject, old: &Client, new: &Client) {
        let spans = Spans::both(old.span, new.span);
        let mut found = Vec::new();
        if old.name != new.name {
            found.push(compatible(
                "service-renamed",
                format!(
                    "the service is called `{}` now; its name is not on the wire",
                    new.name
                ),
            ));
        }
        let offered = protocols(new);
        if !offered.contains(&old.protocol) {
            found.push(breaking(
                "protocol-changed",
                format!(
                    "it spoke {}, and speaks {} now",
                    shown(old.protocol),
                    shown(new.protocol)
                ),
                "regenerate the client when the service changes",
            ));
        } else if protocols(old) != offered {
            found.push(compatible(
                "protocols-changed",
                "which protocols are offered has changed; that of the old client still is",
            ));
        }
        let locations = |client: &Client| -> Vec<(Option<String>, Option<String>)> {
            let others = client
                .alternatives
                .iter()
                .flat_map(|other| &other.addresses);
            let all = client.addresses.iter().chain(others);
            all.map(|a| (a.environment.clone(), a.location.clone()))
                .collect()
        };
        let (known, offered) = (locations(old), locations(new));
        for (environment, location) in &known {
            let Some(location) = location else { continue };
            if offered
                .iter()
                .any(|(_, other)| other.as_ref() == Some(location))
            {
                continue;
            }
            let named = environment
                .as_ref()
                .map_or(String::new(), |name| format!("{name} "));
            let now = { offered.iter() }
                .find(|(other, _)| other == environment)
                .and_then(|(_, location)| location.clone());
            let now = now.map_or(String::new(), |now| format!(", `{now}` is"));
            found.push(unknown(
                "address-changed",
                format!("the {named}address `{location}` is no longer named{now}"),
                "ask how long the old address is served; `at` sets another one",
            ));
        }
        for (_, location) in &offered {
            let is_known = known.iter().any(|(_, other)| other == location);
            if let (false, Some(location)) = (is_known, location) {
                found.push(compatible(
                    "address-added",
                    format!("the address `{location}` is new"),
                ));
            }
        }
        found.extend(extensions(&old.extensions, &new.extensions));
        found.extend(policy(&old.policy, &new.policy));
        for judged in found {
            self.report(at, Kind::Changed, spans, None, judged);
        }
        self.authentication(at, spans, &old.authentication, &new.authentication);
        let format = match old.protocol {
            ClientProtocol::Http(HttpContent::Json) => Format::Json,
            ClientProtocol::Http(HttpContent::Form) => Format::Form,
            _ => Format::Xml,
        };
        self.calls(&old.name, old, new, format);
    }

    fn authentication(
        &mut self,
        at: &Subject,
        spans: Spans,
        old: &Authentication,
        new: &Authentication,
    ) {
        let mut found = Vec::new();
        if old.basic != new.basic {
            found.push(match new.basic {
                true => breaking(
                    "basic-authentication-added",
                    "callers must say who they are by HTTP Basic now",
                    "regenerate the client; `basic` sets user and password",
                ),
                false => compatible(
                    "basic-authentication-removed",
                    "HTTP Basic is no longer asked for; sending it does no harm",
                ),
            });
        }
        let mut bodies = Vec::new();
        for header in &new.http_headers {
            let known = old
                .http_headers
                .iter()
                .find(|known| known.name == header.name);
            match known {
                None if header.required => found.push(breaking(
                    "http-header-required",
                    format!("the HTTP header `{}` must be sent now", header.name),
                    "regenerate the client, or set it by `with_port`",
                )),
                None => found.push(compatible(
                    "http-header-added",
                    format!("the HTTP header `{}` may be sent now", header.name),
                )),
                Some(known) => {
                    if header.required && !known.required {
                        found.push(breaking(
                            "http-header-required",
                            format!("the HTTP header `{}` must be sent now", header.name),
                            "set it for every call",
                        ));
                    } else if header.required != known.required {
                        let why = format!("the HTTP header `{}` may be left out now", header.name);
                        found.push(compatible("http-header-optional", why));
                    }
                    match (known.value, header.value) {
                        (
                            AuthenticationValue::Base64Json(one),
                            AuthenticationValue::Base64Json(other),
                        ) => bodies.push((one, other)),
                        (AuthenticationValue::Text, AuthenticationValue::Text)
                            if known.prefix == header.prefix => {}
                        _ => found.push(breaking(
                            "http-header-changed",
                            format!(
                                "the HTTP header `{}` is written in another way",
                                header.name
                            ),
                            "regenerate the client",
                        )),
                    }
                }
            }
        }
        for header in &old.http_headers {
            if new
                .http_headers
                .iter()
                .all(|other| other.name != header.name)
            {
                let why = format!("the HTTP header `{}` is no longer asked for", header.name);
                found.push(compatible("http-header-removed", why));
            }
        }
        for judged in found {
            self.report(at, Kind::Changed, spans, None, judged);
        }
        for (one, other) in bodies {
            self.compare(one, other, Direction::Request, Format::Json, at);
        }
    }

    fn calls(&mut self, client: &str, old: &Client, new: &Client, format: Format) {
        let same =
            |one: &Call, other: &Call| one.name == other.name && one.overload == other.overload;
        for call in &old.calls {
            let at = Subject::Operation(client.to_owned(), call_label(call));
            // An operation that got its first overload, or lost its last, is still called the same.
            let exact = new.calls.iter().find(|other| same(call, other));
            let by_name = || {
                let mut named = new.calls.iter().filter(|other| other.name == call.name);
                named.find(|other| old.calls.iter().all(|known| !same(known, other)))
            };
            if let Some(other) = exact.or_else(by_name) {
                self.call(&at, call, other, format);
                continue;
            }
            let spans = Spans::both(call.span, Span::NONE);
            let judged = breaking(
                "operation-removed",
                "the service no longer offers it",
                "ask the provider for what replaces it",
            );
            self.report(&at, Kind::Removed, spans, None, judged);
            let come = { new.calls.iter() }
                .filter(|other| old.calls.iter().all(|known| known.name != other.name));
            if let Some(near) = nearest(&call.name, come.map(|other| other.name.as_str())) {
                self.findings.renamed(&at, &near);
            }
        }
        for call in &new.calls {
            if old.calls.iter().any(|known| known.name == call.name) {
                let overloads =
                    |calls: &[Call]| calls.iter().filter(|other| other.name == call.name).count();
                let is_known = old.calls.iter().any(|known| same(known, call));
                if is_known || overloads(&new.calls) <= overloads(&old.calls) {
                    continue;
                }
            }
            let at = Subject::Operation(client.to_owned(), call_label(call));
            let spans = Spans::both(Span::NONE, call.span);
            let judged = compatible("operation-added", "old clients do not call it");
            self.report(&at, Kind::Added, spans, None, judged);
            let gone = { old.calls.iter() }
                .filter(|known| new.calls.iter().all(|other| known.name != other.name));
            if let Some(near) = nearest(&call.name, gone.map(|known| known.name.as_str())) {
                self.findings.renamed(&at, &near);
            }
        }
    }

    /// Declarations that stand for themselves: documents that either side may write.
    pub(super) fn declarations(&mut self) {
        let (old, new) = (self.old, self.new);
        let both = [Direction::Request, Direction::Response];
        let global = |resolved: &Resolved, name: &QName| {
            resolved
                .contract
                .find_element(name)
                .filter(|id| resolved.elements.contains(id))
        };
        for &id in &old.elements {
            let element = &old.contract.elements[id];
            let at = Subject::Component(element_label(&element.name));
            if !old.clients.is_empty() && !old.roots.elements.contains(&id) {
                continue;
            }
            let Some(other) = global(new, &element.name) else {
                let judged = breaking(
                    "element-removed",
                    "documents can no longer begin with it",
                    "ask for what replaces it",
                );
                let spans = Spans::both(element.span, Span::NONE);
                self.report(&at, Kind::Removed, spans, None, judged);
                let come = { new.elements.iter() }
                    .map(|id| &new.contract.elements[*id].name)
                    .filter(|name| global(old, name).is_none());
                if let Some(near) = nearest(&element.name.local, come.map(|name| &*name.local)) {
                    self.findings.renamed(&at, &near);
                }
                continue;
            };
            let other = &new.contract.elements[other];
            let spans = Spans::both(element.span, other.span);
            if element.nillable != other.nillable {
                let judged = match other.nillable {
                    true => breaking(
                        "nil-allowed",
                        "a whole document may be nil now",
                        "regenerate the client",
                    ),
                    false => breaking(
                        "nil-refused",
                        "a document may no longer be nil",
                        "give a value",
                    ),
                };
                self.report(&at, Kind::Changed, spans, None, judged);
            }
            for direction in both {
                let constraints = (&element.value_constraint, &other.value_constraint);
                let judged = values(direction, constraints.0.as_ref(), constraints.1.as_ref());
                if let Some(judged) = judged {
                    self.report(&at, Kind::Changed, spans, Some(direction), judged);
                }
                let types = (element.type_definition, other.type_definition);
                self.compare(types.0, types.1, direction, Format::Xml, &at);
            }
        }
        for &id in &new.elements {
            let element = &new.contract.elements[id];
            let is_root = new.clients.is_empty() || new.roots.elements.contains(&id);
            if is_root && global(old, &element.name).is_none() {
                let at = Subject::Component(element_label(&element.name));
                let spans = Spans::both(Span::NONE, element.span);
                let judged = compatible("element-added", "old clients do not write it");
                self.report(&at, Kind::Added, spans, None, judged);
            }
        }
        for &id in &old.types {
            let Some(name) = &old.contract.types[id].name else {
                continue;
            };
            let other = new
                .contract
                .find_type(name)
                .filter(|id| new.types.contains(id));
            if let Some(other) = other {
                let at = Subject::Component(type_label(name));
                for direction in both {
                    self.compare(id, other, direction, Format::Xml, &at);
                }
            }
        }
    }
}

/// Extensions that must be understood.
pub(super) fn extensions(old: &[Extension], new: &[Extension]) -> Vec<super::Judged> {
    let mut found = Vec::new();
    for extension in new {
        let known = old.iter().find(|known| known.name == extension.name);
        let name = &extension.name.local;
        match known {
            Some(known) if known.required == extension.required => {}
            Some(_) if !extension.required => found.push(compatible(
                "extension-optional",
                format!("the extension `{name}` need not be understood any more"),
            )),
            None if !extension.required => found.push(compatible(
                "extension-added",
                format!("the extension `{name}` may be used now"),
            )),
            _ => found.push(breaking(
                "extension-required",
                format!("the extension `{name}` must be understood now"),
                "see whether a newer Castile knows it, and regenerate the client",
            )),
        }
    }
    for extension in old {
        if new.iter().all(|other| other.name != extension.name) {
            let why = format!(
                "the extension `{}` is no longer there",
                extension.name.local
            );
            found.push(match extension.required {
                true => unknown(
                    "extension-removed",
                    why,
                    "ask whether messages with it are still taken",
                ),
                false => compatible("extension-removed", why),
            });
        }
    }
    found
}

/// What messages must keep to beyond their schema.
pub(super) fn policy(old: &Policy, new: &Policy) -> Option<super::Judged> {
    if normalized(old) == normalized(new) {
        return None;
    }
    Some(match (old.is_empty(), new.is_empty()) {
        (_, true) => compatible("policy-removed", "no policy must be kept to any more"),
        (true, false) => unknown(
            "policy-added",
            "messages must keep to a policy now; whether those of old clients do is not known",
            "read the policy: security, addressing and MTOM may be asked for",
        ),
        (false, false) => unknown(
            "policy-changed",
            "messages must keep to another policy now; whether those of old clients do is not known",
            "read the policy: security, addressing and MTOM may be asked for",
        ),
    })
}

/// A policy as text, without places.
fn normalized(policy: &Policy) -> String {
    use crate::contract::{PolicyAssertion, PolicyTerm};
    fn term(term: &PolicyTerm, out: &mut String) {
        match term {
            PolicyTerm::All(terms) => group("all", terms, out),
            PolicyTerm::ExactlyOne(terms) => group("one", terms, out),
            PolicyTerm::Reference(address) => out.push_str(&format!("<{address}>")),
            PolicyTerm::Assertion(inner) => assertion(inner, out),
        }
    }
    fn group(kind: &str, terms: &[PolicyTerm], out: &mut String) {
        out.push_str(&format!("{kind}("));
        for inner in terms {
            term(inner, out);
        }
        out.push(')');
    }
    fn assertion(inner: &PolicyAssertion, out: &mut String) {
        let flags = (inner.optional, inner.ignorable);
        out.push_str(&format!(
            "{}{flags:?}{:?}{:?}[",
            inner.name, inner.attributes, inner.text
        ));
        for parameter in &inner.parameters {
            assertion(parameter, out);
        }
        if let Some(policy) = &inner.policy {
            group("policy", &policy.terms, out);
        }
        out.push(']');
    }
    let mut out = String::new();
    group("", &policy.terms, &mut out);
    out
}
