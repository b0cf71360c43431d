//! `treem handover sign --file`, `evidence`, `authorities`: their arguments and what they say.
//!
//! In: arguments. Out: what was found of a signature, kept as evidence where it is good; the evidence of a list; whom the office trusts.

use super::super::super::screen;
use super::super::{Around, At, DONE, PARTLY, finish, refuse};
use crate::act::register::Desk;
use crate::act::register::handover::authorities::{self, Told as Authorities};
use crate::act::register::handover::evidence::{self, Asked, Piece, Side, Told};
use crate::shown;
use clap::Args;
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// The part of `treem handover sign` that has a file.
#[derive(Args)]
pub struct FileArgs {
    /// Tệp đã ký: chữ ký rời (.p7s), PDF có chữ ký số, hoặc bản quét chữ ký tay (PDF, PNG, JPEG).
    #[arg(long, value_name = "FILE", requires = "side")]
    pub file: Option<PathBuf>,
    /// Chữ ký của bên nào: commune (UBND xã), police (Công an xã).
    #[arg(long, value_name = "SIDE", requires = "file")]
    side: Option<String>,
    /// Bản PDF đã in mà chữ ký rời ký lên; không ghi thì chữ ký rời ký lên nội dung đã chốt (treem handover seal).
    #[arg(long, value_name = "PDF", requires = "file")]
    content: Option<PathBuf>,
    /// Giữ lại cả chữ ký không hợp lệ làm chứng cứ; danh sách không vì thế mà được coi là đã ký.
    #[arg(long, requires = "file")]
    keep: bool,
    /// Thư mục chứng thư của nơi cấp được tin; không ghi thì lấy thư mục authorities bên cạnh sổ.
    #[arg(long, value_name = "DIR", requires = "file")]
    authorities: Option<PathBuf>,
}

/// `treem handover evidence`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover evidence 10001-4\n  treem handover evidence 10001-4 --get 0190b2… --out chung-cu.pdf  (lần lấy được ghi vào nhật ký)"
)]
pub struct EvidenceArgs {
    /// Mã danh sách.
    #[arg(value_name = "LIST")]
    list: String,
    #[command(flatten)]
    at: At,
    /// Lấy tệp chứng cứ này ra.
    #[arg(long, value_name = "EVIDENCE", requires = "out")]
    get: Option<String>,
    /// Ghi vào tệp này; tệp đã có thì không ghi đè.
    #[arg(long, value_name = "FILE", requires = "get")]
    out: Option<PathBuf>,
}

/// `treem handover authorities`.
#[derive(Args)]
#[command(
    after_help = "Ví dụ:\n  treem handover authorities\n\nĐặt chứng thư gốc, chứng thư cấp dưới và danh sách thu hồi (PEM hoặc DER) của nơi cấp chứng thư cho\ncán bộ vào thư mục authorities bên cạnh sổ. Chỉ quản trị được ghi vào thư mục này."
)]
pub struct AuthoritiesArgs {
    #[command(flatten)]
    at: At,
    /// Thư mục khác.
    #[arg(long, value_name = "DIR")]
    authorities: Option<PathBuf>,
}

/// Bytes of a file, one more than may be at most.
fn read(path: &Path) -> Result<Vec<u8>, String> {
    let unreadable = |_| format!("không đọc được tệp {}.", path.display());
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let most = u64::try_from(treem_papers::limits::PDF_BYTES).unwrap_or(u64::MAX);
    let mut out = Vec::new();
    file.take(most.saturating_add(1))
        .read_to_end(&mut out)
        .map_err(unreadable)?;
    Ok(out)
}

/// Runs `treem handover sign` with a file.
pub fn sign(list: &str, at: &At, args: &FileArgs, around: &Around) -> anyhow::Result<u8> {
    let asked = || -> Result<Asked, String> {
        let side = args.side.as_deref().unwrap_or_default();
        let side = Side::from_word(side).ok_or_else(|| {
            format!("--side “{side}” không dùng được; hãy ghi commune (UBND xã) hoặc police (Công an xã).")
        })?;
        let file = args.file.as_deref().unwrap_or(Path::new(""));
        let over = args.content.as_deref().map(read).transpose()?;
        Ok(Asked {
            list: list.to_owned(),
            side,
            name: file.to_string_lossy().into_owned(),
            content: read(file)?,
            over,
            authorities: folder(args.authorities.as_ref(), &at.desk(around)),
            keep: args.keep,
        })
    };
    let asked = match asked() {
        Ok(asked) => asked,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let told = evidence::add(&mut at.desk(around), &asked);
    finish(
        told,
        at.json,
        |told| said(told, asked.side),
        |told| {
            if told.accepted { DONE } else { PARTLY }
        },
    )
}

fn folder(given: Option<&PathBuf>, desk: &Desk) -> PathBuf {
    given
        .cloned()
        .unwrap_or_else(|| authorities::folder(&desk.data))
}

fn kind(kind: &str) -> &'static str {
    match kind {
        "p7s" => "chữ ký rời (.p7s)",
        "signed-pdf" => "PDF có chữ ký số",
        _ => "bản quét chữ ký tay",
    }
}

