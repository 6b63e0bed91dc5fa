//! Every case of every kind that is read.

use crate::support::{CONVENTIONS, UNDER_LAW, UNDER_REGIMES, files, folder, judged};
use arrears_conform::{judge, open};

#[test]
fn every_case_of_the_suite_passes() {
    let files = files(&[&CONVENTIONS[..], &UNDER_LAW, &UNDER_REGIMES].concat());
    let report = judged(&files);
    assert_eq!(report.failed(), 0, "{report}");
    let cases: usize = files.iter().map(|(_, file)| file["cases"].as_array().unwrap().len()).sum();
    assert_eq!(report.passed(), cases);
}

#[test]
fn the_report_says_how_many_unverified_rules_are_enabled_where_the_law_is_asked() {
    let (law, conventions) = (judged(&files(&UNDER_LAW)), judged(&files(&CONVENTIONS)));
    assert!(law.to_string().starts_with(&format!("unverified rules are enabled: {}\n", law.unverified.len())));
    assert!(law.unverified.iter().any(|rule| rule == "JP-MLBA-21-night"), "{:?}", law.unverified);
    assert!(conventions.unverified.is_empty() && conventions.to_string().lines().count() == 1);
}

#[test]
fn regimes_that_were_not_verified_are_enabled_and_counted_too() {
    let (regimes, law) = (judged(&files(&UNDER_REGIMES)), judged(&files(&UNDER_LAW)));
    assert!(regimes.to_string().starts_with(&format!("unverified rules are enabled: {}\n", regimes.unverified.len())));
    assert!(regimes.unverified.iter().any(|rule| rule == "IFRS9-stage"), "{:?}", regimes.unverified);
    let both = judged(&files(&[&UNDER_LAW[..], &UNDER_REGIMES].concat()));
    assert_eq!(both.unverified.len(), law.unverified.len() + regimes.unverified.len());
}

#[test]
fn a_file_is_judged_from_disk_as_from_memory() {
    let suite = open(&folder().join("ladder.any.ladder.json")).unwrap();
    assert_eq!(judge(&[suite]).to_string(), "33 passed, 0 failed\n");
}
