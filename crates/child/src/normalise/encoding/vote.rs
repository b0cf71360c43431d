//! The vote of a column: what its cells say of their code together.
//!
//! In: the texts and fonts of a column's cells. Out: a [`Verdict`]. Votes of columns may be pooled ([`Vote::merge`]):
//! files mostly are in one code from end to end.

use super::content::{self, PROVABLE, Scan, Score};
use super::{Encoding, Verdict};
use crate::cell::{Cell, Font};

/// The codes that can win a vote. VPS, VISCII and Windows-1258 only by the evidence of a column or a font.
const CANDIDATES: [Encoding; 6] = [
    Encoding::Tcvn3,
    Encoding::Vni,
    Encoding::Utf8Twice,
    Encoding::Vps,
    Encoding::Viscii,
    Encoding::Cp1258,
];

/// Cells that are looked at closely; past this many a column has said what it has to say, and only sure Unicode is counted.
const CLOSE_LOOKS: u32 = 2_000;

/// One cell in this many may speak against a verdict: a pasted cell, a slip.
const SLIPS: u32 = 50;

/// What speaks for and against one code.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    /// Cells that are no Vietnamese as they stand and valid Vietnamese in this code.
    fit: u32,
    /// Of these, cells in a font of this code.
    fit_in_font: u32,
    /// Cells that prove the code by themselves.
    sure: u32,
    /// Cells that are valid Vietnamese either way.
    weak: u32,
    /// Of these, cells in a font of this code that differ when decoded.
    weak_in_font: u32,
    /// Cells that are valid as they stand and cannot be in this code.
    against: u32,
    /// Cells that fit another code and not this one.
    other: u32,
    /// Cells in a font of this code that surely are Unicode.
    unicode_in_font: u32,
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.fit = self.fit.saturating_add(other.fit);
        self.fit_in_font = self.fit_in_font.saturating_add(other.fit_in_font);
        self.sure = self.sure.saturating_add(other.sure);
        self.weak = self.weak.saturating_add(other.weak);
        self.weak_in_font = self.weak_in_font.saturating_add(other.weak_in_font);
        self.against = self.against.saturating_add(other.against);
        self.other = self.other.saturating_add(other.other);
        self.unicode_in_font = self.unicode_in_font.saturating_add(other.unicode_in_font);
    }
}

/// Collects the evidence of a column.
#[derive(Clone, Debug, Default)]
pub struct Vote {
    unicode: u32,
    looks: u32,
    /// Cells that fit some legacy code and are nothing as they stand.
    legacy: u32,
    tallies: [Tally; CANDIDATES.len()],
    buffer: String,
}

impl Vote {
    /// Adds a cell with its runs.
    pub fn add_cell(&mut self, cell: &Cell<'_>) {
        let Some(runs) = cell.runs.as_deref() else {
            return self.add(&cell.text, cell.font);
        };
        let mut start = 0_usize;
        for &(length, font) in runs {
            let end = start.saturating_add(usize::try_from(length).unwrap_or(usize::MAX));
            let Some(part) = cell.text.get(start..end) else {
                return;
            };
            self.add(part, font);
            start = end;
        }
    }

    /// Adds a text in one font. Plain ASCII says nothing.
    pub fn add(&mut self, text: &str, font: Font) {
        match content::scan(text) {
            Scan::Ascii => {}
            Scan::Unicode => self.add_unicode(font),
            Scan::Plain | Scan::Odd => {
                if self.looks < CLOSE_LOOKS {
                    self.looks += 1;
                    self.look(text, font);
                }
            }
        }
    }

    fn add_unicode(&mut self, font: Font) {
        self.unicode = self.unicode.saturating_add(1);
        if let Some(tally) = self.of_font(font) {
            tally.unicode_in_font += 1;
        }
    }

    fn of_font(&mut self, font: Font) -> Option<&mut Tally> {
        let code = Encoding::of_font(font)?.family();
        self.tally(code)
    }

    fn tally(&mut self, code: Encoding) -> Option<&mut Tally> {
        CANDIDATES
            .iter()
            .position(|&candidate| candidate == code)
            .and_then(|index| self.tallies.get_mut(index))
    }

    fn look(&mut self, text: &str, font: Font) {
        let mut buffer = std::mem::take(&mut self.buffer);
        let alone = content::alone(text, &mut buffer);
        if let Some(tally) = alone.and_then(|code| self.tally(code)) {
            tally.sure += 1;
        }
        if alone == Some(Encoding::Utf8Twice) {
            self.legacy += 1;
            for (tally, code) in self.tallies.iter_mut().zip(CANDIDATES) {
                if code == Encoding::Utf8Twice {
                    tally.fit += 1;
                } else {
                    tally.other += 1;
                }
            }
        } else if content::is_unicode(text) {
            self.add_unicode(font);
        } else if !content::is_sign(text) {
            self.weigh(text, font, &mut buffer);
        }
        self.buffer = buffer;
    }

