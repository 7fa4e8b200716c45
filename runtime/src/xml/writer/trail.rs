//! The elements that a document begins with, when they are named one by one: kept from one document of
//! the thread to the next, which often begins in the same way.

use super::namespaces::Added;
use super::{Buffer, Open, Root, Writer};

/// What is kept at most.
const MOST: usize = 8;
const LONGEST: usize = 4 << 10;

/// The start tags at the front of the last document, and how many of them this one has had.
#[derive(Clone, Debug, Default)]
pub(super) struct Trail {
    /// Those from `known` on are only room.
    steps: Vec<Step>,
    known: usize,
    done: usize,
    /// The length of the document after the last of them: while it is that, nothing else was written.
    at: usize,
    /// What the root of the last document declared late.
    pub(super) late: Buffer,
}

/// A start tag without attributes.
#[derive(Clone, Debug, Default)]
struct Step {
    namespace: String,
    local: String,
    preferred: String,
    /// As it is written: with the `>` of the start tag before it, without its own.
    text: String,
    /// Where the name is in the text, and how long it is.
    name: (usize, usize),
    /// How many bindings there are around it.
    outer: usize,
    added: Added,
}

/// Where a start tag may become a step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Begin {
    at: usize,
    outer: usize,
}

impl Trail {
    /// Begins another document. The prefixes that were kept hold there.
    pub(super) fn restart(&mut self) {
        self.done = 0;
        self.at = 0;
    }
}

impl Writer {
    /// Whether nothing but the steps was written.
    #[inline]
    fn is_on_trail(&self) -> bool {
        self.out.len() == self.kept.trail.at
            && self.stack.len() == self.kept.trail.done
            && self.type_name.is_none()
            && !self.kept.bindings.has_pending()
            && self.cut.is_none()
            && self.error.is_none()
    }

    /// Writes the start tag that the last document had here, if this is the same. If it is not, gives
    /// where it begins, should it become a step.
    pub(super) fn follow(
        &mut self,
        namespace: &str,
        local: &str,
        preferred: &str,
    ) -> Result<(), Option<Begin>> {
        if !self.is_on_trail() {
            return Err(None);
        }
        let (at, outer) = (self.out.len(), self.kept.bindings.len());
        let begin = Begin { at, outer };
        let done = self.kept.trail.done;
        let Some(step) = self.kept.trail.steps.get(done).filter(|step| {
            done < self.kept.trail.known
                && step.local == local
                && step.namespace == namespace
                && step.preferred == preferred
                && step.outer == outer
        }) else {
            return Err(Some(begin));
        };
        if !self.kept.bindings.add(&step.added) {
            return Err(Some(begin));
        }
        let binds = self.kept.bindings.len() > outer;
        self.out.push_str(&step.text);
        self.stack.push(Open {
            start: at + step.name.0,
            len: step.name.1,
            bindings: outer,
            run: None,
        });
        if done == 0 {
            self.root = Root {
                tag: self.out.len(),
                bindings: self.kept.bindings.len(),
            };
            self.guessed = self.kept.trail.late.len();
            self.out.push_buffer(&self.kept.trail.late);
        }
        self.tag_open = true;
        self.kept.trail.done = done + 1;
        self.kept.trail.at = self.out.len();
        if binds {
            self.forget();
        }
        Ok(())
    }

    /// Keeps the start tag that was written last for the next document.
    #[cold]
    pub(super) fn keep_step(
        &mut self,
        begin: Begin,
        (namespace, local, preferred): (&str, &str, &str),
    ) {
        let done = self.kept.trail.done;
        let Some(open) = self.stack.last() else {
            return;
        };
        let text = self.out.part(begin.at..self.out.len());
        let Some(added) = self.kept.bindings.added(begin.outer) else {
            return;
        };
        if done >= MOST || self.stack.len() != done + 1 || text.len() > LONGEST {
            return;
        }
        if self.kept.trail.steps.len() == done {
            self.kept.trail.steps.push(Step::default());
        }
        let Some(step) = self.kept.trail.steps.get_mut(done) else {
            return;
        };
        let texts = [
            (&mut step.namespace, namespace),
            (&mut step.local, local),
            (&mut step.preferred, preferred),
            (&mut step.text, text),
        ];
        for (kept, text) in texts {
            kept.clear();
            kept.push_str(text);
        }
        step.name = (open.start - begin.at, open.len);
        step.outer = begin.outer;
        step.added = added;
        self.kept.trail.done = done + 1;
        self.kept.trail.known = done + 1;
        self.kept.trail.at = self.out.len();
        if done == 0 {
            self.kept.trail.late.clear();
        }
    }

