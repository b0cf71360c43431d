//! `/account`: password, second factor, sessions.

use super::{PASSWORD, Site, commune, run};
use crate::access::Role;
use crate::act::access::secret::code_at;

const NEW: &str = "đi trước cái cày";

#[test]
fn a_password_is_changed_and_other_machines_go_out() {
    run(async {
        let site = Site::new().await;
        let here = site
            .signed_in("bich", Role::Officer, commune("Tà Rụt"))
            .await;
        let there = site.enter("bich").await;
        site.get("/account", &here)
            .await
            .says(200, "Nơi đang đăng nhập")
            .says(200, "Xã Tà Rụt, huyện Đa Krông");
        let change = async |old: &str, new: &str, again: &str| {
            let form = [("old", old), ("password", new), ("again", again)];
            site.post("/account/password", &here, &form).await
        };
        change("sai", NEW, NEW)
            .await
            .says(422, "Mật khẩu hiện nay không đúng");
        change(PASSWORD, NEW, "khác")
            .await
            .says(422, "không giống nhau");
        change(PASSWORD, "ngắn", "ngắn")
            .await
            .says(422, "ít nhất 12 ký tự");
        change(PASSWORD, NEW, NEW)
            .await
            .leads("/account?done=password");
        site.get("/account?done=password", &here)
            .await
            .says(200, "Mật khẩu đã đổi");
        site.get("/account", &there).await.leads("/sign-in");
    });
}

#[test]
fn a_session_is_ended_from_afar_and_never_another_persons() {
    run(async {
        let site = Site::new().await;
        let here = site
            .signed_in("bich", Role::Officer, commune("Tà Rụt"))
            .await;
        let there = site.enter("bich").await;
        let other = site.signed_in("lam", Role::Officer, commune("A Ngo")).await;
        let shown = site.get("/account", &here).await;
        let session = shown.between("name=\"session\" value=\"", "\"");
        site.post("/account/session", &other, &[("session", &session)])
            .await
            .says(422, "đã kết thúc");
        site.get("/account", &there)
            .await
            .says(200, "Tài khoản của tôi");
        site.post("/account/session", &here, &[("session", &session)])
            .await
            .leads("/account?done=session");
        site.get("/account", &there).await.leads("/sign-in");
        // After signing out the cookie is worth nothing.
        site.post("/sign-out", &here, &[]).await;
        site.get("/account", &here).await.leads("/sign-in");
    });
}

#[test]
fn the_second_factor_is_proved_before_it_is_on() {
    run(async {
        let site = Site::new().await;
        let here = site
            .signed_in("bich", Role::Officer, commune("Tà Rụt"))
            .await;
        let offer = site.get("/account/second", &here).await;
        offer.says(200, "<svg").says(200, "<path d=\"M4 4h1");
        let secret = offer.between("name=\"secret\" value=\"", "\"");
        assert_eq!(secret.len(), 32);
        let code = code_at(&secret, "2024-06-13T01:05:09.000000Z");
        let prove = async |code: &str, password: &str| {
            let form = [
                ("secret", secret.as_str()),
                ("code", code),
                ("password", password),
            ];
            site.post("/account/second", &here, &form).await
        };
        // The same secret is shown again, or the app would have to be set up twice.
        prove("000000", PASSWORD)
            .await
            .says(422, "Mã không đúng")
            .says(422, &secret);
        prove(&code, "sai").await.says(422, "hiện nay không đúng");
        prove(&code, PASSWORD).await.leads("/account?done=on");
        site.get("/account", &here).await.says(200, "Đang bật");
        // An administrator can turn it off for whoever lost the telephone; nobody else can.
        let admin = site
            .signed_in("admin", Role::Administrator, crate::access::Area::Whole)
            .await;
        let off = "/admin/accounts/p-bich/second-off";
        site.post(off, &here, &[])
            .await
            .says(403, "quản trị tài khoản");
        // From now on the password alone opens nothing.
        let form = [("name", "bich"), ("password", PASSWORD)];
        let half = site.post("/sign-in", "", &form).await;
        half.leads("/sign-in/code");
        site.get("/account", &half.cookie)
            .await
            .leads("/sign-in/code");
        site.post("/account/second/off", &here, &[("password", "sai")])
            .await
            .says(422, "hiện nay không đúng");
        site.post("/account/second/off", &here, &[("password", PASSWORD)])
            .await
            .leads("/account?done=off");
        site.enter("bich").await;
        site.post(off, &admin, &[]).await.says(422, "đang tắt");
    });
}
