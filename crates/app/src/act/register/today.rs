//! *Việc hôm nay*: the queues of an area with true counts and how long the oldest waits, what was done this week, and when all of it will
//! be done at this pace.
//!
//! In: an area, a day. Out: [`Today`].

use super::facets::GROUPS;
use super::facets::scope::Scope;
use super::handover::waiting;
use super::{Desk, Done, Failed, wait};
use crate::access::Deed;
use crate::limits;
use jiff::civil::Weekday;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use treem_child::handover::state::Holder;
use treem_child::normalise::date::PartialDate;
use treem_child::normalise::unit::{Edition, Unit};
use treem_store::Tx;
use treem_store::answers::{CIVIL, FIRST, REQUEST, SECOND};
use treem_store::sector::OPEN;
use treem_store::work::{Counts, Whole};

/// Hours by which the country is ahead of UTC.
const AHEAD: i64 = 7;

/// What waits for people.
#[derive(Debug, serde::Serialize)]
pub struct Today {
    /// The area; empty: the whole book.
    pub unit: String,
    /// The day on which children are children.
    pub as_of: String,
    /// The queues, in the order of the letter; those that are empty too.
    pub queues: Vec<Queue>,
    /// Children about whom something was put right since Monday.
    pub done: i64,
    /// Children with an error.
    pub left: i64,
    /// Children put right a day, over the last four weeks at most.
    pub pace: f64,
    /// The day on which nothing is left at this pace; none without a pace.
    pub ends_on: Option<String>,
}

/// A queue.
#[derive(Debug, PartialEq, Eq, serde::Serialize)]
pub struct Queue {
    /// Its key: `1` to `5` are the groups of the letter, `disputes`, `rows`, `moves-in`, `moves-out`, `checks`, `drafts` (of this person
    /// alone); `lists-…` are lists by who holds them, `lists-late` those that are late; `answers-…` rows of them that wait for a person's word;
    /// `tasks-…` what others have to do after it.
    pub key: &'static str,
    /// What a person reads.
    pub title: &'static str,
    /// How many wait.
    pub count: i64,
    /// What is counted.
    pub of: &'static str,
    /// Since when the oldest waits.
    pub oldest: Option<String>,
    /// The same in whole days.
    pub days: Option<i64>,
}

/// What waits in an area.
///
/// # Errors
/// The register cannot be used.
pub fn run(
    desk: &Desk,
    area: Option<(&'static Edition, &'static Unit)>,
    as_of: PartialDate,
) -> Done<Today> {
    wait(async {
        let (open, mut tx) = desk.read().await?;
        let book = open.book.register.as_str();
        let scope = Scope::of(&open.book, area, &desk.area(Deed::See));
        let now: Timestamp = desk
            .now
            .parse()
            .map_err(|_| Failed::Refused("thời điểm hiện tại không đọc được.".to_owned()))?;
        let (mut counts, mut whole): (Vec<Counts>, Vec<Whole>) = (Vec::new(), Vec::new());
        let day = as_of.to_string();
        for unit in scope.questions() {
            let counted = tx.work_counts(book, &day, unit).await?;
            counts.extend(counted.rules);
            whole.extend(counted.whole);
        }
        counts.retain(|one| scope.holds(&one.edition, &one.unit));
        whole.retain(|one| scope.holds(&one.edition, &one.unit));
        let mut queues = groups(&counts, &whole, now);
        queues.extend(waiting(&mut tx, book, &scope, now).await?);
        if !desk.area(Deed::Add).is_empty() {
            queues.extend(missing(&mut tx, book, &scope, now).await?);
            queues.push(drafts(&mut tx, book, &desk.who, now).await?);
        }
        queues.extend(lists(&mut tx, (book, &desk.now), &scope, now).await?);
        let left = whole.iter().map(Whole::errors).sum();
        let (done, pace) = pace(&mut tx, book, &scope, now).await?;
        Ok(Today {
            unit: area.map_or_else(String::new, |(_, unit)| unit.name.to_owned()),
            as_of: day,
            queues,
            done,
            left,
            pace,
            ends_on: ends_on(left, pace, now),
        })
    })
}

