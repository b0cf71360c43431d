//! An office with an authority of its own, made by openssl in a temporary folder: a root, one below it, officers with RSA and EC keys,
//! and all who should not be believed. All people are invented.

use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::process::Command;
use treem_papers::sign::Trust;

/// What is signed.
pub const CONTENT: &[u8] = "1\tHồ Văn An\t2015-03-12\n2\tHồ Thị Mơ\t2019\n".as_bytes();
/// Another list.
pub const OTHER: &[u8] = "1\tHồ Văn Đông\t2016\n".as_bytes();

const CONFIG: &str = "
[ca]
default_ca = below
[root]
new_certs_dir = .
database = root.txt
certificate = root.pem
private_key = root.key
default_md = sha256
policy = any
unique_subject = no
rand_serial = yes
default_days = 3000
default_crl_days = 30
crlnumber = root.number
[below]
new_certs_dir = .
database = below.txt
certificate = below.pem
private_key = below.key
default_md = sha256
policy = any
unique_subject = no
rand_serial = yes
default_days = 400
default_crl_days = 30
crlnumber = below.number
[stranger]
new_certs_dir = .
database = stranger.txt
certificate = stranger.pem
private_key = stranger.key
default_md = sha256
policy = any
unique_subject = no
rand_serial = yes
default_days = 400
[impostor]
new_certs_dir = .
database = impostor.txt
certificate = impostor.pem
private_key = impostor.key
default_md = sha256
policy = any
unique_subject = no
rand_serial = yes
default_days = 400
[officer_gives]
new_certs_dir = .
database = officer.txt
certificate = officer.pem
private_key = officer.key
default_md = sha256
policy = any
unique_subject = no
rand_serial = yes
default_days = 400
[any]
countryName = optional
organizationName = optional
commonName = supplied
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[signing]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature,nonRepudiation
extendedKeyUsage = emailProtection,clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[server]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
[cipher]
basicConstraints = CA:FALSE
keyUsage = critical,keyEncipherment
[strange]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
1.3.6.1.4.1.32473.1 = critical,ASN1:UTF8String:x
";

/// The folder with everything.
pub struct Office {
    folder: tempfile::TempDir,
}

/// Whose certificate: file, who gives it, names, key, what for, from, until.
type Given<'g> = (
    &'g str,
    &'g str,
    &'g str,
    &'g [&'g str],
    &'g str,
    &'g str,
    &'g str,
);

