use super::{
    check, check_shapes, check_types, items, lowered, parse_all, resolved, schema, schema_text,
    tree,
};

#[test]
fn presence_is_in_the_type() {
    let content = r#"<xs:complexType name="Invoice"><xs:sequence>
<xs:element name="Number" type="xs:string"/>
<xs:element name="IssuedOn" type="xs:date" nillable="true"/>
<xs:element name="Total" type="xs:decimal" minOccurs="0"/>
<xs:element name="DueOn" type="xs:date" nillable="true" minOccurs="0"/>
<xs:element name="Line" type="xs:int" minOccurs="0" maxOccurs="unbounded"/>
<xs:element name="Note" type="xs:string" nillable="true" maxOccurs="3"/>
</xs:sequence><xs:attribute name="version" type="xs:int" use="required"/><xs:attribute name="lang" type="xs:language"/></xs:complexType>"#;
    check_types(
        content,
        r#"
/// Type `Invoice`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Invoice {
    /// `version`
    pub version: i32,
    /// `lang`
    pub lang: Option<String>,
    /// `Number`
    pub number: String,
    /// `IssuedOn`
    pub issued_on: Option<Date>,
    /// `Total`
    pub total: Option<Decimal>,
    /// `DueOn`
    pub due_on: Nillable<Date>,
    /// `Line`
    pub line: Vec<i32>,
    /// `Note`
    pub note: Vec<Option<String>>,
}

impl Invoice {
    /// With the required fields; the others are absent.
    pub fn new(
        version: i32,
        number: impl Into<String>,
        note: Vec<Option<String>>,
    ) -> Self {
        Self {
            version,
            number: number.into(),
            note,
            ..Self::default()
        }
    }
}
"#,
    );
    check_shapes(
        content,
        r#"
const SHAPE: &'static Shape = &Shape::new(
        NAMESPACE,
        &[
            one("Number"),
            one("IssuedOn").nillable(),
            opt("Total"),
            opt("DueOn").nillable(),
            many("Line"),
            many("Note").nillable().min_occurs(1).max_occurs(3),
        ],
    )
    .attributes(&[one("version"), opt("lang").collapse()]);
"#,
    );
}

#[test]
fn a_wrapper_of_one_repeated_element_is_folded() {
    let content = r#"<xs:complexType name="ArrayOfLine"><xs:sequence><xs:element name="Line" type="Line" minOccurs="0" maxOccurs="unbounded" nillable="true"/></xs:sequence></xs:complexType>
<xs:complexType name="Line"><xs:sequence><xs:element name="Text" type="xs:string"/></xs:sequence></xs:complexType>
<xs:element name="Invoice"><xs:complexType><xs:sequence>
<xs:element name="A" type="ArrayOfLine"/>
<xs:element name="B" type="ArrayOfLine" minOccurs="0"/>
<xs:element name="C" type="ArrayOfLine" nillable="true"/>
<xs:element name="D" type="ArrayOfLine" minOccurs="0" nillable="true"/>
<xs:element name="E"><xs:complexType><xs:sequence maxOccurs="9"><xs:element name="Code" type="xs:int"/></xs:sequence></xs:complexType></xs:element>
</xs:sequence></xs:complexType></xs:element>"#;
    check_types(
        content,
        r#"
/// Element `Invoice`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Invoice {
    /// `A`
    pub a: Vec<Option<Line>>,
    /// `B`
    pub b: Option<Vec<Option<Line>>>,
    /// `C`
    pub c: Option<Vec<Option<Line>>>,
    /// `D`
    pub d: Nillable<Vec<Option<Line>>>,
    /// `E`
    pub e: Vec<i32>,
}

impl Invoice {
    /// With the required fields; the others are absent.
    pub fn new(a: Vec<Option<Line>>, e: Vec<i32>) -> Self {
        Self { a, e, ..Self::default() }
    }
}

/// Type `Line`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// `Text`
    pub text: String,
}

