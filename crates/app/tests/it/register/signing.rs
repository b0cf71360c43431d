//! Signatures of a list, on both engines: what is good is kept and lets the list go on, what is not is told and changes nothing.

#[path = "../../../../papers/tests/it/sign/office.rs"]
#[expect(dead_code, reason = "the tests of the crate use the rest")]
mod office;

use super::Desk;
use office::Office;
use serde_json::{Value, json};
use treem_store::{Begun, Doing, Store};

/// A book with two closed lists; their codes.
fn book(postgres: bool) -> (Desk, [String; 2]) {
    let desk = Desk::new(postgres);
    desk.json(&["init", "--edition", "2024-06-13"]);
    let file = desk.path("ds.csv");
    let rows: Vec<String> = (1..=4).map(super::super::run::child).collect();
    super::super::run::list(&file, &rows);
    desk.json(&["import", file.to_str().unwrap(), "--as-of", "2024-06-13"]);
    let ids: Vec<String> = desk
        .export()
        .lines()
        .map(|line| line[..36].to_owned())
        .collect();
    let closed = |children: &[String]| {
        let mut draw = vec!["handover", "draw", "--yes", "--as-of", "2024-06-13"];
        for child in children {
            draw.extend(["--child", child.as_str()]);
        }
        let drawn = desk.json(&draw);
        let list = drawn["lists"][0]["list"].as_str().unwrap().to_owned();
        desk.refused(&["handover", "seal", &list, "--out", "x"], "chưa chốt");
        desk.json(&["handover", "submit", &list]);
        desk.json(&[
            "handover",
            "approve",
            &list,
            "--paper",
            "Phó Chủ tịch ký ngày 17/6/2024",
        ]);
        list
    };
    let lists = [closed(&ids[..2]), closed(&ids[2..])];
    (desk, lists)
}

/// Lays what the office trusts beside the register.
fn trust(desk: &Desk, office: &Office) {
    let folder = desk.path("authorities");
    std::fs::create_dir_all(&folder).unwrap();
    for file in [
        "root.pem",
        "below.pem",
        "below.crl",
        "root.crl",
        "officer.pem",
    ] {
        std::fs::copy(office.path(file), folder.join(file)).unwrap();
    }
}

fn sign(desk: &Desk, list: &str, side: &str, file: &str, more: &[&str]) -> (i32, Value) {
    let begin = [
        "handover",
        "sign",
        list,
        "--side",
        side,
        "--file",
        file,
        "--authorities",
        "authorities",
        "--json",
    ];
    let ran = desk.treem(&[&begin[..], more].concat());
    assert_eq!(ran.err, "", "{list} {side} {file}");
    (ran.code, serde_json::from_str(&ran.out).unwrap())
}

/// The first row of a list has an answer; which, is no matter here.
fn answered(desk: &Desk, list: &str) {
    let number: i64 = list[..5].parse().unwrap();
    super::wait(async {
        let store = Store::open(&desk.data).await.unwrap();
        let doing = Doing {
            register: "45".to_owned(),
            act: "handover".to_owned(),
            who: "Hồ Văn Lâm".to_owned(),
            role: "cli".to_owned(),
            office: String::new(),
            why: String::new(),
            request: "tra-loi".to_owned(),
            at: "2024-06-20T08:00:00.000000Z".to_owned(),
        };
        let Begun::Act(mut act) = store.begin(doing).await.unwrap() else {
            panic!("done before");
        };
        assert!(act.set_handover_answered(number, 1, true).await.unwrap());
        act.finish(list, "{}").await.unwrap();
        store.close().await;
    });
}

