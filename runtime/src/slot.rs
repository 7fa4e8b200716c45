//! Where values are put on reading.

use crate::json;
use crate::read_error::ReadError;
use crate::shape::{Field, Shape};
use crate::simple::Leaf;
use crate::types::Nillable;
use crate::xml;

mod list;

pub(crate) use list::Items;

/// A place in a record that a reader fills.
pub trait Slot {
    /// Takes what the reader stands at, see [`Source`]. For a repeated entry this happens once an
    /// element.
    ///
    /// `false` only of [`Source::Tag`], where the rest of the tag cannot be read along the table, or the
    /// slot takes nothing this way: nothing is passed then, and the slot is as it was by default, for
    /// the element may be of another name by what the tag declares.
    ///
    /// # Errors
    /// When it is something else than the slot takes.
    fn read(&mut self, field: &Field, source: Source<'_, '_>) -> Result<bool, ReadError>;

    /// Takes a simple value whose text is at hand; `false` where the slot takes none, or not this
    /// one. What `false` leaves in the slot does not count: [`Slot::read`] follows and decides.
    fn read_leaf(&mut self, field: &Field, leaf: &Leaf<'_>) -> bool {
        let _ = (field, leaf);
        false
    }

    /// Whether [`Slot::read_leaf`] refuses each text that has a character in it which XML does not
    /// allow or writes in another way: then nobody else looks for those in a long text.
    #[must_use]
    fn refuses_markup(&self) -> bool {
        false
    }

    /// What all slots of the type have in common.
    #[must_use]
    fn traits() -> Traits
    where
        Self: Sized,
    {
        Traits::default()
    }

    /// [`Slot::read`] into a fresh value; `None` instead of `false`. For types whose values by default
    /// cost something, and are replaced all the same.
    ///
    /// # Errors
    /// As of [`Slot::read`].
    fn make(field: &Field, source: Source<'_, '_>) -> Result<Option<Self>, ReadError>
    where
        Self: Sized + Default,
    {
        let mut value = Self::default();
        Ok(value.read(field, source)?.then_some(value))
    }
}

/// What a slot reads.
#[derive(Debug)]
pub enum Source<'r, 'x> {
    /// The element whose start tag the reader has just passed, to its end.
    Xml(&'r mut xml::Reader<'x>),
    /// The element whose start tag the reader has passed up to the end of its name, where the rest of
    /// the tag can be read along the table.
    Tag(&'r mut xml::Reader<'x>),
    /// The JSON value that the reader stands at.
    Json(&'r mut json::Reader<'x>),
}

impl<'x> Source<'_, 'x> {
    /// The same for a while.
    pub(crate) fn reborrow(&mut self) -> Source<'_, 'x> {
        match self {
            Self::Xml(reader) => Source::Xml(reader),
            Self::Tag(reader) => Source::Tag(reader),
            Self::Json(reader) => Source::Json(reader),
        }
    }

    /// Whether it is still a tag that waits to be read.
    pub(crate) fn has_tag(&self) -> bool {
        matches!(self, Self::Tag(reader) if reader.has_tag())
    }
}

/// What the slots of a type have in common.
#[derive(Clone, Copy, Debug, Default)]
pub struct Traits {
    /// Whether [`Slot::read_leaf`] may take a text: whether the slots are for simple values.
    pub(crate) is_simple: bool,
    /// [`Slot::refuses_markup`] of all of them.
    pub(crate) is_strict: bool,
    /// Whether one is filled although its element is nil.
    pub(crate) keeps_nil: KeepsNil,
    /// Whether [`Slot::read_leaf`] may take that an element is nil.
    pub(crate) is_nillable: bool,
    /// Whether fresh values are to be had from [`Slot::make`].
    pub(crate) is_made: bool,
}

impl Traits {
    /// Of simple values.
    #[must_use]
    pub const fn simple(is_strict: bool) -> Self {
        Self {
            is_simple: true,
            is_strict,
            keeps_nil: KeepsNil::Never,
            is_nillable: false,
            is_made: false,
        }
    }

    /// Of records, some of which say that they are nil.
    #[must_use]
    pub const fn keeping_nil(keeps_nil: bool) -> Self {
        Self {
            is_simple: false,
            is_strict: false,
            keeps_nil: match keeps_nil {
                true => KeepsNil::WithAttributes,
                false => KeepsNil::Never,
            },
            is_nillable: false,
            is_made: false,
        }
    }

    /// Of records of several types.
    #[must_use]
    pub const fn polymorphic(keeps_nil: bool) -> Self {
        Self {
            is_made: true,
            ..Self::keeping_nil(keeps_nil)
        }
    }

    /// Of elements of any name.
    pub(crate) const ANY: Self = Self {
        keeps_nil: KeepsNil::WithAttributesOrType,
        ..Self::keeping_nil(true)
    };

    /// Of what may be absent or nil, and holds such values.
    const fn nillable(self) -> Self {
        Self {
            keeps_nil: KeepsNil::Never,
            is_nillable: true,
            is_made: false,
            ..self
        }
    }
}

/// When an element that is nil is read like any other: it says more than that it is nil, and the value
/// can keep it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum KeepsNil {
    #[default]
    Never,
    /// Where it has attributes of its own.
    WithAttributes,
    /// Where it has attributes of its own, or names its type.
    WithAttributesOrType,
}

impl KeepsNil {
    /// Whether the current element, which is nil, is one.
    fn keeps(self, reader: &xml::Reader<'_>) -> bool {
        match self {
            Self::Never => false,
            Self::WithAttributes => reader.has_content_attributes(),
            Self::WithAttributesOrType => reader.has_content_attributes() || reader.names_type(),
        }
    }
}