impl Line {
    /// With all fields.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into() }
    }
}
"#,
    );
    check_shapes(
        content,
        r#"
const SHAPE: &'static Shape = &Shape::new(
    NAMESPACE,
    &[
        one("A").wrapped("Line").item_nillable(),
        opt("B").wrapped("Line").item_nillable(),
        one("C").nillable().wrapped("Line").item_nillable(),
        opt("D").nillable().wrapped("Line").item_nillable(),
        one("E").wrapped("Code").min_occurs(1).max_occurs(9),
    ],
);
const SHAPE: &'static Shape = &Shape::new(NAMESPACE, &[one("Text")]);
"#,
    );
}

#[test]
fn choices_are_enums() {
    let content = r#"<xs:complexType name="Payment"><xs:sequence>
<xs:choice><xs:element name="Card" type="xs:string"/><xs:element name="Invoice" type="xs:string" nillable="true"/></xs:choice>
<xs:choice minOccurs="0" maxOccurs="unbounded">
<xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int"/><xs:element name="C" type="xs:int"/>
<xs:sequence><xs:element name="D" type="xs:int"/><xs:element name="E" type="xs:int" minOccurs="0"/></xs:sequence>
</xs:choice>
</xs:sequence></xs:complexType>"#;
    check_types(
        content,
        r#"
/// Type `Payment`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Payment {
    /// One of these.
    pub card_or_invoice: Option<PaymentCardOrInvoice>,
    /// Any of these, in this order.
    pub choice: Vec<PaymentChoice>,
}

impl Payment {
    /// With the required fields; the others are absent.
    pub fn new(card_or_invoice: PaymentCardOrInvoice) -> Self {
        Self {
            card_or_invoice: Some(card_or_invoice),
            ..Self::default()
        }
    }
}

/// One of these.
#[derive(Clone, Debug, PartialEq)]
pub enum PaymentCardOrInvoice {
    /// `Card`
    Card(String),
    /// `Invoice`
    Invoice(Option<String>),
}

/// One of these.
#[derive(Clone, Debug, PartialEq)]
pub enum PaymentChoice {
    /// `A`
    A(i32),
    /// `B`
    B(i32),
    /// `C`
    C(i32),
    /// Elements that go together: `D And E`.
    DAndE(PaymentChoiceDAndE),
}

/// Elements that go together: `D And E`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PaymentChoiceDAndE {
    /// `D`
    pub d: i32,
    /// `E`
    pub e: Option<i32>,
}

impl PaymentChoiceDAndE {
    /// With the required fields; the others are absent.
    pub fn new(d: i32) -> Self {
        Self { d, ..Self::default() }
    }
}
"#,
    );
    check_shapes(
        content,
        r#"
const SHAPE: &'static Shape = &Shape::new(
    NAMESPACE,
    &[
        choice(<PaymentCardOrInvoice as Choice>::BRANCHES),
        choice(<PaymentChoice as Choice>::BRANCHES).repeated().optional(),
    ],
);
const BRANCHES: &'static [Field] = &[one("Card"), one("Invoice").nillable()];
const BRANCHES: &'static [Field] = &[
    one("A"),
    one("B"),
    one("C"),
    group(<PaymentChoiceDAndE as ComplexType>::SHAPE),
];
const SHAPE: &'static Shape = &Shape::new(NAMESPACE, &[one("D"), opt("E")]);
"#,
    );
}

#[test]
fn groups_that_repeat_or_may_be_absent_are_records() {
    let content = r#"<xs:complexType name="Report"><xs:sequence>
<xs:sequence minOccurs="0" maxOccurs="unbounded"><xs:element name="Day" type="xs:date"/><xs:element name="Sum" type="xs:decimal"/></xs:sequence>
<xs:sequence minOccurs="0"><xs:element name="From" type="xs:date"/><xs:element name="To" type="xs:date"/></xs:sequence>
<xs:sequence minOccurs="0"><xs:element name="Single" type="xs:date"/></xs:sequence>
</xs:sequence></xs:complexType>"#;
    check_types(
        content,
        r#"
/// Type `Report`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Elements that go together: `Day And Sum`.
    pub day_and_sum: Vec<ReportDayAndSum>,
    /// Elements that go together: `From And To`.
    pub from_and_to: Option<ReportFromAndTo>,
    /// `Single`
    pub single: Option<Date>,
}

/// Elements that go together: `Day And Sum`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReportDayAndSum {
    /// `Day`
    pub day: Date,
    /// `Sum`
    pub sum: Decimal,
}

