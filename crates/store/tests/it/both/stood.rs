//! Where the children stood, counted one by one from their events: what the sums are compared with.

use crate::story::BOOK;
use std::collections::BTreeMap;
use treem_store::Store;
use treem_store::child::ACTIVE;
use treem_store::tally::Sums;

/// Edition, unit, way.
pub type Place = (String, String, String);

#[derive(sqlx::FromRow)]
struct Event {
    child: String,
    seq: i64,
    at: String,
    state: String,
    edition: String,
    unit: Option<String>,
    birth: String,
    leaves_on: String,
    number: Option<String>,
    identified: bool,
    complete: bool,
}

#[derive(sqlx::FromRow)]
struct Stands {
    child: String,
    number: String,
    standing: String,
    since: String,
    ended_at: Option<String>,
}

const EVENTS: &str = "select child, seq, at, state, edition, unit, birth, leaves_on, number, identified, complete from child_event
    where register = $1 order by child, seq";
const STANDINGS: &str =
    "select child, number, standing, since, ended_at from number_standing where register = $1";

/// All that happened.
pub struct Happened {
    events: Vec<Event>,
    standings: Vec<Stands>,
}

impl Happened {
    /// Reads all of it.
    pub async fn read(store: &Store) -> Self {
        let (events, standings) = match store {
            Store::Lite { read, .. } => (
                sqlx::query_as(EVENTS).bind(BOOK).fetch_all(read).await,
                sqlx::query_as(STANDINGS).bind(BOOK).fetch_all(read).await,
            ),
            Store::Pg(pool) => (
                sqlx::query_as(EVENTS).bind(BOOK).fetch_all(pool).await,
                sqlx::query_as(STANDINGS).bind(BOOK).fetch_all(pool).await,
            ),
        };
        Self {
            events: events.unwrap(),
            standings: standings.unwrap(),
        }
    }

    /// Children of a day by unit and way, as the book was at a moment or as it is; errors are not counted.
    pub fn stood(&self, day: &str, moment: Option<&str>) -> BTreeMap<Place, Sums> {
        let moment = moment.unwrap_or("9999");
        let mut by_child: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
        for event in self
            .events
            .iter()
            .filter(|event| event.at.as_str() <= moment)
        {
            by_child.entry(&event.child).or_default().push(event);
        }
        let mut out: BTreeMap<Place, Sums> = BTreeMap::new();
        for events in by_child.values() {
            let last = events.last().unwrap();
            let is_child = last.birth.as_str() <= day && last.leaves_on.as_str() > day;
            if last.state != ACTIVE || !is_child {
                continue;
            }
            let verified = self.standings.iter().any(|one| {
                one.child == last.child
                    && last.number.as_deref() == Some(&one.number)
                    && one.standing != "cancelled"
                    && one.since.as_str() <= moment
                    && one.ended_at.as_deref().is_none_or(|ended| ended > moment)
            });
            let place = (
                last.edition.clone(),
                last.unit.clone().unwrap_or_default(),
                way(events, &last.edition),
            );
            out.entry(place).or_default().add(Sums {
                children: 1,
                identified: last.identified.into(),
                complete: last.complete.into(),
                verified: verified.into(),
                errors: 0,
            });
        }
        out
    }
}

/// The units of other editions than the last one's: of each edition the last, in the order in which they were left.
fn way(events: &[&Event], edition: &str) -> String {
    let mut last: BTreeMap<&str, (i64, &str)> = BTreeMap::new();
    for event in events {
        if let Some(unit) = &event.unit {
            last.insert(&event.edition, (event.seq, unit));
        }
    }
    last.remove(edition);
    let mut out: Vec<_> = last
        .into_iter()
        .map(|(of, (seq, unit))| (seq, format!("{of} {unit}")))
        .collect();
    out.sort();
    let out: Vec<String> = out.into_iter().map(|(_, one)| one).collect();
    out.join(";")
}
