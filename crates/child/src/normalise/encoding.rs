//! Legacy encodings: what code a list is written in, and its text in Unicode.
//!
//! In: cells with their fonts. Out: a verdict for each column ([`Vote`], [`Verdict`]) and each cell's text as its code
//! means it ([`decode_cell`]), without a silent guess: a lone cell that can be read two ways stays as it is.
//!
//! Excel and Word hold the bytes of a legacy code as Windows-1252 characters and no flag says so. The evidence, in order
//! of weight: the font (confirmed by the content, for fonts lie), the content of the cell, the column. This comes before
//! any other repair of a text: TCVN3 writes ư as a soft hyphen.

mod case;
mod codec;
mod content;
mod tables;
mod vote;

use std::borrow::Cow;

use crate::cell::{Cell, Font};
pub use case::repair_case;
use content::Scan;
pub use vote::{Vote, verdicts};

/// A code a text may be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// As it stands.
    Unicode,
    /// TCVN3 (ABC).
    Tcvn3,
    /// TCVN3 in a capital font.
    Tcvn3Caps,
    /// VNI-Windows.
    Vni,
    /// VPS.
    Vps,
    /// VISCII.
    Viscii,
    /// VIQR (only on request).
    Viqr,
    /// Windows-1258 shown as cp1252.
    Cp1258,
    /// UTF-8 read as cp1252, once or more.
    Utf8Twice,
}

impl Encoding {
    /// The code of a name as a person types it (`tcvn3`, `ABC`, `vni`, `windows-1258`) or of a font (`.VnTimeH`, `VNI-Times`);
    /// letter case does not matter. `None` for a name of no code known here.
    pub fn from_name(name: &str) -> Option<Self> {
        let lower = name.trim().to_ascii_lowercase();
        let found = match lower.as_str() {
            "unicode" | "utf-8" | "utf8" => Self::Unicode,
            "tcvn3" | "tcvn" | "tcvn-3" | "tcvn5712" | "abc" | "vn3" => Self::Tcvn3,
            "tcvn3caps" | "tcvn3-caps" | "tcvn3h" => Self::Tcvn3Caps,
            "vni" | "vni-win" | "vni-windows" => Self::Vni,
            "vps" => Self::Vps,
            "viscii" => Self::Viscii,
            "viqr" => Self::Viqr,
            "cp1258" | "windows-1258" | "windows1258" | "win1258" | "1258" => Self::Cp1258,
            "utf8x2" | "utf8-twice" | "utf8twice" | "utf-8-twice" => Self::Utf8Twice,
            _ => return Self::of_font(Font::from_name(name)),
        };
        Some(found)
    }

    /// The short name, as [`Encoding::from_name`] takes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unicode => "unicode",
            Self::Tcvn3 => "tcvn3",
            Self::Tcvn3Caps => "tcvn3caps",
            Self::Vni => "vni",
            Self::Vps => "vps",
            Self::Viscii => "viscii",
            Self::Viqr => "viqr",
            Self::Cp1258 => "cp1258",
            Self::Utf8Twice => "utf8x2",
        }
    }

    /// The name a person sees, in Vietnamese.
    pub fn label(self) -> &'static str {
        match self {
            Self::Unicode => "Unicode",
            Self::Tcvn3 => "TCVN3 (ABC)",
            Self::Tcvn3Caps => "TCVN3 (ABC), phông chữ hoa",
            Self::Vni => "VNI",
            Self::Vps => "VPS",
            Self::Viscii => "VISCII",
            Self::Viqr => "VIQR",
            Self::Cp1258 => "Windows-1258",
            Self::Utf8Twice => "UTF-8 bị mã hóa hai lần",
        }
    }

    /// The code a family of fonts is made for; `None` for Unicode and unknown fonts.
    pub fn of_font(font: Font) -> Option<Self> {
        match font {
            Font::Unknown | Font::Unicode => None,
            Font::Tcvn3 => Some(Self::Tcvn3),
            Font::Tcvn3Caps => Some(Self::Tcvn3Caps),
            Font::Vni => Some(Self::Vni),
            Font::Vps => Some(Self::Vps),
            Font::Viscii => Some(Self::Viscii),
        }
    }

    /// The same code without the question of capital fonts.
    fn family(self) -> Self {
        if self == Self::Tcvn3Caps {
            Self::Tcvn3
        } else {
            self
        }
    }

    /// True where text in ASCII may mean something else in this code.
    fn changes_ascii(self) -> bool {
        matches!(
            self,
            Self::Viqr | Self::Vps | Self::Viscii | Self::Tcvn3Caps
        )
    }
}

/// What a column's cells say together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Nothing speaks for a legacy code. A cell that surely is in one is decoded all the same.
    #[default]
    Unicode,
    /// The whole column is in this code: ambiguous cells too.
    Legacy(Encoding),
    /// Some cells surely legacy, some surely Unicode: ambiguous cells stay raw and are said.
    Mixed(Encoding),
    /// Several codes, and the fonts tell them apart: ambiguous cells follow their font.
    ByFont,
}

