//! What holds of every clause, on random policies and accounts: how a part is seen, held against reading the clause
//! again with that part alone turned.

use super::branch::Branch;
use super::plan::{Plan, asked, clauses};
use crate::clauses::{Read, statements};
use arrears::Law;
use arrears::condition::{Cond, CondKind, RowReading, Truth};
use arrears::decide::decide_today;
use arrears_testkit::generate::{Kinds, books};
use proptest::prelude::*;

/// The clause with the part at a place among those that ask something turned to another truth: the slow and obvious way.
fn turned(cond: &Cond, reading: &RowReading<'_>, (at, to): (usize, Truth), next: &mut usize) -> Truth {
    let mut part = |part: &Cond| turned(part, reading, (at, to), next);
    match &cond.kind {
        CondKind::Define(_, inner) => part(inner),
        CondKind::Constant(_) => cond.read(reading),
        CondKind::Not(inner) => part(inner).not(),
        CondKind::All(parts) => parts.iter().map(part).fold(Truth::True, Truth::min),
        CondKind::Any(parts) => parts.iter().map(part).fold(Truth::False, Truth::max),
        CondKind::Coalesce(first, second) => {
            let (first, second) = (part(first), part(second));
            if first.is_unknown() { second } else { first }
        }
        _ => {
            *next += 1;
            if *next - 1 == at { to } else { cond.read(reading) }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn a_part_decides_if_its_clause_would_read_otherwise_had_it_alone(book in books(Kinds::ALL)) {
        let law = Law::none("a test").unwrap();
        let plan = Plan::of(&book.policy);
        for row in book.accounts.iter().filter_map(|facts| book.policy.bind(facts).ok()) {
            let decision = decide_today(&book.policy, &row, &law, "2026-03-31".parse().unwrap(), None);
            let read = Read::after(&book.policy, &row, &decision);
            for (index, statement) in statements(&book.policy).iter().enumerate() {
                for (clause, cond) in clauses(statement) {
                    let branch = Branch::of(&book.policy, &plan, cond, (index, clause));
                    let mut seen = Vec::new();
                    let whole = branch.see(&read.reading(), &mut |part| seen.push((part.truth, part.decides)));
                    prop_assert_eq!(whole, cond.read(&read.reading()));
                    let with = |at: usize, to: Truth| turned(cond, &read.reading(), (at, to), &mut 0);
                    let wanted: Vec<(Truth, bool)> = asked(cond)
                        .enumerate()
                        .map(|(at, leaf)| (leaf.read(&read.reading()), with(at, Truth::True) != with(at, Truth::False)))
                        .collect();
                    prop_assert_eq!(seen, wanted);
                }
            }
        }
    }
}
