//! SOAP-encoded messages, read as they stand and by way of the literal ones that say the same.

use castile::types::{Date, Nillable};
use castile::wire::{
    Encoding, Member, Name, Polymorphic, TypedValue, Value, array, complex_type, many, member, one,
    opt, polymorphic, read_encoded_body, structure, write_encoded_message, xsd,
};
use castile::{AnyElement, Decimal, Limits, ReadError};

use super::mutation::{Chance, mutated};
use super::{Tried, show};

const P: &str = "urn:p";

static ENCODING: Encoding = Encoding::new(&[
    structure(
        P,
        "Boat",
        &[
            member("name", xsd("string")).in_namespace(P),
            member("length", xsd("decimal")).in_namespace(P),
            member("since", xsd("date")).in_namespace(P),
            member("crew", Name::new(P, "Names")).in_namespace(P),
            member("tender", Name::new(P, "Boat")).in_namespace(P),
        ],
    ),
    array(P, "Boats", member("item", Name::new(P, "Boat"))),
    structure(
        P,
        "Ferry",
        &[
            member("name", xsd("string")).in_namespace(P),
            member("decks", xsd("int")).in_namespace(P),
        ],
    ),
    array(P, "Grid", member("item", Name::new(P, "Grid/item"))),
    array(P, "Grid/item", member("item", xsd("int"))),
    array(P, "Names", member("name", xsd("string")).in_namespace(P)),
    structure(P, "Ship", &[member("name", xsd("string")).in_namespace(P)]),
]);

const PARTS: &[Member] = &[
    member("return", Name::new(P, "Boats")),
    member("grid", Name::new(P, "Grid")),
    member("ship", Name::new(P, "Ship")),
    member("count", xsd("int")),
    member("note", xsd("string")),
];

/// The parts of the message.
#[derive(Clone, Default)]
struct Answer {
    boats: Vec<Boat>,
    grid: Option<Vec<Row>>,
    ship: Option<AnyShip>,
    count: i32,
    note: Option<String>,
}

complex_type! {
    Answer, "";
    boats: one("return").wrapped("item"),
    grid: opt("grid").nillable().wrapped("item"),
    ship: opt("ship").nillable(),
    count: one("count"),
    note: opt("note").default_value("none"),
}

#[derive(Clone, Default)]
struct Row {
    item: Vec<i32>,
}

complex_type! {
    Row, "";
    item: many("item"),
}

#[derive(Clone, Default)]
struct Boat {
    name: String,
    length: Decimal,
    since: Nillable<Date>,
    crew: Vec<Option<String>>,
    tender: Option<Box<Boat>>,
}

complex_type! {
    Boat, P;
    name: one("name"),
    length: one("length").claimed(),
    since: opt("since").nillable(),
    crew: one("crew").wrapped("name").item_namespace(P).item_nillable().claimed(),
    tender: opt("tender").nillable(),
}

#[derive(Clone, Default)]
struct Ferry {
    name: String,
    decks: i32,
}

complex_type! {
    Ferry, P;
    name: one("name"),
    decks: one("decks"),
}

#[derive(Clone, Default)]
struct Ship {
    name: String,
}

complex_type! {
    Ship, P;
    name: one("name"),
}

#[derive(Clone, Debug, PartialEq)]
enum AnyShip {
    Ship(Box<Ship>),
    Ferry(Box<Ferry>),
    Other(Box<AnyElement>),
}

impl Polymorphic for AnyShip {
    const TYPES: &'static [Name] = &[Name::new(P, "Ship"), Name::new(P, "Ferry")];

    fn read(index: usize, value: TypedValue<'_, '_>) -> Result<Self, ReadError> {
        match index {
            0 => value.read().map(Self::Ship),
            1 => value.read().map(Self::Ferry),
            _ => value.read().map(Self::Other),
        }
    }

    fn write(&self) -> (usize, &dyn Value) {
        match self {
            Self::Ship(value) => (0, value),
            Self::Ferry(value) => (1, value),
            Self::Other(value) => (2, value),
        }
    }
}

polymorphic!(AnyShip, Other);

