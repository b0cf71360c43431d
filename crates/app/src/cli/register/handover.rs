//! `treem handover`: its arguments are in `handover/args.rs`, what it says in `handover/said.rs`.
//!
//! In: arguments. Out: a list drawn up, shown, or one step further.

mod answers;
mod applying;
mod args;
mod evidence;
mod print;
mod said;

use super::super::DONE;
use super::super::bar::Bar;
use super::super::screen;
use super::list::what;
use super::{Around, At, finish, refuse};
use crate::act::check::Stop;
use crate::act::register::handover::{draw, frozen, late, review, sheets, show, split, steps};
use crate::act::register::{Done, Failed, fields};
pub use args::HandoverArgs;
use args::{DaysArgs, DrawArgs, ListArgs, ReviewArgs, SheetsArgs, What};
use std::path::Path;
use std::sync::Arc;
use treem_child::handover::state::{Holder, Place};
use treem_child::handover::step::{Basis, Way};

fn basis(paper: Option<&String>) -> Basis {
    paper.map_or(Basis::Account, |text| Basis::Paper(text.clone()))
}

/// Runs `treem handover`.
pub fn run(args: &HandoverArgs, around: &Around) -> anyhow::Result<u8> {
    match &args.what {
        What::Draw(args) => drawn(args, around),
        What::Show(args) => {
            let told = show::show(&args.at.desk(around), &args.list);
            finish(told, args.at.json, said::shown, |_| DONE)
        }
        What::List(args) => listed(args, around),
        What::Review(args) => reviewed(args, around),
        What::Rows(args) => {
            let both = (args.add.as_slice(), args.strike.as_slice());
            let one = &args.one;
            let told = review::rows(&mut one.at.desk(around), &one.list, both, &one.why);
            finish(told, one.at.json, said::shown, |_| DONE)
        }
        What::Submit(args) => step(&args.list, &args.at, around, &steps::Asked::Submit),
        What::SendBack(args) => {
            let why = args.why.clone();
            step(
                &args.list,
                &args.at,
                around,
                &steps::Asked::SendBack { why },
            )
        }
        What::Approve(args) => {
            let day = match screen::day(args.day.as_deref(), around.today) {
                Ok(day) => day.to_string(),
                Err(sentence) => return Ok(refuse(&sentence)),
            };
            let basis = basis(args.one.paper.as_ref());
            let asked = steps::Asked::Approve { basis, day };
            step(&args.one.list, &args.one.at, around, &asked)
        }
        What::Send(args) => match Way::from_word(&args.way) {
            Some(way) => {
                let asked = steps::Asked::Send { way };
                step(&args.one.list, &args.one.at, around, &asked)
            }
            None => Ok(refuse(&format!(
                "--way “{}” không có; chọn paper, workbook hoặc portal.",
                args.way
            ))),
        },
        What::Receive(args) => {
            let basis = basis(args.paper.as_ref());
            step(
                &args.list,
                &args.at,
                around,
                &steps::Asked::Receive { basis },
            )
        }
        What::Answered(args) => step(&args.list, &args.at, around, &steps::Asked::Answered),
        What::Answer(args) => answers::answer(args, around),
        What::Key(args) => answers::key(args, around),
        What::Answers(args) => answers::answers(args, around),
        What::Workbook(args) => answers::workbook(args, around),
        What::Read(args) => answers::read(args, around),
        What::Apply(args) => applying::apply(args, around),
        What::Print(args) => print::run(args, around),
        What::Seen(args) => applying::seen(args, around),
        What::Tasks(args) => applying::tasks(args, around),
        What::Task(args) => applying::task(args, around),
        What::CivilDays(args) => applying::civil_days(args, around),
        What::Sign(args) if args.file.file.is_some() => {
            evidence::sign(&args.one.list, &args.one.at, &args.file, around)
        }
        What::Sign(args) => {
            let asked = steps::Asked::Sign {
                basis: basis(args.one.paper.as_ref()),
                evidence: args.evidence.clone(),
            };
            step(&args.one.list, &args.one.at, around, &asked)
        }
        What::Evidence(args) => evidence::evidence(args, around),
        What::Authorities(args) => evidence::authorities(args, around),
        What::Return(args) => {
            let basis = basis(args.paper.as_ref());
            step(
                &args.list,
                &args.at,
                around,
                &steps::Asked::Return { basis },
            )
        }
        What::Withdraw(args) => {
            let why = args.why.clone();
            step(
                &args.list,
                &args.at,
                around,
                &steps::Asked::Withdraw { why },
            )
        }
        What::Split(args) => {
            let by = if args.by_hamlet {
                split::By::Hamlet
            } else {
                split::By::Rows(args.row.clone())
            };
            let one = &args.one;
            let told = split::run(&mut one.at.desk(around), &one.list, &by, &one.why);
            finish(told, one.at.json, said::split, |_| DONE)
        }
        What::Reopen(args) => {
            let why = args.why.clone();
            step(&args.list, &args.at, around, &steps::Asked::Reopen { why })
        }
        What::Sheets(args) => sheets_of(args, around),
        What::Sheet(args) => {
            let told = sheets::sheet(&args.at.desk(around), &args.sheet);
            finish(told, args.at.json, said::sheet, |_| DONE)
        }
        What::Seal(args) => {
            let told = frozen::canonical(&mut args.one.at.desk(around), &args.one.list);
            let told = told.and_then(|told| {
                write_new(&args.out, &told.bytes)?;
                Ok(told)
            });
            finish(told, args.one.at.json, said::sealed, |_| DONE)
        }
        What::Days(args) => days(args, around),
    }
}

