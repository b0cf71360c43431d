//! Step *report*: the files people print and work with.
//!
//! In: rows that are checked already. Out: workbooks ([`lists`]): every cell is text or a plain number, no formula is ever written.
//! [`book`] writes plain cells in every format that is read, as given.

pub mod book;
pub mod lists;

use rust_xlsxwriter::XlsxError;
use std::borrow::Cow;
use std::io::ErrorKind;

/// Why a file could not be written. The wording for a person is in [`WriteError::message`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The system said no.
    #[error("io: {0}")]
    Io(#[from] std::io::Error),
    /// The workbook library refused: the detail is its word, without content.
    #[error("workbook: {0}")]
    Workbook(&'static str),
    /// The format cannot hold what was to be written: the sentence for a person, with the place.
    #[error("refused")]
    Refused(String),
}

impl WriteError {
    /// What happened and what to do, in Vietnamese, without the file's name and without its content (a refusal
    /// names the sheet).
    pub fn message(&self) -> Cow<'_, str> {
        Cow::Borrowed(match self {
            Self::Io(error) => match error.kind() {
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                    "Ổ đĩa đã đầy nên không ghi được tệp; hãy giải phóng chỗ trống hoặc chọn thư mục khác rồi chạy lại."
                }
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                    "Không có quyền ghi tệp; hãy đóng tệp đang mở trong Excel hoặc chọn thư mục khác."
                }
                ErrorKind::NotFound => {
                    "Thư mục để ghi tệp không còn; hãy kiểm tra lại thư mục đầu ra."
                }
                _ => {
                    "Không ghi được tệp do lỗi ổ đĩa hoặc đường mạng; hãy chọn thư mục khác rồi chạy lại."
                }
            },
            Self::Workbook(_) => {
                "Không lập được sổ danh sách; hãy chạy lại, nếu vẫn lỗi thì báo người phụ trách phần mềm."
            }
            Self::Refused(sentence) => sentence,
        })
    }
}

impl From<XlsxError> for WriteError {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::IoError(error) | XlsxError::TempFileError(_, error) => Self::Io(error),
            XlsxError::ZipError(zip::result::ZipError::Io(error)) => Self::Io(error),
            XlsxError::RowColumnLimitError | XlsxError::RowColumnOrderError => {
                Self::Workbook("rows")
            }
            XlsxError::MaxStringLengthExceeded => Self::Workbook("length"),
            _ => Self::Workbook("structure"),
        }
    }
}
