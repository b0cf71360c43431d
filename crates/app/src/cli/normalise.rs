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
    loop {
        let lines = read_lines(&mut input)?;
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

/// Up to [`limits::NORMALISE_LINES`] lines. Bytes that are no UTF-8 are shown as their Windows-1252 characters, as a spreadsheet
/// would show them.
fn read_lines(input: &mut impl BufRead) -> anyhow::Result<Vec<String>> {
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
        lines.push(match std::str::from_utf8(&bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(&bytes)
                .0
                .into_owned(),
        });
    }
    Ok(lines)
}
