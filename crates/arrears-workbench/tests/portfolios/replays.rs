//! Decisions made again, held against a log that somebody touched.

use super::{ACCOUNTS, CARD, cn_card, load, options, real_book, root};
use arrears_batch::{Hooks, Options, Origin, TableError, run};
use arrears_workbench::record::{FileRecord, Inputs, Ran, RunRecord, fingerprint};
use arrears_workbench::replay::{
    Again, FoundPolicies, Replay, ReplayError, ReplayHooks, Side, find_policies, hashes_of, replay,
};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A policy, a table and a night, in a folder of their own.
struct Archive {
    folder: tempfile::TempDir,
    options: Options,
    found: FoundPolicies,
}

impl Archive {
    fn new(decisions: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("card.rhai"), CARD).unwrap();
        std::fs::write(folder.path().join("accounts.csv"), ACCOUNTS).unwrap();
        let options = Options { keep_going: true, reviews: true, ..options("2026-03-31") };
        let (policy, _) = load(CARD);
        let night = Options { outputs: vec![folder.path().join(decisions)], ..options.clone() };
        run(&policy, folder.path().join("accounts.csv"), &night, Hooks::default()).unwrap();
        let hashes = hashes_of(&Origin::from(&folder.path().join(decisions))).unwrap();
        assert_eq!(hashes, [policy.hash().to_string()]);
        let found = find_policies(folder.path(), &hashes, &[], (&options.law, options.as_of)).unwrap();
        Self { folder, options, found }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn replay(&self, decisions: &str, recorded: Option<&FileRecord>) -> Result<Replay, ReplayError> {
        let (table, decisions) = (Origin::from(&self.path("accounts.csv")), Origin::from(&self.path(decisions)));
        let again = Again {
            policies: &self.found,
            folder: false,
            table: &table,
            options: &self.options,
            decisions: &decisions,
            recorded,
            shown: 100,
        };
        replay(again, ReplayHooks::default())
    }

    fn recorded(&self, name: &str) -> FileRecord {
        let (bytes, sha256) = fingerprint(&self.path(name)).unwrap();
        FileRecord { what: "decisions".to_owned(), path: name.to_owned(), bytes, sha256 }
    }
}

fn adds_up(replay: &Replay) {
    assert_eq!(replay.equal + replay.differing + replay.only_logged, replay.logged);
    assert_eq!(replay.equal + replay.differing + replay.only_decided, replay.decided);
}

#[test]
fn a_real_book_is_decided_again_column_by_column() {
    let folder = tempfile::tempdir().unwrap();
    let table = real_book();
    let again = Options { reviews: true, ..options("2005-09-30") };
    let night = folder.path().join("night.parquet");
    let (policy, _) = cn_card(&[]);
    run(&policy, table.clone(), &Options { outputs: vec![night.clone()], ..again.clone() }, Hooks::default()).unwrap();
    let policies = root().join("examples/policies");
    let found = find_policies(&policies, &[policy.hash().to_string()], &[], (&again.law, again.as_of)).unwrap();
    let decisions = Origin::from(&night);
    let again = Again {
        policies: &found,
        folder: false,
        table: &table,
        options: &again,
        decisions: &decisions,
        recorded: None,
        shown: 5,
    };
    let replayed = replay(again, ReplayHooks::default()).unwrap();
    assert!(replayed.is_equal(), "{:?}", replayed.first);
    assert_eq!(replayed.equal, 30_000);
}

#[test]
fn no_byte_of_parquet_can_be_altered_unnoticed() {
    let archive = Archive::new("night.parquet");
    let recorded = archive.recorded("night.parquet");
    let whole = std::fs::read(archive.path("night.parquet")).unwrap();
    let (mut shown, mut damaged) = (0, 0);
    for at in (0..whole.len()).step_by(101) {
        let mut altered = whole.clone();
        altered[at] ^= 0x11;
        std::fs::write(archive.path("night.parquet"), altered).unwrap();
        match archive.replay("night.parquet", Some(&recorded)) {
            Ok(replayed) => {
                adds_up(&replayed);
                assert!(!replayed.is_equal() && replayed.altered.is_some(), "byte {at}");
                shown += u32::from(replayed.differing > 0);
            }
            Err(error) => {
                assert!(error.to_string().contains("night.parquet"), "byte {at}: {error}");
                damaged += 1;
            }
        }
    }
    assert!(shown > 0 && damaged > 0, "{shown} {damaged}");
}

