//! What is generated, in Rust words: every name chosen, every type spelt out, every box placed.
//! Emitting adds tokens and files, no decision.

use super::docs::Docs;
use super::names::Ident;
use crate::diagnostic::Diagnostic;

/// A tree of modules.
#[derive(Clone, Debug, Default)]
pub struct Crate {
    /// The modules; [`Crate::module_ids`] has their order. A module without a name is the root itself.
    pub modules: Vec<Module>,
    /// The types of all modules; [`ItemId`] is the place in this list.
    pub items: Vec<Item>,
    /// Open enumerations of fault codes, shared by the whole tree; they stand at its root.
    pub catalogues: Vec<Catalogue>,
}

/// What lowering makes of a contract.
#[derive(Clone, Debug, Default)]
pub struct Lowered {
    /// What is generated.
    pub krate: Crate,
    /// Warnings: what could not be said in Rust, and what was said instead.
    pub diagnostics: Vec<Diagnostic>,
}

/// The place of an item in [`Crate::items`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub(super) usize);

/// The place of a module in [`Crate::modules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModuleId(pub(super) usize);

impl Crate {
    /// The item at this place.
    #[must_use]
    pub fn item(&self, id: ItemId) -> &Item {
        &self.items[id.0]
    }

    /// The places of the modules, sorted by name.
    pub fn module_ids(&self) -> impl Iterator<Item = ModuleId> + use<> {
        let mut ids: Vec<ModuleId> = (0..self.modules.len()).map(ModuleId).collect();
        ids.sort_by_key(|id| self.modules[id.0].name.clone());
        ids.into_iter()
    }

    /// The module at this place.
    #[must_use]
    pub fn module(&self, id: ModuleId) -> &Module {
        &self.modules[id.0]
    }
}

/// The types and clients of one namespace.
#[derive(Clone, Debug)]
pub struct Module {
    /// The name; `None` for what stands at the root of the tree.
    pub name: Option<Ident>,
    /// The namespace.
    pub namespace: String,
    /// Documentation.
    pub docs: Docs,
    /// The types, in the order of `types.rs`.
    pub items: Vec<ItemId>,
    /// The clients.
    pub clients: Vec<Client>,
}

/// A type of `types.rs`.
#[derive(Clone, Debug)]
pub struct Item {
    /// Where it stands.
    pub module: ModuleId,
    /// The name.
    pub name: Ident,
    /// Documentation.
    pub docs: Docs,
    /// Why it should not be used any more.
    pub deprecated: Option<String>,
    /// What it is.
    pub kind: ItemKind,
}

/// What an [`Item`] is.
#[derive(Clone, Debug)]
pub enum ItemKind {
    /// A struct.
    Record(Record),
    /// An enum of alternatives.
    Choice(Choice),
    /// An open enum of texts.
    Enumeration(Enumeration),
    /// An alias of a simple type.
    Alias(Type),
    /// The typed failures of an operation.
    Faults(Faults),
}

/// A type, as a field has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// `()`.
    Unit,
    /// `bool`, `i32`, `String`: a name that is always in scope.
    Std(&'static str),
    /// `castile::X`.
    Runtime(&'static str),
    /// A generated type.
    Item(ItemId),
    /// `Option<T>`.
    Option(Box<Type>),
    /// `castile::Nillable<T>`.
    Nillable(Box<Type>),
    /// `Vec<T>`.
    Vec(Box<Type>),
    /// `castile::List<T>`.
    List(Box<Type>),
    /// `Box<T>`.
    Boxed(Box<Type>),
}

impl Type {
    /// `Option<self>`.
    #[must_use]
    pub fn option(self) -> Self {
        Self::Option(Box::new(self))
    }

    /// `Nillable<self>`.
    #[must_use]
    pub fn nillable(self) -> Self {
        Self::Nillable(Box::new(self))
    }

    /// `Vec<self>`.
    #[must_use]
    pub fn vec(self) -> Self {
        Self::Vec(Box::new(self))
    }

    /// `Box<self>`.
    #[must_use]
    pub fn boxed(self) -> Self {
        Self::Boxed(Box::new(self))
    }
}

/// A struct with its table.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// The namespace that its elements have unless they say otherwise.
    pub namespace: String,
    /// Attributes first, then content in wire order.
    pub fields: Vec<Field>,
    /// Rules between fields.
    pub rules: Vec<Rule>,
    /// Whether text may stand between the elements.
    pub mixed: bool,
    /// Whether it has a `new`.
    pub constructor: bool,
    /// Set when it is the body of error responses.
    pub failure: Option<Failure>,
}

