//! What can go wrong with the register, each in one Vietnamese sentence: what, and what to do.
//!
//! In: errors of the engines. Out: [`Error`]. A message of an engine is never passed on: it may hold the values of a row.

/// Why the register did not do it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no register at this place.
    #[error("chưa có sổ ở {0}; hãy tạo bằng lệnh treem init")]
    NoStore(String),
    /// The place cannot be used.
    #[error(
        "không mở được sổ ở {0}; hãy xem lại đường dẫn và quyền đọc, ghi, hoặc địa chỉ máy chủ"
    )]
    Unreachable(String),
    /// The address means neither engine.
    #[error(
        "địa chỉ của sổ không dùng được; hãy ghi đường dẫn một tệp, hoặc postgres://máy/cơ-sở-dữ-liệu"
    )]
    BadAddress,
    /// The register was written by a newer program.
    #[error("sổ này do bản treem mới hơn tạo (cấu trúc số {0}); hãy dùng bản treem mới hơn")]
    Newer(i64),
    /// The structure of the register is not what its number says.
    #[error("cấu trúc số {0} của sổ không phải do treem tạo; hãy khôi phục từ bản sao lưu")]
    Foreign(i64),
    /// No such book.
    #[error("không có sổ mang mã “{0}” ở đây")]
    NoRegister(String),
    /// The book is there already.
    #[error("đã có sổ mang mã “{0}” ở đây")]
    RegisterExists(String),
    /// Somebody else changed the child first.
    #[error(
        "hồ sơ này vừa được người khác sửa (bản {now}, bạn đang sửa từ bản {seen}); hãy xem lại rồi sửa tiếp"
    )]
    Conflict {
        /// The version the change began from.
        seen: i64,
        /// The version it has now.
        now: i64,
    },
    /// No such child.
    #[error("không có hồ sơ này trong sổ")]
    NoChild,
    /// A value is longer than a record may be.
    #[error("một hồ sơ dài quá mức cho phép ({0} byte)")]
    TooLong(usize),
    /// Another program holds the register.
    #[error("sổ đang bận vì một chương trình khác đang ghi; hãy chờ một lát rồi làm lại")]
    Busy,
    /// The database itself failed; the code is the engine's.
    #[error("cơ sở dữ liệu báo lỗi {0}; chưa có gì được ghi")]
    Database(String),
    /// The connection was lost while the end of an act was being written.
    #[error("mất kết nối với cơ sở dữ liệu; hãy làm lại: việc đã ghi rồi sẽ không bị ghi hai lần")]
    Lost,
}

/// Result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(database) => {
                let code = database.code().unwrap_or_default().into_owned();
                // SQLITE_BUSY and its kin; PostgreSQL's lock_not_available.
                if matches!(code.as_str(), "5" | "261" | "517" | "6" | "55P03") {
                    Self::Busy
                } else {
                    Self::Database(code)
                }
            }
            sqlx::Error::Io(_) | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => Self::Lost,
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::ColumnDecode { index, .. } => Self::Database(format!("cột {index}")),
            _ => Self::Database("không rõ".to_owned()),
        }
    }
}
