//! Names that a history takes from the tables of the trade.

use super::Checking;
use crate::account::flags::{POINTS, flag_fact, flag_facts};
use crate::document::meant;
use crate::facts::{Channel, Wanted, Words, outcome_table, table};

impl Checking<'_> {
    pub(super) fn channel(&mut self, path: String, word: &str) {
        self.one_of(path, "channel", word, &Channel::ALL.map(Channel::word));
    }

    pub(super) fn outcome(&mut self, path: String, code: &str) {
        let codes: Vec<&str> = outcome_table().iter().map(|outcome| outcome.code).collect();
        self.one_of(path, "outcome", code, &codes);
    }

    pub(super) fn point(&mut self, path: String, word: &str) {
        self.one_of(path, "telephone number", word, &POINTS.map(|(point, _)| point));
    }

    pub(super) fn number_status(&mut self, path: String, word: &str) {
        if let Some(Words::Closed(words)) = table::find("number_mobile").map(|fact| fact.words) {
            self.one_of(path, "status of a number", word, words);
        }
    }

    pub(super) fn flag(&mut self, path: String, name: &str) {
        if flag_fact(name).is_none() {
            let names: Vec<&str> = flag_facts().map(|fact| fact.name).collect();
            self.one_of(path, "flag", name, &names);
        }
    }

    fn one_of(&mut self, path: String, what: &str, found: &str, known: &[&str]) {
        if known.contains(&found) {
            return;
        }
        let near = meant(found, known.iter().copied());
        self.report(path, format!("`{found}` is no {what}{near}: expected one of {}", known.join(", ")));
    }

    /// A noted fact of the table: one that a history does not compute, with a value that fits. A
    /// name that the table does not have is a bank's own fact, and read where its policy declares it.
    pub(super) fn note(&mut self, path: &str, note: &crate::account::Note) {
        use crate::account::noted::{how_it_is_said, notable};
        if let Some(how) = how_it_is_said(&note.fact) {
            self.report(format!("{path}.fact"), format!("`{}` is not noted: {how}", note.fact));
            return;
        }
        let Some(fact) = notable(&note.fact, &Wanted::default()) else { return };
        let Some(currency) = self.grounds.currency else { return };
        if let Err(error) = note.value.checked(&note.fact, fact.kind, currency) {
            self.report(format!("{path}.value"), error.to_string());
        }
    }
}
