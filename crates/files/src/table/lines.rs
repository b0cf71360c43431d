//! Rows that are no child: hamlet and unit headings, sub-totals, footers, titles, numbering rows.
//!
//! In: folded decoded text. Out: what it begins like. All by the first words, because lists have no other sign for them.

use super::text::{ACUTE, Folded, HOOK, TILDE};

/// Hamlets are called by these words (domain: thôn, bản, khu phố …); each with how many words it has.
const HAMLET: &[&str] = &[
    "thon",
    "ban",
    "khu pho",
    "kp",
    "to dan pho",
    "tdp",
    "xom",
    "doi",
    "tieu khu",
    "tk",
    "khom",
    "ap",
    "buon",
    "lang",
    "khoi pho",
    "khoi",
    "khu",
    "to",
    "cum dan cu",
    "cum",
    "phum",
    "soc",
    "plei",
    "bon",
    "khu vuc",
    "khu dan cu",
    "thon ban",
    "kdc",
    "don vi thon",
    "dia ban thon",
    "dan pho",
];
const UNIT: &[&str] = &[
    "xa",
    "phuong",
    "thi tran",
    "tt",
    "dac khu",
    "huyen",
    "thi xa",
    "thanh pho",
    "tp",
    "tinh",
    "quan",
];
const TOTAL: &[&str] = &[
    "tong cong",
    "tong so",
    "cong",
    "tong",
    "cong don",
    "toan xa",
    "toan thon",
    "cong thon",
    "tong hop",
    "total",
    "luy ke",
    "tc",
];
const FOOTER: &[&str] = &[
    "nguoi lap",
    "nguoi tong hop",
    "nguoi thong ke",
    "nguoi dieu tra",
    "nguoi bao cao",
    "can bo",
    "nguoi nhap",
    "nguoi viet",
    "xac nhan",
    "tm uy ban",
    "tm ubnd",
    "t m ubnd",
    "t m uy ban",
    "kt chu tich",
    "k t chu tich",
    "chu tich",
    "pho chu tich",
    "danh sach nay",
    "danh sach co",
    "danh sach gom",
    "danh sach tren",
    "danh sach lap",
    "an dinh danh sach",
    "lap danh sach",
    "ky ten",
    "ky ghi ro",
    "ky va ghi",
    "ky dong dau",
    "ky ho ten",
    "ky va ghi ro ho ten",
    "noi nhan",
    "luu vt",
    "luu ho so",
    "truong thon",
    "thon truong",
    "truong ban",
    "truong khu pho",
    "truong xom",
    "to truong",
    "cong tac vien",
    "truong cong an",
    "tl chu tich",
    "tuq chu tich",
    "cong an xa",
    "cong an phuong",
    "hieu truong",
    "pho hieu truong",
    "giao vien chu nhiem",
    "gvcn",
    "giao vien",
    "thu truong",
    "dai dien",
    "nguoi kiem tra",
    "nguoi phe duyet",
    "nguoi duyet",
    "phu trach",
    "cong chuc",
    "lanh dao",
    "truong tram",
    "y te thon",
    "ben giao",
    "ben nhan",
    "nguoi giao",
    "nguoi nhan danh sach",
    "trong do",
    "ghi chu",
    "luu y",
    "chu thich",
    "tl",
    "tm",
    "kt",
    "thu ky",
    "ke toan",
    "truong phong",
    "giam doc",
    "nguoi ra soat",
    "da ky",
    "chi huy",
    "hoi phu nu",
    "bi thu",
    "uy ban nhan dan",
    "ubnd",
];
const TITLE: &[&str] = &[
    "danh sach",
    "cong hoa xa hoi",
    "doc lap",
    "uy ban nhan dan",
    "ubnd",
    "u b n d",
    "phu luc",
    "bieu",
    "mau so",
    "mau",
    "bao cao",
    "don vi",
    "so lao dong",
    "phong",
    "so y te",
    "bo lao dong",
    "bo y te",
    "so theo doi",
    "bang tong hop",
    "bang ke",
    "thong ke",
    "ban hanh",
    "kem theo",
    "truong mam non",
    "truong mn",
    "truong th",
    "truong tieu hoc",
    "truong thcs",
    "tram y te",
    "nam hoc",
    "tinh den",
    "thoi diem",
    "trang",
    "hoi dong",
    "cong an",
    "page",
    "so",
];

fn any(folded: &Folded, list: &[&str]) -> bool {
    list.iter().any(|phrase| folded.starts_with(phrase))
}