/// Bodies without their start tags, where every document declares the same.
const BODIES: &[&str] = &[
    "<p:answer><return xsi:type='e:Array' e:arrayType='p:Boat[2]'><item xsi:type='p:Boat'><name \
     xsi:type='x:string'>A</name><length xsi:type='x:decimal'>7.50</length><since \
     xsi:nil='true'/></item><item xsi:type='p:Boat'><name xsi:type='x:string'>B &amp; \
     B</name><length xsi:type='x:decimal'>8</length><since \
     xsi:type='x:date'>2020-01-02</since><crew e:arrayType='x:string[2]' xsi:type='e:Array'><i \
     xsi:type='x:string'>a</i><i xsi:type='x:string'>b</i><i xsi:nil='1'/></crew><tender \
     xsi:type='p:Boat'><name>C</name></tender></item></return><ship xsi:type='p:Ferry'><name>F</name>\
     <decks>3</decks></ship><count xsi:type='x:int'>2</count><note/></p:answer>",
    "<p:answer xmlns:q='urn:p'>\n <return>\n  <q:Boat id='b'>\n   <q:name>A</q:name>\n  </q:Boat>\n  \
     <q:Boat>\n   <q:name>B</q:name>\n   <q:length>1</q:length>\n  </q:Boat>\n </return>\n \
     <grid e:arrayType='x:int[][2]'><i><i>1</i><i>2</i></i><i/></grid>\n <ship xsi:type='p:Ship'>\
     <name>S</name></ship>\n <count>1</count>\n</p:answer>",
    "<p:answer><gensym1 e:arrayType='p:Boat[1]' e:offset='[0]'><i e:position='[0]'><name>A</name>\
     </i></gensym1><count>1</count><more><x/></more></p:answer>",
    "<p:other><return><i href='#1'/><i href='#2'/></return><count href='#n'/></p:other><m id='1' \
     e:root='0' xsi:type='p:Boat'><name>A</name><tender href='#2'/></m><m id='2' e:root='0' \
     xmlns:b='urn:p' xsi:type='b:Boat'><name href='#s'/><length xsi:type='x:decimal'>3</length></m><m \
     id='n' e:root='0' xsi:type='x:int'>5</m><m id='s' e:root='0' xsi:type='x:string'>B</m>",
    "<p:answer><return r:itemType='p:Boat' r:arraySize='2'><i r:id='k'><name>A</name></i><i \
     r:ref='k'/></return><count>1</count></p:answer>",
    "<p:answer><return/><ship href='#f'/><count>1</count></p:answer><m id='f' xsi:type='p:Ferry'>\
     <decks>1</decks><name>F</name></m>",
    "<q:answer xmlns:q='urn:p'><return><i id='1' xsi:type='q:Boat'><q:name href='#s'/><tender \
     href='#2'/></i><i href='#1'/></return><ship href='#f'/><count href='#n'/>\
     </q:answer><m id='2' xsi:type='p:Boat'><name href='#s'/><crew href='#c'/></m><m id='f' \
     xmlns:z='urn:p' xsi:type='z:Ferry'><decks href='#n'/><name>F</name></m><m id='s'>A</m><m id='n' href='#k'/><m \
     id='k'>7</m><m id='c' e:arrayType='x:string[2]'><i href='#s'/><i id='i'>B</i></m>",
];

/// What may become of names and values that matter to the encoding.
const EXCHANGES: &[(&str, &str)] = &[
    ("#1", "#2"),
    ("#2", "#1"),
    ("#s", "#i"),
    ("#n", "#f"),
    ("#c", "#1"),
    ("#", ""),
    ("id='", "href='#"),
    ("href='#", "id='"),
    ("id='2'", "id='1'"),
    (" href", " r:ref"),
    ("xsi:type", "e:arrayType"),
    ("xsi:nil", "xsi:null"),
    ("xsi:type='p:Boat'", "xsi:type='p:Ship'"),
    ("xsi:type='p:Boat'", "xsi:type='Boat'"),
    ("xsi:type='p:Ferry'", "xsi:type='p:Ship'"),
    ("xsi:type='p:Ferry'", "xsi:type='p:Raft'"),
    ("xsi:type='p:Ferry'", "xsi:type='e:Struct'"),
    ("xsi:type='p:Ferry'", "xsi:type='p:Boats'"),
    ("<name", "<p:name"),
    ("<item", "<x:item"),
    ("[0]", "[1]"),
    ("[2]", "[1,2]"),
    ("e:root='0'", "e:root='1'"),
    ("answer", "other"),
    ("<return", "<any"),
    ("</return", "</any"),
    ("return>", "count>"),
    ("count>", "note>"),
    ("XMLSchema-instance", "xmlschema-instance"),
    ("2001/XMLSchema-instance", "1999/XMLSchema-instance"),
    ("xmlns:q", "xmlns:p"),
    ("/>", "> </i>"),
    ("/>", "><!-- c --></i>"),
    ("<m ", "<s:Fault "),
    ("<note", "<note e:root='1'"),
    ("<count", "<count r:id='n'"),
    ("<count", "<count s:encodingStyle=''"),
];

