//! `treem letter`: arguments, and what is said.
//!
//! In: arguments. Out: a file, and what the writer should know; or the templates.

mod said;

use super::area::{self, AreaArgs, Place};
use super::list::what;
use super::{Around, At, DONE, finish, moment, refuse};
use crate::act::check::{Silent, Stop};
use crate::act::coverage::read_printed;
use crate::act::register::letter::paper::{self, Kind as Ending};
use crate::act::register::letter::template;
use crate::act::register::letter::{Asked, From, Kind, Made, annex, make};
use crate::act::register::list;
use crate::act::register::{Done, Failed, coverage};
use clap::{Args, Subcommand};
use said::{check_said, listed, loaded, said};
use std::path::{Path, PathBuf};

/// `treem letter`.
#[derive(Args)]
pub struct LetterArgs {
    #[command(subcommand)]
    what: LetterWhat,
}

#[derive(Subcommand)]
enum LetterWhat {
    /// Soạn công văn đôn đốc hoặc bảng việc của từng xã từ số liệu của sổ.
    Write(Box<WriteArgs>),
    /// Mẫu văn bản và cơ quan của tỉnh: xem, lấy ra, sửa, nạp lại.
    Template(TemplateArgs),
    /// Phụ lục danh sách trẻ em (có tên): DOCX hoặc PDF.
    Annex(AnnexArgs),
}

#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem letter write --as-of 2024-06-13 --out cong-van.docx\n  treem letter write --as-of 2024-06-13 --unit \"Huyện Hướng Hóa\" --out huong-hoa.docx\n  treem letter write --kind commune --out bang-viec.docx\n  treem letter write --edition 2025-07-01 --template mau-rieng.txt --out cong-van.docx\n\nSố và ngày để trống cho văn thư. Tệp .xlsx chỉ có các bảng."
)]
struct WriteArgs {
    #[command(flatten)]
    at: At,
    /// Ngày tính số liệu; không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Danh mục đơn vị và cơ quan của ngày này; không ghi thì lấy ngày tính số liệu.
    #[arg(long, value_name = "DATE")]
    edition: Option<String>,
    /// Địa bàn (mã hoặc tên); không ghi thì cả tỉnh.
    #[arg(long, value_name = "CODE|NAME")]
    unit: Option<String>,
    /// letter: công văn đôn đốc; commune: bảng việc, mỗi xã một bản.
    #[arg(long, value_name = "KIND", value_parser = ["letter", "commune"], default_value = "letter")]
    kind: String,
    /// Mẫu: tên một mẫu trong sổ, hoặc một tệp văn bản.
    #[arg(long, value_name = "NAME|FILE")]
    template: Option<String>,
    /// Bảng đã in, để nói chỗ không khớp với sổ.
    #[arg(long, value_name = "FILE")]
    printed: Option<PathBuf>,
    /// Sổ như vào thời điểm này (UTC).
    #[arg(long, value_name = "TIME")]
    register_as_of: Option<String>,
    /// Tệp ghi ra: .docx, .pdf hoặc .xlsx. Không ghi thì chỉ xem.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Args)]
struct TemplateArgs {
    #[command(subcommand)]
    what: TemplateWhat,
}

#[derive(Subcommand)]
enum TemplateWhat {
    /// Các mẫu đang dùng, và các ô có thể đặt trong mẫu.
    #[command(after_help = "Ví dụ:\n  treem letter template list")]
    List {
        #[command(flatten)]
        at: At,
    },
    /// Ghi một mẫu ra tệp để sửa.
    #[command(
        after_help = "Ví dụ:\n  treem letter template out letter --out cong-van.txt\n  treem letter template out offices --out co-quan.toml"
    )]
    Out {
        /// Tên mẫu: letter, commune, offices, hoặc tên riêng.
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        at: At,
        /// Tệp; không ghi thì in ra màn hình.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Kiểm tra một tệp mẫu: chỗ sai ở dòng nào, ý là gì. Không cần sổ.
    #[command(after_help = "Ví dụ:\n  treem letter template check cong-van.txt")]
    Check {
        /// Tệp mẫu.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// letter, commune hoặc offices.
        #[arg(long, value_name = "KIND", default_value = "letter")]
        kind: String,
        /// In một đối tượng JSON.
        #[arg(long)]
        json: bool,
    },
    /// Nạp một mẫu vào sổ; mẫu có chỗ sai không được nạp.
    #[command(
        after_help = "Ví dụ:\n  treem letter template load cong-van.txt\n  treem letter template load co-quan.toml --kind offices\n  treem letter template load nhac-lan-hai.txt --name \"nhắc lần hai\"\n\nTệp trống: bỏ mẫu của tỉnh, dùng lại mẫu có sẵn."
    )]
    Load {
        /// Tệp mẫu.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        at: At,
        /// letter, commune hoặc offices.
        #[arg(long, value_name = "KIND", default_value = "letter")]
        kind: String,
        /// Tên mẫu; không ghi thì thay mẫu thường dùng của loại ấy.
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
    },
}

