//! What an order by rates is asked, as an object.

use super::{Balance, LaterBalance, RateInput, RateTerms};
use crate::answer::{Amounts, Answered, Question, answered, beside, known, shares, sound};
use crate::regime::{Asked, text};
use arrears::account::Amount;
use arrears::document::{Fault, Fields, OBJECT, Readable, refuse};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::Value;
use std::collections::BTreeMap;

impl Question for RateTerms {
    fn ask<'r>(asked: &Asked<'r, Self>, given: &Value, problems: &mut Vec<Fault>) -> Option<Answered<'r>> {
        let mut fields = Fields::of(given, "", problems)?;
        let amounts = Amounts::of(&mut fields, None)?;
        let excess = amounts.required(&mut fields, "excess");
        let balances: Option<Vec<WrittenBalance>> = fields.required("balances");
        let later: Option<Vec<WrittenLater>> = fields.optional("later");
        let (credited_on, due_day) = (known(&mut fields, "credited_on"), known(&mut fields, "due_day"));
        let request: Option<BTreeMap<String, Amount>> = fields.optional("request");
        let balances = balances.map(|balances| {
            let read = balances.into_iter().enumerate().map(|(index, balance)| {
                let mut money =
                    |key: &str, amount| amounts.money(&mut fields, &format!("balances[{index}].{key}"), amount);
                Balance {
                    amount: money("amount", balance.amount),
                    disputed: money("disputed", balance.disputed),
                    id: balance.id,
                    apr: balance.apr,
                    deferred_until: balance.deferred_until,
                }
            });
            read.collect::<Vec<Balance>>()
        });
        let later = later.map(|later| {
            let read = later.into_iter().enumerate().map(|(index, later)| LaterBalance {
                amount: amounts.money(&mut fields, &format!("later[{index}].amount"), later.amount),
                id: later.id,
            });
            read.collect::<Vec<LaterBalance>>()
        });
        let request = request.map(|request| {
            let asked = request.into_iter().map(|(id, amount)| {
                let money = amounts.money(&mut fields, &format!("request.{id}"), amount);
                (id, money)
            });
            asked.collect()
        });
        fields.finish();
        if !sound(problems, &["currency", "excess", "balances", "later", "request"]) {
            return None;
        }
        let input = RateInput { balances: balances?, later: later?, excess, credited_on, due_day, request: request? };
        let allocation = beside(asked.allocate(&input), problems)?;
        Some(answered(allocation.rule, shares(&allocation)))
    }
}

/// A balance, as it is written.
struct WrittenBalance {
    id: String,
    amount: Amount,
    apr: Decimal,
    disputed: Amount,
    deferred_until: Option<NaiveDate>,
}

impl Readable for WrittenBalance {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (id, amount) = (text(&mut fields, "id"), fields.required("amount"));
        let apr: Option<Percent> = fields.required("apr");
        // Not told is not taken as nothing: what is in dispute is paid last.
        let disputed = fields.required("disputed");
        let deferred_until = fields.optional("deferred_until");
        fields.finish();
        Some(Self { id: id?, amount: amount?, apr: apr?.0, disputed: disputed?, deferred_until: deferred_until? })
    }
}

/// What was charged after the reference day, as it is written.
struct WrittenLater {
    id: String,
    amount: Amount,
}

impl Readable for WrittenLater {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (id, amount) = (text(&mut fields, "id"), fields.required("amount"));
        fields.finish();
        Some(Self { id: id?, amount: amount? })
    }
}

/// An annual rate in percent.
struct Percent(Decimal);

impl Readable for Percent {
    const EXPECTED: &str = "an annual rate in percent as a text, such as \"24.99\"";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let percent = value.as_str().and_then(|text| Decimal::from_str_exact(text).ok());
        percent.map(Self).or_else(|| refuse(path, value, Self::EXPECTED, problems))
    }
}
