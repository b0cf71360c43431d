//! `treem handover`: its arguments; what it says is in `handover/said.rs`.
//!
//! In: arguments. Out: a list drawn up, shown, or one step further.

mod evidence;
mod print;
mod said;

use super::super::DONE;
use super::super::bar::Bar;
use super::super::screen;
use super::list::what;
use super::today::AreaArgs;
use super::{Around, At, finish, refuse};
use crate::act::check::Stop;
use crate::act::register::fields;
use crate::act::register::handover::{draw, late, review, sheets, show, split, steps};
use clap::{Args, Subcommand};
use std::sync::Arc;
use treem_child::handover::state::{Holder, Place};
use treem_child::handover::step::{Basis, Way};

/// `treem handover`.
#[derive(Args)]
pub struct HandoverArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Lập danh sách: theo nhóm, theo quy tắc, cả thôn, hoặc theo mã hồ sơ; xem trước sẽ có ai.
    Draw(DrawArgs),
    /// Xem một danh sách: đang ở đâu, ai giữ, từ bao giờ, đã qua những bước nào.
    #[command(after_help = "Ví dụ:\n  treem handover show 10001-4")]
    Show(OneArgs),
    /// Các danh sách: ai đang giữ, từ bao giờ, cái nào chậm.
    List(ListArgs),
    /// Đưa danh sách đi rà soát tại hộ; hoặc ghi kết quả rà soát của một dòng.
    Review(ReviewArgs),
    /// Bổ sung trẻ vào danh sách, hoặc loại dòng khỏi danh sách.
    Rows(RowsArgs),
    /// Trình lãnh đạo UBND xã; trẻ không còn trong sổ được loại, ghi rõ lý do.
    #[command(after_help = "Ví dụ:\n  treem handover submit 10001-4")]
    Submit(OneArgs),
    /// Lãnh đạo trả lại để rà soát.
    #[command(
        name = "send-back",
        after_help = "Ví dụ:\n  treem handover send-back 10001-4 --why \"còn thiếu thôn A Đăng\""
    )]
    SendBack(WhyArgs),
    /// Lãnh đạo duyệt: chốt danh sách và tính mã SHA-256.
    Approve(ApproveArgs),
    /// Chuyển danh sách cho Công an.
    Send(SendArgs),
    /// Công an đã tiếp nhận.
    #[command(
        after_help = "Ví dụ:\n  treem handover receive 10001-4\n  treem handover receive 10001-4 --paper \"giấy biên nhận ngày 20/6/2024, Công an xã Tà Rụt\""
    )]
    Receive(PaperArgs),
    /// Công an đã đối chiếu xong; dòng chưa có kết quả sẽ vào danh sách sau.
    #[command(after_help = "Ví dụ:\n  treem handover answered 10001-4")]
    Answered(OneArgs),
    /// Công an đã ký danh sách; hoặc kiểm tra một tệp đã ký và giữ làm chứng cứ của một bên.
    Sign(SignArgs),
    /// Chứng cứ ký của một danh sách; lấy một tệp ra.
    Evidence(evidence::EvidenceArgs),
    /// Ghi nội dung đã chốt ra tệp, để ký rời bằng thiết bị ký của mình.
    Seal(evidence::SealArgs),
    /// Những nơi cấp chứng thư mà cơ quan tin, còn hạn đến bao giờ.
    Authorities(evidence::AuthoritiesArgs),
    /// Công an đã bàn giao lại danh sách.
    #[command(
        after_help = "Ví dụ:\n  treem handover return 10001-4 --paper \"biên bản bàn giao ngày 28/6/2024\""
    )]
    Return(PaperArgs),
    /// Thu hồi danh sách: trẻ trong đó vào danh sách sau.
    #[command(
        after_help = "Ví dụ:\n  treem handover withdraw 10001-4 --why \"lập trùng với danh sách 10002-5\""
    )]
    Withdraw(WhyArgs),
    /// Tách danh sách chưa chuyển Công an thành nhiều phần.
    Split(SplitArgs),
    /// Mở lại: chưa có kết quả thì về rà soát (bỏ mã đã chốt), có kết quả rồi thì về Công an để xem lại.
    #[command(
        after_help = "Ví dụ:\n  treem handover reopen 10001-4 --why \"sửa ngày sinh của dòng 12\""
    )]
    Reopen(WhyArgs),
    /// Các hộ của một danh sách hoặc một thôn, theo thứ tự đi, mỗi hộ một mã phiếu.
    Sheets(SheetsArgs),
    /// Mở phiếu của một hộ theo mã in trên phiếu.
    #[command(after_help = "Ví dụ:\n  treem handover sheet 9000001-1")]
    Sheet(SheetArgs),
    /// In danh sách, phiếu rà soát hộ, biên bản bàn giao ra PDF và DOCX.
    Print(print::PrintArgs),
    /// Thời hạn ở mỗi bước; quá hạn thì báo chậm.
    Days(DaysArgs),
}