#[test]
fn a_list_is_signed_by_both_sides() {
    let office = Office::new();
    for postgres in [false, true] {
        let (desk, [list, other]) = book(postgres);
        trust(&desk, &office);
        for (list, name) in [(&list, "list"), (&other, "otherlist")] {
            let out = desk.path(name);
            let written = desk.json(&["handover", "seal", list, "--out", out.to_str().unwrap()]);
            let shown = desk.json(&["handover", "show", list]);
            assert_eq!(written["seal"], shown["seal"]);
            desk.refused(
                &["handover", "seal", list, "--out", out.to_str().unwrap()],
                "đã có",
            );
            office.write(name, &std::fs::read(out).unwrap());
        }
        let p7s = |who: &str, file: &str| {
            let name = office.sign(who, file, &[]);
            office.path(&name).to_str().unwrap().to_owned()
        };
        let (officer, police) = (p7s("officer", "list"), p7s("police", "list"));
        // What is not good is told, and leaves nothing.
        for (file, verdict, words) in [
            (p7s("officer", "otherlist"), "wrong-list", other.as_str()),
            (p7s("officer", "content"), "tampered", "đã bị sửa"),
            (p7s("expired", "list"), "expired", "hết hạn"),
            (p7s("revoked", "list"), "revoked", "thu hồi"),
            (p7s("unknown", "list"), "unknown-authority", "Gốc lạ"),
        ] {
            let (code, told) = sign(&desk, &list, "commune", &file, &[]);
            assert_eq!(
                (code, &told["accepted"], &told["evidence"]),
                (2, &json!(false), &Value::Null),
                "{told}"
            );
            assert_eq!(told["signatures"][0]["verdict"], verdict, "{told}");
            assert!(
                told["signatures"][0]["sentence"]
                    .as_str()
                    .unwrap()
                    .contains(words),
                "{told}"
            );
        }
        assert_eq!(
            desk.json(&["handover", "evidence", &list])["evidence"],
            json!([])
        );
        // Kept all the same where a person asks for it; it is no signature.
        let (code, told) = sign(
            &desk,
            &list,
            "commune",
            &p7s("expired", "list"),
            &["--keep"],
        );
        assert_eq!((code, told["evidence"].is_string()), (2, true), "{told}");
        let kept = told["sha256"].as_str().unwrap().to_owned();
        // The commune's; again; and by the same hand for the police.
        let (code, told) = sign(&desk, &list, "commune", &officer, &[]);
        assert_eq!(
            (code, &told["accepted"], &told["over"], &told["step"]),
            (0, &json!(true), &json!("seal"), &json!(false))
        );
        assert_eq!(told["signatures"][0]["signer"], "Hồ Thị Bích");
        let (code, told) = sign(&desk, &list, "commune", &officer, &[]);
        assert_eq!((code, &told["again"]), (0, &json!(true)));
        let twice = [
            "handover",
            "sign",
            &list,
            "--side",
            "police",
            "--file",
            &officer,
            "--authorities",
            "authorities",
        ];
        desk.refused(&twice, "hai chứng thư khác nhau");
        // What is no signature at all.
        let csv = desk.path("ds.csv").to_str().unwrap().to_owned();
        desk.refused(
            &[
                "handover", "sign", &list, "--side", "police", "--file", &csv,
            ],
            "không phải chữ ký",
        );
        desk.refused(
            &["handover", "sign", &list, "--side", "other", "--file", &csv],
            "--side",
        );
        // The police sign before the list is answered: kept, and no step yet.
        desk.json(&["handover", "send", &list]);
        desk.json(&[
            "handover",
            "receive",
            &list,
            "--paper",
            "biên nhận ngày 20/6/2024",
        ]);
        desk.refused(
            &[
                "handover",
                "sign",
                &list,
                "--paper",
                "x",
                "--evidence",
                &kept,
            ],
            "chứng cứ hợp lệ",
        );
        let scan = desk.path("Hồ Văn An.png");
        std::fs::write(&scan, b"\x89PNG\r\n\x1a\n0000").unwrap();
        let (code, told) = sign(&desk, &list, "police", scan.to_str().unwrap(), &[]);
        assert_eq!(
            (code, &told["kind"], &told["step"]),
            (0, &json!("wet-scan"), &json!(false))
        );
        let place = || desk.json(&["handover", "show", &list])["place"].clone();
        assert_eq!(place(), "received");
        // Brought before the list is answered, it waits.
        let (code, told) = sign(&desk, &list, "police", &police, &[]);
        assert_eq!((code, &told["step"]), (0, &json!(false)), "{told}");
        let doctor = desk.treem(&["doctor"]);
        assert_eq!(doctor.code, 0, "{}", doctor.out);
        answered(&desk, &list);
        desk.json(&["handover", "answered", &list]);
        let (code, told) = sign(&desk, &list, "police", &police, &[]);
        assert_eq!((code, &told["step"]), (0, &json!(true)), "{told}");
        assert_eq!(place(), "signed");
        let shown = desk.json(&["handover", "show", &list]);
        assert!(
            shown.to_string().contains(told["sha256"].as_str().unwrap()),
            "{shown}"
        );
        // All of it is there, and taken out byte by byte.
        let all = desk.json(&["handover", "evidence", &list]);
        let words = |name: &str| -> Vec<String> {
            let all = all["evidence"].as_array().unwrap().iter();
            all.map(|one| one[name].as_str().unwrap().to_owned())
                .collect()
        };
        assert_eq!(words("verdict"), ["expired", "valid", "", "valid"]);
        assert_eq!(words("side"), ["commune", "commune", "police", "police"]);
        assert_eq!(words("name")[2], "Hồ Văn An.png");
        assert!(
            all["evidence"]
                .as_array()
                .unwrap()
                .iter()
                .all(|one| one["current"] == true)
        );
        let out = desk.path("lay-ra.p7s");
        let id = &words("evidence")[3];
        desk.json(&[
            "handover",
            "evidence",
            &list,
            "--get",
            id,
            "--out",
            out.to_str().unwrap(),
        ]);
        assert_eq!(std::fs::read(out).unwrap(), std::fs::read(&police).unwrap());
    }
}

