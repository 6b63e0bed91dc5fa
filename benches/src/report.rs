//! Measures as a table that people read.

use crate::clock::Measure;
use std::fmt;

/// Measures, one to a line.
#[derive(Debug)]
pub(crate) struct Report<'a>(pub(crate) &'a [Measure]);

const HEAD: [&str; 6] = ["once", "a round", "min", "median", "max", "per second"];

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rows = vec![HEAD.map(str::to_owned)];
        rows.extend(self.0.iter().map(|measure| {
            [
                measure.name.clone(),
                grouped(measure.times as f64),
                span(measure.min()),
                span(measure.median()),
                span(measure.max()),
                grouped(1e9 / measure.median()),
            ]
        }));
        let width =
            |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|text| text.chars().count()).max();
        let widths: [usize; 6] = std::array::from_fn(|column| width(column).unwrap_or(0));
        for row in &rows {
            for (column, (text, width)) in row.iter().zip(widths).enumerate() {
                match column {
                    0 => write!(f, "{text:<width$}")?,
                    _ => write!(f, "   {text:>width$}")?,
                }
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

/// Nanoseconds in the unit in which people say them.
fn span(nanoseconds: f64) -> String {
    match nanoseconds {
        under if under < 1e3 => format!("{under:.0} ns"),
        under if under < 1e6 => format!("{:.2} µs", under / 1e3),
        under if under < 1e9 => format!("{:.2} ms", under / 1e6),
        above => format!("{:.2} s", above / 1e9),
    }
}

/// A whole number in groups of three digits.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
