//! Roles and deeds, and which role may do which deed.
//!
//! In: nothing. Out: [`Role`], [`Deed`], the table between them. Who keeps accounts sees no children, who reads the log changes nothing:
//! duties are apart, and one person may be given several roles.

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$of])* $variant,)* }
        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];
            /// The word in the register, in URLs and on the command line.
            pub fn code(self) -> &'static str { match self { $(Self::$variant => $code,)* } }
            /// The one of a word.
            pub fn from_code(code: &str) -> Option<Self> { match code { $($code => Some(Self::$variant),)* _ => None } }
        }
    };
}

words! {
    /// What a person is in the work.
    Role {
        /// Keeps the register of a commune.
        Officer = "officer",
        /// Visits households.
        Collaborator = "collaborator",
        /// Answers from the population database.
        Police = "police",
        /// Leads a commune: approves its lists.
        Leader = "leader",
        /// Leads a district's work.
        District = "district",
        /// Leads a province's work.
        Province = "province",
        /// Keeps accounts, units, rules, backups.
        Administrator = "administrator",
        /// Reads who did and saw what.
        Auditor = "auditor",
    }
}

words! {
    /// What can be done, as far as it is asked whether one may.
    Deed {
        /// See a record.
        See = "see",
        /// See identity numbers whole.
        SeeNumber = "see-number",
        /// See what the law calls sensitive.
        SeeSensitive = "see-sensitive",
        /// Search by name, number, phone.
        Search = "search",
        /// Add a child by hand.
        Add = "add",
        /// Change, close, reopen a record.
        Edit = "edit",
        /// Change many records at once.
        MassFix = "mass-fix",
        /// Approve what another person proposed.
        Approve = "approve",
        /// Import lists.
        Import = "import",
        /// Undo an import.
        Undo = "undo",
        /// Decide rows that wait.
        Decide = "decide",
        /// Merge records and part them, say that two are not one.
        Merge = "merge",
        /// Propose a move and answer one.
        Move = "move",
        /// Take lists away as files.
        Export = "export",
        /// Hand lists over to the police.
        HandOver = "hand-over",
        /// Approve a commune's list and close it.
        CloseList = "close-list",
        /// Answer for the police.
        Answer = "answer",
        /// Read figures.
        Report = "report",
        /// Write headcounts down.
        Headcounts = "headcounts",
        /// Keep templates of letters and set targets.
        Letters = "letters",
        /// Publish rules.
        Rules = "rules",
        /// Carry out reforms of units.
        Units = "units",
        /// Keep accounts and tokens.
        Accounts = "accounts",
        /// Read the chain and who looked.
        Audit = "audit",
        /// Back up, restore, copy.
        Backup = "backup",
    }
}

/// From this edition on there are no districts, and the departments have other names.
const REFORM: &str = "2025-07-01";

impl Role {
    /// The office as people call it in an edition (a day, `YYYY-MM-DD`).
    pub fn name(self, edition: &str) -> &'static str {
        let now = edition >= REFORM;
        match self {
            Self::Officer if now => "Công chức Phòng Văn hóa – Xã hội phụ trách trẻ em",
            Self::Officer => "Cán bộ chuyên trách Lao động – TB&XH cấp xã",
            Self::Collaborator => "Cộng tác viên",
            Self::Police => "Công an xã",
            Self::Leader => "Lãnh đạo UBND xã",
            Self::District if now => "Lãnh đạo phụ trách khu vực",
            Self::District => "Lãnh đạo Phòng Lao động – TB&XH huyện",
            Self::Province if now => "Lãnh đạo Sở Y tế",
            Self::Province => "Lãnh đạo Sở Lao động – TB&XH",
            Self::Administrator => "Quản trị hệ thống",
            Self::Auditor => "Người kiểm tra nhật ký",
        }
    }

    /// Whether the role includes a deed; where, is the area's business.
    pub fn may(self, deed: Deed) -> bool {
        self.deeds().contains(&deed)
    }

    /// What the role includes.
    pub fn deeds(self) -> &'static [Deed] {
        use Deed::{
            Accounts, Add, Answer, Approve, Audit, Backup, CloseList, Decide, Edit, Export,
            HandOver, Headcounts, Import, Letters, MassFix, Merge, Move, Report, Rules, Search,
            See, SeeNumber, SeeSensitive, Undo, Units,
        };
        match self {
            Self::Officer => &[
                See,
                SeeNumber,
                SeeSensitive,
                Search,
                Add,
                Edit,
                MassFix,
                Import,
                Undo,
                Decide,
                Merge,
                Move,
                Export,
                HandOver,
                Report,
            ],
            Self::Collaborator => &[See, Search, Add, Edit],
            Self::Police => &[See, SeeNumber, Search, Answer],
            Self::Leader => &[See, SeeNumber, Search, CloseList, Report],
            Self::District => &[
                See,
                SeeNumber,
                SeeSensitive,
                Search,
                Edit,
                MassFix,
                Approve,
                Import,
                Undo,
                Decide,
                Merge,
                Move,
                Export,
                HandOver,
                CloseList,
                Report,
                Headcounts,
                Letters,
            ],
            Self::Province => &[
                See,
                SeeNumber,
                SeeSensitive,
                Search,
                Add,
                Edit,
                MassFix,
                Approve,
                Import,
                Undo,
                Decide,
                Merge,
                Move,
                Export,
                HandOver,
                CloseList,
                Report,
                Headcounts,
                Letters,
                Rules,
                Units,
            ],
            Self::Administrator => &[Accounts, Units, Rules, Headcounts, Backup, Report],
            Self::Auditor => &[Audit, Report],
        }
    }
}

impl Deed {
    /// In words, as in “không được giao việc …”.
    pub fn words(self) -> &'static str {
        match self {
            Self::See => "xem hồ sơ trẻ em",
            Self::SeeNumber => "xem đủ số định danh",
            Self::SeeSensitive => "xem thông tin nhạy cảm",
            Self::Search => "tìm trẻ em",
            Self::Add => "nhập mới trẻ em",
            Self::Edit => "sửa hồ sơ",
            Self::MassFix => "sửa hàng loạt",
            Self::Approve => "duyệt thay đổi",
            Self::Import => "nhập từ tệp",
            Self::Undo => "hủy lượt nhập",
            Self::Decide => "quyết định dòng chờ",
            Self::Merge => "gộp, tách hồ sơ",
            Self::Move => "chuyển đi, chuyển đến",
            Self::Export => "xuất danh sách",
            Self::HandOver => "chuyển danh sách cho Công an",
            Self::CloseList => "duyệt, chốt danh sách",
            Self::Answer => "trả lời đối chiếu",
            Self::Report => "xem số liệu",
            Self::Headcounts => "ghi số trẻ em báo cáo",
            Self::Letters => "đặt chỉ tiêu, giữ mẫu văn bản",
            Self::Rules => "ban hành quy tắc kiểm tra",
            Self::Units => "sắp xếp đơn vị hành chính",
            Self::Accounts => "quản trị tài khoản",
            Self::Audit => "xem nhật ký",
            Self::Backup => "sao lưu, khôi phục",
        }
    }

    #[cfg(test)]
    /// True where the deed changes something or takes it away.
    pub fn changes(self) -> bool {
        !matches!(
            self,
            Self::See
                | Self::SeeNumber
                | Self::SeeSensitive
                | Self::Search
                | Self::Report
                | Self::Audit
        )
    }
}
