//! Castile's annotations (`urn:castile:annotations:1`): facts that neither WSDL nor XML Schema has
//! words for, stated in foreign attributes and elements.

use super::xml::{Attribute, Element, collapsed};
use crate::contract::{
    Absence, Annotation, Location, Presence, Provenance, Role, Rule, RuleKind, Witness,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};

/// The namespace.
pub(super) const NAMESPACE: &str = crate::contract::ANNOTATIONS;

/// All attributes that the namespace has.
const ATTRIBUTES: &[&str] = &[
    "absence",
    "action-candidates",
    "deprecated",
    "documented-maximum",
    "documented-name",
    "location",
    "open",
    "presence",
    "role",
    "secret",
];

/// Reads the attributes that any declaration may have.
pub(super) fn annotate(
    element: Element<'_>,
    annotation: &mut Annotation,
    diagnostics: &mut Diagnostics,
) {
    let mut own = element.attributes_of(NAMESPACE).peekable();
    if own.peek().is_none() {
        return;
    }
    for (name, span) in own {
        if !ATTRIBUTES.contains(&name) {
            let mut diagnostic = Diagnostic::error(
                Code::UnexpectedMarkup,
                span,
                format!("`{name}` is no annotation of Castile"),
            );
            diagnostic.help = nearest(name, ATTRIBUTES.iter().copied())
                .map(|near| format!("did you mean `{near}`?"));
            diagnostics.push(diagnostic);
        }
    }
    let text = |name| {
        element
            .attribute_in(NAMESPACE, name)
            .map(|attribute| attribute.trimmed().to_owned())
    };
    annotation.deprecated = text("deprecated");
    annotation.documented_name = text("documented-name");
    annotation.documented_maximum = text("documented-maximum");
    annotation.secret = flag(element, "secret", diagnostics);
    annotation.role = one_of(
        element,
        "role",
        &[
            ("username", Role::Username),
            ("password", Role::Password),
            ("credentials", Role::Credentials),
        ],
        diagnostics,
    );
    let locations = [
        ("path", Location::Path),
        ("query", Location::Query),
        ("http-header", Location::HttpHeader),
        ("attachment", Location::Attachment),
    ];
    annotation.location = one_of(element, "location", &locations, diagnostics).unwrap_or_default();
    let absences = [
        ("nil", Absence::Nil),
        ("omit", Absence::Omit),
        ("empty", Absence::Empty),
    ];
    annotation.absence = one_of(element, "absence", &absences, diagnostics).unwrap_or_default();
    let presences = [("claimed", Presence::Claimed), ("proven", Presence::Proven)];
    annotation.presence = one_of(element, "presence", &presences, diagnostics).unwrap_or_default();
}

/// A boolean attribute, false if it is not there.
pub(super) fn flag(element: Element<'_>, name: &str, diagnostics: &mut Diagnostics) -> bool {
    let values = [("true", true), ("false", false), ("1", true), ("0", false)];
    one_of(element, name, &values, diagnostics).unwrap_or(false)
}

fn one_of<T: Copy>(
    element: Element<'_>,
    name: &str,
    values: &[(&str, T)],
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let attribute = element.attribute_in(NAMESPACE, name)?;
    choose(attribute, values, diagnostics)
}

/// The value that the attribute names; an error if it names none.
pub(super) fn choose<T: Copy>(
    attribute: Attribute<'_>,
    values: &[(&str, T)],
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let written = attribute.trimmed();
    let found = values.iter().find(|(value, _)| *value == written);
    if found.is_none() {
        let known: Vec<String> = values
            .iter()
            .map(|(value, _)| format!("`{value}`"))
            .collect();
        diagnostics.push(
            Diagnostic::error(
                Code::InvalidValue,
                attribute.span(),
                format!("`{written}` is not allowed here"),
            )
            .help(format!("write one of {}", known.join(", "))),
        );
    }
    found.map(|(_, value)| *value)
}

/// Reads the `c:source`s among elements: who says so.
pub(super) fn sources<'a>(
    elements: impl Iterator<Item = Element<'a>>,
    diagnostics: &mut Diagnostics,
) -> Vec<Provenance> {
    elements
        .filter(|element| element.is(NAMESPACE, "source"))
        .filter_map(|element| source(element, diagnostics))
        .collect()
}

fn source(element: Element<'_>, diagnostics: &mut Diagnostics) -> Option<Provenance> {
    let Some(witness) = element.attribute("witness") else {
        diagnostics.push(
            Diagnostic::error(
                Code::MissingMarkup,
                element.span(),
                "a source without `witness`",
            )
            .help("add witness=\"page\", or who says so"),
        );
        return None;
    };
    let text = |name| {
        element
            .attribute(name)
            .map(|text| text.trimmed().to_owned())
    };
    Some(Provenance {
        witness: choose(witness, &Witness::words(), diagnostics)?,
        fact: text("fact"),
        reason: text("reason"),
        remove_when: text("remove-when"),
        span: element.span(),
    })
}

/// Reads a `c:rule`.
pub(super) fn rule(element: Element<'_>, diagnostics: &mut Diagnostics) -> Option<Rule> {
    let Some(kind) = element.attribute("kind") else {
        diagnostics.push(
            Diagnostic::error(Code::MissingMarkup, element.span(), "a rule without `kind`")
                .help("add kind=\"exactly-one\", or what the rule demands"),
        );
        return None;
    };
    let kinds = [
        ("exactly-one", RuleKind::ExactlyOne),
        ("at-most-one", RuleKind::AtMostOne),
        ("at-least-one", RuleKind::AtLeastOne),
        ("requires", RuleKind::Requires),
        ("excludes", RuleKind::Excludes),
    ];
    let kind = choose(kind, &kinds, diagnostics)?;
    let members: Vec<String> = element
        .children()
        .filter(|child| child.is(NAMESPACE, "member"))
        .map(|member| member.text().trim().to_owned())
        .filter(|member| !member.is_empty())
        .collect();
    if members.len() < 2 {
        diagnostics.push(
            Diagnostic::error(
                Code::InvalidRule,
                element.span(),
                "a rule with fewer than two members",
            )
            .help("name the elements that it is about: <c:member>Name</c:member>"),
        );
        return None;
    }
    Some(Rule {
        kind,
        members,
        name: element
            .attribute("name")
            .map(|name| name.trimmed().to_owned()),
        span: element.span(),
    })
}

/// The plain text of documentation elements: those in English, or else those without a language,
/// or else the first of any other language.
pub(super) fn documentation<'a>(elements: impl Iterator<Item = Element<'a>>) -> Option<String> {
    let texts: Vec<(Option<&str>, String)> = elements
        .filter_map(|element| Some((element.language(), collapsed(&element.text())?)))
        .collect();
    let english = |language: Option<&str>| {
        language.is_some_and(|language| {
            language
                .get(..2)
                .is_some_and(|start| start.eq_ignore_ascii_case("en"))
        })
    };
    let chosen = texts
        .iter()
        .find(|(language, _)| english(*language))
        .or_else(|| texts.iter().find(|(language, _)| language.is_none()))
        .or_else(|| texts.first())
        .map(|(language, _)| *language)?;
    let same: Vec<&str> = texts
        .iter()
        .filter(|(language, _)| *language == chosen)
        .map(|(_, text)| text.as_str())
        .collect();
    Some(same.join("\n\n"))
}
