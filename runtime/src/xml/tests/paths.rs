//! The fast path accepts only what the slow one accepts, with the same result: documents, changed
//! in many ways, read both ways.

use super::read;
use crate::complex::ComplexType;
use crate::specimens::{Accounts, Find, NAMESPACE, OTHER, Parcel};
use crate::xml::XSI;

/// A small generator of numbers (xorshift), so that each run does the same.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(below).unwrap()).unwrap()
    }

    fn pick<'t, T: ?Sized>(&mut self, from: &[&'t T]) -> &'t T {
        from[self.next(from.len())]
    }
}

const ACCOUNTS: &str = "<p:Accounts>\n<p:Account>\n<p:Balance>230.00</p:Balance>\n<p:Status>Active\
    </p:Status>\n<p:Number>73</p:Number>\n<p:MovedTo i:nil=\"true\"/>\n<p:Stopped>false</p:Stopped>\
    \n</p:Account>\n<p:Account><p:Balance>-0.5</p:Balance><p:Status>Odd</p:Status><p:Number/>\
    <p:MovedTo>9</p:MovedTo><p:Stopped>1</p:Stopped><p:Due>2012-01-01T00:00:00</p:Due></p:Account>\
    </p:Accounts><p:Correlation i:nil=\"true\"/><p:Note>a</p:Note><p:Note>b</p:Note>";

const FIND: &str = "<p:Country>SE</p:Country><p:Customer i:nil=\"true\"/><p:Street>A</p:Street>\
    <p:City>B</p:City><p:Password>x</p:Password><p:Store>7</p:Store>";

const PARCEL: &str = "<p:Street>A</p:Street><p:Codes><p:Code>1</p:Code><p:Code i:nil=\"true\"/>\
    </p:Codes><p:Shipped>2020-01-01</p:Shipped><p:Sent>2020-01-01</p:Sent><p:Lost>x</p:Lost>\
    <p:Amount>1.50</p:Amount><Remark>so <p:Bold>y</p:Bold></Remark><o:Payload><o:a/></o:Payload>\
    <p:Inner currency=\"a\"><p:Tag>x</p:Tag></p:Inner><p:Tag>x</p:Tag><p:Tag i:nil=\"true\"/>\
    <o:z>1</o:z>";

fn document(inside: &str) -> String {
    format!(
        "<p:Root xmlns:p=\"{NAMESPACE}\" xmlns:o=\"{OTHER}\" xmlns:i=\"{XSI}\" currency=\"a\">\
         {inside}</p:Root>"
    )
}

