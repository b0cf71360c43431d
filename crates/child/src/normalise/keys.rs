//! Keys of Telex and VNI that no typing tool turned into letters: "Nguyeenx Vawn An", "Nguye64n Va8n An".
//!
//! In: a name as written. Out: what was meant to be typed, where the keys leave no doubt; never applied by itself. The keys are those of
//! every Vietnamese typing tool (Telex: s f r x j, aa ee oo dd w; VNI: 1 to 9). A word counts only where it is no syllable as it stands and
//! is one with the keys turned; a single final s, r or x alone proves nothing, because names of other peoples of Vietnam end so.

use super::syllable::{Tone, base_char, is_syllable, is_syllable_loosely, with_tone};

/// How much a word's keys prove.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Proof {
    /// It could be chance.
    Weak,
    /// No language of the country writes so.
    Strong,
}

/// True where a name may hold keys: a quick look before the slow one.
fn may_hold(name: &str) -> bool {
    let bytes = name.as_bytes();
    bytes
        .iter()
        .zip(bytes.iter().skip(1).chain([&b' ']))
        .any(|(byte, next)| {
            let (byte, next) = (byte.to_ascii_lowercase(), next.to_ascii_lowercase());
            matches!(byte, b'f' | b'j' | b'w' | b'1'..=b'9')
                || (byte == next && matches!(byte, b'a' | b'e' | b'o' | b'd'))
                || (matches!(byte, b's' | b'r' | b'x') && next == b' ')
        })
}

/// The name with its keys turned into letters; `None` where it holds none, or where that is not certain.
pub fn composed(name: &str) -> Option<String> {
    if !may_hold(name) {
        return None;
    }
    let (mut weak, mut strong) = (0, 0);
    let mut out = String::with_capacity(name.len());
    for word in name.split(' ').filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        match turned(word) {
            Some((turned, proof)) => {
                match proof {
                    Proof::Weak => weak += 1,
                    Proof::Strong => strong += 1,
                }
                out.push_str(&turned);
            }
            None => out.push_str(word),
        }
    }
    (strong > 0 || weak > 1).then_some(out)
}

/// A word with its keys turned, and what they prove.
fn turned(word: &str) -> Option<(String, Proof)> {
    if is_syllable_loosely(word) || word.chars().count() > 12 {
        return None;
    }
    let lower: Vec<char> = word.to_lowercase().chars().collect();
    let (letters, tone, proof) = if lower.iter().any(char::is_ascii_digit) {
        vni(&lower)?
    } else {
        telex(&lower)?
    };
    let text = toned(&letters, tone)?;
    let mut chars = text.chars();
    let first = chars.next()?;
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let all = word.chars().filter(|c| c.is_alphabetic()).count() > 1
        && word.chars().all(|c| !c.is_lowercase());
    let out = if all {
        text.to_uppercase()
    } else if capital {
        first.to_uppercase().chain(chars).collect()
    } else {
        text
    };
    Some((out, proof))
}

/// Letters with hats, horns and the stroke; the tone; what it proves.
type Turned = (Vec<char>, Tone, Proof);

fn telex(word: &[char]) -> Option<Turned> {
    let mut proof = Proof::Weak;
    let mut rest: Vec<char> = word.to_vec();
    // "uwow" is what "uow" stands for, too.
    if let Some(at) = rest
        .windows(4)
        .position(|four| four == ['u', 'w', 'o', 'w'])
    {
        rest.remove(at + 1);
    }
    let first_vowel = rest.iter().position(|c| is_vowel(*c))?;
    let tone_at = rest
        .iter()
        .rposition(|c| matches!(c, 's' | 'f' | 'r' | 'x' | 'j'))
        .filter(|at| *at > first_vowel);
    let tone = tone_at.map_or(Tone::Ngang, |at| {
        let key = rest.remove(at);
        if matches!(key, 'f' | 'j') {
            proof = Proof::Strong;
        }
        match key {
            's' => Tone::Sac,
            'f' => Tone::Huyen,
            'r' => Tone::Hoi,
            'x' => Tone::Nga,
            _ => Tone::Nang,
        }
    });
    let mut keys = usize::from(tone_at.is_some());
    for (double, letter) in [('a', 'â'), ('e', 'ê'), ('o', 'ô'), ('d', 'đ')] {
        let pair = rest.windows(2).position(|pair| pair == [double, double]);
        if let Some(at) = pair {
            rest.remove(at);
            *rest.get_mut(at)? = letter;
            keys += 1;
        }
    }
    if let Some(at) = rest.iter().rposition(|c| *c == 'w') {
        rest.remove(at);
        horned(&mut rest, at)?;
        proof = Proof::Strong;
        keys += 1;
    }
    // A doubled letter and a tone key in one word are no chance.
    if keys > 1 {
        proof = Proof::Strong;
    }
    (keys > 0).then_some((rest, tone, proof))
}

