//! What stands in a list is data: markup, controls, signs of direction, letters without end.

use super::{docx, invented};
use proptest::prelude::*;
use treem_papers::{
    document::Document,
    household::{self, Fact},
    police::Child,
};

/// Texts that a careless program would obey.
pub const HOSTILE: [&str; 10] = [
    "#set page(width: 1pt)",
    "#panic(\"x\") $x^2$ *đậm* _nghiêng_ `raw` @nhãn <nhãn> // chú",
    "#read(\"/etc/passwd\")",
    "</w:t></w:r><w:r><w:t>",
    "&lt;&amp;\"' ]]>",
    "{{ 7*7 }} \\u{41} #{1+1}",
    "A\u{202e}nam\u{202c}B\u{2066}",
    "\u{0}\u{1}\u{8}\u{1b}[31m\r\n\t",
    "شكرا ຄຳ 😀 \u{e000}\u{fffe}",
    "=HYPERLINK(\"http://x\")",
];

/// Every document with `text` wherever a person's data stands.
pub fn spoiled(text: &str) -> Vec<Document> {
    let mut list = invented::police(2);
    list.rows[0] = Child {
        code: text.into(),
        name: text.into(),
        birth: text.into(),
        sex: text.into(),
        ethnicity: text.into(),
        nationality: text.into(),
        number: text.into(),
        birth_registration: text.into(),
        home_place: text.into(),
        residence: text.into(),
        father: text.into(),
        mother: text.into(),
        guardian: text.into(),
        phone: text.into(),
        why: text.into(),
    };
    let mut sheets = invented::sheets(1);
    sheets[0].head = Fact {
        have: text.into(),
        wanting: true,
        remark: text.into(),
    };
    sheets[0].children[0].name = Fact {
        have: text.into(),
        ..Fact::default()
    };
    sheets[0].place = text.into();
    let mut minutes = invented::minutes(false);
    minutes.giver.person = text.into();
    minutes.things[0].0 = text.into();
    let mut annex = invented::annex(2);
    annex.rows[1][1] = text.into();
    vec![
        list.document().unwrap(),
        household::document(&sheets).unwrap(),
        minutes.document(),
        annex.document().unwrap(),
    ]
}

#[test]
fn hostile_texts_stay_texts_in_docx() {
    for text in HOSTILE
        .iter()
        .map(|text| (*text).to_owned())
        .chain(["ệ".repeat(10_000), "a b ".repeat(2_500)])
    {
        for document in spoiled(&text) {
            for (name, xml) in docx::parts(treem_papers::docx::write(&document).unwrap()) {
                docx::balanced(&name, &xml);
                let odd = xml
                    .chars()
                    .find(|letter| letter.is_control() && *letter != '\n');
                assert_eq!(odd, None, "{name}");
                assert!(
                    !xml.chars().any(
                        |letter| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
                    ),
                    "{name}"
                );
            }
        }
    }
    let shown = &docx::parts(treem_papers::docx::write(&spoiled(HOSTILE[3])[0]).unwrap())["word/document.xml"];
    assert!(shown.contains("&lt;/w:t&gt;&lt;/w:r&gt;&lt;w:r&gt;&lt;w:t&gt;"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_text_is_survived(text in "\\PC{0,60}|.{0,60}|[a-z#$*_<>&\\\\]{0,400}") {
        for document in spoiled(&text) {
            for (name, xml) in docx::parts(treem_papers::docx::write(&document).unwrap()) {
                docx::balanced(&name, &xml);
            }
        }
    }
}