/// Whole days from a moment of the store until now.
pub fn days(since: &str, now: Timestamp) -> Option<i64> {
    let since: Timestamp = since.parse().ok()?;
    Some((now.as_second() - since.as_second()).max(0) / 86_400)
}

/// The keys of the groups.
const KEYS: [&str; 5] = ["1", "2", "3", "4", "5"];

fn groups(counts: &[Counts], whole: &[Whole], now: Timestamp) -> Vec<Queue> {
    let oldest = |of: &dyn Fn(&Counts) -> bool| {
        let stands = counts
            .iter()
            .filter(|one| one.severity == "error" && of(one));
        stands.map(|one| one.oldest.clone()).min()
    };
    let mut out: Vec<Queue> = (1_i64..)
        .zip(KEYS.into_iter().zip(GROUPS))
        .map(|(group, (key, title))| {
            let count = whole.iter().map(|one| one.of_group(group)).sum();
            queue(
                (key, title, "trẻ"),
                count,
                oldest(&|one| one.list == group),
                now,
            )
        })
        .collect();
    let shared = |one: &Counts| one.rule == "id.shared";
    let count = counts.iter().filter(|one| shared(one));
    out.push(queue(
        ("disputes", "Số có hai trẻ cùng mang", "trẻ"),
        count.map(|one| one.children).sum(),
        oldest(&shared),
        now,
    ));
    out
}