/// One list.
#[derive(Args)]
struct OneArgs {
    /// Mã danh sách.
    #[arg(value_name = "LIST")]
    list: String,
    #[command(flatten)]
    at: At,
}

/// One list and a reason.
#[derive(Args)]
struct WhyArgs {
    /// Mã danh sách.
    #[arg(value_name = "LIST")]
    list: String,
    #[command(flatten)]
    at: At,
    /// Vì sao.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    why: String,
}

/// One list and the paper it was done on.
#[derive(Args)]
struct PaperArgs {
    /// Mã danh sách.
    #[arg(value_name = "LIST")]
    list: String,
    #[command(flatten)]
    at: At,
    /// Ghi lại từ bản giấy: ai ký, cơ quan nào, ngày nào, bản giấy lưu ở đâu.
    #[arg(long, value_name = "TEXT")]
    paper: Option<String>,
}

#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover draw 1 --unit \"Xã Tà Rụt\"  (chỉ xem sẽ có ai)\n  treem handover draw 1 --unit \"Huyện Đakrông\" --yes  (mỗi xã một danh sách)\n  treem handover draw --unit \"Xã Tà Rụt\" --hamlet \"A Đăng\" --yes\n  treem handover draw --child 0190b2… --child 045215000012 --yes\n\nTrẻ mà danh sách trước chưa được trả lời thì vào trước. Trẻ đang ở danh sách khác\nchưa xong thì không vào, và được nói rõ."
)]
struct DrawArgs {
    /// Số nhóm (1–5), mã quy tắc, unidentified (chưa chuẩn hóa) hoặc incomplete (chưa đủ thông tin cơ bản); không ghi thì mọi trẻ ở --unit.
    #[arg(value_name = "GROUP|RULE", conflicts_with = "child")]
    what: Option<String>,
    /// Những hồ sơ này (mã hồ sơ hoặc số định danh); ghi nhiều lần được.
    #[arg(long, value_name = "CHILD")]
    child: Vec<String>,
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    area: AreaArgs,
    /// Chỉ thôn, bản, khu phố này.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    hamlet: String,
    /// Tên danh sách; không ghi thì theo nhóm hoặc quy tắc. Không ghi tên trẻ vào đây.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    title: String,
    /// Không lấy trẻ mà danh sách trước chưa được trả lời.
    #[arg(long)]
    without_earlier: bool,
    /// Lập thật; không ghi thì chỉ cho xem sẽ có ai.
    #[arg(long)]
    yes: bool,
}

#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover list\n  treem handover list --unit \"Huyện Đakrông\" --late\n  treem handover list --holder police"
)]
struct ListArgs {
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    area: AreaArgs,
    /// Chỉ danh sách ở trạng thái này: drawn, in-review, awaiting, closed, sent, received, answered, signed, returned, applied, seen, withdrawn, split.
    #[arg(long, value_name = "PLACE")]
    place: Option<String>,
    /// Chỉ danh sách do người này giữ: officer, households, leader, police.
    #[arg(long, value_name = "HOLDER")]
    holder: Option<String>,
    /// Chỉ danh sách chậm.
    #[arg(long)]
    late: bool,
    /// Cả danh sách đã kết thúc.
    #[arg(long)]
    ended: bool,
}

#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover review 10001-4  (đưa đi rà soát tại hộ)\n  treem handover review 10001-4 12 --same  (dòng 12: đúng như đã ghi)\n  treem handover review 10001-4 12 \"ngày sinh=12/03/2015\" --yes  (dòng 12: sửa theo phiếu)"
)]
struct ReviewArgs {
    /// Mã danh sách.
    #[arg(value_name = "LIST")]
    list: String,
    /// Dòng: số dòng, hoặc mã dòng đủ.
    #[arg(value_name = "ROW")]
    row: Option<String>,
    /// Trường và giá trị ghi trên phiếu.
    #[arg(value_name = "FIELD=VALUE", conflicts_with = "same")]
    fields: Vec<String>,
    #[command(flatten)]
    at: At,
    /// Dòng này đúng như đã ghi.
    #[arg(long, requires = "row")]
    same: bool,
    /// Ngày tính tuổi khi sửa; không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Sửa thật; không ghi thì chỉ cho xem sẽ thế nào.
    #[arg(long, requires = "row")]
    yes: bool,
}

