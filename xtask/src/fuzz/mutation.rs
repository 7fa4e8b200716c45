//! Documents changed by chance.

/// A generator of numbers that only a seed decides (xorshift64*).
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        let mut chance = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        chance.next();
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    /// Less than `end`; 0 where that is 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % end).unwrap_or_default()
    }

    pub(super) fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub(super) fn one_of<'t, T>(&mut self, these: &'t [T]) -> &'t T {
        &these[self.below(these.len())]
    }
}

/// What may be put anywhere.
const SNIPPETS: &[&str] = &[
    " ",
    "\n",
    "\r\n",
    "\t",
    "<!-- c -->",
    "<!---->",
    "<?p i?>",
    "<![CDATA[x]]>",
    "<![CDATA[]]>",
    "&amp;",
    "&#65;",
    "&#x20;",
    "&#13;",
    "&bad;",
    "&",
    "]]>",
    "]",
    "<",
    ">",
    "/",
    "\"",
    "'",
    "=",
    "\u{1}",
    "\u{FFFE}",
    "\u{FFFD}",
    "é",
    "€",
    "\u{1F600}",
    "x",
    "1",
    "-",
    ":",
    "0",
    " a='b'",
    " id=\"7\"",
    " i:nil=\"true\"",
    " i:nil='1'",
    " i:nil=\"false\"",
    " i:nil=\"maybe\"",
    " xsi:nil=\"true\"",
    " i:type=\"p:Circle\"",
    " i:type=\"p:Square\"",
    " i:type=\"q:Circle\"",
    " xmlns=''",
    " xmlns='urn:p'",
    " xmlns=\"urn:p\"",
    " xmlns:p='urn:p'",
    " xmlns:q='urn:p'",
    " xmlns:q=\"urn:o\"",
    " xmlns:p='urn:o'",
    " xmlns:i='urn:i'",
    " xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"",
    " xmlns:o=\"urn:o\" xmlns:o='urn:n'",
    " xmlns:p=\"\"",
    " xmlns:xml='urn:p'",
    " xmlns:e='urn:&#112;'",
    " xml:lang='sv'",
    " o:kind='o:a'",
    "<x/>",
    "<x>y</x>",
    "<p:A/>",
    "<A>1</A>",
    "<q:A>1</q:A>",
    "<!DOCTYPE x>",
    "xsi",
    "true",
];

/// Pairs of which the one may become the other.
const EXCHANGES: &[(&str, &str)] = &[
    ("p:", ""),
    ("p:", "q:"),
    ("p:", "i:"),
    ("<p:", "<"),
    ("</p:", "</"),
    ("<", "<p:"),
    ("i:", "xsi:"),
    ("\"", "'"),
    ("true", "1"),
    ("true", " true "),
    ("='", "=\""),
    ("=", " = "),
    (">", " >"),
    (">", "\n>"),
    ("/>", " />"),
    ("/>", "></p:A>"),
    ("/>", "></A>"),
    ("urn:p", "urn:o"),
    ("</", "<"),
    ("<", "</"),
    ("xmlns:i", "xmlns:j"),
    ("nil", "type"),
    ("A", "B"),
    ("B", "A"),
];

/// A document after one change, or up to four.
pub(super) fn mutated(chance: &mut Chance, document: &str) -> String {
    let mut text = document.to_owned();
    let more = if chance.one_in(3) { chance.below(4) } else { 0 };
    for _ in 0..=more {
        text = change(chance, text);
    }
    text
}

fn change(chance: &mut Chance, mut text: String) -> String {
    match chance.below(10) {
        0..3 => {
            let at = place(chance, &text);
            let snippet = *chance.one_of(SNIPPETS);
            text.insert_str(at, snippet);
        }
        3..5 => {
            let (from, to) = *chance.one_of(EXCHANGES);
            let count = text.matches(from).count();
            let which = chance.below(count);
            let all = chance.one_in(4);
            let mut parts = text.split(from);
            let mut changed = parts.next().unwrap_or_default().to_owned();
            for (index, part) in parts.enumerate() {
                changed.push_str(if all || index == which { to } else { from });
                changed.push_str(part);
            }
            text = changed;
        }
        5..8 => {
            let mut pieces = pieces(&text);
            let at = chance.below(pieces.len());
            let other = chance.below(pieces.len());
            let count = (1 + chance.below(4)).min(pieces.len() - at);
            match chance.below(4) {
                0 => drop(pieces.drain(at..at + count)),
                1 => {
                    let again = pieces[at..at + count].to_vec();
                    pieces.splice(other..other, again);
                }
                2 => pieces.swap(at, other),
                _ => {
                    let moved: Vec<String> = pieces.drain(at..at + count).collect();
                    let to = other.min(pieces.len());
                    pieces.splice(to..to, moved);
                }
            }
            text = pieces.concat();
        }
        8 if chance.one_in(3) => text.truncate(place(chance, &text)),
        8 => {
            let (one, other) = (place(chance, &text), place(chance, &text));
            let most = one.min(other) + chance.below(8);
            let end = (one.min(other)..=one.max(other).min(most))
                .rfind(|at| text.is_char_boundary(*at))
                .unwrap_or(one.min(other));
            text.replace_range(one.min(other)..end, "");
        }
        _ => {
            let mut bytes = text.clone().into_bytes();
            let at = chance.below(bytes.len());
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << chance.below(8);
            }
            // What is no text never comes to a reader.
            text = String::from_utf8(bytes).unwrap_or(text);
        }
    }
    text
}

/// A boundary of characters.
fn place(chance: &mut Chance, text: &str) -> usize {
    let at = chance.below(text.len() + 1);
    (0..=at)
        .rfind(|at| text.is_char_boundary(*at))
        .unwrap_or_default()
}

/// The tags and texts of a document, as far as one can tell; one at least.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    for tag in text.split_inclusive('>') {
        match tag.find('<') {
            Some(start) if start > 0 => {
                pieces.push(tag[..start].to_owned());
                pieces.push(tag[start..].to_owned());
            }
            _ => pieces.push(tag.to_owned()),
        }
    }
    if pieces.is_empty() {
        pieces.push(String::new());
    }
    pieces
}
