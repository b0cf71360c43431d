//! The API as a program meets it.

use super::*;
use serde_json::json;

const REQUEST: &str = "0190b2c4-0000-7000-8000-000000000001";

fn with_request(mut request: Request<Body>, id: &str) -> Request<Body> {
    request
        .headers_mut()
        .insert("request-id", id.parse().unwrap());
    request
}

fn change(
    pages: &Pages,
    who: &Who,
    id: &str,
    body: &serde_json::Value,
    request: Option<&str>,
) -> Got {
    let asked = Pages::request(
        Some(who),
        Method::POST,
        &format!("/api/v1/children/{id}/changes"),
        "application/json",
        body.to_string(),
    );
    pages.ask(match request {
        Some(request) => with_request(asked, request),
        None => asked,
    })
}

#[test]
fn a_token_reaches_its_area_and_no_further() {
    let pages = Pages::new();
    let program = pages.program(Role::Officer, &Pages::area("Xã Tà Rụt"));
    let (ours, theirs) = (pages.child("Ho Thi Mo"), pages.child("Nguyen Thi Binh An"));
    let got = pages
        .get(&program, &format!("/api/v1/children/{ours}"))
        .must(200);
    assert_eq!(got.json()["record"]["name"], "Hồ Thị Mơ");
    assert!(got.json().get("sensitive").is_none());
    pages
        .get(&program, &format!("/api/v1/children/{theirs}"))
        .must(403);
    pages
        .get(&program, &format!("/api/v1/children/{theirs}/history"))
        .must(403);
    let found = pages
        .send(
            &program,
            "/api/v1/children/search",
            &json!({"name": "nguyen"}),
        )
        .must(200);
    assert_eq!(found.json()["children"], json!([]));
    let edit =
        json!({"fields": {"ethnicity": "Kinh"}, "version": 1, "as_of": EDITION, "yes": true});
    change(&pages, &program, &theirs, &edit, None).must(403);
}

#[test]
fn a_write_is_done_once() {
    let pages = Pages::new();
    let program = pages.program(Role::Officer, &Area::Whole);
    let child = pages.child("Ho Thi Mo");
    let edit = json!({"fields": {"ethnicity": "Pa Cô"}, "version": 1, "as_of": EDITION, "yes": true, "why": "hỏi gia đình"});
    let first = change(&pages, &program, &child, &edit, Some(REQUEST))
        .must(200)
        .json();
    assert_eq!(
        (&first["done"], &first["version"]),
        (&json!(true), &json!(2))
    );
    let second = change(&pages, &program, &child, &edit, Some(REQUEST))
        .must(200)
        .json();
    assert_eq!(
        (&second["already"], &second["word"], &second["subject"]),
        (&json!(true), &json!("edit"), &json!(child))
    );
    // Another request that begins from the old version has lost the race.
    change(&pages, &program, &child, &edit, None).must(422);
    change(&pages, &program, &child, &edit, Some("khong-phai-uuid")).must(400);
    assert_eq!(
        pages
            .get(&program, &format!("/api/v1/children/{child}/history"))
            .must(200)
            .json()
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn what_cannot_be_read_is_said() {
    let pages = Pages::new();
    let program = pages.program(Role::Officer, &Area::Whole);
    let child = pages.child("Ho Thi Mo");
    for (body, status) in [
        (
            json!({"fields": {"ethnicity": "Kinh"}, "version": 1, "as_of": "hôm nay"}),
            400,
        ),
        (
            json!({"fields": {"chiều cao": "1"}, "version": 1, "as_of": EDITION}),
            400,
        ),
        (json!({"fields": 3}), 400),
        (
            json!({"fields": {"ethnicity": "Kinh"}, "version": 1, "as_of": EDITION}),
            200,
        ),
    ] {
        let got = change(&pages, &program, &child, &body, None).must(status);
        assert!(
            status == 200 || got.json()["error"].as_str().unwrap().ends_with('.'),
            "{}",
            got.text
        );
    }
    pages
        .get(&program, "/api/v1/children/045315000217")
        .must(400);
    pages
        .get(&program, "/api/v1/coverage?as_of=2024-13-01")
        .must(400);
    pages
        .get(&program, "/api/v1/coverage?as_of=2024-06-13")
        .must(422);
    pages
        .get(&program, "/api/v1/movements?from=2024-06-01&to=2024-05-01")
        .must(400);
    let table = pages
        .get(&program, "/api/v1/movements?from=2024-06-01&to=2024-06-30")
        .must(200);
    assert_eq!(table.json()["total"]["closing"], 7);
}

#[test]
fn a_wrong_token_is_nobody() {
    let pages = Pages::new();
    let wrong = Who {
        name: "authorization",
        value: "Bearer 00".to_owned(),
    };
    pages.get(&wrong, "/api/v1/imports").must(401);
    let officer = pages.officer();
    pages.get(&officer, "/api/v1/imports").must(401);
    assert_eq!(
        pages.get_as_nobody("/api/v1/openapi.json").must(200).json()["info"]["title"],
        "treem"
    );
}