#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem letter annex unidentified --unit \"Xã Tà Rụt\" --out phu-luc.docx\n\nTệp có tên trẻ em: việc xuất được ghi vào nhật ký."
)]
struct AnnexArgs {
    /// Số nhóm (1–5), mã quy tắc, unidentified hoặc incomplete.
    #[arg(value_name = "GROUP|RULE")]
    what: String,
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    area: AreaArgs,
    /// Tên phụ lục.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "Danh sách trẻ em cần rà soát, làm sạch dữ liệu"
    )]
    title: String,
    /// Tệp ghi ra: .docx hoặc .pdf.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Runs `treem letter`.
pub fn run(args: &LetterArgs, around: &Around) -> anyhow::Result<u8> {
    match &args.what {
        LetterWhat::Write(args) => write(args, around),
        LetterWhat::Template(args) => templates(&args.what, around),
        LetterWhat::Annex(args) => annexed(args, around),
    }
}

/// A text file of bounded size, for a template.
fn text_of(path: &Path) -> Result<String, String> {
    let named = |sentence: &str| format!("{}: {sentence}", path.display());
    let size = std::fs::metadata(path).map(|data| data.len());
    if size.is_ok_and(|size| size > 1 << 20) {
        return Err(named("tệp quá lớn, không phải mẫu văn bản."));
    }
    let bytes = std::fs::read(path).map_err(|_| named("không đọc được tệp này."))?;
    String::from_utf8(bytes)
        .map_err(|_| named("tệp phải là văn bản Unicode (UTF-8); hãy lưu lại theo UTF-8."))
}

fn asked(args: &WriteArgs, around: &Around) -> Result<(Asked, Option<Ending>), String> {
    let (unit, edition) = (args.unit.as_deref(), args.edition.as_deref());
    let Place {
        on,
        edition,
        unit,
        as_of: day,
    } = area::place((unit, args.as_of.as_deref(), edition), around)?;
    let template = match &args.template {
        None => From::Usual,
        Some(name) if Path::new(name).is_file() => From::Text(text_of(Path::new(name))?),
        Some(name) => From::Named(name.clone()),
    };
    let ending = match &args.out {
        None => None,
        Some(path) => Some(ending(path)?),
    };
    let asked = Asked {
        kind: Kind::from_code(&args.kind).unwrap_or(Kind::Letter),
        day,
        edition,
        offices_on: on.to_string(),
        unit,
        moment: args.register_as_of.as_deref().map(moment).transpose()?,
        template,
    };
    Ok((asked, ending))
}

fn ending(path: &Path) -> Result<Ending, String> {
    Ending::of(&path.to_string_lossy())
        .ok_or_else(|| format!("{}: tệp phải là .docx, .pdf hoặc .xlsx.", path.display()))
}

