//! Remembers what the rules over many rows need, in memory while it is small and in sorted runs on disk when it is not.
//!
//! In: a [`RowKey`] per row, in any order. Out: groups of equal keys. Bound: [`limits::KEYS_IN_MEMORY`] entries of each kind in
//! memory, whatever the length of the list; the rest is in temporary files that vanish with the program.

use crate::limits;
use anyhow::Context as _;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use treem_child::check::across::{Location, RowKey};

/// What is known of a row beside its key, for the counts of the summary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowFlags {
    /// The commune's code as a number, 0 without one (17 bits are enough: five digits).
    pub unit: u32,
    /// Counted as identified before other rows were looked at.
    pub identified: bool,
    /// Groups with an error before other rows were looked at: bit 0 is group 1.
    pub groups: u8,
}

/// An entry of one kind of key: 28 bytes on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The number, or the hash of name and birth date.
    pub key: u64,
    /// Where the row stands.
    pub at: Location,
    /// Hash of the father's name.
    pub father: u32,
    /// Hash of the mother's name.
    pub mother: u32,
    flags: u32,
}

impl Entry {
    /// What is known of the row.
    pub fn flags(&self) -> RowFlags {
        RowFlags {
            unit: self.flags & 0x1_FFFF,
            identified: self.flags >> 17 & 1 == 1,
            groups: u8::try_from(self.flags >> 18 & 0xFF).unwrap_or(0),
        }
    }

    fn bytes(&self) -> [u8; 28] {
        let mut out = [0; 28];
        let parts: [&[u8]; 5] = [
            &self.key.to_le_bytes(),
            &self.at.0.to_le_bytes(),
            &self.father.to_le_bytes(),
            &self.mother.to_le_bytes(),
            &self.flags.to_le_bytes(),
        ];
        let mut at = 0;
        for part in parts {
            for byte in part {
                if let Some(slot) = out.get_mut(at) {
                    *slot = *byte;
                }
                at += 1;
            }
        }
        out
    }

    fn from_bytes(bytes: &[u8; 28]) -> Self {
        let long = |from: usize| {
            u64::from_le_bytes(std::array::from_fn(|index| {
                bytes.get(from + index).copied().unwrap_or(0)
            }))
        };
        let short = |from: usize| {
            u32::from_le_bytes(std::array::from_fn(|index| {
                bytes.get(from + index).copied().unwrap_or(0)
            }))
        };
        Self {
            key: long(0),
            at: Location(long(8)),
            father: short(16),
            mother: short(20),
            flags: short(24),
        }
    }
}

/// The entries of one kind.
pub struct KeyStore {
    entries: Vec<Entry>,
    runs: Vec<File>,
    folder: PathBuf,
    limit: usize,
}

impl KeyStore {
    /// An empty store that spills into `folder`.
    pub fn new(folder: PathBuf) -> Self {
        Self {
            entries: Vec::new(),
            runs: Vec::new(),
            folder,
            limit: limits::KEYS_IN_MEMORY,
        }
    }

    /// Adds an entry; may write a run to disk.
    pub fn push(
        &mut self,
        key: u64,
        at: Location,
        parents: (u32, u32),
        flags: RowFlags,
    ) -> anyhow::Result<()> {
        let flags = (flags.unit & 0x1_FFFF)
            | u32::from(flags.identified) << 17
            | u32::from(flags.groups) << 18;
        self.entries.push(Entry {
            key,
            at,
            father: parents.0,
            mother: parents.1,
            flags,
        });
        if self.entries.len() >= self.limit {
            self.spill()
        } else {
            Ok(())
        }
    }

    fn settle(&mut self) {
        if self.runs.is_empty() {
            keep_repeated(&mut self.entries);
        }
    }

    fn spill(&mut self) -> anyhow::Result<()> {
        self.entries.sort_unstable();
        let mut file = tempfile::tempfile_in(&self.folder).context("không tạo được tệp tạm")?;
        let mut out = BufWriter::with_capacity(1 << 20, &mut file);
        for entry in &self.entries {
            out.write_all(&entry.bytes())
                .context("không ghi được tệp tạm")?;
        }
        out.flush().context("không ghi được tệp tạm")?;
        drop(out);
        self.entries.clear();
        self.runs.push(file);
        Ok(())
    }

    /// Calls `each` for every group of two or more entries with one key, in order of the keys; a group's rows are in order of
    /// their places and cut at [`limits::GROUP_ROWS`]. Gives how many rows were cut off.
    pub fn groups(mut self, mut each: impl FnMut(&[Entry])) -> anyhow::Result<u64> {
        let mut cut = 0;
        let mut group: Vec<Entry> = Vec::new();
        let mut take = |entry: Entry, group: &mut Vec<Entry>| {
            if group.first().is_some_and(|first| first.key != entry.key) {
                if group.len() > 1 {
                    each(group);
                }
                group.clear();
            }
            if group.len() < limits::GROUP_ROWS {
                group.push(entry);
            } else {
                cut += 1;
            }
        };
        if self.runs.is_empty() {
            sort(&mut self.entries);
            for entry in &self.entries {
                take(*entry, &mut group);
            }
        } else {
            if !self.entries.is_empty() {
                self.spill()?;
            }
            self.entries = Vec::new();
            merge(&mut self.runs, |entry| take(entry, &mut group))?;
        }
        if group.len() > 1 {
            each(&group);
        }
        Ok(cut)
    }
}

