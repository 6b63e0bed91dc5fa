//! Entry, rolls and the matrix, from who went where between two month ends.

use super::flows::{Flow, Flows};
use super::place::Place;
use super::ratio::{millionths, product};
use super::report::{Matrix, MatrixCell, MatrixRow, OfCount, OfMoney, Value};
use super::series::{NO_BALANCE, Series, Sums};
use super::{Buckets, Month};
use crate::summary::Amount;
use std::collections::BTreeMap;

const NOT_KNOWN_WHERE: &str = "where it stands is not known";
const NOT_KNOWN_FROM: &str = "where it stood at the month end before is not known";
const LATE_CHARGE_OFF: &str = "charged off, without a row at the month end before";

/// Pool rolls from each bucket into the next, by the number of the bucket.
pub(super) type PoolRolls = Series<u8>;

/// Of the accounts of M0, those in M1 or later at the next month end.
pub(super) fn entry(flows: &Flows) -> Series<()> {
    let mut series = Series::default();
    let current = Place::Bucket(0);
    for month in flows.months() {
        let cohort = flows.sum(month, |from| from == current, |to| to != Place::Unknown);
        let late = flows.sum(month, |from| from == current, |to| matches!(to, Place::Bucket(1..)));
        let sums: &mut Sums = series.at((), month);
        sums.count = (late.accounts, cohort.accounts);
        sums.money = (late.before, cohort.before);
        sums.exclude(NO_BALANCE, cohort.before_unknown);
        sums.exclude(NOT_KNOWN_WHERE, flows.flow(month, current, Place::Unknown).accounts);
    }
    series
}

/// Each bucket at a month end over the bucket before it at the month end before. The last bucket
/// is a stock: only who enters it counts, together with those who are charged off.
pub(super) fn pool(flows: &Flows, buckets: &Buckets) -> PoolRolls {
    let mut series = Series::default();
    for month in flows.months() {
        for bucket in 0..buckets.last() {
            let from = Place::Bucket(bucket);
            let into = Place::Bucket(bucket + 1);
            let cohort = flows.sum(month, |place| place == from, |to| to != Place::Unknown);
            let sums: &mut Sums = series.at(bucket, month);
            let next = if bucket + 1 == buckets.last() {
                losses(flows, month, into, sums)
            } else {
                flows.sum(month, |_| true, |to| to == into)
            };
            sums.count = (next.accounts, cohort.accounts);
            sums.money = (next.after, cohort.before);
            sums.exclude(NO_BALANCE, next.after_unknown + cohort.before_unknown);
            sums.exclude(NOT_KNOWN_WHERE, flows.flow(month, from, Place::Unknown).accounts);
        }
    }
    series
}

/// Who enters the last bucket or is charged off. A charge-off may write the balance down, so it
/// counts with the balance before.
fn losses(flows: &Flows, month: Month, last: Place, sums: &mut Sums) -> Flow {
    let lost = |place: Place| place == last || place == Place::ChargedOff;
    let mut into = flows.sum(month, |from| !lost(from) && from != Place::Unknown, |to| to == last);
    let was_there = |from: Place| !lost(from) && !matches!(from, Place::Unknown | Place::Absent);
    let off = flows.sum(month, was_there, |to| to == Place::ChargedOff);
    into.add(Flow { after: off.before, after_unknown: off.before_unknown, ..off });
    sums.exclude(NOT_KNOWN_FROM, flows.sum(month, |from| from == Place::Unknown, lost).accounts);
    sums.exclude(LATE_CHARGE_OFF, flows.flow(month, Place::Absent, Place::ChargedOff).accounts);
    into
}