fn write(args: &WriteArgs, around: &Around) -> anyhow::Result<u8> {
    let (asked, ending) = match asked(args, around) {
        Ok(asked) => asked,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let desk = args.at.desk(around);
    let made = (|| -> Done<Made> {
        let printed = read_printed(args.printed.as_deref()).map_err(Failed::Refused)?;
        let mut made = make(&desk, &asked)?;
        if let Some(printed) = &printed {
            let day = asked.day.to_string();
            let at = (day.as_str(), asked.moment.as_deref());
            made.printed = Some(coverage::against(&desk, asked.edition, at, Some(printed))?);
        }
        if let (Some(path), Some(ending)) = (&args.out, ending) {
            paper::put(path, &paper::bytes(&made.written, ending, &desk.now)?)?;
        }
        Ok(made)
    })();
    finish(
        made,
        args.at.json,
        |made| said(made, args.out.as_deref()),
        |_| DONE,
    )
}

fn templates(what: &TemplateWhat, around: &Around) -> anyhow::Result<u8> {
    match what {
        TemplateWhat::List { at } => {
            finish(template::list(&at.desk(around)), at.json, listed, |_| DONE)
        }
        TemplateWhat::Out { name, at, out } => {
            let done = template::text(&at.desk(around), name).and_then(|(kind, text)| {
                if let Some(path) = out {
                    paper::put(path, text.as_bytes())?;
                }
                Ok(Text {
                    name: name.clone(),
                    kind,
                    text,
                })
            });
            let to = out.as_deref();
            finish(
                done,
                at.json,
                |one| match to {
                    Some(path) => format!("Đã ghi {}.\n", path.display()),
                    None => one.text.clone(),
                },
                |_| DONE,
            )
        }
        TemplateWhat::Check { file, kind, json } => {
            let checked = text_of(file).map(|text| template::check(kind, &text));
            match checked {
                Ok(checked) => {
                    let code = if checked.wrong.is_empty() {
                        DONE
                    } else {
                        super::PARTLY
                    };
                    finish(Ok(checked), *json, check_said, |_| code)
                }
                Err(sentence) => Ok(refuse(&sentence)),
            }
        }
        TemplateWhat::Load {
            file,
            at,
            kind,
            name,
        } => match text_of(file) {
            Ok(text) => {
                let name = name.as_deref().unwrap_or(kind);
                let done = template::load(&mut at.desk(around), (name, kind), &text);
                finish(done, at.json, loaded, |_| DONE)
            }
            Err(sentence) => Ok(refuse(&sentence)),
        },
    }
}

#[expect(clippy::struct_field_names, reason = "the key of the answer")]
#[derive(serde::Serialize)]
struct Text {
    name: String,
    kind: String,
    text: String,
}

fn annexed(args: &AnnexArgs, around: &Around) -> anyhow::Result<u8> {
    let asked = (|| {
        let ending = ending(&args.out)?;
        if ending == Ending::Xlsx {
            return Err(
                "phụ lục có tên trẻ ghi ra .docx hoặc .pdf; tệp .xlsx thì dùng treem list … --out."
                    .to_owned(),
            );
        }
        let place = args.area.place(around)?;
        let asked = list::Asked {
            what: what(&args.what)?,
            unit: place.unit,
            as_of: place.as_of,
            moment: None,
            compare: None,
        };
        Ok((asked, ending))
    })();
    let (asked, ending) = match asked {
        Ok(asked) => asked,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let mut desk = args.at.desk(around);
    let done =
        annex::run(&mut desk, &asked, &args.title, (&Silent, &Stop::default())).and_then(|made| {
            paper::put(
                &args.out,
                &paper::of_document(&made.document, ending, &desk.now)?,
            )?;
            Ok(Annexed {
                children: made.children,
            })
        });
    let path = args.out.display().to_string();
    finish(
        done,
        args.at.json,
        |one| {
            format!(
                "Đã ghi {path}: {} trẻ em. Tệp có thông tin riêng tư của trẻ em.\n",
                one.children
            )
        },
        |_| DONE,
    )
}

#[derive(serde::Serialize)]
struct Annexed {
    children: usize,
}
