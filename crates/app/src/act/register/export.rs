//! `treem export`: the book as it is, or was, as csv: children and findings in a fixed order, without versions. Two equal books give
//! equal bytes.
//!
//! In: a folder, perhaps a moment. Out: `children.csv`, `findings.csv`, `rows.csv`: what became of every row; [`Exported`]. Children withdrawn with an undone import are not in
//! the book. Sensitive fields are left out unless they are asked for, and then that is written into the audit chain.

use super::import::same::Said;
use super::kept;
use super::record::SENSITIVE;
use super::{Desk, Done, Failed, begin, wait};
use crate::access::{Cut, Deed};
use crate::act::access::look::Seen;
use crate::act::csv_line::Line;
use anyhow::Context as _;
use rustc_hash::FxHashSet;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use treem_store::Tx;
use treem_store::child::{Child, Finding, State, WITHDRAWN};
use treem_store::import::{APPLIED, Row};

/// What was written.
#[derive(Default, serde::Serialize)]
pub struct Exported {
    /// Where.
    pub out: String,
    /// Children.
    pub children: u64,
    /// Their findings; none are kept of the past.
    pub findings: Option<u64>,
    /// Rows of imports that hold; of the past they are left out.
    pub rows: Option<u64>,
}

/// Columns that stand before the fields.
const HEAD: &str = "child,state,name_key,leaves_on,identified,complete";

/// Writes the book into a folder.
///
/// # Errors
/// [`Failed::Refused`]: the folder holds such files already; the register cannot be used.
pub fn run(desk: &mut Desk, out: &Path, moment: Option<&str>, sensitive: bool) -> Done<Exported> {
    for name in ["children.csv", "findings.csv", "rows.csv"] {
        if out.join(name).exists() {
            return Err(Failed::Refused(format!(
                "trong {} đã có {name}; hãy chọn thư mục khác.",
                out.display()
            )));
        }
    }
    std::fs::create_dir_all(out)
        .with_context(|| format!("không tạo được thư mục {}", out.display()))?;
    wait(async {
        desk.must_somewhere(Deed::Export)?;
        if sensitive {
            desk.must_somewhere(Deed::SeeSensitive)?;
        }
        let open = desk.open().await?;
        let book = open.book.register.clone();
        if sensitive {
            let act = begin(&open.store, desk.doing(&book, "export", "")).await?;
            act.finish(&book, "{\"sensitive\":true}").await?;
        }
        let mut tx = open.store.read().await?;
        let cut = desk.area(Deed::Export);
        let told = match moment {
            None => now(&mut tx, &book, out, (sensitive, &cut)).await?,
            Some(moment) => then(&mut tx, &book, out, moment, (sensitive, &cut)).await?,
        };
        drop(tx);
        desk.looks(&open, (Deed::Export, "book"), Seen::Children(told.children))
            .await?;
        open.close().await;
        Ok(told)
    })
}

fn fields(sensitive: bool) -> Vec<&'static str> {
    let mut fields = kept::columns();
    fields.retain(|head| sensitive || !SENSITIVE.contains(head));
    fields.sort_by_key(|head| !matches!(*head, "name" | "birth" | "sex" | "number"));
    fields
}

const FULL: &str = "không ghi được tệp xuất";

/// Writes `children.csv`.
struct Children {
    out: BufWriter<File>,
    fields: Vec<&'static str>,
    buffer: Vec<u8>,
    count: u64,
}

impl Children {
    fn new(folder: &Path, sensitive: bool) -> Done<Self> {
        let file = File::create(folder.join("children.csv")).context(FULL)?;
        let mut out = BufWriter::with_capacity(1 << 18, file);
        let fields = fields(sensitive);
        writeln!(out, "{HEAD},{}", fields.join(",")).context(FULL)?;
        Ok(Self {
            out,
            fields,
            buffer: Vec::new(),
            count: 0,
        })
    }

    fn write(&mut self, id: &str, state: &State) -> Done<()> {
        let said = Said::of(state);
        let yes = |truth: bool| if truth { "yes" } else { "no" };
        self.buffer.clear();
        let mut line = Line::after(&mut self.buffer, b"");
        line.bare(id)
            .bare(&state.state)
            .text(&state.name_key)
            .bare(&state.leaves_on)
            .bare(yes(state.identified))
            .bare(yes(state.complete));
        for field in &self.fields {
            line.text(said.get(field));
        }
        line.end();
        self.out.write_all(&self.buffer).context(FULL)?;
        self.count += 1;
        Ok(())
    }
}

