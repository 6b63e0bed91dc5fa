//! Policies of any number of rules, made up from a seed: conditions over the same facts with
//! thresholds of their own, in about the mix that policies of banks have.

use crate::reference::accounts::Source;
use std::fmt::Write as _;

/// A policy holds at most 62 stages and types, and a fact at most 62 words.
const MOST_STAGES: usize = 40;
const MOST_TYPES: usize = 40;
const MOST: usize = 50;
const SEED: u64 = 7;
/// Days past due over which the stages are spread.
const DAYS: usize = 360;

/// How many statements of each kind there are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mix {
    pub(super) types: usize,
    pub(super) holds: usize,
    pub(super) stages: usize,
    pub(super) acts: usize,
    pub(super) treatments: usize,
}

impl Mix {
    /// A tenth each of types, holds and stages, as far as a policy takes them, a twentieth of
    /// acts; the others are treatments.
    pub(super) fn of(rules: usize) -> Self {
        let tenth = rules / 10;
        let types = tenth.clamp(2, MOST_TYPES);
        let holds = tenth.clamp(1, MOST);
        let stages = tenth.clamp(2, MOST_STAGES);
        let acts = (rules / 20).min(MOST);
        Self { types, holds, stages, acts, treatments: rules.saturating_sub(types + holds + stages + acts) }
    }
}

/// The days past due from which an account may stand on a stage.
pub(super) const fn begins(mix: &Mix, stage: usize) -> usize {
    1 + stage * DAYS / mix.stages
}

/// The policy as a file has it.
pub(super) fn text(rules: usize) -> String {
    let mix = Mix::of(rules);
    let mut written = Written { source: Source::new(SEED), text: HEAD.to_owned() };
    (1..mix.types).for_each(|number| written.debtor(number));
    written.line("debtor \"any other\" otherwise");
    (1..=mix.holds).for_each(|number| written.hold(number));
    (0..mix.stages).for_each(|number| {
        let floor = written.amount(5, 60);
        written.line(&format!("stage \"s{}\" when dpd >= {} && overdue >= {floor}", number + 1, begins(&mix, number)));
    });
    written.line("escalate #{ mode: \"skip\" }");
    (1..=mix.acts).for_each(|number| written.act(number));
    (1..=mix.treatments).for_each(|number| written.treatment(number, &mix));
    written.text
}

const HEAD: &str = r#"policy "made up" #{ version: "1", currency: "EUR", zone: "UTC", owner: "the benches", why: "to see what a rule costs" };
values segment = ["retail", "sme", "corporate"];
assume opted_out("letter") = false #{ why: "nobody is asked" };
assume opted_out("sms")    = false #{ why: "nobody is asked" };
assume opted_out("phone")  = false #{ why: "nobody is asked" };
assume opted_out("visit")  = false #{ why: "nobody is asked" };
"#;

struct Written {
    source: Source,
    text: String,
}

impl Written {
    fn line(&mut self, statement: &str) {
        // Writing to a text cannot fail.
        let _ = writeln!(self.text, "{statement};");
    }

    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.source.below(high - low + 1)
    }

    fn amount(&mut self, low: i64, high: i64) -> String {
        let cents = self.between(low * 100, high * 100);
        format!("{}.{:02}", cents / 100, cents % 100)
    }

    fn one<'w>(&mut self, words: &[&'w str]) -> &'w str {
        let place = self.source.below(words.len() as i64);
        words.get(place as usize).copied().unwrap_or_default()
    }

    /// One comparison, with a threshold of its own.
    fn comparison(&mut self) -> String {
        match self.source.below(12) {
            0 => format!("overdue >= {}", self.amount(20, 3000)),
            1 => format!("overdue < {}", self.amount(200, 8000)),
            2 => format!("balance >= {}", self.amount(100, 20_000)),
            3 => format!("inflow_3d + inflow_3d < overdue + {}", self.amount(1, 100)),
            4 => format!("promises_broken >= {}", self.between(1, 3)),
            5 => format!("promises_broken <= {}", self.between(0, 2)),
            6 => format!("calls_made >= {}", self.between(1, 6)),
            7 => format!("calls_unanswered < {}", self.between(1, 6)),
            8 => format!("contacts_7d <= {}", self.between(1, 5)),
            9 => format!("days_since_contact >= {}", self.between(1, 9)),
            10 => format!("months_on_book >= {}", self.between(3, 120)),
            _ => self.one(&["hostile", "!hostile", "refused", "!refused", "segment == \"retail\""]).to_owned(),
        }
    }

    /// Two or three comparisons that must hold, of which one may be either of two.
    fn condition(&mut self) -> String {
        let mut parts = vec![self.comparison(), self.comparison()];
        if self.source.chance(0.4) {
            parts.push(format!("({} || {})", self.comparison(), self.comparison()));
        }
        parts.join(" && ")
    }

    fn debtor(&mut self, number: usize) {
        let from = self.between(1, 200);
        let (to, condition) = (from + self.between(20, 160), self.condition());
        self.line(&format!("debtor \"type {number}\" when dpd in {from}..={to} && {condition}"));
    }

    fn hold(&mut self, number: usize) {
        let flag = self.one(&["dispute", "hardship", "bankrupt", "deceased"]);
        let narrower = match self.source.chance(0.5) {
            true => format!("dpd <= {}", self.between(30, 240)),
            false => format!("overdue < {}", self.amount(100, 9000)),
        };
        self.line(&format!(
            "hold \"hold {number}\" when {flag} && {narrower} #{{ stops: [\"contact\", \"enforcement\"] }}"
        ));
    }

    fn act(&mut self, number: usize) {
        let (days, balance) = (self.between(20, 300), self.amount(50, 5000));
        self.line(&format!(
            "act \"act {number}\" when dpd > {days} && balance >= {balance} do block(#{{ what: \"card\" }})"
        ));
    }

    /// A treatment of one to three stages that follow one another; half ask for a type.
    fn treatment(&mut self, number: usize, mix: &Mix) {
        let first = self.between(1, mix.stages as i64);
        let last = (first + self.between(0, 2)).min(mix.stages as i64);
        let stages: Vec<String> = (first..=last).map(|stage| format!("\"s{stage}\"")).collect();
        let mut condition = self.condition();
        if mix.types > 1 && self.source.chance(0.5) {
            let kind = self.between(1, mix.types as i64 - 1);
            condition = format!("debtor_type == \"type {kind}\" && {condition}");
        }
        let verb = self.one(&["sms()", "letter()", "phone()", "visit()", "offer()", "system(#{ what: \"wait\" })"]);
        self.line(&format!("treatment \"treatment {number}\" in [{}] when {condition} do {verb}", stages.join(", ")));
    }
}

#[cfg(test)]
mod tests {
    use super::{Mix, text};

    #[test]
    fn a_policy_has_the_rules_that_were_asked_for() {
        for rules in [10, 100, 1000] {
            let written = text(rules);
            let count = |word: &str| written.lines().filter(|line| line.starts_with(word)).count();
            let counted: usize = ["debtor ", "hold ", "stage ", "act ", "treatment "].map(count).iter().sum();
            assert_eq!(counted, rules);
            let loaded = arrears_rules::load_source("made-up.rhai", &written, &[]);
            let policy = loaded.policy.unwrap();
            assert_eq!(policy.treatments().len(), Mix::of(rules).treatments);
        }
    }
}
