//! The arguments of `treem handover`.
//!
//! In: nothing. Out: what clap reads.

use super::super::At;
use super::super::area::AreaArgs;
use super::{answers, applying, evidence, print};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// `treem handover`.
#[derive(Args)]
pub struct HandoverArgs {
    #[command(subcommand)]
    pub what: What,
}

#[derive(Subcommand)]
pub enum What {
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
    /// Ghi kết quả của Công an cho từng dòng.
    Answer(answers::AnswerArgs),
    /// Gõ nhanh kết quả từ giấy: mã dòng, kết quả, giá trị.
    Key(answers::KeyArgs),
    /// Kết quả từng dòng của một danh sách.
    Answers(answers::AnswersArgs),
    /// Ghi danh sách ra bảng tính để gửi Công an.
    Workbook(answers::WorkbookArgs),
    /// Đọc bảng tính Công an trả lại; xem trước hiểu được những gì.
    Read(answers::ReadArgs),
    /// Cập nhật kết quả vào sổ; xem trước sẽ đổi những gì; hủy cập nhật.
    Apply(applying::ApplyArgs),
    /// Đối chiếu với kết xuất mới nhất của phần mềm quốc gia: dòng nào còn phải nhập.
    Seen(applying::SeenArgs),
    /// Việc phát sinh từ kết quả: đăng ký khai sinh, đề nghị Công an hủy, xác lập lại số.
    Tasks(applying::TasksArgs),
    /// Một việc đã xong, hoặc thôi.
    Task(applying::TaskArgs),
    /// Thời hạn đăng ký khai sinh sau khi Công an báo chưa đăng ký.
    #[command(name = "civil-days")]
    CivilDays(applying::CivilDaysArgs),
    /// Công an đã ký danh sách; hoặc kiểm tra một tệp đã ký và giữ làm chứng cứ của một bên.
    Sign(SignArgs),
    /// Chứng cứ ký của một danh sách; lấy một tệp ra.
    Evidence(evidence::EvidenceArgs),
    /// Những nơi cấp chứng thư mà cơ quan tin, còn hạn đến bao giờ.
    Authorities(evidence::AuthoritiesArgs),
    /// Công an đã bàn giao lại danh sách.
    #[command(
        after_help = "Ví dụ:\n  treem handover return 10001-4 --paper \"biên bản bàn giao ngày 28/6/2024\""
    )]
    Return(PaperArgs),
    /// Thu hồi danh sách: trẻ trong đó vào danh sách sau.
    #[command(
        after_help = "Ví dụ:\n  treem handover withdraw 10001-4 --why \"lập trùng với danh sách 10002-3\""
    )]
    Withdraw(WhyArgs),
    /// Tách danh sách chưa chuyển Công an thành nhiều phần.
    Split(SplitArgs),
    /// Mở lại: chưa có kết quả thì về rà soát, có kết quả rồi thì về Công an.
    #[command(
        after_help = "Ví dụ:\n  treem handover reopen 10001-4 --why \"sửa ngày sinh của dòng 12\""
    )]
    Reopen(WhyArgs),
    /// Các hộ của một danh sách hoặc một thôn, theo thứ tự đi, mỗi hộ một mã phiếu.
    Sheets(SheetsArgs),
    /// Mở phiếu của một hộ theo mã in trên phiếu.
    #[command(after_help = "Ví dụ:\n  treem handover sheet 9000001-0")]
    Sheet(SheetArgs),
    /// Ghi nội dung đã chốt ra tệp, từng byte như khi tính SHA-256: để ký số tách rời.
    Seal(SealArgs),
    /// In danh sách, phiếu rà soát hộ, biên bản bàn giao ra PDF và DOCX.
    Print(print::PrintArgs),
    /// Thời hạn ở mỗi bước; quá hạn thì báo chậm.
    Days(DaysArgs),
}

/// One list.
#[derive(Args)]
pub struct OneArgs {
    /// Mã danh sách.
    #[arg(value_name = "LIST")]
    pub list: String,
    #[command(flatten)]
    pub at: At,
}

/// One list and a reason.
#[derive(Args)]
pub struct WhyArgs {
    /// Mã danh sách.
    #[arg(value_name = "LIST")]
    pub list: String,
    #[command(flatten)]
    pub at: At,
    /// Vì sao.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    pub why: String,
}

