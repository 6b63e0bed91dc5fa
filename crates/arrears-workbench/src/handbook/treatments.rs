//! Treatments by stage, in the order in which they take their turn.

use super::book::{Book, enter, points};
use super::document::{Block, Chapter, Entry, Table, Told};
use super::work::{approval, detail, done, notes, text};
use crate::wording::{Prose, counted, human};
use arrears::Class;
use arrears::condition::NumKind;
use arrears::draft::Keyword;
use arrears::policy::{ClockPeriod, Detail, Purpose, StageId, Treatment};

pub(super) fn chapter(book: &Book<'_>) -> Chapter {
    let mut chapter = Chapter::new("treatments", "Treatments by stage, in order");
    chapter.text(
        "In each stage the treatments are read from the first to the last, and the first that fits and may be used is \
         chosen. While a milder one rests, is stopped for a time, or cannot be judged because a fact is missing, \
         nothing stronger takes its turn, unless the milder one names it. If nothing is left, the account waits until \
         a dated review.",
    );
    let mut told = vec![false; book.policy.treatments().len()];
    for (index, stage) in book.policy.stages().iter().enumerate() {
        let turns = book.policy.turns(StageId::at(u8::try_from(index).unwrap_or(u8::MAX)));
        if turns.is_empty() && index == 0 {
            continue;
        }
        chapter.heading(format!("ch-in-stage-{index}"), &format!("In stage: {}", human(&stage.name)));
        if turns.is_empty() {
            chapter.text("Nothing is done in this stage: the account waits.");
            continue;
        }
        let mut order = Vec::new();
        let mut entries = Vec::new();
        for turn in turns {
            let Some(treatment) = book.policy.treatments().get(turn.index()) else { continue };
            order.push(book.link(Keyword::Treatment, &treatment.name));
            if let Some(seen) = told.get_mut(turn.index()).filter(|seen| !**seen) {
                *seen = true;
                entries.push(entry(book, treatment));
            }
        }
        chapter.text(Prose::plain("In this order: ").and(Prose::joined(order, ", then ")).and("."));
        for entry in entries {
            enter(&mut chapter, entry);
        }
    }
    hours(book, &mut chapter);
    chapter
}

fn entry(book: &Book<'_>, treatment: &Treatment) -> Entry {
    let of = book.of(Keyword::Treatment, &treatment.name);
    let mut entry = Entry::new(of, human(&treatment.name), &treatment.why);
    let stages = book.policy.stages().iter().enumerate();
    let stages = stages.filter(|(index, _)| treatment.stages.has(i64::try_from(*index).unwrap_or(-1)));
    let stages: Vec<Prose> = stages.map(|(_, stage)| book.link(Keyword::Stage, &stage.name)).collect();
    entry.say("In stage", Prose::listed(stages, "and"));
    entry.say("Fits when", treatment.when.as_ref().map_or_else(|| Told::from("always"), |when| book.when(when)));
    if let Some(unless) = &treatment.unless {
        entry.say("But not while", book.when(unless));
    }
    entry.say("Done", what(treatment));
    entry.say("How often", cadence(book, treatment));
    entry.say("At what time", time(book, treatment));
    let numbers: Vec<Prose> = treatment.numbers.iter().map(|point| Prose::plain(point.name.clone())).collect();
    if !numbers.is_empty() {
        entry.say("Numbers tried", Prose::joined(numbers, ", then ").and("; only a number known to be valid"));
    }
    text(&mut entry, &treatment.details);
    say(&mut entry, treatment, "tone", "Tone");
    if let Some(Detail::List(say)) = treatment.details.get("say") {
        let say: Vec<String> = say.iter().map(detail).collect();
        entry.say("Points made", points(&say));
    }
    say(&mut entry, treatment, "needs", "Needed");
    say(&mut entry, treatment, "shows", "Shown at the door");
    say(&mut entry, treatment, "address", "Address");
    if treatment.consent.is_some() {
        entry.say("Consent", "only with the person's consent to the channel");
    }
    if treatment.opted_out.is_some() {
        entry.say("Refusal", "not where the person has refused the channel");
    }
    if matches!(treatment.details.get("opt_out_notice"), Some(Detail::Flag(true))) {
        entry.say("Says", "how further messages are refused");
    }
    say(&mut entry, treatment, "content", "What it holds, for guardrails");
    approval(&mut entry, &treatment.details);
    notes(&mut entry, &treatment.details);
    entry.say("When it rests or is refused", follows(book, treatment));
    entry.say("Guardrails that bear on it", rules(book, treatment));
    entry
}

