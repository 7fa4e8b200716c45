//! Values that no table describes: passed, or kept as elements.

use super::reader::Reader;
use crate::any_element::{AnyAttribute, AnyElement, AnyNode, NotationKind};
use crate::read_error::ReadError;
use crate::types::QName;

impl Reader<'_> {
    /// Passes a value, whatever it is. Not by recursion.
    ///
    /// # Errors
    /// When it is no JSON, or passes one of the [`Limits`](crate::Limits).
    pub fn skip(&mut self) -> Result<(), ReadError> {
        let depth = self.depth;
        let mut objects = Vec::new();
        loop {
            self.skip_space();
            match self.byte() {
                Some(b'{') => {
                    self.open(b'{', "an object")?;
                    objects.push(true);
                }
                Some(b'[') => {
                    self.open(b'[', "an array")?;
                    objects.push(false);
                }
                Some(b'"') => {
                    self.count_value()?;
                    self.string()?;
                }
                _ => {
                    self.count_value()?;
                    self.literal()?;
                }
            }
            // To the next value inside, closing what ends here.
            loop {
                match objects.last() {
                    None => {
                        debug_assert_eq!(self.depth, depth);
                        return Ok(());
                    }
                    Some(true) => {
                        if self.next_key()?.is_some() {
                            break;
                        }
                    }
                    Some(false) => {
                        if self.next_item()? {
                            break;
                        }
                    }
                }
                self.close();
                objects.pop();
            }
        }
    }

    /// A value of any kind as an element: members and items become elements of their names.
    pub(crate) fn any(&mut self, name: &str) -> Result<AnyElement, ReadError> {
        let mut element = AnyElement::new(QName::new("", name));
        self.any_into(&mut element)?;
        Ok(element)
    }

    /// By recursion, which [`Reader::open`] bounds.
    fn any_into(&mut self, element: &mut AnyElement) -> Result<(), ReadError> {
        self.skip_space();
        match self.byte() {
            Some(b'{') => {
                self.open(b'{', "an object")?;
                element.notation_mut().kind = NotationKind::Object;
                while let Some(key) = self.next_key()? {
                    self.any_member(element, key.into_owned())?;
                    self.first = false;
                }
                self.close();
            }
            Some(b'[') => {
                element.notation_mut().kind = NotationKind::Array;
                self.any_items(element, "item", |_| {})?;
            }
            Some(b'"') => {
                self.count_value()?;
                let text = self.string()?.into_owned();
                element.nodes.push(AnyNode::Text(text));
            }
            _ => {
                self.count_value()?;
                let text = self.literal()?;
                if text == "null" {
                    let name = QName::with_prefix(crate::xml::XSI, "nil", "xsi");
                    let value = "true".to_owned();
                    element.attributes.push(AnyAttribute { name, value });
                } else {
                    element.nodes.push(AnyNode::Text(text.to_owned()));
                    element.notation_mut().kind = NotationKind::Literal;
                }
            }
        }
        Ok(())
    }

    fn any_member(&mut self, parent: &mut AnyElement, name: String) -> Result<(), ReadError> {
        self.skip_space();
        if self.byte() != Some(b'[') {
            let child = self.any(&name)?;
            parent.nodes.push(AnyNode::Element(child));
            return Ok(());
        }
        let before = parent.nodes.len();
        self.any_items(parent, &name, |item| item.notation_mut().is_item = true)?;
        if parent.nodes.len() == before {
            parent.notation_mut().empty_arrays.push(name);
        }
        Ok(())
    }

    /// The items of an array as elements of this name.
    fn any_items(
        &mut self,
        parent: &mut AnyElement,
        name: &str,
        mark: fn(&mut AnyElement),
    ) -> Result<(), ReadError> {
        self.open(b'[', "an array")?;
        while self.next_item()? {
            let mut child = self.any(name)?;
            mark(&mut child);
            parent.nodes.push(AnyNode::Element(child));
            self.first = false;
        }
        self.close();
        Ok(())
    }
}
