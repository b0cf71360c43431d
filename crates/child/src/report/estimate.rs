//! How many children there really are, from how often several lists name the same ones: capture–recapture.
//!
//! In: [`Histories`]: of 2 to [`MOST_LISTS`] lists that were linked to each other, how many children stand in exactly which of them. Out: an
//! [`Estimate`]: how many there are in all, from where to where, and on what it rests; or [`Unknown`], why nothing can be said.
//!
//! The whole is closed (one day, one unit), names are linked rightly, and every list may miss a child. Two lists are taken to be independent
//! of each other: N = (n₁+1)(n₂+1)/(m+1) − 1 (Chapman 1951), its range by the transformed logit of Sadinle 2009 (The American
//! Statistician 63). Of three lists and more any two may hang together, and children may be unlike in how easily they are listed: hierarchical
//! log-linear models with up to [`MOST_PAIRS`] pairs of lists (Fienberg 1972; Bishop, Fienberg, Holland 1975, chapter 6), each without and with
//! a term for unlike children (Rivest and Baillargeon 2007), are weighed by exp(−AIC/2) (Buckland, Burnham, Augustin 1997), and the range is
//! that of their mixture. Without that term the estimate is far too low where a third of the children are hard to reach (a test shows it).
//! Beside it stands Chao's lower bound (1987).

mod fit;
mod mixture;
#[cfg(test)]
mod tests;

use crate::texts::grouped;

/// Lists that can be held against each other at once.
pub const MOST_LISTS: usize = 6;
/// Pairs of lists that may hang together in one model; one fewer where there are five lists and more.
pub const MOST_PAIRS: usize = 3;
/// Children in two lists below which two lists say nothing of the whole: Chapman's estimate is then mostly noise (Robson and Regier 1964 ask for 7).
pub const LEAST_OVERLAP: u64 = 7;
/// Share of the times in which the range is to hold the truth.
pub const PROMISE: f64 = 0.95;

/// How many children stand in exactly which lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Histories {
    lists: usize,
    counts: Vec<u64>,
}

impl Histories {
    /// Nobody yet, in so many lists; `None` for fewer than two or more than [`MOST_LISTS`].
    pub fn new(lists: usize) -> Option<Self> {
        (2..=MOST_LISTS).contains(&lists).then(|| Self {
            lists,
            counts: vec![0; 1 << lists],
        })
    }

    /// So many more children in exactly the lists whose bits are set; nothing for bits of lists that are not there, or for no bit.
    pub fn add(&mut self, lists: usize, children: u64) {
        if lists == 0 {
            return;
        }
        if let Some(count) = self.counts.get_mut(lists) {
            *count = count.saturating_add(children);
        }
    }

    /// How many lists.
    pub fn lists(&self) -> usize {
        self.lists
    }

    /// Children in at least one list.
    pub fn seen(&self) -> u64 {
        self.sum(|_| true)
    }

    /// Children of one list.
    pub fn of(&self, list: usize) -> u64 {
        self.sum(|lists| lists & (1 << list) != 0)
    }

    /// Children whom two lists both name.
    pub fn of_both(&self, one: usize, other: usize) -> u64 {
        let both = 1 << one | 1 << other;
        self.sum(|lists| lists & both == both)
    }

    fn sum(&self, which: impl Fn(usize) -> bool) -> u64 {
        self.counts
            .iter()
            .enumerate()
            .filter(|(lists, _)| which(*lists))
            .fold(0, |sum, (_, count)| sum.saturating_add(*count))
    }

    /// Children in exactly so many lists.
    fn in_exactly(&self, many: u32) -> u64 {
        self.sum(|lists| lists.count_ones() == many)
    }

    /// The same without lists that name nobody here (a school knows no babies), and which lists are left.
    fn without_empty(&self) -> (Self, Vec<usize>) {
        let kept: Vec<usize> = (0..self.lists).filter(|list| self.of(*list) > 0).collect();
        let mut counts = vec![0; 1 << kept.len()];
        for (lists, count) in self.counts.iter().enumerate() {
            let among: usize = kept
                .iter()
                .enumerate()
                .map(|(at, list)| (lists >> list & 1) << at)
                .sum();
            if among > 0
                && let Some(sum) = counts.get_mut(among)
            {
                *sum = count.saturating_add(*sum);
            }
        }
        let left = Self {
            lists: kept.len(),
            counts,
        };
        (left, kept)
    }
}

