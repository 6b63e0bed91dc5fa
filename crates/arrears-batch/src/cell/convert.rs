//! What the cells of one column mean to a policy.

use super::decimal::{Exact, Misfit};
use super::raw::Raw;
use arrears::policy::Input;
use arrears::problem::nearest;
use arrears::{Cell, Kind};

/// The number that stands for *never* in a column of days or counts.
pub const NEVER: i64 = 999_999;

/// Facts that are times of the day, in minutes after midnight.
const CLOCK_FACTS: [&str; 2] = ["stated_from", "stated_to"];

/// Minutes of a day.
pub(crate) const MINUTES: i64 = 24 * 60;

/// The most words that a message lists.
const LISTED: usize = 12;

/// How the cells of one column are read for one fact.
#[derive(Clone, Debug)]
pub(crate) struct Meaning<'p> {
    input: &'p Input,
    digits: u32,
    never: Vec<String>,
    plain: bool,
}

impl<'p> Meaning<'p> {
    /// Cells for `input`, in a currency with `digits` decimals. `never` lists values that
    /// stand for *never*, besides the word and [`NEVER`].
    pub(crate) fn new(input: &'p Input, digits: u32, never: &[String]) -> Self {
        let plain = never.is_empty() && !CLOCK_FACTS.contains(&input.name.as_str());
        Self { input, digits, never: never.to_vec(), plain }
    }

    /// The fact.
    pub(crate) const fn input(&self) -> &'p Input {
        self.input
    }

    /// Decimals of the currency.
    pub(crate) const fn digits(&self) -> u32 {
        self.digits
    }

    /// Whether numbers mean what they say: no time of the day, and no other number than
    /// [`NEVER`] stands for *never*.
    pub(crate) const fn is_plain(&self) -> bool {
        self.plain
    }

    /// Whether numbers are minutes after midnight, as they stand.
    pub(crate) fn is_clock(&self) -> bool {
        self.never.is_empty() && CLOCK_FACTS.contains(&self.input.name.as_str())
    }

    /// The cell of the fact; an empty cell of the table is unknown.
    ///
    /// # Errors
    ///
    /// What is wrong with the cell, in a few words that follow on from it: "is not a
    /// whole number".
    pub(crate) fn cell(&self, raw: &Raw<'_>) -> Result<Cell, String> {
        match raw {
            Raw::Empty => return Ok(Cell::UNKNOWN),
            // By far the most cells: days and counts as whole numbers.
            Raw::Whole(number @ 0..NEVER) if self.plain && matches!(self.input.kind, Kind::Days | Kind::Count) => {
                return Ok(Cell::number(*number));
            }
            _ => {}
        }
        if self.is_never(raw) {
            return if self.input.never {
                Ok(Cell::NEVER)
            } else {
                Err(format!("cannot be: `{}` always has a value", self.input.name))
            };
        }
        match self.input.kind {
            Kind::Days | Kind::Count => self.whole(raw),
            Kind::Money => amount(raw, self.digits).map(Cell::number),
            Kind::Ratio => ratio(raw),
            Kind::Flag => flag(raw),
            Kind::Category => self.word(raw),
        }
    }

    fn is_never(&self, raw: &Raw<'_>) -> bool {
        let counts = matches!(self.input.kind, Kind::Days | Kind::Count);
        let may_be = counts || (self.input.never && self.input.kind.is_number());
        if may_be && matches!(raw, Raw::Text(text) if text.eq_ignore_ascii_case("never")) {
            return true;
        }
        if !self.input.never || !counts {
            return false;
        }
        let number = exact(raw).and_then(|exact| exact.fixed(0).ok());
        let same = |text: &String| {
            matches!(raw, Raw::Text(found) if found == text)
                || (number.is_some() && number == Exact::read(text).and_then(|exact| exact.fixed(0).ok()))
        };
        number == Some(NEVER) || self.never.iter().any(same)
    }

    fn whole(&self, raw: &Raw<'_>) -> Result<Cell, String> {
        if CLOCK_FACTS.contains(&self.input.name.as_str()) {
            return clock(raw);
        }
        let number = exact(raw).ok_or_else(|| no_number(raw, "is not a whole number"))?;
        match number.fixed(0) {
            Ok(value) if value < 0 && self.input.from_zero => {
                Err(format!("is below zero: `{}` counts from zero", self.input.name))
            }
            Ok(value) => Ok(Cell::number(value)),
            Err(Misfit::TooManyDecimals) => Err("is not a whole number".to_owned()),
            Err(Misfit::TooLarge) => Err("is too large".to_owned()),
        }
    }

    fn word(&self, raw: &Raw<'_>) -> Result<Cell, String> {
        let written;
        let word = match raw {
            Raw::Text(text) => *text,
            other => {
                written = other.to_string();
                &written
            }
        };
        self.input.word(word).ok_or_else(|| {
            let known = || self.input.words.iter().map(String::as_str);
            let near = nearest(word, known()).map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default();
            let mut listed = known().take(LISTED).collect::<Vec<_>>().join(", ");
            if let Some(more) = self.input.words.len().checked_sub(LISTED).filter(|more| *more > 0) {
                listed.push_str(&format!(" and {more} more"));
            }
            format!("is not a word of `{}`: expected one of {listed}{near}", self.input.name)
        })
    }
}

