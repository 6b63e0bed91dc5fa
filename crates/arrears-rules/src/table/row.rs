//! A row of a table as a treatment, and what keeps it from being used where a row above it fits.

use super::cell;
use super::heading::Column;
use super::passage::Passage;
use super::reach::{Reach, is_same};
use super::sheet::Line;
use arrears::condition::{Named, Term, TermKind};
use arrears::draft::{Keyword, Options, Statement, VerbCall};
use arrears::{Problem, Span};
use rhai::Engine;

/// A row that could be read.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its name, and where it stands.
    pub(super) name: Named,
    /// The whole row.
    pub(super) span: Span,
    verb: Named,
    stages: Option<Term>,
    /// By the columns of conditions.
    cells: Vec<(Reach, Option<Term>)>,
    when: Option<Term>,
    unless: Option<Term>,
    options: Options,
    why: Option<Term>,
}

/// Reads a row, or says what is wrong with it.
pub(super) fn row(engine: &Engine, columns: &[Column], line: &Line, file: u16) -> Result<Row, Vec<Problem>> {
    let span = line.span(file);
    let none = Named::new("", span);
    let mut row = Row {
        name: none.clone(),
        span,
        verb: none,
        stages: None,
        cells: Vec::new(),
        when: None,
        unless: None,
        options: Options::new(),
        why: None,
    };
    let mut problems = Vec::new();
    for (index, column) in columns.iter().enumerate() {
        let Some(found) = line.cells.get(index) else {
            continue;
        };
        if let Err(found) = row.fill(engine, column, Passage { cell: found, file }) {
            problems.extend(found);
        }
    }
    let lacks = |what: &str, help: &str| {
        Problem::error("P034", format!("a row without {what}")).at(span, "in this row").help(help)
    };
    if problems.is_empty() && row.name.text.is_empty() {
        problems.push(lacks("a name", "name the treatment under `treatment`: history and counts are kept by it"));
    }
    if problems.is_empty() && row.verb.text.is_empty() {
        problems.push(lacks("a verb", "say what is done under `do`: sms, phone, letter"));
    }
    if problems.is_empty() { Ok(row) } else { Err(problems) }
}

impl Row {
    fn fill(&mut self, engine: &Engine, column: &Column, passage: Passage<'_>) -> Result<(), Vec<Problem>> {
        let says = !passage.cell.is_any();
        match column {
            Column::Fact(_) if !says => self.cells.push((Reach::Any, None)),
            Column::Fact(subject) => {
                let condition = cell::condition(engine, subject, passage)?;
                self.cells.push((Reach::of(&condition), Some(condition)));
            }
            _ if !says => {}
            Column::Name => self.name = Named::new(cell::text(passage), passage.span()),
            Column::Verb => {
                let text = cell::text(passage);
                let word = text.strip_suffix("()").unwrap_or(&text);
                self.verb = Named::new(word, passage.span());
            }
            Column::Stages => {
                let words = cell::words(passage, 0).map_err(|problem| vec![problem])?;
                self.stages = Some(Term::new(TermKind::List(words), passage.span()));
            }
            Column::When => self.when = Some(passage.whole(engine)?),
            Column::Unless => self.unless = Some(passage.whole(engine)?),
            Column::Why => self.why = Some(Term::new(TermKind::Text(cell::text(passage)), passage.span())),
            Column::Option(spec) => {
                let value = cell::option(engine, spec.kind, passage)?;
                self.options.push((Named::new(spec.key, passage.span()), value));
            }
            Column::Remark => {}
        }
        Ok(())
    }

    fn conditions(&self) -> impl Iterator<Item = Term> {
        self.cells.iter().filter_map(|(_, condition)| condition.clone()).chain(self.when.clone())
    }

    fn stage_names(&self) -> Option<Vec<&str>> {
        self.stages.as_ref().map(|list| list.parts().into_iter().filter_map(Term::as_text).collect())
    }

    /// Whether no account fits both rows.
    pub(super) fn is_apart(&self, other: &Self) -> bool {
        let stages = match (self.stage_names(), other.stage_names()) {
            (Some(ours), Some(theirs)) => !ours.iter().any(|stage| theirs.contains(stage)),
            _ => false,
        };
        stages || self.cells.iter().zip(&other.cells).any(|((ours, _), (theirs, _))| ours.is_apart(theirs))
    }

    /// Whether every stage of `other` is one of this row's.
    fn holds_stages(&self, other: &Self) -> bool {
        match (self.stage_names(), other.stage_names()) {
            (Some(ours), Some(theirs)) => theirs.iter().all(|stage| ours.contains(stage)),
            _ => true,
        }
    }

    /// Whether this row fits wherever `other` does.
    pub(super) fn holds(&self, other: &Self) -> bool {
        let same = |ours: &Option<Term>, theirs: &Option<Term>| match (ours, theirs) {
            (None, _) => true,
            (Some(ours), Some(theirs)) => is_same(ours, theirs),
            (Some(_), None) => false,
        };
        self.unless.is_none()
            && same(&self.when, &other.when)
            && self.holds_stages(other)
            && self.cells.iter().zip(&other.cells).all(|((ours, _), (theirs, _))| ours.holds(theirs))
    }

    /// That this row fits an account which `other`, a row below it, fits too.
    pub(super) fn fits_beside(&self, other: &Self) -> Term {
        let mut parts: Vec<Term> = if self.holds(other) {
            self.conditions().collect()
        } else {
            let cells = self.cells.iter().zip(&other.cells);
            let open = cells.filter(|((ours, _), (theirs, _))| !ours.holds(theirs));
            open.filter_map(|((_, condition), _)| condition.clone()).chain(self.when.clone()).collect()
        };
        if let (Some(stages), false) = (&self.stages, self.holds_stages(other)) {
            let fact = Term::new(TermKind::Name("current_stage".to_owned()), stages.span);
            parts.push(Term::new(TermKind::In(Box::new(fact), Box::new(stages.clone())), stages.span));
        }
        if let Some(unless) = &self.unless {
            parts.push(Term::new(TermKind::Not(Box::new(unless.clone())), unless.span));
        }
        joined(parts, TermKind::All).unwrap_or_else(|| Term::new(TermKind::Flag(true), self.name.span))
    }

    /// The row as a treatment of the table; `above` are the rows above it that must not fit.
    pub(super) fn treatment(&self, table: &Statement, above: Vec<Term>) -> Statement {
        let mut treatment = Statement::new(Keyword::Treatment, self.span);
        treatment.name = Some(self.name.clone());
        treatment.stages = self.stages.clone().or_else(|| table.stages.clone());
        treatment.when = joined(table.when.iter().cloned().chain(self.conditions()).collect(), TermKind::All);
        let unless = table.unless.iter().chain(&self.unless).cloned().chain(above);
        treatment.unless = joined(unless.collect(), TermKind::Any);
        treatment.act = Some(VerbCall { verb: self.verb.clone(), options: self.options.clone() });
        if let Some(why) = self.why.clone().or_else(|| table.option("why").cloned()) {
            treatment.options.push((Named::new("why", why.span), why));
        }
        treatment
    }
}

/// One condition of several; none of none.
fn joined(mut parts: Vec<Term>, kind: fn(Vec<Term>) -> TermKind) -> Option<Term> {
    let last = parts.pop()?;
    if parts.is_empty() {
        return Some(last);
    }
    let span = last.span;
    parts.push(last);
    Some(Term::new(kind(parts), span))
}
