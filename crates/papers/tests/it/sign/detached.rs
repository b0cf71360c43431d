//! Detached signatures made by openssl: each kind found for what it is, and openssl agrees.

use super::office::{CONTENT, OTHER, Office, soon};
use std::path::Path;
use treem_papers::sign::{Other, Trust, verify_detached, verify_detached_all};

#[test]
fn each_signature_is_found_for_what_it_is() {
    let office = Office::new();
    let trust = office.trust();
    let trusted = [office.read("root.pem"), office.read("below.pem")].concat();
    office.write("trusted.pem", &trusted);
    let chain = ["-certfile", "below.pem"];
    let pss = ["-certfile", "below.pem", "-keyopt", "rsa_padding_mode:pss"];
    let pss384 = [
        "-certfile",
        "below.pem",
        "-keyopt",
        "rsa_padding_mode:pss",
        "-keyopt",
        "rsa_pss_saltlen:48",
        "-md",
        "sha384",
    ];
    let with = |more: &[&'static str]| -> Vec<&'static str> { [&chain[..], more].concat() };
    let check = |who: &str, file: &str, more: &[&str], word: &str, words: &[&str]| {
        let name = office.sign(who, file, more);
        let bytes = office.read(&name);
        let verdict = verify_detached(&bytes, CONTENT, &trust, soon(5));
        let sentence = verdict.sentence();
        assert_eq!(verdict.word(), word, "{name}: {sentence}");
        for part in words {
            assert!(sentence.contains(part), "{name}: {sentence}");
        }
        // openssl asks neither the purpose as we do, nor how strong a key is; where we say good, it must, too.
        let verified = [
            "cms",
            "-verify",
            "-binary",
            "-inform",
            "DER",
            "-in",
            &name,
            "-content",
            "content",
            "-CAfile",
            "trusted.pem",
            "-purpose",
            "any",
            "-out",
            "/dev/null",
        ];
        let openssl = office.run(Path::new("openssl"), &verified);
        match word {
            "valid" => assert!(openssl.is_ok(), "{name}: {openssl:?}"),
            "tampered" | "unknown-authority" | "broken-chain" | "expired" | "not-yet-valid" => {
                assert!(openssl.is_err(), "{name}: openssl says {openssl:?}");
            }
            _ => {}
        }
    };
    // Keys, hashes, paddings, and the ways in which CMS can be written.
    check(
        "officer",
        "content",
        &chain,
        "valid",
        &[
            "Hồ Thị Bích (UBND xã Tà Rụt)",
            "Chứng thực thử G1",
            "ký lúc",
            "không bị thu hồi",
        ],
    );
    check(
        "police",
        "content",
        &chain,
        "valid",
        &["Hồ Văn Lâm (Công an xã Tà Rụt)"],
    );
    check(
        "leader",
        "content",
        &with(&["-md", "sha384"]),
        "valid",
        &["Hồ Văn Khăm"],
    );
    check("leader", "content", &with(&["-md", "sha256"]), "valid", &[]);
    check(
        "officer",
        "content",
        &with(&["-md", "sha512"]),
        "valid",
        &[],
    );
    check("officer", "content", &pss, "valid", &[]);
    check("officer", "content", &pss384, "valid", &[]);
    check(
        "officer",
        "content",
        &with(&["-noattr"]),
        "valid",
        &["không ghi thời điểm ký"],
    );
    check("officer", "content", &with(&["-keyid"]), "valid", &[]);
    check("officer", "content", &with(&["-nodetach"]), "valid", &[]);
    check(
        "officer",
        "content",
        &with(&["-stream", "-nodetach"]),
        "valid",
        &[],
    );
    check("officer", "content", &with(&["-cades"]), "valid", &[]);
    // The authority below the root is known to the office: the signature need not carry it.
    check("officer", "content", &[], "valid", &[]);
    // What is wrong.
    check(
        "officer",
        "other",
        &chain,
        "tampered",
        &["đã bị sửa", "Hồ Thị Bích"],
    );
    check("officer", "other", &with(&["-noattr"]), "tampered", &[]);
    check("officer", "other", &with(&["-nodetach"]), "tampered", &[]);
    check(
        "expired",
        "content",
        &chain,
        "expired",
        &["Hồ Văn Cũ", "1/1/2021", "Ký bằng chứng thư đã hết hạn"],
    );
    check(
        "future",
        "content",
        &chain,
        "not-yet-valid",
        &["Hồ Văn Mới", "1/1/2090"],
    );
    check(
        "revoked",
        "content",
        &chain,
        "revoked",
        &["Hồ Văn Mất", "1/1/2020", "sau khi bị thu hồi"],
    );
    check(
        "later",
        "content",
        &chain,
        "revoked",
        &["Hồ Văn Sau", "trước khi bị thu hồi"],
    );
    check(
        "unknown",
        "content",
        &["-certfile", "stranger.pem"],
        "unknown-authority",
        &["Gốc lạ", "authorities", "Hồ Văn Xa"],
    );
    check("unknown", "content", &[], "unknown-authority", &["Gốc lạ"]);
    check(
        "forged",
        "content",
        &["-certfile", "impostor.pem"],
        "broken-chain",
        &["không phải của tổ chức chứng thực"],
    );
    check(
        "passed_on",
        "content",
        &["-certfile", "officer.pem"],
        "broken-chain",
        &["không phải của tổ chức chứng thực"],
    );
    check(
        "officer",
        "content",
        &with(&["-md", "sha1"]),
        "weak-algorithm",
        &["SHA-1"],
    );
    check(
        "police",
        "content",
        &with(&["-md", "sha1"]),
        "weak-algorithm",
        &["SHA-1"],
    );
    check(
        "small",
        "content",
        &chain,
        "weak-algorithm",
        &["RSA 1024 bit"],
    );
    check("server", "content", &chain, "not-for-signing", &["máy chủ"]);
    check(
        "cipher",
        "content",
        &chain,
        "not-for-signing",
        &["khóa không được cấp để ký"],
    );
    check(
        "strange",
        "content",
        &chain,
        "not-for-signing",
        &["không hiểu"],
    );
    check(
        "officer",
        "content",
        &["-nocerts"],
        "not-a-signature",
        &["không kèm chứng thư"],
    );
    others(&office, &trust);
    moments(&office, &trust);
    shapes(&office, &trust);
}

/// Another list signed instead is named.
fn others(office: &Office, trust: &Trust) {
    use sha2::Digest as _;
    let known = [
        Other::of("Danh sách 12345-5", OTHER),
        Other::of("Danh sách 12346-3", b"x"),
    ];
    let sealed = [Other::sealed(
        "Danh sách 12345-5",
        sha2::Sha256::digest(OTHER).into(),
    )];
    for (more, others, word) in [
        (&["-md", "sha256"][..], &known[..], "wrong-list"),
        (&["-md", "sha512"], &known, "wrong-list"),
        (&["-nodetach"], &known, "wrong-list"),
        (&["-md", "sha256"], &sealed, "wrong-list"),
        (&["-md", "sha512"], &sealed, "tampered"),
        (&["-md", "sha256"], &known[1..], "tampered"),
        (&["-md", "sha256"], &[], "tampered"),
    ] {
        let name = office.sign("officer", "other", more);
        let found = verify_detached_all(&office.read(&name), CONTENT, others, trust, soon(5));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].word(), word, "{more:?}");
        assert_eq!(
            found[0].sentence().contains("12345-5"),
            word == "wrong-list"
        );
    }
}

