//! Lists that are read item by item: `stream`.
//!
//! A list can be, if one element after another is an item of it and what is around it comes once.

use super::model::{
    Entry, EntryKind, FieldPart, HttpAnswer, Item, ItemId, ItemKind, Module, Operation, Protocol,
    QualifiedName, Record, Setting, Streamed, Type,
};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::settings::{Located, Settings};

/// Finds what the settings want read item by item.
pub(super) fn bind(settings: &Settings, items: &[Item], modules: &mut [Module]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for wanted in &settings.streams {
        let name = wanted.text.split('/').next().unwrap_or_default();
        let mut known = Vec::new();
        let mut is_bound = false;
        for client in modules.iter_mut().flat_map(|module| &mut module.clients) {
            let protocol = client.protocol;
            for operation in &mut client.operations {
                known.push(operation.wire_name.clone());
                if operation.wire_name == name {
                    is_bound = true;
                    found.extend(bind_one(wanted, items, protocol, operation));
                }
            }
        }
        if !is_bound {
            let near = nearest(name, known.iter().map(String::as_str));
            let message = format!("`stream` names `{name}`, and no operation is called that");
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write `Operation/element/…`, from the response on".to_owned(),
            };
            let error = Diagnostic::error(Code::UnusedSetting, wanted.span, message);
            found.push(error.help(help));
        }
    }
    found
}

fn bind_one(
    wanted: &Located,
    items: &[Item],
    protocol: Protocol,
    operation: &mut Operation,
) -> Option<Diagnostic> {
    let name = &operation.wire_name;
    let refused = (
        response_refusal(protocol, operation),
        request_refusal(protocol, operation),
    );
    let mut found = Vec::new();
    let messages = [
        (Way::Response, refused.0, &operation.response.type_),
        (Way::Request, refused.1, &operation.request.type_),
    ];
    for (way, refused, type_) in messages {
        if let (None, Type::Item(record)) = (refused, single(type_)) {
            let mut search = Search {
                items,
                way,
                path: Vec::new(),
                open: Vec::new(),
                found: Vec::new(),
            };
            search.record(*record);
            found.append(&mut search.found);
        }
    }
    let asked = wanted.text.split_once('/').map(|(_, path)| path);
    let has_response = found.iter().any(|list| list.way == Way::Response);
    let fits = |list: &&List| match asked {
        Some(asked) => list.is_called(asked),
        None => list.way == Way::Response || !has_response,
    };
    let chosen: Vec<&List> = found.iter().filter(fits).collect();
    let shown = |lists: &[&List]| {
        let lists = lists
            .iter()
            .map(|list| format!("`{name}/{}`", list.shown()));
        lists.collect::<Vec<_>>().join(", ")
    };
    let only = match chosen.as_slice() {
        [only] => *only,
        [] => {
            let message = format!("`{}` of `stream` is no list of a message", wanted.text);
            let all: Vec<&List> = found.iter().collect();
            let help = match (all.as_slice(), refused.0) {
                ([], Some(reason)) => reason.to_owned(),
                ([], None) => {
                    "it has no list whose items are elements, outside of other lists".to_owned()
                }
                (all, _) => format!("there are {}", shown(all)),
            };
            return Some(Diagnostic::error(Code::UnusedSetting, wanted.span, message).help(help));
        }
        several => {
            let message = format!("`stream` names `{name}`, which has several lists");
            let error = Diagnostic::error(Code::AmbiguousSetting, wanted.span, message);
            return Some(error.help(format!("write one of {}", shown(several))));
        }
    };
    let (slot, method, says) = match (only.way, only.streamed.octets) {
        (Way::Response, _) => (
            &mut operation.streamed_response,
            "items",
            "reads the response item by item",
        ),
        (Way::Request, false) => (
            &mut operation.streamed_request,
            "sending",
            "sends the request item by item",
        ),
        (Way::Request, true) => (
            &mut operation.streamed_request,
            "sending_octets",
            "sends binary data from a reader",
        ),
    };
    if slot.is_some() {
        let message = format!("`stream` names two lists of one message of `{name}`");
        return Some(
            Diagnostic::error(Code::ContradictorySettings, wanted.span, message)
                .help("leave one out"),
        );
    }
    *slot = Some(only.streamed.clone());
    operation.docs.push(String::new());
    operation.docs.push(format!(
        "[`{method}`](castile::Call::{method}) of the call {says}."
    ));
    None
}

/// Which message a list is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Response,
    Request,
}

/// Why no response of an operation can be read item by item.
fn response_refusal(protocol: Protocol, operation: &Operation) -> Option<&'static str> {
    let http = operation.http.as_ref();
    match protocol {
        _ if operation.encoded.is_some() => {
            Some("its response is SOAP-encoded: what an item refers to may follow later")
        }
        _ if operation.one_way || operation.from_service => Some("it has no response"),
        Protocol::Json => Some("its response is JSON, which is read as a whole"),
        Protocol::Http if http.is_some_and(|http| http.answer != HttpAnswer::Document) => {
            Some("its response is no document")
        }
        _ => None,
    }
}

/// Why no request of an operation can be sent piece by piece.
fn request_refusal(protocol: Protocol, operation: &Operation) -> Option<&'static str> {
    match protocol {
        _ if operation.encoded.is_some() => Some("its request is SOAP-encoded"),
        _ if operation.from_service => Some("the service sends it"),
        _ if operation.mtom => Some("its request is sent by MTOM"),
        Protocol::Soap11 | Protocol::Soap12 => None,
        Protocol::Json | Protocol::Http => Some("its request is not sent by SOAP"),
    }
}

/// The lists below a record.
struct Search<'a> {
    items: &'a [Item],
    way: Way,
    /// The elements from the record on.
    path: Vec<QualifiedName>,
    /// The records that are being looked through.
    open: Vec<ItemId>,
    found: Vec<List>,
}