/// The product of the pool rolls along the diagonal that ends with each month; only where the
/// panel has all of its months.
pub(super) fn flow_through(pools: &[Value], buckets: &Buckets) -> Vec<Value> {
    let mut steps: BTreeMap<(String, Month), &Value> = BTreeMap::new();
    for value in pools {
        if let (Some(from), Some(month)) = (&value.from, value.month) {
            steps.insert((from.clone(), month), value);
        }
    }
    let last = buckets.last();
    let ends: Vec<Month> = pools.iter().filter_map(|value| value.month).collect();
    let mut values: BTreeMap<Month, Value> = BTreeMap::new();
    for end in ends {
        let diagonal: Option<Vec<&Value>> = (0..last)
            .map(|bucket| {
                let month = end.minus(i32::from(last - 1 - bucket));
                steps.get(&(Place::Bucket(bucket).to_string(), month)).copied()
            })
            .collect();
        let Some(diagonal) = diagonal else { continue };
        let mut all = Sums::default();
        for exclusion in diagonal.iter().flat_map(|value| &value.excluded) {
            all.exclude(exclusion.reason, exclusion.count);
        }
        let counts = diagonal.iter().map(|value| {
            let of = |number: Option<u64>| i128::from(number.unwrap_or(0));
            (of(value.count.numerator), of(value.count.denominator))
        });
        let money = diagonal.iter().map(|value| {
            let of = |amount: Option<Amount>| amount.map_or(0, Amount::minor);
            value.money.map_or((0, 0), |money| (of(money.numerator), of(money.denominator)))
        });
        let has_money = diagonal.iter().all(|value| value.money.is_some());
        values.insert(
            end,
            Value {
                from: Some(Place::Bucket(0).to_string()),
                to: diagonal.last().and_then(|value| value.to.clone()),
                month: Some(end),
                count: OfCount { millionths: product(counts), ..OfCount::default() },
                money: has_money.then(|| OfMoney { millionths: product(money), ..OfMoney::default() }),
                excluded: all.exclusions(),
            },
        );
    }
    values.into_values().collect()
}

/// The matrix of each later month, and of all months together.
pub(super) fn matrices(flows: &Flows, digits: Option<u32>) -> Vec<Matrix> {
    let months: Vec<Month> = flows.months().collect();
    let of_one = months.iter().map(|month| matrix(flows, Some(*month), &[*month], digits));
    let mut all: Vec<Matrix> = of_one.collect();
    if !months.is_empty() {
        all.push(matrix(flows, None, &months, digits));
    }
    all
}

fn matrix(flows: &Flows, month: Option<Month>, months: &[Month], digits: Option<u32>) -> Matrix {
    let flow = |from: Place, to: Place| {
        let mut sum = Flow::default();
        months.iter().for_each(|month| sum.add(flows.flow(*month, from, to)));
        sum
    };
    let places = flows.places();
    let mut rows = Vec::new();
    for from in places.iter().copied().filter(|from| !matches!(from, Place::Absent | Place::Unknown)) {
        let known = places.iter().copied().filter(|to| *to != Place::Unknown);
        let targets: Vec<(Place, Flow)> =
            known.map(|to| (to, flow(from, to))).filter(|(_, flow)| flow.accounts > 0).collect();
        let mut cohort = Flow::default();
        targets.iter().for_each(|(_, flow)| cohort.add(*flow));
        let mut left_out = Sums::default();
        left_out.exclude(NOT_KNOWN_WHERE, flow(from, Place::Unknown).accounts);
        if digits.is_some() {
            left_out.exclude(NO_BALANCE, cohort.before_unknown);
        }
        if cohort.accounts == 0 && left_out.excluded.is_empty() {
            continue;
        }
        let cells = targets.iter().map(|(to, flow)| MatrixCell {
            to: *to,
            accounts: flow.accounts,
            millionths: millionths(i128::from(flow.accounts), i128::from(cohort.accounts)),
            money: digits.map(|digits| Amount::new(flow.before, digits)),
            money_millionths: digits.and_then(|_| millionths(flow.before, cohort.before)),
        });
        rows.push(MatrixRow {
            from,
            accounts: cohort.accounts,
            money: digits.map(|digits| Amount::new(cohort.before, digits)),
            cells: cells.collect(),
            excluded: left_out.exclusions(),
        });
    }
    let new = places.iter().map(|to| flow(Place::Absent, *to).accounts).sum();
    Matrix { month, rows, new }
}

/// The cells of matrices as values.
pub(super) fn tracked(matrices: &[Matrix]) -> Vec<Value> {
    let cells = matrices.iter().flat_map(|matrix| {
        matrix.rows.iter().flat_map(move |row| row.cells.iter().map(move |cell| (matrix.month, row, cell)))
    });
    let value = |(month, row, cell): (Option<Month>, &MatrixRow, &MatrixCell)| Value {
        from: Some(row.from.to_string()),
        to: Some(cell.to.to_string()),
        month,
        count: OfCount { numerator: Some(cell.accounts), denominator: Some(row.accounts), millionths: cell.millionths },
        money: cell.money.map(|_| OfMoney {
            numerator: cell.money,
            denominator: row.money,
            millionths: cell.money_millionths,
        }),
        excluded: row.excluded.clone(),
    };
    cells.map(value).collect()
}
