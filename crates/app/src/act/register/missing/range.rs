//! The arithmetic of an estimate beside a headcount: its range, who is missing in all, whether a headcount can be.
//!
//! In: a [`Figure`], a headcount. Out: [`Range`]s, a sentence.

use super::known::{exactly, taken};
use treem_child::texts::grouped;
use treem_store::sector::Figure;

/// By which share of the estimate a headcount may lie off before it is doubted, even where it lies outside the range: headcounts are of another day.
const OFF: f64 = 0.10;

/// A figure with its range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Range {
    /// From.
    pub low: i64,
    /// Likely.
    pub total: i64,
    /// To.
    pub high: i64,
}

/// The range of a figure; `None` where nothing was said.
pub fn range(figure: &Figure) -> Option<Range> {
    Some(Range {
        low: figure.low?,
        total: figure.total?,
        high: figure.high?,
    })
}

/// Who is missing in all: those the lists name, and of those no list names as many as of those they do. The range goes from where everybody in the book whom no
/// list names is one of those (by the lower end of the estimate), to where all of them are missing (by its upper end), and who perhaps is in the book (`perhaps`)
/// is not. It is no narrower than linkage is exact: some who are found are in the book after all, the more the more children are in it; where nearly nobody
/// is missing they are many of those named.
pub fn gross(figure: &Figure, perhaps: i64) -> Option<Range> {
    let of = range(figure)?;
    if figure.seen == 0 {
        return None;
    }
    let scaled = |total: i64| {
        let (found, total, seen) = (
            i128::from(figure.found),
            i128::from(total),
            i128::from(figure.seen),
        );
        i64::try_from((found * total + seen / 2) / seen).unwrap_or(i64::MAX)
    };
    let unnamed = |total: i64| total.saturating_sub(figure.seen);
    let in_the_book = figure.seen - figure.found;
    let in_the_book_alone = figure.entered.saturating_sub(in_the_book).max(0);
    let at_least = unnamed(of.low).saturating_sub(in_the_book_alone).max(0);
    let total = scaled(of.total);
    let off = exactly(total);
    Some(Range {
        low: figure
            .found
            .saturating_add(at_least)
            .min(scaled(of.low))
            .saturating_sub(off)
            .saturating_sub(taken(in_the_book))
            .max(0),
        total,
        high: figure
            .found
            .saturating_add(unnamed(of.high))
            .saturating_add(perhaps)
            .saturating_add(off),
    })
}

/// Whether a headcount cannot be, by an estimate: outside the range widened by half (one range of twenty does not hold the truth, and a province has more
/// than a hundred communes), and well off.
#[expect(
    clippy::cast_precision_loss,
    reason = "children are fewer than 2 to the 52nd"
)]
pub fn is_off(headcount: i64, estimate: Range) -> bool {
    let (below, above) = (
        estimate.total - estimate.low,
        estimate.high - estimate.total,
    );
    let outside = headcount < estimate.low - below / 2 || headcount > estimate.high + above / 2;
    let off = (headcount - estimate.total).unsigned_abs() as f64;
    outside && off > OFF * estimate.total as f64
}

/// The sentence about a headcount that is off.
pub fn off(name: &str, headcount: i64, estimate: Range) -> String {
    let count = |count: i64| grouped(count.unsigned_abs());
    format!(
        "{name}: báo cáo {} trẻ, {} số ước tính từ các danh sách, khoảng {} (từ {} đến {}).",
        count(headcount),
        if headcount > estimate.high {
            "cao hơn"
        } else {
            "thấp hơn"
        },
        count(estimate.total),
        count(estimate.low),
        count(estimate.high)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn net_and_gross_are_two_figures() {
        let figure = Figure {
            seen: 800,
            found: 200,
            entered: 780,
            low: Some(950),
            total: Some(1_000),
            high: Some(1_060),
            ..Figure::default()
        };
        let of = |figure: &Figure| {
            let gross = gross(figure, 7).unwrap();
            (gross.low, gross.total, gross.high)
        };
        // Of 1,000 children lists name 800, of whom 200 are not in the book: a quarter of all. At most all others are missing, too; 180 of the book
        // are named by no list, more than the 150 to 260 there are.
        assert_eq!(of(&figure), (194, 250, 470));
        // Of a book of 720, 120 are: at least 30 of the others are missing. Of 640 more would be, but the lower end stays below what is likely.
        let short = |entered| Figure {
            entered,
            ..figure.clone()
        };
        assert_eq!(of(&short(720)), (224, 250, 470));
        assert_eq!(of(&short(640)), (232, 250, 470));
        // Of 20,000 in the book some 20 are named besides, 29 at most: of 40 who are named, 10 are missing for sure.
        let few = Figure {
            seen: 20_040,
            found: 40,
            entered: 20_500,
            low: Some(20_100),
            total: Some(20_200),
            high: Some(20_300),
            ..Figure::default()
        };
        assert_eq!(of(&few), (10, 40, 308));
    }

    #[test]
    fn a_headcount_is_doubted_outside_the_range_and_well_off() {
        let estimate = Range {
            low: 950,
            total: 1_000,
            high: 1_060,
        };
        for (headcount, doubted) in [
            (1_000, false),
            (1_060, false),
            (1_061, false),
            (1_100, false),
            (1_101, true),
            (1_300, true),
            (930, false),
            (899, true),
        ] {
            assert_eq!(is_off(headcount, estimate), doubted, "{headcount}");
        }
    }
}