const RSA: &[&str] = &["rsa:2048"];
const EC256: &[&str] = &["ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
const EC384: &[&str] = &["ec", "-pkeyopt", "ec_paramgen_curve:P-384"];
const PEOPLE: &[Given<'_>] = &[
    (
        "officer",
        "below",
        "/C=VN/O=UBND xã Tà Rụt/CN=Hồ Thị Bích",
        RSA,
        "signing",
        "",
        "",
    ),
    (
        "police",
        "below",
        "/C=VN/O=Công an xã Tà Rụt/CN=Hồ Văn Lâm",
        EC256,
        "signing",
        "",
        "",
    ),
    (
        "leader",
        "below",
        "/C=VN/O=UBND xã Tà Rụt/CN=Hồ Văn Khăm",
        EC384,
        "signing",
        "",
        "",
    ),
    (
        "expired",
        "below",
        "/C=VN/O=UBND xã Tà Rụt/CN=Hồ Văn Cũ",
        RSA,
        "signing",
        "20200101000000Z",
        "20210101000000Z",
    ),
    (
        "future",
        "below",
        "/C=VN/O=UBND xã Tà Rụt/CN=Hồ Văn Mới",
        RSA,
        "signing",
        "20900101000000Z",
        "20910101000000Z",
    ),
    (
        "revoked",
        "below",
        "/C=VN/O=UBND xã Tà Rụt/CN=Hồ Văn Mất",
        RSA,
        "signing",
        "",
        "",
    ),
    (
        "later",
        "below",
        "/C=VN/O=UBND xã Tà Rụt/CN=Hồ Văn Sau",
        RSA,
        "signing",
        "",
        "",
    ),
    (
        "small",
        "below",
        "/C=VN/O=UBND xã Tà Rụt/CN=Hồ Văn Ngắn",
        &["rsa:1024"],
        "signing",
        "",
        "",
    ),
    (
        "server",
        "below",
        "/C=VN/O=UBND xã Tà Rụt/CN=may-chu.example",
        RSA,
        "server",
        "",
        "",
    ),
    (
        "cipher",
        "below",
        "/C=VN/O=UBND xã Tà Rụt/CN=Hồ Văn Khóa",
        RSA,
        "cipher",
        "",
        "",
    ),
    (
        "strange",
        "below",
        "/C=VN/O=UBND xã Tà Rụt/CN=Hồ Văn Lạ",
        RSA,
        "strange",
        "",
        "",
    ),
    (
        "unknown",
        "stranger",
        "/C=VN/O=Nơi khác/CN=Hồ Văn Xa",
        RSA,
        "signing",
        "",
        "",
    ),
    (
        "forged",
        "impostor",
        "/C=VN/O=UBND xã Tà Rụt/CN=Hồ Thị Bích",
        RSA,
        "signing",
        "",
        "",
    ),
    (
        "passed_on",
        "officer_gives",
        "/C=VN/O=UBND xã Tà Rụt/CN=Hồ Văn Nhờ",
        RSA,
        "signing",
        "",
        "",
    ),
];

impl Office {
    pub fn new() -> Self {
        let out = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        out.write("ca.cnf", CONFIG.as_bytes());
        out.write("content", CONTENT);
        out.write("other", OTHER);
        for name in ["root", "below", "stranger", "impostor", "officer"] {
            out.write(&format!("{name}.txt"), b"");
            out.write(&format!("{name}.number"), b"01\n");
        }
        let below = "/C=VN/O=Tổ chức thử/CN=Chứng thực thử G1";
        out.own("root", "/C=VN/O=Tổ chức thử/CN=Gốc thử");
        out.own("stranger", "/C=VN/O=Nơi khác/CN=Gốc lạ");
        // The same name as the authority below the root, another key, given by itself.
        out.own("impostor", below);
        out.give(&("below", "root", below, RSA, "authority", "", ""));
        for given in PEOPLE {
            out.give(given);
        }
        out.revoke();
        out
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    /// Runs a program in the folder; what it says where it fails.
    pub fn run(&self, program: &Path, arguments: &[&str]) -> Result<String, String> {
        let ran = Command::new(program)
            .args(arguments)
            .current_dir(self.folder.path())
            .env("OPENSSL_CONF", "/dev/null")
            .env("LC_ALL", "C.UTF-8")
            .env("HOME", self.folder.path())
            .output()
            .unwrap_or_else(|error| {
                panic!("{}: {error}: run scripts/tools.sh test", program.display())
            });
        let said = [ran.stdout, ran.stderr].concat();
        let said = String::from_utf8_lossy(&said).into_owned();
        if ran.status.success() {
            Ok(said)
        } else {
            Err(said)
        }
    }

    pub fn openssl(&self, arguments: &[&str]) {
        if let Err(said) = self.run(Path::new("openssl"), arguments) {
            panic!("openssl {arguments:?}: {said}");
        }
    }

    /// An authority that gives itself its certificate.
    fn own(&self, name: &str, subject: &str) {
        let (key, pem) = (format!("{name}.key"), format!("{name}.pem"));
        let config = [
            "req", "-config", "own.cnf", "-x509", "-newkey", "rsa:2048", "-nodes", "-utf8",
            "-days", "3600",
        ];
        self.write(
            "own.cnf",
            b"[req]\ndistinguished_name=dn\nx509_extensions=a\n[dn]\n[a]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n",
        );
        let more = ["-subj", subject, "-keyout", &key, "-out", &pem];
        self.openssl(&[&config[..], &more].concat());
    }

    fn give(&self, (name, by, subject, key, purpose, from, until): &Given<'_>) {
        let (key_file, asked, pem) = (
            format!("{name}.key"),
            format!("{name}.csr"),
            format!("{name}.pem"),
        );
        let begin = [
            "req", "-config", "own.cnf", "-new", "-nodes", "-utf8", "-subj", subject, "-keyout",
            &key_file, "-out", &asked, "-newkey",
        ];
        self.openssl(&[&begin[..], key].concat());
        let begin = [
            "ca",
            "-batch",
            "-config",
            "ca.cnf",
            "-notext",
            "-utf8",
            "-preserveDN",
            "-name",
            by,
            "-extensions",
            purpose,
            "-in",
            &asked,
            "-out",
            &pem,
        ];
        let days = ["-startdate", from, "-enddate", until];
        let days = if from.is_empty() { &[][..] } else { &days[..] };
        self.openssl(&[&begin[..], days].concat());
    }

    /// Names two certificates on the list of the authority: one long ago, one in an hour.
    fn revoke(&self) {
        let now = i64::try_from(
            std::time::SystemTime::now()
                .duration_since(std::time::UNIX_EPOCH)
                .unwrap()
                .as_secs(),
        )
        .unwrap();
        let later = Timestamp::from_second(now + 3600).unwrap().to_string();
        let short = |text: &str| {
            text.replace(['-', ':', 'T'], "")
                .get(2..14)
                .unwrap()
                .to_owned()
                + "Z"
        };
        let mut lines = String::new();
        for line in String::from_utf8(self.read("below.txt")).unwrap().lines() {
            let day = if line.ends_with("Mất") || line.contains("M\\xE1\\xBA\\xA5t") {
                "200101000000Z".to_owned()
            } else if line.ends_with("Sau") {
                short(&later)
            } else {
                lines += line;
                lines.push('\n');
                continue;
            };
            let mut parts: Vec<&str> = line.split('\t').collect();
            (parts[0], parts[2]) = ("R", &day);
            lines += &parts.join("\t");
            lines.push('\n');
        }
        assert_eq!(
            lines.matches("\nR\t").count() + usize::from(lines.starts_with('R')),
            2,
            "{lines}"
        );
        self.write("below.txt", lines.as_bytes());
        self.openssl(&[
            "ca",
            "-config",
            "ca.cnf",
            "-name",
            "below",
            "-gencrl",
            "-out",
            "below.crl",
        ]);
        self.openssl(&[
            "ca", "-config", "ca.cnf", "-name", "root", "-gencrl", "-out", "root.crl",
        ]);
    }

    /// Signs a file; gives the name of the signature.
    pub fn sign(&self, who: &str, file: &str, more: &[&str]) -> String {
        let out = format!(
            "{who}-{file}-{}.p7s",
            more.concat().replace([':', '/'], "-")
        );
        let (pem, key) = (format!("{who}.pem"), format!("{who}.key"));
        let begin = [
            "cms", "-sign", "-binary", "-in", file, "-signer", &pem, "-inkey", &key, "-outform",
            "DER", "-out", &out,
        ];
        self.openssl(&[&begin[..], more].concat());
        out
    }

    /// Whom the office trusts: its root, the authority below, the lists.
    pub fn trust(&self) -> Trust {
        self.trust_of(&["root.pem", "below.pem", "below.crl", "root.crl"])
    }

    pub fn trust_of(&self, files: &[&str]) -> Trust {
        let mut out = Trust::default();
        for file in files {
            assert_eq!(out.add(file, &self.read(file)), Ok(1), "{file}");
        }
        out
    }
}

/// A moment so many seconds from now; the programs that sign read the clock themselves.
pub fn soon(seconds: i64) -> Timestamp {
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_secs();
    Timestamp::from_second(i64::try_from(now).unwrap() + seconds).unwrap()
}
