//! The words of the command line: help pages and refusals in Vietnamese, whatever the commands are.
//!
//! In: the commands as they are declared. Out: the same commands with Vietnamese headings, and for each refusal one sentence.

use clap::builder::{Str, StyledStr};
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::{Arg, ArgAction, Command};
use std::ffi::OsString;
use std::fmt::Write as _;

/// Widest line of a help page.
const WIDTH: usize = 100;

/// Names of values, as they are declared and as a person reads them.
const VALUES: &[(&str, &str)] = &[
    ("RULE", "QUY_TẮC"),
    ("FIX", "LƯỢT_SỬA"),
    ("CHECK", "CÁCH"),
    ("PAIR", "VIỆC"),
    ("ANSWER", "TRẢ_LỜI"),
    ("FIELD=1|2", "TRƯỜNG=1|2"),
    ("ADDRESS:PORT", "ĐỊA_CHỈ:CỔNG"),
    ("HOST", "TÊN_MÁY"),
    ("ROLE", "VAI_TRÒ"),
    ("GRANT", "MÃ_GIAO"),
    ("TOKEN", "MÃ_ỨNG_DỤNG"),
    ("MOVE", "ĐỀ_NGHỊ"),
    ("LIST", "DANH_SÁCH"),
    ("SIDE", "BÊN"),
    ("EVIDENCE", "CHỨNG_CỨ"),
    ("ROW", "DÒNG"),
    ("ROW=ANSWER[:VALUE]", "DÒNG=KẾT_QUẢ[:GIÁ_TRỊ]"),
    ("ROW=WHY", "DÒNG=LÝ_DO"),
    ("TASK", "VIỆC"),
    ("KIND", "LOẠI"),
    ("DAYS", "SỐ_NGÀY"),
    ("SHEET", "PHIẾU"),
    ("PLACE", "TRẠNG_THÁI"),
    ("HOLDER", "NGƯỜI_GIỮ"),
    ("WAY", "CÁCH"),
    ("STATE", "TRẠNG_THÁI"),
    ("FIELD=A|B", "TRƯỜNG=A|B"),
    ("MERGE|CHILD", "LẦN_GỘP|HỒ_SƠ"),
    ("MONTH", "THÁNG"),
    ("NUMBER", "SỐ"),
    ("child|FILE", "child|TỆP"),
    ("ID,ID", "MÃ,MÃ"),
    ("COLUMN", "CỘT"),
    ("FILE|DIR", "TỆP|THƯ_MỤC"),
    ("FILE|DATE", "TỆP|NGÀY"),
    ("URL", "NƠI_NHẬN"),
    ("CODE|NAME", "MÃ|TÊN"),
    ("FILE", "TỆP"),
    ("DIR", "THƯ_MỤC"),
    ("DATE", "NGÀY"),
    ("LEVEL", "MỨC"),
    ("FIELD", "LOẠI"),
    ("NAME", "TÊN"),
    ("FORMAT", "DẠNG"),
    ("ENCODING", "BẢNG_MÃ"),
    ("TEXT", "CHỮ"),
    ("AREA", "ĐỊA_BÀN"),
    ("DATA", "SỔ"),
    ("KEY", "MÃ"),
    ("USER", "NGƯỜI"),
    ("IMPORT", "LẦN_NHẬP"),
    ("REFORM", "LẦN_SẮP_XẾP"),
    ("MIRROR", "TỆP_KẾT_XUẤT"),
    ("CHILD", "HỒ_SƠ"),
    ("FIELD=VALUE", "TRƯỜNG=GIÁ_TRỊ"),
    ("GROUP|RULE", "NHÓM|QUY_TẮC"),
    ("TIME", "THỜI_ĐIỂM"),
    ("IMPORT|ROW", "LẦN_NHẬP|DÒNG"),
    ("FIELD,…", "TRƯỜNG,…"),
    ("P", "P"),
    ("N", "N"),
];

/// Puts Vietnamese headings, value names and explanations on a command and all below it.
pub fn vietnamese(command: Command) -> Command {
    dress(command, "")
}

