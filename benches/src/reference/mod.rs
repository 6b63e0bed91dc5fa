//! One small policy, decided by arrears and by its rivals.

pub(crate) mod accounts;
pub(crate) mod answers;
pub(crate) mod arrears_columns;
mod arrow_kernels;
mod asked;
mod interpreter;
mod python;
mod report;
mod rounds;
pub(crate) mod table;
pub(crate) mod written;
#[cfg(feature = "zen")]
mod zen;

pub(crate) use asked::USAGE;

use crate::Failure;
use accounts::Accounts;
use answers::Answers;
use arrears_batch::Decided;
use asked::Asked;
use report::{Report, Role};
use rounds::{Contestant, measure};
use std::path::Path;

/// Accounts that the interpreter decides: it takes microseconds for each.
const INTERPRETED: usize = 200_000;
/// Accounts that the decision tables decide.
#[cfg(feature = "zen")]
const TABLED: usize = 30_000;
/// Rounds of a rival that is slow, and of one that is very slow.
const SLOW: usize = 9;
const VERY_SLOW: usize = 5;

/// Writes the files that are asked for, or lets every contestant decide the accounts, compares
/// what each decided, and prints what it took.
pub(crate) fn run(examples: &Path, arguments: &[&str]) -> Result<(), Failure> {
    let asked = Asked::read(arguments).map_err(|wrong| format!("{wrong}; it takes {USAGE}"))?;
    let accounts = Accounts::new(asked.accounts);
    let answers = Answers::of(&accounts);
    let table = table::of(&accounts, asked.amounts)?;
    if let Some(folder) = &asked.write {
        std::fs::create_dir_all(folder)?;
        written::table(&folder.join(written::ACCOUNTS), &table)?;
        return written::answers(&folder.join(written::ANSWERS), &answers);
    }
    let policy = arrears_columns::load(examples)?;
    let portfolio = arrears_columns::portfolio(&policy, &table)?;
    let mut contestants = by_hand(&accounts);
    contestants.extend(arrears(&portfolio, &policy, &table)?);
    if !asked.alone {
        contestants.extend(rivals(&accounts)?);
    }
    let mut lines = measure(contestants, &answers)?;
    match &asked.python {
        Some(python) => lines.extend(python::run(python, &table, &answers)?),
        None => println!(
            "left out: numpy, polars and duckdb; `--python PYTHON` takes them in, where PYTHON is one that has \
             numpy, polars, duckdb and pyarrow"
        ),
    }
    if cfg!(not(feature = "zen")) {
        println!("left out: zen-engine; `cargo run --release --features zen ...` takes it in, and takes long to build");
    }
    println!("{}", Report(lines));
    Ok(())
}

fn by_hand(accounts: &Accounts) -> Vec<Contestant<'_>> {
    let count = accounts.len();
    let read = accounts.by_hand();
    let rows = Contestant::new("by hand in Rust, rows", Role::ByHand, (1, count), move |out| {
        arrears_by_hand::rows::decide(&read, places(out));
        Ok(())
    });
    let columns = Contestant::new("by hand in Rust, columns", Role::ByHand, (1, count), move |out| {
        arrears_by_hand::columns::decide(&read, places(out));
        Ok(())
    });
    let half = count / 2;
    let halves = Contestant::new("by hand in Rust, columns", Role::ByHand, (2, count), move |out| {
        let (first, second) = split(out, half);
        let (one, other) = read.part(0..half).zip(read.part(half..count)).ok_or("columns of different lengths")?;
        rayon::join(
            || arrears_by_hand::columns::decide(&one, first),
            || arrears_by_hand::columns::decide(&other, second),
        );
        Ok(())
    });
    vec![rows, columns, halves]
}

fn arrears<'a>(
    portfolio: &'a arrears_batch::Portfolio<'a>,
    policy: &arrears::Policy,
    table: &'a arrow_array::RecordBatch,
) -> Result<Vec<Contestant<'a>>, Failure> {
    let (count, half) = (table.num_rows(), table.num_rows() / 2);
    let codes = arrears_columns::Codes::of(policy)?;
    let (mut desk, mut decided) = (portfolio.desk(), Decided::default());
    let alone = Contestant::new("arrears", Role::Arrears, (1, count), move |out| {
        arrears_columns::decide((portfolio, &codes), table, (&mut desk, &mut decided), places(out))
    });
    let codes = arrears_columns::Codes::of(policy)?;
    let halves = [table.slice(0, half), table.slice(half, count - half)];
    let mut desks = [(portfolio.desk(), Decided::default()), (portfolio.desk(), Decided::default())];
    let both = Contestant::new("arrears", Role::Arrears, (2, count), move |out| {
        let (first, second) = split(out, half);
        let [table0, table1] = &halves;
        let [(desk0, decided0), (desk1, decided1)] = &mut desks;
        let codes = &codes;
        let (one, other) = rayon::join(
            || arrears_columns::decide((portfolio, codes), table0, (desk0, decided0), first),
            || arrears_columns::decide((portfolio, codes), table1, (desk1, decided1), second),
        );
        one.and(other)
    });
    Ok(vec![alone, both])
}

fn rivals(accounts: &Accounts) -> Result<Vec<Contestant<'_>>, Failure> {
    use interpreter::{Handing, Script};
    let count = accounts.len();
    let columns = arrow_kernels::Columns::of(accounts);
    let mut rivals = vec![
        Contestant::new("Arrow kernels, 8192 rows at a time", Role::Rival, (1, count), move |out| {
            arrow_kernels::decide(&columns, out)
        })
        .alone(SLOW),
    ];
    for (name, handing) in [("Rhai, positional arguments", Handing::Positional), ("Rhai, object map", Handing::Map)] {
        let script = Script::compile(handing)?;
        let interpreted = count.min(INTERPRETED);
        let decide = move |out: &mut Answers| script.decide(accounts, out);
        rivals.push(Contestant::new(name, Role::Rival, (1, interpreted), decide).alone(VERY_SLOW));
    }
    #[cfg(feature = "zen")]
    {
        let tables = arrears_by_zen::Tables::compile()?;
        let decide = move |out: &mut Answers| zen::decide(&tables, accounts, out);
        let name = "zen-engine, two decision tables";
        rivals.push(Contestant::new(name, Role::Rival, (1, count.min(TABLED)), decide).alone(VERY_SLOW));
    }
    Ok(rivals)
}

/// The places of all accounts.
pub(crate) fn places(out: &mut Answers) -> [&mut [u8]; 4] {
    let Answers { kind, action, reason, stage } = out;
    [kind, action, reason, stage]
}

/// The places of the first accounts, and those of the others.
fn split(out: &mut Answers, first: usize) -> ([&mut [u8]; 4], [&mut [u8]; 4]) {
    let Answers { kind, action, reason, stage } = out;
    let ((k0, k1), (a0, a1)) = (kind.split_at_mut(first), action.split_at_mut(first));
    let ((r0, r1), (s0, s1)) = (reason.split_at_mut(first), stage.split_at_mut(first));
    ([k0, a0, r0, s0], [k1, a1, r1, s1])
}
