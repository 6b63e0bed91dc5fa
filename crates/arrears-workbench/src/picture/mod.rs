//! A timeline as a picture: one SVG document on white, the same bytes for the same timeline.
//!
//! From top to bottom: months, days past due by bucket, what a policy decided (where one was
//! given), money, contacts by channel, promises, and what else held for a while. Every mark
//! carries its words as a title, which viewers show where one points at it.

mod bars;
mod contacts;
mod course;
mod legend;
mod money;
mod nights;
mod promises;
mod scale;
pub(crate) mod svg;

use crate::timeline::{Timeline, is_shown, words};
use arrears::account::{Account, Event};
use scale::Scale;
use svg::{Anchor, Drawing, Font, Tenths};

/// The width of a picture.
const WIDTH: Tenths = 12_000;
/// Where the first day begins: left of it stand the names of the rows.
const LEFT: Tenths = 1_500;
/// Letters and marks.
const INK: &str = "#333333";
/// Lines in the background.
const FAINT: &str = "#e6e6e6";
/// The names of the rows.
const LABEL: Font = Font { size: 11, fill: INK, bold: false };
/// Numbers and other small print.
const SMALL: Font = Font { size: 9, fill: "#666666", bold: false };

/// What is drawn, and from where on.
struct Picture<'a> {
    account: &'a Account,
    timeline: &'a Timeline,
    /// Every event that is shown.
    events: Vec<&'a Event>,
    scale: Scale,
    drawing: Drawing,
    /// The first place that is free, from the top.
    top: Tenths,
}

/// The timeline of an account as an SVG document.
pub fn picture(account: &Account, timeline: &Timeline) -> String {
    let (Some(first), Some(last)) = (timeline.days.first(), timeline.days.last()) else {
        return Drawing::default().finish(WIDTH, 0, &timeline.account_id);
    };
    let scale = Scale::new(first.on, last.on);
    let shown = |event: &&Event| scale.shows(event.occurred_on) && is_shown(account, event, timeline.known_to());
    let mut picture = Picture {
        account,
        timeline,
        events: account.events().iter().filter(shown).collect(),
        scale,
        drawing: Drawing::default(),
        top: 700,
    };
    picture.course();
    picture.nights();
    picture.money();
    picture.contacts();
    picture.promises();
    picture.bars();
    let bottom = picture.top;
    picture.legend();
    // Lines between months lie behind everything else.
    let mut behind = Drawing::default();
    let title = format!("{}, {} to {}", timeline.account_id, first.on, last.on);
    behind.text((200, 280), Anchor::Start, Font { size: 16, fill: INK, bold: true }, &title);
    let known = match timeline.known_day() {
        Some(day) => format!("amounts in {}; as known on {day}", timeline.currency),
        None => format!("amounts in {}; each day as it was known on that day", timeline.currency),
    };
    behind.text((200, 440), Anchor::Start, LABEL, &known);
    scale.months(&mut behind, 540, bottom);
    behind.append(picture.drawing);
    behind.finish(WIDTH, picture.top, &title)
}

impl Picture<'_> {
    /// Takes room for a row and names it.
    fn row(&mut self, height: Tenths, name: &str) -> Tenths {
        let top = self.top;
        self.top += height;
        if !name.is_empty() {
            self.drawing.text((200, top + height / 2 + 40), Anchor::Start, LABEL, name);
        }
        top
    }

    /// An event with its day, as the title of its mark.
    fn said(&self, event: &Event) -> String {
        format!("{}: {}", event.occurred_on, words(self.account, event))
    }

    /// Leaves room between two parts of the picture, with a line.
    fn part(&mut self) {
        self.drawing.line((LEFT, self.top + 60), (self.scale.right(), self.top + 60), FAINT, "");
        self.top += 120;
    }
}