/// The same signature at other moments, and with less known.
fn moments(office: &Office, trust: &Trust) {
    let signature = office.read(&office.sign("officer", "content", &["-certfile", "below.pem"]));
    let year = 366 * 24 * 3600;
    let check = |trust: &Trust, seconds: i64, word: &str, words: &str| {
        let verdict = verify_detached(&signature, CONTENT, trust, soon(seconds));
        assert_eq!(verdict.word(), word, "{seconds}: {}", verdict.sentence());
        assert!(
            verdict.sentence().contains(words),
            "{seconds}: {}",
            verdict.sentence()
        );
    };
    check(trust, 5, "valid", "không bị thu hồi");
    check(trust, 40 * 24 * 3600, "valid", "đã quá hạn");
    check(trust, 2 * year, "expired", "không làm chứng được");
    // The clock of the officer's machine is ahead by some minutes, or by a day.
    check(trust, -300, "not-yet-valid", "");
    check(trust, -year, "not-yet-valid", "");
    check(
        &office.trust_of(&["root.pem"]),
        5,
        "valid",
        "chưa biết chứng thư có bị thu hồi",
    );
    check(
        &office.trust_of(&["root.pem", "root.crl"]),
        5,
        "valid",
        "chưa biết chứng thư có bị thu hồi",
    );
    // A list of the same name made by an impostor says nothing.
    office.openssl(&[
        "ca",
        "-config",
        "ca.cnf",
        "-name",
        "impostor",
        "-gencrl",
        "-crldays",
        "9",
        "-out",
        "impostor.crl",
    ]);
    check(
        &office.trust_of(&["root.pem", "impostor.crl"]),
        5,
        "valid",
        "chưa biết chứng thư có bị thu hồi",
    );
    check(&Trust::default(), 5, "unknown-authority", "Gốc thử");
    check(
        &office.trust_of(&["below.pem"]),
        5,
        "unknown-authority",
        "Gốc thử",
    );
    check(
        &office.trust_of(&["stranger.pem"]),
        5,
        "unknown-authority",
        "Gốc thử",
    );
    // A whole authority that was revoked.
    let database = String::from_utf8(office.read("root.txt")).unwrap();
    let mut parts: Vec<&str> = database.trim_end().split('\t').collect();
    (parts[0], parts[2]) = ("R", "240101000000Z");
    office.write("root.txt", format!("{}\n", parts.join("\t")).as_bytes());
    office.openssl(&[
        "ca", "-config", "ca.cnf", "-name", "root", "-gencrl", "-out", "gone.crl",
    ]);
    check(
        &office.trust_of(&["root.pem", "below.crl", "gone.crl"]),
        5,
        "revoked",
        "Chứng thực thử G1",
    );
}

