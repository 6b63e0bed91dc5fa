//! From a policy file to a draft.

use crate::files::{self, ReadError};
use crate::modules::Folder;
use crate::record::SharedRecord;
use crate::scripts::Scripts;
use crate::session::{Attempt, finish};
use crate::site::Site;
use crate::{engine, source::Script};
use arrears::Problem;
use arrears::draft::{Draft, Keyword};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes of stack for reading: nested expressions are bounded, and this is ample for the bound.
const ROOM: usize = 64 * 1024 * 1024;

/// What reading a policy's files gives: the statements that could be read, and what is wrong with the others.
#[derive(Debug)]
pub struct Reading {
    /// The statements, not yet checked.
    pub draft: Draft,
    /// What is wrong, in file order.
    pub problems: Vec<Problem>,
    /// The bank's own facts that are computed by script.
    pub scripts: Scripts,
    /// Whether every name of the policy is known, if only from a statement that cannot
    /// be read. If not, asking for unknown names would report what is not wrong.
    pub names_known: bool,
}

impl Reading {
    /// Whether it is a pack of law, as far as can be told if its head cannot be read.
    pub fn is_pack(&self) -> bool {
        let read = |keyword| self.draft.statements.iter().any(|statement| statement.keyword == keyword);
        let begins = |word: &str| {
            let text = self.draft.sources.first().map_or("", |source| &source.text);
            let rest = |line: &str| line.strip_prefix(word).map(|rest| rest.starts_with([' ', '\t', '"']));
            text.lines().filter_map(rest).any(|begins| begins)
        };
        (read(Keyword::Pack) || begins("pack")) && !read(Keyword::Policy) && !begins("policy")
    }
}

/// Reads a policy file and the modules it imports.
///
/// # Errors
///
/// [`ReadError`] if the file cannot be opened. Everything that is wrong *in* it is a problem of the reading.
pub fn read(path: &Path) -> Result<Reading, ReadError> {
    let bytes = files::bytes(path)?;
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    Ok(read_bytes(&name, &bytes, Some(path), &Edited::new()))
}

/// Texts that stand in the place of files while somebody edits them, by the files' full paths.
pub type Edited = BTreeMap<PathBuf, Arc<str>>;

/// Reads a policy that is being edited: `text` stands in the place of the file at `path`, and modules that are
/// being edited too stand in the place of theirs.
pub fn read_edited(path: &Path, text: &str, edited: &Edited) -> Reading {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    read_bytes(&name, text.as_bytes(), Some(path), edited)
}

/// Reads a policy from text. It has no folder, so it can import nothing.
pub fn read_source(name: &str, text: &str) -> Reading {
    read_bytes(name, text.as_bytes(), None, &Edited::new())
}

fn read_bytes(name: &str, bytes: &[u8], path: Option<&Path>, edited: &Edited) -> Reading {
    let record = SharedRecord::default();
    let site = Arc::new(Site::new(path, edited));
    let read = with_room(|| {
        let (script, problem) = files::text(0, name, bytes);
        let script = Arc::new(script);
        record.lock().scripts.push(Arc::clone(&script));
        let readable = problem.is_none();
        match problem {
            Some(problem) => record.lock().problems.push(problem),
            None => run(&record, script, &site),
        }
        gather(&record, &site, readable)
    });
    read.unwrap_or_else(|| {
        record.lock().crashed();
        gather(&record, &site, true)
    })
}

/// Makes a reading of everything that was recorded, and lets go of what Rhai parsed.
fn gather(record: &SharedRecord, site: &Site, readable: bool) -> Reading {
    let scripts = Scripts::of(record);
    let names_known = {
        let record = record.lock();
        !record.names_lost && !record.stopped && readable
    };
    let (draft, problems, tables_lost) = finish(record, site);
    let names_known = names_known && !tables_lost;
    let mut record = record.lock();
    record.statements.clear();
    record.code.clear();
    Reading { draft, problems, scripts, names_known }
}

fn run(record: &SharedRecord, script: Arc<Script>, site: &Arc<Site>) {
    let mut engine = engine::loading(record);
    engine.set_module_resolver(Folder::new(record, site));
    let mut attempt = Attempt::new(&engine, record, script);
    attempt.read(|ast| engine.run_ast(ast));
}

/// Runs `work` where nested expressions have room, however little the caller has left;
/// nothing if it gave up.
fn with_room<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    let work = Mutex::new(Some(work));
    let take = || {
        let work = work.lock().unwrap_or_else(PoisonError::into_inner).take();
        work.map(|work| work())
    };
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(ROOM);
        match builder.spawn_scoped(scope, take) {
            Ok(running) => running.join().unwrap_or(None),
            Err(_) => take(),
        }
    })
}
