//! Whom the office trusts: roots, authorities below them, lists of revoked certificates, as files an administrator lays down.
//!
//! In: bytes of files, PEM or DER, several in one file. Out: [`Trust`], and [`Held`]: what was found, for people. A certificate that gave
//! itself is a root; any other of an authority is one below. Nothing is trusted because a signature carries it.

use super::certificate::{Certificate, List};
use super::pem;
use crate::limits;
use jiff::Timestamp;

/// Whom the office trusts.
#[derive(Clone, Default)]
pub struct Trust {
    roots: Vec<Certificate>,
    intermediates: Vec<Certificate>,
    lists: Vec<List>,
    held: Vec<Held>,
}

/// Names and days are public.
impl std::fmt::Debug for Trust {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Trust({} roots, {} below, {} lists)",
            self.roots.len(),
            self.intermediates.len(),
            self.lists.len()
        )
    }
}

/// What something in a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A root.
    Root,
    /// An authority below a root.
    Intermediate,
    /// A list of revoked certificates.
    Revoked,
}

impl What {
    /// The word for machines.
    pub fn word(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Intermediate => "intermediate",
            Self::Revoked => "revoked",
        }
    }
}

/// Something the office trusts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The file.
    pub file: String,
    /// What it is.
    pub what: What,
    /// Whose certificate; who made the list.
    pub name: String,
    /// Of which office.
    pub office: String,
    /// The certificate's number in hexadecimal digits; empty for a list.
    pub serial: String,
    /// From when it is good; when the list was made.
    pub from: Timestamp,
    /// Until when; when the next list is due.
    pub until: Option<Timestamp>,
    /// Certificates the list names.
    pub count: usize,
}

impl Held {
    /// True where it is not good at a moment, or a newer list is due.
    pub fn is_out_of_date(&self, at: Timestamp) -> bool {
        self.from > at || self.until.is_some_and(|until| until < at)
    }
}

/// Why a file is no use, each with its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Useless {
    /// Neither a certificate nor a list.
    Neither,
    /// A certificate of a person or a server.
    NoAuthority,
    /// Too large, or too many.
    TooMany,
}

impl Useless {
    /// One Vietnamese sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Neither => {
                "không phải chứng thư hay danh sách thu hồi (PEM hoặc DER) mà chương trình đọc được"
            }
            Self::NoAuthority => {
                "là chứng thư của người hoặc máy chủ, không phải của tổ chức chứng thực; đã bỏ qua"
            }
            Self::TooMany => {
                "quá lớn, hoặc trong thư mục có quá nhiều chứng thư; hãy chỉ để lại tệp đang dùng"
            }
        }
    }
}

impl Trust {
    /// Takes in a file: all certificates of authorities and all lists in it.
    ///
    /// # Errors
    /// [`Useless`]; what was found before stays.
    pub fn add(&mut self, file: &str, bytes: &[u8]) -> Result<usize, Useless> {
        if bytes.len() > limits::AUTHORITY_BYTES {
            return Err(Useless::TooMany);
        }
        let mut found = 0;
        for one in pem::parts(bytes) {
            if self.held.len() >= limits::AUTHORITIES {
                return Err(Useless::TooMany);
            }
            if let Some(certificate) = Certificate::read(&one) {
                self.add_certificate(file, certificate)?;
            } else {
                self.add_list(file, List::read(&one).ok_or(Useless::Neither)?);
            }
            found += 1;
        }
        if found == 0 {
            Err(Useless::Neither)
        } else {
            Ok(found)
        }
    }

    fn add_certificate(&mut self, file: &str, certificate: Certificate) -> Result<(), Useless> {
        let is_root = certificate.subject() == certificate.issuer();
        if certificate.cannot_certify(0).is_some() {
            return Err(Useless::NoAuthority);
        }
        self.held.push(Held {
            file: file.to_owned(),
            what: if is_root {
                What::Root
            } else {
                What::Intermediate
            },
            name: certificate.name(),
            office: certificate.office(),
            serial: certificate.serial(),
            from: certificate.from(),
            until: Some(certificate.until()),
            count: 0,
        });
        if is_root {
            self.roots.push(certificate);
        } else {
            self.intermediates.push(certificate);
        }
        Ok(())
    }

    fn add_list(&mut self, file: &str, list: List) {
        self.held.push(Held {
            file: file.to_owned(),
            what: What::Revoked,
            name: list.authority.clone(),
            office: String::new(),
            serial: String::new(),
            from: list.made,
            until: list.next,
            count: list.count(),
        });
        self.lists.push(list);
    }

    /// What is held, in the order in which it came.
    pub fn held(&self) -> &[Held] {
        &self.held
    }

    /// True where no root is there: no signature can be found good.
    pub fn is_empty(&self) -> bool {
        self.roots.is_empty()
    }

    pub(super) fn roots(&self) -> impl Iterator<Item = &Certificate> {
        self.roots.iter()
    }

    pub(super) fn intermediates(&self) -> impl Iterator<Item = &Certificate> {
        self.intermediates.iter()
    }

    pub(super) fn lists(&self) -> impl Iterator<Item = &List> {
        self.lists.iter()
    }

    pub(super) fn is_root(&self, certificate: &Certificate) -> bool {
        self.roots
            .iter()
            .any(|root| root.bytes == certificate.bytes)
    }
}
