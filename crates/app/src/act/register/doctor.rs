//! `treem doctor`: whether the register is whole: the file, the audit chain, every event, whether the tables agree; and whether it is kept
//! as it should be.
//!
//! In: the register. Out: [`Report`].

mod keeping;

use super::{Desk, Done, wait};
use crate::access::Deed;
pub use keeping::{Keeping, Last};
use treem_store::child::{ACTIVE, WITHDRAWN};
use treem_store::health::Astray;
use treem_store::register::Register;
use treem_store::store::{Engine, shown};
use treem_store::{Error, Store};

/// What was found.
#[derive(serde::Serialize)]
pub struct Report {
    /// Where the register is.
    pub data: String,
    /// `sqlite` or `postgres`.
    pub engine: &'static str,
    /// Keys of the books that were looked at.
    pub register: String,
    /// What was counted.
    #[serde(flatten)]
    pub counts: Counts,
    /// How the register is kept.
    #[serde(flatten)]
    pub keeping: Keeping,
    /// What is wrong, one Vietnamese sentence each, with what to do.
    pub troubles: Vec<String>,
    /// What should be done though nothing is wrong yet.
    pub advice: Vec<String>,
}

/// What was counted, over the books that were looked at.
#[derive(Default, serde::Serialize)]
pub struct Counts {
    /// Children who count.
    pub active: i64,
    /// Records of undone imports.
    pub withdrawn: i64,
    /// Imports.
    pub imports: usize,
    /// Numbers that more than one child has.
    pub disputed: usize,
    /// Links of the audit chain.
    pub links: i64,
    /// Events.
    pub events: i64,
}

/// Looks at everything. All books, if none is chosen.
///
/// # Errors
/// The register cannot be used.
pub fn run(desk: &Desk) -> Done<Report> {
    wait(async {
        desk.must_whole(Deed::Backup)?;
        let store = Store::open(&desk.data).await?;
        let books = books_of(&store, desk.register.as_deref()).await?;
        if books.is_empty() {
            return Err(Error::NoStore(shown(&desk.data).to_owned()).into());
        }
        let mut counts = Counts::default();
        let mut troubles = troubles_of(&store, &books, &mut counts).await?;
        let (keeping, wrong, mut advice) = keeping::look(desk, &store, &books).await?;
        troubles.extend(wrong);
        advice.extend(untold(&store, &books).await?);
        let keys: Vec<&str> = books.iter().map(|book| book.register.as_str()).collect();
        let report = Report {
            data: shown(&desk.data).to_owned(),
            engine: match store.engine() {
                Engine::Sqlite => "sqlite",
                Engine::Postgres => "postgres",
            },
            register: keys.join(", "),
            counts,
            keeping,
            troubles,
            advice,
        };
        store.close().await;
        Ok(report)
    })
}

/// The books of a register, or the one that is chosen.
pub(super) async fn books_of(store: &Store, chosen: Option<&str>) -> Done<Vec<Register>> {
    let mut books = store.read().await?.registers().await?;
    if let Some(key) = chosen {
        books.retain(|book| book.register == key);
        if books.is_empty() {
            return Err(Error::NoRegister(key.to_owned()).into());
        }
    }
    Ok(books)
}

/// Everything that is wrong with the file and with some of its books.
pub(super) async fn troubles_of(
    store: &Store,
    books: &[Register],
    counts: &mut Counts,
) -> Done<Vec<String>> {
    let mut out: Vec<String> = store
        .damage()
        .await?
        .into_iter()
        .map(|line| format!("Tệp sổ bị hỏng: {line}. Hãy khôi phục từ bản sao lưu."))
        .collect();
    for (table, to, rows) in store.unreferred().await? {
        out.push(format!(
            "Bảng {table} có {rows} dòng trỏ tới bảng {to} mà ở đó không có. {MEND}"
        ));
    }
    let mut tx = store.read().await?;
    for book in books {
        let key = book.register.as_str();
        let of = if books.len() > 1 {
            format!("Sổ {key}: ")
        } else {
            String::new()
        };
        let verified = tx.verify(key).await?;
        out.extend(
            verified
                .broken
                .iter()
                .map(|broken| format!("{of}{} {COMPARE}", broken.sentence())),
        );
        for (what, count) in tx.astray(key).await? {
            out.push(format!("{of}{}{}", sentence(what, count), mend(what)));
        }
        for trouble in super::handover::sound::troubles(&mut tx, key).await? {
            out.push(format!("{of}{trouble} {COMPARE}"));
        }
        counts.active += tx.children_in_state(key, ACTIVE).await?;
        counts.withdrawn += tx.children_in_state(key, WITHDRAWN).await?;
        counts.imports += tx.imports(key).await?.len();
        counts.disputed += tx.disputed(key).await?.len();
        counts.links += verified.links;
        counts.events += verified.events;
    }
    Ok(out)
}

