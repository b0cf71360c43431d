//! `treem normalise FIELD`: values from standard input, one a line.

use super::{DONE, PARTLY, screen};
use crate::act::normalise::{Normaliser, ValueField};
use crate::limits;
use std::io::{BufRead, Write};
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::encoding::Encoding;

/// Arguments of `treem normalise`.
#[derive(clap::Args)]
#[command(
    after_help = "Ví dụ:\n  echo 'NguyÔn ThÞ Hång' | treem normalise name\n  treem normalise text --from vni < cot_ho_ten.txt"
)]
pub struct NormaliseArgs {
    /// Loại giá trị.
    #[arg(value_name = "FIELD", value_parser = ["name", "date", "number", "sex", "ethnicity", "unit", "phone", "text"])]
    field: String,
    /// Bảng mã của đầu vào (tcvn3, vni, vps, viscii, viqr, cp1258, utf8x2 hoặc tên phông chữ); không ghi thì tự nhận.
    #[arg(long, value_name = "ENCODING")]
    from: Option<String>,
    /// Ngày tính số liệu, YYYY-MM-DD (mặc định hôm nay).
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// In một đối tượng JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: &NormaliseArgs, today: jiff::civil::Date) -> anyhow::Result<u8> {
    let field = match args.field.as_str() {
        "name" => ValueField::Name,
        "date" => ValueField::Date,
        "number" => ValueField::Number,
        "sex" => ValueField::Sex,
        "ethnicity" => ValueField::Ethnicity,
        "unit" => ValueField::Unit,
        "phone" => ValueField::Phone,
        _ => ValueField::Text,
    };
    let from = match &args.from {
        None => None,
        Some(name) => {
            if let Some(encoding) = Encoding::from_name(name) {
                Some(encoding)
            } else {
                screen::complain(&format!(
                    "không biết bảng mã “{name}”; dùng tcvn3, vni, vps, viscii, viqr, cp1258 hoặc utf8x2."
                ));
                return Ok(PARTLY);
            }
        }
    };
    let day = args.as_of.clone().unwrap_or_else(|| today.to_string());
    let Some(as_of) = PartialDate::from_iso(&day) else {
        screen::complain(&format!("ngày “{day}” không đúng dạng YYYY-MM-DD."));
        return Ok(PARTLY);
    };
    let mut input = std::io::stdin().lock();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut values = Vec::new();
    let mut first = true;
    loop {
        let lines = read_lines(&mut input, from, first)?;
        first = false;
        if lines.is_empty() {
            break;
        }
        let mut normaliser = Normaliser::new(field, from, as_of, lines.iter().map(String::as_str));
        for line in &lines {
            let (value, codes) = normaliser.value(line);
            if args.json {
                values.push(serde_json::json!({ "raw": line, "value": value, "findings": codes }));
            } else if writeln!(out, "{value}\t{}", codes.join("|")).is_err() {
                return Ok(DONE);
            }
        }
    }
    if args.json {
        let _ = writeln!(
            out,
            "{}",
            serde_json::json!({ "field": args.field, "values": values })
        );
    }
    let _ = out.flush();
    Ok(DONE)
}

/// Up to [`limits::NORMALISE_LINES`] lines, with bytes that are no UTF-8 shown as their Windows-1252 characters, as a
/// spreadsheet would show them.
///
/// Bytes of a legacy code are sometimes UTF-8 by chance (two accented letters in a row), so the lines are judged
/// together: where more lines above ASCII are no UTF-8 than are, all of them are bytes.
fn read_lines(
    input: &mut impl BufRead,
    from: Option<Encoding>,
    first: bool,
) -> anyhow::Result<Vec<String>> {
    let mut lines = Vec::new();
    let mut bytes = Vec::new();
    while lines.len() < limits::NORMALISE_LINES {
        bytes.clear();
        if input.read_until(b'\n', &mut bytes)? == 0 {
            break;
        }
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        }
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        if first && lines.is_empty() && bytes.starts_with(b"\xEF\xBB\xBF") {
            bytes.drain(..3);
        }
        lines.push(String::from_utf8(std::mem::take(&mut bytes)));
    }
    let broken = lines.iter().filter(|line| line.is_err()).count();
    let sound =
        |line: &&Result<String, _>| line.as_ref().is_ok_and(|line: &String| !line.is_ascii());
    let all_bytes = broken > 0 && broken > lines.iter().filter(sound).count();
    let one_byte =
        from.is_some_and(|from| !matches!(from, Encoding::Unicode | Encoding::Utf8Twice));
    Ok(lines
        .into_iter()
        .map(|line| match line {
            Ok(text) if text.is_ascii() => text,
            Ok(text) if all_bytes || (one_byte && !text.chars().all(may_be_shown)) => {
                as_windows_1252(text.as_bytes())
            }
            Ok(text) => text,
            Err(error) => as_windows_1252(error.as_bytes()),
        })
        .collect())
}

/// True for what Vietnamese text, in Unicode or with the bytes of a legacy code shown as characters, can hold.
fn may_be_shown(c: char) -> bool {
    c < '\u{180}'
        || matches!(
            c,
            'Ơ' | 'ơ' | 'Ư' | 'ư' | 'ƒ' | 'ˆ' | '˜' | '₫' | '€' | '™' | '\u{2bc}'
        )
        || ('\u{300}'..='\u{36f}').contains(&c)
        || ('\u{1e00}'..='\u{1eff}').contains(&c)
        || ('\u{2000}'..='\u{206f}').contains(&c)
        || ('\u{ff01}'..='\u{ff5e}').contains(&c)
}

fn as_windows_1252(bytes: &[u8]) -> String {
    encoding_rs::WINDOWS_1252
        .decode_without_bom_handling(bytes)
        .0
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], from: Option<Encoding>, expect: &[&str]) {
        let lines = read_lines(&mut &*bytes, from, true).unwrap();
        assert_eq!(lines, expect, "{bytes:?}");
    }

    #[test]
    fn lines_and_bytes() {
        check(b"", None, &[]);
        check(b"a\r\n\r\nb", None, &["a", "", "b"]);
        check(b"\xEF\xBB\xBFa\n", None, &["a"]);
        check(b"Hu\xFAnh\n", None, &["Huúnh"]);
        check("Huỳnh\n".as_bytes(), Some(Encoding::Viscii), &["Huỳnh"]);
        check("ÐƒNG\n".as_bytes(), Some(Encoding::Viscii), &["ÐƒNG"]);
        // Bytes that are UTF-8 by chance: among lines that are none, and where no text could look so.
        check(b"B\xF9i\nD\xDF\xBDng\nV\xFB", None, &["Bùi", "Dß½ng", "Vû"]);
        check(b"\xD0\x83NG\n", Some(Encoding::Viscii), &["ÐƒNG"]);
        // One broken line among sound ones.
        check("Hồ\nVõ\nH\u{e0}".as_bytes(), None, &["Hồ", "Võ", "Hà"]);
        check(
            b"H\xE1\xBB\x93\nV\xC3\xB5\nH\xE0",
            None,
            &["Hồ", "Võ", "Hà"],
        );
    }
}
