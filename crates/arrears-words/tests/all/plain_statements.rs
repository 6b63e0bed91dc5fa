//! Statements in plain words, as golden files. `ARREARS_BLESS=1` writes them anew.

use arrears::account::Account;
use arrears_owed::statement::Statement;
use arrears_owed::terms::Terms;
use arrears_words::{Language, PlainStatement, written};
use std::fs;
use std::path::Path;

fn example(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)).unwrap()
}

fn statement(as_of: &str) -> Statement {
    let account = Account::from_json(&example("data/owed/loan-late.json")).unwrap();
    let terms = Terms::from_json(&example("terms/instalment-loan.json")).unwrap();
    let day = as_of.parse().unwrap();
    Statement::of(&account, &terms, day, day).unwrap()
}

/// Before anything is due, the day it is due, in the middle of it, late.
const DAYS: [&str; 4] = ["2027-01-20", "2027-02-15", "2027-04-01", "2027-06-10"];

#[test]
fn a_statement_says_one_sum_first_and_then_why() {
    let mut differ = Vec::new();
    for day in DAYS {
        for language in Language::ALL {
            let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/plain/{day}.{language}.txt"));
            let found = PlainStatement::of(&statement(day), language).text();
            if std::env::var_os("ARREARS_BLESS").is_some() {
                fs::create_dir_all(golden.parent().unwrap()).unwrap();
                fs::write(&golden, &found).unwrap();
            }
            if fs::read_to_string(&golden).unwrap_or_default() != found {
                differ.push(format!("{}\n{found}", golden.display()));
            }
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n\n"));
}

#[test]
fn the_first_line_is_what_brings_the_account_up_to_date_and_the_screen_holds_it() {
    for day in DAYS {
        let statement = statement(day);
        for language in Language::ALL {
            let plain = PlainStatement::of(&statement, language);
            assert!(plain.short().len() <= 20);
            for line in plain.short().iter().chain(plain.lines()) {
                assert!(line.chars().count() <= 40, "{line}");
            }
            let first = match (statement.to_be_current, statement.next) {
                (0, Some(next)) => next.amount,
                (amount, _) => amount,
            };
            let money = arrears::Money::from_minor(first, statement.currency);
            assert!(plain.short()[0].contains(&written::amount(money, language)), "{:?}", plain.short());
        }
    }
}

#[test]
fn who_owes_nothing_is_told_so_and_who_paid_too_much_what_comes_back() {
    let mut statement = statement("2027-06-10");
    for (total, english) in [(0, "You owe nothing."), (-1_250, "You owe nothing.")] {
        statement.total = total;
        statement.to_be_current = 0;
        statement.next = None;
        statement.by_component.clear();
        let plain = PlainStatement::of(&statement, Language::English);
        assert_eq!(plain.short()[0], english);
        assert_eq!(plain.short().join("\n").contains("EUR 12.50"), total < 0);
        assert!(!plain.short().join("\n").contains("EUR -"));
    }
}
