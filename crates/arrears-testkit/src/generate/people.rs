//! Random statements about people: signs, debtor types, holds.

use super::build::{flag, options, statement, texts, whole};
use super::policy::Writer;
use super::terms::When;
use arrears::draft::Keyword;

pub(super) const PURPOSES: [&str; 5] = ["demand", "information", "statement", "required_notice", "reply"];
const CLASSES: [&str; 5] = ["contact", "enforcement", "relief", "internal", "required_notice"];

impl Writer<'_> {
    pub(super) fn people(&mut self) {
        for (at, axis) in ["willingness", "ability"].into_iter().enumerate() {
            if !self.shape.axes.get(at).copied().unwrap_or(false) {
                continue;
            }
            for sign in 0..1 + self.choices.below(3) {
                let mut seen = statement(Keyword::Sign, &format!("{axis} sign {sign}"));
                seen.when = Some(self.condition(When::Facts, 1));
                let points = self.choices.pick(&[2, -2, 1, -1, 3], 2);
                let mut entries = vec![(axis, whole(points))];
                if self.choices.chance(50) {
                    entries.push(("lasts", whole(self.choices.pick(&[30, 7, 90], 30))));
                }
                seen.options = options(entries);
                self.push(seen);
            }
        }
        let types = self.shape.types.clone();
        for (at, kind) in types.iter().enumerate() {
            let mut debtor = statement(Keyword::Debtor, kind);
            if at + 1 == types.len() {
                debtor.otherwise = true;
            } else {
                debtor.when = Some(self.condition(When::Assessed, 2));
            }
            let mut entries = Vec::new();
            if self.choices.chance(20) {
                entries.push(("review", flag(true)));
            }
            if at == 0 && self.choices.chance(20) {
                entries.push(("formerly", texts(&["old type"])));
            }
            debtor.options = options(entries);
            self.push(debtor);
        }
        for named in ["hold one", "hold two"] {
            if self.choices.chance(50) {
                self.hold(named);
            }
        }
    }

    fn hold(&mut self, named: &str) {
        let mut hold = statement(Keyword::Hold, named);
        hold.when = Some(self.condition(When::Assessed, 1));
        let mut stops = vec![self.choices.text(&CLASSES)];
        for more in CLASSES.into_iter().chain(self.shape.duties.iter().copied()) {
            if self.choices.chance(25) && !stops.contains(&more) {
                stops.push(more);
            }
        }
        let mut entries = vec![("stops", texts(&stops))];
        if self.choices.chance(30) {
            entries.push(("keeps", texts(&[self.choices.text(&PURPOSES)])));
        }
        hold.options = options(entries);
        self.push(hold);
    }
}
