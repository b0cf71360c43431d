//! The waterfall of a pair in Vietnamese: where it starts, what each field adds, where it ends.
//!
//! In: what was explained. Out: lines for the terminal.

use crate::act::link::Explained;
use std::fmt::Write as _;
use treem_child::link::words;

fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(text.chars().count());
    format!("{text}{}", " ".repeat(missing))
}

/// The lines.
pub fn text(explained: &Explained) -> String {
    let waterfall = &explained.waterfall;
    let mut out = String::new();
    let _ = writeln!(out, "Vì sao {} và {}:", explained.left, explained.right);
    let _ = writeln!(
        out,
        "  {} {:>8.2} bit",
        padded("Hai dòng bất kỳ", 16),
        waterfall.start
    );
    for (at, step) in waterfall.steps.iter().enumerate() {
        let label = words::label(&step.comparison);
        let label = if label.is_empty() {
            step.comparison.as_str()
        } else {
            label
        };
        let level = if step.level == 0 {
            "một bên không ghi"
        } else {
            step.label.as_str()
        };
        let _ = write!(
            out,
            "  {} {:>+8.2} bit  {level}",
            padded(label, 16),
            step.bits
        );
        if let Some(common) = step.common {
            let _ = write!(out, " (khoảng {:.0} người có một)", (1.0 / common).round());
        }
        if let Some((left, right)) = explained.values.get(at)
            && !(left.is_empty() && right.is_empty())
        {
            let _ = write!(
                out,
                ": {}",
                if left == right {
                    left.clone()
                } else {
                    format!("{} | {}", blank(left), blank(right))
                }
            );
        }
        out.push('\n');
    }
    if waterfall.others.abs() >= 0.005 {
        let _ = writeln!(
            out,
            "  {} {:>+8.2} bit  cân nhắc với các ứng viên khác (anh chị em, người trùng tên)",
            padded("Ứng viên khác", 16),
            waterfall.others
        );
    }
    if waterfall.calibration.abs() >= 0.005 {
        let _ = writeln!(
            out,
            "  {} {:>+8.2} bit  các dấu hiệu phụ thuộc nhau, không cộng hết",
            padded("Hiệu chỉnh", 16),
            waterfall.calibration
        );
    }
    let _ = writeln!(
        out,
        "  {} {:>8.2} bit  xác suất {:.6}",
        padded("Cộng", 16),
        waterfall.bits,
        waterfall.probability
    );
    if let Some(band) = explained.band {
        let word = match band {
            "same" => "cùng một trẻ (same)",
            "perhaps" => "cần người xem lại (perhaps)",
            _ => "không phải một trẻ (new)",
        };
        let _ = writeln!(out, "  Kết luận: {word}");
    }
    out
}

fn blank(text: &str) -> &str {
    if text.is_empty() { "–" } else { text }
}
