//! The figures of the letter of Sở LĐTBXH Quảng Trị of June 2024 (table of mục 2, footnotes 1 and 2), line by line.
//!
//! In: nothing. Out: [`LETTER`]. The spread of the 227 over the districts is made up.

/// The province of the sample, which its lists need not name.
pub const HOME: &str = "45";

/// One line of the letter's table, and what its footnotes add.
#[derive(Clone, Copy, Debug)]
pub struct District {
    /// Code of the district in the edition of 1/1/2020.
    pub code: &'static str,
    /// Trẻ em hiện có tại địa phương.
    pub headcount: u32,
    /// In the register and standardised: a sound number.
    pub sound: u32,
    /// In the register without a sound number: the 227, spread as we choose.
    pub unsound: u32,
    /// Of the sound ones: without parents or without an address (footnote 2).
    pub incomplete: u32,
}

const fn line(code: &'static str, headcount: u32, sound: u32, unsound: u32) -> District {
    District {
        code,
        headcount,
        sound,
        unsound,
        incomplete: 0,
    }
}

/// The letter's table.
pub const LETTER: [District; 9] = [
    District {
        incomplete: 1_751,
        ..line("464", 26_847, 16_650, 38)
    },
    line("469", 22_389, 22_289, 21),
    line("466", 21_181, 12_453, 29),
    line("465", 38_857, 17_919, 52),
    line("468", 14_821, 10_013, 17),
    line("461", 24_268, 20_131, 26),
    line("470", 18_863, 18_788, 14),
    line("467", 13_538, 13_493, 19),
    line("462", 6_524, 5_539, 11),
];

/// All children of the letter.
pub const LETTER_CHILDREN: u32 = 187_288;
