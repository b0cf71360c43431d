//! `treem handover answer|key|answers|workbook|read`: the police's answers in, their workbook out.
//!
//! In: arguments, lines from a file or the standard input. Out: what was written down, what is asked.

use super::super::super::{DONE, PARTLY};
use super::super::{Around, At, finish, refuse};
use crate::act::register::handover::keying::{self, Kept, Line, Shown};
use crate::act::register::handover::workbook::{self, Read, Wrote};
use crate::limits;
use clap::Args;
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::PathBuf;
use treem_child::handover::step::Way;

/// Rows that are shown where nobody asked for all.
const SHOWN: usize = 40;

/// `treem handover answer`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover answer 10001-4 12=2:045215000012\n  treem handover answer 10001-4 10001-0012-9=1 13=4 14=6:\"Gio Linh\" 15=\"3:ngày sinh: 12/03/2015\"\n  treem handover answer 10001-4 12=2:045315000012 --why \"đã xem giấy khai sinh\"\n  treem handover answer 10001-4 12=-  (bỏ kết quả của dòng)\n\nKết quả: 1 Khớp, 2 Đã cung cấp mã định danh, 3 Sai lệch, 4 Không tìm thấy, 5 Trùng số, 6 Đã chuyển đi,\n7 Đã chết, 8 Không cư trú, 9 Chưa đăng ký khai sinh, 0 Số đã hủy / xác lập lại, N Không thuộc diện.\nSố trái với giới tính, năm sinh, nơi đăng ký, số của cha mẹ hoặc trẻ khác thì được hỏi lại;\nvẫn đúng thì ghi --why."
)]
pub struct AnswerArgs {
    /// Mã danh sách.
    #[arg(value_name = "LIST")]
    list: String,
    /// Dòng (mã dòng hoặc số thứ tự) = kết quả, sau dấu hai chấm là số hoặc giá trị.
    #[arg(value_name = "ROW=ANSWER[:VALUE]", required = true)]
    rows: Vec<String>,
    #[command(flatten)]
    at: At,
    /// Ghi chú của Công an.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    note: String,
    /// Vì sao vẫn đúng dù trái với hồ sơ.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    why: String,
    /// Kết quả đến bằng: paper (giấy), portal (trên phần mềm).
    #[arg(long, value_name = "WAY", default_value = "paper")]
    way: String,
    /// Hai lần gõ khác nhau: chọn kết quả này, kèm --why.
    #[arg(long)]
    settle: bool,
}

/// `treem handover key`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover key 10001-4 ket-qua.txt\n  printf '10001-0001-2\\t1\\n10001-0002-4\\t2\\t045215000012\\n' | treem handover key 10001-4 -\n\nMỗi dòng: mã dòng, kết quả, giá trị, ghi chú, lý do (nếu số trái với hồ sơ mà vẫn đúng),\ncách nhau bằng phím Tab hoặc dấu chấm phẩy.\nNơi đặt nhập lại lần hai (treem fix check XÃ keyed): gõ xong chồng phiếu thì gõ lại lần nữa,\nkhông thấy lần đầu."
)]
pub struct KeyArgs {
    /// Mã danh sách.
    #[arg(value_name = "LIST")]
    list: String,
    /// Tệp; “-” là đọc từ bàn phím hoặc lệnh trước.
    #[arg(value_name = "FILE", default_value = "-")]
    file: PathBuf,
    #[command(flatten)]
    at: At,
}

/// `treem handover answers`.
#[derive(Args)]
#[command(after_help = "Ví dụ:\n  treem handover answers 10001-4")]
pub struct AnswersArgs {
    /// Mã danh sách.
    #[arg(value_name = "LIST")]
    list: String,
    #[command(flatten)]
    at: At,
}

/// `treem handover workbook`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover workbook 10001-4 --out danh-sach-10001.xlsx\n\nTệp có dữ liệu trẻ em; chỉ gửi cho Công an xã của danh sách."
)]
pub struct WorkbookArgs {
    /// Mã danh sách.
    #[arg(value_name = "LIST")]
    list: String,
    /// Nơi ghi tệp xlsx.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    at: At,
}