/// Throws out entries whose key surely stands alone, so that only the few others have to be sorted: a key is marked in a table
/// of bits, once and a second time; two keys may share a bit, which costs a look and no error.
fn keep_repeated(entries: &mut Vec<Entry>) {
    const BITS: u32 = 24;
    if entries.len() < 50_000 {
        return;
    }
    let mut once = vec![0_u64; 1 << (BITS - 6)];
    let mut twice = once.clone();
    let place = |key: u64| {
        let bit = key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - BITS);
        (usize::try_from(bit >> 6).unwrap_or(0), 1_u64 << (bit & 63))
    };
    for entry in entries.iter() {
        let (word, bit) = place(entry.key);
        if let (Some(once), Some(twice)) = (once.get_mut(word), twice.get_mut(word)) {
            *twice |= *once & bit;
            *once |= bit;
        }
    }
    entries.retain(|entry| {
        let (word, bit) = place(entry.key);
        twice.get(word).is_some_and(|twice| twice & bit != 0)
    });
}

/// Sorts halves on two threads where that pays.
fn sort(entries: &mut [Entry]) {
    if entries.len() < 100_000 {
        entries.sort_unstable();
        return;
    }
    let middle = entries.len() / 2;
    let (_, _, _) = entries.select_nth_unstable(middle);
    let (left, right) = entries.split_at_mut(middle);
    std::thread::scope(|scope| {
        scope.spawn(|| left.sort_unstable());
        right.sort_unstable();
    });
}

fn merge(runs: &mut [File], mut take: impl FnMut(Entry)) -> anyhow::Result<()> {
    let count = runs.len();
    let mut readers = Vec::new();
    for run in runs.iter_mut() {
        run.seek(SeekFrom::Start(0))?;
        readers.push(BufReader::with_capacity(1 << 18, run));
    }
    let mut next = |reader: usize| -> anyhow::Result<Option<Entry>> {
        let mut bytes = [0; 28];
        let Some(source) = readers.get_mut(reader) else {
            return Ok(None);
        };
        match source.read_exact(&mut bytes) {
            Ok(()) => Ok(Some(Entry::from_bytes(&bytes))),
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Ok(None),
            Err(error) => Err(error).context("không đọc lại được tệp tạm"),
        }
    };
    let mut heap = BinaryHeap::new();
    for reader in 0..count {
        if let Some(entry) = next(reader)? {
            heap.push(Reverse((entry, reader)));
        }
    }
    while let Some(Reverse((entry, reader))) = heap.pop() {
        take(entry);
        if let Some(more) = next(reader)? {
            heap.push(Reverse((more, reader)));
        }
    }
    Ok(())
}

/// Keys of one run of the program: numbers, and persons.
pub struct Keys {
    /// By number.
    pub numbers: KeyStore,
    /// By name and birth date.
    pub persons: KeyStore,
}

impl Keys {
    /// Empty stores that spill into `folder`.
    pub fn new(folder: &std::path::Path) -> Self {
        Self {
            numbers: KeyStore::new(folder.to_owned()),
            persons: KeyStore::new(folder.to_owned()),
        }
    }
    /// Throws out what surely stands alone, both kinds at once.
    pub fn settle(&mut self) {
        let (numbers, persons) = (&mut self.numbers, &mut self.persons);
        std::thread::scope(|scope| {
            scope.spawn(|| numbers.settle());
            persons.settle();
        });
    }
    /// Remembers a row.
    pub fn add(&mut self, key: RowKey, at: Location, flags: RowFlags) -> anyhow::Result<()> {
        if key.number != 0 {
            self.numbers.push(key.number, at, (0, 0), flags)?;
        }
        if key.person != 0 {
            self.persons
                .push(key.person, at, (key.father, key.mother), flags)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(limit: usize) -> Vec<Vec<u64>> {
        let mut store = KeyStore::new(std::env::temp_dir());
        store.limit = limit;
        for row in 0..1000_u64 {
            store
                .push(
                    row * 7919 % 400,
                    Location::new(3, row),
                    (0, 0),
                    RowFlags {
                        unit: 9,
                        identified: row % 2 == 0,
                        groups: 8,
                    },
                )
                .unwrap();
        }
        let mut out = Vec::new();
        store
            .groups(|group| {
                assert!(group.iter().all(|entry| entry.flags().identified
                    == (entry.at.row() % 2 == 0)
                    && entry.flags().unit == 9
                    && entry.flags().groups == 8));
                out.push(group.iter().map(|entry| entry.at.row()).collect());
            })
            .unwrap();
        out
    }

    #[test]
    fn a_long_list_keeps_its_pairs() {
        let mut store = KeyStore::new(std::env::temp_dir());
        for row in 0..200_000_u64 {
            store
                .push(
                    row % 199_990 + 1,
                    Location::new(0, row),
                    (0, 0),
                    RowFlags::default(),
                )
                .unwrap();
        }
        let mut rows = Vec::new();
        store.settle();
        assert!(
            store.entries.len() < 40_000,
            "most of those that stand alone are gone"
        );
        store
            .groups(|group| rows.push(group.iter().map(|entry| entry.at.row()).collect::<Vec<_>>()))
            .unwrap();
        assert_eq!(
            rows,
            (0..10)
                .map(|row| vec![row, row + 199_990])
                .collect::<Vec<_>>()
        );
    }

    #[test]
    fn disk_and_memory_agree() {
        let held = groups(1 << 20);
        assert_eq!(held.len(), 400);
        assert!(
            held.iter()
                .all(|group| group.len() >= 2 && group.is_sorted())
        );
        assert_eq!(
            held,
            groups(64),
            "sixteen runs on disk give the same groups"
        );
    }
}
