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
    /// The draft is not open any more.
    #[error("bản đang gõ dở này không còn: đã được lưu vào sổ, đã bỏ, hoặc là của người khác")]
    DraftGone,
    /// The draft went on at another machine.
    #[error(
        "bản đang gõ dở này đã được gõ tiếp ở máy khác (bản {0}); hãy mở lại để lấy bản mới nhất"
    )]
    DraftElsewhere(i64),
    /// Too many drafts.
    #[error("đã có {0} bản đang gõ dở; hãy lưu hoặc bỏ bớt rồi mở bản mới")]
    DraftsMany(i64),
    /// Too many papers beside a draft.
    #[error("mỗi hộ chỉ kèm được {0} ảnh; hãy bỏ bớt ảnh rồi thêm")]
    AttachmentsMany(usize),
    /// Another program holds the register.
    #[error("sổ đang bận vì một chương trình khác đang ghi; hãy chờ một lát rồi làm lại")]
    Busy,
    /// The target of a copy holds a book.
    #[error("nơi nhận đã có sổ; hãy chọn một nơi còn trống")]
    NotEmpty,
    /// A table is not what the steps of the structure made.
    #[error("bảng “{0}” không đúng cấu trúc của treem; hãy khôi phục sổ từ bản sao lưu")]
    OtherStructure(String),
    /// What was copied is not what stands at the target.
    #[error("bảng “{0}” ở nơi nhận không giống bảng gốc; đã bỏ bản sao, nơi nhận như trước")]
    CopyDiffers(String),
    /// A person stopped it.
    #[error("đã dừng theo yêu cầu; không có gì được ghi")]
    Stopped,
    /// The server has no such database.
    #[error("máy chủ chưa có cơ sở dữ liệu ở {0}; hãy tạo trước bằng createdb")]
    NoDatabase(String),
    /// The connection could not be made safe.
    #[error(
        "không lập được kết nối mã hóa (TLS) tới {0}: máy chủ không bật TLS, hoặc chứng thư của máy chủ không đúng tên hay không do nơi đáng tin cấp; hãy xem lại sslmode và sslrootcert trong địa chỉ"
    )]
    Untrusted(String),
    /// The server does not let the role in use do this.
    #[error(
        "vai trò đang dùng ở máy chủ không được phép làm việc này; hãy dùng vai trò chủ sở hữu của sổ"
    )]
    NotOwner,
    /// The server has no such role.
    #[error("máy chủ chưa có vai trò “{0}”; hãy tạo trước bằng createuser")]
    NoRole(String),
    /// SQLite knows no roles.
    #[error("sổ trong một tệp không có vai trò; chỉ máy chủ PostgreSQL mới có")]
    NoRoles,
    /// No room.
    #[error("ổ đĩa chứa sổ đã đầy; chưa có gì được ghi. Hãy giải phóng chỗ trống rồi làm lại")]
    Full,
    /// The engine could not write or read its file.
    #[error(
        "không đọc, ghi được tệp sổ (ổ đĩa đầy, hỏng, hoặc tệp vượt cỡ cho phép); chưa có gì được ghi. Hãy xem lại ổ đĩa rồi làm lại"
    )]
    Disk,
    /// The register may only be read.
    #[error("sổ chỉ cho đọc; hãy xem lại quyền ghi vào tệp sổ và thư mục chứa sổ")]
    ReadOnly,
    /// The file is broken.
    #[error("tệp sổ bị hỏng; hãy khôi phục từ bản sao lưu bằng treem restore")]
    Damaged,
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
                Self::of_code(code)
            }
            sqlx::Error::Io(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::Lost,
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::ColumnDecode { index, .. } => Self::Database(format!("cột {index}")),
            _ => Self::Database("không rõ".to_owned()),
        }
    }
}

impl Error {
    /// By the code of an engine: SQLite's is a number of at most four digits, its lowest byte the kind (sqlite.org/rescode.html);
    /// PostgreSQL's has five characters (PostgreSQL documentation, appendix A).
    fn of_code(code: String) -> Self {
        let lite = code
            .parse::<u32>()
            .ok()
            .filter(|_| code.len() < 5)
            .map(|number| number & 0xff);
        match (lite, code.as_str()) {
            (Some(5 | 6), _) | (None, "55P03") => Self::Busy,
            (Some(13), _) | (None, "53100") => Self::Full,
            (Some(10), _) | (None, "58030") => Self::Disk,
            (Some(3 | 8 | 14), _) | (None, "25006") => Self::ReadOnly,
            (Some(11), _) => Self::Damaged,
            (None, "42501") => Self::NotOwner,
            // The server is being stopped, has fallen, or starts again.
            (None, "57P01" | "57P02" | "57P03") => Self::Lost,
            _ => Self::Database(code),
        }
    }
}
