//! Receives files piece by piece, as they come over the wire.
//!
//! In: names and pieces. Out: an [`Intake`], once all are there. What is broken off leaves nothing. No file is opened here: what is in it is
//! the business of the next step, which guards against what a zip file may unfold to.

use super::super::{Desk, Done, Failed};
use super::{Intake, Sent, folder, names};
use crate::limits;
use anyhow::Context as _;
use std::fs::File;
use std::io::Write as _;
use std::path::PathBuf;

/// What the person says beside the files.
pub struct About {
    /// The day on which age is judged.
    pub as_of: String,
    /// The day whose area units hold.
    pub edition: String,
    /// Code of the commune of rows that name none.
    pub unit: Option<String>,
}

/// Files being received.
pub struct Receiving {
    folder: PathBuf,
    intake: Intake,
    open: Option<File>,
    room: u64,
    is_whole: bool,
}

/// Begins to receive; what is old goes first.
///
/// # Errors
/// [`Failed::Refused`]: this person, or all together, keep too much already.
pub fn begin(desk: &mut Desk) -> Done<Receiving> {
    folder::sweep(desk);
    let all = folder::all(desk);
    let mine = all.iter().filter(|intake| intake.owner == desk.who).count();
    if mine >= limits::INTAKES_OF_ONE {
        return Err(Failed::Refused(format!(
            "đang có {mine} lượt tải tệp chưa xong; hãy nhập hoặc bỏ bớt rồi tải tiếp."
        )));
    }
    let kept = all
        .iter()
        .fold(0_u64, |sum, intake| sum.saturating_add(intake.bytes()));
    let room = limits::INTAKE_ALL_BYTES.saturating_sub(kept);
    if room == 0 {
        return Err(Failed::Refused(
            "máy chủ đang giữ quá nhiều tệp chờ nhập; hãy thử lại sau.".to_owned(),
        ));
    }
    let intake = Intake {
        id: desk.ids.next_id(),
        owner: desk.who.clone(),
        register: desk.register.clone(),
        at: desk.now.clone(),
        ..Intake::default()
    };
    let folder = intake.folder(desk);
    folder::make(&folder.join(folder::FILES)).context("không tạo được thư mục cho tệp tải lên")?;
    Ok(Receiving {
        folder,
        intake,
        open: None,
        room: room.min(limits::INTAKE_BYTES),
        is_whole: false,
    })
}

impl Receiving {
    /// The next file begins.
    ///
    /// # Errors
    /// [`Failed::Refused`]: too many files.
    pub fn file(&mut self, sent: &str) -> Done<()> {
        if self.intake.files.len() >= limits::INTAKE_FILES {
            return Err(Failed::Refused(format!(
                "quá nhiều tệp: mỗi lượt nhận tối đa {} tệp; hãy chia ra nhiều lượt.",
                limits::INTAKE_FILES
            )));
        }
        let taken: Vec<String> = self
            .intake
            .files
            .iter()
            .map(|file| file.kept.clone())
            .collect();
        let kept = names::safe(sent, &taken);
        let path = self.folder.join(folder::FILES).join(&kept);
        let file = File::options()
            .write(true)
            .create_new(true)
            .open(path)
            .context("không ghi được tệp tải lên")?;
        self.open = Some(file);
        self.intake.files.push(Sent {
            name: names::shown(sent),
            kept,
            bytes: 0,
        });
        Ok(())
    }

    /// A piece of the file that was begun last.
    ///
    /// # Errors
    /// [`Failed::Refused`]: more bytes than one intake may have; the disk's.
    pub fn piece(&mut self, bytes: &[u8]) -> Done<()> {
        let long = bytes.len() as u64;
        if long > self.room {
            return Err(Failed::Refused(format!(
                "tệp quá lớn: mỗi lượt nhận tối đa {} MB; hãy chia tệp ra hoặc nhập bằng dòng lệnh treem import.",
                limits::INTAKE_BYTES >> 20
            )));
        }
        let (Some(open), Some(file)) = (&mut self.open, self.intake.files.last_mut()) else {
            return Ok(());
        };
        open.write_all(bytes)
            .context("không ghi được tệp tải lên")?;
        self.room = self.room.saturating_sub(long);
        file.bytes = file.bytes.saturating_add(long);
        Ok(())
    }

    /// All files are there.
    ///
    /// # Errors
    /// [`Failed::Refused`]: none was sent, or all are empty.
    pub fn finish(mut self, desk: &Desk, about: About) -> Done<Intake> {
        if self.intake.bytes() == 0 {
            return Err(Failed::Refused(
                "chưa chọn tệp nào, hoặc tệp rỗng. Hãy chọn tệp Excel, Word hoặc csv có danh sách trẻ."
                    .to_owned(),
            ));
        }
        self.intake.as_of = about.as_of;
        self.intake.edition = about.edition;
        self.intake.unit = about.unit;
        self.intake.save(desk)?;
        self.is_whole = true;
        Ok(self.intake.clone())
    }
}

impl Drop for Receiving {
    fn drop(&mut self) {
        if !self.is_whole {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}
