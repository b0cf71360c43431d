//! Who lives together: children of a hamlet in households, in the order in which one walks.
//!
//! In: children with what their records say. Out: households, and what tells one from another ([`digest`]).

use super::super::super::again::said::{Columns, Said};
use super::super::order::natural;
use crate::act::access::secret::hex;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use treem_child::field::Field;
use treem_child::handover::code;
use treem_child::normalise::syllable::ascii_fold;
use treem_store::child::{Child, Finding};

/// A child by what a household is told.
pub struct Member {
    pub row: Option<code::Row>,
    pub child: Child,
    pub findings: Vec<Finding>,
    pub why: Vec<String>,
    pub hamlet: String,
    pub address: String,
    household: String,
    mother: String,
    father: String,
    pub head: String,
}

/// A child has its part of these columns.
pub fn member(
    columns: &Columns,
    row: Option<code::Row>,
    (child, findings): (Child, Vec<Finding>),
    why: Vec<String>,
) -> Member {
    let said = Said::of(columns, &child.now, &findings);
    let words = |field: Field| said.words(columns, field).trim().to_owned();
    Member {
        hamlet: words(Field::Hamlet),
        address: words(Field::Address),
        household: ascii_fold(&words(Field::Household)),
        mother: ascii_fold(&words(Field::Mother)),
        father: ascii_fold(&words(Field::Father)),
        head: words(Field::HouseholdHead),
        row,
        child,
        findings,
        why,
    }
}

impl Member {
    /// A house number: what of the address says more than the hamlet, where it has a number.
    fn house(&self) -> String {
        let (address, hamlet) = (ascii_fold(&self.address), ascii_fold(&self.hamlet));
        let first = address.split(',').next().unwrap_or("").trim();
        let is_more = first != hamlet && (hamlet.is_empty() || !hamlet.contains(first));
        if is_more && first.chars().any(|c| c.is_ascii_digit()) {
            first.to_owned()
        } else {
            String::new()
        }
    }

    /// True where two children of a hamlet are taken for one household.
    fn lives_with(&self, other: &Self) -> bool {
        let agree = |left: &str, right: &str| left.is_empty() || right.is_empty() || left == right;
        if !self.household.is_empty() && !other.household.is_empty() {
            return self.household == other.household;
        }
        let parents = agree(&self.mother, &other.mother) && agree(&self.father, &other.father);
        let one = (!self.mother.is_empty() && self.mother == other.mother)
            || (!self.father.is_empty() && self.father == other.father);
        let house = self.house();
        parents && one || parents && !house.is_empty() && house == other.house()
    }
}

/// Children in households: those who live together, in the order in which one walks.
pub fn households(members: Vec<Member>) -> Vec<Vec<Member>> {
    let mut hamlets: BTreeMap<String, Vec<Member>> = BTreeMap::new();
    for one in members {
        hamlets
            .entry(ascii_fold(&one.hamlet))
            .or_default()
            .push(one);
    }
    let mut out: Vec<Vec<Member>> = Vec::new();
    for of_hamlet in hamlets.into_values() {
        let mut here: Vec<Vec<Member>> = Vec::new();
        for one in of_hamlet {
            // Every child of a household must be able to live with the new one: a shared name alone joins no two families.
            match here
                .iter_mut()
                .find(|house| house.iter().all(|known| known.lives_with(&one)))
            {
                Some(house) => house.push(one),
                None => here.push(vec![one]),
            }
        }
        out.extend(here);
    }
    for house in &mut out {
        house.sort_by(|left, right| {
            (&left.child.now.birth, &left.child.id).cmp(&(&right.child.now.birth, &right.child.id))
        });
    }
    out.sort_by_cached_key(|house| {
        let first = house.first();
        let text = |of: fn(&Member) -> &str| first.map_or("", of).to_owned();
        (
            natural(&text(|one| &one.hamlet)),
            natural(&text(|one| &one.address)),
            text(|one| &one.child.now.name_key),
            text(|one| &one.child.id),
        )
    });
    out
}

