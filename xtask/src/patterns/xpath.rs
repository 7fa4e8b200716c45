//! As much of XPath 1.0 as it takes to say that a schema shows a pattern: location paths of the axes
//! child, descendant, attribute, self and parent, predicates without positions, comparisons, `and`, `or`,
//! and the functions `contains`, `count`, `not`, `starts-with` and `string-length`.

use roxmltree::Node;

/// The prefixes of paths.
const PREFIXES: [(&str, &str); 2] = [
    ("xs", "http://www.w3.org/2001/XMLSchema"),
    ("wsdl", "http://schemas.xmlsoap.org/wsdl/"),
];

/// Whether an expression is true of an element.
pub(super) fn holds(expression: &str, context: Node<'_, '_>) -> Result<bool, String> {
    let mut parser = Parser {
        rest: expression.trim(),
    };
    let value = parser.or(context);
    let value =
        value.map_err(|error| format!("`{expression}`: {error} before `{}`", parser.rest))?;
    if parser.rest.is_empty() {
        Ok(value.truth())
    } else {
        Err(format!("`{expression}`: `{}` is left over", parser.rest))
    }
}

/// A member of a node-set.
#[derive(Clone, Debug)]
enum Item<'a> {
    Element(Node<'a, 'a>),
    Attribute(String),
}

#[derive(Clone, Debug)]
enum Value<'a> {
    Nodes(Vec<Item<'a>>),
    Text(String),
    Number(f64),
    Boolean(bool),
}

impl Item<'_> {
    fn text(&self) -> String {
        match self {
            Self::Element(node) => { node.descendants() }
                .filter(|node| node.is_text())
                .filter_map(|node| node.text())
                .collect(),
            Self::Attribute(value) => value.clone(),
        }
    }
}

impl Value<'_> {
    fn truth(&self) -> bool {
        match self {
            Self::Nodes(items) => !items.is_empty(),
            Self::Text(text) => !text.is_empty(),
            Self::Number(number) => *number != 0.0 && !number.is_nan(),
            Self::Boolean(truth) => *truth,
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Nodes(items) => items.first().map(Item::text).unwrap_or_default(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Boolean(truth) => truth.to_string(),
        }
    }

    /// The texts of which one must compare as asked.
    fn texts(&self) -> Vec<String> {
        match self {
            Self::Nodes(items) => items.iter().map(Item::text).collect(),
            other => vec![other.text()],
        }
    }
}

fn number(text: &str) -> f64 {
    text.trim().parse().unwrap_or(f64::NAN)
}

fn compare(left: &Value<'_>, operator: &str, right: &Value<'_>) -> bool {
    let rights = right.texts();
    let is_number = matches!(left, Value::Number(_)) || matches!(right, Value::Number(_));
    left.texts().iter().any(|left| {
        rights.iter().any(|right| match operator {
            "=" if is_number => number(left) == number(right),
            "=" => left == right,
            "!=" if is_number => number(left) != number(right),
            "!=" => left != right,
            ">" => number(left) > number(right),
            _ => number(left) < number(right),
        })
    })
}

struct Parser<'t> {
    rest: &'t str,
}