/// How many words of numbering stand in front: "I.", "1", "A", "1.2".
pub(super) fn numbering_words(folded: &Folded) -> usize {
    let mut words = 0;
    while words + 1 < folded.len()
        && words < 3
        && is_enumerator(folded.word(words))
        && !(words == 0 && any_hamlet(folded, 0))
    {
        words += 1;
    }
    words
}

/// "I", "iv", "3", "a".
pub(super) fn is_enumerator(word: &str) -> bool {
    let roman = word.len() <= 5 && word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    let digits = word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    let alone = word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    !word.is_empty() && (roman || digits || alone)
}

fn after(folded: &Folded, from: usize) -> Folded {
    if from == 0 {
        folded.clone()
    } else {
        folded.without_first(from)
    }
}

fn any_hamlet(folded: &Folded, from: usize) -> bool {
    let rest = folded.phrase(from, folded.len());
    HAMLET.iter().any(|word| {
        rest.strip_prefix(word)
            .is_some_and(|after| after.is_empty() || after.starts_with(' '))
    })
}

/// Where the hamlet begins in "Danh sách trẻ em thôn A Đăng"; `None` where a list is of something else, or of more.
pub(super) fn list_of_hamlet(text: &str) -> Option<usize> {
    let whole = Folded::of(text);
    if !(whole.starts_with("danh sach") || whole.starts_with("ds")) || text.contains([',', '-']) {
        return None;
    }
    let starts = text
        .char_indices()
        .filter(|(at, c)| *at > 0 && c.is_whitespace())
        .map(|(at, c)| at + c.len_utf8());
    for at in starts {
        let rest = text.get(at..)?;
        let folded = Folded::of(rest);
        let word = HAMLET.iter().any(|word| {
            matches!(
                *word,
                "thon" | "ban" | "khu pho" | "kp" | "khom" | "tieu khu" | "to dan pho" | "xom"
            ) && folded.starts_with(word)
        });
        if word && is_hamlet(&folded) && folded.len() <= 6 {
            return Some(at);
        }
    }
    None
}

/// True for a word for hamlet without a name: "Thôn", "II. Khu phố".
pub(super) fn is_hamlet_word(folded: &Folded) -> bool {
    let skip = numbering_words(folded);
    HAMLET.contains(&folded.phrase(skip, folded.len()))
}

/// True for "Thôn A Đăng", "I. Bản Cu Pua:", "KP3", "Tổ dân phố số 5": a word for hamlet, then a few words.
pub(super) fn is_hamlet(folded: &Folded) -> bool {
    if folded.len() == 0 || folded.len() > 12 {
        return false;
    }
    // "KP3", "TDP5"
    if folded.len() == 1 {
        let word = folded
            .word(0)
            .trim_end_matches(|c: char| c.is_ascii_digit());
        return word.len() < folded.word(0).len()
            && matches!(
                word,
                "kp" | "tdp"
                    | "tk"
                    | "thon"
                    | "to"
                    | "ap"
                    | "xom"
                    | "doi"
                    | "khom"
                    | "ban"
                    | "khupho"
                    | "khuvuc"
                    | "khoi"
                    | "khu"
            );
    }
    let skip = numbering_words(folded);
    let word = folded.word(skip);
    let token = folded.tokens.get(skip).copied().unwrap_or_default();
    if !any_hamlet(folded, skip) || folded.len() - skip > 9 || skip + 1 >= folded.len() {
        return folded.len() - skip == 1
            && skip + 1 == folded.len()
            && matches!(word, "kp" | "tdp")
            && skip > 0;
    }
    // The same letters are other words with other marks: "Bạn", "Tô Văn …" (a surname), "Đôi", "Áp", "Khởi".
    let marked = folded.marked;
    let next = folded.word(skip + 1);
    let numbered =
        next == "so" || next.bytes().all(|byte| byte.is_ascii_digit()) || is_enumerator(next);
    match word {
        "to" => {
            (token.quality == 2 && token.tone == HOOK || !marked) && (next == "dan" || numbered)
        }
        "ban" => !marked && folded.len() - skip <= 5 || token.tone == HOOK && token.quality == 0,
        "doi" => {
            (token.quality == 2 && token.tone == 5 || !marked)
                && (numbered || folded.len() - skip <= 4)
        }
        "lang" => !marked || token.tone == 1 && token.quality == 0,
        "xom" | "khom" | "ap" | "khoi" | "soc" => !marked || token.tone == ACUTE,
        "buon" | "bon" | "cum" => !marked || token.quality == 2 || token.tone == 5,
        "khu" => numbered || matches!(next, "pho" | "vuc" | "dan"),
        "tk" => numbered,
        "thon" => token.tone == 0,
        _ => true,
    }
}