/// SHA-256 of the children's ids in order.
pub fn digest(house: &[Member]) -> String {
    let mut ids: Vec<&str> = house.iter().map(|one| one.child.id.as_str()).collect();
    ids.sort_unstable();
    hex(&Sha256::digest(ids.join("\n").as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use treem_store::child::State;

    /// A child as `hamlet|address|household|mother|father`, named by its place in the list.
    fn people(rows: &[&str]) -> Vec<Member> {
        let columns = Columns::new();
        (0_usize..)
            .zip(rows)
            .map(|(nth, row)| {
                let parts: Vec<&str> = row.split('|').collect();
                let record = serde_json::json!({
                    "hamlet": parts[0], "address": parts[1], "household": parts[2], "mother": parts[3], "father": parts[4],
                });
                let child = Child {
                    id: nth.to_string(),
                    version: 1,
                    now: State {
                        birth: format!("20{:02}", 20 - nth),
                        record: record.to_string(),
                        sensitive: "{}".to_owned(),
                        ..State::default()
                    },
                };
                member(&columns, None, (child, Vec::new()), Vec::new())
            })
            .collect()
    }

    #[test]
    fn who_lives_together() {
        let check = |rows: &[&str], houses: &[&[&str]]| {
            let found: Vec<Vec<String>> = households(people(rows))
                .into_iter()
                .map(|house| house.into_iter().map(|one| one.child.id).collect())
                .collect();
            assert_eq!(found, houses, "{rows:?}");
        };
        // Same parents; the oldest first.
        check(
            &["A|||Hồ Thị Lá|Hồ Văn Núi", "A|||Hồ Thị Lá|Hồ Văn Núi"],
            &[&["1", "0"]],
        );
        // One parent is not known of one child.
        check(
            &["A|||Hồ Thị Lá|", "A|||Hồ Thị Lá|Hồ Văn Núi"],
            &[&["1", "0"]],
        );
        // Same name of the mother, another father; another hamlet.
        check(
            &[
                "A|||Hồ Thị Lá|Hồ Văn Núi",
                "A|||Hồ Thị Lá|Hồ Văn Suối",
                "B|||Hồ Thị Lá|Hồ Văn Núi",
            ],
            &[&["0"], &["1"], &["2"]],
        );
        // Who fits two families joins none of them to the other.
        check(
            &[
                "A|||Hồ Thị Lá|Hồ Văn Núi",
                "A|||Hồ Thị Lá|Hồ Văn Suối",
                "A|||Hồ Thị Lá|",
            ],
            &[&["1"], &["2", "0"]],
        );
        // The code of the household decides.
        check(
            &["A||H1|Hồ Thị Lá|", "A||H2|Hồ Thị Lá|", "A||h1|Hồ Thị Cỏ|"],
            &[&["1"], &["2", "0"]],
        );
        // A house number; the number of a hamlet is none.
        check(
            &[
                "A|Số 3, thôn A||Hồ Thị Lá|",
                "A|số 3, Thôn A|||Hồ Văn Núi",
                "A|Số 4|||",
            ],
            &[&["1", "0"], &["2"]],
        );
        check(
            &["Thôn 3|Thôn 3, xã A|||", "Thôn 3|Thôn 3, xã A|||"],
            &[&["0"], &["1"]],
        );
        // One walks hamlet by hamlet, house by house.
        check(
            &["Thôn 10|Số 1|||", "Thôn 2|Số 11|||", "Thôn 2|Số 9|||"],
            &[&["2"], &["1"], &["0"]],
        );
    }

    #[test]
    fn a_household_keeps_its_digest() {
        let two = people(&["A|||Hồ Thị Lá|", "A|||Hồ Thị Lá|"]);
        let mut turned = people(&["A|||Hồ Thị Lá|", "A|||Hồ Thị Lá|"]);
        turned.reverse();
        assert_eq!(digest(&two), digest(&turned));
        assert_ne!(digest(&two), digest(&two[..1]));
    }
}
