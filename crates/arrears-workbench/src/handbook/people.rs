//! Signs, types of debtor, and holds.

use super::book::{Book, enter, points, shown};
use super::document::{Chapter, Entry, Table, Told};
use crate::wording::{Prose, human, listed};
use arrears::Class;
use arrears::draft::Keyword;
use arrears::policy::{Hold, Purpose, Scope, Sign};

pub(super) fn signs(book: &Book<'_>) -> Chapter {
    let mut chapter = Chapter::new("signs", "Signs, and what they say");
    let signs = book.policy.signs();
    if signs.is_empty() {
        chapter.text("The policy reads no signs: willingness and ability to pay are what the data say, if they do.");
        return chapter;
    }
    chapter.text(
        "A sign is something seen of a person. It gives points towards willingness to pay, or towards ability to pay, \
         or towards both. The points of all signs that count are added up on each side: 2 or more is high, -2 or less \
         is low, anything between is medium. With fewer than two signs, nothing is known yet, and the policy says so. \
         No sign may read age, sex, marriage, faith or origin.",
    );
    let mut table = Table::new(&[("Sign", 24), ("Seen when", 42), ("Says", 17), ("Counts", 17)]);
    for (index, sign) in signs.iter().enumerate() {
        let lasts = book.written(Keyword::Sign).nth(index).and_then(|written| written.option("lasts"));
        let counts = match sign.lasts {
            0 => Prose::plain("while it is seen"),
            days => Prose::plain("for ").and(book.days(days, lasts)).and(" after it was last seen"),
        };
        let name = Prose::plain(human(&sign.name));
        let name = if sign.why.is_empty() { name } else { name.and(format!(": {}", sign.why)) };
        table.row(
            Some(book.of(Keyword::Sign, &sign.name)),
            vec![name.into(), book.when(&sign.when), speaks(sign).into(), counts.into()],
        );
    }
    chapter.table(table);
    chapter
}

fn speaks(sign: &Sign) -> String {
    let axis = |axis: &str, points: Option<i64>| points.map(|points| format!("{axis} {points:+}"));
    let said = [axis("willingness", sign.willingness), axis("ability", sign.ability)];
    said.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

pub(super) fn types(book: &Book<'_>) -> Chapter {
    let mut chapter = Chapter::new("types", "Types of debtor, in order");
    chapter.text(
        "They are read from the first to the last, and the first that fits is taken. Where a fact that a type asks \
         for is not known, the account may be of several types, and nothing is done that one of them would forbid.",
    );
    for (index, kind) in book.policy.debtor_types().iter().enumerate() {
        let title = format!("{}. {}", index + 1, human(&kind.name));
        let mut entry = Entry::new(book.of(Keyword::Debtor, &kind.name), title, &kind.why);
        entry.shown = shown(&kind.shows, &kind.name);
        entry.say(
            "When",
            kind.when.as_ref().map_or_else(|| Told::from("none of the types above fits"), |when| book.when(when)),
        );
        if kind.review {
            entry
                .say("Before anything strong", "a second person looks before anything stronger than a letter goes out");
        }
        entry.say("Talking points", points(&kind.say));
        let former = formerly(book, Keyword::Debtor, &kind.name);
        entry.say("Called before", former);
        enter(&mut chapter, entry);
    }
    chapter
}

/// Names of earlier versions.
pub(super) fn formerly(book: &Book<'_>, keyword: Keyword, name: &str) -> String {
    let written = book.written(keyword).find(|written| written.name_text() == name);
    written.and_then(|written| written.option("formerly")).map(super::tuned::term).unwrap_or_default()
}

pub(super) fn holds(book: &Book<'_>) -> Chapter {
    let mut chapter = Chapter::new("holds", "Holds: whom they protect, and what they stop");
    let holds = book.policy.holds();
    if holds.is_empty() {
        chapter.text("The policy has no holds of its own.");
        return chapter;
    }
    chapter.text(
        "A hold stops work on an account while its condition is so, and also while it is not known whether it is. It \
         changes neither the type nor the stage.",
    );
    for hold in holds {
        let mut entry = Entry::new(book.of(Keyword::Hold, &hold.name), human(&hold.name), &hold.why);
        entry.say("While", book.when(&hold.when));
        entry.say("Stops", stops(book, hold));
        entry.say("Goes ahead all the same", keeps(hold));
        let reach = match hold.scope {
            Scope::Account => "this account",
            Scope::Customer => "every account of the person",
        };
        entry.say("Reaches", reach);
        enter(&mut chapter, entry);
    }
    chapter
}

fn stops(book: &Book<'_>, hold: &Hold) -> Prose {
    let class = |class: &Class| match class {
        Class::Contact => "contact",
        Class::Enforcement => "enforcement (lawsuits, debits, blocks, reports)",
        Class::Relief => "offers and relief",
        Class::Internal => "work inside the bank",
    };
    let mut parts: Vec<Prose> = hold.stops.classes.iter().map(|it| Prose::plain(class(it))).collect();
    if hold.stops.required_notice {
        parts.push(Prose::plain("every duty, required notices included"));
    }
    parts.extend(hold.stops.duties.iter().map(|duty| Prose::plain("the duty ").and(book.link(Keyword::Duty, duty))));
    Prose::listed(parts, "and")
}

fn keeps(hold: &Hold) -> String {
    let parts: Vec<String> = hold.keeps.iter().map(|purpose| said(*purpose).to_owned()).collect();
    listed(&parts, "and")
}

/// What a contact is for.
pub(super) const fn said(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Demand => "demands",
        Purpose::Information => "information",
        Purpose::Statement => "statements of the account",
        Purpose::RequiredNotice => "notices that law or contract requires",
        Purpose::Reply => "replies",
    }
}
