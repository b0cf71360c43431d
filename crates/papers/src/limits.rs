//! Every limit of this crate.
//!
//! In: nothing. Out: constants.

/// Letters of one value of a person (a name, an address) that are printed; what is longer is cut and says so.
pub const VALUE_CHARS: usize = 300;
/// Letters of one paragraph that are printed.
pub const PARAGRAPH_CHARS: usize = 20_000;
/// Rows of one list. A commune has some hundreds; a list that is longer is split by hamlet.
pub const ROWS: usize = 10_000;
/// Household sheets of one document.
pub const SHEETS: usize = 2_000;
/// Children of one household sheet.
pub const CHILDREN: usize = 60;
/// Pages of one document.
pub const PAGES: usize = 3_000;
/// Columns of an annex.
pub const COLUMNS: usize = 30;
/// Bytes a QR code carries: what fits a square of 49 modules, the most a phone reads well at the printed size of 18 mm.
pub const QR_BYTES: usize = 180;

/// Bytes of a detached signature. One with a long chain has some 10 KB.
pub const SIGNATURE_BYTES: usize = 1 << 20;
/// Bytes of a signed PDF.
pub const PDF_BYTES: usize = 64 << 20;
/// Signatures of a PDF that are looked at; more is no paper of an office.
pub const PDF_SIGNATURES: usize = 32;
/// Levels of arrays and dictionaries within each other in a PDF.
pub const PDF_LEVELS: usize = 64;
/// A PDF is walked through for at most this many times its bytes: broken objects make the walk go back.
pub const PDF_WALKS: usize = 4;
/// Signers of one detached signature.
pub const SIGNERS: usize = 16;
/// Certificates carried by a signature.
pub const CERTIFICATES: usize = 32;
/// Lists of revoked certificates carried by a signature.
pub const CARRIED_LISTS: usize = 8;
/// Attributes of a signer.
pub const ATTRIBUTES: usize = 64;
/// Levels of indefinite lengths within each other.
pub const LEVELS: usize = 32;
/// Certificates from the signer's to the root's, both counted.
pub const CHAIN: usize = 8;
/// Signatures of certificates and lists that are computed for one signer, right or wrong.
pub const CHECKS: usize = 64;
/// Letters of a name in a certificate that are shown.
pub const NAME_LETTERS: usize = 200;
/// Bytes of one file of authorities; lists of revoked certificates are the long ones.
pub const AUTHORITY_BYTES: usize = 32 << 20;
/// Certificates and lists of all files of authorities.
pub const AUTHORITIES: usize = 500;
/// Bits of an RSA key from which on it is strong enough (TCVN 7635:2007 and Thông tư 39/2017/TT-BTTTT ask for 2048).
pub const RSA_BITS: usize = 2048;
/// By how many seconds the clock of the officer's machine may be ahead.
pub const CLOCK_AHEAD_SECONDS: i64 = 600;