fn queue(
    (key, title, of): (&'static str, &'static str, &'static str),
    count: i64,
    oldest: Option<String>,
    now: Timestamp,
) -> Queue {
    Queue {
        key,
        title,
        count,
        of,
        days: oldest.as_deref().and_then(|since| days(since, now)),
        oldest,
    }
}

/// Queues that are no findings.
async fn waiting(tx: &mut Tx, book: &str, scope: &Scope, now: Timestamp) -> Done<Vec<Queue>> {
    let mut rows = Tally::default();
    for (_, edition, unit, count, since) in tx.rows_waiting(book).await? {
        if scope.holds(&edition, &unit) {
            rows.add(count, since);
        }
    }
    let (mut moves_in, mut moves_out) = (Tally::default(), Tally::default());
    for (from_edition, from, to_edition, to, to_book, since, _) in tx.moves_waiting(book).await? {
        // Into another book the answer is given there; who looks at a whole book sees a move within it once.
        if to_book.is_empty() && scope.holds(&to_edition, &to) {
            moves_in.add(1, since);
        } else if scope.holds(&from_edition, &from) {
            moves_out.add(1, since);
        }
    }
    let mut checks = Tally::default();
    let mut last = String::new();
    for (fix, since, _, _, edition, unit, _) in tx.fixes_waiting(book).await? {
        if scope.holds(&edition, &unit) && fix != last {
            checks.add(1, since);
            last = fix;
        }
    }
    Ok([
        (("rows", "Dòng của tệp đã nhập chờ xác định", "dòng"), rows),
        (
            ("moves-in", "Đề nghị chuyển đến chờ trả lời", "đề nghị"),
            moves_in,
        ),
        (
            (
                "moves-out",
                "Đề nghị chuyển đi chờ nơi đến trả lời",
                "đề nghị",
            ),
            moves_out,
        ),
        (
            ("checks", "Đề nghị sửa chờ kiểm tra lần hai", "đề nghị"),
            checks,
        ),
    ]
    .into_iter()
    .map(|(words, tally)| queue(words, tally.count, tally.oldest, now))
    .collect())
}

/// Children who were found in lists of other sectors; nothing where no list was ever compared.
async fn missing(tx: &mut Tx, book: &str, scope: &Scope, now: Timestamp) -> Done<Option<Queue>> {
    let Some(compared) = tx.compared(book).await? else {
        return Ok(None);
    };
    let mut tally = Tally::default();
    for (edition, unit, state, _, count) in tx.found_counts(book).await? {
        if state == OPEN && scope.holds(&edition, &unit) {
            tally.add(count, compared.at.clone());
        }
    }
    let words = (
        "missing",
        "Trẻ tìm thấy ở danh sách khác, chưa có trong sổ",
        "trẻ",
    );
    Ok(Some(queue(words, tally.count, tally.oldest, now)))
}

/// Households this person has begun to type.
async fn drafts(tx: &mut Tx, book: &str, who: &str, now: Timestamp) -> Done<Queue> {
    let mut open = Tally::default();
    for draft in tx.drafts_of(book, who).await? {
        open.add(1, draft.updated_at);
    }
    let words = ("drafts", "Hộ đang gõ dở", "hộ");
    Ok(queue(words, open.count, open.oldest, now))
}

/// Lists on their way to the police and back, by who holds them; and those that are late.
async fn lists(
    tx: &mut Tx,
    (book, at): (&str, &str),
    scope: &Scope,
    now: Timestamp,
) -> Done<Vec<Queue>> {
    let words = |holder| match holder {
        Some(Holder::Officer) => ("lists-officer", "Danh sách chờ cán bộ làm tiếp"),
        Some(Holder::Households) => ("lists-households", "Danh sách đang rà soát tại hộ"),
        Some(Holder::Leader) => ("lists-leader", "Danh sách chờ lãnh đạo UBND xã duyệt"),
        Some(Holder::Police) => ("lists-police", "Danh sách đang ở Công an"),
        Some(Holder::Nobody) | None => ("lists-late", "Danh sách chậm"),
    };
    let waiting = waiting::waiting(tx, book, scope, at).await?;
    let mut out: Vec<Queue> = waiting
        .into_iter()
        .map(|one| {
            let (key, title) = words(one.holder);
            queue((key, title, "danh sách"), one.lists, one.oldest, now)
        })
        .collect();
    out.extend(answers(tx, book, scope, now).await?);
    for (kind, key, title) in [
        (
            CIVIL,
            "tasks-civil",
            "Trẻ chờ tư pháp – hộ tịch đăng ký khai sinh",
        ),
        (
            REQUEST,
            "tasks-request",
            "Đề nghị Công an hủy, xác lập lại số",
        ),
    ] {
        let mut tally = Tally::default();
        for task in tx.tasks(book, Some(kind), Some("open")).await? {
            if scope.holds(&task.edition, &task.unit) {
                tally.add(1, task.at);
            }
        }
        out.push(queue((key, title, "việc"), tally.count, tally.oldest, now));
    }
    Ok(out)
}

/// Rows of lists that wait for a person's word.
async fn answers(tx: &mut Tx, book: &str, scope: &Scope, now: Timestamp) -> Done<Vec<Queue>> {
    let waiting = tx.answers_waiting(book).await?;
    Ok([
        (
            FIRST,
            "answers-second",
            "Kết quả của Công an chờ gõ lần hai",
        ),
        (SECOND, "answers-differ", "Kết quả gõ hai lần khác nhau"),
        (
            "confirm",
            "answers-confirm",
            "Kết quả của Công an chờ xác nhận",
        ),
    ]
    .into_iter()
    .map(|(kind, key, title)| {
        let mut tally = Tally::default();
        for (_, edition, unit, why, count, since) in &waiting {
            if why == kind && scope.holds(edition, unit) {
                tally.add(*count, since.clone());
            }
        }
        queue((key, title, "dòng"), tally.count, tally.oldest, now)
    })
    .collect())
}

#[derive(Default)]
struct Tally {
    count: i64,
    oldest: Option<String>,
}

impl Tally {
    fn add(&mut self, count: i64, since: String) {
        self.count = self.count.saturating_add(count);
        if self.oldest.as_ref().is_none_or(|oldest| since < *oldest) {
            self.oldest = Some(since);
        }
    }
}

/// A moment as the store writes it.
fn stamp(at: Timestamp) -> String {
    let text = format!("{at:.6}");
    text.get(..26)
        .map_or_else(|| text.clone(), |text| format!("{text}Z"))
}

/// The last midnight of a Monday in the country, before a moment.
fn monday(now: Timestamp) -> Option<Timestamp> {
    let ahead = SignedDuration::from_hours(AHEAD);
    let local = Offset::UTC.to_datetime(now.checked_add(ahead).ok()?).date();
    let back = i64::from(local.weekday().since(Weekday::Monday));
    let monday = local.checked_sub(back.days()).ok()?.at(0, 0, 0, 0);
    Offset::UTC
        .to_timestamp(monday)
        .ok()?
        .checked_sub(ahead)
        .ok()
}

/// Children put right since Monday, and a day over the last weeks.
async fn pace(tx: &mut Tx, book: &str, scope: &Scope, now: Timestamp) -> Done<(i64, f64)> {
    let count = async |tx: &mut Tx, after: Timestamp| -> Done<(i64, Option<String>)> {
        let mut done = tx.work_done(book, &stamp(after)).await?;
        done.retain(|one| scope.holds(&one.edition, &one.unit));
        let first = done.first().map(|one| one.day.clone());
        Ok((done.iter().map(|one| one.children).sum(), first))
    };
    let week = match monday(now) {
        Some(monday) => count(tx, monday).await?.0,
        None => 0,
    };
    let span = SignedDuration::from_hours(24 * limits::PACE_DAYS);
    let Ok(from) = now.checked_sub(span) else {
        return Ok((week, 0.0));
    };
    let (done, first) = count(tx, from).await?;
    // Who has just begun is not slow; but one good day is no pace either.
    let begun = first.and_then(|day| days(&format!("{day}T00:00:00Z"), now));
    let days = begun.map_or(limits::PACE_DAYS, |days| {
        (days + 1).clamp(5, limits::PACE_DAYS)
    });
    let tenths = done.saturating_mul(10) / days.max(1);
    #[expect(clippy::cast_precision_loss, reason = "a count of children")]
    Ok((week, tenths as f64 / 10.0))
}

fn ends_on(left: i64, pace: f64, now: Timestamp) -> Option<String> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "tenths of a count of children"
    )]
    let tenths = (pace * 10.0).round() as i64;
    if left == 0 || tenths == 0 {
        return None;
    }
    let days = left.saturating_mul(10).saturating_add(tenths - 1) / tenths.max(1);
    let ahead = SignedDuration::from_hours(AHEAD);
    let today = Offset::UTC.to_datetime(now.checked_add(ahead).ok()?).date();
    let end = today.checked_add(days.min(36_500).days()).ok()?;
    Some(end.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_week_begins_on_monday_in_the_country() {
        for (now, begins) in [
            // Thursday 13/6/2024, 8:05 in the country.
            ("2024-06-13T01:05:00Z", "2024-06-09T17:00:00.000000Z"),
            // Sunday evening, and one hour later Monday.
            ("2024-06-16T16:30:00Z", "2024-06-09T17:00:00.000000Z"),
            ("2024-06-16T17:30:00Z", "2024-06-16T17:00:00.000000Z"),
        ] {
            assert_eq!(stamp(monday(at(now)).unwrap()), begins, "{now}");
        }
    }

    #[test]
    fn when_it_will_be_done() {
        let now = at("2024-06-13T01:05:00Z");
        for (left, pace, day) in [
            (221, 7.3, Some("2024-07-14")),
            (1, 7.3, Some("2024-06-14")),
            (0, 7.3, None),
            (221, 0.0, None),
        ] {
            assert_eq!(ends_on(left, pace, now).as_deref(), day, "{left} {pace}");
        }
        assert_eq!(days("2024-06-10T01:06:00.000000Z", now), Some(2));
        assert_eq!(days("2024-06-13T02:00:00.000000Z", now), Some(0));
    }
}