#[test]
fn a_row_that_is_missing_or_added_is_one_difference_and_not_all_that_follow() {
    let archive = Archive::new("night.csv");
    let night = std::fs::read_to_string(archive.path("night.csv")).unwrap();
    let lines: Vec<&str> = night.lines().collect();
    let written = |lines: &[&str]| {
        std::fs::write(archive.path("night.csv"), lines.join("\n")).unwrap();
        let replayed = archive.replay("night.csv", None).unwrap();
        adds_up(&replayed);
        replayed
    };
    for at in 1..lines.len() {
        let replayed = written(&[&lines[..at], &lines[at + 1..]].concat());
        assert_eq!((replayed.only_decided, replayed.only_logged, replayed.differing), (1, 0, 0), "line {at}");
        assert_eq!(replayed.first[0].only, Some(Side::Decided));
        assert!(lines[at].starts_with(&format!("{},", replayed.first[0].account_id)));
        let strange = lines[at].replacen(|_: char| true, "zz", 1);
        let replayed = written(&[&lines[..at], &[strange.as_str()], &lines[at..]].concat());
        assert_eq!((replayed.only_decided, replayed.only_logged, replayed.differing), (0, 1, 0), "line {at}");
        assert_eq!((replayed.first[0].row, replayed.first[0].line), (at as u64, Some(at as u64 + 1)));
    }
    // Nothing but the header.
    let replayed = written(&lines[..1]);
    assert_eq!((replayed.logged, replayed.only_decided), (0, replayed.decided));
}

#[test]
fn a_log_that_cannot_be_read_is_named_with_what_is_wrong() {
    let archive = Archive::new("night.csv");
    let night = std::fs::read_to_string(archive.path("night.csv")).unwrap();
    let refused = |name: &str, text: &str| {
        std::fs::write(archive.path(name), text).unwrap();
        archive.replay(name, None).unwrap_err()
    };
    assert!(matches!(refused("empty.csv", ""), ReplayError::Logged(TableError::Damaged { .. })));
    assert!(matches!(refused("night.parquet", &night), ReplayError::Logged(TableError::Damaged { .. })));
    assert!(matches!(refused("night.jsonl", "{}"), ReplayError::Logged(TableError::Format { .. })));
    match refused("other.csv", "account_id,stage\na,firm\n") {
        ReplayError::Columns { missing, .. } => assert_eq!(missing.len(), 25, "{missing:?}"),
        other => panic!("{other}"),
    }
    // A line that is cut short is a row that differs, and says so.
    let cut: String = night
        .lines()
        .enumerate()
        .map(|(at, line)| if at == 2 { format!("{}\n", line.rsplit_once(',').unwrap().0) } else { format!("{line}\n") })
        .collect();
    std::fs::write(archive.path("cut.csv"), cut).unwrap();
    let replayed = archive.replay("cut.csv", None).unwrap();
    assert_eq!(replayed.differing, 1);
    assert!(replayed.first[0].logged.as_deref().unwrap().contains("the header has 27"), "{:?}", replayed.first);
}

fn record(archive: &Archive) -> RunRecord {
    let (policy, _) = load(CARD);
    let table = Origin::from(&archive.path("accounts.csv"));
    let night = Options { outputs: vec![archive.path("again.parquet")], ..archive.options.clone() };
    let inputs = Inputs::of(&table, &night, &[("pack", archive.path("card.rhai"))]).unwrap();
    let summary = run(&policy, table, &night, Hooks::default()).unwrap();
    let summaries = [summary];
    let ran = Ran {
        policies: &[&policy],
        summaries: &summaries,
        folder: false,
        set: &[("floor".to_owned(), super::number("25.00"))],
        rows: summaries[0].rows,
        errors: summaries[0].errors,
        errors_file: summaries[0].errors_file.as_deref(),
    };
    inputs.record(&night, ran).unwrap()
}

