//! What the marks mean.

use super::contacts::Mark;
use super::svg::{Anchor, Font, Tenths, px, width_of};
use super::{INK, Picture, bars, course, money, promises};

const FONT: Font = Font { size: 10, fill: INK, bold: false };
const LINE: Tenths = 180;

/// How an entry is drawn.
#[derive(Clone, Copy)]
enum Sample {
    Box(&'static str),
    Dashed,
    Due,
    Mark(Mark, bool),
    Bracket(&'static str),
    Vague,
    Late,
}

impl Picture<'_> {
    /// Entries in lines, as many to a line as fit.
    pub(super) fn legend(&mut self) {
        self.top += 140;
        let (mut x, mut y) = (200, self.top);
        for (sample, words) in self.entries() {
            let width = 220 + width_of(&words, FONT.size) + 150;
            if x + width > super::WIDTH {
                x = 200;
                y += LINE;
            }
            self.sample(sample, x + 80, y);
            self.drawing.text((x + 190, y + 35), Anchor::Start, FONT, &words);
            x += width;
        }
        self.top = y + LINE;
    }

    /// Only what is in the picture is explained.
    fn entries(&self) -> Vec<(Sample, String)> {
        let days = &self.timeline.days;
        let mut entries = Vec::new();
        let last = course::BUCKETS.len();
        for bucket in 1..=last {
            let is_in = |found: usize| found == bucket || (bucket == last && found > last);
            if days.iter().any(|day| day.facts.dpd > 0 && is_in(day.facts.bucket)) {
                let more =
                    if days.iter().any(|day| day.facts.bucket > last) && bucket == last { " and more" } else { "" };
                entries.push((Sample::Box(course::colour(bucket)), format!("bucket {bucket}{more}")));
            }
        }
        let body = self.drawing.body();
        let mut add = |shown: bool, sample: Sample, words: &str| {
            if shown {
                entries.push((sample, words.to_owned()));
            }
        };
        let drawn = |colour: &str| body.contains(colour);
        add(drawn(money::PAID), Sample::Box(money::PAID), "payment");
        add(drawn(money::CREDITED), Sample::Box(money::CREDITED), "credit");
        add(drawn(money::LOST_DASHES), Sample::Dashed, "payment that did not hold or was given back");
        add(drawn(money::LOST_DASHES), Sample::Box(money::LOST), "the day on which it went");
        add(drawn(money::INFLOW), Sample::Box(money::INFLOW), "money in the customer's accounts");
        add(drawn(money::DUE), Sample::Due, "due day");
        let marks = || self.events.iter().filter_map(|event| Mark::of_event(event));
        for (mark, words) in [
            (Mark::Sent, "message sent"),
            (Mark::Reached, "right person reached"),
            (Mark::Missed, "nobody reached"),
            (Mark::Trouble, "refused, angry, wrong number, danger, complaint"),
        ] {
            add(marks().any(|(made, _)| made == mark), Sample::Mark(mark, false), words);
        }
        add(marks().any(|(_, inbound)| inbound), Sample::Mark(Mark::Reached, true), "by the customer");
        let parts = || self.timeline.promises.iter().flat_map(|promise| &promise.parts);
        let ended = |colour: &str| parts().any(|(_, standing)| promises::colour(*standing) == colour);
        for (colour, words) in [
            (promises::KEPT, "promise kept"),
            (promises::PARTLY, "promise broken, kept in part"),
            (promises::BROKEN, "promise broken"),
            (promises::OPEN, "promise open or replaced"),
        ] {
            add(ended(colour), Sample::Bracket(colour), words);
        }
        add(self.timeline.promises.iter().any(|it| it.is_vague()), Sample::Vague, "promise without a day or a sum");
        let kept = days.iter().any(|day| day.facts.plan_missed == Some(0));
        add(kept, Sample::Box(bars::PLAN), "arrangement kept");
        let missed = days.iter().any(|day| day.facts.plan_missed.is_some_and(|missed| missed > 0));
        add(missed, Sample::Box(bars::PLAN_MISSED), "arrangement missed");
        add(days.iter().any(|day| !day.learned.is_empty()), Sample::Late, "happened, and known only later");
        entries
    }

    fn sample(&mut self, sample: Sample, x: Tenths, y: Tenths) {
        match sample {
            Sample::Box(colour) => self.drawing.rectangle((x - 50, y - 40), (100, 80), colour, ""),
            Sample::Dashed => {
                let (x, y) = (px(x - 50), px(y - 40));
                let place = [("x", x.as_str()), ("y", &y), ("width", "10"), ("height", "8"), ("fill", "#ffffff")];
                let look = [("stroke", money::LOST), ("stroke-dasharray", money::LOST_DASHES)];
                self.drawing.element("rect", &[&place[..], &look[..]].concat(), "");
            }
            Sample::Due => {
                let points =
                    format!("{},{} {},{} {},{}", px(x), px(y - 35), px(x - 35), px(y + 35), px(x + 35), px(y + 35));
                self.drawing.element("polygon", &[("points", &points), ("fill", money::DUE)], "");
            }
            Sample::Mark(mark, inbound) => self.mark(x, y + if inbound { 20 } else { 0 }, mark, inbound, ""),
            Sample::Bracket(colour) => {
                let path = format!("M{} {}V{}H{}V{}", px(x - 60), px(y + 40), px(y - 30), px(x + 60), px(y + 40));
                let look = [("d", path.as_str()), ("stroke", colour), ("stroke-width", "2"), ("fill", "none")];
                self.drawing.element("path", &look, "");
            }
            Sample::Vague => {
                let font = Font { size: 12, fill: promises::OPEN, bold: true };
                self.drawing.text((x, y + 40), Anchor::Middle, font, "?");
            }
            Sample::Late => {
                self.drawing.line((x - 50, y), (x + 50, y), "#333333", "2 2");
                let (from, to, cy) = (px(x - 50), px(x + 50), px(y));
                let open = [("cx", from.as_str()), ("cy", &cy), ("r", "3"), ("fill", "#ffffff"), ("stroke", "#333333")];
                self.drawing.element("circle", &open, "");
                self.drawing.element("circle", &[("cx", &to), ("cy", &cy), ("r", "3"), ("fill", "#333333")], "");
            }
        }
    }
}
