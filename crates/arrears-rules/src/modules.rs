//! `import`: modules come from the policy's own folder, and each is read once, in an empty scope.

use crate::files;
use crate::record::{Recorded, SharedRecord, source_file};
use crate::session::Attempt;
use crate::site::{Located, Site};
use crate::source::Script;
use arrears::{Problem, Span};
use rhai::{Engine, EvalAltResult, GlobalRuntimeState, Module, ModuleResolver, Position, Scope, Shared};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many modules may import each other in a chain.
const MAX_CHAIN: usize = 16;

type SharedModule = Shared<Module>;

/// Resolves `import` for one policy.
pub(crate) struct Folder {
    record: SharedRecord,
    site: Arc<Site>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    known: BTreeMap<PathBuf, Known>,
    running: Vec<PathBuf>,
}

#[derive(Clone)]
struct Known {
    file: u16,
    module: SharedModule,
    statements: Vec<Recorded>,
    read: BTreeSet<u16>,
}

/// A module that may be read, or what is wrong with the import.
enum Found {
    Module(PathBuf),
    Refused(&'static str, String, &'static str),
}

impl Folder {
    /// Modules from the folder of a policy.
    pub(crate) fn new(record: &SharedRecord, site: &Arc<Site>) -> Self {
        let running = site.policy().cloned().into_iter().collect();
        let state = State { running, ..State::default() };
        Self { record: record.clone(), site: Arc::clone(site), state: Mutex::new(state) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, importer: u16, written: &str) -> Found {
        let (code, message, help) = match self.site.find(importer, written, "rhai") {
            Located::At(found) => return Found::Module(found),
            Located::NoFolder => {
                ("P010", format!("no module `{written}`"), "a policy given as text has no folder; read it from a file")
            }
            Located::Outside => (
                "P011",
                format!("`{written}` is not in the policy's folder"),
                "put the module into the policy's folder or below it",
            ),
            Located::Missing => (
                "P010",
                format!("no module `{written}`"),
                "modules are files with the ending `.rhai`, named from the folder of the file that imports them",
            ),
        };
        Found::Refused(code, message, help)
    }

    /// A module whose statements and constants are gone: the import itself is the problem.
    fn refuse(&self, importer: u16, at: Position, problem: Problem) -> SharedModule {
        let mut record = self.record.lock();
        if let Some(script) = record.scripts.get(usize::from(importer)).cloned() {
            let (span, alias) = import_place(&script, at);
            record.lost.extend(alias);
            record.names_lost = true;
            record.problems.push(problem.at(span, "imported here"));
        }
        drop(record);
        Arc::new(Module::new())
    }

    fn again(&self, known: &Known) -> SharedModule {
        let mut record = self.record.lock();
        if record.read.insert(known.file) {
            let fresh: Vec<_> = known
                .statements
                .iter()
                .filter(|statement| statement.file == known.file || !record.read.contains(&statement.file))
                .cloned()
                .collect();
            record.statements.extend(fresh);
            record.read.extend(known.read.iter().copied());
        }
        Arc::clone(&known.module)
    }

    fn read(
        &self,
        engine: &Engine,
        global: &mut GlobalRuntimeState,
        path: &Path,
    ) -> Result<SharedModule, Box<EvalAltResult>> {
        let shown = self.site.shown(path);
        let bytes = self.site.bytes(path).map_err(|error| error.to_string())?;
        let (script, problem, before) = {
            let mut record = self.record.lock();
            let file = u16::try_from(record.scripts.len()).unwrap_or(u16::MAX);
            let (script, problem) = files::text(file, &shown, &bytes);
            let script = Arc::new(script);
            record.scripts.push(Arc::clone(&script));
            record.read.insert(file);
            (script, problem, record.statements.len())
        };
        let file = script.file;
        self.site.keep(file, path);
        self.state().running.push(path.to_path_buf());
        let module = match problem {
            Some(problem) => {
                self.record.lock().problems.push(problem);
                Some(Module::new())
            }
            None => self.run(engine, global, script),
        };
        self.state().running.pop();
        let module: SharedModule = match module {
            Some(module) => Arc::new(module),
            None if self.record.lock().stopped => return Err("stopped".into()),
            None => Arc::new(Module::new()),
        };
        let record = self.record.lock();
        let known = Known {
            file,
            module: Arc::clone(&module),
            statements: record.statements.get(before..).unwrap_or_default().to_vec(),
            read: record.read.clone(),
        };
        drop(record);
        self.state().known.insert(path.to_path_buf(), known);
        Ok(module)
    }

    /// Runs a module apart from its importer: its own scope, functions and imports; only
    /// the count of operations and modules goes on.
    fn run(&self, engine: &Engine, global: &mut GlobalRuntimeState, script: Arc<Script>) -> Option<Module> {
        let mut attempt = Attempt::new(engine, &self.record, script);
        attempt.read(|ast| {
            let mut own = engine.new_global_runtime_state();
            std::mem::swap(&mut own.num_operations, &mut global.num_operations);
            own.num_modules_loaded = global.num_modules_loaded + 1;
            own.level = global.level;
            let module = Module::eval_ast_as_new_raw(engine, &mut Scope::new(), &mut own, ast);
            std::mem::swap(&mut own.num_operations, &mut global.num_operations);
            global.num_modules_loaded = own.num_modules_loaded.saturating_sub(1);
            module
        })
    }
}

impl ModuleResolver for Folder {
    fn resolve(
        &self,
        engine: &Engine,
        _: Option<&str>,
        path: &str,
        at: Position,
    ) -> Result<SharedModule, Box<EvalAltResult>> {
        let mut global = engine.new_global_runtime_state();
        self.resolve_raw(engine, &mut global, &mut Scope::new(), path, at)
    }

