//! Nanoseconds an account as bars of text.

use std::fmt;

/// Marks of the longest bar, where bars are as long as the numbers are large.
const LONGEST: usize = 48;
/// Marks for each doubling, where they are not: a bar of one mark is one nanosecond.
const A_DOUBLING: f64 = 3.0;

/// One bar.
#[derive(Clone, Debug)]
pub(super) struct Bar {
    pub(super) name: String,
    /// Nanoseconds an account: the least, and that in the middle, of the rounds.
    pub(super) min: f64,
    pub(super) median: f64,
    /// What else is to be told of it.
    pub(super) note: String,
}

/// Bars below one another.
#[derive(Debug)]
pub(super) struct Chart {
    title: &'static str,
    bars: Vec<Bar>,
    doubling: bool,
}

impl Chart {
    /// Bars whose length is the number.
    pub(super) const fn even(title: &'static str, bars: Vec<Bar>) -> Self {
        Self { title, bars, doubling: false }
    }

    /// Bars that grow by as much for each doubling: for numbers that lie far apart.
    pub(super) const fn doubling(title: &'static str, bars: Vec<Bar>) -> Self {
        Self { title, bars, doubling: true }
    }

    fn marks(&self, bar: &Bar) -> usize {
        let most = self.bars.iter().map(|bar| bar.median).fold(0.0, f64::max);
        let marks = match self.doubling {
            true => 1.0 + bar.median.max(1.0).log2() * A_DOUBLING,
            false => bar.median / most * LONGEST as f64,
        };
        marks.round() as usize
    }
}

impl fmt::Display for Chart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.bars.iter().map(|bar| bar.name.chars().count()).max().unwrap_or(0);
        let longest = self.bars.iter().map(|bar| self.marks(bar)).max().unwrap_or(0);
        let scale = if self.doubling { ": three marks for each doubling" } else { "" };
        writeln!(f, "{}, nanoseconds an account{scale}", self.title)?;
        writeln!(f, "{:<name$}  {:longest$}{:>10}{:>10}", "", "", "min", "median")?;
        for bar in &self.bars {
            let marks = "█".repeat(self.marks(bar));
            let line =
                format!("{:<name$}  {marks:<longest$}{:>10.1}{:>10.1}  {}", bar.name, bar.min, bar.median, bar.note);
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Bar, Chart};

    fn bar(median: f64) -> Bar {
        Bar { name: "b".to_owned(), min: median, median, note: String::new() }
    }

    fn lengths(chart: &Chart) -> Vec<usize> {
        chart.to_string().lines().skip(2).map(|line| line.matches('█').count()).collect()
    }

    #[test]
    fn an_even_bar_is_as_long_as_its_number_is_large() {
        assert_eq!(lengths(&Chart::even("t", vec![bar(10.0), bar(20.0), bar(40.0)])), [12, 24, 48]);
    }

    #[test]
    fn three_marks_stand_for_each_doubling() {
        assert_eq!(lengths(&Chart::doubling("t", vec![bar(1.0), bar(2.0), bar(1024.0)])), [1, 4, 31]);
    }
}
