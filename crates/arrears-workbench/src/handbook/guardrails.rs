//! Guardrails: rules of the house, and rules of the law in force, with where they stand.

use super::book::{Book, enter};
use super::document::{Chapter, Entry, Row, Table, Told};
use crate::wording::{Prose, Wording, human};
use arrears::Pack;
use arrears::draft::Keyword;
use arrears::policy::BoundRule;
use arrears::policy::pack::{After, Basis, Citation, Limit, Rule, Strength, Window};
use std::collections::BTreeSet;

pub(super) fn chapter(book: &Book<'_>) -> Chapter {
    let mut chapter = Chapter::new("guardrails", "Guardrails: rules that nothing overrides");
    chapter.text(
        "A guardrail limits contact. No treatment goes ahead against one. Where it is not known whether a rule stands \
         against a contact, a person looks. A policy can add rules and cannot loosen any.",
    );
    house(book, &mut chapter);
    law(book, &mut chapter);
    chapter
}

/// The anchor of a rule of law.
pub(super) fn slug(rule: &str) -> String {
    let letters =
        rule.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' });
    letters.collect()
}

/// A rule that bears on a treatment, as a link to where it is told.
pub(super) fn link(book: &Book<'_>, rule: &BoundRule) -> Prose {
    let said = if rule.says.is_empty() { human(&rule.rule) } else { rule.says.clone() };
    match house_anchor(book, &rule.rule) {
        Some(anchor) => Prose::link(said, anchor),
        None => Prose::link(format!("{said} ({})", rule.rule), format!("law-{}", slug(&rule.rule))),
    }
}

/// The anchor of a rule of the house.
fn house_anchor<'b>(book: &'b Book<'_>, rule: &str) -> Option<&'b str> {
    let of = |statement: &arrears::draft::Statement| {
        let named = statement.option("rule").and_then(|rule| rule.as_text()).unwrap_or(statement.name_text());
        named == rule
    };
    let index = book.written(Keyword::Guardrail).position(of)?;
    book.anchors.at(Keyword::Guardrail, index)
}

fn house(book: &Book<'_>, chapter: &mut Chapter) {
    chapter.heading("ch-house".to_owned(), "Rules of the house");
    let Some(pack) = book.plain.house_rules() else {
        chapter.text("The policy has no rules of contact of its own.");
        return;
    };
    for (index, rule) in pack.rules().iter().enumerate() {
        let of = book.at(Keyword::Guardrail, index);
        let why = book.written(Keyword::Guardrail).nth(index).and_then(|written| written.option("why"));
        let mut entry =
            Entry::new(of, human(&rule.citation.rule), why.and_then(|why| why.as_text()).unwrap_or_default());
        entry.say("Says", rule.citation.says.clone());
        limit(book, &mut entry, pack, rule);
        entry.say("Where it stands", rule.citation.cites.clone());
        entry.say("Bears on", bears_on(book, &rule.citation.rule));
        enter(chapter, entry);
    }
    counted(book, pack, chapter);
    flags(book, pack, chapter);
}

fn limit(book: &Book<'_>, entry: &mut Entry, pack: &Pack, rule: &Rule) {
    let wording = Wording::of_house(pack, book.plain, Some(book.anchors));
    let when = |cond: &arrears::condition::Cond| Told::condition(&wording.condition(cond));
    entry.say("Binds contacts when", rule.when.as_ref().map_or_else(|| Told::from("always"), when));
    if let Some(unless) = &rule.unless {
        entry.say("But not when", when(unless));
    }
    entry.say("Allows", allows(book, pack, &rule.limit));
    if rule.review {
        entry.say("Beyond that", "a person looks first");
    }
    if rule.presumes {
        let rebuts: Vec<String> = rule.rebutted_by.iter().map(|reason| human(reason)).collect();
        let rebuts = if rebuts.is_empty() { "nothing".to_owned() } else { rebuts.join(", ") };
        entry.say("Only presumed", format!("beyond that a breach is presumed; what may rebut it: {rebuts}"));
    }
}

