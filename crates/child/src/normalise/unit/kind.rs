//! Kinds and levels of area units.
//!
//! In: nothing. Out: [`UnitKind`], [`Level`].

/// What kind of unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnitKind {
    /// Tỉnh.
    Province,
    /// Thành phố trực thuộc trung ương.
    Municipality,
    /// Thành phố thuộc tỉnh, or thuộc thành phố trực thuộc trung ương.
    City,
    /// Thị xã.
    Town,
    /// Huyện.
    District,
    /// Quận.
    UrbanDistrict,
    /// Phường.
    Ward,
    /// Thị trấn.
    Township,
    /// Xã.
    Commune,
    /// Đặc khu.
    SpecialZone,
}

impl UnitKind {
    /// The kind that opens a unit's whole name. A code of two digits is a province's: `Thành phố` is a kind of two levels.
    pub(super) fn of(code: &str, name: &str) -> Option<Self> {
        const ALL: [UnitKind; 9] = [
            UnitKind::Commune,
            UnitKind::Ward,
            UnitKind::Township,
            UnitKind::District,
            UnitKind::UrbanDistrict,
            UnitKind::Town,
            UnitKind::City,
            UnitKind::Province,
            UnitKind::SpecialZone,
        ];
        let kind = ALL.into_iter().find(|kind| {
            name.strip_prefix(kind.label())
                .is_some_and(|rest| rest.starts_with(' '))
        })?;
        Some(match kind {
            Self::City if code.len() == 2 => Self::Municipality,
            kind => kind,
        })
    }

    /// The words that open a unit's name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Province => "Tỉnh",
            Self::City | Self::Municipality => "Thành phố",
            Self::Town => "Thị xã",
            Self::District => "Huyện",
            Self::UrbanDistrict => "Quận",
            Self::Ward => "Phường",
            Self::Township => "Thị trấn",
            Self::Commune => "Xã",
            Self::SpecialZone => "Đặc khu",
        }
    }

    /// The level the kind stands at.
    pub fn level(self) -> Level {
        match self {
            Self::Province | Self::Municipality => Level::Province,
            Self::City | Self::Town | Self::District | Self::UrbanDistrict => Level::District,
            Self::Ward | Self::Township | Self::Commune | Self::SpecialZone => Level::Commune,
        }
    }
}

/// The level of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// Tỉnh, thành phố trực thuộc trung ương.
    Province,
    /// Huyện, quận, thị xã, thành phố thuộc tỉnh (until 30/6/2025).
    District,
    /// Xã, phường, thị trấn, đặc khu.
    Commune,
}
