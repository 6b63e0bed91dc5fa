//! What held for a while: pauses, arrangements, protections, placements; and what was learned late.

use super::svg::{Tenths, px};
use super::{LEFT, Picture};
use crate::timeline::{Day, DayFacts};

pub(super) const PAUSE: &str = "#9aa5b1";
pub(super) const PLAN: &str = "#5aa469";
pub(super) const PLAN_MISSED: &str = "#d98e04";
pub(super) const PROTECTION: &str = "#8064a2";
pub(super) const PLACEMENT: &str = "#4a6fa5";
const HEIGHT: Tenths = 160;

impl Picture<'_> {
    pub(super) fn bars(&mut self) {
        self.bar("paused", PAUSE, |facts| facts.paused);
        if self.timeline.days.iter().any(|day| day.facts.plan_missed.is_some()) {
            let top = self.row(HEIGHT, "arrangement");
            self.stretches(top, PLAN, "arrangement kept", |facts| facts.plan_missed == Some(0));
            self.stretches(top, PLAN_MISSED, "arrangement missed", |facts| facts.plan_missed.is_some_and(|it| it > 0));
        }
        for name in self.names(|facts| facts.protections.clone()) {
            self.bar(&name.replace('_', " "), PROTECTION, |facts| facts.protections.contains(&name));
        }
        for hand in self.names(|facts| facts.placed_with.iter().cloned().collect()) {
            self.bar(&format!("with {hand}"), PLACEMENT, |facts| facts.placed_with.as_ref() == Some(&hand));
        }
        self.learned_late();
        self.top += 60;
    }

    /// Every name that holds on some day, in the order in which they first do.
    fn names(&self, of: impl Fn(&DayFacts) -> Vec<String>) -> Vec<String> {
        let mut found = Vec::new();
        for name in self.timeline.days.iter().flat_map(|day| of(&day.facts)) {
            if !found.contains(&name) {
                found.push(name);
            }
        }
        found
    }

    /// A row of its own, if there is anything in it.
    fn bar(&mut self, name: &str, colour: &str, holds: impl Fn(&DayFacts) -> bool) {
        if self.timeline.days.iter().any(|day| holds(&day.facts)) {
            let top = self.row(HEIGHT, &short(name));
            self.stretches(top, colour, name, holds);
        }
    }

    fn stretches(&mut self, top: Tenths, colour: &str, name: &str, holds: impl Fn(&DayFacts) -> bool) {
        let is = |day: &Day| holds(&day.facts);
        for stretch in self.timeline.days.chunk_by(|a, b| is(a) == is(b)) {
            let (Some(first), Some(last)) = (stretch.first(), stretch.last()) else { continue };
            if is(first) {
                let (x, end) = (self.scale.begin(first.on), self.scale.end(last.on));
                let title = format!("{name}: {} to {}", first.on, last.on);
                self.drawing.rectangle((x, top + 35), (end - x, HEIGHT - 70), colour, &title);
            }
        }
    }

    /// A line from the day something happened to the day it became known.
    fn learned_late(&mut self) {
        let late: Vec<_> = self
            .timeline
            .days
            .iter()
            .flat_map(|day| day.learned.iter().map(move |learned| (learned.occurred_on, day.on, learned.words.clone())))
            .collect();
        if late.is_empty() {
            return;
        }
        let mut ends: Vec<Tenths> = Vec::new();
        let mut rows = Vec::new();
        for (occurred_on, known_on, _) in &late {
            let (x, end) = (self.scale.middle(*occurred_on), self.scale.middle(*known_on) + 100);
            let row = ends.iter().position(|free| *free <= x - 60).unwrap_or(ends.len());
            match ends.get_mut(row) {
                Some(free) => *free = end,
                None => ends.push(end),
            }
            rows.push(row);
        }
        let top = self.row(HEIGHT + 100 * i64::try_from(ends.len().saturating_sub(1)).unwrap_or(0), "learned late");
        for ((occurred_on, known_on, words), row) in late.into_iter().zip(rows) {
            let y = top + HEIGHT / 2 + 100 * i64::try_from(row).unwrap_or(0);
            let (x, end) = (self.scale.middle(occurred_on).max(LEFT), self.scale.middle(known_on));
            self.drawing.line((x, y), (end, y), "#333333", "2 2");
            let title = format!("{occurred_on}, known on {known_on}: {words}");
            let (cx, cy) = (px(x), px(y));
            let look = [("cx", cx.as_str()), ("cy", &cy), ("r", "3"), ("fill", "#ffffff"), ("stroke", "#333333")];
            self.drawing.element("circle", &look, &title);
            let cx = px(end);
            self.drawing.element("circle", &[("cx", &cx), ("cy", &cy), ("r", "3"), ("fill", "#333333")], &title);
        }
    }
}

/// A name that fits beside its row.
fn short(name: &str) -> String {
    const MOST: usize = 22;
    if name.chars().count() <= MOST { name.to_owned() } else { name.chars().take(MOST - 1).chain(['…']).collect() }
}