/// One list and the paper it was done on.
#[derive(Args)]
pub struct PaperArgs {
    /// Mã danh sách.
    #[arg(value_name = "LIST")]
    pub list: String,
    #[command(flatten)]
    pub at: At,
    /// Ghi lại từ bản giấy: ai ký, cơ quan nào, ngày nào, bản giấy lưu ở đâu.
    #[arg(long, value_name = "TEXT")]
    pub paper: Option<String>,
}

#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover draw 1 --unit \"Xã Tà Rụt\"  (chỉ xem sẽ có ai)\n  treem handover draw 1 --unit \"Huyện Đakrông\" --yes  (mỗi xã một danh sách)\n  treem handover draw --unit \"Xã Tà Rụt\" --hamlet \"A Đăng\" --yes\n  treem handover draw --child 0190b2… --child 045215000012 --yes\n\nTrẻ mà danh sách trước chưa được trả lời thì vào trước. Trẻ đang ở danh sách khác\nchưa xong thì không vào, và được nói rõ."
)]
pub struct DrawArgs {
    /// Số nhóm (1–5), mã quy tắc, unidentified (chưa chuẩn hóa) hoặc incomplete (chưa đủ thông tin cơ bản); không ghi thì mọi trẻ ở --unit.
    #[arg(value_name = "GROUP|RULE", conflicts_with = "child")]
    pub what: Option<String>,
    /// Những hồ sơ này (mã hồ sơ hoặc số định danh); ghi nhiều lần được.
    #[arg(long, value_name = "CHILD")]
    pub child: Vec<String>,
    #[command(flatten)]
    pub at: At,
    #[command(flatten)]
    pub area: AreaArgs,
    /// Chỉ thôn, bản, khu phố này.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    pub hamlet: String,
    /// Tên danh sách; không ghi thì theo nhóm hoặc quy tắc. Không ghi tên trẻ vào đây.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    pub title: String,
    /// Không lấy trẻ mà danh sách trước chưa được trả lời.
    #[arg(long)]
    pub without_earlier: bool,
    /// Lập thật; không ghi thì chỉ cho xem sẽ có ai.
    #[arg(long)]
    pub yes: bool,
}

#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover list\n  treem handover list --unit \"Huyện Đakrông\" --late\n  treem handover list --holder police"
)]
pub struct ListArgs {
    #[command(flatten)]
    pub at: At,
    #[command(flatten)]
    pub area: AreaArgs,
    /// Chỉ danh sách ở trạng thái này: drawn, in-review, awaiting, closed, sent, received, answered, signed, returned, applied, seen, withdrawn, split.
    #[arg(long, value_name = "PLACE")]
    pub place: Option<String>,
    /// Chỉ danh sách do người này giữ: officer, households, leader, police.
    #[arg(long, value_name = "HOLDER")]
    pub holder: Option<String>,
    /// Chỉ danh sách chậm.
    #[arg(long)]
    pub late: bool,
    /// Chỉ danh sách có dòng chờ gõ lần hai, chờ chọn hoặc chờ xác nhận.
    #[arg(long)]
    pub waits: bool,
    /// Cả danh sách đã kết thúc.
    #[arg(long)]
    pub ended: bool,
}

#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover review 10001-4  (đưa đi rà soát tại hộ)\n  treem handover review 10001-4 12 --same  (dòng 12: đúng như đã ghi)\n  treem handover review 10001-4 12 \"ngày sinh=12/03/2015\" --yes  (dòng 12: sửa theo phiếu)"
)]
pub struct ReviewArgs {
    /// Mã danh sách.
    #[arg(value_name = "LIST")]
    pub list: String,
    /// Dòng: số dòng, hoặc mã dòng đủ.
    #[arg(value_name = "ROW")]
    pub row: Option<String>,
    /// Trường và giá trị ghi trên phiếu.
    #[arg(value_name = "FIELD=VALUE", conflicts_with = "same")]
    pub fields: Vec<String>,
    #[command(flatten)]
    pub at: At,
    /// Dòng này đúng như đã ghi.
    #[arg(long, requires = "row")]
    pub same: bool,
    /// Ngày tính tuổi khi sửa; không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Sửa thật; không ghi thì chỉ cho xem sẽ thế nào.
    #[arg(long, requires = "row")]
    pub yes: bool,
}

