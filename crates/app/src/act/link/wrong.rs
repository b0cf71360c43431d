//! What is wrong with a model file, for a person.
//!
//! In: an error of the engine. Out: a Vietnamese sentence: what, where, what to do.

use treem_link::error::Error;

/// The sentence.
pub fn sentence(error: &Error) -> String {
    match error {
        Error::Toml { line, why } => format!("dòng {line}: {}", of_toml(why)),
        Error::Condition {
            comparison,
            condition,
            why,
        } => {
            format!("không hiểu điều kiện “{condition}” của “{comparison}” ({why}).")
        }
        other => format!("mô hình không dùng được ({other})."),
    }
}

/// What stands between the first two backticks.
fn named(why: &str) -> &str {
    why.split('`').nth(1).unwrap_or("")
}

/// What a TOML reader says, in words of ours; it names keys between backticks.
fn of_toml(why: &str) -> String {
    let expected = |why: &str| {
        let names: Vec<&str> = why
            .split_once("expected")
            .map_or("", |(_, expected)| expected)
            .split('`')
            .skip(1)
            .step_by(2)
            .collect();
        if names.is_empty() {
            String::new()
        } else {
            format!("; có thể ghi: {}", names.join(", "))
        }
    };
    let key = named(why);
    if why.starts_with("unknown field") {
        format!("không có mục nào tên là “{key}”{}.", expected(why))
    } else if why.starts_with("unknown variant") {
        format!("giá trị “{key}” không dùng được{}.", expected(why))
    } else if why.starts_with("missing field") {
        format!("thiếu mục “{key}”; thêm mục này vào.")
    } else if why.starts_with("duplicate") {
        "một mục được ghi hai lần; bỏ bớt một.".to_owned()
    } else if why.starts_with("invalid type") || why.starts_with("invalid value") {
        format!(
            "giá trị không đúng kiểu ({why}); so với ví dụ ở đầu trang docs/link.md, phần “Other lists”."
        )
    } else {
        format!("không đọc được TOML ({why}); kiểm tra dấu ngoặc, dấu nháy và dấu =.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_a_model() {
        for (why, words) in [
            (
                "unknown field `levls`, expected one of `name`, `levels`",
                "“levls”; có thể ghi: name, levels.",
            ),
            (
                "unknown variant `one`, expected one of `none`, `clusters`",
                "“one” không dùng được; có thể ghi: none, clusters.",
            ),
            ("missing field `block`", "thiếu mục “block”"),
            ("duplicate key", "hai lần"),
            (
                "invalid type: integer `1`, expected a sequence",
                "không đúng kiểu",
            ),
            ("unclosed array, expected `]`", "dấu ngoặc"),
        ] {
            let said = sentence(&Error::Toml {
                line: 3,
                why: why.to_owned(),
            });
            assert!(
                said.starts_with("dòng 3: ") && said.contains(words),
                "{said}"
            );
        }
    }
}