fn said(told: &Told, side: Side) -> String {
    let mut out = format!(
        "Danh sách {}, bên {}: {}.\n",
        told.list,
        side.label(),
        kind(told.kind)
    );
    for one in &told.signatures {
        out.push_str(&screen::item(&one.sentence, 100));
    }
    let _ = writeln!(out, "SHA-256 của tệp: {}", told.sha256);
    if told.over == "unknown" {
        out.push_str(
            "Trong tệp không thấy mã SHA-256 của danh sách; hãy đối chiếu bằng mắt xem có đúng danh sách này không.\n",
        );
    }
    out.push_str(match (&told.evidence, told.again, told.accepted) {
        (_, true, _) => "Tệp này đã được ghi làm chứng cứ từ trước; không ghi lần nữa.\n",
        (Some(_), _, true) => "Đã ghi làm chứng cứ.\n",
        (Some(_), ..) => "Đã giữ lại tệp này; danh sách không được coi là đã ký.\n",
        (None, ..) => "Không ghi gì vào sổ. Nếu cần giữ lại tệp này, thêm --keep.\n",
    });
    if told.kind == "p7s"
        && told.over == "seal"
        && told.signatures.iter().any(|one| one.verdict == "tampered")
    {
        out.push_str("Nếu chữ ký này ký lên bản PDF đã in, hãy kèm bản PDF đó bằng --content.\n");
    }
    if told.step {
        out.push_str("Danh sách nay ở trạng thái: Công an đã ký.\n");
    } else if side == Side::Police && told.accepted {
        out.push_str("Trạng thái danh sách không đổi: chỉ danh sách đã đối chiếu xong mới ghi là Công an đã ký; khi ấy nộp lại tệp này.\n");
    }
    out
}

/// The evidence of a list, as one object.
#[derive(serde::Serialize)]
struct All {
    evidence: Vec<Piece>,
}

/// What was taken out.
#[derive(serde::Serialize)]
struct Taken {
    evidence: String,
    sha256: String,
    out: String,
}

/// Runs `treem handover evidence`.
pub fn evidence(args: &EvidenceArgs, around: &Around) -> anyhow::Result<u8> {
    let mut desk = args.at.desk(around);
    if let (Some(get), Some(out)) = (&args.get, &args.out) {
        let taken = evidence::look(&mut desk, get).and_then(|(kept, content)| {
            super::write_new(out, &content)?;
            Ok(Taken {
                evidence: kept.id,
                sha256: kept.sha256,
                out: out.display().to_string(),
            })
        });
        let text = |taken: &Taken| {
            format!(
                "Đã ghi {}, SHA-256 {}.
",
                taken.out, taken.sha256
            )
        };
        return finish(taken, args.at.json, text, |_| DONE);
    }
    let all = evidence::of(&desk, &args.list).map(|evidence| All { evidence });
    finish(all, args.at.json, pieces, |_| DONE)
}

fn pieces(all: &All) -> String {
    if all.evidence.is_empty() {
        return "Danh sách này chưa có chứng cứ ký nào.\n".to_owned();
    }
    let mut out = String::new();
    for one in &all.evidence {
        let side = Side::from_word(&one.side).map_or("", Side::label);
        let _ = writeln!(
            out,
            "{} · {side} · {} · {} · {} ghi {}",
            one.evidence,
            kind(&one.kind),
            one.name,
            one.who,
            shown::moment(&one.at)
        );
        if !one.current {
            out.push_str("  Nhận khi danh sách còn mang mã SHA-256 cũ; nay danh sách đã mở lại.\n");
        }
        if !one.sentence.is_empty() {
            out.push_str(&screen::item(&one.sentence, 100));
        }
        let _ = writeln!(out, "  SHA-256: {}", one.sha256);
    }
    out
}

/// Runs `treem handover authorities`.
pub fn authorities(args: &AuthoritiesArgs, around: &Around) -> anyhow::Result<u8> {
    let desk = args.at.desk(around);
    let told = authorities::list(&desk, &folder(args.authorities.as_ref(), &desk));
    finish(told, args.at.json, trusted, |told| {
        if told.refused.is_empty() {
            DONE
        } else {
            PARTLY
        }
    })
}

fn trusted(told: &Authorities) -> String {
    let mut out = format!("Thư mục: {}\n", told.folder);
    if !told.usable {
        out.push_str(
            "Chưa có chứng thư gốc nào: chưa chữ ký số nào được coi là hợp lệ. Hãy đặt chứng thư gốc của nơi cấp chứng thư cho cán bộ vào thư mục này.\n",
        );
    }
    for one in &told.trusted {
        let until = one.until.as_deref().map(shown::moment).unwrap_or_default();
        let from = shown::moment(&one.from);
        let _ = match one.what {
            "revoked" => writeln!(
                out,
                "  Danh sách thu hồi của {}: {} chứng thư, lập {from}, bản sau {until} ({})",
                one.name, one.count, one.file
            ),
            what => writeln!(
                out,
                "  {} {}: hiệu lực {from} – {until} ({})",
                if what == "root" {
                    "Chứng thư gốc"
                } else {
                    "Chứng thư cấp dưới"
                },
                one.name,
                one.file
            ),
        };
        if one.out_of_date {
            out.push_str(match one.what {
                "revoked" => "    Đã quá hạn; hãy lấy bản mới.\n",
                _ => "    Không còn hoặc chưa có hiệu lực.\n",
            });
        }
    }
    for one in &told.refused {
        let _ = writeln!(out, "  {}: {}.", one.file, one.sentence);
    }
    out
}
