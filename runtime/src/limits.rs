//! How much of a message the readers take before they refuse it.

/// Bounds on a message that is read. Responses come from strangers: each bound turns an attack on
/// memory, time or stack into an error that names the bound.
///
/// Change single fields of [`Limits::default`], or start from [`Limits::strict`] or
/// [`Limits::trusted`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Elements (or JSON objects and arrays) inside each other, the root being 1.
    pub depth: usize,
    /// Attributes and namespace declarations of one element.
    pub attributes: usize,
    /// Bytes of one attribute value.
    pub attribute_value: usize,
    /// Namespace declarations in scope at one time.
    pub bindings: usize,
    /// Bytes of one element or attribute name, prefix included.
    pub name: usize,
    /// Children of one element, items of declared lists not counted.
    pub children: usize,
    /// Elements (or JSON values) of the whole document.
    pub elements: usize,
    /// Bytes of the decoded body of a response.
    pub body: usize,
    /// How many times larger than its compressed form a body may be, once beyond 8 MiB.
    pub inflate_ratio: usize,
}

impl Limits {
    /// For servers that are not trusted at all: depth 32, 64 KiB of body.
    #[must_use]
    pub fn strict() -> Self {
        Self {
            depth: 32,
            attributes: 32,
            attribute_value: 8 * 1024,
            bindings: 32,
            name: 256,
            children: 1_000,
            elements: 10_000,
            body: 64 * 1024,
            inflate_ratio: 20,
        }
    }

    /// For servers that are trusted to send large answers: a gibibyte, any number of elements.
    /// Depth stays at 100, because the stack stays as it is.
    #[must_use]
    pub fn trusted() -> Self {
        Self {
            depth: 100,
            attributes: 10_000,
            attribute_value: 16 * 1024 * 1024,
            bindings: 1_024,
            name: 10_000,
            children: usize::MAX,
            elements: usize::MAX,
            body: 1024 * 1024 * 1024,
            inflate_ratio: 1_100,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 100,
            attributes: 256,
            attribute_value: 64 * 1024,
            bindings: 128,
            name: 1_000,
            children: 100_000,
            elements: 2_000_000,
            body: 32 * 1024 * 1024,
            inflate_ratio: 100,
        }
    }
}
