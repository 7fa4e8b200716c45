//! What travels beside the document: attachments, and octets as `xop:Include` (XOP 1.0 §2.1).

use super::{Role, Writer};
use crate::mime::{Attachment, Outgoing, XOP};
use crate::shape::{Field, Kind};

impl Writer {
    /// Lets octets from this length on travel beside the document.
    pub(crate) fn pack_from(&mut self, length: usize) {
        self.pack_from = Some(length);
    }

    /// Whether these octets travel beside the document.
    pub(crate) fn packs(&self, octets: &[u8]) -> bool {
        self.role != Role::Attribute && self.pack_from.is_some_and(|from| octets.len() >= from)
    }

    /// Writes octets as an `xop:Include`.
    pub(crate) fn include(&mut self, field: &Field, octets: &[u8]) {
        let uri = self.attach(&Attachment::new("", octets.to_vec()), None);
        if self.role == Role::Element {
            self.start_field(field);
        }
        self.start_preferring(XOP, "Include", "xop");
        self.attribute("", "href", &uri);
        self.end();
        if self.role == Role::Element {
            self.end();
        }
    }

    /// Sets an attachment beside the document; an element of the document refers to it, unless the
    /// entry says that none does.
    pub(crate) fn attachment(&mut self, field: &Field, attachment: &Attachment) {
        match field.kind {
            // Those that the contract knows by no name have none on the wire.
            Kind::Attached if field.repeated => drop(self.attach(attachment, None)),
            Kind::Attached => drop(self.attach(attachment, Some(field.name))),
            _ => {
                let uri = self.attach(attachment, None);
                self.simple(field, &uri);
            }
        }
    }

    /// Goes on with the attachments of another writer.
    pub(crate) fn take_attachments_of(&mut self, other: &mut Self) {
        self.attachments = std::mem::take(&mut other.attachments);
    }

    /// The URI of an attachment that is set beside the document.
    fn attach(&mut self, attachment: &Attachment, part: Option<&str>) -> String {
        let outgoing = Outgoing::new(attachment, part, self.attachments.len() + 1);
        let uri = outgoing.reference();
        self.attachments.push(outgoing);
        uri
    }
}
