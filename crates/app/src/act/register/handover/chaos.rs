//! Thousands of acts by chance, by people who may do some of them and not others, some broken off before they are kept: whatever is tried,
//! no row is lost, no number stands undisputed on two children, and the events alone say where every list is.

mod holds;
#[path = "../../../../../store/tests/it/server.rs"]
#[expect(dead_code, reason = "other tests use the rest of the server")]
mod server;
mod world;

use super::super::{Done, Failed, begin, edit, life, moves, second, wait};
use super::held::Held;
use super::{apply, back, draw, keying, late, review, sheets, show, split, steps, workbook};
use crate::act::check::{Silent, Stop};
use holds::Counts;
use std::fmt::Write as _;
use treem_child::field::Field;
use treem_child::handover::answer::Kind;
use treem_child::handover::code;
use treem_child::handover::state::Place;
use treem_child::handover::step::{Basis, Way};
use treem_store::child::{ACTIVE, DIED, MISTAKE};
use treem_store::fixes::{KEYED, NONE};
use treem_store::handover::{DONE, LEFT, MOVED, OPEN};
use world::{BOOK, COMMUNES, DAY, World, commune, day, edition};

const ACTS: usize = 600;

impl World {
    fn list(&mut self) -> String {
        let lists = wait(async {
            let open = self.desk.open().await?;
            Ok(open.store.read().await?.handovers_after(BOOK, 0).await?)
        })
        .ok()
        .unwrap();
        // Mostly one that is still on its way.
        let on_way: Vec<i64> = lists
            .iter()
            .filter(|list| Place::from_word(&list.place).is_some_and(Place::is_open))
            .map(|list| list.number)
            .collect();
        let all: Vec<i64> = lists.iter().map(|list| list.number).collect();
        let from = if on_way.is_empty() || self.dice.roll(8) == 0 {
            all
        } else {
            on_way
        };
        if from.is_empty() {
            return code::List::new(code::LAST_LIST).unwrap().to_string();
        }
        let number = u32::try_from(*self.dice.pick(&from)).unwrap();
        code::List::new(number).unwrap().to_string()
    }

    fn why(&mut self) -> String {
        ["", "lập nhầm", "xem lại"][self.dice.roll(3)].to_owned()
    }

    fn basis(&mut self) -> Basis {
        match self.dice.roll(4) {
            0 => Basis::Paper(String::new()),
            1 => Basis::Paper("ký ngày 20/6/2024".to_owned()),
            _ => Basis::Account,
        }
    }

    fn step(&mut self) -> steps::Asked {
        match self.dice.roll(22) {
            0 => steps::Asked::Review,
            1..=3 => steps::Asked::Submit,
            4 => steps::Asked::SendBack { why: self.why() },
            5..=7 => steps::Asked::Approve {
                basis: self.basis(),
                day: DAY.to_owned(),
            },
            8 | 9 => steps::Asked::Send { way: Way::Paper },
            10 | 11 => steps::Asked::Receive {
                basis: self.basis(),
            },
            12 | 13 => steps::Asked::Answered,
            14 | 15 => steps::Asked::Sign {
                basis: self.basis(),
                evidence: None,
            },
            16..=18 => steps::Asked::Return {
                basis: self.basis(),
            },
            19 => steps::Asked::Withdraw { why: self.why() },
            _ => steps::Asked::Reopen { why: self.why() },
        }
    }

    /// What comes next for a list, as people who know their work would do it.
    fn next(&mut self, list: &str) -> Done<()> {
        let place = show::show(&self.desk, list).map(|shown| Place::from_word(shown.line.place));
        let asked = match place? {
            Some(Place::Drawn) if self.dice.roll(2) == 0 => steps::Asked::Review,
            Some(Place::Drawn | Place::InReview) => steps::Asked::Submit,
            Some(Place::Awaiting) => steps::Asked::Approve {
                basis: Basis::Account,
                day: DAY.to_owned(),
            },
            Some(Place::Closed) => steps::Asked::Send { way: Way::Paper },
            Some(Place::Sent) => steps::Asked::Receive {
                basis: Basis::Account,
            },
            Some(Place::Received) if self.dice.roll(2) == 0 => return self.answers(list),
            Some(Place::Received) => steps::Asked::Answered,
            Some(Place::Answered) => steps::Asked::Sign {
                basis: Basis::Account,
                evidence: None,
            },
            Some(Place::Signed) => steps::Asked::Return {
                basis: Basis::Account,
            },
            Some(Place::Returned) => return self.applies(list),
            _ => return self.draws(),
        };
        steps::run(&mut self.desk, list, &asked).map(drop)
    }

