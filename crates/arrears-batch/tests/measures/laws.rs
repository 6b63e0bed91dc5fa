//! Laws that hold for any book.

use crate::book::{ENDS, PLAIN, Row, count, declared, panel};
use crate::slow;
use arrears_batch::Mapping;
use arrears_batch::measures::{MeasureSchemas, MeasureTable, Measures, Month, Report};
use proptest::prelude::*;

const NAMES: [&str; 6] = ["A", "B", "C", "D", "E", "F"];

fn flag() -> impl Strategy<Value = Option<bool>> {
    prop_oneof![12 => Just(Some(false)), 1 => Just(Some(true)), 1 => Just(None)]
}

fn a_row() -> impl Strategy<Value = Row> {
    let dpd = prop_oneof![4 => Just(Some(0)), 6 => (1..240_i64).prop_map(Some), 1 => Just(None)];
    let balance = prop_oneof![8 => (-50..5_000_i64).prop_map(Some), 1 => Just(None)];
    (0..NAMES.len(), 0..7_usize, dpd, balance, flag(), flag(), flag()).prop_map(
        |(name, month, dpd, balance, on_plan, re_aged, charged_off)| Row {
            account: NAMES[name],
            as_of: ENDS[month],
            dpd,
            balance,
            on_plan,
            re_aged,
            charged_off,
            ..Row::default()
        },
    )
}

/// The place of a month in the year.
fn place_of(month: Option<Month>) -> usize {
    ENDS.iter().position(|end| month == Some(Month::of(end.parse().unwrap()))).unwrap()
}

fn measured(rows: &[Row], batch: usize) -> Report {
    let schema = panel(&[], &PLAIN).schema();
    let schemas = MeasureSchemas::default().with(MeasureTable::Panel, &schema, "panel");
    let mut measures = Measures::new(declared(), &schemas, &Mapping::default()).unwrap();
    for rows in rows.chunks(batch) {
        measures.add(MeasureTable::Panel, &panel(rows, &PLAIN));
    }
    measures.finish().unwrap()
}

proptest! {
    #[test]
    fn the_report_is_the_same_whatever_the_order_of_rows_and_batches(
        (rows, shuffled) in prop::collection::vec(a_row(), 0..60)
            .prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
        (one, other) in (1..20_usize, 1..20_usize),
    ) {
        prop_assert_eq!(measured(&rows, one), measured(&shuffled, other));
    }

    #[test]
    fn the_matrices_are_a_slow_recount_and_their_rows_sum_to_their_cohorts(
        rows in prop::collection::vec(a_row(), 0..60)
    ) {
        let report = measured(&rows, 7);
        let mut found = slow::Moves::new();
        for matrix in report.matrices.iter().filter(|matrix| matrix.month.is_some()) {
            let later = place_of(matrix.month);
            for row in &matrix.rows {
                prop_assert_eq!(row.cells.iter().map(|cell| cell.accounts).sum::<u64>(), row.accounts);
                let money: i128 = row.cells.iter().map(|cell| cell.money.unwrap().minor()).sum();
                prop_assert_eq!(money, row.money.unwrap().minor());
                for cell in &row.cells {
                    let euros = i64::try_from(cell.money.unwrap().minor() / 100).unwrap();
                    found.insert((later, row.from.to_string(), cell.to.to_string()), (cell.accounts, euros));
                }
            }
        }
        prop_assert_eq!(found, slow::moves(&rows, &NAMES));
    }

    #[test]
    fn every_account_of_a_month_end_is_counted_once_or_left_out_once(rows in prop::collection::vec(a_row(), 1..60)) {
        let report = measured(&rows, 7);
        let stock = slow::stock(&rows, &NAMES);
        let counted: u64 = report.measure("stock").map_or(0, |stock| stock.values.iter().map(|value| count(value).0).sum());
        prop_assert_eq!(counted, stock.values().sum::<u64>());
        let of_rows = |reason: &str| reason != "the balance is not known";
        let left_out: u64 =
            report.head.excluded.iter().filter(|left_out| of_rows(left_out.reason)).map(|left_out| left_out.rows).sum();
        // A row of an account that stands twice in a month may be left out for an empty cell as well.
        let all = u64::try_from(rows.len()).unwrap();
        prop_assert!(counted + left_out >= all && counted <= all);
    }

    #[test]
    fn the_pool_roll_is_one_stock_over_another(rows in prop::collection::vec(a_row(), 0..60)) {
        // Where every mark and every day is known, and each account stands once, nobody is left out.
        let known = |row: Row| Row {
            dpd: row.dpd.or(Some(0)),
            on_plan: row.on_plan.or(Some(false)),
            re_aged: row.re_aged.or(Some(false)),
            charged_off: row.charged_off.or(Some(false)),
            ..row
        };
        let mut rows: Vec<Row> = rows.into_iter().map(known).collect();
        rows.sort_by_key(|row| (row.account, row.as_of));
        rows.dedup_by_key(|row| (row.account, row.as_of));
        let (report, stock) = (measured(&rows, 9), slow::stock(&rows, &NAMES));
        let at = |month: usize, bucket: usize| stock.get(&(month, format!("M{bucket}"))).copied().unwrap_or(0);
        let Some(rolls) = report.measure("pool_roll") else { return Ok(()) };
        for value in rolls.values.iter().filter(|value| value.month.is_some()) {
            let later = place_of(value.month);
            let bucket: usize = value.from.as_ref().unwrap().trim_start_matches('M').parse().unwrap();
            prop_assert_eq!(count(value).1, at(later - 1, bucket));
            if bucket + 1 < 7 {
                prop_assert_eq!(count(value).0, at(later, bucket + 1));
            }
        }
    }

    #[test]
    fn cures_and_re_defaults_are_a_slow_recount(rows in prop::collection::vec(a_row(), 0..90)) {
        let report = measured(&rows, 11);
        prop_assert_eq!(cohort(&report, "redefault_rate"), slow::redefaults(&rows, &NAMES));
        // Those of which it is not known whether they fell late are left out besides.
        let fell_late = |cohort: slow::Cohort| -> Vec<(usize, u64, u64)> {
            cohort.into_iter().filter(|(_, (_, all, _))| *all > 0).map(|(month, (cured, all, _))| (month, cured, all)).collect()
        };
        prop_assert_eq!(fell_late(cohort(&report, "cure_rate")), fell_late(slow::cures(&rows, &NAMES)));
    }
}

/// A cohort by month: those that count, all, and those left out but for their balance.
fn cohort(report: &Report, name: &str) -> slow::Cohort {
    let values = report.measure(name).into_iter().flat_map(|measure| &measure.values);
    let months = values.filter(|value| value.month.is_some());
    months
        .map(|value| {
            let month = place_of(value.month);
            let whole = value.excluded.iter().filter(|exclusion| !exclusion.reason.contains("by number only"));
            (month, (count(value).0, count(value).1, whole.map(|exclusion| exclusion.count).sum()))
        })
        .collect()
}
