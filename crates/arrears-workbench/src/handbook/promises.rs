//! Who comes first; the policy's own tests, and what it promises of every decision.

use super::book::Book;
use super::document::{Chapter, Table, Told};
use super::tuned::term;
use crate::wording::{Prose, human, verb_noun};
use arrears::Cell;
use arrears::condition::{Term, TermKind};
use arrears::draft::{Keyword, Statement};
use arrears::policy::{Input, Invariant};
use rust_decimal::prelude::ToPrimitive as _;

pub(super) fn priority(book: &Book<'_>) -> Chapter {
    let mut chapter = Chapter::new("priority", "Who comes first");
    match book.policy.priority() {
        None => {
            chapter.text("The policy does not say who comes first: days past due and then the overdue amount decide.")
        }
        Some(num) => {
            let mut table = Table::new(&[("First come those with the highest", 100)]);
            table.row(Some(book.at(Keyword::Priority, 0)), vec![book.number(num).capital().into()]);
            chapter.table(table);
        }
    }
    chapter
}

pub(super) fn chapter(book: &Book<'_>) -> Chapter {
    let mut chapter = Chapter::new("promises", "Promises and tests");
    promises(book, &mut chapter);
    tests(book, &mut chapter);
    chapter
}

fn promises(book: &Book<'_>, chapter: &mut Chapter) {
    chapter.heading("ch-never".to_owned(), "What holds of every decision");
    let invariants = book.policy.invariants();
    if invariants.is_empty() {
        chapter.text("The policy promises nothing of every decision.");
        return;
    }
    let tried = match book.trials.samples {
        0 => "They were not tried for this handbook.".to_owned(),
        samples => format!(
            "For this handbook they were tried on up to {} made-up accounts on and around every number that the policy \
             names, with facts missing too. That none broke one is no proof.",
            crate::wording::grouped(&samples.to_string())
        ),
    };
    chapter
        .text(format!("A decision that breaks one of these is not given out: it is an error of its account. {tried}"));
    let mut table = Table::new(&[("Promise", 36), ("In plain words", 46), ("Tried", 18)]);
    let mut counts = (0, 0);
    for invariant in invariants {
        let keyword = if invariant.then.is_some() { Keyword::Always } else { Keyword::Never };
        let count = if keyword == Keyword::Always { &mut counts.1 } else { &mut counts.0 };
        let of = match book.written(keyword).nth(*count) {
            Some(written) if written.name_text() == invariant.name => book.at(keyword, *count),
            _ => book.of(keyword, &invariant.name),
        };
        *count += 1;
        table.row(
            Some(of),
            vec![invariant.name.clone().into(), plainly(book, invariant), tried_as(book, invariant).into()],
        );
    }
    chapter.table(table);
}

fn plainly(book: &Book<'_>, invariant: &Invariant) -> Told {
    let when = book.wording().condition(&invariant.when).sentence();
    match &invariant.then {
        None => Prose::plain("Never: ").and(when).into(),
        Some(then) => {
            let then = book.wording().condition(then).sentence();
            Prose::plain("Whenever ").and(when).and(", then always: ").and(then).into()
        }
    }
}

fn tried_as(book: &Book<'_>, invariant: &Invariant) -> String {
    let broken = book.trials.broken.iter().find(|broken| broken.invariant == invariant.name);
    match broken {
        Some(broken) => {
            let facts: Vec<String> =
                broken.facts.iter().map(|(name, value)| format!("{} {value}", human(name))).collect();
            format!("BROKEN: {} ({})", human(&broken.decision), facts.join(", "))
        }
        None if book.trials.samples == 0 => "not tried".to_owned(),
        None => "not broken".to_owned(),
    }
}

fn tests(book: &Book<'_>, chapter: &mut Chapter) {
    chapter.heading("ch-tests".to_owned(), "The policy's own tests, run for this handbook");
    let count = book.written(Keyword::Test).count();
    if count == 0 {
        chapter.text("The policy has no tests.");
        return;
    }
    let failed = book.trials.tests.iter().filter(|test| !test.passed()).count();
    let outcome = match failed {
        0 => format!("All {count} tests passed."),
        failed => format!("{failed} of {count} tests FAILED."),
    };
    chapter.text(format!(
        "{outcome} A quiet account is one of which nothing is owed and nothing is known against anyone; a test says in \
         what its account differs from it."
    ));
    let mut table = Table::new(&[("Test", 28), ("The account", 34), ("Expected", 26), ("Result", 12)]);
    for (index, written) in book.written(Keyword::Test).enumerate() {
        let result = match book.trials.tests.get(index) {
            Some(test) if test.passed() => "passed".to_owned(),
            Some(test) => format!("FAILED: {}", test.failures.join("; ")),
            None => "not run".to_owned(),
        };
        table.row(
            Some(book.at(Keyword::Test, index)),
            vec![
                written.name_text().into(),
                given(book, written).into(),
                expected(book, written).into(),
                result.into(),
            ],
        );
    }
    chapter.table(table);
}