/// What a rule of the house allows.
fn allows(book: &Book<'_>, pack: &Pack, limit: &Limit) -> Prose {
    let wording = Wording::of_house(pack, book.plain, Some(book.anchors));
    let class = |index: usize| {
        let name = pack.classes().get(index).map_or("", |class| class.name.as_str());
        Prose::plain("counted as ").and(book.link(Keyword::Contact, name))
    };
    match limit {
        Limit::Refuse => Prose::plain("no contact"),
        Limit::KeepHours(week) => Prose::plain(format!("contact only {}", week.in_words())),
        Limit::AtMost { times, class: of, window, after, lifted_by } => {
            let window = match window {
                Window::Days(days) => Prose::plain(" in ").and(wording.number(days)),
                Window::Month => Prose::plain(" in a calendar month"),
                Window::Ever => Prose::default(),
            };
            let mut said =
                Prose::plain("at most ").and(wording.number(times)).and(" contacts ").and(class(*of)).and(window);
            if let Some(after) = after {
                said = said.and(", after the first ").and(class(*after));
            }
            if let Some(lifting) = lifted_by {
                said = said.and(", unless there was a contact ").and(class(*lifting));
            }
            said
        }
        Limit::Rest { after, days } => {
            let after = match after {
                After::Class(of) => Prose::plain("a contact ").and(class(*of)),
                After::Event(fact) => {
                    let event = pack.asked(*fact).map(|asked| human(&asked.what)).unwrap_or_default();
                    Prose::plain(format!("the event \u{201c}{event}\u{201d}"))
                }
            };
            let days = wording.number(days);
            Prose::plain("no contact for ").and(days).and(" from ").and(after).and(" on, its own date the first")
        }
    }
}

fn counted(book: &Book<'_>, pack: &Pack, chapter: &mut Chapter) {
    let mut table = Table::new(&[("Contacts counted as", 24), ("Which contacts", 46), ("Why", 30)]);
    for (index, class) in pack.classes().iter().enumerate() {
        let written = book.written(Keyword::Contact).nth(index);
        let why = written.and_then(|written| written.option("why")).and_then(|why| why.as_text()).unwrap_or_default();
        let when = Told::condition(&Wording::of_house(pack, book.plain, Some(book.anchors)).condition(&class.when));
        table.row(Some(book.at(Keyword::Contact, index)), vec![human(&class.name).into(), when, why.into()]);
    }
    chapter.table(table);
}

fn flags(book: &Book<'_>, pack: &Pack, chapter: &mut Chapter) {
    let mut table = Table::new(&[("Marked as", 30), ("When", 70)]);
    for (index, remark) in pack.remarks().iter().enumerate() {
        let when = Told::condition(&Wording::of_house(pack, book.plain, Some(book.anchors)).condition(&remark.when));
        table.row(Some(book.at(Keyword::Flag, index)), vec![human(&remark.name).into(), when]);
    }
    chapter.table(table);
}

/// The treatments that a rule bears on.
fn bears_on(book: &Book<'_>, rule: &str) -> Prose {
    let is =
        |position: u16| book.policy.bound_rules().get(usize::from(position)).is_some_and(|bound| bound.rule == rule);
    let bears = |treatment: &&arrears::policy::Treatment| {
        treatment.guards.iter().any(|guard| is(guard.rule)) || treatment.hours.iter().any(|kept| is(kept.rule))
    };
    let treatments = book.policy.treatments().iter().filter(bears);
    Prose::joined(treatments.map(|treatment| book.link(Keyword::Treatment, &treatment.name)), ", ")
}

fn law(book: &Book<'_>, chapter: &mut Chapter) {
    chapter.heading("ch-law".to_owned(), &format!("Rules of law in force on {}", book.options.as_of));
    if book.law.is_none() {
        let reason = book.law.stamp().strip_prefix("none: ").unwrap_or_default();
        chapter.text(format!("The policy is read without guardrails of law. The reason that was given: {reason}."));
        return;
    }
    let place = book.policy.head().jurisdiction.as_deref();
    let packs: Vec<&Pack> = place.map_or_else(Vec::new, |place| book.law.in_force(place, book.options.as_of).collect());
    if packs.is_empty() {
        chapter.text("No pack of law binds this policy on this day. No contact is permitted, and a person must look.");
        return;
    }
    for pack in &packs {
        of_pack(book, pack, chapter);
    }
    below(book, place.unwrap_or_default(), chapter);
    idle(book, packs, chapter);
}

