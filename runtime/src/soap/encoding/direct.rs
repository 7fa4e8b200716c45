//! An encoded body, read as it stands.

use super::{ENCODING_11, ENCODING_12, Parts};
use crate::binding::Name;
use crate::complex::ComplexType;
use crate::read_error::ReadError;
use crate::shape::one;
use crate::soap::is_soap;
use crate::xml::{Reader, Targets};

/// Reads the message in a body, which is the current element, by the tables of the record and the
/// encoding. `None` where the body has to be made literal first: a fault, what is not in order, and
/// what is seldom. The reader has not moved, then.
pub(in crate::soap) fn read_directly<T: ComplexType>(
    reader: &mut Reader<'_>,
    parts: Parts,
    path: &[Name],
) -> Option<T> {
    let [name] = path else { return None };
    let targets = match reader.may_refer() {
        true => Some(reader.clone().encoded_targets()?),
        false => None,
    };
    let mut attempt = reader.clone();
    let mut candidates = Candidates::default();
    let mut record = children(&mut attempt, parts, *name, &targets, |reader, place| {
        candidates.add(reader, place);
        reader.is(name.namespace, name.local)
    });
    if let (Ok(None), Some(wrapper)) = (&record, candidates.best()) {
        attempt = reader.clone();
        record = children(&mut attempt, parts, *name, &targets, |_, place| {
            place == wrapper
        });
    }
    let record = record.ok()??;
    *reader = attempt;
    Some(record)
}

/// Reads the first child of the body that is the wrapper, and passes all others.
fn children<'a, T: ComplexType>(
    reader: &mut Reader<'a>,
    (encoding, parts): Parts,
    name: Name,
    targets: &Option<Targets<'a>>,
    mut is_wrapper: impl FnMut(&Reader<'_>, usize) -> bool,
) -> Result<Option<T>, ReadError> {
    let field = one(name.local).in_namespace(name.namespace);
    let mut record = None;
    let mut place = 0;
    while reader.next_start()? {
        let name = reader.name();
        if name.local == "Fault" && is_soap(name.namespace) {
            return Ok(None);
        }
        if record.is_none() && is_wrapper(reader, place) {
            let read = record.insert(T::default());
            reader.encoded_wrapper(encoding, parts, &field, read, targets.clone())?;
        } else {
            reader.skip()?;
        }
        place += 1;
    }
    Ok(record)
}

/// The children of a body that may be the wrapper although their name is another one: in rpc it means
/// nothing. Independent elements, which only references lead to, are none (SOAP 1.1 §5.6).
#[derive(Default)]
struct Candidates {
    says: Option<usize>,
    has_no_id: Option<usize>,
    may_be: Option<usize>,
}

impl Candidates {
    fn add(&mut self, reader: &Reader<'_>, place: usize) {
        let mut namespaces = [ENCODING_11, ENCODING_12].into_iter();
        let root = namespaces.find_map(|namespace| reader.attribute(namespace, "root"));
        let root = root.map(|root| matches!(root.trim(), "1" | "true"));
        if root == Some(true) {
            self.says.get_or_insert(place);
        }
        if root != Some(false) {
            self.may_be.get_or_insert(place);
            let id = reader.attribute("", "id");
            if id.or_else(|| reader.attribute(ENCODING_12, "id")).is_none() {
                self.has_no_id.get_or_insert(place);
            }
        }
    }

    fn best(&self) -> Option<usize> {
        self.says.or(self.has_no_id).or(self.may_be)
    }
}
