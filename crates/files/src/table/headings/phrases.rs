//! The dictionary: how communes, schools, health posts, the civil-status and the children's software write their headings.
//!
//! In: nothing. Out: [`PHRASES`]. Written with diacritics for the reader; looked up without, in any case.

use super::Sense::{self, Day, Is, Month, Year};
use crate::table::Field;

/// What a phrase means, and the phrases, separated by `|`. Words about the child; who else is meant is found apart.
pub(super) const PHRASES: &[(Sense, &str)] = &[
    (
        Is(Field::Ordinal),
        "stt|tt|t t|số tt|số thứ tự|thứ tự|no|row no|ordinal|index|sequence|st t|số t t",
    ),
    (
        Is(Field::Id),
        "rec id|record id|id|mã trẻ|mã trẻ em|mã hồ sơ|mã hs|mã học sinh|mã số học sinh|mã đối tượng|mã bản ghi|mã định danh bộ gd đt|mã định danh bộ gdđt|\
         mã định danh bộ giáo dục|mã định danh bộ giáo dục và đào tạo|mã định danh ngành|mã định danh của bộ|mã moet|mã định danh moet|mã số trẻ|mã số trẻ em|mã tiêm chủng|mã đối tượng tiêm chủng|mã khách hàng|child id|uuid|\
         mã định danh học sinh|mã hồ sơ trẻ em|mã trẻ trên phần mềm|mã phần mềm|mã số hồ sơ|student id|mã|mã số|key|ma tre em",
    ),
    (
        Is(Field::Name),
        "họ và tên|họ tên|họ chữ đệm tên|họ chữ đệm và tên|họ và chữ đệm và tên|họ tên khai sinh|họ và tên khai sinh|họ tên đầy đủ|tên đầy đủ|họ tên trẻ|họ và tên trẻ em|tên trẻ|tên trẻ em|tên cháu|tên học sinh|\
         họ tên học sinh|họ đệm tên|họ đệm và tên|họ tên theo giấy khai sinh|họ tên theo khai sinh|full name|name|fullname|child name|hoten|hovaten|họ tên lót|họ và tên lót và tên|họ lót và tên|họ tên đối tượng|tên đối tượng|\
         họ và tên người được khai sinh|person name|student name|họ tên thành viên|tên thành viên|họ và tên thành viên|h và tên|họ & tên",
    ),
    (
        Is(Field::NameFamily),
        "họ và chữ đệm|họ chữ đệm|họ và đệm|họ đệm|họ và tên đệm|họ tên đệm|họ và chữ lót|họ lót|họ và lót|họ|last name|family name|surname|lastname|familyname|họ và tên lót",
    ),
    (
        Is(Field::NameMiddle),
        "chữ đệm|tên đệm|đệm|chữ lót|tên lót|middle name|middlename",
    ),
    (
        Is(Field::NameGiven),
        "tên|first name|given name|firstname|givenname|tên gọi|tên chính",
    ),
    (
        Is(Field::Ignored),
        "tên thường gọi|tên gọi khác|tên khác|tên ở nhà|bí danh|other name|nickname",
    ),
    (
        Is(Field::Birth),
        "ngày sinh|ngày tháng năm sinh|ngày tháng sinh|ntns|nt ns|ngày tháng năm|sinh ngày|ngày sinh đầy đủ|ngày năm sinh|ngày sinh dd mm yyyy|ng sinh|ng tháng năm sinh|sinh ngày tháng năm|ngày tháng năm sinh của trẻ|năm tháng ngày sinh|\
         dob|date of birth|birth date|birthdate|birthday|birth|born|date birth|birth day|ngsinh|n sinh|ngày th năm sinh|ngày tháng n sinh|thời gian sinh|ntn sinh|ngày giờ sinh|nks ngày sinh|thời điểm sinh",
    ),
    (
        Is(Field::BirthYear),
        "năm sinh|sinh năm|ns|birth year|year of birth|birthyear|yob|n s",
    ),
    (
        Is(Field::BirthMonth),
        "tháng sinh|birth month|month of birth",
    ),
    (Is(Field::BirthDay), "day of birth"),
    (Day, "ngày|day|ngay dd"),
    (Month, "tháng|month"),
    (Year, "year"),
    (
        Is(Field::Sex),
        "giới tính|giới|gt|phái|gender|sex|g tính|nam nữ|nam hay nữ|phái tính|gtính|nữ nam|trai gái|giới tính nam nữ",
    ),
    (Is(Field::SexMale), "trai|male|con trai|bé trai|boy"),
    (Is(Field::SexFemale), "nữ|gái|female|con gái|bé gái|girl"),
    (
        Is(Field::Ethnicity),
        "dân tộc|dt|d tộc|thành phần dân tộc|tên dân tộc|dtoc|ethnicity|ethnic|ethnic group|ethnic name|dtộc|mã dân tộc|người dân tộc",
    ),
    (
        Is(Field::Nationality),
        "quốc tịch|qt|nationality|citizenship|quốc gia",
    ),
    (
        Is(Field::Number),
        "số định danh|mã định danh|số định danh cá nhân|mã định danh cá nhân|mã số định danh|mã số định danh cá nhân|định danh|định danh cá nhân|số đdcn|sđdcn|mã đdcn|đdcn|số đd|mã đd|mđd|số đ danh|mã số đdcn|sđd|mãđd|mđdcn|\
         cccd|số cccd|cmnd|số cmnd|cmt|số cmt|cc|số cc|cmtnd|số cmtnd|căn cước|số căn cước|căn cước công dân|số căn cước công dân|thẻ căn cước|số thẻ căn cước|thẻ cccd|số thẻ cccd|chứng minh nhân dân|số chứng minh nhân dân|\
         chứng minh thư|số chứng minh thư|cccd cmnd|cmnd cccd|số cccd cmnd|số cmnd cccd|cmnd cccd đdcn|cccd đdcn|số cccd đdcn|số cccd số định danh|số định danh cccd|số định danh cá nhân cccd|mã định danh cccd|số đdcn cccd|số đdcn cmnd|\
         cccd mã định danh|số cccd mã định danh|cccd số định danh|số hiệu cccd|giấy tờ tùy thân|số giấy tờ tùy thân|số giấy tờ|giấy tờ định danh|số giấy tờ định danh|mã số cá nhân|mã số công dân|mã công dân|số định danh công dân|mã định danh công dân|\
         personal id|personal number|id number|citizen id|national id|identity number|id no|id card|identity|identification number|cccd number|pid|nin|số id|mã id|mã cccd|thẻ căn cước công dân|số thẻ cccd cmnd|số căn cước định danh|mã định danh số cccd|số cmtnd cccd|mã số cccd|căn cước cccd|số định danh điện tử|căn cước cmnd",
    ),
    (
        Is(Field::BirthCertificate),
        "giấy khai sinh|số giấy khai sinh|số khai sinh|số gks|gks|số đăng ký khai sinh|số đkks|birth certificate|birth certificate number|certificate number|số gks số|số giấy ks|số ks|số và quyển số|số quyển số khai sinh|số quyển số",
    ),
    (
        Is(Field::BirthRegistration),
        "nơi đăng ký khai sinh|nơi đkks|nơi đăng kí khai sinh|nơi đk khai sinh|nơi khai sinh|nơi cấp giấy khai sinh|nơi cấp khai sinh|đăng ký khai sinh|đkks|nơi đ ký khai sinh|cơ quan đăng ký khai sinh|nơi đăng ký ks|nơi đk ks|\
         nơi cấp gks|place of registration|birth registration|nơi đăng kí ks|đăng kí khai sinh",
    ),
    (
        Is(Field::BirthPlace),
        "nơi sinh|birth place|place of birth|birthplace|sinh tại|nơi sinh ra|sinh ở|sinh quán",
    ),
    (
        Is(Field::HomePlace),
        "quê quán|quê|nguyên quán|home place|hometown|native place|home town|nquán|q quán",
    ),
    (
        Is(Field::Province),
        "tỉnh|tỉnh thành phố|tỉnh tp|tỉnh thành|province|city|mã tỉnh|tên tỉnh|tỉnh thành phố trực thuộc trung ương|tp",
    ),
    (
        Is(Field::District),
        "huyện|quận huyện|huyện thị xã|huyện thị|huyện thị xã thành phố|quận|district|mã huyện|tên huyện|huyện quận|huyện tx tp|huyện tp|quận huyện thị xã|thị xã|thành phố|huyện thành phố|huyện thị thành phố",
    ),
    (
        Is(Field::Commune),
        "xã|phường|xã phường|xã phường thị trấn|xã phường tt|phường xã|commune|ward|mã xã|tên xã|xã thị trấn|phường xã thị trấn|xã phường đặc khu|thị trấn|mã phường xã|mã xã phường|tên xã phường|xã p tt|đơn vị xã|commune code|ward code|xã phường thường trú|commune ward|xã phường đặc khu thường trú",
    ),
    (
        Is(Field::Hamlet),
        "thôn|bản|khu phố|kp|thôn bản|thôn xóm|xóm|ấp|tổ dân phố|tdp|tổ|thôn khu phố|thôn tổ|thôn tdp|thôn bản khu phố|thôn bản tổ dân phố|thôn bản kp|làng|buôn|khóm|đội|tiểu khu|village|hamlet|tên thôn|thôn làng|thôn ấp|bản làng|ấp khu phố|khu vực|khu|xóm thôn|cụm|cụm dân cư|thôn buôn|thôn kp|tổ thôn|khối phố|khối|khu dân cư|tổ khu phố|thôn bản làng|xóm bản|thôn xóm bản|thôn tổ dân phố|tổ xóm|thôn đội|buôn làng|quarter|tên thôn bản|thôn bản khu phố tổ dân phố|thôn đội xóm|thôn cư trú",
    ),
    (
        Is(Field::Address),
        "địa chỉ|nơi thường trú|thường trú|địa chỉ thường trú|hộ khẩu thường trú|hktt|hộ khẩu|nơi đăng ký thường trú|nơi đăng ký hktt|nơi đăng ký hộ khẩu|nơi đăng ký hộ khẩu thường trú|nơi đktt|đktt|nơi đk thường trú|nơi cư trú|cư trú|chỗ ở|nơi ở|\
         address|permanent address|residence|home address|địa chỉ nhà|địa chỉ gia đình|địa chỉ hộ khẩu|địa chỉ cư trú|địa chỉ hktt|đc thường trú|đ chỉ|đc|nơi t trú|địa bàn|địa chỉ liên hệ|thôn xã|thôn bản xã|thôn bản xã phường|hộ khẩu tt|số nhà|số nhà đường|đường phố|số nhà đường phố|địa chỉ chi tiết|nơi thường trú thôn xã|chỗ ở thường trú|địa danh cư trú|street|địa chỉ thôn xã|số nhà tên đường",
    ),
    (
        Is(Field::AddressCurrent),
        "nơi ở hiện nay|nơi ở hiện tại|chỗ ở hiện nay|chỗ ở hiện tại|tạm trú|nơi tạm trú|địa chỉ tạm trú|địa chỉ hiện tại|địa chỉ hiện nay|nơi cư trú hiện nay|current address|nơi ở thực tế|cư trú hiện tại|nơi cư trú hiện tại|địa chỉ nơi ở hiện tại|địa chỉ nơi ở hiện nay|chỗ ở hiện|temporary address|đang ở|nơi đang ở|nơi đang sống|nơi sinh sống|địa chỉ thực tế|nơi ở hiện thời|hiện đang cư trú|địa chỉ đang ở|nơi sinh sống hiện nay",
    ),
    (
        Is(Field::GuardianRelation),
        "quan hệ với trẻ|quan hệ với trẻ em|mối quan hệ với trẻ|quan hệ với cháu|quan hệ với học sinh|quan hệ|mối quan hệ|relation|relationship|quan hệ với người được giám hộ|quan hệ gia đình",
    ),
    (
        Is(Field::Ignored),
        "quan hệ với chủ hộ|quan hệ chủ hộ|qh với chủ hộ|quan hệ với ch|qhch|quan hệ với chủ hộ gia đình",
    ),
    (
        Is(Field::Phone),
        "số điện thoại|điện thoại|sđt|số đt|đt|đthoại|số điện thoại liên hệ|điện thoại liên hệ|sdt|so dt|di động|số di động|điện thoại di động|phone|telephone|mobile|phone number|tel|sđt liên hệ|liên hệ|số liên hệ|contact|contact number|đtdđ|số máy|đt liên hệ|số phone|zalo|số zalo|dthoai|đ thoại|số đ thoại",
    ),
    (
        Is(Field::Household),
        "mã hộ|mã số hộ|mã hộ gia đình|số hộ|hộ số|household id|household|household code|household number|số hộ khẩu|sổ hộ khẩu|số sổ hộ khẩu|mã hgđ|hộ gia đình|mã gia đình|số hsct|mã hộ khẩu|hộ",
    ),
    (Is(Field::HouseholdHead), "household head|head of household"),
    (
        Is(Field::Parents),
        "con ông bà|con của ông bà|con ông và bà|con ông hoặc bà|con ông hay bà|con ông con bà|con của ông và bà",
    ),
    (Is(Field::Father), "con ông|con của ông"),
    (Is(Field::Mother), "con bà|con của bà"),
    (
        Is(Field::HouseholdPoor),
        "hộ nghèo|nghèo|cận nghèo|hộ cận nghèo|hộ nghèo cận nghèo|hộ nghèo hộ cận nghèo|nghèo cận nghèo|diện hộ|loại hộ|phân loại hộ|thuộc hộ|hoàn cảnh kinh tế|hoàn cảnh gia đình|kinh tế|kinh tế hộ|diện hộ nghèo|hộ nghèo hay cận nghèo|hộ nc n|thuộc diện hộ|poor|poverty|tình trạng hộ|điều kiện kinh tế|hộ n cn|mức sống|thuộc hộ nghèo|thuộc hộ nghèo cận nghèo|đối tượng hộ|poor household|diện kinh tế",
    ),
    (
        Is(Field::School),
        "trường|lớp|trường lớp|lớp trường|tên trường|trường học|đang học|đang học lớp|học lớp|đang học trường|lớp học|nơi học|mã lớp|tên lớp|học tại trường|school|class|grade|trường đang học|lớp đang học|cơ sở giáo dục|điểm trường|học trường|nhóm lớp|khối lớp|đang học tại|đang học tại trường|học tại|đơn vị trường",
    ),
    (
        Is(Field::Insurance),
        "bhyt|số bhyt|mã bhyt|thẻ bhyt|số thẻ bhyt|mã thẻ bhyt|bảo hiểm y tế|số thẻ bảo hiểm y tế|thẻ bảo hiểm y tế|mã số bhyt|số bảo hiểm y tế|mã số bhxh|mã bhxh|số bhxh|mã số bảo hiểm|mã bảo hiểm|số thẻ bhyt mã số bhxh|bảo hiểm|insurance|health insurance|insurance number|thẻ bh|số sổ bhxh|mã số thẻ bhyt|mã số bảo hiểm xã hội",
    ),
    (
        Is(Field::Circumstance),
        "hoàn cảnh|hoàn cảnh đặc biệt|hcđb|trẻ em có hoàn cảnh đặc biệt|trẻ có hoàn cảnh đặc biệt|hoàn cảnh của trẻ|nhóm trẻ|nhóm hoàn cảnh|nhóm đối tượng|đối tượng|diện|diện đối tượng|loại đối tượng|diện chính sách|đối tượng chính sách|khuyết tật|mồ côi|dạng tật|dạng khuyết tật|tình trạng khuyết tật|trẻ khuyết tật|trẻ mồ côi|hoàn cảnh trẻ|hoàn cảnh trẻ em|\
         thuộc diện|thuộc đối tượng|circumstance|circumstances|special circumstances|tehccđb|tecđb|tehcđb|te có hcđb|nguy cơ|trẻ em có nguy cơ|nguy cơ rơi vào hoàn cảnh đặc biệt|thuộc nhóm|trẻ em có hcđb|tecó hcđb|hccđb|bị bỏ rơi",
    ),
    (
        Is(Field::Note),
        "ghi chú|chú thích|note|notes|remark|remarks|comment|ghi chu|g chú|gc|ghi chép|ghi chú khác|chú ý",
    ),
    (
        Is(Field::Ignored),
        "tuổi|tháng tuổi|age|số tháng tuổi|nghề nghiệp|nghề|tôn giáo|religion|occupation|trình độ|trình độ văn hóa|trình độ học vấn|học vấn|trình độ chuyên môn|chữ ký|ký nhận|ký tên|ký|signature|lý do|lí do|lý do thiếu|nguyên nhân|reason|\
         kết quả|kết quả đối chiếu|kết quả đối chiếu của ca|kết quả đối chiếu của công an|kết quả xác minh|kết quả rà soát|kết quả xác thực|công an xác nhận|xác nhận của công an|xác nhận|ca xác nhận|xác nhận của ca|ý kiến|ý kiến của công an|xác thực|kết quả kiểm tra|công an đối chiếu|trả lời của công an|\
         tình trạng|trạng thái|status|hiện trạng|tình trạng cư trú|tình trạng hôn nhân|biến động|tình hình biến động|thời điểm|\
         ngày cấp|nơi cấp|ngày cấp cccd|nơi cấp cccd|ngày và nơi cấp|ngày nơi cấp|ngày cấp nơi cấp|ngày đăng ký|ngày đăng ký khai sinh|ngày đk khai sinh|ngày đkks|ngày đến|ngày đi|ngày chuyển đến|ngày chuyển đi|ngày vào|ngày nhập|ngày nhập liệu|ngày cập nhật|ngày điều tra|ngày nhập học|ngày mất|ngày chết|ngày tiêm|ngày khám|ngày lập|ngày tháng|ngày tháng năm cấp|\
         ngày hết hạn|thời hạn|quyển số|số quyển|trang số|loại đăng ký|hình thức đăng ký|chiều cao|cân nặng|nhóm máu|email|số tài khoản|ngân hàng|mã số thuế|số tiền|mức hưởng|trợ cấp|tiền|con thứ|con thứ mấy|là con thứ|số con|chứng sinh|giấy chứng sinh|số giấy chứng sinh|\
         người nhập|người điều tra|người lập|cán bộ|cộng tác viên|ctv|ảnh|mã thôn|mã số thôn|mã vạch|đã tiêm|mũi tiêm|vắc xin|vaccine|tiêm chủng|bcg|dpt|dpt vgb hib|opv|bopv|ipv|vgb|vgbss|hib|mr|sởi|sởi rubella|viêm gan b|viêm gan b sơ sinh|vnnb|viêm não nhật bản|bạch hầu|uốn ván|ho gà|quinvaxem|combe five|5 trong 1|6 trong 1|mũi|ngày tiêm mũi|vitamin a|uống vitamin a|size áo|cỡ áo|size giày|cỡ giày|size quần áo|cỡ quần áo|size|cỡ|sức khỏe|tình trạng sức khỏe|tình trạng đi học|nơi làm việc|nơi công tác|đã đkks|đã đăng ký khai sinh|đã khai sinh|chưa khai sinh|chưa đăng ký khai sinh|đã có khai sinh|có khai sinh|tổng|tổng số|tổng cộng|cộng|số lượng|số trẻ|đánh giá|học lực|hạnh kiểm|điểm|năm học|created at|updated at|created|updated|file|sheet|quà|nhận quà|người nhận|nơi chuyển đến|nơi chuyển đi|chuyển đi|chuyển đến|ngày tháng chuyển|họ tên cũ|chính sách|hình thức hỗ trợ|hỗ trợ",
    ),
];

