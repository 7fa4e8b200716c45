//! The grammar of regular expressions.

use super::PatternError;
use super::class::{Class, Item, Set};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expression {
    Character(char),
    Class(Class),
    Sequence(Vec<Expression>),
    Alternatives(Vec<Expression>),
    Repeat {
        part: Box<Expression>,
        min: u32,
        max: Option<u32>,
    },
}

impl Expression {
    /// About how many states an automaton needs for it.
    pub(super) fn states(&self) -> u64 {
        let sum = |parts: &[Self]| {
            let states = parts.iter().map(Self::states);
            states.fold(1, u64::saturating_add)
        };
        match self {
            Self::Character(_) => 1,
            Self::Class(class) => class.states(),
            Self::Sequence(parts) | Self::Alternatives(parts) => sum(parts),
            Self::Repeat { part, min, max } => {
                let count = u64::from(max.unwrap_or(*min)).max(1);
                part.states().saturating_mul(count)
            }
        }
    }
}

/// How deep groups, and classes without classes, may stand in each other.
pub(super) const DEEPEST: u32 = 100;

pub(super) fn parse(source: &str) -> Result<Expression, PatternError> {
    let mut parser = Parser {
        source,
        at: 0,
        depth: 0,
    };
    let expression = parser.alternatives()?;
    match parser.peek() {
        None => Ok(expression),
        Some(_) => Err(parser.error("there is no `(` for this `)`")),
    }
}

