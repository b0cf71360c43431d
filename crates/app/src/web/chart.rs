//! Charts as shapes on a surface of their own measure, drawn on the server and shown by `chart.html`: each with the same figures as a table.
//!
//! In: figures. Out: a [`Chart`]. What is told by colour is told by a hatch, a place or a figure too, so that a print in black and white says
//! the same. No shape is where a figure is not: every number that is written is finite, whatever comes in.

mod bars;
mod heat;
mod progress;
mod pyramid;
#[cfg(test)]
mod tests;

pub use bars::{Bar, Step, coverage, funnel};
pub use heat::{Cell, Line, heat};
pub use progress::{Point, Progress, progress};
pub use pyramid::{Years, pyramid};

use std::fmt::Write as _;

/// Width of every chart in its own measure; a page makes it as wide as there is room.
const WIDTH: f64 = 640.0;
/// Height of a line of letters.
const LETTERS: f64 = 13.0;

/// How a shape is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// What is done.
    Solid,
    /// What is begun.
    Hatch,
    /// What is missing: an outline.
    Empty,
    /// Steps of a heat table.
    Heat(u8),
}

/// Something that is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A box.
    Box {
        /// Left edge.
        x: f64,
        /// Upper edge.
        y: f64,
        /// Width.
        w: f64,
        /// Height.
        h: f64,
        /// How it is filled.
        fill: Fill,
    },
    /// Letters.
    Text {
        /// Where they stand.
        x: f64,
        /// Their base line.
        y: f64,
        /// `start`, `middle`, `end`.
        anchor: &'static str,
        /// What they say.
        text: String,
        /// Where they lead; empty: nowhere.
        href: String,
        /// How they look: empty, `small`, `strong`, `light` (on a dark ground).
        class: &'static str,
    },
    /// A way from point to point, filled or as a line.
    Way {
        /// The points in the words of SVG.
        d: String,
        /// `line`, `dashed`, `band`, `axis`, `goal`, `outline`.
        class: &'static str,
    },
}

/// A chart.
#[derive(Clone, Debug)]
pub struct Chart {
    /// Its name within the page.
    pub id: &'static str,
    /// What it shows.
    pub title: String,
    /// How to read it, under it.
    pub note: String,
    /// What the fills mean.
    pub legend: Vec<(Fill, &'static str)>,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// What is drawn.
    pub shapes: Vec<Shape>,
    /// Heading of the table that says the same.
    pub head: Vec<String>,
    /// Its rows; the first cell names the row.
    pub rows: Vec<Vec<String>>,
}

/// A number of a shape: one digit after the point, and never anything that is no number.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "templates hand out references"
)]
pub fn number(value: &f64) -> String {
    let value = *value;
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.1}");
    text.strip_suffix(".0")
        .map_or_else(|| text.clone(), ToOwned::to_owned)
}

/// A count to reckon with; what is below none is none.
#[expect(clippy::cast_precision_loss, reason = "counts of children")]
pub fn float(count: i64) -> f64 {
    count.max(0) as f64
}

/// A part of a whole, from 0 to 1.
fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 && part.is_finite() {
        (part / whole).clamp(0.0, 1.0)
    } else {
        0.0
    }
}

/// `73,4%`.
pub fn percent(part: i64, whole: i64) -> String {
    if whole <= 0 {
        return "–".to_owned();
    }
    let tenths = part.max(0).saturating_mul(1_000) / whole;
    format!("{},{}%", tenths / 10, tenths % 10)
}

/// A figure, or a dash where it is not known.
fn known(count: Option<i64>) -> String {
    count.map_or_else(|| "–".to_owned(), crate::shown::count)
}

/// A name that does not fit is cut where it is drawn; the table has it whole.
fn cut(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let mut out: String = name.chars().take(most.saturating_sub(1)).collect();
    out.push('…');
    out
}

/// The fill of a shape, as its attribute says it.
fn paint(id: &str, fill: Fill) -> String {
    match fill {
        Fill::Solid => "#0f5257".to_owned(),
        Fill::Hatch => format!("url(#{id}-hatch)"),
        Fill::Empty | Fill::Heat(0) => "#fff".to_owned(),
        Fill::Heat(1) => "#d6e8e6".to_owned(),
        Fill::Heat(2) => "#a5cbc7".to_owned(),
        Fill::Heat(3) => "#4f8f8f".to_owned(),
        Fill::Heat(_) => "#0f5257".to_owned(),
    }
}

impl Chart {
    fn new(id: &'static str, title: &str) -> Self {
        Self {
            id,
            title: title.to_owned(),
            note: String::new(),
            legend: Vec::new(),
            width: WIDTH,
            height: 0.0,
            shapes: Vec::new(),
            head: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// The fill of a shape or of the legend.
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "templates hand out references"
    )]
    pub fn paint(&self, fill: &Fill) -> String {
        paint(self.id, *fill)
    }

    /// True where there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn heads(&mut self, heads: &[&str]) {
        self.head = heads.iter().map(|head| (*head).to_owned()).collect();
    }

    fn put(&mut self, (x, y): (f64, f64), (w, h): (f64, f64), fill: Fill) {
        self.shapes.push(Shape::Box {
            x,
            y,
            w: w.max(0.0),
            h,
            fill,
        });
    }

    fn say(&mut self, (x, y): (f64, f64), anchor: &'static str, text: impl Into<String>) {
        self.say_as((x, y), anchor, text, "");
    }

    fn say_as(
        &mut self,
        (x, y): (f64, f64),
        anchor: &'static str,
        text: impl Into<String>,
        class: &'static str,
    ) {
        self.shapes.push(Shape::Text {
            x,
            y,
            anchor,
            text: text.into(),
            href: String::new(),
            class,
        });
    }

    fn lead(&mut self, (x, y): (f64, f64), anchor: &'static str, text: String, href: &str) {
        self.shapes.push(Shape::Text {
            x,
            y,
            anchor,
            text,
            href: href.to_owned(),
            class: "",
        });
    }

    /// A way through points; closed where it is filled.
    fn way(&mut self, points: &[(f64, f64)], class: &'static str) {
        if points.len() < 2 {
            return;
        }
        let mut d = String::new();
        for (at, (x, y)) in points.iter().enumerate() {
            let letter = if at == 0 { 'M' } else { 'L' };
            let _ = write!(d, "{letter}{} {}", number(x), number(y));
        }
        if class == "band" {
            d.push('Z');
        }
        self.shapes.push(Shape::Way { d, class });
    }
}

/// A round figure at or above a value, so that an axis ends on it: 1, 2, 5 times a power of ten.
fn round_up(value: f64) -> f64 {
    if !value.is_finite() || value <= 1.0 {
        return 1.0;
    }
    let power = 10_f64.powf(value.log10().floor());
    [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|times| times * power)
        .find(|round| *round >= value - 1e-9)
        .unwrap_or(10.0 * power)
}
