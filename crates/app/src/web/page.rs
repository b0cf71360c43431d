//! What every page shows around its own content: title, ways, who sits here, what was just done.
//!
//! In: the page's title and way, the person. Out: [`Page`], the field `page` of every template.

use super::{Person, assets};
use axum::http::StatusCode;

/// The frame of a page.
pub struct Page {
    /// The heading, and the title of the window.
    pub title: String,
    /// Which of the ways it belongs to, e.g. `/list`.
    pub way: &'static str,
    /// Who sits here.
    pub me: Option<Me>,
    /// The way back: address and name.
    pub back: Option<(String, String)>,
    /// What was just done.
    pub said: Option<String>,
    /// Something on the page must be put right first.
    pub wrong: bool,
    /// Which keys act on it beside those of its way.
    pub keys: Keys,
    /// Which set of styles and script.
    pub version: &'static str,
    /// Which treem.
    pub release: &'static str,
}

/// Which keys act on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// Those of its way.
    OfWay,
    /// Answers of the police.
    Answers,
}

/// Who sits here, as the frame shows it.
pub struct Me {
    /// The shown name.
    pub name: String,
    /// The role.
    pub role: String,
    /// The area.
    pub area: String,
    /// May look for children.
    pub may_search: bool,
    /// The pages this person has work on.
    pub ways: Vec<Way>,
}

/// One of the pages.
pub struct Way {
    /// Where.
    pub href: &'static str,
    /// Its name.
    pub name: &'static str,
}

impl Page {
    /// A page of a person.
    pub fn new(title: &str, way: &'static str, person: Option<&Person>) -> Self {
        Self {
            title: title.to_owned(),
            way,
            me: person.map(Person::shown),
            back: None,
            said: None,
            wrong: false,
            keys: Keys::OfWay,
            version: assets::VERSION.as_str(),
            release: env!("CARGO_PKG_VERSION"),
        }
    }

    /// With a way back.
    #[must_use]
    pub fn back(mut self, href: &str, name: &str) -> Self {
        self.back = Some((href.to_owned(), name.to_owned()));
        self
    }

    /// With what was just done.
    #[must_use]
    pub fn said(mut self, sentence: Option<String>) -> Self {
        self.said = sentence;
        self
    }

    /// A page with something to be put right is no success: 422, else 200.
    pub fn status(&self) -> StatusCode {
        if self.wrong {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::OK
        }
    }

    /// The keys that act on this page.
    pub fn keys(&self) -> Vec<(&'static str, &'static str)> {
        let mut keys = vec![("/", "Tìm trẻ em"), ("?", "Các phím của trang này")];
        if self.keys == Keys::Answers {
            keys.extend([
                ("1 – 9, 0, N", "Câu trả lời, khi ô số đang trống"),
                ("Enter", "Ghi và sang dòng sau"),
                ("↑ ↓", "Dòng trên, dòng dưới"),
            ]);
        }
        match self.way {
            "/list" => keys.extend([
                ("j", "Dòng dưới"),
                ("k", "Dòng trên"),
                ("x", "Chọn dòng"),
                ("Enter", "Mở hồ sơ"),
                ("e", "Sửa"),
                ("f", "Sửa theo đề nghị"),
                ("u", "Hoàn tác lượt sửa vừa rồi"),
            ]),
            "/missing" => keys.extend([
                ("n", "Trẻ tiếp theo"),
                ("k", "Trẻ trước"),
                ("Enter", "Mở phiếu nhập đã điền sẵn"),
                ("x", "Không thiếu, chọn lý do"),
            ]),
            "/duplicates" => keys.extend([
                ("m", "Cùng một trẻ"),
                ("x", "Hai trẻ khác nhau"),
                ("t", "Sinh đôi"),
                ("l", "Để sau"),
            ]),
            _ => {}
        }
        keys
    }
}
