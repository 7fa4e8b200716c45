//! The XPath of selectors and fields (Structures §3.11.6).

/// Why an XPath is none that a selector, or a field, may have; `bound` says whether a prefix is.
pub(super) fn wrong(
    text: &str,
    is_field: bool,
    bound: impl Fn(&str) -> bool,
) -> Option<&'static str> {
    text.split('|')
        .find_map(|path| wrong_path(path, is_field, &bound))
}

fn wrong_path(path: &str, is_field: bool, bound: &impl Fn(&str) -> bool) -> Option<&'static str> {
    let tokens = match tokens(path) {
        Some(tokens) => tokens,
        None => return Some("a character that has no place there"),
    };
    let mut rest = tokens.as_slice();
    if let [".", "//", after @ ..] = rest {
        rest = after;
        if rest.is_empty() {
            return Some("nothing after `.//`");
        }
    }
    if rest.is_empty() {
        return Some("an empty path");
    }
    loop {
        let last = match rest {
            ["@", after @ ..] | ["attribute", "::", after @ ..] => {
                if !is_field {
                    return Some("an attribute, and a selector selects elements");
                }
                rest = after;
                true
            }
            ["child", "::", after @ ..] => {
                rest = after;
                false
            }
            [".", after @ ..] => {
                match after {
                    [] => return None,
                    ["/", more @ ..] if !more.is_empty() => rest = more,
                    _ => return Some("something other than a path of children"),
                }
                continue;
            }
            _ => false,
        };
        rest = match rest {
            ["*", after @ ..] => after,
            [prefix, ":", "*", after @ ..] | [prefix, ":", _, after @ ..]
                if is_name(prefix) && (rest[2] == "*" || is_name(rest[2])) =>
            {
                if !bound(prefix) {
                    return Some("a prefix that is not bound to a namespace");
                }
                after
            }
            [name, after @ ..] if is_name(name) => after,
            _ => return Some("something other than a path of children"),
        };
        match rest {
            [] => return None,
            ["/", after @ ..] if !after.is_empty() && !last => rest = after,
            _ => return Some("something other than a path of children"),
        }
    }
}

fn is_name(token: &str) -> bool {
    crate::frontend::xml::is_ncname(token)
}

/// `None` if there is a character that no token has.
fn tokens(path: &str) -> Option<Vec<&str>> {
    let mut tokens = Vec::new();
    let mut rest = path;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        let Some(first) = rest.chars().next() else {
            return Some(tokens);
        };
        let length = if rest.starts_with("//") || rest.starts_with("::") {
            2
        } else if "./*@:".contains(first) {
            1
        } else {
            let end = rest.find(|c: char| " \t\r\n/*@:".contains(c));
            let name = &rest[..end.unwrap_or(rest.len())];
            if !is_name(name) {
                return None;
            }
            name.len()
        };
        let (token, after) = rest.split_at(length);
        // A name and its prefix stand together.
        let spaced = after.starts_with([' ', '\t', '\r', '\n']);
        let next = after.trim_start_matches([' ', '\t', '\r', '\n']);
        let colon = |text: &str| text.starts_with(':') && !text.starts_with("::");
        if spaced && (token == ":" || colon(next)) {
            return None;
        }
        tokens.push(token);
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let bound = |prefix: &str| prefix == "p";
        let selectors = [
            "a",
            ".",
            ".//a/p:b",
            "*",
            "p:*|child::a",
            "./a",
            " a / b ",
            ".//.",
            "child :: a",
        ];
        for good in selectors {
            assert_eq!(wrong(good, false, bound), None, "{good}");
            assert_eq!(wrong(good, true, bound), None, "{good}");
        }
        for good in ["@a", "a/@p:b", ".//@*", "attribute::a"] {
            assert_eq!(wrong(good, true, bound), None, "{good}");
            assert!(wrong(good, false, bound).is_some(), "{good}");
        }
        let bad = [
            "", "a|", "/a", "//a", "a//b", "a/", "..", "a[1]", "@a/b", "q:a", "a b", ".//", "p :a",
            "a/.//b", "text()", "self::a",
        ];
        for bad in bad {
            assert!(wrong(bad, true, bound).is_some(), "{bad}");
        }
    }
}
