//! What cells of each kind of fact mean, and what is refused.

use super::{Meaning, NEVER, Raw};
use arrears::{Cell, Input, Kind};
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
    let never =
        [Raw::Text("never"), Raw::Text("Never"), Raw::Text("none"), Raw::Text("-1"), Raw::Whole(-1), Raw::Whole(NEVER)];
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
    assert_eq!(text(&overdue, "1,234.50"), Err("is not an amount: write digits and a point, as in 1234.50".to_owned()));
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
