//! The pieces of a line of a template: words with their look, fields, footnotes.
//!
//! In: a line's text. Out: [`Piece`]s; mistakes go to the [`Reader`].

use super::{Bit, Piece, Reader};

impl Reader {
    /// The pieces of a line.
    pub(super) fn pieces(&mut self, number: usize, text: &str) -> Vec<Piece> {
        let (mut out, mut words) = (Vec::new(), String::new());
        let (mut bold, mut italic) = (false, false);
        let mut rest = text;
        macro_rules! flush {
            () => {
                if !words.is_empty() {
                    out.push(Piece {
                        bit: Bit::Words(std::mem::take(&mut words)),
                        bold,
                        italic,
                    });
                }
            };
        }
        while let Some(letter) = rest.chars().next() {
            let mut step = letter.len_utf8();
            match letter {
                '\\' => {
                    let next = rest.get(step..).and_then(|rest| rest.chars().next());
                    match next {
                        Some(next) if "\\{}*[]#-%".contains(next) => {
                            words.push(next);
                            step += next.len_utf8();
                        }
                        _ => words.push(letter),
                    }
                }
                '*' => {
                    flush!();
                    if rest.starts_with("**") {
                        bold = !bold;
                        step = 2;
                    } else {
                        italic = !italic;
                    }
                }
                '{' => {
                    flush!();
                    match rest.get(1..).and_then(|rest| rest.find(['{', '}'])) {
                        Some(end) if rest.get(1 + end..2 + end) == Some("}") => {
                            let name = rest.get(1..=end).unwrap_or_default();
                            if name.trim_start().starts_with("nếu có ") {
                                self.wrong(
                                    number,
                                    "{nếu có …} chỉ đặt được ở đầu đoạn.".to_owned(),
                                );
                            } else if let Some(field) = self.field(number, name) {
                                out.push(Piece {
                                    bit: Bit::Field(field),
                                    bold,
                                    italic,
                                });
                            }
                            step = end + 2;
                        }
                        _ => {
                            let near: String = rest.chars().take(20).collect();
                            self.wrong(number, format!("ô “{near}” mở bằng {{ mà không đóng bằng }}; muốn in dấu ấy thì viết \\{{."));
                        }
                    }
                }
                '}' => self.wrong(
                    number,
                    "có dấu } mà trước đó không có {; muốn in dấu ấy thì viết \\}.".to_owned(),
                ),
                '[' if rest.starts_with("[^") => match rest.find(']') {
                    Some(end) => {
                        flush!();
                        let name = rest.get(2..end).unwrap_or_default().trim().to_owned();
                        self.called.push((name.clone(), number));
                        out.push(Piece {
                            bit: Bit::Note(name),
                            bold,
                            italic,
                        });
                        step = end + 1;
                    }
                    None => self.wrong(
                        number,
                        "chú thích mở bằng [^ mà không đóng bằng ].".to_owned(),
                    ),
                },
                _ => words.push(letter),
            }
            rest = rest.get(step..).unwrap_or_default();
        }
        flush!();
        for (open, sign) in [(bold, "**"), (italic, "*")] {
            if open {
                self.wrong(
                    number,
                    format!("chữ đậm hoặc nghiêng mở bằng {sign} mà không đóng trong đoạn này."),
                );
            }
        }
        out
    }
}
