//! Lists on their way to the police and back, as a person takes them, on both engines.

use super::doubles::{book, ids, row};
use super::{Desk, Value};
use serde_json::json;
use sha2::{Digest as _, Sha256};

const DAY: [&str; 2] = ["--as-of", "2024-06-13"];

/// Five children of Tà Rụt and one of A Ngo, none with a number.
fn rows() -> Vec<String> {
    [
        ("Hồ Thị Mưa", "Nữ", "Hồ Thị Suối", "Xã Tà Rụt"),
        ("Hồ Văn Nắng", "Nam", "Hồ Thị Suối", "Xã Tà Rụt"),
        ("Hồ Thị Gió", "Nữ", "Hồ Thị Lá", "Xã Tà Rụt"),
        ("Hồ Văn Mây", "Nam", "Hồ Thị Cỏ", "Xã Tà Rụt"),
        ("Hồ Thị Sao", "Nữ", "Hồ Thị Cây", "Xã Tà Rụt"),
        ("Hồ Văn Đá", "Nam", "Hồ Thị Rừng", "Xã A Ngo"),
    ]
    .iter()
    .zip(1..)
    .map(|((name, sex, mother, commune), nth)| {
        let birth = format!("{nth:02}/05/2016");
        let row = row(name, &birth, sex, "", mother, commune);
        // Every mother has a husband of her own.
        row.replace("Hồ Văn Núi", &mother.replace("Thị", "Văn"))
    })
    .collect()
}

fn sound(desk: &Desk) {
    assert_eq!(desk.json(&["doctor"])["troubles"], json!([]));
}

fn handover(desk: &Desk, arguments: &[&str]) -> Value {
    desk.json(&[&["handover"], arguments].concat())
}

fn refused(desk: &Desk, arguments: &[&str], words: &str) {
    desk.refused(&[&["handover"], arguments].concat(), words);
}

fn draw(desk: &Desk, more: &[&str]) -> Value {
    handover(desk, &[&["draw"], more, &DAY[..]].concat())
}

/// The code of the only list that was drawn.
fn drawn(told: &Value) -> String {
    assert_eq!(told["lists"].as_array().unwrap().len(), 1, "{told}");
    told["lists"][0]["list"].as_str().unwrap().to_owned()
}

/// Codes of the open rows of a list.
fn open(shown: &Value) -> Vec<String> {
    let lines = shown["lines"].as_array().unwrap();
    lines
        .iter()
        .filter(|line| line["state"] == "open")
        .map(|line| line["row"].as_str().unwrap().to_owned())
        .collect()
}

fn tally(shown: &Value, key: &str) -> u64 {
    shown["tally"][key].as_u64().unwrap()
}

