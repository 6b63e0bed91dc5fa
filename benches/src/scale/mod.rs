//! What an account costs as portfolios grow, and as policies do.

mod chart;
mod policies;
mod portfolios;
mod rules;

use crate::Failure;
use chart::Chart;
use std::path::Path;

/// Accounts of the portfolios.
const PORTFOLIOS: [usize; 4] = [10_000, 100_000, 1_000_000, 10_000_000];
/// Rules of the policies.
const POLICIES: [usize; 3] = [10, 100, 1000];

pub(crate) const USAGE: &str = "[accounts | rules] [--accounts MOST]";

/// What is asked.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    accounts: bool,
    rules: bool,
    /// The largest portfolio.
    most: usize,
}

impl Asked {
    fn read(arguments: &[&str]) -> Result<Self, String> {
        let mut asked = Self { accounts: true, rules: true, most: usize::MAX };
        let mut rest = arguments.iter().copied();
        while let Some(name) = rest.next() {
            match name {
                "accounts" => asked.rules = false,
                "rules" => asked.accounts = false,
                "--accounts" => {
                    let value = rest.next().ok_or("`--accounts` wants a value after it")?;
                    asked.most = value.parse().map_err(|_| format!("`{value}` is not a number of accounts"))?;
                }
                _ => return Err(format!("`{name}` is not known; scale takes {USAGE}")),
            }
        }
        Ok(asked)
    }
}

/// Measures what is asked for, checks what was decided, and draws it.
pub(crate) fn run(examples: &Path, arguments: &[&str]) -> Result<(), Failure> {
    let asked = Asked::read(arguments)?;
    if asked.accounts {
        let sizes: Vec<usize> = PORTFOLIOS.into_iter().filter(|size| *size <= asked.most).collect();
        let bars = portfolios::measure(examples, &sizes)?;
        println!("{}", Chart::even("The reference policy in columns on one thread, by accounts", bars));
    }
    if asked.rules {
        println!("{}", Chart::doubling("By rules of the policy, on one thread", rules::measure(&POLICIES)?));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Asked;

    #[test]
    fn either_half_can_be_asked_for_alone() {
        let asked = Asked::read(&["accounts", "--accounts", "100000"]).unwrap();
        assert_eq!(asked, Asked { accounts: true, rules: false, most: 100_000 });
        assert!(Asked::read(&["rules"]).unwrap().rules);
        assert!(Asked::read(&["threads"]).is_err());
    }
}
