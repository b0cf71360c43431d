//! Who may do what, where: roles, deeds, areas. Pure: no clock, no register.
//!
//! In: roles over areas ([`Grant`]), as an administrator gave them. Out: whether a deed about a child of a unit is allowed
//! ([`Grants::may`]), and what a list is cut to ([`Cut`]). Levels are never looked at: an area is a unit with all below it, however
//! many steps that is.

mod area;
mod role;

pub use area::{Area, Cut};
pub use role::{Deed, Role};

use std::sync::Arc;

/// A role over an area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The area.
    pub area: Area,
}

/// All roles of a person or of an application's token.
#[derive(Clone, Debug, Default)]
pub struct Grants {
    /// Id of the person or token, for the log of looks.
    pub holder: String,
    /// The roles.
    all: Arc<[Grant]>,
}

/// A deed that is not allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denied {
    /// The deed.
    pub deed: Deed,
    /// Edition and code of the unit; none where the whole book was meant, or no unit is known.
    pub unit: Option<(String, String)>,
}

impl Denied {
    /// In one Vietnamese sentence, with what to do.
    pub fn sentence(&self) -> String {
        let what = self.deed.words();
        let place = self.unit.as_ref().and_then(|(edition, code)| {
            let edition = treem_child::normalise::unit::edition(edition);
            Some(edition.by_code(code)?.name)
        });
        match place {
            Some(name) => format!(
                "tài khoản này không được giao việc “{what}” ở {}; nếu cần, hãy đề nghị người quản trị giao quyền.",
                treem_child::normalise::unit::in_running_text(name)
            ),
            None => format!(
                "tài khoản này không được giao việc “{what}” cho toàn sổ hoặc cho hồ sơ chưa rõ đơn vị; nếu cần, hãy đề nghị người quản trị giao quyền."
            ),
        }
    }
}

impl Grants {
    /// Of a person or token with these roles.
    pub fn new(holder: &str, all: Vec<Grant>) -> Self {
        Self {
            holder: holder.to_owned(),
            all: all.into(),
        }
    }

    /// The roles.
    pub fn all(&self) -> &[Grant] {
        &self.all
    }

    /// Whether a deed about somebody of a unit is allowed. `unit`: code in an edition; none: the whole book, or a child whose unit is not
    /// known. A unit of another edition than the area's is compared through the successions.
    ///
    /// # Errors
    /// [`Denied`].
    pub fn may(&self, deed: Deed, edition: &str, unit: Option<&str>) -> Result<(), Denied> {
        let mut with = self.all.iter().filter(|grant| grant.role.may(deed));
        if with.any(|grant| grant.area.holds(edition, unit)) {
            return Ok(());
        }
        Err(Denied {
            deed,
            unit: unit.map(|code| (edition.to_owned(), code.to_owned())),
        })
    }

    /// Whether a deed is allowed anywhere: for menus and buttons, never for a decision.
    pub fn may_somewhere(&self, deed: Deed) -> bool {
        self.all.iter().any(|grant| grant.role.may(deed))
    }

    /// What a list is cut to for a deed.
    pub fn cut(&self, deed: Deed) -> Cut {
        let with = self.all.iter().filter(|grant| grant.role.may(deed));
        Cut::to(with.map(|grant| grant.area.clone()).collect())
    }
}

#[cfg(test)]
mod tests;
