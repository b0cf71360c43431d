//! Lists by group and rule, now, then, and what became of them; a rule file published and taken back; on both engines.

use super::Desk;
use serde_json::{Value, json};

const DAY: [&str; 2] = ["--as-of", "2024-06-13"];

/// A book of 40 children: the third, fifth and seventh without a number, 11 and 13 with one number, 15 twice, four born on 1 January.
fn book(postgres: bool) -> (Desk, Vec<String>, String) {
    let desk = Desk::new(postgres);
    desk.json(&["init", "--edition", "2024-06-13"]);
    let list = desk.path("ds.csv");
    let mut rows: Vec<String> = (1..=40).map(super::super::run::child).collect();
    for nth in [2, 4, 6] {
        rows[nth] = rows[nth].replacen(&format!("045310{:06}", nth + 1), "", 1);
    }
    rows[12] = rows[12].replacen("045310000013", "045310000011", 1);
    rows.push(rows[14].replacen("045310000015", "", 1));
    for nth in 41..=44 {
        let row = super::super::run::child(nth);
        let birth = row.split(',').nth(1).unwrap().to_owned();
        rows.push(row.replacen(&birth, "01/01/2010", 1));
    }
    super::super::run::list(&list, &rows);
    desk.json(&[&["import", list.to_str().unwrap()], &DAY[..]].concat());
    let imports = desk.json(&["imports"]);
    let at = imports["imports"][0]["at"].as_str().unwrap().to_owned();
    let ids = desk
        .export()
        .lines()
        .map(|line| line[..36].to_owned())
        .collect();
    (desk, ids, at)
}

fn list(desk: &Desk, what: &str, more: &[&str]) -> Value {
    desk.json(&[&["list", what], &DAY[..], more].concat())
}

#[test]
fn what_is_on_a_list() {
    for postgres in [false, true] {
        let (desk, ids, before) = book(postgres);
        let check = |what: &str, want: &[usize]| {
            let want: Vec<&str> = want.iter().map(|nth| ids[nth - 1].as_str()).collect();
            let told = list(&desk, what, &[]);
            assert_eq!(told["ids"], json!(want), "{what}");
            assert_eq!(told["children"], want.len());
            assert!(!told.to_string().contains("Hồ"), "{told}");
            // The records of a moment, checked again, give the same list.
            for moment in [before.as_str(), "2999-01-01T00:00:00Z"] {
                let then = list(&desk, what, &["--register-as-of", moment]);
                assert_eq!(then["ids"], told["ids"], "{what} {moment}");
            }
        };
        check("1", &[3, 5, 7, 41]);
        check("id.missing", &[3, 5, 7, 41]);
        check("id.shared", &[11, 13]);
        check("4", &[11, 13]);
        check("5", &[15, 41]);
        check("child.duplicate", &[15, 41]);
        check("birth.heaped", &[42, 43, 44, 45]);
        check("2", &[]);
        check("unidentified", &[3, 5, 7, 11, 13, 41]);
        check("incomplete", &[]);
        // By commune, and within an area.
        let told = list(&desk, "1", &["--unit", "Huyện Đakrông"]);
        assert_eq!(
            told["units"],
            json!([{"unit": "19588", "name": "Xã Tà Rụt", "children": 4}])
        );
        assert_eq!(list(&desk, "1", &["--unit", "Xã Vĩnh Thủy"])["children"], 0);
        // Names only in the file that was asked for.
        let (csv, book) = (desk.path("ds1.csv"), desk.path("ds1.xlsx"));
        for path in [&csv, &book] {
            list(&desk, "1", &["--out", path.to_str().unwrap()]);
        }
        let text = std::fs::read_to_string(&csv).unwrap();
        assert!(
            text.lines().count() == 5 && text.contains("Hồ Ngọc"),
            "{text}"
        );
        assert!(!text.contains("Kinh") && std::fs::read(&book).unwrap().starts_with(b"PK"));
        for (arguments, words) in [
            (&["list", "9"][..], "nhóm là số từ 1 đến 5"),
            (&["list", "abc"], "không có quy tắc “abc”"),
            (&["list", "1", "--out", "a.pdf"], ".xlsx hoặc .csv"),
            (&["list", "birth.heaped", "--out", "a.xlsx"], ".csv"),
            (&["list", "1", "--unit", "Không Đâu"], "Không Đâu"),
            (&["list", "1", "--compare", "hôm qua"], "thời điểm"),
        ] {
            desk.refused(arguments, words);
        }
        // Put right, closed, and new; then compared.
        let edit = |nth: usize, field: &str| {
            desk.json(&[&["child", "edit", &ids[nth - 1], field, "--yes"], &DAY[..]].concat());
        };
        edit(3, "number=045310000003");
        edit(8, "number=");
        desk.json(&["child", "close", &ids[4], "--died", "2024-06-01"]);
        desk.json(&["child", "close", &ids[6], "--left", "2024-06-01"]);
        let compare = ["--compare", &before, "--compare-as-of", "2024-06-13"];
        let told = list(&desk, "1", &compare);
        let since = |told: &Value| -> Vec<u64> {
            ["then", "open", "fixed", "died", "moved", "aged_out", "new"]
                .map(|key| told[key].as_u64().unwrap())
                .to_vec()
        };
        assert_eq!(since(&told["since"]), [4, 1, 1, 1, 1, 0, 1]);
        assert_eq!(since(&told["units"][0]["since"]), [4, 1, 1, 1, 1, 0, 1]);
        assert_eq!(
            list(&desk, "1", &["--register-as-of", &before])["children"],
            4
        );
        // Two of a heap get their days: no heap is left, and there was one.
        for nth in [42, 43] {
            edit(nth, "birth=12/03/2010");
        }
        let then = |moment: &str| {
            let told = list(&desk, "birth.heaped", &["--register-as-of", moment]);
            told["children"].as_u64().unwrap()
        };
        assert_eq!([before.as_str(), "2999-01-01T00:00:00Z"].map(then), [4, 0]);
        // Who is 16 by then has left the list, without anybody doing anything.
        let late = desk.json(&[&["list", "1", "--as-of", "2027-01-01"], &compare[..]].concat());
        assert_eq!(late["children"], 0);
        assert_eq!(since(&late["since"]), [4, 0, 0, 1, 1, 2, 0]);
        let early = desk.json(&["list", "1", "--as-of", "2009-01-01"]);
        assert_eq!(early["children"], 0);
    }
}