impl<'t> Parser<'t> {
    fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn eat(&mut self, token: &str) -> bool {
        self.blanks();
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// A word that is not the beginning of a longer one.
    fn eat_word(&mut self, word: &str) -> bool {
        self.blanks();
        let after = self.rest.strip_prefix(word);
        after.is_some_and(|rest| !rest.starts_with(is_of_name)) && self.eat(word)
    }

    fn expect(&mut self, token: &str) -> Result<(), String> {
        if self.eat(token) {
            Ok(())
        } else {
            Err(format!("`{token}` is expected"))
        }
    }

    fn or<'a>(&mut self, context: Node<'a, 'a>) -> Result<Value<'a>, String> {
        let mut value = self.and(context)?;
        while self.eat_word("or") {
            let other = self.and(context)?;
            value = Value::Boolean(value.truth() | other.truth());
        }
        Ok(value)
    }

    fn and<'a>(&mut self, context: Node<'a, 'a>) -> Result<Value<'a>, String> {
        let mut value = self.comparison(context)?;
        while self.eat_word("and") {
            let other = self.comparison(context)?;
            value = Value::Boolean(value.truth() & other.truth());
        }
        Ok(value)
    }

    fn comparison<'a>(&mut self, context: Node<'a, 'a>) -> Result<Value<'a>, String> {
        let left = self.operand(context)?;
        for operator in ["=", "!=", ">", "<"] {
            if self.eat(operator) {
                let right = self.operand(context)?;
                return Ok(Value::Boolean(compare(&left, operator, &right)));
            }
        }
        Ok(left)
    }

    fn operand<'a>(&mut self, context: Node<'a, 'a>) -> Result<Value<'a>, String> {
        self.blanks();
        if let Some(rest) = self.rest.strip_prefix('\'') {
            let (text, rest) = rest.split_once('\'').ok_or("a string has no end")?;
            self.rest = rest;
            return Ok(Value::Text(text.to_owned()));
        }
        if self.rest.starts_with(|c: char| c.is_ascii_digit()) {
            let end = self.rest.find(|c: char| !c.is_ascii_digit());
            let (digits, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
            self.rest = rest;
            return Ok(Value::Number(number(digits)));
        }
        for function in ["contains", "count", "not", "starts-with", "string-length"] {
            let call = format!("{function}(");
            if self.eat(&call) {
                return self.function(function, context);
            }
        }
        self.path(context).map(Value::Nodes)
    }

    fn function<'a>(&mut self, function: &str, context: Node<'a, 'a>) -> Result<Value<'a>, String> {
        let first = self.or(context)?;
        let value = match function {
            "not" => Value::Boolean(!first.truth()),
            "count" => Value::Number(match &first {
                Value::Nodes(items) => number(&items.len().to_string()),
                _ => return Err("`count` is of nodes".to_owned()),
            }),
            "string-length" => Value::Number(number(&first.text().chars().count().to_string())),
            _ => {
                self.expect(",")?;
                let (text, part) = (first.text(), self.or(context)?.text());
                Value::Boolean(match function {
                    "contains" => text.contains(&part),
                    _ => text.starts_with(&part),
                })
            }
        };
        self.expect(")")?;
        Ok(value)
    }

    /// A relative path; it does not begin at the root, for a schema may stand in a WSDL.
    fn path<'a>(&mut self, context: Node<'a, 'a>) -> Result<Vec<Item<'a>>, String> {
        let mut items = self.step(vec![Item::Element(context)])?;
        loop {
            if self.eat("//") {
                let descendants = elements(&items).flat_map(|node| node.descendants());
                let nodes = descendants.filter(Node::is_element).map(Item::Element);
                items = self.step(nodes.collect())?;
            } else if self.eat("/") {
                items = self.step(items)?;
            } else {
                return Ok(items);
            }
        }
    }

    fn step<'a>(&mut self, from: Vec<Item<'a>>) -> Result<Vec<Item<'a>>, String> {
        let items: Vec<Item<'a>> = if self.eat("..") {
            { elements(&from) }
                .filter_map(|node| node.parent_element())
                .map(Item::Element)
                .collect()
        } else if self.eat("@") {
            let (namespace, local) = self.name()?;
            { elements(&from) }
                .flat_map(|node| node.attributes())
                .filter(|attribute| {
                    local == "*"
                        || attribute.name() == local
                            && attribute.namespace().unwrap_or_default() == namespace
                })
                .map(|attribute| Item::Attribute(attribute.value().to_owned()))
                .collect()
        } else if self.eat("self::") {
            let name = self.name()?;
            { elements(&from) }
                .filter(|node| is(*node, name))
                .map(Item::Element)
                .collect()
        } else if self.eat(".") {
            from
        } else {
            let name = self.name()?;
            { elements(&from) }
                .flat_map(|node| node.children())
                .filter(|node| node.is_element() && is(*node, name))
                .map(Item::Element)
                .collect()
        };
        self.predicates(items)
    }

    fn predicates<'a>(&mut self, mut items: Vec<Item<'a>>) -> Result<Vec<Item<'a>>, String> {
        while self.eat("[") {
            let start = self.rest;
            // Read over, even if there is nothing that it could be true of.
            self.rest = after_predicate(start).ok_or("`]` is missing")?;
            let mut kept = Vec::new();
            for item in items {
                let Item::Element(node) = &item else {
                    return Err("only elements have predicates here".to_owned());
                };
                let end = start.len() - self.rest.len() - 1;
                if holds(&start[..end], *node)? {
                    kept.push(item);
                }
            }
            items = kept;
        }
        Ok(items)
    }

    /// A namespace and a local name, `*` for any of both.
    fn name(&mut self) -> Result<(&'static str, &'t str), String> {
        if self.eat("*") {
            return Ok(("*", "*"));
        }
        let end = self.rest.find(|c| !is_of_name(c));
        let (name, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        if local.is_empty() {
            return Err("a name is expected".to_owned());
        }
        self.rest = rest;
        if prefix.is_empty() {
            return Ok(("", local));
        }
        let known = PREFIXES.iter().find(|(known, _)| *known == prefix);
        let (_, namespace) = known.ok_or_else(|| format!("no prefix `{prefix}`"))?;
        Ok((namespace, local))
    }
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ':' | '-' | '_')
}

