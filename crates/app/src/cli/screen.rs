//! What the terminal shows: sentences on standard error, tables on standard output.

use std::io::{IsTerminal, Write};
use treem_child::normalise::date::PartialDate;
pub use treem_child::texts::grouped;

/// A sentence on standard error.
pub fn complain(sentence: &str) {
    let mut error = std::io::stderr().lock();
    let _ = writeln!(error, "treem: {sentence}");
}

/// A line on standard error, as it is.
pub fn tell(line: &str) {
    let mut error = std::io::stderr().lock();
    let _ = writeln!(error, "{line}");
}

/// Text on standard output; a closed pipe is not an error.
pub fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes());
    let _ = out.flush();
}

/// True where somebody watches standard error: a progress bar makes sense.
pub fn is_watched() -> bool {
    std::io::stderr().is_terminal()
}

/// What stopped a run, in one Vietnamese sentence: what was being done, and what the system said.
pub fn sentence(error: &anyhow::Error) -> String {
    let mut parts: Vec<String> = Vec::new();
    for cause in error.chain() {
        if let Some(io) = cause.downcast_ref::<std::io::Error>() {
            parts.push(system_word(io));
            break;
        }
        parts.push(cause.to_string());
    }
    let mut out = parts.join(": ");
    if !out.ends_with('.') {
        out.push('.');
    }
    out
}

fn system_word(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            "ổ đĩa đã đầy; giải phóng chỗ trống, hoặc chọn thư mục khác bằng --out".to_owned()
        }
        ErrorKind::PermissionDenied => {
            "không có quyền ghi; đóng tệp đang mở trong Excel, hoặc chọn thư mục khác bằng --out"
                .to_owned()
        }
        ErrorKind::ReadOnlyFilesystem => {
            "ổ đĩa chỉ cho đọc; chọn thư mục khác bằng --out".to_owned()
        }
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory | ErrorKind::IsADirectory => {
            "đã có tệp hoặc thư mục khác mang tên này; chọn tên khác bằng --out".to_owned()
        }
        ErrorKind::NotFound => "tệp hoặc thư mục không còn ở đó".to_owned(),
        _ => error.raw_os_error().map_or_else(
            || "lỗi đọc, ghi".to_owned(),
            |code| format!("lỗi đọc, ghi của hệ thống (số {code})"),
        ),
    }
}

/// A day of the command line, today where there is none; the error is one Vietnamese sentence.
pub fn day(text: Option<&str>, today: jiff::civil::Date) -> Result<PartialDate, String> {
    let text = text.map_or_else(|| today.to_string(), str::to_owned);
    PartialDate::from_iso(&text)
        .filter(|day| day.is_full())
        .ok_or_else(|| {
            format!("ngày “{text}” không dùng được: viết năm-tháng-ngày, ví dụ 2024-06-13.")
        })
}

/// Minutes and seconds, with hours where there are some: `0:07`, `1:02:33`.
pub fn clock(time: std::time::Duration) -> String {
    let seconds = time.as_secs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// Breaks a text between words so that no line is wider than `width`, where a word allows it.
pub fn folded(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut used = 0;
    for word in text.split(' ') {
        let wide = self::width(word);
        if used > 0 && used + 1 + wide > width {
            out.push('\n');
            used = 0;
        } else if used > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += wide;
    }
    out
}

/// An item of a list: folded at `width` columns, everything after the first line below its text.
pub fn item(text: &str, width: usize) -> String {
    let indent = "    ";
    let text = folded(text, width - indent.len());
    format!("  • {}\n", text.replace('\n', &format!("\n{indent}")))
}

/// Width on the screen: combining marks take none.
pub fn width(text: &str) -> usize {
    text.chars()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .count()
}

/// Pads on the right to a width; longer text is cut with an ellipsis.
pub fn left(text: &str, columns: usize) -> String {
    let wide = width(text);
    if wide > columns {
        let mut out: String = text.chars().take(columns.saturating_sub(1)).collect();
        out.push('…');
        return out;
    }
    format!("{text}{}", " ".repeat(columns - wide))
}

/// Pads on the left.
pub fn right(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_widths() {
        assert_eq!(
            [
                grouped(0),
                grouped(999),
                grouped(1_000),
                grouped(187_288),
                grouped(25_000_000)
            ],
            ["0", "999", "1.000", "187.288", "25.000.000"]
        );
        assert_eq!(left("Tà Rụt", 8), "Tà Rụt  ");
        assert_eq!(left("Krông Klang", 6), "Krông…");
        assert_eq!(right("12", 5), "   12");
    }

    #[test]
    fn sentences_name_the_cause_in_vietnamese() {
        use anyhow::Context as _;
        let told = |kind| {
            sentence(
                &Err::<(), _>(std::io::Error::from(kind))
                    .context("không ghi được kết quả")
                    .unwrap_err(),
            )
        };
        assert_eq!(
            told(std::io::ErrorKind::StorageFull),
            "không ghi được kết quả: ổ đĩa đã đầy; giải phóng chỗ trống, hoặc chọn thư mục khác bằng --out."
        );
        assert!(told(std::io::ErrorKind::ReadOnlyFilesystem).contains("chỉ cho đọc"));
        assert_eq!(sentence(&anyhow::anyhow!("có quá nhiều.")), "có quá nhiều.");
    }

    #[test]
    fn times_and_folds() {
        let at = |seconds| clock(std::time::Duration::from_secs(seconds));
        assert_eq!([at(7), at(75), at(3753)], ["0:07", "1:15", "1:02:33"]);
        assert_eq!(folded("một hai ba bốn", 7), "một hai\nba bốn");
        assert_eq!(item("một hai ba", 12), "  • một hai\n    ba\n");
    }
}
