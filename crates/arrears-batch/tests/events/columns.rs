//! Facts as columns, and columns of the table of accounts beside them.

use super::flat::{CONTACTS, PAYMENTS, PROMISES, Table};
use super::histories::reads_everything;
use super::laws::{batch, events, texts};
use arrears::{Cell, Policy};
use arrears_batch::{EventTable, Events, NEVER};
use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, Int64Type};
use arrow_array::{Array as _, ArrayRef, Int64Array};
use arrow_schema::DataType;
use std::sync::{Arc, LazyLock};

static POLICY: LazyLock<Policy> = LazyLock::new(|| reads_everything("EUR"));

fn told() -> Events {
    let mut contacts = Table::new(CONTACTS);
    for (account, on, channel) in [("1", "2026-11-29", "phone"), ("2", "2026-11-02", "sms"), ("3", "no day", "sms")] {
        contacts.rows.push([account, on, channel, "rpc_refused", "", "", "", ""].map(str::to_owned).to_vec());
    }
    let mut payments = Table::new(PAYMENTS);
    payments.rows.push(["2", "2026-11-20", "12.34", ""].map(str::to_owned).to_vec());
    let mut promises = Table::new(PROMISES);
    promises.rows.push(["1", "2026-11-01", "2026-12-03", "50.00", "open", "", "50.00", ""].map(str::to_owned).to_vec());
    let tables = [
        (EventTable::Contacts, contacts.batch()),
        (EventTable::Payments, payments.batch()),
        (EventTable::Promises, promises.batch()),
    ];
    events(&tables, &POLICY)
}

/// A cell of a column, as a policy reads it.
fn cell(column: &ArrayRef, row: usize) -> Cell {
    if column.is_null(row) {
        return Cell::UNKNOWN;
    }
    match column.data_type() {
        DataType::Boolean => Cell::flag(column.as_boolean().value(row)),
        DataType::Decimal128(_, 2) => Cell::wide(column.as_primitive::<Decimal128Type>().value(row)),
        DataType::Int64 => match column.as_primitive::<Int64Type>().value(row) {
            NEVER => Cell::NEVER,
            number => Cell::number(number),
        },
        other => panic!("{other}"),
    }
}

#[test]
fn columns_tell_of_many_accounts_what_is_told_of_each() {
    let events = told();
    let names = ["2", "nobody", "1", "3", "1"];
    let columns = events.columns(&texts(&names));
    assert_eq!(columns.faults.keys().copied().collect::<Vec<_>>(), [3]);
    assert_eq!(Some(&columns.faults[&3]), events.facts_of("3").err().as_ref());
    assert!(columns.columns.len() > 200);
    for (row, name) in names.iter().enumerate().filter(|(_, name)| **name != "3") {
        let facts = events.facts_of(name).unwrap();
        assert_eq!(facts.len(), columns.columns.len());
        for ((fact, wanted), (column, array)) in facts.into_iter().zip(&columns.columns) {
            assert_eq!((fact, wanted), (*column, cell(array, row)), "{}", POLICY.input(fact).unwrap().name);
        }
    }
    assert!(columns.columns.iter().all(|(_, column)| column.is_null(3)), "of an account at fault nothing is told");
}

#[test]
fn accounts_that_are_numbered_are_found_by_their_numbers() {
    let events = told();
    let numbers: ArrayRef = Arc::new(Int64Array::from(vec![Some(1), None, Some(2)]));
    let (by_number, by_text) = (events.columns(&numbers), events.columns(&texts(&["1", "", "2"])));
    for ((_, one), (_, other)) in by_number.columns.iter().zip(&by_text.columns) {
        assert_eq!(one, other);
        assert!(one.is_null(1), "of a row without an account nothing is told");
    }
}

#[test]
fn every_row_of_an_account_that_nobody_asks_for_is_counted() {
    let events = told();
    assert_eq!(events.tallies().iter().map(|tally| tally.of_no_account).collect::<Vec<_>>(), [3, 1, 1]);
    events.columns(&texts(&["2", "3"]));
    assert_eq!(events.tallies().iter().map(|tally| tally.of_no_account).collect::<Vec<_>>(), [1, 0, 1]);
}

#[test]
fn an_account_to_which_nothing_happened_is_not_written_down() {
    let contacts = batch(vec![
        ("account_id", texts(&["1"; 40_000])),
        ("on", texts(&["2026-11-29"; 40_000])),
        ("channel", texts(&["phone"; 40_000])),
    ]);
    let events = events(&[(EventTable::Contacts, contacts)], &POLICY);
    let memory = events.memory();
    assert_eq!(events.accounts(), 1);
    events.columns(&texts(&["2", "3", "4"]));
    assert_eq!((events.accounts(), events.memory()), (1, memory));
}
