//! What a file is, by its content.
//!
//! In: the first bytes, and the directory of a zip or compound file. Out: [`Kind`], or a clear word for what is no list.

use super::ReadError;
use super::input::Input;
use super::package::Package;
use super::text::Encoding;
use crate::limits;
use memchr::memmem;

/// What a file is, and what is known of it by now.
pub(crate) enum Kind {
    /// Text with delimiters.
    Text(Encoding),
    /// Excel.
    Xlsx(Box<Package>),
    /// Word.
    Docx(Box<Package>),
    /// Excel 97 to 2003.
    Xls,
    /// Excel binary.
    Xlsb,
    /// LibreOffice.
    Ods(Box<Package>),
    /// A web page or XML table with the name of an Excel file.
    Web,
}

impl Kind {
    /// What to say where name and content disagree.
    pub(crate) fn remark(&self, name: &str) -> Option<String> {
        let extension = name.rsplit_once('.')?.1;
        let (fits, what) = match self {
            Self::Text(_) => (
                !matches!(
                    extension,
                    "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" | "docx" | "doc"
                ),
                "tệp văn bản (csv)",
            ),
            Self::Xlsx(_) => (
                matches!(extension, "xlsx" | "xlsm" | "xltx" | "xltm" | "tmp"),
                "tệp Excel (.xlsx)",
            ),
            Self::Docx(_) => (
                matches!(extension, "docx" | "docm" | "dotx" | "tmp"),
                "tệp Word (.docx)",
            ),
            Self::Xls => (
                matches!(extension, "xls" | "xlt" | "tmp"),
                "tệp Excel đời cũ (.xls)",
            ),
            Self::Xlsb => (
                matches!(extension, "xlsb" | "tmp"),
                "tệp Excel nhị phân (.xlsb)",
            ),
            Self::Ods(_) => (
                matches!(extension, "ods" | "ots" | "tmp"),
                "tệp LibreOffice (.ods)",
            ),
            Self::Web => (
                matches!(extension, "html" | "htm" | "xml" | "mht"),
                "trang web hoặc tệp XML",
            ),
        };
        (!fits).then(|| {
            format!("Tệp có đuôi .{extension} nhưng nội dung là {what}; đã đọc theo nội dung.")
        })
    }
}

const OTHER: &str = "tệp không chứa danh sách (không phải Excel, Word, LibreOffice hay văn bản csv); hãy gửi danh sách gốc dạng Excel, Word hoặc csv";
const PICTURE: &str =
    "tệp ảnh, không phải danh sách; hãy gửi danh sách gốc dạng Excel, Word hoặc csv";
const PDF: &str = "tệp PDF, không phải danh sách đọc được; hãy gửi tệp Excel hoặc Word gốc";
const SOUND: &str =
    "tệp âm thanh hoặc phim, không phải danh sách; hãy gửi danh sách gốc dạng Excel, Word hoặc csv";
const ARCHIVE: &str = "tệp nén; hãy giải nén rồi chọn các danh sách bên trong";
const PROGRAM: &str = "tệp chương trình, không phải danh sách; hãy kiểm tra lại tệp";
const OLD_WORD: &str =
    "tệp Word đời cũ (.doc); hãy mở bằng Word, chọn Lưu thành và lưu lại dạng .docx rồi thử lại";
const RICH_TEXT: &str =
    "tệp Word dạng RTF; hãy mở bằng Word, chọn Lưu thành và lưu lại dạng .docx rồi thử lại";
const SLIDES: &str =
    "tệp trình chiếu, không phải danh sách; hãy gửi danh sách gốc dạng Excel, Word hoặc csv";
const OPEN_TEXT: &str = "tệp văn bản LibreOffice (.odt); hãy mở bằng Word hoặc LibreOffice và lưu lại dạng .docx rồi thử lại";
const DATABASE: &str =
    "tệp cơ sở dữ liệu, không phải danh sách; hãy xuất danh sách ra Excel hoặc csv";
const MAIL: &str = "tệp thư điện tử; hãy lưu các tệp đính kèm ra rồi chọn những tệp đó";
const ICON: &str = "tệp lối tắt (shortcut), không phải danh sách; hãy chọn tệp gốc";

