//! Two real panels: counts by bucket and month, rolls and matrices equal a count of the raw cells.

use crate::book::{count, declared, value};
use arrears_batch::Mapping;
use arrears_batch::measures::{Buckets, Declared, MeasureHooks, MeasureTables, Month, Place, Report, measure};
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int64Type};
use arrow_schema::DataType;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A table of the data folder; none, and a line that says so, where the folder is not named.
#[expect(clippy::disallowed_methods, reason = "where the data lie decides nothing")]
#[expect(clippy::print_stdout, reason = "a test that was skipped says so")]
fn data(name: &str) -> Option<PathBuf> {
    let Ok(folder) = std::env::var("ARREARS_DATA") else {
        println!("skipped: ARREARS_DATA names no folder with {name}");
        return None;
    };
    Some(Path::new(&folder).join(name))
}

/// By month, the bucket and the balance of each account.
type Raw = BTreeMap<Month, BTreeMap<i64, (usize, i64)>>;

/// Reads account, day, days past due and, if it is named, the balance.
fn raw(path: &Path, balance: Option<&str>, first_days: &[i64]) -> Raw {
    let names: Vec<&str> = ["account_id", "as_of", "days_past_due"].into_iter().chain(balance).collect();
    let builder = ParquetRecordBatchReaderBuilder::try_new(std::fs::File::open(path).unwrap()).unwrap();
    let mask = ProjectionMask::columns(builder.parquet_schema(), names.iter().copied());
    let mut raw = Raw::new();
    for batch in builder.with_projection(mask).build().unwrap() {
        let batch = batch.unwrap();
        let numbers = |name: &str| {
            let array = arrow_cast::cast(batch.column_by_name(name).unwrap(), &DataType::Int64).unwrap();
            array.as_primitive::<Int64Type>().iter().map(Option::unwrap).collect::<Vec<i64>>()
        };
        let days = arrow_cast::cast(batch.column_by_name("as_of").unwrap(), &DataType::Date32).unwrap();
        let days = days.as_primitive::<Date32Type>();
        let (accounts, dpds) = (numbers("account_id"), numbers("days_past_due"));
        let balances = balance.map_or_else(|| vec![0; batch.num_rows()], numbers);
        for row in 0..batch.num_rows() {
            let month = Month::of(days.value_as_date(row).unwrap());
            let bucket = first_days.iter().filter(|first| **first <= dpds[row]).count();
            raw.entry(month).or_default().insert(accounts[row], (bucket, balances[row]));
        }
    }
    raw
}

fn measured(path: PathBuf, columns: &[(&str, &str)], declared: Declared) -> Report {
    let mapping = columns.iter().fold(Mapping::default(), |mapping, (name, column)| mapping.with(*name, *column));
    let files = MeasureTables { panel: Some(path.into()), ..MeasureTables::default() };
    measure(&files, declared, &mapping, MeasureHooks::default()).unwrap()
}

/// Compares what was measured with a count of the raw cells; gives how many cells were compared.
fn compare(report: &Report, raw: &Raw, last: usize, with_money: bool) -> usize {
    let mut compared = 0;
    let bucket = |number: usize| format!("M{number}");
    for (month, accounts) in raw {
        let in_bucket = |number: usize| accounts.values().filter(move |(bucket, _)| *bucket == number);
        for number in (0..=last).filter(|number| in_bucket(*number).next().is_some()) {
            let stock = value(report, "stock", Some(&bucket(number)), None, Some(*month));
            let wanted = (in_bucket(number).count(), accounts.len());
            assert_eq!(count(stock), (wanted.0 as u64, wanted.1 as u64), "{month} M{number}");
            if with_money {
                let owed: i128 = in_bucket(number).map(|(_, balance)| i128::from(*balance) * 100).sum();
                assert_eq!(stock.money.unwrap().numerator.unwrap().minor(), owed, "{month} M{number}");
            }
            compared += 1;
        }
        let Some(before) = raw.get(&month.before()) else { continue };
        let matrix = report.matrices.iter().find(|matrix| matrix.month == Some(*month)).unwrap();
        let mut moved: BTreeMap<(usize, Option<usize>), (u64, i128)> = BTreeMap::new();
        for (account, (from, balance)) in before {
            let cell = moved.entry((*from, accounts.get(account).map(|(bucket, _)| *bucket))).or_default();
            cell.0 += 1;
            cell.1 += i128::from(*balance) * 100;
        }
        let mut found: BTreeMap<(usize, Option<usize>), (u64, i128)> = BTreeMap::new();
        for row in &matrix.rows {
            let Place::Bucket(from) = row.from else { panic!("{:?} in a panel of buckets", row.from) };
            assert_eq!(row.accounts, before.values().filter(|(bucket, _)| *bucket == usize::from(from)).count() as u64);
            for cell in &row.cells {
                let to = if let Place::Bucket(to) = cell.to { Some(usize::from(to)) } else { None };
                let money = cell.money.map_or(0, |money| money.minor());
                found.insert((usize::from(from), to), (cell.accounts, money));
            }
        }
        assert_eq!(found, moved, "{month}");
        compared += moved.len();
        for from in 0..last - 1 {
            let roll = value(report, "pool_roll", Some(&bucket(from)), Some(&bucket(from + 1)), Some(*month));
            let pool = before.values().filter(|(bucket, _)| *bucket == from).count() as u64;
            assert_eq!(count(roll), (in_bucket(from + 1).count() as u64, pool), "{month} M{from}");
            let exact = (pool > 0).then(|| i64::try_from(count(roll).0 * 2_000_000 / pool).unwrap());
            let half_up = |twice: i64| (twice + 1) / 2;
            match (roll.count.millionths, exact) {
                (None, None) => {}
                (Some(found), Some(twice)) => assert!((found - half_up(twice)).abs() <= 1, "{month} M{from}"),
                other => panic!("{month} M{from}: {other:?}"),
            }
            compared += 1;
        }
    }
    compared
}