/// A field of a record.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name.
    pub name: Ident,
    /// Documentation, never empty.
    pub docs: Docs,
    /// Why it should not be used any more.
    pub deprecated: Option<String>,
    /// The type.
    pub type_: Type,
    /// Attribute or content.
    pub part: FieldPart,
    /// How the table sees it.
    pub entry: Entry,
    /// How `new` takes it, if it does.
    pub argument: Option<Argument>,
}

/// Which list of the table a field is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldPart {
    /// The attributes.
    Attribute,
    /// The content.
    Content,
}

/// An argument of `new`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// `impl Into<T>`.
    Into(Type),
    /// `T`.
    Plain(Type),
    /// `T`, kept as `Some`.
    Some(Type),
    /// `T`, kept in a box.
    Boxed(Type),
}

/// An entry of a table: a constructor and the methods called on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The constructor.
    pub kind: EntryKind,
    /// The methods, in order.
    pub settings: Vec<Setting>,
}

/// The constructor of an [`Entry`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// `one("Name")`.
    One(String),
    /// `opt("Name")`.
    Opt(String),
    /// `many("Name")`.
    Many(String),
    /// `any()`.
    Any,
    /// `text()`.
    Text,
    /// `choice(E::BRANCHES)`, of an enum.
    Choice(ItemId),
    /// `group(R::SHAPE)`, of a record.
    Group(ItemId),
}

impl EntryKind {
    /// The wire name of an element or attribute.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::One(name) | Self::Opt(name) | Self::Many(name) => Some(name),
            _ => None,
        }
    }
}

/// A method called on an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// `.in_namespace("…")`.
    InNamespace(String),
    /// `.unqualified()`.
    Unqualified,
    /// `.nillable()`.
    Nillable,
    /// `.wrapped("Item")`.
    Wrapped(String),
    /// `.item_nillable()`.
    ItemNillable,
    /// `.min_occurs(n)`.
    MinOccurs(u64),
    /// `.max_occurs(n)`.
    MaxOccurs(u64),
    /// `.length(n)`.
    Length(u64),
    /// `.min_length(n)`.
    MinLength(u64),
    /// `.max_length(n)`.
    MaxLength(u64),
    /// `.total_digits(n)`.
    TotalDigits(u64),
    /// `.fraction_digits(n)`.
    FractionDigits(u64),
    /// `.min_inclusive("…")`.
    MinInclusive(String),
    /// `.max_inclusive("…")`.
    MaxInclusive(String),
    /// `.min_exclusive("…")`.
    MinExclusive(String),
    /// `.max_exclusive("…")`.
    MaxExclusive(String),
    /// `.replace()`.
    Replace,
    /// `.collapse()`.
    Collapse,
    /// `.secret()`.
    Secret,
    /// `.optional()`.
    Optional,
    /// `.repeated()`.
    Repeated,
    /// `.nil_others()`.
    NilOthers,
    /// `.in_path()`.
    InPath,
    /// `.in_query()`.
    InQuery,
    /// `.in_header()`.
    InHeader,
    /// `.absent_nil()`.
    AbsentNil,
    /// `.absent_omit()`.
    AbsentOmit,
    /// `.absent_empty()`.
    AbsentEmpty,
    /// `.claimed()`.
    Claimed,
    /// `.default_value("…")`.
    DefaultValue(String),
    /// `.fixed("…")`.
    Fixed(String),
}

