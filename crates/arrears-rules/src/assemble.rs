//! Makes statements of what the script declared.

use crate::expression::{Lowering, Written};
use crate::grammar::Slot;
use crate::record::Recorded;
use crate::source::{Script, to_usize};
use arrears::condition::{Named, Term, TermKind};
use arrears::draft::{Keyword, NameForm, Options, Part, Statement};
use arrears::{Problem, Span};

/// A statement, or what is wrong with it and the name under which it stays known.
pub(crate) enum Assembled {
    /// The statement.
    Whole(Box<Statement>),
    /// It cannot be read.
    Broken(Vec<Problem>, Option<(Keyword, Named)>),
}

/// Lowers one recorded statement.
pub(crate) fn assemble(script: &Script, recorded: &Recorded) -> Assembled {
    let span = statement_span(script, recorded);
    let mut statement = Statement::new(recorded.keyword, span);
    let mut lowering = Lowering::new(script, &recorded.values);
    let mut inputs = recorded.inputs.iter();
    for slot in recorded.shape.slots() {
        if slot == Slot::Clause(Part::Otherwise) {
            statement.otherwise = true;
        } else if let Some(input) = inputs.next() {
            fill(&mut statement, &mut lowering, recorded, slot, input);
        }
    }
    if recorded.keyword.needs().contains(&Part::Stages) && statement.stages.is_none() {
        lowering.note_missing_stages(&statement, keyword_span(script, span));
    }
    let problems = lowering.into_problems();
    if problems.is_empty() {
        return Assembled::Whole(Box::new(statement));
    }
    let name = statement.name.map(|name| (recorded.keyword, name));
    Assembled::Broken(problems, name)
}

/// The keyword at the beginning of a statement.
fn keyword_span(script: &Script, statement: Span) -> Span {
    script
        .token_from(to_usize(statement.start))
        .and_then(|index| script.token(index))
        .map_or(statement, |token| script.span_of(token))
}

fn fill(statement: &mut Statement, lowering: &mut Lowering<'_>, recorded: &Recorded, slot: Slot, input: &Written) {
    let Slot::Clause(part) = slot else {
        return name(statement, lowering, recorded, input);
    };
    if part == Part::Value && recorded.closure.is_some() {
        statement.value = lowering.lower_script(input);
        return;
    }
    let Some(term) = lowering.lower(input) else {
        return;
    };
    match part {
        Part::Value | Part::Expression => statement.value = Some(term),
        Part::Stages => statement.stages = Some(term),
        Part::To => statement.to = lowering.text_name(&term),
        Part::When => statement.when = Some(split_options(lowering.script(), statement, term)),
        Part::Unless => statement.unless = Some(split_options(lowering.script(), statement, term)),
        Part::Then => statement.then = Some(term),
        Part::Otherwise => {}
        Part::Do => statement.act = lowering.verb(term),
        Part::Given => statement.given = Some(term),
        Part::After => statement.after = Some(term),
        Part::Expect => statement.expect = Some(term),
        Part::Options => statement.options = lowering.options(term).unwrap_or_default(),
    }
}

/// In `when dpd in 90.. #{ ... }` the options arrive as the end of the open range.
fn split_options(script: &Script, statement: &mut Statement, mut term: Term) -> Term {
    if let Some((options, _)) = take_range_map(script, &mut term) {
        statement.options = options;
    }
    term
}

/// Takes the map out of an open range, and gives the byte at which the range ends without it.
fn take_range_map(script: &Script, term: &mut Term) -> Option<(Options, u32)> {
    let taken = match &mut term.kind {
        TermKind::Range { to, .. } if matches!(to.as_deref(), Some(Term { kind: TermKind::Map(_), .. })) => {
            let map = to.take()?;
            let before = script.token_before(to_usize(map.span.start));
            let end =
                before.and_then(|index| script.token(index)).map_or(map.span.start, |token| script.span_of(token).end);
            match map.kind {
                TermKind::Map(entries) => Some((entries, end)),
                _ => None,
            }
        }
        TermKind::All(parts) | TermKind::Any(parts) => parts.last_mut().and_then(|last| take_range_map(script, last)),
        TermKind::In(_, inner) | TermKind::Not(inner) => take_range_map(script, inner),
        _ => None,
    };
    let (options, end) = taken?;
    term.span.end = end;
    Some((options, end))
}

fn name(statement: &mut Statement, lowering: &mut Lowering<'_>, recorded: &Recorded, input: &Written) {
    match recorded.keyword.name_form() {
        NameForm::Identifier => {
            let term = lowering.lower(input);
            if let Some(Term { kind: TermKind::Name(name), span }) = term {
                statement.name = Some(Named::new(name, span));
            }
        }
        NameForm::Fact => subject(statement, lowering, input),
        _ => {
            let (term, stages) = lowering.lower_name_as(input, recorded.name.as_ref());
            statement.name = term.and_then(|term| lowering.text_name(&term));
            if let Some(stages) = stages {
                if recorded.keyword.parts().contains(&Part::Stages) {
                    statement.stages = stages;
                } else {
                    lowering.note_not_taken(recorded.keyword, Part::Stages, stages);
                }
            }
        }
    }
}

fn subject(statement: &mut Statement, lowering: &mut Lowering<'_>, input: &Written) {
    match lowering.lower(input) {
        Some(Term { kind: TermKind::Name(name), span }) => statement.name = Some(Named::new(name, span)),
        Some(term) if matches!(term.kind, TermKind::Call(..)) => statement.subject = Some(term),
        Some(term) => lowering.note(
            Problem::error("P027", "this is not the name of a fact")
                .at(term.span, "a fact's name, or `times(what, days)`"),
        ),
        None => {}
    }
}

/// From the keyword to the `;`.
fn statement_span(script: &Script, recorded: &Recorded) -> Span {
    let Some(first) = recorded.inputs.first() else {
        return Span::new(recorded.file, 0, 0);
    };
    let (line, column) = first.place();
    let from = script.token_from(script.byte_at(line, column));
    let mut index = from.unwrap_or(0);
    while index > 0 && script.word_at(index) != recorded.keyword.word() {
        index -= 1;
    }
    let start = script.token(index).map_or(0, |token| token.start);
    script.statement_span(start)
}
