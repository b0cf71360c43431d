use proptest::prelude::*;

use super::*;
use crate::normalise::syllable::is_vietnamese_letter;

fn names(code: &str, encoding: Option<Encoding>) {
    assert_eq!(Encoding::from_name(code), encoding, "{code}");
}

#[test]
fn codes_have_names() {
    for code in [
        Encoding::Unicode,
        Encoding::Tcvn3,
        Encoding::Tcvn3Caps,
        Encoding::Vni,
        Encoding::Vps,
        Encoding::Viscii,
        Encoding::Viqr,
        Encoding::Cp1258,
        Encoding::Utf8Twice,
    ] {
        names(code.name(), Some(code));
    }
    names(" ABC ", Some(Encoding::Tcvn3));
    names("windows-1258", Some(Encoding::Cp1258));
    names(".VnTime", Some(Encoding::Tcvn3));
    names(".VnTimeH", Some(Encoding::Tcvn3Caps));
    names("VNI-Times", Some(Encoding::Vni));
    names("VPS Times", Some(Encoding::Vps));
    names("Times New Roman", None);
    names("latin9", None);
    names("", None);
}

fn decodes(text: &str, from: Encoding, to: &str) {
    assert_eq!(decode(text, from), to, "{text}");
}

#[test]
fn decoding_is_one_pass() {
    decodes("NguyÔn ThÞ Hång", Encoding::Tcvn3, "Nguyễn Thị Hồng");
    decodes("nguyÔn thÞ hång", Encoding::Tcvn3Caps, "NGUYỄN THỊ HỒNG");
    decodes("lan anh", Encoding::Tcvn3Caps, "LAN ANH");
    decodes("H\u{ad}ng", Encoding::Tcvn3, "Hưng");
    decodes("H\u{92} Hoa", Encoding::Tcvn3, "H’ Hoa");
    // Each pair is read once: ôø is ờ, not ơ + ø.
    decodes("Tröôøng", Encoding::Vni, "Trường");
    decodes(
        "Aùnh AÙNH aùnh NGUYEãN Ôû",
        Encoding::Vni,
        "Ánh ÁNH ánh NGUYỄN Ở",
    );
    decodes("Traâân Haøø Leâê Hoàø", Encoding::Vni, "Trân Hà Lê Hồ");
    decodes("Traâùn", Encoding::Vni, "Trấn");
    // A mark without a letter stays.
    decodes("ø 5ù", Encoding::Vni, "ø 5ù");
    decodes("Nguye^~n DDu+'c u*", Encoding::Viqr, "Nguyễn Đức ư");
    decodes("\u{2}nh", Encoding::Vps, "Ạnh");
    decodes("\u{6}n", Encoding::Viscii, "Ẫn");
    decodes("Ðãòng", Encoding::Cp1258, "Đặng");
}

#[test]
fn double_utf8_is_undone() {
    let twice = |text: &str| -> String {
        text.bytes()
            .map(|byte| tables::shown(char::from(byte)))
            .collect()
    };
    for text in ["Nguyễn Thị Hồng", "Đỗ Ệ", "Hoàng", "à"] {
        decodes(&twice(text), Encoding::Utf8Twice, text);
        decodes(&twice(&twice(text)), Encoding::Utf8Twice, text);
        decodes(&twice(&twice(&twice(text))), Encoding::Utf8Twice, text);
        decodes(text, Encoding::Utf8Twice, text);
    }
    // Trimmed on the way: the no-break space of à became a space, the control of Đ was lost.
    decodes("HoÃ ng VÄƒn", Encoding::Utf8Twice, "Hoàng Văn");
    decodes("HÃ VÄƒn", Encoding::Utf8Twice, "Hà Văn");
    decodes("Äá»— VÄƒn", Encoding::Utf8Twice, "Đỗ Văn");
    // Read as Windows-1258 by a Vietnamese Excel.
    decodes("HoĂ\u{a0}ng Tháº¯ng", Encoding::Utf8Twice, "Hoàng Thắng");
}

fn cell(text: &str, font: Font, verdict: Verdict, to: &str, from: Encoding, ambiguous: bool) {
    let decoded = decode_text(text, font, verdict);
    assert_eq!(
        (&*decoded.text, decoded.from, decoded.ambiguous),
        (to, from, ambiguous),
        "{text} {verdict:?}"
    );
}

fn stays(text: &str, font: Font, verdict: Verdict) {
    cell(text, font, verdict, text, Encoding::Unicode, false);
}

const TCVN3: Verdict = Verdict::Legacy(Encoding::Tcvn3);
const VNI: Verdict = Verdict::Legacy(Encoding::Vni);