/// `treem handover read`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover read 10001-4 tra-lai.xlsx  (chỉ xem hiểu được những gì)\n  treem handover read 10001-4 tra-lai.xlsx --yes\n  treem handover read 10001-4 tra-lai.xlsx --accept \"12=đã hỏi Công an\" --yes\n\nĐọc theo mã dòng, không theo vị trí: tệp sắp xếp lại, bớt dòng, đổi cột, lưu dạng khác đều được.\nĐiều có thể hiểu hai cách thì được hỏi lại, không ghi."
)]
pub struct ReadArgs {
    /// Mã danh sách.
    #[arg(value_name = "LIST")]
    list: String,
    /// Tệp Công an trả.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    at: At,
    /// Nhận kết quả được hỏi lại của dòng này, kèm lý do; ghi nhiều lần được.
    #[arg(long, value_name = "ROW=WHY")]
    accept: Vec<String>,
    /// Ghi kết quả đã hiểu; không có thì chỉ xem.
    #[arg(long)]
    yes: bool,
}

/// `ROW=WHY`.
pub(super) fn pair(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .map(|(row, why)| (row.trim().to_owned(), why.trim().to_owned()))
        .ok_or_else(|| format!("“{text}” phải có dạng DÒNG=LÝ_DO."))
}

/// Runs `treem handover answer`.
pub fn answer(args: &AnswerArgs, around: &Around) -> anyhow::Result<u8> {
    let mut lines = Vec::new();
    for text in &args.rows {
        let Ok((row, said)) = pair(text) else {
            return Ok(refuse(&format!("“{text}” phải có dạng DÒNG=KẾT_QUẢ.")));
        };
        let (answer, value) = said.split_once(':').unwrap_or((&said, ""));
        lines.push(Line {
            row,
            answer: answer.trim().to_owned(),
            value: value.trim().to_owned(),
            note: args.note.clone(),
            why: args.why.clone(),
        });
    }
    let way = Way::from_word(&args.way).filter(|way| *way != Way::Workbook);
    let Some(way) = way else {
        return Ok(refuse(
            "--way chỉ có paper hoặc portal; tệp bảng tính đọc bằng treem handover read.",
        ));
    };
    let mut desk = args.at.desk(around);
    let told = match (args.settle, lines.as_slice()) {
        (true, [line]) => keying::settle(&mut desk, &args.list, line, &args.why),
        (true, _) => return Ok(refuse("--settle chọn kết quả của từng dòng một.")),
        (false, _) => keying::key(&mut desk, &args.list, way, &lines),
    };
    finish(told, args.at.json, kept, code)
}

