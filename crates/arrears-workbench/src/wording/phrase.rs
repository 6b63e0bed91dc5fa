//! Conditions in words: every kind of condition has its phrase.

use super::comparisons::{amount_of, comparison, opposite, range};
use super::facts::{Said, said, since};
use super::{Clause, Prose, Wording, numbers, vocabulary};
use arrears::condition::{Cond, CondKind, FactId, Num, NumKind, WordSet};
use arrears::draft::Keyword;
use arrears::{Cell, Kind};

/// A condition in words.
pub(super) fn clause(wording: &Wording<'_>, cond: &Cond) -> Clause {
    match &cond.kind {
        CondKind::Constant(true) => Clause::says("always"),
        CondKind::Constant(false) => Clause::says("never"),
        CondKind::Flag(id) => Clause::Says(flag(wording, *id, true)),
        CondKind::Compare(cmp, left, right) => Clause::Says(comparison(wording, *cmp, left, right)),
        CondKind::Within(word, set) => Clause::Says(within(wording, word, *set)),
        CondKind::DebtorType(set) => Clause::Says(debtor_type(wording, *set)),
        CondKind::Known(id) => Clause::Says(noun(wording, *id).and(" is known")),
        CondKind::NotYet(id) => Clause::Says(never(wording, *id)),
        CondKind::NotSince(first, second) => Clause::Says(not_since(wording, *first, *second)),
        CondKind::Not(inner) => denied(wording, inner),
        CondKind::All(parts) => match range(wording, parts) {
            Some(range) => Clause::Says(range),
            None => Clause::All(flat(wording, parts, |clause| match clause {
                Clause::All(parts) => Ok(parts),
                other => Err(other),
            })),
        },
        CondKind::Any(parts) => Clause::Any(flat(wording, parts, |clause| match clause {
            Clause::Any(parts) => Ok(parts),
            other => Err(other),
        })),
        CondKind::Coalesce(first, second) => {
            let otherwise = match &second.kind {
                CondKind::Constant(true) => Prose::plain(" (taken as so where it is not known)"),
                CondKind::Constant(false) => Prose::plain(" (taken as not so where it is not known)"),
                _ => Prose::plain(" (where that is not known: ").and(clause(wording, second).sentence()).and(")"),
            };
            Clause::Says(clause(wording, first).sentence().and(otherwise))
        }
        CondKind::Define(name, inner) => match wording.anchors {
            Some(anchors) if anchors.of(Keyword::Define, name).is_some() => {
                Clause::Says(wording.named(Keyword::Define, name))
            }
            // Where the word is not explained, what it stands for is said.
            _ => clause(wording, inner),
        },
    }
}

fn flat(wording: &Wording<'_>, parts: &[Cond], open: impl Fn(Clause) -> Result<Vec<Clause>, Clause>) -> Vec<Clause> {
    let mut all = Vec::new();
    for part in parts {
        match open(clause(wording, part)) {
            Ok(inner) => all.extend(inner),
            Err(whole) => all.push(whole),
        }
    }
    all
}

/// The opposite of a condition.
fn denied(wording: &Wording<'_>, inner: &Cond) -> Clause {
    match &inner.kind {
        CondKind::Flag(id) => Clause::Says(flag(wording, *id, false)),
        CondKind::Not(twice) => clause(wording, twice),
        CondKind::Constant(holds) => Clause::says(if *holds { "never" } else { "always" }),
        CondKind::Within(word, set) => Clause::Says(within(wording, word, set.complement())),
        CondKind::DebtorType(set) => Clause::Says(debtor_type(wording, set.complement())),
        CondKind::Known(id) => Clause::Says(noun(wording, *id).and(" is not known")),
        CondKind::NotYet(id) => Clause::Says(happened(wording, *id)),
        CondKind::Define(..) if matches!(clause(wording, inner), Clause::Says(_)) => {
            Clause::Says(Prose::plain("not ").and(clause(wording, inner).sentence()))
        }
        // A comparison with *never* is false either way round, so only what is always a number is turned.
        CondKind::Compare(cmp, left, right) if !may_be_never(wording, left) && !may_be_never(wording, right) => {
            Clause::Says(comparison(wording, opposite(*cmp), left, right))
        }
        _ => clause(wording, inner).denied(),
    }
}

fn may_be_never(wording: &Wording<'_>, num: &Num) -> bool {
    let mut may = false;
    num.each(&mut |part| {
        if let NumKind::Fact(id) = part.kind {
            may |= wording.input(id).is_none_or(|input| input.never);
        }
    });
    may
}

fn flag(wording: &Wording<'_>, id: FactId, so: bool) -> Prose {
    match said(wording, id).0 {
        Said::Flag(yes, no) => {
            if so {
                yes
            } else {
                no
            }
        }
        _ => noun(wording, id).and(if so { " is so" } else { " is not so" }),
    }
}

