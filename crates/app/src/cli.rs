//! The command line: one module per command. Parses, calls the act, prints; decides nothing.

mod bar;
mod check;
mod coverage;
mod generate;
mod help;
mod link;
mod normalise;
mod register;
mod rules;
mod screen;
mod serve;
mod units;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use std::ffi::OsString;

pub use register::Around;

/// Exit code: everything was done.
pub const DONE: u8 = 0;
/// Exit code: findings, and `--deny` asked for it.
pub const DENIED: u8 = 1;
/// Exit code: some input or argument could not be used; everything else was done.
pub const PARTLY: u8 = 2;
/// Exit code: failed.
pub const FAILED: u8 = 3;

/// treem – đọc các danh sách trẻ em thực có, tìm trẻ ghi sai, thiếu hoặc bị tính hai lần.
#[derive(Parser)]
#[command(
    name = "treem",
    version,
    about = "treem – đọc các danh sách trẻ em thực có, tìm trẻ ghi sai, thiếu hoặc bị tính hai lần.",
    arg_required_else_help = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Kiểm tra danh sách: đọc tệp, chuẩn hóa, chỉ ra chỗ thiếu, sai, mâu thuẫn, nghi trùng.
    Check(check::CheckArgs),
    /// Đối chiếu hai danh sách, hoặc tìm trẻ bị ghi hai lần trong một danh sách.
    Link(link::LinkArgs),
    /// Chuẩn hóa từng giá trị đọc từ đầu vào chuẩn (mỗi dòng một giá trị).
    Normalise(normalise::NormaliseArgs),
    /// Tính lại bảng tiến độ (như bảng trong công văn) và chỉ ra số in không khớp.
    Coverage(coverage::CoverageArgs),
    /// Xem các quy tắc kiểm tra, thử tệp quy tắc của địa phương.
    Rules(rules::RulesArgs),
    /// Tạo tỉnh mẫu (người bịa ra): sổ, số trẻ báo cáo, danh sách của các xã và đáp án.
    Generate(generate::GenerateArgs),
    /// Tạo sổ theo dõi trẻ em của một tỉnh.
    Init(register::InitArgs),
    /// Nhập danh sách vào sổ, thành một lần nhập hủy được.
    Import(register::ImportArgs),
    /// Xem các lần nhập.
    Imports(register::ImportsArgs),
    /// Hủy một lần nhập, hoặc nhập lại lần đã hủy; xem trước sẽ thế nào.
    Undo(register::UndoArgs),
    /// Quyết định các dòng còn chờ của một lần nhập: là trẻ nào trong sổ, hay là trẻ mới.
    Decide(register::decide::DecideArgs),
    /// Xuất cả sổ, nay hoặc vào một thời điểm, ra tệp csv.
    Export(register::export::ExportArgs),
    /// Xem một hồ sơ trong sổ và lịch sử của hồ sơ.
    Child(register::ChildArgs),
    /// Xem danh sách trẻ của một nhóm hoặc một quy tắc, theo xã; so với trước.
    List(register::list::ListArgs),
    /// Văn bản: công văn đôn đốc, bảng việc của từng xã, phụ lục; mẫu văn bản của tỉnh.
    Letter(register::letter::LetterArgs),
    /// Nạp và xem chỉ tiêu của các đơn vị.
    Target(register::target::TargetArgs),
    /// Lưu một danh sách và theo dõi trẻ trong đó về sau thế nào.
    Cohort(register::cohort::CohortArgs),
    /// Việc hôm nay: những gì đang chờ ở một địa bàn, cũ nhất từ bao giờ.
    Today(register::today::TodayArgs),
    /// Sửa nhiều hồ sơ một lúc; xem trước, hoàn tác, kiểm tra lần hai.
    Fix(Box<register::fix::FixArgs>),
    /// Nhập mới trẻ em phát sinh, từng hộ, từ tệp JSON; xem trước sẽ thế nào.
    Entry(Box<register::entry::EntryArgs>),
    /// Tìm trẻ trong sổ theo họ tên, có dấu hay không dấu.
    Find(register::find::FindArgs),
    /// Nạp và xem số trẻ em báo cáo của các đơn vị.
    Headcount(register::headcount::HeadcountArgs),
    /// Xem biến động số trẻ em trong kỳ của từng đơn vị.
    Movements(register::movements::MovementsArgs),
    /// Tiến độ: bảng theo đơn vị, vì sao chậm, khi nào xong.
    Report(register::report::ReportArgs),
    /// Những hồ sơ trong sổ nghi là của cùng một trẻ.
    Duplicates(register::doubles::DuplicatesArgs),
    /// Hàng chờ nghi trùng: dòng của các lần nhập và cặp hồ sơ trong sổ; xem, trả lời từng việc.
    Pairs(register::pairs::PairsArgs),
    /// Gộp hai hồ sơ của cùng một trẻ; xem trước sẽ thế nào.
    Merge(register::merging::MergeArgs),
    /// Tách hai hồ sơ đã gộp.
    Unmerge(register::merging::UnmergeArgs),
    /// Xem các đề nghị chuyển trẻ đến nơi khác.
    Moves(register::moving::MovesArgs),
    /// Danh sách bàn giao: lập, rà soát, chốt, chuyển Công an, nhận lại; ai đang giữ.
    Handover(register::handover::HandoverArgs),
    /// Ghi rằng hai hồ sơ là hai trẻ khác nhau, để không hỏi lại.
    Apart(register::doubles::ApartArgs),
    /// Những số định danh mà nhiều trẻ cùng mang.
    Disputes(register::doubles::DisputesArgs),
    /// Phần mềm quốc gia: nạp tệp kết xuất, đối chiếu với sổ, ghi ra việc phải nhập, sửa.
    Mirror(register::mirror::MirrorArgs),
    /// Ai còn thiếu: danh sách của ngành khác, trẻ chưa có trong sổ theo tên, số trẻ thực có.
    Missing(Box<register::missing::MissingArgs>),
    /// Kiểm tra sổ còn nguyên vẹn không.
    Doctor(register::doctor::DoctorArgs),
    /// Sao toàn bộ sổ sang nơi khác: từ tệp sang máy chủ PostgreSQL, hoặc ngược lại.
    Copy(register::copy::CopyArgs),
    /// Sao lưu sổ thành một tệp, ngay khi người khác đang làm việc; khôi phục thử và so sánh.
    Backup(register::backup::BackupArgs),
    /// Khôi phục sổ từ bản sao lưu; xem trước trong đó có gì.
    Restore(register::restore::RestoreArgs),
    /// Mở sổ trong trình duyệt: máy này, mạng nội bộ, hoặc sau máy chủ trung gian.
    Serve(serve::ServeArgs),
    /// Người dùng các trang: tài khoản, vai trò theo địa bàn, liên kết, mã ứng dụng.
    People(register::people::PeopleArgs),
    /// Tra đơn vị hành chính theo ngày: một tên hoặc mã là xã nào, trước là gì, nay là gì.
    Units(units::UnitsArgs),
}