impl ReportDayAndSum {
    /// With all fields.
    pub fn new(day: Date, sum: Decimal) -> Self {
        Self { day, sum }
    }
}

/// Elements that go together: `From And To`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReportFromAndTo {
    /// `From`
    pub from: Date,
    /// `To`
    pub to: Date,
}

impl ReportFromAndTo {
    /// With all fields.
    pub fn new(from: Date, to: Date) -> Self {
        Self { from, to }
    }
}
"#,
    );
    check_shapes(
        content,
        r#"
const SHAPE: &'static Shape = &Shape::new(
    NAMESPACE,
    &[
        group(<ReportDayAndSum as ComplexType>::SHAPE).repeated().optional(),
        group(<ReportFromAndTo as ComplexType>::SHAPE).optional(),
        opt("Single"),
    ],
);
const SHAPE: &'static Shape = &Shape::new(NAMESPACE, &[one("Day"), one("Sum")]);
const SHAPE: &'static Shape = &Shape::new(NAMESPACE, &[one("From"), one("To")]);
"#,
    );
}

#[test]
fn an_extension_has_the_fields_of_its_base_first() {
    let content = r#"<xs:complexType name="Base" abstract="true"><xs:sequence><xs:element name="Id" type="xs:int"/></xs:sequence></xs:complexType>
<xs:complexType name="Derived"><xs:complexContent><xs:extension base="Base"><xs:sequence><xs:element name="Text" type="xs:string"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
<xs:complexType name="Price"><xs:simpleContent><xs:extension base="xs:decimal"><xs:attribute name="currency" type="xs:string" use="required"/></xs:extension></xs:simpleContent></xs:complexType>
<xs:complexType name="Holder"><xs:sequence><xs:element name="Any" type="Base"/><xs:element name="Price" type="Price"/></xs:sequence></xs:complexType>"#;
    check_types(
        content,
        r#"
/// Type `Base`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Base {
    /// `Id`
    pub id: i32,
}

impl Base {
    /// With all fields.
    pub fn new(id: i32) -> Self {
        Self { id }
    }
}

/// Type `Derived`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Derived {
    /// `Id`
    pub id: i32,
    /// `Text`
    pub text: String,
}

impl Derived {
    /// With all fields.
    pub fn new(id: i32, text: impl Into<String>) -> Self {
        Self { id, text: text.into() }
    }
}

/// Type `Holder`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Holder {
    /// `Any`
    pub any: AnyElement,
    /// `Price`
    pub price: Price,
}

impl Holder {
    /// With all fields.
    pub fn new(any: AnyElement, price: Price) -> Self {
        Self { any, price }
    }
}

/// Type `Price`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Price {
    /// `currency`
    pub currency: String,
    /// The text of the element.
    pub value: Decimal,
}

impl Price {
    /// With all fields.
    pub fn new(currency: impl Into<String>, value: Decimal) -> Self {
        Self {
            currency: currency.into(),
            value,
        }
    }
}
"#,
    );
    check_shapes(
        content,
        r#"
const SHAPE: &'static Shape = &Shape::new(NAMESPACE, &[one("Id")]);
const SHAPE: &'static Shape = &Shape::new(NAMESPACE, &[one("Id"), one("Text")]);
const SHAPE: &'static Shape = &Shape::new(NAMESPACE, &[one("Any"), one("Price")]);
const SHAPE: &'static Shape = &Shape::new("", &[text()])
    .attributes(&[one("currency")]);
"#,
    );
}

