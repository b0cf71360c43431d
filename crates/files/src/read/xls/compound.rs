//! OLE compound files: a small file system in one file (MS-CFB).
//!
//! In: the bytes of the file and the name of a stream. Out: the bytes of the stream, as far as its chain can be followed.

use super::records::{short, word};

/// The end of a chain, and everything above it.
const LAST: u32 = 0xffff_fffa;

/// A stream by name, letter case apart; `None` where there is none or the file is no compound file.
pub(crate) fn stream(file: &[u8], name: &str) -> Option<Vec<u8>> {
    if !file.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return None;
    }
    let shift = u32::from(short(file, 30)?);
    let small_shift = u32::from(short(file, 32)?);
    if !(7..=16).contains(&shift) || !(4..=shift).contains(&small_shift) {
        return None;
    }
    let size = 1_usize << shift;
    let sector = |number: u32| -> Option<&[u8]> {
        let start = (usize::try_from(number).ok()?.checked_add(1)?).checked_mul(size)?;
        file.get(start..file.len().min(start.checked_add(size)?))
    };
    // The table of chains: its first 109 sectors are named in the head, others in sectors of their own.
    let most = file.len() / size + 1;
    let mut tables: Vec<u32> = (0..109)
        .filter_map(|index| word(file, 76 + index * 4))
        .take_while(|&number| number < LAST)
        .collect();
    let mut next = word(file, 68)?;
    let mut steps = 0;
    while next < LAST && steps < most {
        let Some(more) = sector(next) else { break };
        let entries = size / 4 - 1;
        tables.extend(
            (0..entries)
                .filter_map(|index| word(more, index * 4))
                .filter(|&number| number < LAST),
        );
        next = word(more, entries * 4).unwrap_or(LAST);
        steps += 1;
    }
    let mut chains: Vec<u32> = Vec::new();
    for &table in tables.iter().take(most) {
        let sector = sector(table).unwrap_or_default();
        chains.extend((0..size / 4).map(|index| word(sector, index * 4).unwrap_or(LAST)));
    }
    let follow = |start: u32,
                  chains: &[u32],
                  read: &dyn Fn(u32) -> Option<Vec<u8>>,
                  most: usize|
     -> Vec<u8> {
        let mut bytes = Vec::new();
        let (mut number, mut steps) = (start, 0);
        while number < LAST && steps < most {
            let Some(piece) = read(number) else { break };
            bytes.extend_from_slice(&piece);
            number = usize::try_from(number)
                .ok()
                .and_then(|index| chains.get(index))
                .copied()
                .unwrap_or(LAST);
            steps += 1;
        }
        bytes
    };
    let big = |number: u32| sector(number).map(<[u8]>::to_vec);
    let directory = follow(word(file, 48)?, &chains, &big, most);
    if name.is_empty() {
        return Some(directory);
    }
    let root = entry_place(directory.get(..128)?);
    // An embedded workbook has a stream of the same name, deeper down: the one at the root goes first.
    let entries = at_root(&directory)
        .into_iter()
        .chain(directory.chunks_exact(128));
    let found = entries
        .filter(|entry| entry.get(66) == Some(&2))
        .find(|entry| name_of(entry).eq_ignore_ascii_case(name))
        .and_then(entry_place);
    let (start, length) = found?;
    let cutoff = usize::try_from(word(file, 56)?).ok()?;
    let mut bytes = if length < cutoff {
        let small = 1_usize << small_shift;
        let (root_start, _) = root?;
        let holder = follow(root_start, &chains, &big, most);
        let table = follow(word(file, 60)?, &chains, &big, most);
        let chains: Vec<u32> = (0..table.len() / 4)
            .filter_map(|index| word(&table, index * 4))
            .collect();
        let read = |number: u32| {
            let start = usize::try_from(number).ok()?.checked_mul(small)?;
            holder
                .get(start..holder.len().min(start.checked_add(small)?))
                .map(<[u8]>::to_vec)
        };
        follow(start, &chains, &read, holder.len() / small + 1)
    } else {
        follow(start, &chains, &big, most)
    };
    bytes.truncate(length);
    Some(bytes)
}

/// Where an entry's stream begins, and its length.
fn entry_place(entry: &[u8]) -> Option<(u32, usize)> {
    Some((word(entry, 116)?, usize::try_from(word(entry, 120)?).ok()?))
}

fn name_of(entry: &[u8]) -> String {
    let units = usize::from(short(entry, 64).unwrap_or(0)).min(64) / 2;
    let units: Vec<u16> = (0..units.saturating_sub(1))
        .filter_map(|index| short(entry, index * 2))
        .collect();
    String::from_utf16_lossy(&units)
}

/// The entries that lie at the root: a binary tree below the first entry.
fn at_root(directory: &[u8]) -> Vec<&[u8]> {
    let entry = |index: u32| {
        let start = usize::try_from(index).ok()?.checked_mul(128)?;
        directory.get(start..start.checked_add(128)?)
    };
    let most = directory.len() / 128;
    let mut found = Vec::new();
    let mut open: Vec<u32> = entry(0)
        .and_then(|root| word(root, 76))
        .into_iter()
        .collect();
    while let Some(next) = open.pop().filter(|_| found.len() <= most) {
        if let Some(entry) = entry(next) {
            found.push(entry);
            open.extend(
                [word(entry, 68), word(entry, 72)]
                    .into_iter()
                    .flatten()
                    .filter(|&index| index < LAST),
            );
        }
    }
    found
}

/// The names at the root of a compound file; none where its directory cannot be read.
pub(crate) fn names(file: &[u8]) -> Vec<String> {
    // The empty name stands for the directory itself.
    let directory = stream(file, "").unwrap_or_default();
    at_root(&directory).into_iter().map(name_of).collect()
}