/// Numbers of two books of which one does not know; nothing where there is one book.
async fn untold(store: &Store, books: &[Register]) -> Done<Vec<String>> {
    let (mut tx, mut out) = (store.read().await?, Vec::new());
    if tx.registers().await?.len() < 2 {
        return Ok(out);
    }
    for book in books {
        let key = book.register.as_str();
        let count = super::beyond::untold(&mut tx, key).await?.len() as u64;
        if count > 0 {
            out.push(format!(
                "Sổ {key}: {} trẻ có số định danh trùng với trẻ ở sổ khác mà chưa được ghi như vậy. Hãy chạy treem disputes --settle --register {key}.",
                treem_child::texts::grouped(count)
            ));
        }
    }
    Ok(out)
}

/// What to do about a table that does not agree with another.
const MEND: &str = "Hãy khôi phục từ bản sao lưu gần nhất bằng treem restore.";
/// What to do about a chain that was changed.
const COMPARE: &str = "Hãy tìm hiểu ai đã sửa thẳng vào dữ liệu, và so với bản sao lưu gần nhất (treem restore TỆP cho xem trong đó có gì).";

/// What to do about it, after the sentence.
fn mend(what: Astray) -> String {
    match what {
        Astray::Counted | Astray::Sums | Astray::Days => {
            " Hãy chạy treem report recount để đếm lại.".to_owned()
        }
        _ => format!(" {MEND}"),
    }
}

fn sentence(what: Astray, count: i64) -> String {
    let count = treem_child::texts::grouped(count.unsigned_abs());
    match what {
        Astray::Versions => {
            format!("{count} hồ sơ không khớp với lịch sử của mình: thiếu hoặc thừa lần ghi.")
        }
        Astray::Rows => {
            format!("{count} hồ sơ không khớp với lịch sử của mình: nội dung khác lần ghi cuối.")
        }
        Astray::Sensitive => {
            format!("{count} hồ sơ thiếu phần thông tin nhạy cảm, hoặc phần đó khác lần ghi cuối.")
        }
        Astray::Numbers => format!(
            "{count} hồ sơ mang số định danh khác với số đang có hiệu lực trong lịch sử số."
        ),
        Astray::Unclaimed => format!("{count} trẻ mang số định danh chưa được ghi là của ai."),
        Astray::Claims => {
            format!("{count} số định danh được ghi là của một hồ sơ không mang số đó.")
        }
        Astray::Undisputed => format!(
            "{count} số định danh có nhiều trẻ cùng mang nhưng không được ghi là có tranh chấp."
        ),
        Astray::Identified => {
            format!("{count} hồ sơ được tính là đã chuẩn hóa nhưng không có số định danh hợp lệ.")
        }
        Astray::Imports => format!("{count} lần nhập có số dòng khác với số đã ghi."),
        Astray::ImportRows => {
            format!("{count} dòng của các lần nhập trỏ tới hồ sơ không có trong sổ.")
        }
        Astray::Work => format!(
            "{count} phát hiện không khớp với danh sách việc cần làm; hãy báo người bảo trì phần mềm."
        ),
        Astray::Homes => format!(
            "{count} trẻ có thôn trong hồ sơ khác với danh mục thôn của xã; hãy báo người bảo trì phần mềm."
        ),
        Astray::Counted => format!("{count} trẻ được cộng vào số liệu tiến độ khác với hồ sơ."),
        Astray::Sums => format!("{count} con số tiến độ theo tháng khác với số đếm lại."),
        Astray::Days => {
            format!("{count} đơn vị có số liệu từng ngày cộng lại khác với số hiện có.")
        }
        Astray::Events => {
            format!("{count} lần ghi vào hồ sơ thuộc một lần nhập không có trong sổ.")
        }
    }
}
