//! `/account`: password, second factor, sessions.

use super::{PASSWORD, commune};
use crate::access::Role;
use crate::act::access::secret::code_at;
use crate::web::tests::Pages;

const NEW: &str = "đi trước cái cày";

#[test]
fn a_password_is_changed_and_other_machines_go_out() {
    let site = Pages::still();
    let here = site.signed_in("bich", Role::Officer, &commune("Tà Rụt"));
    let there = site.enter("bich");
    site.get(&here, "/account")
        .says(200, "Nơi đang đăng nhập")
        .says(200, "Xã Tà Rụt, huyện Đa Krông");
    let change = |old: &str, new: &str, again: &str| {
        let form = [("old", old), ("password", new), ("again", again)];
        site.post(&here, "/account/password", &form)
    };
    change("sai", NEW, NEW).says(422, "Mật khẩu hiện nay không đúng");
    change(PASSWORD, NEW, "khác").says(422, "không giống nhau");
    change(PASSWORD, "ngắn", "ngắn").says(422, "ít nhất 12 ký tự");
    change(PASSWORD, NEW, NEW).leads("/account?done=password");
    site.get(&here, "/account?done=password")
        .says(200, "Mật khẩu đã đổi");
    site.get(&there, "/account").leads("/sign-in");
}

#[test]
fn a_session_is_ended_from_afar_and_never_another_persons() {
    let site = Pages::still();
    let here = site.signed_in("bich", Role::Officer, &commune("Tà Rụt"));
    let there = site.enter("bich");
    let other = site.signed_in("lam", Role::Officer, &commune("A Ngo"));
    let shown = site.get(&here, "/account");
    let session = shown.between("name=\"session\" value=\"", "\"");
    site.post(&other, "/account/session", &[("session", &session)])
        .says(422, "đã kết thúc");
    site.get(&there, "/account").says(200, "Tài khoản của tôi");
    site.post(&here, "/account/session", &[("session", &session)])
        .leads("/account?done=session");
    site.get(&there, "/account").leads("/sign-in");
    // After signing out the cookie is worth nothing.
    site.post(&here, "/sign-out", &[]);
    site.get(&here, "/account").leads("/sign-in");
}

#[test]
fn the_second_factor_is_proved_before_it_is_on() {
    let site = Pages::still();
    let here = site.signed_in("bich", Role::Officer, &commune("Tà Rụt"));
    let offer = site.get(&here, "/account/second");
    offer.says(200, "<svg").says(200, "<path d=\"M4 4h1");
    let secret = offer.between("name=\"secret\" value=\"", "\"");
    assert_eq!(secret.len(), 32);
    let code = code_at(&secret, "2024-06-13T01:05:09.000000Z");
    let prove = |code: &str, password: &str| {
        let form = [
            ("secret", secret.as_str()),
            ("code", code),
            ("password", password),
        ];
        site.post(&here, "/account/second", &form)
    };
    // The same secret is shown again, or the app would have to be set up twice.
    prove("000000", PASSWORD)
        .says(422, "Mã không đúng")
        .says(422, &secret);
    prove(&code, "sai").says(422, "hiện nay không đúng");
    prove(&code, PASSWORD).leads("/account?done=on");
    site.get(&here, "/account").says(200, "Đang bật");
    // An administrator can turn it off for whoever lost the telephone; nobody else can.
    let admin = site.signed_in("admin", Role::Administrator, &crate::access::Area::Whole);
    let off = "/admin/accounts/p-bich/second-off";
    site.post(&here, off, &[]).says(403, "quản trị tài khoản");
    // From now on the password alone opens nothing.
    let form = [("name", "bich"), ("password", PASSWORD)];
    let half = site.post(None, "/sign-in", &form);
    half.leads("/sign-in/code");
    site.get(&half.cookie(), "/account").leads("/sign-in/code");
    site.post(&here, "/account/second/off", &[("password", "sai")])
        .says(422, "hiện nay không đúng");
    site.post(&here, "/account/second/off", &[("password", PASSWORD)])
        .leads("/account?done=off");
    site.enter("bich");
    site.post(&admin, off, &[]).says(422, "đang tắt");
}