#[test]
fn a_substitution_group_is_an_enum_of_its_members() {
    let content = r#"<xs:element name="shape" type="Shape" abstract="true"/>
<xs:element name="circle" type="Circle" substitutionGroup="shape"/>
<xs:element name="label" type="xs:string" substitutionGroup="text"/>
<xs:element name="text" type="xs:string"/>
<xs:complexType name="Shape"><xs:sequence/></xs:complexType>
<xs:complexType name="Circle"><xs:complexContent><xs:extension base="Shape"><xs:sequence><xs:element name="radius" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
<xs:complexType name="Drawing"><xs:sequence><xs:element ref="shape" maxOccurs="unbounded"/><xs:element ref="text" minOccurs="0"/></xs:sequence></xs:complexType>"#;
    check_types(
        content,
        r#"
/// Type `Circle`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Circle {
    /// `radius`
    pub radius: i32,
}

impl Circle {
    /// With all fields.
    pub fn new(radius: i32) -> Self {
        Self { radius }
    }
}

/// Type `Drawing`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// Any of these, in this order.
    pub shape: Vec<ShapeChoice>,
    /// One of these.
    pub text: Option<Text>,
}

/// Type `Shape`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {}

/// The elements that may stand for `shape`.
#[derive(Clone, Debug, PartialEq)]
pub enum ShapeChoice {
    /// `circle`
    Circle(Circle),
}

/// The elements that may stand for `text`.
#[derive(Clone, Debug, PartialEq)]
pub enum Text {
    /// `text`
    Text(String),
    /// `label`
    Label(String),
}
"#,
    );
    check_shapes(
        content,
        r#"
const SHAPE: &'static castile::wire::Shape = &castile::wire::Shape::new(
    NAMESPACE,
    &[one("radius")],
);
const SHAPE: &'static castile::wire::Shape = &castile::wire::Shape::new(
    NAMESPACE,
    &[
        choice(<ShapeChoice as Choice>::BRANCHES).repeated(),
        choice(<Text as Choice>::BRANCHES).optional(),
    ],
);
const SHAPE: &'static castile::wire::Shape = &castile::wire::Shape::new("", &[]);
const BRANCHES: &'static [Field] = &[one("circle").in_namespace(NAMESPACE)];
const BRANCHES: &'static [Field] = &[
    one("text").in_namespace(NAMESPACE),
    one("label").in_namespace(NAMESPACE),
];
"#,
    );
}

#[test]
fn simple_types_are_aliases_enumerations_and_limits() {
    let content = r#"<xs:simpleType name="Code"><xs:restriction base="xs:token"><xs:minLength value="2"/><xs:maxLength value="8"/></xs:restriction></xs:simpleType>
<xs:simpleType name="Status"><xs:restriction base="xs:string"><xs:enumeration value="Active"/><xs:enumeration value="active"/><xs:enumeration value="Other"/><xs:enumeration value=""/><xs:enumeration value="-"/><xs:enumeration value="30 days"/><xs:enumeration value="Self"/></xs:restriction></xs:simpleType>
<xs:simpleType name="Grade"><xs:restriction base="xs:int"><xs:enumeration value="1"/><xs:enumeration value="2"/></xs:restriction></xs:simpleType>
<xs:simpleType name="Both"><xs:union memberTypes="Status Grade"/></xs:simpleType>
<xs:complexType name="R"><xs:sequence>
<xs:element name="code" type="Code"/><xs:element name="status" type="Status"/><xs:element name="both" type="Both"/>
<xs:element name="sum"><xs:simpleType><xs:restriction base="xs:decimal"><xs:totalDigits value="6"/><xs:fractionDigits value="2"/><xs:minInclusive value="0"/></xs:restriction></xs:simpleType></xs:element>
<xs:element name="kind"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="x"/></xs:restriction></xs:simpleType></xs:element>
<xs:element name="ids" type="xs:IDREFS"/><xs:element name="huge"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="99999999999"/></xs:restriction></xs:simpleType></xs:element>
<xs:element name="line" type="xs:normalizedString" default="x"/>
<xs:element name="pin" type="xs:string" c:secret="true"/>
</xs:sequence></xs:complexType>"#;
    check_types(
        content,
        r#"
/// Values of `Both`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Both {
    /// `Active`
    Active,
    /// `active`
    ActiveValue,
    /// `Other`
    OtherValue,
    /// (empty)
    Empty,
    /// `-`
    Minus,
    /// `30 days`
    N30Days,
    /// `Self`
    Self_,
    /// `1`
    N1,
    /// `2`
    N2,
    /// Any other text, as it came.
    Other(String),
}

/// Type `Code`.
pub type Code = String;

/// Values of `Grade`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Grade {
    /// `1`
    N1,
    /// `2`
    N2,
    /// Any other text, as it came.
    Other(String),
}

