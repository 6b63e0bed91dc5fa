//! Stats.
use arrears::{Law, decide};
use arrears_testkit::generate::{Kinds, books};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;
#[test]
fn stats() {
    let mut runner = TestRunner::deterministic();
    let strategy = books(Kinds::ALL);
    let mut n: BTreeMap<String, usize> = BTreeMap::new();
    let law = Law::none("x").unwrap();
    let day = "2026-03-31".parse().unwrap();
    for _ in 0..2000 {
        let book = strategy.new_tree(&mut runner).unwrap().current();
        for facts in &book.accounts {
            let row = book.policy.bind(facts).unwrap();
            let d = decide(&book.policy, &row, &law, day);
            let r = d.record(&book.policy, "a");
            let mut hit = |k: String| *n.entry(k).or_default() += 1;
            hit("all".into());
            let action = if r.treatment.is_some() { "do".to_string() } else { r.action.clone() };
            hit(format!("action {action}"));
            hit(format!("reason {}", r.stage_reason));
            hit(format!("stage {}", r.stage));
            for f in &r.flags { hit(format!("flag {f}")); }
            if r.debtor_type.is_none() { hit("type open".into()); }
            if !r.acts.is_empty() { hit("acts".into()); }
            if !r.duties.is_empty() { hit("duties".into()); }
            if !r.held_by.is_empty() { hit("holds".into()); }
            if r.contact_point.is_some() { hit("point".into()); }
            if r.slot.is_some() { hit("slot".into()); }
            if r.approval.is_some() { hit("approval".into()); }
            for v in &r.vetoed_by { hit(format!("veto {}", v.split(": ").nth(1).unwrap().split(' ').next().unwrap())); }
            if let Some(x) = r.next_review_on { let k = (x - day).num_days(); hit(format!("review {}", if k==1 {"1"} else if k<=7 {"2-7"} else if k <= 45 {"8-45"} else {"46+"})); }
            if r.review_exact { hit("exact".into()); }
            if r.priority.is_some() { hit("priority".into()); }
        }
    }
    for (k, v) in n { println!("{v:6} {k}"); }
}
