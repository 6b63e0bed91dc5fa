//! Tables that a program holds, and rows that come once, are decided as files are.

use arrears::Law;
use arrears_batch::{HeldTable, Hooks, Options, Origin, RunError, StreamTable, Summary, run};
use arrow_array::{Array as _, RecordBatch, RecordBatchIterator, RecordBatchReader, StringArray};
use arrow_schema::SchemaRef;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::tempdir;

const AS_OF: &str = "2005-09-30";

fn book() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/data/card_accounts_2005_09.parquet")
}

fn policy() -> arrears::Policy {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/policies/cn-card.rhai");
    arrears_rules::load(&path, &[]).unwrap().policy.unwrap()
}

fn rows_of(path: &Path, size: usize) -> (SchemaRef, Vec<RecordBatch>) {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
    let reader = reader.with_batch_size(size).build().unwrap();
    (reader.schema(), reader.map(Result::unwrap).collect())
}

fn held(path: &Path, size: usize) -> HeldTable {
    let (schema, batches) = rows_of(path, size);
    HeldTable::new("accounts", schema, batches)
}

fn stream(path: &Path, size: usize) -> StreamTable {
    let (schema, batches) = rows_of(path, size);
    StreamTable::new("accounts", Box::new(RecordBatchIterator::new(batches.into_iter().map(Ok), schema)))
}

fn options() -> Options {
    Options { reviews: false, ..Options::new(AS_OF.parse().unwrap(), Law::none("historic data").unwrap()) }
}

/// What a run gives to those who take it.
#[derive(Debug, Default)]
struct Taken {
    decisions: Vec<RecordBatch>,
    left: Vec<RecordBatch>,
}

fn decide(table: impl Into<Origin>, options: &Options) -> Result<(Summary, Taken), RunError> {
    let policy = policy();
    let mut taken = Taken::default();
    let mut decisions = |rows| {
        taken.decisions.push(rows);
        true
    };
    let mut left = |rows| {
        taken.left.push(rows);
        true
    };
    let hooks = Hooks { decisions: Some(&mut decisions), left: Some(&mut left), ..Hooks::default() };
    let summary = run(&policy, table, options, hooks)?;
    Ok((summary, taken))
}

/// Rows that are decided apart leave no state.
fn apart_decided(table: impl Into<Origin>, options: &Options) -> (Summary, Taken) {
    let policy = policy();
    let mut taken = Taken::default();
    let mut decisions = |rows| {
        taken.decisions.push(rows);
        true
    };
    let hooks = Hooks { decisions: Some(&mut decisions), ..Hooks::default() };
    let summary = run(&policy, table, options, hooks).unwrap();
    (summary, taken)
}