/// A rule between fields, by wire names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What must hold.
    pub kind: RuleKind,
    /// The wire names.
    pub members: Vec<String>,
}

/// What a [`Rule`] demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// Exactly one is given.
    ExactlyOne,
    /// One at most is given.
    AtMostOne,
    /// One at least is given.
    AtLeastOne,
    /// With the first, all others are given.
    Requires,
    /// With the first, none of the others is given.
    Excludes,
}

/// An enum of alternatives.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// The alternatives.
    pub variants: Vec<Variant>,
}

/// An alternative with its value.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The name.
    pub name: Ident,
    /// Documentation, never empty.
    pub docs: Docs,
    /// The type of the value.
    pub type_: Type,
    /// How the table sees it.
    pub entry: Entry,
}

/// An open enumeration.
#[derive(Clone, Debug)]
pub struct Enumeration {
    /// The name in messages about values that are none: the name on the wire.
    pub wire_name: String,
    /// How JSON writes the values.
    pub json: JsonKind,
    /// The known values.
    pub values: Vec<EnumerationValue>,
    /// The name of the variant for all others.
    pub other: Ident,
}

/// A value of an enumeration.
#[derive(Clone, Debug)]
pub struct EnumerationValue {
    /// The variant.
    pub name: Ident,
    /// The text on the wire.
    pub value: String,
    /// Documentation, never empty.
    pub docs: Docs,
}

/// How JSON writes a simple type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonKind {
    /// `"x"`.
    String,
    /// `1`.
    Number,
    /// `true`.
    Boolean,
}

/// The fault codes of a provider.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// The name of the enum.
    pub name: Ident,
    /// Documentation, never empty.
    pub docs: Docs,
    /// The codes.
    pub codes: Vec<EnumerationValue>,
    /// The name of the variant for all others.
    pub other: Ident,
}

/// The typed failures of an operation: an enum.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    /// One variant per kind of detail.
    pub variants: Vec<Variant>,
    /// Per variant where code and text of the failure stand, if they do.
    pub failures: Vec<Option<Failure>>,
}

/// A record that is itself a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Its entry as the body of an error response; `None` for an ordinary response that may hold
    /// errors.
    pub entry: Option<Entry>,
    /// Where code and text stand in it, if they do.
    pub rejection: Option<Rejection>,
}

/// Where code and text of an error stand in a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// From the record to one message; empty if the record is the message.
    pub message: Vec<Step>,
    /// From a message to what tells errors from remarks, and the values of errors.
    pub severity: Option<(Vec<Step>, Vec<String>)>,
    /// From a message to the code.
    pub code: Vec<Step>,
    /// From a message to the text.
    pub reason: Vec<Step>,
}

/// A step from a record into one of its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The field.
    pub field: Ident,
    /// What is around the value, from outside in; boxes left out.
    pub layers: Vec<Layer>,
}

/// What is around a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// `Option`.
    Option,
    /// `Nillable`.
    Nillable,
    /// `Vec`.
    Vec,
}

/// A client.
#[derive(Clone, Debug)]
pub struct Client {
    /// The name.
    pub name: Ident,
    /// The service's name on the wire.
    pub service: String,
    /// Documentation, never empty.
    pub docs: Docs,
    /// The protocol.
    pub protocol: Protocol,
    /// The known addresses; `new` takes the first.
    pub addresses: Vec<Address>,
    /// What the SOAP actions could be, where nobody knows them: `new` asks.
    pub unverified_actions: Option<Vec<String>>,
    /// How credentials are given.
    pub credentials: Option<Credentials>,
    /// Whether HTTP Basic is used.
    pub basic: bool,
    /// Values sent with every call.
    pub setters: Vec<Setter>,
    /// The operations.
    pub operations: Vec<Operation>,
}

/// The protocol of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// SOAP 1.1.
    Soap11,
    /// SOAP 1.2.
    Soap12,
    /// JSON over HTTP.
    Json,
}