/// Type `R`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct R {
    /// `code`
    ///
    /// At most 8 characters.
    pub code: Code,
    /// `status`
    pub status: Status,
    /// `both`
    pub both: Both,
    /// `sum`
    pub sum: Decimal,
    /// `kind`
    pub kind: RKind,
    /// `ids`
    pub ids: List<String>,
    /// `huge`
    pub huge: String,
    /// `line`
    ///
    /// The service assumes `x`.
    pub line: String,
    /// `pin`
    pub pin: Secret,
}

impl R {
    /// With all fields.
    pub fn new(
        code: impl Into<Code>,
        status: Status,
        both: Both,
        sum: Decimal,
        kind: RKind,
        ids: List<String>,
        huge: impl Into<String>,
        line: impl Into<String>,
        pin: impl Into<Secret>,
    ) -> Self {
        Self {
            code: code.into(),
            status,
            both,
            sum,
            kind,
            ids,
            huge: huge.into(),
            line: line.into(),
            pin: pin.into(),
        }
    }
}

/// Values of `kind`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RKind {
    /// `x`
    X,
    /// Any other text, as it came.
    Other(String),
}

/// Values of `Status`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Status {
    /// `Active`
    Active,
    /// `active`
    ActiveValue,
    /// `Other`
    OtherValue,
    /// (empty)
    Empty,
    /// `-`
    Minus,
    /// `30 days`
    N30Days,
    /// `Self`
    Self_,
    /// Any other text, as it came.
    Other(String),
}
"#,
    );
    check_shapes(
        content,
        r#"
const NAME: &'static str = "Both";
const JSON: JsonKind = JsonKind::String;
const NAME: &'static str = "Grade";
const JSON: JsonKind = JsonKind::Number;
const SHAPE: &'static Shape = &Shape::new(
    NAMESPACE,
    &[
        one("code").collapse().min_length(2).max_length(8),
        one("status"),
        one("both"),
        one("sum").total_digits(6).fraction_digits(2).min_inclusive("0"),
        one("kind"),
        one("ids"),
        one("huge"),
        one("line").replace().default_value("x"),
        one("pin").secret(),
    ],
);
const NAME: &'static str = "kind";
const JSON: JsonKind = JsonKind::String;
const NAME: &'static str = "Status";
const JSON: JsonKind = JsonKind::String;
"#,
    );
}

#[test]
fn what_is_open_is_kept_as_a_tree() {
    let content = r#"<xs:complexType name="Open"><xs:sequence>
<xs:element name="Thing" type="xs:anyType"/><xs:element name="Value" type="xs:anySimpleType"/><xs:element name="Mixed" type="Mixed"/><xs:any minOccurs="0" maxOccurs="unbounded" processContents="lax"/>
</xs:sequence><xs:anyAttribute/></xs:complexType>
<xs:complexType name="Mixed" mixed="true"><xs:sequence><xs:element name="b" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType>"#;
    check_types(
        content,
        r#"
/// Type `Mixed`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mixed {
    /// The text between the elements.
    pub text: String,
    /// `b`
    pub b: Option<String>,
}

/// Type `Open`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Open {
    /// Attributes that the schema leaves open.
    pub any_attributes: AnyAttributes,
    /// `Thing`
    pub thing: AnyElement,
    /// `Value`
    pub value: String,
    /// `Mixed`
    pub mixed: AnyElement,
    /// Elements that the schema leaves open.
    pub any: Vec<AnyElement>,
}

