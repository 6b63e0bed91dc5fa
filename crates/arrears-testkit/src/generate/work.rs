//! Random work: duties, acts, treatments.

use super::build::{flag, options, statement, text, texts, verb, whole};
use super::people::PURPOSES;
use super::policy::Writer;
use super::terms::{Terms, When};
use arrears::Kind;
use arrears::draft::{Keyword, VerbCall};

const VERBS: [&str; 14] = [
    "sms",
    "letter",
    "phone",
    "visit",
    "ivr",
    "litigation",
    "place",
    "push",
    "email",
    "branch",
    "offer",
    "note",
    "waive",
    "review",
];

impl Writer<'_> {
    pub(super) fn work(&mut self) {
        for named in self.shape.duties.clone() {
            let mut duty = statement(Keyword::Duty, named);
            duty.when = Some(self.condition(When::Staged, 1));
            let mut entries = vec![("text", text("overdue_notice"))];
            if self.choices.chance(70) {
                let days = self.days(&[14, 5, 1]);
                entries.push(("within", days));
            }
            if self.choices.chance(50) {
                entries.push(("from", text("first_missed")));
            }
            duty.act = Some(verb(self.choices.text(&["letter", "email", "note"]), entries));
            self.push(duty);
        }
        for named in ["act one", "act two"] {
            if self.choices.chance(40) {
                let mut act = statement(Keyword::Act, named);
                act.when = Some(self.condition(When::Staged, 1));
                act.act =
                    Some(verb(self.choices.text(&["block", "reduce", "restore_limit", "note", "debit"]), Vec::new()));
                self.push(act);
            }
        }
        self.treatments();
        if self.choices.chance(30) {
            let mut hours = statement(Keyword::Hours, "shift_worker");
            hours.options = options(vec![("from", text("10:00")), ("to", text("12:30"))]);
            self.push(hours);
        }
        if self.choices.chance(70) {
            let mut priority = statement(Keyword::Priority, "");
            let kind = self.choices.pick(&[Kind::Money, Kind::Ratio, Kind::Days], Kind::Money);
            priority.value =
                Some(Terms { choices: self.choices, shape: &self.shape, when: When::Staged }.number(kind, 2));
            self.push(priority);
        }
    }

    fn treatments(&mut self) {
        let names = self.shape.treatments.clone();
        let stages: Vec<&str> =
            ["current"].into_iter().chain(self.shape.stages.iter().map(|(name, _)| *name)).collect();
        let places: Vec<Vec<&str>> = names
            .iter()
            .map(|_| {
                let first = self.choices.pick(&stages, "current");
                let more = stages.iter().copied().filter(|stage| *stage != first && self.choices.chance(55));
                let mut here = vec![first];
                here.extend(more);
                here
            })
            .collect();
        for (at, named) in names.iter().enumerate() {
            let here = places.get(at).cloned().unwrap_or_default();
            let later: Vec<&str> = names
                .iter()
                .zip(&places)
                .skip(at + 1)
                .filter(|(_, there)| there.iter().any(|stage| here.contains(stage)))
                .map(|(name, _)| *name)
                .collect();
            let mut treatment = statement(Keyword::Treatment, named);
            treatment.stages = Some(texts(&here));
            if self.choices.chance(50) {
                treatment.when = Some(self.condition(When::Staged, 1));
            }
            if self.choices.chance(25) {
                treatment.unless = Some(self.condition(When::Staged, 0));
            }
            treatment.act = Some(self.treatment(&later));
            self.push(treatment);
        }
    }

    fn treatment(&mut self, later: &[&str]) -> VerbCall {
        let word = self.choices.text(&VERBS);
        let mut entries = Vec::new();
        if self.choices.chance(50) {
            let days = self.days(&[3, 7, 1, 14]);
            entries.push(("every", days));
        }
        if self.choices.chance(30) {
            entries.push(("at_most", whole(self.choices.pick(&[1, 2, 3, 0], 1))));
        }
        if self.choices.chance(25) {
            let numbers = [vec!["mobile"], vec!["mobile", "work"], vec!["work", "home", "mobile"]];
            let at = self.choices.below(numbers.len());
            entries.push(("numbers", texts(numbers.get(at).map_or(&["mobile"], Vec::as_slice))));
        }
        if self.choices.chance(15) {
            entries.push(("consent", flag(true)));
        }
        if self.choices.chance(25) {
            entries.push(("purpose", text(self.choices.text(&PURPOSES))));
        }
        if self.choices.chance(15) {
            entries.push(("approval", text("team leader")));
        }
        if self.choices.chance(25) {
            entries.push(("at", text(self.choices.text(&["15:00", "09:30-11:00", "23:30"]))));
        }
        if self.choices.chance(20) {
            entries.push(("text", text(self.choices.text(&["gentle", "overdue_notice"]))));
        }
        if !later.is_empty() && self.choices.chance(40) {
            entries.push(("instead", text(self.choices.text(later))));
        }
        verb(word, entries)
    }
}
