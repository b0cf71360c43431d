//! Files of authorities.

use super::office::{Office, soon};
use treem_papers::sign::{Trust, Useless, What};

#[test]
fn what_files_of_authorities_hold() {
    let office = Office::new();
    office.openssl(&[
        "x509", "-in", "root.pem", "-outform", "DER", "-out", "root.der",
    ]);
    office.openssl(&[
        "crl",
        "-in",
        "below.crl",
        "-outform",
        "DER",
        "-out",
        "below-crl.der",
    ]);
    let all = ["root.pem", "below.pem", "below.crl"]
        .map(|file| office.read(file))
        .concat();
    office.write("all.pem", &all);
    let mut trust = Trust::default();
    assert!(trust.is_empty());
    for (file, expect) in [
        ("root.der", Ok(1)),
        ("below-crl.der", Ok(1)),
        ("all.pem", Ok(3)),
        ("officer.pem", Err(Useless::NoAuthority)),
        ("officer.key", Err(Useless::Neither)),
        ("content", Err(Useless::Neither)),
    ] {
        assert_eq!(trust.add(file, &office.read(file)), expect, "{file}");
    }
    assert_eq!(trust.add("rỗng", b""), Err(Useless::Neither));
    assert_eq!(
        trust.add("lớn", &vec![0x30; 33 << 20]),
        Err(Useless::TooMany)
    );
    assert!(!trust.is_empty());
    let held: Vec<(&str, What, &str, usize)> = trust
        .held()
        .iter()
        .map(|one| (one.file.as_str(), one.what, one.name.as_str(), one.count))
        .collect();
    assert_eq!(
        held,
        [
            ("root.der", What::Root, "Gốc thử", 0),
            ("below-crl.der", What::Revoked, "Chứng thực thử G1", 2),
            ("all.pem", What::Root, "Gốc thử", 0),
            ("all.pem", What::Intermediate, "Chứng thực thử G1", 0),
            ("all.pem", What::Revoked, "Chứng thực thử G1", 2),
        ]
    );
    let old = |at| {
        trust
            .held()
            .iter()
            .filter(|one| one.is_out_of_date(at))
            .count()
    };
    assert_eq!(
        (
            old(soon(5)),
            old(soon(40 * 24 * 3600)),
            old(soon(20 * 366 * 24 * 3600))
        ),
        (0, 2, 5)
    );
    let root = &trust.held()[0];
    assert!(
        root.serial.len() >= 16 && root.office == "Tổ chức thử",
        "{root:?}"
    );
}