fn vni(word: &[char]) -> Option<Turned> {
    let (mut out, mut tone): (Vec<char>, Tone) = (Vec::new(), Tone::Ngang);
    for c in word {
        let marked = |out: &mut Vec<char>, from: &[char], to: &[char]| {
            let at = out.iter().rposition(|c| from.contains(c))?;
            let which = from.iter().position(|c| Some(c) == out.get(at))?;
            *out.get_mut(at)? = *to.get(which)?;
            Some(())
        };
        match c {
            '1' => tone = Tone::Sac,
            '2' => tone = Tone::Huyen,
            '3' => tone = Tone::Hoi,
            '4' => tone = Tone::Nga,
            '5' => tone = Tone::Nang,
            '6' => marked(&mut out, &['a', 'e', 'o'], &['â', 'ê', 'ô'])?,
            '7' => {
                let at = out.len();
                horned(&mut out, at)?;
            }
            '8' => marked(&mut out, &['a'], &['ă'])?,
            '9' => marked(&mut out, &['d'], &['đ'])?,
            '0' => return None,
            c => out.push(*c),
        }
    }
    Some((out, tone, Proof::Strong))
}

/// The horn, or the breve of Telex, on the last letter before a place that takes one; "uo" takes two.
fn horned(letters: &mut [char], before: usize) -> Option<()> {
    let at = letters
        .get(..before)?
        .iter()
        .rposition(|c| matches!(c, 'a' | 'o' | 'u'))?;
    let above = at.checked_sub(1);
    let u_before = above.and_then(|above| letters.get(above)) == Some(&'u');
    let letter = letters.get_mut(at)?;
    *letter = match *letter {
        'a' => 'ă',
        'o' => 'ơ',
        _ => 'ư',
    };
    if *letter == 'ơ' && u_before && at + 1 < letters.len() {
        *letters.get_mut(above?)? = 'ư';
    }
    Some(())
}

fn is_vowel(c: char) -> bool {
    matches!(base_char(c), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// The syllable with its tone where a syllable carries it; `None` where that is none.
fn toned(letters: &[char], tone: Tone) -> Option<String> {
    (0..letters.len())
        .filter(|at| letters.get(*at).copied().is_some_and(is_vowel))
        .map(|at| {
            letters
                .iter()
                .enumerate()
                .map(|(place, c)| if place == at { with_tone(*c, tone) } else { *c })
                .collect::<String>()
        })
        .find(|text| is_syllable(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_become_letters() {
        for (name, expect) in [
            ("Nguyeenx Vawn An", "Nguyễn Văn An"),
            ("nguyeenx vawn an", "nguyễn văn an"),
            ("NGUYEENX VAWN AN", "NGUYỄN VĂN AN"),
            ("Hoof Thij Mow", "Hồ Thị Mơ"),
            ("Dduwowng Thij Hoa", "Đương Thị Hoa"),
            ("Ddoox Quoocs Bảo", "Đỗ Quốc Bảo"),
            ("Trần Thij Hoài", "Trần Thị Hoài"),
            ("Trần Văn Nguwowif", "Trần Văn Người"),
            ("Lees Thuys Haf", "Lế Thúy Hà"),
            ("Nguye6n4 Va8n An", "Nguyễn Văn An"),
            ("Nguye64n Va8n D9u71c", "Nguyễn Văn Đức"),
            ("Ho62 Thi5 Mo7", "Hồ Thị Mơ"),
        ] {
            assert_eq!(composed(name).as_deref(), Some(expect), "{name}");
        }
    }

    #[test]
    fn names_are_left_alone() {
        for name in [
            "Nguyễn Văn An",
            "Nguyen Van An",
            "Hồ Thị Mơ",
            "Moong Văn Thắng",
            "H'Bar Niê",
            "Ksor H'Nhan",
            "Y Blốc",
            "Lò Văn Oong",
            "Siu Klar",
            "Rơ Châm Bar",
            "Kpă Hoon",
            "Xoong Thị Boong",
            "Hồ Thị Mơ 2",
            "Trần Văn 0",
            "Quách Dzu",
            "A",
            "",
        ] {
            assert_eq!(composed(name), None, "{name}");
        }
    }
}
