//! Commands of more than a few lines.

pub(crate) mod export;
pub(crate) mod mock;
#[cfg(feature = "import")]
pub(crate) mod page_lint;
