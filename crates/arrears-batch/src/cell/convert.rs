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
const MINUTES: i64 = 24 * 60;

/// The most words that a message lists.
const LISTED: usize = 12;

/// How the cells of one column are read for one fact.
#[derive(Clone, Debug)]
pub(crate) struct Meaning<'p> {
    input: &'p Input,
    digits: u32,
    never: Vec<String>,
}

impl<'p> Meaning<'p> {
    /// Cells for `input`, in a currency with `digits` decimals. `never` lists values that
    /// stand for *never*, besides the word and [`NEVER`].
    pub(crate) fn new(input: &'p Input, digits: u32, never: &[String]) -> Self {
        Self {
            input,
            digits,
            never: never.to_vec(),
        }
    }

    /// The fact.
    pub(crate) const fn input(&self) -> &'p Input {
        self.input
    }

    /// The cell of the fact; an empty cell of the table is unknown.
    ///
    /// # Errors
    ///
    /// What is wrong with the cell, in a few words that follow on from it: "is not a
    /// whole number".
    pub(crate) fn cell(&self, raw: &Raw<'_>) -> Result<Cell, String> {
        if *raw == Raw::Empty {
            return Ok(Cell::UNKNOWN);
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
            Kind::Money => self.money(raw),
            Kind::Ratio => ratio(raw),
            Kind::Flag => flag(raw),
            Kind::Category => self.word(raw),
        }
    }

    fn is_never(&self, raw: &Raw<'_>) -> bool {
        if !matches!(self.input.kind, Kind::Days | Kind::Count) {
            return false;
        }
        if matches!(raw, Raw::Text(text) if text.eq_ignore_ascii_case("never")) {
            return true;
        }
        if !self.input.never {
            return false;
        }
        let number = exact(raw).and_then(|exact| exact.fixed(0).ok());
        let same = |text: &String| {
            matches!(raw, Raw::Text(found) if found == text)
                || (number.is_some()
                    && number == Exact::read(text).and_then(|exact| exact.fixed(0).ok()))
        };
        number == Some(NEVER) || self.never.iter().any(same)
    }

    fn whole(&self, raw: &Raw<'_>) -> Result<Cell, String> {
        if CLOCK_FACTS.contains(&self.input.name.as_str()) {
            return clock(raw);
        }
        let number = exact(raw).ok_or_else(|| no_number(raw, "is not a whole number"))?;
        match number.fixed(0) {
            Ok(value) if value < 0 && self.input.from_zero => Err(format!(
                "is below zero: `{}` counts from zero",
                self.input.name
            )),
            Ok(value) => Ok(Cell::number(value)),
            Err(Misfit::TooManyDecimals) => Err("is not a whole number".to_owned()),
            Err(Misfit::TooLarge) => Err("is too large".to_owned()),
        }
    }

    fn money(&self, raw: &Raw<'_>) -> Result<Cell, String> {
        let amount = exact(raw).ok_or_else(|| {
            no_number(raw, "is not an amount: write digits and a point, as in 1234.50")
        })?;
        match amount.fixed(self.digits) {
            Ok(minor) => Ok(Cell::number(minor)),
            Err(Misfit::TooManyDecimals) if self.digits == 0 => {
                Err("has decimals, and the currency has none".to_owned())
            }
            Err(Misfit::TooManyDecimals) => Err(format!("has more than {} decimals", self.digits)),
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
            let near = nearest(word, known())
                .map(|near| format!(" (did you mean `{near}`?)"))
                .unwrap_or_default();
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

fn flag(raw: &Raw<'_>) -> Result<Cell, String> {
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
    set.map(Cell::flag)
        .ok_or_else(|| "is neither true nor false".to_owned())
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

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_buffer::i256;

    /// A fact of that name and kind that always has a value and may be below zero.
    fn input(name: &str, kind: Kind) -> Input {
        let head = "policy \"p\" #{ version: \"1\", currency: \"CNY\", zone: \"Asia/Shanghai\" };";
        let text = format!("{head} debtor \"any\" otherwise; stage \"late\" when overdue > 0.00;");
        let policy = arrears_rules::load_source("p.rhai", &text, &[]).policy.unwrap();
        let overdue = policy.find_input("overdue").and_then(|id| policy.input(id)).unwrap();
        Input { name: name.to_owned(), kind, ..overdue.clone() }
    }

    fn read(input: &Input, raw: &Raw<'_>) -> Result<Cell, String> {
        Meaning::new(input, 2, &[]).cell(raw)
    }

    fn text(input: &Input, text: &str) -> Result<Cell, String> {
        read(input, &Raw::Text(text))
    }

    #[test]
    fn an_empty_cell_is_unknown_for_every_kind() {
        for kind in Kind::ALL {
            assert_eq!(read(&input("any", kind), &Raw::Empty), Ok(Cell::UNKNOWN), "{kind}");
        }
    }

    #[test]
    fn days_are_whole_and_exact() {
        let dpd = Input { from_zero: true, ..input("dpd", Kind::Days) };
        assert_eq!(text(&dpd, "12"), Ok(Cell::number(12)));
        assert_eq!(text(&dpd, "12.0"), Ok(Cell::number(12)));
        assert_eq!(read(&dpd, &Raw::Decimal(i256::from_i128(1200), 2)), Ok(Cell::number(12)));
        assert_eq!(text(&dpd, "3.5"), Err("is not a whole number".to_owned()));
        assert_eq!(text(&dpd, "-3"), Err("is below zero: `dpd` counts from zero".to_owned()));
        assert_eq!(text(&dpd, "2026-11-30"), Err("is not a whole number".to_owned()));
        assert_eq!(text(&dpd, "99999999999999999999"), Err("is too large".to_owned()));
        assert_eq!(text(&dpd, "never"), Err("cannot be: `dpd` always has a value".to_owned()));
    }

    #[test]
    fn never_is_the_word_the_number_or_what_the_mapping_says() {
        let since = Input { never: true, from_zero: true, ..input("days_since_rpc", Kind::Days) };
        let meaning = Meaning::new(&since, 2, &["-1".to_owned(), "none".to_owned()]);
        let never = [Raw::Text("never"), Raw::Text("Never"), Raw::Text("none"), Raw::Text("-1"), Raw::Whole(-1), Raw::Whole(NEVER)];
        assert!(never.iter().all(|raw| meaning.cell(raw) == Ok(Cell::NEVER)));
        assert_eq!(meaning.cell(&Raw::Whole(5)), Ok(Cell::number(5)));
        assert_eq!(meaning.cell(&Raw::Whole(-2)), Err("is below zero: `days_since_rpc` counts from zero".to_owned()));
    }

    #[test]
    fn an_amount_is_exact_and_a_whole_number_of_it_is_whole_units_of_money() {
        let overdue = input("overdue", Kind::Money);
        assert_eq!(text(&overdue, "120"), Ok(Cell::number(12_000)));
        assert_eq!(text(&overdue, "-0.05"), Ok(Cell::number(-5)));
        assert_eq!(read(&overdue, &Raw::Whole(7)), Ok(Cell::number(700)));
        assert_eq!(read(&overdue, &Raw::Decimal(i256::from_i128(1_500_000), 6)), Ok(Cell::number(150)));
        assert_eq!(text(&overdue, "12.505"), Err("has more than 2 decimals".to_owned()));
        assert_eq!(
            text(&overdue, "1,234.50"),
            Err("is not an amount: write digits and a point, as in 1234.50".to_owned())
        );
        let yen = Meaning::new(&overdue, 0, &[]);
        assert_eq!(yen.cell(&Raw::Text("1.5")), Err("has decimals, and the currency has none".to_owned()));
    }

    #[test]
    fn a_ratio_may_be_a_floating_point_number_but_not_one_that_is_none() {
        let loss = input("loss", Kind::Ratio);
        assert_eq!(read(&loss, &Raw::Float("0.1".to_owned())), Ok(Cell::number(100_000)));
        assert_eq!(text(&loss, "2.5e-7"), Ok(Cell::number(0)));
        assert_eq!(
            read(&loss, &Raw::Float("NaN".to_owned())),
            Err("is not a number: leave the cell empty where the value is not known".to_owned())
        );
        for infinite in ["inf", "-inf"] {
            assert_eq!(read(&loss, &Raw::Float(infinite.to_owned())), Err("is not a number".to_owned()));
        }
    }

    #[test]
    fn a_flag_is_true_or_false_in_several_spellings() {
        let deceased = input("deceased", Kind::Flag);
        for yes in ["true", "TRUE", "yes", "1"] {
            assert_eq!(text(&deceased, yes), Ok(Cell::TRUE));
        }
        for no in ["false", "No", "0"] {
            assert_eq!(text(&deceased, no), Ok(Cell::FALSE));
        }
        assert_eq!(read(&deceased, &Raw::Whole(1)), Ok(Cell::TRUE));
        assert_eq!(text(&deceased, "maybe"), Err("is neither true nor false".to_owned()));
        assert_eq!(read(&deceased, &Raw::Whole(2)), Err("is neither true nor false".to_owned()));
    }

    #[test]
    fn an_unknown_word_is_named_with_the_words_that_are_known() {
        let words = ["valid", "dead", "wrong"].map(str::to_owned).to_vec();
        let number = Input { words, ..input("number_work", Kind::Category) };
        assert_eq!(text(&number, "dead"), Ok(Cell::number(1)));
        assert_eq!(
            text(&number, "vallid"),
            Err("is not a word of `number_work`: expected one of valid, dead, wrong (did you mean `valid`?)".to_owned())
        );
    }

    #[test]
    fn a_time_of_the_day_is_written_with_a_colon_or_in_minutes() {
        let from = Input { from_zero: true, ..input("stated_from", Kind::Count) };
        assert_eq!(text(&from, "15:30"), Ok(Cell::number(930)));
        assert_eq!(text(&from, "9:05"), Ok(Cell::number(545)));
        assert_eq!(read(&from, &Raw::Whole(900)), Ok(Cell::number(900)));
        for wrong in ["25:00", "15:60", "3pm", "-5", "15:3a"] {
            assert_eq!(
                text(&from, wrong),
                Err("is not a time of the day: write 15:00, or minutes after midnight".to_owned()),
                "{wrong}"
            );
        }
    }
}
