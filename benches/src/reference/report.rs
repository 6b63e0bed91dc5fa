//! What every contestant took, as a table that people read and a last line that scripts read.

use std::fmt;

/// What a contestant is to the ratio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The engine whose ratio is told.
    Arrears,
    /// Against which it is told: the fastest of these on one thread.
    ByHand,
    /// Everybody else.
    Rival,
}

/// What one contestant took, in nanoseconds an account.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) threads: usize,
    pub(crate) accounts: usize,
    pub(crate) min: f64,
    pub(crate) median: f64,
    pub(crate) max: f64,
    pub(crate) role: Role,
}

/// The contestants, one to a line.
#[derive(Debug)]
pub(crate) struct Report(pub(crate) Vec<Line>);

impl Report {
    /// The fastest median of a role, on one thread.
    fn fastest(&self, role: Role) -> Option<f64> {
        let alone = self.0.iter().filter(|line| line.role == role && line.threads == 1);
        alone.map(|line| line.median).min_by(f64::total_cmp)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let by_hand = self.fastest(Role::ByHand).unwrap_or(f64::NAN);
        let width = self.0.iter().map(|line| line.name.chars().count()).max().unwrap_or(0).max("contestant".len());
        writeln!(
            f,
            "{:<width$}{:>9}{:>11}{:>11}{:>11}{:>11}{:>14}{:>10}",
            "contestant", "threads", "accounts", "min ns", "median ns", "max ns", "accounts/s", "ratio"
        )?;
        for line in &self.0 {
            writeln!(
                f,
                "{:<width$}{:>9}{:>11}{:>11.1}{:>11.1}{:>11.1}{:>14.0}{:>10.2}",
                line.name,
                line.threads,
                line.accounts,
                line.min,
                line.median,
                line.max,
                1e9 / line.median,
                line.median / by_hand
            )?;
        }
        match self.fastest(Role::Arrears) {
            Some(ours) => write!(f, "ratio to hand-written: {:.2}", ours / by_hand),
            None => write!(f, "ratio to hand-written: arrears did not take part"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Report, Role};

    fn line(name: &str, threads: usize, median: f64, role: Role) -> Line {
        Line { name: name.to_owned(), threads, accounts: 10, min: median, median, max: median, role }
    }

    #[test]
    fn the_ratio_is_to_the_faster_hand_written_one_on_one_thread() {
        let lines = vec![
            line("rows", 1, 25.0, Role::ByHand),
            line("columns", 1, 20.0, Role::ByHand),
            line("columns", 2, 10.0, Role::ByHand),
            line("arrears", 1, 30.0, Role::Arrears),
            line("arrears", 2, 15.0, Role::Arrears),
            line("kernels", 1, 5.0, Role::Rival),
        ];
        assert_eq!(Report(lines).to_string().lines().last(), Some("ratio to hand-written: 1.50"));
    }

    #[test]
    fn without_arrears_there_is_no_ratio() {
        let lines = vec![line("rows", 1, 25.0, Role::ByHand)];
        let last = "ratio to hand-written: arrears did not take part";
        assert_eq!(Report(lines).to_string().lines().last(), Some(last));
    }
}
