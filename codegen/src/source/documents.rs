//! Documents in the order of reading, where one more never moves those before it: trees borrow their
//! texts while others are still being opened.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use super::{Document, DocumentId};

/// The documents, and which file each was read from.
#[derive(Debug)]
pub(super) struct Documents {
    /// Each block has room for twice as many as the one before.
    blocks: [OnceLock<Box<[OnceLock<Document>]>>; BLOCKS],
    index: Mutex<Index>,
}

const BLOCKS: usize = u32::BITS as usize;

#[derive(Debug, Default)]
struct Index {
    count: u32,
    by_path: BTreeMap<PathBuf, DocumentId>,
}

impl Default for Documents {
    fn default() -> Self {
        Self {
            blocks: [const { OnceLock::new() }; BLOCKS],
            index: Mutex::default(),
        }
    }
}

impl Documents {
    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.index().count as usize
    }

    /// Adds one more; `file` is where it was read from, without links.
    pub(super) fn push(&self, document: Document, file: Option<PathBuf>) -> DocumentId {
        let mut index = self.index();
        let id = DocumentId(index.count);
        let (block, place) = place(id);
        let room = || (0..1_usize << block).map(|_| OnceLock::new()).collect();
        if let Some(block) = self.blocks.get(block)
            && let Some(cell) = block.get_or_init(room).get(place)
        {
            cell.get_or_init(|| document);
        }
        index.count += 1;
        if let Some(file) = file {
            index.by_path.insert(file, id);
        }
        id
    }

    pub(super) fn get(&self, id: DocumentId) -> Option<&Document> {
        let (block, place) = place(id);
        self.blocks.get(block)?.get()?.get(place)?.get()
    }

    /// The document that was read from a file.
    pub(super) fn of_file(&self, file: &Path) -> Option<DocumentId> {
        self.index().by_path.get(file).copied()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (DocumentId, &Document)> {
        (0..)
            .map(DocumentId)
            .map_while(|id| Some((id, self.get(id)?)))
    }

    fn index(&self) -> MutexGuard<'_, Index> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The block of a document, and its place there.
fn place(id: DocumentId) -> (usize, usize) {
    let number = u64::from(id.0) + 1;
    let block = number.ilog2();
    let place = number - (1 << block);
    (block as usize, usize::try_from(place).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_stay_where_they_are() {
        let documents = Documents::default();
        let document = |name: &str| Document {
            path: PathBuf::from(name),
            text: format!("text of {name}"),
            declaration_was_late: false,
        };
        let first = documents.push(document("0"), Some(PathBuf::from("/zero")));
        let text = documents.get(first).unwrap().text.as_str();
        for number in 1..100 {
            let id = documents.push(document(&number.to_string()), None);
            assert_eq!(id, DocumentId(number));
        }
        assert_eq!(text, "text of 0");
        assert_eq!(documents.count(), 100);
        assert_eq!(documents.of_file(Path::new("/zero")), Some(first));
        assert_eq!(documents.of_file(Path::new("/one")), None);
        let names = documents
            .iter()
            .map(|(id, document)| (id.0, document.path.display().to_string()));
        assert!(names.eq((0..100).map(|number: u32| (number, number.to_string()))));
        assert!(documents.get(DocumentId(100)).is_none());
        assert!(documents.get(DocumentId(u32::MAX)).is_none());
    }
}