impl Open {
    /// With the required fields; the others are absent.
    pub fn new(thing: AnyElement, value: impl Into<String>, mixed: AnyElement) -> Self {
        Self {
            thing,
            value: value.into(),
            mixed,
            ..Self::default()
        }
    }
}
"#,
    );
    check_shapes(
        content,
        r#"
const SHAPE: &'static Shape = &Shape::new(NAMESPACE, &[text(), opt("b")]).mixed();
const SHAPE: &'static Shape = &Shape::new(
        NAMESPACE,
        &[one("Thing"), one("Value"), one("Mixed"), any()],
    )
    .attributes(&[any()]);
"#,
    );
}

#[test]
fn only_what_closes_a_cycle_is_boxed() {
    let content = r#"<xs:complexType name="Tree"><xs:sequence><xs:element name="Left" type="Tree" minOccurs="0"/><xs:element name="Leaf" type="Leaf"/><xs:element name="Children" type="Tree" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType>
<xs:complexType name="Leaf"><xs:sequence><xs:element name="Owner" type="Owner" minOccurs="0"/></xs:sequence></xs:complexType>
<xs:complexType name="Owner"><xs:sequence><xs:element name="Tree" type="Tree" nillable="true"/></xs:sequence></xs:complexType>
<xs:complexType name="Expression"><xs:choice><xs:element name="Not" type="Expression"/><xs:element name="Value" type="xs:int"/></xs:choice></xs:complexType>"#;
    check_types(
        content,
        r#"
/// Type `Expression`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Expression {
    /// One of these.
    pub not_or_value: Option<ExpressionNotOrValue>,
}

impl Expression {
    /// With all fields.
    pub fn new(not_or_value: ExpressionNotOrValue) -> Self {
        Self {
            not_or_value: Some(not_or_value),
        }
    }
}

/// One of these.
#[derive(Clone, Debug, PartialEq)]
pub enum ExpressionNotOrValue {
    /// `Not`
    Not(Box<Expression>),
    /// `Value`
    Value(i32),
}

/// Type `Leaf`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leaf {
    /// `Owner`
    pub owner: Option<Owner>,
}

/// Type `Owner`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Owner {
    /// `Tree`
    pub tree: Option<Tree>,
}

/// Type `Tree`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    /// `Left`
    pub left: Option<Box<Tree>>,
    /// `Leaf`
    pub leaf: Box<Leaf>,
    /// `Children`
    pub children: Vec<Tree>,
}

impl Tree {
    /// With the required fields; the others are absent.
    pub fn new(leaf: Leaf) -> Self {
        Self {
            leaf: Box::new(leaf),
            ..Self::default()
        }
    }
}
"#,
    );
}

#[test]
fn anonymous_types_are_named_after_what_they_are_in() {
    let content = r#"<xs:element name="invoice"><xs:complexType><xs:sequence><xs:element name="line"><xs:complexType><xs:sequence><xs:element name="type" type="xs:string"/><xs:element name="Type" type="xs:string"/><xs:element name="self" type="xs:string"/></xs:sequence><xs:attribute name="self" type="xs:string"/></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
<xs:complexType name="Invoice"><xs:sequence/></xs:complexType>
<xs:complexType name="Option"><xs:sequence><xs:element name="date" type="xs:date" minOccurs="0"/><xs:element name="Date" type="Date"/></xs:sequence></xs:complexType>
<xs:complexType name="Date"><xs:sequence><xs:element name="f" type="Field"/></xs:sequence></xs:complexType>
<xs:complexType name="Field"><xs:sequence><xs:element name="größe" type="xs:int"/></xs:sequence></xs:complexType>
<xs:complexType name="ComplexType"><xs:sequence/></xs:complexType>"#;
    check_types(
        content,
        r#"
/// Type `ComplexType`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ComplexType {}

/// Type `Date`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Date {
    /// `f`
    pub f: Field,
}

impl Date {
    /// With all fields.
    pub fn new(f: Field) -> Self {
        Self { f }
    }
}

/// Type `Field`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Field {
    /// `größe`
    pub grosse: i32,
}

