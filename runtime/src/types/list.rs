//! Lists of simple values in one text.

use std::ops::{Deref, DerefMut};

use super::ParseError;
use crate::shape::WhiteSpace;
use crate::simple::{Prefixes, Scope, SimpleType, Unit};

/// Simple values separated by white space (`xs:list`, §2.5.1.2, and `NMTOKENS`, `IDREFS`,
/// `ENTITIES`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct List<T>(pub Vec<T>);

impl<T> Deref for List<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<T> DerefMut for List<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.0
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        Self(items)
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'l, T> IntoIterator for &'l List<T> {
    type Item = &'l T;
    type IntoIter = std::slice::Iter<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '\t', '\n', '\r'])
        .filter(|word| !word.is_empty())
}

impl<T: SimpleType> SimpleType for List<T> {
    const NAME: &'static str = "list";
    const WHITE_SPACE: WhiteSpace = WhiteSpace::Collapse;
    const PREFIXED: bool = T::PREFIXED;

    fn parse(text: &str) -> Result<Self, ParseError> {
        words(text).map(T::parse).collect()
    }

    fn write(&self, out: &mut String) {
        for (index, item) in self.0.iter().enumerate() {
            if index > 0 {
                out.push(' ');
            }
            item.write(out);
        }
    }

    fn parse_in(text: &str, scope: &dyn Scope) -> Result<Self, ParseError> {
        words(text).map(|word| T::parse_in(word, scope)).collect()
    }

    fn write_in(&self, out: &mut String, prefixes: &mut dyn Prefixes) {
        for (index, item) in self.0.iter().enumerate() {
            if index > 0 {
                out.push(' ');
            }
            item.write_in(out, prefixes);
        }
    }

    fn length(&self) -> Option<(usize, Unit)> {
        Some((self.0.len(), Unit::Items))
    }
}

crate::__simple_type!(impl<T: SimpleType> List<T>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes() {
        let list = List::<i32>::parse(" 1 \n 2\t3 ").unwrap();
        assert_eq!(list.0, [1, 2, 3]);
        let mut text = String::new();
        list.write(&mut text);
        assert_eq!(text, "1 2 3");
        assert_eq!(List::<i32>::parse("").unwrap().0, []);
        assert_eq!(
            List::<i32>::parse("1 x").unwrap_err().to_string(),
            "`x` is not an int"
        );
    }
}