/// True for "Xã Tà Rụt", "TT. Lao Bảo", "Phường 1".
pub(super) fn is_unit(folded: &Folded) -> bool {
    let skip = numbering_words(folded);
    let long = folded.len() - skip;
    if !(2..=8).contains(&long) {
        return false;
    }
    let token = folded.tokens.get(skip).copied().unwrap_or_default();
    let rest = folded.phrase(skip, folded.len());
    let begins = UNIT.iter().any(|word| {
        rest.strip_prefix(word)
            .is_some_and(|after| after.starts_with(' '))
    });
    begins
        && !(folded.word(skip) == "xa" && folded.marked && token.tone != TILDE)
        && !(matches!(folded.word(skip), "quan" | "phuong") && folded.marked && token.tone == 0
            || folded.word(skip) == "phuong" && folded.marked && token.tone != 1)
}

/// True for "Tổng cộng", "Cộng thôn 1: 12 trẻ", "Tổng số trẻ: 25"; a person called Tống or Công is none.
pub(super) fn is_total(folded: &Folded) -> bool {
    let skip = numbering_words(folded);
    let rest = after(folded, skip);
    if !any(&rest, TOTAL) {
        return false;
    }
    let token = rest.tokens.first().copied().unwrap_or_default();
    let first = rest.word(0);
    let sounds = match first {
        "tong" => token.tone == HOOK || !rest.marked,
        "cong" => token.tone == 5 || !rest.marked,
        _ => true,
    };
    let next = rest.word(1);
    let counted = rest.len() == 1
        || matches!(
            next,
            "cong"
                | "so"
                | "thon"
                | "ban"
                | "xa"
                | "toan"
                | "chung"
                | "khu"
                | "don"
                | "kp"
                | "to"
                | "hop"
                | "tre"
                | "co"
                | "lop"
                | "truong"
                | "nam"
                | "nu"
                | "i"
                | "ii"
                | "trang"
                | "luy"
                | "danh"
                | "cac"
                | "theo"
                | "ca"
                | "phuong"
                | "xom"
                | "doi"
                | "ap"
                | "buon"
                | "lang"
                | "khom"
                | "muc"
                | "phan"
        )
        || next.bytes().all(|byte| byte.is_ascii_digit())
        || matches!(first, "toan" | "total" | "luy");
    sounds && counted
}

/// True for the lines under a list: who made it, where and when, who signs, "Danh sách này có 25 trẻ".
pub(super) fn is_footer(folded: &Folded) -> bool {
    let skip = numbering_words(folded);
    let rest = after(folded, skip);
    if any(&rest, FOOTER) || any(folded, FOOTER) {
        return true;
    }
    // "Tà Rụt, ngày 13 tháng 6 năm 2024", "Ngày … tháng … năm …"
    if let (Some(day), Some(month)) = (position(folded, "ngay"), position(folded, "thang"))
        && day < month
        && month - day <= 3
        && folded.len() <= 14
        && (folded.contains("nam") || month + 2 >= folded.len())
    {
        return true;
    }
    folded.contains("ky ghi ro ho ten")
        || folded.contains("nguoi lap bieu")
        || folded.contains("nguoi lap danh sach")
        || folded.contains("xac nhan cua")
}

fn position(folded: &Folded, word: &str) -> Option<usize> {
    (0..folded.len()).find(|&at| folded.word(at) == word)
}

/// True for the lines above a list.
pub(super) fn is_title(folded: &Folded) -> bool {
    any(folded, TITLE)
        && (folded.word(0) != "so"
            || folded.starts_with("so lao dong")
            || folded.starts_with("so y te")
            || folded.starts_with("so theo doi"))
}

/// The value of a cell of a numbering row: `(3)`, `3`, `[3]`, `C`, `(5)=(3)+(4)`.
pub(super) fn numbering(text: &str) -> Option<u32> {
    let text = text.trim();
    if text.is_empty() || text.len() > 16 {
        return None;
    }
    let inner =
        text.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | '.' | '<' | '>' | ' '));
    let head = inner
        .split('=')
        .next()
        .unwrap_or(inner)
        .trim_matches(|c: char| matches!(c, '(' | ')' | ' '));
    if head.len() <= 3 && !head.is_empty() && head.bytes().all(|byte| byte.is_ascii_digit()) {
        return head.parse().ok();
    }
    match head.as_bytes() {
        [letter @ (b'A'..=b'Z' | b'a'..=b'z')] => {
            Some(1_000 + u32::from(letter.to_ascii_uppercase() - b'A'))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
