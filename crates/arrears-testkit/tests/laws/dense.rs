//! Facts by name and cells by position give the same row.

use crate::{cases, day, law};
use arrears::{Cell, Currency, Value, decide_today};
use arrears_testkit::generate::{Kinds, books};
use proptest::prelude::*;

fn cell(input: &arrears::Input, value: &Value) -> Cell {
    match value {
        Value::Unknown => Cell::UNKNOWN,
        Value::Never => Cell::NEVER,
        Value::Days(number) | Value::Count(number) | Value::Ratio(number) => Cell::number(*number),
        Value::Money(money) => Cell::number(money.minor()),
        Value::Flag(set) => Cell::flag(*set),
        Value::Word(word) => input.word(word).unwrap(),
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn facts_by_name_and_cells_by_position_give_the_same_row(book in books(Kinds::ALL)) {
        for facts in &book.accounts {
            let by_name = book.policy.bind(facts).unwrap();
            let mut cells = book.policy.empty_row();
            for (input, slot) in book.policy.inputs().iter().zip(&mut cells) {
                if let Some(value) = facts.get(&input.name) {
                    *slot = cell(input, value);
                }
            }
            let by_position = book.policy.row(cells).unwrap();
            prop_assert_eq!(&by_name, &by_position);
            // Finishing a finished row changes nothing.
            prop_assert_eq!(&book.policy.row(by_name.cells().to_vec()).unwrap(), &by_name);
            let decision = decide_today(&book.policy, &by_name, &law(), day(), None);
            prop_assert_eq!(decision, decide_today(&book.policy, &by_position, &law(), day(), None));
        }
    }

    #[test]
    fn an_account_in_another_currency_is_refused(book in books(Kinds::ALL)) {
        let other: Currency = "CHF".parse().unwrap();
        let problems = book.policy.bind(&arrears::Facts::new("A-1", other)).unwrap_err();
        prop_assert_eq!(problems.first().map(|problem| problem.fact.as_str()), Some("currency"));
    }
}