fn elements<'v, 'a: 'v>(items: &'v [Item<'a>]) -> impl Iterator<Item = Node<'a, 'a>> + 'v {
    items.iter().filter_map(|item| match item {
        Item::Element(node) => Some(*node),
        Item::Attribute(_) => None,
    })
}

fn is(node: Node<'_, '_>, (namespace, local): (&str, &str)) -> bool {
    let name = node.tag_name();
    local == "*" || name.name() == local && name.namespace().unwrap_or_default() == namespace
}

/// What follows a predicate whose opening bracket is read.
fn after_predicate(text: &str) -> Option<&str> {
    let (mut depth, mut quoted) = (1_usize, false);
    for (at, c) in text.char_indices() {
        match c {
            '\'' => quoted = !quoted,
            '[' if !quoted => depth += 1,
            ']' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return Some(&text[at + 1..]);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::holds;

    fn on(expression: &str) -> Result<bool, String> {
        let text = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' version='[1]'>\
            <xs:element name='a' type='p:t' maxOccurs='5'><xs:all/></xs:element>\
            <xs:element name='b' maxOccurs='unbounded'/></xs:schema>";
        let document = roxmltree::Document::parse(text).unwrap();
        holds(expression, document.root_element())
    }

    #[test]
    fn expressions_are_true_or_not() {
        for (expression, truth) in [
            ("self::xs:schema[@version='[1]']", true),
            ("self::xs:schema[@targetNamespace]", false),
            (".//xs:all/../@type", true),
            ("xs:element[not(xs:all) and @name='a']", false),
            ("xs:element[xs:all and @name='a' or @name='c']", true),
            ("xs:element[@maxOccurs>1]/@name='a'", true),
            ("xs:element[@maxOccurs>5]", false),
            ("count(xs:element)=2", true),
            (
                "xs:element[contains(@type, ':')][starts-with(@type,'p')]/*",
                true,
            ),
            ("string-length(xs:element/@name)>1", false),
            ("*/xs:all", true),
            ("xs:all", false),
        ] {
            assert_eq!(on(expression), Ok(truth), "{expression}");
        }
    }

    #[test]
    fn what_is_no_expression_is_an_error() {
        assert_eq!(
            on("xs:element[@a").unwrap_err(),
            "`xs:element[@a`: `]` is missing before `@a`"
        );
        assert_eq!(on("xs:a)").unwrap_err(), "`xs:a)`: `)` is left over");
        assert_eq!(on("y:a").unwrap_err(), "`y:a`: no prefix `y` before ``");
    }
}