/// An address constant.
#[derive(Clone, Debug)]
pub struct Address {
    /// The name: `TEST`, `PRODUCTION`, `ADDRESS`.
    pub constant: Ident,
    /// The address.
    pub location: String,
    /// Documentation, never empty.
    pub docs: Docs,
}

/// How credentials are given.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// In two header blocks of text: user name and password.
    Headers {
        /// The element of the user name.
        username: QualifiedName,
        /// Whether the user name must not be shown either.
        secret_username: bool,
        /// The element of the password.
        password: QualifiedName,
    },
    /// As a record in the request.
    Body(Type),
}

/// A name on the wire.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct QualifiedName {
    /// The namespace.
    pub namespace: String,
    /// The local name.
    pub local: String,
}

/// A method of a client that sets a value for every call.
#[derive(Clone, Debug)]
pub struct Setter {
    /// The name of method and argument.
    pub name: Ident,
    /// Documentation, never empty.
    pub docs: Docs,
    /// The argument.
    pub argument: Argument,
    /// What the value becomes.
    pub target: SetterTarget,
}

/// What the value of a [`Setter`] becomes.
#[derive(Clone, Debug)]
pub enum SetterTarget {
    /// A SOAP header block.
    Block(QualifiedName),
    /// An HTTP header of text.
    Http {
        /// The header.
        header: String,
        /// What comes before the value.
        prefix: String,
        /// Whether the value must not be shown.
        secret: bool,
    },
    /// An HTTP header of Base64 of JSON.
    HttpBase64Json {
        /// The header.
        header: String,
        /// Whether the value must not be shown.
        secret: bool,
    },
}

/// An operation: a marker type in `operations.rs` and a method of the client.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The marker.
    pub marker: Ident,
    /// The method.
    pub method: Ident,
    /// The name on the wire.
    pub wire_name: String,
    /// Documentation, never empty.
    pub docs: Docs,
    /// Why it should not be used any more.
    pub deprecated: Option<String>,
    /// The request.
    pub request: Message,
    /// The response.
    pub response: Message,
    /// Whether no response is expected.
    pub one_way: bool,
    /// The field of the request that the client's credentials fill.
    pub credentials: Option<Ident>,
    /// The SOAP action.
    pub action: Action,
    /// Method and path, for HTTP.
    pub http: Option<(String, String)>,
    /// HTTP headers sent with it: name and whether it is required.
    pub http_headers: Vec<(String, bool)>,
    /// Header blocks and whether each is required.
    pub headers: Vec<(QualifiedName, bool)>,
    /// The type of its fault codes.
    pub code: Option<usize>,
    /// The type of the detail of its faults.
    pub detail: Option<Type>,
    /// Error bodies: status and branch of the detail.
    pub statuses: Vec<(u16, usize)>,
    /// Errors inside an ordinary response; the detail is then the response.
    pub in_band: Option<Rejection>,
    /// Whether a repetition does harm.
    pub idempotency: Idempotency,
    /// Sample messages.
    pub examples: Vec<Example>,
}

/// A request or response.
#[derive(Clone, Debug)]
pub struct Message {
    /// The record, or `()` for an empty body.
    pub type_: Type,
    /// The elements from the body to the record.
    pub path: Vec<QualifiedName>,
}

/// The SOAP action of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// None, or an empty one.
    Empty,
    /// This one.
    Fixed(String),
    /// The client's.
    Client,
}

/// Whether a repeated call does harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idempotency {
    /// Nobody says.
    Unknown,
    /// Changes nothing.
    Safe,
    /// Changes nothing the second time.
    Idempotent,
    /// Acts again, or fails.
    Once,
}

/// A sample message.
#[derive(Clone, Debug)]
pub struct Example {
    /// The name of the test that reads it.
    pub test: Ident,
    /// Which message it is.
    pub direction: Direction,
    /// The text.
    pub text: String,
}

/// The direction of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the service.
    Request,
    /// From the service.
    Response,
    /// From the service, with this HTTP status (0 if not said): an error.
    Error(u16),
}