fn of_pack(book: &Book<'_>, pack: &Pack, chapter: &mut Chapter) {
    let head = pack.head();
    chapter.heading(format!("pack-{}", slug(&head.name)), &format!("{} ({} {})", head.title, head.name, head.version));
    let mut about = format!("Law of {}: {}", head.jurisdiction, sentence(&head.why));
    if !head.source.is_empty() {
        about.push_str(&format!(" Source: {}.", head.source.trim_end_matches('.')));
    }
    if let Some(day) = head.verified_on {
        about.push_str(&format!(" The source was last read on {day}."));
    }
    about.push_str(&format!(" Hash: {}.", pack.hash()));
    chapter.text(about);
    let mut table = Table::new(&[("What it says", 46), ("Where it stands", 24), ("Bears on", 30)]);
    let mut seen = BTreeSet::new();
    for citation in pack.citations().filter(|citation| book.law.binds(citation, book.options.as_of)) {
        if seen.insert(citation.rule.as_str()) {
            table.rows.push(row(book, citation));
        }
    }
    if table.rows.is_empty() {
        chapter.text("None of its rules binds on this day.");
    }
    chapter.table(table);
}

fn sentence(text: &str) -> String {
    if text.is_empty() || text.ends_with('.') { text.to_owned() } else { format!("{text}.") }
}

fn row(book: &Book<'_>, citation: &Citation) -> Row {
    let id = format!("law-{}", slug(&citation.rule));
    let of = super::document::Statement { id, keyword: "rule of law", name: citation.rule.clone(), place: None };
    let mut says = citation.says.clone();
    if !citation.not_covered.is_empty() {
        says = format!("{} Not covered: {}", sentence(&says), citation.not_covered);
    }
    let stands = format!("{}; {}{}", citation.cites, known(citation), strength(citation.strength));
    let bears = bears_on(book, &citation.rule);
    Row { of: Some(of), cells: vec![says.into(), stands.into(), bears.into()] }
}

fn known(citation: &Citation) -> String {
    let basis = match citation.basis {
        Basis::Primary => "its text was read",
        Basis::Secondary => "a report of it was read",
        Basis::Recalled => "recalled, its text not at hand",
        Basis::House => "the bank's own",
    };
    format!("{basis}, certainty {}", citation.certainty.word())
}

const fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Must => "",
        Strength::ShouldNot => "; a soft norm, kept like a rule",
        Strength::Guideline => "; a guideline, kept like a rule",
        Strength::Policy => "; the bank's own choice",
    }
}

/// Packs of places inside the policy's jurisdiction.
fn below(book: &Book<'_>, place: &str, chapter: &mut Chapter) {
    let inside = |pack: &&Pack| {
        let rest = pack.head().jurisdiction.strip_prefix(place);
        rest.is_some_and(|rest| rest.starts_with('-')) && pack.head().in_force(book.options.as_of)
    };
    let packs: Vec<&Pack> = book.law.packs().iter().filter(inside).collect();
    if packs.is_empty() {
        return;
    }
    chapter.heading("ch-law-below".to_owned(), &format!("Besides, where an account lies in a part of {place}"));
    chapter.text("These bind the accounts that lie there, beside the rules above.");
    for pack in packs {
        of_pack(book, pack, chapter);
    }
}

/// Rules that bind nobody.
fn idle(book: &Book<'_>, packs: Vec<&Pack>, chapter: &mut Chapter) {
    let idle = book.law.not_enabled(packs);
    if idle.is_empty() {
        return;
    }
    chapter.heading("ch-law-idle".to_owned(), "Rules of these packs that bind nobody");
    chapter.text(
        "They were not verified, are drafts, were superseded, or leave their number to the bank. A rule of them binds \
         only where the bank enables it by name.",
    );
    let mut table = Table::new(&[("What it says", 58), ("Rule", 26), ("State", 16)]);
    for citation in idle {
        let cells =
            vec![citation.says.clone().into(), citation.rule.clone().into(), human(citation.status.word()).into()];
        table.row(None, cells);
    }
    chapter.table(table);
}
