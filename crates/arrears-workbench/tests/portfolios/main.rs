//! Whole tables under several values of a threshold and under two policies, held against runs that are made one
//! by one and compared row by row; what tables and tests exercise of a policy; what would change one decision.

#![cfg(test)]

mod comparisons;
mod differences;
mod exercised;
mod handbooks;
mod hashes;
mod random;
mod replays;
mod sweeps;
#[path = "../../../arrears-batch/tests/columns/table.rs"]
mod table;
mod turning;
mod wordings;

use arrears::{Class, Law, Policy, Verb};
use arrears_batch::{Hooks, Options, Origin, Summary, run};
use arrears_rules::{Loaded, Scripts};
use arrears_workbench::portfolio::Count;
use arrears_workbench::{Book, Rules, script_facts};
use arrow_array::cast::AsArray as _;
use arrow_array::{Array as _, RecordBatch};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A policy that sends, calls and warns by thresholds.
pub(crate) const CARD: &str = r#"
policy "card" #{ version: "3", currency: "GBP", zone: "Europe/London" };
applies when product == "card";
threshold floor = 25.00 #{ from: 5.00, to: 100.00, why: "a reminder costs more below" };
threshold patience = 30 #{ from: 1, to: 90, why: "long enough for a pay day" };
assume opted_out("sms") = false #{ why: "a test" };
assume opted_out("phone") = false #{ why: "a test" };
assume number_mobile = "valid" #{ why: "a test" };
debtor "small" when overdue < floor;
debtor "other" otherwise;
stage "reminder" when dpd >= 1;
stage "firm" when dpd > patience;
escalate #{ first: "skip" };
treatment "text" in ["reminder"] when overdue >= floor do sms(#{ text: "gentle" });
treatment "call" in ["firm"] do phone(#{ at: "15:00", numbers: ["mobile"] });
never "nobody is called about a trifle" when overdue < 20.00 && action == "phone";
"#;

/// Eight accounts: one owes an unknown sum, one is a loan, the last may be called about a trifle.
pub(crate) const ACCOUNTS: &str = "account_id,product,dpd,overdue
a,card,0,0.00
b,card,5,10.00
c,card,5,30.00
d,card,20,200.00
e,card,40,400.00
f,card,6,
g,loan,40,50.00
h,card,50,15.00
";

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(crate) fn real_book() -> Origin {
    Origin::from(&root().join("examples/data/card_accounts_2005_09.parquet"))
}

pub(crate) fn cn_card(set: &[(String, Decimal)]) -> (Policy, Scripts) {
    let loaded = arrears_rules::load(&root().join("examples/policies/cn-card.rhai"), set).unwrap();
    (loaded.policy.unwrap(), loaded.scripts)
}

pub(crate) fn load(text: &str) -> (Policy, Scripts) {
    let Loaded { policy, problems, scripts, .. } = arrears_rules::load_source("card.rhai", text, &[]);
    (policy.unwrap_or_else(|| panic!("{problems:?}")), scripts)
}

pub(crate) fn options(as_of: &str) -> Options {
    Options { reviews: false, ..Options::new(as_of.parse().unwrap(), Law::none("a test").unwrap()) }
}

pub(crate) fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A table of text in a folder of its own.
pub(crate) fn csv(text: &str) -> (tempfile::TempDir, Origin) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("accounts.csv");
    std::fs::write(&path, text).unwrap();
    (folder, Origin::from(&path))
}

/// How one account stands, in the words of its decision.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stands {
    pub(crate) stage: Option<String>,
    pub(crate) action: Option<String>,
    pub(crate) treatment: Option<String>,
    pub(crate) debtor_type: Option<String>,
    pub(crate) channel: Option<String>,
}

impl Stands {
    pub(crate) fn is_contact(&self) -> bool {
        let verb = Verb::from_word(self.action.as_deref().unwrap());
        verb.is_some_and(|verb| verb.def().class == Class::Contact)
    }

    pub(crate) fn moved(&self, other: &Self) -> String {
        let all = [
            ("stage", self.stage != other.stage),
            ("action", self.action != other.action),
            ("treatment", self.treatment != other.treatment),
            ("debtor_type", self.debtor_type != other.debtor_type),
        ];
        all.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect::<Vec<_>>().join("; ")
    }
}

/// The words of a column, whatever holds them.
pub(crate) fn texts(batch: &RecordBatch, name: &str) -> Vec<Option<String>> {
    let column = batch.column_by_name(name).unwrap();
    let at = |row: usize| match column.as_string_opt::<i32>() {
        Some(texts) => texts.value(row).to_owned(),
        None => {
            let words = column.as_dictionary::<arrow_array::types::Int32Type>();
            let key = usize::try_from(words.keys().value(row)).unwrap();
            words.values().as_string::<i32>().value(key).to_owned()
        }
    };
    (0..batch.num_rows()).map(|row| (!column.is_null(row)).then(|| at(row))).collect()
}

/// One run as the command line makes it: every account and how it stands, in the order of the table.
pub(crate) fn decided(rules: Rules<'_>, book: Book<'_>) -> (Vec<(String, Stands)>, Summary) {
    let mut rows = Vec::new();
    let mut take = |batch: RecordBatch| {
        let [account, stage, action, treatment, debtor_type, channel] =
            ["account_id", "stage", "action", "treatment", "debtor_type", "channel"].map(|name| texts(&batch, name));
        for row in 0..batch.num_rows() {
            let of = |column: &Vec<Option<String>>| column[row].clone();
            let stands = Stands {
                stage: of(&stage),
                action: of(&action),
                treatment: of(&treatment),
                debtor_type: of(&debtor_type),
                channel: of(&channel),
            };
            rows.push((of(&account).unwrap(), stands));
        }
        true
    };
    let compute = script_facts::hook(rules.scripts);
    let hooks = Hooks { decisions: Some(&mut take), scripts: Some(&compute), ..Hooks::default() };
    let summary = run(rules.policy, book.table.clone(), book.options, hooks).unwrap();
    (rows, summary)
}

/// What is overdue on each account of the real book, in cents, read from the file itself.
pub(crate) fn real_overdue() -> BTreeMap<String, i128> {
    let file = std::fs::File::open(root().join("examples/data/card_accounts_2005_09.parquet")).unwrap();
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
    let mut overdue = BTreeMap::new();
    for batch in reader.build().unwrap() {
        let batch = batch.unwrap();
        let mut bytes = Vec::new();
        let places = ["account_id", "overdue"].map(|name| batch.schema().index_of(name).unwrap());
        let mut writer = arrow_csv::WriterBuilder::new().with_header(false).build(&mut bytes);
        writer.write(&batch.project(&places).unwrap()).unwrap();
        drop(writer);
        for line in String::from_utf8(bytes).unwrap().lines() {
            let (account, amount) = line.split_once(',').unwrap();
            overdue.insert(account.to_owned(), (number(amount) * number("100")).try_into().unwrap());
        }
    }
    overdue
}

/// A count without the form of its amount.
pub(crate) fn plain(count: Count) -> (u64, i128) {
    (count.accounts, count.overdue.unwrap().minor())
}

/// Accounts counted the slow way.
pub(crate) fn counted<'a>(
    accounts: impl IntoIterator<Item = &'a String>,
    overdue: &BTreeMap<String, i128>,
) -> (u64, i128) {
    accounts.into_iter().fold((0, 0), |(count, sum), account| (count + 1, sum + overdue[account]))
}