async fn now(
    tx: &mut Tx,
    book: &str,
    out: &Path,
    (sensitive, cut): (bool, &Cut),
) -> Done<Exported> {
    let mut children = Children::new(out, sensitive)?;
    let file = File::create(out.join("findings.csv")).context(FULL)?;
    let mut findings = BufWriter::with_capacity(1 << 18, file);
    findings
        .write_all(b"child,rule,field,group,severity,raw,suggestion,safe\n")
        .context(FULL)?;
    let (mut count, mut last) = (0_u64, String::new());
    let mut inside = FxHashSet::default();
    let mut buffer = Vec::new();
    loop {
        let page = tx.children_after(book, &last).await?;
        let Some(end) = page.last() else { break };
        let of = tx.findings_between(book, (&last, &end.id)).await?;
        last.clone_from(&end.id);
        let mut of = of.into_iter().peekable();
        for child in page {
            let there = child.now.state != WITHDRAWN
                && cut.holds(&child.now.edition, child.now.unit.as_deref());
            if there {
                if !cut.is_whole() {
                    inside.insert(child.id.clone());
                }
                children.write(&child.id, &child.now)?;
            }
            let mut own: Vec<Finding> = Vec::new();
            while let Some((_, finding)) = of.next_if(|(id, _)| *id == child.id) {
                if there {
                    own.push(finding);
                }
            }
            own.sort_by(|one, other| (&one.rule, &one.field).cmp(&(&other.rule, &other.field)));
            for finding in own {
                buffer.clear();
                let mut line = Line::after(&mut buffer, b"");
                line.bare(&child.id)
                    .bare(&finding.rule)
                    .bare(&finding.field);
                match finding.list {
                    Some(list) => line.number(list.unsigned_abs()),
                    None => line.bare(""),
                };
                line.bare(&finding.severity)
                    .text(&finding.raw)
                    .text(&finding.suggestion)
                    .bare(match (finding.suggestion.is_empty(), finding.safe) {
                        (true, _) => "",
                        (false, true) => "yes",
                        (false, false) => "no",
                    });
                line.end();
                findings.write_all(&buffer).context(FULL)?;
                count += 1;
            }
        }
    }
    children.out.flush().context(FULL)?;
    findings.flush().context(FULL)?;
    Ok(Exported {
        out: out.display().to_string(),
        children: children.count,
        findings: Some(count),
        rows: Some(rows(tx, book, out, (!cut.is_whole()).then_some(&inside)).await?),
    })
}

/// What became of every row of the imports that hold.
async fn rows(
    tx: &mut Tx,
    book: &str,
    out: &Path,
    inside: Option<&FxHashSet<String>>,
) -> Done<u64> {
    let file = File::create(out.join("rows.csv")).context(FULL)?;
    let mut rows = BufWriter::with_capacity(1 << 18, file);
    rows.write_all(b"import,nth,file,sheet,row,decision,child\n")
        .context(FULL)?;
    let mut buffer = Vec::new();
    let mut count = 0;
    for import in tx.imports(book).await? {
        if import.state != APPLIED {
            continue;
        }
        let mut last = 0;
        loop {
            let page = tx.import_rows(book, &import.id, last).await?;
            let Some(end) = page.last() else { break };
            last = end.nth;
            let of_area = |row: &&Row| {
                inside.is_none_or(|inside| row.child.as_ref().is_some_and(|id| inside.contains(id)))
            };
            for row in page.iter().filter(of_area) {
                buffer.clear();
                let mut line = Line::after(&mut buffer, b"");
                line.bare(&import.id)
                    .number(row.nth.unsigned_abs())
                    .text(&row.file)
                    .text(&row.sheet)
                    .number(row.row.unsigned_abs())
                    .bare(&row.decision)
                    .bare(row.child.as_deref().unwrap_or(""));
                line.end();
                rows.write_all(&buffer).context(FULL)?;
                count += 1;
            }
        }
    }
    rows.flush().context(FULL)?;
    Ok(count)
}

async fn then(
    tx: &mut Tx,
    book: &str,
    out: &Path,
    moment: &str,
    (sensitive, cut): (bool, &Cut),
) -> Done<Exported> {
    let mut children = Children::new(out, sensitive)?;
    let mut last = String::new();
    loop {
        let page = tx.children_at_after(book, moment, &last).await?;
        let Some(end) = page.last() else { break };
        last.clone_from(&end.id);
        let inside = |child: &&Child| {
            child.now.state != WITHDRAWN && cut.holds(&child.now.edition, child.now.unit.as_deref())
        };
        for child in page.iter().filter(inside) {
            children.write(&child.id, &child.now)?;
        }
    }
    children.out.flush().context(FULL)?;
    Ok(Exported {
        out: out.display().to_string(),
        children: children.count,
        findings: None,
        rows: None,
    })
}
