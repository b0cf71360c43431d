//! The steps of an intake, on a register of their own.

use super::receive::About;
use super::*;
use crate::access::{Area, Grant, Grants, Role};
use crate::act::check::{Silent, Stop};
use crate::act::register::init;
use crate::limits;
use treem_child::normalise::unit;
use treem_store::id::Ids;

const HEADS: &str =
    "Họ và tên,Ngày sinh,Giới tính,Dân tộc,Số định danh cá nhân,Họ tên cha,Họ tên mẹ,Thôn,Xã,Huyện";

fn desk(folder: &tempfile::TempDir, who: &str) -> Desk {
    Desk {
        data: folder.path().join("so.db").to_str().unwrap().to_owned(),
        store: None,
        register: None,
        who: who.to_owned(),
        role: "cán bộ xã".to_owned(),
        office: "UBND xã Tà Rụt".to_owned(),
        grants: None,
        refused: crate::act::register::Refused::default(),
        log: std::sync::Arc::default(),
        request: None,
        now: "2024-06-13T01:00:00.000000Z".to_owned(),
        ids: Ids::new(1_718_240_400_000, 7),
    }
}

fn about() -> About {
    About {
        as_of: "2024-06-13".to_owned(),
        edition: "2024-06-13".to_owned(),
        unit: None,
    }
}

fn send(desk: &mut Desk, files: &[(&str, &str)]) -> Done<Intake> {
    let mut receiving = receive::begin(desk)?;
    for (name, text) in files {
        receiving.file(name)?;
        receiving.piece(text.as_bytes())?;
    }
    receiving.finish(desk, about())
}

fn refused<T>(done: Done<T>, words: &str) {
    match done {
        Err(Failed::Refused(sentence)) => assert!(sentence.contains(words), "{sentence}"),
        Err(Failed::Broken(error)) => panic!("{error}"),
        Err(Failed::Denied(sentence)) => panic!("denied: {sentence}"),
        Ok(_) => panic!("not refused: {words}"),
    }
}

fn register() -> (tempfile::TempDir, Desk) {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(&folder, "Hồ Thị Bích");
    let edition = unit::edition("2024-06-13");
    let Ok(_) = init::run(&mut desk, edition, edition.by_code("45").unwrap(), None) else {
        panic!("no register");
    };
    (folder, desk)
}

fn line(name: &str, birth: &str, number: &str, commune: &str) -> String {
    format!(
        "{name},{birth},Nữ,Kinh,{number},Hồ Văn Núi,Hồ Thị Suối,Thôn 1,{commune},Huyện Đakrông\n"
    )
}

fn ok<T>(done: Done<T>) -> T {
    match done {
        Ok(done) => done,
        Err(Failed::Refused(sentence) | Failed::Denied(sentence)) => panic!("{sentence}"),
        Err(Failed::Broken(error)) => panic!("{error}"),
    }
}

#[test]
fn from_files_to_the_book_in_steps() {
    let (_folder, mut desk) = register();
    let stop = Stop::default();
    let around: (&dyn crate::act::check::Progress, &Stop) = (&Silent, &stop);
    let list = [
        format!("{HEADS}\n"),
        line("HỒ THỊ MƠ", "12/03/2015", "045315000012", "Xã Tà Rụt"),
        line("Hồ Thị Lá", "01/02/2016", "045316000033", "Xã Tà Rụt"),
        line("Hồ Thị Xa", "01/02/2017", "045317000033", "Xã A Ngo"),
        line("Hồ Thị Không", "01/02/2018", "045318000033", ""),
    ]
    .concat();
    let mut intake = ok(send(&mut desk, &[("../../../<b>ds</b>.csv", &list)]));
    // What the name says stays for people; the file lies in its folder.
    assert_eq!(intake.files[0].name, "b>.csv");
    assert!(
        intake
            .folder(&desk)
            .join(folder::FILES)
            .join(&intake.files[0].kept)
            .is_file()
    );
    assert!(ok(steps::read(&desk, &mut intake, around)));
    let seen = ok(steps::seen(&desk, &intake));
    assert_eq!(
        (
            seen.children,
            seen.files[0].children,
            seen.files[0].name.as_str()
        ),
        (4, 4, "b>.csv")
    );
    let table = seen.shapes()[0];
    let name = &table.columns[0];
    assert_eq!((name.letters.as_str(), name.field.as_str()), ("A", "name"));
    assert_eq!(name.samples[0], "HỒ THỊ MƠ");
    let repairs = ok(repairs::page(&desk, &intake, 1));
    assert!(
        repairs
            .iter()
            .any(|one| (one.before.as_str(), one.after.as_str()) == ("HỒ THỊ MƠ", "Hồ Thị Mơ")),
        "{repairs:?}"
    );
    assert_eq!(repairs.len() as u64, seen.repairs);
    assert!(ok(repairs::page(&desk, &intake, 2)).is_empty());

    // An officer of Tà Rụt brings in Tà Rụt alone; trying it out writes nothing.
    let here = Area::of("2024-06-13", "19588").unwrap();
    let officer = Grant {
        role: Role::Officer,
        area: here,
    };
    desk.grants = Some(Grants::new("p-1", vec![officer]));
    let tried = ok(steps::preview(&mut desk, &mut intake, around)).unwrap();
    assert_eq!(
        (tried.new, tried.rows, tried.outside, tried.dry),
        (2, 2, 2, true)
    );
    assert!(
        tried.import.is_empty()
            && tried
                .remarks
                .iter()
                .any(|one| one.contains("ngoài địa bàn"))
    );
    let imports = ok(crate::act::register::undo::list(&desk));
    assert!(imports.is_empty());
    let done = ok(steps::import(&mut desk, &mut intake, around)).unwrap();
    assert_eq!(
        (done.new, done.rows, done.outside, done.dry),
        (2, 2, 2, false)
    );
    let imports = ok(crate::act::register::undo::list(&desk));
    assert_eq!((imports.len(), imports[0].rows), (1, 2));
    let again = ok(load(&desk, &intake.id));
    assert_eq!(again.imported.unwrap().import, imports[0].import);
    refused(steps::import(&mut desk, &mut intake, around), "rồi");
    refused(columns::set(&desk, &mut intake, &[]), "nhập xong");
}

