//! The values of a history's document.

use super::{Amount, Component, HistoryProblem, Instalment, NewRate, Noted, Part};
use crate::document::{Fields, OBJECT, Readable, meant, refuse};
use rust_decimal::Decimal;
use serde_json::Value;

impl Readable for Amount {
    const EXPECTED: &str = "an amount as a text, such as \"249.95\"";
    fn read(value: &Value, path: &str, problems: &mut Vec<HistoryProblem>) -> Option<Self> {
        let expected = match value {
            Value::Number(number) => {
                format!("an amount as a text, \"{number}\": a JSON number loses cents in too many systems")
            }
            Value::String(text) => match Decimal::from_str_exact(text) {
                Ok(decimal) => return Some(Self::new(decimal)),
                Err(_) => "an amount of digits and a point, such as \"249.95\"".to_owned(),
            },
            _ => Self::EXPECTED.to_owned(),
        };
        refuse(path, value, &expected, problems)
    }
}

impl Readable for Noted {
    const EXPECTED: &str = "a text, a whole number, true, false, or null for what is not known";
    fn read(value: &Value, path: &str, problems: &mut Vec<HistoryProblem>) -> Option<Self> {
        match value {
            Value::Null => Some(Self::Unknown(())),
            Value::Bool(set) => Some(Self::Flag(*set)),
            Value::String(text) => Some(Self::Text(text.clone())),
            Value::Number(number) if number.is_f64() => {
                refuse(path, value, &format!("a decimal as a text, \"{number}\""), problems)
            }
            Value::Number(number) => {
                number.as_i64().map(Self::Whole).or_else(|| refuse(path, value, "a smaller whole number", problems))
            }
            Value::Array(_) | Value::Object(_) => refuse(path, value, Self::EXPECTED, problems),
        }
    }
}

impl Readable for Instalment {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<HistoryProblem>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (item, due_on) = (fields.required("item"), fields.required("due_on"));
        let (amount, invoiced_on) = (fields.required("amount"), fields.optional("invoiced_on"));
        let (principal, interest, fees) =
            (fields.optional("principal"), fields.optional("interest"), fields.optional("fees"));
        fields.finish();
        Some(Self {
            item: item?,
            due_on: due_on?,
            amount: amount?,
            invoiced_on: invoiced_on?,
            principal: principal?,
            interest: interest?,
            fees: fees?,
        })
    }
}

impl Readable for Part {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<HistoryProblem>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (due_on, amount) = (fields.required("due_on"), fields.required("amount"));
        fields.finish();
        Some(Self { due_on: due_on?, amount: amount? })
    }
}

impl Readable for Component {
    const EXPECTED: &str = "one of principal, interest, penalty, fee, cost";
    fn read(value: &Value, path: &str, problems: &mut Vec<HistoryProblem>) -> Option<Self> {
        let word = value.as_str().unwrap_or_default();
        if let Some(component) = Self::ALL.into_iter().find(|component| component.word() == word) {
            return Some(component);
        }
        refuse(path, value, &format!("{}{}", Self::EXPECTED, meant(word, Self::ALL.map(Self::word))), problems)
    }
}

impl Readable for NewRate {
    const EXPECTED: &str = "a rate as a decimal in a text, such as \"0.18\" for 18 %";
    fn read(value: &Value, path: &str, problems: &mut Vec<HistoryProblem>) -> Option<Self> {
        let rate = value.as_str().and_then(|text| Decimal::from_str_exact(text).ok());
        rate.map(Self::new).or_else(|| refuse(path, value, Self::EXPECTED, problems))
    }
}
