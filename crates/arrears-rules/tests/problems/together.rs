//! Many mistakes at once: every one is reported, in file order, and none twice.

use crate::golden::{Case, Golden};
use arrears::Problem;
use arrears_rules::{Style, load, render};

#[test]
fn every_mistake_of_a_policy_is_reported_at_once_and_in_file_order() {
    let golden = Golden::of("together");
    let case = Case::write(&golden.policy);
    let loaded = load(&case.first(), &case.overrides).unwrap();
    let shown = render(&loaded.problems, &loaded.sources, Style::default());
    assert!(loaded.policy.is_none());
    if let Some(other) = golden.compare(&shown) {
        panic!("{other}");
    }
    let places: Vec<_> = loaded.problems.iter().map(Problem::span).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn each_mistake_gives_one_problem() {
    // Every planted mistake is marked by a comment with its code at the end of its line.
    let golden = Golden::of("together");
    let mut planted: Vec<&str> =
        golden.policy.lines().filter_map(|line| line.rsplit_once("// P").map(|(_, code)| code)).collect();
    let case = Case::write(&golden.policy);
    let problems = load(&case.first(), &case.overrides).unwrap().problems;
    let mut found: Vec<&str> = problems.iter().filter_map(|problem| problem.code.strip_prefix('P')).collect();
    assert!(planted.len() >= 14, "{planted:?}");
    planted.sort_unstable();
    found.sort_unstable();
    assert_eq!(planted, found);
}