fn dress(command: Command, above: &str) -> Command {
    let path = format!("{above}{}", command.get_name());
    let below: Vec<String> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect();
    let has_version = command.get_version().is_some();
    let mut command = command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading("Lệnh")
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help("In phần hướng dẫn này"),
        );
    if has_version {
        command = command.arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help("In số phiên bản"),
        );
    }
    command = command.mut_args(value_words);
    let column = command
        .get_arguments()
        .filter(|arg| !arg.is_positional())
        .map(spec_width)
        .max()
        .unwrap_or(0);
    command = command.mut_args(|arg| explained(arg, column));
    let mut usage = path.clone();
    if !below.is_empty() {
        usage.push_str(" <LỆNH>");
    }
    usage.push_str(" [tùy chọn]");
    for arg in command.get_positionals() {
        usage.push(' ');
        usage.push_str(&arg.to_string());
    }
    let mut template = String::from("{about}\n\nCách dùng: {usage}\n");
    if command.get_positionals().next().is_some() {
        template.push_str("\nĐầu vào:\n{positionals}\n");
    }
    if !below.is_empty() {
        template.push_str("\nLệnh:\n{subcommands}\n");
    }
    template.push_str("\nTùy chọn:\n{options}{after-help}");
    command = command.override_usage(usage).help_template(template);
    for name in below {
        command = command.mut_subcommand(name, |sub| dress(sub, &format!("{path} ")));
    }
    command
}

/// `    --as-of <NGÀY>`: what stands before the explanation.
fn spec_width(arg: &Arg) -> usize {
    let values = arg.get_value_names().map_or(0, |names| {
        names.iter().map(|name| name.chars().count() + 3).sum()
    });
    arg.get_long().map_or(0, |long| long.len() + 2) + values
}

fn value_words(arg: Arg) -> Arg {
    let Some(names) = arg
        .get_value_names()
        .filter(|_| arg.get_action().takes_values())
    else {
        return arg;
    };
    let names: Vec<Str> = names
        .iter()
        .map(|name| {
            VALUES
                .iter()
                .find(|(from, _)| *from == name.as_str())
                .map_or_else(|| name.clone(), |(_, to)| Str::from(*to))
        })
        .collect();
    arg.value_names(names)
}

/// The explanation with its closed list of values and its default, folded at [`WIDTH`].
fn explained(arg: Arg, column: usize) -> Arg {
    let mut text = arg.get_help().map(StyledStr::to_string).unwrap_or_default();
    if arg.get_action().takes_values() {
        let values: Vec<String> = arg
            .get_possible_values()
            .iter()
            .map(|value| value.get_name().to_owned())
            .collect();
        // Where the words name each of them, the list would only repeat it.
        if values.iter().any(|value| !text.contains(value.as_str())) {
            text = format!("{text}: {}", values.join(", "));
        }
        let defaults: Vec<String> = arg
            .get_default_values()
            .iter()
            .map(|value| value.to_string_lossy().into_owned())
            .filter(|value| !value.is_empty())
            .collect();
        if !defaults.is_empty() {
            text = format!("{text} (mặc định: {})", defaults.join(", "));
        }
    }
    let room = if arg.is_positional() {
        WIDTH - 8 - arg.to_string().chars().count()
    } else {
        WIDTH - 8 - column
    };
    let takes_values = arg.get_action().takes_values();
    arg.help(super::screen::folded(&text, room))
        .hide_possible_values(takes_values)
        .hide_default_value(takes_values)
}

/// What was wrong with the arguments, in one sentence, and where to read on.
///
/// `called` is the command that was called, as a person writes it: `treem check`.
pub fn refusal(error: &Error, called: &str) -> String {
    let of = |kind: ContextKind| error.get(kind).map(words);
    let argument = of(ContextKind::InvalidArg).unwrap_or_default();
    let value = of(ContextKind::InvalidValue).unwrap_or_default();
    let mut sentence = match error.kind() {
        ErrorKind::MissingRequiredArgument => {
            format!("còn thiếu {}.", argument.trim_end_matches("..."))
        }
        ErrorKind::UnknownArgument => format!("không có tùy chọn {argument}."),
        ErrorKind::InvalidSubcommand => format!(
            "không có lệnh {}.",
            of(ContextKind::InvalidSubcommand).unwrap_or_default()
        ),
        ErrorKind::InvalidValue if value.is_empty() => {
            format!("sau {argument} phải có giá trị.")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("giá trị “{value}” của {argument} không dùng được.")
        }
        ErrorKind::ArgumentConflict => match of(ContextKind::PriorArg) {
            Some(prior) if prior != argument => {
                format!("{argument} không dùng cùng với {prior}.")
            }
            _ => format!("{argument} chỉ được ghi một lần."),
        },
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => {
            format!("{argument} có quá nhiều giá trị.")
        }
        ErrorKind::TooFewValues => format!("sau {argument} còn thiếu giá trị."),
        ErrorKind::NoEquals => format!("sau {argument} phải có dấu =."),
        ErrorKind::MissingSubcommand => "còn thiếu tên lệnh.".to_owned(),
        ErrorKind::InvalidUtf8 => "tham số không phải chữ Unicode hợp lệ.".to_owned(),
        _ => "tham số không dùng được.".to_owned(),
    };
    if let Some(valid) = of(ContextKind::ValidValue).filter(|valid| !valid.is_empty()) {
        let _ = write!(sentence, " Chọn một trong: {valid}.");
    }
    let meant = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ];
    if let Some(meant) = meant
        .into_iter()
        .find_map(of)
        .filter(|meant| !meant.is_empty())
    {
        let _ = write!(sentence, " Có phải ý là {meant}?");
    }
    format!("{sentence} Xem: {called} --help")
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::StyledStrs(texts) => texts
            .iter()
            .map(StyledStr::to_string)
            .collect::<Vec<_>>()
            .join(", "),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// The command that some arguments call: `treem rules test`.
