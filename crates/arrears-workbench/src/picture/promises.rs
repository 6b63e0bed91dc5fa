//! Promises: a bracket from the day each was made to the day it fell due.

use super::svg::{Anchor, Font, Tenths, px, width_of};
use super::{Picture, SMALL};
use crate::timeline::grouped;
use arrears::account::{PartStanding, PromiseStanding};

/// Kept.
pub(super) const KEPT: &str = "#2a9d62";
/// Broken, though something of it came in.
pub(super) const PARTLY: &str = "#d98e04";
/// Broken.
pub(super) const BROKEN: &str = "#c0392b";
/// Replaced by a later one, or not due yet.
pub(super) const OPEN: &str = "#6b7a8f";
/// The height of a row of brackets.
const HEIGHT: Tenths = 200;

impl Picture<'_> {
    /// Brackets that would lie on each other stand in rows below each other.
    pub(super) fn promises(&mut self) {
        let promises: Vec<PromiseStanding> =
            self.timeline.promises.iter().filter(|promise| self.scale.shows(promise.made_on)).cloned().collect();
        if promises.is_empty() {
            return;
        }
        let mut ends: Vec<Tenths> = Vec::new();
        let mut rows = Vec::new();
        for promise in &promises {
            let x = self.scale.middle(promise.made_on);
            let label = label(promise);
            let last = promise.parts.iter().map(|(part, _)| self.scale.middle(part.due_on)).max().unwrap_or(x);
            let end = last.max(x) + width_of(&label, SMALL.size) + 120;
            let row = ends.iter().position(|free| *free <= x - 40).unwrap_or(ends.len());
            match ends.get_mut(row) {
                Some(free) => *free = end,
                None => ends.push(end),
            }
            rows.push((row, label));
        }
        let top = self.row(HEIGHT * i64::try_from(ends.len()).unwrap_or(1), "promises");
        for (promise, (row, label)) in promises.iter().zip(rows) {
            let y = top + HEIGHT * i64::try_from(row).unwrap_or(0) + HEIGHT / 2;
            self.promise(promise, &label, y);
        }
        self.part();
    }

    fn promise(&mut self, promise: &PromiseStanding, label: &str, y: Tenths) {
        let made = self.scale.middle(promise.made_on);
        let font = Font { fill: "#333333", ..SMALL };
        if promise.is_vague() {
            self.drawing.text((made, y + 35), Anchor::Middle, Font { size: 12, fill: OPEN, bold: true }, "?");
            return;
        }
        let mut from = made;
        for (part, standing) in &promise.parts {
            let (colour, how) = ended(*standing);
            let due = self.scale.middle(part.due_on).max(from + 20);
            let path = format!("M{} {}V{}H{}V{}", px(from), px(y + 45), px(y - 35), px(due), px(y + 45));
            let title = format!("promised on {}: {} by {}, {how}", promise.made_on, grouped(part.amount), part.due_on);
            let look = [("d", path.as_str()), ("stroke", colour), ("stroke-width", "2"), ("fill", "none")];
            self.drawing.element("path", &look, &title);
            from = due;
        }
        let fits = from + 40 + width_of(label, SMALL.size) < super::WIDTH;
        let (x, anchor) = if fits { (from + 40, Anchor::Start) } else { (made - 40, Anchor::End) };
        self.drawing.text((x, y + 30), anchor, font, label);
    }
}

/// What is promised in all.
fn label(promise: &PromiseStanding) -> String {
    let mut amounts = promise.parts.iter().map(|(part, _)| part.amount.decimal());
    let Some(first) = amounts.next() else { return String::new() };
    let sum = amounts.try_fold(first, |sum, amount| sum.checked_add(amount));
    sum.map_or_else(String::new, grouped)
}

fn ended(standing: PartStanding) -> (&'static str, String) {
    match standing {
        PartStanding::Open => (OPEN, "not due yet".to_owned()),
        PartStanding::Kept(on) => (KEPT, format!("kept on {on}")),
        PartStanding::PartlyKept(on) => (PARTLY, format!("broken on {on}, part of it came in")),
        PartStanding::Broken(on) => (BROKEN, format!("broken on {on}")),
        PartStanding::Moved(on) => (OPEN, format!("replaced on {on}")),
    }
}
