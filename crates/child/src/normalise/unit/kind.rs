//! Kinds and levels of area units.
//!
//! In: nothing. Out: [`UnitKind`], [`Level`].

/// What kind of unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnitKind {
    /// Tỉnh.
    Province,
    /// Thành phố thuộc tỉnh.
    City,
    /// Thị xã.
    Town,
    /// Huyện.
    District,
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
    pub(super) fn from_code(code: &str) -> Option<Self> {
        let kind = match code {
            "province" => Self::Province,
            "city" => Self::City,
            "town" => Self::Town,
            "district" => Self::District,
            "ward" => Self::Ward,
            "township" => Self::Township,
            "commune" => Self::Commune,
            "special-zone" => Self::SpecialZone,
            _ => return None,
        };
        Some(kind)
    }

    /// The words that open a unit's name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Province => "Tỉnh",
            Self::City => "Thành phố",
            Self::Town => "Thị xã",
            Self::District => "Huyện",
            Self::Ward => "Phường",
            Self::Township => "Thị trấn",
            Self::Commune => "Xã",
            Self::SpecialZone => "Đặc khu",
        }
    }

    /// The level the kind stands at.
    pub fn level(self) -> Level {
        match self {
            Self::Province => Level::Province,
            Self::City | Self::Town | Self::District => Level::District,
            Self::Ward | Self::Township | Self::Commune | Self::SpecialZone => Level::Commune,
        }
    }
}

/// The level of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// Tỉnh.
    Province,
    /// Huyện, thị xã, thành phố thuộc tỉnh (until 30/6/2025).
    District,
    /// Xã, phường, thị trấn, đặc khu.
    Commune,
}