/// Writes a file that is not there yet, for its owner alone.
fn write_new(path: &Path, bytes: &[u8]) -> Done<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options
        .open(path)
        .and_then(|mut file| std::io::Write::write_all(&mut file, bytes));
    written.map_err(|error| {
        let why = if error.kind() == std::io::ErrorKind::AlreadyExists {
            "tệp đã có, hãy chọn tên khác"
        } else {
            "không ghi được; hãy xem lại đường dẫn, quyền ghi và chỗ trống"
        };
        Failed::Refused(format!("{}: {why}.", path.display()))
    })
}

fn step(list: &str, at: &At, around: &Around, asked: &steps::Asked) -> anyhow::Result<u8> {
    let told = steps::run(&mut at.desk(around), list, asked);
    finish(told, at.json, said::stepped, |_| DONE)
}

fn drawn(args: &DrawArgs, around: &Around) -> anyhow::Result<u8> {
    let from = match (&args.what, args.child.is_empty()) {
        (Some(text), _) => what(text).map(draw::From::What),
        (None, false) => Ok(draw::From::Children(args.child.clone())),
        (None, true) => Ok(draw::From::All),
    };
    let read = from.and_then(|from| Ok((from, args.area.read(around)?)));
    let (from, (unit, as_of)) = match read {
        Ok(read) => read,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let asked = draw::Asked {
        from,
        unit,
        hamlet: args.hamlet.clone(),
        as_of,
        title: args.title.clone(),
        earlier: !args.without_earlier,
        yes: args.yes,
    };
    let stop = Arc::new(Stop::default());
    let bar = Bar::new(screen::is_watched() && !args.at.json);
    bar.stopped_by_ctrl_c(&stop);
    let told = draw::run(&mut args.at.desk(around), &asked, (&bar, &stop));
    bar.clear();
    finish(told, args.at.json, said::drawn, |_| DONE)
}

fn listed(args: &ListArgs, around: &Around) -> anyhow::Result<u8> {
    let place = match args.place.as_deref() {
        None => Ok(None),
        Some(word) => Place::from_word(word).map(Some).ok_or_else(|| {
            let words: Vec<&str> = Place::ALL.iter().map(|place| place.word()).collect();
            format!(
                "--place “{word}” không có; chọn một trong: {}.",
                words.join(", ")
            )
        }),
    };
    let holders = [
        Holder::Officer,
        Holder::Households,
        Holder::Leader,
        Holder::Police,
    ];
    let holder = match args.holder.as_deref() {
        None => Ok(None),
        Some(word) => holders
            .into_iter()
            .find(|holder| holder.word() == word)
            .map(Some)
            .ok_or_else(|| {
                format!("--holder “{word}” không có; chọn officer, households, leader hoặc police.")
            }),
    };
    let read = place.and_then(|place| Ok((place, holder?, args.area.read(around)?.0)));
    let (place, holder, unit) = match read {
        Ok(read) => read,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let asked = show::Asked {
        unit,
        place,
        holder,
        late: args.late,
        waits: args.waits,
        ended: args.ended,
    };
    let told = show::list(&args.at.desk(around), &asked);
    finish(told, args.at.json, said::listed, |_| DONE)
}

fn reviewed(args: &ReviewArgs, around: &Around) -> anyhow::Result<u8> {
    let Some(row) = &args.row else {
        return step(&args.list, &args.at, around, &steps::Asked::Review);
    };
    let typed: Result<Vec<_>, String> =
        args.fields.iter().map(|text| fields::typed(text)).collect();
    let day = screen::day(args.as_of.as_deref(), around.today);
    let (typed, as_of) = match typed.and_then(|typed| Ok((typed, day?))) {
        Ok(both) => both,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let asked = match (args.same, typed.is_empty()) {
        (true, _) => review::Asked::Same,
        (false, false) => review::Asked::Changed {
            typed,
            as_of,
            yes: args.yes,
        },
        (false, true) => {
            return Ok(refuse(
                "ghi kết quả của dòng: --same nếu đúng như đã ghi, hoặc FIELD=VALUE theo phiếu.",
            ));
        }
    };
    let told = review::row(&mut args.at.desk(around), &args.list, row, &asked);
    finish(told, args.at.json, said::reviewed, |_| DONE)
}

fn sheets_of(args: &SheetsArgs, around: &Around) -> anyhow::Result<u8> {
    let of = match &args.list {
        Some(list) => sheets::Of::List(list.clone()),
        None => match args.area.read(around) {
            Ok((Some(unit), as_of)) => sheets::Of::Hamlet {
                unit,
                hamlet: args.hamlet.clone(),
                as_of,
            },
            Ok((None, _)) => return Ok(refuse("ghi mã danh sách, hoặc xã bằng --unit.")),
            Err(sentence) => return Ok(refuse(&sentence)),
        },
    };
    let told = sheets::sheets(&mut args.at.desk(around), &of);
    finish(told, args.at.json, said::sheets, |_| DONE)
}

fn days(args: &DaysArgs, around: &Around) -> anyhow::Result<u8> {
    let area = match args.area.read(around) {
        Ok((area, _)) => area,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let mut desk = args.at.desk(around);
    let told = match (area, &args.place, args.days) {
        (Some(unit), Some(place), Some(days)) => late::set(&mut desk, unit, place, days),
        _ => late::settings(&desk),
    };
    let told = told.map(|days| said::Days { days });
    finish(told, args.at.json, said::days, |_| DONE)
}