#[test]
fn what_is_said_of_columns_is_remembered_for_the_office() {
    let (folder, mut desk) = register();
    let stop = Stop::default();
    let around: (&dyn crate::act::check::Progress, &Stop) = (&Silent, &stop);
    let list = format!(
        "{HEADS},Cột lạ\n{}",
        line("Hồ Thị Lá", "01/02/2016", "", "Xã Tà Rụt").replace('\n', ",0912345678\n")
    );
    let mut intake = ok(send(&mut desk, &[("ds.csv", &list)]));
    assert!(ok(steps::read(&desk, &mut intake, around)));
    let seen = ok(steps::seen(&desk, &intake));
    let shape = seen.shapes()[0].saved.shape.clone();
    let said = |letters: &str, field: &str| columns::Said {
        shape: shape.clone(),
        letters: letters.to_owned(),
        field: field.to_owned(),
    };
    refused(
        columns::set(&desk, &mut intake, &[said("K", "name")]),
        "cùng được chọn",
    );
    refused(
        columns::set(&desk, &mut intake, &[said("K", "không có")]),
        "không có trường",
    );
    assert!(ok(columns::set(
        &desk,
        &mut intake,
        &[said("K", "mother.phone")]
    )));
    assert!(!intake.is_read);
    assert!(ok(steps::read(&desk, &mut intake, around)));
    assert!(
        !ok(columns::set(
            &desk,
            &mut intake,
            &[said("K", "mother.phone")]
        )),
        "nothing new"
    );
    let field = |desk: &Desk, intake: &Intake| {
        let seen = ok(steps::seen(desk, intake));
        seen.shapes()[0].columns[10].field.clone()
    };
    assert_eq!(field(&desk, &intake), "mother.phone");
    // A colleague of the same office does not have to say it again; another office does.
    for (office, expected) in [
        ("UBND xã Tà Rụt", "mother.phone"),
        ("UBND xã A Ngo", "phone"),
    ] {
        let mut other = super::tests::desk(&folder, "Hồ Văn Lâm");
        office.clone_into(&mut other.office);
        other.ids = Ids::new(1_718_240_400_000, if expected == "phone" { 8 } else { 9 });
        let mut next = ok(send(&mut other, &[("sau.csv", &list)]));
        assert!(ok(steps::read(&other, &mut next, around)));
        assert_eq!(field(&other, &next), expected, "{office}");
    }
}

#[test]
fn nobody_sees_what_another_sent_and_nothing_stays_for_ever() {
    let (folder, mut desk) = register();
    let intake = ok(send(&mut desk, &[("ds.csv", "x")]));
    let other = super::tests::desk(&folder, "Hồ Văn Lâm");
    refused(load(&other, &intake.id), "không có lượt nhập này");
    refused(load(&desk, "../so.db"), "không có lượt nhập này");
    assert_eq!((mine(&desk).len(), mine(&other).len()), (1, 0));
    // A day later it is gone, and so is what was broken off.
    let begun = ok(receive::begin(&mut desk));
    std::mem::forget(begun);
    "2024-06-14T02:00:01.000000Z".clone_into(&mut desk.now);
    refused(load(&desk, &intake.id), "24 giờ");
    desk.ids = Ids::new(1_718_330_400_000, 11);
    let fresh = ok(send(&mut desk, &[("ds.csv", "y")]));
    let left = std::fs::read_dir(folder::home(&desk)).unwrap().count();
    assert_eq!((left, mine(&desk).len()), (1, 1));
    ok(discard(&desk, &fresh.id));
    assert_eq!(std::fs::read_dir(folder::home(&desk)).unwrap().count(), 0);
}

#[test]
fn there_is_a_limit_to_everything() {
    let (_folder, mut desk) = register();
    let many: Vec<String> = (0..=limits::INTAKE_FILES)
        .map(|n| format!("{n}.csv"))
        .collect();
    let files: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), "x")).collect();
    refused(send(&mut desk, &files), "quá nhiều tệp");
    refused(send(&mut desk, &[("ds.csv", "")]), "chưa chọn tệp nào");
    refused(send(&mut desk, &[]), "chưa chọn tệp nào");
    let mut receiving = ok(receive::begin(&mut desk));
    ok(receiving.file("to.csv"));
    let piece = vec![b'x'; 60 << 20];
    ok(receiving.piece(&piece));
    refused(receiving.piece(&piece), "quá lớn");
    drop(receiving);
    assert_eq!(
        std::fs::read_dir(folder::home(&desk)).unwrap().count(),
        0,
        "nothing is left of what was refused"
    );
    for _ in 0..limits::INTAKES_OF_ONE {
        ok(send(&mut desk, &[("ds.csv", "x")]));
    }
    refused(send(&mut desk, &[("ds.csv", "x")]), "chưa xong");
}