#[test]
fn a_list_goes_to_the_police_and_is_withdrawn() {
    for postgres in [false, true] {
        let desk = book(postgres, &rows());
        let ids = ids(&desk, 6);
        // A preview writes nothing.
        let told = draw(&desk, &["1", "--unit", "Huyện Đakrông"]);
        let counts: Vec<u64> = told["lists"]
            .as_array()
            .unwrap()
            .iter()
            .map(|list| list["rows"].as_u64().unwrap())
            .collect();
        assert_eq!((&told["done"], counts), (&json!(false), vec![5, 1]));
        assert_eq!(handover(&desk, &["list"])["lists"], json!([]));
        let told = draw(&desk, &["1", "--unit", "Xã Tà Rụt", "--yes"]);
        let list = drawn(&told);
        assert_eq!(list, "10001-4");
        // Who stands on an open list stands on no other, and that is said.
        let again = draw(&desk, &["1", "--unit", "Huyện Đakrông"]);
        assert_eq!(again["lists"][0]["unit_name"], "Xã A Ngo");
        assert_eq!(again["left_out"].as_array().unwrap().len(), 5);
        assert!(
            again["left_out"][0]["why"]
                .as_str()
                .unwrap()
                .contains(&list)
        );
        refused(
            &desk,
            &[&["draw", "1", "--unit", "Xã Tà Rụt"], &DAY[..]].concat(),
            "Không có trẻ nào",
        );
        // A mistyped code is noticed.
        let slip = list.replace("0001", "0010");
        refused(&desk, &["show", &slip], "chữ số kiểm tra");
        refused(&desk, &["show", "12345-9"], "không có danh sách");
        refused(&desk, &["send", &list], "chưa chuyển Công an được");
        // Households: the brothers and sisters on one sheet, and again on the same.
        let sheets = handover(&desk, &["sheets", &list]);
        let houses = sheets["households"].as_array().unwrap();
        assert_eq!(houses.len(), 4);
        let children: Vec<usize> = houses
            .iter()
            .map(|house| house["children"].as_array().unwrap().len())
            .collect();
        assert_eq!(children.iter().sum::<usize>(), 5);
        assert!(children.contains(&2));
        assert_eq!(handover(&desk, &["sheets", &list]), sheets);
        let first = houses[0]["sheet"].as_str().unwrap();
        let sheet = handover(&desk, &["sheet", first]);
        assert_eq!(sheet["children"][0][0], houses[0]["children"][0]["child"]);
        assert_eq!(sheet["children"][0][1], houses[0]["children"][0]["row"]);
        // Review: one is right, one is put right, one struck, one added.
        assert_eq!(handover(&desk, &["review", &list])["holder"], "households");
        assert_eq!(
            handover(&desk, &["review", &list, "1", "--same"])["review"],
            "same"
        );
        let edit = ["review", &list, "2", "ngày sinh=09/05/2016"];
        assert_eq!(
            handover(&desk, &[&edit[..], &DAY[..]].concat())["review"],
            ""
        );
        let yes = [&edit[..], &["--yes"], &DAY[..]].concat();
        assert_eq!(handover(&desk, &yes)["review"], "changed");
        let why = ["--why", "gia đình đã chuyển đi"];
        refused(&desk, &["rows", &list, "--strike", "3"], "lý do");
        let told = handover(
            &desk,
            &[&["rows", &list, "--strike", "3"], &why[..]].concat(),
        );
        assert_eq!((tally(&told, "open"), tally(&told, "struck")), (4, 1));
        refused(
            &desk,
            &[&["rows", &list, "--strike", "3"], &why[..]].concat(),
            "không có dòng",
        );
        refused(
            &desk,
            &[&["rows", &list, "--add", &ids[0]], &why[..]].concat(),
            "chỉ ở một danh sách",
        );
        refused(
            &desk,
            &[&["rows", &list, "--add", &ids[5]], &why[..]].concat(),
            "không thuộc xã",
        );
        let shown = handover(&desk, &["show", &list]);
        let struck = shown["lines"][2]["child"].as_str().unwrap().to_owned();
        let told = handover(
            &desk,
            &["rows", &list, "--add", &struck, "--why", "vẫn ở đó"],
        );
        assert_eq!((tally(&told, "rows"), tally(&told, "open")), (6, 5));
        sound(&desk);
        // A child that died meanwhile goes before the leader sees the list.
        let dead = shown["lines"][4]["child"].as_str().unwrap();
        desk.json(&[
            "child",
            "close",
            dead,
            "--died",
            "2024-06-10",
            "--why",
            "giấy báo tử",
        ]);
        let told = handover(&desk, &["submit", &list]);
        assert_eq!(
            (&told["place"], tally(&told, "open")),
            (&json!("awaiting"), 4)
        );
        assert_eq!(told["lines"][4]["note"], "trẻ đã chết");
        handover(&desk, &["send-back", &list, "--why", "xem lại dòng 2"]);
        handover(&desk, &["submit", &list]);
        refused(&desk, &["seal", &list, "--out", "x"], "chưa chốt");
        refused(
            &desk,
            &["approve", &list, "--paper", " "],
            "giấy tờ làm căn cứ",
        );
        let told = handover(&desk, &["approve", &list, "--day", "2024-06-17"]);
        assert_eq!(told["place"], "closed");
        let seal = told["seal"].as_str().unwrap().to_owned();
        sealed(&desk, &list, &seal);
        // The record changes after closing; what was sealed does not.
        let row = open(&told)[0].clone();
        let child = told["lines"][0]["child"].as_str().unwrap();
        assert_eq!(told["lines"][0]["row"], row.as_str());
        desk.json(&["child", "edit", child, "họ tên=Hồ Thị Mưa Rào", "--yes"]);
        sealed(&desk, &list, &seal);
        refused(
            &desk,
            &["split", &list, "--by-hamlet", "--why", "x"],
            "ít nhất hai phần",
        );
        handover(&desk, &["send", &list, "--way", "paper"]);
        let told = handover(
            &desk,
            &["receive", &list, "--paper", "giấy biên nhận ngày 20/6/2024"],
        );
        assert_eq!(
            (&told["holder"], &told["place"]),
            (&json!("police"), &json!("received"))
        );
        refused(&desk, &["answered", &list], "Chưa có trẻ nào được trả lời");
        // Reopened: the seal is void, and a new one stands over what the records say then.
        handover(&desk, &["reopen", &list, "--why", "sửa họ tên"]);
        refused(&desk, &["seal", &list, "--out", "y"], "chưa chốt");
        handover(&desk, &["submit", &list]);
        let told = handover(
            &desk,
            &["approve", &list, "--paper", "Chủ tịch ký ngày 18/6/2024"],
        );
        assert_ne!(told["seal"], seal.as_str());
        let steps = told["steps"].as_array().unwrap();
        assert_eq!(steps.last().unwrap()["paper"], "Chủ tịch ký ngày 18/6/2024");
        // Withdrawn: its rows go first into the next list, with where they were.
        refused(&desk, &["withdraw", &list], "lý do");
        let told = handover(&desk, &["withdraw", &list, "--why", "lập lại"]);
        assert_eq!((tally(&told, "left"), tally(&told, "open")), (4, 0));
        refused(&desk, &["reopen", &list, "--why", "x"], "đã kết thúc");
        sound(&desk);
        let told = draw(&desk, &["1", "--unit", "Xã Tà Rụt", "--yes"]);
        assert_eq!(
            (&told["lists"][0]["rows"], &told["lists"][0]["earlier"]),
            (&json!(4), &json!(4))
        );
        let next = drawn(&told);
        let shown = handover(&desk, &["show", &next]);
        assert!(
            shown["lines"][0]["earlier"]
                .as_str()
                .unwrap()
                .starts_with("10001-")
        );
        sound(&desk);
    }
}

