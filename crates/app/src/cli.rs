//! The command line: one module per command. Parses, calls the act, prints; decides nothing.

mod bar;
mod check;
mod coverage;
mod generate;
mod help;
mod link;
mod normalise;
mod rules;
mod screen;
mod units;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use std::ffi::OsString;

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
    /// Tra đơn vị hành chính theo ngày: một tên hoặc mã là xã nào, trước là gì, nay là gì.
    Units(units::UnitsArgs),
}

/// Parses the arguments and runs the command. `today` is the default as-of date.
pub fn run(arguments: Vec<OsString>, today: jiff::civil::Date) -> u8 {
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
        Command::Coverage(args) => coverage::run(args),
        Command::Rules(args) => rules::run(args, today),
        Command::Generate(args) => generate::run(args, today),
        Command::Units(args) => Ok(units::run(args, today)),
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
