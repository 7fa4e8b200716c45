//! Documentation, and the facts that no schema language states.

use super::markup::Markup;
use super::prefixes::Prefixes;
use crate::contract::{
    ANNOTATIONS, Absence, Annotation, Location, Presence, Provenance, Role, Rule, RuleKind,
};
use crate::namespace;

/// Adds the attributes that state facts.
pub(super) fn attributes(annotation: &Annotation, prefixes: &mut Prefixes, markup: &mut Markup) {
    let mut set = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            markup.set(castile(prefixes, name), value);
        }
    };
    let role = annotation.role.map(|role| match role {
        Role::Username => "username",
        Role::Password => "password",
        Role::Credentials => "credentials",
    });
    let location = match annotation.location {
        Location::Body => None,
        Location::Path => Some("path"),
        Location::Query => Some("query"),
        Location::HttpHeader => Some("http-header"),
        Location::Attachment => Some("attachment"),
    };
    let absence = match annotation.absence {
        Absence::Implied => None,
        Absence::Omit => Some("omit"),
        Absence::Nil => Some("nil"),
        Absence::Empty => Some("empty"),
    };
    let presence = match annotation.presence {
        Presence::Proven => None,
        Presence::Claimed => Some("claimed"),
    };
    set("deprecated", annotation.deprecated.as_deref());
    set("documented-name", annotation.documented_name.as_deref());
    set(
        "documented-maximum",
        annotation.documented_maximum.as_deref(),
    );
    set("secret", annotation.secret.then_some("true"));
    set("role", role);
    set("location", location);
    set("absence", absence);
    set("presence", presence);
    if !annotation.media_types.is_empty() {
        let name = format!(
            "{}:expectedContentTypes",
            prefixes.of(&namespace::XML_MIME.into())
        );
        markup.set(name, annotation.media_types.join(", "));
    }
}

/// A name of Castile's annotations.
pub(super) fn castile(prefixes: &mut Prefixes, name: &str) -> String {
    format!("{}:{name}", prefixes.of(&ANNOTATIONS.into()))
}

/// Who says so.
pub(super) fn sources(provenance: &[Provenance], prefixes: &mut Prefixes) -> Vec<Markup> {
    let source = |provenance: &Provenance| {
        Markup::new(castile(prefixes, "source"))
            .with("witness", provenance.witness.word())
            .with_some("fact", provenance.fact.as_deref())
            .with_some("reason", provenance.reason.as_deref())
            .with_some("remove-when", provenance.remove_when.as_deref())
    };
    provenance.iter().map(source).collect()
}

/// A rule between the elements of a type.
pub(super) fn rule(rule: &Rule, prefixes: &mut Prefixes) -> Markup {
    let kind = match rule.kind {
        RuleKind::ExactlyOne => "exactly-one",
        RuleKind::AtMostOne => "at-most-one",
        RuleKind::AtLeastOne => "at-least-one",
        RuleKind::Requires => "requires",
        RuleKind::Excludes => "excludes",
    };
    let member = castile(prefixes, "member");
    Markup::new(castile(prefixes, "rule"))
        .with("kind", kind)
        .with_some("name", rule.name.as_deref())
        .with_children({ rule.members.iter() }.map(|name| Markup::text(member.as_str(), name)))
}

/// A text with one paragraph a line and empty lines between them, as documentation is read.
pub(super) fn documentation(name: String, text: &str) -> Markup {
    Markup::text(name, text)
}
