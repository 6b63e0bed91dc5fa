//! Accounts as a table, its columns of whatever types may hold them.

use arrears::{Facts, Input, Kind, Policy, Value};
use arrow_array::types::{Int8Type, Int32Type, UInt16Type};
use arrow_array::{
    ArrayRef, BooleanArray, Decimal64Array, Decimal128Array, DictionaryArray, Float64Array, Int16Array, Int32Array,
    Int64Array, LargeStringArray, RecordBatch, StringArray, StringViewArray,
};
use std::sync::Arc;

/// A table with a column for every fact that some account has; `forms` choose the types.
pub(crate) fn of(policy: &Policy, accounts: &[Facts], forms: &[u16]) -> RecordBatch {
    let names: Vec<String> = (0..accounts.len()).map(|index| format!("A-{index}")).collect();
    let mut columns: Vec<(String, ArrayRef)> = vec![("account_id".to_owned(), Arc::new(StringArray::from(names)))];
    let mut forms = forms.iter().cycle();
    for input in policy.inputs().iter().filter(|input| input.is_column()) {
        let cells: Vec<Option<&Value>> = accounts.iter().map(|facts| facts.get(&input.name)).collect();
        let needed = policy.absent(&|_| false).iter().any(|absent| absent.name == input.name);
        if !needed && cells.iter().all(Option::is_none) {
            continue;
        }
        let cells: Vec<Option<&Value>> = cells.into_iter().map(|cell| cell.filter(|v| **v != Value::Unknown)).collect();
        columns.push((input.name.clone(), column(policy, input, &cells, *forms.next().unwrap())));
    }
    RecordBatch::try_from_iter(columns).unwrap()
}

fn column(policy: &Policy, input: &Input, cells: &[Option<&Value>], form: u16) -> ArrayRef {
    let digits = policy.head().currency.digits();
    // An amount or a ratio that never was can only be written as a word.
    let worded = cells.iter().flatten().any(|cell| **cell == Value::Never);
    if worded && matches!(input.kind, Kind::Money | Kind::Ratio) {
        return texts(cells.iter().map(|cell| cell.map(text)).collect(), form);
    }
    match input.kind {
        Kind::Days | Kind::Count => {
            let numbers: Vec<Option<i64>> = cells.iter().map(|cell| cell.map(whole)).collect();
            match form % 4 {
                0 if numbers.iter().flatten().all(|number| i32::try_from(*number).is_ok()) => {
                    Arc::new(numbers.iter().map(|cell| cell.map(|n| i32::try_from(n).unwrap())).collect::<Int32Array>())
                }
                1 if numbers.iter().flatten().all(|number| i16::try_from(*number).is_ok()) => {
                    Arc::new(numbers.iter().map(|cell| cell.map(|n| i16::try_from(n).unwrap())).collect::<Int16Array>())
                }
                2 => texts(cells.iter().map(|cell| cell.map(text)).collect(), form / 4),
                _ => Arc::new(numbers.into_iter().collect::<Int64Array>()),
            }
        }
        Kind::Money => {
            let minor: Vec<Option<i64>> = cells.iter().map(|cell| cell.map(minor)).collect();
            let scale = i8::try_from(digits).unwrap();
            match form % 3 {
                0 => {
                    Arc::new(minor.into_iter().collect::<Decimal64Array>().with_precision_and_scale(18, scale).unwrap())
                }
                1 => {
                    let wide = minor.into_iter().map(|cell| cell.map(i128::from)).collect::<Decimal128Array>();
                    Arc::new(wide.with_precision_and_scale(38, scale).unwrap())
                }
                _ => texts(cells.iter().map(|cell| cell.map(text)).collect(), form / 3),
            }
        }
        Kind::Ratio => {
            let millionths: Vec<Option<i64>> = cells.iter().map(|cell| cell.map(ratio)).collect();
            match form % 2 {
                0 => {
                    let float = |n: i64| format!("{n}e-6").parse::<f64>().unwrap();
                    Arc::new(millionths.into_iter().map(|cell| cell.map(float)).collect::<Float64Array>())
                }
                _ => {
                    let array = millionths.into_iter().collect::<Decimal64Array>();
                    Arc::new(array.with_precision_and_scale(18, 6).unwrap())
                }
            }
        }
        Kind::Flag => {
            let set = |cell: &Value| matches!(cell, Value::Flag(true));
            match form % 2 {
                0 => Arc::new(cells.iter().map(|cell| cell.map(set)).collect::<BooleanArray>()),
                _ => Arc::new(cells.iter().map(|cell| cell.map(|cell| i64::from(set(cell)))).collect::<Int64Array>()),
            }
        }
        Kind::Category => texts(cells.iter().map(|cell| cell.map(text)).collect(), form),
    }
}

fn texts(cells: Vec<Option<String>>, form: u16) -> ArrayRef {
    let cells = cells.iter().map(Option::as_deref);
    match form % 6 {
        0 => Arc::new(cells.collect::<DictionaryArray<Int32Type>>()),
        1 => Arc::new(cells.collect::<DictionaryArray<Int8Type>>()),
        2 => Arc::new(cells.collect::<StringArray>()),
        3 => Arc::new(cells.collect::<LargeStringArray>()),
        4 => Arc::new(cells.collect::<StringViewArray>()),
        _ => Arc::new(cells.collect::<DictionaryArray<UInt16Type>>()),
    }
}

fn whole(value: &Value) -> i64 {
    match value {
        Value::Days(number) | Value::Count(number) => *number,
        Value::Never => 999_999,
        other => panic!("{other:?}"),
    }
}

fn minor(value: &Value) -> i64 {
    match value {
        Value::Money(money) => money.minor(),
        other => panic!("{other:?}"),
    }
}

fn ratio(value: &Value) -> i64 {
    match value {
        Value::Ratio(number) => *number,
        other => panic!("{other:?}"),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Never => "never".to_owned(),
        Value::Days(number) | Value::Count(number) => number.to_string(),
        Value::Word(word) => word.to_string(),
        Value::Money(money) => money.to_string().split(' ').next().unwrap().to_owned(),
        Value::Ratio(number) => format!("{number}e-6").parse::<f64>().unwrap().to_string(),
        other => other.to_string(),
    }
}