/// On what an estimate rests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Two lists, taken to be independent.
    Chapman,
    /// Log-linear models of three lists and more: how many lists, how many models had a say, and the pairs of lists that hang together in
    /// the one that fits best (numbers of lists as given, from 0).
    LogLinear {
        /// Lists that name somebody.
        lists: usize,
        /// Models weighed.
        models: usize,
        /// The best one's pairs.
        pairs: Vec<(usize, usize)>,
        /// Whether in the best one children are unlike in how easily they are listed.
        unlike: bool,
    },
}

/// How many children there are.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// Children in at least one list: so many there are certainly.
    pub seen: u64,
    /// How many there are in all, likely.
    pub total: f64,
    /// From …; never below `seen`.
    pub low: f64,
    /// … to, which holds the truth [`PROMISE`] of the times where the assumptions hold.
    pub high: f64,
    /// Chao's lower bound: at least so many, also where some children are harder to list than others. `None` where nobody stands in exactly two lists.
    pub at_least: Option<f64>,
    /// On what it rests.
    pub ground: Ground,
}

impl Estimate {
    /// What has to be believed with it, in sentences.
    pub fn assumptions(&self) -> Vec<&'static str> {
        let mut said = vec![
            "Các danh sách nói về cùng một địa bàn và cùng một thời điểm; trong khoảng đó không có trẻ đến, đi, sinh hoặc chết.",
            "Việc đối chiếu giữa các danh sách là đúng: bỏ sót một cặp thì số ước tính cao lên, ghép nhầm hai trẻ thì thấp đi.",
        ];
        match self.ground {
            Ground::Chapman => said.push(
                "Chỉ có hai danh sách, nên phải coi chúng độc lập với nhau: trẻ có tên ở danh sách này không dễ hay khó có tên ở danh sách kia hơn. Nếu cùng bỏ sót một nhóm trẻ, số thật cao hơn.",
            ),
            Ground::LogLinear { .. } => said.push(
                "Từng đôi danh sách được phép liên quan với nhau, và có thể có trẻ khó được ghi tên ở mọi danh sách; nhưng trẻ không thể có tên ở bất kỳ danh sách nào thì không cách tính nào biết được. Nếu có, số thật cao hơn.",
            ),
        }
        said
    }

    /// The range in whole children, outwards.
    pub fn range(&self) -> (u64, u64) {
        (whole(self.low.floor()), whole(self.high.ceil()))
    }

    /// “khoảng 1.234 trẻ (từ 1.180 đến 1.310)”.
    pub fn shown(&self) -> String {
        let (low, high) = self.range();
        format!(
            "khoảng {} trẻ (từ {} đến {})",
            grouped(whole(self.total.round())),
            grouped(low),
            grouped(high)
        )
    }

    /// True where a figure that somebody reports cannot be: above the range, or below it.
    pub fn excludes(&self, headcount: u64) -> bool {
        let (low, high) = self.range();
        headcount < low || headcount > high
    }
}

/// Why nothing can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// Fewer than two lists name anybody.
    OneList,
    /// Too few children stand in two lists: how many.
    TooFewInBoth(u64),
    /// No model could be fitted: every overlap hangs on a few children.
    NoModel,
}

impl Unknown {
    /// In one sentence, with what to do.
    pub fn sentence(self) -> String {
        match self {
            Self::OneList => "Chưa ước tính được: phải có ít nhất hai danh sách có tên trẻ ở địa bàn và nhóm tuổi này. Nạp thêm một danh sách khác (Sổ A0, trường học, tiêm chủng …).".to_owned(),
            Self::TooFewInBoth(both) => format!(
                "Chưa ước tính được: chỉ {} trẻ có tên ở hai danh sách, cần ít nhất {LEAST_OVERLAP}. Xem ở cấp trên, gộp nhóm tuổi, hoặc nạp thêm danh sách.",
                grouped(both)
            ),
            Self::NoModel => "Chưa ước tính được: các danh sách trùng nhau quá ít để biết chúng liên quan với nhau thế nào. Xem ở cấp trên hoặc gộp nhóm tuổi.".to_owned(),
        }
    }
}