impl dyn Slot + '_ {
    /// Reads [`Source::Xml`].
    pub(crate) fn read_xml(
        &mut self,
        field: &Field,
        reader: &mut xml::Reader<'_>,
    ) -> Result<(), ReadError> {
        self.read(field, Source::Xml(reader)).map(|_| ())
    }

    /// Reads [`Source::Tag`], if it can.
    pub(crate) fn read_tag(
        &mut self,
        field: &Field,
        reader: &mut xml::Reader<'_>,
    ) -> Result<bool, ReadError> {
        self.read(field, Source::Tag(reader))
    }

    /// Reads [`Source::Json`].
    pub(crate) fn read_json(
        &mut self,
        field: &Field,
        reader: &mut json::Reader<'_>,
    ) -> Result<(), ReadError> {
        self.read(field, Source::Json(reader)).map(|_| ())
    }
}

/// A reader as a record sees it.
pub trait ContentReader {
    /// Fills `slots`, which stand for the attributes and the fields of `shape` in this order, from
    /// the content of the current element (object).
    ///
    /// # Errors
    /// When the content is not as `shape` says.
    fn content(
        &mut self,
        shape: &'static Shape,
        slots: &mut [&mut dyn Slot],
    ) -> Result<(), ReadError>;
}

/// What holds values: the part of it that depends on their type.
trait Place {
    /// Puts a value by default in place (a list: behind the others), or takes it away.
    fn place(&mut self, step: Step) -> Option<&mut dyn Slot>;
}

/// What becomes of a [`Place`].
#[derive(Clone, Copy)]
pub(crate) enum Step {
    /// A value to be filled.
    Fresh,
    /// Nil.
    Nil,
    /// As before [`Step::Fresh`].
    Back,
}

/// An `Option` or [`Nillable`], which tells a value from none.
pub(crate) trait Holder<T> {
    /// Puts a value by default in place, or takes it away.
    fn hold(&mut self, step: Step) -> Option<&mut T>;
}

impl<T: Default> Holder<T> for Option<T> {
    fn hold(&mut self, step: Step) -> Option<&mut T> {
        *self = match step {
            Step::Fresh => Some(T::default()),
            Step::Nil | Step::Back => None,
        };
        self.as_mut()
    }
}

impl<T: Default> Holder<T> for Nillable<T> {
    fn hold(&mut self, step: Step) -> Option<&mut T> {
        *self = match step {
            Step::Fresh => Self::Value(T::default()),
            Step::Nil => Self::Nil,
            Step::Back => Self::Absent,
        };
        self.as_mut()
    }
}

/// What may be absent or nil.
pub(crate) trait Optional {
    /// Takes the value away, as nil or for good.
    fn clear(&mut self, step: Step);

    /// Reads a fresh value.
    ///
    /// # Errors
    /// As of [`Slot::read`].
    fn fill(&mut self, field: &Field, source: Source<'_, '_>) -> Result<bool, ReadError>;
}

impl Optional for dyn Place + '_ {
    fn clear(&mut self, step: Step) {
        self.place(step);
    }

    fn fill(&mut self, field: &Field, source: Source<'_, '_>) -> Result<bool, ReadError> {
        match self.place(Step::Fresh) {
            Some(value) => value.read(field, source),
            None => Ok(true),
        }
    }
}

/// Reads what may be absent or nil and holds values with these traits.
pub(crate) fn read_optional<P: Optional + ?Sized>(
    place: &mut P,
    traits: Traits,
    field: &Field,
    source: Source<'_, '_>,
) -> Result<bool, ReadError> {
    match source {
        Source::Xml(reader) => {
            if field.is_named() && reader.is_nil()? && !traits.keeps_nil.keeps(reader) {
                place.clear(Step::Nil);
                reader.end_nil()?;
                return Ok(true);
            }
            place.fill(field, Source::Xml(reader))
        }
        Source::Tag(_) if traits.is_simple => Ok(false),
        Source::Tag(reader) => {
            let taken = place.fill(field, Source::Tag(reader))?;
            if !taken {
                place.clear(Step::Back);
            }
            Ok(taken)
        }
        Source::Json(reader) => {
            if field.is_named() && reader.take_null() {
                place.clear(Step::Nil);
                return Ok(true);
            }
            place.fill(field, Source::Json(reader))
        }
    }
}

/// [`read_optional`] of a value that is a slot. Not generic, so that it is compiled here, once.
fn read_held(
    place: &mut dyn Place,
    traits: Traits,
    field: &Field,
    source: Source<'_, '_>,
) -> Result<bool, ReadError> {
    read_optional(place, traits, field, source)
}

macro_rules! as_its_value {
    ($($holder:ident)*) => {$(
        impl<T: Slot + Default> Place for $holder<T> {
            fn place(&mut self, step: Step) -> Option<&mut dyn Slot> {
                self.hold(step).map(|value| value as &mut dyn Slot)
            }
        }

        impl<T: Slot + Default> Slot for $holder<T> {
            fn read(&mut self, field: &Field, source: Source<'_, '_>) -> Result<bool, ReadError> {
                read_held(self, T::traits(), field, source)
            }

            #[inline]
            fn read_leaf(&mut self, field: &Field, leaf: &Leaf<'_>) -> bool {
                if leaf.text.is_none() {
                    // Nothing but nil: no value keeps that.
                    self.hold(Step::Nil);
                    return field.is_named();
                }
                T::traits().is_simple
                    && self.hold(Step::Fresh).is_some_and(|value| value.read_leaf(field, leaf))
            }

            fn refuses_markup(&self) -> bool {
                T::traits().is_strict
            }

            fn traits() -> Traits {
                T::traits().nillable()
            }
        }
    )*};
}

as_its_value!(Option Nillable);
