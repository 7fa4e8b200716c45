//! Simple types.

use super::super::json::{Json, Object};
use super::Schemas;
use crate::contract::{Builtin, Definition, Facets, Id, TypeDefinition, Variety};

impl Schemas<'_> {
    /// The schema of a simple type, with the facets of all its steps.
    pub(super) fn simple(&mut self, id: Id<TypeDefinition>) -> Object {
        let contract = self.contract;
        let Definition::Simple(simple) = &contract.types[id].definition else {
            return Object::new();
        };
        if let Some(builtin) = simple.builtin {
            return match builtin.list_item() {
                Some(_) => Object::new().with("type", "string"),
                None => of_builtin(builtin),
            };
        }
        match &simple.variety {
            // A step that says nothing is what it is made from.
            Variety::Restriction(Some(base)) => {
                let mut schema = self.simple(*base);
                let primitive = self.primitive(id);
                restrict(&simple.facets, primitive, &mut schema);
                schema
            }
            Variety::Restriction(None) | Variety::List(_) | Variety::Union(_) => {
                Object::new().with("type", "string")
            }
        }
    }

    /// The built-in type that a type is made from; text for lists, unions and records.
    pub(super) fn primitive(&self, id: Id<TypeDefinition>) -> Builtin {
        let mut at = id;
        // Types made of themselves are refused elsewhere; here they end.
        for _ in 0..=self.contract.types.len() {
            let Definition::Simple(simple) = &self.contract.types[at].definition else {
                return Builtin::String;
            };
            match (simple.builtin, &simple.variety) {
                (Some(builtin), _) => return builtin,
                (None, Variety::Restriction(Some(base))) => at = *base,
                _ => return Builtin::String,
            }
        }
        Builtin::String
    }

    /// A value of a type; `None` if it is none.
    pub(super) fn value(&self, id: Id<TypeDefinition>, text: &str) -> Option<Json> {
        value(self.primitive(id), text)
    }
}

fn value(builtin: Builtin, text: &str) -> Option<Json> {
    let trimmed = text.trim();
    match kind(builtin) {
        "boolean" => match trimmed {
            "true" | "1" => Some(true.into()),
            "false" | "0" => Some(false.into()),
            _ => None,
        },
        "integer" | "number" => number(trimmed).map(Json::Number),
        _ => Some(text.into()),
    }
}

/// A decimal number as JSON writes it: without a plus sign, with digits on both sides of the point.
fn number(text: &str) -> Option<String> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() + fraction.len() == 0 || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    Some(match fraction {
        "" => format!("{sign}{whole}"),
        fraction => format!("{sign}{whole}.{fraction}"),
    })
}

fn is_a(builtin: Builtin, base: Builtin) -> bool {
    let mut at = builtin;
    loop {
        if at == base {
            return true;
        }
        if at.base() == at {
            return false;
        }
        at = at.base();
    }
}

/// The type of JSON.
fn kind(builtin: Builtin) -> &'static str {
    if builtin == Builtin::Boolean {
        "boolean"
    } else if is_a(builtin, Builtin::Integer) {
        "integer"
    } else if is_a(builtin, Builtin::Decimal)
        || [Builtin::Float, Builtin::Double].contains(&builtin)
    {
        "number"
    } else {
        "string"
    }
}

fn of_builtin(builtin: Builtin) -> Object {
    if [Builtin::AnySimpleType, Builtin::AnyAtomicType].contains(&builtin) {
        let kinds = ["string", "number", "boolean"].map(Json::from);
        return Object::new().with("type", kinds.to_vec());
    }
    let mut schema = Object::new().with("type", kind(builtin));
    let format = match builtin {
        Builtin::Int => Some("int32"),
        Builtin::Long => Some("int64"),
        Builtin::Float => Some("float"),
        Builtin::Double => Some("double"),
        Builtin::Date => Some("date"),
        Builtin::DateTime | Builtin::DateTimeStamp => Some("date-time"),
        Builtin::Time => Some("time"),
        Builtin::AnyUri => Some("uri-reference"),
        _ if is_a(builtin, Builtin::Duration) => Some("duration"),
        _ => None,
    };
    schema.set_some("format", format);
    let encoding = match builtin {
        Builtin::Base64Binary => Some("base64"),
        Builtin::HexBinary => Some("base16"),
        _ => None,
    };
    schema.set_some("contentEncoding", encoding);
    let range = match builtin {
        Builtin::Byte => (Some("-128"), Some("127")),
        Builtin::Short => (Some("-32768"), Some("32767")),
        Builtin::UnsignedByte => (Some("0"), Some("255")),
        Builtin::UnsignedShort => (Some("0"), Some("65535")),
        Builtin::UnsignedInt => (Some("0"), Some("4294967295")),
        Builtin::NonNegativeInteger | Builtin::UnsignedLong => (Some("0"), None),
        Builtin::PositiveInteger => (Some("1"), None),
        Builtin::NonPositiveInteger => (None, Some("0")),
        Builtin::NegativeInteger => (None, Some("-1")),
        _ => (None, None),
    };
    let digits = |text: &str| Json::Number(text.to_owned());
    schema.set_some("minimum", range.0.map(digits));
    schema.set_some("maximum", range.1.map(digits));
    schema
}

