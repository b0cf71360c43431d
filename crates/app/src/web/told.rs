//! Moments, figures and forms as pages need them.
//!
//! In: texts of the register, what a browser sent. Out: what people here read; [`Sent`]: fields and a file.

use super::{Answer, Person};
use axum::body::Bytes;
use axum::extract::Multipart;
use axum::http::StatusCode;
use std::collections::BTreeMap;

/// A moment as people here read it: `08:05 ngày 13/6/2024`; the text itself where it is none.
pub fn moment(text: &str) -> String {
    let Ok(moment) = text.parse::<jiff::Timestamp>() else {
        return text.to_owned();
    };
    let here = jiff::tz::Offset::constant(7).to_datetime(moment);
    format!(
        "{:02}:{:02} ngày {}/{}/{}",
        here.hour(),
        here.minute(),
        here.day(),
        here.month(),
        here.year()
    )
}

/// A size in words.
pub fn size(bytes: u64) -> String {
    let whole = |unit: u64, name: &str| {
        format!(
            "{} {name}",
            treem_child::texts::grouped(bytes.div_ceil(unit))
        )
    };
    if bytes < 1 << 20 {
        whole(1 << 10, "KB")
    } else {
        whole(1 << 20, "MB")
    }
}

/// A form with files.
#[derive(Default)]
pub struct Sent {
    /// Its fields.
    pub fields: BTreeMap<String, String>,
    /// The first file that holds anything: its name, as the browser gives it, and its bytes.
    pub file: Option<(String, Bytes)>,
}

impl Sent {
    /// Reads it whole; its size is bounded by the route.
    ///
    /// # Errors
    /// A page that says that it did not come whole.
    pub async fn read(mut form: Multipart, person: &Person) -> Result<Self, Answer> {
        let broken = |_| {
            Answer::page(
                StatusCode::BAD_REQUEST,
                Some(person),
                "Tệp gửi lên không trọn vẹn hoặc quá lớn.",
                "Hãy thử gửi lại, hoặc chia tệp nhỏ hơn.",
            )
        };
        let mut out = Self::default();
        while let Some(field) = form.next_field().await.map_err(broken)? {
            let name = field.name().unwrap_or_default().to_owned();
            let file = field.file_name().map(str::to_owned);
            match file {
                Some(file) => {
                    let bytes = field.bytes().await.map_err(broken)?;
                    if !bytes.is_empty() {
                        out.file.get_or_insert((file, bytes));
                    }
                }
                None => {
                    out.fields.insert(name, field.text().await.map_err(broken)?);
                }
            }
        }
        Ok(out)
    }

    /// A field; empty where it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }
}

/// The ending of a file's name, for a temporary file: a few letters and nothing else of what the browser said.
pub fn ending(name: &str) -> String {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let short = ending.len() <= 5 && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if short && !ending.is_empty() {
        format!(".{}", ending.to_lowercase())
    } else {
        ".txt".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{ending, moment, size};

    #[test]
    fn as_people_read_it() {
        assert_eq!(
            moment("2024-06-13T01:05:09.000000Z"),
            "08:05 ngày 13/6/2024"
        );
        assert_eq!(
            moment("2024-06-13T17:00:00.000000Z"),
            "00:00 ngày 14/6/2024"
        );
        assert_eq!(moment("chưa"), "chưa");
        assert_eq!(
            (size(1), size(3 << 20)),
            ("1 KB".to_owned(), "3 MB".to_owned())
        );
    }

    #[test]
    fn a_file_name_is_no_path() {
        for (name, want) in [
            ("bao-cao.XLSX", ".xlsx"),
            ("../../etc/passwd", ".txt"),
            ("a.b/../c", ".txt"),
            ("x.", ".txt"),
            ("y.csv\0.exe", ".exe"),
        ] {
            assert_eq!(ending(name), want, "{name}");
        }
    }
}
