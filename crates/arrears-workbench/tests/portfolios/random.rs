//! Random policies on random tables.

use super::comparisons::adds_up;
use super::{CARD, Stands, decided, load, options, table};
use arrears::{Kind, Policy};
use arrears_batch::{HeldTable, Options, Origin};
use arrears_testkit::generate::{Kinds, RowStyle, books};
use arrears_workbench::{Book, PassHooks, Rules, compare, sweep};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The least and the greatest value of each threshold.
fn ends(policy: &Policy) -> Vec<(String, [Decimal; 2])> {
    let digits = policy.head().currency.digits();
    let number = |kind: Kind, value: i64| Decimal::from_i128_with_scale(i128::from(value), kind.decimals(digits));
    let each = policy.thresholds().iter();
    each.map(|threshold| {
        (threshold.name.clone(), [threshold.from, threshold.to].map(|end| number(threshold.kind, end)))
    })
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn whoever_moves_in_two_runs_moves_in_a_comparison_and_in_a_sweep(
        book in books(Kinds { defaults: true, rows: RowStyle { assessed: false, huge: false }, accounts: 20 }),
        forms in prop::collection::vec(any::<u16>(), 8..60),
    ) {
        let rows = table::of(&book.policy, &book.accounts, &forms);
        let accounts = Origin::from(HeldTable::new("accounts", rows.schema(), vec![rows]));
        let options = Options { keep_going: true, ..options("2026-03-10") };
        let on = Book { table: &accounts, options: &options };
        let (_, scripts) = load(CARD);
        let own = Rules { policy: &book.policy, scripts: &scripts };
        let (before, _) = decided(own, on);
        let before: BTreeMap<String, Stands> = before.into_iter().collect();
        let itself = compare(own, own, on, None, PassHooks::default()).unwrap();
        adds_up(&itself);
        prop_assert_eq!(itself.moved.any.accounts, 0);
        for (name, values) in ends(&book.policy) {
            let swept = sweep(own, &name, &values, on, PassHooks::default()).unwrap();
            for point in &swept.points {
                let policy = book.policy.with_thresholds(&[(name.clone(), point.value)]).unwrap();
                let with = Rules { policy: &policy, scripts: &scripts };
                let comparison = compare(own, with, on, None, PassHooks::default()).unwrap();
                adds_up(&comparison);
                prop_assert_eq!(point.moved, comparison.moved);
                let (after, _) = decided(with, on);
                let moved = after.iter().filter(|(id, now)| before.get(id).is_some_and(|then| !then.moved(now).is_empty()));
                prop_assert_eq!(u64::try_from(moved.count()).unwrap(), comparison.moved.any.accounts);
                let new = after.iter().filter(|(id, _)| !before.contains_key(id));
                prop_assert_eq!(u64::try_from(new.count()).unwrap(), comparison.only_b.accounts);
            }
        }
    }
}