fn say(entry: &mut Entry, treatment: &Treatment, key: &str, label: &str) {
    if let Some(found) = treatment.details.get(key) {
        entry.say(label, detail(found));
    }
}

/// What is done, and what for.
fn what(treatment: &Treatment) -> Prose {
    let mut said = done(treatment.verb, &treatment.details);
    if let Some(Detail::List(plans)) = treatment.details.get("plans") {
        let plans: Vec<Prose> = plans.iter().map(|plan| Prose::plain(detail(plan))).collect();
        said = said.and(", with plans of ").and(Prose::listed(plans, "or")).and(" months");
    }
    let purpose = match treatment.purpose {
        Purpose::Demand => "to ask for payment",
        Purpose::Information => "to inform, not to demand",
        Purpose::Statement => "to state the account, not to demand",
        Purpose::RequiredNotice => "as a notice that law or contract requires",
        Purpose::Reply => "to answer",
    };
    if treatment.class == Class::Contact { said.and(", ").and(purpose) } else { said }
}

fn cadence(book: &Book<'_>, treatment: &Treatment) -> Prose {
    let mut parts = Vec::new();
    if let Some(every) = &treatment.every {
        parts.push(Prose::plain("again after ").and(book.number(every)).and(" at the earliest"));
    }
    if let Some(most) = &treatment.at_most {
        let number = match most.kind {
            NumKind::Literal(value) => Prose::plain(counted(value, "time", "times")),
            _ => book.number(most).and(" times"),
        };
        parts.push(Prose::plain("at most ").and(number).and(" in one episode of arrears"));
    }
    if parts.is_empty() { Prose::plain("whenever it fits") } else { Prose::joined(parts, "; ") }
}

fn time(book: &Book<'_>, treatment: &Treatment) -> Told {
    let mut parts: Vec<Told> = Vec::new();
    if let Some(at) = treatment.at {
        parts.push(format!("{}, unless the person or the occupation asks for another time", clock(at)).into());
    }
    for kept in &treatment.hours {
        let hours = human(&kept.week.in_words());
        let rule = book.policy.bound_rules().get(usize::from(kept.rule));
        let rule = rule.map_or_else(Prose::default, |rule| super::guardrails::link(book, rule));
        parts.push(Prose::plain(format!("only {hours} (")).and(rule).and(")").into());
    }
    Told::list(parts)
}

/// A period of a day: `about 15:00`, `from 10:00 to 12:00`.
fn clock(period: ClockPeriod) -> String {
    let minute = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    if period.to <= period.from.saturating_add(60) {
        return format!("about {}", minute(period.from));
    }
    format!("from {} to {}", minute(period.from), minute(period.to))
}

fn follows(book: &Book<'_>, treatment: &Treatment) -> Prose {
    let instead = treatment.instead.and_then(|instead| book.policy.treatments().get(instead.index()));
    match instead {
        Some(instead) => {
            let name = book.link(Keyword::Treatment, &instead.name);
            name.and(" may take the turn, and nothing else that is stronger")
        }
        None => Prose::plain("nothing stronger takes its turn"),
    }
}

fn rules(book: &Book<'_>, treatment: &Treatment) -> Prose {
    let refused = if treatment.numbers.iter().any(|point| point.refused.is_some()) { Some("numbers") } else { None };
    let mut seen = Vec::new();
    let mut parts = Vec::new();
    for guard in &treatment.guards {
        let Some(rule) = book.policy.bound_rules().get(usize::from(guard.rule)) else { continue };
        if !seen.contains(&rule.rule) {
            seen.push(rule.rule.clone());
            parts.push(super::guardrails::link(book, rule));
        }
    }
    parts.extend(refused.map(|_| Prose::plain("rules on single numbers")));
    Prose::joined(parts, "; ")
}

/// When people of an occupation are at home.
fn hours(book: &Book<'_>, chapter: &mut Chapter) {
    let mut table = Table::new(&[("Occupation", 40), ("At home", 60)]);
    for (index, hours) in book.policy.hours().iter().enumerate() {
        let period = hours.period;
        let minute = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        let said = format!("from {} to {}", minute(period.from), minute(period.to));
        table.row(Some(book.at(Keyword::Hours, index)), vec![human(&hours.occupation).into(), said.into()]);
    }
    if !table.rows.is_empty() {
        chapter.heading("ch-hours".to_owned(), "When people are at home");
        chapter
            .text("A time that the person has named goes before these, and these go before the time of a treatment.");
        chapter.blocks.push(Block::Table(table));
    }
}