/// Everything the book says of its children: records and findings.
fn whole(desk: &Desk, ids: &[String]) -> String {
    let findings: Vec<String> = ids
        .iter()
        .map(|id| desk.json(&["child", "show", id])["findings"].to_string())
        .collect();
    format!("{}{}", desk.export(), findings.join("\n"))
}

#[test]
fn a_rule_file_is_published_and_taken_back() {
    for postgres in [false, true] {
        let (desk, ids, before) = book(postgres);
        let full = whole(&desk, &ids);
        let file = desk.path("quy-tac.toml");
        let publish = |text: &str, more: &[&str]| {
            std::fs::write(&file, text).unwrap();
            desk.json(
                &[
                    &["rules", "publish", file.to_str().unwrap()],
                    &DAY[..],
                    more,
                ]
                .concat(),
            )
        };
        assert_eq!(desk.json(&["rules", "show"])["number"], 0);
        let strict = "carer = [\"guardian\"]\nrequired = [\"phone\"]\n[rules.\"id.missing\"]\nseverity = \"warning\"\n";
        let told = publish(strict, &[]);
        let rule = |told: &Value, code: &str| -> Value {
            let rules = told["rules"].as_array().unwrap();
            rules
                .iter()
                .find(|one| one["rule"] == code)
                .cloned()
                .unwrap_or_default()
        };
        assert_eq!(
            (&told["done"], &told["children"]),
            (&false.into(), &45.into())
        );
        assert_eq!(
            (&told["complete"], &told["remeasured"]),
            (&json!([45, 0]), &45.into())
        );
        assert_eq!(
            rule(&told, "carer.missing")["units"],
            json!([["19588", "Xã Tà Rụt", 0, 45]])
        );
        assert_eq!(rule(&told, "phone.missing")["after"], 45);
        assert_eq!(whole(&desk, &ids), full);
        // Published: findings, measures, lists, edits go by it; the past goes by what was in force.
        let told = publish(strict, &["--yes", "--as", "Hồ Thị Bích"]);
        assert_eq!((&told["done"], &told["number"]), (&true.into(), &1.into()));
        let path = file.to_str().unwrap();
        desk.refused(&["rules", "publish", path], "đang có hiệu lực");
        assert_eq!(list(&desk, "carer.missing", &[])["children"], 45);
        assert_eq!(
            list(&desk, "carer.missing", &["--register-as-of", &before])["children"],
            0
        );
        assert_eq!(list(&desk, "1", &[])["children"], 0);
        let preview =
            desk.json(&[&["child", "edit", &ids[0], "phone=0912345678"], &DAY[..]].concat());
        assert_eq!(preview["gone"], json!([["phone.missing", "phone"]]));
        let shown = desk.json(&["rules", "show"]);
        assert_eq!(
            (&shown["content"], &shown["who"]),
            (&strict.into(), &"Hồ Thị Bích".into())
        );
        assert_eq!(desk.json(&["doctor"])["troubles"], json!([]));
        // Rules over many rows, off and on again.
        let off: String = ["id.shared", "child.duplicate", "birth.heaped", "id.missing"]
            .iter()
            .map(|code| format!("[rules.\"{code}\"]\nenabled = false\n"))
            .collect();
        let told = publish(&off, &["--yes"]);
        assert_eq!(rule(&told, "birth.heaped")["after"], 0);
        assert_eq!(told["identified"], json!([39, 41]));
        assert_eq!(list(&desk, "id.shared", &[])["children"], 0);
        let told = desk.json(&[&["rules", "publish", "--former", "0", "--yes"], &DAY[..]].concat());
        assert_eq!(
            (&told["number"], &told["identified"]),
            (&3.into(), &json!([41, 39]))
        );
        assert_eq!(whole(&desk, &ids), full);
        desk.refused(
            &["rules", "publish", "--former", "9"],
            "không có tệp quy tắc số 9",
        );
        std::fs::write(&file, "a = ").unwrap();
        desk.refused(&["rules", "publish", path], "quy-tac.toml");
        assert_eq!(
            desk.json(&["rules", "show", "--number", "1"])["content"],
            strict
        );
        // Nobody has edited a child by publishing: the import can still be undone whole.
        let import = desk.json(&["imports"])["imports"][0]["import"]
            .as_str()
            .unwrap()
            .to_owned();
        let undone = desk.json(&["undo", &import, "--yes"]);
        assert_eq!(
            (&undone["turned"], &undone["kept"]),
            (&45.into(), &0.into())
        );
        assert_eq!(desk.json(&["doctor"])["troubles"], json!([]));
        // An import goes by the book's rules.
        publish(strict, &["--yes"]);
        let list = desk.path("ds.csv");
        let told = desk.json(&[&["import", list.to_str().unwrap()], &DAY[..]].concat());
        assert_eq!((&told["new"], &told["complete"]), (&45.into(), &0.into()));
    }
}

