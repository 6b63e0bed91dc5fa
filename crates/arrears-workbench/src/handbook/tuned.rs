//! Whom the policy applies to, what is tuned, and the words that it uses.

use super::book::{Book, enter};
use super::document::{Chapter, Entry, Table, Told};
use crate::wording::{Prose, human};
use arrears::condition::TermKind;
use arrears::draft::Keyword;
use arrears::policy::Threshold;
use arrears::{Kind, Policy};

pub(super) fn applies(book: &Book<'_>) -> Chapter {
    let mut chapter = Chapter::new("applies", "Whom it applies to");
    match book.policy.applies() {
        None => chapter.text("The policy applies to every account that it is given."),
        Some(when) => {
            let mut entry = Entry::new(book.at(Keyword::Applies, 0), "The policy applies to an account when", "");
            entry.say("When", book.when(when));
            enter(&mut chapter, entry);
            chapter.text(
                "An account to which it does not apply is not decided under it. Where that cannot be told, because a \
                 fact is missing, the account is not decided either, and is reported.",
            );
        }
    }
    chapter
}

pub(super) fn thresholds(book: &Book<'_>) -> Chapter {
    let mut chapter = Chapter::new("thresholds", "What is tuned");
    if book.policy.thresholds().is_empty() {
        chapter.text("The policy has no thresholds: every number in it is fixed.");
        return chapter;
    }
    chapter.text(
        "Thresholds are the numbers that may be set without rewriting the policy, each inside its range. A value \
         outside its range is refused.",
    );
    let mut table = Table::new(&[("Threshold", 18), ("Value", 14), ("Range", 18), ("Why", 26), ("Used in", 24)]);
    for (threshold, value) in book.policy.threshold_values() {
        // The unit is said once, behind the greater value.
        let low = shown(book, threshold, threshold.from);
        let low = low.split(' ').next().unwrap_or_default();
        let range = format!("{low} to {}", shown(book, threshold, threshold.to));
        let used = book.used(&threshold.name);
        let used = if used.is_empty() { Prose::plain("nothing") } else { used };
        table.row(
            Some(book.of(Keyword::Threshold, &threshold.name)),
            vec![
                human(&threshold.name).into(),
                in_force(book, threshold, value).into(),
                range.into(),
                why(book, threshold).into(),
                used.into(),
            ],
        );
    }
    chapter.table(table);
    chapter
}

fn in_force(book: &Book<'_>, threshold: &Threshold, value: i64) -> String {
    let said = shown(book, threshold, value);
    if value == threshold.written {
        return said;
    }
    format!("{said}, set in the place of {}", shown(book, threshold, threshold.written))
}

fn shown(book: &Book<'_>, threshold: &Threshold, value: i64) -> String {
    let said = book.wording().value(value, threshold.kind);
    match (&threshold.unit, threshold.kind) {
        (Some(unit), Kind::Count | Kind::Ratio) => format!("{said} {unit}"),
        _ => said,
    }
}

/// Why it is what it is, who may change it, and when it is looked at again.
fn why(book: &Book<'_>, threshold: &Threshold) -> String {
    let mut parts = vec![threshold.why.clone()];
    parts.extend(threshold.owner.as_ref().map(|owner| format!("Owner: {owner}")));
    let written = book.written(Keyword::Threshold).find(|written| written.name_text() == threshold.name);
    let review = written.and_then(|written| written.option("review_on")).and_then(|day| day.as_text());
    parts.extend(review.map(|day| format!("To be looked at again on {day}")));
    parts.retain(|part| !part.is_empty());
    parts.join(". ")
}

pub(super) fn words(book: &Book<'_>) -> Chapter {
    let mut chapter = Chapter::new("words", "Words and facts of this policy");
    let mut table = Table::new(&[("Word", 20), ("What it stands for", 50), ("Used in", 30)]);
    for (index, written) in book.written(Keyword::Define).enumerate() {
        let name = written.name_text();
        let says = meaning(book.policy, name)
            .map_or_else(|| Told::from("nothing in this policy reads it"), |inner| book.when(inner));
        let used = book.used(name);
        let used = if used.is_empty() { Prose::plain("nothing") } else { used };
        table.row(Some(book.at(Keyword::Define, index)), vec![human(name).into(), says, used.into()]);
    }
    if table.rows.is_empty() {
        chapter.text("The policy has no words of its own: every condition is said where it stands.");
    } else {
        chapter.text("A word stands for a condition that is said once, here, and used in many places.");
        chapter.table(table);
    }
    own_facts(book, &mut chapter);
    vocabularies(book, &mut chapter);
    chapter
}

