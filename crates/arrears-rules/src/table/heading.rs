//! What the columns of a table are, by their headings.

use super::cell::Subject;
use super::passage::{Passage, shortened};
use super::sheet::Line;
use arrears::condition::TermKind;
use arrears::draft::{Draft, Keyword, OptionOwner, OptionSpec, options_of};
use arrears::problem::nearest;
use arrears::{Kind, Problem, Span};
use rhai::Engine;

/// What a column says of the treatments.
#[derive(Clone, Debug)]
pub(super) enum Column {
    /// `treatment`: the name.
    Name,
    /// `do`: the verb.
    Verb,
    /// `in`: the stages.
    Stages,
    /// `when`: a whole condition.
    When,
    /// `unless`: a whole condition.
    Unless,
    /// `why`: why it is done.
    Why,
    /// An option of the verb.
    Option(&'static OptionSpec),
    /// Conditions on a fact or another expression.
    Fact(Subject),
    /// A remark, or a column without anything.
    Remark,
}

const OWN: [&str; 6] = ["treatment", "do", "in", "when", "unless", "why"];

/// The columns, or what is wrong with the headings.
pub(super) fn columns(
    engine: &Engine,
    draft: &Draft,
    file: u16,
    headings: &Line,
    rows: &[Line],
) -> Result<Vec<Column>, Vec<Problem>> {
    let mut columns = Vec::new();
    let mut problems = Vec::new();
    let mut seen: Vec<(&str, Span)> = Vec::new();
    for (index, cell) in headings.cells.iter().enumerate() {
        let passage = Passage { cell, file };
        let below = rows.iter().filter_map(|row| row.cells.get(index)).find(|cell| !cell.text.is_empty());
        match column(engine, draft, passage) {
            Ok(Some(column)) => {
                let before = seen.iter().find(|(text, _)| *text == cell.text);
                if let (Some((_, first)), false) = (before, matches!(column, Column::Fact(_) | Column::Remark)) {
                    let problem = Problem::error("P033", format!("two columns are headed `{}`", cell.text))
                        .at(passage.span(), "headed again")
                        .at(*first, "headed first");
                    problems.push(problem);
                }
                seen.push((cell.text.as_str(), passage.span()));
                columns.push(column);
            }
            Ok(None) => {
                if let Some(below) = below {
                    let problem = Problem::error("P033", "a column without a heading")
                        .at(below.span(file), "what is this?")
                        .at(passage.span(), "nothing stands here")
                        .help("head it with what it says, or with `#` if it is a remark");
                    problems.push(problem);
                }
                columns.push(Column::Remark);
            }
            Err(found) => problems.extend(found),
        }
    }
    for (needed, what) in [("treatment", "the names of the treatments"), ("do", "what they do")] {
        let has = headings.cells.iter().any(|cell| cell.text == needed);
        if !has && problems.is_empty() {
            let problem = Problem::error("P033", format!("no column is headed `{needed}`"))
                .at(headings.span(file), "the headings")
                .help(format!("a table has a column `{needed}` with {what}"));
            problems.push(problem);
        }
    }
    if problems.is_empty() { Ok(columns) } else { Err(problems) }
}

fn column(engine: &Engine, draft: &Draft, passage: Passage<'_>) -> Result<Option<Column>, Vec<Problem>> {
    let text = passage.cell.text.as_str();
    let own = match text {
        "" => return Ok(None),
        "treatment" => Some(Column::Name),
        "do" => Some(Column::Verb),
        "in" => Some(Column::Stages),
        "when" => Some(Column::When),
        "unless" => Some(Column::Unless),
        "why" => Some(Column::Why),
        _ if text.starts_with('#') => Some(Column::Remark),
        _ => options_of(OptionOwner::Treatment).find(|spec| spec.key == text).map(Column::Option),
    };
    if own.is_some() {
        return Ok(own);
    }
    let unknown = || Problem::error("P033", format!("no column is called `{}`", shortened(text)));
    let Ok(term) = passage.whole(engine) else {
        let problem = unknown().at(passage.span(), "neither a fact nor an expression").help(known());
        return Err(vec![problem]);
    };
    let TermKind::Name(name) = &term.kind else {
        return Ok(Some(Column::Fact(Subject { term, words: false })));
    };
    let Some(words) = takes_words(draft, name) else {
        let options = options_of(OptionOwner::Treatment).map(|spec| spec.key);
        let facts = arrears::table::all().map(|fact| fact.name);
        let problem = unknown().at(passage.span(), "neither a fact nor anything of a treatment");
        let near = nearest(name, OWN.into_iter().chain(options).chain(facts));
        return Err(vec![match near {
            Some(near) => problem.suggest(passage.span(), near),
            None => problem.help(known()),
        }]);
    };
    Ok(Some(Column::Fact(Subject { term, words })))
}

fn known() -> String {
    let options: Vec<&str> = options_of(OptionOwner::Treatment).map(|spec| spec.key).collect();
    format!(
        "a column is headed by a fact, by one of {}, {}, or by `#` and a remark",
        OWN.join(", "),
        options.join(", ")
    )
}

/// Whether a name stands for words, if it is known at all.
fn takes_words(draft: &Draft, name: &str) -> Option<bool> {
    if let Some(fact) = arrears::table::find(name) {
        return Some(fact.kind == Kind::Category);
    }
    let declares = [Keyword::Fact, Keyword::Define, Keyword::Threshold];
    let declared = draft.statements.iter().find(|found| declares.contains(&found.keyword) && found.name_text() == name);
    if let Some(declared) = declared {
        let kind = declared.option("kind").and_then(arrears::condition::Term::as_text);
        return Some(kind == Some("category"));
    }
    let broken = draft.broken.iter().any(|(keyword, named)| declares.contains(keyword) && named.text == name);
    broken.then_some(false)
}
