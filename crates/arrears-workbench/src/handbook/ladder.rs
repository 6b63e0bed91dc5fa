//! The ladder: stages in order of severity, the ways up, down and out.

use super::book::{Book, enter, points, shown};
use super::document::{Block, Chapter, Entry, Told};
use crate::graph;
use crate::wording::{Prose, human, verb_noun};
use arrears::condition::WordSet;
use arrears::draft::Keyword;
use arrears::policy::{Mode, StageId};

pub(super) fn chapter(book: &Book<'_>) -> Chapter {
    let mut chapter = Chapter::new("ladder", "The ladder");
    let graph = graph::graph(book.policy);
    chapter.text(graph.moves.clone());
    chapter.blocks.push(Block::Ladder(Box::new(graph)));
    escalate(book, &mut chapter);
    chapter.heading("ch-stages".to_owned(), "Stages, from the mildest to the most severe");
    for (index, stage) in book.policy.stages().iter().enumerate() {
        enter(&mut chapter, entry(book, index, stage));
    }
    ways_down(book, &mut chapter);
    chapter
}

fn escalate(book: &Book<'_>, chapter: &mut Chapter) {
    let escalate = book.policy.escalate();
    let of = if book.written(Keyword::Escalate).next().is_some() {
        book.at(Keyword::Escalate, 0)
    } else {
        super::document::Statement {
            id: "escalate-1".to_owned(),
            keyword: "escalate",
            name: String::new(),
            place: None,
        }
    };
    let mut entry = Entry::new(of, "How accounts move", "");
    let mode = match escalate.mode {
        Mode::Sequential => "one stage after the other, and never down but by a way down or a cure",
        Mode::Skip => "at once to the most severe stage that fits, and never down but by a way down or a cure",
        Mode::Free => "each day to the most severe stage that fits, up or down",
    };
    entry.say("Up", mode);
    if escalate.mode == Mode::Sequential {
        entry.say("In one decision", crate::wording::counted(i64::from(escalate.steps), "stage", "stages"));
    }
    let first = if escalate.first_skip {
        "enters at once the most severe stage that fits"
    } else {
        "begins in \u{201c}current\u{201d} and climbs"
    };
    entry.say("An account that was never decided", first);
    if escalate.catch_up {
        entry.say("After missed nights", "the steps of the missed nights are made later");
    }
    let latches = stages_of(book, escalate.latches);
    entry.say("Left only by a cure", latches);
    enter(chapter, entry);
}

fn stages_of(book: &Book<'_>, set: WordSet) -> Prose {
    let stages = set.positions().filter_map(|position| book.policy.stages().get(position));
    Prose::listed(stages.map(|stage| book.link(Keyword::Stage, &stage.name)).collect(), "and")
}

fn entry(book: &Book<'_>, index: usize, stage: &arrears::policy::Stage) -> Entry {
    let title = if stage.beside { format!("{} (beside the ladder)", human(&stage.name)) } else { human(&stage.name) };
    let mut entry = Entry::new(book.of(Keyword::Stage, &stage.name), title, &stage.why);
    entry.shown = shown(&stage.shows, &stage.name);
    let way_in = match &stage.when {
        None => Told::from("where every account begins: nothing is late enough for another stage"),
        Some(when) => book.when(when),
    };
    entry.say(if stage.beside { "While" } else { "Way in" }, way_in);
    if let Some(after) = stage.after.and_then(|after| book.policy.stages().get(after.index())) {
        entry.say("Comes after", book.link(Keyword::Stage, &after.name));
    }
    if let Some(dwell) = &stage.dwell {
        entry.say("Not before", book.number(dwell).and(" in the stage that is left"));
    }
    entry.say("Approved by", stage.approval.clone().unwrap_or_default());
    entry.say("Left by", left(book, index, stage));
    let turns = book.policy.turns(StageId::at(u8::try_from(index).unwrap_or(u8::MAX)));
    let treatments = turns.iter().filter_map(|turn| book.policy.treatments().get(turn.index()));
    let treatments = treatments.map(|treatment| {
        let by = verb_noun(treatment.verb.word()).map_or("", |(one, _)| one);
        book.link(Keyword::Treatment, &treatment.name).and(format!(" ({by})"))
    });
    let treatments: Vec<Told> = treatments.map(Told::from).collect();
    entry.say("Treatments, in order", if treatments.is_empty() { Told::nothing() } else { Told::list(treatments) });
    entry.say("Talking points", points(&stage.say));
    entry.say("Called before", super::people::formerly(book, Keyword::Stage, &stage.name));
    entry
}

