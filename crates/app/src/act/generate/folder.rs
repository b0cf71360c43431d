//! The folder of a sample: begun under other names, given its names whole.
//!
//! In: what communes gave, in order. Out: `register.xlsx|csv`, `headcounts.csv`, `lists/`, `truth.csv`, `truth-children.csv`,
//! `generate.json`. A folder that holds anything else than a sample is not touched, nor a sample that somebody has worked in.

use super::commune::{CHILDREN_HEAD, Made, TRUTH_HEAD};
use super::register::Records;
use super::{Failed, Format};
use crate::act::csv_line::Line;
use crate::world::plan::Plan;
use crate::world::register::{HEADINGS, SHEET, WIDTHS};
use anyhow::Context as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use treem_files::write::book::{Item, LongSheet};

/// What says that a folder is a sample.
const MANIFEST: &str = "generate.json";
/// The folder in which a sample is begun, inside the one asked for.
const BEGUN: &str = "generate.part";
/// The day on which the districts reported the headcounts, where the letter is of 13/6/2024: ten days before.
const REPORTED_DAYS_BEFORE: i32 = 10;

enum Register {
    Csv(BufWriter<File>),
    Xlsx(Box<LongSheet<BufWriter<File>>>),
}

/// What the scenario `real` adds: which records are too many, who stands in which sector's list.
struct Real {
    register: BufWriter<File>,
    sectors: BufWriter<File>,
}

impl Real {
    fn begin(begun: &Path) -> anyhow::Result<Self> {
        let mut register = create(&begun.join("truth-register.csv"))?;
        register.write_all(super::commune::TRUTH_REGISTER_HEAD.as_bytes())?;
        let mut sectors = create(&begun.join("truth-sectors.csv"))?;
        sectors.write_all(super::commune::TRUTH_SECTORS_HEAD.as_bytes())?;
        Ok(Self { register, sectors })
    }
}

/// A sample in the making.
pub(super) struct Folder {
    out: PathBuf,
    begun: PathBuf,
    register: Option<Register>,
    truth: BufWriter<File>,
    truth_children: BufWriter<File>,
    real: Option<Real>,
    /// Held while the sample is written.
    _lock: Option<File>,
}

fn create(path: &Path) -> anyhow::Result<BufWriter<File>> {
    let file = File::create(path).with_context(|| format!("không ghi được {}", path.display()))?;
    Ok(BufWriter::with_capacity(1 << 18, file))
}

/// Everything a sample has.
const NAMES: [&str; 11] = [
    MANIFEST,
    BEGUN,
    "register.xlsx",
    "register.csv",
    "headcounts.csv",
    "lists",
    "sectors",
    "truth.csv",
    "truth-children.csv",
    "truth-register.csv",
    "truth-sectors.csv",
];

/// What stands in a folder that is not ours to take away: a name that no sample has, a list that somebody has added or changed
/// since the sample was made, or anything where no manifest says that this is a sample.
fn theirs(out: &Path) -> Option<String> {
    let entries: Vec<_> = fs::read_dir(out).ok()?.filter_map(Result::ok).collect();
    for entry in &entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !NAMES.contains(&name.as_str()) {
            return Some(name);
        }
    }
    let manifest = fs::read(out.join(MANIFEST))
        .ok()
        .and_then(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).ok());
    let made = manifest.as_ref().and_then(|manifest| {
        let lists = manifest.get("seed").and(manifest.get("lists")?.as_u64())?;
        let sectors = manifest
            .get("sector_lists")
            .and_then(serde_json::Value::as_u64);
        Some(lists + sectors.unwrap_or(0))
    });
    let Some(made) = made else {
        // A run that was killed leaves what it began and nothing else.
        return entries
            .iter()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .find(|name| name != BEGUN);
    };
    let since = fs::metadata(out.join(MANIFEST))
        .and_then(|meta| meta.modified())
        .ok()?;
    let mut count = 0;
    let mut waiting = vec![out.join("lists"), out.join("sectors")];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder)
            .into_iter()
            .flatten()
            .filter_map(Result::ok)
        {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
                continue;
            }
            count += 1;
            let changed = entry.metadata().and_then(|meta| meta.modified()).ok();
            if changed.is_none_or(|changed| changed > since) || count > made {
                return Some(
                    path.strip_prefix(out)
                        .unwrap_or(&path)
                        .display()
                        .to_string(),
                );
            }
        }
    }
    None
}