    /// One act by chance; a sentence where it was refused.
    fn act(&mut self) -> Done<()> {
        let list = self.list();
        let rows = self.dice.roll(12);
        if self.dice.roll(2) == 0 {
            return self.next(&list);
        }
        match self.dice.roll(25) {
            0..=2 => self.draws(),
            3..=12 => {
                let asked = self.step();
                if self.dice.roll(5) == 0 {
                    return self.breaks_off(&list, &asked);
                }
                steps::run(&mut self.desk, &list, &asked).map(drop)
            }
            13..=15 => self.answers(&list),
            16 => self.applies(&list),
            17 => {
                let why = self.why();
                back::undo(&mut self.desk, &list, (&why, day(), true)).map(drop)
            }
            18 => {
                let by = if self.dice.roll(2) == 0 {
                    split::By::Hamlet
                } else {
                    split::By::Rows(vec![(rows + 1).to_string()])
                };
                let why = self.why();
                split::run(&mut self.desk, &list, &by, &why).map(drop)
            }
            19 => {
                let child = self.dice.pick(&self.children.clone()).clone();
                let why = self.why();
                let add = [child];
                review::rows(&mut self.desk, &list, (&add, &[]), &why).map(drop)
            }
            20 => {
                let why = self.why();
                let strike = [(rows + 1).to_string()];
                review::rows(&mut self.desk, &list, (&[], &strike), &why).map(drop)
            }
            21 => self.edits(&list, rows),
            22 => self.lives(),
            23 => self.settles(),
            _ => {
                let of = sheets::Of::List(list.clone());
                sheets::sheets(&mut self.desk, &of)?;
                show::show(&self.desk, &list)?;
                show::list(&self.desk, &show::Asked::default())?;
                late::settings(&self.desk).map(drop)
            }
        }
    }

    fn draws(&mut self) -> Done<()> {
        let from = match self.dice.roll(3) {
            0 => draw::From::What(super::super::list::What::Group(1)),
            1 => draw::From::All,
            _ => {
                let children = self.children.clone();
                let some = (0..3).map(|_| self.dice.pick(&children).clone());
                draw::From::Children(some.collect())
            }
        };
        let hamlet = ["", "Thôn 1", "Thôn 2"][self.dice.roll(3)].to_owned();
        let name = COMMUNES[self.dice.roll(2)];
        let asked = draw::Asked {
            from,
            unit: Some((edition(), commune(name))),
            hamlet,
            as_of: day(),
            title: String::new(),
            earlier: self.dice.roll(4) > 0,
            yes: self.dice.roll(5) > 0,
        };
        let stop = Stop::default();
        draw::run(&mut self.desk, &asked, (&Silent, &stop)).map(drop)
    }

    /// A step is taken and everything written, and then the power goes.
    fn breaks_off(&mut self, list: &str, asked: &steps::Asked) -> Done<()> {
        let code = super::list_of(list)?;
        wait(async {
            let open = self.desk.open().await?;
            let doing = self.desk.doing(BOOK, "handover", "");
            let mut act = begin(&open.store, doing).await?;
            let mut held = Held::of(act.reading(), BOOK, code).await?;
            steps::take(&self.desk, &mut act, &mut held, asked).await?;
            drop(act);
            Ok(())
        })
    }

    /// What somebody types of a row: any answer, a few numbers for many children, sometimes with why, sometimes nothing after all.
    fn line(&mut self) -> keying::Line {
        let number = format!("04531500{:04}", self.dice.roll(12));
        let (answer, value) = match self.dice.roll(16) {
            0 | 1 => ("1", ""),
            2..=6 => ("2", number.as_str()),
            7 => ("3", "Họ tên mẹ: Hồ Thị Mới"),
            8 => ("4", ""),
            9 => ("5", ""),
            10 => ("6", ["thôn A Đeng, xã A Ngo", "Hà Nội"][self.dice.roll(2)]),
            11 => ("7", "12/3/2024"),
            12 => ("9", ""),
            13 => ("0", number.as_str()),
            14 => ("3", "Giới tính: Nam"),
            _ => ("-", ""),
        };
        keying::Line {
            row: (self.dice.roll(12) + 1).to_string(),
            answer: answer.to_owned(),
            value: value.to_owned(),
            note: String::new(),
            why: ["", "đã hỏi Công an"][self.dice.roll(2)].to_owned(),
        }
    }

