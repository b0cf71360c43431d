//! Telephone numbers against the oracle table.
//!
//! In: `tests/oracles/phones.tsv`: the table of 15/9/2018, and what four packages say. Out: agreement, row by row.

use treem_child::normalise::phone::phones;

/// Rows on which the packages are not followed, and why.
const DISAGREED: [(&str, &str); 2] = [
    // Quảng Trị's area code became 0233 in 2017; the packages pass the old one through, and one says that no such number exists.
    ("053.3852345", "02333852345"),
    // A mobile number that lost its zero and is of before 2018: the packages that answer do not know either.
    ("1693234345", "0393234345"),
];

#[test]
fn phones_agree() {
    let mut wrong = Vec::new();
    let mut rows = 0;
    for row in include_str!("../oracles/phones.tsv")
        .split('\n')
        .skip(1)
        .filter(|row| !row.is_empty())
    {
        let columns: Vec<&str> = row.split('\t').collect();
        let column = |index: usize| columns.get(index).copied().unwrap_or("");
        let (input, table) = (column(0), column(1));
        let valid = (column(8) == "True").then(|| column(7).replacen("+84", "0", 1));
        let expect = if let Some((_, expect)) = DISAGREED.iter().find(|(known, _)| *known == input)
        {
            (*expect).to_owned()
        } else if !table.is_empty() {
            table.to_owned()
        } else if !column(4).is_empty() {
            column(4).to_owned()
        } else if let Some(valid) = valid {
            valid
        } else {
            // It runs two numbers together.
            column(2).replacen('-', " / ", 1)
        };
        let found = phones(input).to_string();
        if found != expect {
            wrong.push(format!("{input} → {found}, not {expect}"));
        }
        rows += 1;
    }
    assert!(rows > 60, "the table is there");
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