#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover rows 10001-4 --add 0190b2… --why \"trẻ mới phát sinh ở thôn A Đăng\"\n  treem handover rows 10001-4 --strike 12 --why \"gia đình đã chuyển đi\""
)]
struct RowsArgs {
    /// Mã danh sách.
    #[arg(value_name = "LIST")]
    list: String,
    #[command(flatten)]
    at: At,
    /// Bổ sung hồ sơ này; ghi nhiều lần được.
    #[arg(long, value_name = "CHILD")]
    add: Vec<String>,
    /// Loại dòng này; ghi nhiều lần được. Dòng bị loại vẫn được giữ, kèm lý do.
    #[arg(long, value_name = "ROW")]
    strike: Vec<String>,
    /// Vì sao.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    why: String,
}

#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover approve 10001-4  (lãnh đạo duyệt bằng tài khoản của mình)\n  treem handover approve 10001-4 --paper \"Phó Chủ tịch UBND xã ký ngày 17/6/2024, lưu ở bộ phận văn thư\""
)]
struct ApproveArgs {
    #[command(flatten)]
    one: PaperArgs,
    /// Ngày chốt; không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE")]
    day: Option<String>,
}

#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover send 10001-4\n  treem handover send 10001-4 --way workbook"
)]
struct SendArgs {
    #[command(flatten)]
    one: OneArgs,
    /// Bằng cách nào: paper (bản giấy), workbook (bảng tính), portal (trên phần mềm).
    #[arg(long, value_name = "WAY", default_value = "paper")]
    way: String,
}

#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover sign 10001-4 --side commune --file 10001-4.p7s  (kiểm tra chữ ký số, giữ làm chứng cứ)\n  treem handover sign 10001-4 --side police --file da-ky.pdf\n  treem handover sign 10001-4 --paper \"Trưởng Công an xã ký từng trang ngày 27/6/2024\"\n\nTệp là chữ ký rời (.p7s) trên nội dung đã chốt (treem handover seal), PDF có chữ ký số, hoặc bản quét\nchữ ký tay. Chữ ký số được kiểm tra theo nơi cấp mà cơ quan tin (treem handover authorities)."
)]
struct SignArgs {
    #[command(flatten)]
    one: PaperArgs,
    #[command(flatten)]
    file: evidence::FileArgs,
    /// Mã SHA-256 của tệp chứng cứ đã lưu.
    #[arg(long, value_name = "SHA256", conflicts_with = "file")]
    evidence: Option<String>,
}

#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover split 10001-4 --by-hamlet --why \"mỗi thôn một cộng tác viên\"\n  treem handover split 10001-4 --row 3 --row 7 --why \"hai trẻ chờ giấy khai sinh\""
)]
struct SplitArgs {
    #[command(flatten)]
    one: WhyArgs,
    /// Mỗi thôn một phần.
    #[arg(long, conflicts_with = "row", required_unless_present = "row")]
    by_hamlet: bool,
    /// Tách riêng dòng này; ghi nhiều lần được.
    #[arg(long, value_name = "ROW")]
    row: Vec<String>,
}

#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover sheets 10001-4\n  treem handover sheets --unit \"Xã Tà Rụt\" --hamlet \"A Đăng\""
)]
struct SheetsArgs {
    /// Mã danh sách; không ghi thì theo --unit.
    #[arg(
        value_name = "LIST",
        required_unless_present = "unit",
        conflicts_with = "unit"
    )]
    list: Option<String>,
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    area: AreaArgs,
    /// Chỉ thôn, bản, khu phố này.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    hamlet: String,
}

#[derive(Args)]
struct SheetArgs {
    /// Mã phiếu.
    #[arg(value_name = "SHEET")]
    sheet: String,
    #[command(flatten)]
    at: At,
}

#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover days\n  treem handover days --unit \"Xã Tà Rụt\" --place received --days 10\n\n0 ngày: không đặt hạn."
)]
struct DaysArgs {
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    area: AreaArgs,
    /// Trạng thái được đặt hạn.
    #[arg(long, value_name = "PLACE", requires = "days")]
    place: Option<String>,
    /// Số ngày.
    #[arg(long, value_name = "N", requires_all = ["place", "unit"])]
    days: Option<i64>,
}