/// The canonical bytes are those of the seal.
fn sealed(desk: &Desk, list: &str, seal: &str) {
    let file = desk.path("noi-dung.txt");
    let told = handover(desk, &["seal", list, "--out", file.to_str().unwrap()]);
    let bytes = std::fs::read(&file).unwrap();
    let digest: String = Sha256::digest(&bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(
        (told["seal"].as_str().unwrap(), digest.as_str()),
        (seal, seal)
    );
    let again = desk.treem(&["handover", "seal", list, "--out", file.to_str().unwrap()]);
    assert!(
        again.code == 2 && again.err.contains("tệp đã có"),
        "{}",
        again.err
    );
    std::fs::remove_file(&file).unwrap();
}

#[test]
fn a_list_is_split_and_is_late() {
    for postgres in [false, true] {
        let desk = book(postgres, &rows());
        let told = draw(
            &desk,
            &["--unit", "Xã Tà Rụt", "--hamlet", "thôn 1", "--yes"],
        );
        let list = drawn(&told);
        assert!(
            told["lists"][0]["title"]
                .as_str()
                .unwrap()
                .ends_with("– thôn 1")
        );
        let rows = open(&handover(&desk, &["show", &list]));
        assert_eq!(rows.len(), 5);
        let why = ["--why", "chờ giấy khai sinh"];
        let split = [&["split", &list, "--row", &rows[1], "--row", "4"], &why[..]].concat();
        let told = handover(&desk, &split);
        let parts: Vec<u64> = told["parts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|part| part["open"].as_u64().unwrap())
            .collect();
        assert_eq!((parts, tally(&told["list"], "moved")), (vec![2, 3], 5));
        assert_eq!(told["parts"][0]["part_of"], list.as_str());
        assert_eq!(told["parts"][0]["lines"][0]["earlier"], rows[1].as_str());
        // A row of another list is not one of this.
        let part = told["parts"][0]["list"].as_str().unwrap();
        refused(
            &desk,
            &["review", part, &rows[1], "--same"],
            "thuộc danh sách",
        );
        // Late: by what the unit has said.
        let listed = |more: &[&str]| handover(&desk, &[&["list"], more].concat());
        assert_eq!(listed(&[])["lists"].as_array().unwrap().len(), 2);
        assert_eq!(listed(&["--late"])["lists"], json!([]));
        assert_eq!(listed(&["--ended"])["lists"].as_array().unwrap().len(), 3);
        assert_eq!(listed(&["--holder", "police"])["lists"], json!([]));
        let days = [
            "days",
            "--unit",
            "Xã Tà Rụt",
            "--edition",
            "2024-06-13",
            "--place",
            "drawn",
            "--days",
        ];
        refused(&desk, &[&days[..], &["400"]].concat(), "365");
        let told = handover(&desk, &[&days[..], &["30"]].concat());
        assert!(
            told["days"]
                .as_array()
                .unwrap()
                .iter()
                .any(|one| one["unit_name"] == "Xã Tà Rụt" && one["days"] == 30)
        );
        assert_eq!(listed(&[])["lists"][0]["within"], 30);
        let queues = desk.json(&["today"]);
        let queue = queues["queues"].as_array().unwrap();
        let count =
            |key: &str| queue.iter().find(|one| one["key"] == key).unwrap()["count"].clone();
        assert_eq!(
            (count("lists-officer"), count("lists-late")),
            (json!(2), json!(0))
        );
        // One more child than the list can hold is not a list; children by id are.
        let ids = ids(&desk, 6);
        let told = draw(&desk, &["--child", &ids[5], "--child", &ids[0], "--yes"]);
        assert_eq!(told["left_out"][0]["child"], ids[0].as_str());
        assert_eq!(told["lists"][0]["unit_name"], "Xã A Ngo");
        sound(&desk);
    }
}