/// pyHanko signs a PDF of the office; gives where it lies.
fn signed_pdf(office: &Office, from: &str, to: &str, who: &str) -> String {
    let tests = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../papers/tests");
    let python = tests.join(".venv/bin/python");
    assert!(
        python.is_file(),
        "pyHanko is not here: run scripts/hanko.sh"
    );
    let job = json!([{
        "do": "sign", "from": from, "to": to, "key": format!("{who}.key"), "certificate": format!("{who}.pem"),
        "chain": ["below.pem"], "field": "ky",
    }]);
    let mut child = std::process::Command::new(python)
        .arg(tests.join("sign_pdf.py"))
        .current_dir(office.path("."))
        .stdin(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut into = child.stdin.take().unwrap();
    std::io::Write::write_all(&mut into, job.to_string().as_bytes()).unwrap();
    drop(into);
    assert!(child.wait().unwrap().success());
    office.path(to).to_str().unwrap().to_owned()
}

/// A page as a list is printed on: its words are no matter, the mark of its seal is.
fn page(mark: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>".to_owned(),
        format!("<< /Keywords ({mark}) >>"),
    ];
    let mut out = "%PDF-1.7\n".to_owned();
    let mut places = Vec::new();
    for (nth, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", nth + 1));
    }
    let start = out.len();
    out.push_str(&format!(
        "xref\n0 {}\n0000000000 65535 f \n",
        places.len() + 1
    ));
    for place in &places {
        out.push_str(&format!("{place:010} 00000 n \n"));
    }
    out.push_str(&format!(
        "trailer\n<< /Size {} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{start}\n%%EOF\n",
        places.len() + 1
    ));
    out.into_bytes()
}