/// Estimates the whole. Takes histories of any lists, those that name nobody are left aside; gives why not where too little overlaps.
///
/// Time grows with the models: at most 484 for six lists, each a fit of 63 figures.
pub fn estimate(histories: &Histories) -> Result<Estimate, Unknown> {
    let (histories, kept) = histories.without_empty();
    if kept.len() < 2 {
        return Err(Unknown::OneList);
    }
    let twice = histories.sum(|lists| lists.count_ones() >= 2);
    if twice < LEAST_OVERLAP {
        return Err(Unknown::TooFewInBoth(twice));
    }
    if histories.lists == 2 {
        return Ok(chapman(&histories));
    }
    let models = fit::all(&histories);
    let Some(best) = models.first() else {
        return Err(Unknown::NoModel);
    };
    let seen = histories.seen();
    let range = mixture::range(&models, PROMISE);
    let pairs = best
        .pairs
        .iter()
        .filter_map(|(one, other)| Some((*kept.get(*one)?, *kept.get(*other)?)))
        .collect();
    Ok(Estimate {
        seen,
        total: float(seen) + range.middle,
        low: float(seen) + range.low,
        high: float(seen) + range.high,
        at_least: chao(&histories),
        ground: Ground::LogLinear {
            lists: histories.lists,
            models: models.len(),
            pairs,
            unlike: best.unlike != fit::Unlike::Not,
        },
    })
}

/// Two lists: Chapman's figure, Sadinle's range.
fn chapman(histories: &Histories) -> Estimate {
    let (one, other, both) = (
        float(histories.of(0)),
        float(histories.of(1)),
        float(histories.of_both(0, 1)),
    );
    let seen = float(histories.seen());
    let total = (one + 1.0) * (other + 1.0) / (both + 1.0) - 1.0;
    let (in_both, only_one, only_other) = (both + 0.5, one - both + 0.5, other - both + 0.5);
    let unseen = only_one * only_other / in_both;
    // Where hardly anybody is unseen, the last part alone would make the range endless: half a child is the least it is taken for.
    let deviation =
        (1.0 / in_both + 1.0 / only_one + 1.0 / only_other + 1.0 / unseen.max(0.5)).sqrt();
    let factor = (mixture::normal_quantile(f64::midpoint(1.0, PROMISE)) * deviation).exp();
    Estimate {
        seen: histories.seen(),
        total: total.max(seen),
        low: (seen - 0.5 + unseen / factor).max(seen),
        high: (seen - 0.5 + unseen * factor).max(seen),
        at_least: chao(histories),
        ground: Ground::Chapman,
    }
}

/// Chao's lower bound: seen + f₁²/(2f₂), in its form for few lists: times (t−1)/t (Chao 1987; Rivest and Baillargeon 2007 for t lists).
fn chao(histories: &Histories) -> Option<f64> {
    let (once, twice) = (histories.in_exactly(1), histories.in_exactly(2));
    let lists = small(histories.lists);
    (twice > 0).then(|| {
        float(histories.seen())
            + (lists - 1.0) / lists * float(once) * float(once) / (2.0 * float(twice))
    })
}

/// A count as a number to reckon with.
#[expect(
    clippy::cast_precision_loss,
    reason = "children are fewer than 2 to the 52nd"
)]
fn float(count: u64) -> f64 {
    count as f64
}

/// The same of a small one.
#[expect(clippy::cast_precision_loss, reason = "a handful")]
fn small(count: usize) -> f64 {
    count as f64
}

/// A whole number of children.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast stops at the ends of the type, and no children are below none"
)]
fn whole(value: f64) -> u64 {
    value as u64
}
