//! Words that stand where a name should: "Bé", "Chưa đặt tên", "Con bà …".
//!
//! In: a cleaned text and the same without diacritics. Out: whether it is no name. The first word decides whether to look at
//! all, and it is taken with its marks: Bế, Khổng, Đặng, Châu and Võ are surnames. Typed without any marks it counts too.

/// First words of placeholders that no surname is spelled like: whatever follows them is no name.
const NEVER_A_NAME: [&str; 7] = ["bé", "chưa", "không", "đang", "cháu", "ko", "trẻ"];

/// True for a word (in small letters) that may start a placeholder.
pub(super) fn may_start(word: &str) -> bool {
    NEVER_A_NAME.contains(&word)
        || matches!(
            word,
            "be" | "trai"
                | "gái"
                | "gai"
                | "con"
                | "chua"
                | "cu"
                | "em"
                | "khong"
                | "chau"
                | "sơ"
                | "so"
                | "tre"
                | "vô"
                | "vo"
                | "dang"
                | "test"
                | "nam"
                | "nữ"
                | "nu"
                | "none"
                | "null"
                | "tên"
                | "ten"
                | "họ"
                | "ho"
                | "x"
                | "k"
                | "n/a"
                | "bỏ"
                | "bo"
                | "hài"
                | "hai"
                | "baby"
                | "no"
                | "song"
        )
}

/// What is no name when nothing else stands there.
const WHOLE: [&str; 62] = [
    "be",
    "trai",
    "gai",
    "nam",
    "nu",
    "con",
    "cu",
    "em",
    "em be",
    "em be trai",
    "em be gai",
    "cu ty",
    "cu teo",
    "cu ti",
    "cu bi",
    "cu anh",
    "cu em",
    "so sinh",
    "tre so sinh",
    "khong ten",
    "chua ten",
    "con trai",
    "con gai",
    "con dau",
    "con ut",
    "con ca",
    "con dau long",
    "chau",
    "chau be",
    "chau trai",
    "chau gai",
    "khong co",
    "khong",
    "ko",
    "ko co",
    "chua co",
    "chua",
    "chua biet",
    "chua dk",
    "test",
    "n/a",
    "none",
    "null",
    "x",
    "k",
    "ten",
    "ho ten",
    "ho va ten",
    "tre",
    "tre em",
    "dang cap nhat",
    "dang lam",
    "dang cho",
    "bo trong",
    "hai nhi",
    "vo danh",
    "baby",
    "baby boy",
    "baby girl",
    "no name",
    "song sinh",
    "song thai",
];

/// What is no name with anything behind it.
const STARTS: [&str; 28] = [
    "be ",
    "chua dat",
    "chua co ten",
    "chua ten",
    "chua khai",
    "chua lam",
    "chua dk ",
    "chua dang ky",
    "khong ten",
    "khong co ten",
    "dang cap nhat",
    "so sinh ",
    "chua biet ten",
    "chua ro ten",
    "con ba ",
    "con ong ",
    "con chi ",
    "con anh ",
    "con me ",
    "con bo ",
    "con cua ",
    "con co ",
    "con thu ",
    "con so ",
    "con trai ",
    "con gai ",
    "con nha ",
    "em be ",
];

/// Surnames that make "Con Hồ Thị Mơ" the child of Hồ Thị Mơ.
const SURNAMES: [&str; 22] = [
    "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ",
    "hồ", "ngô", "dương", "lý", "đinh", "lương", "đoàn", "trịnh", "mai", "cao",
];

/// True for a text that is no name; `folded` is the same text in small letters without diacritics.
pub(super) fn is_placeholder(text: &str, folded: &str) -> bool {
    let lower = text.to_lowercase();
    let trim = |c: char| !c.is_alphanumeric();
    let lower = lower.trim_matches(trim);
    let folded = folded.trim_matches(trim);
    let mut words = lower.split(' ');
    let first = words.next().unwrap_or("");
    let second = words.next().unwrap_or("");
    let more = words.next().is_some();
    if has_whose_child(lower) {
        return true;
    }
    if !may_start(first) {
        return false;
    }
    NEVER_A_NAME.contains(&first)
        || WHOLE.contains(&folded)
        || STARTS.iter().any(|start| folded.starts_with(start))
        || (matches!(first, "con" | "em") && more && SURNAMES.contains(&second))
}

/// "BT con bà Mơ", "Sơ sinh con chị Lan".
fn has_whose_child(lower: &str) -> bool {
    [
        " con bà ",
        " con chị ",
        " con ông ",
        " con anh ",
        " con cô ",
        " con mẹ ",
        " con của ",
    ]
    .iter()
    .any(|words| lower.contains(words))
}
