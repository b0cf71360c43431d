//! The fields a template may name in braces: a closed list.
//!
//! In: a name as written. Out: [`Field`], or the nearest name there is.

use treem_link::text::damerau_levenshtein as distance;

/// What a field becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words within a line.
    Text,
    /// Lines: offices of the head; in the text a paragraph behind a dash each, alone on a line of the template.
    Lines,
    /// A table, alone on a line of the template.
    Table,
}

macro_rules! fields {
    ($($variant:ident = $kind:ident, $name:literal, $meaning:literal;)*) => {
        /// A field.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $(#[doc = $meaning] $variant,)* }
        impl Field {
            /// All of them, in the order people are shown them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];
            /// Its name in a template.
            pub fn name(self) -> &'static str { match self { $(Self::$variant => $name,)* } }
            /// What it says, for people who write templates.
            pub fn meaning(self) -> &'static str { match self { $(Self::$variant => $meaning,)* } }
            /// What it becomes.
            pub fn kind(self) -> Kind { match self { $(Self::$variant => Kind::$kind,)* } }
        }
    };
}

fields! {
    Day = Text, "ngày báo cáo", "ngày tính số liệu, ví dụ 13/6/2024";
    HeadcountDays = Text, "ngày số hiện có", "ngày của số trẻ em hiện có: “ngày 3/6/2024”, hoặc từ ngày nào đến ngày nào";
    Area = Text, "địa bàn", "địa bàn mà văn bản nói đến: “tỉnh Quảng Trị”, “xã Tà Rụt”";
    Province = Text, "tỉnh", "tỉnh của sổ: “tỉnh Quảng Trị”";
    Above = Text, "cơ quan chủ quản", "dòng trên cùng bên trái";
    Office = Text, "cơ quan ban hành", "cơ quan ra văn bản, ở đầu văn bản";
    OfficeWithin = Text, "cơ quan", "cơ quan ra văn bản, trong câu";
    Mark = Text, "ký hiệu", "ký hiệu sau số văn bản; số để trống cho văn thư";
    Place = Text, "địa danh", "địa danh trước ngày; ngày để trống cho văn thư";
    To = Lines, "kính gửi", "các nơi nhận chính";
    Receivers = Text, "đơn vị nhận", "các đơn vị nhận, trong câu: “UBND các huyện, thị xã, thành phố”";
    Instruct = Text, "việc chỉ đạo", "“chỉ đạo UBND các xã, phường, thị trấn”; trống khi gửi thẳng cấp xã";
    Reporters = Text, "nơi báo cáo", "các đơn vị báo cáo số trẻ em hiện có";
    Officer = Text, "cán bộ phụ trách", "người làm việc này ở cấp xã";
    Police = Text, "công an cấp xã", "“Công an xã/phường/thị trấn”";
    Board = Text, "ban chỉ đạo cấp dưới", "ban chỉ đạo Đề án 06 của các đơn vị nhận";
    Software = Text, "địa chỉ phần mềm", "địa chỉ phần mềm quốc gia";
    Legal = Text, "căn cứ", "các văn bản làm căn cứ";
    Copies = Lines, "nơi nhận", "các dòng dưới Nơi nhận";
    SignerOffice = Lines, "chức vụ người ký", "các dòng trên chữ ký";
    Signer = Text, "người ký", "họ tên người ký; trống để ký tay";
    Headcount = Text, "số trẻ hiện có", "số trẻ em hiện có tại địa phương, theo báo cáo";
    Children = Text, "số trong sổ", "số trẻ có trong sổ (đã nhập)";
    Identified = Text, "số đã chuẩn hóa", "số trẻ trong sổ đã chuẩn hóa (có mã định danh)";
    NotIdentified = Text, "số chưa chuẩn hóa", "số trẻ trong sổ còn phải làm sạch";
    Complete = Text, "số đủ thông tin", "số trẻ trong sổ đủ thông tin cơ bản";
    NotComplete = Text, "số chưa đủ thông tin", "số trẻ trong sổ chưa đủ thông tin cơ bản";
    Verified = Text, "số đã xác thực", "số trẻ có số định danh do Công an cung cấp hoặc xác thực";
    ToEnter = Text, "số trẻ chưa nhập", "số trẻ còn phải nhập: số hiện có trừ số trong sổ, cộng theo đơn vị; là số ròng";
    EnteredRate = Text, "tỷ lệ đã nhập", "số trong sổ so với số hiện có, phần trăm";
    IdentifiedRate = Text, "tỷ lệ đã chuẩn hóa", "số đã chuẩn hóa so với số trong sổ, phần trăm";
    CoveredRate = Text, "tỷ lệ chuẩn hóa trên số hiện có", "số đã chuẩn hóa so với số hiện có, phần trăm";
    CompleteRate = Text, "tỷ lệ đủ thông tin", "số đủ thông tin cơ bản so với số trong sổ, phần trăm";
    Units = Text, "số đơn vị", "số đơn vị trong bảng";
    Progress = Table, "bảng tiến độ", "từng đơn vị: số hiện có, đã nhập, đã chuẩn hóa, hai tỷ lệ, hai việc còn lại";
    ProgressShort = Table, "bảng tiến độ gọn", "năm cột: số hiện có, đã nhập, tỷ lệ, cần nhập mới, cần làm sạch";
    Tasks = Table, "bảng việc phải làm", "từng việc: số trẻ, ai làm, đến ngày nào";
    Targets = Table, "bảng chỉ tiêu", "chỉ tiêu được giao và mức đạt được";
    Behind = Lines, "đơn vị chậm chỉ tiêu", "đơn vị chưa đạt chỉ tiêu đã đến hạn, kèm lưu ý về số trẻ báo cáo";
    Remarks = Lines, "lưu ý về số liệu", "những gì người đọc cần biết về số liệu của bảng";
}

impl Field {
    /// The field of a name, whatever its case and spaces.
    pub fn named(name: &str) -> Option<Self> {
        let name = plain(name);
        Self::ALL.iter().copied().find(|field| field.name() == name)
    }

    /// The field whose name is nearest to what is written, where one is near enough to be meant.
    pub fn near(name: &str) -> Option<Self> {
        let name = plain(name);
        let by = |field: &Self| distance(field.name(), &name);
        let near = Self::ALL.iter().copied().min_by_key(by)?;
        (by(&near) <= name.chars().count().div_ceil(3)).then_some(near)
    }
}

/// A name with single spaces, in small letters.
fn plain(name: &str) -> String {
    name.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}