struct Parser<'s> {
    source: &'s str,
    at: usize,
    depth: u32,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    fn take(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    fn error(&self, reason: impl Into<String>) -> PatternError {
        self.error_at(self.at, reason)
    }

    fn error_at(&self, at: usize, reason: impl Into<String>) -> PatternError {
        let before = self.source.get(..at).unwrap_or_default();
        PatternError {
            position: before.chars().count() + 1,
            reason: reason.into(),
        }
    }

    fn enter(&mut self) -> Result<(), PatternError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let reason = format!("more than {DEEPEST} groups in each other are not supported");
            return Err(self.error(reason));
        }
        Ok(())
    }

    /// `regExp`: up to the end or a `)`.
    fn alternatives(&mut self) -> Result<Expression, PatternError> {
        let mut branches = vec![self.branch()?];
        while self.take("|") {
            branches.push(self.branch()?);
        }
        Ok(match branches.len() {
            1 => branches.remove(0),
            _ => Expression::Alternatives(branches),
        })
    }

    fn branch(&mut self) -> Result<Expression, PatternError> {
        let mut pieces = Vec::new();
        while self.peek().is_some_and(|next| next != '|' && next != ')') {
            let atom = self.atom()?;
            pieces.push(self.quantified(atom)?);
        }
        Ok(Expression::Sequence(pieces))
    }

    fn atom(&mut self) -> Result<Expression, PatternError> {
        let at = self.at;
        match self.next() {
            None => Err(self.error("something is missing here")),
            Some('(') => {
                self.enter()?;
                let inner = self.alternatives()?;
                self.depth -= 1;
                if self.take(")") {
                    // A group of its own, so that what follows counts the whole.
                    Ok(Expression::Alternatives(vec![inner]))
                } else {
                    Err(self.error_at(at, "there is no `)` for this `(`"))
                }
            }
            Some('[') => self.class().map(Expression::Class),
            Some('.') => Ok(Expression::Class(Class::any())),
            Some('\\') => Ok(match self.escape(at)? {
                Item::Range(character, _) => Expression::Character(character),
                item @ Item::Named { .. } => Expression::Class(Class::of(item)),
            }),
            Some(quantifier @ ('?' | '*' | '+')) => {
                let reason = format!("there is nothing that `{quantifier}` could repeat");
                Err(self.error_at(at, reason))
            }
            Some(special @ ('{' | '}' | ']')) => {
                let reason = format!("`{special}` must be written `\\{special}`");
                Err(self.error_at(at, reason))
            }
            Some(character) => Ok(Expression::Character(character)),
        }
    }

    fn quantified(&mut self, part: Expression) -> Result<Expression, PatternError> {
        let (min, max) = if self.take("?") {
            (0, Some(1))
        } else if self.take("*") {
            (0, None)
        } else if self.take("+") {
            (1, None)
        } else if self.peek() == Some('{') {
            self.quantity()?
        } else {
            return Ok(part);
        };
        Ok(Expression::Repeat {
            part: Box::new(part),
            min,
            max,
        })
    }

    /// `{n}`, `{n,}` or `{n,m}`.
    fn quantity(&mut self) -> Result<(u32, Option<u32>), PatternError> {
        let at = self.at;
        self.next();
        let min = self.number()?;
        let max = if !self.take(",") {
            Some(min)
        } else if self.peek() == Some('}') {
            None
        } else {
            Some(self.number()?)
        };
        if !self.take("}") {
            return Err(self.error_at(at, "there is no `}` for this `{`"));
        }
        if max.is_some_and(|max| max < min) {
            return Err(self.error_at(at, "the first number is more than the second"));
        }
        Ok((min, max))
    }

    /// A number; one beyond 32 bits is the greatest of them, which no text reaches.
    fn number(&mut self) -> Result<u32, PatternError> {
        let count = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        let digits = self.rest().get(..count).unwrap_or_default();
        if digits.is_empty() {
            return Err(self.error("a number is missing here"));
        }
        let number = digits.parse().unwrap_or(u32::MAX);
        self.at += count;
        Ok(number)
    }

    /// What follows a `\`, which stands at `at`: one character, or a set.
    fn escape(&mut self, at: usize) -> Result<Item, PatternError> {
        let named = |set, negated| Ok(Item::Named { set, negated });
        let one = |character| Ok(Item::Range(character, character));
        match self.next() {
            Some('n') => one('\n'),
            Some('r') => one('\r'),
            Some('t') => one('\t'),
            Some(
                character @ ('\\' | '|' | '.' | '?' | '*' | '+' | '(' | ')' | '{' | '}' | '-' | '['
                | ']' | '^'),
            ) => one(character),
            Some('s') => named(Set::Space, false),
            Some('S') => named(Set::Space, true),
            Some('i') => named(Set::Initial, false),
            Some('I') => named(Set::Initial, true),
            Some('c') => named(Set::Name, false),
            Some('C') => named(Set::Name, true),
            Some('d') => named(Set::Digit, false),
            Some('D') => named(Set::Digit, true),
            Some('w') => named(Set::Word, false),
            Some('W') => named(Set::Word, true),
            Some(letter @ ('p' | 'P')) => {
                let name = self.rest().strip_prefix('{');
                let name = name.and_then(|rest| rest.split_once('}'));
                let Some((name, _)) = name else {
                    let reason = format!("`\\{letter}` must be followed by a name in `{{}}`");
                    return Err(self.error_at(at, reason));
                };
                let Some(set) = Set::property(name) else {
                    let reason = format!(
                        "there is no category or block of characters `{}`",
                        crate::types::bounded(name)
                    );
                    return Err(self.error_at(at, reason));
                };
                self.at += name.len() + 2;
                named(set, letter == 'P')
            }
            Some(other) => {
                let reason = format!("`\\{other}` means nothing");
                Err(self.error_at(at, reason))
            }
            None => Err(self.error_at(at, "there is nothing after this `\\`")),
        }
    }

    /// `charClassExpr`, its `[` passed.
    fn class(&mut self) -> Result<Class, PatternError> {
        self.enter()?;
        let start = self.at;
        let negated = self.take("^");
        let mut items = Vec::new();
        let mut without = None;
        loop {
            let at = self.at;
            if !items.is_empty() && self.take("-[") {
                without = Some(Box::new(self.class()?));
                if !self.take("]") {
                    return Err(self.error("only `]` can follow what is taken from a class"));
                }
                break;
            }
            match self.next() {
                None => return Err(self.error_at(start - 1, "there is no `]` for this `[`")),
                Some(']') if items.is_empty() => {
                    return Err(self.error_at(at, "a class must have a character"));
                }
                Some(']') => break,
                Some('[') => return Err(self.error_at(at, r"`[` must be written `\[`")),
                Some('-') => {
                    let last = matches!(self.peek(), Some(']')) || self.rest().starts_with("-[");
                    if !items.is_empty() && !last {
                        let reason = r"`-` in the middle of a class must be written `\-`";
                        return Err(self.error_at(at, reason));
                    }
                    items.push(Item::Range('-', '-'));
                }
                Some('\\') => {
                    let item = self.escape(at)?;
                    items.push(self.ranged(at, item)?);
                }
                Some(character) => {
                    items.push(self.ranged(at, Item::Range(character, character))?);
                }
            }
        }
        self.depth -= 1;
        Ok(Class {
            negated,
            items,
            without,
        })
    }

    /// The range that `first` starts, if there is one.
    fn ranged(&mut self, at: usize, first: Item) -> Result<Item, PatternError> {
        let mut after = self.rest().chars();
        let dash = after.next() == Some('-');
        let (Item::Range(first, _), true) =
            (first, dash && !matches!(after.next(), Some(']' | '[')))
        else {
            return Ok(first);
        };
        self.next();
        let end = self.at;
        let last = match self.next() {
            Some('\\') => match self.escape(end)? {
                Item::Range(last, _) => last,
                Item::Named { .. } => {
                    return Err(self.error_at(end, "a range cannot end with a set"));
                }
            },
            Some('-') => {
                return Err(self.error_at(end, r"`-` at the end of a range must be written `\-`"));
            }
            Some(last) => last,
            None => return Err(self.error("the end of the range is missing")),
        };
        if last < first {
            return Err(self.error_at(at, "the range ends before it starts"));
        }
        Ok(Item::Range(first, last))
    }
}
