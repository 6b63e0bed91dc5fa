//! How one fact of a policy or of a pack is said.

use super::happening::{self, Asked};
use super::meaning::{self, Form, Meaning};
use super::{Prose, Speaker, Wording, human};
use arrears::condition::FactId;
use arrears::draft::Keyword;
use arrears::facts::ParametricKind;
use arrears::{Input, Kind, Need};

/// How a fact is said.
pub(super) enum Said {
    /// Days, with what they are days of.
    Days(Prose),
    /// Days since the last event.
    Since(Prose),
    /// A count of things, one and several.
    Count(Prose, Prose),
    /// A number or a word, as a noun.
    Noun(Prose),
    /// What is so, and what is so where it is not.
    Flag(Prose, Prose),
}

/// How a fact is said, and what it is where it is *never*.
pub(super) fn said(wording: &Wording<'_>, id: FactId) -> (Said, Prose) {
    let Some(input) = wording.input(id) else {
        return (Said::Noun(Prose::plain("a fact that nobody tells")), Prose::default());
    };
    let of_contact = matches!(wording.speaker, Speaker::Pack(_) | Speaker::House(..)) || input.need == Need::Contact;
    let known = if of_contact { meaning::of_contact(&input.name) } else { None };
    if let Some(meaning) = known.or_else(|| meaning::of_account(&input.name)) {
        return of_table(meaning);
    }
    match Asked::of(input) {
        Some(asked) => of_family(wording, &asked, input),
        None => own(wording, input),
    }
}

fn of_table(meaning: Meaning) -> (Said, Prose) {
    let said = match meaning.form {
        Form::Days(tail) => Said::Days(Prose::plain(tail)),
        Form::Since(event) => Said::Since(Prose::plain(event)),
        Form::Count(one, many) => Said::Count(Prose::plain(one), Prose::plain(many)),
        Form::Amount(noun) | Form::Word(noun) => Said::Noun(Prose::plain(noun)),
        Form::Flag(yes, no) => Said::Flag(Prose::plain(yes), Prose::plain(no)),
    };
    (said, Prose::plain(meaning.never))
}

fn of_family(wording: &Wording<'_>, asked: &Asked, input: &Input) -> (Said, Prose) {
    if input.kind == Kind::Flag {
        let (yes, no) = happening::flag(asked);
        return (Said::Flag(Prose::plain(yes), Prose::plain(no)), Prose::default());
    }
    let what = happening::happening(wording, &asked.what);
    let never = Prose::plain("no ").and(what.one.clone()).and(" is on record");
    let said = match asked.kind {
        ParametricKind::Times => {
            let window = match asked.days {
                1 => " today".to_owned(),
                days => format!(" in the last {days} days"),
            };
            return (Said::Count(what.one.and(window.clone()), what.many.and(window)), Prose::default());
        }
        ParametricKind::MonthsSince => {
            let tail = since(&what.one);
            Said::Count(Prose::plain("calendar month ").and(tail.clone()), Prose::plain("calendar months ").and(tail))
        }
        ParametricKind::DaysSinceFirst => Said::Days(Prose::plain("since the first ").and(what.one)),
        ParametricKind::MinutesSince => {
            let tail = since(&what.one);
            Said::Count(Prose::plain("minute ").and(tail.clone()), Prose::plain("minutes ").and(tail))
        }
        _ => Said::Since(what.one),
    };
    (said, never)
}

/// Since an event: since the last one, but where it is the first by its name.
pub(super) fn since(event: &Prose) -> Prose {
    let word = if event.text().starts_with("first ") { "since the " } else { "since the last " };
    Prose::plain(word).and(event.clone())
}

/// A fact of the bank's own, or one that the engine keeps between decisions.
fn own(wording: &Wording<'_>, input: &Input) -> (Said, Prose) {
    if let Some(treatment) = input.name.strip_prefix("episode_count_") {
        let of = |noun: &str| Prose::plain(format!("{noun} of \u{201c}{}\u{201d} in this episode", human(treatment)));
        return (Said::Count(of("use"), of("uses")), Prose::default());
    }
    let name = wording.named(Keyword::Fact, &input.name);
    let never = name.clone().and(" never happened");
    let said = match input.kind {
        Kind::Flag => Said::Flag(name.clone().and(" is so"), name.and(" is not so")),
        _ => Said::Noun(name),
    };
    (said, never)
}
