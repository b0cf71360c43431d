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

/// Sends files as a program does.
fn upload(pages: &Pages, who: &Who, parts: &[(&str, &str, &str)], request: Option<&str>) -> Got {
    let mut body = String::new();
    for (name, file, content) in parts {
        let file = if file.is_empty() {
            String::new()
        } else {
            format!("; filename=\"{file}\"")
        };
        let head = format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        body.extend([head.as_str(), *content, "\r\n"]);
    }
    body.push_str("--x--\r\n");
    let kind = "multipart/form-data; boundary=x";
    let asked = Pages::request(Some(who), Method::POST, "/api/v1/imports", kind, body);
    pages.ask(match request {
        Some(request) => with_request(asked, request),
        None => asked,
    })
}

/// The job once it is over.
fn over(pages: &Pages, who: &Who, job: &str) -> serde_json::Value {
    loop {
        let told = pages
            .get(who, &format!("/api/v1/imports/jobs/{job}"))
            .must(200)
            .json();
        if !matches!(told["state"].as_str(), Some("waits" | "runs")) {
            return told;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

const LIST: &str = "Họ và tên,Ngày sinh,Giới tính,Dân tộc,Số định danh,Họ tên cha,Họ tên mẹ,Xã,Thôn\n\
Hồ Thị Cúc,03/04/2016,Nữ,Pa Cô,,Hồ Văn Núi,Hồ Thị Suối,Xã Tà Rụt,A Đăng\n\
Lê Văn Tâm,07/08/2017,Nam,Kinh,,Lê Văn Hải,Trần Thị Thu,Xã Húc Nghì,Cựp\n";

#[test]
fn a_list_is_imported_once_and_only_that_of_the_area() {
    let pages = Pages::new();
    let program = pages.program(Role::Officer, &Pages::area("Xã Tà Rụt"));
    let parts = [("files", "ds.csv", LIST), ("as_of", "", EDITION)];
    let begun = upload(&pages, &program, &parts, Some(REQUEST))
        .must(202)
        .json();
    assert_eq!(begun["job"], REQUEST);
    let told = over(&pages, &program, REQUEST);
    assert_eq!(told["state"], "done", "{told}");
    assert_eq!(
        (&told["imported"]["new"], &told["imported"]["outside"]),
        (&json!(1), &json!(1)),
        "{told}"
    );
    // Sent again: the same job, and nothing new.
    let again = upload(&pages, &program, &parts, Some(REQUEST)).must(202);
    assert_eq!(again.json()["state"], "done");
    let imports = pages.get(&program, "/api/v1/imports").must(200).json();
    assert_eq!(imports.as_array().unwrap().len(), 1);
    // Another program knows nothing of it.
    let other = pages.program(Role::Officer, &Area::Whole);
    pages
        .get(&other, &format!("/api/v1/imports/jobs/{REQUEST}"))
        .must(422);
    for (parts, status) in [
        (vec![("files", "ds.csv", ""), ("as_of", "", EDITION)], 422),
        (
            vec![("files", "ds.csv", LIST), ("as_of", "", "hôm nay")],
            400,
        ),
        (
            vec![
                ("files", "ds.csv", LIST),
                ("as_of", "", EDITION),
                ("unit", "", "19594"),
            ],
            403,
        ),
    ] {
        upload(&pages, &program, &parts, None).must(status);
    }
    upload(&pages, &program, &parts, Some("khong-phai-uuid")).must(400);
    let police = pages.program(Role::Police, &Area::Whole);
    upload(&pages, &police, &parts, None).must(403);
    assert!(
        std::fs::read_dir(pages.folder.path().join("intake"))
            .unwrap()
            .next()
            .is_none(),
        "what was sent is not kept"
    );
}

#[test]
fn the_work_of_the_area_in_pages() {
    let pages = Pages::new();
    let program = pages.program(Role::Officer, &Pages::area("Xã Tà Rụt"));
    let today = pages.get(&program, "/api/v1/today").must(200).json();
    let queue = |key: &str| {
        let queues = today["queues"].as_array().unwrap();
        let found = queues.iter().find(|queue| queue["key"] == key);
        found.unwrap()["count"].clone()
    };
    assert_eq!((queue("1"), queue("2")), (json!(1), json!(1)), "{today}");
    let list = pages
        .get(&program, "/api/v1/lists?rule=id.missing")
        .must(200)
        .json();
    assert_eq!(list["rows"].as_array().unwrap().len(), 1, "{list}");
    assert_eq!(list["facets"]["children"], 1);
    let all = pages.get(&program, "/api/v1/lists").must(200).json();
    let rows = all["rows"].as_array().unwrap();
    // After a child come those after it, and nobody of another commune is among them.
    let first = rows[0]["child"].as_str().unwrap();
    let rest = pages
        .get(&program, &format!("/api/v1/lists?after={first}"))
        .must(200)
        .json();
    assert_eq!(rest["rows"].as_array().unwrap().as_slice(), &rows[1..]);
    assert!(rows.iter().all(|row| row["unit_name"] == "Xã Tà Rụt"));
    for wrong in ["unit=19588", "group=x", "khac=1"] {
        pages
            .get(&program, &format!("/api/v1/lists?{wrong}"))
            .must(400);
    }
    pages
        .get(&program, "/api/v1/lists?after=khong-co")
        .must(422);
}

#[test]
fn a_household_and_the_pair_it_makes() {
    let pages = Pages::new();
    let program = pages.program(Role::Officer, &Pages::area("Xã Tà Rụt"));
    let house = |name: &str, yes: bool| {
        json!({
            "household": {"commune": "Xã Tà Rụt", "hamlet": "A Đăng", "mother": "Hồ Thị Sáo", "father": "Hồ Văn Trăng"},
            "children": [{"name": name, "birth": "05052016", "sex": "2", "ethnicity": "Pa Cô"}],
            "as_of": EDITION, "yes": yes
        })
    };
    let send = |body: &serde_json::Value, request: Option<&str>| {
        let asked = Pages::request(
            Some(&program),
            Method::POST,
            "/api/v1/households",
            "application/json",
            body.to_string(),
        );
        pages.ask(match request {
            Some(request) => with_request(asked, request),
            None => asked,
        })
    };
    let seen = send(&house("Hồ Thị Mây", false), None).must(200).json();
    assert_eq!((&seen["done"], &seen["asks"]), (&json!(false), &json!([])));
    let saved = send(&house("Hồ Thị Mây", true), Some(REQUEST))
        .must(200)
        .json();
    assert_eq!(saved["done"], true, "{saved}");
    let again = send(&house("Hồ Thị Mây", true), Some(REQUEST))
        .must(200)
        .json();
    assert_eq!(
        (&again["already"], &again["children"][0]["child"]),
        (&json!(true), &saved["children"][0]["child"])
    );
    let elsewhere = json!({"household": {"commune": "Xã Húc Nghì"}, "children": [{"name": "Hồ Thị Mây"}], "as_of": EDITION, "yes": true});
    send(&elsewhere, None).must(403);
    send(&json!({"children": [{"name": 3}], "as_of": EDITION}), None).must(400);

    // A list with the same child written otherwise waits as a row; it is read, and answered once.
    let list = "Họ và tên,Ngày sinh,Giới tính,Dân tộc,Số định danh,Họ tên cha,Họ tên mẹ,Xã,Thôn\n\
        Hồ Thị Mây,05/06/2016,Nữ,Pa Cô,,Hồ Văn Trăng,Hồ Thị Sáo,Xã Tà Rụt,A Đăng\n";
    let parts = [("files", "ds.csv", list), ("as_of", "", EDITION)];
    let job = upload(&pages, &program, &parts, None).must(202).json();
    let told = over(&pages, &program, job["job"].as_str().unwrap());
    assert_eq!(told["imported"]["perhaps"], 1, "{told}");
    let rows = pages
        .get(&program, "/api/v1/pairs?kind=rows")
        .must(200)
        .json();
    let key = rows["items"][0]["key"].as_str().unwrap().to_owned();
    assert_eq!(rows["next"], json!(null));
    let empty = pages
        .get(&program, &format!("/api/v1/pairs?kind=rows&after={key}"))
        .must(200)
        .json();
    assert_eq!(empty["items"], json!([]));
    pages
        .get(&program, &format!("/api/v1/pairs?kind=pairs&after={key}"))
        .must(422);
    pages.get(&program, "/api/v1/pairs?kind=khac").must(400);
    let stranger = pages.program(Role::Officer, &Pages::area("Xã Húc Nghì"));
    let at = format!("/api/v1/pairs/{key}");
    pages.get(&stranger, &at).must(403);
    let other = pages
        .get(&stranger, "/api/v1/pairs?kind=rows")
        .must(200)
        .json();
    assert_eq!(other["items"], json!([]));
    let item = pages.get(&program, &at).must(200).json();
    let answer = |seen: &str, answer: &str| {
        let body = json!({"answer": answer, "seen": seen}).to_string();
        let asked = Pages::request(Some(&program), Method::POST, &at, "application/json", body);
        pages.ask(with_request(asked, "0190b2c4-0000-7000-8000-000000000002"))
    };
    answer("9.9", "same").must(422);
    answer("", "same").must(400);
    answer(item["seen"].as_str().unwrap(), "khac").must(400);
    let done = answer(item["seen"].as_str().unwrap(), "same")
        .must(200)
        .json();
    assert_eq!(done["child"], saved["children"][0]["child"], "{done}");
    let twice = answer(item["seen"].as_str().unwrap(), "same")
        .must(200)
        .json();
    assert_eq!(twice["already"], true);
}