impl Field {
    /// With all fields.
    pub fn new(grosse: i32) -> Self {
        Self { grosse }
    }
}

/// Type `Invoice`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Invoice {}

/// Element `invoice`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvoiceElement {
    /// `line`
    pub line: InvoiceElementLine,
}

impl InvoiceElement {
    /// With all fields.
    pub fn new(line: InvoiceElementLine) -> Self {
        Self { line }
    }
}

/// Element `line`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvoiceElementLine {
    /// `self`
    pub self_attribute: Option<String>,
    /// `type`
    pub r#type: String,
    /// `Type`
    pub type_2: String,
    /// `self`
    pub self_: String,
}

impl InvoiceElementLine {
    /// With the required fields; the others are absent.
    pub fn new(
        r#type: impl Into<String>,
        type_2: impl Into<String>,
        self_: impl Into<String>,
    ) -> Self {
        Self {
            r#type: r#type.into(),
            type_2: type_2.into(),
            self_: self_.into(),
            ..Self::default()
        }
    }
}

/// Type `Option`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OptionType {
    /// `date`
    pub date: Option<castile::Date>,
    /// `Date`
    pub date_2: Date,
}

impl OptionType {
    /// With the required fields; the others are absent.
    pub fn new(date_2: Date) -> Self {
        Self { date_2, ..Self::default() }
    }
}
"#,
    );
    let tree = schema(content);
    let wire = tree.get("wire.rs").unwrap();
    let head = &wire[..wire.find("\nimpl").unwrap()];
    check(
        head,
        r#"
// @generated by `castile generate` from test. Do not edit.

//! How the types are read and written.

use castile::ReadError;
use castile::wire::{ComplexType as _, ContentReader, ContentWriter, Shape, one, opt};
use super::NAMESPACE;
use super::types::{
    ComplexType, Date, Field, Invoice, InvoiceElement, InvoiceElementLine, OptionType,
};
"#,
    );
    assert!(wire.contains("impl castile::wire::ComplexType for ComplexType {"));
}

#[test]
fn namespaces_are_modules_and_unrelated_declarations_change_no_name() {
    let one = "<xs:complexType name=\"Row\"><xs:sequence><xs:element name=\"cell\"><xs:complexType>\
               <xs:sequence><xs:element name=\"v\" type=\"xs:int\"/></xs:sequence></xs:complexType>\
               </xs:element></xs:sequence></xs:complexType>";
    let two = format!("<xs:complexType name=\"Other\"><xs:sequence/></xs:complexType>{one}");
    let alone = schema(one);
    let both = schema(&two);
    let expected = items(&alone, "types.rs");
    assert!(items(&both, "types.rs").ends_with(expected));
    // The order of declarations does not matter.
    let turned = format!("{one}<xs:complexType name=\"Other\"><xs:sequence/></xs:complexType>");
    assert_eq!(schema(&turned), both);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let text = schema_text(
        r#"<xs:element name="a"><xs:complexType><xs:choice><xs:element name="b" type="xs:int"/><xs:element name="c" type="xs:date"/></xs:choice></xs:complexType></xs:element>"#,
    );
    let once = lowered(&resolved("test.xsd", &text));
    let again = lowered(&resolved("test.xsd", &text));
    assert_eq!(tree(&once), tree(&again));
    parse_all(&tree(&once));
    assert!(once.diagnostics.is_empty());
}