/// A fact as a noun.
pub(super) fn noun(wording: &Wording<'_>, id: FactId) -> Prose {
    match said(wording, id).0 {
        Said::Days(tail) => Prose::plain("the number of days ").and(tail),
        Said::Since(event) => Prose::plain("the number of days ").and(since(&event)),
        Said::Count(_, many) => Prose::plain("the number of ").and(many),
        Said::Noun(noun) => noun,
        Said::Flag(yes, _) => Prose::plain("whether ").and(yes),
    }
}

/// A value of a fact.
pub(super) fn value_of(wording: &Wording<'_>, id: FactId, cell: Cell) -> Prose {
    let Some(value) = cell.get() else {
        return if cell.is_never() { never(wording, id) } else { noun(wording, id).and(" is not known") };
    };
    let Some(input) = wording.input(id) else { return Prose::default() };
    match said(wording, id).0 {
        Said::Flag(yes, no) => {
            if value == 0 {
                no
            } else {
                yes
            }
        }
        Said::Noun(noun) if input.kind == Kind::Category => {
            noun.and(" is ").and(words(wording, id, WordSet::of(usize::try_from(value).unwrap_or(63)), "or"))
        }
        Said::Noun(noun) => noun.and(" is ").and(wording.value(value, input.kind)),
        measured => amount_of(wording, value, input.kind, &measured),
    }
}

fn never(wording: &Wording<'_>, id: FactId) -> Prose {
    let (_, never) = said(wording, id);
    if never.is_empty() { noun(wording, id).and(" has no value, for it never happened") } else { never }
}

/// That something has happened.
pub(super) fn happened(wording: &Wording<'_>, id: FactId) -> Prose {
    match said(wording, id).0 {
        Said::Since(event) if event.text().starts_with("first ") => Prose::plain("there was a ").and(event),
        Said::Since(event) => Prose::plain("at least one ").and(event).and(" is on record"),
        _ => Prose::plain("it is not so that ").and(never(wording, id)),
    }
}

fn not_since(wording: &Wording<'_>, first: FactId, second: FactId) -> Prose {
    let event = |id| match said(wording, id).0 {
        Said::Since(event) => event,
        _ => noun(wording, id),
    };
    Prose::plain("no ").and(event(first)).and(" ").and(since(&event(second)))
}

fn within(wording: &Wording<'_>, word: &Num, set: WordSet) -> Prose {
    let NumKind::Fact(id) = word.kind else {
        let mut of = None;
        word.each(&mut |part| {
            if let NumKind::Fact(id) = part.kind {
                of = of.or(Some(id));
            }
        });
        let said = numbers::said(wording, word);
        return of
            .map_or_else(|| said.clone().and(" is one of these words"), |id| one_of(wording, said.clone(), id, set));
    };
    one_of(wording, noun(wording, id), id, set)
}

fn one_of(wording: &Wording<'_>, noun: Prose, id: FactId, set: WordSet) -> Prose {
    if let Some(said) = no_channel(wording, id, set) {
        return said;
    }
    if !set.has(WordSet::OTHER) {
        return noun.and(" is ").and(words(wording, id, set, "or"));
    }
    let others = set.complement();
    if others.is_empty() {
        return noun.and(" is any word");
    }
    noun.and(" is not ").and(words(wording, id, others, "or"))
}

/// Whether a decision has a channel at all.
fn no_channel(wording: &Wording<'_>, id: FactId, set: WordSet) -> Option<Prose> {
    let input = wording.input(id).filter(|input| input.name == "channel")?;
    let none = WordSet::of(input.words.iter().position(|word| word == "none")?);
    match set {
        set if set == none => Some(Prose::plain("no channel is used")),
        set if set == none.complement() => Some(Prose::plain("some channel is used")),
        _ => None,
    }
}

/// The words of a set, as people say them.
fn words(wording: &Wording<'_>, id: FactId, set: WordSet, word: &str) -> Prose {
    let Some(input) = wording.input(id) else { return Prose::default() };
    let keyword = match input.name.as_str() {
        "previous_stage" | "previous_rung" | "current_stage" => Some(Keyword::Stage),
        "previous_type" => Some(Keyword::Debtor),
        "last_treatment" | "retry_treatment" | "chosen_treatment" => Some(Keyword::Treatment),
        _ => None,
    };
    let said = |position: usize| match (input.words.get(position), keyword) {
        (Some(name), Some(keyword)) => wording.named(keyword, name),
        (Some(word), None) => vocabulary::word(&input.name, word),
        (None, _) => Prose::plain("another word"),
    };
    Prose::listed(set.positions().map(said).collect(), word)
}

fn debtor_type(wording: &Wording<'_>, set: WordSet) -> Prose {
    let types = wording.types();
    let (set, verb) = if set.has(WordSet::OTHER) { (set.complement(), " is not ") } else { (set, " is ") };
    let names = set.positions().filter_map(|position| types.get(position));
    let names: Vec<Prose> = names.map(|name| wording.named(Keyword::Debtor, name)).collect();
    Prose::plain("the type").and(verb).and(Prose::listed(names, "or"))
}
