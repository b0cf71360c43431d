//! Forms with files as pages need them.
//!
//! In: what a browser sent. Out: [`Sent`]: fields and a file.

use super::{Answer, Person};
use axum::body::Bytes;
use axum::extract::Multipart;
use axum::http::StatusCode;
use std::collections::BTreeMap;

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
    use super::ending;

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
