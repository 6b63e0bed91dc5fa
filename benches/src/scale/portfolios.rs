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
/// How often a slice is decided in portfolios of each size.
const ROUNDS: usize = 5;

/// A portfolio, and what an account of it took round by round.
struct Size {
    accounts: usize,
    rounds: Vec<f64>,
}

/// What an account costs in portfolios of so many, the largest last. Sizes take turns, so that a
/// busy moment slows all of them; one that is smaller than a slice is decided again and again
/// until a slice is full. Only deciding is timed, and every answer compared.
pub(super) fn measure(examples: &Path, sizes: &[usize]) -> Result<Vec<Bar>, Failure> {
    let policy = arrears_columns::load(examples)?;
    let codes = arrears_columns::Codes::of(&policy)?;
    let mut sizes: Vec<Size> = sizes.iter().map(|accounts| Size { accounts: *accounts, rounds: Vec::new() }).collect();
    let most = sizes.iter().map(|size| size.accounts).max().unwrap_or(0);
    // A portfolio of several slices is their sum.
    let mut whole = [0.0; ROUNDS];
    let mut maker = Maker::new();
    let mut left = most;
    while left > 0 {
        let accounts = maker.make(left.min(SLICE));
        left -= accounts.len();
        let table = table::of(&accounts, Amounts::default())?;
        let portfolio = arrears_columns::portfolio(&policy, &table)?;
        let (mut desk, mut decided) = (portfolio.desk(), Decided::default());
        let answers = Answers::of(&accounts);
        drop(accounts);
        let mut lap = |count: usize| -> Result<f64, Failure> {
            let some = table.slice(0, count);
            let mut out = Answers::blank(count);
            let again = (table.num_rows() / count).max(1);
            let lap = Lap::begin();
            for _ in 0..again {
                let desk = (&mut desk, &mut decided);
                arrears_columns::decide((&portfolio, &codes), &some, desk, places(&mut out))?;
            }
            let seconds = lap.seconds() / again as f64;
            answers.compare("arrears", &out)?;
            Ok(seconds)
        };
        lap(table.num_rows())?;
        for round in &mut whole {
            for size in sizes.iter_mut().filter(|size| size.accounts <= table.num_rows()) {
                size.rounds.push(lap(size.accounts)? * 1e9 / size.accounts as f64);
            }
            *round += lap(table.num_rows())?;
        }
    }
    let of_slices = whole.map(|seconds| seconds * 1e9 / most.max(1) as f64);
    Ok(sizes.into_iter().map(|size| size.bar(&of_slices)).collect())
}

impl Size {
    fn bar(mut self, of_slices: &[f64]) -> Bar {
        if self.rounds.is_empty() {
            self.rounds = of_slices.to_vec();
        }
        self.rounds.sort_unstable_by(f64::total_cmp);
        let at = |place: usize| self.rounds.get(place).copied().unwrap_or(f64::NAN);
        let (min, median) = (at(0), at(self.rounds.len() / 2));
        let note = format!("a portfolio in {:.1} ms", median * self.accounts as f64 / 1e6);
        Bar { name: format!("{:>10} accounts", self.accounts), min, median, note }
    }
}
