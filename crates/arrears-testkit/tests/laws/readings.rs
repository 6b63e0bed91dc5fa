//! Every reading of a condition agrees: over a row, for missing facts, for reasons, and
//! as written.

use crate::{bound, cases, day, law};
use arrears::condition::{Cond, RowReading, Term, Truth, missing_facts};
use arrears::draft::{Draft, Keyword, Statement};
use arrears::explain::Reason;
use arrears::{Cell, Decision, Facts, Policy, decide_today, explain};
use arrears_testkit::generate::{Kinds, books};
use arrears_testkit::reference::{self, Found};
use arrears_testkit::written::expression;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// The written conditions in the order of [`Policy::each_cond`].
fn terms(draft: &Draft) -> Vec<&Term> {
    use Keyword::{Act, Applies, Cure, Debtor, Duty, Ease, Hold, Sign, Stage, Treatment};
    let mut terms = Vec::new();
    for keyword in [Applies, Sign, Hold, Debtor, Stage, Ease, Cure, Duty, Act, Treatment] {
        for statement in draft.statements.iter().filter(|statement| statement.keyword == keyword) {
            terms.extend(&statement.when);
            terms.extend(&statement.unless);
        }
    }
    terms
}

fn conditions(policy: &Policy) -> Vec<&Cond> {
    let mut conditions = Vec::new();
    policy.each_cond(&mut |cond| conditions.push(cond));
    conditions
}

/// The cells that conditions see once the stage is decided.
fn cells(policy: &Policy, facts: &Facts, decision: &Decision) -> Vec<Cell> {
    let mut cells = bound(policy, facts).cells().to_vec();
    if let Some(slot) = policy.find_input("current_stage").and_then(|id| cells.get_mut(id.index())) {
        *slot = Cell::number(i64::try_from(decision.stage.index()).unwrap());
    }
    cells
}

fn truth(found: &Found<'_>, term: &Term) -> Truth {
    found.reading.truth(term).map_or(Truth::Unknown, Truth::of)
}

/// Whether a condition can be unknown although every fact is known: it asks for a debtor
/// type that is not certain, or computes what does not fit or cannot be divided.
fn may_lack_nothing(term: &Term) -> bool {
    let text = expression(term);
    ["debtor_type", " / ", " * ", " + ", " - ", "utilisation", "word_"].iter().any(|sign| text.contains(sign))
}

/// The statement that a part of an explanation speaks of.
fn told<'d>(draft: &'d Draft, step: &str, text: &str) -> Option<&'d Statement> {
    let keyword = match step {
        "who" => Keyword::Debtor,
        "sign" => Keyword::Sign,
        "hold" => Keyword::Hold,
        "stage" => Keyword::Stage,
        "turn" => Keyword::Treatment,
        "act" => Keyword::Act,
        _ => Keyword::Duty,
    };
    let text = text.trim_start_matches("perhaps ").trim_start_matches("not yet ").trim_start_matches(['`', '"']);
    let named = draft
        .statements
        .iter()
        .filter(|statement| statement.keyword == keyword && text.starts_with(statement.name_text()));
    named.max_by_key(|statement| statement.name_text().len())
}

/// Whether the truth of `&&` and `||` follows from that of their parts.
fn hangs_together(reason: &Reason) -> bool {
    reason.parts.iter().all(hangs_together)
        && (reason.parts.is_empty() || reason.parts.iter().any(|part| part.truth == reason.truth))
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_condition_reads_the_same_over_a_row_and_as_written(book in books(Kinds::ALL)) {
        let thresholds: Vec<i64> = book.policy.thresholds().iter().map(|threshold| threshold.written).collect();
        let (terms, conditions) = (terms(&book.draft), conditions(&book.policy));
        prop_assert_eq!(terms.len(), conditions.len());
        for facts in &book.accounts {
            let decision = decide_today(&book.policy, &bound(&book.policy, facts), &law(), day(), None);
            let found = reference::decide(&book.draft, facts);
            let cells = cells(&book.policy, facts, &decision);
            let reading = RowReading { cells: &cells, thresholds: &thresholds, types: decision.types };
            for (term, cond) in terms.iter().zip(&conditions) {
                let read = cond.read(&reading);
                prop_assert_eq!(read, truth(&found, term), "{}\n{:?}", expression(term), facts);
                let mut missing = Vec::new();
                missing_facts(cond, reading, &mut missing);
                prop_assert!(missing.is_empty() || read.is_unknown(), "{}\n{missing:?}", expression(term));
                prop_assert!(!missing.is_empty() || !read.is_unknown() || may_lack_nothing(term), "{}\n{facts:?}", expression(term));
                prop_assert!(missing.iter().all(|fact| reading.cell(*fact).is_unknown()));
            }
        }
    }

    #[test]
    fn an_explanation_tells_the_truths_that_decided(book in books(Kinds { accounts: 2, ..Kinds::ALL })) {
        for facts in &book.accounts {
            let row = bound(&book.policy, facts);
            let explanation = explain(&book.policy, &row, "A-1", &law(), day());
            let decision = arrears::decide(&book.policy, &row, &law(), day());
            prop_assert_eq!(&explanation.decision, &decision.record(&book.policy, "A-1"));
            let found = reference::decide(&book.draft, facts);
            let named: BTreeSet<&str> = explanation.missing.iter().map(|(name, _)| name.as_str()).collect();
            prop_assert_eq!(named.len(), found.outcome.missing.len(), "{:?}", named);
            for part in &explanation.parts {
                let Some(statement) = told(&book.draft, part.step, &part.text) else { continue };
                for (clause, reason) in &part.clauses {
                    let term = if clause == "unless" { &statement.unless } else { &statement.when };
                    let Some(term) = term else { continue };
                    prop_assert_eq!(reason.truth, truth(&found, term).word(), "{}\n{:?}", part.text, facts);
                    prop_assert!(hangs_together(reason), "{reason:#?}");
                }
            }
        }
    }
}
