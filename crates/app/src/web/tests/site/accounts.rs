//! `/admin/accounts`: from the making of an account to its locking, and tokens of applications.

use super::{commune, value};
use crate::access::{Area, Role};
use crate::web::tests::Pages;

#[test]
fn an_account_from_its_making_to_its_locking() {
    let site = Pages::still();
    let admin = site.signed_in("admin", Role::Administrator, &Area::Whole);
    let area = value(&commune("Tà Rụt"));
    site.get(&admin, "/admin/accounts/new")
        .says(200, "Xã Tà Rụt")
        .says(200, "Toàn sổ");
    let add = |name: &str, shown: &str, role: &str, area: &str| {
        let form = [
            ("name", name),
            ("shown", shown),
            ("office", "UBND xã"),
            ("role", role),
            ("area", area),
        ];
        site.post(&admin, "/admin/accounts/new", &form)
    };
    add("Bích!", "Hồ Thị Bích", "officer", &area)
        .says(422, "chữ cái không dấu")
        .says(422, "value=\"Bích!\"");
    add("bich", "", "officer", &area).says(422, "ãy ghi họ tên");
    add("bich", "Hồ Thị Bích", "", &area).says(422, "chọn vai trò");
    // A forged area is no area.
    for forged in ["", "2020-01-01/99999", "x/y", "2020-01-01"] {
        add("bich", "Hồ Thị Bích", "officer", forged).says(422, "chọn địa bàn");
    }
    add("admin", "Hồ Thị Bích", "officer", &area).says(422, "ã có tài khoản");
    // HTML in a name stays text.
    let made = add("bich", "<script>alert(1)</script>", "officer", &area);
    made.says(200, "chỉ hiện lần này");
    let link = made.between("/welcome/", "<");
    assert_eq!(link.len(), 64);
    let list = site.get(&admin, "/admin/accounts");
    list.says(200, "&#60;script&#62;alert(1)")
        .says(200, "chưa đặt mật khẩu");
    assert!(!list.text.contains("<script>alert"));
    let id = list.between("href=\"/admin/accounts/0", "\"");
    let page = format!("/admin/accounts/0{id}");
    // The link works once.
    let welcome = format!("/welcome/{link}");
    let set = [("password", super::PASSWORD), ("again", super::PASSWORD)];
    let entered = site.post(None, &welcome, &set);
    entered.leads("/today");
    site.post(None, &welcome, &set)
        .says(410, "không còn dùng được");
    // A second role, given and taken.
    let more = [("role", "police"), ("area", area.as_str())];
    site.post(&admin, &format!("{page}/give"), &more)
        .leads(&format!("{page}?done=given"));
    site.post(&admin, &format!("{page}/give"), &more)
        .says(422, "đã có vai trò");
    let shown = site.get(&admin, &page);
    shown.says(200, "Công an xã");
    let grant = shown.between("name=\"grant\" value=\"", "\"");
    site.post(&admin, &format!("{page}/take"), &[("grant", &grant)])
        .leads(&format!("{page}?done=taken"));
    site.post(&admin, &format!("{page}/take"), &[("grant", &grant)])
        .says(422, "đã được thu lại");
    // Locked: out at once; unlocked: in again.
    site.post(&admin, &format!("{page}/lock"), &[])
        .leads(&format!("{page}?done=locked"));
    site.get(&entered.cookie(), "/account").leads("/sign-in");
    site.post(&admin, &format!("{page}/unlock"), &[])
        .leads(&format!("{page}?done=unlocked"));
    site.post(&admin, &format!("{page}/link"), &[])
        .says(200, "liên kết trước không dùng được nữa");
    // Nobody changes their own.
    site.get(&admin, "/admin/accounts/p-admin")
        .says(200, "tài khoản của chính bạn");
    site.post(&admin, "/admin/accounts/p-admin/lock", &[])
        .says(422, "chính mình");
}

#[test]
fn whoever_keeps_a_districts_accounts_keeps_no_others() {
    let site = Pages::still();
    let district = site.signed_in("dakrong", Role::Administrator, &commune("Đa Krông"));
    site.account(
        "vinhlinh",
        "Lê Văn Lâm",
        Role::Officer,
        &commune("Vĩnh Linh"),
    );
    let list = site.get(&district, "/admin/accounts");
    assert!(!list.text.contains("Lê Văn Lâm"));
    let form = site.get(&district, "/admin/accounts/new");
    form.says(200, "Xã Tà Rụt");
    assert!(!form.text.contains("Toàn sổ") && !form.text.contains("Huyện Vĩnh Linh"));
    for area in ["whole".to_owned(), value(&commune("Vĩnh Linh"))] {
        let forged = [
            ("name", "ke.xau"),
            ("shown", "Kẻ Xấu"),
            ("role", "officer"),
            ("area", area.as_str()),
        ];
        site.post(&district, "/admin/accounts/new", &forged)
            .says(403, "quản trị tài khoản");
    }
    for deed in ["lock", "link", "unlock"] {
        site.post(
            &district,
            &format!("/admin/accounts/p-vinhlinh/{deed}"),
            &[],
        )
        .says(403, "quản trị tài khoản");
    }
    site.get(&district, "/admin/accounts/p-vinhlinh")
        .says(422, "hông có tài khoản");
    site.get(&district, "/admin/accounts/tokens")
        .says(403, "quản trị tài khoản");
}

#[test]
fn a_token_is_shown_once() {
    let site = Pages::still();
    let admin = site.signed_in("admin", Role::Administrator, &Area::Whole);
    let area = value(&commune("Tà Rụt"));
    let form = |days: &'static str| {
        [
            ("name", "Trường học"),
            ("days", days),
            ("role", "officer"),
            ("area", ""),
        ]
        .map(|(name, text)| {
            (
                name,
                if name == "area" {
                    area.clone()
                } else {
                    text.to_owned()
                },
            )
        })
    };
    let send = |days: &'static str| {
        let fields = form(days);
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, text)| (*name, text.as_str()))
            .collect();
        site.post(&admin, "/admin/accounts/tokens", &fields)
    };
    send("nhiều").says(422, "hời hạn từ 1 đến");
    let made = send("30");
    let token = format!("treem_{}", made.between("treem_", "<"));
    assert_eq!(token.len(), 70);
    let list = site.get(&admin, "/admin/accounts/tokens");
    list.says(200, "Trường học");
    assert!(!list.text.contains(&token));
    let id = list.between("name=\"token\" value=\"", "\"");
    site.post(&admin, "/admin/accounts/tokens/end", &[("token", &id)])
        .leads("/admin/accounts/tokens?done=ended");
    site.get(&admin, "/admin/accounts/tokens")
        .says(200, "đã thu lại");
}