/// A list, or binary data, and the names that its items have.
struct List {
    way: Way,
    streamed: Streamed,
    items: Vec<String>,
}

impl Search<'_> {
    fn kind(&self, id: ItemId) -> Option<&ItemKind> {
        self.items.get(id.0).map(|item| &item.kind)
    }

    fn record(&mut self, id: ItemId) {
        let items = self.items;
        let Some(ItemKind::Record(record)) = items.get(id.0).map(|item| &item.kind) else {
            return;
        };
        if self.open.contains(&id) {
            return;
        }
        self.open.push(id);
        let content = record.fields.iter();
        for field in content.filter(|field| field.part == FieldPart::Content) {
            self.entry(record, &field.entry, &field.type_, false);
        }
        self.open.pop();
    }

    /// An entry of the table of `record`; `chosen` if it is a branch of a choice.
    fn entry(&mut self, record: &Record, entry: &Entry, type_: &Type, chosen: bool) {
        if is_list(entry) {
            // A branch that has no element of its own would be gone with its items.
            if !chosen || entry.is_folded() {
                self.list(record, entry, type_);
            }
            return;
        }
        let items = self.items;
        match (&entry.kind, single(type_)) {
            (EntryKind::Group(group), _) if !chosen => self.record(*group),
            (EntryKind::Choice(choice), _) => {
                if let Some(ItemKind::Choice(choice)) = items.get(choice.0).map(|i| &i.kind) {
                    for variant in &choice.variants {
                        self.entry(record, &variant.entry, &variant.type_, true);
                    }
                }
            }
            (EntryKind::One(name) | EntryKind::Opt(name), Type::Item(inner)) => {
                let namespace = namespace_of(record, entry);
                let local = name.clone();
                self.path.push(QualifiedName { namespace, local });
                self.record(*inner);
                self.path.pop();
            }
            (EntryKind::One(name) | EntryKind::Opt(name), Type::Runtime("Base64Binary"))
                if self.way == Way::Request =>
            {
                let items = vec![name.clone()];
                let streamed = Streamed {
                    namespace: record.namespace.clone(),
                    path: self.path.clone(),
                    entry: entry.clone(),
                    item: type_.clone(),
                    octets: true,
                };
                self.found.push(List {
                    way: self.way,
                    streamed,
                    items,
                });
            }
            _ => {}
        }
    }

    fn list(&mut self, record: &Record, entry: &Entry, type_: &Type) {
        let Type::Vec(item) = single(type_) else {
            return;
        };
        let names = match (&**item, entry.is_choice()) {
            (Type::Item(id), true) => self.branch_names(*id),
            (_, true) | (Type::Mapped(_), _) => None,
            _ => item_name(entry).map(|name| vec![name.to_owned()]),
        };
        if let Some(items) = names {
            let streamed = Streamed {
                namespace: record.namespace.clone(),
                path: self.path.clone(),
                entry: entry.clone(),
                item: (**item).clone(),
                octets: false,
            };
            self.found.push(List {
                way: self.way,
                streamed,
                items,
            });
        }
    }

    /// The elements among which a choice is, where each branch is one.
    fn branch_names(&self, choice: ItemId) -> Option<Vec<String>> {
        let Some(ItemKind::Choice(choice)) = self.kind(choice) else {
            return None;
        };
        let names = choice.variants.iter().map(|variant| {
            let entry = &variant.entry;
            let name = entry
                .kind
                .name()
                .filter(|_| !is_list(entry) || entry.is_folded());
            name.map(ToOwned::to_owned)
        });
        names.collect()
    }
}

/// Whether an entry stands for several items.
fn is_list(entry: &Entry) -> bool {
    let is_repeated = |setting: &Setting| matches!(setting, Setting::Repeated);
    matches!(entry.kind, EntryKind::Many(_))
        || entry.is_folded()
        || entry.settings.iter().any(is_repeated)
}

/// The type without what says that it may be absent.
fn single(type_: &Type) -> &Type {
    match type_ {
        Type::Option(inner) | Type::Nillable(inner) | Type::Boxed(inner) => single(inner),
        other => other,
    }
}

fn namespace_of(record: &Record, entry: &Entry) -> String {
    let own = entry.settings.iter().find_map(|setting| match setting {
        Setting::InNamespace(namespace) => Some(namespace.clone()),
        Setting::Unqualified => Some(String::new()),
        _ => None,
    });
    own.unwrap_or_else(|| record.namespace.clone())
}

/// The element of an item, if all have one name.
fn item_name(entry: &Entry) -> Option<&str> {
    let wrapped = entry.settings.iter().find_map(|setting| match setting {
        Setting::Wrapped(item) => Some(item.as_str()),
        _ => None,
    });
    wrapped.or_else(|| entry.kind.name().filter(|_| !entry.is_folded()))
}

impl List {
    /// The elements around the items, each with a slash behind it.
    fn around(&self) -> String {
        let entry = &self.streamed.entry;
        let wrapper = entry.kind.name().filter(|_| entry.is_folded());
        let path = self.streamed.path.iter().map(|name| name.local.as_str());
        path.chain(wrapper).map(|name| format!("{name}/")).collect()
    }

    /// Whether a path leads to the items, or to what is around them alone.
    fn is_called(&self, path: &str) -> bool {
        let item = path.strip_prefix(self.around().as_str());
        item.is_some_and(|item| self.items.iter().any(|known| known == item))
            || self.streamed.entry.is_folded() && format!("{path}/") == self.around()
    }

    /// The path to the items.
    fn shown(&self) -> String {
        let item = self.items.first().map_or("", String::as_str);
        self.around() + item
    }
}
