//! The clauses are never too strong: whatever the engine decides of an account that is drawn, they allow.

use super::domain::Var;
use super::sat::Lit;
use super::space::Space;
use arrears::condition::{FactId, Truth};
use arrears::{Cell, Law, Policy, Row, decide_today};
use arrears_testkit::generate::{Kinds, RowStyle, books};
use proptest::prelude::*;

/// What the literals would have to be for this row.
fn fixed(space: &mut Space<'_>, row: &Row) -> Vec<Lit> {
    let facts: Vec<FactId> = space
        .domains
        .keys()
        .filter_map(|var| match var {
            Var::Fact(fact) => Some(*fact),
            _ => None,
        })
        .collect();
    let mut lits = Vec::new();
    for fact in facts {
        let results = space.policy.input(fact).is_some_and(|input| input.need == arrears::Need::Result);
        if results {
            continue;
        }
        let cell: Cell = row.cell(fact);
        let (unknown, never, _) = space.state(Var::Fact(fact));
        lits.push(match cell.get() {
            Some(value) => space.is(Var::Fact(fact), value),
            None if cell.is_never() => never,
            None => unknown,
        });
    }
    lits
}

fn allowed(policy: &Policy, space: &mut Space<'_>, row: &Row) -> Result<(), String> {
    if policy.applies_to(row) != Truth::True {
        return Ok(());
    }
    let law = Law::none("a test").map_err(|error| error.to_string())?;
    let decision = decide_today(policy, row, &law, "2026-03-31".parse().unwrap_or_default(), None);
    let mut wanted = fixed(space, row);
    if space.may_be(&wanted, 100_000) == Some(false) {
        return Err("the account itself".to_owned());
    }
    for (index, lit) in space.types.clone().into_iter().enumerate() {
        let may = decision.types.has(i64::try_from(index).unwrap_or(-1));
        wanted.push(if may { lit } else { !lit });
    }
    if space.may_be(&wanted, 100_000) == Some(false) {
        return Err("its types".to_owned());
    }
    wanted.extend(space.ladder.stage.get(decision.stage.index()).copied());
    if space.may_be(&wanted, 100_000) == Some(false) {
        return Err(format!("its stage {:?}", decision.stage_reason));
    }
    for (index, lit) in space.turns.chosen.clone().into_iter().enumerate() {
        let chosen = decision.treatment.is_some_and(|id| id.index() == index);
        wanted.push(if chosen { lit } else { !lit });
    }
    if space.may_be(&wanted, 100_000) == Some(false) {
        return Err(format!("its treatment {:?}", decision.treatment));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_the_engine_decides_the_clauses_allow(
        book in books(Kinds { defaults: true, rows: RowStyle { assessed: true, huge: false }, accounts: 4 }),
    ) {
        let policy = Policy::check(&book.draft, &[]).policy;
        let Some(policy) = policy else { return Ok(()) };
        let mut space = Space::of_decisions(&policy);
        for facts in &book.accounts {
            let Ok(row) = policy.bind(facts) else { continue };
            let found = allowed(&policy, &mut space, &row);
            prop_assert!(found.is_ok(), "the clauses do not allow {}", found.unwrap_err());
        }
    }
}
