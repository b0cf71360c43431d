//! The diagram of the states (docs/handover.md), written from the states' own table: never by hand.
//!
//! In: [`TABLE`]. Out: Mermaid.

use super::state::{Place, TABLE};
use super::step::Kind;
use std::fmt::Write as _;

/// The line before the diagram in the page.
pub const BEGIN: &str = "<!-- states: written by a test, not by hand -->";
/// The line after it.
pub const END: &str = "<!-- /states -->";

/// The diagram, with the lines that mark it.
pub fn diagram() -> String {
    let mut out = format!("{BEGIN}\n```mermaid\nstateDiagram-v2\n");
    for place in Place::ALL {
        let _ = writeln!(out, "    {}: {}", id(*place), place.label());
    }
    let _ = writeln!(
        out,
        "    [*] --> {}: {}",
        id(Place::Drawn),
        Kind::Draw.label()
    );
    for (from, step, to) in TABLE {
        let _ = writeln!(out, "    {} --> {}: {}", id(*from), id(*to), step.label());
    }
    for place in [Place::Seen, Place::Withdrawn, Place::Divided] {
        let _ = writeln!(out, "    {} --> [*]", id(place));
    }
    let _ = write!(out, "```\n{END}\n");
    out
}

/// Mermaid takes no dash in a name.
fn id(place: Place) -> String {
    place.word().replace('-', "_")
}

/// The page with the diagram put between its marks; `None` where the marks are not there.
pub fn with_diagram(page: &str) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    let after = after.strip_prefix('\n').unwrap_or(after);
    Some(format!("{before}{}{after}", diagram()))
}
