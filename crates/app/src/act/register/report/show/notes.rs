//! What has to be known of the figures of a table of progress, in sentences.
//!
//! In: the table with its figures, what the person may see. Out: its notes.

use super::area::few;
use super::{Figures, Shown};
use crate::access::Cut;

/// Says what is not known of the units, and what does not add up. What concerns the whole book is said to who sees it.
pub fn notes(shown: &mut Shown, figures: &Figures, cut: &Cut) {
    if cut.is_whole() {
        shown.notes.extend(figures.placed.notes.iter().cloned());
    }
    let unknown: Vec<&str> = shown
        .lines
        .iter()
        .filter(|line| line.headcount.is_none() && !line.is_silent())
        .map(|line| line.name.as_str())
        .collect();
    let silent: Vec<&str> = shown
        .lines
        .iter()
        .filter(|line| line.is_silent() && !line.unit.is_empty())
        .map(|line| line.name.as_str())
        .collect();
    if shown.total.headcount.is_some() && !silent.is_empty() {
        shown.notes.push(format!(
            "Chưa có trẻ nào trên phần mềm và chưa có số trẻ em báo cáo, nên không có trong số tổng cộng: {}.",
            few(&silent)
        ));
    }
    if shown.total.headcount.is_none() && !unknown.is_empty() && shown.level != "hamlet" {
        shown.notes.push(format!(
            "{} đơn vị chưa có số trẻ em báo cáo, nên không tính được số còn phải nhập của đơn vị ấy và của toàn địa bàn: {}.",
            unknown.len(),
            few(&unknown)
        ));
    }
    let over: Vec<&str> = shown
        .lines
        .iter()
        .filter(|line| line.to_enter.is_some_and(|left| left < 0))
        .map(|line| line.name.as_str())
        .collect();
    if !over.is_empty() {
        shown.notes.push(format!(
            "Số trẻ trên phần mềm nhiều hơn số báo cáo ở {}: số báo cáo thấp, hoặc có trẻ nhập trùng, đã chuyển đi; con số còn phải nhập của toàn địa bàn là số thuần.",
            few(&over)
        ));
    }
}
