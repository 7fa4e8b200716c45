//! JSON whose members keep their order and whose numbers keep their digits.

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Json {
    Null,
    Boolean(bool),
    /// Digits as they are written.
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Object),
    /// A value that is JSON already.
    Raw(String),
}

/// The members of an object, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Object {
    members: Vec<(String, Json)>,
}

impl Object {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.members.iter().any(|(known, _)| known == name)
    }

    /// Adds a member; one that is there already stays.
    pub(super) fn set(&mut self, name: impl Into<String>, value: impl Into<Json>) {
        let name = name.into();
        if !self.contains(&name) {
            self.members.push((name, value.into()));
        }
    }

    pub(super) fn set_some(&mut self, name: &str, value: Option<impl Into<Json>>) {
        if let Some(value) = value {
            self.set(name, value);
        }
    }

    pub(super) fn with(mut self, name: impl Into<String>, value: impl Into<Json>) -> Self {
        self.set(name, value);
        self
    }

    /// Takes a member out.
    pub(super) fn remove(&mut self, name: &str) -> Option<Json> {
        let at = self.members.iter().position(|(known, _)| known == name)?;
        Some(self.members.remove(at).1)
    }

    /// Adds all members of another object.
    pub(super) fn append(&mut self, other: Self) {
        for (name, value) in other.members {
            self.set(name, value);
        }
    }

    /// Changes the member of this name, an object, which is made if it is not there.
    pub(super) fn change<T>(&mut self, name: &str, change: impl FnOnce(&mut Self) -> T) -> T {
        let at = { self.members.iter() }.position(|(known, _)| known == name);
        if let Some(Json::Object(object)) = at.map(|at| &mut self.members[at].1) {
            return change(object);
        }
        let mut object = Self::new();
        let result = change(&mut object);
        self.set(name, object);
        result
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<u64> for Json {
    fn from(value: u64) -> Self {
        Self::Number(value.to_string())
    }
}

impl From<&str> for Json {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Json {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<Vec<Json>> for Json {
    fn from(value: Vec<Json>) -> Self {
        Self::List(value)
    }
}

impl From<Object> for Json {
    fn from(value: Object) -> Self {
        Self::Object(value)
    }
}

impl Json {
    /// The document, with indents.
    pub(super) fn document(&self) -> String {
        let mut out = String::new();
        self.write(0, &mut out);
        out.push('\n');
        out
    }

    fn write(&self, depth: usize, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Boolean(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Number(digits) => out.push_str(digits),
            Self::Text(text) => write_text(text, out),
            Self::List(items) if items.is_empty() => out.push_str("[]"),
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    separate(index, depth + 1, out);
                    item.write(depth + 1, out);
                }
                line(depth, out);
                out.push(']');
            }
            Self::Object(object) if object.is_empty() => out.push_str("{}"),
            Self::Object(object) => {
                out.push('{');
                for (index, (name, value)) in object.members.iter().enumerate() {
                    separate(index, depth + 1, out);
                    write_text(name, out);
                    out.push_str(": ");
                    value.write(depth + 1, out);
                }
                line(depth, out);
                out.push('}');
            }
            // No text in JSON holds a line break: indents may be added.
            Self::Raw(text) => {
                for (index, raw) in text.trim().lines().enumerate() {
                    if index > 0 {
                        line(depth, out);
                    }
                    out.push_str(raw);
                }
            }
        }
    }
}

fn separate(index: usize, depth: usize, out: &mut String) {
    if index > 0 {
        out.push(',');
    }
    line(depth, out);
}

fn line(depth: usize, out: &mut String) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("  ");
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if u32::from(control) < 0x20 => {
                out.push_str(&format!("\\u{:04x}", u32::from(control)));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::{Json, Object};

    #[test]
    fn members_keep_their_order_and_examples_their_digits() {
        let value = Object::new()
            .with("b", vec![Json::Null, Json::from(1)])
            .with("a", "x\"\n\u{1}")
            .with("raw", Json::Raw("{\n  \"total\": 12.50\n}\n".to_owned()))
            .with("empty", Object::new());
        assert_eq!(
            Json::from(value).document(),
            "{\n  \"b\": [\n    null,\n    1\n  ],\n  \"a\": \"x\\\"\\n\\u0001\",\n  \"raw\": {\n    \
             \"total\": 12.50\n  },\n  \"empty\": {}\n}\n"
        );
    }
}
