//! `treem people`: accounts, roles over areas, one-time links, tokens of applications.
//!
//! In: arguments. Out: what was made; secrets once, on the screen.

use super::super::{DONE, screen};
use super::{Around, At, finish, refuse};
use crate::access::{Area, Role};
use crate::act::access::people::{self, Given, Made, New, People};
use crate::act::access::tokens::{self, Tokens};
use crate::act::register::Done;
use crate::act::units as act_units;
use crate::shown::spoken;
use clap::{Args, Subcommand};
use std::fmt::Write as _;

/// Codes of the roles, as clap takes them.
const ROLES: [&str; 8] = [
    "officer",
    "collaborator",
    "police",
    "leader",
    "district",
    "province",
    "administrator",
    "auditor",
];

/// `treem people`.
#[derive(Args)]
#[command(arg_required_else_help = true)]
pub struct PeopleArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Lập tài khoản với vai trò đầu tiên; in ra liên kết dùng một lần để người đó tự đặt mật khẩu.
    #[command(
        after_help = "Ví dụ:\n  treem people add bich.taru --shown \"Hồ Thị Bích\" --role officer --unit \"Tà Rụt\" --edition 2024-06-13\n  treem people add nhatky --shown \"Lê Văn Lâm\" --role auditor\n\nVai trò: officer (cán bộ xã), collaborator (cộng tác viên), police (công an xã),\nleader (lãnh đạo xã), district (lãnh đạo huyện, khu vực), province (lãnh đạo tỉnh),\nadministrator (quản trị), auditor (kiểm tra nhật ký)."
    )]
    Add {
        /// Tên đăng nhập: chữ không dấu, chữ số, dấu chấm, gạch nối.
        #[arg(value_name = "NAME")]
        name: String,
        /// Họ tên để người khác đọc.
        #[arg(long, value_name = "TEXT")]
        shown: String,
        /// Cơ quan.
        #[arg(long, value_name = "TEXT", default_value = "")]
        office: String,
        #[command(flatten)]
        over: Over,
        #[command(flatten)]
        at: At,
    },
    /// Xem các tài khoản và vai trò của từng người.
    #[command(after_help = "Ví dụ:\n  treem people list")]
    List {
        #[command(flatten)]
        at: At,
    },
    /// Giao thêm một vai trò ở một địa bàn.
    #[command(
        after_help = "Ví dụ:\n  treem people grant bich.taru --role officer --unit \"A Ngo\" --edition 2024-06-13"
    )]
    Grant {
        /// Tên đăng nhập.
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        over: Over,
        #[command(flatten)]
        at: At,
    },
    /// Thu lại một vai trò (mã ở treem people list).
    #[command(after_help = "Ví dụ:\n  treem people revoke 0190b2…")]
    Revoke {
        /// Mã của lần giao.
        #[arg(value_name = "GRANT")]
        grant: String,
        #[command(flatten)]
        at: At,
    },
    /// Khóa một tài khoản: không đăng nhập được nữa, các phiên đang mở kết thúc.
    #[command(after_help = "Ví dụ:\n  treem people lock bich.taru")]
    Lock {
        /// Tên đăng nhập.
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        at: At,
    },
    /// Mở khóa một tài khoản.
    #[command(after_help = "Ví dụ:\n  treem people unlock bich.taru")]
    Unlock {
        /// Tên đăng nhập.
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        at: At,
    },
    /// Lập liên kết mới để đặt lại mật khẩu; liên kết trước không dùng được nữa.
    #[command(after_help = "Ví dụ:\n  treem people link bich.taru")]
    Link {
        /// Tên đăng nhập.
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        at: At,
    },
    /// Mã để ứng dụng khác vào bằng API: lập, xem, thu lại.
    Token {
        #[command(subcommand)]
        what: TokenWhat,
    },
}

#[derive(Subcommand)]
enum TokenWhat {
    /// Lập mã cho một ứng dụng; mã chỉ hiện một lần.
    #[command(
        after_help = "Ví dụ:\n  treem people token add \"Phần mềm trường học\" --role officer --unit \"Tà Rụt\" --days 90"
    )]
    Add {
        /// Tên ứng dụng.
        #[arg(value_name = "NAME")]
        name: String,
        /// Số ngày dùng được.
        #[arg(long, value_name = "NUMBER", default_value_t = 365)]
        days: i64,
        #[command(flatten)]
        over: Over,
        #[command(flatten)]
        at: At,
    },
    /// Xem các mã đã lập.
    #[command(after_help = "Ví dụ:\n  treem people token list")]
    List {
        #[command(flatten)]
        at: At,
    },
    /// Thu lại một mã.
    #[command(after_help = "Ví dụ:\n  treem people token end 0190b2…")]
    End {
        /// Mã số của nó trong danh sách.
        #[arg(value_name = "TOKEN")]
        token: String,
        #[command(flatten)]
        at: At,
    },
}

/// A role over an area.
#[derive(Args)]
struct Over {
    /// Vai trò.
    #[arg(long, value_name = "ROLE", value_parser = ROLES)]
    role: String,
    /// Địa bàn, với mọi đơn vị bên dưới; không ghi thì là toàn sổ.
    #[arg(long, value_name = "CODE|NAME")]
    unit: Option<String>,
    /// Danh mục đơn vị hành chính của địa bàn ở --unit; không ghi thì lấy hôm nay.
    #[arg(long, value_name = "DATE")]
    edition: Option<String>,
}

