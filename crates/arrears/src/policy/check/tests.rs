//! The policy's own tests: that they speak of facts and results that exist.

use super::options::points;
use super::{Checker, Phase};
use crate::condition::{Named, Term, TermKind};
use crate::draft::Keyword;
use crate::policy::{Input, Need};
use crate::problem::Problem;

/// What `expect` may speak of.
pub(crate) const EXPECTED: [&str; 16] = [
    "debtor_type",
    "stage",
    "stage_reason",
    "action",
    "treatment",
    "channel",
    "acts",
    "duties",
    "held_by",
    "missing",
    "approval",
    "contact_point",
    "slot_from",
    "willingness",
    "ability",
    "quadrant",
];

impl Checker<'_> {
    /// Checks `given`, `after` and `expect` of every test.
    pub(crate) fn check_tests(&mut self) {
        for statement in self.declared.all(Keyword::Test) {
            if let Some(given) = &statement.given {
                self.check_given(given);
            }
            if let Some(after) = &statement.after
                && !points(after).is_some_and(|days| (0..=366).contains(&days))
            {
                let problem =
                    Problem::error("P208", "`after` takes a whole number of days").at(after.span, "expected 0 to 366");
                self.report(problem);
            }
            if let Some(expect) = &statement.expect {
                self.check_expect(expect);
            }
        }
    }

    fn check_given(&mut self, given: &Term) {
        match &given.kind {
            TermKind::Name(name) if name == "quiet" => {}
            TermKind::Arith(crate::condition::Arith::Add, left, right) => {
                self.check_given(left);
                self.check_given(right);
            }
            TermKind::Map(entries) => {
                for (key, value) in entries {
                    self.check_given_fact(key, value);
                }
            }
            _ => {
                let problem = Problem::error("P119", "`given` takes facts")
                    .at(given.span, "expected `quiet`, a map, or `quiet + #{ ... }`");
                self.report(problem);
            }
        }
    }

    fn given_value(&mut self, input: &Input, key: &Named, value: &Term) {
        if input.need == Need::Result {
            let problem = Problem::error("P119", format!("`{}` is decided, not given", key.text))
                .at(key.span, "a result of the decision")
                .help("a test expects results; what the last decision left is `previous_stage` and the like");
            self.report(problem);
            return;
        }
        self.value_of(input, value);
    }

    fn check_given_fact(&mut self, key: &Named, value: &Term) {
        if let Some(id) = self.vocabulary.find(&key.text) {
            if let Some(input) = self.vocabulary.get(id).cloned() {
                self.given_value(&input, key, value);
            }
            return;
        }
        if self.declared.find(Keyword::Fact, &key.text).is_some() && !self.vocabulary.own.contains_key(&key.text) {
            // A fact without a kind: reported where it is declared.
            return;
        }
        let known = crate::facts::table::find(&key.text).is_some() || self.vocabulary.own.contains_key(&key.text);
        if known {
            // A fact that no condition reads changes nothing, but it must still fit.
            let before = self.vocabulary.inputs.len();
            if let Some(id) = self.fact(&key.text, key.span, Phase::Decided)
                && let Some(input) = self.vocabulary.get(id).cloned()
            {
                self.given_value(&input, key, value);
            }
            self.vocabulary.forget(before);
            return;
        }
        let names: Vec<String> = self.vocabulary.inputs.iter().map(|input| input.name.clone()).collect();
        let table = crate::facts::table::all().map(|def| def.name);
        let untaught = self.outcomes_unread && key.text.starts_with("learned_");
        if untaught || self.declared.is_broken(Keyword::Fact, &key.text) {
            return;
        }
        let problem = Problem::error("P101", format!("unknown fact `{}`", key.text))
            .at(key.span, "neither a fact nor a column of this policy")
            .nearest(key.span, &key.text, names.iter().map(String::as_str).chain(table));
        self.report(problem);
    }

    fn check_expect(&mut self, expect: &Term) {
        let TermKind::Map(entries) = &expect.kind else {
            let problem = Problem::error("P119", "`expect` takes results of the decision")
                .at(expect.span, "expected a map: #{ stage: \"firm\" }");
            self.report(problem);
            return;
        };
        for (key, value) in entries {
            if !EXPECTED.contains(&key.text.as_str()) {
                let problem = Problem::error("P119", format!("a decision has no `{}`", key.text))
                    .at(key.span, "not a result")
                    .nearest(key.span, &key.text, EXPECTED);
                let problem = if problem.help.is_none() {
                    problem.help(format!("results are {}", EXPECTED.join(", ")))
                } else {
                    problem
                };
                self.report(problem);
                continue;
            }
            let list = matches!(key.text.as_str(), "acts" | "duties" | "held_by" | "missing");
            let fits = match &value.kind {
                TermKind::List(items) => list && items.iter().all(|item| item.as_text().is_some()),
                TermKind::Text(_) => !list,
                _ => false,
            };
            if !fits {
                let wanted = if list { "a list of texts" } else { "a text" };
                let problem = Problem::error("P208", format!("`{}` is {wanted}", key.text))
                    .at(value.span, format!("expected {wanted}"));
                self.report(problem);
                continue;
            }
            self.check_expected_name(&key.text, value);
        }
    }

    fn check_expected_name(&mut self, key: &str, value: &Term) {
        let Some(word) = value.as_text() else { return };
        let (keyword, extra) = match key {
            "stage" => (Keyword::Stage, "current"),
            "debtor_type" => (Keyword::Debtor, "unknown"),
            "treatment" => (Keyword::Treatment, "none"),
            _ => return,
        };
        if word != extra && !self.declared.names(keyword).contains(&word) {
            let _: Option<()> = self.unknown_name(keyword, word, value.span);
        }
    }
}