/// Rows as text, so that they can be compared whatever batches they come in.
fn lines(batches: &[RecordBatch]) -> String {
    let mut bytes = Vec::new();
    let mut writer = arrow_csv::WriterBuilder::new().with_header(false).build(&mut bytes);
    batches.iter().for_each(|batch| writer.write(batch).unwrap());
    drop(writer);
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_table_in_memory_is_decided_as_its_file_is_in_batches_of_any_size() {
    let folder = tempdir().unwrap();
    let within = |name: &str| folder.path().join(name);
    let mut files = options();
    (files.outputs, files.state_out) = (vec![within("out.parquet")], Some(within("state.parquet")));
    let summary = run(&policy(), book(), &files, Hooks::default()).unwrap();
    let wanted = lines(&rows_of(&within("out.parquet"), 4096).1);
    let state = lines(&rows_of(&within("state.parquet"), 4096).1);
    for size in [100, 8192, 30_000] {
        let (told, taken) = decide(held(&book(), size), &options()).unwrap();
        assert_eq!(told.decisions, summary.decisions);
        assert_eq!(told.by_action, summary.by_action);
        assert!(lines(&taken.decisions) == wanted, "{size}");
        assert!(lines(&taken.left) == state, "{size}");
    }
    // The second night reads the state that the first left, from memory or from its file.
    let (_, first) = decide(held(&book(), 8192), &options()).unwrap();
    let kept = HeldTable::new("state", first.left[0].schema(), first.left);
    let next = Options { as_of: "2005-10-01".parse().unwrap(), ..options() };
    let from_memory = decide(held(&book(), 8192), &Options { state: Some(kept.into()), ..next.clone() }).unwrap();
    let from_file = Options { state: Some(within("state.parquet").into()), ..next };
    let from_file = decide(book(), &from_file).unwrap();
    assert_eq!(from_memory.0.with_state, 30_000);
    assert!(lines(&from_memory.1.decisions) == lines(&from_file.1.decisions));
    assert!(lines(&from_memory.1.left) == lines(&from_file.1.left));
}

#[test]
fn rows_that_come_once_are_decided_once_each_for_itself() {
    let apart = Options { apart: true, ..options() };
    let (_, wanted) = decide(held(&book(), 8192), &options()).unwrap();
    let (summary, taken) = apart_decided(stream(&book(), 777), &apart);
    assert_eq!(summary.decisions, 30_000);
    assert!(lines(&taken.decisions) == lines(&wanted.decisions));
    // Names of accounts may also be kept, which shows who comes twice.
    assert_eq!(decide(stream(&book(), 777), &options()).unwrap().0.decisions, 30_000);
    let (schema, mut batches) = rows_of(&book(), 30_000);
    batches.push(batches[0].slice(0, 3));
    let twice = HeldTable::new("accounts", schema, batches);
    let refused = decide(twice.clone(), &options()).unwrap_err().to_string();
    assert!(refused.starts_with("accounts: 3 rows of 30003 cannot be decided"), "{refused}");
    assert_eq!(apart_decided(twice, &apart).0.decisions, 30_003);
}

#[test]
fn a_stream_is_not_read_twice_and_rows_that_belong_together_are_not_decided_apart() {
    let (_, first) = decide(held(&book(), 8192), &options()).unwrap();
    let kept: Origin = HeldTable::new("state", first.left[0].schema(), first.left).into();
    let next = Options { as_of: "2005-10-01".parse().unwrap(), state: Some(kept), ..options() };
    let refused = decide(stream(&book(), 8192), &next).unwrap_err().to_string();
    assert!(
        refused.contains("accounts: cannot be opened: it is read more than once, which a stream cannot be"),
        "{refused}"
    );
    let refused = decide(held(&book(), 8192), &Options { apart: true, ..next }).unwrap_err();
    assert!(matches!(refused, RunError::NotApart));
    // Nor is a state left, in which an account could stand twice.
    let mut left = |_| true;
    let hooks = Hooks { left: Some(&mut left), ..Hooks::default() };
    let refused = run(&policy(), held(&book(), 8192), &Options { apart: true, ..options() }, hooks).unwrap_err();
    assert!(matches!(refused, RunError::NotApart));
    let once = stream(&book(), 8192);
    assert!(decide(once.clone(), &options()).is_ok());
    assert!(matches!(decide(once, &options()), Err(RunError::Table(_))));
}

#[test]
fn a_run_ends_when_nobody_takes_its_decisions_any_more() {
    let policy = policy();
    let mut count = 0;
    let mut decisions = |_| {
        count += 1;
        false
    };
    let hooks = Hooks { decisions: Some(&mut decisions), ..Hooks::default() };
    assert!(matches!(run(&policy, held(&book(), 1000), &options(), hooks), Err(RunError::Interrupted)));
    assert_eq!(count, 1);
}

#[test]
fn a_stream_that_fails_or_changes_its_columns_ends_the_run_with_the_row_that_was_reached() {
    let (schema, batches) = rows_of(&book(), 10_000);
    let broken = batches[..1].iter().cloned().map(Ok);
    let broken = broken.chain([Err(arrow_schema::ArrowError::ExternalError("the line went dead".into()))]);
    let reader = RecordBatchIterator::new(broken.collect::<Vec<_>>(), schema.clone());
    let refused = decide(StreamTable::new("accounts", Box::new(reader)), &options()).unwrap_err().to_string();
    assert!(refused.starts_with("accounts: cannot be read on after row 10000: "), "{refused}");
    assert!(refused.contains("the line went dead"), "{refused}");
    let other = RecordBatch::try_from_iter([("other", Arc::new(StringArray::from(vec!["x"])) as _)]).unwrap();
    assert_eq!(other.column(0).len(), 1);
    let refused = decide(HeldTable::new("accounts", schema, vec![batches[0].clone(), other]), &options());
    let refused = refused.unwrap_err().to_string();
    assert!(refused.contains("after row 10000: a batch has other columns than the table"), "{refused}");
}