    /// The police answer some rows, or take an answer back: in the portal, on paper, in the workbook.
    fn answers(&mut self, list: &str) -> Done<()> {
        let lines: Vec<keying::Line> = (0..=self.dice.roll(6)).map(|_| self.line()).collect();
        match self.dice.roll(3) {
            0 => keying::key(&mut self.desk, list, Way::Portal, &lines).map(drop),
            1 => keying::key(&mut self.desk, list, Way::Paper, &lines).map(drop),
            _ => self.sends_back(list, &lines),
        }
    }

    /// The workbook comes back, as a table of codes and answers.
    fn sends_back(&mut self, list: &str, lines: &[keying::Line]) -> Done<()> {
        let code = super::list_of(list)?;
        let mut text = "Mã dòng;Kết quả đối chiếu;Số định danh (12 số);Ghi chú\n".to_owned();
        for line in lines {
            let row = super::row_of(code, &line.row)?;
            let is_number = line.value.starts_with("045");
            let (number, note) = if is_number {
                (line.value.as_str(), "")
            } else {
                ("", line.value.as_str())
            };
            let kind = line.answer.chars().next().and_then(Kind::from_key);
            let answer = kind.map_or("", Kind::label);
            let _ = writeln!(text, "{row};{answer};{number};{note}");
        }
        let file = self.folder.path().join("tra-ve.csv");
        std::fs::write(&file, text).unwrap();
        workbook::read(&mut self.desk, list, &file, (&[], true)).map(drop)
    }

    /// What came back goes into the register; of what waits for a word some is confirmed.
    fn applies(&mut self, list: &str) -> Done<()> {
        let mut asked = apply::Asked {
            list: list.to_owned(),
            confirmed: Vec::new(),
            as_of: day(),
            why: String::new(),
            yes: false,
        };
        for row in apply::run(&mut self.desk, &asked)?.rows {
            if row.state == "waits" && self.dice.roll(2) == 0 {
                let why = "đã hỏi gia đình".to_owned();
                asked.confirmed.push((row.row.to_string(), why));
            }
        }
        asked.yes = true;
        apply::run(&mut self.desk, &asked).map(drop)
    }

    /// A commune answers a move that was proposed; or answers from paper are from now on typed twice, or once.
    fn settles(&mut self) -> Done<()> {
        if self.dice.roll(3) == 0 {
            let kind = *self.dice.pick(&[KEYED, NONE]);
            let unit = commune(COMMUNES[self.dice.roll(2)]);
            return second::set(&mut self.desk, (edition(), unit), kind).map(drop);
        }
        let waiting = moves::list(&self.desk, None, Some("proposed"))?.moves;
        if waiting.is_empty() {
            return Err(Failed::Refused("Không có đề nghị nào.".to_owned()));
        }
        let id = self.dice.pick(&waiting).r#move.clone();
        let answer = [moves::Answer::Confirm, moves::Answer::Refuse][self.dice.roll(2)];
        moves::answer(&mut self.desk, &id, answer, "", day()).map(drop)
    }

    /// A row is right as it stands, or gets a number; a few numbers for many children.
    fn edits(&mut self, list: &str, row: usize) -> Done<()> {
        let number = format!("04531500{:04}", self.dice.roll(6));
        let asked = if self.dice.roll(2) == 0 {
            review::Asked::Same
        } else {
            review::Asked::Changed {
                typed: vec![(Field::Number, number)],
                as_of: day(),
                yes: self.dice.roll(4) > 0,
            }
        };
        review::row(&mut self.desk, list, &(row + 1).to_string(), &asked).map(drop)
    }

