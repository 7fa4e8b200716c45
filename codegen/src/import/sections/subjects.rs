//! Headings that name the fields below them after a type or field of the page.

use super::*;

/// Words that headings add to the name of what they are over.
const ADDED: &[&str] = &[
    "list",
    "array",
    "object",
    "type",
    "element",
    "elements",
    "fields",
    "items",
    "item",
    "details",
    "structure",
    "parameters",
    "lista",
    "liste",
    "obiekt",
    "objekt",
    "objeto",
    "oggetto",
];

impl Walk<'_> {
    /// The type that a heading names in other words, or by a field of it: `Line Items` over what
    /// `LineItem[]` or a field `LineItems` holds.
    pub(super) fn named_otherwise(&mut self, heading: &Cell) -> Option<Subject> {
        let names = spellings(&heading.text);
        let is = |known: &str| spellings(known).iter().any(|name| names.contains(name));
        if let Some(known) = self.referenced.iter().find(|known| is(known)) {
            return Some(Subject::Type(known.clone()));
        }
        let exactly = names.first()?.clone();
        let of_field = |field: &Field| spellings(field.shown()).first() == Some(&exactly);
        let field = self.open_fields().find(|field| of_field(field))?;
        let mut kind = field.kind.value.clone()?;
        if let Base::Named(name) = &kind.base {
            return Some(Subject::Type(name.clone()));
        }
        let name = as_name(&heading.text)?;
        kind.base = Base::Named(name.clone());
        let reason = format!("the heading `{}` has its name", heading.text.trim());
        let shown = field.shown().to_owned();
        field.kind = Fact::guess(kind, field.kind.span, reason);
        self.findings.push(
            Kind::Guess,
            None,
            heading.span,
            format!("the fields below this heading are taken to be those of `{shown}`"),
        );
        Some(Subject::Type(name))
    }

    /// The fields read so far that may hold others, of which nothing is known.
    fn open_fields(&mut self) -> impl Iterator<Item = &mut Field> {
        let messages = { self.page.operations.iter_mut() }
            .rev()
            .take(1)
            .flat_map(|reading| {
                [
                    &mut reading.operation.request,
                    &mut reading.operation.response,
                ]
            })
            .flatten()
            .map(|message| &mut message.record);
        let types = self.page.types.iter_mut().map(|table| &mut table.record);
        messages.chain(types).flat_map(|record| {
            let parents: BTreeSet<Vec<String>> = record
                .fields
                .iter()
                .map(|field| field.parents.clone())
                .collect();
            { record.fields.iter_mut() }.filter(move |field| {
                let base = field.kind.value.as_ref().map(|kind| &kind.base);
                matches!(base, Some(Base::Object | Base::Unknown | Base::Named(_)))
                    && !parents.contains(&field.path())
            })
        })
    }
}

/// The name of a type that a heading of a few words can be.
pub(super) fn as_name(heading: &str) -> Option<String> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let name: String = heading.chars().filter(|c| is_part(*c)).collect();
    let begins = name.chars().next().is_some_and(char::is_uppercase);
    (begins && heading.split_whitespace().count() <= 4).then_some(name)
}

/// A name without case, blanks and marks, first as it stands, then without what headings add to names.
fn spellings(text: &str) -> Vec<String> {
    let folded = fold(text);
    let plain = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let whole = plain(&folded);
    let mut names = vec![whole.clone()];
    let mut bare = whole.as_str();
    while let Some(shorter) = ADDED.iter().find_map(|word| bare.strip_suffix(word)) {
        if shorter.chars().count() < 3 {
            break;
        }
        names.push(shorter.to_owned());
        bare = shorter;
    }
    if let Some(singular) = bare
        .strip_suffix('s')
        .filter(|name| name.chars().count() > 3)
    {
        names.push(singular.to_owned());
    }
    names
}