    /// Puts what was declared late into the start tag of the root, which has just ended, in place of what
    /// was guessed.
    #[cold]
    pub(super) fn declare_late(&mut self) {
        let guess = self.root.tag..self.root.tag + self.guessed;
        if self.out.as_bytes().get(guess.clone()) != Some(self.kept.late.as_bytes()) {
            self.out.replace(guess, self.kept.late.as_bytes());
        }
        self.guessed = 0;
        std::mem::swap(&mut self.kept.late, &mut self.kept.trail.late);
        self.kept.late.clear();
    }
}

#[cfg(test)]
mod tests {
    use crate::shape::one;
    use crate::value::Value;
    use crate::xml::{Writer, XSI};

    /// A document whose record declares `xsi` late if `is_nil`.
    fn document(names: &[(&str, &str)], is_nil: bool) -> String {
        let mut writer = Writer::new();
        for (namespace, local) in names {
            writer.start(namespace, local);
        }
        let value = if is_nil { None } else { Some("x".to_owned()) };
        value.write_xml(&one("v").nillable().in_namespace("urn:v"), &mut writer);
        writer.finish().unwrap()
    }

    /// The same on a thread that has written nothing.
    fn alone(names: &'static [(&str, &str)], is_nil: bool) -> String {
        let thread = std::thread::spawn(move || document(names, is_nil));
        thread.join().unwrap()
    }

    const BEGINNINGS: [&[(&str, &str)]; 7] = [
        &[
            ("urn:soap", "Envelope"),
            ("urn:soap", "Body"),
            ("urn:v", "A"),
        ],
        &[
            ("urn:soap", "Envelope"),
            ("urn:soap", "Body"),
            ("urn:w", "A"),
        ],
        &[("urn:soap", "Envelope"), ("urn:soap", "Header")],
        &[("urn:soap", "Envelope")],
        &[("", "Envelope"), ("urn:soap", "Body")],
        &[
            ("urn:other", "Envelope"),
            ("urn:soap", "Body"),
            ("urn:v", "A"),
        ],
        &[
            ("urn:soap", "Envelope"),
            ("urn:soap", "Body"),
            ("urn:v", "A"),
            ("urn:w", "A"),
        ],
    ];

    #[test]
    fn a_document_is_the_same_whatever_was_written_before() {
        assert_eq!(
            alone(BEGINNINGS[0], true),
            format!(
                "<ns:Envelope xmlns:ns=\"urn:soap\" xmlns:xsi=\"{XSI}\"><ns:Body>\
                 <ns2:A xmlns:ns2=\"urn:v\"><ns2:v xsi:nil=\"true\"/></ns2:A></ns:Body></ns:Envelope>"
            )
        );
        for first in BEGINNINGS {
            for second in BEGINNINGS {
                for nils in 0..8 {
                    let [one, two, three] = [1, 2, 4].map(|bit| nils & bit > 0);
                    assert_eq!(document(first, one), alone(first, one));
                    assert_eq!(document(second, two), alone(second, two));
                    assert_eq!(document(second, three), alone(second, three));
                }
            }
        }
    }

    #[test]
    fn what_comes_between_start_tags_is_kept() {
        let write = |before: &dyn Fn(&mut Writer)| {
            let mut writer = Writer::new();
            writer.start("urn:a", "a");
            before(&mut writer);
            writer.start("urn:b", "b");
            writer.finish().unwrap()
        };
        let plain = r#"<ns:a xmlns:ns="urn:a"><ns2:b xmlns:ns2="urn:b"/></ns:a>"#;
        for _ in 0..2 {
            assert_eq!(write(&|_| ()), plain);
            assert_eq!(
                write(&|writer| writer.text("t")),
                r#"<ns:a xmlns:ns="urn:a">t<ns2:b xmlns:ns2="urn:b"/></ns:a>"#
            );
            assert_eq!(
                write(&|writer| writer.declare("b", "urn:b")),
                r#"<ns:a xmlns:ns="urn:a"><b:b xmlns:b="urn:b"/></ns:a>"#
            );
            assert_eq!(
                write(&|writer| writer.attribute("urn:b", "x", "1")),
                r#"<ns:a xmlns:ns="urn:a" xmlns:ns2="urn:b" ns2:x="1"><ns2:b/></ns:a>"#
            );
            assert_eq!(
                write(&|writer| writer.end()),
                r#"<ns:a xmlns:ns="urn:a"/><ns:b xmlns:ns="urn:b"/>"#
            );
        }
    }
}