/// How an account leaves a stage, but upwards.
fn left(book: &Book<'_>, index: usize, stage: &arrears::policy::Stage) -> Told {
    if index == 0 {
        return Told::nothing();
    }
    if stage.beside {
        return "the end of its condition; the ladder is then read from the rung that was kept".into();
    }
    let mut ways = Vec::new();
    let latched = book.policy.escalate().latches.has(i64::try_from(index).unwrap_or(-1));
    if book.policy.escalate().mode == Mode::Free {
        ways.push(Told::from("a day on which a milder stage is the most severe that fits"));
    }
    for (number, ease) in book.policy.eases().iter().enumerate().filter(|(_, ease)| ease.to.index() < index && !latched)
    {
        ways.push(way(book, (Keyword::Ease, number), "the way down to ", ease.to));
    }
    for (number, cure) in book.policy.cures().iter().enumerate().filter(|(_, cure)| cure.to.index() < index) {
        let said = format!("cure {}, to ", number + 1);
        ways.push(way(book, (Keyword::Cure, number), &said, cure.to));
    }
    if ways.is_empty() { Told::from("no way but upwards") } else { Told::list(ways) }
}

fn way(book: &Book<'_>, (keyword, number): (Keyword, usize), word: &str, to: StageId) -> Told {
    let name = book.policy.stages().get(to.index()).map_or("", |stage| stage.name.as_str());
    let said = format!("{word}{}", human(name));
    match book.anchors.at(keyword, number) {
        Some(anchor) => Prose::link(said, anchor).into(),
        None => said.into(),
    }
}

fn ways_down(book: &Book<'_>, chapter: &mut Chapter) {
    chapter.heading("ch-ways-down".to_owned(), "Ways down, and cures");
    if book.policy.eases().is_empty() && book.policy.cures().is_empty() {
        chapter.text("There are none.");
    }
    let why = |keyword: Keyword, index: usize| {
        let written = book.written(keyword).nth(index).and_then(|written| written.option("why"));
        written.and_then(|why| why.as_text()).unwrap_or_default().to_owned()
    };
    for (index, ease) in book.policy.eases().iter().enumerate() {
        let to = book.policy.stages().get(ease.to.index()).map_or("", |stage| stage.name.as_str());
        let title = format!("Way down to {}", human(to));
        let mut entry = Entry::new(book.at(Keyword::Ease, index), title, &why(Keyword::Ease, index));
        entry.say("From a more severe stage when", book.when(&ease.when));
        enter(chapter, entry);
    }
    for (index, cure) in book.policy.cures().iter().enumerate() {
        let to = book.policy.stages().get(cure.to.index()).map_or("", |stage| stage.name.as_str());
        let title = format!("Cure {}, to {}", index + 1, human(to));
        let mut entry = Entry::new(book.at(Keyword::Cure, index), title, &why(Keyword::Cure, index));
        entry.say("When", book.when(&cure.when));
        let then: Vec<Prose> =
            cure.then.iter().map(|verb| Prose::plain(verb_noun(verb.word()).map_or("", |(one, _)| one))).collect();
        entry.say("Then", Prose::listed(then, "and"));
        enter(chapter, entry);
    }
}
