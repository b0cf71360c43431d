//! Secrets: passwords as argon2id hashes, tokens as SHA-256, codes of the second factor.
//!
//! In: what a person typed, chance as bytes. Out: what is kept, and whether two agree. The form of a kept hash is that of PHC strings
//! (`$argon2id$v=19$m=…,t=…,p=1$salt$hash`), salt and hash in hexadecimal digits.

use crate::limits;
use argon2::{Algorithm, Argon2, Params, Version};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::sync::{Condvar, Mutex, PoisonError};
use totp_rs::{Builder, Totp};

/// What a hash costs: memory in KiB and passes over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// KiB.
    pub memory: u32,
    /// Passes.
    pub passes: u32,
}

impl Cost {
    /// OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane.
    pub const USUAL: Self = Self {
        memory: 19_456,
        passes: 2,
    };
}

/// How many hashes are being worked out.
static WORKING: Mutex<usize> = Mutex::new(0);
static DONE: Condvar = Condvar::new();

/// A place among those who hash: memory for a few, however many sign in at once.
struct Place;

impl Place {
    fn take() -> Self {
        let mut working = WORKING.lock().unwrap_or_else(PoisonError::into_inner);
        // Half of the cores stay with those who work: at eight o'clock everybody signs in.
        let most = (treem_link::run::cores() / 2).clamp(1, limits::HASHES_AT_ONCE);
        while *working >= most {
            working = DONE.wait(working).unwrap_or_else(PoisonError::into_inner);
        }
        *working = working.saturating_add(1);
        Self
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut working = WORKING.lock().unwrap_or_else(PoisonError::into_inner);
        *working = working.saturating_sub(1);
        DONE.notify_one();
    }
}

fn derive(password: &str, salt: &[u8], cost: Cost) -> Option<[u8; 32]> {
    let params = Params::new(cost.memory, cost.passes, 1, Some(32)).ok()?;
    let _place = Place::take();
    let mut out = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(password.as_bytes(), salt, &mut out)
        .ok()?;
    Some(out)
}

/// The hash of a password; `None` where the cost is none that argon2 takes.
pub fn hash(password: &str, salt: &[u8; 32], cost: Cost) -> Option<String> {
    let salt = salt.get(..16)?;
    let made = derive(password, salt, cost)?;
    let Cost { memory, passes } = cost;
    Some(format!(
        "$argon2id$v=19$m={memory},t={passes},p=1${}${}",
        hex(salt),
        hex(&made)
    ))
}

/// Whether a password is that of a hash. Where there is none to compare with (`kept` empty or damaged), the same work is done for nothing,
/// so that the time says nothing about who has an account.
pub fn agrees(password: &str, kept: &str, usual: Cost) -> bool {
    let parsed = parse(kept);
    let known = parsed.is_some();
    let (cost, salt, wanted) = parsed.unwrap_or((usual, vec![0; 16], vec![0; 32]));
    let made = derive(password, &salt, cost).unwrap_or_default();
    known && same(&made, &wanted)
}

fn parse(kept: &str) -> Option<(Cost, Vec<u8>, Vec<u8>)> {
    let mut parts = kept.strip_prefix("$argon2id$v=19$")?.split('$');
    let mut numbers = parts.next()?.split(',');
    let mut number = |name: &str| numbers.next()?.strip_prefix(name)?.parse().ok();
    let cost = Cost {
        memory: number("m=")?,
        passes: number("t=")?,
    };
    let (salt, hash) = (unhex(parts.next()?)?, unhex(parts.next()?)?);
    (hash.len() == 32 && salt.len() == 16).then_some((cost, salt, hash))
}

/// Equal, in a time that does not depend on where they differ.
fn same(one: &[u8], other: &[u8]) -> bool {
    let differ = one
        .iter()
        .zip(other)
        .fold(0, |differ, (one, other)| differ | (one ^ other));
    one.len() == other.len() && std::hint::black_box(differ) == 0
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// Bytes of hexadecimal digits; `None` where there is anything else.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    (digits.len().is_multiple_of(2))
        .then(|| digits.chunks(2).map(pair).collect())
        .flatten()
}