#[test]
fn ambiguous_cells_follow_their_column() {
    for (text, verdict, to, from) in [
        ("Võ", TCVN3, "Vừ", Encoding::Tcvn3),
        ("Dòng", TCVN3, "Dũng", Encoding::Tcvn3),
        ("Phông", TCVN3, "Phụng", Encoding::Tcvn3),
        ("Cóc", TCVN3, "Cúc", Encoding::Tcvn3),
        ("Hoàng", VNI, "Hồng", Encoding::Vni),
        ("Hoà", VNI, "Hồ", Encoding::Vni),
        ("Kp¨ Kl¬ng", TCVN3, "Kpă Klơng", Encoding::Tcvn3),
    ] {
        cell(text, Font::Unknown, verdict, to, from, false);
    }
    for text in ["Võ", "Dòng", "Hoàng", "Hoà", "Lý", "Niê"] {
        stays(text, Font::Unknown, Verdict::Unicode);
        stays(text, Font::Tcvn3, Verdict::Unicode);
    }
    cell(
        "Dòng",
        Font::Unknown,
        Verdict::Mixed(Encoding::Tcvn3),
        "Dòng",
        Encoding::Unicode,
        true,
    );
    cell(
        "Hoà",
        Font::Unknown,
        Verdict::Mixed(Encoding::Vni),
        "Hoà",
        Encoding::Unicode,
        true,
    );
    cell(
        "Y Lôt",
        Font::Unknown,
        Verdict::Mixed(Encoding::Tcvn3),
        "Y Lôt",
        Encoding::Unicode,
        true,
    );
    // Impossible as it stands, if no Vietnamese either.
    cell(
        "L«k Sªt",
        Font::Unknown,
        Verdict::Mixed(Encoding::Tcvn3),
        "Lôk Sêt",
        Encoding::Tcvn3,
        false,
    );
    cell(
        "Loâk Seât",
        Font::Unknown,
        Verdict::Mixed(Encoding::Vni),
        "Lôk Sêt",
        Encoding::Vni,
        false,
    );
    // Reads the same either way, or only one way.
    stays("Lý", Font::Unknown, Verdict::Mixed(Encoding::Tcvn3));
    stays("Hoàng", Font::Unknown, Verdict::Mixed(Encoding::Tcvn3));
    cell(
        "Dòng",
        Font::Tcvn3,
        Verdict::ByFont,
        "Dũng",
        Encoding::Tcvn3,
        false,
    );
    stays("Dòng", Font::Unicode, Verdict::ByFont);
}

#[test]
fn sure_cells_are_decoded_in_any_column() {
    for verdict in [
        Verdict::Unicode,
        TCVN3,
        VNI,
        Verdict::Mixed(Encoding::Vni),
        Verdict::ByFont,
    ] {
        cell(
            "NguyÔn ThÞ Hång",
            Font::Unknown,
            verdict,
            "Nguyễn Thị Hồng",
            Encoding::Tcvn3,
            false,
        );
        cell(
            "Nguyeãn Thò Hoàng",
            Font::Unknown,
            verdict,
            "Nguyễn Thị Hồng",
            Encoding::Vni,
            false,
        );
        cell(
            "Nguyá»…n",
            Font::Unknown,
            verdict,
            "Nguyễn",
            Encoding::Utf8Twice,
            false,
        );
        stays("Nguyễn Thị Hồng", Font::Tcvn3, verdict);
        stays("10 µg", Font::Unknown, verdict);
        stays("10 µm", Font::Tcvn3, verdict);
        stays("©", Font::Unknown, verdict);
        stays("Ayŭn", Font::Vni, verdict);
        stays("Nguyen Van A", Font::Vni, verdict);
    }
}

/// A column's code wins where the cell could be read in another by chance.
#[test]
fn chance_does_not_outvote_a_column() {
    for (text, code, to) in [
        ("Ç‡ gia cÄn", Encoding::Vps, "đỗ gia cẩn"),
        ("ÐƒNG GIA CÄNH", Encoding::Viscii, "ĐẶNG GIA CẢNH"),
        ("KÔN TH¿´NG", Encoding::Viscii, "KÔN THƯƠNG"),
        ("KÔN THÐ÷NG", Encoding::Vps, "KÔN THƯƠNG"),
    ] {
        cell(text, Font::Unknown, Verdict::Legacy(code), to, code, false);
    }
}

#[test]
fn fonts_are_confirmed_by_the_content() {
    stays("Hoàng Hà", Font::Tcvn3, TCVN3);
    stays("Trần Dòng", Font::Tcvn3, Verdict::ByFont);
    stays("Thái", Font::Vni, VNI);
    cell(
        "hå minh vu",
        Font::Tcvn3Caps,
        TCVN3,
        "HỒ MINH VU",
        Encoding::Tcvn3Caps,
        false,
    );
    cell(
        "lan anh",
        Font::Tcvn3Caps,
        TCVN3,
        "LAN ANH",
        Encoding::Tcvn3Caps,
        false,
    );
    stays("lan anh", Font::Tcvn3Caps, Verdict::Unicode);
}