/// What is put in, in place of or between things.
const PIECES: &[&str] = &[
    " ",
    "\n",
    "\r\n",
    "\t",
    "<!-- -->",
    "<!---->",
    "<?x y?>",
    "<![CDATA[]]>",
    "<![CDATA[1]]>",
    "&#49;",
    "&amp;",
    "&",
    "]]>",
    "]",
    ">",
    "<",
    "/",
    "\"",
    "=",
    ":",
    "p:",
    "q:",
    "x",
    "7",
    "é",
    "\u{1}",
    "\u{FFFE}",
    "\u{FEFF}",
    "\u{FF21}",
    " a=\"b\"",
    " i:nil=\"true\"",
    " i:nil=\"false\"",
    " xsi:nil=\"true\"",
    " i:nil='1'",
    " xmlns:p=\"urn:other\"",
    " xmlns=\"urn:example:billing\"",
    " xmlns:q=\"urn:example:billing\"",
    " xmlns:i=\"urn:x\"",
    " xmlns=\"\"",
    "<p:Status>",
    "</p:Status>",
    "<p:Number/>",
    "<p:Unknown><p:Number>1</p:Number></p:Unknown>",
    "<Number/>",
    "<p:Account>",
    "</p:Account>",
    "<p:Stopped>1</p:Stopped>",
    "<p:Customer>1</p:Customer>",
    "<p:Number>1</p:Number>",
    "<p:City>C</p:City>",
    "<p:Sent>2020-01-01</p:Sent>",
    "<p:Tag/>",
    "<!DOCTYPE x>",
    "\0",
];

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn mutate(numbers: &mut Numbers, document: &mut String) {
    let at = boundary(document, numbers.next(document.len() + 1));
    match numbers.next(7) {
        0 => document.insert_str(at, numbers.pick(PIECES)),
        // Most accidents happen at the edges of tags.
        1 | 2 => {
            let edges: Vec<usize> = document
                .char_indices()
                .filter(|(_, character)| matches!(character, '<' | '>' | '/' | ' '))
                .map(|(index, character)| index + numbers.next(2).min(character.len_utf8()))
                .collect();
            if !edges.is_empty() {
                let edge = edges[numbers.next(edges.len())];
                document.insert_str(edge, numbers.pick(PIECES));
            }
        }
        3 => {
            let end = boundary(document, (at + numbers.next(8)).min(document.len()));
            document.replace_range(at.min(end)..end.max(at), "");
        }
        4 => {
            let to = ["p", "q", "", "i", "P"];
            let from = numbers.pick(&["p:", "i:", "o:"]);
            let to = numbers.pick(&to);
            let to = if to.is_empty() {
                String::new()
            } else {
                format!("{to}:")
            };
            *document = if numbers.next(2) == 0 {
                document.replace(from, &to)
            } else {
                document.replacen(from, &to, numbers.next(6))
            };
        }
        5 => {
            // One element to another place.
            let starts: Vec<usize> = document
                .match_indices("<p:")
                .map(|(index, _)| index)
                .collect();
            if starts.len() > 2 {
                let start = starts[numbers.next(starts.len())];
                let rest = &document[start..];
                let end = rest[1..].find('<').and_then(|end| {
                    rest[1 + end..]
                        .find('>')
                        .map(|close| start + 2 + end + close)
                });
                if let Some(end) = end {
                    let piece = document[start..end].to_owned();
                    document.replace_range(start..end, "");
                    let starts: Vec<usize> = document
                        .match_indices("<p:")
                        .map(|(index, _)| index)
                        .collect();
                    if !starts.is_empty() {
                        document.insert_str(starts[numbers.next(starts.len())], &piece);
                    }
                }
            }
        }
        _ => {
            // One byte to another, where that leaves text.
            let mut bytes = document.clone().into_bytes();
            if let Some(byte) = bytes.get_mut(at) {
                *byte = u8::try_from(numbers.next(128)).unwrap();
            }
            if let Ok(text) = String::from_utf8(bytes) {
                *document = text;
            }
        }
    }
}

fn agree<T: ComplexType + PartialEq + std::fmt::Debug>(inside: &str, seed: u64) {
    let original = document(inside);
    read::<T>(&original).unwrap();
    for end in 0..=original.len() {
        assert_eq!(
            read::<T>(&original[..end]).is_ok(),
            end == original.len(),
            "{end}"
        );
    }
    let mut numbers = Numbers(seed);
    let mut taken = 0;
    for _ in 0..6_000 {
        let mut changed = original.clone();
        for _ in 0..=numbers.next(3) {
            mutate(&mut numbers, &mut changed);
        }
        taken += usize::from(read::<T>(&changed).is_ok());
    }
    // Else the changes would be too rough to say anything.
    assert!((400..5_600).contains(&taken), "{taken}");
}

#[test]
fn agree_on_accounts() {
    agree::<Accounts>(ACCOUNTS, 0x9E37_79B9_7F4A_7C15);
}

#[test]
fn agree_on_choices() {
    agree::<Find>(FIND, 0x0123_4567_89AB_CDEF);
}

#[test]
fn agree_on_parcels() {
    agree::<Parcel>(PARCEL, 0xDEAD_BEEF_CAFE_F00D);
}

#[test]
fn agree_without_prefixes() {
    let inside = ACCOUNTS.replace("p:", "");
    let original = document(&inside)
        .replace("p:Root", "Root")
        .replace("xmlns:p", "xmlns");
    let mut numbers = Numbers(0xFEED_5EED);
    for _ in 0..4_000 {
        let mut changed = original.clone();
        mutate(&mut numbers, &mut changed);
        // The comparison is in `read`.
        drop(read::<Accounts>(&changed));
    }
    assert_eq!(read::<Accounts>(&original).unwrap().accounts.len(), 2);
}