impl Over {
    fn of(&self, around: &Around) -> Result<(Role, Area), String> {
        let role = Role::from_code(&self.role)
            .ok_or_else(|| format!("không có vai trò “{}”.", self.role))?;
        let Some(unit) = &self.unit else {
            return Ok((role, Area::Whole));
        };
        let edition = act_units::on(screen::day(self.edition.as_deref(), around.today)?);
        let unit = act_units::area(edition, unit)?;
        let area = Area::of(edition.from, unit.code);
        let area = area.ok_or_else(|| format!("không có đơn vị “{}”.", unit.name))?;
        Ok((role, area))
    }
}

/// What was done, where there is nothing more to say.
#[derive(serde::Serialize)]
struct Told {
    done: bool,
    #[serde(skip)]
    sentence: String,
}

/// Runs `treem people`.
pub fn run(args: &PeopleArgs, around: &Around) -> anyhow::Result<u8> {
    match &args.what {
        What::Add {
            name,
            shown,
            office,
            over,
            at,
        } => match over.of(around) {
            Ok((role, area)) => {
                let new = New {
                    name,
                    shown,
                    office,
                    role,
                    area,
                };
                let made = people::add(&mut at.desk(around), &new, around.secret());
                finish(made, at.json, made_text, |_| DONE)
            }
            Err(sentence) => Ok(refuse(&sentence)),
        },
        What::List { at } => finish(people::list(&at.desk(around)), at.json, people_text, |_| {
            DONE
        }),
        What::Grant { name, over, at } => match over.of(around) {
            Ok((role, area)) => {
                let given = people::give(&mut at.desk(around), name, role, &area);
                let said = |given: &Given| format!("Đã giao: {}\n", given_text(given));
                finish(given, at.json, said, |_| DONE)
            }
            Err(sentence) => Ok(refuse(&sentence)),
        },
        What::Revoke { grant, at } => {
            let done = people::take(&mut at.desk(around), grant);
            told(done, at, "Đã thu lại vai trò.")
        }
        What::Lock { name, at } => {
            let done = people::lock(&mut at.desk(around), name, true);
            told(
                done,
                at,
                "Đã khóa tài khoản; các phiên đang mở đã kết thúc.",
            )
        }
        What::Unlock { name, at } => {
            let done = people::lock(&mut at.desk(around), name, false);
            told(done, at, "Đã mở khóa tài khoản.")
        }
        What::Link { name, at } => {
            let made = people::link(&mut at.desk(around), name, around.secret());
            finish(made, at.json, made_text, |_| DONE)
        }
        What::Token { what } => token(what, around),
    }
}

fn token(what: &TokenWhat, around: &Around) -> anyhow::Result<u8> {
    match what {
        TokenWhat::Add {
            name,
            days,
            over,
            at,
        } => match over.of(around) {
            Ok((role, area)) => {
                let desk = &mut at.desk(around);
                let made = tokens::make(desk, name, (role, &area), *days, around.secret());
                let said = |made: &tokens::Made| {
                    format!(
                        "Mã của ứng dụng (chỉ hiện lần này): {}\nMã số: {}\nDùng được đến {}.\n",
                        made.token,
                        made.id,
                        spoken(&made.until)
                    )
                };
                finish(made, at.json, said, |_| DONE)
            }
            Err(sentence) => Ok(refuse(&sentence)),
        },
        TokenWhat::List { at } => {
            finish(tokens::list(&at.desk(around)), at.json, tokens_text, |_| {
                DONE
            })
        }
        TokenWhat::End { token, at } => {
            let done = tokens::end(&mut at.desk(around), token);
            told(done, at, "Đã thu lại mã của ứng dụng.")
        }
    }
}

fn told(done: Done<()>, at: &At, sentence: &str) -> anyhow::Result<u8> {
    let done = done.map(|()| Told {
        done: true,
        sentence: format!("{sentence}\n"),
    });
    finish(done, at.json, |told| told.sentence.clone(), |_| DONE)
}

fn made_text(made: &Made) -> String {
    format!(
        "Liên kết đặt mật khẩu của {} (dùng một lần, đến {}):\n  <địa chỉ trang>/welcome/{}\n",
        made.name,
        spoken(&made.until),
        made.link
    )
}

fn given_text(given: &Given) -> String {
    format!("{} · {} · mã {}", given.role_name, given.area, given.grant)
}

fn people_text(people: &People) -> String {
    if people.people.is_empty() {
        return "Chưa có tài khoản nào. Lập bằng treem people add.\n".to_owned();
    }
    let mut out = String::new();
    for one in &people.people {
        let state = match (one.locked, one.ready) {
            (true, _) => " (đang khóa)",
            (false, false) => " (chưa đặt mật khẩu)",
            (false, true) => "",
        };
        let _ = write!(out, "{} · {}", one.name, one.shown);
        if !one.office.is_empty() {
            let _ = write!(out, " · {}", one.office);
        }
        let _ = writeln!(out, "{state}");
        for given in &one.grants {
            let _ = writeln!(out, "  {}", given_text(given));
        }
    }
    out
}

fn tokens_text(tokens: &Tokens) -> String {
    if tokens.tokens.is_empty() {
        return "Chưa có mã của ứng dụng nào.\n".to_owned();
    }
    let mut out = String::new();
    for one in &tokens.tokens {
        let state = match &one.ended_at {
            Some(at) => format!("đã thu lại {}", spoken(at)),
            None => format!("đến {}", spoken(&one.until)),
        };
        let _ = writeln!(out, "{} · {} · {state}", one.id, one.name);
        for given in &one.grants {
            let _ = writeln!(out, "  {}", given_text(given));
        }
    }
    out
}