impl Verdict {
    /// What a person is told of the column's code, in Vietnamese; `None` for plain Unicode.
    pub fn label(self) -> Option<&'static str> {
        match self {
            Self::Unicode => None,
            Self::Legacy(code) | Self::Mixed(code) => Some(code.label()),
            Self::ByFont => Some("nhiều bảng mã, đọc theo phông chữ"),
        }
    }
}

/// A cell's text after decoding.
#[derive(Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// What it was decoded from; `Unicode` where nothing was done.
    pub from: Encoding,
    /// Could be read two ways and was left as it stands.
    pub ambiguous: bool,
}

impl<'a> Decoded<'a> {
    fn raw(text: &'a str) -> Self {
        Self {
            text: Cow::Borrowed(text),
            from: Encoding::Unicode,
            ambiguous: false,
        }
    }
}

/// Children's data never reaches a log: shows the code and the length only.
impl std::fmt::Debug for Decoded<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Decoded({} bytes from {:?}, ambiguous: {})",
            self.text.len(),
            self.from,
            self.ambiguous
        )
    }
}

/// Decodes a text from a code, as the code's table says (no case repair, no guess). What the code does not hold stays.
/// Takes each byte as its Windows-1252 or its Latin-1 character.
pub fn decode(text: &str, from: Encoding) -> Cow<'_, str> {
    if from == Encoding::Unicode || (text.is_ascii() && !from.changes_ascii()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + text.len() / 2);
    codec::decode_into(text, from, &mut out);
    if out == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(out)
    }
}

/// Writes a text in a code, each byte as its Windows-1252 character: the inverse of [`decode`], for making samples.
/// `None` where the text has a letter that the code cannot hold, and for codes other than TCVN3 and VNI. TCVN3 has no
/// capitals with a tone: they become small.
pub fn encode(text: &str, to: Encoding) -> Option<String> {
    match to {
        Encoding::Tcvn3 | Encoding::Tcvn3Caps => codec::encode_tcvn3(text),
        Encoding::Vni => codec::encode_vni(text),
        _ => None,
    }
}

/// Decodes a cell by its font, its content and the verdict of its column. Borrows clean text. Rich text is decoded run by
/// run. Never fails; never changes a text that has a Vietnamese letter no legacy code can show.
pub fn decode_cell<'a>(cell: &'a Cell<'_>, verdict: Verdict) -> Decoded<'a> {
    match &cell.runs {
        Some(runs) if !cell.text.is_ascii() => decode_runs(&cell.text, runs, cell.font, verdict),
        _ => decode_text(&cell.text, cell.font, verdict),
    }
}

/// Decodes a text shown in one font: [`decode_cell`] for a text without a cell.
pub fn decode_text(text: &str, font: Font, verdict: Verdict) -> Decoded<'_> {
    match content::scan(text) {
        Scan::Unicode => Decoded::raw(text),
        Scan::Plain if verdict == Verdict::Unicode => Decoded::raw(text),
        Scan::Ascii => decode_ascii(text, font, verdict),
        Scan::Plain | Scan::Odd => decode_closely(text, font, verdict),
    }
}

/// ASCII means itself but in a capital font, and in the codes that use control characters or punctuation.
fn decode_ascii(text: &str, font: Font, verdict: Verdict) -> Decoded<'_> {
    let code = match (Encoding::of_font(font), verdict) {
        (_, Verdict::Unicode) => None,
        (Some(Encoding::Tcvn3Caps), Verdict::ByFont | Verdict::Legacy(Encoding::Tcvn3)) => {
            Some(Encoding::Tcvn3Caps)
        }
        (_, Verdict::Legacy(code)) if code.changes_ascii() => Some(code),
        _ => None,
    };
    let Some(code) = code else {
        return Decoded::raw(text);
    };
    match decode(text, code) {
        Cow::Borrowed(text) => Decoded::raw(text),
        text @ Cow::Owned(_) => Decoded {
            text,
            from: code,
            ambiguous: false,
        },
    }
}

fn decode_closely(text: &str, font: Font, verdict: Verdict) -> Decoded<'_> {
    let mut buffer = String::with_capacity(text.len() * 2);
    // What a column's code turns into whole Vietnamese words is in that code, though bytes may look like a sequence of UTF-8.
    if let Verdict::Legacy(code) = verdict
        && !content::is_unicode(text)
        && !content::is_sign(text)
        && content::score(text, match_font(code, Encoding::of_font(font)), &mut buffer).fits()
    {
        let code = match_font(code, Encoding::of_font(font));
        return finish(text, buffer, code);
    }
    buffer.clear();
    if content::is_utf8_twice(text, &mut buffer) {
        return finish(text, buffer, Encoding::Utf8Twice);
    }
    if content::is_unicode(text) || content::is_sign(text) {
        return Decoded::raw(text);
    }
    let font_code = Encoding::of_font(font);
    let (expected, firm) = match verdict {
        Verdict::Unicode => (font_code, false),
        Verdict::ByFont => (font_code, true),
        Verdict::Mixed(code) => (Some(match_font(code, font_code)), false),
        Verdict::Legacy(code) => (Some(match_font(code, font_code)), true),
    };
    let mut ambiguous = false;
    if let Some(code) = expected {
        let choice = weigh(text, code, firm, &mut buffer);
        if choice == Choice::Take {
            return finish(text, buffer, code);
        }
        ambiguous = choice == Choice::Ambiguous && verdict != Verdict::Unicode;
    }
    match content::alone(text, &mut buffer) {
        Some(code) => {
            let code = match_font(code, font_code);
            content::score(text, code, &mut buffer);
            finish(text, buffer, code)
        }
        None => Decoded {
            ambiguous,
            ..Decoded::raw(text)
        },
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    Take,
    Leave,
    Ambiguous,
}