fn basis(paper: Option<&String>) -> Basis {
    paper.map_or(Basis::Account, |text| Basis::Paper(text.clone()))
}

/// Runs `treem handover`.
pub fn run(args: &HandoverArgs, around: &Around) -> anyhow::Result<u8> {
    match &args.what {
        What::Draw(args) => drawn(args, around),
        What::Show(args) => {
            let told = show::show(&args.at.desk(around), &args.list);
            finish(told, args.at.json, said::shown, |_| DONE)
        }
        What::List(args) => listed(args, around),
        What::Review(args) => reviewed(args, around),
        What::Rows(args) => {
            let both = (args.add.as_slice(), args.strike.as_slice());
            let told = review::rows(&mut args.at.desk(around), &args.list, both, &args.why);
            finish(told, args.at.json, said::shown, |_| DONE)
        }
        What::Submit(args) => step(&args.list, &args.at, around, &steps::Asked::Submit),
        What::SendBack(args) => {
            let why = args.why.clone();
            step(
                &args.list,
                &args.at,
                around,
                &steps::Asked::SendBack { why },
            )
        }
        What::Approve(args) => {
            let day = match screen::day(args.day.as_deref(), around.today) {
                Ok(day) => day.to_string(),
                Err(sentence) => return Ok(refuse(&sentence)),
            };
            let basis = basis(args.one.paper.as_ref());
            let asked = steps::Asked::Approve { basis, day };
            step(&args.one.list, &args.one.at, around, &asked)
        }
        What::Send(args) => match Way::from_word(&args.way) {
            Some(way) => {
                let asked = steps::Asked::Send { way };
                step(&args.one.list, &args.one.at, around, &asked)
            }
            None => Ok(refuse(&format!(
                "--way “{}” không có; chọn paper, workbook hoặc portal.",
                args.way
            ))),
        },
        What::Receive(args) => {
            let basis = basis(args.paper.as_ref());
            step(
                &args.list,
                &args.at,
                around,
                &steps::Asked::Receive { basis },
            )
        }
        What::Answered(args) => step(&args.list, &args.at, around, &steps::Asked::Answered),
        What::Sign(args) if args.file.file.is_some() => {
            evidence::sign(&args.one.list, &args.one.at, &args.file, around)
        }
        What::Sign(args) => {
            let asked = steps::Asked::Sign {
                basis: basis(args.one.paper.as_ref()),
                evidence: args.evidence.clone(),
            };
            step(&args.one.list, &args.one.at, around, &asked)
        }
        What::Evidence(args) => evidence::evidence(args, around),
        What::Seal(args) => evidence::seal(args, around),
        What::Authorities(args) => evidence::authorities(args, around),
        What::Return(args) => {
            let basis = basis(args.paper.as_ref());
            step(
                &args.list,
                &args.at,
                around,
                &steps::Asked::Return { basis },
            )
        }
        What::Withdraw(args) => {
            let why = args.why.clone();
            step(
                &args.list,
                &args.at,
                around,
                &steps::Asked::Withdraw { why },
            )
        }
        What::Split(args) => {
            let by = if args.by_hamlet {
                split::By::Hamlet
            } else {
                split::By::Rows(args.row.clone())
            };
            let one = &args.one;
            let told = split::run(&mut one.at.desk(around), &one.list, &by, &one.why);
            finish(told, one.at.json, said::split, |_| DONE)
        }
        What::Reopen(args) => {
            let why = args.why.clone();
            step(&args.list, &args.at, around, &steps::Asked::Reopen { why })
        }
        What::Sheets(args) => sheets_of(args, around),
        What::Sheet(args) => {
            let told = sheets::sheet(&args.at.desk(around), &args.sheet);
            finish(told, args.at.json, said::sheet, |_| DONE)
        }
        What::Print(args) => print::run(args, around),
        What::Days(args) => days(args, around),
    }
}

fn step(list: &str, at: &At, around: &Around, asked: &steps::Asked) -> anyhow::Result<u8> {
    let told = steps::run(&mut at.desk(around), list, asked);
    finish(told, at.json, said::stepped, |_| DONE)
}