/// Parses the arguments and runs the command. `around`: the clock, chance and the environment, read once.
pub fn run(arguments: Vec<OsString>, around: &Around) -> u8 {
    let today = around.today;
    let command = command();
    let called = help::called(&command, &arguments);
    let arguments = match command
        .try_get_matches_from(arguments)
        .and_then(|matches| Arguments::from_arg_matches(&matches))
    {
        Ok(arguments) => arguments,
        Err(error) => return refuse(&error, &called),
    };
    let done = match &arguments.command {
        Command::Check(args) => check::run(args, today),
        Command::Link(args) => link::run(args, today),
        Command::Normalise(args) => normalise::run(args, today),
        Command::Coverage(args) => coverage::run(args, around),
        Command::Init(args) => register::init(args, around),
        Command::Import(args) => register::import(args, around),
        Command::Imports(args) => register::imports(args, around),
        Command::Undo(args) => register::undo(args, around),
        Command::Decide(args) => register::decide::run(args, around),
        Command::Export(args) => register::export::run(args, around),
        Command::Child(args) => register::child(args, around),
        Command::List(args) => register::list::run(args, around),
        Command::Letter(args) => register::letter::run(args, around),
        Command::Target(args) => register::target::run(args, around),
        Command::Cohort(args) => register::cohort::run(args, around),
        Command::Today(args) => register::today::run(args, around),
        Command::Fix(args) => register::fix::run(args, around),
        Command::Entry(args) => register::entry::run(args, around),
        Command::Find(args) => register::find::run(args, around),
        Command::Headcount(args) => register::headcount::run(args, around),
        Command::Movements(args) => register::movements::run(args, around),
        Command::Report(args) => register::report::run(args, around),
        Command::Duplicates(args) => register::doubles::duplicates(args, around),
        Command::Pairs(args) => register::pairs::run(args, around),
        Command::Merge(args) => register::merging::merge(args, around),
        Command::Unmerge(args) => register::merging::unmerge(args, around),
        Command::Moves(args) => register::moving::list(args, around),
        Command::Handover(args) => register::handover::run(args, around),
        Command::Apart(args) => register::doubles::apart(args, around),
        Command::Disputes(args) => register::doubles::disputes(args, around),
        Command::Mirror(args) => register::mirror::run(args, around),
        Command::Missing(args) => register::missing::run(args, around),
        Command::Doctor(args) => register::doctor::run(args, around),
        Command::Copy(args) => register::copy::run(args, around),
        Command::Backup(args) => register::backup::run(args, around),
        Command::Restore(args) => register::restore::run(args, around),
        Command::Rules(args) => rules::run(args, around),
        Command::Generate(args) => generate::run(args, today),
        Command::Serve(args) => serve::run(args, around),
        Command::People(args) => register::people::run(args, around),
        Command::Units(args) => units::run(args, around),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            screen::complain(&screen::sentence(&error));
            FAILED
        }
    }
}

/// The commands, in Vietnamese.
fn command() -> clap::Command {
    help::vietnamese(Arguments::command())
}

/// Prints a help page that was asked for, or says what is wrong with the arguments.
fn refuse(error: &clap::Error, called: &str) -> u8 {
    use clap::error::ErrorKind::{
        DisplayHelp, DisplayHelpOnMissingArgumentOrSubcommand, DisplayVersion,
    };
    match error.kind() {
        DisplayHelp | DisplayVersion => {
            let _ = error.print();
            DONE
        }
        DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            PARTLY
        }
        _ => {
            screen::complain(&help::refusal(error, called));
            PARTLY
        }
    }
}