/// Phrases that also stand as *values* in the cells of a list: they alone make no heading row.
pub(super) const VALUE_LIKE: &[&str] = &[
    "nam",
    "nu",
    "trai",
    "gai",
    "male",
    "female",
    "cha",
    "bo",
    "ba",
    "me",
    "ngheo",
    "can ngheo",
    "ho ngheo",
    "ho can ngheo",
    "mo coi",
    "khuyet tat",
    "tre mo coi",
    "tre khuyet tat",
    "boy",
    "girl",
    "father",
    "mother",
    "thon",
    "ban",
    "no",
    "tong",
    "cong",
    "tong cong",
    "tong so",
    "ho",
    "ten",
    "ngay",
    "thang",
    "tre em",
    "con",
    "chau",
    "tam tru",
    "thuong tru",
    "chuyen di",
    "chuyen den",
    "giay khai sinh",
    "chung sinh",
    "giay chung sinh",
    "kp",
    "to",
    "cc",
    "chua khai sinh",
    "da khai sinh",
    "tre",
    "hoc sinh",
    "chu ho",
    "con trai",
    "con gai",
    "id",
    "ma",
    "key",
    "xac nhan",
    "status",
    "kinh te",
    "bi bo roi",
    "phuong",
    "xa",
    "tp",
];

/// Words that say nothing of their own in a heading.
pub(super) const FILLER: &[&str] = &[
    "va", "cua", "ve", "thong", "tin", "cac", "ghi", "ro", "neu", "co", "the", "hien", "theo",
    "la", "khi", "in", "hoa", "chu", "day", "du", "cot", "muc", "nhung", "of", "ca", "nhan",
    "hoac", "hay", "nguoi", "duoc", "khai", "sinh", "dd", "mm", "yyyy", "nks", "info", "cho",
    "trong", "tren", "so", "nam", "bat", "buoc", "vnd", "cong", "dan",
];