/// Runs `treem handover key`.
pub fn key(args: &KeyArgs, around: &Around) -> anyhow::Result<u8> {
    let text = match read_text(args) {
        Ok(text) => text,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let lines: Vec<Line> = text
        .lines()
        .map(|line| line.trim_start_matches('\u{feff}'))
        .filter(|line| !line.trim().is_empty())
        .map(typed)
        .collect();
    if lines.is_empty() || lines.len() > limits::KEYED_LINES {
        return Ok(refuse(
            "không có dòng nào, hoặc quá nhiều dòng; mỗi dòng: mã dòng, Tab, kết quả, Tab, giá trị.",
        ));
    }
    let told = keying::key(&mut args.at.desk(around), &args.list, Way::Paper, &lines);
    finish(told, args.at.json, kept, code)
}

fn read_text(args: &KeyArgs) -> Result<String, String> {
    const MOST: u64 = 8 << 20;
    let mut text = String::new();
    let read = if args.file.as_os_str() == "-" {
        std::io::stdin().take(MOST).read_to_string(&mut text)
    } else {
        std::fs::File::open(&args.file).and_then(|file| file.take(MOST).read_to_string(&mut text))
    };
    read.map(|_| text).map_err(|_| {
        format!(
            "không đọc được {}: phải là văn bản UTF-8.",
            args.file.display()
        )
    })
}

/// One line: tabs part it, else semicolons.
fn typed(line: &str) -> Line {
    let sign = if line.contains('\t') { '\t' } else { ';' };
    let mut parts = line.splitn(5, sign).map(|part| part.trim().to_owned());
    let mut next = || parts.next().unwrap_or_default();
    Line {
        row: next(),
        answer: next(),
        value: next(),
        note: next(),
        why: next(),
    }
}

/// 2 where something is asked.
fn code(told: &Kept) -> u8 {
    if told.asked.is_empty() { DONE } else { PARTLY }
}

fn kept(told: &Kept) -> String {
    let mut out = String::new();
    for one in told.asked.iter().take(SHOWN) {
        let tail = if one.can_confirm {
            " (vẫn đúng thì thêm --why)"
        } else {
            ""
        };
        let _ = writeln!(out, "Dòng {}: {}{tail}", one.row, one.sentence);
    }
    if told.asked.len() > SHOWN {
        let _ = writeln!(
            out,
            "… và {} dòng nữa phải hỏi lại.",
            told.asked.len() - SHOWN
        );
    }
    let count = |state: &str| told.written.iter().filter(|one| one.state == state).count();
    for (state, words) in [
        ("holds", "dòng có kết quả"),
        ("first", "dòng đã gõ lần đầu, chờ gõ lại lần hai"),
        (
            "differs",
            "dòng gõ hai lần khác nhau: xem lại giấy rồi chọn bằng --settle --why",
        ),
        ("cleared", "dòng bỏ kết quả"),
    ] {
        if count(state) > 0 {
            let _ = writeln!(out, "Đã ghi {} {words}.", count(state));
        }
    }
    let _ = writeln!(
        out,
        "Danh sách {}: {} dòng đã có kết quả, còn {} dòng.",
        told.list, told.answered, told.open
    );
    out
}

/// Runs `treem handover answers`.
pub fn answers(args: &AnswersArgs, around: &Around) -> anyhow::Result<u8> {
    let told = keying::answers(&args.at.desk(around), &args.list);
    finish(told, args.at.json, |told| shown(told), |_| DONE)
}

fn shown(told: &[Shown]) -> String {
    let mut out = String::new();
    for one in told {
        let words = match one.state {
            "holds" => one.label,
            "first" => "(đã gõ lần đầu, chờ gõ lại)",
            "differs" => "(hai lần gõ khác nhau)",
            _ => "(chưa có kết quả)",
        };
        let number = one.answer.as_ref().and_then(|answer| answer.number());
        let _ = writeln!(
            out,
            "{}  {words}  {}  {}",
            one.row,
            number.unwrap_or(""),
            one.note
        );
    }
    out
}

/// Runs `treem handover workbook`.
pub fn workbook(args: &WorkbookArgs, around: &Around) -> anyhow::Result<u8> {
    let told = workbook::write(&mut args.at.desk(around), &args.list, &args.out);
    finish(told, args.at.json, wrote, |_| DONE)
}

fn wrote(told: &Wrote) -> String {
    format!(
        "Đã ghi danh sách {} ({} dòng) vào {}. Tệp có dữ liệu trẻ em; giữ và gửi cho đúng nơi nhận.\nSHA-256: {}\n",
        told.list, told.rows, told.file, told.seal
    )
}

/// Runs `treem handover read`.
pub fn read(args: &ReadArgs, around: &Around) -> anyhow::Result<u8> {
    let accepted: Result<Vec<_>, String> = args.accept.iter().map(|text| pair(text)).collect();
    let accepted = match accepted {
        Ok(accepted) => accepted,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let told = workbook::read(
        &mut args.at.desk(around),
        &args.list,
        &args.file,
        (&accepted, args.yes),
    );
    finish(told, args.at.json, read_words, |told| {
        if told.refused.is_some() { PARTLY } else { DONE }
    })
}

fn read_words(told: &Read) -> String {
    let mut out = String::new();
    if let Some(sentence) = &told.refused {
        let _ = writeln!(out, "{sentence}");
        return out;
    }
    for note in &told.notes {
        let _ = writeln!(out, "{note}");
    }
    for row in told
        .rows
        .iter()
        .filter(|row| row.state == "question" || row.state == "refused")
    {
        let _ = writeln!(out, "Dòng {} {}: {}", row.row, row.name, row.sentence);
    }
    let [understood, asked, refused, open] = told.counts;
    let _ = writeln!(
        out,
        "Hiểu được {understood} dòng, hỏi lại {asked}, không dùng được {refused}, chưa có kết quả {open}."
    );
    match &told.kept {
        Some(told) => out.push_str(&kept(told)),
        None => out.push_str("Chưa ghi gì; thêm --yes để ghi những dòng đã hiểu.\n"),
    }
    out
}