#[test]
fn a_signed_pdf_is_the_step_of_the_police() {
    let office = Office::new();
    for postgres in [false, true] {
        let (desk, [list, other]) = book(postgres);
        trust(&desk, &office);
        let seal = |list: &str| {
            let shown = desk.json(&["handover", "show", list]);
            format!("treem-seal-{}", shown["seal"].as_str().unwrap())
        };
        office.write("in.pdf", &page(&seal(&list)));
        office.write("khac.pdf", &page(&seal(&other)));
        desk.json(&["handover", "send", &list]);
        desk.json(&[
            "handover",
            "receive",
            &list,
            "--paper",
            "biên nhận ngày 20/6/2024",
        ]);
        answered(&desk, &list);
        desk.json(&["handover", "answered", &list]);
        let place = || desk.json(&["handover", "show", &list])["place"].clone();
        // Another list's PDF, one that was changed behind the signature, one of a stranger.
        let of_other = signed_pdf(&office, "khac.pdf", "khac-ky.pdf", "police");
        let (code, told) = sign(&desk, &list, "police", &of_other, &[]);
        assert_eq!((code, &told["accepted"]), (2, &json!(false)), "{told}");
        assert_eq!(told["signatures"][0]["verdict"], "wrong-list", "{told}");
        let good = signed_pdf(&office, "in.pdf", "ky.pdf", "police");
        let mut bytes = std::fs::read(&good).unwrap();
        let at = bytes
            .windows(8)
            .position(|window| window == b"MediaBox")
            .unwrap();
        bytes[at + 10] = b'9';
        let spoiled = desk.path("sua.pdf");
        std::fs::write(&spoiled, bytes).unwrap();
        let (code, told) = sign(&desk, &list, "police", spoiled.to_str().unwrap(), &[]);
        assert_eq!(
            (code, &told["signatures"][0]["verdict"]),
            (2, &json!("tampered")),
            "{told}"
        );
        let stranger = signed_pdf(&office, "in.pdf", "la.pdf", "unknown");
        let (code, told) = sign(&desk, &list, "police", &stranger, &[]);
        assert_eq!(
            (code, &told["signatures"][0]["verdict"]),
            (2, &json!("unknown-authority")),
            "{told}"
        );
        assert_eq!(place(), "answered");
        let (code, told) = sign(&desk, &list, "police", &good, &[]);
        assert_eq!(
            (code, &told["kind"], &told["accepted"], &told["step"]),
            (0, &json!("signed-pdf"), &json!(true), &json!(true)),
            "{told}"
        );
        assert_eq!(told["signatures"][0]["signer"], "Hồ Văn Lâm");
        assert_eq!(place(), "signed");
        assert_eq!(desk.json(&["doctor"])["troubles"], json!([]));
    }
}

#[test]
fn whom_the_office_trusts() {
    let office = Office::new();
    let (desk, [list, _]) = book(false);
    let none = desk.json(&["handover", "authorities"]);
    assert_eq!(
        (&none["usable"], &none["trusted"]),
        (&json!(false), &json!([]))
    );
    // Beside the register, where nobody says otherwise.
    let folder = desk.path("so/authorities");
    std::fs::create_dir_all(&folder).unwrap();
    for file in ["root.pem", "below.crl", "officer.pem"] {
        std::fs::copy(office.path(file), folder.join(file)).unwrap();
    }
    let ran = desk.treem(&["handover", "authorities", "--json"]);
    assert_eq!((ran.code, ran.err.as_str()), (2, ""));
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        (
            &told["usable"],
            &told["trusted"][0]["what"],
            &told["trusted"][1]["what"]
        ),
        (&json!(true), &json!("revoked"), &json!("root"))
    );
    assert_eq!(told["refused"][0]["file"], "officer.pem");
    let text = desk.treem(&["handover", "authorities"]).out;
    assert!(
        text.contains("Chứng thư gốc Gốc thử") && text.contains("2 chứng thư"),
        "{text}"
    );
    let file = desk.path("list");
    desk.json(&["handover", "seal", &list, "--out", file.to_str().unwrap()]);
    office.write("list", &std::fs::read(file).unwrap());
    let signature = office.path(&office.sign("officer", "list", &["-certfile", "below.pem"]));
    let ran = desk.treem(&[
        "handover",
        "sign",
        &list,
        "--side",
        "commune",
        "--file",
        signature.to_str().unwrap(),
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for words in [
        "Chữ ký hợp lệ: Hồ Thị Bích (UBND xã Tà Rụt)",
        "chữ ký rời",
        "Đã ghi làm chứng cứ",
    ] {
        assert!(ran.out.replace("\n  ", " ").contains(words), "{}", ran.out);
    }
}
