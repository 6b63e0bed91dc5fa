//! The ladder as a picture: the most severe stage on top, ways down at its sides, stages beside it on the right.
//!
//! Every word stands in a box or below the picture, never on a line, so that no label lies on another. Ways down carry
//! a letter and a number that the list below the picture explains.

mod lanes;
mod panel;
mod text;

pub(crate) use text::wrapped;

use super::{Graph, Way, WayKind};
use crate::picture::svg::{Anchor, Drawing, Font, Tenths, Told};
use panel::Panel;

/// The width of the picture: on a page of A4 its letters are as large as small print.
const WIDTH: Tenths = 7_600;
const MARGIN: Tenths = 160;
/// The narrowest box of a rung.
const NARROWEST: Tenths = 2_400;
/// From one rung to the next.
const GAP: Tenths = 260;
/// The width of a column of stages beside the ladder.
const BESIDE: Tenths = 2_300;
/// From one lane of ways to the next.
const LANE: Tenths = 220;

const INK: &str = "#333333";
const SOFT: &str = "#666666";
const PAPER: &str = "#f6f8fa";
const DOWN: &str = "#4a6fa5";
const CURED: &str = "#3f7f4f";
const ASIDE: &str = "#8064a2";

const TITLE: Font = Font { size: 13, fill: INK, bold: true };
const PLAIN: Font = Font { size: 10, fill: INK, bold: false };
const SMALL: Font = Font { size: 10, fill: SOFT, bold: false };

/// In the dark, the same picture with its colours turned.
const STYLE: &str = "@media screen and (prefers-color-scheme:dark){\
svg.ladder [fill=\"#ffffff\"]{fill:#14171a}svg.ladder [fill=\"#f6f8fa\"]{fill:#22272d}\
svg.ladder [fill=\"#333333\"]{fill:#e8eaed}svg.ladder [fill=\"#666666\"]{fill:#b4bac2}\
svg.ladder [stroke=\"#333333\"]{stroke:#c4c9d0}\
svg.ladder [fill=\"#4a6fa5\"]{fill:#8fb4ea}svg.ladder [stroke=\"#4a6fa5\"]{stroke:#8fb4ea}\
svg.ladder [fill=\"#3f7f4f\"]{fill:#84c894}svg.ladder [stroke=\"#3f7f4f\"]{stroke:#84c894}\
svg.ladder [stroke=\"#8064a2\"]{stroke:#bda6dd}svg.ladder [fill=\"#8064a2\"]{fill:#bda6dd}}";

/// Where the columns of a picture stand.
#[derive(Clone, Copy, Debug)]
struct Columns {
    /// The rungs: left edge and width.
    rungs: (Tenths, Tenths),
    /// The left edge of the stages beside the ladder.
    beside: Tenths,
    /// The width of the whole.
    whole: Tenths,
}

impl Columns {
    fn of(cures: usize, eases: usize, beside: bool) -> Self {
        let lanes = |count: usize| if count == 0 { 0 } else { LANE * i64::try_from(count).unwrap_or(0) + 60 };
        let left = MARGIN + lanes(cures);
        let right = if beside { BESIDE + 160 } else { 0 };
        // A ladder with many ways down makes the picture wider, never its boxes too narrow to be read.
        let around = left + lanes(eases) + right + MARGIN;
        let whole = WIDTH.max(around + NARROWEST);
        Self { rungs: (left, whole - around), beside: whole - MARGIN - BESIDE, whole }
    }
}