/// How a file may look, and what is none.
fn shapes(office: &Office, trust: &Trust) {
    let name = office.sign("officer", "content", &["-certfile", "below.pem"]);
    let der = office.read(&name);
    office.openssl(&[
        "cms",
        "-cmsout",
        "-inform",
        "DER",
        "-in",
        &name,
        "-outform",
        "PEM",
        "-out",
        "signature.pem",
    ]);
    let pem = office.read("signature.pem");
    let behind = [&der[..], b"\x00\x00"].concat();
    let more = [&der[..], b"x"].concat();
    let two = [&pem[..], &pem[..]].concat();
    // Two have signed one file.
    office.openssl(&[
        "cms",
        "-resign",
        "-binary",
        "-inform",
        "DER",
        "-in",
        &name,
        "-content",
        "content",
        "-signer",
        "police.pem",
        "-inkey",
        "police.key",
        "-outform",
        "DER",
        "-out",
        "both.p7s",
    ]);
    let both = office.read("both.p7s");
    let found = verify_detached_all(&both, CONTENT, &[], trust, soon(5));
    let mut names: Vec<String> = found
        .iter()
        .filter_map(|one| one.signer.as_ref())
        .map(|one| one.name.clone())
        .collect();
    names.sort();
    assert_eq!(names, ["Hồ Thị Bích", "Hồ Văn Lâm"]);
    assert!(found.iter().all(treem_papers::sign::Verdict::is_valid));
    for (bytes, word) in [
        (&der[..], "valid"),
        (&pem, "valid"),
        (&behind, "valid"),
        (&both, "valid"),
        (&more, "not-a-signature"),
        (&two, "not-a-signature"),
        (&der[..der.len() - 1], "not-a-signature"),
        (&office.read("officer.pem"), "not-a-signature"),
        (&office.read("below.crl"), "not-a-signature"),
        (CONTENT, "not-a-signature"),
        (b"", "not-a-signature"),
        (b"%PDF-1.7", "not-a-signature"),
        (&vec![0x30; 2 << 20], "not-a-signature"),
    ] {
        let verdict = verify_detached(bytes, CONTENT, trust, soon(5));
        assert_eq!(
            verdict.word(),
            word,
            "{} bytes: {}",
            bytes.len(),
            verdict.sentence()
        );
    }
}
