//! Who comes in where, and what an attacker would try at the doors.

use super::*;
use crate::web::routes::{Door, routes};

#[test]
fn every_address_says_who_may_come_in() {
    let pages = Pages::new();
    let declared = routes(Arc::clone(&pages.state)).declared;
    let mut seen = std::collections::BTreeSet::new();
    for (path, door) in &declared {
        assert!(seen.insert(*path), "{path} is declared twice");
        let asked = path
            .split('/')
            .map(|part| if part.starts_with('{') { "x" } else { part });
        let asked = asked.collect::<Vec<_>>().join("/");
        let mut got = pages.get_as_nobody(&asked);
        if got.status == StatusCode::METHOD_NOT_ALLOWED {
            got = pages.ask(Pages::form(None, &asked, &[]));
        }
        match door {
            Door::Anyone => {}
            Door::Token => assert_eq!(got.status, StatusCode::UNAUTHORIZED, "{path}"),
            Door::SignedIn | Door::May(_) => assert_eq!(got.to(), "/sign-in", "{path}"),
        }
    }
}

#[test]
fn who_may_nothing_is_turned_away_and_that_is_written_down() {
    let pages = Pages::new();
    let auditor = pages.person("kiemtra", Role::Auditor, Area::Whole);
    for (path, door) in routes(Arc::clone(&pages.state)).declared {
        let Door::May(deed) = door else { continue };
        if path.contains('{') || Role::Auditor.may(deed) {
            continue;
        }
        let got = pages.get(&auditor, path);
        assert!(
            matches!(
                got.status,
                StatusCode::FORBIDDEN | StatusCode::METHOD_NOT_ALLOWED
            ),
            "{path}: {}",
            got.status
        );
    }
}

#[test]
fn a_page_carries_its_policy_and_is_not_kept() {
    let pages = Pages::new();
    let officer = pages.officer();
    for got in [
        pages.get(&officer, "/today"),
        pages.get_as_nobody("/sign-in"),
        pages.get_as_nobody("/khong-co"),
    ] {
        let policy = got
            .headers
            .get(header::CONTENT_SECURITY_POLICY)
            .unwrap()
            .to_str()
            .unwrap();
        assert!(
            policy.starts_with("default-src 'self'") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert_eq!(got.headers.get(header::CACHE_CONTROL).unwrap(), "no-store");
        assert_eq!(
            got.headers.get(header::X_CONTENT_TYPE_OPTIONS).unwrap(),
            "nosniff"
        );
        for forbidden in ["<style", " style=", "onclick=", "javascript:"] {
            assert!(!got.text.contains(forbidden), "{forbidden}");
        }
        assert!(!got.text.contains("<script>"));
    }
}

#[test]
fn a_form_of_another_site_is_refused() {
    let pages = Pages::new();
    let officer = pages.officer();
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://evil.test"),
    ] {
        let mut request = Pages::form(Some(&officer), "/sign-out", &[]);
        request.headers_mut().remove("sec-fetch-site");
        request.headers_mut().insert(name, value.parse().unwrap());
        assert_eq!(pages.ask(request).status, StatusCode::FORBIDDEN, "{name}");
    }
    pages.get(&officer, "/today").must(200);
}

#[test]
fn a_session_is_over_after_signing_out() {
    let pages = Pages::new();
    let officer = pages.officer();
    pages.get(&officer, "/today").must(200);
    pages.post(&officer, "/sign-out", &[]).must(303);
    assert_eq!(pages.get(&officer, "/today").to(), "/sign-in");
}

#[test]
fn wrong_names_and_wrong_passwords_look_the_same() {
    let pages = Pages::new();
    pages.officer();
    let said = |name: &str| {
        let got = pages.ask(Pages::form(
            None,
            "/sign-in",
            &[("name", name), ("password", "khong phai mat khau")],
        ));
        got.must(422).text.replace(name, "")
    };
    assert_eq!(said("canbo.taru"), said("khong.co.ai"));
}

#[test]
fn one_machine_does_not_take_the_server_from_the_others() {
    let mut pages = Pages::new();
    Arc::get_mut(&mut pages.state).unwrap().rate = Rate::new(1);
    let statuses: Vec<u16> = (0..6)
        .map(|_| pages.get_as_nobody("/alive").status.as_u16())
        .collect();
    assert_eq!(statuses[..3], [200, 200, 200]);
    assert!(statuses[3..].contains(&429), "{statuses:?}");
}