/// What is kept of a token: SHA-256, in hexadecimal digits. A token is 256 bits of chance, so no salt and no slow hash is needed.
pub fn kept(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// What is wrong with a new password, in one sentence; `None`: nothing.
pub fn refused(password: &str, name: &str) -> Option<String> {
    let letters = password.chars().count();
    if letters < limits::PASSWORD_LETTERS {
        return Some(format!(
            "mật khẩu cần ít nhất {} ký tự; mật khẩu này có {letters}.",
            limits::PASSWORD_LETTERS
        ));
    }
    if password.len() > limits::PASSWORD_BYTES {
        return Some("mật khẩu dài quá mức cho phép.".to_owned());
    }
    let plain = password.to_lowercase();
    if !name.is_empty() && plain.contains(&name.to_lowercase()) {
        return Some("mật khẩu không được chứa tên đăng nhập.".to_owned());
    }
    let different: std::collections::BTreeSet<char> = plain.chars().collect();
    (different.len() < 5).then(|| "mật khẩu cần ít nhất 5 ký tự khác nhau.".to_owned())
}

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Bytes in base 32 (RFC 4648 §6), as apps of the second factor take them.
pub fn base32(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.chunks(5) {
        let mut word = [0_u8; 8];
        for (to, from) in word.iter_mut().skip(3).zip(chunk) {
            *to = *from;
        }
        let word = u64::from_be_bytes(word);
        let digits = (chunk.len() * 8).div_ceil(5);
        for nth in 0..digits {
            let value = (word >> (35 - 5 * nth)) & 31;
            let digit = usize::try_from(value).ok().and_then(|at| BASE32.get(at));
            out.extend(digit.map(|digit| char::from(*digit)));
        }
    }
    out
}

fn unbase32(text: &str) -> Option<Vec<u8>> {
    let (mut held, mut bits) = (0_u32, 0_u32);
    let mut out = Vec::new();
    for letter in text.bytes().filter(|byte| *byte != b' ') {
        let at = BASE32
            .iter()
            .position(|digit| *digit == letter.to_ascii_uppercase())?;
        held = (held << 5 | u32::try_from(at).ok()?) & 0xfff;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(held >> bits & 0xff).ok()?);
        }
    }
    Some(out)
}

/// A new secret of the second factor from chance: 160 bits in base 32.
pub fn second(chance: &[u8; 32]) -> String {
    base32(chance.get(..20).unwrap_or_default())
}

/// The address an app of the second factor reads from a QR code.
pub fn second_address(secret: &str, name: &str) -> String {
    format!("otpauth://totp/treem:{name}?secret={secret}&issuer=treem")
}

fn totp(secret: &str) -> Option<Totp> {
    let bytes: [u8; 20] = unbase32(secret)?.try_into().ok()?;
    Builder::new().with_secret(bytes).build().ok()
}

/// The time step whose code this is (RFC 6238: six digits, 30 seconds, one step of delay allowed); `None`: of none.
pub fn step_of(secret: &str, code: &str, now: &str) -> Option<i64> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let seconds = now.parse::<jiff::Timestamp>().ok()?.as_second();
    let step = totp(secret)?.check(&code, u64::try_from(seconds).ok()?)?;
    i64::try_from(step).ok()
}

/// The code of a moment.
#[cfg(test)]
pub fn code_at(secret: &str, now: &str) -> String {
    let seconds = now.parse::<jiff::Timestamp>().unwrap().as_second();
    totp(secret)
        .unwrap()
        .generate(seconds.unsigned_abs())
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base32_as_in_the_rfc() {
        for (text, want) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(text.as_bytes()), want);
            assert_eq!(unbase32(want).unwrap(), text.as_bytes());
        }
        assert_eq!(unbase32("0"), None);
    }

    #[test]
    fn a_code_is_that_of_the_rfc() {
        // RFC 6238 appendix B, the last six of its eight digits.
        let secret = base32(b"12345678901234567890");
        for (now, code, step) in [
            ("1970-01-01T00:00:59.000000Z", "287082", 1),
            ("2005-03-18T01:58:29.000000Z", "081804", 37_037_036),
            ("2009-02-13T23:31:30.000000Z", "005924", 41_152_263),
        ] {
            assert_eq!(step_of(&secret, code, now), Some(step), "{now}");
            assert_eq!(step_of(&secret, "000000", now), None);
        }
    }

    #[test]
    fn hashes_agree_with_their_password_alone() {
        let cost = Cost {
            memory: 8,
            passes: 1,
        };
        let made = hash("mật khẩu của tôi", &[7; 32], cost).unwrap();
        assert!(made.starts_with("$argon2id$v=19$m=8,t=1,p=1$07070707"));
        assert!(agrees("mật khẩu của tôi", &made, cost));
        for (password, kept) in [
            ("mật khẩu của tói", made.as_str()),
            ("mật khẩu của tôi", ""),
            ("mật khẩu của tôi", "$argon2id$v=19$m=8,t=1,p=1$07$07"),
            ("", made.as_str()),
        ] {
            assert!(!agrees(password, kept, cost), "{password} {kept}");
        }
        assert_ne!(made, hash("mật khẩu của tôi", &[8; 32], cost).unwrap());
    }

    #[test]
    fn poor_passwords_are_refused() {
        for (password, poor) in [
            ("mười một ký", true),
            ("aaaaaaaaaaaaaaaa", true),
            ("bichbichbich-hai", true),
            ("con trâu đi trước", false),
        ] {
            assert_eq!(refused(password, "bich").is_some(), poor, "{password}");
        }
    }
}
