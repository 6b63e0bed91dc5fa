//! A small policy, and tables of accounts written into a folder of their own.

use arrears::{Law, Policy};
use arrears_batch::{Hooks, Options, RunError, Summary, run};
use arrow_array::{ArrayRef, RecordBatch};
use parquet::arrow::ArrowWriter;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

pub(crate) const POLICY: &str = r#"
policy "book" #{ version: "1", from: "2026-01-01", currency: "CNY", zone: "Asia/Shanghai", jurisdiction: "CN" };
fact risk = 0.05 #{ kind: "ratio", why: "the bank's own score" };
assume fraud = false #{ why: "another department looks for it" };
assume times("refused", 60) = 0 #{ why: "no contact history" };
assume opted_out("sms") = false #{ why: "no objections are kept" };
assume opted_out("letter") = false #{ why: "no objections are kept" };
debtor "hardship" when cause in ["illness", "unemployment"];
debtor "other" otherwise;
hold "deceased" when deceased #{ stops: ["contact", "enforcement"], scope: "customer" };
hold "dispute" when dispute #{ stops: ["contact"] };
stage "reminder" when dpd >= 1;
stage "firm" when dpd > 30 && risk < 0.9 && !fraud && times("refused", 60) == 0;
escalate #{ mode: "sequential", steps: 1 };
treatment "gentle_text" in ["reminder"] when overdue >= 10.00 && not_yet("payment") do sms(#{ text: "gentle", every: 3 });
treatment "firm_letter" in ["firm"] do letter(#{ text: "firm", every: 14 });
priority overdue;
never "nobody in hardship gets a firm letter" when debtor_type == "hardship" && action == "letter";
"#;

pub(crate) const HEADER: &str = "account_id,dpd,overdue,cause,deceased,dispute,risk,days_since_payment\n";

/// The policy of these tests.
pub(crate) fn policy() -> Policy {
    policy_of(POLICY)
}

pub(crate) fn policy_of(text: &str) -> Policy {
    let loaded = arrears_rules::load_source("book.rhai", text, &[]);
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    loaded.policy.unwrap_or_else(|| panic!("{problems:?}"))
}

/// A folder with tables in it.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// A CSV table with the usual header.
    pub(crate) fn csv(&self, rows: &str) -> PathBuf {
        self.write("book.csv", format!("{HEADER}{rows}"))
    }

    pub(crate) fn parquet(&self, columns: Vec<(&str, ArrayRef)>) -> PathBuf {
        let path = self.path("book.parquet");
        write_parquet(&path, columns);
        path
    }

    /// The text of a file, without the folder in it.
    pub(crate) fn without(&self, text: impl ToString) -> String {
        text.to_string().replace(&format!("{}/", self.0.path().display()), "")
    }

    /// Every file in the folder.
    pub(crate) fn files(&self) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(self.0.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

pub(crate) fn write_parquet(path: &Path, columns: Vec<(&str, ArrayRef)>) {
    let batch =
        RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true))).unwrap();
    let file = std::fs::File::create(path).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

pub(crate) fn array<A: arrow_array::Array + 'static>(array: A) -> ArrayRef {
    Arc::new(array)
}

pub(crate) fn options(as_of: &str) -> Options {
    Options::new(as_of.parse().unwrap(), Law::none("test").unwrap())
}

pub(crate) fn decide(table: &Path, options: &Options) -> Result<Summary, RunError> {
    run(&policy(), table, options, Hooks::default())
}

/// The message with which a table is refused.
pub(crate) fn refusal(folder: &Folder, table: &Path) -> String {
    folder.without(decide(table, &options("2026-11-30")).unwrap_err())
}
