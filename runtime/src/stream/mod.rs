//! Answers read item by item, and requests written so, in memory that does not grow with them.
//!
//! An operation whose response holds a long list ([`StreamedResponse`], generated where `castile.toml`
//! says `stream`) has [`Call::items`](crate::Call::items): the items come one at a time, while the
//! answer is still on its way. [`Items`] reads from a blocking transport, [`AsyncItems`] from an
//! asynchronous one; both feed a [`Decoder`], which does no input or output and can be fed by hand.
//!
//! What stands around the items is read as in an ordinary call: faults, header blocks, errors inside
//! of responses. The other fields of the response are at hand: those before the list by
//! [`Items::head`], all by [`Items::finish`].
//!
//! Of the [`Limits`](crate::Limits), `body` and `elements` hold for one item, and for all that is not
//! an item together; so does what is kept in memory. How long the answer may be is not limited, but
//! for the time of the call ([`Port::timeout`](crate::Port::timeout)), which goes on while items are
//! read.

mod asynchronous;
mod blocking;
mod call;
mod decoder;
mod inflate;
mod place;
mod repeated;
mod request;
mod xml;

pub use asynchronous::AsyncItems;
pub use blocking::Items;
pub use call::ItemsCall;
pub use decoder::Decoder;
pub use repeated::{Repeated, StreamedResponse};
pub use request::{SendingItems, SendingOctets, SentItem, StreamedOctets, StreamedRequest};
