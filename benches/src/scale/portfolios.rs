//! The reference policy over portfolios of growing size, slice by slice, so that no size needs
//! more memory than a slice.

use super::chart::Bar;
use crate::Failure;
use crate::clock::Lap;
use crate::reference::accounts::Maker;
use crate::reference::answers::Answers;
use crate::reference::table::Amounts;
use crate::reference::{arrears_columns, places, table};
use arrears_batch::Decided;
use std::path::Path;

/// Accounts that are made, decided and forgotten together: more than fit in a cache.
const SLICE: usize = 1_000_000;
const ROUNDS: usize = 9;

/// What an account costs in a portfolio of so many. A round decides a million accounts at
/// least, a small portfolio again and again; only deciding is timed, every answer compared.
pub(super) fn measure(examples: &Path, size: usize) -> Result<Bar, Failure> {
    let policy = arrears_columns::load(examples)?;
    let codes = arrears_columns::Codes::of(&policy)?;
    let again = (SLICE / size).max(1);
    let mut rounds = [0.0; ROUNDS];
    let mut maker = Maker::new();
    let mut left = size;
    while left > 0 {
        let accounts = maker.make(left.min(SLICE));
        left -= accounts.len();
        let table = table::of(&accounts, Amounts::default())?;
        let portfolio = arrears_columns::portfolio(&policy, &table)?;
        let (mut desk, mut decided) = (portfolio.desk(), Decided::default());
        let answers = Answers::of(&accounts);
        drop(accounts);
        let mut out = Answers::blank(table.num_rows());
        let mut decide = |out: &mut Answers| {
            arrears_columns::decide((&portfolio, &codes), &table, (&mut desk, &mut decided), places(out))
        };
        decide(&mut out)?;
        answers.compare("arrears", &out)?;
        out.erase();
        for round in &mut rounds {
            let lap = Lap::begin();
            (0..again).try_for_each(|_| decide(&mut out))?;
            *round += lap.seconds();
        }
        answers.compare("arrears", &out)?;
    }
    let each = 1e9 / (size * again) as f64;
    rounds.sort_unstable_by(f64::total_cmp);
    let [least, .., _] = rounds;
    let middle = rounds.get(ROUNDS / 2).copied().unwrap_or(f64::NAN);
    let note = format!("a portfolio in {:.1} ms", middle / again as f64 * 1e3);
    Ok(Bar { name: format!("{size:>10} accounts"), min: least * each, median: middle * each, note })
}