/// The number in a cell, if it is one. Floating-point cells are read for ratios only.
fn exact(raw: &Raw<'_>) -> Option<Exact> {
    match raw {
        Raw::Whole(number) => Some(Exact::whole(*number)),
        Raw::Decimal(digits, decimals) => Some(Exact::new(*digits, *decimals)),
        Raw::Text(text) => Exact::read(text),
        Raw::Empty | Raw::Float(_) | Raw::Flag(_) | Raw::Date(_) => None,
    }
}

fn ratio(raw: &Raw<'_>) -> Result<Cell, String> {
    let number = match raw {
        Raw::Float(text) => Exact::read_float(text),
        Raw::Text(text) => Exact::read_float(text),
        other => exact(other),
    };
    number
        .ok_or_else(|| no_number(raw, "is not a number"))?
        .rounded(6)
        .map(Cell::number)
        .map_err(|_| "is too large".to_owned())
}

/// An amount in the smallest unit of a currency with so many decimals.
pub(crate) fn amount(raw: &Raw<'_>, digits: u32) -> Result<i64, String> {
    let amount =
        exact(raw).ok_or_else(|| no_number(raw, "is not an amount: write digits and a point, as in 1234.50"))?;
    amount.fixed(digits).map_err(|misfit| match misfit {
        Misfit::TooManyDecimals if digits == 0 => "has decimals, and the currency has none".to_owned(),
        Misfit::TooManyDecimals => format!("has more than {digits} decimals"),
        Misfit::TooLarge => "is too large".to_owned(),
    })
}

/// True or false.
pub(crate) fn flag(raw: &Raw<'_>) -> Result<Cell, String> {
    let set = match raw {
        Raw::Flag(set) => Some(*set),
        Raw::Whole(0) => Some(false),
        Raw::Whole(1) => Some(true),
        Raw::Text(text) => match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "1" => Some(true),
            "false" | "no" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    };
    set.map(Cell::flag).ok_or_else(|| "is neither true nor false".to_owned())
}

fn clock(raw: &Raw<'_>) -> Result<Cell, String> {
    let minutes = match raw {
        Raw::Text(text) if text.contains(':') => text.split_once(':').and_then(|(hour, minute)| {
            let (hour, minute) = (two_digits(hour)?, two_digits(minute)?);
            (minute < 60).then(|| hour * 60 + minute)
        }),
        other => exact(other).and_then(|exact| exact.fixed(0).ok()),
    };
    minutes
        .filter(|minutes| (0..=MINUTES).contains(minutes))
        .map(Cell::number)
        .ok_or_else(|| "is not a time of the day: write 15:00, or minutes after midnight".to_owned())
}

fn two_digits(text: &str) -> Option<i64> {
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// Why a cell is no number: texts and floats that mean "no value" get their own help.
fn no_number(raw: &Raw<'_>, otherwise: &str) -> String {
    let text = raw.to_string().to_ascii_lowercase();
    let empty = ["nan", "na", "n/a", "null", "none", "nil", "-"].contains(&text.as_str());
    let infinite = ["inf", "infinity"].contains(&text.trim_start_matches(['+', '-']));
    if empty {
        "is not a number: leave the cell empty where the value is not known".to_owned()
    } else if infinite {
        "is not a number".to_owned()
    } else {
        otherwise.to_owned()
    }
}
