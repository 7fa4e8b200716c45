//! Tables of fields, and the footnotes of what is no plain statement of the page.

use super::*;

/// Footnotes that were referred to since the last were written.
#[derive(Debug, Default)]
pub(super) struct Notes {
    texts: Vec<(String, String)>,
    waiting: Vec<String>,
}

impl Notes {
    /// A reference to a note with this reason; equal notes of one table are one.
    pub(super) fn add(&mut self, about: &str, witness: Witness, reason: Option<&str>) -> String {
        let word = witness.word();
        let reason = one_line(reason.unwrap_or("see the report of the import"));
        let text = format!("{word}: {reason}.");
        let waiting = &self.waiting;
        if let Some((label, _)) = self
            .texts
            .iter()
            .find(|(label, known)| *known == text && waiting.contains(label))
        {
            return format!("[^{label}]");
        }
        let mut label = about.to_owned();
        let mut count = 1;
        while self.texts.iter().any(|(known, _)| *known == label) {
            count += 1;
            label = format!("{about}-{count}");
        }
        self.texts.push((label.clone(), text));
        self.waiting.push(label.clone());
        format!("[^{label}]")
    }

    /// The definitions that were not written yet.
    pub(super) fn take(&mut self) -> Vec<String> {
        let waiting = std::mem::take(&mut self.waiting);
        waiting
            .iter()
            .filter_map(|label| self.texts.iter().find(|(known, _)| known == label))
            .map(|(label, text)| format!("[^{label}]: {text}"))
            .collect()
    }
}

/// A pipe table, its columns aligned.
pub(super) fn render(rows: &[Vec<String>]) -> String {
    let width = rows.first().map_or(0, Vec::len);
    let widths: Vec<usize> = (0..width)
        .map(|at| {
            rows.iter()
                .filter_map(|row| row.get(at))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
                .max(3)
        })
        .collect();
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        for (cell, width) in row.iter().zip(&widths) {
            let padding = " ".repeat(width - cell.chars().count());
            text.push_str(&format!("| {cell}{padding} "));
        }
        text.push_str("|\n");
        if index == 0 {
            for width in &widths {
                text.push_str(&format!("|{}", "-".repeat(width + 2)));
            }
            text.push_str("|\n");
        }
    }
    text
}

