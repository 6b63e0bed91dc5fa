//! Loading a policy, deciding accounts, explaining decisions.

use crate::Failure;
use crate::book::Book;
use crate::check;
use crate::clock::{Measure, Rounds};
use crate::report::Report;
use crate::reviews::Reviews;
use arrears::{Law, Policy, Row, decide, decide_today, explain};
use arrears_batch::{Hooks, Options};
use chrono::NaiveDate;
use std::path::Path;

/// The day of the example accounts.
const AS_OF: NaiveDate = match NaiveDate::from_ymd_opt(2005, 9, 30) {
    Some(day) => day,
    None => NaiveDate::MIN,
};
/// How often the few cases written by hand are decided in one round.
const OVER_AND_OVER: usize = 1000;
/// Every so many accounts of the book one is explained.
const EXPLAINED: usize = 100;

/// Measures what is asked for, and prints it.
pub(crate) fn run(examples: &Path, arguments: &[&str]) -> Result<(), Failure> {
    let wanted = match arguments {
        [] => "",
        [wanted] => wanted,
        _ => return Err("one word at most says which measures are wanted".into()),
    };
    let (measures, reviews) = measure(examples, wanted)?;
    print!("{}", Report(&measures));
    println!("\n{reviews}");
    println!("\nchecked: 30,000 accounts decided, 3,130 of them 60 or more days past due");
    Ok(())
}

/// Measures everything whose name contains `wanted`, and checks what was computed; the next
/// reviews of the example book besides.
fn measure(examples: &Path, wanted: &str) -> Result<(Vec<Measure>, Reviews), Failure> {
    let law = Law::none("a bench decides nobody's account")?;
    let file = examples.join("policies/cn-card.rhai");
    let policy = load(&file)?;
    let book = Book::read(&policy, examples.join("data/card_accounts_2005_09.parquet"), &law, AS_OF)?;
    let cases = Book::read(&policy, examples.join("data/cases.csv"), &law, AS_OF)?;
    check::book(&policy, &book, &law, AS_OF)?;
    check::book(&policy, &cases, &law, AS_OF)?;
    check::late_accounts(&policy, &book)?;

    let mut measures = Measures { wanted, taken: Vec::new() };
    loading(&mut measures, &file)?;
    deciding(&mut measures, &policy, &law, "book", &book, 1);
    deciding(&mut measures, &policy, &law, "cases", &cases, OVER_AND_OVER);
    let sample: Vec<&Row> = book.rows.iter().step_by(EXPLAINED).collect();
    explaining(&mut measures, &policy, &law, "book", &sample);
    explaining(&mut measures, &policy, &law, "cases", &cases.rows.iter().collect::<Vec<_>>());
    let name = format!("run over the book, account ({} threads)", rayon::current_num_threads());
    let reviews = Reviews::of(&policy, &law, &book, AS_OF);
    let options = Options::new(AS_OF, law);
    measures.take(&name, book.rows.len(), Rounds::FEW, || {
        arrears_batch::run(&policy, &book.path, &options, Hooks::default()).map(|summary| summary.decisions)
    });
    Ok((measures.taken, reviews))
}

pub(crate) fn load(file: &Path) -> Result<Policy, Failure> {
    let loaded = arrears_rules::load(file, &[])?;
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    loaded.policy.ok_or_else(|| format!("{}: {}", file.display(), problems.join("\n")).into())
}

/// The measures that were asked for.
struct Measures<'a> {
    wanted: &'a str,
    taken: Vec<Measure>,
}

impl Measures<'_> {
    fn take<T>(&mut self, name: &str, times: usize, rounds: Rounds, work: impl FnMut() -> T) {
        if name.contains(self.wanted) {
            self.taken.push(Measure::of(name, times, rounds, work));
        }
    }
}

fn loading(measures: &mut Measures<'_>, file: &Path) -> Result<(), Failure> {
    let reading = arrears_rules::read(file)?;
    measures.take("load cn-card", 1, Rounds::MANY, || arrears_rules::load(file, &[]));
    measures.take("load: read the file", 1, Rounds::MANY, || arrears_rules::read(file));
    measures.take("load: check the statements", 1, Rounds::MANY, || Policy::check(&reading.draft, &[]));
    Ok(())
}

fn deciding(measures: &mut Measures<'_>, policy: &Policy, law: &Law, of: &str, book: &Book, again: usize) {
    let times = book.rows.len() * again;
    let mut take = |name: &str, work: &dyn Fn(usize) -> usize| {
        measures.take(&format!("{name}, {of}"), times, Rounds::FEW, || {
            (0..again).map(|_| (0..book.rows.len()).map(work).sum::<usize>()).sum::<usize>()
        });
    };
    let row = |index: usize| book.rows.get(index);
    take("bind facts", &|index| {
        book.facts.get(index).and_then(|facts| policy.bind(facts).ok()).map_or(0, |row| row.cells().len())
    });
    take("decide without next review", &|index| {
        row(index).map_or(0, |row| decide_today(policy, row, law, AS_OF, None).missing.len())
    });
    take("decide with next review", &|index| row(index).map_or(0, |row| decide(policy, row, law, AS_OF).missing.len()));
}

fn explaining(measures: &mut Measures<'_>, policy: &Policy, law: &Law, of: &str, rows: &[&Row]) {
    let explain = |row: &&Row| explain(policy, row, "A-1", law, AS_OF);
    measures.take(&format!("explain, {of}"), rows.len(), Rounds::FEW, || {
        rows.iter().map(explain).map(|explanation| explanation.parts.len()).sum::<usize>()
    });
    measures.take(&format!("explain as text, {of}"), rows.len(), Rounds::FEW, || {
        rows.iter().map(explain).map(|explanation| explanation.to_string().len()).sum::<usize>()
    });
}