    fn resolve_raw(
        &self,
        engine: &Engine,
        global: &mut GlobalRuntimeState,
        _: &mut Scope<'_>,
        path: &str,
        at: Position,
    ) -> Result<SharedModule, Box<EvalAltResult>> {
        let importer = source_file(global.source());
        let found = match self.find(importer, path) {
            Found::Module(found) => found,
            Found::Refused(code, message, help) => {
                let problem = Problem::error(code, message).help(help);
                return Ok(self.refuse(importer, at, problem));
            }
        };
        let known = self.state().known.get(&found).cloned();
        if let Some(known) = known {
            return Ok(self.again(&known));
        }
        let running = self.state().running.clone();
        if running.contains(&found) {
            let chain = chain(&running, &found);
            let problem = Problem::error("P012", "modules import each other")
                .help(format!("the chain is {chain}; move what both need into a third file"));
            return Ok(self.refuse(importer, at, problem));
        }
        if running.len() > MAX_CHAIN {
            let problem = Problem::error("P016", "modules import modules too deeply")
                .help(format!("at most {MAX_CHAIN} in a chain"));
            return Ok(self.refuse(importer, at, problem));
        }
        self.read(engine, global, &found)
    }
}

/// The names of the files from `found` back to itself.
fn chain(running: &[PathBuf], found: &Path) -> String {
    let name = |path: &Path| path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let from = running.iter().position(|path| path == found).unwrap_or(0);
    let names: Vec<_> = running
        .iter()
        .skip(from)
        .map(PathBuf::as_path)
        .chain([found])
        .map(|path| format!("`{}`", name(path)))
        .collect();
    names.join(", ")
}

/// The span of the path of an `import`, and the name it would have had.
fn import_place(script: &Script, at: Position) -> (Span, Option<String>) {
    let byte = script.byte_at(at.line().unwrap_or(1), at.position().unwrap_or(1));
    let Some(index) = script.token_from(byte) else {
        return (script.span(byte, byte), None);
    };
    let span = script.token(index).map_or(script.span(byte, byte), |token| script.span_of(token));
    let alias = (script.word_at(index + 1) == "as").then(|| script.word_at(index + 2).to_owned());
    (span, alias)
}