impl Writer<'_> {
    /// Enumerations whose values have meanings get tables of their own.
    pub(super) fn collect_enumerations(&mut self) {
        let service = self.service;
        for field in records(service).flat_map(|record| &record.fields) {
            let Some(values) = field
                .values
                .as_ref()
                .and_then(|values| values.value.as_ref())
            else {
                continue;
            };
            if values.iter().any(|value| !value.meaning.is_empty())
                && let Some(base) = enumerated(field, values)
            {
                let enumerated = Enumerated {
                    base,
                    values: values.clone(),
                };
                let name = enumeration_name(field, &self.enumerations, &enumerated);
                self.enumerations.insert(name, enumerated);
            }
        }
    }

    /// The table of a record.
    pub(super) fn table(&mut self, record: &Record, message: bool) -> String {
        let fields = &record.fields;
        let any = |holds: fn(&Field) -> bool| fields.iter().any(holds);
        let soap = self.service.protocol.value != Some(Protocol::Json);
        let wire = any(|field| field.wire.is_some());
        let location = message && any(|field| field.location.value != Some(Location::Body));
        let nillable = any(|field| field.nillable.is_some());
        let max = any(|field| field.max.is_some());
        let item = soap && any(Field::is_list);
        let listed = any(|field| field.values.is_some());
        let default = any(|field| field.default.is_some());
        let secret = any(|field| field.secret);
        let deprecated = any(|field| field.deprecated);
        let example = any(|field| field.example.is_some());
        let mut head: Vec<String> = vec!["Field".to_owned()];
        let columns = [
            (wire, "Wire"),
            (location, "In"),
            (true, "Occurs"),
            (nillable, "Nillable"),
            (max, "Max"),
            (true, "Type"),
            (item, "Item"),
            (listed, "Values"),
            (default, "Default"),
            (secret, "Secret"),
            (deprecated, "Deprecated"),
            (true, "From"),
        ];
        head.extend(
            columns
                .iter()
                .filter(|(there, _)| *there)
                .map(|(_, name)| (*name).to_owned()),
        );
        let words = self.notes.add(
            "words",
            Witness::Page,
            Some(
                "the provider's words, shortened by the import; rewrite them and delete this note",
            ),
        );
        head.push(format!("Description{words}"));
        if example {
            head.push("Example".to_owned());
        }
        let mut rows = vec![head];
        for field in fields {
            let mut row = vec![self.name_cell(field)];
            if wire {
                row.push(self.fact("wire", field.wire.as_ref(), Clone::clone));
            }
            if location {
                // What stands in a header block travels with it.
                let inside =
                    !field.parents.is_empty() && field.location.value == Some(Location::SoapHeader);
                let place = Some(&field.location).filter(|_| !inside);
                row.push(self.fact("in", place, |place| place.word().to_owned()));
            }
            row.push(self.required("occurs", &field.occurs, ToString::to_string));
            if nillable {
                row.push(match &field.nillable {
                    Some(fact) => self.required("nillable", fact, ToString::to_string),
                    None => String::new(),
                });
            }
            if max {
                row.push(self.fact("max", field.max.as_ref(), Clone::clone));
            }
            row.push(self.type_and_note(field));
            if item {
                row.push(if field.is_list() {
                    match &field.item {
                        Some(item) => self.fact("item", Some(item), Clone::clone),
                        None => "?".to_owned(),
                    }
                } else {
                    String::new()
                });
            }
            if listed {
                row.push(self.values_cell(field));
            }
            if default {
                row.push(field.default.as_deref().map(cell).unwrap_or_default());
            }
            if secret {
                row.push(if field.secret {
                    "true".to_owned()
                } else {
                    String::new()
                });
            }
            if deprecated {
                row.push(if field.deprecated {
                    "deprecated on the page".to_owned()
                } else {
                    String::new()
                });
            }
            let from: Vec<&str> = field
                .witnesses
                .iter()
                .map(|witness| match witness {
                    Witness::Example => "example",
                    Witness::Inferred => "inferred",
                    _ => "page",
                })
                .collect();
            // The page first, as people write it.
            let mut from = from;
            from.sort_by_key(|word| std::cmp::Reverse(*word == "page"));
            row.push(from.join(", "));
            row.push(cell(&reduced(&field.prose)));
            if example {
                row.push(
                    field
                        .example
                        .as_deref()
                        .filter(|_| !field.secret)
                        .map(cell)
                        .unwrap_or_default(),
                );
            }
            rows.push(row);
        }
        render(&rows)
    }

    fn name_cell(&mut self, field: &Field) -> String {
        let mut path: Vec<String> = field
            .parents
            .iter()
            .map(|name| {
                if name.starts_with('?') {
                    "?".to_owned()
                } else {
                    name.clone()
                }
            })
            .collect();
        path.push(field.name.value.clone().unwrap_or_else(|| "?".to_owned()));
        let mut shown = cell(&path.join("/"));
        if field.name.confidence != Confidence::Stated
            && let Some(reason) = &field.name.reason
        {
            shown.push_str(&self.notes.add("name", field.name.witness, Some(reason)));
        }
        shown
    }

    /// A fact that may be missing without a word.
    fn fact<T>(
        &mut self,
        about: &str,
        fact: Option<&Fact<T>>,
        show: impl Fn(&T) -> String,
    ) -> String {
        let Some(fact) = fact else {
            return String::new();
        };
        self.required(about, fact, show)
    }

    /// A fact that is `?` where nobody knows it.
    fn required<T>(&mut self, about: &str, fact: &Fact<T>, show: impl Fn(&T) -> String) -> String {
        let Some(value) = &fact.value else {
            return "?".to_owned();
        };
        let mut text = cell(&show(value));
        if let Some(reason) = &fact.reason {
            text.push_str(&self.notes.add(about, fact.witness, Some(reason)));
        }
        text
    }

    fn type_and_note(&mut self, field: &Field) -> String {
        let name = self.enumeration_of(field);
        let mut text = type_cell(field, name.as_deref());
        if let Some(reason) = field
            .kind
            .reason
            .as_deref()
            .filter(|_| field.kind.value.is_some())
        {
            text.push_str(&self.notes.add("type", field.kind.witness, Some(reason)));
        }
        if name.is_some()
            && let Some(Fact {
                reason: Some(reason),
                witness,
                ..
            }) = &field.values
        {
            text.push_str(&self.notes.add("values", *witness, Some(reason)));
        }
        text
    }

    /// The enumeration that was made of a field's values.
    fn enumeration_of(&self, field: &Field) -> Option<String> {
        let values = field.values.as_ref()?.value.as_ref()?;
        self.enumerations
            .iter()
            .find(|(_, known)| {
                known.values == *values && enumerated(field, values) == Some(known.base)
            })
            .map(|(name, _)| name.clone())
    }

    fn values_cell(&mut self, field: &Field) -> String {
        if self.enumeration_of(field).is_some() {
            return String::new();
        }
        let Some(fact) = &field.values else {
            return String::new();
        };
        let Some(values) = &fact.value else {
            return "?".to_owned();
        };
        let list: Vec<String> = values.iter().map(|value| value.value.clone()).collect();
        let mut text = cell(&list.join("; "));
        if let Some(reason) = &fact.reason {
            text.push_str(&self.notes.add("values", fact.witness, Some(reason)));
        }
        text
    }
}

/// The type of the values in a field: text, or whole numbers if they all are.
fn enumerated(field: &Field, values: &[Value]) -> Option<&'static str> {
    let numbers = || { values.iter() }.all(|value| value.value.parse::<i32>().is_ok());
    match field.kind.value.as_ref()?.base {
        Base::Builtin(base @ "string") => Some(base),
        Base::Builtin(base @ ("int" | "long" | "short")) if numbers() => Some(base),
        _ => None,
    }
}

/// The field's name with a capital; with its container's before it, if that is taken by others.
fn enumeration_name(
    field: &Field,
    taken: &BTreeMap<String, Enumerated>,
    enumerated: &Enumerated,
) -> String {
    let is_part = |c: &char| c.is_alphanumeric() || *c == '_';
    let mut name = String::new();
    for part in field.path().iter().rev() {
        let part: String = part.chars().filter(is_part).collect();
        name = format!("{}{name}", capitalised(&part));
        if taken.get(&name).is_none_or(|known| known == enumerated) {
            return name;
        }
    }
    let mut count = 2;
    while taken.contains_key(&format!("{name}{count}")) {
        count += 1;
    }
    format!("{name}{count}")
}

/// All records of a service.
pub(super) fn records(service: &Service) -> impl Iterator<Item = &Record> {
    service
        .operations
        .iter()
        .flat_map(|operation| [operation.request.as_ref(), operation.response.as_ref()])
        .flatten()
        .map(|message| &message.record)
        .chain(service.types.iter().map(|table| &table.record))
}