impl Graph {
    /// The ladder as one SVG document, readable in light and in dark, with its words for who cannot see it.
    pub fn svg(&self) -> String {
        let of = |kind: WayKind| self.ways.iter().filter(move |way| way.kind == kind).collect::<Vec<&Way>>();
        let (cures, eases) = (of(WayKind::Cure), of(WayKind::Ease));
        let columns = Columns::of(cures.len(), eases.len(), self.stages.iter().any(|stage| stage.beside));
        let mut drawing = Drawing::default();
        let title = format!("The ladder of {}", self.policy);
        let mut top = 300;
        for line in wrapped(&title, 15, columns.whole - 2 * MARGIN) {
            drawing.text((MARGIN, top), Anchor::Start, Font { size: 15, fill: INK, bold: true }, &line);
            top += 190;
        }
        top = lines(&mut drawing, &wrapped(&self.moves, 10, columns.whole - 2 * MARGIN), (MARGIN, top), SMALL) + 120;
        let (panels, foot) = self.rungs(columns, top);
        for pair in panels.windows(2) {
            if let [upper, lower] = pair {
                lanes::up(&mut drawing, upper, lower);
            }
        }
        lanes::sides(&mut drawing, &panels, (&cures, &eases));
        for panel in &panels {
            panel.draw(&mut drawing, INK, "");
        }
        let has_beside = self.stages.iter().any(|stage| stage.beside);
        let height = if has_beside {
            // There is room below the stages beside the ladder.
            let below = self.beside(&mut drawing, columns, top) + 140;
            explained(&mut drawing, (&cures, &eases), self, (columns.beside, below, BESIDE)).max(foot + 160)
        } else {
            explained(&mut drawing, (&cures, &eases), self, (MARGIN, foot + 240, columns.whole - 2 * MARGIN))
                .max(foot + 160)
        };
        drawing.told(columns.whole, height, Told { class: "ladder", title: &title, alt: &self.alt(), style: STYLE })
    }

    /// The rungs from the most severe down, and where they end.
    fn rungs(&self, columns: Columns, top: Tenths) -> (Vec<Panel>, Tenths) {
        let (left, width) = columns.rungs;
        let mut panels = Vec::new();
        let mut y = top;
        for (index, stage) in self.stages.iter().enumerate().rev().filter(|(_, stage)| !stage.beside) {
            let panel = Panel::of(stage, index, (left, y), width);
            y += panel.height + GAP;
            panels.push(panel);
        }
        (panels, y - GAP)
    }

    /// The stages beside the ladder, and where they end.
    fn beside(&self, drawing: &mut Drawing, columns: Columns, top: Tenths) -> Tenths {
        let mut y = top;
        if self.stages.iter().all(|stage| !stage.beside) {
            return y;
        }
        let x = columns.beside;
        drawing.text((x, y + 100), Anchor::Start, Font { size: 11, fill: ASIDE, bold: true }, "Beside the ladder");
        let said = "taken while its condition holds; then back to the rung that was kept";
        y = lines(drawing, &wrapped(said, 10, BESIDE), (x, y + 250), SMALL) + 60;
        for (index, stage) in self.stages.iter().enumerate().filter(|(_, stage)| stage.beside) {
            let panel = Panel::of(stage, index, (x, y), BESIDE);
            panel.draw(drawing, ASIDE, "5 3");
            y += panel.height + 140;
        }
        y
    }
}

/// Lines below each other; gives the place below the last.
fn lines(drawing: &mut Drawing, lines: &[String], (x, mut y): (Tenths, Tenths), font: Font) -> Tenths {
    for line in lines {
        drawing.text((x, y), Anchor::Start, font, line);
        y += font.size * 14;
    }
    y
}

/// What the ways down are; gives the place below them.
fn explained(
    drawing: &mut Drawing,
    (cures, eases): (&[&Way], &[&Way]),
    graph: &Graph,
    (x, mut y, width): (Tenths, Tenths, Tenths),
) -> Tenths {
    let ways = cures.iter().zip(1..).map(|(way, number)| (*way, 'C', number, CURED));
    let ways = ways.chain(eases.iter().zip(1..).map(|(way, number)| (*way, 'D', number, DOWN)));
    for (way, letter, number, colour) in ways {
        lanes::badge(drawing, (x + 100, y - 35), &format!("{letter}{number}"), colour);
        let to = graph.stages.get(way.to).map_or("", |stage| stage.name.as_str());
        let word = if letter == 'C' { "Cured to" } else { "Down to" };
        let why = if way.why.is_empty() { String::new() } else { format!(": {}", way.why) };
        let said = format!("{word} {}{why}. When {}.", crate::wording::human(to), way.when);
        y = lines(drawing, &wrapped(&said, 10, width - 280), (x + 280, y), PLAIN) + 90;
    }
    y + 60
}
