//! What holds of every change that is told, on random policies and accounts.

use super::staircase::{Staircase, Way};
use super::trial::Trial;
use super::{Options, Page, levers, what_if};
use crate::Rules;
use arrears::policy::is_protected_trait;
use arrears::{Law, Row};
use arrears_rules::Scripts;
use arrears_testkit::generate::{Book, Kinds, RowStyle, books};
use proptest::prelude::*;

const KINDS: Kinds = Kinds { defaults: true, rows: RowStyle { assessed: true, huge: false }, accounts: 3 };
const OPTIONS: Options = Options { days: 20, counts: 6, steps: 3 };

/// The accounts of a book that its policy decides.
fn rows(book: &Book) -> Vec<Row> {
    let bound = book.accounts.iter().filter_map(|facts| book.policy.bind(facts).ok());
    bound.filter(|row| book.policy.not_for(row).is_none()).collect()
}

fn scripts() -> Scripts {
    arrears_rules::load_source("none.rhai", "policy \"none\" #{ version: \"1\", currency: \"EUR\" };", &[]).scripts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn each_change_does_it_and_nothing_smaller_of_its_kind_does(
        book in books(KINDS),
        smaller in prop::collection::vec(any::<u32>(), 12),
    ) {
        let (law, scripts) = (Law::none("a test").unwrap(), scripts());
        for row in rows(&book) {
            let rules = Rules { policy: &book.policy, scripts: &scripts };
            let trial = Trial { rules, law: &law, as_of: "2026-03-31".parse().unwrap(), row: &row };
            let page = Page::new(&trial);
            for lever in levers(&trial, &page.decision.missing, &OPTIONS) {
                for way in [Way::Milder, Way::Harsher] {
                    let mut reached = trial.severity(&trial.as_it_is());
                    for size in Staircase::new(&trial, &lever, &page.leaves).steps(way, OPTIONS.steps) {
                        let severity = |size: i64| (lever.made)(size).map(|moved| trial.severity(&moved));
                        let then = severity(size).unwrap();
                        prop_assert!(way.goes(reached, then), "{}", (lever.words)(size));
                        let less = smaller.iter().map(|pick| lever.least + i64::from(*pick) % (size - lever.least + 1));
                        for less in less.chain([size - 1]).filter(|less| (lever.least..size).contains(less)) {
                            let goes = severity(less).is_some_and(|severity| way.goes(reached, severity));
                            prop_assert!(!goes, "{} does it too", (lever.words)(less));
                        }
                        reached = then;
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_told_is_the_same_each_time_and_names_no_protected_trait(book in books(KINDS)) {
        let (law, scripts) = (Law::none("a test").unwrap(), scripts());
        for row in rows(&book) {
            let rules = Rules { policy: &book.policy, scripts: &scripts };
            let told = what_if(rules, &row, &law, "2026-03-31".parse().unwrap(), &OPTIONS);
            prop_assert_eq!(&told, &what_if(rules, &row, &law, "2026-03-31".parse().unwrap(), &OPTIONS));
            let strength = told.now.strength;
            prop_assert!(told.milder.iter().all(|change| change.leads_to.strength <= strength));
            prop_assert!(told.harsher.iter().all(|change| change.leads_to.strength >= strength));
            for change in told.milder.iter().chain(&told.harsher) {
                prop_assert!(change.facts.iter().all(|moved| !is_protected_trait(&moved.fact)), "{:?}", change);
            }
        }
    }
}