/// First bytes → what it is, where it is no list.
const MAGIC: [(&[u8], &str); 38] = [
    (b"\x89PNG\r\n\x1a\n", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF87a", PICTURE),
    (b"GIF89a", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"\0\0\x01\0", PICTURE),
    (b"8BPS", PICTURE),
    (b"%PDF", PDF),
    (b"%!PS", PDF),
    (b"AT&TFORM", PICTURE),
    (b"{\\rtf", RICH_TEXT),
    (b"\xdb\xa5-\0", OLD_WORD),
    (b"Rar!\x1a\x07", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"\x1f\x8b\x08", ARCHIVE),
    (b"BZh", ARCHIVE),
    (b"\xfd7zXZ\0", ARCHIVE),
    (b"\x28\xb5\x2f\xfd", ARCHIVE),
    (b"MSCF", ARCHIVE),
    (b"\x7fELF", PROGRAM),
    (b"MZ\x90\0", PROGRAM),
    (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"\0asm", PROGRAM),
    (b"SQLite format 3\0", DATABASE),
    (b"\0\x01\0\0Standard Jet DB", DATABASE),
    (b"\0\x01\0\0Standard ACE DB", DATABASE),
    (b"PAR1", DATABASE),
    (b"ARROW1", DATABASE),
    (b"ID3", SOUND),
    (b"OggS", SOUND),
    (b"fLaC", SOUND),
    (b"\x1a\x45\xdf\xa3", SOUND),
    (b"\0\0\0\x18ftyp", SOUND),
    (b"\0\0\0\x20ftyp", SOUND),
    (b"\0\0\0\x1cftyp", SOUND),
    (b"L\0\0\0\x01\x14\x02\0", ICON),
    (b"!BDN", MAIL),
];

/// Says what a file is.
///
/// Errors: `Empty`, `NotAList`, `Password`, `Bomb`, `Damaged`, `Io`.
pub(crate) fn kind(input: &Input) -> Result<Kind, ReadError> {
    let head = input.head(limits::HEAD_BYTES)?;
    if head.is_empty() {
        return Err(ReadError::Empty);
    }
    if head.starts_with(b"PK\x03\x04")
        || head.starts_with(b"PK\x05\x06")
        || head.starts_with(b"PK\x07\x08")
    {
        return zipped(input);
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return compound(input);
    }
    // Excel 2.x to 4.x: a bare stream of records.
    if matches!(head.as_slice(), [0x09, 0 | 2 | 4, 4 | 6, 0, ..]) {
        return Err(ReadError::NotAList(
            "tệp Excel rất cũ (trước 1995); hãy mở bằng Excel và lưu lại dạng .xlsx rồi thử lại",
        ));
    }
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(ReadError::NotAList(what));
    }
    if head.starts_with(b"RIFF") {
        return Err(ReadError::NotAList(if head.get(8..12) == Some(b"WEBP") {
            PICTURE
        } else {
            SOUND
        }));
    }
    if head.starts_with(b"BM") && head.get(6..10) == Some(&[0, 0, 0, 0]) {
        return Err(ReadError::NotAList(PICTURE));
    }
    if head.get(4..8) == Some(b"ftyp") {
        return Err(ReadError::NotAList(if head.get(8..11) == Some(b"hei") {
            PICTURE
        } else {
            SOUND
        }));
    }
    let encoding = Encoding::of(&head, head.len() < limits::HEAD_BYTES)?;
    let Some(encoding) = encoding else {
        return Err(ReadError::NotAList(OTHER));
    };
    if super::web::is_markup(&encoding.text(&head)) {
        return Ok(Kind::Web);
    }
    Ok(Kind::Text(encoding))
}

fn zipped(input: &Input) -> Result<Kind, ReadError> {
    let package = Package::open(input)?;
    let has = |name: &str| package.has(name);
    if has("mimetype") && has("content.xml") {
        let mime = package.text("mimetype", 1 << 10)?.unwrap_or_default();
        if mime.contains("opendocument.spreadsheet") {
            let manifest = package
                .text("META-INF/manifest.xml", 1 << 24)?
                .unwrap_or_default();
            let encrypted = manifest.contains("encryption-data");
            if encrypted {
                return Err(ReadError::Password);
            }
            held(input)?;
            return Ok(Kind::Ods(Box::new(package)));
        }
        return Err(ReadError::NotAList(if mime.contains("opendocument.text") {
            OPEN_TEXT
        } else {
            SLIDES
        }));
    }
    if package.encrypted() {
        return Err(ReadError::Password);
    }
    if has("xl/workbook.bin") {
        held(input)?;
        return Ok(Kind::Xlsb);
    }
    let main = |ends: &str| {
        package
            .names
            .iter()
            .any(|name| name.to_ascii_lowercase().ends_with(ends))
    };
    if has("xl/workbook.xml") || has("[Content_Types].xml") && main("workbook.xml") {
        return Ok(Kind::Xlsx(Box::new(package)));
    }
    if has("word/document.xml")
        || has("[Content_Types].xml") && (main("/document.xml") || main("/document2.xml"))
    {
        held(input)?;
        return Ok(Kind::Docx(Box::new(package)));
    }
    if has("ppt/presentation.xml") {
        return Err(ReadError::NotAList(SLIDES));
    }
    if has("EncryptedPackage") {
        return Err(ReadError::Password);
    }
    Err(ReadError::NotAList(ARCHIVE))
}

/// Such a file is held in memory whole.
fn held(input: &Input) -> Result<(), ReadError> {
    if input.len()? > limits::HELD_FILE_BYTES {
        return Err(ReadError::TooLarge(
            "tệp loại này chỉ đọc được đến 512 MB; hãy lưu lại dạng .xlsx hoặc csv",
        ));
    }
    Ok(())
}

/// OLE compound files: the names at the root say what it is (embedded objects lie deeper and do not count).
fn compound(input: &Input) -> Result<Kind, ReadError> {
    held(input)?;
    let file = input.head(usize::try_from(limits::HELD_FILE_BYTES).unwrap_or(usize::MAX))?;
    let names = super::xls::compound::names(&file);
    let has = |name: &str| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    if has("EncryptedPackage") {
        return Err(ReadError::Password);
    }
    if has("Workbook") || has("Book") {
        return Ok(Kind::Xls);
    }
    if has("WordDocument") {
        return Err(ReadError::NotAList(OLD_WORD));
    }
    if has("PowerPoint Document") {
        return Err(ReadError::NotAList(SLIDES));
    }
    if has("__properties_version1.0") {
        return Err(ReadError::NotAList(MAIL));
    }
    // A directory that is cut off or damaged: the names may still stand somewhere.
    let anywhere = |name: &str| {
        let wide: Vec<u8> = name
            .encode_utf16()
            .chain([0])
            .flat_map(u16::to_le_bytes)
            .collect();
        memmem::find(&file, &wide).is_some()
    };
    if anywhere("EncryptedPackage") {
        return Err(ReadError::Password);
    }
    if anywhere("Workbook") || file.len() < 1 << 10 {
        return Err(ReadError::Damaged("no directory".to_owned()));
    }
    Err(ReadError::NotAList(if anywhere("WordDocument") {
        OLD_WORD
    } else {
        OTHER
    }))
}
