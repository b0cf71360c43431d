//! Looks written down together: a page waits until what it shows is written, and whoever writes takes along what others wait for, so that a
//! hundred pages at once cost a few transactions and not a hundred.
//!
//! In: looks, sessions that were seen. Out: nothing until they are in the register. What cannot be written is each one's own failure: one
//! whose writer failed tries for itself.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use treem_store::Store;
use treem_store::error::Result;
use treem_store::look::Look;

/// What one page wants written.
#[derive(Clone)]
struct Note {
    book: String,
    looks: Vec<Look>,
    /// A session that was seen, and when.
    seen: Option<(String, String)>,
    written: Arc<AtomicBool>,
}

/// What waits to be written, and whose turn it is to write.
#[derive(Default)]
pub struct Log {
    waiting: Mutex<Vec<Note>>,
    turn: tokio::sync::Mutex<()>,
}

impl Log {
    /// Writes looks down.
    ///
    /// # Errors
    /// The database's: then they are not written.
    pub async fn looks(&self, store: &Store, book: &str, looks: Vec<Look>) -> Result<()> {
        self.write(store, book, (looks, None)).await
    }

    /// A session was seen.
    ///
    /// # Errors
    /// The database's.
    pub async fn seen(&self, store: &Store, book: &str, session: (&str, &str)) -> Result<()> {
        let (id, at) = session;
        let seen = Some((id.to_owned(), at.to_owned()));
        self.write(store, book, (Vec::new(), seen)).await
    }

    async fn write(
        &self,
        store: &Store,
        book: &str,
        (looks, seen): (Vec<Look>, Option<(String, String)>),
    ) -> Result<()> {
        let own = Note {
            book: book.to_owned(),
            looks,
            seen,
            written: Arc::default(),
        };
        self.waiting().push(own.clone());
        let _turn = self.turn.lock().await;
        if own.written.load(Ordering::Acquire) {
            return Ok(());
        }
        // All of one book that wait go along; where a writer failed, this one is no longer among them.
        let mut batch = vec![own.clone()];
        self.waiting().retain(|note| {
            let is_own = Arc::ptr_eq(&note.written, &own.written);
            let goes = note.book == own.book;
            if goes && !is_own {
                batch.push(note.clone());
            }
            !goes
        });
        let looks: Vec<&Look> = batch.iter().flat_map(|note| &note.looks).collect();
        let seen: Vec<(&str, &str)> = batch
            .iter()
            .filter_map(|note| note.seen.as_ref())
            .map(|(id, at)| (id.as_str(), at.as_str()))
            .collect();
        store.write_down(book, &looks, &seen).await?;
        for note in &batch {
            note.written.store(true, Ordering::Release);
        }
        Ok(())
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<Note>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
