//! What a policy decided: stages and types as bands, treatments as marks.

use super::svg::{Anchor, Font, Tenths, width_of};
use super::{Picture, SMALL};
use crate::timeline::{Day, Night};

/// Colours that follow each other where the stage or the type changes.
const BANDS: [&str; 8] = ["#dfe7ee", "#c3d3e3", "#a5bdd6", "#d9e4d4", "#bfd4b6", "#ece2cf", "#dccfae", "#e3d5e5"];
const HEIGHT: Tenths = 180;

impl Picture<'_> {
    /// Nothing where no policy was given.
    pub(super) fn nights(&mut self) {
        if self.timeline.days.iter().all(|day| day.night.is_none()) {
            return;
        }
        self.band("stage", |night| night.stage.clone());
        self.band("debtor type", |night| night.debtor_type.clone().unwrap_or_else(|| "not certain".to_owned()));
        let treatments = self.treatments();
        for treatment in treatments {
            self.treatment(&treatment);
        }
        self.part();
    }

    /// The stretches of days on which one word holds.
    fn band(&mut self, name: &str, word: impl Fn(&Night) -> String) {
        let top = self.row(HEIGHT + 40, name);
        let of = |day: &Day| day.night.as_ref().map(&word);
        let mut known: Vec<String> = Vec::new();
        for stretch in self.timeline.days.chunk_by(|a, b| of(a) == of(b)) {
            let (Some(first), Some(last)) = (stretch.first(), stretch.last()) else { continue };
            let Some(word) = of(first) else { continue };
            let place = known.iter().position(|known| *known == word).unwrap_or_else(|| {
                known.push(word.clone());
                known.len() - 1
            });
            let colour = BANDS.get(place % BANDS.len()).copied().unwrap_or_default();
            let (x, end) = (self.scale.begin(first.on), self.scale.end(last.on));
            let title = format!("{name} {word}: {} to {}", first.on, last.on);
            self.drawing.rectangle((x, top + 20), (end - x, HEIGHT), colour, &title);
            if width_of(&word, SMALL.size) + 40 < end - x {
                let font = Font { fill: "#333333", ..SMALL };
                self.drawing.text(((x + end) / 2, top + 20 + HEIGHT / 2 + 30), Anchor::Middle, font, &word);
            }
        }
    }

    /// The treatments that were chosen on some night, in the order of their first night.
    fn treatments(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for treatment in self.timeline.days.iter().filter_map(|day| day.night.as_ref()?.treatment.clone()) {
            if !found.contains(&treatment) {
                found.push(treatment);
            }
        }
        found
    }

    /// The nights on which a treatment was chosen.
    fn treatment(&mut self, name: &str) {
        let top = self.row(130, name);
        let chosen = |day: &Day| day.night.as_ref().is_some_and(|night| night.treatment.as_deref() == Some(name));
        for stretch in self.timeline.days.chunk_by(|a, b| chosen(a) == chosen(b)) {
            let (Some(first), Some(last)) = (stretch.first(), stretch.last()) else { continue };
            if chosen(first) {
                let (x, end) = (self.scale.begin(first.on), self.scale.end(last.on));
                let title = format!("{name}: {} to {}", first.on, last.on);
                self.drawing.rectangle((x, top + 25), ((end - x).max(20), 80), "#4a6fa5", &title);
            }
        }
    }
}
