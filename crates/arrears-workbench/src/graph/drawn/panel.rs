//! A stage as a box: its name, how one gets in, what must be so besides, what is done.

use super::{Drawing, PAPER, PLAIN, SMALL, TITLE, Tenths, wrapped};
use crate::graph::{Graph, Stage};
use crate::picture::svg::{Anchor, Font, px};
use crate::wording::human;

/// Between the edge of a box and its text.
const PAD: Tenths = 110;

/// A box and all its lines, each with its place in the box.
pub(super) struct Panel {
    /// The stage, by its place.
    pub(super) stage: usize,
    pub(super) at: (Tenths, Tenths),
    pub(super) width: Tenths,
    pub(super) height: Tenths,
    lines: Vec<(Tenths, Tenths, Font, String)>,
}

impl Panel {
    pub(super) fn of(stage: &Stage, index: usize, at: (Tenths, Tenths), width: Tenths) -> Self {
        let room = width - 2 * PAD;
        let mut lines = Vec::new();
        let mut y = 90;
        let mut add = |text: &str, font: Font, y: &mut Tenths| {
            for line in wrapped(text, font.size, room) {
                *y += font.size * 10;
                lines.push((PAD, *y, font, line));
                *y += font.size * 4;
            }
        };
        add(&Graph::title(stage), TITLE, &mut y);
        add(&stage.when, SMALL, &mut y);
        for term in Graph::terms(stage) {
            add(&term, PLAIN, &mut y);
        }
        if !stage.treatments.is_empty() {
            y += 40;
        }
        let treated = stage.treatments.iter().enumerate();
        let treated = treated.map(|(place, it)| format!("{}. {} ({})", place + 1, human(&it.name), it.by));
        let treated: Vec<String> = treated.collect();
        for line in wrapped(&treated.join(", "), PLAIN.size, room) {
            y += PLAIN.size * 10;
            lines.push((PAD, y, PLAIN, line));
            y += PLAIN.size * 4;
        }
        Self { stage: index, at, width, height: y + 70, lines }
    }

    /// The height at which lines at its sides begin.
    pub(super) const fn middle(&self) -> Tenths {
        self.at.1 + self.height / 2
    }

    pub(super) fn draw(&self, drawing: &mut Drawing, stroke: &str, dashes: &str) {
        let (x, y, width, height) = (px(self.at.0), px(self.at.1), px(self.width), px(self.height));
        let mut attributes = vec![
            ("x", x.as_str()),
            ("y", &y),
            ("width", &width),
            ("height", &height),
            ("rx", "5"),
            ("fill", PAPER),
            ("stroke", stroke),
        ];
        if !dashes.is_empty() {
            attributes.push(("stroke-dasharray", dashes));
        }
        drawing.element("rect", &attributes, "");
        for (left, top, font, line) in &self.lines {
            drawing.text((self.at.0 + left, self.at.1 + top), Anchor::Start, *font, line);
        }
    }
}