#[test]
fn the_card_panel_without_amounts_is_measured_by_number() {
    let Some(path) = data("card_months.parquet") else { return };
    let days = [1, 30, 60, 90, 120, 150];
    let raw = raw(&path, None, &days);
    let buckets = Buckets::new(days.map(|day| u32::try_from(day).unwrap())).unwrap();
    let report = measured(path, &[("dpd", "days_past_due")], Declared { buckets, ..declared() });
    assert_eq!((report.head.tables[0].rows, report.head.accounts), (1_048_575, 45_985));
    assert_eq!((report.head.excluded.len(), report.matrices.len()), (0, 61));
    assert!(compare(&report, &raw, 6, false) > 1_000);
    assert!(report.measures.iter().flat_map(|measure| &measure.values).all(|value| value.money.is_none()));
    // Every account that was late and is not any more is in the cohort of cures or left out of it.
    let cures = raw.iter().flat_map(|(month, accounts)| {
        let before = raw.get(&month.before()).into_iter().flatten();
        before.filter(|(account, (bucket, _))| *bucket > 0 && accounts.get(account).is_some_and(|(now, _)| *now == 0))
    });
    let cured = value(&report, "redefault_rate", None, None, None);
    let left_out: u64 = cured.excluded.iter().map(|exclusion| exclusion.count).sum();
    assert_eq!(count(cured).1 + left_out, cures.count() as u64);
}

#[test]
fn the_taiwanese_panel_is_measured_by_number_and_by_money() {
    let Some(path) = data("uci_months.parquet") else { return };
    let raw = raw(&path, Some("statement_balance"), &[1, 31, 61, 91, 121, 151, 181]);
    let columns = [
        ("dpd", "days_past_due"),
        ("balance", "statement_balance"),
        ("overdue", "amount_past_due"),
        ("paid", "payment_in_month"),
        ("due", "minimum_payment"),
    ];
    let report = measured(path, &columns, Declared::new("TWD".parse().unwrap()));
    assert_eq!((report.head.tables[0].rows, report.head.accounts), (180_000, 30_000));
    assert_eq!(report.matrices.len(), 6);
    assert!(compare(&report, &raw, 7, true) > 100);
    // The entry rate of M0 by money, from the raw cells.
    let (mut late, mut all) = (0_i128, 0_i128);
    for (month, accounts) in &raw {
        for (account, (_, balance)) in
            raw.get(&month.before()).into_iter().flatten().filter(|(_, (from, _))| *from == 0)
        {
            all += i128::from(*balance) * 100;
            late += if accounts[account].0 > 0 { i128::from(*balance) * 100 } else { 0 };
        }
    }
    let entry = value(&report, "entry_rate_of_m0", Some("M0"), None, None).money.unwrap();
    let minor = |amount: Option<arrears_batch::Amount>| amount.unwrap().minor();
    assert_eq!((minor(entry.numerator), minor(entry.denominator)), (late, all));
    for name in ["entry_rate_of_due", "bucket_recovery", "cure_rate", "redefault_rate"] {
        assert!(report.measure(name).is_some(), "{name}");
    }
}
