//! OLE compound files: one stream in a small file system (MS-CFB).
//!
//! In: the name and bytes of a stream. Out: the file, in version 3 (sectors of 512 bytes), without times.

const SECTOR: usize = 512;
/// Streams shorter than this would have to lie in a file system of their own: ours are filled up with zeros.
const SMALLEST: usize = 4096;
/// A sector of the table of chains holds this many entries.
const ENTRIES: usize = SECTOR / 4;
/// Places for sectors of that table in the head of the file.
const IN_HEAD: usize = 109;
const FREE: u32 = 0xffff_ffff;
const END: u32 = 0xffff_fffe;
const TABLE: u32 = 0xffff_fffd;
const TABLE_OF_TABLES: u32 = 0xffff_fffc;

/// The file; `None` where the stream is too long for one (2 GiB).
pub(super) fn file(name: &str, mut stream: Vec<u8>) -> Option<Vec<u8>> {
    let length = stream.len().max(SMALLEST);
    u32::try_from(length)
        .ok()
        .filter(|&length| length < 1 << 31)?;
    stream.resize(length.next_multiple_of(SECTOR), 0);
    let content = stream.len() / SECTOR;
    // The stream, one sector of directory, the table of chains, the table of its own sectors.
    let (mut tables, mut more) = (1_usize, 0_usize);
    while (content + 1 + tables + more) > tables * ENTRIES {
        tables += 1;
        more = tables.saturating_sub(IN_HEAD).div_ceil(ENTRIES - 1);
    }
    let number = |sector: usize| u32::try_from(sector).unwrap_or(END);
    let (first_table, first_more) = (content + 1, content + 1 + tables);
    let mut file = Vec::with_capacity((first_more + more + 1) * SECTOR);
    file.extend_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    file.extend_from_slice(&[0; 16]);
    for short in [0x3e_u16, 3, 0xfffe, 9, 6, 0, 0, 0] {
        file.extend_from_slice(&short.to_le_bytes());
    }
    let next = if more > 0 { number(first_more) } else { END };
    let small = u32::try_from(SMALLEST).unwrap_or(0);
    for word in [
        0,
        number(tables),
        number(content),
        0,
        small,
        END,
        0,
        next,
        number(more),
    ] {
        file.extend_from_slice(&word.to_le_bytes());
    }
    let table_sector = |index: usize| {
        if index < tables {
            number(first_table + index)
        } else {
            FREE
        }
    };
    for index in 0..IN_HEAD {
        file.extend_from_slice(&table_sector(index).to_le_bytes());
    }
    file.append(&mut stream);
    entry("Root Entry", 5, 1, END, 0, &mut file);
    entry(name, 2, FREE, 0, number(length), &mut file);
    entry("", 0, FREE, 0, 0, &mut file);
    entry("", 0, FREE, 0, 0, &mut file);
    for sector in 0..tables * ENTRIES {
        let word = if sector + 1 < content {
            number(sector + 1)
        } else if sector <= content {
            END
        } else if sector < first_more {
            TABLE
        } else if sector < first_more + more {
            TABLE_OF_TABLES
        } else {
            FREE
        };
        file.extend_from_slice(&word.to_le_bytes());
    }
    for part in 0..more {
        for index in 0..ENTRIES - 1 {
            let place = IN_HEAD + part * (ENTRIES - 1) + index;
            file.extend_from_slice(&table_sector(place).to_le_bytes());
        }
        let next = if part + 1 < more {
            number(first_more + part + 1)
        } else {
            END
        };
        file.extend_from_slice(&next.to_le_bytes());
    }
    Some(file)
}

/// An entry of the directory.
fn entry(name: &str, kind: u8, child: u32, start: u32, length: u32, file: &mut Vec<u8>) {
    let begin = file.len();
    file.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
    let bytes = file.len() - begin;
    file.resize(begin + 64, 0);
    let bytes = if bytes > 0 { bytes + 2 } else { 0 };
    file.extend_from_slice(&u16::try_from(bytes).unwrap_or(0).to_le_bytes());
    // Black, as every node of a tree of one.
    file.extend_from_slice(&[kind, 1]);
    for word in [FREE, FREE, child] {
        file.extend_from_slice(&word.to_le_bytes());
    }
    file.extend_from_slice(&[0; 36]);
    file.extend_from_slice(&start.to_le_bytes());
    file.extend_from_slice(&length.to_le_bytes());
    file.extend_from_slice(&[0; 4]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::compound_stream;

    #[test]
    fn streams_come_back() {
        let check = |length: usize| {
            let stream: Vec<u8> = (0..length)
                .map(|at| u8::try_from(at % 251).unwrap())
                .collect();
            let file = file("Workbook", stream.clone()).unwrap();
            let mut back = compound_stream(&file, "workbook").unwrap();
            assert!(back.split_off(length).iter().all(|&byte| byte == 0));
            assert!(back == stream, "{length}");
        };
        check(0);
        check(4_095);
        check(4_096);
        check(4_097);
        check(65_024);
        check(65_025);
        // More than the head can name: 109 sectors of 128 entries of 512 bytes are some 7 MB.
        check(7_000_000);
        check(7_142_912);
        check(16_000_001);
    }
}