/// Adds the facets of a step; a narrower one takes the place of that of the base.
fn restrict(facets: &Facets, builtin: Builtin, schema: &mut Object) {
    let mut set = |word: &str, value: Option<Json>| {
        if let Some(value) = value {
            schema.remove(word);
            schema.set(word, value);
        }
    };
    match kind(builtin) {
        "string" => {
            // Encoded octets are longer than what is counted.
            let counts_characters = ![Builtin::Base64Binary, Builtin::HexBinary].contains(&builtin);
            if counts_characters {
                set(
                    "minLength",
                    facets.length.or(facets.min_length).map(Json::from),
                );
                set(
                    "maxLength",
                    facets.length.or(facets.max_length).map(Json::from),
                );
            }
            set("pattern", pattern(&facets.patterns).map(Json::from));
        }
        "integer" | "number" => {
            let bound = |text: &Option<String>| number(text.as_deref()?.trim()).map(Json::Number);
            set("minimum", bound(&facets.min_inclusive));
            set("maximum", bound(&facets.max_inclusive));
            set("exclusiveMinimum", bound(&facets.min_exclusive));
            set("exclusiveMaximum", bound(&facets.max_exclusive));
            // What more digits can hold is a bound of the value; digits behind the point are none that
            // floating-point numbers could be held to.
            set("x-total-digits", facets.total_digits.map(Json::from));
            set("x-fraction-digits", facets.fraction_digits.map(Json::from));
        }
        _ => {}
    }
    let listed: Vec<(Json, &str)> = { facets.enumeration.iter() }
        .filter_map(|listed| {
            let documentation = listed.documentation.as_deref().unwrap_or_default();
            Some((value(builtin, &listed.value)?, documentation))
        })
        .collect();
    if !listed.is_empty() {
        let (values, meanings): (Vec<Json>, Vec<&str>) = listed.into_iter().unzip();
        // Others are to be expected: no schema language has a word for that.
        let word = if facets.open {
            "x-extensible-enum"
        } else {
            "enum"
        };
        set(word, Some(values.into()));
        if meanings.iter().any(|meaning| !meaning.is_empty()) {
            let meanings: Vec<Json> = meanings.into_iter().map(Json::from).collect();
            set("x-enum-descriptions", Some(meanings.into()));
        }
    }
}

/// The regular expression for all patterns of a step, where both dialects mean the same.
fn pattern(patterns: &[String]) -> Option<String> {
    // Classes that only XML Schema has: names, blocks, subtraction; and what it takes literally.
    let is_foreign = |pattern: &String| {
        ["\\i", "\\c", "\\I", "\\C", "\\p", "\\P", "-[", "^", "$"]
            .iter()
            .any(|word| pattern.contains(word))
    };
    if patterns.is_empty() || patterns.iter().any(is_foreign) {
        return None;
    }
    Some(format!("^(?:{})$", patterns.join("|")))
}

#[cfg(test)]
mod tests {
    use super::{number, pattern};

    #[test]
    fn numbers_are_those_of_json() {
        for (text, expected) in [
            ("+007", Some("7")),
            ("-.50", Some("-0.50")),
            ("12.", Some("12")),
            ("1e5", None),
            ("", None),
            ("-", None),
        ] {
            assert_eq!(number(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn patterns_that_mean_the_same_are_taken() {
        let taken = |texts: &[&str]| {
            let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
            pattern(&texts)
        };
        assert_eq!(
            taken(&["\\d{2}", "[A-Z]"]).as_deref(),
            Some("^(?:\\d{2}|[A-Z])$")
        );
        assert_eq!(taken(&["\\i\\c*"]), None);
        assert_eq!(taken(&["a", "[a-z-[b]]"]), None);
        assert_eq!(taken(&[]), None);
    }
}