impl Folder {
    /// Begins a sample in a folder that is new, empty, or holds an earlier sample which nobody has touched since.
    pub(super) fn begin(out: &Path, format: Format, real: bool) -> Result<Self, Failed> {
        if let Some(theirs) = theirs(out) {
            return Err(Failed::Refused(format!(
                "Thư mục {} đã có tệp khác ({theirs}); hãy chọn thư mục trống, hoặc thư mục mẫu đã tạo trước đó mà chưa ai sửa, bằng --out.",
                out.display()
            )));
        }
        fs::create_dir_all(out)
            .with_context(|| format!("không tạo được thư mục {}", out.display()))?;
        // Locking the folder itself leaves nothing behind. Where a system cannot lock a folder, nobody is kept out.
        let lock = File::open(out).ok();
        if let Some(lock) = &lock
            && matches!(lock.try_lock(), Err(std::fs::TryLockError::WouldBlock))
        {
            return Err(Failed::Refused(format!(
                "Một lệnh tạo mẫu khác đang ghi vào {}; chờ lệnh đó xong, hoặc chọn thư mục khác bằng --out.",
                out.display()
            )));
        }
        Ok(Self::create(out, format, real, lock)?)
    }

    fn create(out: &Path, format: Format, real: bool, lock: Option<File>) -> anyhow::Result<Self> {
        let begun = out.join(BEGUN);
        if begun.is_dir() {
            fs::remove_dir_all(&begun)
                .with_context(|| format!("không xóa được {}", begun.display()))?;
        }
        fs::create_dir_all(begun.join("lists"))
            .with_context(|| format!("không tạo được thư mục {}", begun.display()))?;
        let mut truth = create(&begun.join("truth.csv"))?;
        truth.write_all(TRUTH_HEAD.as_bytes())?;
        let mut truth_children = create(&begun.join("truth-children.csv"))?;
        truth_children.write_all(CHILDREN_HEAD.as_bytes())?;
        let register = match format {
            Format::Csv => {
                let mut file = create(&begun.join("register.csv"))?;
                let mut head = Vec::new();
                let mut line = Line::after(&mut head, b"");
                for heading in HEADINGS {
                    line.text(heading);
                }
                line.end();
                file.write_all(&head)?;
                Register::Csv(file)
            }
            Format::Xlsx => {
                let file = create(&begun.join("register.xlsx"))?;
                let heading = HEADINGS.map(str::to_owned).to_vec();
                Register::Xlsx(Box::new(LongSheet::begin(
                    file,
                    SHEET,
                    &WIDTHS,
                    &[heading],
                )?))
            }
        };
        let real = if real {
            Some(Real::begin(&begun)?)
        } else {
            None
        };
        Ok(Self {
            out: out.to_owned(),
            begun,
            register: Some(register),
            truth,
            truth_children,
            real,
            _lock: lock,
        })
    }

    /// Where everything is written: lists in `lists`, those of other sectors in `sectors`.
    pub(super) fn begun(&self) -> PathBuf {
        self.begun.clone()
    }