    /// A child dies, was a mistake, comes back, gets a number.
    fn lives(&mut self) -> Done<()> {
        let child = self.dice.pick(&self.children.clone()).clone();
        if self.dice.roll(3) == 0 {
            let number = format!("04531500{:04}", self.dice.roll(6));
            let asked = edit::Asked {
                child,
                typed: vec![(Field::Number, number)],
                why: String::new(),
                version: None,
                as_of: day(),
                yes: true,
            };
            return edit::run(&mut self.desk, &asked).map(drop);
        }
        let state = *self.dice.pick(&[DIED, MISTAKE, ACTIVE, ACTIVE]);
        let asked = life::Asked {
            child,
            state,
            day: (state == DIED).then(|| DAY.to_owned()),
            why: String::new(),
            version: None,
            as_of: day(),
        };
        life::run(&mut self.desk, &asked).map(drop)
    }
}

/// What became of all that was tried.
#[derive(Debug, Default)]
struct Tried {
    done: usize,
    refused: usize,
    denied: usize,
    counts: Counts,
}

/// So many acts in a world; what must hold is looked at again and again.
fn tries(world: &mut World, acts: usize, tried: &mut Tried) {
    for nth in 0..acts {
        world.somebody();
        let before = (nth % 10 == 0).then(|| world.picture());
        match world.act() {
            Ok(()) => tried.done += 1,
            Err(Failed::Refused(sentence)) => {
                assert!(sentence.ends_with('.'), "{sentence}");
                tried.refused += 1;
                // What is refused leaves nothing behind.
                if let Some(before) = before {
                    assert_eq!(world.picture(), before, "{sentence}");
                }
            }
            Err(Failed::Denied(_)) => tried.denied += 1,
            Err(Failed::Broken(error)) => panic!("act {nth}: {error:#}"),
        }
        if nth % 100 == 99 {
            world.holds();
        }
    }
    let counts = world.holds();
    for (all, own) in [
        (&mut tried.counts.places, counts.places),
        (&mut tried.counts.rows, counts.rows),
        (&mut tried.counts.answers, counts.answers),
    ] {
        for (word, count) in own {
            *all.entry(word).or_default() += count;
        }
    }
}

/// It was tried in earnest: every kind of end, every state of a row and every way of an answer came about.
fn in_earnest(tried: &Tried, share: usize) {
    assert!(
        tried.done > 500 / share && tried.refused > 200 / share && tried.denied > 50 / share,
        "{tried:?}"
    );
    for state in [OPEN, DONE, LEFT] {
        assert!(tried.counts.rows.contains_key(state), "{state}: {tried:?}");
    }
    for way in [Way::Portal, Way::Paper, Way::Workbook] {
        assert!(
            tried.counts.answers.contains_key(way.word()),
            "{way:?}: {tried:?}"
        );
    }
    assert!(
        tried.counts.places.contains_key(Place::Applied.word()),
        "{tried:?}"
    );
}

/// A runtime as the pages have it: a server's connections live as long as it does.
fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap()
}

#[test]
fn whatever_is_tried_no_row_is_lost() {
    let mut tried = Tried::default();
    for seed in 1..=4 {
        tries(&mut World::new(seed, None), ACTS, &mut tried);
    }
    in_earnest(&tried, 1);
    for place in [Place::Withdrawn, Place::Divided] {
        let word = place.word();
        assert!(tried.counts.places.contains_key(word), "{word}: {tried:?}");
    }
    for state in [MOVED, "struck"] {
        assert!(tried.counts.rows.contains_key(state), "{state}: {tried:?}");
    }
}

#[test]
fn whatever_is_tried_on_a_server_no_row_is_lost() {
    let runtime = runtime();
    let server = runtime.block_on(server::Server::start());
    let _lent = runtime.enter();
    let mut tried = Tried::default();
    let mut world = World::new(5, Some(server.address()));
    tries(&mut world, ACTS, &mut tried);
    in_earnest(&tried, 4);
    drop(world);
}

#[test]
fn the_same_request_draws_once() {
    let mut world = World::new(9, None);
    let asked = draw::Asked {
        from: draw::From::All,
        unit: Some((edition(), commune(COMMUNES[0]))),
        hamlet: String::new(),
        as_of: day(),
        title: String::new(),
        earlier: true,
        yes: true,
    };
    let stop = Stop::default();
    for nth in 0..2 {
        world.desk.request = Some("một".to_owned());
        let done = draw::run(&mut world.desk, &asked, (&Silent, &stop));
        assert_eq!(done.is_ok(), nth == 0);
    }
    assert_eq!(world.picture().len(), 1);
}
