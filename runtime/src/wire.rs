//! **For generated code only**: the tables, the traits it implements, the facts of bindings, and
//! the adaptors of choices. Programs use what is at the root of the crate.
//!
//! A generated record implements [`ComplexType`] by a [`Shape`] and two lists, of [`Slot`]s and of
//! [`Value`]s; an enumeration [`SimpleType`]; a choice [`Choice`]; an operation [`Operation`] by a
//! [`Binding`]. All of it may change in any release: regenerate clients with the generator of the
//! same version.

pub use crate::__complex_type as complex_type;
pub use crate::__enumeration as enumeration;
pub use crate::__fault_codes as fault_codes;
pub use crate::__polymorphic as polymorphic;
pub use crate::__simple_type as simple_type;
#[cfg(feature = "validation")]
pub use crate::__validate as validate;
pub use crate::binding::{
    Action, Actions, Binding, Header, HttpAnswer, Method, Name, Repetition, Status,
};
pub use crate::call::Call;
pub use crate::check::{CheckError, Checker};
pub use crate::choice::{
    Branch, Choice, ChoiceSlot, ChoiceValue, Choices, ChoicesSlot, ChoicesValue, Chosen,
    SlotOfChoice, ValueOfChoice, WrappedSlot, WrappedValue, choice_slot, choice_value,
    choices_slot, choices_value,
};
pub use crate::complex::{ComplexType, Record};
#[doc(hidden)]
pub use crate::enumeration::index_of;
pub use crate::example::{
    read_refusal, rewrite_document, rewrite_request, rewrite_response, round_trip_error,
    round_trip_request, round_trip_response,
};
pub use crate::fault::{Code, FaultCode, FaultDetail, NoDetail, Rejection};
pub use crate::mapping::{Mapping, SimpleMapping, SlotOfMapping, ValueOfMapping};
pub use crate::operation::{Operation, ResponseHeaders};
pub use crate::polymorphic::{Polymorphic, Typed, TypedValue};
#[doc(hidden)]
pub use crate::polymorphic::{
    make_polymorphic, read_polymorphic, view_polymorphic, write_polymorphic,
};
pub use crate::port::Port;
pub use crate::record::Comparable;
#[doc(hidden)]
pub use crate::record::{debug_record, equal_records};
pub use crate::shape::{
    Field, Rule, Shape, WhiteSpace, any, choice, group, many, nil, one, opt, text,
};
pub use crate::simple::{Facts, JsonKind, Leaf, Lexical, Prefixes, Scope, SimpleType, Unit};
#[doc(hidden)]
pub use crate::simple::{
    initial, leaf_text, read_simple, read_simple_leaf, write_simple_xml, write_text,
};
pub use crate::slot::{ContentReader, Slot, Source, Traits};
pub use crate::soap::{EncodedType, Encoding, Member, array, member, structure, xsd};
#[doc(hidden)]
pub use crate::soap::{read_encoded_body, write_encoded_message};
pub use crate::stream::{Repeated, SentItem, StreamedOctets, StreamedRequest, StreamedResponse};
pub use crate::types::{ParseError, Secret};
#[cfg(feature = "validation")]
#[doc(hidden)]
pub use crate::validation::{element, named_type};
pub use crate::value::{ContentWriter, Items, Own, Value, View};

/// What gives the slot of a field with an adaptor, by the adaptor's name in `complex_type!`: only the
/// records that have one import it.
#[doc(hidden)]
pub mod slot_of {
    /// `as choice`.
    pub mod choice {
        pub use crate::choice::SlotOfChoice;
    }

    /// `as mapped<M>`.
    pub mod mapped {
        pub use crate::mapping::SlotOfMapping;
    }
}

/// What gives the value of a field with an adaptor, as [`slot_of`] does the slot.
#[doc(hidden)]
pub mod value_of {
    /// `as choice`.
    pub mod choice {
        pub use crate::choice::ValueOfChoice;
    }

    /// `as mapped<M>`.
    pub mod mapped {
        pub use crate::mapping::ValueOfMapping;
    }
}
