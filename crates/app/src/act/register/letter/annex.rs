//! A children's list as an annex to a document: DOCX or PDF, for whom it may be exported to, and written down.
//!
//! In: a list ([`list::Asked`]). Out: a [`Document`] with a line a child. Identity numbers are whole only where the person may see them whole;
//! ethnic groups and circumstances are not in it.

use super::super::list::{self, Listed};
use super::super::proposal::title;
use super::super::texts::masked;
use super::super::{Desk, Done, Failed, begin, wait};
use crate::access::Deed;
use crate::act::access::look::Seen;
use crate::act::check::{Progress, Stop};
use crate::shown;
use treem_papers::annex::Annex;
use treem_papers::document::Document;

/// An annex and how many children it names.
pub struct Made {
    /// The document.
    pub document: Document,
    /// Children on it.
    pub children: usize,
}

/// Makes the annex; the export is in the chain and among the looks before anybody has it.
///
/// # Errors
/// [`Failed::Refused`]: nobody on the list, more than one document holds; [`Failed::Denied`].
pub fn run(
    desk: &mut Desk,
    asked: &list::Asked,
    heading: &str,
    watch: (&dyn Progress, &Stop),
) -> Done<Made> {
    desk.must_somewhere(Deed::Export)?;
    let list = list::run(desk, asked, watch)?;
    let (cut, whole) = (desk.area(Deed::Export), desk.area(Deed::SeeNumber));
    let place = |one: &Listed| {
        let now = &one.child.now;
        (now.edition.clone(), now.unit.clone())
    };
    let rows: Vec<Vec<String>> = (1..)
        .zip(list.listed.iter().filter(|one| {
            let (edition, unit) = place(one);
            cut.holds(&edition, unit.as_deref())
        }))
        .map(|(nth, one)| {
            let (edition, unit) = place(one);
            row(nth, one, &list, whole.holds(&edition, unit.as_deref()))
        })
        .collect();
    if rows.is_empty() {
        return Err(Failed::Refused(
            "danh sách này không có trẻ nào trong địa bàn được xuất.".to_owned(),
        ));
    }
    let children = rows.len();
    let columns = [
        ("TT", 0.9_f32),
        ("Họ và tên", 3.4),
        ("Ngày sinh", 1.9),
        ("Giới tính", 1.1),
        ("Số định danh", 2.3),
        ("Cha, mẹ, người nuôi dưỡng", 4.0),
        ("Nơi ở", 3.2),
        ("Lý do", 4.2),
    ];
    let annex = Annex {
        across: true,
        number: "Phụ lục".to_owned(),
        title: heading.to_owned(),
        with: format!(
            "(Kèm theo Công văn số{0}ngày{0}tháng{0}năm{0})",
            treem_papers::parts::blank(6)
        ),
        columns: columns
            .map(|(name, share)| (name.to_owned(), share))
            .to_vec(),
        rows,
        counted: "trẻ em".to_owned(),
        foot: format!(
            "Số liệu tính đến {} · tài liệu có thông tin riêng tư của trẻ em, không đưa lên mạng, không chuyển cho người không có trách nhiệm",
            shown::day(&list.as_of)
        ),
        ..Annex::default()
    };
    let document = annex.document()?;
    wait(async {
        let open = desk.open().await?;
        let book = open.book.register.clone();
        let act = begin(&open.store, desk.doing(&book, "export", "")).await?;
        let detail = serde_json::json!({"annex": list.what, "children": children});
        act.finish(&book, &detail.to_string()).await?;
        let seen = Seen::Children(children as u64);
        desk.looks(&open, (Deed::Export, "annex"), seen).await?;
        open.leave().await;
        Ok(Made { document, children })
    })
}

fn row(nth: usize, one: &Listed, list: &list::List, whole: bool) -> Vec<String> {
    let record: serde_json::Value = serde_json::from_str(&one.child.now.record).unwrap_or_default();
    let text = |name: &str| {
        record
            .get(name)
            .and_then(serde_json::Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let join = |parts: [String; 3], by: &str| {
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(by)
    };
    let number = text("number");
    let number = if whole { number } else { masked(&number) };
    let why: Vec<String> = one
        .findings
        .iter()
        .map(|found| title(&list.rules, &found.rule))
        .collect();
    vec![
        nth.to_string(),
        text("name"),
        shown::birth(&one.child.now.birth),
        text("sex"),
        number,
        join([text("father"), text("mother"), text("guardian")], "; "),
        join([text("hamlet"), text("unit_name"), String::new()], ", "),
        why.join("; "),
    ]
}
