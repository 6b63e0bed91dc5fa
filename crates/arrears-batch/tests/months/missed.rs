//! Months in which nobody decided, and months in which an account was not in the table.
//!
//! A missed month gives its steps later only under `catch_up: true`. Steps are counted in
//! days: one for each day since the last decision. A month of 30 days thus allows 30 steps,
//! more than any ladder has; the panel read as nights shows steps that are counted.

use crate::book::Book;
use crate::compare::compare;
use crate::ladder::{Ladder, Mode};
use crate::laws::Totals;
use crate::panel::{ladder, policy, tell};

fn compared(what: &str, (book, who): (Book, &str), catch_up: bool) -> Totals {
    let ladder = Ladder { mode: Mode::Sequential { steps: 1, catch_up }, ..ladder() };
    let totals = compare(&policy(if catch_up { ", catch_up: true" } else { "" }), &ladder, &book);
    let word = if catch_up { "made up for" } else { "not made up for" };
    tell(&format!("{what}, {word}, {who}"), totals);
    totals
}

/// Without the last month of every three.
fn without_every_third((book, who): (Book, &str)) -> (Book, &str) {
    (book.months_only(|number| number % 3 != 2), who)
}

/// Without three months in a row of every twelve.
fn without_three_in_a_row((book, who): (Book, &str)) -> (Book, &str) {
    (book.months_only(|number| !(6..9).contains(&(number % 12))), who)
}

fn as_nights((book, who): (Book, &str)) -> (Book, &str) {
    (book.months_as_nights(), who)
}

#[test]
fn a_missed_month_gives_one_step_and_no_more_unless_missed_steps_are_made_up_for() {
    let Some(book) = Book::panel().map(Book::customers) else { return };
    let book = without_every_third(book);
    let late = compared("every third month missed", book.clone(), false);
    let made_up = compared("every third month missed", book, true);
    assert_eq!((late.months, late.decisions), (made_up.months, made_up.decisions));
    assert!(made_up.up < late.up, "who makes up for steps takes them in fewer moves");
}

#[test]
fn three_months_missed_in_a_row_give_one_step_unless_they_are_made_up_for() {
    let Some(book) = Book::panel().map(Book::customers) else { return };
    let book = without_three_in_a_row(book);
    compared("three months in a row missed", book.clone(), false);
    compared("three months in a row missed", book, true);
}

#[test]
fn a_missed_night_gives_its_one_step_later() {
    let Some(book) = Book::panel().map(Book::customers) else { return };
    let nights = as_nights(book);
    compared("the months as nights, none missed", nights.clone(), true);
    for book in [without_every_third(nights.clone()), without_three_in_a_row(nights)] {
        compared("the months as nights, some missed", book.clone(), false);
        compared("the months as nights, some missed", book, true);
    }
}

#[test]
fn an_account_that_is_away_for_a_month_comes_back_to_the_stage_it_had() {
    let Some((book, who)) = Book::panel().map(Book::customers) else { return };
    let away = |number: usize, account: i64| (i64::try_from(number).unwrap() + account / 5) % 7 == 0;
    let book = book.only(|number, line| !away(number, line.account));
    let totals = compared("each account away every seventh month", (book.clone(), who), false);
    assert!(totals.returned > 20_000, "{totals}");
    compared("each account away every seventh month", (book, who), true);
}
