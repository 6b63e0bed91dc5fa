//! What results of contacts taught: it rests demand, and it travels as days pass.

use crate::{bound, cases, day, law};
use arrears::decide::advance;
use arrears::facts::Class;
use arrears::policy::Purpose;
use arrears::{Action, Cell, Value, decide_today};
use arrears_testkit::generate::{Kinds, books};
use chrono::Days;
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn while_a_pause_lasts_or_a_call_is_asked_for_nothing_is_demanded(book in books(Kinds::ALL)) {
        let waits = ["pause_left", "callback_in"].map(|name| book.policy.find_input(name));
        for facts in &book.accounts {
            let row = bound(&book.policy, facts);
            let rests = waits.iter().flatten().any(|wait| row.cell(*wait).get().is_some_and(|days| days > 0));
            let decision = decide_today(&book.policy, &row, &law(), day(), None);
            let Some(treatment) = decision.treatment.filter(|_| rests) else { continue };
            let treatment = &book.policy.treatments()[treatment.index()];
            prop_assert!(treatment.class != Class::Contact || treatment.purpose != Purpose::Demand, "{}\n{facts:?}", treatment.name);
        }
    }

    #[test]
    fn a_pause_never_makes_an_action_stronger(book in books(Kinds::ALL)) {
        // Policies whose conditions read the pause answer for themselves.
        let Some(pause) = book.policy.find_input("pause_left") else { return Ok(()) };
        let mut read = false;
        book.policy.each_cond(&mut |cond| cond.each_fact(&mut |fact| read |= fact == pause));
        if read {
            return Ok(());
        }
        for facts in &book.accounts {
            let strength = |pause: Value| {
                let mut facts = facts.clone();
                facts.set("pause_left", pause).unwrap();
                decide_today(&book.policy, &bound(&book.policy, &facts), &law(), day(), None).action.strength()
            };
            prop_assert!(strength(Value::Days(5)) <= strength(Value::Never), "{:?}", facts);
        }
    }

    #[test]
    fn a_state_put_into_the_row_of_the_next_day_is_what_a_day_makes_of_it(book in books(Kinds::ALL)) {
        for facts in &book.accounts {
            let row = bound(&book.policy, facts);
            let decision = decide_today(&book.policy, &row, &law(), day(), None);
            let carried = book.policy.carry(&row, &decision, day());
            let mut put = book.policy.empty_row();
            carried.put(&book.policy, day() + Days::new(1), &mut put).unwrap();
            let moved = advance(&book.policy, &book.policy.with_state(&row, &carried).unwrap()).unwrap();
            for fact in book.policy.state_facts() {
                let put = put.get(fact.index()).copied().unwrap_or(Cell::UNKNOWN);
                prop_assert_eq!(put, moved.cell(*fact), "{:?}\n{:?}", book.policy.input(*fact), facts);
            }
        }
    }

    #[test]
    fn what_nobody_learned_changes_nothing(book in books(Kinds::ALL)) {
        // Without state no result of a contact is known, so the outcomes might as well not be written.
        let mut silent = book.draft.clone();
        silent.statements.retain(|statement| statement.keyword != arrears::draft::Keyword::Outcome);
        let Some(silent) = arrears::Policy::check(&silent, &[]).policy else { return Ok(()) };
        for facts in &book.accounts {
            let mut first = facts.clone();
            for input in book.policy.inputs().iter().filter(|input| arrears_testkit::generate::is_state(input)) {
                first.remove(&input.name);
            }
            let action = |policy: &arrears::Policy| -> (Action, usize) {
                let decision = decide_today(policy, &bound(policy, &first), &law(), day(), None);
                (decision.action, decision.stage.index())
            };
            prop_assert_eq!(action(&book.policy), action(&silent), "{:?}", first);
        }
    }
}