fn document(content: &str) -> String {
    format!(
        "<s:Body xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' xmlns:p='{P}' \
         xmlns:e='http://schemas.xmlsoap.org/soap/encoding/' \
         xmlns:r='http://www.w3.org/2003/05/soap-encoding' xmlns:x='http://www.w3.org/2001/XMLSchema' \
         xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>{content}</s:Body>"
    )
}

/// Tries one message.
pub(super) fn case(chance: &mut Chance, tried: &mut Tried) -> Result<(), String> {
    let mut content = (*chance.one_of(BODIES)).to_owned();
    for _ in 0..chance.below(3) {
        let (from, to) = *chance.one_of(EXCHANGES);
        let places: Vec<usize> = content.match_indices(from).map(|(at, _)| at).collect();
        if !places.is_empty() {
            let at = *chance.one_of(&places);
            content.replace_range(at..at + from.len(), to);
        }
    }
    let document = if chance.one_in(8) {
        mutated(chance, &document(&content))
    } else if chance.one_in(3) {
        document(&mutated(chance, &content))
    } else {
        document(&content)
    };
    let mut limits = Limits::default();
    if chance.one_in(8) {
        match chance.below(3) {
            0 => limits.depth = chance.below(8),
            1 => limits.children = chance.below(8),
            _ => limits.elements = chance.below(40),
        }
    }
    let read = agree(&document, &limits)?;
    tried.documents += 1;
    tried.read += u64::from(read.is_some());
    tried.as_they_stand += u64::from(read == Some(true));
    Ok(())
}

/// Whether the message can be read, and if so, whether as it stands.
fn agree(document: &str, limits: &Limits) -> Result<Option<bool>, String> {
    let read = |as_it_stands| {
        let parts = (&ENCODING, PARTS);
        let name = Name::new(P, "answer");
        read_encoded_body::<Answer>(document, parts, name, limits, as_it_stands)
    };
    let slow = read(false);
    if let Ok(Some(answer)) = &slow {
        agree_on_writing(answer)?;
    }
    let Ok(Some(fast)) = read(true) else {
        return Ok(matches!(slow, Ok(Some(_))).then_some(false));
    };
    let (shown_fast, shown_slow) = (show(&Ok(Some(fast))), show(&slow));
    if shown_fast == shown_slow {
        return Ok(Some(true));
    }
    Err(format!(
        "the paths differ about\n{document}\nwith {limits:?}\nas it stands: {shown_fast}\nby the \
         literal message: {shown_slow}"
    ))
}

/// Writes the message as the record hands it out, and by way of the literal one.
fn agree_on_writing(answer: &Answer) -> Result<(), String> {
    for is_soap12 in [false, true] {
        let write = |directly| {
            let parts = (&ENCODING, PARTS);
            let name = Name::new(P, "answer");
            let written = write_encoded_message(answer, parts, name, is_soap12, directly);
            written.map(|text| text.map(|text| without_declarations(&text)))
        };
        let (fast, slow) = (write(true), write(false));
        let is_other = matches!(answer.ship, Some(AnyShip::Other(_)));
        let same = format!("{fast:?}") == format!("{slow:?}");
        if !(same || is_other && matches!(fast, Ok(None))) {
            return Err(format!(
                "the ways differ about {answer:?}\nas it is handed out: {fast:?}\nby the literal \
                 message: {slow:?}"
            ));
        }
    }
    Ok(())
}

/// Both declare the same prefixes, but not all where they are not used.
fn without_declarations(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(" xmlns") {
        out.push_str(before);
        let value = after.split_once('"').map_or("", |(_, value)| value);
        rest = value.split_once('"').map_or("", |(_, rest)| rest);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_is_read_as_it_stands() {
        for body in BODIES {
            let read = agree(&document(body), &Limits::default());
            assert_eq!(read, Ok(Some(true)), "{body}");
        }
    }
}