    fn weigh(&mut self, text: &str, font: Font, buffer: &mut String) {
        let raw = content::score_raw(text);
        let font_code = Encoding::of_font(font).map(Encoding::family);
        let mut scores = [Score::default(); CANDIDATES.len()];
        let mut changed = [false; CANDIDATES.len()];
        for ((score, changed), code) in scores.iter_mut().zip(&mut changed).zip(CANDIDATES) {
            if code != Encoding::Utf8Twice {
                *score = content::score(text, code, buffer);
                *changed = buffer.as_str() != text;
            }
        }
        // Where two codes fit, a misplaced tone mark speaks against the worse reading.
        let least = scores
            .iter()
            .filter(|score| score.fits())
            .map(|score| score.loose)
            .min()
            .unwrap_or(0);
        let fits = |score: Score| score.fits() && score.loose == least;
        let any = scores.iter().any(|score| score.fits());
        let provable = scores
            .iter()
            .zip(CANDIDATES)
            .any(|(&score, code)| fits(score) && PROVABLE.contains(&code));
        self.legacy += u32::from(any && !raw.possible());
        // A few letters fit some code by chance: they speak for one, never against.
        let long = text.chars().nth(3).is_some();
        for (((tally, score), changed), code) in self
            .tallies
            .iter_mut()
            .zip(scores)
            .zip(changed)
            .zip(CANDIDATES)
        {
            let in_font = font_code == Some(code);
            if raw.possible() {
                if score.strays > 0 || code == Encoding::Utf8Twice {
                    tally.against += u32::from(long);
                    tally.unicode_in_font += u32::from(in_font);
                } else if score.fits() {
                    tally.weak += 1;
                    tally.weak_in_font += u32::from(in_font && changed);
                }
            } else if fits(score) {
                tally.fit += 1;
                tally.fit_in_font += u32::from(in_font);
            } else if provable && long {
                tally.other += 1;
            }
        }
    }

    /// Pools the evidence of another column.
    pub fn merge(&mut self, other: &Self) {
        self.unicode = self.unicode.saturating_add(other.unicode);
        self.looks = self.looks.saturating_add(other.looks);
        self.legacy = self.legacy.saturating_add(other.legacy);
        for (tally, other) in self.tallies.iter_mut().zip(&other.tallies) {
            tally.add(other);
        }
    }

    /// The code most cells fit; TCVN3, VNI and double UTF-8 before the rare ones unless those fit clearly better. `None`
    /// where too few do, or two codes are equal.
    fn leader(&self) -> Option<(Encoding, Tally)> {
        let mut best: Option<(Encoding, Tally)> = None;
        let mut tie = false;
        for (&tally, code) in self.tallies.iter().zip(CANDIDATES) {
            let provable = PROVABLE.contains(&code);
            let enough = tally.fit_in_font > 0
                || tally.fit > if provable { 1 } else { 2 }
                || (tally.sure > 0 && provable);
            let Some((_, other)) = best.filter(|_| enough) else {
                best = best.or(Some((code, tally)).filter(|_| enough));
                continue;
            };
            let rank = |tally: &Tally| {
                (
                    tally.fit,
                    tally.sure,
                    tally.weak_in_font + tally.fit_in_font,
                )
            };
            let slack = if provable { 0 } else { other.fit / 8 + 1 };
            if tally.fit > other.fit.saturating_add(slack)
                || (provable && rank(&tally) > rank(&other))
            {
                best = Some((code, tally));
                tie = false;
            } else if provable && rank(&tally) == rank(&other) && tally.other == 0 {
                // The same cells fit both.
                tie = true;
            }
        }
        best.filter(|_| !tie)
    }

    /// What the cells say together.
    pub fn verdict(&self) -> Verdict {
        let Some((code, tally)) = self.leader() else {
            return self.verdict_of_fonts();
        };
        let against = self
            .unicode
            .saturating_add(tally.against)
            .saturating_add(tally.other);
        if against.saturating_mul(SLIPS) <= tally.fit.saturating_add(tally.weak) {
            return Verdict::Legacy(code);
        }
        let in_font: u32 = self.tallies.iter().map(|tally| tally.fit_in_font).sum();
        let lying: u32 = self.tallies.iter().map(|tally| tally.unicode_in_font).sum();
        if self
            .legacy
            .saturating_sub(in_font)
            .saturating_add(lying)
            .saturating_mul(SLIPS)
            <= self.legacy
        {
            return Verdict::ByFont;
        }
        if self.legacy.saturating_mul(SLIPS) <= self.unicode {
            Verdict::Unicode
        } else {
            Verdict::Mixed(code)
        }
    }

    /// Without a cell that must be legacy, a font that nothing contradicts decides on what can be read both ways.
    fn verdict_of_fonts(&self) -> Verdict {
        let mut fonts = self
            .tallies
            .iter()
            .zip(CANDIDATES)
            .filter(|(tally, _)| tally.weak_in_font > 0);
        let Some((tally, code)) = fonts.next() else {
            return Verdict::Unicode;
        };
        if tally.unicode_in_font > 0 {
            Verdict::Unicode
        } else if self.unicode == 0 && tally.against == 0 && fonts.next().is_none() {
            Verdict::Legacy(code)
        } else {
            Verdict::ByFont
        }
    }

    /// What the column's cells say, or, where they say nothing either way, the whole sheet's (`sheet`: the votes of all its
    /// columns merged).
    pub fn verdict_in(&self, sheet: &Self) -> Verdict {
        let own = self.verdict();
        if own != Verdict::Unicode || self.unicode > 0 {
            return own;
        }
        match sheet.verdict() {
            Verdict::Legacy(code) | Verdict::Mixed(code)
                if self
                    .tallies
                    .iter()
                    .zip(CANDIDATES)
                    .any(|(tally, candidate)| candidate == code && tally.against > 0) =>
            {
                own
            }
            verdict => verdict,
        }
    }
}

/// The verdicts of all columns of a sheet, undecided ones by the sheet's.
pub fn verdicts(columns: &[Vote]) -> Vec<Verdict> {
    let mut sheet = Vote::default();
    for column in columns {
        sheet.merge(column);
    }
    columns
        .iter()
        .map(|column| column.verdict_in(&sheet))
        .collect()
}
