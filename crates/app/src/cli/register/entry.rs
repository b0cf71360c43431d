//! `treem entry`, `treem entry drafts`: a household from a file or from standard input, for programs and tests.

use super::super::screen;
use super::{Around, At, DONE, PARTLY, finish, refuse};
use crate::act::register::entry::drafts::{self, Drafts};
use crate::act::register::entry::{self, Asked, Child, Household, Told};
use crate::act::units;
use crate::limits;
use clap::{Args, Subcommand};
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// `treem entry`.
#[derive(Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Ví dụ:\n  treem entry ho.json  (chỉ xem sẽ thế nào)\n  treem entry ho.json --yes --request 7c1f…\n  treem entry drafts --as \"Hồ Thị Bích\"\n\nTệp: {\"household\": {\"commune\": \"Xã Tà Rụt\", \"mother\": \"Hồ Thị Thoan\"},\n      \"children\": [{\"name\": \"Hồ Thị Mơ\", \"birth\": \"12032015\", \"sex\": \"2\"}]}\nGửi lại cùng mã yêu cầu thì không bị ghi hai lần."
)]
pub struct EntryArgs {
    #[command(subcommand)]
    what: Option<EntryWhat>,
    /// Tệp JSON của một hộ.
    #[arg(value_name = "FILE", required_unless_present = "stdin")]
    file: Option<PathBuf>,
    #[command(flatten)]
    at: At,
    /// Đọc hộ từ đầu vào chuẩn.
    #[arg(long, conflicts_with = "file")]
    stdin: bool,
    /// Mã của yêu cầu: gửi lại cùng mã thì không ghi hai lần.
    #[arg(long, value_name = "ID")]
    request: Option<String>,
    /// Ngày tính số liệu (để xét tuổi); không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Dùng danh mục đơn vị hành chính có hiệu lực vào ngày này; không ghi thì lấy ngày tính số liệu.
    #[arg(long, value_name = "DATE")]
    edition: Option<String>,
    /// Ghi vào sổ; không ghi thì chỉ cho xem sẽ thế nào.
    #[arg(long)]
    yes: bool,
}

#[derive(Subcommand)]
enum EntryWhat {
    /// Xem các hộ đang gõ dở trên trang Nhập mới trẻ em phát sinh.
    #[command(after_help = "Ví dụ:\n  treem entry drafts --as \"Hồ Thị Bích\"")]
    Drafts {
        #[command(flatten)]
        at: At,
    },
}

fn household(file: Option<&Path>) -> Result<Household, String> {
    let most = limits::HOUSEHOLD_BYTES;
    let mut text = String::new();
    let read = match file {
        Some(file) => {
            std::fs::File::open(file).and_then(|file| file.take(most + 1).read_to_string(&mut text))
        }
        None => std::io::stdin().take(most + 1).read_to_string(&mut text),
    };
    let named = file.map_or("đầu vào chuẩn".to_owned(), |file| {
        file.display().to_string()
    });
    if read.is_err() {
        return Err(format!(
            "không đọc được {named}; hãy xem lại đường dẫn, quyền đọc, và tệp có phải văn bản UTF-8 không."
        ));
    }
    if text.len() as u64 > most {
        return Err(format!("{named} lớn quá {} KB.", most >> 10));
    }
    serde_json::from_str(&text).map_err(|error| {
        format!(
            "{named} không phải JSON của một hộ (dòng {}, cột {}); xem mẫu bằng treem entry --help.",
            error.line(),
            error.column()
        )
    })
}

fn line(child: &Child) -> String {
    let field = |code: &str| {
        let found = child.fields.iter().find(|shown| shown.field == code);
        found.map_or("", |shown| shown.display.as_str())
    };
    let what = match child.what {
        "same" => "đã có trong sổ, không đổi",
        "filled" => "đã có trong sổ, bổ sung",
        _ => "trẻ mới",
    };
    let mut out = format!(
        "{}. {}  {}  {}  {}  ({what})",
        child.row,
        field("name"),
        field("birth"),
        field("sex"),
        field("ethnicity")
    );
    if let Some(id) = &child.id {
        let _ = write!(out, "  {id}");
    }
    out.push('\n');
    for shown in &child.fields {
        for said in shown.findings.iter().filter(|said| said.severity != "note") {
            out.push_str(&screen::item(
                &format!("   {}: {}", shown.label, said.sentence),
                100,
            ));
        }
    }
    for one in &child.may_be {
        let _ = writeln!(
            out,
            "   Có thể là {}, sinh {}, {} ({:.0} %): {}",
            one.name,
            one.birth,
            one.unit_name,
            one.probability * 100.0,
            one.child
        );
    }
    out
}

pub(super) fn text(told: &Told) -> String {
    let mut out = if told.already {
        "Yêu cầu này đã được ghi từ trước; không ghi thêm gì.\n".to_owned()
    } else if told.done {
        format!("Đã ghi vào sổ, {}.\n", told.unit_name)
    } else {
        "Chưa ghi gì vào sổ; nếu ghi thì sẽ như sau.\n".to_owned()
    };
    for child in &told.children {
        out.push_str(&line(child));
    }
    for shown in &told.household {
        for said in shown.findings.iter().filter(|said| said.severity != "note") {
            out.push_str(&screen::item(
                &format!("{}: {}", shown.label, said.sentence),
                100,
            ));
        }
    }
    for ask in told.asks.iter().filter(|_| !told.done) {
        let _ = writeln!(out, "Cần làm rõ trước khi ghi: {}", ask.sentence);
    }
    out
}

fn listed(drafts: &Drafts) -> String {
    if drafts.drafts.is_empty() {
        return "Không có hộ nào đang gõ dở.\n".to_owned();
    }
    let mut out = String::new();
    for one in &drafts.drafts {
        let _ = writeln!(
            out,
            "{}  {}  {}  {}  {}",
            one.draft,
            one.updated_at,
            one.unit_name,
            one.carer,
            one.children.join(", ")
        );
    }
    out
}

/// Runs `treem entry`.
pub fn run(args: &EntryArgs, around: &Around) -> anyhow::Result<u8> {
    if let Some(EntryWhat::Drafts { at }) = &args.what {
        return finish(drafts::list(&at.desk(around)), at.json, listed, |_| DONE);
    }
    let days = screen::day(args.as_of.as_deref(), around.today).and_then(|as_of| {
        let edition = match &args.edition {
            Some(day) => screen::day(Some(day), around.today)?,
            None => as_of,
        };
        Ok((as_of, units::on(edition)))
    });
    let read = household(args.file.as_deref());
    let ((as_of, edition), household) = match days.and_then(|days| Ok((days, read?))) {
        Ok(both) => both,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let asked = Asked {
        household,
        request: args.request.clone(),
        draft: None,
        as_of,
        edition,
        yes: args.yes,
    };
    let done = entry::run(&mut args.at.desk(around), &asked);
    finish(done, args.at.json, text, |told| {
        if args.yes && !told.done { PARTLY } else { DONE }
    })
}