pub fn called(command: &Command, arguments: &[OsString]) -> String {
    let mut path = command.get_name().to_owned();
    let mut at = command;
    for word in arguments.iter().skip(1).filter_map(|word| word.to_str()) {
        if let Some(sub) = at.find_subcommand(word) {
            at = sub;
            path = format!("{path} {word}");
        } else if !word.starts_with('-') {
            break;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(arguments: &str) -> String {
        let arguments: Vec<OsString> = arguments.split(' ').map(OsString::from).collect();
        let command = super::super::command();
        let called = called(&command, &arguments);
        refusal(
            &command.try_get_matches_from(arguments).unwrap_err(),
            &called,
        )
    }

    #[test]
    fn refusals_are_one_vietnamese_sentence() {
        for (arguments, sentence) in [
            (
                "treem check",
                "còn thiếu <TỆP|THƯ_MỤC>. Xem: treem check --help",
            ),
            (
                "treem check a --foo",
                "không có tùy chọn --foo. Xem: treem check --help",
            ),
            (
                "treem check a --jsn",
                "không có tùy chọn --jsn. Có phải ý là --json? Xem: treem check --help",
            ),
            (
                "treem check a --out",
                "sau --out <THƯ_MỤC> phải có giá trị. Xem: treem check --help",
            ),
            (
                "treem check a --deny",
                "sau --deny <MỨC> phải có giá trị. Chọn một trong: error, warning. Xem: treem check --help",
            ),
            (
                "treem check a --out x --out y",
                "--out <THƯ_MỤC> chỉ được ghi một lần. Xem: treem check --help",
            ),
            (
                "treem check a --deny x",
                "giá trị “x” của --deny <MỨC> không dùng được. Chọn một trong: error, warning. Xem: treem check --help",
            ),
            (
                "treem chek a",
                "không có lệnh chek. Có phải ý là check? Xem: treem --help",
            ),
            (
                "treem rules test",
                "còn thiếu <TỆP>. Xem: treem rules test --help",
            ),
            (
                "treem coverage a b",
                "không có tùy chọn b. Xem: treem coverage --help",
            ),
            (
                "treem normalise zz",
                "giá trị “zz” của <LOẠI> không dùng được. Chọn một trong: name, date, number, sex, ethnicity, unit, phone, text. Xem: treem normalise --help",
            ),
        ] {
            assert_eq!(told(arguments), sentence);
        }
    }

    #[test]
    fn help_pages_are_vietnamese_and_narrow() {
        fn pages(command: &mut Command, out: &mut Vec<String>) {
            out.push(command.render_help().to_string());
            for sub in command.get_subcommands_mut() {
                pages(sub, out);
            }
        }
        let mut out = Vec::new();
        let mut command = super::super::command();
        command.build();
        pages(&mut command, &mut out);
        assert!(out.len() >= 7);
        for page in out {
            for word in [
                "Usage",
                "Options",
                "Arguments",
                "Commands",
                "Print",
                "possible values",
                "default",
            ] {
                assert!(!page.contains(word), "{word}: {page}");
            }
            assert!(
                page.lines().all(|line| line.chars().count() <= WIDTH + 2),
                "{page}"
            );
        }
    }
}