#[test]
fn tcvn3_gets_its_capitals_back() {
    cell(
        "NGUYÔN V¡N §øC",
        Font::Unknown,
        Verdict::Unicode,
        "NGUYỄN VĂN ĐỨC",
        Encoding::Tcvn3,
        false,
    );
    cell(
        "Ph¹m ThÞ A¸nh",
        Font::Unknown,
        Verdict::Unicode,
        "Phạm Thị Ánh",
        Encoding::Tcvn3,
        false,
    );
    cell(
        "Tr\u{ad}\u{ad}êng",
        Font::Unknown,
        TCVN3,
        "Trường",
        Encoding::Tcvn3,
        false,
    );
}

fn rich(parts: &[(&str, Font)], verdict: Verdict, to: &str) {
    let text: String = parts.iter().map(|part| part.0).collect();
    let runs = parts
        .iter()
        .map(|part| (u32::try_from(part.0.len()).unwrap(), part.1))
        .collect();
    let cell = Cell {
        runs: Some(runs),
        ..Cell::text(text)
    };
    assert_eq!(decode_cell(&cell, verdict).text, to);
}

#[test]
fn runs_are_decoded_one_by_one() {
    for verdict in [Verdict::Unicode, TCVN3, Verdict::ByFont] {
        rich(
            &[
                ("Ng« ThÞ YÕn Mai", Font::Tcvn3),
                (" / ", Font::Unknown),
                ("Lyù Vaên Hoà", Font::Vni),
            ],
            verdict,
            "Ngô Thị Yến Mai / Lý Văn Hồ",
        );
        rich(
            &[("Bïi §Þnh Dòng", Font::Tcvn3), (" (mồ côi)", Font::Unicode)],
            verdict,
            "Bùi Định Dũng (mồ côi)",
        );
        rich(
            &[("Hoà", Font::Unicode), (" Dòng", Font::Tcvn3)],
            verdict,
            "Hoà Dũng",
        );
        rich(&[("Tra", Font::Vni), ("àn", Font::Vni)], verdict, "Trần");
    }
    // Lengths that do not fit the text.
    let cell = Cell {
        runs: Some([(1, Font::Vni), (4_000_000_000, Font::Vni), (9, Font::Tcvn3)].into()),
        ..Cell::text("Nguyeãn")
    };
    assert_eq!(decode_cell(&cell, Verdict::Unicode).text, "Nguyễn");
    let cell = Cell {
        runs: Some([(6, Font::Vni), (2, Font::Tcvn3)].into()),
        ..Cell::text("Nguyeãn")
    };
    assert_eq!(decode_cell(&cell, Verdict::Unicode).text, "Nguyễn");
}

fn vote(cells: &[(&str, Font)]) -> Vote {
    let mut vote = Vote::default();
    for (text, font) in cells {
        vote.add(text, *font);
    }
    vote
}

fn column(texts: &str, verdict: Verdict) {
    let cells: Vec<_> = texts.split('|').map(|text| (text, Font::Unknown)).collect();
    assert_eq!(vote(&cells).verdict(), verdict, "{texts}");
}

#[test]
fn columns_vote() {
    column("NguyÔn V¨n A|Võ|Dòng", TCVN3);
    column("Hoàng|Hoà|Nguyeãn Thò B", VNI);
    column("Nguyá»…n|Tráº§n|Lan", Verdict::Legacy(Encoding::Utf8Twice));
    column("Võ|Dòng|Lý|Hoàng", Verdict::Unicode);
    column("Võ|Lôc|Hôp", Verdict::Unicode);
    column("Vâ|Lôc|TrÞnh", TCVN3);
    // Names of other peoples that only look like TCVN3.
    column("Êban Y Thô|Nay Hôp|Y Lôt", Verdict::Unicode);
    column(
        "Nguyễn Văn A|Trần Thị B|NguyÔn V¨n C|TrÇn ThÞ D",
        Verdict::Mixed(Encoding::Tcvn3),
    );
    column("Nguyen Van A|Tran Thi B", Verdict::Unicode);
    column("H'Hen Niê|Y Blô|Êban|Rơ Ô", Verdict::Unicode);
    column("H'Hen Niê|Y Blô|Êban|Rô Ô|Y Lôt", Verdict::Unicode);
    column("10 µg|20 µg|5 µm", Verdict::Unicode);
    column("", Verdict::Unicode);
}

