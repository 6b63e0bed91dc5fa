//! Every case of both kinds.

use crate::support::{files, folder, judged};
use arrears_conform::{judge, open};

#[test]
fn every_case_of_the_suite_passes() {
    let report = judged(&files());
    assert_eq!(report.failed(), 0, "{report}");
    let cases: usize = files().iter().map(|(_, file)| file["cases"].as_array().unwrap().len()).sum();
    assert_eq!(report.passed(), cases);
}

#[test]
fn a_file_is_judged_from_disk_as_from_memory() {
    let suite = open(&folder().join("ladder.any.ladder.json")).unwrap();
    assert_eq!(judge(&[suite]).to_string(), "33 passed, 0 failed\n");
}