/// Whether a text is to be read in the code its column or font suggests (`firm`: says). Leaves the decoded text in
/// `buffer` for [`Choice::Take`].
fn weigh(text: &str, code: Encoding, firm: bool, buffer: &mut String) -> Choice {
    let score = content::score(text, code, buffer);
    if score.letters == 0 {
        return Choice::Leave;
    }
    if firm && score.fits() {
        return Choice::Take;
    }
    let raw = content::score_raw(text);
    if firm && score.sound() {
        // A lone sign (`©`) is a sign in any column.
        return if raw.letters > 0 || raw.strays > 0 {
            Choice::Take
        } else {
            Choice::Leave
        };
    }
    let other = || {
        let mut buffer = String::new();
        content::alone(text, &mut buffer).is_some_and(|other| {
            if other == code.family() {
                return false;
            }
            let found = content::score(text, other, &mut buffer);
            // Where both read equally well, a column's word counts.
            if firm {
                found.is_better_than(score)
            } else {
                !score.is_better_than(found)
            }
        })
    };
    let take = if firm {
        let better = score.strays == 0
            || (score.good > raw.good && score.wrong() + score.strays < raw.wrong() + raw.strays);
        !raw.sound() && better && !other()
    } else {
        let shown = content::shows(text, raw, code);
        let fits = !raw.possible() && score.fits();
        (fits || (shown && score.strays == 0)) && !other()
    };
    if take {
        Choice::Take
    } else if score.strays == 0 && score.wrong() <= raw.wrong() && buffer != text {
        Choice::Ambiguous
    } else {
        Choice::Leave
    }
}

/// The code, in its capital form where the font is one.
fn match_font(code: Encoding, font: Option<Encoding>) -> Encoding {
    font.filter(|font| font.family() == code.family())
        .unwrap_or(code)
}

/// The decoded text, with what only TCVN3 needs: doubled ư (an old import of Word files) and lost capitals.
fn finish(raw: &str, decoded: String, from: Encoding) -> Decoded<'_> {
    if decoded == raw {
        return Decoded::raw(raw);
    }
    let mut text = decoded;
    if from.family() == Encoding::Tcvn3 {
        if text.contains("ưư") || text.contains("ƯƯ") {
            text = text.replace("ưư", "ư").replace("ƯƯ", "Ư");
        }
        if let Cow::Owned(repaired) = repair_case(&text) {
            text = repaired;
        }
    }
    Decoded {
        text: Cow::Owned(text),
        from,
        ambiguous: false,
    }
}

fn decode_runs<'a>(
    text: &'a str,
    runs: &[(u32, Font)],
    font: Font,
    verdict: Verdict,
) -> Decoded<'a> {
    let legacy = runs.iter().any(|run| Encoding::of_font(run.1).is_some());
    let mut decoded = Decoded {
        text: Cow::Borrowed(""),
        from: Encoding::Unicode,
        ambiguous: false,
    };
    let mut whole = String::with_capacity(text.len() * 2);
    let mut start = 0_usize;
    let mut index = 0;
    while let Some(&(length, run_font)) = runs.get(index) {
        let mut end = start.saturating_add(usize::try_from(length).unwrap_or(usize::MAX));
        index += 1;
        // Runs of one font go together: a VNI pair may be split between two of them.
        while let Some(&(length, _)) = runs.get(index).filter(|next| next.1 == run_font) {
            end = end.saturating_add(usize::try_from(length).unwrap_or(usize::MAX));
            index += 1;
        }
        if index == runs.len() {
            end = text.len();
        }
        let Some(part) = text.get(start..end) else {
            return decode_text(text, font, verdict);
        };
        let run_verdict = match (Encoding::of_font(run_font), run_font) {
            (Some(_), _) => Verdict::ByFont,
            (None, Font::Unicode) if legacy => Verdict::Unicode,
            _ => verdict,
        };
        let run = decode_text(part, run_font, run_verdict);
        whole.push_str(&run.text);
        decoded.ambiguous |= run.ambiguous;
        if decoded.from == Encoding::Unicode {
            decoded.from = run.from;
        }
        start = end;
    }
    decoded.text = if whole == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(whole)
    };
    decoded
}

#[cfg(test)]
mod tests;
