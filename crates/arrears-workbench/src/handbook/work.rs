//! Duties, and what is done to the account.

use super::book::{Book, enter};
use super::document::{Chapter, Entry, Statement};
use crate::wording::{Prose, article, human, verb_noun};
use arrears::Verb;
use arrears::draft::Keyword;
use arrears::policy::{Detail, Duty};
use std::collections::BTreeMap;

pub(super) fn chapter(book: &Book<'_>) -> Chapter {
    let mut chapter = Chapter::new("work", "Duties, and what is done to the account");
    chapter.heading("ch-duties".to_owned(), "Duties");
    chapter.text(
        "A duty is owed to the person, with a deadline. Neither a missing fact nor a full day silences it, and a hold \
         stops it only where it names it.",
    );
    let own = book.written(Keyword::Duty).count();
    for (index, duty) in book.policy.duties().iter().enumerate() {
        let of = if index < own { book.of(Keyword::Duty, &duty.name) } else { of_law(duty, index) };
        enter(&mut chapter, duty_entry(book, duty, of, index >= own));
    }
    if book.policy.duties().is_empty() {
        chapter.text("There are none.");
    }
    chapter.heading("ch-acts".to_owned(), "Acts on the account");
    chapter.text("An act is done to the account and not to the person. Any number of them may be due on one day.");
    for act in book.policy.acts() {
        let mut entry = Entry::new(book.of(Keyword::Act, &act.name), human(&act.name), &act.why);
        entry.say("When", book.when(&act.when));
        entry.say("Done", done(act.verb, &act.details));
        approval(&mut entry, &act.details);
        notes(&mut entry, &act.details);
        enter(&mut chapter, entry);
    }
    if book.policy.acts().is_empty() {
        chapter.text("There are none.");
    }
    chapter
}

fn of_law(duty: &Duty, index: usize) -> Statement {
    Statement { id: format!("law-duty-{index}"), keyword: "duty of law", name: duty.name.clone(), place: None }
}

fn duty_entry(book: &Book<'_>, duty: &Duty, of: Statement, of_law: bool) -> Entry {
    let title = if of_law { format!("{} (required by law)", human(&duty.name)) } else { human(&duty.name) };
    let mut entry = Entry::new(of, title, &duty.why);
    entry.say("When", book.when(&duty.when));
    entry.say("Done", done(duty.verb, &duty.details));
    if let Some(within) = &duty.within {
        let from = duty.from.map_or_else(
            || Prose::plain(", counted from the first decision that finds it due"),
            |from| Prose::plain(", counted by ").and(book.wording().fact(from)),
        );
        entry.say("Within", book.number(within).and(from));
    }
    text(&mut entry, &duty.details);
    notes(&mut entry, &duty.details);
    entry
}

/// What a verb does, with what it is done to.
pub(super) fn done(verb: Verb, details: &BTreeMap<String, Detail>) -> Prose {
    let noun = verb_noun(verb.word()).map_or_else(|| human(verb.word()), |(one, _)| one.to_owned());
    let said = Prose::plain(article(&noun)).capital();
    match details.get("what") {
        Some(what) => said.and(format!(": {}", detail(what))),
        None => said,
    }
}

pub(super) fn text(entry: &mut Entry, details: &BTreeMap<String, Detail>) {
    if let Some(text) = details.get("text") {
        entry.say("Text", format!("\u{201c}{}\u{201d}", detail(text)));
    }
}

pub(super) fn approval(entry: &mut Entry, details: &BTreeMap<String, Detail>) {
    if let Some(who) = details.get("approval") {
        entry.say("Approved by", detail(who));
    }
}

pub(super) fn notes(entry: &mut Entry, details: &BTreeMap<String, Detail>) {
    if let Some(note) = details.get("note") {
        entry.say("Noted", detail(note));
    }
}

/// A written option as it is read aloud.
pub(super) fn detail(detail: &Detail) -> String {
    match detail {
        Detail::Text(text) => human(text),
        Detail::Threshold(name) => human(name),
        Detail::Flag(holds) => if *holds { "yes" } else { "no" }.to_owned(),
        Detail::Number(value, arrears::Kind::Money) => arrears::Pack::value_in_words(*value, arrears::Kind::Money),
        Detail::Number(value, kind) => arrears::Pack::value_in_words(*value, *kind),
        Detail::List(items) => items.iter().map(self::detail).collect::<Vec<_>>().join(", "),
        Detail::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{}: {}", human(key), self::detail(value)));
            entries.collect::<Vec<_>>().join("; ")
        }
    }
}