#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover rows 10001-4 --add 0190b2… --why \"trẻ mới phát sinh ở thôn A Đăng\"\n  treem handover rows 10001-4 --strike 12 --why \"gia đình đã chuyển đi\""
)]
pub struct RowsArgs {
    #[command(flatten)]
    pub one: WhyArgs,
    /// Bổ sung hồ sơ này; ghi nhiều lần được.
    #[arg(long, value_name = "CHILD")]
    pub add: Vec<String>,
    /// Loại dòng này; ghi nhiều lần được. Dòng bị loại vẫn được giữ, kèm lý do.
    #[arg(long, value_name = "ROW")]
    pub strike: Vec<String>,
}

#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover approve 10001-4  (lãnh đạo duyệt bằng tài khoản của mình)\n  treem handover approve 10001-4 --paper \"Phó Chủ tịch UBND xã ký ngày 17/6/2024, lưu ở văn thư\""
)]
pub struct ApproveArgs {
    #[command(flatten)]
    pub one: PaperArgs,
    /// Ngày chốt; không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE")]
    pub day: Option<String>,
}

#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover send 10001-4\n  treem handover send 10001-4 --way workbook"
)]
pub struct SendArgs {
    #[command(flatten)]
    pub one: OneArgs,
    /// Bằng cách nào: paper (bản giấy), workbook (bảng tính), portal (trên phần mềm).
    #[arg(long, value_name = "WAY", default_value = "paper")]
    pub way: String,
}

#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover sign 10001-4 --side commune --file 10001-4.p7s  (kiểm tra, giữ làm chứng cứ)\n  treem handover sign 10001-4 --side police --file da-ky.pdf\n  treem handover sign 10001-4 --paper \"Trưởng Công an xã ký từng trang ngày 27/6/2024\"\n\nTệp là chữ ký rời (.p7s) trên nội dung đã chốt (treem handover seal), PDF có chữ ký số, hoặc bản\nquét chữ ký tay. Chữ ký số được kiểm tra theo nơi cấp mà cơ quan tin\n(treem handover authorities)."
)]
pub struct SignArgs {
    #[command(flatten)]
    pub one: PaperArgs,
    #[command(flatten)]
    pub file: evidence::FileArgs,
    /// Mã SHA-256 của tệp chứng cứ đã lưu.
    #[arg(long, value_name = "SHA256", conflicts_with = "file")]
    pub evidence: Option<String>,
}

#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover split 10001-4 --by-hamlet --why \"mỗi thôn một cộng tác viên\"\n  treem handover split 10001-4 --row 3 --row 7 --why \"hai trẻ chờ giấy khai sinh\""
)]
pub struct SplitArgs {
    #[command(flatten)]
    pub one: WhyArgs,
    /// Mỗi thôn một phần.
    #[arg(long, conflicts_with = "row", required_unless_present = "row")]
    pub by_hamlet: bool,
    /// Tách riêng dòng này; ghi nhiều lần được.
    #[arg(long, value_name = "ROW")]
    pub row: Vec<String>,
}

#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover sheets 10001-4\n  treem handover sheets --unit \"Xã Tà Rụt\" --hamlet \"A Đăng\""
)]
pub struct SheetsArgs {
    /// Mã danh sách; không ghi thì theo --unit.
    #[arg(
        value_name = "LIST",
        required_unless_present = "unit",
        conflicts_with = "unit"
    )]
    pub list: Option<String>,
    #[command(flatten)]
    pub at: At,
    #[command(flatten)]
    pub area: AreaArgs,
    /// Chỉ thôn, bản, khu phố này.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    pub hamlet: String,
}

#[derive(Args)]
pub struct SheetArgs {
    /// Mã phiếu.
    #[arg(value_name = "SHEET")]
    pub sheet: String,
    #[command(flatten)]
    pub at: At,
}

#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover seal 10001-4 --out danh-sach.txt\n\nTệp có tên và thông tin của trẻ: giữ như giữ bản giấy."
)]
pub struct SealArgs {
    #[command(flatten)]
    pub one: OneArgs,
    /// Ghi ra tệp này; tệp đã có thì không ghi đè.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover days\n  treem handover days --unit \"Xã Tà Rụt\" --place received --days 10\n\n0 ngày: không đặt hạn."
)]
pub struct DaysArgs {
    #[command(flatten)]
    pub at: At,
    #[command(flatten)]
    pub area: AreaArgs,
    /// Trạng thái được đặt hạn.
    #[arg(long, value_name = "PLACE", requires = "days")]
    pub place: Option<String>,
    /// Số ngày.
    #[arg(long, value_name = "N", requires_all = ["place", "unit"])]
    pub days: Option<i64>,
}
