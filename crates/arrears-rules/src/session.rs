//! Reads the files of one policy: parses, takes out what cannot be read, runs the rest.

use crate::assemble::{Assembled, assemble};
use crate::record::{SharedRecord, source_name};
use crate::recover::{blank, lost, region};
use crate::site::Site;
use crate::source::Script;
use crate::table;
use crate::translate::{parse_error, run_error, screen};
use arrears::Problem;
use arrears::draft::{Draft, Keyword, Source};
use rhai::{AST, Engine, EvalAltResult};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How often a statement is taken out and the rest read again, over all files of a policy.
const MAX_ROUNDS: usize = 50;

/// One file while it is read: its text with the unreadable statements blanked.
pub(crate) struct Attempt<'a> {
    engine: &'a Engine,
    record: &'a SharedRecord,
    script: Arc<Script>,
    text: String,
    gone: Vec<(usize, usize)>,
    blanked: BTreeSet<usize>,
}

impl<'a> Attempt<'a> {
    /// Begins to read a file.
    pub(crate) fn new(engine: &'a Engine, record: &'a SharedRecord, script: Arc<Script>) -> Self {
        // Rhai gives comments of some forms a meaning; here they have none.
        let gone = script.comments().to_vec();
        let text = blank(&script.text, &gone);
        Self { engine, record, script, text, gone, blanked: BTreeSet::new() }
    }

    /// Parses the file and runs it with `run` until what is left runs through.
    pub(crate) fn read<T>(&mut self, mut run: impl FnMut(&AST) -> Result<T, Box<EvalAltResult>>) -> Option<T> {
        for (problem, byte) in screen(&self.script) {
            self.take_out(Some(problem), byte);
        }
        let (statements, files) = {
            let record = self.record.lock();
            (record.statements.len(), record.read.clone())
        };
        loop {
            let ast = self.parse()?;
            match run(&ast) {
                Ok(value) => {
                    self.record.lock().code.insert(self.script.file, ast);
                    return Some(value);
                }
                Err(error) => {
                    if self.record.lock().stopped {
                        return None;
                    }
                    self.failed(&error);
                    let mut record = self.record.lock();
                    if record.stopped {
                        return None;
                    }
                    record.statements.truncate(statements);
                    record.read = files.clone();
                }
            }
        }
    }

    fn parse(&mut self) -> Option<AST> {
        loop {
            let parsed = self.engine.compile(&self.text);
            let refusal = {
                let mut record = self.record.lock();
                record.tokens = Default::default();
                record.refusal.take()
            };
            match parsed {
                Ok(mut ast) => {
                    ast.set_source(source_name(self.script.file));
                    return Some(ast);
                }
                Err(error) => {
                    let (problem, byte) = parse_error(&self.script, &error, refusal.as_ref());
                    self.take_out(Some(problem), byte);
                    if self.record.lock().stopped {
                        return None;
                    }
                }
            }
        }
    }

    fn failed(&mut self, error: &EvalAltResult) {
        let scripts = self.record.lock().scripts.clone();
        let declared = declared_names(&scripts);
        let is_fact = |name: &str| declared.contains(name) || crate::facts::is_fact(name);
        let ran = run_error(&scripts, &self.script, error, &is_fact);
        let follows = {
            let mut record = self.record.lock();
            record.stopped |= ran.stops;
            ran.unknown.as_ref().is_some_and(|name| {
                let module = name.split("::").next().unwrap_or(name);
                record.lost.contains(module)
            })
        };
        self.take_out((!follows).then_some(ran.problem), ran.blamed);
    }

    /// Notes a problem and blanks the statement in which it stands.
    fn take_out(&mut self, problem: Option<Problem>, byte: usize) {
        let (start, end) = region(&self.script, byte);
        let gone = lost(&self.script, (start, end));
        let mut record = self.record.lock();
        record.rounds += 1;
        if record.rounds >= MAX_ROUNDS && !record.stopped {
            record.stopped = true;
            let more = too_many(&self.script, start);
            record.problems.push(more);
        }
        if self.blanked.insert(start) {
            record.problems.extend(problem);
            let names = gone.names.iter().map(|(_, name)| name.text.clone());
            record.lost.extend(names);
            record.names_lost |= !gone.complete;
            record.broken.extend(gone.names);
            self.gone.push((start, end));
        } else {
            // It stands in a statement that is gone already: blank the file's rest, so
            // that reading comes to an end.
            self.gone.push((start, self.script.text.len()));
        }
        self.gone.sort_unstable();
        self.text = blank(&self.script.text, &self.gone);
    }
}

fn too_many(script: &Script, byte: usize) -> Problem {
    let at = script
        .token_from(byte)
        .and_then(|index| script.token(index))
        .map_or(script.span(byte, byte), |token| script.span_of(token));
    Problem::error("P030", format!("more than {MAX_ROUNDS} statements cannot be read"))
        .at(at, "reading stopped here")
        .help("mend the others first; there may be more")
}

/// The names that statements of the policy declare, broken or not.
fn declared_names(scripts: &[Arc<Script>]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for script in scripts {
        for (index, token) in script.tokens().iter().enumerate() {
            let declares = matches!(
                Keyword::from_word(script.word(*token)),
                Some(Keyword::Threshold | Keyword::Fact | Keyword::Define | Keyword::Values)
            );
            if declares {
                found.insert(script.word_at(index + 1).to_owned());
            }
        }
    }
    found
}

/// Makes a draft of everything that was recorded, and says whether names of treatments were lost.
pub(crate) fn finish(record: &SharedRecord, site: &Site) -> (Draft, Vec<Problem>, bool) {
    let mut record = record.lock();
    let mut draft = Draft {
        sources: record
            .scripts
            .iter()
            .map(|script| Source { name: script.name.clone(), text: Arc::clone(&script.text) })
            .collect(),
        ..Draft::default()
    };
    let mut problems = std::mem::take(&mut record.problems);
    draft.broken = std::mem::take(&mut record.broken);
    for recorded in &record.statements {
        let Some(script) = record.scripts.get(usize::from(recorded.file)) else {
            continue;
        };
        match assemble(script, recorded) {
            Assembled::Whole(statement) => draft.statements.push(*statement),
            Assembled::Broken(found, name) => {
                let follows =
                    |problem: &Problem| problem.code == "P025" && script.has_word(problem.span(), &record.lost);
                problems.extend(found.into_iter().filter(|problem| !follows(problem)));
                draft.broken.extend(name);
            }
        }
    }
    let tables = table::expand(&mut draft, site);
    problems.extend(tables.problems);
    (draft, arrears::problem::in_file_order(problems), tables.names_lost)
}
