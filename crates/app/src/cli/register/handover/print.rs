//! `treem handover print`: its arguments and what it says.
//!
//! In: arguments. Out: files in a folder.

use super::super::super::DONE;
use super::super::super::screen::grouped;
use super::super::{Around, At, finish, refuse};
use crate::act::register::handover::papers::{self, Asked, Printed, What};
use crate::shown;
use clap::Args;
use std::fmt::Write as _;
use std::path::PathBuf;

/// `treem handover print`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover print 10001-4 --out in\n  treem handover print 10001-4 --out in --what sheets --pdf\n  treem handover print 10001-4 --out in --what list --docx --address https://treem.xa.example\n\nDanh sách chưa chốt được in là dự thảo. Tệp đã có thì không ghi đè."
)]
pub struct PrintArgs {
    /// Mã danh sách.
    #[arg(value_name = "LIST")]
    list: String,
    #[command(flatten)]
    at: At,
    /// Thư mục để ghi các tệp.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// In gì: list (danh sách đề nghị xác thực), sheets (phiếu rà soát hộ), minutes-out, minutes-back (biên bản bàn giao); ghi nhiều lần được; không ghi thì list, sheets, minutes-out.
    #[arg(long, value_name = "WHAT")]
    what: Vec<String>,
    /// Tệp PDF; không ghi --pdf, --docx thì ghi cả hai.
    #[arg(long)]
    pdf: bool,
    /// Tệp DOCX, để sửa trước khi phát hành.
    #[arg(long)]
    docx: bool,
    /// Địa chỉ của treem trong trình duyệt, để ghi vào mã QR; không ghi thì mã QR chỉ mang mã in.
    #[arg(
        long,
        value_name = "URL",
        default_value = "",
        hide_default_value = true
    )]
    address: String,
    /// Họ tên người lập danh sách, in dưới chỗ ký.
    #[arg(
        long,
        value_name = "NAME",
        default_value = "",
        hide_default_value = true
    )]
    drawn_by: String,
}

/// Runs `treem handover print`.
pub fn run(args: &PrintArgs, around: &Around) -> anyhow::Result<u8> {
    let mut what = Vec::new();
    for word in &args.what {
        let Some(paper) = What::from_word(word) else {
            let words: Vec<&str> = What::ALL.iter().map(|what| what.word()).collect();
            return Ok(refuse(&format!(
                "--what “{word}” không có; chọn một trong: {}.",
                words.join(", ")
            )));
        };
        if !what.contains(&paper) {
            what.push(paper);
        }
    }
    if what.is_empty() {
        what.extend([What::List, What::Sheets, What::Out]);
    }
    let both = !args.pdf && !args.docx;
    let asked = Asked {
        list: args.list.clone(),
        what,
        folder: args.out.clone(),
        pdf: args.pdf || both && papers::makes_pdf(),
        docx: args.docx || both,
        address: args.address.clone(),
        drawn_by: args.drawn_by.clone(),
    };
    let told = papers::run(&mut args.at.desk(around), &asked);
    finish(told, args.at.json, said, |_| DONE)
}

fn said(told: &Printed) -> String {
    let state = if told.sealed {
        "đã chốt"
    } else {
        "chưa chốt, in là dự thảo"
    };
    let mut out = format!(
        "Danh sách {}: {} trẻ, {state}.\n",
        told.list,
        grouped(told.rows as u64)
    );
    for file in &told.files {
        let _ = writeln!(
            out,
            "  {}  {}  SHA-256 {}",
            file.name,
            shown::size(file.bytes),
            file.sha256
        );
    }
    out
}