/// The account of a test, and the day on which it is looked at.
fn given(book: &Book<'_>, test: &Statement) -> Prose {
    let mut parts = Vec::new();
    if let Some(given) = &test.given {
        facts(book, given, &mut parts);
    }
    let account = if parts.is_empty() { Prose::plain("a quiet account") } else { Prose::joined(parts, "; ") };
    match test.after.as_ref().map(term) {
        Some(days) => account.and(format!(". Looked at {days} nights later")),
        None => account,
    }
}

fn facts(book: &Book<'_>, given: &Term, parts: &mut Vec<Prose>) {
    match &given.kind {
        TermKind::Map(entries) => {
            for (key, value) in entries {
                parts.push(fact(book, &key.text, value));
            }
        }
        TermKind::Arith(_, left, right) => {
            facts(book, left, parts);
            facts(book, right, parts);
        }
        _ => {}
    }
}

fn fact(book: &Book<'_>, name: &str, value: &Term) -> Prose {
    let found = book.policy.find_input(name).and_then(|id| Some((id, book.policy.input(id)?)));
    let digits = book.policy.head().currency.digits();
    match found.and_then(|(id, input)| Some((id, cell(input, value, digits)?))) {
        Some((id, cell)) => book.wording().value_of(id, cell),
        None => Prose::plain(format!("{}: {}", human(name), term(value))),
    }
}

/// The cell that a test gives a fact.
fn cell(input: &Input, value: &Term, digits: u32) -> Option<Cell> {
    match &value.kind {
        TermKind::Flag(holds) => Some(Cell::flag(*holds)),
        TermKind::Text(text) if text == "never" && input.never => Some(Cell::NEVER),
        TermKind::Text(text) => input.word(text),
        TermKind::Number(number) => {
            let scale = input.kind.decimals(digits);
            let scaled = number.checked_mul(rust_decimal::Decimal::from(10_i64.checked_pow(scale)?))?;
            scaled.to_i64().map(Cell::number)
        }
        TermKind::Negate(inner) => {
            cell(input, inner, digits)?.get().map(|number| Cell::number(number.saturating_neg()))
        }
        _ => None,
    }
}

fn expected(book: &Book<'_>, test: &Statement) -> Prose {
    let Some(TermKind::Map(entries)) = test.expect.as_ref().map(|expect| &expect.kind) else {
        return Prose::default();
    };
    let parts = entries.iter().map(|(key, value)| {
        let keyword = match key.text.as_str() {
            "stage" => Some(Keyword::Stage),
            "treatment" => Some(Keyword::Treatment),
            "debtor_type" => Some(Keyword::Debtor),
            "duties" => Some(Keyword::Duty),
            "acts" => Some(Keyword::Act),
            "held_by" => Some(Keyword::Hold),
            _ => None,
        };
        let label = match key.text.as_str() {
            "debtor_type" => "type".to_owned(),
            "slot_from" => "from".to_owned(),
            other => human(other),
        };
        Prose::plain(format!("{label}: ")).and(expected_value(book, keyword, value))
    });
    Prose::joined(parts, "; ")
}

fn expected_value(book: &Book<'_>, keyword: Option<Keyword>, value: &Term) -> Prose {
    match (&value.kind, keyword) {
        (TermKind::List(items), _) if items.is_empty() => Prose::plain("none"),
        (TermKind::List(items), _) => Prose::joined(items.iter().map(|item| expected_value(book, keyword, item)), ", "),
        (TermKind::Text(name), Some(keyword)) if book.anchors.of(keyword, name).is_some() => book.link(keyword, name),
        (TermKind::Text(word), None) => {
            Prose::plain(verb_noun(word).map_or_else(|| human(word), |(one, _)| one.to_owned()))
        }
        _ => Prose::plain(term(value)),
    }
}
