//! The ways at the sides of the ladder: cures on the left, ways down on the right, each in a lane of its own.

use super::panel::Panel;
use super::{CURED, DOWN, INK, LANE, Way};
use crate::picture::svg::{Anchor, Drawing, Font, Tenths, px};

/// An arrow from a rung to the one above it.
pub(super) fn up(drawing: &mut Drawing, upper: &Panel, lower: &Panel) {
    let x = lower.at.0 + lower.width / 2;
    let (from, to) = (lower.at.1, upper.at.1 + upper.height);
    drawing.line((x, from), (x, to + 90), INK, "");
    head(drawing, [(x, to), (x - 55, to + 110), (x + 55, to + 110)], INK);
}

/// The ways down at both sides.
pub(super) fn sides(drawing: &mut Drawing, panels: &[Panel], (cures, eases): (&[&Way], &[&Way])) {
    for (lane, way) in cures.iter().enumerate() {
        side(drawing, panels, way, Side { lane, letter: 'C', left: true, colour: CURED });
    }
    for (lane, way) in eases.iter().enumerate() {
        side(drawing, panels, way, Side { lane, letter: 'D', left: false, colour: DOWN });
    }
}

/// Where a way stands.
struct Side {
    lane: usize,
    letter: char,
    left: bool,
    colour: &'static str,
}

/// One way: from each stage that it leaves into its lane, down the lane, and into the stage that it reaches.
fn side(drawing: &mut Drawing, panels: &[Panel], way: &Way, side: Side) {
    let lane = i64::try_from(side.lane).unwrap_or(0);
    let find = |stage: usize| panels.iter().find(|panel| panel.stage == stage);
    let Some(target) = find(way.to) else { return };
    let sign = if side.left { -1 } else { 1 };
    let edge = |panel: &Panel| if side.left { panel.at.0 } else { panel.at.0 + panel.width };
    let x = edge(target) + sign * (LANE * (lane + 1) - 40);
    // Lines of different lanes leave a box at different heights.
    let at = |panel: &Panel| panel.at.1 + (panel.height / 2 + (lane - 1) * 110).clamp(60, panel.height - 60);
    let mut top = target.middle();
    for panel in way.from.iter().filter_map(|stage| find(*stage)) {
        let y = at(panel);
        top = top.min(y);
        drawing.line((edge(panel), y), (x, y), side.colour, "2 2");
        let (cx, cy) = (px(x), px(y));
        drawing.element("circle", &[("cx", &cx), ("cy", &cy), ("r", "2"), ("fill", side.colour)], "");
    }
    let y = at(target);
    drawing.line((x, top), (x, y), side.colour, "");
    drawing.line((x, y), (edge(target) + sign * 90, y), side.colour, "");
    let tip = edge(target);
    head(drawing, [(tip, y), (tip + sign * 110, y - 55), (tip + sign * 110, y + 55)], side.colour);
    badge(drawing, (x, top - 110), &format!("{}{}", side.letter, side.lane + 1), side.colour);
}

/// The head of an arrow.
fn head(drawing: &mut Drawing, points: [(Tenths, Tenths); 3], colour: &str) {
    let points = points.map(|(x, y)| format!("{},{}", px(x), px(y))).join(" ");
    drawing.element("polygon", &[("points", &points), ("fill", colour)], "");
}

/// The letter and number of a way.
pub(super) fn badge(drawing: &mut Drawing, (x, y): (Tenths, Tenths), text: &str, colour: &'static str) {
    let (cx, cy) = (px(x), px(y));
    let look = [("cx", cx.as_str()), ("cy", &cy), ("r", "9"), ("fill", "#ffffff"), ("stroke", colour)];
    drawing.element("circle", &look, "");
    drawing.text((x, y + 33), Anchor::Middle, Font { size: 9, fill: colour, bold: true }, text);
}