/// The two halves of a book on a server meet without a gap and without a child twice, wherever the pages end.
#[test]
fn a_book_is_checked_again_whole_wherever_its_pages_end() {
    let page = u32::try_from(treem_store::limits::PAGE).unwrap();
    for children in [0, 1, 2, 3, page, page + 1, 2 * page, 2 * page + 1] {
        let desk = Desk::new(true);
        desk.json(&["init", "--edition", "2024-06-13"]);
        let (file, rules) = (desk.path("ds.csv"), desk.path("quy-tac.toml"));
        // Every third child is without a number.
        let rows = (1..=children).map(|nth| {
            let row = super::super::run::child(nth);
            let number = row.split(',').nth(4).filter(|_| nth % 3 == 0);
            row.replacen(number.unwrap_or(""), "", 1)
        });
        if children > 0 {
            super::super::run::list(&file, &rows.collect::<Vec<_>>());
            let told = desk.json(&[&["import", file.to_str().unwrap()], &DAY[..]].concat());
            assert_eq!(told["new"], children, "{told}");
        }
        let text = "required = [\"phone\"]\n[rules.\"id.missing\"]\nenabled = false\n";
        std::fs::write(&rules, text).unwrap();
        let preview = [&["rules", "publish", rules.to_str().unwrap()], &DAY[..]].concat();
        let told = desk.json(&preview);
        assert_eq!(told["children"], children);
        let of = |code: &str| -> Value {
            let rules = told["rules"].as_array().unwrap();
            let found = rules.iter().find(|one| one["rule"] == code);
            found.map_or(json!([0, 0]), |one| json!([one["before"], one["after"]]))
        };
        assert_eq!(of("phone.missing"), json!([0, children]), "{children}");
        assert_eq!(of("id.missing"), json!([children / 3, 0]), "{children}");
        let changes = told["rules"].as_array().unwrap().len();
        assert!(changes <= 2, "{told}");
        // The same children as of a moment, and none before they came.
        for (moment, want) in [("2000", 0), ("2999", children / 3)] {
            let moment = format!("{moment}-01-01T00:00:00Z");
            let then = list(&desk, "id.missing", &["--register-as-of", &moment]);
            assert_eq!(then["children"], want, "{children} {moment}");
        }
        // Each page reads its own rows, not all that stand before it.
        let read = || -> u64 {
            // A session says what it has read when it ends.
            while desk.sessions() > 0 {
                std::thread::sleep(std::time::Duration::from_millis(5));
            }
            let of = desk.ask(
                "select coalesce(sum(idx_tup_read), 0) + (select sum(seq_tup_read) from pg_stat_user_tables where relname = 'child_sensitive')
                 from pg_stat_user_indexes where relname = 'child_sensitive'",
            );
            of.trim().parse().unwrap()
        };
        desk.ask("analyze");
        let before = read();
        let lines = desk.export().lines().count();
        let all = read() - before;
        assert_eq!(lines, children as usize);
        assert!(all >= u64::from(children), "{children}: {all} rows read");
        assert!(
            all <= u64::from(children + children / 5 + 9),
            "{children}: {all} rows read"
        );
        // By one transaction, which writes, it is the same.
        let done = desk.json(&[&preview[..], &["--yes"]].concat());
        assert_eq!(done["rules"], told["rules"]);
    }
}