#[test]
fn the_published_schema_names_what_a_record_has() {
    let record = serde_json::to_value(record(&Archive::new("night.csv"))).unwrap();
    let schema = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/run-1.schema.json"));
    let schema: Value = serde_json::from_str(&schema.unwrap()).unwrap();
    let names = |object: &Value| object.as_object().unwrap().keys().cloned().collect::<std::collections::BTreeSet<_>>();
    let mut pairs = vec![(record.clone(), schema.clone(), schema["properties"]["format"]["const"].clone())];
    let law = [("packs", "Pack"), ("calendars", "Calendar")];
    pairs.push((record["law"].clone(), schema["$defs"]["Law"].clone(), "law".into()));
    for (list, kind) in [("policies", "Policy"), ("read", "File"), ("written", "File")] {
        for item in record[list].as_array().unwrap() {
            pairs.push((item.clone(), schema["$defs"][kind].clone(), list.into()));
            let words = schema["$defs"]["File"]["properties"]["what"]["enum"].as_array().unwrap();
            assert!(kind != "File" || words.contains(&item["what"]));
        }
    }
    pairs.push((record["policies"][0]["files"][0].clone(), schema["$defs"]["Source"].clone(), "files".into()));
    let shipped =
        serde_json::to_value(arrears_workbench::record::LawRecord::of(&arrears_rules::shipped_law())).unwrap();
    for (list, kind) in law {
        pairs.push((shipped[list][0].clone(), schema["$defs"][kind].clone(), list.into()));
    }
    for (found, schema, what) in pairs {
        assert_eq!(names(&found), names(&schema["properties"]), "{what}");
        assert_eq!(schema["additionalProperties"], false, "{what}");
        for required in schema["required"].as_array().unwrap() {
            assert!(schema["properties"].get(required.as_str().unwrap()).is_some(), "{required}");
        }
    }
}

#[test]
fn a_record_reads_back_as_it_was_written_and_without_a_field_not_at_all() {
    let record = record(&Archive::new("night.csv"));
    let text = serde_json::to_string(&record).unwrap();
    assert_eq!(RunRecord::from_json(&text), Ok(record));
    let whole: Value = serde_json::from_str(&text).unwrap();
    for field in whole.as_object().unwrap().keys() {
        let mut without = whole.clone();
        without.as_object_mut().unwrap().remove(field);
        let faults = RunRecord::from_json(&without.to_string()).unwrap_err();
        assert!(faults.iter().any(|fault| fault.to_string().starts_with(&format!("{field}: missing"))), "{faults:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_to_a_record_it_is_read_whole_or_refused(cut in 0..2_000_usize, put in any::<char>()) {
        let law = arrears_workbench::record::LawRecord::of(&arrears::Law::none("a test").unwrap());
        let record = RunRecord {
            engine: "0".to_owned(), time_zones: "0".to_owned(), as_of: "2026-03-31".parse().unwrap(), law, folder: false, policies: Vec::new(),
            set: std::collections::BTreeMap::new(), reviews: true, keep_going: false, rows: 1, decisions: 1, errors: 0,
            read: Vec::new(), written: Vec::new(),
        };
        let text = serde_json::to_string(&record).unwrap();
        let at = cut % text.len();
        let (Some(before), Some(behind)) = (text.get(..at), text.get(at..)) else { return Ok(()) };
        if let Err(faults) = RunRecord::from_json(&format!("{before}{put}{behind}")) {
            prop_assert!(!faults.is_empty());
        }
        prop_assert!(RunRecord::from_json(before).is_err());
    }
}

#[test]
fn a_cell_that_was_altered_is_the_only_one_that_differs() {
    let archive = Archive::new("night.csv");
    let night = std::fs::read_to_string(archive.path("night.csv")).unwrap();
    let whole: Vec<Vec<&str>> = night.lines().map(|line| line.split(',').collect()).collect();
    assert!(whole.iter().all(|cells| cells.len() == 27));
    let mut runner = TestRunner::new(ProptestConfig { cases: 24, ..ProptestConfig::default() });
    let altered = runner.run(&(1..whole.len(), 1..27_usize, "[a-z]{1,4}"), |(row, column, put)| {
        prop_assume!(whole[row][column] != put);
        let mut cells = whole.clone();
        cells[row][column] = &put;
        let text: Vec<String> = cells.iter().map(|cells| cells.join(",")).collect();
        std::fs::write(archive.path("altered.csv"), text.join("\n")).unwrap();
        let replayed = archive.replay("altered.csv", None).unwrap();
        prop_assert_eq!((replayed.differing, replayed.first.len()), (1, 1));
        let first = &replayed.first[0];
        prop_assert_eq!((first.row, first.column.as_str()), (row as u64, whole[0][column]));
        prop_assert_eq!(first.logged.as_ref(), Some(&put));
        Ok(())
    });
    altered.unwrap();
}