    /// Appends what a commune gave.
    pub(super) fn append(&mut self, made: &Made) -> anyhow::Result<()> {
        let naming = || format!("không ghi được {}", self.begun.display());
        match (&mut self.register, &made.records) {
            (Some(Register::Csv(file)), Records::Csv(bytes)) => {
                file.write_all(bytes).with_context(naming)?;
            }
            (Some(Register::Xlsx(sheet)), Records::Cells(rows)) => {
                for row in rows {
                    let items: Vec<Item<'_>> = row
                        .iter()
                        .map(|text| {
                            if text.is_empty() {
                                Item::Empty
                            } else {
                                Item::Text(text)
                            }
                        })
                        .collect();
                    sheet.push(&items).with_context(naming)?;
                }
            }
            _ => {}
        }
        self.truth.write_all(&made.truth).with_context(naming)?;
        if let Some(real) = &mut self.real {
            real.register
                .write_all(&made.truth_register)
                .with_context(naming)?;
            real.sectors
                .write_all(&made.truth_sectors)
                .with_context(naming)?;
        }
        self.truth_children
            .write_all(&made.truth_children)
            .with_context(naming)
    }

    /// `headcounts.csv`: what each commune has counted on paper, as its district passed it on.
    pub(super) fn headcounts(&self, plan: &Plan) -> anyhow::Result<()> {
        let reported = plan
            .as_of
            .saturating_sub(jiff::Span::new().days(REPORTED_DAYS_BEFORE));
        let mut buffer = b"unit,unit_name,district,district_name,province,edition,date,headcount,source,signed_by\n".to_vec();
        for commune in &plan.communes {
            let mut line = Line::after(&mut buffer, b"");
            line.bare(commune.unit.code)
                .text(commune.unit.name)
                .bare(commune.district.code)
                .text(commune.district.name)
                .text(commune.province.name);
            line.bare(plan.edition.from)
                .bare(&reported.to_string())
                .number(u64::from(commune.headcount));
            line.text(&format!("Báo cáo của UBND {}", commune.district.name))
                .text(&format!("Phòng LĐTBXH {}", commune.district.name));
            line.end();
        }
        let mut file = create(&self.begun.join("headcounts.csv"))?;
        file.write_all(&buffer)?;
        file.flush().context("không ghi được headcounts.csv")
    }

    /// Gives everything its name; the manifest last.
    pub(super) fn finish(mut self, manifest: &str) -> anyhow::Result<()> {
        match self.register.take() {
            Some(Register::Csv(mut file)) => file.flush()?,
            Some(Register::Xlsx(sheet)) => sheet.finish()?.flush()?,
            None => {}
        }
        self.truth.flush()?;
        self.truth_children.flush()?;
        if let Some(real) = &mut self.real {
            real.register.flush()?;
            real.sectors.flush()?;
        }
        fs::write(self.begun.join(MANIFEST), manifest)?;
        for old in [
            "register.xlsx",
            "register.csv",
            "truth.csv",
            "truth-children.csv",
            "truth-register.csv",
            "truth-sectors.csv",
            "headcounts.csv",
            MANIFEST,
        ] {
            let old = self.out.join(old);
            if old.is_file() {
                fs::remove_file(&old)
                    .with_context(|| format!("không thay được {}", old.display()))?;
            }
        }
        for lists in ["lists", "sectors"] {
            let lists = self.out.join(lists);
            if lists.is_dir() {
                fs::remove_dir_all(&lists)
                    .with_context(|| format!("không thay được {}", lists.display()))?;
            }
        }
        for entry in fs::read_dir(&self.begun)? {
            let entry = entry?;
            if entry.file_name() != MANIFEST {
                fs::rename(entry.path(), self.out.join(entry.file_name()))?;
            }
        }
        fs::rename(self.begun.join(MANIFEST), self.out.join(MANIFEST))?;
        fs::remove_dir_all(&self.begun)
            .with_context(|| format!("không xóa được {}", self.begun.display()))
    }

    /// Takes away what was begun.
    pub(super) fn abandon(self) {
        let begun = self.begun.clone();
        drop(self);
        let _ = fs::remove_dir_all(begun);
    }
}