/// What a word stands for, as the policy reads it.
fn meaning<'p>(policy: &'p Policy, name: &str) -> Option<&'p arrears::condition::Cond> {
    let mut found = None;
    policy.each_cond(&mut |cond| {
        cond.each(&mut |part| {
            if let arrears::condition::CondKind::Define(word, inner) = &part.kind
                && word.as_ref() == name
            {
                found = found.or(Some(inner.as_ref()));
            }
        });
    });
    found
}

fn own_facts(book: &Book<'_>, chapter: &mut Chapter) {
    let mut table =
        Table::new(&[("Fact", 22), ("What it is", 38), ("Measured in", 16), ("In tests, unless given", 24)]);
    for (index, written) in book.written(Keyword::Fact).enumerate() {
        let name = written.name_text();
        let input = book.policy.find_input(name).and_then(|id| book.policy.input(id));
        let kind = input.map(|input| input.kind);
        let mut says = written.option("why").and_then(|why| why.as_text()).unwrap_or_default().to_owned();
        if let Some((_, days)) = input.and_then(|input| input.valid) {
            let days = book.wording().value(days, Kind::Days);
            says = format!("{says}{}Not known once it is older than {days}", if says.is_empty() { "" } else { ". " });
        }
        if matches!(written.value.as_ref().map(|value| &value.kind), Some(TermKind::Script(_))) {
            says = format!("{says}{}Computed by a script of the policy", if says.is_empty() { "" } else { ". " });
        }
        let quiet = written.value.as_ref().map(term).unwrap_or_default();
        table.row(
            Some(book.at(Keyword::Fact, index)),
            vec![human(name).into(), says.into(), kind.map(unit).unwrap_or_default().into(), quiet.into()],
        );
    }
    if !table.rows.is_empty() {
        chapter.heading("ch-own-facts".to_owned(), "Facts of this bank's own");
        chapter.table(table);
    }
}

fn vocabularies(book: &Book<'_>, chapter: &mut Chapter) {
    let mut table = Table::new(&[("Fact", 30), ("May only be", 70)]);
    for (index, written) in book.written(Keyword::Values).enumerate() {
        let words = written.value.as_ref().map(term).unwrap_or_default();
        table.row(Some(book.at(Keyword::Values, index)), vec![human(written.name_text()).into(), words.into()]);
    }
    if !table.rows.is_empty() {
        chapter.heading("ch-vocabularies".to_owned(), "Words that a fact may hold");
        chapter.table(table);
    }
}

/// What a fact is measured in.
pub(super) const fn unit(kind: Kind) -> &'static str {
    match kind {
        Kind::Days => "days",
        Kind::Count => "a count",
        Kind::Money => "an amount of money",
        Kind::Ratio => "a share or a score",
        Kind::Flag => "yes or no",
        Kind::Category => "a word",
    }
}

/// A written value, as it is read aloud.
pub(super) fn term(term: &arrears::condition::Term) -> String {
    match &term.kind {
        TermKind::Text(text) => human(text),
        TermKind::Name(name) => human(name),
        TermKind::Number(number) => crate::wording::grouped(&number.to_string()),
        TermKind::Flag(holds) => if *holds { "yes" } else { "no" }.to_owned(),
        TermKind::List(items) => items.iter().map(self::term).collect::<Vec<_>>().join(", "),
        TermKind::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{}: {}", human(&key.text), self::term(value)));
            entries.collect::<Vec<_>>().join("; ")
        }
        TermKind::Negate(inner) => format!("-{}", self::term(inner)),
        TermKind::Script(_) => "computed".to_owned(),
        _ => "an expression".to_owned(),
    }
}