#[test]
fn fonts_vote() {
    let legacy = ("Dòng", Font::Tcvn3);
    assert_eq!(vote(&[legacy]).verdict(), TCVN3);
    assert_eq!(
        vote(&[legacy, ("Nguyễn", Font::Unicode)]).verdict(),
        Verdict::ByFont
    );
    // The font lies elsewhere in the column.
    assert_eq!(
        vote(&[legacy, ("Nguyễn", Font::Tcvn3)]).verdict(),
        Verdict::Unicode
    );
    assert_eq!(
        vote(&[
            ("TrÇn", Font::Tcvn3),
            ("Traàn", Font::Vni),
            ("Trần", Font::Unicode)
        ])
        .verdict(),
        Verdict::ByFont
    );
    assert_eq!(
        vote(&[
            ("TrÇn", Font::Unicode),
            ("Traàn", Font::Unicode),
            ("Trần", Font::Unicode)
        ])
        .verdict(),
        Verdict::Mixed(Encoding::Tcvn3)
    );
}

#[test]
fn a_silent_column_follows_its_sheet() {
    let names = vote(&[
        ("NguyÔn V¨n A", Font::Unknown),
        ("TrÇn ThÞ B", Font::Unknown),
    ]);
    let silent = vote(&[("Dòng", Font::Unknown)]);
    let unicode = vote(&[("Hoàng", Font::Unknown)]);
    let sure = vote(&[("Nữ", Font::Unknown)]);
    assert_eq!(
        verdicts(&[names.clone(), silent.clone(), Vote::default()]),
        [TCVN3, TCVN3, TCVN3]
    );
    // A cell that cannot be TCVN3 speaks for itself.
    assert_eq!(
        verdicts(&[names, unicode, sure.clone()])[1..],
        [Verdict::Unicode, Verdict::Unicode]
    );
    assert_eq!(
        verdicts(&[sure, silent]),
        [Verdict::Unicode, Verdict::Unicode]
    );
}

#[test]
fn clean_text_is_borrowed() {
    for text in ["", "Nguyen", "Nguyễn Văn Đức", "Hoàng Hà", "10 µg", "H’Hen"] {
        let cell = Cell::text(text);
        assert!(
            matches!(decode_cell(&cell, Verdict::Unicode).text, Cow::Borrowed(_)),
            "{text}"
        );
    }
}

fn text_of(letters: &'static str) -> impl Strategy<Value = String> {
    let letters: Vec<char> = letters.chars().collect();
    prop::collection::vec(prop::sample::select(letters), 0..30)
        .prop_map(|letters| letters.into_iter().collect())
}

/// What TCVN3 holds: all small letters, seven capitals.
const IN_TCVN3: &str =
    "abcxyz ABC,'-1àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđĂÂÊÔƠƯĐ";
/// What VNI holds: everything.
const IN_VNI: &str = "abceiouyxz ABCEIOUY,'-1àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ\
    ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ";

proptest! {
    #[test]
    fn tcvn3_comes_back(text in text_of(IN_TCVN3)) {
        let encoded = encode(&text, Encoding::Tcvn3).unwrap();
        prop_assert_eq!(decode(&encoded, Encoding::Tcvn3), text);
    }

    #[test]
    fn vni_comes_back(text in text_of(IN_VNI)) {
        let encoded = encode(&text, Encoding::Vni).unwrap();
        prop_assert_eq!(decode(&encoded, Encoding::Vni), text);
    }

    #[test]
    fn any_text_is_survived(text in any::<String>(), runs in prop::collection::vec((0_u32..9, 0_usize..3), 0..5)) {
        let fonts = [Font::Unicode, Font::Tcvn3Caps, Font::Vni];
        let runs: Vec<_> = runs.into_iter().map(|(length, font)| (length, fonts[font])).collect();
        let cell = Cell { runs: Some(runs.into()), ..Cell::text(text) };
        for verdict in [Verdict::Unicode, TCVN3, VNI, Verdict::Mixed(Encoding::Vps), Verdict::ByFont, Verdict::Legacy(Encoding::Viqr)] {
            decode_cell(&cell, verdict);
        }
    }

    #[test]
    fn latin1_text_is_survived(text in "[ a-eA-Eo\u{80}-\u{ff}]{0,20}") {
        let mut vote = Vote::default();
        vote.add(&text, Font::Vni);
        decode_text(&text, Font::Tcvn3, vote.verdict());
        repair_case(&text);
    }

    /// A text with a letter only Unicode has is never changed.
    #[test]
    fn unicode_text_stays(text in text_of(IN_VNI)) {
        prop_assume!(text.chars().any(|c| is_vietnamese_letter(c) && u32::from(c) > 0xFF));
        for verdict in [Verdict::Unicode, TCVN3, VNI, Verdict::ByFont] {
            prop_assert_eq!(&decode_text(&text, Font::Tcvn3, verdict).text, &text);
        }
    }
}
