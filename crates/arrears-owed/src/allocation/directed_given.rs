//! What an allocation over several debts is asked, as an object.

use super::{DebtOwed, DirectedInput, DirectedTerms};
use crate::answer::{Amounts, Answered, Question, answered, beside, shares, sound};
use crate::regime::{Asked, text};
use arrears::account::Amount;
use arrears::document::{Fault, Fields, OBJECT, Readable};
use serde_json::Value;
use std::collections::BTreeMap;

impl Question for DirectedTerms {
    fn ask<'r>(asked: &Asked<'r, Self>, given: &Value, problems: &mut Vec<Fault>) -> Option<Answered<'r>> {
        let mut fields = Fields::of(given, "", problems)?;
        let amounts = Amounts::of(&mut fields, None)?;
        let payment = amounts.required(&mut fields, "payment");
        let debts: Option<Vec<WrittenDebt>> = fields.required("debts");
        let directions: Option<BTreeMap<String, Amount>> = fields.optional("directions");
        let debts = debts.map(|debts| {
            let owed = debts.into_iter().enumerate().map(|(index, debt)| DebtOwed {
                amount: amounts.money(&mut fields, &format!("debts[{index}].amount"), debt.amount),
                id: debt.id,
                disputed: debt.disputed,
            });
            owed.collect::<Vec<DebtOwed>>()
        });
        let directions = directions.map(|directions| {
            let directed = directions.into_iter().map(|(id, amount)| {
                let money = amounts.money(&mut fields, &format!("directions.{id}"), amount);
                (id, money)
            });
            directed.collect()
        });
        fields.finish();
        if !sound(problems, &["currency", "payment", "debts", "directions"]) {
            return None;
        }
        let input = DirectedInput { debts: debts?, payment, directions: directions? };
        let allocation = beside(asked.allocate(&input), problems)?;
        Some(answered(allocation.rule, shares(&allocation)))
    }
}

/// A debt, as it is written.
struct WrittenDebt {
    id: String,
    amount: Amount,
    disputed: bool,
}

impl Readable for WrittenDebt {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (id, amount) = (text(&mut fields, "id"), fields.required("amount"));
        // Not told is not taken as no: a debt in dispute receives nothing.
        let disputed = fields.required("disputed");
        fields.finish();
        Some(Self { id: id?, amount: amount?, disputed: disputed? })
    }
}
