//! Why a document is not made.
//!
//! In: what was asked for. Out: a sentence in Vietnamese that says what to do.

use crate::limits;

/// Why a document is not made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// More rows than one document may have.
    #[error("Danh sách có {0} dòng; một văn bản in được nhiều nhất {max} dòng. Hãy tách danh sách theo thôn rồi in từng phần.", max = limits::ROWS)]
    Rows(usize),
    /// More household sheets than one document may have.
    #[error("Có {0} phiếu; một tệp chứa nhiều nhất {max} phiếu. Hãy in từng thôn.", max = limits::SHEETS)]
    Sheets(usize),
    /// More children than one household sheet may have.
    #[error("Phiếu {0} có {1} trẻ; một phiếu ghi được nhiều nhất {max} trẻ. Hãy kiểm tra lại cách ghép hộ.", max = limits::CHILDREN)]
    Children(String, usize),
    /// More pages than one document may have.
    #[error("Văn bản dài {0} trang; nhiều nhất là {max} trang. Hãy chia nhỏ danh sách rồi in từng phần.", max = limits::PAGES)]
    Pages(usize),
    /// More columns than one table may have, or none.
    #[error("Bảng có {0} cột; một bảng có từ 1 đến {max} cột.", max = limits::COLUMNS)]
    Columns(usize),
    /// A row with more or fewer cells than the table has columns.
    #[error("Dòng {row} của bảng có {cells} ô, bảng có {columns} cột.")]
    Cells {
        /// Number of the row, from 1.
        row: usize,
        /// Its cells.
        cells: usize,
        /// Columns of the table.
        columns: usize,
    },
    /// A text too long for a QR code.
    #[error("Mã QR chứa được {max} byte, địa chỉ dài {0} byte. Hãy đặt địa chỉ máy chủ ngắn hơn.", max = limits::QR_BYTES)]
    Link(usize),
    /// The packer of DOCX failed.
    #[error("Không ghép được tệp DOCX: {0}")]
    Package(#[from] zip::result::ZipError),
    /// The bytes of a DOCX could not be written.
    #[error("Không ghi được tệp DOCX: {0}")]
    Write(#[from] std::io::Error),
    /// Typesetting failed; the words are typst's own and hold no value of a document.
    #[error("Không dàn được trang PDF: {0}")]
    Typeset(String),
}
