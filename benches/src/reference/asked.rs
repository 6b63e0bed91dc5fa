//! What is asked of the reference bench.

use super::table::Amounts;
use std::path::PathBuf;

/// Accounts that are decided where nobody says how many.
const ACCOUNTS: usize = 1_000_000;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) accounts: usize,
    /// The folder where the table and the answers go; nothing is measured if they go anywhere.
    pub(crate) write: Option<PathBuf>,
    pub(crate) amounts: Amounts,
    /// Whether only arrears and what is written by hand take part.
    pub(crate) alone: bool,
    /// A Python that has the packages of `scripts/bench_columns.py`.
    pub(crate) python: Option<PathBuf>,
}

/// The arguments, as a usage line has them.
pub(crate) const USAGE: &str = "[--accounts N] [--python PYTHON] [--write FOLDER] [--decimal128] [--alone]";

impl Asked {
    /// Reads the arguments after `reference`; a number alone is a number of accounts.
    ///
    /// # Errors
    ///
    /// What is wrong with the first argument that cannot be read.
    pub(crate) fn read(arguments: &[&str]) -> Result<Self, String> {
        let mut asked =
            Self { accounts: ACCOUNTS, write: None, amounts: Amounts::default(), alone: false, python: None };
        let mut rest = arguments.iter().copied();
        while let Some(name) = rest.next() {
            let mut value = || rest.next().ok_or_else(|| format!("`{name}` wants a value after it"));
            match name {
                "--accounts" => asked.accounts = accounts(value()?)?,
                "--write" => asked.write = Some(value()?.into()),
                "--python" => asked.python = Some(value()?.into()),
                "--alone" => asked.alone = true,
                "--decimal128" => asked.amounts = Amounts::Decimal128,
                number if !number.starts_with('-') => asked.accounts = accounts(number)?,
                _ => return Err(format!("`{name}` is not known")),
            }
        }
        Ok(asked)
    }
}

fn accounts(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err(format!("`{text}` is not a number of accounts: a whole number from 1 is")),
        Ok(accounts) => Ok(accounts),
    }
}

#[cfg(test)]
mod tests {
    use super::Asked;

    #[test]
    fn accounts_are_a_whole_number_from_one() {
        assert_eq!(Asked::read(&["2000"]).unwrap().accounts, 2000);
        assert_eq!(Asked::read(&["--accounts", "30"]).unwrap().accounts, 30);
        for wrong in ["0", "1e6", "-3", "many"] {
            assert!(Asked::read(&["--accounts", wrong]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_argument_that_is_unknown_or_lacks_its_value_is_named() {
        assert_eq!(Asked::read(&["--python"]).unwrap_err(), "`--python` wants a value after it");
        assert_eq!(Asked::read(&["--threads", "2"]).unwrap_err(), "`--threads` is not known");
    }
}