fn drawn(args: &DrawArgs, around: &Around) -> anyhow::Result<u8> {
    let from = match (&args.what, args.child.is_empty()) {
        (Some(text), _) => what(text).map(draw::From::What),
        (None, false) => Ok(draw::From::Children(args.child.clone())),
        (None, true) => Ok(draw::From::All),
    };
    let read = from.and_then(|from| Ok((from, args.area.read(around)?)));
    let (from, (unit, as_of)) = match read {
        Ok(read) => read,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let asked = draw::Asked {
        from,
        unit,
        hamlet: args.hamlet.clone(),
        as_of,
        title: args.title.clone(),
        earlier: !args.without_earlier,
        yes: args.yes,
    };
    let stop = Arc::new(Stop::default());
    let bar = Bar::new(screen::is_watched() && !args.at.json);
    bar.stopped_by_ctrl_c(&stop);
    let told = draw::run(&mut args.at.desk(around), &asked, (&bar, &stop));
    bar.clear();
    finish(told, args.at.json, said::drawn, |_| DONE)
}

fn listed(args: &ListArgs, around: &Around) -> anyhow::Result<u8> {
    let place = match args.place.as_deref() {
        None => Ok(None),
        Some(word) => Place::from_word(word).map(Some).ok_or_else(|| {
            let words: Vec<&str> = Place::ALL.iter().map(|place| place.word()).collect();
            format!(
                "--place “{word}” không có; chọn một trong: {}.",
                words.join(", ")
            )
        }),
    };
    let holders = [
        Holder::Officer,
        Holder::Households,
        Holder::Leader,
        Holder::Police,
    ];
    let holder = match args.holder.as_deref() {
        None => Ok(None),
        Some(word) => holders
            .into_iter()
            .find(|holder| holder.word() == word)
            .map(Some)
            .ok_or_else(|| {
                format!("--holder “{word}” không có; chọn officer, households, leader hoặc police.")
            }),
    };
    let read = place.and_then(|place| Ok((place, holder?, args.area.read(around)?.0)));
    let (place, holder, unit) = match read {
        Ok(read) => read,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let asked = show::Asked {
        unit,
        place,
        holder,
        late: args.late,
        ended: args.ended,
    };
    let told = show::list(&args.at.desk(around), &asked);
    finish(told, args.at.json, said::listed, |_| DONE)
}

fn reviewed(args: &ReviewArgs, around: &Around) -> anyhow::Result<u8> {
    let Some(row) = &args.row else {
        return step(&args.list, &args.at, around, &steps::Asked::Review);
    };
    let typed: Result<Vec<_>, String> =
        args.fields.iter().map(|text| fields::typed(text)).collect();
    let day = screen::day(args.as_of.as_deref(), around.today);
    let (typed, as_of) = match typed.and_then(|typed| Ok((typed, day?))) {
        Ok(both) => both,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let asked = match (args.same, typed.is_empty()) {
        (true, _) => review::Asked::Same,
        (false, false) => review::Asked::Changed {
            typed,
            as_of,
            yes: args.yes,
        },
        (false, true) => {
            return Ok(refuse(
                "ghi kết quả của dòng: --same nếu đúng như đã ghi, hoặc FIELD=VALUE theo phiếu.",
            ));
        }
    };
    let told = review::row(&mut args.at.desk(around), &args.list, row, &asked);
    finish(told, args.at.json, said::reviewed, |_| DONE)
}

fn sheets_of(args: &SheetsArgs, around: &Around) -> anyhow::Result<u8> {
    let of = match &args.list {
        Some(list) => sheets::Of::List(list.clone()),
        None => match args.area.read(around) {
            Ok((Some(unit), as_of)) => sheets::Of::Hamlet {
                unit,
                hamlet: args.hamlet.clone(),
                as_of,
            },
            Ok((None, _)) => return Ok(refuse("ghi mã danh sách, hoặc xã bằng --unit.")),
            Err(sentence) => return Ok(refuse(&sentence)),
        },
    };
    let told = sheets::sheets(&mut args.at.desk(around), &of);
    finish(told, args.at.json, said::sheets, |_| DONE)
}

fn days(args: &DaysArgs, around: &Around) -> anyhow::Result<u8> {
    let area = match args.area.read(around) {
        Ok((area, _)) => area,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let mut desk = args.at.desk(around);
    let told = match (area, &args.place, args.days) {
        (Some(unit), Some(place), Some(days)) => late::set(&mut desk, unit, place, days),
        _ => late::settings(&desk),
    };
    let told = told.map(|days| said::Days { days });
    finish(told, args.at.json, said::days, |_| DONE)
}
