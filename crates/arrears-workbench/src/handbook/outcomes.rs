//! What the result of a contact does to what the next decision knows.

use super::book::Book;
use super::document::{Chapter, Table};
use crate::wording::{Prose, human, outcome_noun};
use arrears::condition::Term;
use arrears::draft::{Keyword, Statement};
use arrears::policy::{Effect, Outcome};

pub(super) fn chapter(book: &Book<'_>) -> Chapter {
    let mut chapter = Chapter::new("outcomes", "Results of contacts, and what they do");
    let outcomes = book.policy.outcomes();
    if outcomes.is_empty() {
        chapter.text("The policy says nothing of results: a contact changes only what the data say of it later.");
        return chapter;
    }
    chapter.text(
        "What was learned from a contact is known on the next day, before any table says so, and for as long as is said \
         here. By itself it brings no contact nearer, but for a call that was asked for and for an attempt that \
         reached nobody.",
    );
    let mut table = Table::new(&[("Result", 28), ("What it does", 40), ("Why", 32)]);
    for (index, outcome) in outcomes.iter().enumerate() {
        let noun = outcome_noun(&outcome.name).map_or_else(|| human(&outcome.name), |(one, _)| one.to_owned());
        let written = book.written(Keyword::Outcome).nth(index);
        table.row(
            Some(book.at(Keyword::Outcome, index)),
            vec![Prose::plain(noun).capital().into(), does(book, outcome, written).into(), outcome.why.clone().into()],
        );
    }
    chapter.table(table);
    chapter
}

fn does(book: &Book<'_>, outcome: &Outcome, written: Option<&Statement>) -> Prose {
    let lasts = written.and_then(|written| written.act.as_ref()).and_then(|call| call.option("lasts"));
    match &outcome.effect {
        Effect::Retry(days) => {
            Prose::plain("the attempt does not count, and may be made again after ").and(book.number(days))
        }
        Effect::CallBack(days) => Prose::plain("demand rests until the day that the person named, or for ")
            .and(book.number(days))
            .and(" where none was named; then the person is called"),
        Effect::Pause(days) => Prose::plain("demand rests for ").and(book.number(days)),
        Effect::RetirePoint(word, days) => {
            let known = match *word {
                "objected" => "refused by the person",
                "wrong" => "not the debtor's",
                other => other,
            };
            Prose::plain(format!("the number is not tried again: known as {known}, ")).and(life(book, *days, lasts))
        }
        Effect::OptOut(Some(channel)) => Prose::plain(format!(
            "the person refuses {}",
            crate::wording::verb_noun(channel.word())
                .map_or_else(|| human(channel.word()), |(_, many)| many.to_owned())
        )),
        Effect::OptOut(None) => Prose::plain("the person refuses the channel that was used"),
        Effect::Mark(fact, days) => {
            let said = book
                .policy
                .find_input(fact)
                .map_or_else(|| Prose::plain(human(fact)), |id| book.wording().value_of(id, arrears::Cell::TRUE));
            Prose::plain("from now on it is taken that ").and(said).and(", ").and(life(book, *days, lasts))
        }
        Effect::VaguePromise(days) => {
            Prose::plain("the promise counts as vague and nothing is waited for, ").and(life(book, *days, lasts))
        }
        Effect::Promise => Prose::plain("a promise stands, with the day and the sum that were noted"),
    }
}

fn life(book: &Book<'_>, days: Option<i64>, written: Option<&Term>) -> Prose {
    days.map_or_else(|| Prose::plain("for good"), |days| Prose::plain("for ").and(book.days(days, written)))
}
